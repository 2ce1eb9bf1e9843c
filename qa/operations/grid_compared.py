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
from qa.plan import Plan
from qa.words.bounds import COLUMNS_COMPARED
from qa.words.matching import grams, squeeze

_SEVERAL = re.compile(
    r"(?:几|多少)(?:个|项|家|类|笔|条|所|种|处|名|户|座|县|区|市|镇|乡|村)|哪些|哪几"
)
_ASKED_FIRST = re.compile(rf"^[^?？]*(?:{_SEVERAL.pattern})[^的,，?？]+[?？\s]*$")
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
    if not _SEVERAL.search(text):
        return None
    asked_first = _ASKED_FIRST.search(text)
    match = COLUMNS_COMPARED.search(f"{text.rstrip('?？ ')}的" if asked_first else text)
    if match is None:
        return _over_years(context)
    rest = ASKING.sub(" ", _COUNTED.sub(" ", text.replace(match.group(), " ")))
    found = the_one(context, lambda grid: _compared_in(grid, text, rest, match))
    return None if found is None else told(context, found, text, bounded=True)


def years_compared(plan: Plan) -> tuple[str, ...]:
    """The two years of ``2023年人次比2022年减少的有哪几家``, lines by how they moved; () otherwise."""
    found = _YEARS.search(plan.question) or _YEAR_PAIR.search(plan.question)
    return (found["now"], found["then"]) if found and _SEVERAL.search(plan.question) else ()


def _over_years(context: Context) -> Draft | None:
    """The lines with more, or less, in one year than in another: 2023年人次比2022年减少的有几家."""
    question = context.plan.question
    match = _YEARS.search(question)
    if match is None:
        return None
    text = asked_words(context)
    rest = _MOVED.sub(" ", ASKING.sub(" ", _COUNTED.sub(" ", text)))
    found = the_one(context, lambda grid: _moved_in(grid, text, rest, match), beside=True)
    return None if found is None else told(context, found, text, bounded=True)


def _moved_in(grid: Grid, text: str, rest: str, match: re.Match[str]) -> Found | None:
    lines = at_level_of([line for line in grid.lines if not line.total], text)
    pair = _of_years(grid, _amounts(grid, lines), match)
    if pair is None:
        return None
    now, then = pair
    held = [line for line in lines if now in line.cells and then in line.cells]
    heads = (plain_head(grid.heads[now]), plain_head(grid.heads[then]))
    if len(held) < _FEWEST or unexplained(rest, grid.around, *map(squeeze, heads)):
        return None
    return _met(grid, held, pair, "above" if match["up"] else "below")


def _met(grid: Grid, held: Sequence[Line], columns: tuple[int, int], kind: str) -> Found | None:
    """The lines whose first column is so to the second, with what each was compared with."""
    left, right = columns
    test = _TESTS[kind]
    met = tuple(
        line
        for line in held
        if test(line.cells[left].quantity.base, line.cells[right].quantity.base)
    )
    label = " 与 ".join(plain_head(grid.heads[column]) for column in columns)
    figures, against = (tuple(line.cells[column] for line in met) for column in columns)
    return Found(grid, met, figures, label, len(held), against=against) if met else None


def _of_years(grid: Grid, columns: Sequence[int], match: re.Match[str]) -> tuple[int, int] | None:
    """The columns of both years of what is compared; None where several say as much of it."""
    wanted = grams(squeeze(match["what"]))
    pairs: list[tuple[int, int, int]] = []
    for now in columns:
        for then in columns:
            one, other = (squeeze(grid.heads[c]) for c in (now, then))
            alike = one.replace(match["now"], "") == other.replace(match["then"], "")
            if match["now"] in one and match["then"] in other and alike:
                pairs.append((len(grams(one) & wanted), now, then))
    best = max((shared for shared, _, _ in pairs), default=0)
    found = [(now, then) for shared, now, then in pairs if shared == best]
    return found[0] if len(found) == 1 and (best or len(pairs) == 1) else None


_INDICATORS = re.compile(
    r"指标(?:一?共|总共)?(?:有|是)?(?:几|多少|哪)|(?:几|多少|哪)(?:个|项|些)(?:[一二三]级)?指标"
)
_INDICATORS_TOLD = re.compile(r"指标")
_FEWEST = 2  # lines
_UP = r"增加|增长|上升|提高|上涨|变多|多|高"
_DOWN = r"减少|下降|降低|下滑|变少|回落|少|低"
_YEARS = re.compile(
    rf"(?P<now>20\d\d)年度?末?的?(?P<what>[^,，。;；?？]{{0,20}}?)(?:比|较)(?P<then>20\d\d)年度?末?(?:的|有所|还|要)*"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?!了?(?:多少|几))"
)
_YEAR_PAIR = re.compile(
    r"(?P<now>20\d\d)年[^,，。;；?？]{0,20}?(?:比|较)(?P<then>20\d\d)年[^,，。]{1,6}的"
)
_MOVED = re.compile(rf"比|较|有所|还|要|{_UP}|{_DOWN}")


def _compared_in(grid: Grid, text: str, rest: str, match: re.Match[str]) -> Found | None:
    lines = at_level_of([line for line in grid.lines if not line.total], text)
    columns = _amounts(grid, lines)
    right = _called(grid, columns, match["right"], match["left"])
    left = _called(grid, [c for c in columns if c != right], match["left"])
    if left is None or right is None:
        return None
    held = [line for line in lines if left in line.cells and right in line.cells]
    heads = (plain_head(grid.heads[left]), plain_head(grid.heads[right]))
    sides = re.sub(_SPENT, " ", f"{match['left']} {match['right']}")
    if len(held) < _FEWEST or unexplained(f"{rest} {sides}", grid.around, *heads):
        return None
    if _INDICATORS.search(text) and not _INDICATORS_TOLD.search(f"{grid.kinds}{''.join(heads)}"):
        return None  # lines of another table are no indicators
    kind = match.lastgroup if match.lastgroup in _TESTS else _kind(match)
    return _met(grid, held, (left, right), kind)


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _TESTS if match[kind])


def _amounts(grid: Grid, lines: Sequence[Line]) -> list[int]:
    """The columns of amounts that most lines have."""
    kinds = (Dimension.MONEY, Dimension.COUNT, Dimension.NUMBER, Dimension.MEASURE)
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


def _called(grid: Grid, columns: Sequence[int], words: str, beside: str = "") -> int | None:
    """The one column that a side of the comparison names; 支出 and 决算 mean what was spent.

    Of several, that which what stands `beside` names: 受益人口超过计划 is not above 投资 计划.
    """
    wanted = grams(squeeze(words))
    shared = {c: len(grams(plain_head(grid.heads[c])) & wanted) for c in columns}
    best = max(shared.values(), default=0)
    found = [c for c, count in shared.items() if count == best > 0]
    if len(found) > 1 and beside:
        more = {c: len(grams(plain_head(grid.heads[c])) & grams(squeeze(beside))) for c in found}
        found = [c for c in found if more[c] == max(more.values())]
    if not found and _SPENT.search(words):
        found = [c for c in columns if _SPENT.search(plain_head(grid.heads[c]))]
    return found[0] if len(found) == 1 else None
