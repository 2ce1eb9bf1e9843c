"""Tables out of merged grids: header paths, column roles, row paths, side-by-side groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median_low

from ingest.model import Cell, Column, ColumnRole, Row, Table
from ingest.quantity import YUAN, Unit
from ingest.reading.text import compact, tidy
from ingest.structure.markers import has_key, is_table_label
from ingest.tables.cellsyntax import is_numeric, is_placeholder, is_plain_number
from ingest.tables.columns import (
    ListedUnit,
    caption_unit,
    column_unit,
    has_label_header,
    make_columns,
    money_unit,
)
from ingest.tables.grid import Grid, header_spans, push_right
from ingest.tables.headers import column_paths
from ingest.tables.named_cells import with_names_above
from ingest.tables.parting import (
    TablePart,
    filled_columns,
    is_banner,
    is_form,
    split_parts,
    with_bands,
    without_repeats,
)
from ingest.tables.rows import RowReader, nested_rows
from ingest.tables.total_marks import place_total_marks

_MONEY_TITLE = re.compile(r"决算|预算|收支|收入|支出|经费|资金|投资|补贴|补助|成本")
# 2023年, 上年, 计划数, 2022年实际数: headers that say no kind.
_ANY_NUMBERS = re.compile(
    r"(?:(?:19|20)\d\d年?度?|[本上今去]年度?)?"
    r"(?:(?:年初|年末|本年|上年|全年|累计|当年)?(?:计划|实际|到位|下达|完成|执行|拨付|支付|使用|批复|调整|安排)*数?)"
)
_LEVEL = re.compile(r"^(?:[一二三四五]级)?指标(?:名称|内容)?$|^[二三四五]级.{0,6}$")
_GROUP_PAIRS = (("收入", "支出"), ("人员", "公用"), ("资产", "负债"))
_SHORT_NAME = 18


def build_tables(
    grid: Grid, title: str, unit: Unit | None, first_no: int, listed: Sequence[ListedUnit] = ()
) -> list[Table]:
    """The tables of one printed table: usually one, more where headers of new kinds follow.

    `title`, `unit` and the `listed` units come from the lines above; rows at the top that hold a
    title or a unit only fill in what those lines leave open. `block` is left 0 for the caller to
    set.
    """
    grid = with_names_above(_without_blank_columns(grid))
    banners: Grid = []
    while len(grid) > 2 and is_banner(grid[0]):
        banners.append(grid[0])
        grid = grid[1:]
    for text in (cell.text for row in banners for cell in row if cell.text):
        unit = unit or caption_unit(text)
        title = title or ("" if is_table_label(text) or has_key(text) else tidy(text))
    grid = with_bands(grid, banners[-1] if banners else None)
    parts = split_parts(without_repeats(grid))
    if banners:
        first = parts[0]
        header = (
            *(tuple(row[: len((first.body or first.header)[-1])]) for row in banners),
            *first.header,
        )
        parts[0] = replace(first, header=header, lead=first.lead + len(banners))
    return [
        _build(part, part.title or title, _unit_of(part, unit, index), first_no + index, listed)
        for index, part in enumerate(parts)
    ]


def _unit_of(part: TablePart, unit: Unit | None, index: int) -> Unit | None:
    """The unit of one of several parts: its own, or that of all where it has columns of money."""
    if part.unit is not None or index == 0 or unit is None:
        return part.unit or unit
    width = len((part.body or part.header)[-1])
    paths = column_paths(part.header[part.lead :], width)
    return unit if any(column_unit(path, YUAN) == YUAN for path in paths) else None


def lacks_money_unit(table: Table, *, noted: bool = False) -> bool:
    """True for a table of amounts whose unit no line says: each figure is money or says its own.

    Under a year or 计划数 alone, numbers that all have two decimals are amounts; of a table below
    which a unit of money is `noted` nothing else need say so.
    """
    columns = [
        (index, column_unit(column.path, YUAN))
        for index, column in enumerate(table.columns)
        if column.role is ColumnRole.VALUE and column.unit is None
    ]
    if table.unit is not None or not columns:
        return False
    of_money = noted or _MONEY_TITLE.search(table.title)
    if not any(unit == YUAN for _, unit in columns) and not of_money:
        return False
    return all(
        unit == YUAN or (unit is None and _holds_amounts(table, index)) for index, unit in columns
    )


def _holds_amounts(table: Table, index: int) -> bool:
    """Numbers with two decimals each under a header that says no more than when or which."""
    if not _ANY_NUMBERS.fullmatch(compact("".join(table.columns[index].path))):
        return False
    texts = [compact(row[index].text) for row in table.rows]
    numbers = [text for text in texts if is_plain_number(text) and text.strip("-0.")]
    return len(numbers) > 1 and all(re.search(r"\d\.\d\d$", text) for text in numbers)


def _without_blank_columns(grid: Grid) -> Grid:
    """The grid without columns that hold no text: parts of merged cells, mostly."""
    kept = filled_columns(grid)
    return [[row[column] for column in kept] for row in grid]


def _build(
    part: TablePart, title: str, unit: Unit | None, no: int, listed: Sequence[ListedUnit]
) -> Table:
    width = len((part.body or part.header)[-1])
    header = part.header[part.lead :]
    paths = column_paths(header, width) if header else [()] * width
    body: Grid = [list(row) for row in part.body]
    if len(header) == 1:
        push_right(header_spans([cell.text for cell in header[0]]), body)
    place_total_marks(paths, body)
    unit = unit or (_header_unit(header) if header else _label_unit(body))
    groups = _side_by_side(paths, body) if header else _form_groups(body)
    columns = make_columns(paths, body, groups or [(0, width)], unit, listed)
    group_rows = [RowReader(columns, start, end, body).read() for start, end in groups]
    if not groups:
        columns, groups, group_rows = _nested(columns, body)
    infos = group_rows[0] if group_rows else RowReader(columns, 0, width, body).read()
    return Table(
        no=no,
        block=0,
        title=title,
        unit=unit,
        columns=columns,
        rows=tuple(tuple(row) for row in body),
        row_infos=tuple(infos),
        header=part.header,
        groups=tuple(groups),
        group_rows=tuple(tuple(rows) for rows in group_rows),
        notes=tuple(f"{name}：{value}" for name, value in part.pairs if not is_placeholder(value)),
    )


def _header_unit(header: Sequence[Sequence[Cell]]) -> Unit | None:
    """A unit that the header's first cells state for the whole table: 项目资金（万元）."""
    for row in header:
        for cell in row[:2]:
            found = money_unit(cell.text) if cell.text else None
            if found is not None:
                return found
    return None


