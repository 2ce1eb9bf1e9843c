"""Which figures speak of a whole unit or project: one case for each way to name something else."""

from pathlib import Path

import pytest

from ingest.pipeline import read_document
from qa.portfolio.facts import of_metric
from qa.portfolio.known import Known
from qa.portfolio.model import Lacking, Metric, Reason


def rates(report: str | bytes, metric: Metric = Metric.EXECUTION) -> list[str] | Reason:
    """The values that a report gives, or why it gives none."""
    data = report.encode() if isinstance(report, str) else report
    document = read_document(data, "report.md")
    found = of_metric(Known.of(1, document, document.parts[0]), metric)
    if isinstance(found, Lacking):
        return found.reason
    return [f"{fact.scope.name} {fact.value.number}{fact.value.unit}" for fact in found]


UNIT = "2023年度松原市林业局部门决算\n\n第二部分 部门决算情况说明\n\n"
PROJECT = "松原市林业局2023年度退耕补助项目绩效评价报告\n\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "一、绩效情况\n\n部门整体支出全年预算数100万元，执行数98万元，完成预算的98%。",
            ["全口径 98%"],
        ),
        (
            "一、“三公”经费情况\n\n（一）总体情况\n\n支出决算9万元，完成预算的90%。",
            Reason.NOT_STATED,
        ),
        (
            "一、绩效情况\n\n“护林”项目全年预算数100万元，执行数98万元，完成预算的98%。",
            Reason.NOT_STATED,
        ),
        (
            "一、绩效情况\n\n护林项目全年预算数100万元，执行数98万元，完成预算的98%。",
            Reason.NOT_STATED,
        ),
        (
            "一、绩效情况\n\n部门整体支出全年预算数100万元，执行数98万元，其中项目支出50万元，执行率70%。",
            ["全口径 98.00%"],
        ),
        (
            "一、一般公共预算财政拨款支出决算情况\n\n"
            "2023年度一般公共预算财政拨款支出年初预算100万元，支出决算103万元，完成年初预算的103%。",
            ["一般公共预算财政拨款、年初预算 103%"],
        ),
        ("一、绩效情况\n\n支出完成率得分=（预算执行率-60%）÷40%×8。", Reason.NOT_STATED),
        (
            "一、收支情况\n\n2022年度部门整体支出预算100万元，支出90万元，执行率90%。",
            Reason.NOT_STATED,
        ),
    ],
)
def test_units(body: str, expected: list[str] | Reason) -> None:
    assert rates(UNIT + body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("一、资金情况\n\n年度预算100万元，实际支出98万元，预算执行率98%。", ["全口径 98%"]),
        (
            "一、资金情况\n\n资金来源为一般公共预算，年度预算50万元，实际支出49万元，预算执行率98%。",
            ["全口径 98%"],
        ),
        ("一、资金情况\n\n青石镇预算100万元，支出98万元，预算执行率98%。", Reason.NOT_STATED),
        (
            "一、资金情况\n\n|年度|预算数（万元）|执行率|\n|---|---|---|\n|2022年|10|90%|\n|2023年|10|98%|\n|合计|20|94%|\n",
            Reason.NOT_STATED,
        ),
    ],
)
def test_projects(body: str, expected: list[str] | Reason) -> None:
    assert rates(PROJECT + body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("一、结论\n\n项目综合得分91分。产出指标得分45分。", ["全口径、评价 91分"]),
        ("一、结论\n\n综合得分91分，上年度（2022年度）评价得分88分。", ["全口径、评价 91分"]),
        ("一、结论\n\n产出指标50分，得45分。", Reason.NOT_STATED),
    ],
)
def test_scores(body: str, expected: list[str] | Reason) -> None:
    assert rates(PROJECT + body, Metric.SCORE) == expected


SAMPLES = Path(__file__).parents[3] / "samples" / "reports"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("panyu_2023_final_accounts.md", ["全口径 87.2%"]),
        ("laisui_2022_project.txt", ["全口径 98.5%"]),
        ("yunling_edu_2023_self_eval.txt", ["全口径 96.0%", "财政拨款 95.7%"]),
        ("yunling_health_2023_final_accounts.txt", Reason.NOT_STATED),
    ],
)
def test_samples(name: str, expected: list[str] | Reason) -> None:
    assert rates((SAMPLES / name).read_bytes()) == expected
