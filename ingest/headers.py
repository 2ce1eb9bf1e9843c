"""What the top of a table says: header rows, column paths, roles and units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from ingest.cellsyntax import is_numeric, is_placeholder, is_plain_number
from ingest.grid import Grid
from ingest.markers import read_marker
from ingest.model import Cell, Column, ColumnRole
from ingest.quantity import NUMBER, PERCENT, SCORE, WAN_YUAN, YI_YUAN, YUAN, Dimension, Unit
from ingest.text import compact, tidy

_MAX_HEADER = 6
_SAMPLE = 400
_MONEY: dict[str, Unit] = {
    "元": YUAN,
    "人民币元": YUAN,
    "千元": Unit(Dimension.MONEY, "千元", Decimal(1000)),
    "万元": WAN_YUAN,
    "人民币万元": WAN_YUAN,
    "百万元": Unit(Dimension.MONEY, "百万元", Decimal(1_000_000)),
    "亿元": YI_YUAN,
}
_UNIT_LABEL = re.compile(r"单位:?(?:人民币)?([千百]?[万亿千]?元)")
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,6})[)\]]")
_SCORE_WORD = re.compile(r"分值|得分|评分$|满分|扣分|标准分|自评分|^分数$|权重分")
_NO_SCORE = re.compile(r"标准|说明|原因|依据|情况|细则|办法|方法|率")
_RATE_WORD = re.compile(r"率$|率\(|占比|比重|比例|百分比|%|增幅|降幅")
_COUNT_WORD = re.compile(
    r"数量|人数|个数|次数|户数|宗数|件数|份数|项数|辆数|台数|套数|编制|在职|退休|离休|学生|人次|"
    r"面积|频次|期限|天数|年限|年度$|项目数"
)
_MONEY_WORD = re.compile(
    r"金额|预算|决算|收入|支出|结余|结转|合计|小计|总计|总额|资金|拨款|费|款|执行数|原值|净值|价值|"
    r"资产|负债|单价|总价|投资|差额|增减|上年数|本年数|年初数|年末数|期末|期初|余额|发生额|缴|补助"
)
_LINE_WORD = re.compile(r"^(?:行次|栏次|行号)$")
_CODE_WORD = re.compile(r"编码|代码|编号|^序号?$|^序号|^(?:类|款|项)$|^号$|^No\.?$", re.IGNORECASE)
_LABEL_WORD = re.compile(
    r"项目|科目|名称|指标(?!值)|单位|部门|类别|内容|类型|收入$|支出$|经费$|事项|年度$|姓名|资产|分类|栏次"
)
_TEXT_WORD = re.compile(
    r"标准|情况|说明|备注|原因|措施|依据|时间|日期|方式|方法|来源|意见|目标$|解释|存在问题|描述|结果$|(?<!指标)(?<!项目)内容"
)
_TARGET_WORD = re.compile(r"指标值|目标值|预期|计划值|完成值|实际值|完成数|计划数|实际完成|年度值")
_HEADER_WORD = re.compile(
    r"项目|科目|编码|名称|指标|金额|预算|决算|合计|小计|支出|收入|行次|栏次|序号|分值|得分|评分|完成|"
    r"说明|备注|年初|年末|本年|上年|情况|内容|单位|比|率|标准|数$|费|目标|执行|资金|原因|时间"
)
_HEADER_END = re.compile(
    r"(?:项目|科目|编码|名称|指标|金额|预算|决算|合计|小计|支出|收入|行次|栏次|序号|分值|得分|评分|说明|"
    r"备注|年初|年末|本年|上年|情况|内容|单位|比|率|标准|数|费|目标|资金|原因|时间|值|类别|部门|年度?)$"
)
_TOTAL = re.compile(
    r"(?:合计|总计|小计|共计|总额)$|^(?:总分|总得分|综合得分|评价总分|评价得分|合计得分)$"
)
_MONEY_BRACKET = re.compile(r"^(?:人民币)?[千百]?[万亿千]?元(?:/.{1,3})?$")


def money_unit(text: str) -> Unit | None:
    """The money unit that a caption or header states: 单位：万元, （元）."""
    plain = compact(text)
    found = _UNIT_LABEL.search(plain)
    if found:
        return _MONEY.get(found.group(1))
    for inner in _BRACKET.findall(plain):
        if inner in _MONEY:
            return _MONEY[inner]
    return None


def column_unit(path: Sequence[str], table_unit: Unit | None) -> Unit | None:
    """The unit of a column's figures: stated in its header, else implied by its words."""
    for header in reversed(path):
        stated = _stated_unit(compact(header))
        if stated is not None:
            return stated
    for header in reversed(path):
        implied = _implied_unit(compact(header))
        if implied is not None:
            return table_unit if implied == YUAN else implied
    return None


