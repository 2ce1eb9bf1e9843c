"""LIST: sub-projects, indicators, offices, members, missing papers: every entry, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from ingest.model import ColumnRole, Row, Table
from qa.texts.asking import COUNTER, asked_count
from qa.texts.deductions import is_lack
from qa.texts.enumerations import stated_count
from qa.texts.evaluators import evaluator_names
from qa.texts.facts import clauses, guesses
from qa.texts.index import (
    LABEL,
    OWN,
    Index,
    index_of,
    names_of,
    profile_for,
    row_labels,
    scope_parts,
)
from qa.texts.kinds_named import find_kind_named
from qa.texts.listing import ListSource
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.search import MEDIUM_SHARE, confidence_of, lower, make_finding, text_at
from qa.texts.sections import (
    Category,
    any_category,
    category_of,
    find_sections,
    inner_items,
    list_finding,
)
from qa.texts.shortfalls import asks_shortfalls, find_shortfalls
from qa.texts.sources import list_sources
from qa.texts.subjects import find_subjects
from qa.texts.terms import Coverage, Profile, likeness, pairs, squeezed, strip_words

LIST_WORDS = re.compile(
    r"哪[几些](?:个|项|类|种|家|点|条|方面|大类|部分)?|哪几|有什么|是什么|什么"
    r"|分别|各是|都有|包括|包含|列举|列出|清单|一览|内容有|有哪|几方面|方面"
    r"|^到?年[底末]$|名称|(?:由)?(?:组成|构成)$|^(?:评价|项目|工作)$|what (?:are|were)|which|list|all"
)


def find_lists(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """Lists of what the question names, with every entry; best first.

    Where nothing is listed, the clauses that say it, one step less sure.
    """
    noun = _wanted_noun(question)
    if asks_shortfalls(question, noun):
        return find_shortfalls(scope, terms)
    kept = strip_words([_BELOW.sub(r"\1 ", term) for term in terms], LIST_WORDS)
    noun = _BELOW.sub("", noun)
    if noun:  # 分哪几个阶段实施: 阶段 is what is wanted, 实施 what is said of it
        kept = strip_words(kept, re.compile(f"^{re.escape(noun)}(?=..)"))
    category = category_of(question, noun)
    if category is not None:
        about = _beyond_title(scope, strip_words(kept, any_category()))
        about = _without_evaluator(scope, question, about)
        found = find_sections(scope, category, about) or _told(scope, category, about)
        return _told_by(scope, question, found)
    kept = strip_words(kept, _COUNTED)
    profile = profile_for(scope, kept)
    if profile.empty:
        return []
    relations = tuple(word for word in _RELATIONS if word in question)
    relations += ("分为",) if _PARTED.search(question) else ()
    wanted = _Wanted(noun, relations, asked_count(question))
    found = _of_sources(scope, profile, wanted) + _of_rows(scope, profile)
    if _WHO.search(question):
        found = [each for each in found if not _numbered(each)]
    found.sort(key=lambda f: (f.confidence.rank, -f.score))
    sure = [f for f in found if f.confidence is not Confidence.LOW]
    told = [f for f in _said(scope, profile) if _names_as_many(f, wanted.count)]
    named = sure or find_subjects(scope, profile, noun) or told
    named = named or find_kind_named(scope, question, kept, noun, wanted.count)
    return named or found or guesses(scope, profile)


def _said(scope: ScopedDocument, profile: Profile) -> list[TextFinding]:
    """The clause that says all that the question names, where nothing is listed; never HIGH."""
    if sum(len(term.text) for term in profile.terms) < _ENOUGH:
        return []
    found = clauses(scope, profile, limit=1)
    sure = [
        f
        for f in found
        if f.confidence is Confidence.HIGH
        and f.quote.rstrip()[-1] not in "：:"
        and not _of_several(profile, squeezed(f.quote))
    ]
    return [replace(f, confidence=Confidence.MEDIUM) for f in sure]


def _of_several(profile: Profile, said: str) -> bool:
    """True for 甲镇、乙镇6个小区 where 甲镇's 小区 are asked for: a number of both together."""
    things = [re.escape(term.text) for term in profile.terms]
    joined = (
        rf"(?:{a}、[^，。；]*|[^，。；]*、{a})\d+[个家项所]{b}" for a in things for b in things
    )
    return any(re.search(each, said) for each in joined)


def _names_as_many(finding: TextFinding, count: int | None) -> bool:
    """True for a clause that joins as many names as are asked for (甲和乙为反向指标)."""
    return count is None or len(re.findall("[、和与及]", finding.answer)) >= count - 1


