"""DOCUMENT_NUMBER by what is said around it: the one 文号 whose sentence, title or row fits the question.

``初步设计概算获得批复（某发改审〔2022〕49号）`` tells the number of a document without a title;
``第二批 | 2023年8月7日 | 某财资环〔2023〕76号`` tells it in a row. Where two fit alike none is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.texts.asking import naming_words
from qa.texts.dates import DATE_WORDS, fitting_dates
from qa.texts.index import (
    Index,
    column_path,
    index_of,
    profile_for,
    row_labels,
    row_text,
    scope_parts,
    split_clauses,
)
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.numbers import NUMBER_WORDS, Cited, citations, number_keys, titles_in
from qa.texts.search import make_finding, source_text
from qa.texts.terms import Coverage, Profile, squeezed, strip_words

_FITS = 0.8  # share of the question's words that a place has to say
_LEANS = 0.4  # share where the question names nothing itself and leans on the turn before
_TITLED = 0.5  # share from which a title itself is what the question names
_AHEAD = 0.08  # by which the best place is told from the next
# How much a word counts in the stretch of the number itself, its sentence, its heading, its report.
_WEIGHTS = (1.0, 0.8, 0.7, 0.5)

_LEVEL = re.compile(
    r"(?P<level>自治区|省|市|县|区|州|旗|中央|国家)(?:里面?|级)的?"
    r"|(?P<by>自治区|省|市|县|区|州|旗)(?=的?(?:文号|文件)|是?(?:用|以|哪)|(?:下达|下拨|印发)(?!了?给))"
)
_KIND = re.compile(
    r"(?P<kind>通知|批复|办法|方案|细则|意见|规定|请示|规划|计划|决定|公告|规范|标准|条例|指南|措施|纪要|函)"
    r"(?:的|[，,])?(?:是|用的?)?(?:哪个|什么|几号)?(?:文号|发文字号|文件号|文件编号|文)"
)
_ASKING = re.compile(
    r"用的?(?=哪|什么|[?？]|\s*$)|(?:依据|根据)的?(?:是)?|那份|哪[个份]|多少|几号|恳请|请求|求(?=拨)"
)
_DATED = re.compile(r"哪一?[天日年月]|何时|何日|什么时候|几时|几月")
_AMOUNT = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(?:万元|亿元|元|万|亿)")
_NTH = re.compile(r"第[一二三四五六七八九十\d]+[批期次轮届号]")
_NESTED = re.compile(r"[<〈《][^<>〈〉《》]*[>〉》]")
_OF_PLACE = re.compile(
    r"自治区|(?:(?<=[一-鿿\n])|^)(?:省|市|县|区|州|旗)(?!场|域|容|民|政(?!府))|中央|国家|国务院|财政部"
)
_BEFORE = re.compile(r"^.*(?:依据|根据|按照|遵照|是|为|以)(?=[一-鿿A-Za-z]{2})")


@dataclass(frozen=True, slots=True)
class _Cite:
    """A number with the texts around it, squeezed, nearest first."""

    cited: Cited
    number: Place
    stretch: Place  # the clause that tells of this number and of no other
    texts: tuple[str, ...]  # one for each of `_WEIGHTS`
    told: str  # what says of which level it is: its title, or the labels of its cell

    def cover(self, profile: Profile) -> Coverage:
        return profile.cover(tuple(zip(_WEIGHTS, self.texts, strict=True)))


def find_cited(
    scopes: Sequence[ScopedDocument], question: str, memory: str = ""
) -> list[TextFinding]:
    """The one 文号 that the question's words fit; with its date where that is asked as well."""
    found = [(scope, cite) for scope in scopes for cite in _best(scope, question, memory)]
    if len({cite.cited.key for _, cite in found}) != 1:
        return []
    scope, cite = found[0]
    if not _DATED.search(question):
        text = source_text(index_of(scope.document), cite.number)
        answer = text[cite.number.start : cite.number.end]
        return [make_finding(scope, cite.stretch, Confidence.MEDIUM, answer=answer)]
    return _with_date(scope, cite, question)


def asks_date(question: str) -> bool:
    """Whether a question for a number is also after the day."""
    return bool(_DATED.search(question))


def _best(scope: ScopedDocument, question: str, memory: str) -> list[_Cite]:
    """The places that fit best: of one number, or of several that fit alike."""
    own = _words(question)
    leans = not own and bool(_LEVEL.search(question))
    profile = profile_for(scope, own or (_words(memory) if leans else ()))
    if profile.empty or number_keys(question):
        return []
    graded = [
        (cite.cover(profile), cite)
        for cite in _of_basis(list(_cites(scope)), question)
        if _says_which(cite, question) and _of_kind(cite, question)
        if _of_year(cite, question, profile) and _told_near(cite, profile)
    ]
    least = _LEANS if leans else _FITS
    fitting = [(covered.depth, cite) for covered, cite in graded if covered.share >= least]
    fitting = _of_level(scope, fitting, question)
    best = max((depth for depth, _ in fitting), default=0.0)
    return [cite for depth, cite in fitting if leans or depth >= best - _AHEAD]


