"""Figures in tables: what each cell is, from its column's header and its row's label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.figures.naming import header_year
from ingest.figures.prose import ProseFigure, prose_figures
from ingest.model import Cell, Column, ColumnRole, Direction, Role, Table
from ingest.quantity import NUMBER, PERCENT, SCORE, Dimension, Quantity, Unit
from ingest.reading.reader import parse_unit, read_cell, read_quantities
from ingest.reading.text import compact, fold
from ingest.tables.cellsyntax import is_numeric
from ingest.tables.columns import counted_noun, money_unit
from ingest.tables.headers import is_total

# Order matters: the first pattern found in the innermost header that matches wins.
_HEADER_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"得分率"), Role.SCORE_RATE),
    (re.compile(r"扣分"), Role.DEDUCTION),
    (re.compile(r"得分|评分$|自评分|评价分|总分$|综合分$|\(\d{1,3}(?:\.\d)?分\)$"), Role.SCORE),
    (re.compile(r"分值|满分|权重|标准分"), Role.FULL_MARK),
    (re.compile(r"执行率|完成率|支出进度|完成预算|(?:完成|执行)比例"), Role.COMPLETION),
    (re.compile(r"占比|比重|比例|占.{0,8}[%比]"), Role.SHARE),
    (re.compile(r"(?:增|减|变动|变化|同比).{0,6}(?:率|幅|%|百分)|同比$"), Role.GROWTH),
    (re.compile(r"增减|变动|差额|增加额|减少额|同比(?:增|减)|^增[产收加](?!率)"), Role.CHANGE),
    (re.compile(r"调整数|调增|调减|追加"), Role.ADJUSTMENT),
    (re.compile(r"决算|执行数|支出数"), Role.VALUE),
    (re.compile(r"(?:计划|预期|应|拟|目标)完成(?:值|数|量)"), Role.TARGET),
    (re.compile(r"完成值|实际|完成情况|实绩|完成数|实现值|^完成$"), Role.ACTUAL),
    (re.compile(r"指标值|目标值|预期|计划|目标"), Role.TARGET),
    (re.compile(r"预算"), Role.BUDGET),
)
# Names of funds hold the word 预算 without being a budget figure.
_FUNDS = re.compile(r"(?:一般公共|政府性基金|国有资本经营|社会保险基金)预算")
# Headers that leave it to the row's label to say what the cell is.
_AMOUNT = re.compile(r"(?:金额|数额|数值|内容|数|值)?(?:\([万亿千]?元\))?")
_ROW_YEAR = re.compile(
    r"(20\d\d)年(?:度|末|底)?(?:决算|预算|执行|实际)?数?(?:\([\u4e00-\u9fff]{1,4}\))?"
)
_YEAR_COLUMN = re.compile(r"年度?|年份")
_YEAR_CELL = re.compile(r"(20\d\d)年?度?")
_PREVIOUS_ROW = re.compile(r"(?:上年|上一年|去年)度?(?:决算|执行|实际|完成|支出|同期)?数?")
# Rows of a table that lies on its side: 预算数 and 决算数 below each other.
_ROLE_ROW = re.compile(
    r"(?:20\d\d年度?)?(?:年初|全年|调整后?|本年)?(?:预算|决算|执行)数?|(?:预算)?(?:执行|完成)率|得分率?|"
    r"(?:自评|评价)得分|分值|满分|(?:年度)?(?:指标|目标)值|(?:实际)?完成值|增减额|增减率"
)
_RATES = (Role.COMPLETION, Role.SHARE, Role.SCORE_RATE)
_LABEL_MARK = re.compile(r"[(]\s*(?P<mark>\d+(?:\.\d+)?)\s*分\s*[)]\s*$")


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A quantity in a cell; offsets are into the cell's text."""

    row: int
    column: int
    quantity: Quantity
    start: int
    end: int
    role: Role
    direction: Direction
    metric: str
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    year: str
    previous_year: bool
    basis: str = ""
    subject: str = ""


def table_figures(table: Table) -> Iterator[CellFigure]:
    """Every figure of a table's body, row by row."""
    marked = _marked_labels(table)
    for r, cells in enumerate(table.rows):
        for c, cell in enumerate(cells):
            if not cell.text or c >= len(table.columns):
                continue
            if c in marked:
                yield from _bare_marks(r, c, cell, table.columns[c])
            yield from _cell_figures(table, r, c, cell, table.columns[c])


