"""Derivations in the form of TAT-QA, computed again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.bench.derivations import FormError, Result, judge, main, measure, plain, read_file

TABLE = [
    ["", "2019", "2018"],
    ["Fixed price", "$  1,452.4", "$  1,146.2"],
    ["Other", "44.1", "56.7"],
    ["Rate", "4.00%", "1.90%"],
    ["Loss", "(12.5)", "-"],
]


def question(derivation: str, answer: Any, scale: str = "", **more: Any) -> dict[str, Any]:
    given = {"question": "?", "answer": answer, "derivation": derivation, "scale": scale}
    return {**given, "answer_type": "arithmetic", "req_comparison": False, **more}


def file_of(tmp_path: Path, *questions: dict[str, Any]) -> Path:
    each = {
        "table": {"uid": "t", "table": TABLE},
        "paragraphs": [{"uid": "p", "order": 1, "text": "Sales rose by 306.2 million."}],
        "questions": list(questions),
    }
    path = tmp_path / "tatqa.json"
    path.write_text(json.dumps([each]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("derivation", "answer", "scale", "result"),
    [
        ("44.1-56.7", -12.6, "million", Result.RIGHT),
        ("44.1-56.7", 12.6, "million", Result.WRONG),
        ("(44.1-56.7)/56.7", -22.22, "percent", Result.RIGHT),
        ("(44.1-56.7)/56.7*100", -22.22, "percent", Result.RIGHT),
        ("4.00 - 1.90 ", 2.1, "percent", Result.RIGHT),
        ("[44.1+56.7]/2", 50.4, "", Result.RIGHT),
        ("$1,452.4 – $1,146.2", 306.2, "", Result.RIGHT),
        ("1,452.4/306.2", 4.74, "", Result.RIGHT),
        ("12.5+44.1", 56.6, "", Result.RIGHT),
        ("44.1-99.9", -55.8, "", Result.UNFOUND),
        ("44.1 minus 56.7", -12.6, "", Result.UNREADABLE),
        ("44.1/0", 0, "", Result.UNREADABLE),
    ],
)
def test_derivations(
    derivation: str, answer: float, scale: str, result: Result, tmp_path: Path
) -> None:
    (each,) = read_file(file_of(tmp_path, question(derivation, answer, scale)))
    assert judge(each) is result


@pytest.mark.parametrize(
    ("derivation", "result"),
    [
        ("1,452.4>1,146.2", Result.RIGHT),
        ("44.1>56.7", Result.WRONG),
        ("44.1<56.7<1,146.2", Result.RIGHT),
    ],
)
def test_comparisons(derivation: str, result: Result, tmp_path: Path) -> None:
    asked = question(derivation, ["2019"], answer_type="span", req_comparison=True)
    (each,) = read_file(file_of(tmp_path, asked))
    assert judge(each) is result


def test_questions_without_arithmetic_are_left_out(tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        question("", ["x"], answer_type="span"),
        question("44.1##56.7", 2, answer_type="count"),
        question("44.1+56.7", 100.8),
    )
    found = measure([path])
    assert (found["derivations"], found["right"], found["right %"]) == (1, 1, "100.0 %")


def test_plain_arithmetic() -> None:
    assert plain("[($1,234,567 × 2%) ÷ 3]") == "((1234567 * 2) / 3)"


@pytest.mark.parametrize("text", ["{", "{}", '[{"table": 1}]', "[1]"])
def test_other_files_are_refused_by_name(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormError, match=r"other\.json"):
        list(read_file(path))
    assert main([str(path)]) == 2
    assert "other.json" in capsys.readouterr().err
