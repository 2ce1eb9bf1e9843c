"""What a figure is called, brought to one form, so that a sentence and a table cell can meet.

Two names are the same only when their keys are equal. What separates facts (收入 and 支出, 年初 and
年末, 本年 and 总, the fund) stays in the key; what does not (year, 本部门, list numbers, 决算数, 合计,
quotation marks) is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.model import ColumnRole, Document, Figure, Role, Table
from ingest.quantity import Dimension, Unit
from ingest.reading.text import compact, fold

# A year names no fact, nor does the unit whose report it is: 某局2023年度总收入.
_YEARED = re.compile(
    r"^(?:[^(《]{0,40}?(?:部门|单位|局|委|办|厅|院|中心|政府|会|处|站|校|所|室|馆|队|市|区|县|镇|街道|公司))?"
    r"20\d\d年(?:度|末|底)?(?![\d-])"
)
_OWN = re.compile(
    r"^(?:其中|包括|全年|本年度|年度|(?:本|我|该)(?:部门|单位|局|委|办|厅|院|中心|项目)|全(?:区|市|县|省)|"
    r"共有?|合计|总计|实现|安排|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])+"
)
_MARKS = re.compile(r"[“”\"‘’'《》\s、:,]")
_END = re.compile(r"(?:决算数|决算|执行数|实际数|数|合计|总计|总额|金额|共计)$")
_FEE_SPENT = re.compile(r"(?<=[费补助金])支出$")
_THREE_PUBLIC = re.compile(r"^(?:财政拨款)?三公经费(?:财政拨款|支出|决算)*$")
_UNIT = re.compile(r"\((?:人民币)?[万亿千]?[元份个人项]\)$")
_GENERIC = re.compile(
    r"(?:决算|执行|预算|支出|收入|实际|本年|完成)?(?:数|金额|额|合计|小计|总计)?|收入|支出|"
    r"(?:全年|年初|本年)?(?:预算|执行|决算)数|(?:实际|全年)?(?:支出|使用|执行)(?:金额|数|额)?|"
    r"(?:支付|到位|下达|拨付|分配|安排)?(?:金额|资金)|\d{4}年(?:度)?(?:支出|收入|决算|执行)?(?:数|金额)?"
)
_TOTAL = re.compile(r"合计|小计|总计")
_FUND = re.compile(r"(?:预算|财政)拨款$")
# A name of its own, also where a sentence gives it as a part of 总收入.
_THIS_YEAR = re.compile(r"本年(?:收入|支出)(?:合计)?$")
_FUND_FORMS = (
    ("政府性基金预算财政拨款", re.compile(r"政府性基金预算财政拨款(?:收入)?支出决算")),
    ("国有资本经营预算财政拨款", re.compile(r"国有资本经营预算财政拨款(?:收入)?支出决算")),
    ("一般公共预算财政拨款", re.compile(r"一般公共预算财政拨款(?:收入)?支出决算")),
    ("财政拨款", re.compile(r"财政拨款收入支出决算总表")),
)
_ASKED = re.compile(r"^(?:完成|是|比|较|占|为)")
# 教育支出(类)普通教育(款)小学教育(项)支出: the last of them is the name.
_LEVELS = re.compile(r"\((类|款|项)\)")
# 一般公共预算支出 is what the forms call 一般公共预算财政拨款支出.
_FUND_ALONE = re.compile(
    r"^(?:涉及|其中)?(一般公共预算|政府性基金预算|国有资本经营预算)(收入|支出)$"
)
# 收入总计 and 收、支总计 are what others call 总收入.
_GRAND = re.compile(r"(收入|支出)(?:决算)?总计$")
_BOTH_GRAND = re.compile(r"收(?:入)?[、和及]支(?:出)?(?:决算)?总计$")
_THIS_SPENT = re.compile(r"^本年支出(?:合计)?$")
# 总收入 is the grand total of the accounts to some and the income of the year to others.
_LOOSE = re.compile(r"(?:^|财政拨款)总(?:收入|支出)$")
_MOST = 3  # distinct values beyond which a name says too little


_YEAR = re.compile(r"(20\d\d)\s*年")
_BARE_YEAR = re.compile(r"(?:^| )(20\d\d)(?= |$)")
# 满意度2022(%), 2023得分.
_YEAR_BESIDE = re.compile(r"(?<![\d.,:/\-—〔\[])(20\d\d)(?![\d.,:/\-—〕\]]|\s*[号元人名个])")
# 比2022年增减, 比上年增减额: what a change is counted from is no year of its own.
_AGAINST = re.compile(
    r"(?:比|较|与|同|跟)\s*(?:20\d\d\s*年?度?|上年度?|去年|上一年度?|上期)(?=[^\s,，;；]{0,8}[增减升降多少变涨])"
)
_PREVIOUS = re.compile(r"上年|去年|上一年|上期")


def header_year(path: Sequence[str]) -> tuple[str, bool]:
    """The year that a column's header names, or "", and whether it says 上年."""
    joined = _AGAINST.sub(" ", fold(" ".join(path)))
    match = _YEAR.search(joined) or _BARE_YEAR.search(joined)
    beside = set(_YEAR_BESIDE.findall(joined)) if match is None else set()
    year = match[1] if match else beside.pop() if len(beside) == 1 else ""
    return year, bool(_PREVIOUS.search(joined))


