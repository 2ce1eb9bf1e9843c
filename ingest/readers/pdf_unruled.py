"""Finding tables without vertical rules: lines in which numbers stand apart, below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf_ink import Rule
from ingest.readers.pdf_pieces import WRAP, Band, PieceLine

_STEP = 3.2  # ems from one line of a table to the next
_HEADER_STEP = 2.4  # ems from one line of a header to the next
_OVERHANG = 6  # ems by which a header may stand out over the figures of its column
_HEADER_LINES = 14  # above the first row of figures


@dataclass(frozen=True, slots=True)
class Region:
    """Lines ``first <= n < last`` of a page that make a table; `body` is its first row below the
    header. `rules` are the heights of its rules, `sides` their ends, where it has some. `header`
    is the text of its header, by which the rest of the table is known on the next page."""

    first: int
    body: int
    last: int
    rules: tuple[float, ...] = ()
    sides: Band | None = None
    header: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a page hands on to the next: the columns and the header of the table that it ends with,
    and the middle of the white between its columns of text, where it has two."""

    bands: tuple[Band, ...] = ()
    header: str = ""
    gutter: float | None = None


def find_regions(
    lines: Sequence[PieceLine], rules: Sequence[Rule], known: Known | None = None
) -> list[Region]:
    """The tables among the lines of a page; `known` is the one that the page before ends with."""
    regions: list[Region] = []
    index = 0
    while index < len(lines):
        if not lines[index].anchors:
            index += 1
            continue
        header = known.header if known is not None and not regions else ""
        region = _region(lines, rules, index, regions[-1].last if regions else 0, header)
        if region is not None:
            regions.append(region)
        index = region.last if region else index + 1
    return regions


def _region(
    lines: Sequence[PieceLine], rules: Sequence[Rule], anchor: int, floor: int, known: str
) -> Region | None:
    last = _end(lines, anchor)
    rows = [line for line in lines[anchor:last] if line.anchors]
    if floor:  # the rule below the table before is none of this one
        foot = lines[floor - 1]
        rules = [rule for rule in rules if rule.at > foot.base + 1.5 * foot.size]
    held = lines[anchor:last]
    left, right = min(line.left for line in held), max(line.right for line in held)
    across = [
        rule
        for rule in rules
        if min(rule.end, right) - max(rule.start, left) >= 0.7 * (right - left)
        and rule.end - rule.start <= 1.6 * (right - left) + 40
    ]
    first = _start(lines, across, anchor, floor, (left, right))
    above = lines[first:anchor]
    repeated = bool(known) and known.startswith("".join(line.text for line in above))
    if not _is_table(rows, above, bool(across)) and not (repeated and above):
        return None
    top, bottom = lines[first].base - 2.5 * lines[first].size, lines[last - 1].base + 20
    near = [rule for rule in across if top <= rule.at <= bottom]
    sides = (min(r.start for r in near), max(r.end for r in near)) if near else None
    body = _body(lines, near, first, anchor)
    header = "".join(line.text for line in lines[first:body])
    return Region(first, body, last, tuple(rule.at for rule in near), sides, header)


def _end(lines: Sequence[PieceLine], anchor: int) -> int:
    """The line after the last row; lines between rows belong to them, lines below wraps only."""
    last = anchor + 1
    index = anchor + 1
    left, right = lines[anchor].left, lines[anchor].right
    while index < len(lines):
        line, before = lines[index], lines[index - 1]
        if line.outside or line.base - before.base > _STEP * max(line.size, before.size):
            break
        if abs(line.size - lines[anchor].size) > 0.08 * line.size or line.heads:
            break
        if line.anchors:
            last = index + 1
            left, right = min(left, line.left), max(right, line.right)
        elif max(piece.width for piece in line.pieces) > 0.6 * (right - left) or index - last >= 4:
            break
        index += 1
    steps = [b.base - a.base for a, b in pairwise(lines[anchor:last])]
    reach = max(WRAP * lines[last - 1].size, 1.1 * min(steps, default=0.0))
    while last < len(lines) and _wraps(lines[last], lines[max(0, last - 3) : last], reach):
        last += 1
    return last


