"""Answers and batch questions as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from qa.codec import (
    QuestionLineError,
    answer_to_json,
    json_line,
    read_question_line,
    source_to_json,
)
from qa.model import Answer, Check, Coverage, EquationNote, Outcome, Source, Value

SOURCE = Source("甲.txt", "56.4万元", 10, 16, page=3, table="表1", row="行", column="列")
ANSWER = Answer(
    question="问",
    outcome=Outcome.CONTRADICTED,
    text="答",
    values=(
        Value(
            label="标签",
            number="56.40",
            unit="万元",
            period="2023",
            entity="甲局",
            project=None,
            metric="运行经费",
            check=Check.FAILS,
            formula="564000 元 ÷ 10000",
            recomputed="56.4",
            other="55",
            sources=(SOURCE,),
        ),
    ),
    citations=(SOURCE,),
    equations=(EquationNote("growth", "a ÷ b", "fails"),),
    coverage=Coverage(5, 1, ("乙",)),
    seconds=0.01999,
)


def test_an_answer_has_the_documented_shape() -> None:
    assert answer_to_json(ANSWER) == {
        "question": "问",
        "outcome": "contradicted",
        "text": "答",
        "values": [
            {
                "label": "标签",
                "number": "56.40",
                "unit": "万元",
                "period": "2023",
                "entity": "甲局",
                "project": None,
                "metric": "运行经费",
                "check": "fails",
                "formula": "564000 元 ÷ 10000",
                "recomputed": "56.4",
                "other": "55",
                "sources": [
                    {
                        "report": "甲.txt",
                        "page": 3,
                        "table": "表1",
                        "row": "行",
                        "column": "列",
                        "quote": "56.4万元",
                        "start": 10,
                        "end": 16,
                    }
                ],
            }
        ],
        "citations": [{"report": "甲.txt", "page": 3, "quote": "56.4万元"}],
        "equations": [{"name": "growth", "formula": "a ÷ b", "verdict": "fails"}],
        "coverage": {"reports": 5, "used": 1, "missing": ["乙"]},
        "reason": "",
        "planner": "rules",
        "seconds": 0.02,
    }


def test_choices_are_given_where_there_are_any() -> None:
    answer = Answer("问", Outcome.CLARIFY, "答", choices=("一", "二"))
    assert answer_to_json(answer)["choices"] == ["一", "二"]


@pytest.mark.parametrize("text", ["甲\n乙", "\x1b[31m", "\x9b31m", "\u2028", "\ud800", "𠮷"])
def test_a_json_line_is_one_harmless_line_of_utf8(text: str) -> None:
    line = json_line({"甲": text})
    assert json.loads(line) == {"甲": text}
    assert line.encode("utf-8")
    assert len(line.splitlines()) == 1
    assert not set(line) & {"\x1b", "\x9b"}
    assert "甲" in line


@pytest.mark.parametrize(
    ("line", "identity", "followup_of", "unknown"),
    [
        ('{"id": "a", "question": "问"}', "a", None, ()),
        ('\ufeff{"id": 1, "question": "问", "followup_of": "a"}', 1, "a", ()),
        ('{"id": "a", "question": "问", "followup_of": null, "type": "x"}', "a", None, ("type",)),
    ],
)
def test_a_question_line_is_read(
    line: str, identity: str | int, followup_of: str | None, unknown: tuple[str, ...]
) -> None:
    asked = read_question_line(line.encode())
    assert (asked.id, asked.question) == (identity, "问")
    assert (asked.followup_of, asked.unknown) == (followup_of, unknown)


@pytest.mark.parametrize(
    ("line", "identity"),
    [
        (b"{", None),
        (b"[1]", None),
        (b"\xff\xfe", None),
        (b"[" * 100_000, None),
        (b'{"id": ' + b"9" * 5000 + b"}", None),
        (b'{"question": "q"}', None),
        (b'{"id": true, "question": "q"}', None),
        (b'{"id": "a"}', "a"),
        (b'{"id": "a", "question": " "}', "a"),
        (b'{"id": "a", "question": 3}', "a"),
        (b'{"id": 7, "question": "q", "followup_of": []}', 7),
    ],
)
def test_a_line_that_is_no_question_is_refused(line: bytes, identity: object) -> None:
    with pytest.raises(QuestionLineError) as refused:
        read_question_line(line)
    assert refused.value.id == identity


def test_the_cell_of_a_workbook_is_told_where_there_is_one() -> None:
    assert "cell" not in source_to_json(SOURCE)
    assert source_to_json(replace(SOURCE, page=None, cell="公开01表!B7"))["cell"] == "公开01表!B7"