def is_cell(figure: Figure) -> bool:
    """True for a figure that is a whole table cell, not a number in a sentence."""
    return figure.locator.table is not None and not figure.sentence


def fact_key(name: str) -> str:
    """The form of a name by which facts are compared: 2023年度本部门总收入 gives 总收入."""
    key = _YEARED.sub("", _item(compact(name)))
    key = _MARKS.sub("", _OWN.sub("", _BOTH_GRAND.sub("总收入", key)))
    key = _FUND_ALONE.sub(r"\1财政拨款\2", _GRAND.sub(r"总\1", key))
    if _THREE_PUBLIC.match(key):
        return "三公经费"
    while True:
        shorter = _FEE_SPENT.sub("", _END.sub("", key))
        if shorter == key or len(shorter) < 2:
            return key
        key = shorter


def is_loose(key: str) -> bool:
    """True for a key under which reports give now one total, now another."""
    return _LOOSE.search(key) is not None


def _item(name: str) -> str:
    """The item of the classification that a name ends in, or the name itself."""
    pieces = _LEVELS.split(name)
    if len(pieces) < 3:
        return name
    item, level = pieces[-3], pieces[-2]
    return f"{item}支出" if level == "类" and not item.endswith("支出") else item


def prose_key(figure: Figure) -> str:
    """The key of a figure in a sentence: its own name, or its subject where it only measures it."""
    last = figure.metric.rpartition(" ")[2]
    if figure.role is Role.BUDGET and _ASKED.match(last):
        return fact_key(figure.subject)
    return fact_key(last if _THIS_YEAR.match(last) else figure.metric)


def own_key(figure: Figure) -> str:
    """The key of a figure in a sentence without the lead of its paragraph before its subject."""
    start = figure.metric.find(figure.subject) if figure.subject else -1
    return fact_key(figure.metric[start:]) if start > 0 else prose_key(figure)


def cell_key(table: Table, figure: Figure) -> str:
    """The key of a cell: its row's label, its column's, or both, whichever say what it is.

    A total row leaves the naming to the column, a column of amounts or of marks to the row.
    本年收入 and 本年支出 of a form for one fund are that fund's.
    """
    key = _cell_key(table, figure)
    if key in ("本年收入", "本年支出", "总收入", "总支出"):
        title = compact(table.title)
        fund = next((fund for fund, words in _FUND_FORMS if words.search(title)), "")
        return f"{fund}{key.removeprefix('本年')}" if fund else key
    return key


def _cell_key(table: Table, figure: Figure) -> str:
    row, column = figure.locator.row or 0, figure.locator.column or 0
    info = table.row_at(row, column)
    label = info.path[-1] if info.path else ""
    path = table.columns[column].path
    leaf = _leaf(path)
    side = compact(path[0]) if path and compact(path[0]) in ("收入", "支出") else ""
    if side and compact(label) == "总计" and not leaf:
        return f"总{side}"
    bare_total = not label or (info.total and _TOTAL.fullmatch(compact(label)) is not None)
    # 预算数 and 决算数 of a table that lies on its side: its columns say what they are of.
    measured = bool(leaf) and _GENERIC.fullmatch(compact(label)) is not None
    if bare_total or measured:
        named = leaf or ("三公经费" if "三公" in table.title else label)
        return fact_key(named)
    if figure.role is not Role.VALUE or not leaf:
        if len(info.path) == 1 and _FUND.search(label):
            label += side
        return fact_key(label)
    if not info.total and _THIS_SPENT.match(leaf):
        return fact_key(label)
    if info.total and _FUND.search(leaf):
        return fact_key(
            leaf + ("支出" if "支出" in label else "收入" if "收入" in label else label)
        )
    return fact_key(f"{label}{leaf}")


