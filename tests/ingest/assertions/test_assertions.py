"""Claims in words: each family confirmed and contradicted; and the traps, silent."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest

from ingest.assertions.families import ASSERTIONS, find_assertions
from ingest.model import Assertion, Document, Verdict
from ingest.pipeline import read_document

EXACT, FAILS = Verdict.EXACT, Verdict.FAILS
HEAD = "2023年度某市某局部门决算\n\n一、情况说明\n\n"


def read(text: str) -> Document:
    return read_document((HEAD + text + "\n").encode(), "某局2023.txt")


class Case(NamedTuple):
    """An assertion that must be found: family, a piece of the stated words, verdict, other side."""

    name: str
    text: str
    family: str
    stated: str
    verdict: Verdict
    other: str


STATES = (
    "\n\n序号\t项目名称\t服务内容\t完成情况\n1\t常务会议室智能化维护项目\t设备维护保养\t2023年11月1日验收。\n"
    "2\t门户网站技术运维项目\t网站运行维护\t该项目尚在服务期内，服务正常。\n"
    "3\t机房空调采购项目\t采购空调\t未见验收材料\n"
)
PLACES = (
    "\n\n序号\t项目名称\t服务时间\t完成情况\n"
    "1\t厨房排烟改造（石榴街道）\t2023年5月至6月\t2023年7月12日验收\n"
    "2\t厨房排烟改造（柳湖街道）\t2023年5月至6月\t2023年6月12日验收\n"
)
SHEETS = (
    "\n\n二级指标\t三级指标\t指标值\n质量指标\t公示及时率\t100%\n成本指标\t单批成本\t800元\n\n"
    "另有明细。\n\n三级指标\t分值\t得分\n公示及时率\t4\t3\n单批成本\t6\t6\n合计\t10\t9\n\n"
    "附表如下。\n\n指标名称\t完成情况\n公示及时率\t91.2%\n单批成本\t780元\n"
)
CLASSES = "\n\n一级指标\t二级指标\t指标值\n产出指标\t数量指标\t完成六项任务\n效益指标\t社会效益\t保障网络光纤通畅。\n"
AIMS = (
    "（1）提升工作效率\n\n指标值“开发系统功能，推进信息化”，已经达到。\n\n三级指标\t预期指标值\t完成情况\n"
    "提升服务质量\t定期维护系统，保障服务开展\t已完成\n提升工作效率\t{aim}\t已完成\n"
)
NAMED = (
    "申报时共设置绩效指标3个，其中“拨付率”“支付合规性”等指标考核财务，设置情况如下。\n\n序号\t绩效指标\t指标值\n"
    "1\t拨付率\t91%\n2\t可用率\t99%\n3\t群众满意度\t95%\n"
)
MARKS = "三级指标\t分值\t得分\t扣分原因\n自评质量\t3\t3\t{}\n制度建设\t7\t6\t制度不够健全\n合计\t10\t9\t\n"
MET = "\n\n三级指标\t指标值\t实际完成值\t完成情况\n建档率\t92%\t94%\t完成\n签约率\t75%\t73%\t{}\n"
FUND = "\n\n政府性基金预算财政拨款收入0.00万元。政府性基金预算支出{}万元。"
YEARS = (
    "\n\n单位：万元\n\n项目\t2022年决算数\t2023年决算数\n公务接待费\t5.20\t3.13\n"
    "公用经费\t118.76\t118.76\n培训费\t2.01\t2.00\n"
)
BUDGET = "公务接待费年初预算60.00万元，支出决算42.16万元，决算数{}年初预算数的主要原因是厉行节约。"
RATES = (
    "1. 效果\n\n（1）工单转派准确率指标：年初设定准确率为90%，实际准确率为96%。\n\n"
    "（2）工单转派及时率指标：年初设定{0}为95%，实际{0}为98%。"
)
COSTS = "\n\n单位：万元\n\n项目\t2023年决算数\n机关运行经费\t56.43\n其他经费\t12.00\n合计\t68.43\n"
FINDING = "一是大屏采购项目的《申请表》未见部门领导的审批意见。\n\n二、问题\n\n{}的《申请表》未见部门领导的审批意见。"
CASES = (
    Case(
        "finding_of_more_things_elsewhere",
        FINDING.format("大屏采购项目、闸机采购项目"),
        "finding_of_others",
        "大屏采购项目",
        FAILS,
        "闸机采购项目",
    ),
    Case(
        "indicator_by_name_in_another_class",
        "自评表中经济效益指标“保障网络光纤通畅”与产出无关。" + CLASSES.replace("畅。", "畅"),
        "indicator_class",
        "经济效益指标“保障网络光纤通畅”",
        FAILS,
        "社会效益",
    ),
    Case(
        "indicator_by_name_in_several_sheets",
        "自评表中列入时效指标的“公示及时率”未说明口径。" + SHEETS,
        "indicator_class",
        "时效指标的“公示及时率”",
        FAILS,
        "质量指标",
    ),
    Case(
        "still_in_service_but_accepted",
        "除常务会议室智能化维护项目尚在服务期外，其他项目均已验收。" + STATES,
        "outstanding",
        "智能化维护项目尚在服务期",
        FAILS,
        "2023年11月1日验收",
    ),
    Case(
        "not_accepted_but_accepted",
        "常务会议室智能化维护项目未完成验收。" + STATES,
        "outstanding",
        "未完成验收",
        FAILS,
        "2023年11月1日验收",
    ),
    Case(
        "still_in_service_as_the_table_says",
        "其中门户网站技术运维项目仍在服务期内。" + STATES,
        "outstanding",
        "在服务期内",
        EXACT,
        "尚在服务期内",
    ),
    Case(
        "under_way_but_accepted",
        "除常务会议室智能化维护项目尚在安装调试、未完成验收外，其他项目均已验收。" + STATES,
        "outstanding",
        "智能化维护项目尚在安装调试、未完成验收",
        FAILS,
        "2023年11月1日验收",
    ),
    Case(
        "accepted_on_another_day",
        "常务会议室智能化维护项目于2023年12月1日通过验收。" + STATES,
        "accepted_on",
        "智能化维护项目于2023年12月1日通过验收",
        FAILS,
        "2023年11月1日验收",
    ),
    Case(
        "accepted_on_another_day_with_its_place",
        "厨房排烟改造（石榴街道）于2023年6月12日通过验收，未注明质保期。" + PLACES,
        "accepted_on",
        "厨房排烟改造（石榴街道）于2023年6月12日通过验收",
        FAILS,
        "2023年7月12日验收",
    ),
    Case(
        "accepted_on_that_day_with_its_place",
        "厨房排烟改造（柳湖街道）于2023年6月12日通过验收，未注明质保期。" + PLACES,
        "accepted_on",
        "厨房排烟改造（柳湖街道）于2023年6月12日通过验收",
        EXACT,
        "2023年6月12日验收",
    ),
    Case(
        "accepted_on_that_day",
        "常务会议室智能化维护项目已于2023年11月1日通过验收。" + STATES,
        "accepted_on",
        "智能化维护项目已于2023年11月1日通过验收",
        EXACT,
        "2023年11月1日验收",
    ),
    Case(
        "benefit_of_another_class",
        "经济效益指标指标值为“保障网络光纤通畅”，难以衡量。" + CLASSES,
        "indicator_class",
        "经济效益指标",
        FAILS,
        "社会效益",
    ),
    Case(
        "benefit_of_its_class",
        "社会效益指标指标值为“保障网络光纤通畅”，难以衡量。" + CLASSES,
        "indicator_class",
        "社会效益指标",
        EXACT,
        "社会效益",
    ),
    Case(
        "aim_of_another_indicator",
        AIMS.format(aim="定期维护系统，保障服务开展"),
        "indicator_aim",
        "定期维护系统",
        FAILS,
        "开发系统功能",
    ),
    Case(
        "one_aim_in_two_places",
        AIMS.format(aim="开发系统功能，推进信息化"),
        "indicator_aim",
        "开发系统功能",
        EXACT,
        "开发系统功能",
    ),
    # wholly done, and what is left
    Case(
        "done_but_the_rate_is_below",
        "资金已全部支付完毕，支付率97.5%。",
        "wholly_done",
        "全部支付",
        FAILS,
        "97.5%",
    ),
    Case(
        "done_and_some_are_not",
        "未完工3所。建设任务已全部完成。",
        "wholly_done",
        "全部完成",
        FAILS,
        "3所",
    ),
    Case(
        "done_and_the_rate_is_full",
        "资金已全部到位，到位率100%。",
        "wholly_done",
        "全部到位",
        EXACT,
        "100%",
    ),
    Case(
        "named_and_short_of_it",
        "甲县、乙县完成全部任务，乙县尚差0.08万亩。",
        "named_done",
        "甲县、乙县完成",
        FAILS,
        "乙县尚差",
    ),
    Case(
        "all_met_but_a_row",
        "各项绩效指标均已完成。" + MET.format("未完成"),
        "all_met",
        "均已完成",
        FAILS,
        "未完成",
    ),
    # none of it
    Case(
        "no_carry_over",
        "年末结转结余109.84万元。\n\n二、问题\n\n年末虽无结转结余，但执行偏慢。",
        "none_of_it",
        "无结转结余",
        FAILS,
        "109.84",
    ),
    Case(
        "no_fund",
        "本单位没有政府性基金预算支出。" + FUND.format("11.20"),
        "none_of_it",
        "没有政府性基金",
        FAILS,
        "11.20",
    ),
    Case(
        "no_fund_indeed",
        "本单位没有政府性基金预算支出。" + FUND.format("0.00"),
        "none_of_it",
        "没有政府性基金",
        EXACT,
        "0.00",
    ),
    # comparisons
    Case(
        "above_the_target",
        "学员就业率77.84%，高于80%的目标。",
        "against_target",
        "高于80%",
        FAILS,
        "77.84%",
    ),
    Case(
        "below_the_target",
        "验收合格率94.44%，低于95%的目标值。",
        "against_target",
        "低于95%",
        EXACT,
        "94.44%",
    ),
    Case(
        "target_not_reached",
        "群众满意度95.2%，未达到90%的目标。",
        "against_target",
        "未达到90%",
        FAILS,
        "95.2%",
    ),
    Case(
        "all_above",
        "7个项目得分均在90分以上，最高99.5分，最低89.2分。",
        "all_within",
        "均在90分以上",
        FAILS,
        "89.2分",
    ),
    Case(
        "all_below",
        "各单位人均支出均不超过3万元，最高3.5万元。",
        "all_within",
        "均不超过3万元",
        FAILS,
        "3.5万元",
    ),
    Case(
        "all_above_indeed",
        "7个项目得分均在90分以上，最低90.2分。",
        "all_within",
        "均在90分以上",
        EXACT,
        "90.2分",
    ),
    Case(
        "mean_above_the_highest",
        "平均得分98.6分，最高96.5分。",
        "all_within",
        "98.6分",
        FAILS,
        "96.5分",
    ),
    Case(
        "more_than_the_budget",
        BUDGET.format("大于"),
        "against_budget",
        "决算数大于",
        FAILS,
        "42.16",
    ),
    Case(
        "less_than_the_budget",
        BUDGET.format("小于"),
        "against_budget",
        "决算数小于",
        EXACT,
        "42.16",
    ),
    Case(
        "two_directions",
        "会议费10万元，比上年减少2万元，增长16.7%。",
        "one_direction",
        "增长16.7%",
        FAILS,
        "减少2万元",
    ),
    Case(
        "level_with_the_budget",
        "公务接待费支出预算5.00万元，支出决算4.00万元，与年初预算持平。",
        "against_budget",
        "与年初预算持平",
        FAILS,
        "4.00",
    ),
    Case("level", "公用经费118.76万元，与上年持平。" + YEARS, "unchanged", "持平", EXACT, "118.76"),
    Case(
        "not_level", "公务接待费3.13万元，与上年持平。" + YEARS, "unchanged", "持平", FAILS, "5.20"
    ),
    # what is said twice
    Case(
        "rate_of_another_indicator",
        RATES.format("准确率"),
        "other_rate",
        "准确率为95%",
        FAILS,
        "及时率",
    ),
    Case("name_not_in_the_table", NAMED, "listed_name", "支付合规性", FAILS, "可用率"),
    Case("reason_for_a_full_mark", MARKS.format("与报告不一致"), "full_mark", "3", FAILS, "不一致"),
    Case(
        "alike_and_not",
        "年初设置的绩效目标与自评阶段的绩效目标保持一致。\n\n"
        "二、问题\n\n年初及自评阶段绩效目标设置不一致。",
        "same_or_not",
        "保持一致",
        FAILS,
        "不一致",
    ),
    Case(
        "blank_and_given",
        "《自评表》三级指标均未填写指标名称。自评表中经济效益指标名称为“资金回笼”。",
        "blank_or_given",
        "未填写指标名称",
        FAILS,
        "资金回笼",
    ),
    Case(
        "two_firms",
        "评价机构：甲会计师事务所\n\n二、组织\n\n评价机构为乙工程咨询公司，于2024年评价。",
        "one_holder",
        "乙工程咨询公司",
        FAILS,
        "甲会计师事务所",
    ),
    Case(
        "one_firm",
        "评价机构：甲会计师事务所\n\n二、组织\n\n评价机构为甲会计师事务所，于2024年评价。",
        "one_holder",
        "甲会计师事务所",
        EXACT,
        "甲会计师事务所",
    ),
    Case(
        "two_grades",
        "综合得分88分，评价等级为“优”。\n\n二、结论\n\n项目得分88分，评价等级为“良”。",
        "one_grade",
        "“良”",
        FAILS,
        "“优”",
    ),
    Case(
        "two_numbers",
        "《某某区预算绩效管理办法》（某财〔2020〕86号）。"
        "《某某区预算绩效管理办法》（某财〔2020〕68号）。",
        "document_number",
        "68号",
        FAILS,
        "86号",
    ),
    Case(
        "year_of_the_assets",
        "截至2022年12月31日，本部门共有车辆3辆。",
        "report_year",
        "2022年12月31日",
        FAILS,
        "2023",
    ),
    Case(
        "year_of_the_assets_indeed",
        "截至2023年12月31日，本部门共有车辆3辆。",
        "report_year",
        "2023年12月31日",
        EXACT,
        "2023",
    ),
    Case(
        "figure_of_this_year_under_last_years_label",
        "2022年度机关运行经费支出56.43万元，主要用于日常办公。" + COSTS,
        "figure_year",
        "年度机关运行经费支出56.43万元",
        FAILS,
        "56.43",
    ),
    Case(
        "figure_of_this_year_under_next_years_label",
        "2024年度机关运行经费支出56.43万元，主要用于日常办公。" + COSTS,
        "figure_year",
        "年度机关运行经费支出56.43万元",
        FAILS,
        "56.43",
    ),
    Case(
        "ends_before_it_starts",
        "服务期限为2023年6月1日至2022年5月31日。",
        "date_order",
        "至2022年5月31日",
        FAILS,
        "",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_assertion_is_found_and_judged(case: Case) -> None:
    found = read(case.text).assertions
    assert any(_fits(assertion, case) for assertion in found), found


def _fits(assertion: Assertion, case: Case) -> bool:
    return (
        assertion.family == case.family
        and assertion.verdict is case.verdict
        and case.stated in assertion.stated.text
        and any(case.other in said.text for said in assertion.others)
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_else_fails(case: Case) -> None:
    failing = {a.family for a in read(case.text).assertions if a.verdict is FAILS}
    assert failing <= ({case.family} if case.verdict is FAILS else set())


# True statements that a naive check calls contradictory.
SILENT = {
    "another_amount_of_last_year": "2022年度机关运行经费支出51.21万元，主要用于日常办公。" + COSTS,
    "one_amount_in_both_years": "2022年度机关运行经费支出56.43万元。\n\n单位：万元\n\n"
    "项目\t2022年决算数\t2023年决算数\n机关运行经费\t56.43\t56.43\n其他经费\t1.00\t12.00\n",
    "accepted_after_the_day_spoken_of": "截至2023年6月30日，常务会议室智能化维护项目尚未验收。"
    + STATES,
    "no_papers_is_not_accepted": "机房空调采购项目尚未验收。" + STATES,
    "another_project": "智能化维护平台项目尚未验收。" + STATES,
    "payment_is_not_acceptance": "常务会议室智能化维护项目尚未支付尾款。" + STATES,
    "aim_in_another_wording": AIMS.format(aim="开发系统功能，推进信息化建设"),
    "about_level": "公务接待费3.13万元，与上年基本持平。" + YEARS,
    "level_with_another_year": "公务接待费3.13万元，与2021年持平。" + YEARS,
    "another_thing_is_level": "公务接待费3.13万元，批次与上年持平。" + YEARS,
    "nearly_level": "培训费2.00万元，与上年持平。" + YEARS,
    "level_with_the_budget_adjusted": "公务接待费年初预算5.00万元，调整后预算4.00万元，"
    "支出决算4.00万元，与全年预算持平。",
    "part_is_level": "公务接待费预算5.00万元，支出4.00万元，其中国内接待预算3.00万元，支出3.00万元，与预算持平。",
    "all_done_of_a_part": "资金到位率96.29%，其中省级资金全部到位。",
    "all_done_but_one": "除甲项目外，其余项目已全部完成，完成率95%。",
    "all_done_later": "上半年未完成3个。截至年底，任务已全部完成。",
    "short_of_another_thing": "甲县、乙县完成全部任务，乙县未完成资金结算手续办理。",
    "none_of_last_year": "年末结转结余109.84万元，上年无结转结余。",
    "no_rest_of_a_project": "年末结转结余109.84万元。甲项目年末无结余。",
    "none_if_any": "年末结转结余109.84万元。如年末无结转结余，不再上缴。",
    "by_how_much_above": "新增高技能人才149人，超过目标29人。",
    "lower_is_better": "投诉率1.2%，达到1.5%的控制目标。",
    "another_value_between": "甲校满意度97%，乙校92%，高于80%的目标。",
    "bounds_of_a_rule": "得分90分以上为优，最低60分。",
    "some_above": "多数项目得分在90分以上，最低89.2分。",
    "two_budgets": "年初预算60.00万元，调整后预算40.00万元，支出决算42.16万元，决算数大于预算数。",
    "speed_of_growth": "收入10万元，比上年增加2万元，增幅下降2%。",
    "rate_of_its_own": RATES.format("及时率"),
    "alike_as_it_should": "年初绩效目标与自评阶段目标应保持一致。年初与自评阶段绩效目标不一致。",
    "alike_of_other_things": "年初绩效目标与自评阶段目标一致。计划进度与实际进度不一致。",
    "blank_for_one": "自评表中数量指标未填写指标名称。自评表中经济效益指标名称为“资金回笼”。",
    "a_short_name": "评价机构：甲会计师事务所\n\n二、组织\n\n评价机构为某市甲会计师事务所有限公司，于2024年评价。",
    "no_reason_for_a_full_mark": MARKS.format("无"),
    "how_it_was_scored": MARKS.format("按执行率计分"),
    "names_all_in_the_table": NAMED.replace("支付合规性", "可用率"),
    "names_all_elsewhere": NAMED.replace("“拨付率”", "“资金使用率”"),
    "two_evaluations": "自评得分95分，自评等级为“优”。复核得分88分，复核等级为“良”。",
    "two_projects": "甲项目自评等级为“优”。乙项目自评等级为“良”。",
    "notice_of_each_year": "《关于开展预算绩效自评工作的通知》（某财〔2022〕6号）。"
    "《关于开展预算绩效自评工作的通知》（某财〔2023〕9号）。",
    "year_before_for_comparison": "截至2022年12月31日，累计完成投资300万元。",
    "dates_in_order": "服务期限为2022年6月1日至2023年5月31日，2023年6月10日通过验收。",
    "two_aims_and_no_third": AIMS.format(aim="优化流程，缩短办理时间"),
}


@pytest.mark.parametrize("name", SILENT)
def test_true_statements_stay_silent(name: str) -> None:
    failing = [a.message for a in read(SILENT[name]).assertions if a.verdict is FAILS]
    assert failing == []


def test_assertions_are_numbered_and_stand_in_the_text() -> None:
    document = read("\n\n".join(case.text for case in CASES))
    assert [a.no for a in document.assertions] == list(range(len(document.assertions)))
    for assertion in document.assertions:
        for said in (assertion.stated, *assertion.others):
            raw = "".join(document.text[low:high] for low, high in said.locator.spans)
            printed, shown = "".join(raw.split()), "".join(said.text.split())
            assert printed == shown or (said.figure is not None and shown.startswith(printed))


def test_every_family_has_a_docstring_with_source_example_and_limits() -> None:
    for family in ASSERTIONS:
        text = family.__doc__ or ""
        for word in ("来源：", "例：", "边界："):
            assert word in text, family.__name__


def calls(work: Callable[[], object]) -> int:
    """How many calls of Python and built-in functions `work` makes."""
    counted = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("times", [10, pytest.param(20, marks=pytest.mark.slow)])
def test_the_work_grows_with_the_text_and_no_faster(times: int) -> None:
    everything = "\n\n".join((*(case.text for case in CASES), *SILENT.values()))
    small, large = (
        replace(read("\n\n".join([everything] * each)), assertions=()) for each in (1, times)
    )
    growth = len(large.text) / len(small.text)
    assert growth > 9
    assert calls(lambda: find_assertions(large)) <= 1.3 * growth * calls(
        lambda: find_assertions(small)
    )


def test_one_long_sentence_stays_linear() -> None:
    one = "甲项目尚未验收，乙县、丙县完成全部任务，资金已全部支付，年末无结余，就业率78%，高于80%的目标，"
    small, large = (replace(read(STATES + one * times), assertions=()) for times in (20, 400))
    growth = len(large.text) / len(small.text)
    assert calls(lambda: find_assertions(large)) <= 1.3 * growth * calls(
        lambda: find_assertions(small)
    )


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [((1, 2, 3, 4, 7), "表5、表6"), ((1, 2, 3, 4, 5), ""), ((1, 2, 7), "")],
)
def test_numbers_of_tables_go_on(numbers: tuple[int, ...], missing: str) -> None:
    tables = "\n\n".join(
        f"具体情况如下。\n\n表{n} 第{n}项情况表\n\n项目\t金额（万元）\t备注\n甲{n}\t1.20\t无\n乙{n}\t2.30\t无"
        for n in numbers
    )
    head = "2023年度河道整治项目支出绩效评价报告\n\n一、情况说明\n\n"
    document = read_document((head + tables + "\n").encode(), "评价2023.txt")
    told = [a.message for a in document.assertions if a.family == "table_order"]
    assert [missing in message for message in told] == [True] * bool(missing)
