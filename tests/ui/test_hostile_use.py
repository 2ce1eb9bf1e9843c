"""What a hostile or hasty user does to the command line: one clear line, never a traceback."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import writing
from index.confined import Source
from index.model import Added
from index.store import Store
from ui.cli import main, set_help_language
from ui.errors import database_trouble
from ui.paths import Found

ROOT = Path(__file__).resolve().parents[2]
REPORT = "# {unit}2023年度部门决算\n\n2023年度机关运行经费支出{amount}万元。\n"


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    for name in [each for each in os.environ if each.startswith("GOUJI_")]:
        monkeypatch.delenv(name)
    yield
    set_help_language("zh")


def write(path: str, unit: str = "甲市水务局", amount: str = "56.40") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(REPORT.format(unit=unit, amount=amount), encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--lagn", "en"], "没有 --lagn 这个选项，是不是 --lang；用法见 gouji --help"),
        (["lits"], "没有 lits 这个命令"),
        (["--lang", "fr", "list"], "--lang 只能是 zh / en"),
        (["ingest"], "缺少 PATH…；用法见 gouji ingest --help"),
        (["ask", "q", "--year"], "选项 --year 的写法不对，或缺少它的值"),
        (["ask", "q", "--json=1"], "选项 --json 的写法不对"),
        (["--lang", "en", "ask", "--foo"], "Error: there is no option --foo; see gouji ask --help"),
        (["ask", "  "], "请给出一个问题"),
        (["ask", "--batch", "."], "这是文件夹，不是文件"),
        (["show", "\x1b[31mred\u202e"], "没有名为“[31mred”的报告"),
        (["ingest", "a\x1b]0;x\x07.txt"], "没有找到可读取的文件：a]0;x.txt"),
    ],
)
def test_wrong_usage_is_one_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err
    assert "\x1b" not in err


def test_headings_of_the_help_speak_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    chinese = run(capsys, "ask", "--help")[1]
    assert chinese.startswith("用法：gouji ask")
    assert "显示这页说明" in chinese
    english = run(capsys, "--lang", "en", "--help")[1]
    assert english.startswith("Usage: gouji")
    assert "Commands:" in english


def test_a_bad_file_is_named_once(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.txt").touch()
    code, out, _ = run(capsys, "ingest", "empty.txt")
    assert (code, out.count("empty.txt")) == (1, 1)


def test_a_folder_that_may_not_be_opened_is_told_from_an_empty_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Found((), (), (), (Path("shut"),))
    monkeypatch.setattr("ui.load.find_files", lambda _: found)
    code, _, err = run(capsys, "ingest", "shut")
    assert (code, err) == (2, "错误：shut：没有读写权限，请检查文件夹的权限\n")


def test_files_of_one_name_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    write("x/r.txt")
    write("y/r.txt", unit="乙市林业局")
    write("z/copy.txt")
    code, out, _ = run(capsys, "ingest", "x", "y", "z")
    assert code == 0
    assert "✓ x/r.txt  " not in out  # one blank: nothing of a report's layout is kept
    assert "✓ x/r.txt 已载入" in out
    assert "✓ y/r.txt 已载入" in out
    assert "✓ copy.txt 与已载入的 r.txt 内容相同" in out
    assert "共 3 个文件：载入 2，未变 1。" in out


def test_ingest_json_is_json_only_and_names_what_was_skipped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("in/a.txt")
    Path("in/b.bin").write_bytes(b"PK\3\4")
    code, out, err = run(capsys, "ingest", "--json", "in", "none")
    assert (code, err) == (1, "")
    statuses = {Path(each["path"]).name: each["status"] for each in json.loads(out)}
    assert statuses == {"a.txt": "added", "b.bin": "skipped", "none": "failed"}


def test_names_of_files_stay_inert(capsys: pytest.CaptureFixture[str]) -> None:
    name = "a\x1b[31m[bold]b[\x07\u202e c].txt"
    write("in/" + name)
    for arguments in (["ingest", "in"], ["list"], ["show", "1"], ["ask", "机关运行经费是多少"]):
        code, out, _ = run(capsys, *arguments)
        assert code == 0
        assert "a[31m[bold]b[ c].txt" in out
        assert not set("\x1b\x07\u202e") & set(out)
    assert not set("\x1b\x07\u202e") & set(run(capsys, "remove", "1")[1])


def test_text_of_reports_stays_inert(capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "# 甲市水务局2023年度部门决算\n\n## 一、运行[bold red]经费[/]\x1b[1m情况\n\n"
        "2023年度机关运行\u202e经费支出56.40万元\x1b]0;x，比2022年度增加5.19万元，增长10.1%。\n\n"
        "单位：万元\n\n| 项目 | 决算数 |\n|---|---|\n| 项目支出[link=x]点[/link] | 887.52 |\n\n"
    )
    Path("a.md").write_text(text + "保障供水安全。" * 100 + "\n", encoding="utf-8")
    assert main(["ingest", "a.md"]) == 0
    screens = [["show", "1", f"--{part}"] for part in ("sections", "tables", "figures", "json")]
    for arguments in (*screens, ["show", "1"], ["ask", "机关运行经费是多少"], ["verify"]):
        code, out, _ = run(capsys, *arguments)
        assert code == 0
        assert "\x1b" not in out
    assert "[bold red]经费[/]" in run(capsys, "show", "1", "--sections")[1]
    assert "[link=x]点[/link]" in run(capsys, "show", "1", "--figures")[1]
    assert "第 1 个表" in run(capsys, "show", "1", "--figures")[1]


def test_lines_that_go_to_a_file_have_no_blanks_at_their_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("a.txt")
    assert main(["ingest", "a.txt"]) == 0
    for arguments in (["list"], ["show", "1", "--figures"], ["ask", "机关运行经费是多少"]):
        lines = run(capsys, *arguments)[1].splitlines()
        assert lines[0]
        assert [line for line in lines if line != line.rstrip()] == []


def test_a_batch_outlives_every_kind_of_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.txt")
    assert main(["ingest", "a.txt"]) == 0
    lines = [
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"id": ' + b"9" * 5000 + b', "question": "q"}',
        b'{"id": "e", "question": "q", "followup_of": "e"}',
        b'{"id": "big", "question": "' + b"x" * 100_000 + b'"}',
        b'{"id": "s", "question": "\\ud800 \\u001b[31m \\u0000"}',
        '{"id": "ok", "question": "机关运行经费是多少？"}'.encode(),
    ]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(lines))))
    code, out, err = run(capsys, "ask", "--batch", "-")
    shown = [json.loads(line) for line in out.splitlines()]
    assert (code, len(shown)) == (1, len(lines))
    assert ["error" in each for each in shown] == [True] * 4 + [False] * 3
    assert shown[-1]["values"][0]["number"] == "56.40"
    assert "Traceback" not in err


def test_an_interrupt_keeps_what_was_read_and_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.txt")
    write("b.txt", unit="乙市林业局")
    finish = writing.finish

    def interrupted(store: Store, source: Source, *rest: Any) -> Added:
        if source.name == "b.txt":
            raise KeyboardInterrupt
        return finish(store, source, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(writing, "finish", interrupted)
        code, out, err = run(capsys, "ingest", "a.txt", "b.txt")
    assert (code, out.count("✓")) == (130, 1)
    assert err.startswith("已中断。读完的报告已在资料库里")
    assert "a.txt" in run(capsys, "list")[1]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("attempt to write a readonly database", "不可写"),
        ("database is locked", "正被另一个程序占用"),
        ("database or disk is full", "磁盘已满"),
        ("no such column: x", None),
    ],
)
def test_trouble_with_the_database_is_told_from_defects(message: str, words: str | None) -> None:
    error = RuntimeError("wrapped")
    error.__cause__ = sqlite3.OperationalError(message)
    told = database_trouble(error)
    assert told is None if words is None else words in str(told)
    assert database_trouble(RuntimeError(message)) is None


@pytest.mark.skipif(os.name != "posix", reason="needs pipes and signals of POSIX")
def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    gouji = f"{sys.executable} -c 'import sys; from ui.cli import main; sys.exit(main())'"
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-c", f"{gouji} config | head -c 1 >/dev/null"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_DFL),
    )
    assert (done.returncode, done.stderr) == (0, "")
