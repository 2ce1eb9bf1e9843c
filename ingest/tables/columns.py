"""What each column of a table holds: its role and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.model import Column, ColumnRole
from ingest.quantity import NUMBER, PERCENT, SCORE, WAN_YUAN, YI_YUAN, YUAN, Dimension, Unit
from ingest.reading.text import compact
from ingest.reading.units import parse_unit
from ingest.tables.cellsyntax import is_numeric, is_placeholder, is_plain_number
from ingest.tables.grid import Grid
from ingest.tables.row_names import (
    LABEL_WORD,
    NAME_WORD,
    SUM_WORD,
    TARGET_WORD,
    TEXT_WORD,
    are_months,
    are_names,
    are_short,
    names_parts,
    names_rows,
    names_within,
    not_sums,
    tells_apart,
    within,
)

_SAMPLE = 400
_SHORT_WORD = 6
_MONEY: dict[str, Unit] = {
    "元": YUAN,
    "人民币元": YUAN,
    "千元": Unit(Dimension.MONEY, "千元", Decimal(1000)),
    "万元": WAN_YUAN,
    "人民币万元": WAN_YUAN,
    "百万元": Unit(Dimension.MONEY, "百万元", Decimal(1_000_000)),
    "亿元": YI_YUAN,
}
_UNIT_LABEL = re.compile(
    r"(?:单位(?:(?:均|统一|都|一律)?[为是])?:?|(?:金额|资金|经费|投资额?|计价):)(?:人民币)?([千百]?[万亿千]?元)"
)
_ANY_UNIT = re.compile(r"单位:([^:()、,，]{1,6})(?:[)]|$)")
_END_UNIT = re.compile(r"[\u4e00-\u9fff]\(([^()一二三四五六七八九十\d]{1,3})\)$")  # 调查结果(份)
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,6})[)\]]")
_COUNTED = (Dimension.COUNT, Dimension.MEASURE, Dimension.DURATION)
_LISTABLE = (*_COUNTED, Dimension.NUMBER)
_SCORE_WORD = re.compile(
    r"均分$|考核分$|分值|得分|评分$|满分|扣分|标准分|自评分|^分数$|权重分|总分$|综合分$"
)
_NO_SCORE = re.compile(r"标准|说明|原因|依据|情况|细则|办法|方法|率")
_RATE_WORD = re.compile(r"率$|率\(|占比|比重|比例|百分比|%|增幅|降幅")
_COUNT_WORD = re.compile(
    r"数量|人数|个数|次数|户数|宗数|件数|份数|项数|辆数|台数|套数|编制|在职|退休|离休|学生|人次|"
    r"面积|频次|期限|天数|年限|年度$|系数|排名|(?:里程|长度|宽度|高度|深度|库容|容量|重量|产量|亩数|管网)(?=$|[(])|"
    r"(?:项目|合同|学校|机构|单位|企业|家庭|[村户]|场次|班级?|标段|床位|车辆|设备)数|"
    r"^[已未待](?:到货|验收|安装|投用|投入使用|开工|完工|竣工|交付|入库|整改|办结)[数量]?$"
)
# Of whom there are so many, unless the header above says that money is spent on them.
_PEOPLE_WORD = re.compile(
    r"(?:教师|教职工|学生|职工|员工|人员|民警|干部|农户|群众|游客|观众|读者|老人|儿童|幼儿)(?=$|[(])"
)
_MONEY_WORD = re.compile(
    r"金额|预算|决算|收入|支出|结余|结转|合计|小计|总计|总额|资金|拨款|费|款|基金(?!会)|国有资本|执行数|原值|净值|价值|"
    r"资产|负债|单价|总价|投资|差额|增减|上年数|本年数|年初数|年末数|期末|期初|余额|发生额|缴|补助|奖补|补贴(?:额|款|资金|金额|支出)?$|(?<![名学])额$"
)
# 接待人次, 全年开放天数: the header's last word says what is counted.
_COUNTED_NOUN = re.compile(
    r"(?:(人次)|([人户件份辆台套宗次项家天名批场起]|床位|车辆)数|(编制)数?)(?:\(.*)?$"
)
_MARKED = re.compile(r"[\u4e00-\u9fff]\((\d{1,3}(?:\.\d)?)(分?)\)$")  # 资金分配(20分), 决策(20)
_LINE_WORD = re.compile(r"^(?:行次|栏次|行号)$")
_CODE_WORD = re.compile(r"编码|代码|编号|^序号?$|^序号|^(?:类|款|项)$|^号$|^No\.?$", re.IGNORECASE)
_NAME_HEADER = re.compile(
    r"(?:指标|项目|科目|名称|内容|类别|县区|区县|地区|乡镇|单位|部门|学校|事项|费用)$"
)


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """One of several units that a line above a table states, and the word of its columns, if any."""

    word: str
    unit: Unit


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


def caption_unit(text: str) -> Unit | None:
    """The unit of any kind that a caption states: 单位：万元, （单位：公里）."""
    money = money_unit(text)
    if money is not None:
        return money
    stated = _ANY_UNIT.search(compact(text)) or _END_UNIT.search(compact(text))
    found = parse_unit(stated.group(1)) if stated else None
    return found if found is not None and found.dimension in _COUNTED else None


def column_unit(path: Sequence[str], table_unit: Unit | None) -> Unit | None:
    """The unit of a column's figures: stated in its header, else implied by its words."""
    for header in reversed(path):
        stated = _stated_unit(compact(header))
        if stated is not None:
            return stated
    # 合计 below 救助人数 is a number of people.
    inner_first = path[::-1]
    last_of_all = sorted(inner_first, key=lambda h: bool(SUM_WORD.fullmatch(compact(h))))
    for header in last_of_all:
        implied = _implied_unit(compact(header))
        if implied is None and _PEOPLE_WORD.search(compact(header)):
            spent = any(_implied_unit(compact(other)) == YUAN for other in path)
            implied = None if spent else NUMBER
        if implied is None:
            continue
        if implied == NUMBER:
            return _counted(compact(header), table_unit)
        return table_unit if implied == YUAN else implied
    return None


