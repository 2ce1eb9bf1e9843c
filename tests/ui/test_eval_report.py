"""`gouji eval report`, and reports written by `gouji eval run`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from tests.ui.test_eval import RUN, here
from ui.cli import main, set_help_language

__all__ = ["here"]


def test_a_run_writes_its_reports(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = ["--html", "r.html", "--junit", "r.xml", "--md", "r.md"]
    assert main([*RUN, "--name", "one", *files]) == 0
    err = capsys.readouterr().err
    assert err.count("已写入") == 3
    assert "评测报告" in (here / "r.html").read_text(encoding="utf-8")
    assert etree.parse(here / "r.xml").getroot().get("failures") == "1"
    assert (here / "r.md").read_text(encoding="utf-8").startswith("### 评测 one\n\n**对 ")


def test_a_report_of_a_run_in_each_form(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*RUN, "--name", "one"]) == 0
    capsys.readouterr()
    assert main(["eval", "report", "latest", "--format", "json", "--baseline", "one"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["run"]["run"], found["diff"]["compared"]) == ("one", 4)
    try:
        assert main(["--lang", "en", "eval", "report", "one"]) == 0
    finally:
        set_help_language("zh")
    assert '<html lang="en">' in capsys.readouterr().out
    assert main(["eval", "report", "one", "-o", "x.xml"]) == 0
    assert etree.parse(here / "x.xml").getroot().tag == "testsuites"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["eval", "report", "zero"], "没有名为“zero”的评测"),
        (["eval", "report", "one", "--baseline", "zero"], "没有名为“zero”的评测"),
        (["eval", "report", "one", "-o", "none/x.html"], "无法写入"),
        ([*RUN, "--html", "none/x.html"], "没有文件夹 none"),
    ],
)
def test_what_cannot_be_written_is_one_line(
    here: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*RUN, "--name", "one"]) == 0
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert message in err
    assert "Traceback" not in err
    assert len(list((here / "data" / "evaluations").iterdir())) == 1
