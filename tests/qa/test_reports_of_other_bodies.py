"""Questions over reports of other bodies and places: owners, wholes, changes since other years, checks besides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer, Outcome

Ask = Callable[..., Answer]
Asking = Callable[[str, str], Ask]

FINANCE = """2022年岭南省财政厅一般公共预算财政拨款“三公”经费支出决算情况说明

一、总体情况

岭南省财政厅2022年度“三公”经费财政拨款支出决算为58.40万元，完成全年预算80.00万元的73.0%，比上年决算数增加34.12万元，增长140.5%；比2019年（疫情前）决算数减少21.60万元，降低27.0%。其中：公务用车运行维护费支出决算为26.30万元，完成预算28.5万元的92.3%；公务接待费支出决算为32.10万元，完成预算51.5万元的62.3%。
"""

COUNTY = """牟山县2022年“三公”经费决算要点

全县“三公”经费决算583.83万元，同口径比2021年少26.89万元，降幅4.4%。明细（万元）：
项目\t2022年决算\t比2021年增减\t增减率
因公出国（境）费\t0\t0\t—
公务接待费\t201.25\t15.18\t8.15%
公务用车购置及运行维护费\t382.58\t-42.08\t-9.9%
"""

SCHOOL = """某县明亮中学2022年度单位决算

一、收支情况

（一）收支概况
1、收入792.22万元，较上年度多189.25万元，增加31.39%。
2、支出799.12万元，其中：人员经费支出434.89万元，公用经费支出77.4万元，项目支出286.83万元。

二、政府采购

全年政府采购支出总额709.65万元，按类别分：货物0万元，工程39万元，服务670.65万元。

三、公务接待费

决算0.5万元，较2021年多0.3万元，因为外省学校前来学习。

四、预算对照

2022年“三公”经费年初预算80.7万元，决算74.23万元，完成率91.98%。低于预算有三条原因：其一，政府采购节约了资金；其二，压减开支；其三，接待减少。

五、信息化项目

批复信息化项目经费（万元）：
项目\t金额
机房改造\t40
终端更新\t25.5

机房改造后运行率达到90%以上。完成建设项目1个，安排给东校区电教楼改造项目。
"""

CLINIC = """某县项目支出绩效自评表
（2022年度）
项目名称\t基本公共卫生服务
主管部门\t青山县卫生健康局\t实施单位\t青山县大桥镇卫生院
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t早孕建册数\t120人\t69人\t2\t1
\t\t老年人体检数\t5662人\t4044人\t2\t1.4
"""


@pytest.fixture(scope="module")
def finance(asking: Asking) -> Ask:
    return asking("cz.txt", FINANCE)


@pytest.fixture(scope="module")
def county(asking: Asking) -> Ask:
    return asking("xian.txt", COUNTY)


@pytest.fixture(scope="module")
def school(asking: Asking) -> Ask:
    return asking("xx.txt", SCHOOL)


def shown(answer: Answer) -> tuple[str, str]:
    first = answer.values[0]
    return first.number, first.unit


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("岭南省财政厅2022年三公经费支出决算", "58.40", "万元"),
        ("省财政厅2021年三公经费是多少", "24.28", "万元"),
        ("岭南省财政厅2019年三公经费是多少", "80.00", "万元"),
    ],
)
def test_values_of_years_that_a_change_is_counted_from(
    finance: Ask, question: str, number: str, unit: str
) -> None:
    assert shown(finance(question)) == (number, unit)


def test_a_change_since_another_year_is_none_since_the_last(finance: Ask) -> None:
    assert not finance("岭南省财政厅2020年三公经费是多少").outcome.given


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("牟山县2022年公务接待费多少", "201.25", "万元"),
        ("牟山县2021年公务接待费多少", "186.07", "万元"),
        ("牟山县2021年公务用车购置及运行维护费", "424.66", "万元"),
        ("牟山县2021年三公经费决算多少", "610.72", "万元"),
    ],
)
def test_a_place_owns_its_accounts(county: Ask, question: str, number: str, unit: str) -> None:
    assert shown(county(question)) == (number, unit)


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("某县明亮中学2022年总支出是多少", "799.12", "万元"),
        ("某县明亮中学2022年支出合计多少", "799.12", "万元"),
        ("某县明亮中学2021年的收入是多少", "602.97", "万元"),
        ("某县明亮中学2022年项目支出占支出合计的比例", "35.89", "%"),
        ("某县明亮中学2022年支出比收入多多少", "6.90", "万元"),
        ("某县明亮中学2022年政府采购里货物、工程、服务哪类最多", "670.65", "万元"),
        ("某县明亮中学2022年三公经费完成年初预算的百分之多少", "91.98", "%"),
    ],
)
def test_wholes_and_listed_kinds(school: Ask, question: str, number: str, unit: str) -> None:
    assert shown(school(question)) == (number, unit)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("某县明亮中学2022年公务接待费为什么增加", ["外省学校前来学习"]),
        ("某县明亮中学2022年三公经费低于预算的原因有哪些", ["政府采购", "压减开支", "接待减少"]),
    ],
)
def test_reasons_behind_a_change_and_in_a_row(school: Ask, question: str, told: list[str]) -> None:
    answer = school(question)
    assert answer.outcome is Outcome.ANSWERED
    assert all(each in answer.text for each in told)


@pytest.mark.parametrize(
    "question",
    [
        "某县明亮中学2022年机房改造实际支出多少",  # what was approved is all there is
        "某县明亮中学2022年机房改造后运行率实际达到多少",  # 90%以上 is aimed at
        "某县明亮中学2022年三公经费完成率是多少？按决算和年初预算算也是这样吗？",
        "某县明亮中学2022年三公经费决算多少，用在哪个项目上？",
    ],
)
def test_another_stage_an_aim_or_a_check_besides_is_not_told(school: Ask, question: str) -> None:
    assert not school(question).outcome.given


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("青山县大桥镇卫生院2022年早孕建册数实际完成多少", "69"),
        ("大桥镇卫生院2022年老年人体检数目标是多少", "5662"),
        ("青山县卫生健康局2022年早孕建册数实际完成多少", "69"),
    ],
)
def test_who_carries_out_names_the_report_as_well(
    asking: Asking, question: str, number: str
) -> None:
    assert asking("ws.txt", CLINIC)(question).values[0].number == number


ZONE = """安徽宣城高新技术产业开发区管理委员会2022年绩效自评工作情况总结

