"""Numbers of documents, scores with their grade, and short facts that a question frames."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer
from qa.texts.frames import frame_asked, without_framed

Ask = Callable[..., Answer]
Asking = Callable[[str, str], Ask]

PARK = """青川县经济开发区管理委员会2023年度整体支出绩效自评报告

一、基本情况
（一）项目基本情况。
云台标准厂房建设项目首期用地326亩。
（二）项目决策情况。
2022年6月，云台标准厂房建设项目可行性研究报告获得批复（青发改审〔2022〕174号），估算投资3526.13万元；2022年9月，云台标准厂房建设项目初步设计概算获得批复（青发改审〔2022〕392号），概算投资2533.54万元。
（三）资金下达依据包括《宁江省财政厅关于下达2023年园区补助资金（第二批）的通知》（宁财建〔2023〕21号）、《青川县财政局关于下达2023年园区补助资金（第二批）的通知》（青财建〔2023〕35号）以及《关于申请拨付2023年园区补助资金（第三批）的函》（青开函[2023]83号）。
（四）防洪工程。园区护岸工程质量合格，园区护岸防洪标准达到20年一遇。
"""

CITY = """临沧川市2023年度生态环境转移支付资金绩效自评
临沧川市2023年度的专项转移支付有土壤污染防治一类。
土壤污染防治：中央下达937万元，分两批。
批次\t省级文号\t省级下达日期\t金额（万元）\t市级下拨日期\t市级文号
第一批\t宁财资环〔2022〕706号\t2022年12月23日\t500\t2023年1月6日\t临财资环〔2023〕2号
第二批\t宁财资环〔2023〕74号\t2023年8月1日\t437\t2023年8月7日\t临财资环〔2023〕62号
"""

COUNTY = """安岭县交通运输局2022年衔接资金项目绩效自评总结报告

本报告依据《宁江省财政厅关于印发扶贫项目资金绩效管理办法的通知》（宁财农〔2018〕30号）编写。
一、绩效目标分解下达情况
2022年衔接资金共下达105万元，用于实施石桥镇龙头村蔬菜园产业项目。
涉及2个乡镇4个村，即石桥镇（龙头村、安上村、官都村）、赵庄乡（鸡亮村）。
二、绩效自评工作开展情况
局里成立自评小组，局长任组长，成员有副局长、会计、出纳；小组对经费的使用作了分析。
三、项目成本节约情况。项目以中标单价实施，最终以结算审计为准。
四、评价结论
满分100分，评价得分94.04分，等级“优”。其中产出部分满分20分，得20分。
"""

COURT = """安岭县人民法院2021年度部门决算情况说明

