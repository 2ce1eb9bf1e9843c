"""`gouji audit` as a user types it, over a real library in a temporary folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.library import Library
from ingest.settings import load_settings
from ui.cli import main, set_help_language

DATA = Path(__file__).parent / "data"
REPORT = DATA / "audit_report.md"
CLEAN = "# 乙市财政局2022年度部门决算\n\n## 一、情况说明\n\n水利支出512万元，比上年增加32万元，增长6.7%。\n"


class Result:
    """What a command printed and returned."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def json(self) -> Any:
        return json.loads(self.out)


class Audit:
    """Runs `gouji audit` on one library."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self.capsys = data, capsys

    def __call__(self, *arguments: str, language: str = "zh") -> Result:
        self.capsys.readouterr()
        code = main(["--data", str(self.data), "--lang", language, "audit", *arguments])
        printed = self.capsys.readouterr()
        return Result(code, printed.out, printed.err)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with two reports, one of them without a flaw, which no test changes."""
    folder = tmp_path_factory.mktemp("library")
    shutil.copy(REPORT, folder / "甲市水务局.md")
    (folder / "乙市财政局.md").write_text(CLEAN, encoding="utf-8")
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
def audit(loaded: Path, capsys: pytest.CaptureFixture[str]) -> Audit:
    return Audit(loaded, capsys)


def test_the_screen_gives_findings_by_severity_then_the_checks(audit: Audit) -> None:
    found = audit("甲市水务局")
    assert found.code == 0
    order = [found.out.index(words) for words in ("【高】", "【中】", "核查内容", "各行合计")]
    assert order == sorted(order)
    assert "77.3% → 75.48%" in found.out
    assert "所列偏高 1.82个百分点" in found.out
    assert "> 指标分值27分，评价得分20.38分，得分率为77.3%。" in found.out


def test_a_report_without_a_flaw_says_so(audit: Audit) -> None:
    found = audit("乙市财政局")
    assert "没有发现矛盾。" in found.out
    assert "【" not in found.out


def test_all_reports_end_with_a_table_of_all(audit: Audit) -> None:
    found = audit("--all")
    assert found.out.index("甲市水务局.md") < found.out.rindex("乙市财政局.md")
    assert "程度高" in found.out


def test_the_json_is_what_other_programs_read(audit: Audit) -> None:
    (report,) = audit("甲市水务局", "--json").json()["reports"]
    assert report["report"] == "甲市水务局.md"
    assert report["checked"] == {"exact": 2, "rounding": 0, "fails": 4, "not_checkable": 1}
    text = REPORT.read_text(encoding="utf-8")
    for finding in report["findings"]:
        assert {
            "family",
            "severity",
            "stated",
            "recomputed",
            "difference",
            "quote",
            "page",
            "operands",
            "message",
        } <= finding.keys()
        assert finding["quote"] in text
        assert text[finding["start"] : finding["end"]] == finding["quote"]
        assert all(operand["quote"] in text for operand in finding["operands"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("甲市水务局",), 0),
        (("甲市水务局", "--fail-on", "never"), 0),
        (("甲市水务局", "--fail-on", "fails"), 1),
        (("甲市水务局", "--fail-on", "high"), 1),
        (("甲市水务局", "--fail-on", "low"), 1),
        (("甲市水务局", "--fail-on", "low", "--severity", "high"), 1),
        (("乙市财政局", "--fail-on", "low"), 0),
        (("乙市财政局", "--fail-on", "fails"), 0),
    ],
)
def test_scripts_are_told_by_the_exit_code(
    arguments: tuple[str, ...], code: int, audit: Audit
) -> None:
    assert audit(*arguments).code == code


def test_only_grave_findings_can_be_listed(audit: Audit) -> None:
    every = audit("甲市水务局", "--json").json()["reports"][0]["findings"]
    grave = audit("甲市水务局", "--json", "--severity", "high").json()["reports"][0]["findings"]
    assert {finding["severity"] for finding in every} == {"high", "medium"}
    assert grave == [finding for finding in every if finding["severity"] == "high"]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("--all", "--unit", "水务局"), ["甲市水务局.md"]),
        (("--all", "--year", "2022"), ["乙市财政局.md"]),
        (("2", "1"), ["乙市财政局.md", "甲市水务局.md"]),
    ],
)
def test_reports_are_chosen_by_unit_year_or_number(
    arguments: tuple[str, ...], names: list[str], audit: Audit
) -> None:
    found = audit(*arguments, "--json").json()["reports"]
    assert sorted(report["report"] for report in found) == sorted(names)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "请写出要核查的报告"),
        (("甲市水务局", "--all"), "请写出要核查的报告"),
        (("--all", "--year", "1999"), "没有符合条件的报告"),
        (("丙市",), "没有名为“丙市”的报告"),
        (("甲市水务局", "--severity", "grave"), "--severity 只能是 high / medium / low"),
        (("甲市水务局", "--html", "没有/底稿.html"), "找不到这个文件或文件夹"),
    ],
)
def test_wrong_usage_is_one_line(arguments: tuple[str, ...], words: str, audit: Audit) -> None:
    found = audit(*arguments)
    assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
    assert words in found.err


def test_a_report_of_the_library_is_not_read_again(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: object) -> None:
        raise AssertionError("a report was read again")

    monkeypatch.setattr(Library, "_read", read)
    shutil.copy(REPORT, "同一份.md")
    assert audit("甲市水务局").code == 0
    assert audit("同一份.md").code == 0


def test_a_file_outside_the_library_is_audited_and_not_added(audit: Audit) -> None:
    Path("草稿.md").write_text(CLEAN.replace("6.7%", "7.6%"), encoding="utf-8")
    (report,) = audit("草稿.md", "--json").json()["reports"]
    assert (report["report"], report["findings"][0]["stated"]) == ("草稿.md", "7.6%")
    with Library.open(load_settings(None, audit.data)) as library:
        assert len(library.reports()) == 2


def test_a_file_that_cannot_be_read_is_a_line_and_the_rest_go_on(audit: Audit) -> None:
    Path("坏的.txt").write_bytes(b"\x00\x01\x02\x03" * 300)
    found = audit("坏的.txt", "甲市水务局", "--json")
    assert found.code == 1
    assert "✗ 坏的.txt" in found.err
    assert [report["report"] for report in found.json()["reports"]] == ["甲市水务局.md"]


def test_a_file_beyond_the_limit_is_a_line(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("大的.txt").write_text(CLEAN * 20_000, encoding="utf-8")
    monkeypatch.setenv("GOUJI_MAX_FILE_MB", "1")
    found = audit("大的.txt")
    assert found.code == 1
    assert "✗ 大的.txt：文件超过 1 MB 的上限" in found.err


def test_working_papers_are_written_instead_of_the_screen(audit: Audit) -> None:
    found = audit("--all", "--html", "底稿.html", "--xlsx", "底稿.xlsx")
    assert (found.code, found.out) == (0, "")
    assert "已写入 底稿.html" in found.err
    assert "勾稽核查底稿" in Path("底稿.html").read_text(encoding="utf-8")
    assert Path("底稿.xlsx").read_bytes().startswith(b"PK")


def test_the_screen_speaks_english(audit: Audit) -> None:
    found = audit("甲市水务局", language="en")
    assert "is stated as 77.3%" in found.out
    assert "too high by 1.82个百分点" in found.out
    assert "not checkable" in found.out
