"""The commands as a user types them, over a real library in a temporary folder."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from index.library import Library
from ingest.settings import load_settings
from ui.cli import main, set_help_language
from ui.tables import reports_list

ROOT = Path(__file__).resolve().parents[2]

REPORT = """# 甲市水务局2023年度部门决算

## 一、部门概况

甲市水务局负责全市水资源管理。

## 二、机关运行经费支出情况

2023年度机关运行经费支出56.40万元，比2022年度增加5.19万元，增长10.1%。

## 三、收入支出决算总表

单位：万元

| 项目 | 决算数 |
|---|---|
| 基本支出 | 1,112.48 |
| 项目支出 | 887.52 |
| 本年支出合计 | 2,000.00 |
"""


class Result:
    """What a command printed and returned."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def json(self) -> Any:
        return json.loads(self.out)


class Gouji:
    """Runs commands on one library."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self.capsys = data, capsys

    def __call__(self, *arguments: str) -> Result:
        self.capsys.readouterr()
        code = main(["--data", str(self.data), *arguments])
        printed = self.capsys.readouterr()
        return Result(code, printed.out, printed.err)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one report, which no test changes."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "甲市水务局决算.md").write_text(REPORT, encoding="utf-8")
    assert main(["--data", str(folder / "data"), "ingest", str(folder)]) == 0
    return folder / "data"


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    for name in ("GOUJI_CONFIG", "GOUJI_DATA_DIR", "GOUJI_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    yield
    set_help_language("zh")


@pytest.fixture
def gouji(loaded: Path, capsys: pytest.CaptureFixture[str]) -> Gouji:
    return Gouji(loaded, capsys)


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Gouji:
    return Gouji(tmp_path / "data", capsys)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from ui.cli import main, set_help_language; main(['--help']); main(['ask', '--help']);"
        "heavy = {'rich', 'sqlalchemy', 'chromadb', 'torch', 'langchain', 'numpy', 'pydantic'};"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "ingest" in done.stdout


def test_ingest_says_what_each_file_became(empty: Gouji, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "other.mp3").write_bytes(b"ID3")
    first = empty("ingest", str(tmp_path / "a.md"), str(tmp_path))
    assert first.code == 0
    assert "✓ a.md" in first.out
    assert "部门决算" in first.out
    assert "甲市水务局" in first.out
    assert "2023" in first.out
    assert "1 个文件的类型（.mp3）目前不能读取" in first.out
    again = empty("ingest", "--json", str(tmp_path / "a.md"))
    assert [each["status"] for each in again.json()] == ["unchanged"]


def test_an_archive_gives_a_line_for_each_file_in_it(empty: Gouji, tmp_path: Path) -> None:
    path = tmp_path / "in" / "公开.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2023/决算.md", REPORT)
        archive.writestr("2023/坏.txt", b"\x00\x01\x02\xff" * 50)
        archive.writestr("声音.mp3", b"ID3")
    result = empty("ingest", str(path.parent))
    assert result.code == 1
    assert "✓ 公开.zip/2023/决算.md" in result.out
    assert "✗ 公开.zip/2023/坏.txt：" in result.out
    assert "共 2 个文件：载入 1，失败 1。" in result.out
    assert "另有 1 个文件的类型（.mp3）" in result.out
    again = empty("ingest", "--retry", "--json")
    assert {Path(each["path"]).name: each["status"] for each in again.json()} == {
        "决算.md": "unchanged",
        "坏.txt": "failed",
        "声音.mp3": "skipped",
    }


def test_a_bad_file_fails_alone(empty: Gouji, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    result = empty(
        "ingest", "--json", *(str(tmp_path / name) for name in ("a.md", "bad.txt", "none.txt"))
    )
    assert result.code == 1
    outcomes = {Path(each["path"]).name: each for each in result.json()}
    assert outcomes["a.md"]["status"] == "added"
    for name in ("bad.txt", "none.txt"):
        assert outcomes[name]["status"] == "failed"
        assert outcomes[name]["problem"]


def test_failed_files_are_listed_and_read_again(empty: Gouji, tmp_path: Path) -> None:
    bad = tmp_path / "坏.txt"
    bad.write_bytes(b"")
    assert empty("list", "--failed").out == "没有读取失败的文件。\n"
    assert empty("ingest", str(bad)).code == 1
    listed = empty("list", "--failed").out
    assert f"✗ {bad}：文件是空的" in listed
    assert "共 1 个文件读取失败" in listed
    assert empty("list", "--failed", "--json").json()[0]["name"] == "坏.txt"
    assert empty("ingest", "--retry").code == 1
    bad.write_text(REPORT, encoding="utf-8")
    again = empty("ingest", "--retry")
    assert (again.code, "已载入" in again.out) == (0, True)
    assert empty("ingest", "--retry").out == "没有读取失败的文件。\n"


def test_nothing_to_ingest_is_one_line(empty: Gouji, tmp_path: Path) -> None:
    result = empty("ingest", str(tmp_path / "nowhere"))
    assert result.code == 2
    assert result.err.startswith("错误：没有找到可读取的文件")
    assert result.err.count("\n") == 1


def test_list_shows_the_reports(gouji: Gouji, empty: Gouji) -> None:
    assert "甲市水务局决算.md" in gouji("list").out
    (report,) = gouji("list", "--json").json()
    assert (report["entity"], report["year"]) == ("甲市水务局", "2023")
    assert report["figures"] >= 6
    assert "gouji ingest" in empty("list").out
    assert empty("list", "--json").json() == []


@pytest.mark.parametrize(("width", "lines"), [(200, 3), (40, 4)])
def test_a_narrow_screen_gets_some_lines_a_report_instead_of_a_table(
    loaded: Path, width: int, lines: int
) -> None:
    with Library.open(load_settings(None, loaded)) as library:
        (report,) = library.reports()
    out = io.StringIO()
    console = Console(file=out, width=width)
    console.print(reports_list([replace(report, project="很长的项目名称")], console))
    assert len(out.getvalue().splitlines()) == lines
    assert "甲市水务局决算.md" in out.getvalue()


def test_show_prints_what_was_read(gouji: Gouji) -> None:
    assert "甲市水务局" in gouji("show", "水务局").out
    assert "机关运行经费支出情况" in gouji("show", "水务局", "--sections").out
    assert "3 行 2 列" in gouji("show", "水务局", "--tables").out
    assert "56.40 万元" in gouji("show", "水务局", "--figures").out
    everything = gouji("show", "甲市水务局决算.md", "--json").json()
    figure = next(each for each in everything["figures"] if each["printed"] == "56.40")
    assert (figure["unit"], figure["period"]) == ("万元", "2023")
    assert "".join(REPORT[start:end] for start, end in figure["spans"]) == figure["quote"]
    assert gouji("show", "水务局", "--tables", "--json").json().keys() == {"report", "tables"}


def test_an_unknown_report_is_named_with_the_nearest(gouji: Gouji) -> None:
    result = gouji("show", "甲市水务局决算.txt")
    assert result.code == 2
    assert "最接近的是 甲市水务局决算.md" in result.err


def test_remove_takes_a_report_out(empty: Gouji, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    assert empty("ingest", str(tmp_path / "a.md")).code == 0
    assert "已删去 a.md" in empty("remove", "a.md").out
    assert empty("list", "--json").json() == []
    assert empty("remove", "a.md").code == 2


def test_ask_answers_with_check_and_source(gouji: Gouji) -> None:
    result = gouji("ask", "2023年度机关运行经费支出是多少？")
    assert result.code == 0
    assert "56.4" in result.out
    assert "✓ 已复算" in result.out or "≈ 舍入内一致" in result.out
    assert "甲市水务局决算.md" in result.out


def test_ask_json_quotes_the_source_verbatim(gouji: Gouji) -> None:
    answer = gouji("ask", "--json", "2023年度机关运行经费支出是多少？").json()
    assert answer["outcome"] == "answered"
    (source, *_) = answer["values"][0]["sources"]
    assert source["quote"] in REPORT
    assert answer["values"][0]["unit"] == "万元"
    assert answer["coverage"]["reports"] == 1


def test_filters_narrow_the_question(gouji: Gouji) -> None:
    question = "机关运行经费支出是多少？"
    for options in (("--year", "2019"), ("--unit", "乙市林业局"), ("--kind", "部门预算")):
        assert gouji("ask", "--json", question, *options).json()["outcome"] == "abstained"
    for options in (("--year", "2023"), ("--kind", "final_accounts"), ("--report", "水务局")):
        assert gouji("ask", "--json", question, *options).json()["outcome"] == "answered"
    wrong = gouji("ask", question, "--kind", "小说")
    assert wrong.code == 2
    assert "部门决算" in wrong.err


def test_a_batch_is_answered_line_by_line(gouji: Gouji, tmp_path: Path) -> None:
    lines = [
        {"id": "a", "question": "2023年度机关运行经费支出是多少？"},
        {"id": "b", "question": "比上年增长了百分之几？", "followup_of": "a"},
        {"id": 3, "question": "比上年增加了多少？", "followup_of": "a", "type": "x"},
    ]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    result = gouji("ask", "--batch", str(batch))
    assert result.code == 0
    answers = [json.loads(line) for line in result.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", 3]
    assert [answer["values"][0]["number"] for answer in answers] == ["56.40", "10.1", "5.19"]
    assert result.err.count("type") == 1


def test_a_broken_line_does_not_stop_a_batch(gouji: Gouji, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        b"{",
        b'{"id": "a", "question": "q", "followup_of": "z"}',
        '{"id": "b", "question": "2023年度机关运行经费支出是多少？"}'.encode(),
    ]
    stdin = io.TextIOWrapper(io.BytesIO(b"\n".join(lines)))
    monkeypatch.setattr(sys, "stdin", stdin)
    result = gouji("ask", "--batch", "-")
    assert result.code == 1
    first, second, third = (json.loads(line) for line in result.out.splitlines())
    assert (first["id"], first["line"]) == (None, 1)
    assert (second["id"], second["line"]) == ("a", 2)
    assert "z" in second["error"]
    assert third["outcome"] == "answered"


def test_a_conversation_remembers_the_question_before(
    gouji: Gouji, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "2023年度机关运行经费支出是多少？\n\n比上年增长了百分之几？\n退出\n不再读\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(words))
    result = gouji("ask", "-i", "--json")
    answers = [json.loads(line) for line in result.out.splitlines()]
    assert [answer["values"][0]["number"] for answer in answers] == ["56.40", "10.1"]


@pytest.mark.parametrize(
    "arguments", [("ask",), ("ask", "q", "--batch", "f"), ("ask", "-i", "--batch", "f")]
)
def test_ask_wants_exactly_one_source_of_questions(
    gouji: Gouji, arguments: tuple[str, ...]
) -> None:
    result = gouji(*arguments)
    assert result.code == 2
    assert "--batch" in result.err


def test_verify_agrees_and_rebuild_keeps_answers(gouji: Gouji) -> None:
    verified = gouji("verify", "--json")
    assert verified.code == 0
    assert verified.json()["figures"] == verified.json()["agreed"] > 0
    assert gouji("rebuild").code == 0
    assert gouji("ask", "--json", "2023年度机关运行经费支出是多少？").json()["values"]


def test_config_lists_every_setting(gouji: Gouji, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_MAX_FILE_MB", "7")
    assert gouji("config", "--json").json()["max_file_mb"] == 7
    assert "默认 100" in gouji("config").out
    assert "default 100" in gouji("--lang", "en", "config").out


def test_known_errors_are_one_line(
    gouji: Gouji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    commands = [
        ["--data", str(tmp_path / "file"), "list"],
        ["--config", str(tmp_path / "none.toml"), "list"],
        ["--data", str(gouji.data), "ask", "--batch", str(tmp_path / "none.jsonl")],
        ["--lagn", "en", "list"],
    ]
    for command in commands:
        gouji.capsys.readouterr()
        assert main(command) == 2, command
        assert "Traceback" not in gouji.capsys.readouterr().err
    monkeypatch.setenv("GOUJI_DATA_DRI", "x")
    result = gouji("list")
    assert (result.code, "GOUJI_DATA_DIR" in result.err) == (2, True)


def test_screens_come_in_english(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    main(["--data", str(loaded), "--lang", "en", "ask", "2023年度机关运行经费支出是多少？"])
    assert "1 reports in scope, 1 used" in capsys.readouterr().out
    main(["--lang", "en", "--help"])
    assert "Load reports" in capsys.readouterr().out


def test_a_page_or_an_excerpt_is_written(gouji: Gouji, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    done = gouji("show", "甲市水务局", "--highlight", "56.40", str(out))
    assert (done.code, out.exists()) == (0, False)
    assert "<mark>56.40万元</mark>" in (tmp_path / "out.html").read_text(encoding="utf-8")
    assert (
        "没有编号或写法为“9.99”的数值"
        in gouji("show", "甲市水务局", "--highlight", "9.99", str(out)).err
    )
    assert "要同时写出" in gouji("show", "甲市水务局", "--page", "1").err