def counted_noun(text: str) -> Unit | None:
    """The unit of what a label's last word counts: 接待人次, 增雨作业次数, 年末编制数."""
    named = _COUNTED_NOUN.search(compact(text))
    return parse_unit("人" if named[3] else named[1] or named[2]) if named else None


def _counted(header: str, table_unit: Unit | None) -> Unit:
    """The unit of counts: what the header's last word says, or the table where that fits."""
    own = counted_noun(header)
    if table_unit is None or table_unit.dimension is Dimension.MONEY:
        return own or NUMBER
    return own if own is not None and not own.compatible(table_unit) else table_unit


def _stated_unit(header: str) -> Unit | None:
    money = money_unit(header)
    if money is not None:
        return money
    marked = _MARKED.search(header)
    if marked and marked[2]:
        return SCORE
    for inner in _BRACKET.findall(header):
        if inner in ("%", "百分比"):
            return PERCENT
        if inner == "分":
            return SCORE
        counted = parse_unit(inner) if inner not in ("类", "款") else None
        if counted is not None and counted.dimension in _COUNTED:
            return counted
    return PERCENT if header.endswith("%") else None


def _implied_unit(header: str) -> Unit | None:
    """SCORE, PERCENT, NUMBER for counts, YUAN for any money; None where the words tell nothing."""
    if is_year(header):
        return None
    if _is_score(header):
        return SCORE
    if _RATE_WORD.search(header):
        return PERCENT
    if _COUNT_WORD.search(header):
        return NUMBER
    return YUAN if _MONEY_WORD.search(header) else None


