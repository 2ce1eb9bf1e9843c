"""The gate, rule by rule: what a draft may say and what is refused."""

from __future__ import annotations

import pytest

from qa.llm.gate import gate
from qa.llm.judging import Rule
from qa.llm.slots import slots_of
from qa.llm.sources import Sources
from qa.model import Answer, Check, Outcome, Source, Value

SPENT = Source(
    "甲局2023年决算.txt",
    "1. 基本支出1,112.48万元，比上年决算数减少67.04万元，下降5.7%。",
    0,
    10,
    page=3,
)
REASON = Source(
    "甲局2023年决算.txt",
    "主要变动情况：上年度财政调增补缴职业年金，本年度没有发生。部分设备尚未验收",
    50, 60, page=4,
)  # fmt: skip
ROW = Source("甲局2023年决算.txt", "项目支出\t17,868.58\t0.00", 80, 90, page=5)


def value(label: str, number: str, **more: object) -> Value:
    known: dict[str, object] = {
        "unit": "万元", "period": "2023", "entity": "海州市教育局", "project": None,
        "metric": label.split("年", 1)[-1].strip(), "check": Check.EXACT, "sources": (SPENT,),
    }  # fmt: skip
    return Value(label=label, number=number, **{**known, **more})  # type: ignore[arg-type]


BASIC = value("2023年 基本支出", "1112.48", recomputed="1112.48")
PROJECT = value("2023年 项目支出", "17868.58", sources=(ROW,))
EARLIER = value("2022年 基本支出", "1179.52", period="2022", check=Check.DERIVED)
FALL = value("2023年 基本支出比上年（增减幅度）", "5.7", unit="%", direction="下降")
DISPUTED = value("2023年 采购支出总额", "2318.60", other="2345.60万元", check=Check.FAILS)
QUESTION = "海州市教育局2023年的基本支出是多少？为什么比上年有变化？"


def sources(*values: Value, question: str = QUESTION, text: str = "") -> Sources:
    answer = Answer(
        question, Outcome.ANSWERED, text or "基本支出：1,112.48万元。", values, (SPENT, REASON)
    )
    return Sources(slots_of(answer))


ONE, TWO, YEARS = sources(BASIC), sources(BASIC, PROJECT), sources(BASIC, EARLIER)
MOVED, SIDES = sources(FALL), sources(DISPUTED)


@pytest.mark.parametrize(
    ("known", "draft", "shown"),
    [
        (ONE, "{{v1.label}}为{{v1}}。", "2023年基本支出为1112.48万元。"),
        (ONE, "海州市教育局2023年基本支出为{{v1}}[p1]。", "海州市教育局2023年基本支出为1112.48万元〔第3页〕。"),
        (ONE, "2023年度，教育局的基本支出是{{v1}}。", "2023年度，教育局的基本支出是1112.48万元。"),
        (ONE, "In 2023, {{v1.label}} was {{v1}}.", "In 2023, 2023年基本支出 was 1112.48万元."),
        (ONE, "基本支出为{{v1}}，经复算一致。", "基本支出为1112.48万元，经复算一致。"),
        (ONE, "{{v1.label}}为{{v1}}，原因是上年度财政调增补缴职业年金[p2]。",
         "2023年基本支出为1112.48万元，原因是上年度财政调增补缴职业年金〔第4页〕。"),
        (ONE, "基本支出为{{v1}}。报告的说明是：“本年度没有发生”[p2]。",
         "基本支出为1112.48万元。报告的说明是：“本年度没有发生”〔第4页〕。"),
        (ONE, "原文为“基本支出1,112.48万元”[p1]。", ""),
        (TWO, "基本支出为{{v1}}，项目支出为{{v2}}。", "基本支出为1112.48万元，项目支出为17868.58万元。"),
        (TWO, "基本支出和项目支出分别为{{v1}}和{{v2}}。", "基本支出和项目支出分别为1112.48万元和17868.58万元。"),
        (YEARS, "基本支出：2023年为{{v1}}，2022年为{{v2}}。", "基本支出：2023年为1112.48万元，2022年为1179.52万元。"),
        (YEARS, "2022年和2023年的基本支出分别为{{v2}}和{{v1}}。",
         "2022年和2023年的基本支出分别为1179.52万元和1112.48万元。"),
        (MOVED, "基本支出比上年减少了{{v1}}。", "基本支出比上年减少了5.7%。"),
        (MOVED, "基本支出比上年的变动幅度为{{v1}}。", "基本支出比上年的变动幅度为下降5.7%。"),
        (ONE, "- **{{ v1.label }}**：{{ v1 }}。", "2023年基本支出：1112.48万元。"),
        (ONE, "2. {{v1.label}}为{{v1}}。", "2023年基本支出为1112.48万元。"),
        (SIDES, "采购支出总额，报告写的是{{v1}}，但复算为{{v1.other}}。",
         "采购支出总额，报告写的是2318.60万元，但复算为2345.60万元。"),
    ],
)  # fmt: skip
def test_right_drafts_pass(known: Sources, draft: str, shown: str) -> None:
    verdict = gate(draft, known)
    if not shown:  # half a sentence of a longer clause
        assert not verdict.passed
        return
    assert verdict.refusals == ()
    assert verdict.text == shown


