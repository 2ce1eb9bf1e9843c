"""Portfolios over twelve made-up reports of one year, with what each of them says known."""

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.quantity import WAN_YUAN
from qa.engine import Engine
from qa.model import Check, Filters, Outcome
from qa.plan import Order
from qa.portfolio.codec import portfolio_to_json
from qa.portfolio.model import Asked, Condition, Metric, Over, Portfolio, Reason

DATA = Path(__file__).parents[1] / "data" / "portfolio"
YEAR = ("2023",)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(MemoryLibrary(sorted(DATA.iterdir())), SimpleNamespace(abstain_threshold=0.55))


def over(engine: Engine, asked: Asked) -> Portfolio:
    found = engine.portfolio(asked)
    assert found is not None
    return found


def ranks(found: Portfolio) -> list[tuple[int, str, str]]:
    return [
        (row.rank, row.project or row.entity, f"{row.fact.value.number}{row.fact.value.unit}")
        for row in found.rows
    ]


def gaps(found: Portfolio) -> dict[str, Reason]:
    return {gap.project or gap.entity: gap.reason for gap in found.gaps}


def test_execution_of_units_is_ranked_in_one_scope(engine: Engine) -> None:
    asked = Asked(Metric.EXECUTION, Over.UNITS, YEAR, order=Order.LEAST, top=3)
    found = over(engine, asked)
    assert ranks(found) == [
        (1, "青禾市文化和旅游局", "74.60%"),
        (2, "青禾市教育局", "88.20%"),
        (3, "青禾市档案馆（本级）", "95.00%"),
        (4, "青禾市财政局", "96.40%"),
    ]
    assert [row.rank for row in found.shown] == [1, 2, 3]
    assert gaps(found) == {
        "青禾市交通运输局": Reason.CONTRADICTED,
        "青禾市水利局": Reason.NOT_STATED,
        "青禾市卫生健康委员会": Reason.SCOPE_DIFFERS,
    }
    assert (found.covered.reports, found.covered.used, found.covered.outside) == (12, 4, 5)
    assert any("本级" in warning for warning in found.warnings)


def test_a_contradicted_value_is_shown_with_its_rival_and_never_ranked(engine: Engine) -> None:
    found = over(engine, Asked(Metric.EXECUTION, Over.UNITS, YEAR))
    gap = found.contradicted[0]
    assert (gap.values[0].number, gap.values[0].other) == ("82.00", "75.00%")
    assert gap.values[0].check is Check.FAILS
    assert gap.entity not in {row.entity for row in found.rows}


def test_what_is_not_stated_is_computed_and_says_so(engine: Engine) -> None:
    found = over(engine, Asked(Metric.EXECUTION, Over.UNITS, YEAR, order=Order.LEAST))
    value = found.rows[0].fact.value
    assert (value.check, value.formula) == (Check.DERIVED, "596.80万元 ÷ 800.00万元 × 100%")
    assert "实际支出596.80万元" in value.sources[0].quote


def test_every_value_has_its_place(engine: Engine) -> None:
    documents = {path.name: path.read_text(encoding="utf-8") for path in DATA.iterdir()}
    for metric in (Metric.EXECUTION, Metric.SCORE, Metric.ADJUSTMENT, Metric.AMOUNT):
        for row in over(engine, Asked(metric, Over.PROJECTS, YEAR)).rows:
            for source in row.fact.value.sources:
                assert documents[source.report][source.start : source.end] == source.quote


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            Asked(Metric.EXECUTION, Over.PROJECTS, YEAR, order=Order.LEAST, top=2),
            ["75.00%", "77.00%", "90.00%", "95.00%", "98.00%"],
        ),
        (
            Asked(Metric.ADJUSTMENT, Over.UNITS, YEAR, order=Order.MOST, size=True),
            ["-100.00万元", "100.00万元", "0.00万元"],
        ),
        (Asked(Metric.ADJUSTMENT_RATE, Over.PROJECTS, YEAR), ["4.00%", "0.00%", "-6.25%"]),
        (Asked(Metric.SCORE, Over.PROJECTS, YEAR), ["99分", "96分", "78.5分"]),
        (Asked(Metric.SCORE_RATE, Over.PROJECTS, YEAR), ["99.00%", "96.00%", "78.50%"]),
        (
            Asked(Metric.AMOUNT, Over.UNITS, YEAR, words="三公经费"),
            ["27.60万元", "19.30万元", "18.40万元", "9.60万元"],
        ),
        (
            Asked(Metric.AMOUNT, Over.UNITS, YEAR, words="机关运行经费"),
            ["241.80万元", "205.00万元", "186.50万元", "120.45万元", "98.60万元"],
        ),
        (
            Asked(Metric.EXCESS, Over.UNITS, YEAR, words="三公经费"),
            ["1.30万元", "0.60万元", "-1.60万元", "-2.40万元"],
        ),
        (
            Asked(Metric.AMOUNT, Over.PROJECTS, YEAR),
            ["1140.00万元", "509.6万元", "225.00万元", "81.00万元", "46.20万元"],
        ),
    ],
    ids=lambda each: f"{each.metric}-{each.over}" if isinstance(each, Asked) else "",
)
def test_values_in_order(engine: Engine, asked: Asked, expected: list[str]) -> None:
    assert [number for _, _, number in ranks(over(engine, asked))] == expected


