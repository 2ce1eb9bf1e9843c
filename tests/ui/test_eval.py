"""`gouji eval`: runs made, shown, compared and held to thresholds on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import evaluation
from eval.judging import judge_entry
from tests.eval.test_evaluation import REPORT, SUITE
from ui.cli import main, set_help_language


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "edu.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "edu.yaml").write_text(SUITE, encoding="utf-8")
    return tmp_path


RUN = ("eval", "run", "edu.yaml", "--reports", "reports", "--memory")


def test_a_run_is_made_shown_and_listed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*RUN, "--name", "one", "--show", "wrong"]) == 0
    out, err = capsys.readouterr()
    assert "| 合计 |    4 |   3 |" in out
    assert "--- c [cell] wrong CHECKED_WRONG" in out or "--- c [cell] wrong stated_wrong" in out
    assert "评测 one" in err
    assert (here / "data" / "evaluations" / "one" / "run.jsonl").is_file()
    assert main(["eval", "show", "one"]) == 0
    shown = capsys.readouterr().out
    assert shown == out
    assert main(["eval", "list"]) == 0
    assert "| one " in capsys.readouterr().out
    assert main(["eval", "show", "latest", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["questions"]["right"] == 3
    assert found["suites"][0]["name"] == "edu.yaml"


def test_thresholds_set_the_exit_code(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*RUN, "--min-right", "75%", "--max-wrong", "0.25", "--name", "one"]) == 0
    assert "✓ 对 75.0%，至少应为 75.0%（3/4）" in capsys.readouterr().out
    assert main([*RUN, "--min-right", "0.76"]) == 1
    assert "✗ 对 75.0%，至少应为 76.0%（3/4）" in capsys.readouterr().out
    report = here / "reports" / "edu.txt"
    report.write_text(REPORT.replace("1200", "1210"), encoding="utf-8")
    assert main([*RUN, "--no-regression", "one", "--name", "two"]) == 1
    out = capsys.readouterr().out
    assert "✗ 比基准差的题 1 道，共比较 4 道" in out
    assert "变错或不答 1\n  a  对（1200万元） → " in out
    assert main(["eval", "diff", "one", "two"]) == 1
    assert "变错或不答 1" in capsys.readouterr().out
    assert main(["eval", "diff", "two", "one", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["fixed"] == 1


def test_a_run_is_scored_again_by_the_present_suite(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*RUN, "--name", "one"]) == 0
    (here / "edu.yaml").write_text(SUITE.replace("301", "300"), encoding="utf-8")
    capsys.readouterr()
    assert main(["eval", "score", "one"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 个评分改变\n  c  错 → 对")
    assert main(["eval", "show", "one"]) == 0
    assert "| 合计 |    4 |   4 |" in capsys.readouterr().out


def test_an_interrupted_run_says_how_to_go_on(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = iter(range(2))

    def interrupted(*given: object) -> object:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return judge_entry(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(evaluation, "judge_entry", interrupted)
        assert main([*RUN, "--name", "one"]) == 130
    assert "gouji eval run --resume one" in capsys.readouterr().err
    assert main(["eval", "show", "one", "--show", "none"]) == 0
    assert "尚未做完：3/4" in capsys.readouterr().out
    assert main(["eval", "run", "--resume", "one"]) == 0
    assert "| 合计 |    4 |   3 |" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["eval", "run"], "请写出题库文件"),
        ([*RUN, "--resume", "one"], "--resume 按原来的"),
        ([*RUN, "--no-regression", "zero"], "没有名为“zero”的评测"),
        ([*RUN, "--ids", "x"], "题库中没有 --ids x"),
        ([*RUN, "--min-right", "95"], "不是 0 到 1 的份额"),
        ([*RUN, "--price", "x"], "不是价格"),
        (["eval", "run", "none.yaml"], "none.yaml"),
        (["eval", "run", "edu.yaml"], "资料库是空的"),
        (["eval", "run", "edu.yaml", "--memory"], "--memory 须与 --reports 一起用"),
        (["eval", "show", "zero"], "没有名为“zero”的评测"),
    ],
)
def test_what_cannot_be_run_is_one_line(
    here: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert message in err
    assert "Traceback" not in err


def test_nothing_scored_is_no_success(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("断了")

    monkeypatch.setattr("qa.engine.Engine.ask", fail)
    assert main(list(RUN)) == 2
    assert "未评：a b c d" in capsys.readouterr().out


def test_the_screens_speak_english(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        arguments = ["--repeat", "2", "--paraphrases", "--min-right", "1", "--name", "one"]
        assert main(["--lang", "en", *RUN, *arguments]) == 1
        assert main(["--lang", "en", *RUN, "--ids", "a,b", "--name", "two"]) == 0
        assert main(["--lang", "en", "eval", "diff", "one", "two"]) == 0
        assert main(["--lang", "en", "eval", "list"]) == 0
        out = capsys.readouterr().out
    finally:
        set_help_language("zh")
    for words in ("| total |", "in other words (1 cases)", "asked again", "gone 3", "✗ right"):
        assert words in out


def test_answers_given_elsewhere_are_scored(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", "reports"]) == 0
    (here / "q.jsonl").write_text(
        '{"id": "a", "question": "云岭县教育局2023年度收入合计是多少？"}\n'
        '{"id": "b", "question": "事业收入呢？", "followup_of": "a"}\n'
        '{"id": "c", "question": ""}\n',
        encoding="utf-8",
    )
    capsys.readouterr()
    assert main(["ask", "--batch", "q.jsonl"]) == 1
    (here / "a.jsonl").write_text(capsys.readouterr().out, encoding="utf-8")
    arguments = ["eval", "run", "edu.yaml", "--answers", "a.jsonl", "--name", "one"]
    assert main([*arguments, "--min-right", "0"]) == 1
    out = capsys.readouterr().out
    assert "未评：c d" in out
    assert "| 合计 |    4 |   2 |" in out
    assert main(["eval", "show", "one"]) == 0


@pytest.mark.parametrize("line", ["nonsense", '{"question": "x"}', "[1]"])
def test_broken_answers_stop_with_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    (here / "a.jsonl").write_text(line, encoding="utf-8")
    assert main(["eval", "run", "edu.yaml", "--answers", "a.jsonl"]) == 2
    assert "a.jsonl:1：不是带 id" in capsys.readouterr().err
