"""The lines of a table where one column is above, below or equal to another: 决算高于年初预算的有几个."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.operations.context import Context
from qa.operations.grid import Grid, Line, asked_words, plain_head, unexplained
from qa.operations.grid_lines import ASKING, Found, at_level_of, the_one
from qa.operations.grid_rows import told
from qa.words.bounds import COLUMNS_COMPARED
from qa.words.matching import grams, squeeze

_SEVERAL = re.compile(r"(?:几|多少)(?:个|项|家|类|笔|条)|哪些|哪几")
_SPENT = re.compile(r"支出|决算|执行|花")
_COUNTED = re.compile(r"[一二两三四五六七八九十\d]+(?:个|项)")
_TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "above": lambda left, right: left > right,
    "below": lambda left, right: left < right,
    "equal": lambda left, right: left == right,
}


def select(context: Context) -> Draft | None:
    """The lines that compare so, counted or listed."""
    text = asked_words(context)
    match = COLUMNS_COMPARED.search(text)
    if match is None or not _SEVERAL.search(text):
        return None
    rest = ASKING.sub(" ", _COUNTED.sub(" ", text.replace(match.group(), " ")))
    found = the_one(context, lambda grid: _compared_in(grid, text, rest, match))
    return None if found is None else told(context, found, text, bounded=True)


def _compared_in(grid: Grid, text: str, rest: str, match: re.Match[str]) -> Found | None:
    lines = at_level_of([line for line in grid.lines if not line.total], text)
    columns = _amounts(grid, lines)
    right = _called(grid, columns, match["right"])
    left = _called(grid, [c for c in columns if c != right], match["left"])
    if left is None or right is None:
        return None
    held = [line for line in lines if left in line.cells and right in line.cells]
    heads = (plain_head(grid.heads[left]), plain_head(grid.heads[right]))
    sides = re.sub(_SPENT, " ", f"{match['left']} {match['right']}")
    if len(held) < 2 or unexplained(f"{rest} {sides}", grid.around, *heads):
        return None
    kind = match.lastgroup if match.lastgroup in _TESTS else _kind(match)
    test = _TESTS[kind]
    met = [
        line
        for line in held
        if test(line.cells[left].quantity.base, line.cells[right].quantity.base)
    ]
    figures = tuple(line.cells[left] for line in met)
    label = f"{heads[0]} 与 {heads[1]}"
    return Found(grid, tuple(met), figures, label, len(held)) if met else None


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _TESTS if match[kind])


def _amounts(grid: Grid, lines: Sequence[Line]) -> list[int]:
    """The columns of amounts that most lines have."""
    kinds = (Dimension.MONEY, Dimension.COUNT)
    return [
        column
        for column in grid.heads
        if sum(
            column in line.cells and line.cells[column].quantity.unit.dimension in kinds
            for line in lines
        )
        * 2
        > len(lines)
    ]


def _called(grid: Grid, columns: Sequence[int], words: str) -> int | None:
    """The one column that a side of the comparison names; 支出 and 决算 mean what was spent."""
    wanted = grams(squeeze(words))
    shared = {c: len(grams(plain_head(grid.heads[c])) & wanted) for c in columns}
    best = max(shared.values(), default=0)
    found = [c for c, count in shared.items() if count == best > 0]
    if not found and _SPENT.search(words):
        found = [c for c in columns if _SPENT.search(plain_head(grid.heads[c]))]
    return found[0] if len(found) == 1 else None
