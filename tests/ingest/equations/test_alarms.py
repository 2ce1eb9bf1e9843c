"""Named cases of alarms once raised over what is true, and of the slips that must still be found."""

from __future__ import annotations

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document

HEAD = "2023年度某县某局部门决算\n\n一、情况说明\n\n"

EXPENSES = """财政拨款“三公”经费支出决算表

单位：万元

统计口径\t合计\t因公出国（境）费\t公务用车购置及运行维护费小计\t公务用车购置费\t公务用车运行维护费\t公务接待费
预算数\t14.50\t0.00\t10.00\t0.00\t10.00\t4.50
决算数\t12.24\t0.00\t9.36\t0.00\t9.36\t2.87
"""
AVERAGES = """补贴情况

方式\t户数\t补贴金额（万元）\t户均（元）\t场均人次
甲类\t2,000\t200.00\t1000.00\t30
乙类\t1,000\t150.00\t1500.00\t50
丙类\t2,000\t100.00\t500.00\t40
合计\t5,000\t450.00\t900.00\t38
"""
SHEET = """评分表

一级指标\t三级指标\t分值\t得分
过程\t资金使用合规性\t6\t5
过程\t制度健全性\t4\t4
"""

SIDES = """财政拨款收入支出决算总表

单位：万元

收入项目\t金额\t支出项目\t合计\t一般公共预算财政拨款\t政府性基金预算财政拨款
一、一般公共预算财政拨款\t7,927.84\t四、公共安全支出\t6,655.65\t6,655.65\t0.00
二、政府性基金预算财政拨款\t0.00\t八、社会保障和就业支出\t1,319.55\t1,319.55\t0.00
本年收入合计\t7,927.84\t本年支出合计\t7,975.20\t7,975.20\t0.00
年初财政拨款结转和结余\t143.56\t年末财政拨款结转和结余\t96.20\t96.20\t0.00
总计\t8,071.40\t总计\t8,071.40\t8,071.40\t0.00
"""
DASHED = """一般公共预算财政拨款基本支出决算明细表

单位：万元

经济科目\t金额
301 工资福利支出\t7,279.79
302 商品和服务支出\t659.20
— 办公费\t110.54
— 水费\t548.66
303 对个人和家庭的补助\t268.70
— 退休费\t211.30
— 助学金\t57.40
合计\t8,207.69
"""
BANDS = "得分90（含）-100分为“优”，80（含）-90分为“良”，60（含）-80分为“中”。\n"

TRUE = {
    "official_expenses_with_named_columns": EXPENSES,
    "averages_are_not_added": AVERAGES,
    "parts_of_a_part_in_brackets": (
        "全年收入总计3,562.42万元，其中本年收入3,325.88万元（财政拨款3,284.62万元、"
        "其他收入41.26万元），上年结转236.54万元。\n"
    ),
    "people_and_office_are_not_all_expenditure": (
        "全年支出3,396.02万元。其中人员经费1,463.82万元，占43.10%；公用经费221.76万元，"
        "占6.53%；项目支出1,710.44万元，占50.37%。\n"
    ),
    "sides_whose_names_differ_in_one_word": SIDES,
    "parts_behind_dashes": DASHED,
    "papers_that_were_thrown_out": (
        "发放问卷260份，回收248份，回收率95.38%；剔除8份漏答问卷，有效问卷240份，有效率96.77%。\n"
    ),
    "papers_of_two_ways": (
        "线上填写312份，线下发放150份、收回138份，合计收到450份，剔除无效50份，有效400份。\n"
    ),
    "a_cut_against_what_was_asked_for": (
        "申报预算2,860万元；经批复的年初预算为2,650万元，比申报数核减210万元，核减率7.34%。\n"
    ),
    "an_average_after_其中": (
        "户均改造成本1.51万元，低于1.60万元/户的控制标准，其中机床厂宿舍户均恰为1.60万元。\n"
    ),
    "a_grade_that_was_before": f"{BANDS}\n得分85.7分，较上年提高6.2分，等级由“中”升为“良”。\n",
    "one_amount_in_two_units": (
        "实际到账4,800,000元，实际支出4,590,000元（即459.00万元），剩余21.00万元。\n"
    ),
    "a_cost_each_in_brackets": (
        "购置灭火机25.20万元，护林员培训18.40万元（人均400元），宣传18.60万元，合计62.20万元。\n"
    ),
    "from_the_beginning_of_the_year": (
        "本年收入9,490.79万元，本年支出9,476.10万元，本年收入大于本年支出14.69万元，"
        "故年末结转和结余由年初的20.40万元增至35.10万元。\n"
    ),
    "the_whole_compared_after_its_parts": (
        "全年实际支出7,512.36万元。其中：基本支出3,286.41万元；项目支出4,225.95万元，执行率91.29%。"
        "与2022年实际支出6,930.18万元相比，增加582.18万元，增长8.40%。\n"
    ),
    "compared_with_two_years": (
        "全年实际支出819.00万元。与2021年支出780万元相比，增长5%；与2020年的650万元相比，增长26%。\n"
    ),
    "a_row_of_averages_is_no_project": (
        "纳入自评的项目3个，得分如下：\n\n项目名称\t得分\n甲项目\t90.1\n乙项目\t92.3\n"
        "丙项目\t94.2\n均值\t92.2\n"
    ),
    "so_much_for_each_meal": (
        "发放三类补贴：（1）就餐补贴，一般老人每餐补2元，80周岁（含）以上每餐补4元，低保老人每餐补6元；（2）运营补贴。\n"
    ),
    "of_what_stands_before_the_bracket": (
        "采购支出900万元（货物200万元，工程600万元，服务100万元），其中面向小企业采购750万元。\n"
    ),
    "each_plan_has_a_rate_of_its_own": (
        "完成修复210件，装裱88件，采集数据3,060件（套），分别为计划数200件、80件、3,000件（套）的"
        "105.00%、110.00%和102.00%。\n"
    ),
    "a_full_mark_before_the_deduction": (
        f"{SHEET}\n二、指标分析\n\n2.资金使用合规性：6分，列支招待费0.38万元，扣1分。\n"
    ),
}