def _leaf(path: Sequence[str]) -> str:
    """The innermost header that says what the column holds; "" where it only says 金额."""
    for header in reversed(path):
        plain = _UNIT.sub("", compact(header))
        if not _TOTAL.fullmatch(plain):
            return "" if _GENERIC.fullmatch(plain) else plain
    return ""


class Names:
    """The figures of a document by part, period, role and name: one figure for each value."""

    def __init__(self, document: Document) -> None:
        self._found: dict[tuple[int, str, Role, str], dict[Decimal, Figure]] = defaultdict(dict)
        self._finest: dict[tuple[Decimal, int, str, str], Figure] = {}
        self._keys = {figure.no: self.key(document, figure) for figure in document.figures}
        for figure in document.figures:
            key = self._keys[figure.no]
            if len(key) >= 2 and figure.quantity.base:
                values = self._found[figure.part, figure.period, figure.role, key]
                if len(values) <= 2 * _MOST:
                    values.setdefault(figure.quantity.base, figure)
                same = (figure.quantity.base, figure.part, figure.period, key)
                if _finer(figure, self._finest.setdefault(same, figure)):
                    self._finest[same] = figure

    def sharpened(self, figure: Figure) -> Figure:
        """The figure with the precision of the same value printed more finely under its name.

        A sentence drops the zero of 8.10 that the table prints: its 8.1 is no 8.05 to 8.15.
        """
        key = self.of(figure)
        twin = self._finest.get((figure.quantity.base, figure.part, figure.period, key))
        if twin is None or twin.quantity.unit != figure.quantity.unit or not _finer(twin, figure):
            return figure
        low, high = twin.quantity.low, twin.quantity.high
        return replace(figure, quantity=replace(figure.quantity, low=low, high=high))

    def of(self, figure: Figure) -> str:
        """The key of a figure of the document."""
        return self._keys[figure.no]

    @staticmethod
    def key(document: Document, figure: Figure) -> str:
        """The key of any figure, in a sentence or in a cell."""
        number = figure.locator.table
        if number is not None and is_cell(figure):
            table = document.tables[number]
            column = table.columns[figure.locator.column or 0]
            return cell_key(table, figure) if column.role is ColumnRole.VALUE else ""
        return prose_key(figure)

    def find(
        self, name: str, like: Figure, roles: Iterable[Role], dimension: Dimension | None = None
    ) -> list[Figure]:
        """One figure for each value known by a name, in the part and period of `like`.

        Empty where the name stands for more than three values: it then says too little.

        Args:
            name: the name as the text has it.
            like: gives part and period, and the unit unless `dimension` is given.
            roles: the roles looked for.
            dimension: what the unit must measure.
        """
        key = fact_key(name)
        known = [
            figure
            for role in roles
            for figure in self._found.get((like.part, like.period, role, key), {}).values()
        ]
        fitting = {
            figure.quantity.base: figure
            for figure in reversed(known)
            if _fits(figure.quantity.unit, like, dimension)
        }
        return list(reversed(fitting.values())) if len(fitting) <= _MOST else []


def _finer(figure: Figure, other: Figure) -> bool:
    """True where a figure is printed to more decimals, in 元, than another of the same value."""
    ends = (figure.quantity.high, other.quantity.high)
    if ends[0] is None or ends[1] is None or figure.quantity.approx:
        return False
    mine = (ends[0] - figure.quantity.value) * figure.quantity.unit.factor
    return mine < (ends[1] - other.quantity.value) * other.quantity.unit.factor


def _fits(unit: Unit, like: Figure, dimension: Dimension | None) -> bool:
    if dimension is not None:
        return unit.dimension is dimension
    return unit.compatible(like.quantity.unit)
