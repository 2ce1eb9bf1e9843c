"""`gouji eval lint` and `gouji eval new` on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from eval.feedback import keep, rating_of
from eval.suites.suite import load_suite
from qa.model import Answer, Outcome
from tests.eval.suites.test_suite_drafts import TABLE
from ui.cli import main

CASE = "- {{id: {id}, type: t, question: {id}问, expect: {expect}{more}}}\n"
MONEY = '{number: "100.00", unit: 万元}'
SOURCE = ", source: [{file: f.txt, quote: 教育支出 100.00}]"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "f.txt").write_text(TABLE, encoding="utf-8")
    return tmp_path


def write(path: Path, *cases: str) -> None:
    path.write_text("cases:\n" + "".join(cases), encoding="utf-8")


def lint(*arguments: str) -> int:
    return main(["eval", "lint", *arguments])


def test_a_good_suite(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here / "s.yaml", CASE.format(id="a", expect=MONEY, more=SOURCE))
    assert lint("s.yaml", "--reports", "reports") == 0
    assert capsys.readouterr().out == "1 题：0 处错误，0 处提醒。\n"
    assert lint("s.yaml") == 0
    assert "没有查对原文" in capsys.readouterr().out


def test_findings_set_the_exit_code(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoiled = SOURCE.replace("100.00", "101.00")
    pending = CASE.format(id="b", expect="{abstain: true}", more=", review: pending")
    write(here / "s.yaml", CASE.format(id="a", expect=MONEY, more=spoiled), pending)
    assert lint("s.yaml", "--reports", "reports") == 1
    assert capsys.readouterr().out.splitlines() == [
        "[错误] s.yaml:2：a：f.txt 中没有这段原文：“教育支出 101.00”（quote）",
        "[提醒] s.yaml:3：b：是起草的，还没有人看过（review: pending）（review）",
        "2 题：1 处错误，1 处提醒。",
    ]
    assert lint("s.yaml", "--reports", "reports", "--json") == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(each["case"], each["check"], each["severity"]) for each in found] == [
        ("a", "quote", "error"),
        ("b", "review", "notice"),
    ]


def test_drafts_alone_pass(here: Path) -> None:
    write(here / "s.yaml", CASE.format(id="b", expect="{abstain: true}", more=", review: pending"))
    assert lint("s.yaml") == 0


def test_a_broken_file_is_told_line_by_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here / "s.yaml", CASE.format(id="a", expect="{number: 5, unit: 元}", more=", tag: x"))
    assert lint("s.yaml") == 1
    out = capsys.readouterr().out.splitlines()
    assert [line.partition("：")[0] for line in out[:-1]] == ["s.yaml:2", "s.yaml:2"]
    assert out[-1] == "格式有 2 处错误。"
    assert lint("s.yaml", "--json") == 1
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 2
    assert lint("none.yaml") == 2
    assert "无法读取" in capsys.readouterr().err


def test_drafting_from_reports_goes_on_in_the_file(here: Path) -> None:
    draft = ["eval", "new", "d.yaml", "--draft", "--reports", "reports", "--count", "3"]
    assert main(draft) == 0
    assert main([*draft, "--seed", "5"]) == 0
    found = load_suite(here / "d.yaml").cases
    assert [case.id for case in found] == [f"draft-000{number}" for number in range(1, 7)]
    assert all(case.pending and case.tags == ("draft",) for case in found)


def test_drafting_from_the_library(here: Path) -> None:
    assert main(["ingest", "reports"]) == 0
    assert main(["eval", "new", "d.jsonl", "--draft", "--count", "2"]) == 0
    assert len(load_suite(here / "d.jsonl").cases) == 2


def test_ratings_become_cases(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for question, mark in (("一？", "right"), ("二？", "wrong")):
        answer = Answer(question, Outcome.ABSTAINED, "没有")
        keep(here / "feedback.jsonl", rating_of(answer, at="2026", who="", mark=mark))  # type: ignore[arg-type]
    assert main(["eval", "new", "s.yaml", "--from-feedback", "feedback.jsonl"]) == 0
    assert "没有写成题（没有给出正确答案，或离不开前文）：二？" in capsys.readouterr().err
    assert [case.question for case in load_suite(here / "s.yaml").cases] == ["一？"]
    (here / "feedback.jsonl").write_text("{}\n", encoding="utf-8")
    assert main(["eval", "new", "s.yaml", "--from-feedback", "feedback.jsonl"]) == 2
    assert "feedback.jsonl:1" in capsys.readouterr().err


def test_cases_are_asked_for(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = (
        "lookup",
        "支出多少？",
        "number",
        "很多",
        "number",
        "100 万元",
        "f.txt",
        "支出 100",
        "y",
    )
    second = ("lookup", "比上年呢？", "y", "abstain", "", "n")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join((*first, *second)) + "\n"))
    assert main(["eval", "new", "s.yaml"]) == 0
    assert "看不懂" in capsys.readouterr().err
    found = load_suite(here / "s.yaml").cases
    assert [(case.id, case.followup_of) for case in found] == [
        ("case-0001", None),
        ("case-0002", "case-0001"),
    ]
    assert found[0].source[0].quote == "支出 100"


@pytest.mark.parametrize(
    "arguments",
    [
        ["s.yaml", "--draft", "--from-feedback", "reports/f.txt"],
        ["s.yaml", "--reports", "reports"],
    ],
)
def test_options_that_do_not_go_together(here: Path, arguments: list[str]) -> None:
    assert main(["eval", "new", *arguments]) == 2
    assert not (here / "s.yaml").exists()