_ENOUGH = 4  # characters that a question must name for a clause to answer it
_WHOSE = ("自评", "第三方")


def _told_by(scope: ScopedDocument, question: str, found: list[TextFinding]) -> list[TextFinding]:
    """Of a report that holds several evaluations, the findings of the one that is asked about."""
    for word in (word for word in _WHOSE if word in question):
        index = index_of(scope.document)
        near = [f for f in found if word in "\n".join((*f.section_path, _block(index, f)))]
        return near or found
    return found


def _block(index: Index, finding: TextFinding) -> str:
    return index.document.blocks[finding.block].text


def _beyond_title(scope: ScopedDocument, terms: tuple[str, ...]) -> tuple[str, ...]:
    """The terms that say more than which report is meant (部门整体支出绩效, 评价)."""
    names = names_of(scope)
    kept = []
    for term in terms:
        own = pairs(squeezed(_OF_REPORT.sub("", term)))
        beyond = sum(pair not in names for pair in own)
        if own and beyond > _FEW * len(own):
            kept.append(term)
    return tuple(kept)


# 包括哪两家单位: the number is that of the answer's names.
_COUNTED = re.compile(
    rf"^(?:有|哪)?[\d一二两三四五六七八九十]{{1,3}}{COUNTER}[\u4e00-\u9fff]{{0,4}}$"
)


def _without_evaluator(
    scope: ScopedDocument, question: str, terms: tuple[str, ...]
) -> tuple[str, ...]:
    """The terms without who made the suggestions, which is the report's own evaluator."""
    asked = squeezed(question)
    names = [name for name in evaluator_names(scope) if squeezed(name) in asked]
    return tuple(
        term
        for term in terms
        if not any(squeezed(term).rstrip("对给向就") in squeezed(name) for name in names)
    )


# 内设5个股室: a number may stand between.
_BELOW = re.compile("(内设|下设|下属|所属|直属)(?=[\u4e00-\u9fff]{2})")
_FEW = 0.3  # of a term's pairs, beyond the names of the report
_OF_REPORT = re.compile(r"^(?:绩效)?(?:评价|自评|评估|报告|书|项目|各|公开|决算|评审|年度)+$")

# Words that say how a list belongs to what it is a list of.
_RELATIONS = (
    "用于",
    "分为",
    "组成",
    "构成",
    "负责",
    "下设",
    "内设",
    "涉及",
    "取消",
    "新增",
    "调增",
)
_PARTED = re.compile("分(?:成|作)?(?:了|有)?(?:哪[几些]|几)")
_NAME_LENGTH = 36  # entries longer than this on average are sentences, not names
_GENERIC_HEADINGS = re.compile(r"(?:情况|说明|分析|概况|概述|内容)$")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the question says of the list: the noun that 哪些 asks for, and its relation words."""

    noun: str
    relations: tuple[str, ...]
    count: int | None = None

    def announced(self, source: ListSource) -> bool:
        """True for a list that is introduced as the question speaks of it: 用于五个方面."""
        if self.count is None or len(source.items) != self.count or source.kind == "paragraphs":
            return False
        intro = source.owner.split("\n")[-1]
        told = stated_count(intro) == self.count
        return told and any(word in intro for word in self.relations)

    def named_in(self, owner: str) -> int:
        """How many of them the introduction of a list has."""
        noun = len(self.noun) >= 2 and self.noun in owner
        return noun + any(word in owner for word in self.relations)


_WHO = re.compile(r"哪[几些一二两三四五六七八九十\d]+\s*[家位名](?!庭)|谁")
_LOT = re.compile(r"[一-鿿]{0,3}[\dA-Za-z一二三四五六七八九十]{1,2}[包号标段]*")


def _numbered(found: TextFinding) -> bool:
    """Whether the items are numbers of lots (包1), which are nobody's names."""
    items = found.items or (found.answer,)
    return all(_LOT.fullmatch(squeezed(text)) for text in items)


def _told(scope: ScopedDocument, category: Category, terms: tuple[str, ...]) -> list[TextFinding]:
    """Clauses about the terms that tell a problem, a suggestion or a merit; never sure."""
    profile = profile_for(scope, terms)
    found = [] if profile.empty else clauses(scope, profile, limit=5)
    return [
        replace(f, confidence=lower(Confidence.MEDIUM))
        for f in found
        if category.clause(f.answer) is not None
    ]