# What the rows below years are called: 三年合计, 平均.
_YEAR_NAME = re.compile(r"(?:19|20)\d\d年?(?:度)?(?:\([\u4e00-\u9fff]{1,4}\))?")  # 2025年(计划)
_OF_YEARS = re.compile(r"(?:[两二三四五六七八九十]年)?(?:合计|小计|总计|累计|平均|均值)数?")


def is_year(text: str) -> bool:
    """True for a year and no more: 2023, 2023年, 2023年度."""
    return re.fullmatch(r"(?:19|20)\d\d年?(?:度)?", compact(text)) is not None


def column_role(
    path: Sequence[str], cells: Sequence[str], leading: bool, above: Sequence[str] | None
) -> ColumnRole:
    """The role of a column, from its header and the texts of its cells.

    Args:
        path: its header.
        cells: the texts of its body.
        leading: no column of figures or sentences stands left of it in its group.
        above: the body texts of the last label column left of it; None without one.
    """
    leaf = compact(path[-1]) if path else ""
    texts = [text for text in cells[:_SAMPLE] if text and not is_placeholder(text)]
    if _LINE_WORD.search(leaf):
        return ColumnRole.LINE
    if _CODE_WORD.search(leaf) and "名称" not in leaf:
        return ColumnRole.CODE
    if texts and re.fullmatch(r"(?:计量|度量|指标)?单位", leaf) and all(map(parse_unit, texts)):
        return ColumnRole.TEXT
    if not texts:
        over_all = above is None and not any(cells)  # a label printed in the header only
        if leading and (over_all or (NAME_WORD.search(leaf) and not TARGET_WORD.search(leaf))):
            return ColumnRole.LABEL
        return ColumnRole.VALUE if column_unit(path, YUAN) is not None else ColumnRole.TEXT
    by_numbers = _numeric_role(leaf, texts, leading, above)
    if by_numbers is not None:
        return by_numbers
    if leading and (names_rows(leaf, texts, above) or names_within(leaf, cells, above)):
        return ColumnRole.LABEL
    return ColumnRole.TEXT


def _numeric_role(
    leaf: str, texts: Sequence[str], leading: bool, above: Sequence[str] | None
) -> ColumnRole | None:
    """The role that the numbers of a column tell; None where most of it is no number.

    Where a column left of it (`above`) names the rows, numbers under a word are no codes.
    """
    named = above is not None
    numbers = sum(is_numeric(text) for text in texts)
    plain = sum(is_plain_number(text) for text in texts)
    years = sum(is_year(text) for text in texts)
    if (
        leading
        and years
        and not tells_apart(above, texts)
        and all(
            _YEAR_NAME.fullmatch(compact(text)) or _OF_YEARS.fullmatch(compact(text))
            for text in texts
        )
    ):
        return ColumnRole.LABEL
    if leading and not named and (_numbered_names(leaf, texts) or are_months(leaf, texts)):
        return ColumnRole.LABEL
    if numbers and (TARGET_WORD.search(leaf) or _is_score(leaf)):
        return ColumnRole.VALUE
    if years == len(texts) and (
        re.search(r"年份?$|年度$|时间$", leaf) or all("年" in text for text in texts)
    ):
        return ColumnRole.TEXT
    if numbers <= len(texts) / 2:
        # 延期天数 with 按期 between its numbers.
        short = max(map(len, texts)) <= _SHORT_WORD
        return ColumnRole.VALUE if numbers and short and counted_noun(leaf) else None
    counted = _implied_unit(leaf) or _stated_unit(leaf)
    coded = not named or not leaf or (LABEL_WORD.search(leaf) and min(map(len, texts)) > 2)
    if leading and coded and plain == numbers and _all_codes(texts) and not counted:
        return ColumnRole.CODE
    return (
        ColumnRole.CODE if leading and not named and _are_account_codes(texts) else ColumnRole.VALUE
    )


_NUMBERED_NAME = re.compile(r"[一-鿿A-Za-z\d]{1,7}[路线号组班栋楼标段期批区队村站]")


