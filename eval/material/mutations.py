"""Changes to one figure of a report at a time, as a person might mistype it; pure and seeded.

A mutation is an edit of the report's text. `edited` gives the text with it; `reread` gives the
document with the edit made in its block or cell alone, which is many times faster and leaves out
only what an edit of digits cannot change (where blocks and tables begin, who reports on which year).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from ingest.equations.families import find_equations
from ingest.figures.finding import find_figures
from ingest.figures.naming import is_cell
from ingest.model import Direction, Document, Figure, Role, Span, Table
from ingest.quantity import format_number
from ingest.reading.text import fold

STEPS: Final = {"+0.02": "0.02", "+0.05": "0.05", "+0.10": "0.1", "+1": "1"}
NUMBERS: Final = (*STEPS, "×10", "÷10000", "swap")
WORDS: Final = ("direction", "year")
KINDS: Final = (*NUMBERS, *WORDS)
_DIGITS: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PAIRS: Final = (
    ("增加", "减少"),
    ("增长", "下降"),
    ("上升", "下降"),
    ("提高", "降低"),
    ("提升", "降低"),
    ("上涨", "下跌"),
    ("上浮", "下浮"),
    ("增支", "减支"),
    ("增收", "减收"),
    ("调增", "调减"),
    ("追加", "追减"),
    ("高于", "低于"),
    ("多", "少"),
)
_FLIPPED: Final = dict(_PAIRS) | {b: a for a, b in reversed(_PAIRS)}
_WORD: Final = re.compile("|".join(_FLIPPED))
_YEAR: Final = re.compile(r"(?<![\d〔\[(-])20\d\d(?=\s*年)")
_TITLE: Final = re.compile(r"《[^》]*》|〔[^〕]*〕")
_SENTENCE_END: Final = re.compile(r"[。！？!?\n]")


class Edit(NamedTuple):
    """``text[start:end]`` of the document's raw text becomes `new`."""

    start: int
    end: int
    new: str

    @property
    def shift(self) -> int:
        """By how much what follows moves."""
        return len(self.new) - (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One edit, and the figures that it makes wrong, by number."""

    kind: str
    edit: Edit
    figures: tuple[int, ...]
    table: bool


def place(figure: Figure) -> int:
    """Where a figure starts in the raw text."""
    return figure.locator.spans[0][0]


def edited(document: Document, edit: Edit) -> str:
    """The raw text with the edit."""
    return document.text[: edit.start] + edit.new + document.text[edit.end :]


def mutations(document: Document, kind: str, numbers: Sequence[int]) -> tuple[Mutation, ...]:
    """Every mutation of a kind that makes one of the given figures wrong."""
    figures = [document.figures[number] for number in numbers]
    if kind == "year":
        return (*_years(document, figures), *_header_years(document, figures))
    change = _direction if kind == "direction" else _number
    made = ((figure, change(document, figure, kind)) for figure in figures)
    return tuple(
        Mutation(kind, edit, (figure.no,), is_cell(figure))
        for figure, edit in made
        if edit is not None
    )


def _number(document: Document, figure: Figure, kind: str) -> Edit | None:
    """The edit of the digits; None where the print or the kind does not allow it."""
    found = _digits(document, figure)
    if found is None:
        return None
    start, printed = found
    new = _swapped(printed, figure.no) if kind == "swap" else _reckoned(printed, kind)
    if new is None or new == printed:
        return None
    return Edit(start, start + len(printed), new)


def _digits(document: Document, figure: Figure) -> tuple[int, str] | None:
    """Where the figure's digits stand in one piece, without its sign, and what they are."""
    low, high = figure.locator.spans[0]
    printed = _DIGITS.search(figure.quantity.printed)
    if len(figure.locator.spans) > 1 or printed is None:
        return None
    offset = document.text.find(printed.group(), low, high)
    value = Decimal(printed.group().replace(",", ""))
    return None if offset < 0 or value != abs(figure.quantity.value) else (offset, printed.group())


def _reckoned(printed: str, kind: str) -> str | None:
    value = Decimal(printed.replace(",", ""))
    decimals = len(printed.partition(".")[2])
    if kind in STEPS:
        step = Decimal(STEPS[kind])
        if -int(step.as_tuple().exponent) > decimals:
            return None
        value += step
    elif not value:
        return None
    elif kind == "×10":
        value *= 10
    else:
        value = (value / 10_000).normalize()
        decimals = max(decimals, -min(0, int(value.as_tuple().exponent)))
    text = format_number(value, decimals)
    return text if "," in printed else text.replace(",", "")


def _swapped(printed: str, seed: int) -> str | None:
    """Two neighbouring unequal digits changed round; never a zero to the front."""
    where = [i for i, char in enumerate(printed) if char.isdigit()]
    pairs = [
        (a, b)
        for a, b in pairwise(where)
        if printed[a] != printed[b] and not (a == 0 and printed[b] == "0")
    ]
    if not pairs:
        return None
    a, b = pairs[seed % len(pairs)]
    chars = list(printed)
    chars[a], chars[b] = chars[b], chars[a]
    return "".join(chars)


def _direction(document: Document, figure: Figure, _: str) -> Edit | None:
    """The word before a figure, or the sign of a cell, turned round."""
    if figure.direction is Direction.NONE or not figure.quantity.value:
        return None
    start = place(figure)
    if is_cell(figure):
        if figure.role not in (Role.CHANGE, Role.GROWTH, Role.ADJUSTMENT):
            return None
        minus = fold(document.text[start]) == "-"
        return Edit(start, start + 1, "") if minus else Edit(start, start, "-")
    before = document.text[max(0, start - 16) : start]
    words = [
        match for match in _WORD.finditer(before) if not re.search(r"\d", before[match.end() :])
    ]
    if not words:
        return None
    word = words[-1]
    at = start - len(before) + word.start()
    return Edit(at, at + len(word.group()), _FLIPPED[word.group()])


def _years(document: Document, figures: Sequence[Figure]) -> Iterator[Mutation]:
    """Year labels of sentences, one year down and one up."""
    by_block: dict[int, list[Figure]] = {}
    for figure in figures:
        if figure.locator.table is None:
            by_block.setdefault(figure.block, []).append(figure)
    for number, inside in by_block.items():
        block = document.blocks[number]
        masked = _TITLE.sub(lambda match: " " * len(match.group()), block.text)
        labels = list(_YEAR.finditer(masked))
        starts = [*(label.start() for label in labels[1:]), len(masked)]
        for label, following in zip(labels, starts, strict=False):
            end = _SENTENCE_END.search(masked, label.end())
            stop = min(following, len(masked) if end is None else end.start())
            meant = tuple(f.no for f in inside if label.end() <= f.start < stop)
            spans = block.raw_spans(label.start(), label.end())
            if meant and len(spans) == 1:
                yield from _shifted(spans[0], label.group(), meant, table=False)


def _header_years(document: Document, figures: Sequence[Figure]) -> Iterator[Mutation]:
    """Years in the headers of columns of figures."""
    by_table: dict[int, list[Figure]] = {}
    for figure in figures:
        if figure.locator.table is not None and is_cell(figure):
            by_table.setdefault(figure.locator.table, []).append(figure)
    for number, inside in by_table.items():
        table = document.tables[number]
        for cells in table.header:
            for column, cell in enumerate(cells):
                match = _YEAR.search(cell.text)
                below = _below(table, column, cell.text)
                meant = tuple(f.no for f in inside if f.locator.column in below)
                if match and meant and len(cell.spans) == 1:
                    start = cell.spans[0][0] + match.start()
                    yield from _shifted((start, start + 4), match.group(), meant, table=True)


def _below(table: Table, column: int, header: str) -> set[int]:
    """The columns that a header cell stands over: its own and those right of it under its name."""
    found = {column}
    for other in range(column + 1, len(table.columns)):
        if header not in table.columns[other].path:
            break
        found.add(other)
    return found


def _shifted(span: Span, year: str, meant: tuple[int, ...], *, table: bool) -> Iterator[Mutation]:
    for step in (-1, 1):
        yield Mutation("year", Edit(*span, str(int(year) + step)), meant, table)


def protected(document: Document) -> tuple[int, ...]:
    """The figures, by number, that take part in an equation that holds."""
    held = (e for e in document.equations if e.verdict.holds)
    return tuple(sorted({number for e in held for number in (e.stated, *e.operands)}))


def reread(document: Document, mutation: Mutation) -> tuple[Document, frozenset[int]]:
    """The document with the block or cell of an edit read anew, and which figures moved with it.

    The moved figures (by number) lie behind the edit and start `Edit.shift` later than before.
    """
    first = document.figures[mutation.figures[0]]
    block, at = document.blocks[first.block], first.locator
    tables = document.tables
    if at.table is None:
        text, spans = _applied(block.text, block.spans, mutation.edit)
        block = replace(block, text=text, spans=spans)
    else:
        table, row, column = tables[at.table], at.row or 0, at.column or 0
        cells = list(table.rows[row])
        text, spans = _applied(cells[column].text, cells[column].spans, mutation.edit)
        cells[column] = replace(cells[column], text=text, spans=spans)
        rows = (*table.rows[:row], tuple(cells), *table.rows[row + 1 :])
        tables = (*tables[: at.table], replace(table, rows=rows), *tables[at.table + 1 :])
    alone = replace(document, blocks=(block,), tables=tables)
    found = find_figures(alone)
    before = [f for f in document.figures if f.block < block.no]
    after = [f for f in document.figures if f.block > block.no]
    numbered = tuple(
        figure if figure.no == number else replace(figure, no=number)
        for number, figure in enumerate((*before, *found, *after))
    )
    blocks = (*document.blocks[: block.no], block, *document.blocks[block.no + 1 :])
    changed = replace(document, blocks=blocks, tables=tables, figures=numbered, equations=())
    moved = frozenset(
        f.no
        for f in numbered[len(before) : len(before) + len(found)]
        if place(f) > mutation.edit.start
        and (f.locator.table, f.locator.row, f.locator.column) == (at.table, at.row, at.column)
    )
    return replace(changed, equations=find_equations(changed)), moved


def _applied(text: str, spans: tuple[Span, ...], edit: Edit) -> tuple[str, tuple[Span, ...]]:
    """A block's or cell's text and spans with an edit inside one of its spans."""
    position = 0
    made: list[Span] = []
    changed = text
    for low, high in spans:
        if low <= edit.start and edit.end <= high and changed is text:
            at = position + edit.start - low
            changed = text[:at] + edit.new + text[at + edit.end - edit.start :]
            made.append((low, high + edit.shift))
        else:
            shift = edit.shift if low >= edit.end and changed is not text else 0
            made.append((low + shift, high + shift))
        position += high - low
    return changed, tuple(made)
