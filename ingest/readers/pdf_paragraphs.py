"""Printed lines put together to paragraphs by where they begin and end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.readers.content import Snippet
from ingest.readers.pdf_layout import TextLine
from ingest.readers.pdf_tables import PageTable
from ingest.structure.joining import opens_text
from ingest.structure.markers import is_table_label

Item = TextLine | PageTable
Measure = tuple[int, int, tuple[int, int]]

_LONG = 0.45  # of the page's width (of a column's): lines that show the margins
_LEADER = re.compile(r"[.．·…。•]{4,}\s*[ivxIVX\d]*$|…{2,}\s*\d*$|[.．·…]{2,}\s*\d+$")
_NOTE = re.compile(r"[①-⑳⑴-⒇¹²³⁴-⁹*＊※]|[\[〔【]\d{1,2}[\]〕】]|\d{1,2}\s(?![\d.])")
_SMALL = 0.92  # of the size of the text, what footnotes are printed in
_ROOM = 1.6  # ems at the end of a line that no character had to leave free
_RUNS_ON = frozenset("÷×＝，。、；")  # no paragraph begins with these
_INDENT = 0.8  # ems by which a first line stands in


@dataclass(slots=True)
class Draft:
    """A paragraph: the lines that it is printed in."""

    lines: list[TextLine] = field(default_factory=list)

    @property
    def page(self) -> int:
        return self.lines[0].page

    def snippets(self) -> list[Snippet]:
        """Its text in order, line wraps taken out; a space between two Latin words."""
        found: list[Snippet] = []
        for line in self.lines:
            if found and _apart(found[-1].text, line.text):
                found[-1] = Snippet(found[-1].text + " ", found[-1].place)
            found.extend(line.snippets)
        return found


def _apart(before: str, after: str) -> bool:
    last, first = before[-1:], after[:1]
    return last.isascii() and last.isalpha() and first.isascii() and first.isalpha()


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of one measure begin and end, how far apart they are, how large."""

    left: float
    right: float
    pitch: float  # from one line to the next inside a paragraph, in ems
    size: float
    indented: bool


def paragraphs(items: Sequence[Item]) -> Iterator[Draft | PageTable]:
    """Drafts and tables in reading order; page ends do not cut a paragraph."""
    lines = [item for item in items if isinstance(item, TextLine)]
    margins = read_margins(lines)
    notes = _footnotes(lines, margins)
    draft: Draft | None = None
    waiting: list[Draft] = []  # footnotes, until the paragraph that they stand under ends
    for item in items:
        if isinstance(item, TextLine) and id(item) in notes:
            if waiting and not _NOTE.match(item.text):
                waiting[-1].lines.append(item)
            else:
                waiting.append(Draft([item]))
            continue
        if draft is None or isinstance(item, PageTable) or not _goes_on(draft, item, margins):
            if draft is not None:
                yield draft
            draft = None
            yield from waiting
            waiting = []
        if isinstance(item, PageTable):
            yield item
        elif draft is not None:
            draft.lines.append(item)
        else:
            draft = Draft([item])
    if draft is not None:
        yield draft
    yield from waiting