def _numbered_names(leaf: str, texts: Sequence[str]) -> bool:
    """1路, 2路, K1快线 under a header that counts nothing: names of lines, classes or houses."""
    told = [compact(text) for text in not_sums(texts)]
    names = all(_NUMBERED_NAME.fullmatch(text) for text in told) and len(set(told)) == len(told)
    numbered = sum(any(char.isdigit() for char in text) for text in told)
    few = len({text[-1] for text in told}) <= 2
    alike = names and few and len(told) > 1 and numbered * 2 > len(told)
    return alike and counted_noun(leaf) is None and _implied_unit(leaf) is None


def _is_score(leaf: str) -> bool:
    return bool(_SCORE_WORD.search(leaf)) and not _NO_SCORE.search(leaf)


def _all_codes(texts: Sequence[str]) -> bool:
    return all(re.fullmatch(r"\d{1,9}", compact(text)) for text in texts)


def _are_account_codes(texts: Sequence[str]) -> bool:
    """True for codes of accounts under any word, sums between: 208, 20805, 2080501, 合计."""
    codes = [compact(text) for text in texts if not SUM_WORD.search(compact(text))]
    roots = {code for code in codes if len(code) == 3}
    nested = sum(len(code) in (5, 7) and code[:3] in roots for code in codes)
    told = all(re.fullmatch(r"[1-5]\d{2}(?:\d\d){0,2}", code) for code in codes)
    return told and len(set(codes)) == len(codes) and nested > 0


def has_label_header(path: Sequence[str]) -> bool:
    """True when a column's header says that it names rows."""
    leaf = compact(path[-1]) if path else ""
    return bool(LABEL_WORD.search(leaf) or _CODE_WORD.search(leaf)) and not (
        TEXT_WORD.search(leaf) or TARGET_WORD.search(leaf)
    )


def _with_label(columns: list[Column], body: Grid, start: int, end: int) -> None:
    """Let a group's first column of short texts that differ name its rows, if none does yet."""
    if any(columns[index].role is ColumnRole.LABEL for index in range(start, end)):
        return
    valued = False
    for index in range(start, end):
        column = columns[index]
        valued = valued or column.role is ColumnRole.VALUE
        texts = [row[index].text for row in body if row[index].text]
        named = not valued or (bool(column.path) and _NAME_HEADER.search(compact(column.path[-1])))
        if column.role is ColumnRole.TEXT and named and end - start > 1 and are_names(texts):
            columns[index] = Column(column.path, ColumnRole.LABEL)
            return


def make_columns(
    paths: Sequence[tuple[str, ...]],
    body: Grid,
    groups: Sequence[tuple[int, int]],
    unit: Unit | None,
    listed: Sequence[ListedUnit] = (),
) -> tuple[Column, ...]:
    """The columns with their roles and units.

    Args:
        paths: their headers.
        body: the rows below.
        groups: the column ranges of tables beside each other.
        unit: what the table states for all of them.
        listed: units that it states for some of them.
    """
    columns: list[Column] = []
    above: Sequence[str] | None
    for start, end in groups:
        leading, above, attributed = True, None, False
        for index in range(start, end):
            cells = [row[index].text for row in body]
            role = column_role(paths[index], cells, leading, above)
            told = [text for text in cells if text and not is_placeholder(text)]
            if attributed and role is ColumnRole.LABEL and not _names_lines(told, cells, above):
                role = ColumnRole.TEXT
            if role is ColumnRole.LABEL and any(cells):
                above = within(above, cells)
            if role is ColumnRole.VALUE or (role is ColumnRole.TEXT and not are_short(told)):
                leading = False
            attributed = attributed or role is ColumnRole.TEXT
            own = _own_unit(paths[index], unit, listed) if role is ColumnRole.VALUE else None
            columns.append(Column(paths[index], role, own))
        _with_label(columns, body, start, end)
    return _with_marks(columns, body)