_BARE_MARK = re.compile(
    r"(?P<name>.*[\u4e00-\u9fff])\s*\(\s*(?P<mark>\d{1,3}(?:\.\d+)?)(?:\s*/\s*(?P<score>\d{1,3}(?:\.\d+)?))?\s*\)"
)


def _marked_labels(table: Table) -> set[int]:
    """The columns of indicators whose names all carry a full mark: 预算管理(7), 投入(10/9.5)."""
    found: set[int] = set()
    for c, column in enumerate(table.columns):
        texts = [fold(row[c].text) for row in table.rows if row[c].text]
        names = [text for text in texts if not is_total(text)]
        if column.role is ColumnRole.LABEL and "指标" in "".join(column.path) and len(names) > 1:
            found |= {c} if all(map(_BARE_MARK.fullmatch, names)) else set()
    return found


def _bare_marks(r: int, c: int, cell: Cell, column: Column) -> Iterator[CellFigure]:
    match = _BARE_MARK.fullmatch(fold(cell.text))
    header = compact("".join(column.path))
    first = Role.SCORE if re.search(r"得分/(?:分值|满分)", header) else Role.FULL_MARK
    roles = {"mark": first, "score": Role.FULL_MARK if first is Role.SCORE else Role.SCORE}
    for group, role in roles.items() if match else ():
        quantity = read_cell(match[group], SCORE) if match and match[group] else None
        if match and quantity is not None:
            name = cell.text[: match.end("name")].strip()
            yield _mark(r, c, name, quantity, match.span(group), role, column)


def _mark(
    r: int,
    c: int,
    name: str,
    quantity: Quantity,
    span: tuple[int, int],
    role: Role,
    column: Column,
) -> CellFigure:
    return CellFigure(
        row=r,
        column=c,
        quantity=quantity,
        start=span[0],
        end=span[1],
        role=role,
        direction=Direction.NONE,
        metric=f"{name} {'得分' if role is Role.SCORE else '分值'}".strip(),
        row_path=(name,),
        column_path=column.path,
        year="",
        previous_year=False,
    )


def header_role(path: Sequence[str]) -> Role:
    """The role that a column's header gives to its cells; VALUE when it names none."""
    for header in (_FUNDS.sub("", fold(header)) for header in reversed(path)):
        for pattern, role in _HEADER_ROLES:
            if pattern.search(header):
                return role
    return Role.VALUE


def _cell_figures(table: Table, r: int, c: int, cell: Cell, column: Column) -> Iterator[CellFigure]:
    row = table.row_at(r, c)
    labels = tuple(label for label in row.path if label) or ((row.code,) if row.code else ())
    role = header_role(column.path)
    bare = all(_AMOUNT.fullmatch(compact(header)) for header in column.path)
    sideways = bool(labels) and bool(_ROLE_ROW.fullmatch(compact(labels[-1])))
    if role is Role.VALUE and (bare or sideways):
        role = header_role(labels[-1:])
    if column.role in (ColumnRole.LINE, ColumnRole.CODE):
        return
    if column.role is ColumnRole.LABEL:
        yield from _label_mark(r, c, cell, column)
        return
    unit = column.unit or (table.unit if column.role is ColumnRole.VALUE else None)
    if role in (Role.SCORE, Role.FULL_MARK, Role.DEDUCTION) and (sideways or column.unit is None):
        unit = SCORE
    elif sideways and role in (*_RATES, Role.GROWTH):
        unit = PERCENT
    elif column.unit == SCORE and role in (Role.VALUE, Role.BUDGET, Role.COMPLETION):
        role = Role.SCORE
    if _leaves_unit_open(unit, column):
        stated = _row_unit(table, r, labels)
        unit = unit if stated is None or _of_counts_beside(table, unit, stated) else stated
    if unit is None and role is Role.VALUE and _is_marked(labels, cell.text):
        unit, role = SCORE, Role.SCORE
    text = f"{_bound_of(table, r)}{cell.text}" if role is Role.TARGET else cell.text
    quantity = read_cell(text, unit) if len(cell.text) <= 40 else None
    if quantity is None and column.role is ColumnRole.VALUE and is_numeric(cell.text):
        quantity = read_cell(cell.text, unit or NUMBER)
    if quantity is not None and not _bare(quantity, unit, column):
        role, direction = _signed(_fitting(role, quantity), quantity)
        year, previous = header_year(column.path)
        yield CellFigure(
            row=r,
            column=c,
            quantity=quantity,
            start=0,
            end=len(cell.text),
            role=role,
            direction=direction,
            metric=" ".join(dict.fromkeys((*labels[-1:], *column.path))),
            row_path=labels,
            column_path=column.path,
            year=year or _row_year(labels) or _cell_year(table, r) or title_year(table.title),
            previous_year=previous or _row_previous(labels),
        )
        return
    marked = _SCORE_OF.fullmatch(fold(cell.text)) if _heads_marks(column.path) else None
    if marked is not None:
        yield from _score_of_mark(r, c, marked, column, labels)
        return
    yield from _text_figures(r, c, cell, column, labels, role)


