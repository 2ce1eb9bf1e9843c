"""The units that lines around a table state for it: one for all, several, one for a run of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from ingest.model import Column, ColumnRole, Table
from ingest.quantity import Dimension, Unit
from ingest.reading.text import compact
from ingest.reading.units import parse_unit
from ingest.tables.cellsyntax import is_plain_number
from ingest.tables.columns import ListedUnit, money_unit

_MONEY_WORDS = r"(?:人民币)?(?P<unit>[千百]?[万亿]?元)"
# 金额单位：万元 above a row of tables, 以下各表单位均为元: a line that says the unit and no more.
_UNIT_OF_ALL = re.compile(
    r"[(]?(?:(?:以下|下列|本部分|本套)?(?:各|所有|全部)?(?:表格?|报表)[中的]?)?(?:金额|货币|计量)?"
    rf"单位(?:均|统一)?[为:]{_MONEY_WORDS}[)。]?"
)
# 以下各表金额单位均为元；“上年数”为2023年度决算数。A sentence that goes on.
_UNIT_OF_SET = re.compile(
    r"[(]?(?:除?(?:如无|特别|另有|有|外|另行|注明|说明|标注|无|者|的|,)+)?"
    r"(?:(?:以下|下列|下述|后附|所附|附件)[^;。:,]{0,8}表格?|本(?:报告|套报表|部分|章|文|说明|附件)|(?:报告|文)中)"
    rf"[^;。,]{{0,12}}?(?:单位|金额)(?:均|统一|一律|都)?(?:为|是|:|以){_MONEY_WORDS}(?:为(?:计量|货币)?单位|计|表示|列示)?(?=[);。,]|$)"
)
# 三、附表（单位：元）: a heading that states the unit of the tables below it.
_UNIT_OF_HEADING = re.compile(
    rf"[(](?:[^():]{{0,10}}单位|金额)(?:均|统一|都)?(?:为|是|:){_MONEY_WORDS}[)]$"
)
# 表内金额以万元计, 上表金额单位为万元, 运营补贴以万元计: one clause of a note, and what it is said of.
_CLAUSE = re.compile(
    r"(?P<of>.{0,18}?)(?:(?:的)?(?:计量|货币|计价)?单位(?:均|统一|一律|都)?(?:为|是|以|:)|(?:金额|资金|经费):|"
    r"(?:均|统一|一律|都)?以(?=.{1,6}(?:计|为单位|列示|表示|反映)$))"
    r"(?:人民币)?(?P<unit>[^:,;。()]{1,6}?)(?:计|为单位|列示|表示|反映)?"
)
_NOTE = re.compile(r"[(]|(?:备|附)?注\d{0,2}:|说明:|以上|上表|表[中内]|本表")
_LEAD = re.compile(r"^(?:(?:备|附)?注\d{0,2}:|说明:|\d[.、]|[(])+")
# What a clause says of the whole table: 表中金额的, 表1-2资金到位情况.
_OF_WHOLE = re.compile(
    r"(?:以上|上述|上列|以下)?(?:本|上|该|此|各|下)?(?:章及第.章|章|部分)?(?:各|所有|全部)?(?:表格?)?[\d.-]{0,5}(?:[一-鿿]{2,10}情况)?[中内]?"
    r"(?:所列|列示)?(?:的)?(?:金额|资金|数据|数字)?(?:栏|列)?(?:的)?(?:金额|计量)?(?:的)?"
)
_GOES_ON = re.compile(r"下同|本章|本部分|各表|全文|以下|第.章")
_LIST = re.compile(
    r"(?:(?P<word>[\u4e00-\u9fff]{0,4}?)单位|(?P<kind>金额|资金|经费|投资额?)):(?P<units>[^:;()]{1,40})"
)
# 金额：万元；单位成本：元/人次: the unit of the columns that hold the word.
_NAMED = re.compile(r"(?:^|[;,(])(?P<word>[\u4e00-\u9fff]{2,8}):(?P<unit>[^:;,()]{1,8})(?=[;,)]|$)")
_NOT_KINDS = ("", "计量", "数据", "货币")
_AMOUNT = re.compile(r"(?<![\d.,])(\d[\d,]*\.\d{1,6})(亿元|万元|元)")
_DIGITS = 4  # of an amount that two tables hardly share by chance, with its point
_TABLES = 2  # that state the unit usual in a report, at least
_WITNESSES = 2  # amounts of a table that sentences state with the unit, at least


def unit_of_all(text: str) -> Unit | None:
    """The money unit that a line of its own states for the tables below it."""
    return _told(_UNIT_OF_ALL.fullmatch(compact(text)))


def unit_of_set(text: str) -> Unit | None:
    """The money unit that a sentence states for a report's tables: 以下各表金额单位均为元；…"""
    plain = compact(text)
    found = (_UNIT_OF_SET.match(sentence) for sentence in re.split(r"(?<=[。;])", plain))
    return _told(next((match for match in found if match), None))


def unit_of_heading(text: str) -> Unit | None:
    """The money unit that a heading states for the tables below it: 三、附表（单位：元）."""
    return _told(_UNIT_OF_HEADING.search(compact(text)))