_NOUN = re.compile(
    r"哪(?:几|些|\s*[\d一二两三四五六七八九十]+\s*)(?:个|项(?!目)|类|家(?![庭长])|种|大类)?"
    r"([村县镇乡区校]|[\u4e00-\u9fff]{2,6}?)"
    r"(?=存在|制定|出台|建立|把|将|没有|没|未|是|有|在|的|达|被|已|还|尚|需|要|不|可|能|由|为|得|了|做|进行|完成|开展|负责|承担"
    r"|参[加与]|获|组成|构成|呢|吗|[^\u4e00-\u9fff]|$)"
)


def _wanted_noun(question: str) -> str:
    """What the question wants entries of: 阶段 in 分哪几个阶段."""
    found = _NOUN.search(question)
    return squeezed(found[1]) if found else ""


class _Graded(NamedTuple):
    """A list and how well it is what the question asks for; the least rank is the best."""

    rank: tuple[float, ...]
    source: ListSource
    coverage: Coverage
    own: float  # coverage by the words that introduce it
    named: int  # how far its entries are of the kind asked for
    announced: bool  # introduced by the number and the relation of the question


def _of_sources(scope: ScopedDocument, profile: Profile, asked: _Wanted) -> list[TextFinding]:
    index, wanted = index_of(scope.document), scope_parts(scope)
    graded = [
        made
        for source in list_sources(index)
        if (wanted is None or source.part in wanted)
        and (made := _grade(index, profile, asked, source)) is not None
    ]
    graded.sort(key=lambda g: (g.rank, g.source.quote.block, g.source.quote.start))
    found: list[TextFinding] = []
    seen: set[tuple[str, ...]] = set()
    for one in graded[:6]:
        items = inner_items(index, one.source)
        key = tuple(squeezed(text_at(index, item)) for item in items)
        if key in seen:
            continue
        seen.add(key)
        confidence = _sureness(index, one, items, asked.noun)
        if found and one.rank[:4] != graded[0].rank[:4]:
            confidence = Confidence.LOW
        found.append(list_finding(scope, index, one.source, items, confidence, one.coverage))
    return found


def _grade(index: Index, profile: Profile, asked: _Wanted, source: ListSource) -> _Graded | None:
    entries = _entries_named(index, source, asked.noun)
    owner = f"{source.owner}\n{asked.noun}" if entries else source.owner
    coverage = profile.cover(((OWN, owner), (LABEL, source.label)))
    announced = asked.announced(source)
    if coverage.share < MEDIUM_SHARE and not announced:
        return None
    titles = index.outline.titles(source.quote.block)[-1:]
    heading = squeezed("".join(titles)) if asked.count == len(source.items) else ""
    own = profile.cover(((OWN, f"{owner}\n{heading}"),)).share
    header = source.label.split("\n")[0] if source.kind == "group" else ""
    intro = source.owner.split("\n")[-1] if source.kind == "marked" else source.owner
    named = asked.named_in(intro + header) + 2 * entries
    unnamed = own < 0.3 if source.kind == "group" else own < 0.4 and not named
    size = len(inner_items(index, source))
    if unnamed or _below(index, profile, source):
        return None
    rank = (
        asked.count not in (None, size), -round(coverage.share, 2), -named, -round(own, 2), not source.complete,
        source.kind == "paragraphs", -round(_exact(profile, source.owner), 1), -len(source.items),
    )  # fmt: skip
    return _Graded(rank, source, coverage, own, named, announced)


def _sureness(index: Index, one: _Graded, items: tuple[Place, ...], noun: str) -> Confidence:
    confidence = confidence_of(one.coverage.share) or Confidence.LOW
    loose = one.source.kind == "paragraphs" or (one.own < 0.75 and not one.named)
    if loose or not one.source.complete:
        confidence = lower(confidence)
    texts = [text_at(index, item) for item in items]
    if all(_GENERIC_HEADINGS.search(text) for text in texts):
        confidence = lower(confidence)
    sentences = sum(map(len, texts)) > _NAME_LENGTH * len(texts)
    clauses_told = 2 * sum(bool(re.search("[，,；;]", t)) or is_lack(t) for t in texts) > len(texts)
    if noun and sentences and (not one.named or (clauses_told and _THINGS.search(noun))):
        return Confidence.LOW  # names are asked for, sentences are listed
    return Confidence.MEDIUM if one.announced and confidence is Confidence.LOW else confidence


# Nouns whose entries are names, never sentences.
_THINGS = re.compile(
    "(?:项目|子项|指标|单位|部门|机构|科室|处室|公司|企业|县区?|区县|市县|学校|医院|街道|镇街?|文件|制度"
    "|材料|设备|科目|人员|名称)$"
)