FALSE = [
    ("column_sum", EXPENSES.replace("12.24", "12.42"), "12.42"),
    ("column_sum", EXPENSES.replace("9.36\t0.00\t9.36", "9.63\t0.00\t9.36"), "9.63"),
    ("total_row", DASHED.replace("8,207.69", "8,270.69"), "8,270.69"),
    ("total_row", SIDES.replace("7,975.20\t7,975.20", "7,957.20\t7,957.20"), "7,957.20"),
    (
        "growth",
        "全年实际支出819.00万元，与2021年支出780万元相比，增长15%。\n",
        "15",
    ),
    ("total_row", AVERAGES.replace("450.00", "540.00"), "540.00"),
    (
        "sentence_sum",
        "基本支出1,685.58万元，其中人员经费1,643.82万元，公用经费221.76万元。\n",
        "1,685.58",
    ),
    (
        "sentence_sum",
        "采购支出900万元（含税），其中货物200万元、工程600万元、服务150万元。\n",
        "900",
    ),
    (
        "indicator_score",
        f"{SHEET}\n二、指标分析\n\n2.资金使用合规性：分值6分，得4分，列支招待费0.38万元。\n",
        "4",
    ),
]


def _failing(text: str) -> list[tuple[str, str]]:
    document = read_document((HEAD + text).encode(), "某局2023.txt")
    return [
        (e.family, document.figures[e.stated].quantity.printed)
        for e in document.equations
        if e.verdict is Verdict.FAILS
    ]


@pytest.mark.parametrize("text", TRUE.values(), ids=TRUE)
def test_what_is_true_raises_no_alarm(text: str) -> None:
    assert _failing(text) == []


@pytest.mark.parametrize(("family", "text", "stated"), FALSE)
def test_the_slip_is_still_found(family: str, text: str, stated: str) -> None:
    assert (family, stated) in _failing(text)


PARTS = "资金实际使用{whole}万元，执行率97.1%。其中：安全评估支出148.6万元，平台运行支出82.44万元，{last}"


@pytest.mark.parametrize(
    ("whole", "last", "verdicts"),
    [
        ("259.84", "宣传演练支出26.8万元。", [Verdict.FAILS]),  # one digit is not that of the sum
        ("257.84", "宣传演练支出26.8万元。", [Verdict.EXACT]),
        ("281.84", "宣传演练支出26.8万元。", []),  # what is listed need not be all
        ("259.84", "宣传演练较好。宣传支出26.8万元。", []),  # told in two sentences
    ],
)
def test_a_whole_that_its_parts_give_but_for_one_digit(
    whole: str, last: str, verdicts: list[Verdict]
) -> None:
    text = HEAD + PARTS.format(whole=whole, last=last) + "\n"
    document = read_document(text.encode(), "某局2023.txt")
    assert [e.verdict for e in document.equations if e.family == "sentence_sum"] == verdicts


SCORED = """2023年度某县某所电梯评估项目绩效评价报告

一、绩效分析

（2）应急演练场次指标：该指标年初设定预期演练24场，实际演练20场，评价得分为5分。

二、评价结论

评价得分为96.4分。

附件：评分表

一级指标\t三级指标\t分值\t得分
产出\t演练场次\t6\t5
产出\t评估台数\t94\t91.4
合计\t\t100\t96.4
"""


def test_the_score_of_an_indicator_is_no_total_score() -> None:
    document = read_document(SCORED.encode(), "电梯评估2023.txt")
    claims = [
        (document.figures[e.stated].quantity.printed, e.verdict)
        for e in document.equations
        if e.family == "total_score"
    ]
    assert claims == [("96.4", Verdict.EXACT)]
