"""Property changes (sprms) of the binary Word format: one at a time, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.readers.doc_file import i16, u16, u32
from ingest.readers.word import character_widths

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of an operand by the top three bits of its code
_VARIABLE = 6
_TABLE_DEFINITION = 0xD608
_TABS = 0xC615
_HUGE = (0x6645, 0x6646)
_NO_LIST = 0x7FF  # numbers of Word 6, kept as text properties


_SIDES, _LEFT, _BOTH = (0x2403, 0x2461), 0, 3
_INDENTS, _FIRST_LINES = (0x845E, 0x840F), (0x8460, 0x8411)


class Change(NamedTuple):
    """A change: its code and its operand."""

    code: int
    operand: bytes


def changes(data: bytes, stream: bytes = b"") -> Iterator[Change]:
    """The changes in `data`; one that only says where others lie in `stream` gives those."""
    at = 0
    while at + 2 <= len(data):
        code = u16(data, at)
        at += 2
        size = _SIZES[code >> 13]
        if code == _TABLE_DEFINITION:
            if at + 2 > len(data):
                return
            length = u16(data, at) - 1
            operand, at = data[at + 2 : at + 2 + length], at + 2 + max(length, 0)
        elif code >> 13 == _VARIABLE:
            if at >= len(data):
                return
            length = _tabs_length(data, at) if code == _TABS and data[at] == 255 else data[at]
            operand, at = data[at + 1 : at + 1 + length], at + 1 + length
        else:
            operand, at = data[at : at + size], at + size
            if len(operand) < size:
                return
        if code in _HUGE:
            place = u32(operand, 0)
            if place + 2 <= len(stream):
                yield from changes(stream[place + 2 : place + 2 + u16(stream, place)])
            continue
        yield Change(code, operand)


def _tabs_length(data: bytes, at: int) -> int:
    """The length of a list of tab stops that is too long for one byte."""
    deleted = data[at + 1] if at + 1 < len(data) else 0
    place = at + 2 + 4 * deleted
    added = data[place] if place < len(data) else 0
    return 1 + 4 * deleted + 1 + 3 * added


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """What a paragraph's style and changes say. `depth` counts the tables around it; `indent`
    is in widths of a character, 0 unless it stands at the left."""

    depth: int = 0
    row_end: bool = False
    cell_end: bool = False  # of a cell in a table inside a cell
    list_use: int = 0
    list_level: int | None = None
    outline: int | None = None
    page_before: bool = False
    indent: int = 0
    table: tuple[Change, ...] = ()


def paragraph_format(before: ParagraphFormat, made: Sequence[Change]) -> ParagraphFormat:
    """`before` with the changes made."""
    depth = before.depth
    table = list(before.table)
    flags = {"row_end": before.row_end, "cell_end": before.cell_end}
    page_before, use = before.page_before, before.list_use
    level, outline = before.list_level, before.outline
    for code, operand in made:
        if code == 0x2416:
            depth = max(depth, 1) if operand[0] else 0
        elif code == 0x6649:
            depth = min(u32(operand, 0), 64)
        elif code in (0x2417, 0x244C):
            flags["row_end"] = bool(operand[0])
        elif code == 0x244B:
            flags["cell_end"] = bool(operand[0])
        elif code == 0x460B:
            given = i16(operand, 0)
            use = given if 0 < given < _NO_LIST else 0
        elif code == 0x260A:
            level = operand[0]
        elif code == 0x2640:
            outline = operand[0]
        elif code == 0x2407:
            page_before = bool(operand[0])
        elif code >> 10 & 7 == 5:
            table.append(Change(code, operand))
    return ParagraphFormat(
        depth=depth,
        row_end=flags["row_end"],
        cell_end=flags["cell_end"],
        list_use=use,
        list_level=level,
        outline=outline,
        page_before=page_before,
        indent=_indent(made),
        table=tuple(table),
    )


def _indent(made: Sequence[Change]) -> int:
    """How far in the changes print a paragraph, in widths of a character."""
    values = {code: i16(operand, 0) for code, operand in made if len(operand) == 2}
    sides = {code: operand[0] for code, operand in made if code in _SIDES}
    if any(side not in (_LEFT, _BOTH) for side in sides.values()):
        return 0
    total = 0
    for twips, hundredths in ((_INDENTS, 0x4456), (_FIRST_LINES, 0x4457)):
        width = next((values[code] for code in twips if code in values), 0)
        total += character_widths(width, values.get(hundredths))
    return max(total, 0)


@dataclass(frozen=True, slots=True)
class RunFormat:
    """What a run's changes say. `symbol` is a font number and a code of that font."""

    hidden: int | None = None  # as the style has it where None
    deleted: bool = False
    raised: bool = False
    special: bool = False
    binary: bool = False  # data of a form field, no picture
    symbol: tuple[int, int] | None = None
    font: int | None = None
    style: int | None = None


_TOGGLE_AS_STYLE = 0x80


def run_format(made: Sequence[Change]) -> RunFormat:
    """The format that the changes give a run."""
    values: dict[int, int] = {}
    symbol = None
    for code, operand in made:
        if code == 0x6A09:
            symbol = (u16(operand, 0), u16(operand, 2))
        elif len(operand) == 1:
            values[code] = operand[0]
        elif len(operand) == 2:
            values[code] = u16(operand, 0)
    hidden = values.get(0x083C)
    return RunFormat(
        hidden=None if hidden is None or hidden >= _TOGGLE_AS_STYLE else hidden,
        deleted=values.get(0x0800, 0) == 1,
        raised=values.get(0x2A48, 0) == 1,
        special=bool(values.get(0x0855, 0)),
        binary=bool(values.get(0x0806, 0)),
        symbol=symbol,
        font=values.get(0x4A4F),
        style=values.get(0x4A30),
    )
