"""Totals and their parts inside tables: rows that add up to a row, columns to a column."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.book import Book, Grid
from ingest.cellsyntax import is_placeholder
from ingest.claims import Claim, closed, holds, total
from ingest.markers import read_marker
from ingest.model import Column, ColumnRole, Figure, Role, Row, Table
from ingest.quantity import Dimension
from ingest.text import compact

_ALWAYS_ADDED = (Dimension.MONEY, Dimension.SCORE)
_ADDED = (*_ALWAYS_ADDED, Dimension.COUNT, Dimension.NUMBER)
_NOT_ADDED = re.compile(r"单价|人均|均价|平均|标准|比例|占比|率$|成本|排名|年度$|年份|序号|权重")
_INCLUDING = re.compile(r"^(?:其中|包括|包含)")
_EXCERPT = re.compile(r"节选|摘录|摘要|部分(?:项目|科目|指标)|主要(?:项目|科目|指标)")
_THIS_YEAR = re.compile(r"^本年(?:收入|支出)合计$")
_CARRIED = re.compile(r"结转|结余|弥补")
_STRUCTURE = 2  # claims that must hold in a table before a lone failure is believed
_FOLLOWING = 4  # rows after a 其中 row that may belong to it


@dataclass(frozen=True)
class Side:
    """One side of a table: the rows as its labels name them, and its columns of amounts."""

    table: Table
    grid: Grid
    columns: tuple[int, ...]

    @cached_property
    def rows(self) -> list[tuple[int, Row]]:
        """The labelled rows."""
        named = ((r, self.table.row_at(r, self.columns[0])) for r in range(len(self.table.rows)))
        return [(r, info) for r, info in named if info.path]

    @cached_property
    def places(self) -> dict[int, int]:
        """Where each row stands in `rows`."""
        return {r: index for index, (r, _) in enumerate(self.rows)}

    @cached_property
    def totals(self) -> list[int]:
        """The total rows."""
        return [r for r, info in self.rows if info.total]

    @cached_property
    def roles(self) -> dict[int, Role]:
        """The role of each column of amounts."""
        return {column: figure.role for (_, column), figure in self.grid.items()}

    @cached_property
    def excerpt(self) -> bool:
        """True where rows may be missing, so that totals need not be the sum of what is shown."""
        shown = any("…" in info.path[-1] for _, info in self.rows)
        return shown or bool(_EXCERPT.search(self.table.title))

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Per row, the rows right below it in the tree of labels."""
        by_path: dict[tuple[str, ...], int] = {}
        found: dict[int, list[int]] = defaultdict(list)
        for r, info in self.rows:
            if not info.total:
                parent = by_path.get(info.path[:-1]) if len(info.path) > 1 else None
                if parent is not None:
                    found[parent].append(r)
                by_path[info.path] = r
        return dict(found)

    def label(self, row: int) -> str:
        """The row's label as printed."""
        cells = zip(self.table.rows[row], self.table.columns, strict=True)
        texts = [c.text for c, column in cells if column.role is ColumnRole.LABEL and c.text]
        return compact(texts[0]) if texts else ""

    def claim(self, family: str, whole: int, parts: Sequence[int], column: int) -> Claim | None:
        """The sum of rows in one column; None where a cell cannot be read or all are zero."""
        stated = self.grid.get((whole, column))
        found = self._terms(parts, column)
        return None if stated is None or found is None else sum_claim(family, stated, found)

    def claims(self, family: str, whole: int, parts: Sequence[int]) -> list[Claim]:
        """The sum of rows in every column."""
        made = (self.claim(family, whole, parts, column) for column in self.columns)
        return [claim for claim in made if claim is not None]

    def _terms(self, rows: Sequence[int], column: int) -> list[Figure] | None:
        """The figures of some rows; blanks and dashes are zero, other text is unreadable."""
        found: list[Figure] = []
        for row in rows:
            figure = self.grid.get((row, column))
            if figure is not None:
                found.append(figure)
            elif not is_placeholder(self.table.rows[row][column].text):
                return None
        return found


def sum_claim(family: str, stated: Figure, found: Sequence[Figure]) -> Claim | None:
    """A total of closed figures of one unit; None where all are zero or the units differ."""
    if not any(f.quantity.base for f in (stated, *found)):
        return None
    alike = all(f.quantity.unit.compatible(stated.quantity.unit) for f in found)
    plain = all(closed(f) for f in (stated, *found))
    return total(family, stated, found) if found and alike and plain else None


def sides(book: Book) -> Iterator[Side]:
    """The sides of every table that hold amounts to add up."""
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        added = {column for (_, column), figure in grid.items() if _is_added(table, figure)}
        for start, end in table.groups or ((0, len(table.columns)),):
            columns = tuple(c for c in range(start, end) if c in added)
            if columns:
                yield Side(table, grid, columns)


