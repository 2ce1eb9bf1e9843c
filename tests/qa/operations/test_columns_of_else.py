"""Counts of one table or sentence that are near to what is asked, and are not it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer

REPORT = """平岭县人力资源和社会保障局2023年度部门决算

一、主要工作完成情况

全年受理劳动争议案件486件，办结471件，其中调解结案302件。发放培训券3,200张，实际使用2,846张。

发放问卷500份，收回482份，有效问卷470份。

招聘保洁员85名，离岗12名，年末在岗412名。市级财政下达资金900.00万元，区级资金到位210.00万元。

表1 2023年各乡镇职业技能培训情况

乡镇\t培训人次\t其中：女性\t合格人次\t取证人数\t补贴金额（万元）
东岭镇\t1,860\t902\t1,795\t1,502\t186.40
西坪镇\t1,425\t688\t1,380\t1,120\t142.30
石桥乡\t1,310\t655\t1,262\t1,030\t131.00
合计\t4,595\t2,245\t4,437\t3,652\t459.70

表2 各季度招聘会情况

季度\t场次\t提供岗位（个）\t达成意向（人）
第一季度\t18\t9,200\t2,650
第二季度\t12\t5,100\t1,420
第三季度\t8\t3,600\t980
"""


@pytest.fixture(scope="module")
def ask(asking: Callable[[str, str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return asking("平岭县人社局2023年度部门决算.txt", REPORT)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("2023年平岭县人社局第二季度提供岗位多少个？", "5100个"),
        ("2023年平岭县人社局第三季度达成意向多少人？", "980人"),
        ("2023年平岭县人社局西坪镇合格了多少人次？", "1380人次"),
        ("2023年平岭县人社局无效问卷多少份？", "12份"),
        ("2023年平岭县人社局石桥乡没合格的多少人次？", "48人次"),
        ("2023年平岭县人社局保洁员招了多少名？", "85名"),
    ],
)
def test_what_is_named(ask: Callable[[str], Answer], question: str, shown: str) -> None:
    first = ask(question).values[0]
    assert f"{first.number}{first.unit}" == shown


@pytest.mark.parametrize(
    "question",
    [
        "2023年平岭县人社局第二季度招聘会来了多少人？",  # 达成意向 counts others
        "2023年平岭县人社局第三季度签约多少人？",
        "2023年平岭县人社局收回问卷多少份？",  # 有效问卷 is what stands nearest
        "2023年平岭县人社局用掉了多少张培训券？",  # 发放 is another stage
        "2023年平岭县人社局东岭镇男性培训了多少人次？",
        "2023年平岭县人社局石桥乡每人次补贴多少元？",  # 取证人数 counts no visits
        "2023年平岭县人社局石桥乡申请了多少补贴？",
        "2023年平岭县人社局仲裁裁决了多少件？",
        "2023年平岭县人社局石桥乡未取证的有多少人？",
        "2023年平岭县人社局保洁员有多少名？",  # those hired in the year
        "2023年平岭县人社局市级资金还有多少没到位？",  # less what came in of the district
    ],
)
def test_what_is_only_near(ask: Callable[[str], Answer], question: str) -> None:
    assert not ask(question).outcome.given
