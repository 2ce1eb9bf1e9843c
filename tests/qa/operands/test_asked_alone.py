"""Averages, rates and sums over years that no place states: from figures that are each asked for alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Check
from qa.operands.over_years import YearAsks, year_asks
from qa.operands.per_thing import per_asks
from qa.operands.rates import rate_asks
from qa.plan import Operation, Plan

REPORT = """柏岭县农业机械中心2023年度部门决算

一、主要工作完成情况

全年扶持合作社25家，合作社完成作业面积6,250公顷。2023年检修农机1,280台，2022年检修农机1,600台，2021年检修农机1,400台。

全年受理农机投诉346件，办结339件。新建机耕路40.5公里，机耕路建设支出486.00万元。单台检修成本120元，检修支出15.36万元。

二、农机补贴情况

表1 各乡镇农机补贴发放情况

乡镇\t培训人次\t合格人次\t补贴金额（元）\t承办单位
东桥镇\t420\t399\t84,000\t禾丰公司
西岭镇\t250\t240\t61,500\t禾丰公司
北坡乡\t180\t153\t40,500\t田谷公司
合计\t850\t792\t186,000\t

表2 各站两年检修台数

站点\t2022年\t2023年
东桥站\t700\t520
西岭站\t500\t530
北坡站\t400\t230

表3 项目资金使用情况

项目\t年初预算（万元）\t实际支出（万元）
农机购置\t300.00\t291.00
机库维修\t80.00\t80.00
人员培训\t60.00\t66.00
"""
SCORES = """柏岭县农业机械中心农机购置项目2023年度绩效评价报告

项目名称：农机购置项目
项目单位：柏岭县农业机械中心

表1 评分表

一级指标\t三级指标\t分值\t得分
过程\t资金管理\t15\t12.5
过程\t组织实施\t10\t9.5
产出\t购置数量\t30\t27
产出\t购置质量\t20\t20
效益\t满意度\t25\t20
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder = tmp_path_factory.mktemp("alone")
    files: list[Path] = []
    for name, text in (("柏岭县农机中心2023.txt", REPORT), ("农机购置评价2023.txt", SCORES)):
        files.append(folder / name)
        files[-1].write_text(text, encoding="utf-8")
    return Engine(MemoryLibrary(files), SimpleNamespace(abstain_threshold=0.35)).ask


def _plan(question: str) -> Plan:
    return Plan(question, question, Operation.LOOKUP, ())


PER = [
    (
        "甲县2023年平均每家合作社作业多少公顷？",
        ("甲县2023年合作社作业多少公顷？", "甲县2023年作业多少公顷？"),
        ("甲县2023年合作社有多少家？", "家"),
    ),
    (
        "甲县平均每引进一名人才对应多少万元补贴？",
        ("甲县引进人才多少万元补贴？", "甲县人才多少万元补贴？"),
        ("甲县引进人才有多少名？", "名"),
    ),
    (
        "甲县2023年机耕路每公里支出多少元？",
        ("甲县2023年机耕路支出多少元？",),
        ("甲县2023年机耕路有多少公里？", "公里"),
    ),
    ("甲县人均办公费是多少？", ("甲县办公费是多少？",), ("甲县有多少人？", "人")),
    (
        "甲县接待一个客人平均花多少元？",
        ("甲县接待客人花多少元？", "甲县客人花多少元？"),
        ("甲县接待客人有多少个？", "个"),
    ),
]


@pytest.mark.parametrize(("question", "amounts", "count"), PER)
def test_an_average_is_two_questions(
    question: str, amounts: tuple[str, ...], count: tuple[str, str]
) -> None:
    asks = per_asks(_plan(question))
    assert asks is not None
    assert asks.amounts[: len(amounts)] == amounts
    assert asks.counts[0] == count


@pytest.mark.parametrize(
    ("question", "amount", "count"),
    [
        (
            "甲县平均每名学员补贴多少元（补贴支出除以培训人次）？",
            "补贴支出是多少？",
            "培训人次是多少？",
        ),
        (
            "按结算价合计和清淤量算，平均每立方米花了多少元？",
            "结算价合计是多少？",
            "清淤量是多少？",
        ),
    ],
)
def test_a_basis_names_both_sides(question: str, amount: str, count: str) -> None:
    asks = per_asks(_plan(question))
    assert asks is not None
    assert asks.amounts == (amount,)
    assert asks.counts == ((count, ""),)


@pytest.mark.parametrize(
    "question",
    ["甲县2023年支出是多少？", "甲县每人补助标准是多少元？", "甲县平均每人每年补助的定额是多少？"],
)
def test_other_questions_are_no_averages(question: str) -> None:
    assert per_asks(_plan(question)) is None


