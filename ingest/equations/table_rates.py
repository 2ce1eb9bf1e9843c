"""Rates and changes in the columns of a table, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ingest.equations.book import Book, Grid
from ingest.equations.claims import (
    Claim,
    closed,
    grown_from,
    holds,
    percent,
    settle,
    signed_total,
    verdict,
)
from ingest.figures.naming import header_year
from ingest.model import Figure, Role, Table, Verdict
from ingest.quantity import Dimension
from ingest.reading.text import compact

_SPENT = re.compile(r"执行|支出|决算|实际|使用|支付|完成|拨付")
_GRANTED = re.compile(r"到位|下达|拨付|分配|安排")
_SHARED = re.compile(r"占|比重|比例|构成")
_ENOUGH = 2  # rows that must hold before one that does not is believed

Cells = dict[int, Figure]  # the figures of one row, by column


class _Columns(NamedTuple):
    """The columns of a table by what they hold."""

    by_role: dict[Role, list[int]]
    spent: list[int]
    granted: list[int]
    current: int | None
    previous: int | None


def table_rates(book: Book) -> Iterator[Claim]:
    """表内各行的率和增减：由同一行的其他列算出。

    执行率 = 执行数 ÷ 预算数；得分率 = 得分 ÷ 分值；增减额 = 本年 − 上年；增长率 = 增减额 ÷ 上年；占比 = 本行 ÷ 合计行。

    来源：项目支出绩效自评表（年初预算数、全年预算数、全年执行数、执行率），评分汇总表（分值、得分、得分率），
    决算对比表（本年、上年、增减额、增减率），资金分配表（占比）。
    例：1,128.00 ÷ 1,200.00 = 94.0%；17.5 ÷ 20 = 87.5%。
    边界：有几个预算列时，有一个成立即为成立；多数行按到位（下达、分配）数成立时，只按到位数查；同一列多数行成立时才对个别行报错（资金表按表式，只有一行不符也报错）；
    目标值、完成值的完成率只确认（有封顶、反向指标）。
    """
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        columns = _columns(table, grid)
        rows: dict[int, Cells] = {}
        for (row, column), figure in grid.items():
            rows.setdefault(row, {})[column] = figure
        for rule in _RULES:
            claims = list(rule(table, columns, rows))
            yield from _believed(claims, by_form=rule is _completion and len(columns.spent) == 1)


def _believed(claims: Sequence[Claim], *, by_form: bool) -> Iterator[Claim]:
    """Claims of one kind in one table: failures only where most rows bear the reading out.

    A table of funds (预算数, 执行数, 执行率) has one to three rows: there its form is enough, as
    long as not several rows speak against it.
    """
    telling = [c for c in claims if verdict(c) is not Verdict.NOT_CHECKABLE]
    good = sum(map(holds, telling))
    bad = len(telling) - good
    believed = (good >= _ENOUGH and good > bad) or (by_form and bad == 1)
    yield from (claim for claim in telling if believed or holds(claim))


def _columns(table: Table, grid: Grid) -> _Columns:
    by_role: dict[Role, list[int]] = {}
    for (_, column), figure in sorted(grid.items(), key=lambda item: item[0][1]):
        found = by_role.setdefault(figure.role, [])
        if column not in found:
            found.append(column)
    amounts = [*by_role.get(Role.VALUE, ()), *by_role.get(Role.ACTUAL, ())]
    spent = [c for c in amounts if _SPENT.search(compact("".join(table.columns[c].path)))]
    years = {c: header_year(table.columns[c].path) for c in amounts}
    current, previous = _two_years(years)
    if current is None:
        current, previous = _before_and_after(table, amounts)
    granted = [c for c in amounts if _GRANTED.search(compact("".join(table.columns[c].path)))]
    return _Columns(by_role, spent, granted, current, previous)


def _before_and_after(table: Table, amounts: list[int]) -> tuple[int | None, int | None]:
    """The columns 建成后 and 建成前, or the like: headers that differ in the one word."""
    headers = {compact("".join(table.columns[c].path)): c for c in amounts}
    pairs = [
        (headers[after], c)
        for header, c in headers.items()
        for after in (header.replace("前", "后"),)
        if after != header and after in headers
    ]
    return pairs[0] if len(pairs) == 1 else (None, None)


def _two_years(years: dict[int, tuple[str, bool]]) -> tuple[int | None, int | None]:
    """The columns of this year and of the year before, where there is one of each."""
    before = [c for c, (_, last) in years.items() if last]
    now = [c for c, (_, last) in years.items() if not last]
    if len(before) == 1 and len(now) == 1:
        return now[0], before[0]
    dated = sorted((year, c) for c, (year, _) in years.items() if year)
    if len(dated) == 2 and int(dated[1][0]) - int(dated[0][0]) == 1:
        return dated[1][1], dated[0][1]
    return None, None


def _completion(_: Table, columns: _Columns, rows: dict[int, Cells]) -> Iterator[Claim]:
    budgets, targets = columns.by_role.get(Role.BUDGET, []), columns.by_role.get(Role.TARGET, [])
    done = [*columns.spent, *columns.by_role.get(Role.ACTUAL, ())]
    pairs = [
        (v, b) for b in (*reversed(budgets), *columns.granted, *targets) for v in done if v != b
    ]
    for column in columns.by_role.get(Role.COMPLETION, ()):
        rated = [cells for cells in rows.values() if column in cells]
        made = {pair: [_part(cells, column, *pair) for cells in rated] for pair in pairs}
        if not made:
            continue
        best = max(made, key=lambda pair: sum(1 for claim in made[pair] if claim and holds(claim)))
        plans = budgets if best[1] in budgets else ()
        others = [pair for pair in pairs if pair[0] == best[0] and pair[1] in plans]
        sure = bool(budgets) and len(columns.spent) == 1
        for row in range(len(rated)):
            claims = (made[pair][row] for pair in dict.fromkeys((best, *others)))
            yield from settle((claim for claim in claims if claim is not None), strict=sure)


def _part(cells: Cells, rate: int, done: int, planned: int) -> Claim | None:
    """What is done of a plan, in one row."""
    v, b = cells.get(done), cells.get(planned)
    if v is None or b is None or not (closed(v) and closed(b)):
        return None
    if Role.COMPLETION in (v.role, b.role):  # a row of rates in a table on its side
        return None
    percentage = cells[rate].quantity.unit.dimension is Dimension.PERCENT
    return percent("completion", cells[rate], v, b) if percentage else None


def _score_rate(_: Table, columns: _Columns, rows: dict[int, Cells]) -> Iterator[Claim]:
    full, scores = columns.by_role.get(Role.FULL_MARK, []), columns.by_role.get(Role.SCORE, [])
    for rate, cells in _rated(columns, rows, Role.SCORE_RATE):
        claims = [
            percent("score_rate", rate, cells[s], cells[f])
            for f in full
            for s in scores
            if s in cells and f in cells and not (_points(cells[s]) or _points(cells[f]))
        ]
        yield from settle(claims, strict=True)


def _rated(columns: _Columns, rows: dict[int, Cells], role: Role) -> Iterator[tuple[Figure, Cells]]:
    for column in columns.by_role.get(role, ()):
        for cells in rows.values():
            rate = cells.get(column)
            if rate is not None and rate.quantity.unit.dimension is Dimension.PERCENT:
                yield rate, cells


def _change(_: Table, columns: _Columns, rows: dict[int, Cells]) -> Iterator[Claim]:
    now, before = columns.current, columns.previous
    for column in columns.by_role.get(Role.CHANGE, ()):
        for cells in rows.values():
            if now in cells and before in cells and column in cells:
                moved = cells[column]
                terms = [(1, cells[now]), (-1, cells[before])]
                if moved.quantity.unit.compatible(cells[now].quantity.unit):
                    yield signed_total("change", moved, terms)


def _growth(_: Table, columns: _Columns, rows: dict[int, Cells]) -> Iterator[Claim]:
    now, before = columns.current, columns.previous
    changes = columns.by_role.get(Role.CHANGE, [])
    for rate, cells in _rated(columns, rows, Role.GROWTH):
        if now in cells and before in cells and not _points(cells[now]):
            claims = [
                percent("growth", rate, cells[c], cells[before]) for c in changes if c in cells
            ]
            yield from settle([*claims, grown_from(rate, cells[now], cells[before])], strict=True)


def _points(figure: Figure) -> bool:
    """True for percentages: 增减 of two rates is their difference, not a rate of growth."""
    return figure.quantity.unit.dimension is Dimension.PERCENT


def _share(table: Table, columns: _Columns, rows: dict[int, Cells]) -> Iterator[Claim]:
    totals = [r for r, info in enumerate(table.row_infos) if info.total and r in rows]
    if len(totals) != 1:
        return
    amounts = [*columns.by_role.get(Role.VALUE, ()), *columns.by_role.get(Role.ACTUAL, ())]
    amounts += columns.by_role.get(Role.BUDGET, [])
    whole = rows[totals[0]]
    for column in columns.by_role.get(Role.SHARE, ()):
        choices = [_shares(column, c, whole, rows) for c in amounts if c in whole]
        yield from max(choices, key=lambda claims: sum(map(holds, claims)), default=[])


def _shares(rate: int, amount: int, whole: Cells, rows: dict[int, Cells]) -> list[Claim]:
    """Each row's share of the total row in one column of amounts."""
    return [
        percent("share", cells[rate], cells[amount], whole[amount])
        for cells in rows.values()
        if rate in cells
        and amount in cells
        and cells[rate].quantity.unit.dimension is Dimension.PERCENT
    ]


_RULES: tuple[Callable[[Table, _Columns, dict[int, Cells]], Iterator[Claim]], ...] = (
    _completion,
    _score_rate,
    _change,
    _growth,
    _share,
)
