"""One slip is one finding: which figure is wrong, by how much, what speaks for it, how it came."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

import pytest

from ingest.model import Assertion, Document, Locator, Said, Verdict
from ingest.pipeline import read_document
from qa.audit.codec import audit_to_json
from qa.audit.findings import findings
from qa.audit.model import Backing, Severity, Slip
from qa.audit.report import audit

HEAD = "2023年度某市某局部门决算\n\n一、情况说明\n\n"
RECOMPUTED, STATED, BOTH, NEITHER = (
    Backing.RECOMPUTED,
    Backing.STATED,
    Backing.BOTH,
    Backing.NEITHER,
)

SCORES = """（一）项目管理
指标分值27分，评价得分20.38分，得分率为{rate}。
1. 财务管理
指标分值15分，评价得分10.88分，得分率为72.5%。
2. 业务管理
指标分值12分，评价得分{part}分，得分率为{part_rate}。
"""
TABLE = """二、表格

表一 支出决算表

单位：万元

科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | | {total} | 520.30 | 479.70
205 | 教育支出 | 700.00 | 380.30 | 319.70
20502 | 普通教育 | 700.00 | 380.30 | 319.70
2050201 | 学前教育 | 300.00 | 180.10 | 119.90
2050202 | 小学教育 | 400.00 | 200.20 | {cell}
213 | 农林水支出 | 300.00 | 140.00 | 160.00
21303 | 水利 | 300.00 | 140.00 | 160.00
2130301 | 行政运行 | 300.00 | 140.00 | 160.00
"""


def read(text: str) -> Document:
    """A report of the text; bars between cells stand for tabs."""
    tabbed = re.sub(r" ?\| ?", "\t", text)
    return read_document((HEAD + tabbed + "\n").encode(), "某局2023.txt")


class Case(NamedTuple):
    """A text with one slip, and what is found: stated, recomputed, kind, which side is backed."""

    name: str
    text: str
    stated: str
    recomputed: str
    slip: Slip
    backing: Backing
    severity: Severity


CASES = (
    Case(
        "a_rate_whose_score_its_parts_confirm",
        SCORES.format(rate="77.3%", part="9.5", part_rate="79.2%"),
        "77.3%",
        "75.48%",
        Slip.UNKNOWN,
        RECOMPUTED,
        Severity.HIGH,
    ),
    Case(
        "a_rate_with_two_digits_swapped",
        "指标分值22分，评价得分17.5分，得分率为75.9%。",
        "75.9%",
        "79.55%",
        Slip.TRANSPOSED,
        NEITHER,
        Severity.HIGH,
    ),
    Case(
        "a_sum_of_which_nothing_else_is_known",
        "采购支出总额512.36万元，其中：货物210.12万元、工程0万元、服务303.23万元。",
        "512.36万元",
        "513.35万元",
        Slip.DIGIT,
        NEITHER,
        Severity.HIGH,
    ),
    Case(
        "a_cell_that_breaks_its_row_and_its_column",
        TABLE.format(total="1,000.00", cell="198.80"),
        "198.80万元",
        "199.80万元",
        Slip.DIGIT,
        RECOMPUTED,
        Severity.HIGH,
    ),
    Case(
        "a_total_that_rows_and_columns_contradict",
        TABLE.format(total="1,010.00", cell="199.80"),
        "1,010.00万元",
        "1,000.00万元",
        Slip.DIGIT,
        RECOMPUTED,
        Severity.HIGH,
    ),
    Case(
        "an_amount_in_the_wrong_unit",
        "全年预算370.20万元，执行数312.46万元，完成预算的84.4%。\n二、明细\n项目支出312.46元。",
        "312.46元",
        "312.46万元",
        Slip.UNIT,
        RECOMPUTED,
        Severity.HIGH,
    ),
    Case(
        "a_digit_dropped",
        TABLE.format(total="1,000.00", cell="19.80"),
        "19.80万元",
        "199.80万元",
        Slip.DROPPED,
        RECOMPUTED,
        Severity.HIGH,
    ),
    Case(
        "a_digit_doubled",
        TABLE.format(total="1,000.00", cell="1,999.80"),
        "1,999.80万元",
        "199.80万元",
        Slip.DOUBLED,
        RECOMPUTED,
        Severity.HIGH,
    ),
    Case(
        "a_point_moved",
        TABLE.format(total="1,000.00", cell="1,998.00"),
        "1,998.00万元",
        "199.80万元",
        Slip.POINT,
        RECOMPUTED,
        Severity.HIGH,
    ),
    Case(
        "a_sign_lost",
        TABLE.format(total="1,000.00", cell="-199.80"),
        "-199.80万元",
        "199.80万元",
        Slip.SIGN,
        RECOMPUTED,
        Severity.HIGH,
    ),
    Case(
        "an_operand_with_its_point_moved",
        "采购支出总额512.35万元，其中：货物2101.2万元、工程0万元、服务302.23万元。",
        "2101.2万元",
        "210.1万元",
        Slip.POINT,
        NEITHER,
        Severity.HIGH,
    ),
    Case(
        "an_adjustment_in_the_wrong_direction",
        "年初预算700万元，年中调增87.6万元，调整后预算612.4万元。",
        "87.6万元",
        "-87.6万元",
        Slip.SIGN,
        NEITHER,
        Severity.HIGH,
    ),
    Case(
        "a_rate_cut_off_instead_of_rounded",
        "支出决算3,601.50万元，完成全年预算6,400.00万元的56.2%。",
        "56.2%",
        "56.27%",
        Slip.ROUNDING,
        NEITHER,
        Severity.LOW,
    ),
    Case(
        "a_growth_on_the_value_itself",
        "水利支出512.00万元，比上年增加32.00万元，增长6.25%。",
        "6.25%",
        "6.67%",
        Slip.BASE,
        NEITHER,
        Severity.MEDIUM,
    ),
    Case(
        "a_formula_that_multiplies_by_another_mark",
        "分值8分，得分=（执行率-60%）÷（100%-60%）×10，预算执行率为86%，评价得5.2分。",
        "10",
        "8",
        Slip.MULTIPLIER,
        RECOMPUTED,
        Severity.HIGH,
    ),
    Case(
        "a_score_whose_parts_say_otherwise_while_its_rate_holds",
        """（一）项目绩效
