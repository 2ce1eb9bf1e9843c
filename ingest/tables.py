"""Tables out of merged grids: header paths, column roles, row paths, side-by-side groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low

from ingest.cellsyntax import is_numeric, is_placeholder, is_plain_number
from ingest.columns import (
    ListedUnit,
    caption_unit,
    column_unit,
    has_label_header,
    make_columns,
    money_unit,
)
from ingest.grid import Grid, header_spans, push_right
from ingest.headers import column_paths, header_depth, numbering_row
from ingest.markers import is_table_label
from ingest.model import Cell, Column, ColumnRole, Row, Table
from ingest.quantity import YUAN, Unit
from ingest.rows import RowReader, nested_rows
from ingest.text import compact, tidy

_KEY_LABEL = re.compile(
    r"(?:单位|部门|项目|机构|预算单位|主管部门|实施单位|填报单位|评价单位|用款单位|承担单位|被评价单位)"
    r"(?:全称|名称|编号|编码|代码|单位|负责人|类型|类别|属性|级别|性质|地址|主管部门|实施单位)|"
    r"(?:主管|实施|预算|填报|评价|用款|申报|承担|项目|牵头)(?:部门|单位)(?:名称|及代码|\(盖章\)|\(公章\))?|"
    r"(?:项目)?负责人(?:及电话|及联系电话)?|联系人|联系电话|电话|资金来源|(?:预算|评价|自评|项目)年度|"
    r"年度|起止时间|项目起止时间|实施期限?|自评等级|评价等级|填报日期|填报人|资金用途|是否.{1,12}"
)
_STRONG = re.compile(
    r"^(?:[一二三四]级指标|指标名称|指标内容|绩效指标|序号|科目编码|科目名称|行次|备注)$|分值|得分|评分|"
    r"完成情况|指标值|目标值|完成值|预算数|决算数|执行数|执行率|金额|偏差|原因|预期目标|总体目标|标准$"
)
_LEVEL = re.compile(r"^(?:[一二三四五]级)?指标(?:名称|内容)?$|^[二三四五]级.{0,6}$")
_GROUP_PAIRS = (("收入", "支出"), ("人员", "公用"), ("资产", "负债"))
_SHORT_NAME = 18
_SENTENCE = 25  # no header of a column is longer


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table inside a printed one: its own header over its own rows."""

    pairs: tuple[tuple[str, str], ...]
    header: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    lead: int = 0  # name–value rows at the top of `header`


def build_tables(
    grid: Grid, title: str, unit: Unit | None, first_no: int, listed: Sequence[ListedUnit] = ()
) -> list[Table]:
    """The tables of one printed table: usually one, more where headers of new kinds follow.

    `title`, `unit` and the `listed` units come from the lines above; rows at the top that hold a
    title or a unit only fill in what those lines leave open. `block` is left 0 for the caller to
    set.
    """
    grid = _without_blank_columns(grid)
    banners: Grid = []
    while len(grid) > 2 and _is_banner(grid[0]):
        banners.append(grid[0])
        grid = grid[1:]
    for text in (cell.text for row in banners for cell in row if cell.text):
        unit = unit or caption_unit(text)
        title = title or ("" if is_table_label(text) else tidy(text))
    parts = split_parts(_without_repeats(grid))
    if banners:
        first = parts[0]
        header = (
            *(tuple(row[: len((first.body or first.header)[-1])]) for row in banners),
            *first.header,
        )
        parts[0] = replace(first, header=header, lead=first.lead + len(banners))
    return [_build(part, title, unit, first_no + index, listed) for index, part in enumerate(parts)]


def lacks_money_unit(table: Table) -> bool:
    """True for a table of amounts whose unit no line says: each figure is money or says its own."""
    open_columns = [c for c in table.columns if c.role is ColumnRole.VALUE and c.unit is None]
    return (
        table.unit is None
        and bool(open_columns)
        and all(column_unit(c.path, YUAN) == YUAN for c in open_columns)
    )


def _is_banner(row: Sequence[Cell]) -> bool:
    """True for a row over the whole width that holds the table's title, unit or unit's name."""
    texts = [cell.text for cell in row if cell.text]
    if all(is_table_label(text) for text in texts):
        return True
    return len(texts) == 1 and len(row) > 2 and bool(row[0].text) and not is_numeric(texts[0])


def _without_blank_columns(grid: Grid) -> Grid:
    """The grid without columns that hold no text: parts of merged cells, mostly."""
    kept = _filled_columns(grid)
    return [[row[column] for column in kept] for row in grid]


