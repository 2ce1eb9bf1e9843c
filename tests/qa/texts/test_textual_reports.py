"""Text answers over the five real reports: what is found, and what must not be."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

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

REPORTS = Path(__file__).parents[4] / "shared" / "reports"
pytestmark = pytest.mark.skipif(
    not REPORTS.is_dir(), reason="needs the five real reports in ../shared/reports"
)
D, R, P, N, T, G, M, L, S, F = (
    TextKind.DEFINITION,
    TextKind.REASON,
    TextKind.PERSON_OR_BODY,
    TextKind.DOCUMENT_NUMBER,
    TextKind.DATE,
    TextKind.GRADE,
    TextKind.METHOD,
    TextKind.LIST,
    TextKind.STATUS,
    TextKind.FACT,
)


class Case(NamedTuple):
    """A question, where it is asked, its content terms, and what the best answer must hold."""

    reports: str  # first digits of the files, such as "0" or "34"
    question: str
    kind: TextKind
    terms: tuple[str, ...]
    expect: tuple[str, ...]
    part: int | None = None


CASES = (
    # definitions
    Case(
        "3", "什么是上级补助收入？", D, ("上级补助收入",), ("主管部门和上级单位", "非财政补助收入")
    ),
    Case("3", "“结余分配”怎么理解？", D, ("结余分配",), ("所得税", "专用结余")),
    Case("3", "年末结转和结余是什么意思", D, ("年末结转和结余",), ("结转到下年",)),
    Case("3", "使用非财政拨款结余指什么", D, ("使用非财政拨款结余",), ("弥补收支差额",)),
    Case(
        "3",
        "公务用车运行维护费包括哪些支出？",
        D,
        ("公务用车运行维护费",),
        ("燃料费", "过路过桥费"),
    ),
    Case("3", "《行动计划》指的是什么文件？", D, ("行动计划",), ("三年行动计划",)),
    Case("3", "What does 项目支出 mean?", D, ("项目支出",), ("特定行政任务",)),
    # reasons of changes
    Case("3", "其他收入怎么涨了四倍？", R, ("其他收入",), ("党建经费",)),
    Case("3", "政府性基金收入大增，为什么？", R, ("政府性基金预算财政拨款收入",), ("专项债",)),
    Case(
        "3",
        "一般公共预算财政拨款收入比上年多的缘由",
        R,
        ("一般公共预算财政拨款收入",),
        ("业务办公用房",),
    ),
    Case(
        "3",
        "“三公”经费决算低于上年决算，是什么原因？",
        R,
        ("三公经费",),
        ("全年实际支出与上年相比",),
    ),
    Case("3", "三公经费支出小于预算数的原因？", R, ("三公经费",), ("全年实际支出比预算",)),
    Case(
        "3",
        "政府性基金支出高出年初预算的原因",
        R,
        ("政府性基金预算财政拨款支出",),
        ("新增15项专项债",),
    ),
    Case("3", "Why did 机关运行经费 increase?", R, ("机关运行经费",), ("维护维修费",)),
    Case(
        "1",
        "来穗局为什么对年初预算的工作内容作部分调整？",
        R,
        ("年初", "预算", "部分调整"),
        ("疫情影响",),
    ),
    Case(
        "4",
        "部分项目预算调整幅度较大，受什么影响？",
        R,
        ("部分项目", "预算调整幅度较大"),
        ("财政资金安排",),
    ),
    Case("3", "中国移动凭什么建议扩容提速", R, ("中国移动", "扩容提速"), ("峰值流速",)),
    # deductions
    Case(
        "3", "立项依据适应性为什么没拿满分？", R, ("立项依据适应性",), ("2023年10月", "滞后性"), 1
    ),
    Case("3", "绩效目标合理性扣分的原因", R, ("绩效目标合理性",), ("完整性不足",), 1),
    Case("3", "增强信息安全这个指标为啥丢分", R, ("增强信息安全",), ("未见该软件运行情况",), 1),
    Case(
        "3",
        "项目过程质量控制情况为何扣分？",
        R,
        ("项目过程质量控制情况",),
        ("前期采购工作规范性不足",),
        1,
    ),
    Case("3", "财务管理情况扣分是什么原因", R, ("财务管理情况",), ("延迟支付",), 1),
    Case("3", "提高网络稳定性没有得满分是因为什么", R, ("提高网络稳定性",), ("难以适应",), 1),
    Case(
        "3",
        "项目产出绩效情况综合评价扣分原因",
        R,
        ("项目产出绩效情况综合评价",),
        ("未设置名称",),
        1,
    ),
    # persons and bodies
    Case(
        "3",
        "“信息化运维服务经费”的重点评价委托了哪家机构？",
        P,
        ("信息化运维服务经费", "委托"),
        ("广东国众联行",),
    ),
    Case("3", "运维类项目的用款单位是谁", P, ("项目用款单位",), ("政务服务数据管理局",), 1),
    Case("3", "重点绩效评价受谁委托？", P, ("重点绩效评价",), ("政务服务数据管理局",), 1),
    Case(
        "3", "信息化项目评审小组的副组长是谁？", P, ("评审小组", "副组长"), ("电子公务科科长",), 1
    ),
    Case("0", "谁提供技术服务支撑？", P, ("技术服务支撑",), ("图南软件",)),
    Case(
        "3",
        "部门整体支出绩效评价委托了哪家机构？",
        P,
        ("部门整体支出绩效评价", "委托"),
        ("无委托",),
    ),
    Case(
        "2",
        "2019年初城市社区网格化工作职责划给了谁",
        P,
        ("城市社区网格化服务管理工作职责", "划入"),
        ("市来穗局",),
    ),
    # document numbers
    Case(
        "3",
        "区政府同意设立“数字政府”建设专项资金的批复是几号文？",
        N,
        ("设立", "建设专项资金", "批复"),
        ("番府办函〔2021〕196",),
    ),
    Case(
        "0",
        "《广州市番禺区预算绩效管理办法》的发文字号",
        N,
        ("预算绩效管理办法",),
        ("番财〔2020〕86号",),
    ),
    Case(
        "0",
        "项目支出绩效评价管理办法是什么文号？",
        N,
        ("项目支出绩效评价管理办法",),
        ("财预〔2020〕10号",),
    ),
    Case(
        "3",
        "广东“数字政府”改革建设方案文号是什么",
        N,
        ("广东", "数字政府", "改革建设方案"),
        ("粤府〔2017〕133号",),
    ),
    Case("01234", "哪份报告引用了财预〔2020〕10号？", N, (), ("项目支出绩效评价管理办法",)),
    Case("3", "穗财预〔2020〕7号是什么文件？", N, (), ("财政管理工作绩效评价办法",)),
    # dates
    Case(
        "3", "运维类项目的立项请示是哪个月报送的？", T, ("立项的请示", "报送"), ("2023年10月",), 1
    ),
    Case(
        "3",
        "政府门户网站技术开发与运维服务哪天验收的",
        T,
        ("政府门户网站技术开发与运维服务", "验收"),
        ("2023年4月29日",),
        1,
    ),
    Case(
        "3",
        "中国移动链路租赁的服务时间是？",
        T,
        ("链路租赁项目（中国移动", "服务时间"),
        ("2022年9月1日", "2025年8月31日"),
        1,
    ),
    Case("3", "视频会议控制台什么时候验收？", T, ("视频会议控制台", "验收"), ("2023年1月12日",), 1),
    Case(
        "3",
        "数据中心维护项目服务期从哪天到哪天",
        T,
        ("数据中心维护项目", "服务时间"),
        ("2022年12月1日", "2023年11月30日"),
        1,
    ),
    Case(
        "2",
        "城市社区网格化工作职责什么时候划入市来穗局？",
        T,
        ("网格化服务管理工作职责", "划入"),
        ("2019年1月",),
    ),
    Case(
        "2",
        "网格化功能模块何时交由市来穗局管理",
        T,
        ("功能模块", "交由", "管理和使用"),
        ("2019年4月底",),
    ),
    Case("4", "“云窗口”服务专区哪个月设立的？", T, ("云窗口", "服务专区", "设立"), ("6月初",)),
    # grades
    Case("2", "网格化项目绩效评价是什么等级？", G, ("绩效评价",), ("优",)),
    Case("3", "运维类项目的评价等级", G, (), ("良",), 1),
    Case("4", "2024年部门整体自评结果是哪个等次？", G, ("部门整体", "自评结果"), ("优",)),
    Case("3", "政府门户网站考评结果怎样，优秀吗？", G, ("政府门户网站", "考评结果"), ("优秀",), 1),
    # methods and bases
    Case("1", "服务项目的评价用的是什么方法？", M, ("评价",), ("书面",)),
    Case("2", "网格化项目采用的评价方法有哪些？", M, (), ("书面评价", "现场评价")),
    Case("3", "书面评审用的什么判断方法", M, ("书面评审", "判断"), ("定量与定性",), 1),
    Case(
        "0",
        "出租屋信息化项目的立项依据是什么？",
        M,
        ("立项依据",),
        ("番文〔2019〕49号", "穗厅字〔2018〕6号", "番府办〔2022〕20号"),
    ),
    Case("2", "网格化项目的政策依据", M, ("政策依据",), ("穗办〔2014〕9",)),
    # lists
    Case(
        "3",
        "评价报告指出了哪些主要问题？",
        L,
        ("问题",),
        ("预算执行率较低", "财务资料完整性不足", "绩效体系设置不规范"),
        1,
    ),
    Case(
        "3",
        "评价机构给出的建议有哪几条",
        L,
        ("建议",),
        ("加强预算编制调研", "保障财务资料完整", "规范项目绩效体系"),
        1,
    ),
    Case(
        "4",
        "自评说明里的改进措施有哪些",
        L,
        ("改进措施",),
        ("部门预算约束", "政府采购行为", "绩效指标的适用性"),
    ),
    Case(
        "1", "成功经验有哪几方面？", L, ("成功经验",), ("基本公共服务", "服务关爱活动", "宣传报道")
    ),
    Case(
        "2",
        "网格化项目主要用于哪五个方面？",
        L,
        ("主要用于", "方面"),
        ("党建引领", "综合网格设置", "工作制度", "专职网格员", "信息化支撑"),
    ),
    Case("2", "效益指标有哪些？", L, ("效益指标",), ("网格事件办结率", "有效投诉量")),
    Case("3", "部门下属事业单位有哪些", L, ("下属", "单位"), ("政务服务中心",), 0),
    Case(
        "0",
        "设置的6个绩效指标是哪些？",
        L,
        ("绩效指标",),
        ("每季度通报", "运维团队", "自助办理居住证"),
    ),
    Case(
        "3",
        "政府专线租用包含哪些项目？",
        L,
        ("政府专线租用",),
        ("中国电信2023年1-12月", "中国移动上网", "中国联通上网"),
        1,
    ),
    Case(
        "3",
        "云中心及机房维护下有哪些子项",
        L,
        ("云中心及机房维护",),
        ("机房电费", "配电设备维修", "动环监控"),
        1,
    ),
    Case(
        "3",
        "硬件设施维护项目是哪3个？",
        L,
        ("硬件设施维护项目",),
        ("智能化建设项目运维服务", "智能化系统维护保养", "机房空调"),
        1,
    ),
    Case(
        "3",
        "财务管理下设哪些三级指标",
        L,
        ("财务管理", "三级指标"),
        ("财务管理情况", "支出完成率"),
        1,
    ),
    Case(
        "1",
        "2021年服务项目包括哪些工作？",
        L,
        ("项目内容",),
        ("积分制入户", "微信公众号", "融合大学堂"),
    ),
    Case(
        "2",
        "绩效评价实施过程分哪几个阶段",
        L,
        ("绩效评价实施过程", "阶段"),
        ("前期准备", "组织实施", "分析评价"),
    ),
    Case(
        "4",
        "管理效率从哪几个方面分析？",
        L,
        ("管理效率分析",),
        ("预算编制", "信息公开", "资产管理", "运行成本"),
    ),
    Case(
        "3",
        "哪些项目存在延迟支付的情况？",
        L,
        ("延迟支付",),
        ("液晶电视采购项目", "防疫电子哨兵及闸机项目"),
        1,
    ),
    # states
    Case(
        "3",
        "互联网出口接口流量的完成情况如何？",
        S,
        ("互联网出口接口流量",),
        ("未见相关佐证材料",),
        1,
    ),
    Case(
        "3",
        "政务服务事项标准化及其应用试点验收了吗？",
        S,
        ("政务服务事项标准化及其应用试点",),
        ("高分通过终期验收",),
        0,
    ),
    Case("3", "深信服安全设备授权项目进展情况", S, ("深信服安全设备授权项目",), ("有效期内",), 1),
    Case(
        "3",
        "云计算中心配电设备维修工程验收情况如何？",
        S,
        ("配电设备维修工程",),
        ("未见设备验收材料",),
        1,
    ),
    Case("2", "网格化项目绩效目标完成了没有", S, ("绩效目标",), ("如期达到",)),
    # other facts
    Case("4", "番禺云政务服务工作室得了什么奖？", F, ("云政务服务工作室",), ("优秀创新成果",)),
    Case("3", "公务用车主要拿来做什么", F, ("公务用车", "用于"), ("机要文件交换",), 0),
    Case(
        "3",
        "一般公共预算绩效自评后下一步怎么优化绩效指标",
        F,
        ("绩效指标设置", "目标值"),
        ("量化",),
        0,
    ),
    Case("4", "资产盘点怎么做？", F, ("资产盘点",), ("每年",)),
    Case("2", "网格化项目的资金来源是什么", F, ("资金来源",), ("财政拨款",)),
    Case("3", "项目类型是什么？", F, ("项目类型",), ("经常性项目",), 1),
)

# (reports, question, kind, terms): the report does not say; nothing may be offered as sure.
SILENT = (
    ("01234", "番禺区政数局局长是谁？", P, ("局长",)),
    ("01234", "项目负责人叫什么名字", P, ("项目负责人",)),
    ("01234", "监理单位是哪家公司？", P, ("监理单位",)),
    ("2", "网格化系统的第三方服务商是哪家？", P, ("第三方服务商", "网格化系统")),
    ("01234", "会计师事务所是哪家", P, ("会计师事务所",)),
    ("3", "城市更新专项资金管理办法的文号", N, ("城市更新专项资金管理办法",)),
    ("3", "《广州市财政局关于加快推进各区预算绩效管理工作的通知》的文号是多少", N, ()),
    ("01234", "哪份报告引用了财预〔2019〕99号", N, ()),
    ("0", "出租屋信息化项目的评价等级是什么？", G, ()),
    ("1", "服务项目合同什么时候签订的", T, ("合同", "签订")),
    ("0", "系统哪天上线的？", T, ("系统", "上线")),
    ("2", "网格化项目的服务期限从哪天到哪天", T, ("服务期限",)),
    ("3", "乡村振兴补助资金指什么", D, ("乡村振兴补助资金",)),
    ("3", "政府性基金预算财政拨款收入是什么意思", D, ("政府性基金预算财政拨款收入",)),
    ("3", "经营收入为什么翻倍", R, ("经营收入", "翻倍")),
    ("4", "公务接待费为什么上升？", R, ("公务接待费", "上升")),
    ("3", "住房保障支出减少的原因", R, ("住房保障支出", "减少")),
    ("3", "财政拨款收入合计增加的原因", R, ("财政拨款收入",)),
    ("2", "人工智能平台为什么延期", R, ("人工智能平台", "延期")),
    ("3", "审计整改发现了哪些问题", L, ("审计整改", "问题")),
    ("01234", "评价专家有哪些人？", L, ("评价专家",)),
    ("1", "党建活动有哪些项目", L, ("党建活动",)),
    ("3", "区块链平台的验收情况", S, ("区块链平台",)),
    ("4", "食堂外包给了谁？", P, ("食堂外包",)),
)


@lru_cache(maxsize=1)
def documents() -> dict[str, Document]:
    paths = sorted(REPORTS.glob("*.txt"))
    return {path.name[2]: read_bytes(path.read_bytes(), path.name) for path in paths}


def ask(
    reports: str, question: str, kind: TextKind, terms: tuple[str, ...], part: int | None = None
) -> tuple[TextFinding, ...]:
    loaded = documents()
    parts = None if part is None else (part,)
    scopes = [ScopedDocument(int(no), loaded[no].name, loaded[no], parts) for no in reports]
    return find_text(question, kind, scopes, terms)


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_best_answer_says_it(case: Case) -> None:
    found = ask(case.reports, case.question, case.kind, case.terms, case.part)
    assert found, "nothing found"
    best = found[0]
    said = flat(best.answer + "".join(best.items))
    assert best.confidence is not Confidence.LOW
    assert [word for word in case.expect if word not in said] == []


@pytest.mark.parametrize(("reports", "question", "kind", "terms"), SILENT)
def test_nothing_is_sure_where_the_report_is_silent(
    reports: str, question: str, kind: TextKind, terms: tuple[str, ...]
) -> None:
    found = ask(reports, question, kind, terms)
    assert [f for f in found if f.confidence is not Confidence.LOW and not f.conflict] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_quotes_answers_and_items_are_verbatim(case: Case) -> None:
    for found in ask(case.reports, case.question, case.kind, case.terms, case.part):
        document = documents()[str(found.report)]
        assert found.quote == _text(document, found)[found.start : found.end]
        assert found.items or flat(found.answer) in flat(_text(document, found))
        assert len(found.items) == len(found.item_places)
        for item, place in zip(found.items, found.item_places, strict=True):
            whole = _cell(document, place.block, place.table, place.row, place.column)
            assert item == whole[place.start : place.end]
        if case.part is not None:
            assert found.part == case.part or case.kind is D


def _text(document: Document, found: TextFinding) -> str:
    return _cell(document, found.block, found.table, found.row, found.column)


def _cell(
    document: Document, block: int, table: int | None, row: int | None, column: int | None
) -> str:
    if table is None or row is None or column is None:
        return document.blocks[block].text
    grid = document.tables[table].rows if row >= 0 else document.tables[table].header
    return grid[row if row >= 0 else -1 - row][column].text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_questions_for_text_are_not_taken_for_figures(case: Case) -> None:
    assert classify_text(case.question) is not None


@pytest.mark.parametrize(
    ("question", "terms", "wording"),
    [
        ("公务接待费比上年上升的原因是什么？", ("公务接待费",), "减少0.64万元"),
        ("基本支出为什么比上年增加？", ("基本支出",), "减少67.04万元"),
        ("其他收入为什么下降", ("其他收入",), "增加1.86万元"),
        ("事业收入为什么增长", ("事业收入",), "持平"),
    ],
)
def test_a_wrong_premise_is_answered_with_the_reports_wording(
    question: str, terms: tuple[str, ...], wording: str
) -> None:
    best = ask("3", question, R, terms, 0)[0]
    assert wording in flat(best.conflict)


def test_full_marks_are_a_conflict_when_asked_why_points_were_lost() -> None:
    best = ask("2", "采购合规性指标为什么扣分？", R, ("采购合规性",))[0]
    assert best.conflict == "评价得分为8分"


def test_a_document_number_leads_to_every_part_that_cites_it() -> None:
    found = ask("01234", "哪些报告把番财〔2020〕86号作为依据？", N, ())
    assert [(f.report, f.part) for f in found] == [(0, 0), (3, 1)]
    assert all(f.confidence is Confidence.HIGH for f in found)


def test_findings_of_one_report_do_not_depend_on_the_others() -> None:
    question, terms = "存在哪些问题？", ("问题",)
    together = ask("01234", question, L, terms)
    for number in "01234":
        alone = ask(number, question, L, terms)
        assert tuple(f for f in together if f.report == int(number)) == alone
