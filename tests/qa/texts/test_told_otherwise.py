"""Reasons, names and lists that a report tells in other words than the question has."""

from collections.abc import Callable

import pytest

from qa.model import Answer
from qa.texts.classify import classify_text
from qa.texts.model import TextKind

Ask = Callable[..., Answer]
Asking = Callable[[str, str], Ask]

HEALTH = """松湾县卫生健康局2023年度部门决算

一、基本情况
松湾县卫生健康局内设科室由上年的8个调整为9个，新增“托育服务科”。原松湾县急救站更名为松湾县急救指挥中心。
二、决算情况说明
（一）总体情况。2023年度收入总计、支出总计均为8765.40万元，与2022年度相比各增加321.10万元，增长3.80%。增长的主要原因：一是采购疫苗冷链设备；二是乡镇卫生院扩建开工。
其中本年收入8123.45万元，比上年增加211.30万元，增长2.67%，主要原因是市级财政新增家庭医生签约经费；本年支出8200.10万元，比上年减少45.60万元，下降0.55%，主要原因是信息系统改造完工。
（二）因公出国（境）团组1个，累计3人次，目的地为荷兰和芬兰。
（三）国有资产。单位价值100万元以上设备3台（套），分别为移动体检车、核磁共振仪和数字胃肠机。
三、预算绩效
“院前急救能力提升”项目执行率偏低，原因是车载监护仪到货延迟，尾款126.30万元未能在年内支付。
第二季度村医补助应于6月底前发放，实际于8月9日发放，原因是乡镇报送的名册反复退回修改。
签约服务随访率78.2%，低于85%的目标，主要原因是外出务工人员多，电话联系不上。
问题整改责任人为副局长冯砚池，要求2024年5月底前完成。
以上整改由规划财务股牵头，医政股配合。
松湾县下一步推动中医院开设针灸康复、小儿推拿两个特色门诊。
"""

ROADS = """松湾县2023年村道亮化工程项目绩效评价报告

一、项目概况
松湾县交通运输局通过竞争性磋商确定松湾正平工程监理有限公司为监理单位，项目负责人：孟怀远。
项目于2023年4月6日开工，2023年12月20日完工，较计划推迟51天，主要原因是灯杆生产厂家停产检修。
二、项目管理
松湾县正平街道长河小学、南坪小学、石桥小学3所学校存在台账缺失问题。
仅上岭村、南坪村、石桥村制定了路灯管护制度，其余9个村没有制定。
三、满意度
发放问卷300份，收回有效问卷288份，满意度90.3%。不满意的主要原因依次为路灯熄灯过早、报修响应慢。
"""


@pytest.fixture(scope="module")
def health(asking: Asking) -> Ask:
    return asking("weijian.txt", HEALTH)


@pytest.fixture(scope="module")
def roads(asking: Asking) -> Ask:
    return asking("daolu.txt", ROADS)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("松湾县卫生健康局2023年收支总计为什么比上年增加？", "冷链设备"),
        ("松湾县卫生健康局2023年本年收入为什么比上年增加？", "家庭医生签约经费"),
        ("松湾县卫生健康局“院前急救能力提升”项目的钱为什么没花完？", "到货延迟"),
        ("松湾县卫生健康局2023年第二季度村医补助为什么拖到8月才发？", "退回修改"),
        ("松湾县卫生健康局2023年签约服务随访率没达标的原因是什么？", "外出务工"),
        ("松湾县卫生健康局2023年问题整改由谁负责？", "冯砚池"),
        ("松湾县卫生健康局2023年决算提到的整改由哪个股室牵头？", "规划财务股"),
        ("松湾县卫生健康局2023年新增了哪个科室？", "托育服务科"),
        ("松湾县急救站后来改叫什么名字？", "急救指挥中心"),
        ("松湾县卫生健康局2023年因公出国（境）去了哪几个国家？", "荷兰和芬兰"),
        ("松湾县卫生健康局2023年单价100万元以上的设备是哪几样？", "数字胃肠机"),
        ("松湾县卫生健康局下一步要推动中医院开设哪两个特色门诊？", "小儿推拿"),
    ],
)
def test_accounts_tell_it_in_other_words(health: Ask, question: str, told: str) -> None:
    assert told in health(question).text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("松湾县村道亮化工程的监理由哪家单位承担？", "松湾正平工程监理有限公司"),
        ("松湾县村道亮化工程哪几个村制定了路灯管护制度？", "石桥村"),
        ("松湾县村道亮化工程中被查出台账缺失的是哪三所学校？", "南坪小学"),
        ("松湾县村道亮化工程为什么没能按期完工？", "停产检修"),
    ],
)
def test_evaluations_tell_it_in_other_words(roads: Ask, question: str, told: str) -> None:
    assert told in roads(question).text


@pytest.mark.parametrize(
    "question",
    [
        "松湾县卫生健康局2023年签约服务满意度没达标的原因是什么？",
        "松湾县卫生健康局2023年第三季度村医补助为什么拖到8月才发？",
        "松湾县卫生健康局2023年撤销了哪个科室？",
        "松湾县卫生健康局2023年推动妇幼保健院开设哪两个特色门诊？",
    ],
)
def test_what_is_told_of_another_thing_is_no_answer(health: Ask, question: str) -> None:
    assert not health(question).outcome.given


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("工程的监理由哪家单位承担？", TextKind.PERSON_OR_BODY),
        ("整改由哪个股室牵头？", TextKind.PERSON_OR_BODY),
        ("那3个没建成的站点卡在哪了？", TextKind.REASON),
        ("电信公司为什么叫单位把宽带提速？", TextKind.REASON),
        ("什么叫家庭医生签约？", TextKind.DEFINITION),
    ],
)
def test_kinds_of_text(question: str, kind: TextKind) -> None:
    assert classify_text(question) is kind
