"""Where one printed table holds several: forms above them, headers further down, their titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.model import Cell
from ingest.quantity import Unit
from ingest.reading.text import compact, tidy
from ingest.structure.markers import ends_sentence, is_table_label, read_marker
from ingest.tables.cellsyntax import EMPTY_CELL, is_numeric, is_placeholder, is_plain_number
from ingest.tables.columns import caption_unit, is_year
from ingest.tables.grid import Grid
from ingest.tables.headers import header_depth, header_word, is_total, numbering_row

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
_SENTENCE = 25  # no header of a column is longer
_HEADER = 12  # no header over plain numbers is longer
_LOOK_BACK = 3  # rows above a header in which figures stand, or do not


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table inside a printed one: its own header over its own rows.

    `title` and `unit` are those of a line of its own above it, "" and None without one.
    """

    pairs: tuple[tuple[str, str], ...]
    header: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    lead: int = 0  # name–value rows and titles at the top of `header`
    title: str = ""
    unit: Unit | None = None


def is_banner(row: Sequence[Cell]) -> bool:
    """True for a row over the whole width that holds the table's title, unit or unit's name."""
    texts = [cell.text for cell in row if cell.text]
    if all(is_table_label(text) or _KEY_TEXT.match(text) for text in texts):
        return True
    return len(texts) == 1 and len(row) > 2 and bool(row[0].text) and not is_numeric(texts[0])


_KEY_TEXT = re.compile(r"[\u4e00-\u9fff]{2,8}[:：]\S")  # 项目负责人：某某


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


def is_strong_header(row: Sequence[Cell]) -> bool:
    """True for a row most of whose words head the columns of score sheets and of tables of funds."""
    texts = [compact(cell.text) for cell in row if cell.text]
    if len(texts) < 3 or any(len(text) > _SENTENCE or is_plain_number(text) for text in texts):
        return False
    return sum(_STRONG.search(text) is not None for text in texts) >= max(2, 0.5 * len(texts))