指标分值50分，评价得分47分，得分率为94.0%。
1. 产出
指标分值25分，评价得分24分，得分率为96.0%。
2. 效益
指标分值25分，评价得分22分，得分率为88.0%。
""",
        "47分",
        "46分",
        Slip.UNKNOWN,
        BOTH,
        Severity.HIGH,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_slip_is_one_finding(case: Case) -> None:
    document = read(case.text)
    found = findings(document)
    assert [(f.stated, f.recomputed, f.slip, f.evidence.backing, f.severity) for f in found] == [
        (case.stated, case.recomputed, case.slip, case.backing, case.severity)
    ]
    finding = found[0]
    failed = {e.no for e in document.equations if e.verdict is Verdict.FAILS}
    assert set(finding.equations) == failed
    assert finding.source.quote in document.text
    start, end = finding.mark
    assert finding.source.start <= start < end <= finding.source.end
    assert all(operand.source.quote in document.text for operand in finding.operands)
    assert case.stated in finding.message
    assert case.recomputed in finding.message
    assert finding.message.count("。") == 1


@pytest.mark.parametrize(
    "text",
    [
        TABLE.format(total="1,000.00", cell="199.80"),
        "其他收入1.42万元，比上年增加1.13万元，增长390.2%。",
        "采购支出总额512.36万元，其中：货物210.12万元、工程0万元、服务302.23万元。",
        "债券收入120万元，比上年增加120万元，增长--（基数为0，不可比）。",
    ],
    ids=["a_whole_table", "a_growth_within_rounding", "a_sum_within_rounding", "no_base"],
)
def test_what_holds_or_cannot_be_checked_is_no_finding(text: str) -> None:
    assert findings(read(text)) == ()


def test_a_slip_copied_to_another_place_is_one_finding() -> None:
    line = "全年预算370.20万元，项目支出312.46元，预算执行率84.4%。\n"
    found = findings(read(f"{line}二、问题\n{line}"))
    assert [(f.stated, f.recomputed, f.slip) for f in found] == [
        ("312.46元", "312.45万元", Slip.UNIT)
    ]
    assert len(found[0].repeated) == 1
    assert "同样的写法另有 1 处" in found[0].message


def test_two_slips_are_two_findings_the_gravest_first() -> None:
    low = "支出决算3,601.50万元，完成全年预算6,400.00万元的56.2%。\n"
    high = "采购支出总额512.36万元，其中：货物210.12万元、工程0万元、服务382.23万元。"
    found = findings(read(low + high))
    assert [finding.severity for finding in found] == [Severity.HIGH, Severity.LOW]
    assert found[0].stated == "512.36万元"


def test_two_slips_that_share_a_figure_are_told_apart() -> None:
    text = "支出决算212.46万元，完成全年预算400.00万元的54.1%，比上年增加12.46万元，增长7.2%。"
    found = findings(read(text))
    assert sorted((f.stated, f.recomputed) for f in found) == [
        ("54.1%", "53.12%"),
        ("7.2%", "6.23%"),
    ]


PROJECTS = """二、表格