def _label_unit(body: Grid) -> Unit | None:
    """The money unit that every bare number's label states in a form: 项目预算（万元）."""
    units: set[Unit | None] = set()
    for row in body:
        for name, value in pairwise(row):
            if is_plain_number(value.text) and not value.text.endswith(("%", "％")):
                units.add(money_unit(name.text))
    return units.pop() if len(units) == 1 else None


def _form_groups(body: Grid) -> list[tuple[int, int]]:
    """Pairs of columns of a form that prints two or more names and values in a row."""
    width = len(body[0])
    if width < 4 or width % 2 or not is_form(body):
        return []
    return [(column, column + 2) for column in range(0, width, 2)]


def _nested(
    columns: tuple[Column, ...], body: Grid
) -> tuple[tuple[Column, ...], list[tuple[int, int]], list[list[Row]]]:
    """Columns, groups and their rows where labels get finer to the right of figures."""
    finer = _finer_column(columns, body)
    if finer is not None:
        columns = _with_labels(columns, [finer])
        groups = [(0, finer), (finer, len(columns))]
        return columns, groups, _finer_rows(columns, body, finer)
    starts = [
        index
        for index in range(1, len(columns))
        if columns[index].role is ColumnRole.TEXT
        and _LEVEL.search(_leaf(columns[index].path))
        and any(c.role is ColumnRole.LABEL for c in columns[:index])
    ]
    if not starts:
        return columns, [], []
    columns = _with_labels(columns, starts)
    groups = list(zip([0, *starts], [*starts, len(columns)], strict=True))
    return columns, groups, [RowReader(columns, 0, end, body).read() for _, end in groups]


