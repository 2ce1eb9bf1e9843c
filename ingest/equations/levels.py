"""Stated counts of indicators by level, against the columns of the score sheet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ingest.equations.book import Book, Run
from ingest.equations.claims import Claim
from ingest.equations.listed import counted, plain_count
from ingest.model import ColumnRole, Locator, Role, Table
from ingest.reading.text import compact, fold

_LEVEL = re.compile(r"(?P<level>[一二三四]级)(?:绩效|评价)?指标")
_SET = re.compile(r"设置|设立|设有|设|包含|包括|由|共|有")
_LOCAL = re.compile(r"下设|该|每个|其中|各|本指标|数量|定量|定性|有数量|量化")
_ENOUGH = 2

_Counts = dict[str, list[Locator]]  # the cells that name an indicator, by level


def level_count(book: Book) -> Iterator[Claim]:
    """“设置一级指标 a 个、二级指标 b 个、三级指标 c 个”：各数 = 评分表各级指标的个数。

    来源：绩效评价报告的指标体系说明与附表评分表。
    例：评分表一级指标 4 个，文字写 5 个，不成立。
    边界：这一部分只有一张有分值栏的多级指标表；“下设”“每个”“其中”的不查；有一级相符时，其余各级不符才报错。
    """
    tables = _sheets(book)
    for run in book.runs if tables else ():
        found = [
            (figure, level)
            for index, figure in enumerate(run.figures)
            for level in [_level(run, index)]
            if level and plain_count(figure) and figure.locator.table is None
        ]
        sheets = tables.get(found[0][0].part, []) if found else []
        if len(sheets) != 1 or len(found) < _ENOUGH:
            continue
        claims = [
            counted("level_count", figure, sheets[0][level], "个")
            for figure, level in found
            if level in sheets[0]
        ]
        good = [claim for claim in claims if claim.value == claim.stated.quantity.base]
        yield from (claim for claim in claims if good)


def _level(run: Run, index: int) -> str:
    """The level that a count is of: 一级指标4个, 4个一级指标; "" where it is of one indicator."""
    clause = re.split(r"[;。]", "".join(run.leads[: index + 1]))[-1]
    lead = re.split(r"[,、和及与]", run.leads[index])[-1]
    after = run.leads[index + 1] if index + 1 < len(run.leads) else run.tail
    match = _LEVEL.search(lead[-10:]) or _LEVEL.match(after.strip())
    plain = _SET.search(clause) and not _LOCAL.search(clause[-24:])
    return match["level"] if match and plain else ""


def _sheets(book: Book) -> dict[int, list[_Counts]]:
    """Per part, the tables with two levels of indicators and their full marks."""
    found: dict[int, list[_Counts]] = defaultdict(list)
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        levels = {
            match["level"]: c
            for c, column in enumerate(table.columns)
            if column.role is ColumnRole.LABEL and column.path
            for match in [_LEVEL.search(fold(column.path[-1]))]
            if match
        }
        marked = [figure for figure in grid.values() if figure.role is Role.FULL_MARK]
        if len(levels) >= _ENOUGH and marked:
            found[marked[0].part].append(
                {level: _named(book, table, c) for level, c in levels.items()}
            )
    return found


def _named(book: Book, table: Table, column: int) -> list[Locator]:
    """The cells of a column that name another indicator than the cell above them."""
    page = book.document.blocks[table.block].page
    places: list[Locator] = []
    last = ""
    for row, info in enumerate(table.row_infos):
        cell = table.rows[row][column]
        name = compact(cell.text)
        if info.total or not name or re.search(r"小计|合计|总分", name):
            continue
        if name != last and cell.spans:
            places.append(Locator(cell.spans, page, table.no, row, column))
        last = name
    return places