# 行政单位离退休 names no body, 监测中心站 does.
_BODIES = ("单位", "预算单位", "部门", "机构", "下属单位", "事业单位", "直属单位")
_BODY = re.compile(
    "(?:局|委|办|中心|站|队|院|校|所|处|室|馆|园|场|部|会|本级|机关|集团|公司|单位|幼儿园)(?:[(（][^（()）]*[)）])?$"
)


def _entries_named(index: Index, source: ListSource, noun: str) -> int:
    """1 when most entries themselves are of the kind asked for (…阶段, …科)."""
    texts = [squeezed(text_at(index, item)) for item in source.items]
    if noun in _BODIES:
        return int(2 * sum(bool(_BODY.search(text)) for text in texts) > len(texts) >= 2)
    of_kind = sum(text.endswith(noun) or (noun in text and len(text) <= 24) for text in texts)
    return int(len(noun) >= 2 and len(texts) >= 2 and of_kind * 2 > len(texts))


def _below(index: Index, profile: Profile, source: ListSource) -> bool:
    """True for a list of headings of which one is itself about the question."""
    return source.kind == "headings" and any(
        profile.cover(((OWN, squeezed(text_at(index, item))),)).share >= 0.9
        for item in source.items
    )


def _exact(profile: Profile, owner: str) -> float:
    own = pairs(owner)
    return sum(pair in profile.pairs for pair in own) / len(own) if own else 0.0


def _of_rows(scope: ScopedDocument, profile: Profile) -> list[TextFinding]:
    """Rows of which a sentence cell says what the question says (未见相关佐证材料)."""
    index, wanted = index_of(scope.document), scope_parts(scope)
    found: list[TextFinding] = []
    for table in index.document.tables:
        if wanted is not None and index.parts[table.block] not in wanted:
            continue
        if _names_a_row(profile, table):
            continue
        hits = [hit for r in range(len(table.rows)) for hit in _row_hit(profile, table, r)]
        if not hits or len(hits) == len(table.rows):
            continue
        items = tuple(place for place, _, _ in hits)
        texts = tuple(text_at(index, place) for place in items)
        share = min(coverage.share for _, _, coverage in hits)
        confidence = confidence_of(share) or Confidence.LOW
        made = make_finding(
            scope, items[0], confidence, hits[0][2],
            answer="；".join(texts), items=texts, item_places=items,
        )  # fmt: skip
        found.append(replace(made, beside=tuple(cell for _, cell, _ in hits)))
    return found


@lru_cache(maxsize=512)
def _row_names(rows: tuple[Row, ...]) -> frozenset[str]:
    return frozenset(name for row in rows for name in row.path if len(name) <= 24)


def _names_a_row(profile: Profile, table: Table) -> bool:
    """True when a term is a label of the table's rows: then it is asked what stands there."""
    labels = _row_names(table.row_infos)
    shown = [term.shown for term in profile.terms]
    alike = [likeness(term, label) for term in shown for label in labels]
    return any(forward >= 0.8 and back >= 0.5 for forward, back in alike)


def _row_hit(profile: Profile, table: Table, row: int) -> Iterator[tuple[Place, Place, Coverage]]:
    """The label of a row of which a cell says what is asked, and that cell."""
    path = row_labels(table, row)
    for c, cell in enumerate(table.rows[row]):
        if table.columns[c].role is not ColumnRole.TEXT or len(cell.text) < 4 or not path:
            continue
        heads = squeezed("\n".join((table.title, *table.columns[c].path, *_headers(table))))
        coverage = profile.cover(((OWN, squeezed(cell.text)), (LABEL, heads)))
        own = profile.cover(((OWN, squeezed(cell.text)),))
        if coverage.share >= 0.88 and own.share >= 0.4 and _predicate(profile, cell.text, heads):
            at = next((i for i, x in enumerate(table.rows[row]) if x.text == path[-1]), None)
            if at is not None:
                told = Place(table.block, 0, len(cell.text), table.no, row, c)
                yield Place(table.block, 0, len(path[-1]), table.no, row, at), told, coverage
            return


def _predicate(profile: Profile, cell: str, heads: str) -> bool:
    """The question's thing is named by the table, and what is said of it by the cell."""
    said = profile.cover(((OWN, squeezed(cell)),)).matched
    named = profile.cover(((OWN, heads),)).matched
    beyond = set(said) - set(named)
    whole = any(len(term.text) >= _WHOLE and term.text in squeezed(cell) for term in profile.terms)
    return bool(beyond) and (whole or bool(set(named) - set(said)))


_WHOLE = 6  # characters of a wording that a cell has word for word


def _headers(table: Table) -> tuple[str, ...]:
    return tuple(name for column in table.columns for name in column.path)