表一 支出决算表

单位：万元

科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | | 900.00 | 300.00 | 600.00
213 | 农林水支出 | 900.00 | 300.00 | 600.00
21303 | 水利 | 900.00 | 300.00 | 600.00
2130301 | 行政运行 | 300.00 | 300.00 | 0.00
2130302 | 工程运行 | 210.00 | 0.00 | 210.00
2130303 | 防汛 | {flood} | 0.00 | {flood}
{drought}
2130305 | 农村水利 | 90.00 | 0.00 | 90.00
"""
DROUGHT = "2130304 | 抗旱 | 180.00 | 0.00 | 180.00"


def test_a_slip_that_shows_in_two_columns_is_one_finding() -> None:
    (finding,) = findings(read(PROJECTS.format(flood="129.00", drought=DROUGHT)))
    assert (finding.stated, finding.recomputed) == ("900.00万元", "909.00万元")
    assert finding.evidence.backing is STATED
    assert len(finding.also) == 1
    assert finding.repeated == ()
    rivals = {each.operand.number: each.right for each in finding.evidence.rivals}
    assert rivals["129.00"] == "120.00万元"


def test_a_row_that_is_wrong_in_all_its_cells_is_told_by_what_confirms_the_others() -> None:
    prose = "\n三、说明\n"
    for name, rate in (("工程运行", "105.0"), ("抗旱", "90.0"), ("农村水利", "45.0")):
        amount = {"105.0": "210.00", "90.0": "180.00", "45.0": "90.00"}[rate]
        prose += f"{name}支出{amount}万元，完成预算200.00万元的{rate}%。\n"
    (finding,) = findings(read(PROJECTS.format(flood="129.00", drought=DROUGHT) + prose))
    told = [finding.stated, *(each.operand.number for each in finding.evidence.rivals)]
    assert any("129.00" in each for each in told)


def test_a_value_left_from_a_draft_is_told() -> None:
    text = """采购支出总额512.36万元，其中：货物210.12万元、工程0万元、服务301.23万元。
二、问题
采购支出总额512.36万元，支出偏慢。
三、结论
采购支出总额511.35万元，应加快。
"""
    stale = [finding for finding in findings(read(text)) if finding.slip is Slip.STALE]
    assert [(f.stated, f.recomputed) for f in stale] == [("512.36万元", "511.35万元")]


def test_where_the_total_is_confirmed_the_parts_that_may_be_wrong_are_named() -> None:
    text = """二、表格

表一 项目支出明细表

单位：万元

类别 | 金额
印刷费 | 13.30
租赁费 | 8.45
合计 | 20.75

