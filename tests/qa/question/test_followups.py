"""Elliptic follow-ups as complete questions."""

import pytest

from qa.question.ellipsis import Named
from qa.question.followups import completed

YEAR, UNIT, PROJECT = "year", "unit", "project"


def named(question: str, *names: tuple[str, str]) -> list[Named]:
    return [
        Named(kind, question.index(text), question.index(text) + len(text)) for kind, text in names
    ]


@pytest.mark.parametrize(
    ("before", "names", "question", "own", "complete"),
    [
        ("甲局2023年接待费是多少？", [(UNIT, "甲局"), (YEAR, "2023年")], "那2022年呢？",
         [(YEAR, "2022年")], "甲局2022年接待费是多少？"),
        ("甲局2023年“三公”经费决算支出数是多少？", [(UNIT, "甲局"), (YEAR, "2023年")], "那2022年的公务接待费是多少？",
         [(YEAR, "2022年")], "甲局2022年公务接待费决算支出数是多少？"),
        ("甲局2023年接待费是多少？", [(UNIT, "甲局"), (YEAR, "2023年")], "乙局的呢",
         [(UNIT, "乙局")], "乙局2023年接待费是多少？"),
        ("临江县还有多少没花出去？", [], "青石县呢？", [], "青石县还有多少没花出去？"),
        ("发送短信数量的完成率是多少？", [], "指南印刷数量的呢？", [], "指南印刷数量的完成率是多少？"),
        ("政务微信实际比计划多发了多少条？", [], "门户网站的呢？", [], "门户网站实际比计划多发了多少条？"),
        ("20103科目的本年支出合计是多少？", [], "其中项目支出多少？", [], "20103科目的项目支出是多少？"),
        ("哪个区县执行率最低？", [], "倒数第二呢？", [], "哪个区县执行率第二低？"),
        ("哪个乡镇的支出率垫底？", [], "倒数第二是哪个？", [], "哪个乡镇的支出率第二低？"),
        ("哪个区县执行率最高？", [], "第三高的是哪个区？", [], "哪个区县执行率第三高？"),
        ("“项目过程”这一项得分率是多少？", [], "“项目产出”呢？", [], "“项目产出”这一项得分率是多少？"),
        ("甲局2023年基本支出比上年下降了百分之几？", [(UNIT, "甲局"), (YEAR, "2023年")], "那2022年的金额呢？",
         [(YEAR, "2022年")], "甲局2022年基本支出是多少？"),
        ("甲局巡河项目2023年得了多少分？", [(UNIT, "甲局"), (PROJECT, "巡河项目"), (YEAR, "2023年")],
         "等级呢？", [], "甲局巡河项目2023年的评价等级是什么？"),
        ("巡河项目取消的是哪两个子项目？", [(PROJECT, "巡河项目")], "调增的呢？", [], "巡河项目调增的是哪些子项目？"),
        ("巡河项目年初下达的预算是多少？", [(PROJECT, "巡河项目")], "两次调减以后呢？", [],
         "巡河项目两次调减之后的年度预算是多少？"),
        ("甲局2023年公积金支出里，属于项目支出的部分有多少？", [(UNIT, "甲局"), (YEAR, "2023年")],
         "那基本支出呢？", [], "甲局2023年公积金支出里，属于基本支出的部分有多少？"),
        ("甲局2024年“智管”运行中枢平台汇集了多少路监控？", [(UNIT, "甲局"), (YEAR, "2024年")],
         "那视频云平台呢？", [], "甲局2024年视频云平台汇集了多少路监控？"),
    ],
)  # fmt: skip
def test_completed(
    before: str,
    names: list[tuple[str, str]],
    question: str,
    own: list[tuple[str, str]],
    complete: str,
) -> None:
    found = completed(before, named(before, *names), question, named(question, *own))
    assert found is not None
    assert found.question == complete


@pytest.mark.parametrize(
    "question",
    ["比上年增长多少？", "为什么？", "占比呢？", "它的执行率是多少？", "一般公共服务支出呢和什么"],
)
def test_asks_of_its_own(question: str) -> None:
    before = "甲局2023年接待费是多少？"
    assert completed(before, named(before, (UNIT, "甲局")), question, []) is None


def test_a_part_of_a_row_is_not_the_row() -> None:
    before = "支出决算表里的一般公共服务支出是多少？"
    assert completed(before, [], "其中基本支出呢？", []) is None


def test_a_name_is_filled_up_as_the_library_has_it() -> None:
    labels = frozenset({"工单转派及时率"})
    found = completed("工单转派准确率的目标是多少？", [], "及时率呢？", [], labels)
    assert found is not None
    assert found.question == "工单转派及时率的目标是多少？"