一、部门基本情况
本院在新立镇、白石镇、东溪镇各设派出法庭，共三个。
机构：机关设办公室、组织宣传部、权益部，下属单位为安岭县法律服务中心。
二、政府采购
2021年度政府采购支出总额61.9万元。口径：按政府采购合同金额计算，涉密采购项目不计入。
"""

FORM = """2022年度项目支出绩效自评表
部门：青川县明朗中学\t\t\t\t公开14表
项目名称\t营养改善计划专项资金
主管部门\t青川县教育体育局\t实施单位\t青川县明朗中学
项目资金（元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t\t387664.62\t387664.62\t10\t100%\t10
\t其中：当年财政拨款\t\t387664.62\t387664.62\t—\t\t—
绩效指标
一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t受资助人数\t≧\t735\t人次\t735\t50\t50\t
\t时效指标\t资金到位及时率\t≧\t100\t%\t100%\t30\t27\t
效益指标\t社会效益指标\t政策知晓率\t═\t100\t%\t98%\t10\t9\t
其他需要说明事项\t无
总分\t100\t96\t优
"""


@pytest.fixture(scope="module")
def park(asking: Asking) -> Ask:
    return asking("yuanqu.txt", PARK)


@pytest.fixture(scope="module")
def city(asking: Asking) -> Ask:
    return asking("shi.txt", CITY)


@pytest.fixture(scope="module")
def county(asking: Asking) -> Ask:
    return asking("xian.txt", COUNTY)


@pytest.fixture(scope="module")
def court(asking: Asking) -> Ask:
    return asking("fayuan.txt", COURT)


def tells(answer: Answer, *told: str) -> bool:
    return answer.outcome.given and all(each in answer.text for each in told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("云台标准厂房建设项目初步设计概算的批复文号是什么", ["青发改审〔2022〕392号"]),
        (
            "云台标准厂房建设项目可行性研究报告的批复文号是什么，哪年哪月批的？",
            ["青发改审〔2022〕174号", "2022年6月"],
        ),
        ("青川县经开区申请拨付2023年第三批园区补助资金的函是什么文号？", ["青开函[2023]83号"]),
    ],
)
def test_a_number_is_told_by_its_own_clause(park: Ask, question: str, told: list[str]) -> None:
    answer = park(question)
    assert tells(answer, *told), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "云台标准厂房建设项目的批复文号是什么",
        "云台标准厂房建设项目环评批复文号是什么",
        "云台标准厂房建设项目施工图设计的批复文号是什么，哪年哪月批的？",
        "青川县经开区申请拨付2023年第一批园区补助资金的函是什么文号？",
    ],
)
def test_no_number_of_two_alike_or_of_another(park: Ask, question: str) -> None:
    answer = park(question)
    assert not answer.outcome.given, answer.text


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        (
            "临沧川市第二批土壤资金（437万元）是哪天由市里下拨的，文号是什么？",
            ["2023年8月7日", "临财资环〔2023〕62号"],
            "宁财资环",
        ),
        ("临沧川市第一批土壤资金省级文号是什么？", ["宁财资环〔2022〕706号"], "临财资环"),
    ],
)
def test_a_number_of_a_row_by_its_level(
    city: Ask, question: str, told: list[str], other: str
) -> None:
    answer = city(question)
    assert tells(answer, *told), answer.text
    assert other not in answer.text


@pytest.mark.parametrize(
    "question", ["临沧川市第二批土壤资金文号是多少？", "临沧川市第三批土壤资金的市级文号是什么？"]
)
def test_a_row_with_two_numbers_gives_none(city: Ask, question: str) -> None:
    answer = city(question)
    assert not answer.outcome.given, answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("安岭县交通运输局的自评总结依据的是哪个文号的文件？", ["宁财农〔2018〕30号"]),
        ("安岭县交通运输局2022年衔接资金用在哪个项目上？", ["石桥镇龙头村蔬菜园产业项目"]),
        ("安岭县交通运输局2022年衔接资金下达多少，用在哪个项目上？", ["105", "龙头村蔬菜园"]),
        ("安岭县交通运输局的自评小组由哪些人组成？", ["局长", "副局长", "会计", "出纳"]),
        ("安岭县交通运输局2022年项目成本最终以什么为准？", ["结算审计"]),
        ("安岭县交通运输局衔接资金涉及石桥镇哪几个村？", ["龙头村", "安上村", "官都村"]),
        ("安岭县交通运输局2022年评价得了多少分，什么等级？", ["94.04", "优"]),
    ],
)
def test_short_facts_of_a_report(county: Ask, question: str, told: list[str]) -> None:
    answer = county(question)
    assert tells(answer, *told), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "安岭县交通运输局公路养护的批复文号是什么？",
        "安岭县交通运输局2022年土地出让资金用在哪个项目上？",
        "安岭县交通运输局的评审专家组由哪些人组成？",
        "安岭县交通运输局衔接资金涉及西竖镇哪几个村？",
    ],
)
def test_short_facts_that_a_report_lacks(county: Ask, question: str) -> None:
    answer = county(question)
    assert not answer.outcome.given, answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("安岭县人民法院的派出法庭设在哪几个镇？", ["新立镇", "白石镇", "东溪镇"]),
        ("安岭县人民法院2021年机关有哪些内设部门？", ["办公室", "组织宣传部", "权益部"]),
        ("安岭县人民法院政府采购金额的统计口径包不包括涉密项目？", ["涉密采购项目不计入"]),
    ],
)
def test_where_and_which(court: Ask, question: str, told: list[str]) -> None:
    answer = court(question)
    assert tells(answer, *told), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "安岭县人民法院的调解室设在哪几个镇？",
        "安岭县人民法院三公经费包不包括涉密项目？",
        "安岭县人民法院政府采购金额的统计口径包不包括往年预算？",
    ],
)
def test_where_and_which_untold(court: Ask, question: str) -> None:
    answer = court(question)
    assert not answer.outcome.given, answer.text


def test_how_often_a_flood(park: Ask) -> None:
    answer = park("青川县经开区园区护岸防洪标准达到几年一遇？")
    assert tells(answer, "20年一遇"), answer.text
    assert not park("青川县经开区园区排涝标准是几年一遇？").outcome.given


def test_the_grade_behind_the_points_of_a_form(asking: Asking) -> None:
    answer = asking("zp.txt", FORM)("青川县明朗中学2022年营养改善计划项目自评总分多少，什么等级？")
    assert tells(answer, "96", "优"), answer.text


def test_framing_words_are_left_out_only_where_the_answer_is_what_they_ask_for() -> None:
    question, quote = "成本最终以什么为准", "项目以中标单价实施，最终以结算审计为准。"
    assert without_framed(question, "某局：以结算审计为准。", [quote]).split() == ["成本最终"]
    assert without_framed(question, f"某局：{quote}", [quote]) == question
    assert frame_asked("2022年支出多少") is None