def _is_added(table: Table, figure: Figure) -> bool:
    """True for figures that a total may add up: not rates, prices, targets of unlike things."""
    column: Column = table.columns[figure.locator.column or 0]
    if column.role is not ColumnRole.VALUE or _NOT_ADDED.search(compact("".join(column.path[-1:]))):
        return False
    dimension = figure.quantity.unit.dimension
    unlike = figure.role in (Role.TARGET, Role.ACTUAL) and dimension not in _ALWAYS_ADDED
    return dimension in _ADDED and not unlike


def hierarchy_sum(book: Book) -> Iterator[Claim]:
    """上级科目（项目）= 下级各项之和；“其中”的各项按能否加总判断是否列全。

    来源：部门决算公开表的类、款、项（3、5、7 位编码），按“一、（一）、1”编号的明细表。
    例：20502 = 2050201 + 2050202 = 200.02 + 320.04 = 520.06 万元，印作 520.05 在尾差范围内。
    边界：n 项之和允许 n + 1 个半单位的尾差；全为 0 的不列；“其中”只列一部分的不报错；一处不符时，
    同一上级的其他列、或全表其他上级须多数成立，才报错。
    """
    tables: dict[int, list[tuple[list[Claim], bool]]] = defaultdict(list)
    for side in sides(book):
        for parent, kids, sure in _families(side):
            claims = side.claims("hierarchy_sum", parent, kids)
            tables[side.table.no].append((claims, sure and not side.excerpt))
    for groups in tables.values():
        every = [claim for claims, _ in groups for claim in claims]
        held = sum(map(holds, every))
        solid = held >= _STRUCTURE and held >= _STRUCTURE * (len(every) - held)
        for claims, sure in groups:
            good = sum(map(holds, claims))
            believed = sure and (solid or good > len(claims) - good)
            yield from (claim for claim in claims if believed or holds(claim))


def _families(side: Side) -> Iterator[tuple[int, list[int], bool]]:
    """Parents with their children, and whether the children are known to be all."""
    for parent, kids in side.children.items():
        if _INCLUDING.match(side.label(kids[0])):
            listed = _including(side, parent, kids)
            complete = any(len(c.operands) > 1 and holds(c) for c in _many(side, parent, listed))
            yield parent, listed, complete
        else:
            yield parent, kids, True


def _many(side: Side, parent: int, kids: Sequence[int]) -> list[Claim]:
    """The claims of a family in the columns where more than one child is not zero."""
    claims = side.claims("hierarchy_sum", parent, kids)
    return [c for c in claims if sum(1 for f in c.operands if f.quantity.base) > 1]


def _including(side: Side, parent: int, kids: list[int]) -> list[int]:
    """The children after 其中, with the rows below that complete them to the parent's total."""
    following: list[int] = []
    after = side.places[kids[-1]] + 1
    for r, info in side.rows[after : after + _FOLLOWING]:
        if info.total or len(info.path) > 1:
            break
        following.append(r)
    choices = [kids + following[:count] for count in range(len(following) + 1)]
    scored = [sum(map(holds, side.claims("hierarchy_sum", parent, rows))) for rows in choices]
    best = max(scored)
    return choices[scored.index(best)] if best else kids


def total_row(book: Book) -> Iterator[Claim]:
    """合计 = 各行之和；总计 = 本年合计 + 其后各行；总计 = 各小计之和。

    来源：部门决算公开表 01、04 的“本年收入（支出）合计”“总计”，其余各表和明细表的“合计”行。
    例：收入总计 643.15 = 本年收入合计 638.15 + 使用非财政拨款结余 0.00 + 年初结转和结余 5.00。
    边界：标题写明节选、摘录的表，编号行与无编号行混排的表，只确认、不报错；比率、单价、标准等列不加；
    得分列见 score_total。
    """
    for side in sides(book):
        for claims, sure in _totals(side):
            good = sum(map(holds, claims))
            believed = not side.excerpt and (sure or (good and good >= len(claims) - good))
            yield from (claim for claim in claims if believed or holds(claim))


def _totals(side: Side) -> Iterator[tuple[list[Claim], bool]]:
    """Per total row, the claims of its best reading, and whether the reading is beyond doubt."""
    tops = top_rows(side)
    totals = side.totals
    amounts = Side(side.table, side.grid, tuple(c for c in side.columns if not _scored(side, c)))
    for position, row in enumerate(totals if amounts.columns else ()):
        made = [amounts.claims("total_row", row, rows) for rows in readings(tops, totals, position)]
        scored = [sum(map(holds, claims)) for claims in made]
        if made:
            best = scored.index(max(scored))
            plain = len(totals) == 1 and not side.children and not _mixed(side, tops)
            formed = _in_form(side, totals, position)
            yield made[best], plain or formed