def _names_lines(told: Sequence[str], cells: Sequence[str], above: Sequence[str] | None) -> bool:
    """Whether the labels of a column, of which `told` say something, name lines or parts of them."""
    return names_parts(told, above or ()) or names_within("", cells, above)


def _own_unit(
    path: tuple[str, ...], unit: Unit | None, listed: Sequence[ListedUnit]
) -> Unit | None:
    """The unit of a column, where one of those that the table lists fits it."""
    own = column_unit(path, unit)
    measured = _measured(path, own, listed)
    if measured is not None:
        return measured
    if not listed or not path or (own is not None and own.dimension not in _LISTABLE):
        return own
    header = compact("".join(path))
    for one in listed:
        if one.word and one.word in header:
            return one.unit
    for one in listed:
        noun = one.unit.noun or one.unit.symbol
        if not one.word and one.unit.dimension in _COUNTED and noun in header:
            return one.unit
    if not re.search(r"数量?$", header) or (own is None and column_unit(path, YUAN) == YUAN):
        return own
    return next((one.unit for one in listed if one.unit.noun == "个"), own or NUMBER)


# Headers of columns that may hold amounts of money, or anything.
_OF_MONEY = re.compile(
    "[元价费款额钱]|资金|经费|支出|收入|预算|决算|投资|补助|补贴|造价|成本|合同|结算|到位|执行|拨|财政|中央|[省市县区镇]级|自筹|贷款|合计|小计|总计|年|月|季|结余|结转"
)
_MEASURED = (
    (re.compile("长度|里程|公里"), frozenset(["公里", "千米", "米"])),
    (re.compile("面积"), frozenset(["平方米", "平方公里", "公顷", "亩"])),
    (re.compile("方量|[淤水土石]量|体积|容积|库容"), frozenset(["立方米", "方"])),
    (re.compile("重量|产量|[粮肥]量"), frozenset(["吨", "公斤"])),
)


def _measured(path: tuple[str, ...], own: Unit | None, listed: Sequence[ListedUnit]) -> Unit | None:
    """The unit of 清淤量 in a table of 公里、万立方米、万元: no money; NUMBER where none of them fits."""
    header = compact("".join(path))
    plain = own is None or own.dimension in (Dimension.MONEY, Dimension.NUMBER)
    if not plain or _OF_MONEY.search(header):
        return None
    bare = [one.unit for one in listed if not one.word]
    fits = [unit for unit in bare if _measures(header, unit)]
    if len(fits) == 1:
        return fits[0]
    money = own is not None and own.dimension is Dimension.MONEY
    return NUMBER if money and any(u.dimension is Dimension.MEASURE for u in bare) else None


def _measures(header: str, unit: Unit) -> bool:
    """Whether a header speaks of what a unit measures (长度: 公里)."""
    plain = (unit.noun or unit.symbol).lstrip("百千万亿")
    return any(kind.search(header) and plain in units for kind, units in _MEASURED)


def full_mark(path: Sequence[str]) -> Decimal | None:
    """The full mark in a header: 资金分配（20分）, 决策（20）. Columns of parts of a score have one."""
    marked = _MARKED.search(compact(path[-1])) if path else None
    return Decimal(marked[1]) if marked else None


def _with_marks(columns: Sequence[Column], body: Grid) -> tuple[Column, ...]:
    """决策(20) | 过程(25): several columns with a number after their word that none of their cells
    is above hold scores."""
    found: set[int] = set()
    for index, column in enumerate(columns):
        mark = full_mark(column.path)
        if mark is None or column.role is not ColumnRole.VALUE or column.unit is not None:
            continue
        texts = [compact(row[index].text) for row in body if row[index].text]
        numbers = [Decimal(text) for text in texts if re.fullmatch(r"\d{1,3}(?:\.\d+)?", text)]
        if numbers and max(numbers) <= mark:
            found.add(index)
    if len(found) < 2:
        return tuple(columns)
    return tuple(
        replace(column, unit=SCORE) if index in found else column
        for index, column in enumerate(columns)
    )