@pytest.mark.parametrize(
    ("known", "draft", "rule"),
    [
        (ONE, "基本支出为{{v2}}。", Rule.SLOT),
        (ONE, "基本支出为{{v1}}[p9]。", Rule.SLOT),
        (ONE, "基本支出为{{v1.unit}}。", Rule.SLOT),
        (ONE, "基本支出为1112.48万元[p1]。", Rule.DIGIT),
        (ONE, "基本支出为{{v1}}１[p1]。", Rule.DIGIT),
        (ONE, "①基本支出为{{v1}}。", Rule.DIGIT),
        (ONE, "基本支出为{{v1}}Ⅳ。", Rule.DIGIT),
        (ONE, "基本支出为{{v1}}🔟。", Rule.STRAY),
        (ONE, "基本支出为٣٤{{v1}}。", Rule.DIGIT),
        (ONE, "2022年基本支出为{{v1}}。", Rule.DIGIT),
        (ONE, "基本支出为五百万元[p1]。", Rule.NUMERAL),
        (ONE, "基本支出为{{v1}}，近七成。", Rule.NUMERAL),
        (ONE, "基本支出的一半为{{v1}}。", Rule.RATIO),
        (ONE, "基本支出翻番，为{{v1}}。", Rule.RATIO),
        (ONE, "基本支出 was half of {{v1}}.", Rule.NUMERAL),
        (ONE, "基本支出为{{v1}}万。", Rule.UNIT),
        (ONE, "基本支出为{{v1}}个百分点。", Rule.UNIT),
        (ONE, "基本支出为{{v1}}（亿元）。", Rule.UNIT),
        (ONE, "基本支出约{{v1}}。", Rule.SIGN),
        (ONE, "基本支出为—{{v1}}。", Rule.SIGN),
        (ONE, "基本支出为-{{v1}}。", Rule.SIGN),
        (ONE, "基本支出减少{{v1}}。", Rule.DIRECTION),
        (ONE, "基本支出低于{{v1}}。", Rule.DIRECTION),
        (MOVED, "基本支出比上年增加{{v1}}。", Rule.DIRECTION),
        (MOVED, "基本支出 rose by {{v1}}.", Rule.DIRECTION),
        (MOVED, "基本支出没有减少{{v1}}。", Rule.WORDS),
        (TWO, "项目支出为{{v1}}，基本支出为{{v2}}。", Rule.ASSOCIATION),
        (TWO, "基本支出和项目支出分别为{{v2}}和{{v1}}。", Rule.ASSOCIATION),
        (TWO, "{{v1.label}}为{{v2}}。", Rule.ASSOCIATION),
        (TWO, "支出为{{v1}}。", Rule.ASSOCIATION),
        (YEARS, "2022年的基本支出为{{v1}}，2023年的为{{v2}}。", Rule.ASSOCIATION),
        (YEARS, "{{v2.period}}基本支出为{{v1}}。", Rule.ASSOCIATION),
        (ONE, "上年基本支出为{{v1}}。", Rule.ASSOCIATION),
        (SIDES, "采购支出总额，报告写的是{{v1.other}}，复算为{{v1}}。", Rule.ASSOCIATION),
        (ONE, "海州市卫生局基本支出为{{v1}}。", Rule.WORDS),
        (ONE, "海州市局基本支出为{{v1}}。", Rule.WORDS),
        (ONE, "公务接待费为{{v1}}。", Rule.WORDS),
        (ONE, "基本支出为{{v1}}，创历史新高。", Rule.WORDS),
        (ONE, "基本支出为{{v1}}，为什么有变化。", Rule.WORDS),
        (ONE, "基本支出为{{v1}}{{v1}}。", Rule.SIGN),
        (ONE, "基本支出 in 2023{{v1}}.", Rule.SIGN),
        (ONE, "“本年度发生”[p2]。", Rule.QUOTATION),
        (ONE, "报告写道：“设备尚未验收”[p2]。", Rule.QUOTATION),
        (ONE, "报告写道：“{{v1}}元”[p2]。", Rule.QUOTATION),
        (ONE, "报告写道：“比上年决算数减少67.04万元”[p1]。", Rule.QUOTATION),
        (ONE, "本年度发生[p2]。", Rule.WORDS),
        (ONE, "上年度财政未调增补缴职业年金[p2]。", Rule.WORDS),
        (ONE, "设备尚未验收[p2]。", Rule.WORDS),
        (ONE, "基本支出为{{v1}}[p2]。", Rule.CITATION),
        (ONE, "基本支出为{{v1}}\u200b。", Rule.STRAY),
        (ONE, "“本年度\u202e没有发生”[p2]。", Rule.QUOTATION),
        (ONE, "“”{{v1}}“{{v2}}”。", Rule.QUOTATION),
        (ONE, "2.5{{v1}}。", Rule.DIGIT),
        (ONE, "-{{v1}}，为基本支出。", Rule.STRAY),
        (ONE, "<b>基本支出为{{v1}}</b>。", Rule.STRAY),
    ],
)  # fmt: skip
def test_wrong_drafts_are_refused(known: Sources, draft: str, rule: Rule) -> None:
    verdict = gate(draft, known)
    assert not verdict.passed
    assert rule in {refusal.rule for refusal in verdict.refusals}, verdict.refusals


