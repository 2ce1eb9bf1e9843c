"""The scorer against hand-made answers whose verdict is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from eval.score import Verdict, score
from eval.scorers.series import label_fit
from eval.scorers.texts import holds
from eval.suites.suite import Case, parse_suite
from qa.codec import answer_to_json
from qa.model import Answer, Check, Outcome, Value

R, W, A = Verdict.RIGHT, Verdict.WRONG, Verdict.ABSTAINED


def case(expect: str, *, type: str = "lookup_text", extra: str = "") -> Case:  # noqa: A002
    text = f"cases:\n- {{id: c, type: {type}, question: 问, expect: {{{expect}}}{extra}}}\n"
    return parse_suite(text, "t").cases[0]


def value(
    number: str,
    unit: str = "万元",
    label: str = "",
    *,
    check: Check = Check.EXACT,
    other: str | None = None,
    period: str = "",
    metric: str = "",
) -> Value:
    return Value(label, number, unit, period, "某局", None, metric, check, other=other)


def answer(
    *values: Value, text: str = "", outcome: Outcome = Outcome.ANSWERED, reason: str = ""
) -> Answer:
    return Answer("问", outcome, text, values, reason=reason)


@dataclass(frozen=True)
class Row:
    expect: str
    answer: Answer
    verdict: Verdict
    type: str = "lookup_text"
    extra: str = ""
    mode: Literal["both", "stated"] = "both"
    checked_wrong: bool = field(default=False)


MONEY = 'number: "7291.47", unit: 万元'
UNITS = [
    Row(MONEY, answer(value("7291.47")), R),
    Row(MONEY, answer(value("7,291.47")), R),
    Row(MONEY, answer(value("７２９１．４７")), R),
    Row(MONEY, answer(value("72914700", "元")), R),
    Row(MONEY, answer(value("0.729147", "亿元")), R),
    Row(MONEY, answer(value("0.7291", "亿元")), W, checked_wrong=True),
    Row(MONEY, answer(value("7291.47", "元")), W, checked_wrong=True),
    Row(MONEY, answer(value("7291.47", "")), W, checked_wrong=True),
    Row(MONEY, answer(value("7291.47", "%")), W, checked_wrong=True),
    Row(MONEY, answer(value("72.9147", "million yuan")), R),
    Row(MONEY, answer(value("7.29147", "千万元")), R),
    Row('number: "12", unit: 万宗', answer(value("12", "万宗")), R),
    Row('number: "12", unit: 万宗', answer(value("120000", "宗")), R),
    Row('number: "12", unit: 万宗', answer(value("12", "宗")), W, checked_wrong=True),
    Row('number: "12", unit: 万宗', answer(value("12", "万家")), W, checked_wrong=True),
    Row('number: "12", unit: 万宗', answer(value("12.4", "万宗")), W, checked_wrong=True),
    Row('number: "22", unit: 个', answer(value("22", "项")), R),
    Row('number: "22", unit: 个', answer(value("22", "个项目")), R),
    Row('number: "22", unit: 个', answer(value("22", ""), text="共列22个项目"), R),
    Row('number: "22", unit: 个', answer(value("22", ""), text="共22人"), W, checked_wrong=True),
    Row('number: "51", unit: 人', answer(value("51", "人次")), W, checked_wrong=True),
    Row('number: "51", unit: 人', answer(value("51", "名")), R),
    Row('number: "3", unit: 辆', answer(value("3", "台")), R),
    Row('number: "6.5", unit: 分', answer(value("6.50", "分")), R),
    Row('number: "6.5", unit: 分', answer(value("6.5", "%")), W, checked_wrong=True),
    Row('number: "2", unit: 倍', answer(value("2", "倍")), R),
    Row('number: "2", unit: 个百分点', answer(value("2", "个百分点")), R),
    Row('number: "2", unit: 个百分点', answer(value("2", "%")), W, checked_wrong=True),
    Row('number: "2", unit: "%"', answer(value("2", "个百分点")), W, checked_wrong=True),
    Row('number: "2.1", unit: "%"', answer(value("2.1", "％")), R),
]

SHARE = 'number: "191.7", unit: "%"'
SIZES = [
    Row(SHARE, answer(value("191.71", "%")), R),
    Row(SHARE, answer(value("191.65", "%")), R),  # half up
    Row(SHARE, answer(value("191.649", "%")), W, checked_wrong=True),
    Row(SHARE, answer(value("191.75", "%")), W, checked_wrong=True),
    Row(SHARE, answer(value("191.70", "%")), R),
    Row(SHARE, answer(value("192", "%")), W, checked_wrong=True),
    Row(SHARE, answer(value("191", "%")), W, checked_wrong=True),
    Row(SHARE, answer(value("1.917", "")), W, checked_wrong=True),
    Row('number: "100", unit: "%"', answer(value("99.6", "%")), W, checked_wrong=True),
    Row('number: "100", unit: "%"', answer(value("100.00", "%")), R),
    Row('number: "3", unit: "%"', answer(value("3.02", "%")), W, checked_wrong=True),
    Row(
        'number: "3", unit: "%", accept: [{number: "3.02", unit: "%"}]',
        answer(value("3.02", "%")),
        R,
    ),
    Row(
        'number: "946767.18", unit: 元, accept: [{number: "94.68", unit: 万元}]',
        answer(value("94.68")),
        R,
    ),
    Row('number: "946767.18", unit: 元', answer(value("94.68")), W, checked_wrong=True),
    Row('number: "0", unit: 万元', answer(value("0.00")), R),
    Row('number: "0", unit: 万元', answer(value("0", "元")), R),
    Row('number: "56.4", unit: 万元', answer(value("56.40")), R),
    Row('number: "56.4", unit: 万元', answer(value("56.5")), W, checked_wrong=True),
    Row('number: "1800", unit: 座', answer(value("1800", "座")), R),
    Row('number: "1.90", unit: 亿元', answer(value("1.898105", "亿元")), R),
    Row('number: "1.898105", unit: 亿元', answer(value("1.9", "亿元")), W, checked_wrong=True),
]

ORDER = [
    Row(MONEY, answer(value("220.42"), value("7291.47")), W, checked_wrong=True),
    Row(MONEY, answer(value("7291.47"), value("220.42")), R),
    Row(MONEY, answer(value("某项目", ""), value("7291.47")), R),  # a name may lead
    Row(MONEY, answer(text="为7291.47万元"), W),
    Row(MONEY, answer(value("专项债", "")), W),
    Row(MONEY, answer(value("7511.89", check=Check.STATED)), W),
    Row(MONEY, answer(value("7511.89", check=Check.DERIVED)), W, checked_wrong=True),
    Row(MONEY, answer(value("7511.89", check=Check.ROUNDING)), W, checked_wrong=True),
    Row(MONEY, answer(value("7511.89", check=Check.FAILS)), W),
    Row(MONEY, answer(outcome=Outcome.ABSTAINED, reason="没有"), A),
    Row(MONEY, answer(value("7291.47"), outcome=Outcome.CLARIFY), A),
    Row(MONEY, answer(value("7291.47", other="7291.5"), outcome=Outcome.CONTRADICTED), R),
]

LESS = 'number: "0.63", unit: 万元'
LESS_QUOTE = ', source: [{file: f.txt, quote: "4.03万元，比上年决算数减少0.63万元，下降13.6%"}]'
MORE_QUOTE = ', source: [{file: f.txt, quote: "比上年增加5.19万元，增长10.1%"}]'
SIGNS = [
    Row(LESS, answer(value("0.63"), text="比上年减少0.63万元"), R, extra=LESS_QUOTE),
    Row(LESS, answer(value("0.63"), text="减少了0.63万元"), R),
    Row(LESS, answer(value("-0.63"), text="变化-0.63万元"), R, extra=LESS_QUOTE),
    Row(LESS, answer(value("-0.63"), text="比上年减少"), R),
    Row(LESS, answer(value("-0.63"), text="变化-0.63万元"), W, checked_wrong=True),
    Row(LESS, answer(value("-0.63", label="减少额")), R),
    Row(
        LESS,
        answer(value("0.63"), text="比上年增加0.63万元"),
        W,
        extra=LESS_QUOTE,
        checked_wrong=True,
    ),
    Row(
        'number: "10.1", unit: "%"',
        answer(value("10.1", "%"), text="下降10.1%"),
        W,
        extra=MORE_QUOTE,
        checked_wrong=True,
    ),
    Row(
        'number: "10.1", unit: "%"',
        answer(value("10.1", "%"), text="增长10.1%"),
        R,
        extra=MORE_QUOTE,
    ),
    Row('number: "-5.2", unit: "%"', answer(value("-5.2", "%")), R),
    Row('number: "-5.2", unit: "%"', answer(value("5.2", "%"), text="下降5.2%"), R),
    Row('number: "-5.2", unit: "%"', answer(value("5.2", "%"), text="下降了 5.2 %"), R),
    Row('number: "-5.2", unit: "%"', answer(value("5.2", "%")), W, checked_wrong=True),
    Row(
        'number: "-5.2", unit: "%"',
        answer(value("5.2", "%"), text="增长5.2%"),
        W,
        checked_wrong=True,
    ),
    Row(
        'number: "-5.2", unit: "%"',
        answer(value("-5.2", "%"), text="增长-5.2%"),
        W,
        checked_wrong=True,
    ),
]

CONVERT = 'number: "430100", unit: 元'
CONVERSION = [
    Row(CONVERT, answer(value("430100", "元")), R, type="unit_conversion"),
    Row(CONVERT, answer(value("43.01")), W, type="unit_conversion", checked_wrong=True),
    Row(CONVERT, answer(value("43.01")), R),
    Row(
        'number: "1.898105", unit: 亿元, accept: [{number: "1.90", unit: 亿元}]',
        answer(value("1.90", "亿元")),
        R,
        type="unit_conversion",
    ),
    Row(
        'number: "1.898105", unit: 亿元',
        answer(value("18981.05")),
        W,
        type="unit_conversion",
        checked_wrong=True,
    ),
]

YEARS = (
    'series: [{label: "2023", number: "157.83", unit: 万宗},'
    ' {label: "2024", number: "131.4", unit: 万宗}]'
)
SCORES = 'series: [{label: 满分, number: "8", unit: 分}, {label: 得分, number: "6", unit: 分}]'
VISITS = 'series: [{label: 次数, number: "7", unit: 次}, {label: 人数, number: "51", unit: 人}]'
PARTS = (
    'series: [{label: 本年支出合计, number: "100.05", unit: 万元},'
    ' {label: 基本支出, number: "40.02", unit: 万元},'
    ' {label: 项目支出, number: "60.03", unit: 万元}]'
)


def wan(number: str, **more: Any) -> Value:
    return value(number, "万宗", **more)


def points(number: str, **more: Any) -> Value:
    return value(number, "分", **more)


SERIES = [
    Row(YEARS, answer(wan("157.83", period="2023"), wan("131.4", period="2024")), R),
    Row(YEARS, answer(wan("131.4", period="2024"), wan("157.83", period="2023")), R),
    Row(YEARS, answer(wan("157.83", label="2023年"), wan("131.4", label="2024年")), R),
    Row(
        YEARS,
        answer(wan("157.83", period="2024"), wan("131.4", period="2023")),
        W,
        checked_wrong=True,
    ),
    Row(YEARS, answer(wan("157.83", period="2023")), W, checked_wrong=True),
    Row(
        YEARS,
        answer(wan("157.83", period="2023"), wan("131.5", period="2024")),
        W,
        checked_wrong=True,
    ),
    Row(YEARS, answer(wan("157.83"), wan("131.4")), W, checked_wrong=True),
    Row(
        YEARS,
        answer(wan("157.83"), wan("131.4"), text="2023年157.83万宗，2024年131.4万宗"),
        R,
    ),
    Row(YEARS, answer(text="2023年157.83万宗，2024年131.4万宗"), W),
    Row(SCORES, answer(points("8", label="分值"), points("6", label="评价得分")), R),
    Row(SCORES, answer(points("6", metric="评价得分"), points("8", metric="满分")), R),
    Row(
        SCORES,
        answer(points("8", label="评价得分"), points("6", label="指标分值")),
        W,
        checked_wrong=True,
    ),
    Row(VISITS, answer(value("7", "次"), value("51", "人")), R),
    Row(VISITS, answer(value("51", "次"), value("7", "人")), W, checked_wrong=True),
    Row(
        PARTS,
        answer(
            value("100.05", label="本年支出"),
            value("40.02", label="基本支出"),
            value("60.03", label="项目支出"),
        ),
        R,
    ),
    Row(
        PARTS,
        answer(
            value("100.05", label="本年支出合计"),
            value("60.03", label="基本支出"),
            value("40.02", label="项目支出"),
        ),
        W,
        checked_wrong=True,
    ),
    Row(
        PARTS,
        answer(
            value("1000500", "元", label="本年支出合计"),
            value("400200", "元", label="基本支出"),
            value("600300", "元", label="项目支出"),
        ),
        R,
    ),
    Row(PARTS, answer(outcome=Outcome.ABSTAINED), A),
]

TEXTS = [
    Row('text_contains: ["2023年6月20日"]', answer(text="自 2023 年 6 月 20 日起"), R),
    Row('text_contains: ["2023年6月20日"]', answer(text="自2023年06月20日起"), R),
    Row('text_contains: ["番政数〔2021〕1号"]', answer(text="番政数〔2021〕1 号"), R),
    Row('text_contains: ["(暂行)"]', answer(text="办法（暂行）"), R),
    Row('text_contains: ["意向公开", "时限"]', answer(text="政府采购意向公开及其时限"), R),
    Row('text_contains: ["意向公开", "时限"]', answer(text="政府采购意向公开"), W),
    Row('text_contains: ["94"]', answer(text="实际为94分"), R),
    Row('text_contains: ["94"]', answer(text="实际为94.0分"), R),
    Row('text_contains: ["94"]', answer(text="实际为94.5分"), W),
    Row('text_contains: ["94"]', answer(text="于1994年"), W),
    Row('text_contains: ["84.4"]', answer(text="最低，为84.40%"), R),
    Row('text_contains: ["84.4"]', answer(text="为184.4%"), W),
    Row('text_contains: ["优"]', answer(text="评定等级为：优"), R),
    Row('text_contains: ["优"]', answer(text="应进一步优化流程"), W),
    Row('text_contains: ["良"]', answer(text="等级为“良”"), R),
    Row('text_contains: ["良"]', answer(text="效果良好"), W),
    Row('text_contains: ["某公司"]', answer(value("某公司", "", check=Check.STATED)), R),
    Row('any_of: ["2023年10月", "October 2023"]', answer(text="in october 2023"), R),
    Row('any_of: ["下降", "减少"]', answer(text="比上年减少"), R),
    Row('any_of: ["下降", "减少"]', answer(text="比上年增加"), W),
    Row('list: ["7,511.88", "7,511.89"]', answer(text="7511.88万元与7,511.89万元"), R),
    Row(
        'list: ["7,511.88", "7,511.89"]',
        answer(value("7511.88"), text="7511.88"),
        W,
        checked_wrong=True,
    ),
    Row('list: ["甲", "乙项目"]', answer(text="乙项目、甲"), R),
    Row('list: ["甲项目", "乙项目"]', answer(outcome=Outcome.CLARIFY), A),
]

NOTHING = "abstain: true"
ABSTAIN = [
    Row(NOTHING, answer(outcome=Outcome.ABSTAINED), R),
    Row(NOTHING, answer(outcome=Outcome.CLARIFY), R),
    Row(NOTHING, answer(value("4.03"), outcome=Outcome.ABSTAINED), W, checked_wrong=True),
    Row(NOTHING, answer(value("4.03", check=Check.STATED), outcome=Outcome.CLARIFY), W),
    Row(NOTHING, answer(value("4.03")), W, checked_wrong=True),
    Row(NOTHING, answer(text="没有找到"), W),
    Row(NOTHING, answer(value("4.03"), outcome=Outcome.CONTRADICTED), W, checked_wrong=True),
]

RATE = 'contradiction: {stated: "77.3%", recomputed: "75.48%", accept: ["75.5%"]}'
SLIP = "contradiction: {stated: 428.54元, recomputed: 428.54万元}"
COUNT = "contradiction: {stated: 34个, recomputed: 28个}"
WORDS = "contradiction: {stated: 社会效益, recomputed: 经济效益}"
FLAG = Outcome.CONTRADICTED


def rate(number: str, **more: Any) -> Value:
    return value(number, "%", **more)


CONTRADICTIONS = [
    Row(RATE, answer(rate("77.3", other="75.48%"), outcome=FLAG), R),
    Row(RATE, answer(rate("77.3", other="75.48"), outcome=FLAG), R),
    Row(RATE, answer(rate("77.3", other="75.5"), outcome=FLAG), R),
    Row(RATE, answer(rate("77.3", other="75.481481"), outcome=FLAG), R),
    Row(RATE, answer(rate("77.3", other="75.4"), outcome=FLAG), W, checked_wrong=True),
    Row(RATE, answer(text="写的是77.3%，按20.38÷27应为75.48%", outcome=FLAG), R),
    Row(RATE, answer(rate("77.3")), W, checked_wrong=True),
    Row(RATE, answer(rate("77.3")), R, mode="stated"),
    Row(RATE, answer(rate("75.48")), W, mode="stated", checked_wrong=True),
    Row(RATE, answer(rate("77.3", other="75.48%")), W, checked_wrong=True),
    Row(RATE, answer(rate("77.3"), outcome=FLAG), W, checked_wrong=True),
    Row(RATE, answer(rate("77.3"), outcome=FLAG), R, mode="stated"),
    Row(RATE, answer(rate("77.3"), outcome=Outcome.ABSTAINED), A, mode="stated"),
    Row(SLIP, answer(value("428.54", "元", other="428.54万元"), outcome=FLAG), R),
    Row(
        SLIP,
        answer(value("428.54", "元", other="4285434.4 元"), outcome=FLAG),
        R,
    ),
    Row(SLIP, answer(value("428.54", other="428.54"), outcome=FLAG), W, checked_wrong=True),
    Row(SLIP, answer(text="正文写428.54元，别处为428.54万元", outcome=FLAG), R),
    Row(SLIP, answer(text="为428.54万元"), W, mode="stated"),
    Row(COUNT, answer(value("34", "个", other="28"), outcome=FLAG), R),
    Row(COUNT, answer(value("34", "个", other="128"), outcome=FLAG), W, checked_wrong=True),
    Row(COUNT, answer(text="组织34个项目，而9+19=28个", outcome=FLAG), R),
    Row(COUNT, answer(text="组织134个项目，而9+19=28个", outcome=FLAG), W),
    Row(WORDS, answer(text="表中为社会效益，正文称经济效益指标", outcome=FLAG), R),
    Row(WORDS, answer(text="社会效益"), W),
    Row(WORDS, answer(text="社会效益"), R, mode="stated"),
]

QUIET = ", must_not_flag: true"
FLAGS = [
    Row(SHARE, answer(value("191.7", "%")), R, extra=QUIET),
    Row(SHARE, answer(value("191.7", "%"), outcome=FLAG), W, extra=QUIET, checked_wrong=True),
    Row(SHARE, answer(value("191.7", "%", check=Check.FAILS)), W, extra=QUIET),
    Row(SHARE, answer(outcome=Outcome.ABSTAINED), A, extra=QUIET),
]

ROWS = [
    *UNITS,
    *SIZES,
    *ORDER,
    *SIGNS,
    *CONVERSION,
    *SERIES,
    *TEXTS,
    *ABSTAIN,
    *CONTRADICTIONS,
    *FLAGS,
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.expect[:30])
def test_verdict(row: Row) -> None:
    found = score(
        case(row.expect, type=row.type, extra=row.extra), row.answer, contradictions=row.mode
    )
    assert (found.verdict, found.checked_wrong) == (row.verdict, row.checked_wrong), found.reason


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.expect[:30])
def test_json_is_judged_like_the_value(row: Row) -> None:
    asked = case(row.expect, type=row.type, extra=row.extra)
    wire = {"id": "c", **answer_to_json(row.answer)}
    assert score(asked, wire, contradictions=row.mode) == score(
        asked, row.answer, contradictions=row.mode
    )


@pytest.mark.parametrize(
    "wire",
    [
        {},
        {"question": "q", "outcome": "sure", "text": ""},
        {"question": "q", "outcome": "answered", "text": "", "extra": 1},
        {"question": "q", "outcome": "answered", "text": "", "values": [{"number": 1.5}]},
    ],
)
def test_a_broken_answer_is_unscored(wire: dict[str, Any]) -> None:
    found = score(case(MONEY), wire)
    assert found.verdict is Verdict.UNSCORED
    assert found.reason


def test_a_stated_wrong_value_is_told_apart() -> None:
    found = score(case(MONEY), answer(value("1", check=Check.STATED)))
    assert (found.checked_wrong, found.stated_wrong) == (False, True)


@pytest.mark.parametrize(
    ("needle", "text", "found"),
    [
        ("2,124", "2124元", True),
        ("2124", "2,124元", True),
        ("24", "2,124元", False),
        ("ABC", "abc", True),
        ("“三公”", '"三公"经费', True),
        ("甲乙", "甲\n乙", False),
    ],
)
def test_holds(needle: str, text: str, found: bool) -> None:
    assert holds(needle, text) is found


@pytest.mark.parametrize(
    ("label", "text", "fits"),
    [
        ("2023", "2023年", True),
        ("2023", "2024年", False),
        ("满分", "指标分值", True),
        ("得分", "评价得分", True),
        ("预期值", "年初目标", True),
        ("实际", "完成情况", True),
        ("基本支出", "项目支出", False),
    ],
)
def test_label_fit(label: str, text: str, fits: bool) -> None:
    assert (label_fit(label, text) >= 0.5) is fits
