"""`gouji alias` end to end: listed, decided, honoured by the other commands, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ui.cli import main

DATA = Path(__file__).parent.parent / "qa" / "data" / "compare"
OLD, NEW = "海州市临江区河道管理局", "海州市临江区水务管理局"


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    data = str(tmp_path / "library")
    assert main(["--data", data, "ingest", str(DATA)]) == 0
    capsys.readouterr()
    return data


def test_the_life_of_an_alias(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*words: str) -> str:
        assert main(["--data", folder, *words]) == 0, words
        return capsys.readouterr().out

    listed = json.loads(run("alias", "list", "--json"))["aliases"]
    by_state = {each["state"] for each in listed}
    assert by_state == {"confirmed", "spelled", "guessed"}
    assert all(each["sources"] for each in listed if each["state"] == "confirmed")
    stated = next(each for each in listed if each["first"] == OLD)
    assert stated["sources"][0]["quote"] == f"原{OLD}更名为{NEW}"
    guess = next(each for each in listed if each["state"] == "guessed")

    run("alias", "confirm", str(guess["number"]))
    run("alias", "add", "区河长办", NEW, "--note", "通称")
    assert "98,000" in run("ask", "区河长办2023年三公经费是多少")
    assert "通称" in run("alias", "list", "--kind", "unit")
    run("alias", "remove", OLD, NEW)
    again = json.loads(run("alias", "list", "--json"))["aliases"]
    assert sorted(each["state"] for each in again if each["kind"] == "unit") == ["parted", "user"]
    assert [each for each in again if each["state"] == "user" and each["sources"]]
    for _ in range(3):
        run("alias", "undo")
    assert json.loads(run("alias", "list", "--json"))["aliases"] == listed
    history = json.loads(run("alias", "list", "--history", "--json"))["history"]
    assert [step["undone"] for step in history] == [True, True, True]
    assert "已撤销" in run("alias", "list", "--history")


def test_a_name_known_by_its_spelling_is_told_as_a_guess_and_can_be_decided(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> str:
        assert main(["--data", folder, *words]) == 0, words
        return capsys.readouterr().out

    listed = json.loads(run("alias", "list", "--json"))["aliases"]
    spelled = next(each for each in listed if each["state"] == "spelled")
    assert "[按名称推定]" in run("alias", "list")
    for action, state in (("confirm", "user"), ("remove", "parted")):
        run("alias", action, str(spelled["number"]))
        again = json.loads(run("alias", "list", "--json"))["aliases"]
        pair = {spelled["first"], spelled["second"]}
        assert [e["state"] for e in again if {e["first"], e["second"]} == pair] == [state]
        run("alias", "undo")


@pytest.mark.parametrize(
    "words",
    [
        ("undo",),
        ("add", "甲局", "乙局"),
        ("add", NEW, NEW),
        ("confirm", "99"),
        ("remove", "甲"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    folder: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", folder, "alias", *words]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
