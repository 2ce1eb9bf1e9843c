"""A run as JUnit XML, JSON and Markdown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from eval.reports.collected import collect
from eval.reports.writing import FORMATS, report_text, save_report
from eval.runlog import RunLogError
from tests.eval.reports.conftest import Make, answer, value

# As in the schema that Jenkins publishes; other servers read less.
JUNIT = {
    "testsuites": {"name", "time", "tests", "failures", "disabled", "errors"},
    "testsuite": {
        "name",
        "tests",
        "failures",
        "errors",
        "time",
        "skipped",
        "timestamp",
        "hostname",
    },
    "properties": set[str](),
    "property": {"name", "value"},
    "testcase": {"name", "classname", "time", "assertions", "status"},
    "failure": {"message", "type"},
    "skipped": {"message"},
    "system-out": set[str](),
}


def test_junit_has_failures_and_skips_with_reasons(make: Make) -> None:
    text = report_text(collect(make("one")), "junit")
    root = etree.fromstring(text.encode())
    for element in root.iter(etree.Element):
        assert set(element.attrib) <= JUNIT[str(element.tag)]
    assert {str(name): str(given) for name, given in root.attrib.items()} == {
        "name": "gouji", "tests": "7", "failures": "4", "errors": "0", "time": "0.210"
    }  # fmt: skip
    (suite,) = root
    assert (suite.get("skipped"), suite.get("timestamp")) == ("2", "2026-11-26T10:00:00")
    cases = {case.get("name"): case for case in suite.iter("testcase")}
    assert len(cases["a"]) == 0
    failure = cases["b"].find("failure")
    assert failure is not None
    assert failure.get("type") == "checked_wrong"
    assert str(failure.get("message")).startswith("CHECKED_WRONG: 数值不符：应为1100万元")
    assert "<script>alert(1)</script>" in str(failure.text)
    assert cases["c"].find("failure").get("type") == "wrong"  # type: ignore[union-attr]
    assert cases["f"].find("skipped").get("message") == "abstained: abstained"  # type: ignore[union-attr]
    assert "断了" in cases["g"].find("skipped").get("message")  # type: ignore[union-attr, operator]


def test_junit_keeps_suites_apart_that_a_log_mixes(make: Make) -> None:
    root = etree.fromstring(report_text(collect(make("one", other="bdf")), "junit").encode())
    found = {
        suite.get("name"): "".join(str(case.get("name")) for case in suite.iter("testcase"))
        for suite in root
    }
    assert found == {"suite.yaml": "aceg", "other.yaml": "bdf"}
    assert [suite.get("failures") for suite in root] == ["2", "2"]


def test_json_has_every_answer(make: Make) -> None:
    before = make("before", {"b": answer("answered", "", value("1100", "万元"))})
    found = json.loads(report_text(collect(make("one"), before), "json"))
    assert found["format"] == 1
    assert found["summary"]["everything"]["wrong"] == 4
    assert found["diff"]["counts"]["broken"] == 1
    assert (found["done"], found["whole"]) == (7, True)
    cases = {case["id"]: case for case in found["cases"]}
    assert set(cases) == set("abcdefg")
    assert cases["b"]["gaps"][0]["difference"] == "−1万元"
    assert cases["b"]["checked_wrong"] is True
    assert cases["g"]["answer"] is None
    assert cases["g"]["aspects"] is None
    assert cases["a"]["answer"]["values"][0]["number"] == "12.0"
    assert list(cases["a"]) == [
        "suite", "id", "repeat", "type", "kind", "tags", "question", "followup_of", "expected",
        "verdict", "reason", "checked_wrong", "stated_wrong", "verdict_stated", "confidence",
        "gaps", "aspects", "seconds", "tokens", "calls", "cost", "answer",
    ]  # fmt: skip


def test_markdown_is_short_and_inert(make: Make) -> None:
    before = make("before", {"b": answer("answered", "", value("1100", "万元"))})
    text = report_text(collect(make("one"), before), "md")
    assert "**对 1/6 (16.7%)** · **错 4, 其中显示为已核对 2** · **变差 1 题**" in text
    assert "| 变错或不答 |" in text
    assert "<details><summary>未答对的 6 题</summary>" in text
    assert "<script" not in text
    assert "<img" not in text
    assert "@all" not in text
    english = report_text(collect(make("two")), "md", "en")
    assert "**right 1/6 (16.7%)**" in english


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_whole_or_not_there(make: Make, tmp_path: Path, form: str) -> None:
    found, path = collect(make("one")), tmp_path / f"report.{form}"
    save_report(found, form, path)  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8").rstrip()
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []
    (found.run.folder / "run.jsonl").write_text("{}\nx\n", encoding="utf-8")
    if form in {"junit", "json"}:
        other = tmp_path / "other"
        with pytest.raises(RunLogError):
            save_report(found, form, other)  # type: ignore[arg-type]
        assert not other.exists()
