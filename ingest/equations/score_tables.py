"""Scores in tables of indicators: what the total row and the labels' marks add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.equations.book import Book
from ingest.equations.claims import Claim, holds
from ingest.equations.sides import Side, readings, sides, sum_claim, top_rows
from ingest.model import ColumnRole, Figure, Role

_APART = 3  # tables from a table of funds to its indicators at most
_BUDGET_MARK = 20  # what spending the budget is marked with at most
_ROWS = 3  # scores that must add up before the full marks beside them are blamed

Pair = tuple[Figure, Figure]  # a full mark and the score beside it
# Rows of marks in tables of funds, with their table's number, by part and full mark.
_Outside = dict[tuple[int, Decimal], list[tuple[int, Pair]]]


def score_total(book: Book) -> Iterator[Claim]:
    """总分行的分值、得分 = 各指标的分值、得分之和（预算执行率的分值在资金表里时一并计入）。

    来源：项目支出绩效自评表、评分表的“总分”“合计”行（财预〔2020〕10 号附表）。
    例：各指标得分合计 84.5 分 + 预算执行率 9.4 分 = 93.9 分，总分写作 95.9 分即不成立。
    边界：各指标分值之和（连同资金表的分值）等于总分行的分值或 100 分时才查得分，得分成立时才查分值，以免漏行时误报。
    同一部分有几张资金表时，取紧靠在前的一张；资金表只有得分、没有分值的，它的分值就是各指标分值所差的。
    """
    outside, lone = _outside(book), _lone(book)
    for side, full, scores in _marked_tables(book):
        tops = top_rows(side) if side.totals else []
        for position, row in enumerate(side.totals):
            rows = readings(tops, side.totals, position)
            claims = list(_scored_total(side, full, scores, row, rows, outside))
            yield from claims or _with_lone(side, full, scores, row, rows, lone)


def _marked_tables(book: Book) -> Iterator[tuple[Side, int, list[int]]]:
    """Tables with one column of full marks, and their columns of scores."""
    columns: dict[int, list[tuple[Role, int]]] = defaultdict(list)
    for side in sides(book):
        columns[side.table.no] += [(side.roles[c], c) for c in side.columns]
    for number, found in columns.items():
        full = [c for role, c in found if role is Role.FULL_MARK]
        scores = [c for role, c in found if role is Role.SCORE]
        if len(full) == 1:
            table = book.document.tables[number]
            yield Side(table, book.grids[number], (full[0], *scores)), full[0], scores


def _outside(book: Book) -> _Outside:
    """Rows of tables of funds with a full mark and a score, by part and full mark, with the table."""
    found: _Outside = defaultdict(list)
    for number, grid in book.grids.items():
        rows: dict[int, dict[Role, Figure]] = defaultdict(dict)
        for (row, _), figure in grid.items():
            if figure.role in (Role.FULL_MARK, Role.SCORE):
                rows[row][figure.role] = figure
        pairs = [(m[Role.FULL_MARK], m[Role.SCORE]) for m in rows.values() if len(m) == 2]
        if len(pairs) <= 2:  # a table of funds has one such row, a table of indicators many
            for pair in pairs:
                found[pair[0].part, pair[0].quantity.base].append((number, pair))
    return found


def _lone(book: Book) -> dict[int, Figure]:
    """The one score of a table that has no full marks and no further score, by the table."""
    found: dict[int, Figure] = {}
    for number, grid in book.grids.items():
        marked = [f for f in grid.values() if f.role in (Role.FULL_MARK, Role.SCORE)]
        if len(marked) == 1 and marked[0].role is Role.SCORE:
            found[number] = marked[0]
    return found


def _with_lone(
    side: Side,
    full: int,
    scores: Sequence[int],
    row: int,
    choices: Sequence[Sequence[int]],
    lone: dict[int, Figure],
) -> Iterator[Claim]:
    """The scores with that of the table of funds right before, whose mark is what theirs lack."""
    stated = side.grid.get((row, full))
    number = side.table.no
    before = [lone[each] for each in range(number - 1, number - _APART, -1) if each in lone]
    for rows in choices if stated is not None and before else ():
        marks = [side.grid[r, full].quantity.base for r in rows if (r, full) in side.grid]
        gap = stated.quantity.base - sum(marks) if stated is not None else Decimal(0)
        extra = before[0]
        if len(marks) < _ROWS or not 0 < extra.quantity.base <= gap <= _BUDGET_MARK:
            continue
        for claim in (side.claim("score_sum", row, rows, column) for column in scores):
            if claim is not None and claim.stated.part == extra.part:
                yield from _total(claim.stated, [*claim.operands, extra])
        return


def _scored_total(
    side: Side,
    full: int,
    scores: Sequence[int],
    row: int,
    choices: Sequence[Sequence[int]],
    outside: _Outside,
) -> Iterator[Claim]:
    """The sums of a total row: of the reading in which the marks add up, or else the scores do."""
    stated = side.grid.get((row, full))
    for rows in choices:
        marks = [side.grid[r, full] for r in rows if (r, full) in side.grid]
        given = [side.claim("score_sum", row, rows, column) for column in scores]
        known = [claim for claim in given if claim is not None]
        extra = _extra(side, marks, stated, outside)
        if extra is not None:
            yield from _total(stated, [*marks, *(mark for mark, _ in extra)])
            for claim in known:
                yield from _total(claim.stated, _with(claim, extra))
            return
        for added in ((), _nearest(side, marks, outside)):
            sums = [c for k in known for c in _total(k.stated, _with(k, added))]
            if stated is not None and any(holds(c) and len(c.operands) >= _ROWS for c in sums):
                yield from (claim for claim in sums if holds(claim))
                yield from _total(stated, [*marks, *(mark for mark, _ in added)])
                return


def _with(claim: Claim, pairs: Sequence[Pair]) -> list[Figure]:
    return [*claim.operands, *(score for _, score in pairs)]


def _nearest(side: Side, marks: Sequence[Figure], outside: _Outside) -> tuple[Pair, ...]:
    """The mark and score of the table of funds right before this table."""
    part = marks[0].part if marks else -1
    before = [
        (number, pair)
        for (owner, _), pairs in outside.items()
        if owner == part
        for number, pair in pairs
        if side.table.no - _APART <= number < side.table.no
    ]
    return (max(before, key=lambda each: each[0])[1],) if before else ()


def _total(stated: Figure | None, parts: Sequence[Figure]) -> Iterator[Claim]:
    claim = None if stated is None else sum_claim("score_sum", stated, parts)
    if claim is not None:
        yield claim


def _extra(
    side: Side,
    marks: Sequence[Figure],
    stated: Figure | None,
    outside: _Outside,
) -> list[Pair] | None:
    """The marks given in another table that complete these to the total; None if none do."""
    if not marks:
        return None
    wanted = stated.quantity.base if stated is not None else Decimal(100)
    gap = wanted - sum(mark.quantity.base for mark in marks)
    if not gap:
        return []
    others = [each for each in outside.get((marks[0].part, gap), ()) if each[0] != side.table.no]
    beside = [each for each in others if 0 < side.table.no - each[0] <= _APART]
    fitting = others if len(others) == 1 else beside[-1:]
    return [pair for _, pair in fitting] if fitting else None


def label_marks(book: Book) -> Iterator[Claim]:
    """“产出指标（50 分）”：标签里的分值 = 它下面各行的分值之和。

    来源：评分表一级、二级指标名称后括注的分值。
    例：产出指标（50 分）= 8 + 8 + 8 + 8 + 8 + 10。
    边界：同一列的标签多数成立时才报错。
    """
    labels: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in book.document.figures:
        place = figure.locator
        if place.table is not None and figure.role is Role.FULL_MARK and place.column is not None:
            role = book.document.tables[place.table].columns[place.column].role
            if role is ColumnRole.LABEL:
                labels[place.table, place.column].append(figure)
    full = {side.table.no: (side, mark) for side, mark, _ in _marked_tables(book)}
    for (number, column), marks in labels.items():
        if number in full:
            side, marked = full[number]
            claims = [c for c in (_marked(side, marked, column, m) for m in marks) if c]
            good = sum(map(holds, claims))
            believed = good >= 2 and good > len(claims) - good
            yield from (claim for claim in claims if believed or holds(claim))


def _marked(side: Side, full: int, column: int, mark: Figure) -> Claim | None:
    start = mark.locator.row or 0
    parts: list[Figure] = []
    for row in range(start, len(side.table.rows)):
        if row > start and (side.table.rows[row][column].text or _is_total(side, row)):
            break
        if (row, full) in side.grid:
            parts.append(side.grid[row, full])
    return sum_claim("score_sum", mark, parts)


def _is_total(side: Side, row: int) -> bool:
    place = side.places.get(row)
    return place is not None and side.rows[place][1].total
