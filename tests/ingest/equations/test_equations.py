"""Claims in sentences: each family exact, within rounding, failing; and the traps, silent."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest

from ingest.equations.families import FAMILIES, find_equations
from ingest.figures.finding import find_figures
from ingest.model import Document, Equation, Verdict
from ingest.pipeline import read_document

EXACT, ROUNDING = Verdict.EXACT, Verdict.ROUNDING
FAILS, NOT = Verdict.FAILS, Verdict.NOT_CHECKABLE

HEAD = "2023年度某市某局部门决算\n\n一、情况说明\n\n"


class Claim(NamedTuple):
    """An equation that must be found: family, stated digits, verdict."""

    family: str
    stated: str
    verdict: Verdict


class Case(NamedTuple):
    name: str
    text: str
    claims: tuple[Claim, ...]


def read(text: str) -> Document:
    return read_document((HEAD + text + "\n").encode(), "某局2023.txt")


def claims(document: Document) -> list[Claim]:
    figures = document.figures
    return [
        Claim(e.family, figures[e.stated].quantity.printed, e.verdict) for e in document.equations
    ]


def failures(document: Document) -> list[Equation]:
    return [e for e in document.equations if e.verdict is FAILS]


FOUND = (
    # growth
    Case(
        "growth_exact",
        "水利支出512万元，比上年增加32万元，增长6.7%。",
        (Claim("growth", "6.7", EXACT),),
    ),
    Case(
        "growth_within_rounding_of_small_figures",
        "其他收入2.32万元，比上年决算数增加1.86万元，增长404.6%。",
        (Claim("growth", "404.6", ROUNDING),),
    ),
    Case(
        "growth_with_a_dropped_zero",
        "财政拨款收入7,511.89万元，比上年增加220.42万元，增长3%。",
        (Claim("growth", "3", EXACT),),
    ),
    Case(
        "growth_fails",
        "水利支出512万元，比上年增加32万元，增长7.6%。",
        (Claim("growth", "7.6", FAILS),),
    ),
    Case(
        "decrease_exact",
        "公务接待费0.51万元，比上年减少0.64万元，下降55.7%。",
        (Claim("growth", "55.7", EXACT),),
    ),
    Case(
        "decrease_read_as_increase_fails",
        "基本支出100万元，比上年减少25万元，下降33.3%。",
        (Claim("growth", "33.3", FAILS),),
    ),
    Case(
        "growth_on_a_printed_base",
        "签约居民1.86万人，比2022年的1.52万人增长22.4%。",
        (Claim("growth", "22.4", EXACT),),
    ),
    Case(
        "growth_of_the_value_of_the_sentence_before",
        "上级补助收入8.38万元，为事业单位开展业务取得的收入。较2022年度决算数减少17.40万元，下降67.5%。",
        (Claim("growth", "67.5", EXACT),),
    ),
    Case(
        "growth_of_both_totals_of_the_sentence_before",
        "2023年度收、支总计4,042.12万元。与2022年度相比，收、支总计各增加523.65万元，增长14.88%。",
        (Claim("growth", "14.88", EXACT),),
    ),
    Case(
        "growth_of_both_totals_fails",
        "2023年度收、支总计4,042.12万元。与2022年度相比，收、支总计各增加523.65万元，增长18.88%。",
        (Claim("growth", "18.88", FAILS),),
    ),
    Case(
        "growth_with_contrary_words_fails",
        "会议费10万元，比上年减少2万元，增长16.7%。",
        (Claim("growth", "16.7", FAILS),),
    ),
    Case(
        "zero_base_is_not_checkable",
        "专项债券收入120万元，比上年增加120万元，增长--（基数为0，不可比）。",
        (Claim("growth", "120", NOT),),
    ),
    Case(
        "growth_of_a_change_that_a_word_turns_round",
        "其他收入2.32万元，比上年决算数减少1.86万元，增长404.6%。",
        (Claim("growth", "404.6", FAILS),),
    ),
    Case(
        "growth_with_contrary_words_and_no_value",
        "会议费比上年减少2万元，增长16.7%。",
        (Claim("growth", "16.7", FAILS),),
    ),
    Case(
        "growth_printed_with_a_minus_after_增长",
        "会议费10万元，比上年减少2万元，增长-16.7%。",
        (Claim("growth", "-16.7", EXACT),),
    ),
    Case(
        "decrease_from_a_base_of_zero_fails",
        "专项债券收入120万元，比上年减少120万元，增长--（基数为0，不可比）。",
        (Claim("growth", "120", FAILS),),
    ),
    Case(
        "increase_from_a_base_of_zero_is_the_value",
        "其他收入13.0万元，较上年增加1.3万元，增长--（基数为0，不可比）。",
        (Claim("change", "1.3", FAILS),),
    ),
    Case(
        "growth_on_the_base_that_is_printed_and_no_other",
        "培训费支出90万元，比年初预算100万元减少10万元，下降11.1%。",
        (Claim("growth", "11.1", FAILS),),
    ),
    Case(
        "growth_of_a_value_that_a_table_knows",
        "公用经费增加8.38万元，增长7.06%。\n\n单位：万元\n\n项目\t2022年决算数\t2023年决算数\n"
        "人员经费\t597.21\t628.43\n公用经费\t118.76\t110.38\n合计\t715.97\t738.81\n",
        (Claim("growth", "7.06", FAILS),),
    ),
    # change
    Case(
        "change_between_the_two_years_of_a_table",
        "人员经费比上年减少31.22万元。\n\n单位：万元\n\n项目\t2022年决算数\t2023年决算数\n"
        "人员经费\t597.21\t628.43\n公用经费\t118.76\t110.38\n合计\t715.97\t738.81\n",
        (Claim("change", "31.22", FAILS),),
    ),
    Case(
        "change_from_one_rate_to_another_in_points",
        "线上申领率由62%提高到91%，提高19个百分点。",
        (Claim("change", "19", FAILS),),
    ),
    Case(
        "change_from_one_value_down_to_another",
        "办理时限由15天缩短到9天，缩短6天。",
        (),
    ),
    Case(
        "change_exact",
        "补助标准为94元，比2022年的89元提高5元。",
        (Claim("change", "5", EXACT),),
    ),
    Case(
        "change_fails",
        "财政拨款支出8,064.25万元，比年初预算9,010.77万元减少964.52万元，下降10.5%。",
        (Claim("change", "964.52", FAILS), Claim("growth", "10.5", FAILS)),
    ),
    # completion
    Case(
        "completion_exact",
        "支出决算4.03万元，完成全年预算6.91万元的58.3%。",
        (Claim("completion", "58.3", EXACT),),
    ),
    Case(
        "completion_fails",
        "全年预算数8,240万元，执行数7,305.07万元，完成预算的91.7%。",
        (Claim("completion", "91.7", FAILS),),
    ),
    Case(
        "completion_within_rounding",
        "支出0.05万元，完成预算0.07万元的70%。",
        (Claim("completion", "70", ROUNDING),),
    ),
    Case(
        "completion_of_the_right_one_of_two_budgets",
        "年初预算80万元，调整预算数90万元，支出决算85.5万元，预算执行率95%。",
        (Claim("completion", "95", EXACT),),
    ),
    Case(
        "completion_of_a_budget_of_zero_is_not_checkable",
        "支出决算0万元，完成预算0万元的100%。",
        (Claim("completion", "100", NOT),),
    ),
    Case(
        "completion_with_a_wrong_unit_blames_the_amount",
        "年度预算507.74万元，本项目支出428.54元，预算执行率84.4%。",
        (Claim("completion", "428.54", FAILS),),
    ),
    Case(
        "completion_of_a_plan_right_beside_it",
        "计划培训6,500人次，实际培训6,033人次，完成率92.28%。",
        (Claim("completion", "92.28", FAILS),),
    ),
    Case(
        "completion_of_an_adjusted_budget_by_that_word_alone",
        "补助年初预算6,840万元，年中追加246万元，调整后7,086万元，执行6,987.42万元，执行率98.61%。",
        (Claim("completion", "98.61", EXACT),),
    ),
    # share
    Case(
        "share_in_a_list_that_makes_up_its_whole",
        "本年支出合计36,401.98万元，其中：基本支出34,326.43万元，占94.30%；项目支出2,075.55万元，占7.50%。",
        (Claim("share", "94.30", EXACT), Claim("share", "7.50", FAILS)),
    ),
    Case(
        "part_in_a_list_whose_shares_make_up_100",
        "本年支出合计36,401.98万元，其中：基本支出34,326.43万元，占94.30%；项目支出2,705.55万元，占5.70%。",
        (Claim("share", "5.70", FAILS), Claim("sentence_sum", "36,401.98", FAILS)),
    ),
    Case(
        "other_income_beside_the_three_funds",
        "全年收入381.42万元：一般公共预算财政拨款343.05万元，政府性基金预算财政拨款21.20万元，"
        "国有资本经营预算财政拨款8.75万元，其他收入8.42万元（捐助5.00万元，租金3.42万元）。",
        (Claim("sentence_sum", "381.42", EXACT), Claim("sentence_sum", "8.42", EXACT)),
    ),
    Case(
        "a_table_that_lies_on_its_side",
        "公务接待费支出8.36万元。\n\n“三公”经费支出决算表\n\n单位：万元\n\n\t合计\t出国费\t公务用车费\t公务接待费\n"
        "预算数\t57.00\t8.00\t38.00\t11.00\n决算数\t52.31\t6.75\t36.93\t8.63\n",
        (
            Claim("same_fact", "8.36", FAILS),
            Claim("column_sum", "57.00", EXACT),
            Claim("column_sum", "52.31", EXACT),
        ),
    ),
    Case(
        "head_of_a_list_whose_shares_make_up_100",
        "本年支出合计36,041.98万元，其中：基本支出34,326.43万元，占94.30%；项目支出2,075.55万元，占5.70%。",
        (Claim("sentence_sum", "36,041.98", FAILS),),
    ),
    Case(
        "share_of_a_whole_given_only_by_its_parts",
        "基本支出1,014.22万元，占总支出的18.75%；项目支出4,395.29万元，占总支出的82.15%。",
        (Claim("share", "82.15", FAILS),),
    ),
    Case(
        "share_of_the_value_right_before_其中",
        "“三公”经费4.03万元，其中公务用车费3.52万元，占78.4%。",
        (Claim("share", "78.4", FAILS),),
    ),
    Case(
        "share_exact",
        "政府采购支出总额936.74万元。授予中小企业合同金额815.95万元，占政府采购支出总额的87.1%。",
        (Claim("share", "87.1", EXACT),),
    ),
    Case(
        "share_fails",
        "政府采购支出总额936.74万元。授予中小企业合同金额815.95万元，占政府采购支出总额的78.1%。",
        (Claim("share", "78.1", FAILS),),
    ),
    Case(
        "shares_of_what_the_list_adds_up_to",
        "中央资金6,768万元，占60%；省级资金2,256万元，占20%；市级资金2,256万元，占20%。",
        (
            Claim("share", "60", EXACT),
            Claim("share", "20", EXACT),
        ),
    ),
    Case(
        "share_within_rounding",
        "“三公”经费4.03万元。公务用车费3.52万元，占“三公”经费的87.4%。",
        (Claim("share", "87.4", ROUNDING),),
    ),
    Case(
        "part_that_does_not_fit_the_whole_that_the_others_imply",
        "中央资金67,680万元，占60%；省级资金2,256万元，占20%；市级资金1,128万元，占10%；县级资金1,128万元，占10%。",
        (Claim("share", "60", FAILS),),
    ),
    Case(
        "share_of_a_named_whole_of_a_table_with_its_digits_swapped",
        "绩效自评金额2,021.55万元，占项目支出的58.5%。\n\n单位：万元\n\n项目\t金额\n基本支出\t6,319.98\n"
        "项目支出\t2,363.05\n合计\t8,683.03\n",
        (Claim("share", "58.5", FAILS),),
    ),
    # score rate
    Case(
        "score_rate_exact",
        "指标分值7分，评价得分6.5分，得分率为92.9%。",
        (Claim("score_rate", "92.9", EXACT),),
    ),
    Case(
        "score_rate_fails",
        "指标分值27分，评价得分20.38分，得分率为77.3%。",
        (Claim("score_rate", "77.3", FAILS),),
    ),
    # adjustment
    Case(
        "budget_trail_exact",
        "年初预算1,164.43万元，第一次调减30.01万元，第二次调减626.68万元，全年预算507.74万元。",
        (Claim("adjustment", "507.74", EXACT),),
    ),
    Case(
        "budget_trail_fails",
        "年初预算700万元，年中调减87.6万元，全年预算数621.4万元。",
        (Claim("adjustment", "621.4", FAILS),),
    ),
    Case(
        "budget_trail_with_parts_in_brackets",
        "年初预算6,820.00万元，年中追加619.50万元（其中上级转移支付资金388.20万元、区级追加231.30万元），"
        "年中调减77.14万元，调整后预算7,362.36万元。",
        (Claim("adjustment", "7,362.36", EXACT),),
    ),
    Case(
        "adjustment_rate_exact",
        "年初预算144万元，年中调增6.81万元，预算调整率4.73%。",
        (Claim("adjustment_rate", "4.73", EXACT),),
    ),
    Case(
        "adjustment_rate_fails",
        "年初预算144万元，年中调增6.81万元，预算调整率7.43%。",
        (Claim("adjustment_rate", "7.43", FAILS),),
    ),
    Case(
        "budget_trail_over_semicolons",
        "年初预算950万元；6月追加126万元；11月调减46万元，调整后预算1,012万元。",
        (Claim("adjustment", "1,012", FAILS),),
    ),
    Case(
        "cut_as_a_share_of_the_budget",
        "年初预算630万元，年中调减115万元，压减比例22.33%。",
        (Claim("adjustment_rate", "22.33", FAILS),),
    ),
    # totals in sentences
    Case(
        "sum_said_after_its_parts_with_two_digits_swapped",
        "超进度支付36.20万元，列支设备购置费4.85万元，合计41.50万元。",
        (Claim("sentence_sum", "41.50", FAILS),),
    ),
    Case(
        "total_with_two_digits_swapped_over_an_open_list",
        "年末结转和结余293.60万元，其中财政拨款结转235.64万元、其他资金结转3.96万元。",
        (Claim("sentence_sum", "293.60", FAILS),),
    ),
    Case(
        "total_in_the_wrong_unit_over_an_open_list",
        "资产总额8,642.37亿元，其中流动资产1,205.68万元，固定资产7,436.69万元。",
        (Claim("sentence_sum", "8,642.37", FAILS),),
    ),
    Case(
        "parts_that_exceed_their_whole",
        "公益金实际支出213.45万元，用于适老化改造123.64万元、服务中心维修98.81万元。",
        (Claim("sentence_sum", "213.45", FAILS),),
    ),
    Case(
        "scores_of_all_first_level_indicators",
        "综合得分88.09分。其中：投入得分13.85分，过程得分21.65分，产出得分32.09分，效益得分21.5分。",
        (Claim("sentence_sum", "88.09", FAILS),),
    ),
    Case(
        "parts_of_what_was_spent_not_of_its_budget",
        "基本支出年初预算732万元，追加15.80万元，调整后747.80万元，实际支出738.81万元，"
        "其中人员经费628.43万元、公用经费110.38万元。",
        (Claim("sentence_sum", "738.81", EXACT),),
    ),
    Case(
        "sentence_sum_exact",
        "政府采购支出总额226.4万元，其中：货物支出93.1万元、工程支出21.5万元、服务支出111.8万元。",
        (Claim("sentence_sum", "226.4", EXACT),),
    ),
    Case(
        "sentence_sum_within_rounding",
        "政府采购支出总额936.74万元，其中：货物支出148.28万元、工程支出0万元、服务支出788.45万元。",
        (Claim("sentence_sum", "936.74", ROUNDING),),
    ),
    Case(
        "sentence_sum_fails_where_the_parts_are_known_to_be_all",
        "政府采购支出总额262.4万元，其中：货物支出93.1万元、工程支出21.5万元、服务支出111.8万元。",
        (Claim("sentence_sum", "262.4", FAILS),),
    ),
    Case(
        "deductions_listed_after_a_colon",
        "过程指标扣2.4分：资金拨付扣0.9分，财务管理扣0.8分，运行监控扣0.6分。",
        (Claim("sentence_sum", "2.4", FAILS),),
    ),
    # remainders
    Case(
        "remainder_exact",
        "安排专项资金预算500万元，实际支出450万元，结余50万元。",
        (Claim("remainder", "50", EXACT),),
    ),
    Case(
        "remainder_fails",
        "安排专项资金预算500万元，实际支出450万元，结余60万元。",
        (Claim("remainder", "60", FAILS),),
    ),
    Case(
        "remainder_in_the_wrong_unit_of_what_was_received_a_sentence_before",
        "到位资金17,112.40万元。累计支出16,379.45万元，结余732.95元。",
        (Claim("remainder", "732.95", FAILS),),
    ),
    # counts
    Case(
        "named_count_exact",
        "局机关内设科室4个，分别为：办公室、法规科、水资源科、建设与管理科。",
        (Claim("named_count", "4", EXACT),),
    ),
    Case(
        "named_count_fails",
        "局机关内设科室6个，分别为：办公室、法规科、水资源科、建设科。",
        (Claim("named_count", "6", FAILS),),
    ),
    Case(
        "named_count_of_quoted_names",
        "该指标下设“资金管理”“业务管理”3个二级指标。",
        (Claim("named_count", "3", FAILS),),
    ),
    # one fact twice
    Case(
        "same_fact_twice_exact",
        "机关运行经费支出56.40万元。\n\n二、其他\n\n2023年度机关运行经费支出56.4万元，主要用于日常办公。",
        (Claim("same_fact", "56.4", EXACT),),
    ),
    Case(
        "same_fact_with_two_digits_swapped",
        "年初预算152万元，年中调减4.15万元，调整后预算147.85万元。\n\n二、问题\n\n预算编制不够准确，年中调减5.14万元。",
        (Claim("same_fact", "5.14", FAILS),),
    ),
    Case(
        "same_fact_ten_thousand_times_too_small",
        "项目投资65.22万元。\n\n二、分析\n\n项目投资65.22万元。\n\n三、结论\n\n项目投资0.006522万元。",
        (Claim("same_fact", "0.006522", FAILS),),
    ),
    Case(
        "same_fact_off_in_the_last_digits_where_two_places_agree",
        "项目总投资626.68万元。\n\n二、分析\n\n项目总投资626.68万元。\n\n三、结论\n\n项目总投资626.70万元。",
        (Claim("same_fact", "626.70", FAILS),),
    ),
    Case(
        "amount_of_an_item_of_the_classification",
        "普通教育（款）小学教育（项）。年初预算为21,000.00万元，支出决算为21,280.65万元。\n\n"
        "单位：万元\n\n科目编码\t科目名称\t本年支出合计\n205\t教育支出\t34,334.76\n20502\t普通教育\t34,334.76\n"
        "2050202\t小学教育\t21,280.60\n2050203\t初中教育\t13,054.16\n\t合计\t34,334.76\n",
        (Claim("same_fact", "21,280.65", FAILS),),
    ),
    Case(
        "total_of_a_list_off_in_its_last_digits",
        "累计支出4,126.63万元。\n\n单位：万元\n\n支出内容\t实际支出\n日常养护\t2,126.50\n中修工程\t2,000.08\n合计\t4,126.58\n",
        (Claim("same_fact", "4,126.63", FAILS),),
    ),
    Case(
        "fund_by_its_short_name",
        "涉及政府性基金预算支出11,460.67万元。\n\n政府性基金预算财政拨款支出11,466.07万元。\n\n二、绩效\n\n"
        "政府性基金预算财政拨款支出11,466.07万元。",
        (Claim("same_fact", "11,460.67", FAILS),),
    ),
    Case(
        "same_digits_with_another_unit",
        "全年预算507.74万元，执行数428.54万元，完成预算的84.4%。\n\n二、明细\n\n项目全年支出428.54元。",
        (Claim("unit_slip", "428.54", FAILS),),
    ),
    # grades and rubrics
    Case(
        "grade_exact",
        "综合得分88.6分，等级为“良”。\n\n二、标准\n\n90（含）-100分为“优”，80（含）-90分为“良”，60分以下为“差”。",
        (Claim("grade", "88.6", EXACT),),
    ),
    Case(
        "grade_fails",
        "综合得分78.6分，等级为“良”。\n\n二、标准\n\n90（含）-100分为“优”，80（含）-90分为“良”，60分以下为“差”。",
        (Claim("grade", "78.6", FAILS),),
    ),
    Case(
        "rubric_exact",
        "得分=（预算执行率-60%）÷（100%-60%）×8，预算执行率为84.4%，评价得4.88分。",
        (Claim("rubric", "4.88", EXACT),),
    ),
    Case(
        "rubric_fails",
        "得分=（预算执行率-60%）÷（100%-60%）×8，预算执行率为84.4%，评价得5.88分。",
        (Claim("rubric", "5.88", FAILS),),
    ),
)


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.name)
def test_a_claim_is_found_and_judged(case: Case) -> None:
    found = claims(read(case.text))
    for claim in case.claims:
        assert claim in found, found


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.name)
def test_nothing_else_fails(case: Case) -> None:
    meant = {claim.stated for claim in case.claims if claim.verdict is FAILS}
    document = read(case.text)
    told = {document.figures[e.stated].quantity.printed for e in failures(document)}
    assert told <= meant


# True statements that a naive check calls wrong.
TRAPS = {
    "tail_of_one_cent_over_nineteen_rows": "支出合计19.01万元，其中："
    + "、".join(f"项目{n}支出1.00万元" for n in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申")
    + "。",
    "rate_from_unrounded_amounts": "其他收入2.32万元，比上年决算数增加1.86万元，增长404.6%。",
    "dropped_zero_of_a_rate": "财政拨款收入7,511.89万元，比上年增加220.42万元，增长3%。",
    "zero_base": "基金收入11,466.07万元，比上年决算数增加11,466.07万元，增长--（基数为0，不可比）。",
    "rate_with_a_base_of_its_own": "教育支出900万元，比上年增加26.2万元，比年初预算下降50.2%。",
    "share_of_another_whole_than_the_list_before": "采购支出总额755.46万元，其中中小企业合同591.20万元，"
    "占采购支出总额的78.26%，其中小微企业合同327.15万元，占采购支出总额的43.30%。",
    "shares_rounded_one_by_one": "支出3,128.13万元，其中：教育2,378.98万元，占76.1%；社保287.36万元，占9.2%；"
    "卫生83.35万元，占2.7%；住房378.44万元，占12.1%。",
    "total_income_that_means_the_years": "2023年总收入5,217.31万元，其中：财政拨款收入5,199.14万元，占总收入的99.65%；"
    "其他收入18.17万元，占总收入的0.35%。",
    "partial_uses_below_the_whole": "实际支出213.45万元，用于适老化改造123.64万元、服务中心维修38.81万元。",
    "sum_of_more_than_the_sentence_names": "支付设计费36.20万元、监理费4.85万元，年度合计1,041.05万元。",
    "carry_over_within_the_total": "收入总计6,500.00万元，其中本年收入6,200.00万元、年初结转300.00万元。",
    "total_beside_the_total_of_the_year": "2023年总收入8,070.12万元。\n\n单位：万元\n\n项目\t决算数\n"
    "财政拨款收入\t8,060.02\n其他收入\t10.00\n本年收入合计\t8,070.02\n",
    "one_cent_between_two_places": "一般公共预算支出7,511.88万元。\n\n二、绩效\n\n一般公共预算支出7,511.89万元。",
    "two_projects_of_one_kind": "项目投资1,812.99万元。\n\n二、二期\n\n项目投资1,815.60万元。",
    "per_head_of_another_amount": "接待45批次、286人次，接待费2.15万元，人均75.15元。",
    "plan_capped_at_full": "计划检查150家，实际检查168家，完成率100%。",
    "plan_that_is_an_upper_bound": "计划时限10天，实际时限12天，完成率83.33%。",
    "two_scores_of_two_bodies": "自评得分95分，复核得分88.5分。\n\n"
    "指标\t分值\t得分\n决策\t40\t36.5\n产出\t60\t52\n总分\t100\t88.5\n",
    "one_name_for_two_scopes": "基本支出1,098.76万元。\n\n单位：万元\n\n"
    "项目\t金额\n基本支出\t1,052.31\n项目支出\t20.00\n合计\t1,072.31\n",
    "one_figure_against_two_bases": "教育支出900万元，比上年增加26.2万元，增长3%，比年初预算减少907万元，下降50.2%。",
    "expenditure_above_income_by_carry_over": "本年收入18,980.28万元，本年支出18,981.05万元，年末结转1.89万元。",
    "total_income_is_not_this_years": "总收入581.45万元，其中本年收入390.55万元，较上年减少175.26万元，下降31%。",
    "partial_list_after_including": "本年支出900万元，其中项目支出300万元、会议费20万元。",
    "parts_of_a_count_that_are_not_all": "开展绩效自评项目34个，其中民生项目9个，基建项目19个。",
    "rates_of_two_lists": "收入100万元、支出90万元，分别比上年增加10万元和5万元，增长11.1%和5.9%。",
    "shares_of_two_lists": "中央单位、地方单位采购规模分别为2,666.3万元和30,400.7万元，占采购规模的8.1%和91.9%。",
    "sums_of_income_and_expenditure": "收、支总计各为4,125万元、4,143万元，与上年相比各减少1,267万元、2,570万元，"
    "下降23.51%、38.28%。",
    "another_subject_between": "本年支出500万元，公务接待费比上年减少0.3万元，下降20%。",
    "a_part_between": "基本支出1,098.76万元，包括人员1,021.4万元、公用77.36万元，比上年增加46.45万元，增长4.4%。",
    "bounds_are_no_rates": "全年预算100万元，支出85万元，执行率低于90%的单位有3个。",
    "average_per_head": "人均公用经费1.2万元，比上年减少0.1万元，下降7.7%。",
    "budget_with_carry_over": "年初预算300万元，上年结转20万元，调整预算数320万元，支出304万元，预算执行率95%。",
    "balance_with_other_money": "预算100万元，支出95万元，年末结转和结余7万元。",
    "open_list_of_names": "下设办公室、财务科、业务科等5个科室。",
    "names_with_and": "内设机构3个，分别为：办公室、规划和财务科、督查科。",
    "list_that_goes_on_after_a_comma": "运维项目2个，分别为门户网站运维、机房运维，其中门户网站、机房、管线已验收。",
    "like_named_projects": "“平台一期”支出156.20万元，完成预算的98%。“平台二期”支出156.80万元，完成预算的97%。",
    "two_years_of_one_metric": "2022年受理业务149.05万宗，2023年受理业务157.83万宗。",
    "lower_is_better": "有效投诉量目标值10件，实际完成值0件，得10分。",
    "approximate_values": "检查企业近300家，同比增长约20%，发现问题超1,000个，整改率95%。",
    "percentage_points": "执行率为95.4%，比上年提高1.2个百分点，增长较快。",
    "scores_that_leave_an_indicator_out": "总分92分，其中决策得18分、过程得19分、产出得28分。",
    "several_scores": "自评得分95分，财政复核得分88.5分，等级为“良”。",
    "score_rate_of_another_indicator": "决策指标得18分，满分20分；各单位平均得分率91%。",
    "lump_sums_per_year": "分三年实施，总投资1.5亿元，2021年安排4,000万元，2022年安排6,000万元。",
    "adjusted_to_an_amount": "年初预算200万元，年中调减至180万元，全年预算180万元。",
    "adjustment_of_a_part": "年初预算600万元，年中追加85万元，其中追加人员经费30万元，调整后预算685万元。",
    "questionnaires": "发放问卷600份，收回有效问卷582份，满意度94%。",
}


@pytest.mark.parametrize("name", TRAPS)
def test_true_statements_stay_silent(name: str) -> None:
    document = read(TRAPS[name])
    assert [
        (e.family, document.figures[e.stated].quantity.printed, e.formula)
        for e in failures(document)
    ] == []


def test_equations_are_numbered_and_point_at_figures() -> None:
    document = read("\n\n".join(case.text for case in FOUND[:12]))
    assert [e.no for e in document.equations] == list(range(len(document.equations)))
    for equation in document.equations:
        assert 0 <= equation.stated < len(document.figures)
        assert all(0 <= no < len(document.figures) for no in equation.operands)
        assert equation.stated not in equation.operands


def test_values_are_in_the_unit_of_the_stated_figure() -> None:
    document = read("年初预算700万元，年中调减87.6万元，全年预算数621.4万元。")
    equation = next(e for e in document.equations if e.family == "adjustment")
    assert str(equation.value) == "612.4"
    assert (str(equation.low), str(equation.high)) == ("612.3001", "612.4999")
    assert equation.formula == "700万元 − 87.6万元"


def test_a_slip_of_the_unit_is_told_before_what_follows_from_it() -> None:
    document = read(
        "全年预算507.74万元，执行数428.54万元，完成预算的84.4%。\n\n二、明细\n\n"
        "年度预算507.74万元，项目支出428.54元，预算执行率84.4%。"
    )
    assert [e.family for e in failures(document)] == ["unit_slip", "completion"]


def test_every_family_has_a_docstring_with_source_example_and_limits() -> None:
    for family in FAMILIES:
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


LONG = (
    "\n\n".join(case.text for case in FOUND)
    + "\n\n表1 支出明细表\n\n单位：万元\n\n科目\t预算数\t决算数\t执行率\n"
    + "\n".join(f"项目{n}\t{n}.50\t{n}.00\t{100 * n / (n + 0.5):.1f}%" for n in range(10, 40))
    + "\n"
)


@pytest.mark.parametrize("times", [12, pytest.param(40, marks=pytest.mark.slow)])
@pytest.mark.parametrize("step", [find_figures, find_equations], ids=lambda step: step.__name__)
def test_the_work_grows_with_the_figures_and_no_faster(
    step: Callable[[Document], object], times: int
) -> None:
    small, large = read(LONG), read("\n\n".join([LONG] * times))
    bare = [replace(document, equations=()) for document in (small, large)]
    growth = len(large.figures) / len(small.figures)
    assert growth > times * 0.9
    assert calls(lambda: step(bare[1])) <= 1.3 * growth * calls(lambda: step(bare[0]))


def test_one_paragraph_with_thousands_of_figures_stays_linear() -> None:
    def paragraph(times: int) -> Document:
        one = (
            "水利支出512万元，比上年增加32万元，增长6.7%，占支出总额的20%，完成预算600万元的85.3%，"
        )
        return replace(read(one * times + "共计完毕。"), equations=())

    small, large = paragraph(20), paragraph(400)
    growth = len(large.figures) / len(small.figures)
    assert growth > 15
    assert calls(lambda: find_equations(large)) <= 1.3 * growth * calls(
        lambda: find_equations(small)
    )
