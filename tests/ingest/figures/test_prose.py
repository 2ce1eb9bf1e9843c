"""Roles, subjects, bases and years of numbers in sentences, over many departments' wordings."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ingest.figures.prose import ProseFigure, prose_figures
from ingest.model import Direction, Role

UP, DOWN = Direction.UP, Direction.DOWN


class Want(NamedTuple):
    """What one number of a sentence must come out as; fields left out are not looked at."""

    printed: str
    role: Role
    metric: str | None = None  # words that the metric must contain
    basis: str | None = None  # words that the basis must contain; "" for none
    direction: Direction | None = None
    year: str | None = None
    previous: bool | None = None


class Case(NamedTuple):
    """A sentence with the numbers that it must yield, in order, others left out."""

    name: str
    text: str
    wants: tuple[Want, ...]
    heading: str = ""
    bug: str = ""  # why the reader of sentences does not yet get it right


V, A, B, T = Role.VALUE, Role.ACTUAL, Role.BUDGET, Role.TARGET
CH, GR, CO, SH = Role.CHANGE, Role.GROWTH, Role.COMPLETION, Role.SHARE
FM, SC, SR, DE = Role.FULL_MARK, Role.SCORE, Role.SCORE_RATE, Role.DEDUCTION
AD, AR = Role.ADJUSTMENT, Role.ADJUSTMENT_RATE

VALUES = (
    Case(
        "names_that_begin_with_the_word_for_in",
        "设备于2021年9月公开招标，中标价398.00万元；中选服务费12.50万元。",
        (Want("398.00", V, "中标价"), Want("12.50", V, "中选服务费")),
    ),
    Case(
        "raised_to_the_end_of_a_year",
        "农村自来水普及率由2020年底的86.4%提高到2023年底的94.2%。",
        (
            Want("86.4", V, "自来水普及率", year="2020"),
            Want("94.2", V, "自来水普及率", year="2023"),
        ),
    ),
    Case(
        "spending_of_the_year_behind_the_totals",
        "2024年度收入总计4934.88万元，其中本年收入4719.19万元；本年支出4705.20万元，比2023年增加166.19万元。",
        (
            Want("4719.19", V, "本年收入"),
            Want("4705.20", V, "本年支出"),
            Want("166.19", CH, "本年支出", basis="2023年", direction=UP),
        ),
    ),
    Case(
        "items_of_a_paragraph_name_their_own",
        "产出指标分值30分。3. 食材抽检合格率：年度指标值98%，全年抽检1,250批次，合格率97.6%。"
        "4. 补助发放及时率：年度指标值100%，及时率91.7%。",
        (
            Want("98", T, "食材抽检合格率"),
            Want("97.6", A, "食材抽检合格率"),
            Want("100", T, "补助发放及时率"),
            Want("91.7", A, "补助发放及时率"),
        ),
    ),
    Case(
        "indicator_right_behind_its_name",
        "（5）救援人员到场时间指标：该指标年初设定预期不超过15分钟，实际到场时间为11.6分钟。",
        (Want("15", T, "救援人员到场时间"), Want("11.6", A, "救援人员到场时间")),
    ),
    Case(
        "things_told_of_by_their_parts",
        "全区526项事项实行承诺审批，456项事项的774份材料可容缺受理。",
        (Want("526", V, "承诺审批"), Want("456", V, "可容缺受理"), Want("774", V, "可容缺受理")),
    ),
    Case(
        "year_and_total_name_nothing",
        "2023年共救助3482人次，比2022年增加377人次。",
        (Want("3482", V, "救助"), Want("377", CH, "救助", basis="2022年", direction=UP)),
    ),
    Case(
        "value_with_copula",
        "2023年度市水务局本年支出为3,421.56万元。",
        (Want("3,421.56", V, "本年支出", year="2023"),),
    ),
    Case(
        "value_without_copula",
        "公务接待费支出1.28万元，接待来访人员96人次。",
        (Want("1.28", V, "公务接待费"), Want("96", V, "来访人员")),
    ),
    Case(
        "value_with_totals_word",
        "县档案馆全年收入合计612.4万元，其中财政拨款收入600万元、其他收入12.4万元。",
        (
            Want("612.4", V, "收入合计"),
            Want("600", V, "财政拨款收入"),
            Want("12.4", V, "其他收入"),
        ),
    ),
    Case(
        "approximate_value",
        "全年受理群众来信约1,200件，接访近300批次。",
        (Want("1,200", V, "群众来信"), Want("300", V, "接访")),
    ),
    Case(
        "numbers_of_a_heading",
        "共投入35.6万元。",
        (Want("35.6", V),),
        heading="社区矫正经费",
    ),
    Case(
        "counts_with_nouns",
        "培训学员450人，开设班次12期，平均每期5天。",
        (Want("450", V, "学员"), Want("12", V, "班次")),
    ),
)

CHANGES = (
    Case(
        "change_and_growth_on_last_year",
        "事业收入88.2万元，比上年决算数增加8.2万元，增长10.3%。",
        (
            Want("88.2", V, "事业收入"),
            Want("8.2", CH, "事业收入", "上年", UP),
            Want("10.3", GR, "事业收入", "上年", UP),
        ),
    ),
    Case(
        "decrease_on_budget",
        "项目支出决算430万元，较年初预算减少70万元，下降14%。",
        (
            Want("430", V, "项目支出"),
            Want("70", CH, "项目支出", "年初预算", DOWN),
            Want("14", GR, "项目支出", "年初预算", DOWN),
        ),
    ),
    Case(
        "printed_base_between",
        "林业管护支出512万元，比2021年的480万元增加32万元，增幅6.7%。",
        (
            Want("512", V, "林业管护支出"),
            Want("480", V),
            Want("32", CH, "林业管护支出", None, UP),
            Want("6.7", GR, "林业管护支出", None, UP),
        ),
    ),
    Case(
        "same_quarter_of_last_year",
        "上半年非税收入同比增长5.2%。",
        (Want("5.2", GR, "非税收入", "上年同期", UP),),
    ),
    Case(
        "compared_with_a_named_year",
        "办案经费45万元，与2022年相比下降12.5%。",
        (Want("45", V, "办案经费"), Want("12.5", GR, "办案经费", "2022", DOWN)),
    ),
    Case(
        "percentage_points",
        "满意度为95.4%，比上年提高1.2个百分点。",
        (Want("95.4", V, "满意度"), Want("1.2", GR, "满意度", "上年", UP)),
    ),
    Case(
        "saving",
        "会议费支出3.1万元，比预算节约0.9万元。",
        (Want("3.1", V, "会议费"), Want("0.9", CH, "会议费", "预算", DOWN)),
    ),
    Case(
        "two_bases_on_one_value",
        "教育支出900万元，比上年增长3%，比年初预算下降50.2%。",
        (
            Want("900", V, "教育支出"),
            Want("3", GR, "教育支出", "上年", UP),
            Want("50.2", GR, "教育支出", "年初预算", DOWN),
        ),
    ),
    Case(
        "reason_holds_a_number",
        "基本支出210万元，比上年增加12万元，增长6.1%，主要是新招录公务员3人。",
        (
            Want("210", V, "基本支出"),
            Want("12", CH, "基本支出", "上年", UP),
            Want("6.1", GR, "基本支出", "上年", UP),
            Want("3", V, "公务员"),
        ),
    ),
    Case(
        "new_subject_of_a_dependent",
        "财政拨款收入比上年增加50万元，增长5%；事业收入比上年减少2万元，下降4%。",
        (
            Want("50", CH, "财政拨款收入", "上年", UP),
            Want("5", GR, "财政拨款收入", "上年", UP),
            Want("2", CH, "事业收入", "上年", DOWN),
            Want("4", GR, "事业收入", "上年", DOWN),
        ),
    ),
    Case(
        "new_subject_after_a_comma",
        "公务用车运行维护费完成预算的74.6%，公务接待费完成预算的62.5%。",
        (Want("74.6", CO, "公务用车运行维护费"), Want("62.5", CO, "公务接待费")),
    ),
    Case(
        "low_bound_is_no_growth",
        "两个县的资金执行率低于97%，补助发放偏慢。",
        (Want("97", V),),
        bug="“低于 97%”是界限，不是下降率",
    ),
    Case(
        "income_and_expenditure_together",
        "与2021年相比，收、支总计各减少1,267.86万元，下降23.5%。",
        (
            Want("1,267.86", CH, "总计", "2021", DOWN),
            Want("23.5", GR, "总计", "2021", DOWN),
        ),
    ),
    Case(
        "a_sentence_that_goes_on",
        "2023年度收、支总计18,079.90万元。与上年相比，增加839.54万元，增长4.87%。",
        (
            Want("18,079.90", V, "收、支总计"),
            Want("839.54", CH, "收、支总计", "上年", UP),
            Want("4.87", GR, "收、支总计", "上年", UP),
        ),
    ),
    Case(
        "parts_of_a_budget",
        "年初预算12,450.60万元，其中基本支出3,260.50万元、项目支出9,190.10万元，全年执行数12,389.58万元。",
        (
            Want("3,260.50", B, "基本支出"),
            Want("9,190.10", B, "项目支出"),
            Want("12,389.58", V, "执行数"),
        ),
    ),
    Case(
        "a_quoted_word_of_a_name",
        "“三公”经费支出决算数较上年减少7,173.50元。",
        (Want("7,173.50", CH, "“三公”经费"),),
    ),
    Case(
        "final_above_budget",
        "完成年初预算的103%，决算数大于预算数5.9万元。",
        (Want("103", CO), Want("5.9", CH, None, "预算", UP)),
    ),
    Case(
        "two_completions",
        "支出决算85.5万元，完成年初预算的106.9%，完成调整预算的95%。",
        (Want("85.5", V), Want("106.9", CO), Want("95", CO)),
    ),
    Case(
        "from_to",
        "护林员补助标准由89元提高到94元。",
        (Want("89", V), Want("94", V)),
    ),
    Case(
        "shortened",
        "审批时限比上年缩短62.5%。",
        (Want("62.5", GR, "审批时限", "上年", DOWN),),
    ),
    Case(
        "zero_base",
        "专项债收入120万元，比上年增加120万元，增长--（基数为0，不可比）。",
        (Want("120", V, "专项债收入"), Want("120", CH, "专项债收入", "上年", UP)),
    ),
    Case(
        "unchanged",
        "国有资本经营预算支出0万元，与上年决算数持平。",
        (Want("0", V, "国有资本经营预算支出"),),
    ),
    Case(
        "explanation_before_the_change",
        "公用经费46.3万元，为保障机构日常运转发生的支出，较2022年度决算数增加2.1万元，增长4.8%。",
        (
            Want("46.3", V, "公用经费"),
            Want("2.1", CH, None, "2022", UP),
            Want("4.8", GR, None, "2022", UP),
        ),
    ),
)

PREVIOUS = (
    Case(
        "value_of_last_year",
        "机关运行经费56.4万元，上年为51.2万元。",
        (Want("56.4", V, "机关运行经费", previous=False), Want("51.2", V, previous=True)),
    ),
    Case(
        "value_of_the_same_period_of_last_year",
        "受理投诉318件，去年同期为402件。",
        (Want("318", V, "投诉"), Want("402", V, previous=True)),
    ),
    Case(
        "comparison_year_is_not_the_year",
        "2024年度总收入980万元，比2023年增加35万元。",
        (Want("980", V, "总收入", year="2024"), Want("35", CH, None, None, UP, "2024")),
    ),
    Case(
        "end_of_a_year",
        "截至2023年底，累计建成驿站71座。",
        (Want("71", V, "驿站", year="2023"),),
    ),
    Case(
        "last_year_named_with_its_number",
        "上年度（2022年度）评价得分90.3分。",
        (Want("90.3", SC, previous=True),),
        bug="“上年度（2022年度）”后面的数没有读作上年数",
    ),
    Case(
        "document_numbers_are_no_years",
        "根据《某市2021年财政工作要点》和某财〔2020〕86号文件，安排资金40万元。",
        (Want("40", B, year=""),),
    ),
)

BUDGETS = (
    Case(
        "completion_of_a_printed_budget",
        "“三公”经费支出决算为4.6万元，完成全年预算8万元的57.5%。",
        (Want("4.6", V, "三公"), Want("8", B), Want("57.5", CO, "三公")),
    ),
    Case(
        "budget_spending_rate",
        "全年预算数350万元，执行数329万元，预算执行率94%。",
        (Want("350", B, "预算"), Want("329", V, "执行数"), Want("94", CO)),
    ),
    Case(
        "arranged_and_used",
        "2022年市财政安排禁毒专项资金120万元，实际支出116.4万元，资金使用率97%。",
        (Want("120", B), Want("116.4", A), Want("97", CO)),
    ),
    Case(
        "budget_trail",
        "年初预算600万元，年中追加85万元、调减20万元，调整后预算665万元，预算调整率10.83%。",
        (
            Want("600", B, "年初预算"),
            Want("85", AD, None, None, UP),
            Want("20", AD, None, None, DOWN),
            Want("665", B, "调整后预算"),
            Want("10.83", AR),
        ),
    ),
    Case(
        "adjusted_to",
        "项目预算由200万元调减至180万元。",
        (Want("180", B),),
    ),
    Case(
        "fund_names_are_no_budgets",
        "一般公共预算财政拨款支出812万元，政府性基金预算财政拨款支出36万元。",
        (
            Want("812", V, "一般公共预算财政拨款支出"),
            Want("36", V, "政府性基金预算财政拨款支出"),
        ),
    ),
    Case(
        "plan_and_actual",
        "计划改造老旧小区28个，实际改造31个。",
        (Want("28", T, "老旧小区"), Want("31", A)),
    ),
    Case(
        "plan_and_actual_of_rates",
        "绿化养护合格率：年初目标值90%，实际完成值92.5%。",
        (Want("90", T), Want("92.5", A)),
    ),
)

SHARES = (
    Case(
        "share_of_a_named_whole",
        "授予中小企业合同金额610万元，占政府采购支出总额的81.3%。",
        (Want("610", V, "中小企业"), Want("81.3", SH, None, "政府采购支出总额")),
    ),
    Case(
        "share_with_proportion_word",
        "人员经费占基本支出的比重为92.4%。",
        (Want("92.4", SH, "人员经费", "基本支出"),),
    ),
    Case(
        "share_in_brackets",
        "中央资金300万元（占60%），省级资金200万元（占40%）。",
        (Want("300", V, "中央资金"), Want("60", SH), Want("200", V, "省级资金"), Want("40", SH)),
    ),
    Case(
        "land_use_is_no_share",
        "新建训练基地占地12亩，总投资860万元。",
        (Want("12", V), Want("860", V, "投资")),
    ),
)

SCORES = (
    Case(
        "full_mark_score_and_rate",
        "指标分值20分，评价得分17.5分，得分率87.5%。",
        (Want("20", FM, "预算执行"), Want("17.5", SC, "预算执行"), Want("87.5", SR, "预算执行")),
        heading="预算执行",
    ),
    Case(
        "several_indicators_in_a_sentence",
        "决策类指标满分15分，得13分；过程类指标满分25分，得22.6分。",
        (
            Want("15", FM, "决策"),
            Want("13", SC, "决策"),
            Want("25", FM, "过程"),
            Want("22.6", SC, "过程"),
        ),
    ),
    Case(
        "deduction",
        "培训完成率指标扣1.5分，得8.5分。",
        (Want("1.5", DE, "培训完成率"), Want("8.5", SC, "培训完成率")),
    ),
    Case(
        "total_score_with_grade",
        "经综合评价，本项目得分88.6分，评价等级为“良”。",
        (Want("88.6", SC),),
        heading="评价结论",
    ),
    Case(
        "full_mark_without_a_word",
        "产出指标50分，得48.5分。",
        (Want("50", FM, "产出指标"), Want("48.5", SC, "产出指标")),
    ),
    Case(
        "scores_keep_the_name_of_their_full_mark",
        "决策指标分值15分，得分12.5分，得分率83.3%；产出指标分值30分，得分27.0分。",
        (
            Want("15", FM, "决策指标"),
            Want("12.5", SC, "决策指标"),
            Want("83.3", SR, "决策指标"),
            Want("30", FM, "产出指标"),
            Want("27.0", SC, "产出指标"),
        ),
        heading="总体结论",
    ),
    Case(
        "full_mark_in_brackets",
        "项目决策（满分20分）得18分，过程（25分）得分22.5分。",
        (
            Want("20", FM, "项目决策"),
            Want("18", SC, "项目决策"),
            Want("25", FM, "过程"),
            Want("22.5", SC, "过程"),
        ),
    ),
    Case(
        "marks_of_indicators_that_are_counted_first",
        "项目决策类指标共设3个，满分20分，实际得分18分。",
        (Want("20", FM, "决策类指标"), Want("18", SC, "决策类指标")),
        heading="评价结论",
    ),
    Case(
        "the_best_and_the_worst",
        "从得分看，决策类指标得分率最高，为95.00%，效益类指标得分率最低，仅为81.67%。",
        (Want("95.00", SR, "决策类指标"), Want("81.67", SR, "效益类指标")),
        heading="评价结论",
    ),
    Case(
        "scores_and_rates_told_at_once",
        "决策、过程、产出三个一级指标得分分别为17分、18.5分、28分，得分率分别为85%、92.5%、93.33%。",
        (
            Want("17", SC, "决策"),
            Want("18.5", SC, "过程"),
            Want("28", SC, "产出"),
            Want("85", SR, "决策"),
            Want("92.5", SR, "过程"),
            Want("93.33", SR, "产出"),
        ),
        heading="评价结论",
    ),
    Case(
        "bands_are_no_scores",
        "90分（含）以上为优，80分（含）至90分为良。",
        (),
        bug="等级标准里的分数不是得分",
    ),
)

LISTS = (
    Case(
        "including_list",
        "政府采购支出总额226.4万元，其中：货物支出93.1万元、工程支出21.5万元、服务支出111.8万元。",
        (
            Want("226.4", V, "政府采购支出总额"),
            Want("93.1", V, "货物支出"),
            Want("21.5", V, "工程支出"),
            Want("111.8", V, "服务支出"),
        ),
    ),
    Case(
        "topic_in_bold",
        "**机关运行经费。** 39.8万元，比上年减少1.2万元，降幅2.9%。",
        (
            Want("39.8", V, "机关运行经费"),
            Want("1.2", CH, "机关运行经费", "上年", DOWN),
            Want("2.9", GR, "机关运行经费", "上年", DOWN),
        ),
    ),
    Case(
        "numbered_item",
        "3. 住房保障支出64.7万元，主要用于缴纳住房公积金。",
        (Want("64.7", V, "住房保障支出"),),
    ),
    Case(
        "first_then",
        "一是修缮校舍12栋，投入460万元；二是购置课桌椅2,300套，投入69万元。",
        (
            Want("12", V, "校舍"),
            Want("460", V, "投入"),
            Want("2,300", V, "课桌椅"),
            Want("69", V, "投入"),
        ),
    ),
    Case(
        "own_name_of_this_years_income",
        "2023年度总收入760万元，其中本年收入742万元，年初结转和结余18万元。",
        (
            Want("760", V, "总收入"),
            Want("742", V, "本年收入"),
            Want("18", V, "年初结转和结余"),
        ),
    ),
    Case(
        "recovered_questionnaires",
        "发放问卷500份，收回有效问卷486份。",
        (Want("500", V, "问卷"), Want("486", V, "问卷")),
    ),
    Case(
        "names_with_digits",
        "2型糖尿病患者规范管理率63.1%，家庭医生签约率72%。",
        (Want("63.1", V, "糖尿病患者规范管理率"), Want("72", V, "家庭医生签约率")),
    ),
    Case(
        "whole_before_its_shares",
        "全年支出中，基本支出320万元，占64%；项目支出180万元，占36%。",
        (
            Want("320", V, "基本支出"),
            Want("64", SH, "基本支出", "全年支出"),
            Want("180", V, "项目支出"),
            Want("36", SH, "项目支出", "全年支出"),
        ),
    ),
    Case(
        "one_rate_for_each",
        "收入100万元、支出90万元，分别比上年增加10万元和5万元。",
        (Want("100", V, "收入"), Want("90", V, "支出"), Want("10", CH), Want("5", CH)),
        bug="“分别增加 a 和 b”的第二个数没有读作增减额",
    ),
)

ENUMERATIONS = (
    Case(
        "years_told_at_once",
        "2021年、2022年和2023年分别投入资金320万元、450万元和512万元。",
        (
            Want("320", V, "投入资金", year="2021"),
            Want("450", V, "投入资金", year="2022"),
            Want("512", V, "投入资金", year="2023"),
        ),
    ),
    Case(
        "names_told_at_once",
        "石桥镇、双河乡养护补助分别少拨13.40万元、7.60万元。",
        (Want("13.40", V, "石桥镇"), Want("7.60", V, "双河乡")),
    ),
    Case(
        "counts_of_one_subject",
        "评价组抽查了5个乡镇、12个行政村的32户农户。",
        (Want("5", V, "抽查 乡镇"), Want("12", V, "抽查 行政村"), Want("32", V, "抽查 农户")),
    ),
    Case(
        "things_with_counts_of_their_own",
        "购置12台（套）设备、培训人员30人。",
        (Want("12", V, "购置 设备"), Want("30", V, "培训人员")),
    ),
    Case(
        "plans_of_one_list",
        "计划新建泵站8座、改造渠道45公里，实际新建泵站7座、改造渠道46.2公里。",
        (Want("8", T), Want("45", T, "渠道"), Want("7", A), Want("46.2", A, "渠道")),
    ),
    Case(
        "from_what_to_what",
        "人均补助标准由上年的89元提高到94元，提高5元，增长5.6%。",
        (
            Want("89", V, "人均补助标准", previous=True),
            Want("94", V, "人均补助标准", previous=False),
            Want("5", CH, "人均补助标准", direction=UP),
            Want("5.6", GR, "人均补助标准", direction=UP),
        ),
    ),
    Case(
        "what_is_above_a_price",
        "单价50万元以上的通用设备6台（套），单价100万元（含）以上专用设备2台（套）。",
        (Want("6", V, "单价50万元以上的通用设备"), Want("2", V, "单价100万元(含)以上专用设备")),
    ),
    Case(
        "shares_of_one_whole",
        "基本支出612.3万元，占本年支出的71.1%；项目支出248.75万元，占28.9%。",
        (Want("71.1", SH, basis="本年支出"), Want("28.9", SH, "项目支出", basis="本年支出")),
    ),
    Case(
        "share_of_the_amount_of_its_unit",
        "全年开展培训12期，培训学员1,356人次，其中女学员628人次，占46.3%。",
        (Want("46.3", SH, "女学员", basis="培训学员"),),
    ),
)

ALL = (*VALUES, *CHANGES, *PREVIOUS, *BUDGETS, *SHARES, *SCORES, *LISTS, *ENUMERATIONS)


def _parameter(case: Case) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=case.bug)] if case.bug else []
    return pytest.param(case, id=case.name, marks=marks)


def _take(figures: list[ProseFigure], want: Want) -> ProseFigure:
    found = next((f for f in figures if f.reading.quantity.printed == want.printed), None)
    assert found is not None, f"{want.printed} is not read: {figures}"
    figures.remove(found)
    return found


@pytest.mark.parametrize("case", [_parameter(case) for case in ALL])
def test_numbers_of_a_sentence(case: Case) -> None:
    figures = list(prose_figures(case.text, heading=case.heading))
    if not case.wants:
        assert [f for f in figures if f.role is Role.SCORE] == []
    for want in case.wants:
        figure = _take(figures, want)
        assert figure.role is want.role, want
        if want.metric is not None:
            assert want.metric in figure.metric, want
        if want.basis is not None:
            assert want.basis in figure.basis, want
        if want.direction is not None:
            assert figure.direction is want.direction, want
        if want.year is not None:
            assert figure.year == want.year, want
        if want.previous is not None:
            assert figure.previous_year is want.previous, want


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_offsets_give_the_printed_digits(case: Case) -> None:
    for figure in prose_figures(case.text, heading=case.heading):
        reading = figure.reading
        assert reading.quantity.printed in case.text[reading.start : reading.end]
        assert figure.sentence_start <= reading.start < reading.end <= figure.sentence_end
