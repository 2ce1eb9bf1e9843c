"""Comparisons over the made-up reports of one unit and its project, and over pairs of reports."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from eval.memory import MemoryLibrary
from ingest.model import Document
from ingest.pipeline import read_document
from qa.compare.codec import comparison_to_json
from qa.compare.comparison import compare
from qa.compare.model import Cell, Comparison, Kind, Origin, Row
from qa.compare.request import Request, read_years
from qa.model import Check

DATA = Path(__file__).parents[1] / "data" / "compare"
BODY = "云岭市水务局"


def compared(library: MemoryLibrary, question: str = "", **named: tuple[str, ...]) -> Comparison:
    return compare(library, tuple(library.parts()), Request(question, **named), threshold=0.55)


def accounts(year: int, text: str, body: str = BODY) -> Document:
    head = f"{year}年度{body}部门决算\n\n一、情况说明\n\n"
    return read_document((head + text + "\n").encode(), f"{body}{year}.txt")


def of(*documents: Document) -> MemoryLibrary:
    return MemoryLibrary.of(documents)


def row_of(comparison: Comparison, metric: str) -> Row:
    return next(row for row in comparison.rows if row.metric == metric)


def numbers(row: Row) -> list[str | None]:
    return [cell.value.number if cell.value else None for cell in row.cells]


def kinds(comparison: Comparison) -> set[Kind]:
    return {caution.kind for caution in comparison.warnings}


@pytest.fixture(scope="module")
def rivers() -> MemoryLibrary:
    return MemoryLibrary(sorted(DATA.glob("*.txt")))


def test_a_question_gives_rows_of_metrics_over_years(rivers: MemoryLibrary) -> None:
    found = compared(rivers, "比较临江区河道管理局2021年和2022年的本年收入合计、三公经费")
    assert found.columns == ("2021", "2022")
    assert [row.metric for row in found.rows] == ["本年收入合计", "三公经费"]
    assert numbers(found.rows[0]) == ["2310.40", "2548.60"]
    (step,) = found.rows[0].changes
    assert step.amount is not None
    assert step.growth is not None
    assert (step.amount.number, step.growth.number) == ("238.20", "10.31")
    assert step.growth.low is not None
    assert step.growth.high is not None
    assert step.growth.low < Decimal("10.31") < step.growth.high


def test_options_do_the_same_as_a_question(rivers: MemoryLibrary) -> None:
    asked = compared(rivers, "比较临江区河道管理局2021年和2022年的三公经费")
    named = compared(
        rivers, units=("临江区河道管理局",), metrics=("三公经费",), years=("2021-2022",)
    )
    assert [numbers(row) for row in asked.rows] == [numbers(row) for row in named.rows]


def test_a_project_that_changes_its_general_word_is_one(rivers: MemoryLibrary) -> None:
    found = compared(rivers, "比较河道清淤整治项目2021年到2022年的预算执行率")
    (row,) = found.rows
    assert numbers(row) == ["96.00", "97.50"]
    assert found.alignments
    assert not found.guesses


def test_years_without_a_report_are_named(rivers: MemoryLibrary) -> None:
    found = compared(rivers, "比较临江区河道管理局2020到2021年的三公经费")
    assert [cell.origin for cell in found.rows[0].cells] == [Origin.MISSING, Origin.OWN]
    assert any("没有2020年的报告" in caution.text for caution in found.warnings)
    assert found.missing == ("海州市临江区河道管理局 三公经费 2020年",)


def test_the_year_before_the_first_report_is_worked_out_and_said_so(rivers: MemoryLibrary) -> None:
    found = compared(
        rivers, "比较临江区水务管理局2022年和2023年的本年收入合计", years=("2022-2023",)
    )
    assert found.rows[0].cells[0].origin is Origin.IMPLIED
    assert numbers(found.rows[0]) == ["2548.60", "2701.30"]
    assert Kind.IMPLIED in kinds(found)


def test_what_is_not_named_or_not_there_gives_a_reason(rivers: MemoryLibrary) -> None:
    assert not compared(rivers, "比较三公经费").rows
    gone = compared(rivers, "比较海州市教育局2021年到2022年的三公经费")
    assert not gone.rows
    assert "教育局" in gone.reason


class Pair(NamedTuple):
    """Last year's own words, this year's, and whether the two reports contradict each other."""

    name: str
    before: str
    now: str
    metric: str
    contradicted: bool


PAIRS = (
    Pair(
        "stated_change_agrees",
        "机关运行经费支出116.16万元。",
        "机关运行经费支出119.82万元，比上年增加3.66万元，增长3.15%。",
        "机关运行经费",
        False,
    ),
    Pair(
        "stated_change_agrees_within_rounding",
        "机关运行经费支出116.16万元。",
        "机关运行经费支出119.82万元，比上年增加3.67万元，增长3.16%。",
        "机关运行经费",
        False,
    ),
    Pair(
        "stated_change_differs",
        "机关运行经费支出116.16万元。",
        "机关运行经费支出119.82万元，比上年增加9.66万元，增长8.77%。",
        "机关运行经费",
        True,
    ),
    Pair(
        "other_unit_agrees",
        "机关运行经费支出116.16万元。",
        "机关运行经费支出1,198,200元，比上年增加36,600元，增长3.15%。",
        "机关运行经费",
        False,
    ),
    Pair(
        "restated_by_the_report_itself",
        "机关运行经费支出116.16万元。",
        "机关运行经费支出119.82万元，按同口径比上年增加9.66万元，增长8.77%。",
        "机关运行经费",
        False,
    ),
)


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case.name)
def test_this_years_previous_value_against_last_years_own(case: Pair) -> None:
    library = of(accounts(2022, case.before), accounts(2023, case.now))
    found = compared(library, f"比较{BODY}2022年到2023年的{case.metric}")
    first = found.rows[0].cells[0]
    assert first.contradicted is case.contradicted
    assert (Kind.CONTRADICTION in kinds(found)) is case.contradicted
    if case.contradicted:
        assert first.rivals
        assert first.rivals[0].sources
        (step,) = found.rows[0].changes
        assert step.amount is not None
        assert step.amount.check is Check.FAILS


TABLE = """收入支出决算表