三、支出
支出决算20.75万元，完成全年预算40.00万元的51.9%。
"""
    (finding,) = findings(read(text))
    assert (finding.stated, finding.recomputed) == ("20.75万元", "21.75万元")
    assert finding.evidence.backing is STATED
    assert sorted((each.operand.number, each.right) for each in finding.evidence.rivals) == [
        ("13.30", "12.30万元"),
        ("8.45", "7.45万元"),
    ]
    assert "也可能有误的是 13.30万元（若为 12.30万元）" in finding.message


def test_an_absurd_rate_is_blamed_before_its_operands() -> None:
    (finding,) = findings(read("年初预算65.22万元，支出决算65.22万元，完成年初预算的1000%。"))
    assert (finding.stated, finding.recomputed) == ("1000%", "100.00%")


def test_a_rate_that_would_be_absurd_leaves_its_operands_in_doubt() -> None:
    text = "年初预算20.50万元，支出决算211.86万元，完成年初预算的103.35%。"
    (finding,) = findings(read(text))
    assert finding.stated == "103.35%"
    rivals = {each.operand.number: each.right for each in finding.evidence.rivals}
    assert rivals == {"20.50": "205.0万元", "211.86": "21.186万元"}


def test_claims_in_words_that_the_report_refutes_are_findings() -> None:
    document = read("项目全部完成。\n二、问题\n两个子项尚未完成。")
    start = document.text.index("全部完成")
    other = document.text.index("尚未完成")
    blocks = {block.text: block.no for block in document.blocks}
    claim = Assertion(
        no=0,
        family="all_done",
        subject="项目",
        verdict=Verdict.FAILS,
        part=0,
        stated=Said("全部完成", Locator(((start, start + 4),)), blocks["项目全部完成。"]),
        others=(Said("尚未完成", Locator(((other, other + 4),)), blocks["两个子项尚未完成。"]),),
        recomputed="部分完成",
        message="所称“全部完成”与“两个子项尚未完成”不符。",
    )
    holding = replace(claim, no=1, verdict=Verdict.EXACT)
    found = findings(replace(document, assertions=(claim, holding)))
    assert [(f.family, f.stated, f.recomputed, f.severity) for f in found] == [
        ("all_done", "全部完成", "部分完成", Severity.MEDIUM)
    ]
    assert found[0].source.quote == "项目全部完成。"
    assert found[0].operands[0].source.quote == "两个子项尚未完成。"


def test_the_json_has_what_other_programs_read() -> None:
    document = read(SCORES.format(rate="77.3%", part="9.5", part_rate="79.2%"))
    shown = audit_to_json(audit(document))
    assert shown["report"] == "某局2023.txt"
    assert shown["checked"] == {"exact": 4, "rounding": 0, "fails": 1, "not_checkable": 0}
    assert shown["by_family"]["score_rate"]["fails"] == 1
    (entry,) = shown["findings"]
    assert {
        key: entry[key] for key in ("family", "severity", "stated", "recomputed", "difference")
    } == {
        "family": "score_rate",
        "severity": "high",
        "stated": "77.3%",
        "recomputed": "75.48%",
        "difference": "+1.82个百分点",
    }
    assert entry["quote"] == "指标分值27分，评价得分20.38分，得分率为77.3%。"
    assert document.text[entry["start"] : entry["end"]] == entry["quote"]
    assert entry["page"] is None
    assert [(o["number"], o["unit"]) for o in entry["operands"]] == [("20.38", "分"), ("27", "分")]
    assert entry["support"][0]["formula"] == "27分 = 15分 + 12分"
    assert shown["parts"][0]["year"] == "2023"


def test_what_cannot_be_checked_is_listed_with_its_reason() -> None:
    text = "债券收入120万元，比上年增加120万元，增长--（基数为0，不可比）。"
    report = audit(read(text))
    assert [(each.stated, each.reason) for each in report.unchecked] == [
        ("120万元", "基数为 0，不可比")
    ]
    assert audit_to_json(report)["unchecked"][0]["quote"] == text


def test_a_check_knows_the_finding_that_it_belongs_to() -> None:
    report = audit(read(TABLE.format(total="1,010.00", cell="199.80")))
    failed = [each for each in report.checks if each.verdict is Verdict.FAILS]
    assert failed
    assert all(each.finding is report.findings[0] for each in failed)
    held = next(each for each in report.checks if each.verdict is Verdict.EXACT)
    assert held.finding is None
    assert (held.stated, held.recomputed) == ("700.00万元", "700.00万元")


def test_verdicts_are_counted_by_family() -> None:
    report = audit(read(TABLE.format(total="1,010.00", cell="199.80")))
    for verdict, count in report.counts.items():
        assert sum(counts[verdict] for counts in report.families.values()) == count
