"""Other wordings of a question as cases of their own; open questions."""

from __future__ import annotations

import pytest

from eval.paraphrase import original, wordings
from eval.runner import judge
from eval.suites.suite import SuiteError, parse_suite
from qa.model import Answer, Check, Value
from qa.model import Outcome as Shown

SUITE = """cases:
- id: a
  type: sum
  kind: 9
  question: 甲
  paraphrases: {formal: 甲一, colloquial: 甲二, typo: 甲三}
  expect: {number: "12", unit: 万元}
- {id: b, type: open, question: 乙, expect: {clarify: true}, paraphrases: {formal: 乙一, typo: 乙二}}
- id: c
  type: text
  question: 丙
  paraphrases: {formal: 丙一, colloquial: 丙二}
  expect: {text_contains: [好]}
- {id: d, type: sum, question: 丁, expect: {number: "1", unit: 元}}
"""
CASES = parse_suite(SUITE, "t").cases
WORDINGS = {case.id: case for case in wordings(CASES)}


def number(text: str, unit: str) -> Answer:
    value = Value("数", text, unit, "", "", None, "", Check.EXACT)
    return Answer("问", Shown.ANSWERED, "答", (value,))


def choices(*names: str) -> Answer:
    return Answer("问", Shown.CLARIFY, "请选择", choices=names)


def test_each_wording_is_a_case_of_its_own() -> None:
    assert list(WORDINGS) == [
        *("a~formal", "a~colloquial", "a~typo"),
        *("b~formal", "b~typo", "c~formal", "c~colloquial"),
    ]
    assert [case.kind for case in CASES] == [9, None, None, None]
    assert WORDINGS["a~typo"].question == "甲三"
    assert {original(case) for case in WORDINGS.values()} == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (choices("一", "二"), "right"),
        (choices("一", "一"), "abstained"),
        (choices("一"), "abstained"),
        (choices("一", "二", "三", "四", "五"), "abstained"),
        (Answer("问", Shown.ABSTAINED, "没有"), "abstained"),
        (number("5", "元"), "wrong"),
    ],
)
def test_an_open_question_wants_choices(answer: Answer, verdict: str) -> None:
    assert judge(CASES[1], answer).score.verdict.value == verdict


def test_a_defensible_reading_may_be_accepted() -> None:
    (case,) = parse_suite(
        "cases:\n- id: a\n  type: t\n  question: 问\n"
        '  expect: {clarify: true, accept_values: [{number: "5", unit: 元}]}\n',
        "t",
    ).cases
    assert judge(case, number("5", "元")).score.verdict.value == "right"
    assert judge(case, number("6", "元")).score.verdict.value == "wrong"


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("kind: 31", "kind"),
        ("paraphrases: {slang: 问}", "slang"),
        ("expect: {abstain: true, accept_values: [{number: '1', unit: 元}]}", "accept_values"),
    ],
)
def test_what_is_refused(field: str, what: str) -> None:
    expect = "" if field.startswith("expect") else "  expect: {abstain: true}\n"
    with pytest.raises(SuiteError, match=what):
        parse_suite(f"cases:\n- id: a\n  type: t\n  question: 问\n  {field}\n{expect}", "t")