def _in_form(side: Side, totals: list[int], position: int) -> bool:
    """True for 本年收入（支出）合计, and for the 总计 after it with nothing but carry-over between."""
    if _THIS_YEAR.match(side.label(totals[0])) is None:
        return False
    if position > 1:
        return False
    between = [info for r, info in side.rows if totals[0] < r < totals[position]]
    return all(_CARRIED.search("".join(info.path)) for info in between)


def _scored(side: Side, column: int) -> bool:
    """True for columns of marks and scores: what they add up to is checked in score_tables."""
    return side.roles[column] in (Role.SCORE, Role.FULL_MARK, Role.DEDUCTION)


def top_rows(side: Side) -> list[int]:
    """The rows that are no part of another row: they make up the totals."""
    below = {kid for _, kids, _ in _families(side) for kid in kids}
    own = {info.path for _, info in side.rows if not info.total}
    return [
        r
        for r, info in side.rows
        if not info.total
        and r not in below
        and not any(info.path[:n] in own for n in range(1, len(info.path)))
    ]


def readings(tops: list[int], totals: list[int], position: int) -> list[list[int]]:
    """The rows that a total row may be the sum of, the likeliest first.

    Only the first and the last total row may be of the whole table.
    """
    row = totals[position]
    start = totals[position - 1] if position else -1
    between = tops[bisect_right(tops, start) : bisect_left(tops, row)]
    found = [[start, *between], between] if position else [between]
    if not between:  # 合计 of the 小计 above it
        found += [totals[max(0, position - count) : position] for count in (2, 3)]
    if position and position + 1 == len(totals):
        found.append(totals[:position])
    if position in (0, len(totals) - 1):
        found += [tops, tops[bisect_right(tops, row) :]]
    return [rows for rows in found if len(rows) > 1]


def _mixed(side: Side, tops: list[int]) -> bool:
    """True where some of the top rows are numbered and some are not, or one sums up others."""
    numbered = {read_marker(side.label(r)) is not None for r in tops}
    return len(numbered) > 1 or any(_INCLUDING.match(side.label(r)) for r in tops)


def column_sum(book: Book) -> Iterator[Claim]:
    """合计列 = 其后（其前）同组各列之和，小计代表它的各列。

    来源：部门决算公开表 02、03、05、07 的“合计”“小计”列，表 09“三公”经费的合计与小计。
    例：本年支出合计 640.15 = 基本支出 402.10 + 项目支出 238.06，在尾差范围内。
    边界：全为 0 的行不列；多数行成立才认定为合计关系，之后个别不符的行才报错；“三公”经费表只有一行，
    按表式认定。
    """
    for side in sides(book):
        for column in side.columns:
            path = side.table.columns[column].path
            if path and re.search(r"合计|小计|总计", path[-1]):
                yield from _column_claims(side, column)


def _column_claims(side: Side, column: int) -> Iterator[Claim]:
    parts = _parts_of(side, column)
    claims: list[Claim] = []
    for row in range(len(side.table.rows)) if len(parts) > 1 else ():
        stated = side.grid.get((row, column))
        found = [side.grid[row, p] for p in parts if (row, p) in side.grid]
        if stated is not None and len(found) == len(parts):
            claim = sum_claim("column_sum", stated, found)
            claims += [claim] if claim else []
    good = sum(map(holds, claims))
    form = "三公" in side.table.title
    believed = form or (good > _STRUCTURE and good >= 4 * (len(claims) - good))
    yield from (claim for claim in claims if believed or holds(claim))


def _parts_of(side: Side, column: int) -> list[int]:
    """The columns that a total column adds up: its siblings after it, or else before it."""
    prefix = side.table.columns[column].path[:-1]
    siblings: dict[str, list[int]] = defaultdict(list)
    for other in side.columns:
        path = side.table.columns[other].path
        if other != column and path[: len(prefix)] == prefix and len(path) > len(prefix):
            siblings[path[len(prefix)]].append(other)
    after = [_representative(side, group) for group in siblings.values() if group[0] > column]
    before = [_representative(side, group) for group in siblings.values() if group[0] < column]
    return [c for group in (after or before) for c in group]


def _representative(side: Side, group: list[int]) -> list[int]:
    """The columns that stand for one sibling: its subtotal where it has one."""
    subtotal = [c for c in group if re.search(r"合计|小计|总计", side.table.columns[c].path[-1])]
    return subtotal[:1] if subtotal and len(group) > 1 else group