def _footnotes(lines: Sequence[TextLine], margins: dict[Measure, Margins]) -> set[int]:
    """The identities of the lines that are footnotes: small, at the foot of a page, from a mark
    on."""
    pages: dict[int, list[TextLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    found: set[int] = set()
    for own in pages.values():
        small: list[TextLine] = []
        for line in reversed(own):
            if line.size > _SMALL * margins[_measure(line)].size or line.top < 0.5 * line.height:
                break
            small.insert(0, line)
        first = next((n for n, line in enumerate(small) if _NOTE.match(line.text)), None)
        if first is not None and len(small) < len(own):
            found.update(id(line) for line in small[first:])
    return found


def _measure(line: TextLine) -> Measure:
    return round(line.width), round(line.height), line.column


def read_margins(lines: Sequence[TextLine]) -> dict[Measure, Margins]:
    """The margins of each kind of page and column."""
    groups: dict[Measure, list[TextLine]] = {}
    for line in lines:
        groups.setdefault(_measure(line), []).append(line)
    return {measure: _margins(group) for measure, group in groups.items()}


def _margins(lines: Sequence[TextLine]) -> Margins:
    long = [line for line in lines if line.right - line.left > _LONG * line.width / line.column[0]]
    lefts = Counter(round(line.left) for line in long)
    rights = Counter(round(line.right) for line in long)
    left = min((x for x, n in lefts.items() if n >= max(2, 0.1 * len(long))), default=None)
    right = max((x for x, n in rights.items() if n >= max(2, 0.05 * len(long))), default=None)
    if left is None:
        left = round(min(line.left for line in lines))
    if right is None:  # nothing shows where lines end: margins are alike as a rule
        right = round(
            max(*(line.right for line in lines), lines[0].width / lines[0].column[0] - left)
        )
    sizes = Counter(round(line.size, 1) for line in lines for _ in line.text)
    size = sizes.most_common(1)[0][0]
    flush = [line for line in long if line.left < left + _INDENT * line.size]
    indented = [line for line in long if left + line.size < line.left < left + 3.5 * line.size]
    return Margins(
        left, right, _pitch(lines, right), size, len(indented) >= 0.1 * (len(flush) or 1)
    )


def _pitch(lines: Sequence[TextLine], right: float) -> float:
    """The usual step from a full line to the next, in ems: from most of them a paragraph goes on."""
    steps = [
        (b.bottom - a.bottom) / b.size
        for a, b in pairwise(lines)
        if a.page == b.page
        and 0 < b.bottom - a.bottom < 4 * b.size
        and abs(a.size - b.size) < 0.1 * b.size
        and a.right > right - _ROOM * a.size
    ]
    return sorted(steps)[len(steps) // 4] if steps else 1.5


def _goes_on(draft: Draft, line: TextLine, margins: dict[Measure, Margins]) -> bool:
    before = draft.lines[-1]
    if before.wide or line.wide or _LEADER.search(before.text) or is_table_label(before.text):
        return False
    if abs(before.size - line.size) > 0.12 * line.size or is_table_label(line.text):
        return False
    own, upper = margins[_measure(line)], margins[_measure(before)]
    same_page = before.page == line.page and before.column == line.column
    if same_page and not _near(before, line, own):
        return False
    if _is_heading_over_lines(before, line, own):
        return same_page
    if line.text[:1] in _RUNS_ON:
        return True
    full = before.right + max(line.lead, 0.9 * line.size) > upper.right - (_ROOM - 0.9) * line.size
    if not full:
        return False
    flush = line.left <= own.left + _INDENT * line.size
    if not flush and not (len(draft.lines) > 1 and abs(line.left - before.left) < 0.3 * line.size):
        return False
    return own.indented or not opens_text(line.text)


def _near(before: TextLine, line: TextLine, margins: Margins) -> bool:
    step = (line.bottom - before.bottom) / line.size
    return (
        0 < step < max(margins.pitch * 1.3, 1.0) or 0 < line.top - before.bottom < 0.8 * line.size
    )


def _is_heading_over_lines(before: TextLine, line: TextLine, margins: Margins) -> bool:
    """A centred title, larger than the text, over two lines."""
    middle = (margins.left + margins.right) / 2

    def centred(one: TextLine) -> bool:
        off = abs((one.left + one.right) / 2 - middle)
        return off < 0.03 * one.width and one.left > margins.left + 0.5 * one.size

    wide = before.right - before.left > 0.5 * (margins.right - margins.left)
    full = before.right > margins.right - _ROOM * before.size
    return (
        line.size > 1.2 * margins.size
        and wide
        and (centred(before) or full)
        and (centred(line) or full)
    )
