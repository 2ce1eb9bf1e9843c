"""DEFINITION: what a report says that a term means (名词解释: X：指…; 以下简称“X”)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.texts.index import Index, index_of, names_of, scope_parts, trim
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.outline import read_mark
from qa.texts.search import make_finding
from qa.texts.terms import likeness, pairs, squeezed

_TERM = r"[“”\"「」（）()\u4e00-\u9fffA-Za-z0-9、·\- ]{2,40}?"
# “X：指…” and “X是指…” at the head of a paragraph (after its list number).
_HEAD = re.compile(
    rf"\s*(?P<term>{_TERM})\s*(?:[:：]\s*(?:是?指|即|反映)|[,，]?\s*是?指(?!定"
    rf"|导|标|挥|示|数|出|派|引|南|明|令|纹))"
)
_COLON = re.compile(rf"\s*(?P<term>{_TERM})\s*[:：](?=\s*\S{{4}})")
_INLINE = re.compile(
    r"[“\"「](?P<term>[^“”\"「」]{2,30})[”\"」]\s*[,，]?\s*(?P<means>是?指(?=[^"
    r"定导标挥示数出派引南明令]))"
)
# Inside a glossary entry: “公务接待费具体包括…”.
_INCLUDES = re.compile(
    r"(?:其中[:：]|[；;，,。])\s*(?P<term>[^：:；;，,。]{2,16}?)(?P<means>(?:具"
    r"体|主要)?包括)(?=\S{6})"
)
# Entries of a glossary one after the other in one paragraph: 1.甲：反映…。2.乙：反映….
_RUN_IN = re.compile(
    rf"(?:^|(?<=[。；;\s]))\s*\d{{1,2}}[.、．]\s*(?P<term>{_TERM})\s*[:：]\s*(?P<means>)(?=\S{{4}})"
)
_SHORT = re.compile(
    r"(?P<full>(?:^|(?<=[，。；：、受由与和向对“”\"（）()\s]))[^，。；：、“”\"（"
    r"）()《》\s]{2,40}|《[^》]{2,80}》(?:[（(][^）)]{4,40}[）)])?)"
    r"\s*[,，]?\s*[（(]?\s*以下(?:统一)?(?:简称"
    r"|称)(?:为)?\s*[“\"「《](?P<term>[^”\"」》]{2,30})[”\"」》]"
)
_BODY = re.compile(r"\s*是?指(?!定|导|标|挥|示|数|出|派|引|南|明|令)")
_GLOSSARY = re.compile(r"名词解释|术语解释|专业名词|名词说明|词语解释")
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:什么是|什么叫做?|何谓|何为|解释一下|解释)\s*[“\"《]?(.{2,30}?)[”\"》]?\s*[？?。]?$",
        r"([“\"「][^”\"」]{1,12}[”\"」][\u4e00-\u9fff]{2,6}?)(?=在|里|中|的|是|指|怎|[,，?？]|$)",
        r"[“\"「](.{2,30}?)[”\"」]",
        r"(?:的|中|里|说|所称|提到的)?([^，,的中里说“”]{2,30}?)\s*(?:是什么意思"
        r"|是指|指的是|指什么|怎么理解|的定义|的含义|包括哪|包含哪|是什么)",
    )
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and the place of the sentence that says what it means."""

    term: str  # squeezed
    place: Place
    answer: tuple[int, int]  # of the meaning, in the block's text
    part: int
    in_glossary: bool


@lru_cache(maxsize=64)
def definitions(index: Index) -> tuple[Definition, ...]:
    """Every definition of the report, in reading order."""
    found: list[Definition] = []
    for block in index.document.blocks:
        if not block.text or block.kind.value == "contents":
            continue
        titles = (*index.outline.titles(block.no), *index.document.section_path(block.section))
        glossary = any(_GLOSSARY.search(title) for title in titles)
        found.extend(_of_head(index, block.no, glossary))
        found.extend(_of_heading_before(index, block.no, glossary))
        found.extend(_inside(index, block.no, _INLINE))
        found.extend(_abbreviations(index, block.no))
        if glossary:
            found.extend(_inside(index, block.no, _INCLUDES))
            found.extend(replace(d, in_glossary=True) for d in _inside(index, block.no, _RUN_IN))
    return tuple(
        dict.fromkeys(found + [alias for d in found for alias in _without_brackets(index, d)])
    )


def _without_brackets(index: Index, found: Definition) -> list[Definition]:
    """``使用非财政拨款结余（含专用结余）`` is asked for without its bracket."""
    text = index.document.blocks[found.place.block].text
    levels = re.match(
        r"[^：:]{0,60}?([^（）()：:]{2,20})[（(]项[)）]\s*[:：]", text[found.place.start :]
    )
    if levels and found.in_glossary:  # 教育支出（类）普通教育（款）小学教育（项）
        return [replace(found, term=squeezed(levels[1]))]
    head = re.match(rf"({_TERM})[（(][^（）()]*[）)]\s*[:：]", text[found.place.start :])
    if not head or not found.in_glossary:
        return []
    return [replace(found, term=squeezed(head[1]))]