class UnitsBelow(NamedTuple):
    """What a note below a table states of its units.

    Attributes:
        unit: of all its amounts.
        listed: of the columns whose header holds the word.
        goes_on: the tables that follow are meant as well (下同).
    """

    unit: Unit | None
    listed: tuple[ListedUnit, ...]
    goes_on: bool


def units_below(text: str) -> UnitsBelow:
    """The units that a line below a table states for it: 注：上表金额单位为万元。"""
    plain = compact(text)
    if not (_NOTE.match(plain) or re.match(r"(?:金额|货币|计量)?单位", plain)):
        return UnitsBelow(None, (), False)
    unit: Unit | None = None
    listed: list[ListedUnit] = []
    for clause in re.split(r"[;,。()]", _LEAD.sub("", plain)):
        found = _CLAUSE.fullmatch(clause)
        named = _unit_named(found["unit"]) if found else None
        if found is None or named is None:
            continue
        if _OF_WHOLE.fullmatch(found["of"]) and named.dimension is Dimension.MONEY:
            unit = unit or named
            continue
        for word in re.split("[、和及]", found["of"]):
            bare = re.sub(r"^表[中内]|[栏列]?(?:的)?(?:金额|数据)?[栏列]?$", "", word)
            if len(bare) > 1:
                listed.append(ListedUnit(bare, named))
    return UnitsBelow(unit, tuple(listed), bool(_GOES_ON.search(plain)))


def _unit_named(name: str) -> Unit | None:
    return money_unit(f"({name})") or parse_unit(name)


def _told(found: re.Match[str] | None) -> Unit | None:
    return money_unit(f"({found['unit']})") if found else None


def listed_units(text: str) -> tuple[ListedUnit, ...]:
    """The units that a line states for different columns, each with the word that it is for.

    （单位：个、万元、天、万人次） states them without words, （长度单位：公里；金额单位：万元） with them.
    Empty where it states one unit or none.
    """
    found: list[ListedUnit] = []
    plain = compact(text)
    for part in _LIST.finditer(plain):
        word = "" if (part["word"] or "") in _NOT_KINDS else part["word"]
        for name in re.split(r"[、,/和及]", part["units"]):
            unit = money_unit(f"({name})") or parse_unit(name)
            if unit is None:
                return ()
            found.append(ListedUnit(word, unit))
    for named in _NAMED.finditer(plain):
        unit = parse_unit(named["unit"])
        if (
            unit is not None
            and found
            and not re.search(r"单位$|^(?:金额|资金|经费|投资额?)$", named["word"])
        ):
            found.append(ListedUnit(named["word"], unit))
    return tuple(found) if len(found) > 1 else ()


def listed_money(units: Iterable[ListedUnit]) -> Unit | None:
    """The one unit of money among the listed ones."""
    money = {listed.unit for listed in units if listed.unit.dimension is Dimension.MONEY}
    return money.pop() if len(money) == 1 else None


def amounts_told(texts: Iterable[str]) -> dict[str, frozenset[str]]:
    """The amounts that sentences state, each with the units of money that they state it in."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for amount, unit in _AMOUNT.findall(compact(text)):
            found.setdefault(amount.replace(",", ""), set()).add(unit)
    return {amount: frozenset(units) for amount, units in found.items()}


def amounts_tabled(tables: Iterable[Table]) -> dict[str, frozenset[str]]:
    """The amounts of four digits and more in tables that state their unit of money."""
    found: dict[str, set[str]] = {}
    for table in tables:
        if table.unit is None or table.unit.dimension is not Dimension.MONEY:
            continue
        columns = [i for i, c in enumerate(table.columns) if c.unit == table.unit]
        for row in table.rows:
            for text in (compact(row[column].text).replace(",", "") for column in columns):
                if re.fullmatch(r"\d+\.\d+", text) and len(text) > _DIGITS:
                    found.setdefault(text, set()).add(table.unit.symbol)
    return {amount: frozenset(units) for amount, units in found.items()}


def unit_by_amounts(table: Table, told: dict[str, frozenset[str]]) -> Unit | None:
    """The unit in which sentences state amounts of a table that states none itself."""
    columns = [i for i, c in enumerate(table.columns) if _is_open(c)]
    amounts = {
        plain
        for row in table.rows
        for column in columns
        if is_plain_number(row[column].text)
        and re.fullmatch(r"\d+\.\d+", plain := compact(row[column].text).replace(",", ""))
        and Decimal(plain)
    }
    units = [told[amount] for amount in amounts if amount in told]
    shared = frozenset.intersection(*units) if units else frozenset()
    if len(units) < _WITNESSES or len(shared) != 1:
        return None
    return money_unit(f"({next(iter(shared))})")


def usual_unit(tables: Iterable[Table], told: dict[str, frozenset[str]]) -> Unit | None:
    """The unit of money that every table which states one has, where most sentences use it too."""
    stated = [t.unit for t in tables if t.unit and t.unit.dimension is Dimension.MONEY]
    if len(stated) < _TABLES or len(set(stated)) != 1:
        return None
    uses = [stated[0].symbol in units for units in told.values()]
    return stated[0] if sum(uses) > len(uses) / 2 else None


def _is_open(column: Column) -> bool:
    return column.role is ColumnRole.VALUE and column.unit is None
