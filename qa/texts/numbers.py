"""DOCUMENT_NUMBER: the 文号 of a document that is cited, and who cites a 文号."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.texts.index import OWN, Index, index_of, profile_for, scope_parts
from qa.texts.labels import labelled_values
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.search import HIGH_SHARE, MEDIUM_SHARE, make_finding, ranked, source_text
from qa.texts.statements import texts_of
from qa.texts.terms import likeness, squeezed, strip_words

_NUMBER = re.compile(
    r"(?P<who>[\u4e00-\u9fffA-Za-z]{1,14})\s*[〔\[［（(【﹝]\s*(?P<year>(?:19"
    r"|20)\d{2})\s*[〕\]］）)】﹞]\s*第?\s*(?P<no>\d{1,5})\s*号"
    r"|(?P<who2>[\u4e00-\u9fff]{1,14})\s*(?P<year2>(?:19"
    r"|20)\d{2})\s*年\s*第\s*(?P<no2>\d{1,5})\s*号"
)
NUMBER_WORDS = re.compile(
    r"文号|发文字号|文件号|文件编号|号文件?|编号|字号|什么号|哪个号|几号文"
    r"|依据的?|根据的?|文件|印发的?|发布的?|出台的?|document number|number of|reference number"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that a report cites: its 文号 and, where given, its title, with their places."""

    key: tuple[str, str, str]  # who, year, number
    number: Place
    title: Place | None
    part: int


def number_keys(text: str) -> list[tuple[str, str, str]]:
    """The 文号 in a text, in one form whatever their brackets and spaces."""
    return [_key(match) for match in _NUMBER.finditer(text)]


def _key(match: re.Match[str]) -> tuple[str, str, str]:
    who = squeezed(match["who"] or match["who2"])
    return who, match["year"] or match["year2"], str(int(match["no"] or match["no2"]))


_LEADING = re.compile(r"(?:按照|根据|依据|遵照|以及|和|及|与|由|见)+")


def numbers_in(text: str) -> list[tuple[int, int]]:
    """Places of the 文号 in a text, without the words that lead up to the first of them."""
    found = []
    for match in _NUMBER.finditer(text):
        lead = _LEADING.match(match.group())
        found.append((match.start() + (lead.end() if lead else 0), match.end()))
    return found


def titles_in(text: str) -> list[tuple[int, int]]:
    """Places of 《titles》, brackets included; a title may hold further titles."""
    found: list[tuple[int, int]] = []
    depth, start = 0, 0
    for at, ch in enumerate(text):
        if ch == "《":
            start = at if depth == 0 else start
            depth += 1
        elif ch == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append((start, at + 1))
    return found


@lru_cache(maxsize=64)
def citations(index: Index) -> tuple[Cited, ...]:
    """Every 文号 that the report cites, in reading order."""
    found: list[Cited] = []
    for whole in texts_of(index):
        text = source_text(index, whole)
        if "号" not in text:
            continue
        titles = titles_in(text)
        for match in _NUMBER.finditer(text):
            start = match.start("who") if match["who"] else match.start("who2")
            number = Place(whole.block, start, match.end(), whole.table, whole.row, whole.column)
            title = _title_before(text, titles, start)
            place = None
            if title is not None:
                place = Place(whole.block, *title, whole.table, whole.row, whole.column)
            found.append(Cited(_key(match), number, place, index.parts[whole.block]))
    return tuple(found)