def _of_basis(cites: list[_Cite], question: str) -> list[_Cite]:
    """Those that stand under 自评依据 where that is asked for and told; else all."""
    asked = _BASIS.search(question)
    told = [c for c in cites if asked and f"{asked[1]}依据" in "\n".join(c.texts[:3])]
    return told or cites


def _told_near(cite: _Cite, profile: Profile) -> bool:
    """Whether the sentence, row or heading says some of the words, or that the report rests on it."""
    layers = tuple(zip(_WEIGHTS[:3], cite.texts[:3], strict=True))
    near = profile.cover(layers).share
    return near >= _LEANS or bool(_RESTS_ON.search("\n".join(cite.texts[:3])))


_RESTS_ON = re.compile(
    r"(?:自评|评价|统计|编制|编写)依据|(?:本|该)报告(?:是|系)?(?:依据|根据|按照)"
    r"|(?:依据|根据|按照)[^。；;]*(?:编写|编制|自评|评价)|文号[:：]"
)
_BASIS = re.compile(r"(自评|评价|评审|统计|编制|编写|核定)的?依据")


def _words(question: str) -> tuple[str, ...]:
    """What a question says of the document, without what only asks for a number or a day."""
    text = question
    for told in (_AMOUNT, _YEARS, _LEVEL, _BASIS, _ASKING):
        text = told.sub(" ", text)
    named = strip_words(strip_words(naming_words(text), NUMBER_WORDS), DATE_WORDS)
    return (*named, *(found[1] for found in _BASIS.finditer(question)))


def _says_which(cite: _Cite, question: str) -> bool:
    """Whether the sentence or the row of a number has the amounts of the question, its own words 第二批."""
    amounts = [squeezed(found[1]) for found in _AMOUNT.finditer(question)]
    nths = _NTH.findall(squeezed(question))
    return all(amount in "".join(cite.texts[:2]) for amount in amounts) and all(
        nth in cite.texts[0] for nth in nths
    )


def _of_year(cite: _Cite, question: str, profile: Profile) -> bool:
    """False for the document of another year: its title has the asked words and other years."""
    asked, told = (set(_YEAR.findall(text)) for text in (question, cite.told))
    if not asked or not told or asked & told:
        return True
    return profile.cover(((1.0, squeezed(cite.told)),)).share < _TITLED


_YEAR = re.compile(r"20\d\d(?=年)")
_YEARS = re.compile(r"20\d\d年度?")


def _of_kind(cite: _Cite, question: str) -> bool:
    """False where a 办法 is asked for and the number is that of a 通知 that says nothing of one."""
    asked = _KIND.search(question)
    return asked is None or asked["kind"] in (cite.told if cite.cited.title else cite.texts[0])


def _of_level(
    scope: ScopedDocument, graded: list[tuple[float, _Cite]], question: str
) -> list[tuple[float, _Cite]]:
    """Those of the level that the question says (县里的文件); all where it says none."""
    asked = _LEVEL.search(question)
    level = (asked["level"] or asked["by"]) if asked else ""
    return [each for each in graded if not level or level in _levels(scope, each[1])]


def _levels(scope: ScopedDocument, cite: _Cite) -> set[str]:
    """Levels of the body that made a document: by its title, or by the place its number begins with."""
    document = scope.document
    own = document.part_of(cite.number.block).entity.value
    who = cite.cited.key[0]
    outer = _NESTED.sub("", cite.told.strip("《》"))
    first = _OF_PLACE.search(outer)
    levels = {first.group()} if first else set()
    place = re.match(r"[一-鿿]{1,5}?(?P<level>省|市|县|区|州|旗)", own)
    if place and who[:1] and who[:1] in place.group():
        levels.add(place["level"])
    return levels


# ---------------------------------------------------------------------------------- places


def _cites(scope: ScopedDocument) -> Iterator[_Cite]:
    """Every number of the parts in scope with what is said around it."""
    index, wanted = index_of(scope.document), scope_parts(scope)
    every = [c for c in citations(index) if wanted is None or c.part in wanted]
    for before, cited, after in zip([None, *every], every, [*every[1:], None], strict=False):
        around = [c if c and _together(c, cited) else None for c in (before, after)]
        yield _cite(index, cited, *around)


def _together(one: Cited, other: Cited) -> bool:
    a, b = one.number, other.number
    return (a.block, a.table, a.row, a.column) == (b.block, b.table, b.row, b.column)


