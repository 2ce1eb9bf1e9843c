"""`gouji model check` and `gouji ask` with a model, as a user types them, against a real server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.qa.llm import openai_server as server
from tests.qa.llm.openai_server import Connection, Step, serving
from ui.cli import main, set_help_language

REPORT = """# 甲市水务局2023年度部门决算

## 一、收入支出决算总表

单位：万元

| 项目 | 决算数 |
|---|---|
| 基本支出 | 1,112.48 |
| 项目支出 | 887.52 |
| 本年支出合计 | 2,000.00 |
"""
SURE = "甲市水务局2023年基本支出是多少？"
OPEN = "甲市水务局2023年养人的开销多大？"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    (folder / "甲市水务局决算.md").write_text(REPORT, encoding="utf-8")
    assert main(["--data", str(folder / "data"), "ingest", str(folder)]) == 0
    return folder / "data"


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    set_help_language("zh")


def configure(monkeypatch: pytest.MonkeyPatch, url: str, **settings: str) -> None:
    wanted = {"model": "scripted", "model_base_url": url, "model_retries": "0", **settings}
    for name, value in wanted.items():
        monkeypatch.setenv(f"GOUJI_{name.upper()}", value)


def good(to: Connection) -> None:
    """A model that does all that it is asked for."""
    if to.body.get("tools"):
        known = to.prompt
        plan = {"readings": [{"operation": "lookup", "metrics": ["基本支出"]}]}
        chosen: dict[str, Any] = plan if "operations" in known else {"metric": "m2"}
        server.call(**chosen)(to)
    else:
        server.say("本年支出为{{v1}}。" if "{{v1}}" in to.prompt else "您好，很高兴见到您。")(to)


def test_the_check_up_of_a_good_model_is_one_screen(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(good) as scripted:
        configure(monkeypatch, scripted.url)
        assert main(["--data", str(library), "model", "check"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("✓") == 6
    assert "✗" not in shown
    assert "可用。" in shown
    assert len(shown.splitlines()) <= 12


BAD: list[tuple[str, Step, str]] = [
    ("silent", server.status(503), "✗ 作答"),
    ("foreign", server.say("Hello, how are you today?"), "✗ 用中文"),
    ("typing digits", server.say("您好，支出为100万元。"), "✗ 照抄占位符"),
    ("formless", server.say("您好。"), "✗ 按格式输出"),
]


@pytest.mark.parametrize(("step", "line"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_the_check_up_says_what_does_not_work(
    step: Step,
    line: str,
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with serving(step) as scripted:
        configure(monkeypatch, scripted.url)
        assert main(["--data", str(library), "model", "check"]) == 1
    assert line in capsys.readouterr().out


def test_the_check_up_as_json_and_in_english(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(server.status(401)) as scripted:
        configure(monkeypatch, scripted.url)
        main(["--lang", "en", "--data", str(library), "model", "check", "--json"])
    (tried,) = json.loads(capsys.readouterr().out)
    assert tried["trial"] == "answers"
    assert "refused" in tried["error"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "没有配置语言模型"),
        ({"GOUJI_MODEL": "m", "GOUJI_MODEL_BASE_URL": "https://api.example.com"}, "offline = true"),
        ({"GOUJI_MODEL": "m", "GOUJI_MODEL_BASE_URL": "api.example.com"}, "model_base_url"),
    ],
)
def test_a_model_that_may_not_be_asked_is_one_line(
    settings: dict[str, str],
    words: str,
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert main(["--data", str(library), "model", "check"]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_a_question_with_a_model(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(good) as scripted:
        configure(monkeypatch, scripted.url)
        assert main(["--data", str(library), "ask", "--json", OPEN]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["outcome"] == "clarify"
        assert answer["choices"] == [SURE]
        assert answer["planner"] == "model"
        asked = len(scripted.requests)
        main(["--data", str(library), "ask", "--no-model", "--json", OPEN])
        assert json.loads(capsys.readouterr().out)["outcome"] == "abstained"
        assert len(scripted.requests) == asked
    log = (library / "model_calls.jsonl").read_text(encoding="utf-8")
    assert json.loads(log.splitlines()[-1])["model"] == "scripted"


def test_a_question_where_the_model_is_down_or_refused(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(monkeypatch, "http://127.0.0.1:9/v1")
    assert main(["--data", str(library), "ask", SURE]) == 0
    shown = capsys.readouterr()
    assert "1,112.48万元" in shown.out
    assert "连不上模型服务，以下只用规则作答。" in shown.out
    configure(monkeypatch, "https://api.example.com/v1")
    assert main(["--data", str(library), "ask", SURE]) == 0
    shown = capsys.readouterr()
    assert "1,112.48万元" in shown.out
    assert shown.err.count("\n") == 1
    assert "offline = true" in shown.err


def test_an_answer_in_the_words_of_the_model(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(server.say("按{{v1.entity}}的报告，{{v1.label}}为{{v1}}。")) as scripted:
        configure(monkeypatch, scripted.url, model_plans="never")
        assert main(["--data", str(library), "ask", "--json", SURE]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert len(scripted.requests) == 1
    assert answer["text"] == "按甲市水务局的报告，2023年基本支出为1112.48万元。"
    assert answer["values"][0]["number"] == "1112.48"


def test_a_batch_with_a_model(
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    lines = [{"id": 1, "question": "甲市水务局2023年项目支出是多少？"}]
    lines += [{"id": 2, "question": "那养人的开销呢？", "followup_of": 1}]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (tmp_path / "questions.jsonl").write_text(text, encoding="utf-8")
    with serving(good) as scripted:
        configure(
            monkeypatch, scripted.url, model_plans="open", model_trace="false", model_words="false"
        )
        assert main(["--data", str(library), "ask", "--batch", "questions.jsonl"]) == 0
        assert len(scripted.requests) == 1
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["values"][0]["number"] == "887.52"
    assert second["choices"] == [SURE]


def test_what_is_worded_is_told_once_and_before_the_table(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "按{{v1.entity}}的报告，{{v1.label}}为{{v1}}。"
    with serving(server.say(words, pieces=6)) as scripted:
        configure(monkeypatch, scripted.url, model_plans="never")
        assert main(["--data", str(library), "ask", SURE]) == 0
        assert scripted.requests[0]["stream"] is True
    shown = capsys.readouterr().out
    sentence = "按甲市水务局的报告，2023年基本支出为1,112.48万元。"
    assert shown.replace("1112.48", "1,112.48").count(sentence) == 1
    assert shown.index("按甲市水务局的报告") < shown.index("出处")


def test_a_stream_that_breaks_ends_in_the_rules_words(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(server.say("基本支出为9999万元。", finish=None)) as scripted:
        configure(monkeypatch, scripted.url, model_plans="never")
        assert main(["--data", str(library), "ask", SURE]) == 0
    shown = capsys.readouterr().out
    assert "9999" not in shown
    assert "1,112.48万元" in shown
    assert "规则" in shown