def _with_labels(columns: tuple[Column, ...], labels: Sequence[int]) -> tuple[Column, ...]:
    return tuple(
        replace(column, role=ColumnRole.LABEL, unit=None) if index in labels else column
        for index, column in enumerate(columns)
    )


def _finer_rows(columns: Sequence[Column], body: Grid, finer: int) -> list[list[Row]]:
    outer = RowReader(columns, 0, finer, body).read()
    labels = [c for c in range(finer) if columns[c].role is ColumnRole.LABEL]
    own = [bool(labels and row[labels[-1]].text) for row in body]
    figures = [c for c in range(finer) if columns[c].role is ColumnRole.VALUE]
    valued = [any(row[c].text for c in figures) for row in body]
    return list(nested_rows(outer, [row[finer].text for row in body], own, valued))


def _leaf(path: Sequence[str]) -> str:
    return re.sub(r"\([^)]*\)", "", compact(path[-1])) if path else ""


def _side_by_side(paths: Sequence[tuple[str, ...]], body: Grid) -> list[tuple[int, int]]:
    """Column ranges of tables printed beside each other, each with labels of its own."""
    half = len(paths) // 2
    if half > 1 and list(paths[:half]) == list(paths[half:]) and _names(body, 0):
        return [(0, half), (half, len(paths))]
    starts = [0]
    for column in range(2, len(paths) - 1):
        if column - starts[-1] >= 2 and _starts_group(paths, body, starts[-1], column):
            starts.append(column)
    if len(starts) == 1:
        return []
    return list(zip(starts, [*starts[1:], len(paths)], strict=True))


def _starts_group(paths: Sequence[tuple[str, ...]], body: Grid, first: int, column: int) -> bool:
    if not has_label_header(paths[column]) or not has_label_header(paths[first]):
        return False
    if not _figures(paths, body, column - 1) or paths[column] == paths[column - 1]:
        return False
    leaf, other = _leaf(paths[column]), _leaf(paths[first])
    before = {_leaf(path) for path in paths[first + 1 : column]}
    after = {_leaf(path) for path in paths[column + 1 :]}
    tops = compact(paths[first][0]), compact(paths[column][0])
    paired = any(
        (a in tops[0] and b in tops[1]) or (b in tops[0] and a in tops[1]) for a, b in _GROUP_PAIRS
    )
    same_values = bool(before & after)
    # 收入项目 | 金额 | 支出项目 | 合计 | 一般公共预算 …: one word for the names on either side.
    same_names = len(leaf) > 2 and any(
        leaf.replace(b, "") == other.replace(a, "") and b in leaf and a in other
        for a, b in _GROUP_PAIRS
    )
    alike = leaf == other and (same_values or tops[0] != tops[1])
    # 收入 | 金额 | 支出 | 合计 | 一般公共预算 …: the second word stands over names as well.
    return alike or (paired and (same_values or same_names or _names(body, column)))


def _names(body: Grid, column: int) -> bool:
    texts = [row[column].text for row in body if row[column].text]
    return len(texts) > 1 and not any(map(is_numeric, texts))


def _figures(paths: Sequence[tuple[str, ...]], body: Grid, column: int) -> bool:
    texts = [row[column].text for row in body if row[column].text]
    if texts:
        return sum(is_numeric(text) for text in texts) > len(texts) / 2
    return column_unit(paths[column], YUAN) is not None


def _finer_column(columns: Sequence[Column], body: Grid) -> int | None:
    """A column right of figures that holds short names, sharing its header with the sentences
    right of it: indicators that are named only there."""
    for index in range(2, len(columns) - 1):
        column, after = columns[index], columns[index + 1]
        if column.role is not ColumnRole.TEXT or column.path != after.path:
            continue
        names = [row[index].text for row in body if row[index].text]
        texts = [row[index + 1].text for row in body if row[index + 1].text]
        labelled = any(c.role is ColumnRole.LABEL for c in columns[:index])
        if (
            labelled
            and names
            and texts
            and median_low([len(name) for name in names]) <= _SHORT_NAME
            and median_low([len(text) for text in texts]) > 2 * _SHORT_NAME
        ):
            return index
    return None