def _wraps(line: PieceLine, above: Sequence[PieceLine], reach: float) -> bool:
    """True when a line below the last row only carries on texts of that row."""
    if line.outside or line.base - above[-1].base > reach:
        return False
    return all(
        any(
            piece.left >= upper.left - 0.5 * piece.size
            and piece.right <= upper.right + 0.5 * piece.size
            and abs(piece.size - upper.size) < 0.1 * piece.size
            for upper in (piece for row in above for piece in row.pieces)
        )
        for piece in line.pieces
    )


def _start(
    lines: Sequence[PieceLine], rules: Sequence[Rule], anchor: int, floor: int, sides: Band
) -> int:
    """The first line of the header: below its upper rule; without one, the lines close above the
    rows that are as large and not wider."""
    lowest = max(floor, anchor - _HEADER_LINES)
    size = lines[anchor].size
    first, ruled = anchor, anchor
    for index in range(anchor - 1, lowest - 1, -1):
        line, below = lines[index], lines[index + 1]
        if line.outside or below.base - line.base > _STEP * size:
            break
        if abs(line.size - size) > 0.15 * size:
            break
        if any(line.base - 3 * line.size < rule.at < line.top + 1 for rule in rules):
            ruled = index
        parted = any(line.base < rule.at < below.base for rule in rules)
        hang = _OVERHANG * size
        if len(line.pieces) > 2:
            hang = max(hang, 0.5 * (sides[1] - sides[0]))
        fits = (
            first == index + 1
            and below.base - line.base <= _HEADER_STEP * size
            and abs(line.size - size) <= 0.08 * size
            and line.left >= sides[0] - hang
            and line.right <= sides[1] + hang
        )
        lone = len(line.pieces) == 1
        if fits and not (lone and (parted or line.right - line.left > 0.5 * (sides[1] - sides[0]))):
            first = index
            sides = min(sides[0], line.left), max(sides[1], line.right)
    return min(first, ruled)


def _body(lines: Sequence[PieceLine], rules: Sequence[Rule], first: int, anchor: int) -> int:
    """The first line below the header: below its rule, or below the line that numbers columns."""
    for index in range(anchor, first, -1):
        above = lines[index - 1]
        ruled = any(above.base < rule.at < lines[index].base for rule in rules)
        if above.numbers_columns or ruled:
            return index
    while anchor > first and _opens_row(lines, anchor):
        anchor -= 1
    return anchor


def _opens_row(lines: Sequence[PieceLine], anchor: int) -> bool:
    """True when the line above is the upper half of a label in the middle of which the figures of
    its row stand."""
    if anchor + 1 >= len(lines):
        return False
    above, row, below = lines[anchor - 1 : anchor + 2]
    steps = row.base - above.base, below.base - row.base
    return (
        abs(steps[0] - steps[1]) < 0.15 * row.size
        and sum(steps) < WRAP * row.size + 0.3 * row.size
        and all(
            any(abs(upper.left - lower.left) < 0.3 * row.size for lower in below.pieces)
            for upper in above.pieces
        )
    )


def _is_table(rows: Sequence[PieceLine], header: Sequence[PieceLine], ruled: bool) -> bool:
    if _is_contents(rows):
        return False
    figures = max(row.figures for row in rows)
    columns = max(len(row.pieces) for row in rows)
    if columns < 3:
        return len(rows) >= (2 if ruled or header else 4)
    return len(rows) >= 2 or (figures >= 2 and bool(header))


def _is_contents(rows: Sequence[PieceLine]) -> bool:
    pages = [row.pieces[-1].text for row in rows]
    if not all(page.isdecimal() and len(page) <= 3 for page in pages):
        return False
    numbers = [int(page) for page in pages]
    return numbers == sorted(numbers) and all(row.figures == 1 for row in rows)