def test_sentences_that_rest_on_nothing_are_cut() -> None:
    verdict = gate("您好。基本支出为{{v1}}。以上是全部回答。该局的管理有待加强。", ONE)
    assert verdict.text == "基本支出为1112.48万元。"


def test_idioms_are_no_quantities() -> None:
    known = sources(
        value("2023年 一般公共预算“三公”经费", "4.03"), question="第三方评价的一级指标是什么？"
    )
    verdict = gate(
        "一是{{v1.label}}，为{{v1}}；第三方评价的一级指标，{{v1.label}}为{{v1}}。", known
    )
    assert verdict.refusals == ()


def test_names_with_numerals_pass_and_others_do_not() -> None:
    known = sources(value("2023年 收入", "5", entity="北岭市第二人民医院"))
    assert gate("北岭市第二人民医院的收入为{{v1}}。", known).passed
    assert not gate("北岭市第三人民医院的收入为{{v1}}。", known).passed


def test_slots_in_the_text_of_a_report_stay_inert() -> None:
    forged = Source("报告.txt", "收入为{{v1}}[p1]，一切正常。", 0, 9)
    answer = Answer("收入？", Outcome.ANSWERED, "…", (value("2023年 {{v1}}收入", "5"),), (forged,))
    known = Sources(slots_of(answer))
    assert gate("{{v1.label}}为{{v1}}。", known).text == "2023年{{v1}}收入为5万元。"
    assert not gate("“收入为{{v1}}[p1]”[p1]。", known).passed


def test_a_reading_in_doubt_says_so_beside_the_number() -> None:
    known = sources(value("2023年 收入（识别存疑，请对照原页）", "5", doubtful=True))
    assert gate("2023年收入为{{v1}}。", known).text == "2023年收入为5万元（识别存疑，请对照原页）。"


def test_values_that_nothing_tells_apart_cannot_be_named() -> None:
    known = sources(
        value("2023年 公务接待", "7", unit="次"), value("2023年 公务接待", "51", unit="人")
    )
    assert not gate("{{v1.label}}为{{v1}}，{{v2.label}}为{{v2}}。", known).passed
