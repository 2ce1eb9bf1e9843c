"""Suite files: what is read, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.suite import (
    AbstainExpected,
    Amount,
    ContradictionExpected,
    Labelled,
    NumberExpected,
    SeriesExpected,
    SuiteError,
    TextExpected,
    load_suite,
    load_suites,
    parse_suite,
)

HEAD = "cases:\n- id: a\n  type: t\n  question: 问\n"
GOLD = Path(__file__).parents[3] / "shared" / "gold" / "seeds_dev.yaml"


@pytest.mark.parametrize(
    ("expect", "value"),
    [
        ('{number: "1.50", unit: 万元}', NumberExpected((Amount("1.50", "万元"),))),
        (
            '{number: "1", unit: 元, accept: [{number: "2", unit: 元}]}',
            NumberExpected((Amount("1", "元"), Amount("2", "元"))),
        ),
        (
            '{series: [{label: 甲, number: "1", unit: "%"}]}',
            SeriesExpected((Labelled("甲", (Amount("1", "%"),)),)),
        ),
        ("{text_contains: [甲, 乙]}", TextExpected(("甲", "乙"), True, "text_contains")),
        ("{any_of: [甲, 乙]}", TextExpected(("甲", "乙"), False, "any_of")),
        ("{list: [甲, 乙]}", TextExpected(("甲", "乙"), True, "list")),
        ("{abstain: true}", AbstainExpected()),
        (
            "{contradiction: {stated: 1%, recomputed: 2%, accept: [2.0%]}}",
            ContradictionExpected("1%", ("2%", "2.0%")),
        ),
    ],
)
def test_expectations(expect: str, value: object) -> None:
    (case,) = parse_suite(f"{HEAD}  expect: {expect}\n", "f").cases
    assert case.expect == value
    assert case.line == 2


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        (f"{HEAD}  expect: {{number: 5, unit: 元}}\n", "f:5", "number"),
        (f'{HEAD}  expect: {{number: "5"}}\n', "f:2", "unit"),
        (f'{HEAD}  expect: {{number: "五", unit: 元}}\n', "f:5", "不是数字"),
        (f'{HEAD}  expect: {{number: "NaN", unit: 元}}\n', "f:5", "不是数字"),
        (f"{HEAD}  expect: {{unit: 元, abstain: true}}\n", "f:2", "没有 number"),
        (f"{HEAD}  expect: {{}}\n", "f:2", "恰好写一种"),
        (f"{HEAD}  expect: {{abstain: true, any_of: [a]}}\n", "f:2", "恰好写一种"),
        (f"{HEAD}  expect: {{abstain: false}}\n", "f:5", "abstain"),
        (f"{HEAD}  expect: {{any_of: []}}\n", "f:5", "any_of"),
        (f"{HEAD}  expect: {{abstain: true}}\n  hint: x\n", "f:6", "hint"),
        (f"{HEAD}  expect: {{abstain: true}}\n  type: u\n", "f:6", "写了两次"),
        (f"{HEAD}  expect: {{abstain: true}}\n  followup_of: z\n", "f:2", "z"),
        (
            f"{HEAD}  expect: {{abstain: true}}\n{HEAD[7:]}  expect: {{abstain: true}}\n",
            "f:6",
            "重复",
        ),
        (f'{HEAD}  expect: {{abstain: true}}\n  must_not_flag: "yes"\n', "f:6", "must_not_flag"),
        ("cases: [\n", "f:2", "YAML"),
        ("", "f:1", ""),
        ("cases: []\n", "f:1", "cases"),
    ],
)
def test_refused_with_the_line(text: str, where: str, what: str) -> None:
    with pytest.raises(SuiteError) as caught:
        parse_suite(text, "f")
    assert str(caught.value).startswith(f"{where}：")
    assert what in str(caught.value)


def test_one_id_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(f"{HEAD}  expect: {{abstain: true}}\n", encoding="utf-8")
    with pytest.raises(SuiteError, match=r"two\.yaml:2：题号 a"):
        load_suites([tmp_path / "one.yaml", tmp_path / "two.yaml"])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="无法读取"):
        load_suite(tmp_path / "none.yaml")


def test_the_dev_questions_load() -> None:
    if not GOLD.is_file():
        pytest.skip("../shared/gold/seeds_dev.yaml is not here")
    cases = load_suite(GOLD).cases
    assert len(cases) == len({case.id for case in cases})
    assert all(case.source for case in cases if not isinstance(case.expect, AbstainExpected))
