"""The lines of a decoded text, without page numbers and running headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.reading.text import compact

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BLANK = " \t\u3000\u00a0\u200b\ufeff\u2002\u2003\u2009\xad\x1a"
_PAGE_LINE = re.compile(
    r"[-—–－─·•~～]{1,3}\d{1,4}[-—–－─·•~～]{1,3}|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?|"
    r"(?:page|p\.?)\d{1,4}(?:(?:of|/)\d{1,4})?|\d{1,4}/\d{1,4}|共\d{1,4}页[,，/]?第\d{1,4}页",
    re.IGNORECASE,
)
_RULER = re.compile(r"[*＊]{8,}|[~～]{8,}|[—–─━]{8,}|_{8,}")
# A line above and below the header of a table: ------, or one for each of its columns.
_TABLE_RULER = re.compile(r"(?=(?:\s*-){8})-{2,}(?:\s+-{2,})*|[=＝─━—]{8,}")
_BARE_NUMBER = re.compile(r"\d{1,4}")
_NUMBER = re.compile(r"\d+")


def is_page_number(text: str, *, bare: bool = True) -> bool:
    """True for a line that is a page number alone: ``— 3 —``, ``第3页 共9页``; `bare` ones: ``12``."""
    plain = compact(text)
    if _PAGE_LINE.fullmatch(plain):
        return True
    return bare and _BARE_NUMBER.fullmatch(plain) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    `raw` is the line as it stands (without its line break), `start` its offset; `first`/`last`
    are the offsets of the text without the white space around it. `gap` counts the blank lines
    before it, `ruled` how many of them are lines drawn as a table's; `new_page` says that a page
    ended in between. `newline` is the first character of the line break after it.
    """

    raw: str
    start: int
    first: int
    last: int
    gap: int = 0
    page: int | None = None
    new_page: bool = False
    newline: str = "\n"
    ruled: int = 0

    @property
    def text(self) -> str:
        return self.raw[self.first - self.start : self.last - self.start]

    @property
    def indent(self) -> int:
        """Width of the white space at the start, a full-width space counting two."""
        return sum(2 if char == "\u3000" else 1 for char in self.raw[: self.first - self.start])


def split_lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank; form feeds count the pages.

    A line drawn across the page (======, ------) parts texts as a blank one does.
    """
    lines: list[Line] = []
    gap, ruled, page, new_page, start = 0, 0, 1, False, 0
    paged = "\f" in text
    for end, after, mark in _pieces(text):
        raw = text[start:end]
        stripped = raw.strip(_BLANK)
        drawn = _TABLE_RULER.fullmatch(stripped) is not None
        if stripped and not drawn and _RULER.fullmatch(stripped) is None:
            first = start + len(raw) - len(raw.lstrip(_BLANK))
            seen = page if paged else None
            last = first + len(stripped)
            lines.append(Line(raw, start, first, last, gap, seen, new_page, mark[:1], ruled))
            gap, ruled, new_page = 0, 0, False
        else:
            gap += 1
            ruled += drawn
        if mark == "\f":
            page, new_page = page + 1, True
        start = after
    return lines


def _pieces(text: str) -> Iterable[tuple[int, int, str]]:
    for found in _BREAK.finditer(text):
        yield found.start(), found.end(), found.group()
    yield len(text), len(text), ""


def without_furniture(lines: list[Line]) -> list[Line]:
    """`lines` without page numbers and running headers and footers.

    The line after a removed one counts at least one blank line before it. Where the text has no
    form feeds but its page numbers run on, they give the pages.
    """
    numbers = _page_numbers(lines)
    removed = set(numbers) | _running(lines)
    if not removed:
        return lines
    by_footer = len(numbers) >= 2 and not any(line.page for line in lines)
    kept: list[Line] = []
    gap, new_page = 0, False
    page = _footer_pages(numbers, len(lines)) if by_footer else None
    for index, line in enumerate(lines):
        if index in removed:
            gap, new_page = gap + line.gap + 1, True
            continue
        kept.append(
            replace(
                line,
                gap=line.gap + gap,
                new_page=line.new_page or new_page,
                page=page[index] if page else line.page,
            )
        )
        gap, new_page = 0, False
    return kept


def _page_numbers(lines: list[Line]) -> dict[int, int]:
    """Indexes of the lines that are page numbers, with the numbers."""
    found: dict[int, int] = {}
    bare: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if line.last - line.first > 24 or "\t" in line.text or "|" in line.text:
            continue
        text = compact(line.text)
        if _PAGE_LINE.fullmatch(text):
            found[index] = int(_NUMBER.findall(text)[0])
        elif _BARE_NUMBER.fullmatch(text):
            bare.append((index, int(text)))
    runs = [pair for pair in pairwise(bare) if pair[1][1] == pair[0][1] + 1]
    if len(runs) >= 2 and len(runs) >= 0.6 * (len(bare) - 1):
        found.update(bare)
    return found


def _footer_pages(numbers: dict[int, int], count: int) -> list[int]:
    """The page of each line, the number standing at the foot of its page."""
    pages: list[int] = []
    ahead = iter(sorted(numbers.items()))
    index, page = next(ahead)
    for line in range(count):
        while line > index:
            following = next(ahead, None)
            if following is None:
                index, page = count, page + 1
            else:
                index, page = following
        pages.append(page)
    return pages


def _running(lines: list[Line]) -> set[int]:
    """Lines at the top or foot of pages whose text, digits masked, comes back on other pages."""
    edges: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.page is not None:
            edges.setdefault(line.page, []).append(index)
    if len(edges) < 3:
        return set()
    masks: dict[int, str] = {}
    for indexes in edges.values():
        for index in {*indexes[:2], *indexes[-2:]}:
            text = lines[index].text
            if len(text) <= 60 and not any(mark in text for mark in "\t|。；"):
                masks[index] = _NUMBER.sub("#", compact(text))
    counts = Counter(masks.values())
    needed = max(3, 0.3 * len(edges))
    return {index for index, mask in masks.items() if counts[mask] >= needed}