def _cite(index: Index, cited: Cited, before: Cited | None, after: Cited | None) -> _Cite:
    at, text = cited.number, source_text(index, cited.number)
    low, high = next(
        (span for span in split_clauses(text) if span[0] <= at.start < span[1]), (0, len(text))
    )
    start = max(low, _behind(text, before)) if before else low
    end = min(high, _ahead(text, after)) if after else high
    stretch = Place(at.block, start, max(end, at.end), at.table, at.row, at.column)
    lead = _BEFORE.match(text[at.start : at.end])
    number = Place(
        at.block, at.start + (lead.end() if lead else 0), at.end, at.table, at.row, at.column
    )
    title = text[cited.title.start : cited.title.end] if cited.title else ""
    own = _without_others(text, stretch, cited)
    labels, row = _labels(index, at)
    texts = (f"{own}\n{labels}", f"{text[low:high]}\n{row}", *_around(index, at))
    return _Cite(cited, number, stretch, tuple(map(squeezed, texts)), title or labels)


def _behind(text: str, before: Cited) -> int:
    """Where the words of the next number begin."""
    found = re.compile(r"[）)》]*[，,、；;]?(?:以及|和|及|与)?").match(text, before.number.end)
    return found.end() if found else before.number.end


def _ahead(text: str, after: Cited) -> int:
    """Where the words of the next number begin: its title, or the clause that it stands in."""
    if after.title is not None:
        return after.title.start
    return max(text.rfind(mark, 0, after.number.start) for mark in "，,、；;。") + 1


def _without_others(text: str, stretch: Place, cited: Cited) -> str:
    """The stretch without the titles of other documents."""
    own = cited.title
    cuts = [
        span
        for span in titles_in(text)
        if stretch.start <= span[0] < stretch.end and (own is None or span[0] != own.start)
    ]
    edges = [stretch.start, *(edge for span in cuts for edge in span), stretch.end]
    return " ".join(text[a:b] for a, b in list(pairwise(edges))[::2])


def _labels(index: Index, at: Place) -> tuple[str, str]:
    """The labels of a cell and the text of its row; empty for running text."""
    if at.table is None or at.row is None or at.column is None or at.row < 0:
        return "", ""
    table = index.document.tables[at.table]
    labels = (*row_labels(table, at.row, at.column), *column_path(table, at.column))
    heads = (head for column in range(len(table.columns)) for head in column_path(table, column))
    return "\n".join(labels), "\n".join((row_text(table, at.row), *heads))


def _around(index: Index, at: Place) -> tuple[str, str]:
    """The headings above a place, and its report's title with what introduces a table."""
    document = index.document
    block = document.blocks[at.block]
    headings = (*document.section_path(block.section)[-1:], *index.outline.titles(at.block)[-1:])
    intro = document.blocks[at.block - 1].text if at.table is not None and at.block else ""
    part = document.part_of(at.block)
    table = document.tables[at.table].title if at.table is not None else ""
    return "\n".join(headings), "\n".join((part.title.value, part.project.value, table, intro))


# ------------------------------------------------------------------------------------ days


def _with_date(scope: ScopedDocument, cite: _Cite, question: str) -> list[TextFinding]:
    """The clause that tells the number and one day; of a row the two cells."""
    text = source_text(index_of(scope.document), cite.stretch)[
        cite.stretch.start : cite.stretch.end
    ]
    days = {text[a:b] for a, b in fitting_dates(text, question)}
    if len(days) == 1:
        return [make_finding(scope, cite.stretch, Confidence.MEDIUM)]
    day = _day_cell(scope, cite, question) if not days else None
    if day is None:
        return []
    cells = (day, cite.number)
    index = index_of(scope.document)
    items = tuple(source_text(index, each)[each.start : each.end] for each in cells)
    return [make_finding(scope, cite.number, Confidence.MEDIUM, items=items, item_places=cells)]


def _day_cell(scope: ScopedDocument, cite: _Cite, question: str) -> Place | None:
    """The one day of a number's row, of the same level where the row tells of several."""
    at = cite.number
    if at.table is None or at.row is None or at.row < 0:
        return None
    table = scope.document.tables[at.table]
    level = _LEVEL_OF_HEAD.search("".join(column_path(table, at.column or 0)))
    days = [
        (column, cell.text)
        for column, cell in enumerate(table.rows[at.row])
        if any(b - a == len(cell.text.strip()) for a, b in fitting_dates(cell.text, question))
    ]
    if len(days) > 1 and level:
        days = [d for d in days if level.group() in "".join(column_path(table, d[0]))]
    if len(days) != 1:
        return None
    return Place(at.block, 0, len(days[0][1]), at.table, at.row, days[0][0])


_LEVEL_OF_HEAD = re.compile(r"自治区|省|市|县|区|州|旗|中央")
