"""Stated counts against the numbered items that follow: 一是…二是…, 1. 2. 3., （一）（二）."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ingest.equations.book import Book
from ingest.equations.claims import Claim, holds
from ingest.equations.listed import counted
from ingest.model import BlockKind, Figure, Locator, Role, Section
from ingest.quantity import Dimension
from ingest.reading.text import compact
from ingest.structure.markers import cjk_number, read_marker
from ingest.structure.texts import Text, Texts

_NOUN = (
    r"问题|不足|方面|措施|举措|建议|意见|任务|目标|内容|原因|做法|经验|特点|阶段|环节|步骤|部分|大类|类别|"
    r"类|条|点|项工作|项"
)
_SAID = re.compile(rf"^[^,;。:\d]{{0,10}}?(?:{_NOUN})[^,;。:\d]{{0,8}}[,:。]?\s*$|^\s*[:,。]?\s*$")
# Numbers inside a paragraph; "要" goes on with a list of 是: 一是…二要….
_ITEMS = (
    re.compile(r"(?:^|(?<=[,;。:\s]))([一二三四五六七八九十]{1,2})(?:是|要)(?!否|因此)"),
    re.compile(r"(?<=[,;。:\s])\((\d{1,2})\)"),
    re.compile(r"(?<=[,;。:\s])\(([一二三四五六七八九十]{1,2})\)"),
    re.compile(r"(?<=[,;。:\s])(\d{1,2})[.、](?!\d)"),
    re.compile(r"([①-⑳])"),
)
_PARTIAL = re.compile(r"主要|其中|重点|部分|例如|其他|之一")
_ABOUT = re.compile(
    r"(?:评价|自评|报告|本次|评价组)[^,;。]{0,6}(?:发现|指出|提出|反映|梳理|归纳)[^;。]{0,12}?"
    r"(?P<noun>问题|建议)[^,;。\d]{0,4}$"
)
_TITLES = {
    "问题": re.compile(r"(?:存在|主要|发现)的?(?:主要)?(?:问题|不足)|^问题"),
    "建议": re.compile(r"^(?:有关|相关|主要|改进|政策|工作)?建议"),
}
_MOST = 30  # items of a list
_FAR = 40  # blocks after a sentence in which its list may stand
_CHAPTERS = ("part", "section", "cjk")  # numbers of chapters, no items of a list
_HIGHER = ("part", "section", "cjk", "(cjk)", "1.", "(1)", "1)", "①")


def list_count(book: Book) -> Iterator[Claim]:
    """“存在 n 个问题：一是…二是…”“下设 n 个三级指标”：n = 列出的条数。

    来源：评价报告的问题、建议、目标、评价阶段，绩效指标分析各节下的小节。
    例：“评价发现问题 6 个”，“六、存在的问题”只有 1 至 5 条，不成立。
    边界：条目编号须从一起连续；个数与条目之间没有别的数，也没有“主要”“其中”“等”；小节须各有分值；
    别处的“问题”“建议”一节，须说明是评价发现、提出的，而且全部分只有一节。
    """
    texts = Texts(book)
    yield from _inside(texts)
    yield from _following(texts)
    yield from _subsections(texts)
    yield from _elsewhere(texts)


def _inside(texts: Texts) -> Iterator[Claim]:
    """一是…二是… in the paragraph that says how many."""
    for text in texts.prose:
        items = _items_in(text)
        if len(items) < 2:
            continue
        start = items[0].start()
        before = [f for f in texts.figures(text) if f.end <= start]
        if before and _is_count(before[-1]):
            yield from _judged(text, before[-1], start, [_place(text, m) for m in items])


def _items_in(text: Text) -> list[re.Match[str]]:
    """The numbers of the one list inside a paragraph."""
    for pattern in _ITEMS:
        run = _run_of(list(pattern.finditer(text.folded)))
        if run:
            return run
    return []


def _number(printed: str) -> int:
    if printed.isdecimal():
        return int(printed)
    return ord(printed) - ord("①") + 1 if "①" <= printed <= "⑳" else cjk_number(printed)


def _run_of(matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """The numbers 1, 2, 3 … among the matches; none where a second list starts."""
    run: list[re.Match[str]] = []
    for match in matches:
        number = _number(match[1])
        if number == 1 and run:
            return []
        if number == len(run) + 1:
            run.append(match)
    return run


def _is_count(figure: Figure) -> bool:
    quantity = figure.quantity
    return quantity.unit.dimension is Dimension.COUNT and quantity.exact and not quantity.approx


def _place(text: Text, match: re.Match[str]) -> Locator:
    return text.said(match.start(), match.end()).locator


def _judged(text: Text, figure: Figure, start: int, places: list[Locator]) -> Iterator[Claim]:
    """A count right before its list; it must end in a word for what is listed."""
    between = text.folded[figure.end : start]
    lead = re.split(r"[,;。:]", text.folded[: figure.start])[-1]
    named = re.search(_NOUN, lead[-8:] + between)
    claim = counted("list_count", figure, places, "条")
    sure = _SAID.match(between) and named and not _PARTIAL.search(lead + between)
    if sure or (named and holds(claim)):
        yield claim


class _List(NamedTuple):
    """The numbered blocks right after a text."""

    style: str
    texts: list[Text]


def _following(texts: Texts) -> Iterator[Claim]:
    """1. 2. 3. in the blocks below the paragraph that says how many."""
    order = texts.prose
    for position, text in enumerate(order):
        figures = [f for f in texts.figures(text) if _is_count(f)]
        if not figures or _items_in(text) or text.kind is not BlockKind.PARAGRAPH:
            continue
        listed = _list_after(order[position + 1 : position + 1 + _FAR], text)
        if len(listed.texts) >= 2 and listed.style not in _CHAPTERS:
            places = [each.said(0, len(each.raw)).locator for each in listed.texts]
            yield from _judged(text, figures[-1], len(text.folded), places)


_ABOVE_ALL = re.compile(r"^\s*(?:以上|上述)(?:共|共有|共计|合计|总计)?\s*$")


def list_before(texts: Texts) -> Iterator[Claim]:
    """以上共 n 个, against the numbered blocks right above it."""
    order = texts.prose
    for position, text in enumerate(order):
        figures = [f for f in texts.figures(text) if _is_count(f)][:1]
        if not figures or not _ABOVE_ALL.match(text.folded[: figures[0].start]):
            continue
        items: list[Text] = []
        marker = read_marker(order[position - 1].raw) if position else None
        while marker is not None and len(items) < _MOST:
            items.insert(0, order[position - 1 - len(items)])
            before = position - 1 - len(items)
            above = read_marker(order[before].raw) if before >= 0 else None
            if marker.ordinal == 1 and len(items) > 1:
                places = [each.said(0, len(each.raw)).locator for each in items]
                yield counted("list_count", figures[0], places, "条")
                break
            if above is None or above.style != marker.style:
                break
            if above.ordinal != marker.ordinal - 1:
                break
            marker = above


def _list_after(order: tuple[Text, ...], lead: Text) -> _List:
    first = read_marker(order[0].raw) if order else None
    own = read_marker(lead.raw)
    if first is None or first.ordinal != 1 or (own and own.style == first.style):
        return _List("", [])
    items: list[Text] = []
    for text in order[:_FAR]:
        marker = read_marker(text.raw)
        if marker is None:
            if text.kind is BlockKind.HEADING or text.kind is BlockKind.TITLE:
                break
            continue
        if marker.style == first.style and marker.ordinal == len(items) + 1:
            items.append(text)
        elif marker.style == first.style or _above(marker.style, first.style):
            break
    return _List(first.style, items)


def _above(style: str, other: str) -> bool:
    """True where one style of numbers stands above another in the usual order."""
    known = style in _HIGHER and other in _HIGHER
    return not known or _HIGHER.index(style) < _HIGHER.index(other)


def _subsections(texts: Texts) -> Iterator[Claim]:
    """该指标下设 n 个三级指标, against the sections below with a full mark each."""
    document = texts.document
    children: dict[int, list[Section]] = defaultdict(list)
    marked: set[int] = set()
    for section in document.sections:
        if section.parent is not None:
            children[section.parent].append(section)
    for figure in document.figures:
        if figure.role is Role.FULL_MARK and figure.locator.table is None:
            marked.add(figure.section)
    for text in texts.prose:
        kids = children.get(text.section, [])
        if len(kids) < 2 or not all(kid.no in marked for kid in kids):
            continue
        for figure in texts.figures(text):
            named = re.search(
                r"下设|分为|包括", text.folded[max(0, figure.start - 40) : figure.start]
            )
            if _is_count(figure) and named and "指标" in text.folded[figure.end : figure.end + 6]:
                headings = [
                    texts.by_block[kid.block] for kid in kids if kid.block in texts.by_block
                ]
                places = [each.said(0, len(each.raw)).locator for each in headings]
                yield counted("list_count", figure, places, "个小节")


def _elsewhere(texts: Texts) -> Iterator[Claim]:
    """评价发现问题 n 个, against the section 存在的问题 of the same part."""
    sections: dict[tuple[int, str], list[Section]] = defaultdict(list)
    for section in texts.document.sections:
        marker = read_marker(section.title)
        title = compact(section.title[marker.length :] if marker else section.title)
        for noun, pattern in _TITLES.items():
            if pattern.search(title):
                sections[texts.parts[section.block].no, noun].append(section)
    if not sections:
        return
    for text in texts.prose:
        for figure in texts.figures(text):
            if not _is_count(figure) or figure.quantity.value > _MOST:
                continue
            match = _ABOUT.search(text.folded[: figure.start])
            found = sections.get((text.part, match["noun"]), []) if match else []
            if len(found) == 1 and found[0].no != text.section:
                places = _items_of(texts, found[0])
                if len(places) >= 2:
                    yield counted("list_count", figure, places, "条")


def _items_of(texts: Texts, section: Section) -> list[Locator]:
    """The numbered items of a section: its sections, else its numbered paragraphs, else 一是…"""
    after = texts.prose_after(section.block, _FAR)
    listed = _list_after(after[1:], after[0]) if after else _List("", [])
    if listed.texts:
        return [each.said(0, len(each.raw)).locator for each in listed.texts]
    return [_place(text, match) for text in after[1:2] for match in _items_in(text)]
