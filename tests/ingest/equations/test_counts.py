"""Stated counts: against their kinds, the rows of a table, a list; and the traps, silent."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ingest.model import Document, Verdict
from ingest.pipeline import read_document

EXACT, FAILS, ROUNDING = Verdict.EXACT, Verdict.FAILS, Verdict.ROUNDING
HEAD = "2023年度某市某局部门决算\n\n一、情况说明\n\n"


SURVEY = "发放问卷400份，回收386份，其中有效问卷372份，"


class Case(NamedTuple):
    name: str
    text: str
    family: str
    stated: str
    verdict: Verdict


def read(text: str) -> Document:
    return read_document((HEAD + text + "\n").encode(), "某局2023.txt")


PROJECTS = "\n\n序号\t项目名称\t执行数（万元）\n1\t校舍维修\t120.50\n2\t设备购置\t80.00\n3\t教师培训\t15.20\n"
INDICATORS = (
    "\n\n序号\t一级指标\t二级指标\t指标值\n1\t产出指标\t拨付率\t91%\n2\t\t接口流量\t4G\n"
    "3\t效益指标\t可用率\t99%\n4\t\t运行率\t99%\n5\t满意度指标\t群众满意度\t95%\n"
)
SHEET = (
    "\n\n一级指标\t三级指标\t分值\t得分\n过程\t制度健全性\t20\t18\n\t资金合规性\t20\t20\n产出\t工程质量\t60\t57\n"
    "合计\t\t100\t95\n"
)
CASES = (
    # kinds of a whole
    Case(
        "levels",
        "34个项目，其中一级项目9个，二级项目19个，涉及资金6万元。",
        "count_parts",
        "34",
        FAILS,
    ),
    Case("bodies", "下属单位10个，其中行政单位4个、事业单位5个。", "count_parts", "10", FAILS),
    Case("named_after", "下属单位10个，其中4个行政单位、5个事业单位。", "count_parts", "10", FAILS),
    Case(
        "after_a_stop",
        "年末人员编制62人。其中：行政编制28人（含行政工勤编制2人），事业编制36人。",
        "count_parts",
        "62",
        FAILS,
    ),
    Case(
        "after_a_stop_holds",
        "年末人员编制64人。其中：行政编制28人（含行政工勤编制2人），事业编制36人。",
        "count_parts",
        "64",
        EXACT,
    ),
    Case(
        "fewer_and_more_in_the_end",
        "年初由7个子项目组成，年中取消2个子项目，新增1个子项目。最终调整后的5个子项目均已完成。",
        "count_parts",
        "5",
        FAILS,
    ),
    Case(
        "fewer_and_more_in_the_end_holds",
        "年初由6个子项目组成，年中取消2个子项目，调增1个子项目。最终调整后的5个子项目均已完成。",
        "count_parts",
        "5",
        EXACT,
    ),
    Case("others_last", "车辆9辆，其中机要用车1辆、其他用车7辆。", "count_parts", "9", FAILS),
    Case("in_service", "人员56人，其中在职40人，离退休15人。", "count_parts", "56", FAILS),
    Case("done_or_not", "检查20个项目，其中已完成18个，未完成3个。", "count_parts", "20", FAILS),
    Case("including", "办理案件300件，包括民事200件、刑事90件。", "count_parts", "300", FAILS),
    Case(
        "posts_too_many", "编制120名，其中行政编制40名、事业编制85名。", "count_parts", "120", FAILS
    ),
    Case("grades", "对5个项目开展自评。自评结果：“优”4个、“良”2个。", "count_parts", "5", FAILS),
    Case(
        "grades_hold", "对5个项目开展自评。自评结果：“优”4个、“良”1个。", "count_parts", "5", EXACT
    ),
    Case(
        "grades_after_an_amount",
        "对12个项目自评，涉及资金3万元，其中“优”的9个、“良”的4个。",
        "count_parts",
        "12",
        FAILS,
    ),
    Case(
        "done_and_not_done", "抽查的11个标段中，8个已移交，4个未移交。", "count_parts", "11", FAILS
    ),
    Case(
        "done_late_and_not_done",
        "计划60所，按期完工51所，延期完工6所，未完工3所。",
        "count_parts",
        "60",
        EXACT,
    ),
    Case(
        "ages",
        "惠及老人5,860人，其中80—89岁5,124人、90—99岁689人、100岁以上38人。",
        "count_parts",
        "5,860",
        FAILS,
    ),
    Case(
        "ranks",
        "在编人员68人，其中正高5人、副高14人、中级27人、初级23人。",
        "count_parts",
        "68",
        FAILS,
    ),
    Case(
        "satisfaction",
        "72份有效问卷中，非常满意38份、满意31份、不满意8份。",
        "count_parts",
        "72",
        FAILS,
    ),
    # numbered items
    Case("first_second", "评价发现3个问题：一是编制不准；二是执行偏慢。", "list_count", "3", FAILS),
    Case(
        "first_second_hold",
        "年度目标有三项：一是提质；二是增效；三是降本。",
        "list_count",
        "三",
        EXACT,
    ),
    Case(
        "in_brackets",
        "采取四项措施：（1）加强管理；（2）严控支出；（3）公开。",
        "list_count",
        "四",
        FAILS,
    ),
    Case("lines", "存在以下3个问题：\n\n1.编制不准。\n\n2.执行偏慢。", "list_count", "3", FAILS),
    Case(
        "items_of_another_chapter",
        "本次评价发现问题3个，提出建议2条。\n\n二、存在的问题\n\n1.编制不准。预算偏大。\n\n2.执行偏慢。进度偏慢。\n\n"
        "三、有关建议\n\n1.加强编制。\n\n2.加快执行。",
        "list_count",
        "3",
        FAILS,
    ),
    Case(
        "levels_of_a_sheet",
        "评价组设置一级指标2个、三级指标3个。" + SHEET,
        "level_count",
        "3",
        EXACT,
    ),
    Case(
        "levels_of_a_sheet_fail",
        "评价组设置一级指标2个、三级指标4个。" + SHEET,
        "level_count",
        "4",
        FAILS,
    ),
    # averages and samples
    Case(
        "per_car", "运行维护费12.87万元，公务用车5辆，每辆平均2.75万元。", "average", "2.75", FAILS
    ),
    Case(
        "per_head",
        "公务接待费3.13万元，接待48批次、346人次，人均90.35元。",
        "average",
        "90.35",
        ROUNDING,
    ),
    Case(
        "per_head_of_a_name",
        "完成检查工作45,230人。\n\n检查工作支出182.49万元，检查工作人均成本43.05元。",
        "average",
        "43.05",
        FAILS,
    ),
    Case(
        "grades_that_are_one_too_many",
        "对8个项目开展自评，涉及资金90万元，其中自评等级为“优”的6个、“良”的2个、“中”的1个。",
        "count_parts",
        "8",
        FAILS,
    ),
    Case(
        "ranks_of_nearly_all",
        "对20个项目开展自评，其中一级项目6个，二级项目11个。",
        "count_parts",
        "20",
        FAILS,
    ),
    Case(
        "parts_that_nothing_before_explains",
        "受理咨询230件，办结212件，其中关于社保90件、关于医保75件、其他50件。",
        "count_parts",
        "212",
        FAILS,
    ),
    Case("returned", "发放问卷400份，回收386份，回收率96.50%。", "sample_rate", "96.50", EXACT),
    Case(
        "valid_of_returned",
        "发放问卷400份，回收386份，其中有效问卷372份，有效率96.37%。",
        "sample_rate",
        "96.37",
        EXACT,
    ),
    Case("more_returned_than_sent", "发放问卷90份，收回问卷98份。", "sample_rate", "98", FAILS),
    Case("passed", "抽查项目20个，合格18个，合格率95%。", "sample_rate", "95", FAILS),
    Case("valid_fails", SURVEY + "有效率93.67%。", "sample_rate", "93.67", FAILS),
    Case("content", SURVEY + "满意343份，满意度92.20%。", "sample_rate", "92.20", EXACT),
    Case("content_fails", SURVEY + "满意343份，满意度95.20%。", "sample_rate", "95.20", FAILS),
    # rows of the table that follows
    Case("rows", "安排财政项目3个，执行情况如下表。" + PROJECTS, "row_count", "3", EXACT),
    Case("rows_fail", "安排财政项目4个，执行情况如下表。" + PROJECTS, "row_count", "4", FAILS),
    Case(
        "rows_of_a_group",
        "设置绩效指标5个，包括产出指标2个和效益指标3个，完成情况如下。" + INDICATORS,
        "row_count",
        "3",
        FAILS,
    ),
    Case(
        "rows_of_another_group",
        "设置绩效指标5个，包括产出指标2个和效益指标3个，完成情况如下。" + INDICATORS,
        "row_count",
        "2",
        EXACT,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_count_is_judged(case: Case) -> None:
    document = read(case.text)
    found = [
        (e.family, document.figures[e.stated].quantity.printed, e.verdict)
        for e in document.equations
    ]
    assert (case.family, case.stated, case.verdict) in found, found


SILENT = {
    "sent_twice": "发放线上问卷200份，发放线下问卷200份，回收386份，回收率96.5%。",
    "very_content": "发放问卷100份，非常满意80份，基本满意15份，满意度95%。",
    "content_and_nearly": "发放问卷100份，满意80份，基本满意15份，满意度95%。",
    "content_weighted": "发放问卷100份，满意80份，一般20份，满意度90%。",
    "content_by_marks": "发放问卷500份，有效问卷480份，满意度95%。",
    "kinds_that_may_not_be_all": "项目34个，其中民生项目9个，基建项目19个。",
    "posts_with_a_kind_unsaid": "编制120名，其中行政编制40名、事业编制75名。",
    "overlapping_kinds": "教职工1,305人，其中专任教师962人，具有博士学位教师418人。",
    "levels_of_indicators": "设置19个指标，其中一级指标4个，二级指标10个，三级指标19个。",
    "open_list": "培训20个班次，包括线上8个班次、线下10个班次等。",
    "mainly": "办理案件300件，主要包括民事200件、刑事90件。",
    "parts_of_what_came_in": "受理咨询215件，办结212件，其中关于社保90件、关于医保75件、其他50件。",
    "parts_of_this_year": "今年受理咨询215件，上年为240件，其中关于社保90件、关于医保75件、其他50件。",
    "parts_of_all_not_of_the_change": "管护公园85座，比2021年增加5座，其中一类公园20座、二类公园40座、三类公园25座。",
    "one_part_before_its_number": "毕业生60人，其中45人升入高中，就业9人，其余6人待业。",
    "three_grades": "评查案卷90件，评定优良50件、合格38件、不合格2件。",
    "a_part_divided_again": "接收人员130人，其中自主择业110人、安排工作20人，当年上岗14人，其余6人下年上岗。",
    "parts_of_a_part_in_brackets_go_on": (
        "查出不合格样品30件，其中药残超标25件（甲类10件、乙类8件、其他7件），重金属超标5件。"
    ),
    "few_have_a_grade": "馆藏文物12,000件，其中一级文物30件、二级文物260件、三级文物900件。",
    "few_have_a_degree": "引进人才500人，其中博士30人、硕士180人。",
    "grades_of_two_groups": (
        "自评项目共9个；政府性基金项目1个，资金80万元。自评结果为：“优”8个、“良”2个。"
    ),
    "other_things": "下设15个科室，其中行政编制40个、事业编制20个。",
    "a_part_in_brackets": "在职120人，其中行政80人（含工勤5人）、事业40人。",
    "another_total_later": "男教师40人、女教师60人，共设教研室8个，其中文科3个。",
    "some_rows_only": "安排财政项目14个，主要项目执行情况如下表。" + PROJECTS,
    "one_of_two_counts_fits": "安排财政项目14个，其中重点项目3个，执行情况如下表。" + PROJECTS,
    "counts_other_things": "安排资金用于4个学院，执行情况如下表。" + PROJECTS,
    "done_in_part_unsaid": "抽查20个项目，部分完成5个，完成10个，未完成3个。",
    "failed_and_absent": "培训200人，考试合格180人，考试不合格5人，缺考15人。",
    "main_problems": "主要存在3个问题：一是编制不准；二是执行偏慢。",
    "meetings_and_points": "全年召开3次会议，一是部署工作，二是总结经验。",
    "findings_of_inspections": "河湖检查发现问题128个，整改128个。\n\n二、存在的问题\n\n1.编制不准。\n\n2.执行偏慢。",
    "chapters_after_a_summary": "项目分三类实施。\n\n二、项目概况\n\n三、评价结论\n\n四、有关建议",
    "a_standard_per_head": "培训费6万元，培训200人，人均标准400元。",
    "from_and_to": "补贴835万元，培训6,033人次，人均补贴由1424.24元降至1384.14元。",
    "averages_of_others": "三公经费20万元，会议费8万元，人员100人，人均支出1,500元。",
    "rate_of_other_counts": "受理案件300件，调解撤诉120件，结案率95%。",
    "not_passed": "抽查20个项目，不合格2个，合格率90%。",
    "levels_below_one_indicator": "该指标下设一级指标2个、三级指标4个。" + SHEET,
    "levels_that_all_differ": "上年设置一级指标4个、三级指标9个。" + SHEET,
    "what_was_just_named": "执行情况如下表，未到位的资金涉及校舍维修工程和设备购置项目两个项目。"
    + PROJECTS,
    "no_word_points_at_the_table": "上年安排财政项目4个。" + PROJECTS,
}


@pytest.mark.parametrize("name", SILENT)
def test_true_counts_stay_silent(name: str) -> None:
    document = read(SILENT[name])
    assert [(e.family, e.formula) for e in document.equations if e.verdict is FAILS] == []


def test_counted_rows_are_kept_as_places() -> None:
    document = read("安排财政项目4个，执行情况如下表。" + PROJECTS)
    (equation,) = (e for e in document.equations if e.family == "row_count")
    texts = ["".join(document.text[low:high] for low, high in p.spans) for p in equation.places]
    assert texts == ["校舍维修", "设备购置", "教师培训"]


RUBRIC = "\n\n指标\t分值\t评分标准\t得分\n财务管理\t{mark}\t{criterion}\t{score}\n制度建设\t3\t制度健全得3分。\t3\n"


@pytest.mark.parametrize(
    ("criterion", "mark", "score", "verdict"),
    [
        ("资料完整得2分；资料不全的酌情扣分。", "7", "6", FAILS),
        ("资料完整得7分，基本完整得4分，不完整不得分。", "7", "6", EXACT),
        ("制度健全得3分；执行有效得4分。", "7", "6", EXACT),
        ("资料完整得2分；资料不全的酌情扣分。", "7", "2", None),
        ("资料完整得2分；核算规范3分；用途合规2分。", "7", "6", None),
        ("资料完整得2分；核算规范得五分。", "7", "6", None),
        ("资料完整得2分；核算规范的得相应分。", "7", "6", None),
        ("资料完整得2分；核算规范的", "7", "6", None),
        ("资料完整得2分；不全的扣1分；有挪用的不得分。", "7", "6", FAILS),
        ("每完成一项得2分。", "7", "6", None),
        ("得分=执行率×7，低于60%得2分。", "7", "6", None),
        ("完成得5分以上，部分完成得2分。", "7", "6", None),
    ],
)
def test_a_score_against_its_criterion(
    criterion: str, mark: str, score: str, verdict: Verdict | None
) -> None:
    document = read(RUBRIC.format(criterion=criterion, mark=mark, score=score))
    own = [e for e in document.equations if e.family == "rubric_most"]
    found = [e.verdict for e in own if document.figures[e.stated].quantity.printed == mark]
    assert found == ([] if verdict is None else [verdict])


_SHEET_HEAD = "指标\t分值\t评分标准\t得分\n"


@pytest.mark.parametrize(
    "between",
    ["", "\n" + _SHEET_HEAD],
    ids=["in_the_next_row", "behind_a_page_break"],
)
def test_a_criterion_that_goes_on_is_no_slip(between: str) -> None:
    document = read(
        f"\n\n{_SHEET_HEAD}制度建设\t3\t制度健全得3分。\t3\n财务管理\t7\t资料完整得2分；不全的酌情扣分。\t6\n"
        f"{between}\t\t核算规范得5分。\t\n项目验收\t5\t验收及时得5分。\t5\n"
    )
    failing = [e for e in document.equations if e.family == "rubric_most" and e.verdict is FAILS]
    assert failing == []