_SCORE_OF = re.compile(
    r"\s*(\d{1,3}(?:\.\d+)?)\s*[(/]\s*(\d{1,3}(?:\.\d+)?)\s*\)?\s*"
)  # 7.2(10), 7.2/10


def _heads_marks(path: Sequence[str]) -> bool:
    """Whether a column holds scores with their full marks: 得分（满分）, 得分/分值."""
    header = compact("".join(path))
    return "得分" in header and re.search(r"满分|分值", header) is not None


def _score_of_mark(
    r: int, c: int, marked: re.Match[str], column: Column, labels: tuple[str, ...]
) -> Iterator[CellFigure]:
    for group, role in ((1, Role.SCORE), (2, Role.FULL_MARK)):
        quantity = read_cell(marked[group], SCORE)
        if quantity is not None:
            made = _mark(r, c, "".join(labels[-1:]), quantity, marked.span(group), role, column)
            yield replace(made, row_path=labels)


def _leaves_unit_open(unit: Unit | None, column: Column) -> bool:
    """Whether a row's label may say the unit: no column does, or one of money for the whole table."""
    if unit is None or unit.dimension is Dimension.NUMBER:
        return True
    return unit.dimension is Dimension.MONEY and not any(map(money_unit, column.path))


def _of_counts_beside(table: Table, unit: Unit | None, stated: Unit) -> bool:
    """Whether a row's unit is that of a column of counts beside this one of money: 台 | 4 | 249,500."""
    if unit is None or unit.dimension is not Dimension.MONEY or unit.compatible(stated):
        return False
    return any(
        column.role is ColumnRole.VALUE and column.unit is not None and column.unit == NUMBER
        for column in table.columns
    )


def _is_marked(labels: Sequence[str], text: str) -> bool:
    """产出(50分) | 47.3: a number that is at most the full mark that its row's label carries."""
    match = _LABEL_MARK.search(fold(labels[-1])) if labels else None
    number = re.fullmatch(r"\d{1,3}(?:\.\d+)?", compact(text))
    return match is not None and number is not None and Decimal(number[0]) <= Decimal(match["mark"])


_UNIT_COLUMN = re.compile(r"^(?:计量|度量|指标)?单位$")
_BOUND = {
    **dict.fromkeys(("≥", "≧", ">=", "大于等于", "不低于", "不少于"), "≥"),
    **dict.fromkeys(("≤", "≦", "<=", "小于等于", "不高于", "不超过"), "≤"),
}


def _bound_of(table: Table, r: int) -> str:
    """The bound that a row of a form states in a column of its own: 指标性质 | ≧; "" without one."""
    for column, cell in zip(table.columns, table.rows[r], strict=False):
        text = compact(cell.text)
        if column.role is ColumnRole.TEXT and text in _BOUND:
            return _BOUND[text]
    return ""


_LEVELS = ("类", "款", "项")  # of accounts: 小学教育（项）
# 公猪舍（≥**平方米）: a form's blank for the aim, with its unit.
_LABEL_UNIT = re.compile(
    r"[(（]\s*(?:单位\s*[:：]\s*|[≥≧≤≦＞＜><=＝]{1,2}\s*[*＊]*\s*)?(?P<unit>[^()（）≥≤*＊]{1,6})\s*[)）]$"
)