def _title_before(text: str, titles: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The title whose bracket (《…》（文号）) the number stands in."""
    before = [span for span in titles if span[1] <= at]
    if before and re.fullmatch(r"\s*[（(〔\[,，]?\s*", text[before[-1][1] : at]):
        return before[-1]
    return None


def find_numbers(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """文号 of the document that is asked for, or the places that cite the 文号 asked for."""
    asked = number_keys(question)
    if asked:
        return _citing(scope, asked)
    own = _OWN_NUMBER.search(question) and labelled_values(
        scope, profile_for(scope, ("报告文号", "报告编号"))
    )
    return list(own or ()) or _numbers_of(scope, question, terms)


_OWN_NUMBER = re.compile("报告(?:自身|本身)?的?(?:文号|编号)")


def _citing(scope: ScopedDocument, asked: list[tuple[str, str, str]]) -> list[TextFinding]:
    index, wanted = index_of(scope.document), scope_parts(scope)
    found: dict[tuple[int, tuple[str, str, str]], TextFinding] = {}
    for cited in citations(index):
        if wanted is not None and cited.part not in wanted:
            continue
        if any(_same_number(key, cited.key) for key in asked):
            place, answer = _shown(index, cited)
            made = make_finding(scope, place, Confidence.HIGH, answer=answer)
            found.setdefault((cited.part, cited.key), made)
    return list(found.values())


def _same_number(asked: tuple[str, str, str], found: tuple[str, str, str]) -> bool:
    """Words before a 文号 in running text (根据番财…) may have been read as part of it."""
    return asked[1:] == found[1:] and (asked[0].endswith(found[0]) or found[0].endswith(asked[0]))


def _shown(index: Index, cited: Cited) -> tuple[Place, str]:
    """Place of title and number together, and the title."""
    text = source_text(index, cited.number)
    if cited.title is None:
        return cited.number, text[cited.number.start : cited.number.end]
    end = cited.number.end + (text[cited.number.end : cited.number.end + 1] in ("）", ")"))
    place = Place(
        cited.title.block,
        cited.title.start,
        end,
        cited.title.table,
        cited.title.row,
        cited.title.column,
    )
    return place, text[cited.title.start : cited.title.end]


def _in_sentences(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    """The only 文号 of the sentences that say all that the question says; never HIGH."""
    profile = profile_for(scope, terms)
    if profile.empty:
        return []
    found: dict[tuple[str, str, str], TextFinding] = {}
    for hit in ranked(scope, profile, lambda s: bool(number_keys(s.text)), floor=HIGH_SHARE):
        spans = numbers_in(hit.segment.text)
        named = profile.cover(((OWN, hit.segment.own),)).share
        if len(spans) == 1 and named >= HIGH_SHARE:
            answer = hit.segment.text[slice(*spans[0])]
            made = make_finding(
                scope, hit.segment.place, Confidence.MEDIUM, hit.coverage, answer=answer
            )
            found.setdefault(number_keys(answer)[0], made)
    return list(found.values()) if len(found) == 1 else []


def _numbers_of(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    index, wanted = index_of(scope.document), scope_parts(scope)
    named = [question[slice(*span)] for span in titles_in(question)]
    words = "".join(named) or "".join(strip_words(terms, NUMBER_WORDS))
    profile = profile_for(scope, (words,))
    graded: list[tuple[float, float, Cited]] = []
    for cited in citations(index):
        if cited.title is None or (wanted is not None and cited.part not in wanted):
            continue
        title = source_text(index, cited.title)[cited.title.start : cited.title.end]
        covered = profile.cover(((OWN, squeezed(title)),)).share
        graded.append((covered, likeness(words, title)[1], cited))
    best = max(graded, key=lambda g: (round(g[0], 3), round(g[1], 3)), default=None)
    if best is None or best[0] < MEDIUM_SHARE:
        return _in_sentences(scope, strip_words(terms, NUMBER_WORDS))
    found: dict[tuple[str, str, str], TextFinding] = {}
    close = [g for g in graded if g[0] >= best[0] - 0.02 and g[1] >= (best[1] - 0.05)]
    numbers = {g[2].key for g in close}
    sure = best[0] >= 0.9 and len(numbers) == 1 and (best[1] >= 0.3 or bool(named))
    for _, _, cited in close:
        place, _ = _shown(index, cited)
        text = source_text(index, cited.number)[cited.number.start : cited.number.end]
        level = Confidence.HIGH if sure else Confidence.MEDIUM
        found.setdefault(cited.key, make_finding(scope, place, level, answer=text))
    return list(found.values())
