"""Suite files that grow, and expectations that are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.suites.suite import SuiteError, load_suite
from eval.suites.writing import add_cases, expected, suite_yaml, with_ids


def case(question: str) -> dict[str, Any]:
    return {"type": "t", "question": question, "expect": {"abstain": True}}


@pytest.mark.parametrize("name", ["s.yaml", "s.jsonl"])
def test_a_file_grows_case_by_case(tmp_path: Path, name: str) -> None:
    path = tmp_path / "new" / name
    add_cases(path, with_ids([case("一")], "c-", ()))
    add_cases(path, with_ids([case("二"), case("三")], "c-", ["c-0001"]))
    found = load_suite(path).cases
    assert [(each.id, each.question) for each in found] == [
        ("c-0001", "一"),
        ("c-0002", "二"),
        ("c-0003", "三"),
    ]
    assert [each.name for each in path.parent.iterdir()] == [name]


def test_comments_and_indentation_stay(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    old = "# mine\ncases:\n  # first\n  - {id: a, type: t, question: 问, expect: {abstain: true}}\n"
    path.write_text(old, encoding="utf-8")
    add_cases(path, with_ids([case("二")], "c-", ()))
    assert path.read_text(encoding="utf-8").startswith(old)
    assert [each.id for each in load_suite(path).cases] == ["a", "c-0001"]


@pytest.mark.parametrize(
    "old",
    [
        "cases: [{id: a, type: t, question: 问, expect: {abstain: true}}]\n",
        "cases:\n- {id: c-0001, type: t, question: 问, expect: {abstain: true}}\n",
        "cases: []\n",
    ],
)
def test_what_cannot_grow_is_left_as_it_was(tmp_path: Path, old: str) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(old, encoding="utf-8")
    with pytest.raises(SuiteError):
        add_cases(path, with_ids([case("二")], "c-", ()))
    assert path.read_text(encoding="utf-8") == old
    assert [each.name for each in tmp_path.iterdir()] == ["s.yaml"]


def test_nothing_is_no_suite() -> None:
    assert suite_yaml([]) == ""


@pytest.mark.parametrize(
    ("kind", "words", "fields"),
    [
        ("number", "56.4 万元", {"number": "56.4", "unit": "万元"}),
        ("number", "７，２９１．４７万元", {"number": "7291.47", "unit": "万元"}),
        ("number", "-5.2%", {"number": "-5.2", "unit": "%"}),
        ("number", "3", {"number": "3", "unit": ""}),
        ("number", "很多", None),
        ("number", "3 到 5 个", None),
        (
            "series",
            "2022年 1.2 万元；2023年 1.5万元",
            {
                "series": [
                    {"label": "2022年", "number": "1.2", "unit": "万元"},
                    {"label": "2023年", "number": "1.5", "unit": "万元"},
                ]
            },
        ),
        ("series", "2022年", None),
        ("series", "", None),
        ("list", "甲；乙; 丙", {"list": ["甲", "乙", "丙"]}),
        ("any_of", " ", None),
        (
            "contradiction",
            "77.3%；75.48%",
            {"contradiction": {"stated": "77.3%", "recomputed": "75.48%"}},
        ),
        ("contradiction", "77.3%", None),
        ("abstain", "", {"abstain": True}),
    ],
)
def test_typed_expectations(kind: str, words: str, fields: dict[str, Any] | None) -> None:
    assert expected(kind, words) == fields