def _row_unit(table: Table, r: int, labels: tuple[str, ...]) -> Unit | None:
    """The unit that a row states: in a column 单位, or in brackets after its label."""
    for column, cell in zip(table.columns, table.rows[r], strict=False):
        if column.path and _UNIT_COLUMN.match(column.path[-1].strip()) and cell.text:
            return parse_unit(cell.text.strip())
    match = _LABEL_UNIT.search(labels[-1].strip()) if labels else None
    if match and (match["unit"] not in _LEVELS or table.unit is None):
        return parse_unit(match["unit"])
    return counted_noun(labels[-1]) if labels else None


def title_year(title: str) -> str:
    """The one year that a table is about by its title: 表2 2022年分县情况."""
    match = _TITLE_YEAR.match(title.strip())
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", title))
    return match[1] if match and len(years) == 1 else ""


_TITLE_YEAR = re.compile(
    r"(?:附?表\s*[\d一二三四五六七八九十.\-－—]*[\s:：、]+)?(20\d\d)\s*年度?(?!\s*(?:\d+\s*月|[初末底以前至到~～—–\-]))"
)


def _row_year(labels: Sequence[str]) -> str:
    """The year that a row is named after: 2022年度."""
    match = _ROW_YEAR.fullmatch(compact(labels[-1])) if labels else None
    return match[1] if match else ""


def _cell_year(table: Table, r: int) -> str:
    """The year that a row's cell under 年度 names."""
    for column, cell in zip(table.columns, table.rows[r], strict=False):
        own = _YEAR_CELL.fullmatch(compact(cell.text)) if cell.text else None
        if own and column.path and _YEAR_COLUMN.fullmatch(compact(column.path[-1])):
            return own[1]
    return ""


def _row_previous(labels: Sequence[str]) -> bool:
    """Whether a row says that it is of the year before: 上年决算数."""
    return bool(labels) and bool(_PREVIOUS_ROW.fullmatch(compact(labels[-1])))


def _fitting(role: Role, quantity: Quantity) -> Role:
    """The role that a header's words have for a quantity of this kind: 同比 is a rate or an amount."""
    dimension = quantity.unit.dimension
    if role is Role.GROWTH and dimension in (Dimension.MONEY, Dimension.COUNT):
        return Role.CHANGE
    if role is Role.CHANGE and dimension is Dimension.PERCENT:
        return Role.GROWTH
    if role in _RATES and dimension in (Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE):
        return Role.VALUE
    return role


def _bare(quantity: Quantity, unit: Unit | None, column: Column) -> bool:
    """A number without a unit in a column of sentences is a list number or a code."""
    return (
        quantity.unit.dimension is Dimension.NUMBER
        and unit is None
        and column.role is ColumnRole.TEXT
        and header_role(column.path) is Role.VALUE
    )


def _signed(role: Role, quantity: Quantity) -> tuple[Role, Direction]:
    if role in (Role.CHANGE, Role.GROWTH, Role.ADJUSTMENT):
        return role, Direction.DOWN if quantity.value < 0 else Direction.UP
    return role, Direction.NONE


def _label_mark(r: int, c: int, cell: Cell, column: Column) -> Iterator[CellFigure]:
    """The full mark that an indicator's label carries: ``项目管理（27分）``."""
    match = _LABEL_MARK.search(fold(cell.text))
    if not match:
        return
    readings = read_quantities(cell.text)
    for reading in readings:
        if reading.number_start == match.start("mark"):
            name = cell.text[: match.start()].strip()
            span = (reading.start, reading.end)
            yield _mark(r, c, name, reading.quantity, span, Role.FULL_MARK, column)


def _text_figures(
    r: int,
    c: int,
    cell: Cell,
    column: Column,
    labels: tuple[str, ...],
    header: Role,
) -> Iterator[CellFigure]:
    for prose in prose_figures(cell.text, heading=labels[-1] if labels else ""):
        yield _from_prose(r, c, prose, column, labels, header)


def _from_prose(
    r: int,
    c: int,
    prose: ProseFigure,
    column: Column,
    labels: tuple[str, ...],
    header: Role,
) -> CellFigure:
    role = prose.role
    if role is Role.VALUE and header in (Role.TARGET, Role.ACTUAL):
        role = header
    return CellFigure(
        row=r,
        column=c,
        quantity=prose.reading.quantity,
        start=prose.reading.start,
        end=prose.reading.end,
        role=role,
        direction=prose.direction,
        metric=prose.metric,
        row_path=labels,
        column_path=column.path,
        year=prose.year,
        previous_year=prose.previous_year,
        basis=prose.basis,
        subject=prose.subject,
    )