def _stated_unit(header: str) -> Unit | None:
    money = money_unit(header)
    if money is not None:
        return money
    for inner in _BRACKET.findall(header):
        if inner in ("%", "百分比"):
            return PERCENT
        if inner == "分":
            return SCORE
        if re.fullmatch(
            r"[个人次辆台套件份户宗项条家名天月年期批只张米]|人次|平方米|公里|台\(套\)", inner
        ):
            return Unit(Dimension.COUNT, inner, Decimal(1), inner)
    return PERCENT if header.endswith("%") else None


def _implied_unit(header: str) -> Unit | None:
    """SCORE, PERCENT, NUMBER for counts, YUAN for any money; None where the words tell nothing."""
    if _SCORE_WORD.search(header) and not _NO_SCORE.search(header):
        return SCORE
    if _RATE_WORD.search(header):
        return PERCENT
    if _COUNT_WORD.search(header):
        return NUMBER
    return YUAN if _MONEY_WORD.search(header) else None


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
        if numbering_row(grid[depth]) if depth < len(grid) else False:
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


def is_year(text: str) -> bool:
    """True for a year and no more: 2023, 2023年, 2023年度."""
    return re.fullmatch(r"(?:19|20)\d\d年?(?:度)?", compact(text)) is not None


def _is_lower_header(grid: Grid, depth: int) -> bool:
    """True when row `depth` carries on the header of the rows above it."""
    row, above = grid[depth], grid[depth - 1]
    texts = [compact(cell.text) for cell in row if cell.text]
    if not texts or _starts_body(row) or any(len(text) > 30 or is_numeric(text) for text in texts):
        return False
    if is_total(texts[0]) and row[0].text:
        return False
    if re.fullmatch(r"[一二三四五六七八九十]{1,3}", texts[0]) and row[0].text:
        return False
    under_blank = sum(
        bool(cell.text) and not top.text for cell, top in zip(row, above, strict=True)
    )
    twins = sum(bool(a.text) and a.text == b.text for a, b in pairwise(above))
    repeats = sum(bool(c.text) and c.text == t.text for c, t in zip(row, above, strict=True))
    if not (under_blank and above[0].text) and not twins and not repeats and above[0].text:
        return False
    words = sum(_HEADER_WORD.search(text) is not None for text in texts)
    return words >= len(texts) / 2 and len(texts) > 1


def column_paths(header: Sequence[Sequence[Cell]], width: int) -> list[tuple[str, ...]]:
    """The path of each column from the top header row down, merged cells filled in.

    A blank takes the text on its left in the rows above the last, and in the last row where no
    row above tells the column anything; never across the borders of the row above.
    """
    rows = [[tidy(cell.text) for cell in row] for row in header if not numbering_row(row)]
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
    return [_path([line[column] for line in filled]) for column in range(width)]


def _path(texts: Sequence[str]) -> tuple[str, ...]:
    path: list[str] = []
    for text in texts:
        if text and (not path or compact(path[-1]) != compact(text)):
            path.append(text)
    return tuple(path)