一、完成情况

全年完成规上工业总产值216.2亿元，增长10.3%。
"""
CONFERENCE = """政协寻山县委员会2022年度部门决算说明

一、“三公”经费

2022年度“三公”经费支出决算6.50万元，其中公务接待费支出决算3.10万元。
"""


@pytest.mark.parametrize(
    ("report", "question", "number"),
    [
        (ZONE, "宣城高新区2022年规上工业总产值", "216.2"),
        (CONFERENCE, "寻山县政协2022年三公经费支出决算", "6.50"),
    ],
)
def test_short_names_of_zones_and_conferences(
    asking: Asking, report: str, question: str, number: str
) -> None:
    assert asking("a.txt", report)(question).values[0].number == number


def test_another_zone_of_the_place_is_not_meant(asking: Asking) -> None:
    assert not asking("a.txt", ZONE)("宣城经开区2022年规上工业总产值").outcome.given


GRANTS = """裕丰县2022年10个重点项目绩效评价报告公开
（裕丰县财政局 2023-04-12）

裕丰县选择10个2022年县级重点项目开展绩效评价，现节录前两个：

1、青山乡甲村农田道路建设项目。2022年下达资金197万元，实际支付186.98万元，支付完成率为94.91%。总得分为91.8分。

2、青山乡乙村旅游交易市场建设项目。2022年下达资金108万元，实际支付101.59万元，支付完成率为94.06%。总得分为90.76分。
"""


def test_scores_of_several_projects_do_not_contradict(asking: Asking) -> None:
    answer = asking("zd.txt", GRANTS)("裕丰县2022年青山乡乙村旅游交易市场建设项目总得分多少")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.values[0].number == "90.76"


def test_the_tenth_of_several_is_not_the_first(asking: Asking) -> None:
    assert not asking("zd.txt", GRANTS)(
        "裕丰县2022年第10个重点项目的绩效评价得分是多少"
    ).outcome.given


SAVED = """天水区公布2022年“三公”经费决算

一、决算情况

天水区2022年财政拨款“三公经费”决算总数1699.95万元，其中公务接待经费91.33万元。

二、预算情况

2022年区本级“三公经费”预算总额1841.30万元。2022年天水区节约“三公经费”141.35万元。
"""


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("天水区2022年三公经费决算多少", "1699.95"),
        ("天水区2022年三公经费决算占预算总额的百分之几", "92.32"),
    ],
)
def test_what_was_saved_is_not_what_was_spent(asking: Asking, question: str, number: str) -> None:
    assert asking("sg.txt", SAVED)(question).values[0].number == number


TEACHERS = """岭南省文化厅2022年度非遗保护资金绩效自评报告

一、完成情况

补助6名传承人记录工作资金240万元，补助42名国家级传承人资金84万元。
"""


def test_an_amount_is_shared_among_its_own(asking: Asking) -> None:
    answer = asking("wh.txt", TEACHERS)("岭南省文化厅2022年补助国家级传承人平均每人多少万元")
    assert not answer.outcome.given or answer.values[0].number == "2.00"