def test_equal_values_share_a_rank(engine: Engine) -> None:
    asked = Asked(Metric.ADJUSTMENT, Over.UNITS, YEAR, order=Order.MOST, size=True, top=1)
    found = over(engine, asked)
    assert [row.rank for row in found.rows] == [1, 1, 3]
    assert len(found.shown) == 2


def test_totals_are_over_all_rows_in_one_unit(engine: Engine) -> None:
    found = over(engine, Asked(Metric.AMOUNT, Over.PROJECTS, YEAR, top=1, order=Order.MOST))
    totals = {total.label: f"{total.number}{total.unit}" for total in found.totals}
    assert totals["合计"] == "2001.80万元"
    assert totals["青禾市交通运输局"] == "509.6万元"
    assert any("计量单位不一" in warning for warning in found.warnings)
    asked = Asked(Metric.AMOUNT, Over.UNITS, YEAR, words="机关运行经费", unit=WAN_YUAN)
    assert over(engine, asked).totals[0].number == "852.35"


def test_averages_tell_self_evaluations_from_evaluations(engine: Engine) -> None:
    found = over(engine, Asked(Metric.SCORE_RATE, Over.PROJECTS, YEAR))
    assert {total.label: total.number for total in found.totals} == {
        "平均": "91.17",
        "自评平均": "97.50",
        "评价平均": "78.50",
    }
    assert any("自评" in warning for warning in found.warnings)
    only = over(engine, Asked(Metric.SCORE_RATE, Over.PROJECTS, YEAR, scope="自评"))
    assert "99.00%" in {number for _, _, number in ranks(only)}


def test_grades_and_rates_are_spread(engine: Engine) -> None:
    found = over(engine, Asked(Metric.GRADE, Over.PROJECTS, YEAR))
    assert [(band.label, band.count) for band in found.bands] == [("优", 2), ("中", 1)]
    found = over(engine, Asked(Metric.EXECUTION, Over.PROJECTS, YEAR))
    assert [(band.label, band.count) for band in found.bands] == [("60%—80%", 2), ("90%—100%", 3)]
    assert found.spread is not None
    assert (found.spread.lower, found.spread.median, found.spread.upper) == (
        "77.00",
        "90.00",
        "95.00",
    )


def test_another_scope_can_be_asked_for(engine: Engine) -> None:
    asked = Asked(Metric.EXECUTION, Over.UNITS, YEAR, scope="一般公共预算财政拨款")
    found = over(engine, asked)
    assert ranks(found) == [(1, "青禾市卫生健康委员会", "103.20%")]
    assert gaps(found)["青禾市教育局"] is Reason.SCOPE_DIFFERS


def test_conditions_and_filters(engine: Engine) -> None:
    condition = Condition("低于80%", lambda value: value < Decimal(80))
    found = over(engine, Asked(Metric.EXECUTION, Over.PROJECTS, YEAR, condition=condition))
    assert [row.project for row in found.shown] == ["文化惠民演出项目", "校园食堂改造项目"]
    assert len(found.rows) == 5
    asked = Asked(Metric.EXECUTION, Over.PROJECTS, YEAR)
    narrow = engine.portfolio(asked, filters=Filters(unit="教育局"))
    assert narrow is not None
    assert [row.project for row in narrow.rows] == ["校园食堂改造项目"]