def _make(
    index: Index, block: int, term: str, span: tuple[int, int], answer: int, glossary: bool
) -> Definition:
    text = index.document.blocks[block].text
    start, end = trim(text, *span)
    place = Place(block, start, end)
    return Definition(squeezed(term), place, trim(text, answer, end), index.parts[block], glossary)


def _of_head(index: Index, block: int, glossary: bool) -> list[Definition]:
    text = index.document.blocks[block].text
    mark = read_mark(text)
    start = mark.end if mark else 0
    head = _HEAD.match(text, start)
    if head:
        meaning = re.compile(r"是?指|即|反映").search(text, head.end("term"))
        at = meaning.start() if meaning else head.end()
        return [_make(index, block, head["term"], (start, len(text)), at, glossary)]
    colon = _COLON.match(text, start) if glossary else None
    if colon:
        return [_make(index, block, colon["term"], (start, len(text)), colon.end(), True)]
    return []


def _of_heading_before(index: Index, block: int, glossary: bool) -> list[Definition]:
    """``一、财政拨款收入`` over a paragraph ``指财政当年拨付的资金。``"""
    text = index.document.blocks[block].text
    if block == 0 or not (_BODY.match(text) or (glossary and not read_mark(text))):
        return []
    before = index.document.blocks[block - 1].text
    mark = read_mark(before)
    term = before[mark.end :] if mark else before
    if _GLOSSARY.search(term) or not 2 <= len(squeezed(term)) <= 24 or re.search("[。；，]", term):
        return []
    return [_make(index, block, term.rstrip(":： "), (0, len(text)), 0, glossary)]


def _inside(index: Index, block: int, pattern: re.Pattern[str]) -> list[Definition]:
    text = index.document.blocks[block].text
    found = []
    for match in pattern.finditer(text):
        stop = re.compile("[。；]").search(text, match.end())
        span = (match.start("term"), stop.end() if stop else len(text))
        found.append(_make(index, block, match["term"], span, match.start("means"), False))
    return found


def _abbreviations(index: Index, block: int) -> list[Definition]:
    """``某某局（以下简称“某局”）``: the short name means the full one."""
    text = index.document.blocks[block].text
    found = []
    for match in _SHORT.finditer(text):
        start = match.start("full") + len(match["full"]) - len(match["full"].lstrip("受由与和向对"))
        made = _make(index, block, match["term"], (start, match.end()), start, False)
        found.append(replace(made, answer=(start, match.end("full"))))
    return found


def asked_terms(question: str, terms: tuple[str, ...]) -> list[str]:
    """What the question may want defined, most likely first (squeezed)."""
    found = [squeezed(m[1]) for pattern in _ASKED for m in pattern.finditer(question)]
    found.extend(squeezed(term) for term in terms)
    found.append(squeezed("".join(terms)))
    return list(dict.fromkeys(word for word in found if len(word) >= 2))


def find_definitions(
    scope: ScopedDocument, question: str, terms: tuple[str, ...]
) -> list[TextFinding]:
    """Definitions of the term that is asked for; a term that only resembles it is not taken."""
    index, wanted = index_of(scope.document), scope_parts(scope)
    known = [d for d in definitions(index) if wanted is None or d.part in wanted or d.in_glossary]
    asked = asked_terms(question, terms)
    names = names_of(scope)
    for pick, confidence in (
        (lambda word, term: word == term, Confidence.HIGH),
        (lambda word, term: _after_names(word, term, names), Confidence.HIGH),
        (_close, Confidence.MEDIUM),
    ):
        found = [d for word in asked for d in known if pick(word, d.term)]
        if found:
            unique = sorted(dict.fromkeys(found), key=lambda d: (not d.in_glossary, d.place.block))
            return [_finding(scope, index, d, confidence) for d in unique]
    return []


def _after_names(word: str, term: str, names: frozenset[str]) -> bool:
    """`word` is the term after nothing but names of the report (某局年末结转和结余)."""
    before = pairs(word.removesuffix(term))
    return word.endswith(term) and bool(before) and all(pair in names for pair in before)


def _close(word: str, term: str) -> bool:
    return min(likeness(word, term)) >= 0.8


def _finding(
    scope: ScopedDocument, index: Index, found: Definition, confidence: Confidence
) -> TextFinding:
    text = index.document.blocks[found.place.block].text
    return make_finding(scope, found.place, confidence, answer=text[slice(*found.answer)])
