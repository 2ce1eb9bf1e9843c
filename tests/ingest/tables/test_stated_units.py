"""Where a table's unit of money is stated: above it, in a heading, in a note below, for a chapter."""

from __future__ import annotations

import pytest

from ingest.model import Document
from ingest.pipeline import read_document
from ingest.quantity import WAN_YUAN, YUAN, Unit
from ingest.tables.stated_units import unit_of_heading, unit_of_set, units_below

_TABLE = "项目\t预算数\t决算数\n路灯维护\t1,200.00\t1,180.55\n河道保洁\t860.00\t851.32\n"


def read(text: str) -> Document:
    return read_document(text.encode(), "报告2023.txt")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("三、附表（单位：元）", YUAN),
        ("第二部分 2023年度部门决算表（本部分金额单位均为万元）", WAN_YUAN),
        ("二、收支决算（本章各表金额单位：万元）", WAN_YUAN),
        ("表1-1 补贴情况（金额：万元）", WAN_YUAN),
        ("三、编报范围内的单位（元）", None),
        ("一、主管单位为万元县财政局", None),
    ],
)
def test_of_a_heading(text: str, unit: Unit | None) -> None:
    assert unit_of_heading(text) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("以下各表金额单位均为元；“上年数”为2023年度决算数。", YUAN),
        ("如无特别说明，本报告金额单位为万元。", WAN_YUAN),
        ("本部门所属单位共5个。", None),
    ],
)
def test_of_all_tables(text: str, unit: Unit | None) -> None:
    assert unit_of_set(text) == unit


@pytest.mark.parametrize(
    ("text", "unit", "words", "goes_on"),
    [
        ("注：上表金额单位为万元。", WAN_YUAN, (), False),
        ("注：表内金额以万元计。", WAN_YUAN, (), False),
        ("（金额：万元；执行率=实际支出÷调整后预算）", WAN_YUAN, (), False),
        ("注：表1-2 资金到位情况，单位：万元；到位数截至年末。", WAN_YUAN, (), False),
        ("说明：表中金额的计量单位为万元，下同。", WAN_YUAN, (), True),
        ("注：本章及第三章表格金额单位均为元。", YUAN, (), True),
        ("注：台数单位为台，金额单位为元。", YUAN, ("台数",), False),
        ("说明：机构以家计，托位以个计，运营补贴以万元计。", None, ("机构", "托位", "运营补贴"), False),
        ("注：预算、支出栏单位为万元。", None, ("预算", "支出"), False),
        ("注：抽查出勤率由评价组点名计算。", None, (), False),
        ("全年支出595.04万元，结余24.96万元。", None, (), False),
    ],
)  # fmt: skip
def test_of_a_note(text: str, unit: Unit | None, words: tuple[str, ...], goes_on: bool) -> None:
    found = units_below(text)
    assert (found.unit, tuple(one.word for one in found.listed)) == (unit, words)
    assert found.goes_on is goes_on


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        (f"一、支出\n\n金额：万元\n{_TABLE}\n以上为全部项目。\n", WAN_YUAN),
        (f"一、支出\n\n{_TABLE}注：表内金额以万元计。\n", WAN_YUAN),
        (f"一、附表（单位：元）\n\n附表1 收入\n{_TABLE}\n附表2 支出\n{_TABLE}", YUAN),
    ],
)
def test_every_table_has_it(text: str, unit: Unit) -> None:
    units = {f.quantity.unit for f in read(text).figures if f.locator.table is not None}
    assert units == {unit}


def test_amounts_under_bare_years_are_of_the_unit_told() -> None:
    found = read(
        "附表（单位：元）\n\n附表6 基本支出决算表（按经济分类）\n"
        "科目\t2023年\t上年数\n办公费\t286,417.35\t312,600.00\n差旅费\t412,386.50\t365,700.00\n"
    )
    assert {f.quantity.unit for f in found.figures} == {YUAN}
    assert [f.period for f in found.figures] == ["2023", "2022", "2023", "2022"]


def test_a_column_called_by_a_year_holds_amounts_and_no_counts() -> None:
    found = read("表1 收入（单位：万元）\n项目\t2021年度\t2022年度\n其他收入\t882.54\t953.17\n")
    assert {f.quantity.unit for f in found.figures} == {WAN_YUAN}


def test_counts_beside_amounts_keep_their_own_units() -> None:
    found = read(
        "表3 各镇托育情况\n镇\t托育机构\t运营补贴\n东沙镇\t11\t92.40\n西沙镇\t7\t61.55\n"
        "说明：机构以家计，运营补贴以万元计。\n"
    )
    told = {f.column_path[-1]: f.quantity.unit.symbol for f in found.figures}
    assert told == {"托育机构": "家", "运营补贴": "万元"}


def test_a_note_between_title_and_grid() -> None:
    found = read(f"表4 执行情况\n注：本表金额单位为万元，执行率＝执行数/预算数。\n{_TABLE}")
    assert {f.quantity.unit for f in found.figures} == {WAN_YUAN}


def test_lengths_and_people_are_no_money() -> None:
    found = read(
        "项目情况（单位：万元）\n项目\t修复里程\t专任教师\t支出\n甲路\t18.4\t118\t1,887.36\n乙路\t9.3\t103\t604.15\n"
    )
    told = {f.column_path[-1]: f.quantity.unit for f in found.figures}
    assert told["支出"] == WAN_YUAN
    assert WAN_YUAN not in (told["修复里程"], told["专任教师"])
