"""The units that lines around a table state for it: one for all, several, one for a run of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from ingest.cellsyntax import is_plain_number
from ingest.columns import ListedUnit, money_unit
from ingest.model import Column, ColumnRole, Table
from ingest.quantity import Dimension, Unit
from ingest.text import compact
from ingest.units import parse_unit

_MONEY_WORDS = r"(?:人民币)?(?P<unit>[千百]?[万亿]?元)"
# 金额单位：万元 above a row of tables, 以下各表单位均为元: a line that says the unit and no more.
_UNIT_OF_ALL = re.compile(
    r"[(]?(?:(?:以下|下列|本部分|本套)?(?:各|所有|全部)?(?:表格?|报表)[中的]?)?(?:金额|货币|计量)?"
    rf"单位(?:均|统一)?[为:]{_MONEY_WORDS}[)。]?"
)
# 注：上表金额单位为万元。
_UNIT_BELOW = re.compile(
    r"(?:注|说明|备注)?[:]?(?:以上|上述|上列)?(?:本|上|该|此|各)?表?[中内]?(?:所列)?(?:金额|资金|数据)?(?:的)?"
    rf"(?:计量|货币)?单位(?:均|统一)?[为:]{_MONEY_WORDS}[)。;]?"
)
_LIST = re.compile(r"(?P<word>[\u4e00-\u9fff]{0,4}?)单位:(?P<units>[^:;()]{1,40})")
_NOT_KINDS = ("", "计量", "数据", "货币")
_AMOUNT = re.compile(r"(?<![\d.,])(\d[\d,]*\.\d{1,6})(亿元|万元|元)")
_TABLES = 2  # that state the unit usual in a report, at least
_WITNESSES = 2  # amounts of a table that sentences state with the unit, at least


def unit_of_all(text: str) -> Unit | None:
    """The money unit that a line of its own states for the tables below it."""
    return _told(_UNIT_OF_ALL, text)


def unit_below(text: str) -> Unit | None:
    """The money unit that a line below a table states for it: 注：上表金额单位为万元。"""
    return _told(_UNIT_BELOW, text)


def _told(pattern: re.Pattern[str], text: str) -> Unit | None:
    found = pattern.fullmatch(compact(text))
    return money_unit(f"({found['unit']})") if found else None


def listed_units(text: str) -> tuple[ListedUnit, ...]:
    """The units that a line states for different columns, each with the word that it is for.

    （单位：个、万元、天、万人次） states them without words, （长度单位：公里；金额单位：万元） with them.
    Empty where it states one unit or none.
    """
    found: list[ListedUnit] = []
    for part in _LIST.finditer(compact(text)):
        word = "" if part["word"] in _NOT_KINDS else part["word"]
        for name in re.split(r"[、,/和及]", part["units"]):
            unit = money_unit(f"({name})") or parse_unit(name)
            if unit is None:
                return ()
            found.append(ListedUnit(word, unit))
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
