"""Stated counts against what is listed: rows of the table that follows, items of the next list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ingest.equations.book import Book
from ingest.equations.claims import Claim, holds
from ingest.interval import Interval
from ingest.model import BlockKind, ColumnRole, Figure, Locator, Role, Table
from ingest.quantity import Dimension
from ingest.reading.text import compact
from ingest.structure.texts import Text, Texts

_BEFORE = 3  # paragraphs before a table that may say how many rows it has
_POINTS = re.compile(r"如下|下表|见表|详见|如表|附表|下列|表\s*\d")
_SERIAL = re.compile(r"^(?:序号|编号|序|项次|No\.?|NO\.?)$")
_ITEM = re.compile(
    r"(?P<noun>项目|指标|单位|部门|学校|学院|科室|机构|企业|公司|工程|课题|合同|任务|事项|标段|镇街|乡镇|镇|街道|社区|"
    r"医院|处室|区县|地区)(?:名称)?$"
)
_PARTIAL = re.compile(
    r"其中|主要|部分|重点|等$|例如|典型|以下[^,;。]{0,4}例|前[一二三四五六七八九十\d]+"
)
# 涉及甲和乙两个项目 counts what it has just named.
_NAMED = re.compile(
    r"(?:涉及|分别是?|为|包括|即|如|有)[^,。;]*[^,。;和及与、]{4,}(?:和|及|与|、)[^,。;和及与、]{4,}$"
)
_AVERAGE = re.compile(r"平均|均值|均分")
_EXCERPT = re.compile(r"节选|摘录|摘要|部分|主要|重点|典型|示例|样本|前\d+")
_ENOUGH = 2  # items from which on a list is one


class _Rows(NamedTuple):
    """The rows of a table that are things to be counted, and what they are called."""

    noun: str
    labels: tuple[Text, ...]
    groups: dict[str, list[Locator]]


def row_count(book: Book) -> Iterator[Claim]:
    """“共 n 个项目，情况如下表”：n = 下表的行数；“效益指标 m 个”：m = 表中该类的行数。

    来源：自评项目清单、绩效指标设置表、子项目明细表之前的文字。
    例：“设置绩效指标 8 个，包括产出指标 4 个和效益指标 4 个”，表中产出 4 行、效益 3 行、满意度 1 行：效益 4 个不成立。
    边界：表在同一节、紧接在后，文字写明“如下”“下表”，所数的事物与表头的名称相同，序号连续，无“主要”“部分”
    “节选”；同处有一个数与行数相符时，其余的数不查；某一类的个数在总数或另一类的个数成立时才报错。
    """
    texts = Texts(book)
    for table in texts.document.tables:
        rows = _rows(texts, table)
        if rows is not None:
            yield from _tabled(texts, table, rows)


def _rows(texts: Texts, table: Table) -> _Rows | None:
    serial = next(
        (
            c
            for c, column in enumerate(table.columns)
            if column.path and _SERIAL.match(compact(column.path[-1]))
        ),
        None,
    )
    labels = [c for c, column in enumerate(table.columns) if column.role is ColumnRole.LABEL]
    nouns = [(c, m) for c in labels for m in [_ITEM.search(_header(table, c))] if m]
    if not nouns or _EXCERPT.search(compact(table.title)):
        return None
    column, named = nouns[-1]
    rows = [
        r
        for r, info in enumerate(table.row_infos)
        if not info.total and not (info.path and _AVERAGE.search(info.path[-1]))
    ]
    if serial is not None:
        rows = _numbered(table, serial, rows)
    elif len({len(table.row_infos[r].path) for r in rows}) != 1:
        return None
    cells = [texts.grid.get((table.no, r, column)) for r in rows]
    if len(rows) < _ENOUGH or any(cell is None for cell in cells):
        return None
    groups: dict[str, list[Locator]] = {}
    for r, cell in zip(rows, cells, strict=True):
        path = table.row_infos[r].path
        if len(path) > 1 and cell is not None:
            groups.setdefault(compact(path[0]), []).append(cell.locator)
    return _Rows(named["noun"], tuple(cell for cell in cells if cell is not None), groups)


def _header(table: Table, column: int) -> str:
    path = table.columns[column].path
    return compact(path[-1]) if path else ""


def _numbered(table: Table, serial: int, rows: Sequence[int]) -> list[int]:
    """The rows numbered 1, 2, 3 … without a gap; none where the numbers do not go on."""
    digits = [(r, compact(table.rows[r][serial].text)) for r in rows]
    numbered = [(r, int(text)) for r, text in digits if text.isdecimal()]
    straight = [number for _, number in numbered] == list(range(1, len(numbered) + 1))
    return [r for r, _ in numbered] if straight and len(numbered) == len(rows) else []


def _tabled(texts: Texts, table: Table, rows: _Rows) -> Iterator[Claim]:
    leads = _leads(texts, table)
    pointers = [
        clause
        for lead in leads
        for clause in re.split(r"[,;。]", lead.folded)
        if _POINTS.search(clause)
    ]
    pointed = bool(pointers) and not any(_PARTIAL.search(clause) for clause in pointers)
    figures = [f for lead in leads for f in texts.figures(lead) if plain_count(f)]
    wholes = [f for f in figures if _counts(f, rows.noun) and not _grouped(f, rows)]
    wholes = [
        f for f in wholes if not _NAMED.search(compact(f.sentence.partition(f.quantity.printed)[0]))
    ]
    places = [cell.locator for cell in rows.labels]
    claims = [counted("row_count", figure, places, "行") for figure in wholes]
    held = [claim for claim in claims if holds(claim)]
    grouped = [
        counted("row_count", figure, rows.groups[name], "行")
        for figure in figures
        for name in [_grouped(figure, rows)]
        if name
    ]
    good = len(held) + sum(map(holds, grouped))
    yield from held[:1]
    if not held and pointed and len(wholes) == 1 and not _PARTIAL.search(_clause(wholes[0], leads)):
        yield claims[0]
    yield from (claim for claim in grouped if good > 1 or holds(claim))


def _leads(texts: Texts, table: Table) -> list[Text]:
    """The paragraphs right before a table, in its section, back to the table before it."""
    found: list[Text] = []
    section = texts.document.blocks[table.block].section
    for number in range(table.block - 1, max(-1, table.block - 2 * _BEFORE - 1), -1):
        block = texts.document.blocks[number]
        if block.kind is BlockKind.TABLE or block.section != section or len(found) == _BEFORE:
            break
        text = texts.by_block.get(number)
        if text is not None and block.kind is BlockKind.PARAGRAPH:
            found.append(text)
    return found


def plain_count(figure: Figure) -> bool:
    """True for a printed count that is neither a target nor 近, 超, 约."""
    unit = figure.quantity.unit
    value = unit.dimension is Dimension.COUNT and figure.role is Role.VALUE
    return value and figure.quantity.exact and not figure.quantity.approx


def _counts(figure: Figure, noun: str) -> bool:
    """True where a count is said to be of such things, in the words next to it."""
    return noun in compact(figure.metric)[-14:]


def _grouped(figure: Figure, rows: _Rows) -> str:
    """The group of rows that a count is named after, or ""."""
    name = compact(re.split(r"[\s,、和及与]", figure.metric)[0])
    return name if name in rows.groups else ""


def _clause(figure: Figure, leads: Sequence[Text]) -> str:
    text = next(lead for lead in leads if lead.block == figure.block)
    before = re.split(r"[;。]", text.folded[: figure.start])[-1]
    return before + re.split(r"[,;。]", text.folded[figure.end :])[0]


def counted(family: str, figure: Figure, places: Sequence[Locator], what: str) -> Claim:
    """A stated count against the number of things at `places`."""
    count = Decimal(len(places))
    formula = f"列出 {len(places)} {what}"
    bounds = Interval(count, count)
    return Claim(family, figure, (), formula, count, bounds, places=tuple(places))
