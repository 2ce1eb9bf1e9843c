"""Text answers over invented reports of other departments, written in other habits."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ingest.files import read_bytes
from ingest.model import Document
from qa.texts.answers import (
    Confidence,
    ScopedDocument,
    TextFinding,
    TextKind,
    classify_text,
    find_text,
)
from qa.texts.terms import squeezed

DATA = Path(__file__).parents[1] / "data"
D, R, P, N, T, G, M, L, S, F = TextKind  # in the order that they are written down


@cache
def document(name: str) -> Document:
    path = DATA / f"textual_{name}.txt"
    return read_bytes(path.read_bytes(), path.name)


def ask(name: str, question: str, kind: TextKind, *terms: str) -> tuple[TextFinding, ...]:
    return find_text(question, kind, [ScopedDocument(1, name, document(name))], terms)


# report, question, kind, terms, what the best answer is or must hold
ANSWERS = (
    ("edu", "本年收入为什么增加？", R, ("本年收入", "增加"), ("在职教师工资标准调整",)),
    ("edu", "基本支出增长的原因是什么", R, ("基本支出",), ("教师编制60名", "住房公积金缴存基数")),
    ("edu", "项目支出下降的原因", R, ("项目支出",), ("校舍维修项目已于上年完工",)),
    ("edu", "三公经费比预算少是为什么", R, ("三公经费",), ("压减公务接待",)),
    ("edu", "公车运行维护费为啥涨了", R, ("公车运行维护费",), ("车辆老化",)),
    ("edu", "机关运行经费下降原因", R, ("机关运行经费",), ("集中采购",)),
    ("edu", "年末结转和结余指什么", D, ("年末结转和结余",), ("结转到下年",)),
    ("edu", "小学教育是什么意思", D, ("小学教育",), ("小学教育支出",)),
    ("edu", "三公经费是指什么", D, ("三公经费",), ("公务接待费",)),
    ("edu", "内设科室有哪些", L, ("内设科室",), ("办公室", "计划财务科", "安全管理科")),
    ("edu", "所属预算单位有哪些", L, ("所属预算单位",), ("第一中学", "实验小学", "考试中心")),
    ("edu", "主要职能有哪些", L, ("主要职能",), ("教育方针", "统筹规划", "教育经费")),
    ("edu", "自评工作的通知是什么文号", N, ("绩效自评工作的通知",), ("临财绩〔2023〕12号",)),
    ("edu", "能力提升项目评价等级是什么", G, ("义务教育薄弱环节改善与能力提升项目",), ("中",)),
    ("edu", "实训基地项目自评等级？", G, ("职业教育实训基地建设项目",), ("优",)),
    ("edu", "第三方评价是哪家机构做的", P, ("第三方评价",), ("临江正信会计师事务所（普通合伙）",)),
    ("water", "谁委托开展的绩效评价", P, ("绩效评价",), ("清溪县财政局",)),
    ("water", "评价机构是哪家公司", P, ("评价机构",), ("华盛工程咨询有限公司",)),
    ("water", "施工单位是哪家", P, ("施工单位",), ("清溪县宏达水利建筑有限公司",)),
    ("water", "评价组组长是谁", P, ("评价组", "组长"), ("高级会计师陈立明",)),
    ("water", "什么时候开工的", T, ("开工",), ("2021年3月15日",)),
    ("water", "泵站工程哪天完工", T, ("泵站工程", "完工"), ("2022年4月20日",)),
    ("water", "绩效评价什么时候开展的", T, ("绩效评价", "开展"), ("2022年5月至7月",)),
    ("water", "泵站为什么延期", R, ("泵站", "延期"), ("征地拆迁滞后",)),
    ("water", "采用了什么评价方法", M, (), ("成本效益分析法、比较法、因素分析法和公众评判法",)),
    ("water", "立项依据有哪些", M, ("立项依据",), ("水规计〔2011〕203号", "清府〔2021〕8号")),
    ("water", "水利发展规划的文号", N, ("水利发展规划",), ("清府〔2021〕8号",)),
    ("water", "评价等级是什么", G, (), ("良",)),
    ("water", "绩效目标合理性为什么扣分", R, ("绩效目标合理性", "扣分"), ("未量化",)),
    ("water", "预算执行率为什么没得满分", R, ("预算执行率",), ("未达到100%",)),
    ("water", "按期完工率为什么扣分", R, ("按期完工率",), ("泵站工程延期完工",)),
    ("water", "存在哪些问题", L, (), ("前期工作不扎实", "绩效目标编制质量不高", "档案管理不规范")),
    ("water", "有哪些建议", L, (), ("加强前期工作", "细化量化绩效目标", "规范档案管理")),
    ("water", "评价工作分哪几个阶段", L, ("评价工作",), ("前期准备", "现场调研", "报告撰写")),
    ("water", "项目主要内容包括哪些", L, ("项目主要内容",), ("12.5公里", "8.3公里", "2座")),
    ("water", "档案管理方面有什么问题", L, ("档案管理",), ("监理日志缺失",)),
    ("water", "三级指标有哪些", L, ("三级指标",), ("立项程序规范性", "护岸加固长度", "按期完工率")),
    ("agri", "实施单位是谁", P, ("实施单位",), ("平湖区农田建设服务中心",)),
    ("agri", "联系人是谁", P, ("联系人",), ("王晓",)),
    ("agri", "自评等级是什么", G, (), ("优",)),
    ("agri", "任务完成及时率没完成的原因", R, ("任务完成及时率",), ("受台风影响",)),
    ("agri", "亩均增产粮食为什么没达标", R, ("亩均增产粮食",), ("尚未完全投入使用",)),
    ("agri", "存在哪些问题", L, (), ("施工进度偏慢", "管护责任落实不到位")),
    ("agri", "改进措施有哪些", L, (), ("周调度机制", "管护协议")),
    ("agri", "工程验收合格率完成情况如何", S, ("工程验收合格率",), ("100%",)),
    ("std", "收支总计比上年减少的原因", R, ("收支总计",), ("自然灾害救灾资金减少",)),
    ("std", "行政运行决算大于预算的原因", R, ("行政运行",), ("追加人员经费",)),
    ("std", "安全监管支出为什么小于年初预算", R, ("安全监管支出",), ("因疫情取消",)),
    ("std", "三公经费决算小于预算的原因", R, ("三公经费",), ("公务接待次数减少",)),
    ("std", "三公经费比上年减少的原因", R, ("三公经费",), ("严控公车使用",)),
    ("std", "公务用车购置及运行费为什么增加", R, ("公务用车购置及运行费",), ("应急指挥车",)),
    (
        "std",
        "部门评价的项目有哪些",
        L,
        ("部门评价", "项目"),
        ("应急物资储备", "安全生产专项整治", "森林防火"),
    ),
    ("std", "森林防火项目评价等级是什么", G, ("森林防火项目",), ("中",)),
    (
        "std",
        "应急物资储备项目存在什么问题",
        L,
        ("应急物资储备项目",),
        ("物资轮换不及时", "信息化管理水平偏低"),
    ),
    ("std", "应急物资储备项目怎么改进", L, ("应急物资储备项目",), ("轮换台账", "仓储信息化")),
    ("std", "森林防火项目的改进措施", L, ("森林防火项目",), ("倒排工期",)),
    ("std", "主要职责有哪些", L, ("主要职责",), ("应急预案", "安全生产监督", "交办的其他事项")),
    ("std", "内设机构有哪些", L, ("内设机构",), ("政策法规科", "防汛抗旱科")),
    ("std", "决算单位构成包括哪些单位", L, ("决算单位构成",), ("局本级", "执法支队")),
    ("std", "安全监管是什么意思", D, ("安全监管",), ("安全生产监督管理方面的支出",)),
    ("std", "财政拨款支出主要用于哪些方面", L, ("财政拨款支出",), ("社会保障和就业", "住房保障")),
    ("health", "评价机构是哪家", P, ("评价机构",), ("南岭财务咨询有限公司",)),
    ("health", "报告日期是什么时候", T, ("报告日期",), ("2024年6月",)),
    ("health", "哪个科室牵头", P, ("牵头",), ("基层卫生科",)),
    ("health", "谁负责技术指导", P, ("技术指导",), ("区疾病预防控制中心、区妇幼保健院",)),
    ("health", "评价标准有哪些", L, ("评价标准",), ("计划标准", "行业标准", "历史标准")),
    ("health", "组织实施阶段是什么时候", T, ("组织实施阶段",), ("2024年3月21日至5月15日",)),
    ("health", "资金分配合理性扣分原因", R, ("资金分配合理性",), ("未考虑服务数量和考核结果",)),
    ("health", "财务管理规范性为什么扣分", R, ("财务管理规范性",), ("发放奖金", "未单独核算")),
    ("health", "健康档案使用率低的原因", R, ("健康档案使用率低",), ("未互通",)),
    ("health", "为什么专业人才短缺", R, ("专业人才短缺",), ("待遇偏低",)),
    ("health", "经验做法有哪些", L, (), ("家庭医生签约", "信息化支撑")),
    (
        "health",
        "第三季度补助资金什么时候拨付到位",
        T,
        ("第三季度补助资金", "拨付到位"),
        ("2023年11月",),
    ),
    ("health", "总体目标是什么", F, ("总体目标",), ("免费向城乡居民",)),
)

# The report says otherwise: the finding quotes it.
CONFLICTS = (
    ("edu", "项目支出为什么上升", R, ("项目支出", "上升"), "减少220.00万元"),
    ("edu", "因公出国费为什么增加", R, ("因公出国费",), "与上年持平"),
    ("std", "安全监管支出为什么大于年初预算", R, ("安全监管支出",), "小于年初预算数"),
    ("std", "住房公积金决算大于预算的原因", R, ("住房公积金",), "等于年初预算数"),
    ("water", "立项程序规范性为什么扣分", R, ("立项程序规范性",), "得4分"),
    ("health", "资金到位率为什么扣分", R, ("资金到位率",), "得5分"),
)

SILENT = (
    ("edu", "局长是谁", P, ("局长",)),
    ("edu", "校长是谁", P, ("校长",)),
    ("edu", "联系电话是多少", F, ("联系电话",)),
    ("edu", "经营收入为什么减少", R, ("经营收入",)),
    ("edu", "经营支出是什么意思", D, ("经营支出",)),
    ("water", "设计单位是谁", P, ("设计单位",)),
    ("water", "环评批复的文号", N, ("环境影响评价批复",)),
    ("water", "合同哪天签订的", T, ("合同", "签订")),
    ("water", "护岸加固是否通过审计", S, ("护岸加固", "审计")),
    ("agri", "监理单位是哪家", P, ("监理单位",)),
    ("agri", "新建高标准农田面积偏差原因", R, ("新建高标准农田面积",)),
    ("std", "财政拨款支出减少的原因", R, ("财政拨款支出",)),
    ("std", "安全生产专项整治项目等级", G, ("安全生产专项整治项目",)),
    ("std", "第三方机构是哪家", P, ("第三方机构",)),
    ("health", "家庭医生团队由谁组建", P, ("家庭医生团队",)),
    ("health", "采购方式是什么", M, ("采购方式",)),
)


@pytest.mark.parametrize(("name", "question", "kind", "terms", "expect"), ANSWERS)
def test_best_answer_says_it(
    name: str, question: str, kind: TextKind, terms: tuple[str, ...], expect: tuple[str, ...]
) -> None:
    found = ask(name, question, kind, *terms)
    said = found[0].answer + "".join(found[0].items) if found else ""
    assert [word for word in expect if word not in said] == []
    assert not found or found[0].confidence is not Confidence.LOW


@pytest.mark.parametrize(("name", "question", "kind", "terms", "wording"), CONFLICTS)
def test_wrong_premises_meet_the_reports_wording(
    name: str, question: str, kind: TextKind, terms: tuple[str, ...], wording: str
) -> None:
    assert wording in ask(name, question, kind, *terms)[0].conflict


@pytest.mark.parametrize(("name", "question", "kind", "terms"), SILENT)
def test_nothing_is_sure_where_the_report_is_silent(
    name: str, question: str, kind: TextKind, terms: tuple[str, ...]
) -> None:
    assert [f for f in ask(name, question, kind, *terms) if f.confidence.rank < 2] == []


@pytest.mark.parametrize("name", ["edu", "water", "agri", "std", "health"])
def test_words_that_a_report_does_not_have_lead_to_no_sure_answer(name: str) -> None:
    own = squeezed(document(name).text)
    for other, question, kind, terms, _ in ANSWERS:
        foreign = terms and not any(squeezed(term) in own for term in terms)
        if other != name and foreign and kind in (R, T, G, S, F):
            sure = [f for f in ask(name, question, kind, *terms) if f.confidence.rank == 0]
            assert sure == [], question


def test_an_incomplete_list_says_so() -> None:
    best = ask("health", "服务内容分为哪几类", L, "服务内容")[0]
    assert best.items[0] == "居民健康档案管理"
    assert not best.complete  # four are named of twelve
    assert best.confidence is not Confidence.HIGH


@pytest.mark.parametrize("question", [case[1] for case in ANSWERS])
def test_questions_for_text_are_not_taken_for_figures(question: str) -> None:
    assert classify_text(question) is not None