def column_role(
    path: Sequence[str], cells: Sequence[str], leading: bool, labelled: bool
) -> ColumnRole:
    """The role of a column, from its header and the texts of its cells.

    `leading` says that no column of figures or sentences stands left of it in its group,
    `labelled` that one of labels does.
    """
    leaf = compact(path[-1]) if path else ""
    texts = [text for text in cells[:_SAMPLE] if text and not is_placeholder(text)]
    numbers = sum(is_numeric(text) for text in texts)
    plain = sum(is_plain_number(text) for text in texts)
    if _LINE_WORD.search(leaf):
        return ColumnRole.LINE
    if _CODE_WORD.search(leaf) and "名称" not in leaf:
        return ColumnRole.CODE
    if _TARGET_WORD.search(leaf) and numbers:
        return ColumnRole.VALUE
    if leading and texts and all(is_year(text) for text in texts):
        return ColumnRole.LABEL
    if texts and numbers > len(texts) / 2:
        if leading and plain == numbers and _all_codes(texts) and not _implied_unit(leaf):
            return ColumnRole.CODE
        return ColumnRole.VALUE
    if not texts:
        if leading and not cells_filled(cells) and column_unit(path, YUAN) is None:
            return ColumnRole.LABEL
        return ColumnRole.VALUE if column_unit(path, YUAN) is not None else ColumnRole.TEXT
    if _SCORE_WORD.search(leaf) and not _NO_SCORE.search(leaf) and numbers:
        return ColumnRole.VALUE
    long = sum(len(text) for text in texts) / len(texts) > 30
    names = bool(_LABEL_WORD.search(leaf)) or (not labelled and not long)
    if leading and names and not _TEXT_WORD.search(leaf):
        return ColumnRole.LABEL
    return ColumnRole.TEXT


def cells_filled(cells: Sequence[str]) -> bool:
    """True when any cell says something."""
    return any(cell and not is_placeholder(cell) for cell in cells)


def _all_codes(texts: Sequence[str]) -> bool:
    return all(re.fullmatch(r"\d{1,9}", compact(text)) for text in texts)


def header_like(row: Sequence[Cell]) -> bool:
    """True when a row reads as a table's header: short words of headers, no figures."""
    texts = [compact(cell.text) for cell in row if cell.text]
    if len(texts) < 2 or any(len(text) > 25 for text in texts) or _starts_body(row):
        return False
    words = sum(_HEADER_END.search(text) is not None for text in texts)
    return words >= 0.6 * len(texts) and not is_total(texts[0])


def has_label_header(path: Sequence[str]) -> bool:
    """True when a column's header says that it names rows."""
    leaf = compact(path[-1]) if path else ""
    return bool(_LABEL_WORD.search(leaf) or _CODE_WORD.search(leaf)) and not (
        _TEXT_WORD.search(leaf) or _TARGET_WORD.search(leaf)
    )


def make_columns(
    paths: Sequence[tuple[str, ...]],
    body: Grid,
    groups: Sequence[tuple[int, int]],
    unit: Unit | None,
) -> tuple[Column, ...]:
    """The columns with their roles and units."""
    columns: list[Column] = []
    for start, end in groups:
        leading, labelled = True, False
        for index in range(start, end):
            role = column_role(paths[index], [row[index].text for row in body], leading, labelled)
            labelled = labelled or role is ColumnRole.LABEL
            if role in (ColumnRole.VALUE, ColumnRole.TEXT):
                leading = False
            own = column_unit(paths[index], unit) if role is ColumnRole.VALUE else None
            columns.append(Column(paths[index], role, own))
    return tuple(columns)


def is_money_header(text: str) -> bool:
    """True when a bracket in the text is a money unit."""
    return any(_MONEY_BRACKET.fullmatch(inner) for inner in _BRACKET.findall(compact(text)))