def _filled_columns(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """The columns that hold a text, or the first where none does."""
    columns = range(len(rows[0]))
    return [c for c in columns if any(row[c].text for row in rows)] or [0]


def _without_repeats(grid: Grid) -> Grid:
    """The grid without header rows that come back in its body."""
    headers = {
        tuple(compact(cell.text) for cell in row if cell.text)
        for row in grid[: header_depth(grid) + 2]
        if _is_strong_header(row) or key_pairs(row)
    }
    if not headers:
        return grid
    first: set[tuple[str, ...]] = set()
    kept: Grid = []
    for row in grid:
        texts = tuple(compact(cell.text) for cell in row if cell.text)
        if texts in headers and texts in first:
            continue
        first.add(texts)
        kept.append(row)
    return kept


def key_pairs(row: Sequence[Cell]) -> list[tuple[str, str]]:
    """The (name, value) pairs of a row like ``单位名称 | X | 项目名称 | Y``; [] for other rows."""
    cells = [cell for cell in row if cell.text]
    pairs: list[tuple[str, str]] = []
    index = 0
    while index < len(cells):
        name = compact(cells[index].text).rstrip(":")
        if not _KEY_LABEL.fullmatch(name):
            return pairs
        following = compact(cells[index + 1].text).rstrip(":") if index + 1 < len(cells) else ""
        if following and not _KEY_LABEL.fullmatch(following):
            pairs.append((tidy(cells[index].text), tidy(cells[index + 1].text)))
            index += 2
        else:
            pairs.append((tidy(cells[index].text), ""))
            index += 1
    return pairs if any(value for _, value in pairs) else []


def _is_strong_header(row: Sequence[Cell]) -> bool:
    texts = [compact(cell.text) for cell in row if cell.text]
    if len(texts) < 3 or any(len(text) > 25 or is_plain_number(text) for text in texts):
        return False
    return sum(_STRONG.search(text) is not None for text in texts) >= max(2, 0.5 * len(texts))


def split_parts(grid: Grid) -> list[TablePart]:
    """Cut a printed table at its header rows; name–value rows above a header go with it."""
    starts = _header_starts(grid)
    if not starts:
        return [_plain_part(grid)]
    parts: list[TablePart] = []
    pairs: list[tuple[str, str]] = []
    lead: list[tuple[Cell, ...]] = []
    for row in grid[: starts[0]]:
        pairs.extend(key_pairs(row))
        lead.append(tuple(row))
    for start, end in zip(starts, [*starts[1:], len(grid)], strict=True):
        piece = grid[start:end]
        depth = header_depth(piece)
        header = (*lead, *(tuple(row) for row in piece[:depth]))
        body = tuple(tuple(row) for row in piece[depth:])
        parts.append(_trimmed(TablePart(tuple(pairs), header, body, len(lead))))
        pairs, lead = [], []
    return parts


def _trimmed(part: TablePart) -> TablePart:
    """The part without the columns that only its neighbours use."""
    kept = _filled_columns([*part.header, *part.body])
    return replace(
        part,
        header=tuple(tuple(row[column] for column in kept) for row in part.header),
        body=tuple(tuple(row[column] for column in kept) for row in part.body),
    )


def _header_starts(grid: Grid) -> list[int]:
    """Rows at which a header starts: below name–value rows, or in the middle of the table."""
    top = 0
    while top < len(grid) - 1 and key_pairs(grid[top]) and not _is_strong_header(grid[top]):
        top += 1
    if top and not any(_is_strong_header(row) for row in grid[top : top + 3]):
        top = 0
    starts = [top]
    depth = header_depth(grid[top:])
    for index in range(top + depth + 1, len(grid)):
        if _is_strong_header(grid[index]) and index > starts[-1] + 1:
            starts.append(index)
    return starts if top or len(starts) > 1 else []


def _plain_part(grid: Grid) -> TablePart:
    if _is_form(grid):
        return TablePart((), (), tuple(tuple(row) for row in grid))
    first = [cell.text for cell in grid[0] if cell.text]
    numbers = sum(is_plain_number(text) for text in first)
    depth = 0 if numbers and numbers >= len(first) / 2 and not _years(first) else header_depth(grid)
    if numbering_row(grid[0]):
        depth = 1
    return TablePart(
        (), tuple(tuple(row) for row in grid[:depth]), tuple(tuple(row) for row in grid[depth:])
    )


def _is_form(grid: Grid) -> bool:
    """True for tables of names and values without a header: 项目名称 | X, 项目预算 | 350.00."""
    if all(key_pairs(row) for row in grid):
        return True
    names = [row[0].text for row in grid]
    if len(grid[0]) != 2 or not all(names):
        return False
    first = grid[0][1].text
    return bool(key_pairs(grid[0])) or len(first) > _SENTENCE or first.endswith("。")


def _years(texts: Sequence[str]) -> bool:
    return all(
        re.fullmatch(r"(?:19|20)\d\d(?:年度?)?", compact(text))
        for text in texts
        if is_numeric(text)
    )


def _build(
    part: TablePart, title: str, unit: Unit | None, no: int, listed: Sequence[ListedUnit]
) -> Table:
    width = len((part.body or part.header)[-1])
    header = part.header[part.lead :]
    paths = column_paths(header, width) if header else [()] * width
    body: Grid = [list(row) for row in part.body]
    if len(header) == 1:
        push_right(header_spans([cell.text for cell in header[0]]), body)
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
    if width < 4 or width % 2 or not all(key_pairs(row) for row in body):
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