def without_repeats(grid: Grid) -> Grid:
    """The grid without header rows that come back in its body."""
    headers = {
        tuple(compact(cell.text) for cell in row if cell.text)
        for row in grid[: header_depth(grid) + 2]
        if is_strong_header(row) or key_pairs(row)
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


_BAND = re.compile(
    r"[(（]?(?:[一二三四]、)?(?:(?:19|20)\d\d年?度?|[本上]年度?)?(?:年初|全年|调整后?)?(?:预算|决算|执行|实际|计划)(?:数|情况|支出)?[)）]?"
)


def with_bands(grid: Grid, above: Sequence[Cell] | None) -> Grid:
    """The grid with 2022年度预算数 and 2022年度决算数, which stand alone over their rows, as labels.

    Args:
        grid: rows without labels of their own: 合计 | 出国费 | 接待费.
        above: the last row of one text over the header.
    """
    depth = header_depth(grid)
    bands = [row for row in grid[depth:] if _is_band(row)]
    figures = [row for row in grid[depth:] if not _is_band(row)]
    unnamed = all(not row[0].text or is_numeric(row[0].text) for row in figures)
    first = above if above is not None and _is_band(above) else None
    if not bands or not figures or not unnamed or (first is None and not _is_band(grid[depth])):
        return grid
    band = first
    found = [[EMPTY_CELL, *row] for row in grid[:depth]]
    for row in grid[depth:]:
        if _is_band(row):
            band = row
        elif band is not None:
            found.append([next(cell for cell in band if cell.text), *row])
    return found


def _is_band(row: Sequence[Cell]) -> bool:
    return _alone(row) and any(_BAND.fullmatch(compact(cell.text)) for cell in row if cell.text)


def split_parts(grid: Grid) -> list[TablePart]:
    """Cut a printed table at its header rows; name–value rows above a header go with it."""
    starts = _header_starts(grid)
    if not starts:
        return [_plain_part(grid)]
    turned = [_turned(row) for row in grid[: starts[0]] if _tells_pairs(row)]
    above = [row for row in grid[: starts[0]] if not _tells_pairs(row)]
    forms = _lead_parts(above)
    parts = [*turned, *forms]
    pairs: list[tuple[str, str]] = []
    lead: list[tuple[Cell, ...]] = []
    titled = all(map(_alone, above))
    if not forms and not titled:
        for row in above:
            pairs.extend(key_pairs(row))
            lead.append(tuple(row))
    title = _title_above(grid, starts[0], 0) if parts or titled else []
    for start, end in zip(starts, [*starts[1:], len(grid)], strict=True):
        following = _title_above(grid, end, start + 1) if end < len(grid) else []
        piece = grid[start : end - len(following)]
        depth = 0 if is_form(piece) else header_depth(piece)
        header = (*lead, *title, *(tuple(row) for row in piece[:depth]))
        body = tuple(tuple(row) for row in piece[depth:])
        words = [cell.text for row in title for cell in row if cell.text]
        if parts and start == starts[0]:
            words += [c.text for row in grid[:start] for c in row if is_table_label(c.text)]
        unit = next((unit for text in words if (unit := caption_unit(text))), None)
        parts.append(
            _trimmed(
                TablePart(tuple(pairs), header, body, len(lead) + len(title), _named(words), unit)
            )
        )
        pairs, lead, title = [], [], following
    return parts


_LEAD_WORD = re.compile(r"资金|预算|经费|金额|投资|执行")


def _told_pairs(row: Sequence[Cell]) -> list[tuple[Cell, Cell]]:
    """年初预算数 | 120 | 全年预算数 | 112.5: a row's names and numbers, by turns, behind its label."""
    filled = [cell for cell in row if cell.text]
    told = filled[len(filled) % 2 :]
    return list(zip(told[::2], told[1::2], strict=True))


def _tells_pairs(row: Sequence[Cell]) -> bool:
    """True for a row of at least two names with their numbers, and what they are of before them."""
    pairs = _told_pairs(row)
    filled = [cell.text for cell in row if cell.text]
    labelled = len(filled) % 2 == 0 or _LEAD_WORD.search(filled[0]) is not None
    return (
        len(pairs) > 1
        and labelled
        and all(
            header_word(name.text) and not is_numeric(name.text) and is_numeric(value.text)
            for name, value in pairs
        )
    )


def _leads(grid: Grid, index: int) -> bool:
    """True for such a row with nothing but its like between it and a header."""
    below = index + 1
    while below < len(grid) - 1 and _tells_pairs(grid[below]):
        below += 1
    return is_strong_header(grid[below])


def _turned(row: Sequence[Cell]) -> TablePart:
    """A row of names and numbers as a table of two columns, with the unit of its label."""
    filled = [cell for cell in row if cell.text]
    label = filled[0] if len(filled) % 2 else None
    unit = caption_unit(label.text) if label is not None else None
    body = tuple((name, value) for name, value in _told_pairs(row))
    return TablePart((), (), body, unit=unit)


def _lead_parts(rows: Grid) -> list[TablePart]:
    """A form of its own above the first header, less the title of the table below it."""
    while rows and _alone(rows[-1]):
        rows = rows[:-1]
    if not rows or all(key_pairs(row) or is_banner(row) for row in rows):
        return []
    return [_trimmed(TablePart((), (), tuple(tuple(row) for row in rows)))]


def _title_above(grid: Grid, start: int, lowest: int) -> list[tuple[Cell, ...]]:
    """The rows of one text right above a header that are its table's title, its unit."""
    first = start
    while first > lowest and start - first < 2 and _alone(grid[first - 1]):
        text = next(cell.text for cell in grid[first - 1] if cell.text)
        if is_total(text) or ends_sentence(text) or len(text) > 2 * _SENTENCE:
            break
        first -= 1
    return [tuple(row) for row in grid[first:start]]


def _named(words: Sequence[str]) -> str:
    """The title among the texts above a header, without its number."""
    for text in words:
        if not is_table_label(text):
            marker = read_marker(text)
            return tidy(text[marker.length :] if marker else text)
    return ""


def _alone(row: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in row if cell.text]
    return len(texts) == 1 and not is_numeric(texts[0])


def filled_columns(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """The columns that hold a text, or the first where none does."""
    columns = range(len(rows[0]))
    return [c for c in columns if any(row[c].text for row in rows)] or [0]


def _trimmed(part: TablePart) -> TablePart:
    """The part without the columns that only its neighbours use."""
    kept = filled_columns([*part.header, *part.body])
    return replace(
        part,
        header=tuple(tuple(row[column] for column in kept) for row in part.header),
        body=tuple(tuple(row[column] for column in kept) for row in part.body),
    )


def _header_starts(grid: Grid) -> list[int]:
    """Rows at which a header starts: below name–value rows, or in the middle of the table."""
    top = 0
    while top < len(grid) - 1 and key_pairs(grid[top]) and not is_strong_header(grid[top]):
        top += 1
    if top and not any(is_strong_header(row) for row in grid[top : top + 3]):
        top = 0
    while top < len(grid) - 2 and _tells_pairs(grid[top]) and _leads(grid, top):
        top += 1
    first = _below_form(grid) if not top else None
    starts = [top if first is None else first]
    depth = header_depth(grid[starts[0] :])
    for index in range(starts[0] + depth + 1, len(grid)):
        if index <= starts[-1] + 1:
            continue
        if is_strong_header(grid[index]) or _heads_another(grid, starts[-1], index):
            starts.append(index)
    if len(starts) > 1 and all(map(_alone, grid[starts[0] : starts[1]])):
        del starts[0]  # titles
    return starts if starts[0] or len(starts) > 1 else []


def _below_form(grid: Grid) -> int | None:
    """The first header below rows of one or two texts, where figures follow it."""
    for index in range(1, len(grid) - 1):
        row = grid[index]
        if len([cell for cell in row if cell.text]) > 2:
            if index < header_depth(grid):
                return None
            words = _may_head(row) and sum(map(_heads, row)) > 1
            return index if words and _figures_below(grid, index) else None
    return None


def _heads_another(grid: Grid, first: int, index: int) -> bool:
    """True for a header of a table that follows another one without a blank row.

    Its words stand where figures stand above and below it; above it ends a sum, or a title
    stands alone.
    """
    row = grid[index]
    if index + 1 >= len(grid) or not _may_head(row):
        return False
    below = _figures_below(grid, index)
    titled = _alone(grid[index - 1]) and bool(_title_above(grid, index, first + 1))
    if not below or (not titled and len([cell for cell in row if cell.text]) < 3):
        return False
    words = sum(map(_heads, row))
    named = words >= len([cell for cell in row if cell.text]) / 2
    body = grid[first + 1 : index]
    above = [r for r in body if not _alone(r)][-_LOOK_BACK:]
    turned = {c for c in below if any(is_numeric(r[c].text) for r in above)}
    summed = bool(above) and any(is_total(cell.text) for cell in above[-1] if cell.text)
    if not turned:
        return titled and named and words > 1
    return (titled and (named or len(turned) > 1)) or (summed and named and len(turned) > 1)


def _may_head(row: Sequence[Cell]) -> bool:
    """True for short texts that differ, without figures and blanks marked by strokes."""
    texts = [compact(cell.text) for cell in row if cell.text]
    if len(texts) < 2 or is_total(texts[0]):
        return False
    return all(
        len(text) <= _SENTENCE
        and not (is_numeric(text) and not is_year(text))
        and not is_placeholder(text)
        and not ends_sentence(text)
        for text in texts
    ) and len(set(texts)) == len(texts)


def _heads(cell: Cell) -> bool:
    return bool(cell.text) and header_word(cell.text)


def _figures_below(grid: Grid, index: int) -> set[int]:
    """The columns, all but the first of the header's texts, in which figures follow at once."""
    filled = [c for c, cell in enumerate(grid[index]) if cell.text]
    return {c for c in filled if is_numeric(grid[index + 1][c].text) and c > 0} or {
        c for c in filled[1:] if index + 2 < len(grid) and is_numeric(grid[index + 2][c].text)
    }


def _plain_part(grid: Grid) -> TablePart:
    if is_form(grid):
        return TablePart((), (), tuple(tuple(row) for row in grid))
    first = [cell.text for cell in grid[0] if cell.text]
    numbers = sum(is_plain_number(text) for text in first)
    depth = 0 if numbers and numbers >= len(first) / 2 and not _years(first) else header_depth(grid)
    if numbering_row(grid[0]):
        depth = 1
    return TablePart(
        (), tuple(tuple(row) for row in grid[:depth]), tuple(tuple(row) for row in grid[depth:])
    )


def is_form(grid: Grid) -> bool:
    """True for tables of names and values without a header: 项目名称 | X, 项目预算 | 350.00."""
    if all(key_pairs(row) for row in grid):
        return True
    kept = filled_columns(grid)
    grid = [[row[column] for column in kept] for row in grid]
    width = len(kept)
    if width in (4, 6) and _pairs_throughout(grid):
        return True
    names = [row[0].text for row in grid]
    if width != 2 or not all(names):
        return False
    first = grid[0][1].text
    if (
        len(first) <= _HEADER
        and header_word(first)
        and all(is_plain_number(row[1].text) for row in grid[1:])
    ):
        return False
    return bool(key_pairs(grid[0])) or len(first) > _SENTENCE or first.endswith("。")


def _pairs_throughout(grid: Grid) -> bool:
    """True where the first row names and tells, and in every row names stand before values."""
    pairs = key_pairs(grid[0])
    if len(pairs) < 2 or not all(value for _, value in pairs):
        return False
    if any(header_word(value) for _, value in pairs):
        return False
    names = [cell.text for row in grid for cell in row[::2] if cell.text]
    return not any(is_numeric(name) or len(name) > _SENTENCE for name in names) and all(
        bool(row[column].text) or not row[column + 1].text
        for row in grid
        for column in range(0, len(row) - 1, 2)
    )


def _years(texts: Sequence[str]) -> bool:
    return all(
        re.fullmatch(r"(?:19|20)\d\d(?:年度?)?", compact(text))
        for text in texts
        if is_numeric(text)
    )
