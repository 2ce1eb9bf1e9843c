"""Suite files: what is read, and what is refused with its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from eval.report import expected_text
from eval.suites.suite import (
    AbstainExpected,
    Amount,
    ContradictionExpected,
    Labelled,
    NumberExpected,
    Quote,
    SeriesExpected,
    SuiteError,
    TextExpected,
    Tolerance,
    load_suite,
    load_suites,
    parse_suite,
)

HEAD = "cases:\n- id: a\n  type: t\n  question: 问\n"
KINDS = "number、series、text_contains、any_of、list、abstain、contradiction、clarify"
GOLD = Path(__file__).parents[4] / "shared" / "gold" / "seeds_dev.yaml"


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
        (f'{HEAD}  expect: {{number: "1e9", unit: 元}}\n', "f:5", "不是数字"),
        (f'{HEAD}  expect: {{number: "{"9" * 50}", unit: 元}}\n', "f:5", "不是数字"),
        (f'{HEAD}  expect: {{number: "5", unit: 元, tolerance: "-1"}}\n', "f:5", "不是容差"),
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


TOLERANT = '{number: "5", unit: "%", tolerance: TOL}'


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"0.5"', Tolerance(Decimal("0.5"))),
        ('"1%"', Tolerance(Decimal("0.01"), relative=True)),
    ],
)
def test_tolerances(written: str, read: Tolerance) -> None:
    (case,) = parse_suite(f"{HEAD}  expect: {TOLERANT.replace('TOL', written)}\n", "f").cases
    assert case.expect == NumberExpected((Amount("5", "%", read),))
    assert expected_text(case) == f"5%（±{written.strip(chr(34))}）"


def test_the_fields_beside_the_expectation() -> None:
    text = f"""{HEAD}  expect: {{abstain: true}}
  tags: [甲, 乙]
  cite: page
  review: pending
  derive: 1 + 1
  check: [1 < 2]
  source: [{{file: f.txt, quote: 原文, page: 3}}]
"""
    (case,) = parse_suite(text, "f").cases
    assert case.tags == ("甲", "乙")
    assert expected_text(case) == "弃答（须引出处：页）"
    assert (case.cite, case.pending, case.derive, case.check) == ("page", True, "1 + 1", ("1 < 2",))
    assert case.source == (Quote("f.txt", "原文", 3),)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = f"""{HEAD}  expect: {{number: 5, unit: 元, units: x}}
- id: a
  type: t
  question: ""
  expect: {{abstain: yes}}
  tag: x
- {{id: b, type: t, question: 问, expect: {{abstain: true}}, followup_of: c, kind: 31}}
- 甲
- {{id: d, type: t, question: 问, expect: {{any_of: [甲], abstain: true}}, cite: page}}
"""
    with pytest.raises(SuiteError) as caught:
        parse_suite(text, "f")
    assert [(each.line, each.message) for each in caught.value.problems] == [
        (5, "expect.number：应为文字（数字、日期和是非要加引号）"),
        (5, "expect.units：没有这个字段，最接近的是 unit"),
        (6, "题号 a 重复，请改名"),
        (8, "question：不可为空"),
        (10, "tag：没有这个字段，最接近的是 tags"),
        (11, "b 追问的 c 不在它之前，请调整顺序"),
        (11, "kind：应不大于 30"),
        (12, "应为带字段的一组（键: 值）"),
        (13, "d：expect 须恰好写一种期望（" + KINDS + "）"),
        (13, "d：写了 cite 而没有 source"),
    ]


JSONL = (
    '{"id": "a", "type": "t", "question": "问", "expect": {"abstain": true}}',
    '{"id": "b", "type": "t", "question": "问", "expect": {"number": "5", "unit": "元"},'
    ' "followup_of": "a"}',
)


def test_a_case_a_line() -> None:
    suite = parse_suite("\n\n".join(JSONL) + "\n", "f.jsonl")
    assert [(case.id, case.line) for case in suite.cases] == [("a", 1), ("b", 3)]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "不是有效的 JSON（第 2 个字符"),
        ("[]", "应为带字段的一组"),
        ('{"id": "z", "id": "y"}', "字段 id 写了两次"),
        (JSONL[0].replace('"a"', "1"), "id：应为文字"),
        (JSONL[1].replace('"b"', '"c"').replace('"a"', '"q"'), "c 追问的 q 不在它之前"),
    ],
)
def test_a_line_that_is_refused_leaves_the_others_read(line: str, what: str) -> None:
    with pytest.raises(SuiteError) as caught:
        parse_suite("\n".join((JSONL[0], line, JSONL[1], "?")), "f.jsonl")
    lines = [problem.line for problem in caught.value.problems]
    assert lines[-1] == 4
    assert set(lines) == {2, 4}
    assert what in caught.value.problems[0].message


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("cases: &a [*a]\n", "锚点"),
        ("x: &a [1]\ncases: [*a, *a]\n", "锚点"),
        ("cases:\n- ? [a]\n  : b\n", "字段名应为文字"),
        ("cases: [" + "[" * 5000, "f:1："),
        ("cases: " + "[" * 100_000, "f:1："),
        ("- " * 100_000, "f:1："),
        ("cases: [2024-13-45]\n", "不是有效的 YAML"),
        ("cases: [!!python/name:os.system x]\n", "不是有效的 YAML"),
        ("more: 1\n", "没有字段 more"),
        ("- a\n", "cases"),
    ],
)
def test_hostile_yaml_is_one_line(text: str, what: str) -> None:
    with pytest.raises(SuiteError) as caught:
        parse_suite(text, "f")
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
