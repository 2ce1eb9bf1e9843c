"""Whatever an answer holds, scoring it gives a verdict and never raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.score import Verdict, score
from eval.scorers.aspects import aspects
from eval.suites.suite import Case, parse_suite
from qa.model import Answer, Check, Outcome, Source, Value

TEXT = st.text(
    alphabet="0123456789.,-+%()（）元万亿分个次增减降一二三十百千第年月日 \n{}[]“”x", max_size=30
)
NUMBER = st.one_of(
    TEXT,
    st.sampled_from(["NaN", "Infinity", "1e999", "9" * 60, "0." + "0" * 60 + "1", "-0", "一亿亿"]),
)
VALUES = st.builds(
    Value,
    label=TEXT,
    number=NUMBER,
    unit=st.one_of(TEXT, st.sampled_from(["元", "万元", "%", "次", "亿元"])),
    period=TEXT,
    entity=TEXT,
    project=st.none(),
    metric=TEXT,
    check=st.sampled_from(Check),
    other=st.one_of(st.none(), NUMBER),
    direction=TEXT,
)
PLACES = st.builds(Source, TEXT, TEXT, st.just(0), st.just(1))
ANSWERS = st.builds(
    Answer,
    question=TEXT,
    outcome=st.sampled_from(Outcome),
    text=TEXT,
    values=st.lists(VALUES, max_size=3).map(tuple),
    citations=st.lists(PLACES, max_size=2).map(tuple),
    choices=st.lists(TEXT, max_size=5).map(tuple),
)
SOURCE = "source: [{file: f.txt, quote: 支出56.4万元, page: 1}]"
CASES = [
    'expect: {number: "56.4", unit: 万元}, cite: quote',
    'expect: {number: "-56.4", unit: "%", tolerance: "1%"}, must_not_flag: true',
    'expect: {series: [{label: 甲, number: "1", unit: 元}, {label: 乙, number: "2", unit: 元}]}',
    "expect: {text_contains: [3次, 优]}",
    "expect: {list: [甲项目, 甲项目二期]}",
    "expect: {contradiction: {stated: 三次, recomputed: 77.3%}}",
    'expect: {clarify: true, accept_values: [{number: "5", unit: 万元}]}',
    "expect: {abstain: true}",
]


def case(fields: str) -> Case:
    text = f"cases:\n- {{id: c, type: t, question: 增长多少, {SOURCE}, {fields}}}\n"
    return parse_suite(text, "t").cases[0]


@pytest.mark.parametrize("fields", CASES)
@given(answer=ANSWERS)
def test_every_answer_has_a_verdict(fields: str, answer: Answer) -> None:
    asked = case(fields)
    assert score(asked, answer).verdict in Verdict
    assert aspects(asked, answer).silent is (answer.outcome in (Outcome.ABSTAINED, Outcome.CLARIFY))
