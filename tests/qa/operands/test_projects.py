"""One measure of several projects: what is asked of each."""

import pytest

from qa.operands.projects import ProjectAsks, project_asks
from qa.plan import Operation, Plan


def plan(question: str) -> Plan:
    return Plan(question, question, Operation.LOOKUP, ())


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        (
            "2023年甲市巡河项目的评价得分比乙区植树项目高多少分？",
            ProjectAsks(
                "apart",
                "评价得分",
                ("2023年甲市巡河项目的评价得分是多少？", "2023年乙区植树项目的评价得分是多少？"),
            ),
        ),
        (
            "2021年甲市巡河项目实际使用的资金是2023年乙区植树项目的多少倍？",
            ProjectAsks(
                "times",
                "实际使用的资金",
                ("2021年甲市巡河项目的实际使用的资金是多少？", "2023年乙区植树项目的实际使用的资金是多少？"),
            ),
        ),
        (
            "甲市巡河项目（2021）、乙区植树项目（2022）和丙县修路项目（2023）三个项目的实际支出加起来是多少万元？",
            ProjectAsks(
                "sum",
                "实际支出",
                (
                    "2021年甲市巡河项目的实际支出是多少？",
                    "2022年乙区植树项目的实际支出是多少？",
                    "2023年丙县修路项目的实际支出是多少？",
                ),
            ),
        ),
        (
            "巡河补助（2021）、植树补助（2022）两个项目，预算执行率最低的是哪个，多少？",
            ProjectAsks(
                "least",
                "预算执行率",
                ("2021年巡河补助的预算执行率是多少？", "2022年植树补助的预算执行率是多少？"),
            ),
        ),
        (
            "2023年甲市巡河项目实际使用的资金比乙区2022年植树项目的支出决算多多少？",
            ProjectAsks(
                "apart",
                "实际使用的资金与支出决算",
                ("2023年甲市巡河项目的实际使用的资金是多少？", "乙区2022年植树项目的支出决算是多少？"),
            ),
        ),
        ("2023年甲市巡河项目的评价得分是多少？", None),
        ("哪个项目的执行率最低？", None),
        ("甲市巡河项目和乙区植树项目分别由谁负责？", None),
    ],
)  # fmt: skip
def test_what_is_asked_of_each(question: str, asks: ProjectAsks | None) -> None:
    assert project_asks(plan(question)) == asks