@pytest.mark.parametrize(
    ("question", "rate", "first"),
    [
        ("甲县2023年育婴员培训合格率是多少？", "合格率", "甲县2023年育婴员培训合格数是多少？"),
        ("甲局2023年物业投诉的办结率是多少？", "办结率", "甲局2023年物业投诉办结数是多少？"),
        ("甲县设备更新的预算执行率多少？", "预算执行率", "甲县设备更新实际支出是多少？"),
    ],
)
def test_a_rate_asks_for_its_part(question: str, rate: str, first: str) -> None:
    asks = rate_asks(_plan(question))
    assert asks is not None
    assert (asks.rate, asks.parts[0]) == (rate, first)


@pytest.mark.parametrize("question", ["甲县未办结率是多少？", "甲县2023年增长率是多少？"])
def test_other_rates_are_left_alone(question: str) -> None:
    assert rate_asks(_plan(question)) is None


YEARS = [
    (
        "2021到2023三年甲县一共发放补贴多少万元？",
        YearAsks(
            ("2021", "2022", "2023"),
            tuple(f"{year}年甲县发放补贴多少万元？" for year in (2021, 2022, 2023)),
            mean=False,
        ),
    ),
    (
        "甲县2022、2023两年接收了多少人，平均每年？",
        YearAsks(
            ("2022", "2023"),
            tuple(f"甲县{year}年接收了多少人？" for year in (2022, 2023)),
            mean=True,
        ),
    ),
]


@pytest.mark.parametrize(("question", "asks"), YEARS)
def test_years_are_asked_one_by_one(question: str, asks: YearAsks) -> None:
    assert year_asks(_plan(question)) == asks


@pytest.mark.parametrize(
    "question",
    [
        "2021到2023每年一共花了多少？",
        "2022、2023三年一共花了多少？",  # two years are named
        "2023年比2022年多多少？",
        "2022年、2023年分别是多少？",
    ],
)
def test_years_that_are_not_added(question: str) -> None:
    assert year_asks(_plan(question)) is None


GIVEN = [
    ("柏岭县农机中心2023年平均每家合作社作业面积多少公顷？", "250.00公顷", "6,250公顷 ÷ 25家"),
    (
        "柏岭县农机中心2023年新建机耕路平均每公里建设支出多少万元？",
        "12.00万元",
        "486.00万元 ÷ 40.5公里",
    ),
    ("东桥镇2023年平均每培训一人次补贴多少元？", "200.00元", "84,000元 ÷ 420人次"),
    ("柏岭县农机中心2023年农机投诉办结率是多少？", "97.98%", "339件 ÷ 346件 × 100%"),
    ("北坡乡2023年培训合格率是多少？", "85.00%", "153人次 ÷ 180人次 × 100%"),
    (
        "柏岭县农机中心2023年农机购置的预算执行率是多少？",
        "97.00%",
        "291.00万元 ÷ 300.00万元 × 100%",
    ),
    ("柏岭县农机中心2021到2023三年一共检修农机多少台？", "4280台", "1,400台 + 1,600台 + 1,280台"),
    ("农机购置项目过程类指标的得分率是多少？", "88.00%", "(12.5分 + 9.5分) ÷ (15分 + 10分) × 100%"),
    ("柏岭县农机中心2023年检修农机台数是2022年的几倍？", "0.80倍", "1,280台 ÷ 1,600台"),
    ("禾丰公司承办的两个乡镇补贴金额合计多少元？", "145500元", "84,000元 + 61,500元"),
]


@pytest.mark.parametrize(("question", "number", "formula"), GIVEN)
def test_what_two_figures_give(
    ask: Callable[[str], Answer], question: str, number: str, formula: str
) -> None:
    answer = ask(question)
    value = answer.values[0]
    assert f"{value.number}{value.unit}" == number, answer.text
    assert value.check is Check.DERIVED
    assert value.formula == formula


LINES = [
    ("2023年检修台数比2022年减少的站点有几个？", 2, ("东桥站", "北坡站")),
    ("2023年检修台数比2022年增加的站点有哪些？", 1, ("西岭站",)),
    ("表3里实际支出超过年初预算的项目有哪些？", 1, ("人员培训",)),
    ("实际支出与年初预算完全一样的项目有几个？", 1, ("机库维修",)),
]


@pytest.mark.parametrize(("question", "number", "names"), LINES)
def test_lines_that_compare_so(
    ask: Callable[[str], Answer], question: str, number: int, names: tuple[str, ...]
) -> None:
    text = ask(f"柏岭县农机中心{question}").text
    assert f"符合条件的有 {number} 项" in text
    assert all(name in text for name in names)


@pytest.mark.parametrize(
    "question",
    [
        "柏岭县农机中心2023年平均每台检修成本是多少公里？",
        "柏岭县农机中心2023年平均每家合作社检修成本多少元？",  # an amount for each already
        "柏岭县农机中心2020到2022三年一共检修农机多少台？",  # one year is not told
        "西岭镇2023年培训不合格率是多少？",
    ],
)
def test_what_is_not_there_is_not_worked_out(ask: Callable[[str], Answer], question: str) -> None:
    assert not ask(question).outcome.given
