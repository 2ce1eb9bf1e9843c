"""The header rows of a table and the path that they give each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.model import Cell
from ingest.reading.text import compact, tidy
from ingest.reading.units import parse_unit
from ingest.structure.markers import read_marker
from ingest.tables.cellsyntax import is_numeric, is_placeholder, is_plain_number
from ingest.tables.columns import is_year
from ingest.tables.grid import Grid, header_spans

_MAX_HEADER = 6
_LONGEST_UNIT = 5
_HEADER_WORD = re.compile(
    r"项目|科目|编码|名称|指标|金额|预算|决算|合计|小计|支出|收入|行次|栏次|序号|分值|得分|评分|完成|"
    r"说明|备注|年初|年末|本年|上年|情况|内容|单位|比|率|标准|数$|费|目标|执行|资金|原因|时间"
)
_BRACKET = re.compile(r"[\u4e00-\u9fff]\(([^()\d]{1,6})\)$")
_PART_OF_YEAR = re.compile(
    r"^第?[一二三四]季度|^\d{1,2}月份?$|^(?:19|20)\d\d年(?!\d)|^全年$|满分|"
    r"^(?:计划|完成|实际|得分)|支付|结余|结转"
)
_HEADER_END = re.compile(
    r"(?:项目|科目|编码|名称|指标|金额|预算|决算|合计|小计|支出|收入|行次|栏次|序号|分值|得分|评分|说明|"
    r"备注|年初|年末|本年|上年|情况|内容|单位|比|率|标准|数|费|目标|资金|原因|时间|值|类别|部门|年度?)$"
)
_TOTAL = re.compile(
    r"(?:合计|总计|小计|共计)$|^(?:总分|总得分|综合得分|评价总分|评价得分|合计得分)$"
)


def is_total(label: str) -> bool:
    """True for the labels of sum rows: 合计, 本年支出合计, 总计, 综合得分."""
    return _TOTAL.search(compact(label)) is not None


def numbering_row(row: Sequence[Cell]) -> bool:
    """True for 栏次 rows and rows that number the columns (1 2 3, 甲 乙 1 2)."""
    texts = [compact(cell.text) for cell in row if cell.text]
    if any(text in ("栏次", "行次") for text in texts[:2]) and all(
        re.fullmatch(r"栏次|行次|\d{1,3}|[-—]|\d{1,2}(?:=.{1,30})?", text) for text in texts
    ):
        return True
    texts = [text for text in texts if text not in ("甲", "乙", "丙", "丁", "栏次")]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) <= 2]
    return (
        len(numbers) >= 2
        and len(numbers) == len(texts)
        and numbers[0] in (1, 2, 3)
        and all(b == a + 1 for a, b in pairwise(numbers))
    )


def header_depth(grid: Grid) -> int:
    """How many rows at the top are header (a numbering row included)."""
    limit = min(_MAX_HEADER, len(grid) - 1) if len(grid) > 1 else 1
    for depth in range(1, limit + 1):
        if depth < len(grid) and numbering_row(grid[depth]):
            if not any(_starts_body(row) for row in grid[:depth]):
                return depth + 1
            break
    depth = 1
    while depth < limit and _is_lower_header(grid, depth):
        depth += 1
    return depth


def _starts_body(row: Sequence[Cell]) -> bool:
    """True for a row that holds figures, a code or a list number: no header row."""
    texts = [cell.text for cell in row if cell.text]
    if any(is_plain_number(text) and not is_year(text) for text in texts):
        return True
    marker = read_marker(texts[0]) if texts else None
    return marker is not None and marker.style not in ("part",)


def _is_lower_header(grid: Grid, depth: int) -> bool:
    """True when row `depth` carries on the header of the rows above it."""
    row, above = grid[depth], grid[depth - 1]
    texts = [compact(cell.text) for cell in row if cell.text]
    if _units_only(texts) and not row[0].text:
        return True
    if not texts or _starts_body(row) or any(len(text) > 30 or _is_figure(text) for text in texts):
        return False
    if is_total(texts[0]) and row[0].text:
        words = sum(not is_placeholder(text) for text in texts)
        return words > 2 and words == len(texts) and _splits_merged(row, above)
    if re.fullmatch(r"[一二三四五六七八九十]{1,3}", texts[0]) and row[0].text:
        return False
    if len(texts) > 1 and _splits_merged(row, above) and max(map(len, texts)) <= 12:
        return True
    under_blank = sum(
        bool(cell.text) and not top.text for cell, top in zip(row, above, strict=True)
    )
    twins = sum(bool(a.text) and a.text == b.text for a, b in pairwise(above))
    repeats = sum(bool(c.text) and c.text == t.text for c, t in zip(row, above, strict=True))
    if not under_blank and not twins and not repeats and above[0].text:
        return False
    words = sum(_HEADER_WORD.search(text) is not None for text in texts)
    return words >= len(texts) / 2 and len(texts) > 1


def _is_figure(text: str) -> bool:
    """True for a number that is no year: 2023年 heads a column, 1200 does not."""
    return is_numeric(text) and not is_year(text)


def header_word(text: str) -> bool:
    """True for a text with a word that heads columns, a unit in brackets or a part of the year."""
    plain = compact(text)
    unit = _BRACKET.search(plain)
    if unit and (unit[1] == "满分" or parse_unit(unit[1]) is not None):
        return True
    return _HEADER_WORD.search(text) is not None or _PART_OF_YEAR.search(plain) is not None


def _splits_merged(row: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """True when every text stands under a header cell that spans several columns."""
    spanned: set[int] = set()
    for start, end in header_spans([cell.text for cell in above]):
        spanned.update(range(start, end))
    return all(index in spanned for index, cell in enumerate(row) if cell.text)


def column_paths(header: Sequence[Sequence[Cell]], width: int) -> list[tuple[str, ...]]:
    """The path of each column from the top header row down, merged cells filled in.

    A blank takes the text on its left in the rows above the last, and in the last row where no
    row above tells the column anything; never across the borders of the row above.
    """
    rows = [[tidy(cell.text) for cell in row] for row in header if not numbering_row(row)]
    units = rows.pop() if len(rows) > 1 and _units_only(rows[-1]) else [""] * width
    filled: list[list[str]] = []
    for index, row in enumerate(rows):
        last = index == len(rows) - 1
        line = list(row)
        for column in range(1, width):
            if line[column] or not line[column - 1]:
                continue
            parents = [(above[column - 1], above[column]) for above in filled]
            if last and any(parent for _, parent in parents):
                continue
            if all(left == right for left, right in parents):
                line[column] = line[column - 1]
        filled.append(line)
    paths = [_path([line[column] for line in filled]) for column in range(width)]
    return [
        (*path[:-1], f"{path[-1]}（{unit}）") if path and unit else path
        for path, unit in zip(paths, units, strict=True)
    ]


def _units_only(texts: Sequence[str]) -> bool:
    """True for a lower header row that says the unit of each column: 万元 | 人 | %."""
    found = [compact(text).strip("()") for text in texts if text]
    named = [text for text in found if text not in ("单位", "计量单位")]
    return len(named) > 1 and all(_is_unit(text) for text in named)


def _is_unit(text: str) -> bool:
    named = len(text) <= _LONGEST_UNIT and text not in ("类", "款", "项", "年", "月")
    return named and (text == "%" or parse_unit(text) is not None)


def _path(texts: Sequence[str]) -> tuple[str, ...]:
    path: list[str] = []
    for text in texts:
        if text and (not path or compact(path[-1]) != compact(text)):
            path.append(text)
    return tuple(path)


def header_like(row: Sequence[Cell]) -> bool:
    """True when a row reads as a table's header: short words of headers, no figures."""
    texts = [compact(cell.text) for cell in row if cell.text]
    if len(texts) < 2 or any(len(text) > 25 for text in texts) or _starts_body(row):
        return False
    words = sum(_HEADER_END.search(text) is not None for text in texts)
    return words >= 0.6 * len(texts) and not is_total(texts[0])