def test_a_year_without_reports_has_no_rows(engine: Engine) -> None:
    found = over(engine, Asked(Metric.EXECUTION, Over.UNITS, ("2019",)))
    assert (found.rows, found.covered.reports) == ((), 0)


@pytest.mark.parametrize(
    ("question", "number", "unit", "named"),
    [
        ("2023年各部门预算执行率最低的三个", "74.60", "%", "青禾市文化和旅游局"),
        ("2023年哪个部门的预算执行率最高？", "96.40", "%", "青禾市财政局"),
        ("所有项目平均得分率是多少", "91.17", "%", "各项目得分率"),
        ("哪些单位三公超预算", "1.30", "万元", "青禾市教育局"),
        ("2023年超过100万元的项目有哪些", "1140.00", "万元", "小型水库除险加固项目"),
        ("执行率低于80%的项目有哪些", "75.00", "%", "校园食堂改造项目"),
        ("2023年哪个单位的三公经费最高", "27.60", "万元", "青禾市交通运输局"),
        ("2023年各单位机关运行经费合计多少", "852.35", "万元", "机关运行经费"),
        ("2023年预算调整最大的部门是哪个", "-100.00", "万元", "青禾市文化和旅游局"),
        ("2023年基本支出超过1500万元的单位有几个", "3", "个", "基本支出"),
        ("2023年各单位“三公”经费最高的是谁", "27.60", "万元", "三公"),
        ("2023年哪两个部门的预算执行率最低？", "74.60", "%", "列出 2 个"),
        ("预算执行率低于90%的部门", "74.60", "%", "列出 2 个"),
        ("项目支出超过2000万元的部门", "5900.00", "万元", "列出 2 个"),
        ("三公经费超过预算的部门", "1.30", "万元", "各单位三公经费超预算额"),
        ("2023年调减预算的部门有哪些", "-100.00", "万元", "列出 1 个"),
        ("2023年项目评价得分前两名", "99", "分", "列出 2 个"),
        ("评为“优”的项目有几个", "2", "个", "农村公路日常养护"),
        ("2023年执行率最高和最低的部门", "74.60", "%", "青禾市财政局"),
        ("各部门2023年的机关运行经费平均是多少万元", "170.47", "万元", "÷ 5"),
        ("2023年项目支出合计最多的部门", "5900.00", "万元", "青禾市交通运输局"),
        ("2023年得分最低的两个项目", "78.5", "分", "校园食堂改造项目"),
    ],
)
def test_questions(engine: Engine, question: str, number: str, unit: str, named: str) -> None:
    answer = engine.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert (answer.values[0].number, answer.values[0].unit) == (number, unit)
    assert named in answer.text
    assert answer.coverage.reports == 12
    assert "范围：12 份报告" in answer.text


def test_an_answer_names_what_it_left_out(engine: Engine) -> None:
    answer = engine.ask("2023年各部门预算执行率最低的三个")
    assert "未列入排名（自相矛盾）：青禾市交通运输局 82.00%，对照值 75.00%" in answer.text
    assert "青禾市卫生健康委员会（口径不同）" in answer.coverage.missing


@pytest.mark.parametrize(
    "question",
    [
        "青禾市教育局2023年的三公经费是多少",
        "校园食堂改造项目的预算执行率是多少",
        "三公经费是什么意思",
    ],
)
def test_a_question_about_one_report_is_no_portfolio(engine: Engine, question: str) -> None:
    assert engine.portfolio(question) is None


def test_where_nothing_meets_the_condition_the_answer_says_so(engine: Engine) -> None:
    for question in ("有没有执行率超过100%的部门", "评价等级为“良”的项目有哪些"):
        assert "没有符合条件的" in engine.ask(question).text


def test_json_has_text_for_numbers_and_reasons_for_gaps(engine: Engine) -> None:
    shown = portfolio_to_json(over(engine, Asked(Metric.EXECUTION, Over.UNITS, YEAR)))
    assert shown["rows"][0]["value"]["number"] == "96.40"
    assert {each["reason"] for each in shown["coverage"]["missing"]} == {
        "contradicted",
        "not_stated",
        "scope_differs",
    }
    assert shown["contradicted"][0]["values"][0]["other"] == "75.00%"