单位：万元

项目\t上年数\t本年数
培训费支出\t{before}\t8.20
会议费支出\t3.10\t2.90
合计\t{total}\t11.10
"""


@pytest.mark.parametrize(
    ("before", "total", "differs"), [("7.50", "10.60", False), ("9.50", "12.60", True)]
)
def test_a_column_of_the_year_before_against_last_years_own(
    before: str, total: str, differs: bool
) -> None:
    library = of(
        accounts(2022, "培训费支出7.50万元。"),
        accounts(2023, TABLE.format(before=before, total=total)),
    )
    found = compared(library, f"比较{BODY}2022年到2023年的培训费支出")
    assert numbers(found.rows[0]) == ["7.50", "8.20"]
    assert found.rows[0].cells[0].contradicted is differs


def test_units_of_account_are_converted_and_named() -> None:
    library = of(
        accounts(2022, "“三公”经费支出决算为12.80万元。"),
        accounts(2023, "“三公”经费支出决算为119,000元。"),
    )
    found = compared(library, f"比较{BODY}2022年到2023年的三公经费")
    assert Kind.UNIT in kinds(found)
    (step,) = found.rows[0].changes
    assert step.growth is not None
    assert step.growth.number == "-7.03"


def test_no_growth_from_nothing() -> None:
    library = of(
        accounts(2022, "公务接待费支出0.00万元。"), accounts(2023, "公务接待费支出1.20万元。")
    )
    found = compared(library, f"比较{BODY}2022年到2023年的公务接待费")
    (step,) = found.rows[0].changes
    assert step.growth is None
    assert "不可比" in step.note
    assert Kind.BASE in kinds(found)


def test_shares_over_units_add_up_to_the_whole() -> None:
    library = of(
        accounts(2023, "机关运行经费支出30.00万元。"),
        accounts(2023, "机关运行经费支出900,000元。", "云岭市教育局"),
    )
    found = compared(library, f"比较{BODY}和云岭市教育局2023年的机关运行经费")
    shares = [row.cells[0].share for row in found.rows]
    assert [share.number for share in shares if share] == ["25.00", "75.00"]
    assert {row.unit.symbol for row in found.rows if row.unit} == {"万元"}


def test_opposite_sides_are_not_compared() -> None:
    library = of(
        accounts(2022, "年初结转和结余8.20万元。"), accounts(2023, "年末结转和结余9.50万元。")
    )
    found = compared(library, f"比较{BODY}2022年到2023年的结转和结余")
    given = [cell for row in found.rows for cell in row.cells if cell.value]
    assert len(given) < 2


def test_another_name_in_one_year_is_left_open() -> None:
    library = of(
        accounts(2021, "政府采购支出总额10.00万元。"),
        accounts(2022, "政府采购支出总额12.00万元。"),
        accounts(2023, "政府采购工程0万元。"),
    )
    found = compared(library, f"比较{BODY}2021年到2023年的政府采购支出")
    assert numbers(found.rows[0]) == ["10.00", "12.00", None]


def test_income_is_no_spending() -> None:
    text = "政府性基金预算财政拨款收入{}.00万元。"
    library = of(accounts(2022, text.format(50)), accounts(2023, text.format(70)))
    found = compared(library, f"比较{BODY}2022年到2023年的政府性基金支出")
    assert numbers(found.rows[0]) == [None, None]


@pytest.mark.parametrize("metric", ["三公经费年初预算", "业务办理量"])
def test_a_figure_without_the_asked_name_is_left_open(metric: str) -> None:
    text = "“网络运维”项目年初预算520.00万元，全年可在本地办理业务5370件。"
    library = of(accounts(2022, "概况良好。"), accounts(2023, text))
    found = compared(library, f"比较{BODY}2022年到2023年的{metric}")
    assert numbers(found.rows[0]) == [None, None]


def test_every_cell_has_a_place_that_stands_in_its_report(rivers: MemoryLibrary) -> None:
    found = compared(rivers, "比较临江区河道管理局2021年和2022年")
    texts = {rivers.document(n).name: rivers.document(n).text for n in range(6)}
    cells: list[Cell] = [cell for row in found.rows for cell in row.cells if cell.value]
    assert cells
    for cell in cells:
        assert cell.value is not None
        assert cell.value.sources
        for source in cell.value.sources:
            assert texts[source.report][source.start : source.end] == source.quote


def test_the_json_holds_every_cell(rivers: MemoryLibrary) -> None:
    found = compared(rivers, "比较临江区河道管理局2021年和2022年的三公经费")
    shown = comparison_to_json(found)
    (row,) = shown["rows"]
    assert [cell["number"] for cell in row["cells"]] == ["12.80", "11.90"]
    assert row["changes"][0]["growth"]["number"] == "-7.03"
    assert shown["coverage"]["reports"] >= shown["coverage"]["used"] == 2


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022-2024", ("2022", "2023", "2024")),
        ("2021,2023", ("2021", "2023")),
        ("2023至2024年", ("2023", "2024")),
        ("近年", ()),
    ],
)
def test_years_of_an_option(text: str, years: tuple[str, ...]) -> None:
    assert read_years(text) == years


def test_those_beyond_the_most_that_are_compared_are_named() -> None:
    towns = [f"{char}岭县水务局" for char in "东西南北中青红黄蓝白黑紫金银铜铁锡玉石木竹松柏梅兰菊"]
    library = of(*(accounts(2023, "2023年度本年收入合计100.00万元。", town) for town in towns))
    found = compared(library, units=tuple(towns), metrics=("本年收入合计",), years=("2023",))
    assert len({row.entity for row in found.rows}) == 24
    assert any("另有 2 个未列入" in caution.text for caution in found.warnings)
