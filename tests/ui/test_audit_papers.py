"""Working papers: the page is one inert file, the workbook can be read again and holds no formula."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ingest.pipeline import read_document
from qa.audit.codec import audit_to_json
from qa.audit.report import AuditedReport, audit
from ui.audit_html import html_paper
from ui.audit_paper import Paper
from ui.audit_xlsx import write_xlsx
from ui.cli import set_help_language
from ui.texts import set_language

DATA = Path(__file__).parent / "data"
HOSTILE = '=HYPERLINK("http://x.invalid")\x07<img src=http://x.invalid>\u202e'


@pytest.fixture(autouse=True)
def _back_to_chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_help_language("zh")


def report() -> AuditedReport:
    return audit(read_document((DATA / "audit_report.md").read_bytes(), "甲市水务局.md"))


def paper(*reports: AuditedReport) -> Paper:
    return Paper(reports or (report(),), "指定的报告", date(2026, 3, 5))


def hostile() -> Paper:
    """A paper on a report whose name, metrics and quotes are an attack."""
    plain = report()
    found = [
        replace(each, metric=HOSTILE, source=replace(each.source, quote=HOSTILE, row=HOSTILE))
        for each in plain.findings
    ]
    checks = [replace(each, metric=HOSTILE) for each in plain.checks]
    return paper(replace(plain, name=HOSTILE, findings=tuple(found), checks=tuple(checks)))


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_is_as_it_was_last_looked_at(golden: Callable[[str, str], None]) -> None:
    golden("audit_paper.html", html_paper(paper()))


def test_the_json_is_as_it_was_last_looked_at(golden: Callable[[str, str], None]) -> None:
    shown = json.dumps(audit_to_json(report()), ensure_ascii=False, indent=1)
    golden("audit_report.json", shown + "\n")


@pytest.mark.parametrize("each", [paper(), hostile()], ids=["plain", "hostile"])
def test_the_page_asks_for_nothing_and_runs_nothing(each: Paper) -> None:
    page = html_paper(each)
    tags = Tags(page).found
    assert {tag for tag, _ in tags}.isdisjoint({"script", "img", "link", "iframe", "a", "form"})
    attributes = {name for _, found in tags for name in found}
    assert attributes <= {"lang", "charset", "name", "content", "http-equiv", "class"}
    policy = next(found["content"] for tag, found in tags if "http-equiv" in found)
    assert policy is not None
    assert "default-src 'none'" in policy
    assert not re.search(r"url\(|@import", page)
    assert "\x07" not in page
    assert "\u202e" not in page


def test_the_page_marks_the_stated_figure_in_its_quote() -> None:
    assert "得分率为<mark>77.3%</mark>。" in html_paper(paper())


def test_a_page_of_several_reports_numbers_their_findings() -> None:
    page = html_paper(paper(report(), report()))
    assert re.findall(r'class="no">([\d-]+)<', page) == [
        f"{number}-{index}" for number in (1, 2) for index in (1, 2, 3, 4)
    ]
    assert page.count("核实意见：") == 8


def test_the_page_speaks_english() -> None:
    set_language("en")
    page = html_paper(paper())
    assert '<html lang="en">' in page
    assert "Method and limits" in page


def test_the_workbook_can_be_read_again(tmp_path: Path) -> None:
    write_xlsx(paper(), tmp_path / "底稿.xlsx")
    book = load_workbook(tmp_path / "底稿.xlsx")
    assert book.sheetnames == ["汇总", "发现", "等式明细"]
    found = book["发现"]
    rows = [[str(value or "") for value in row] for row in found.iter_rows(values_only=True)]
    column = {name: index for index, name in enumerate(rows[0])}
    assert [row[column["编号"]] for row in rows[1:]] == ["1-1", "1-2", "1-3", "1-4"]
    rate = next(row for row in rows if row[column["所列"]] == "77.3%")
    assert rate[column["复算"]] == "75.48%"
    assert rate[column["差额"]] == "+1.82个百分点"
    assert rate[column["原文"]] == "指标分值27分，评价得分20.38分，得分率为77.3%。"
    assert not rate[column["核实意见"]]
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == f"A1:AA{len(rows)}"
    details = list(book["等式明细"].iter_rows(values_only=True))
    assert len(details) == 1 + len(report().checks)
    assert [row[3] for row in details[1:] if row[2] == "不一致"] == ["1-2", "1-4", "1-3", "1-1"]
    summary = {row[0]: row[1:] for row in book["汇总"].iter_rows(values_only=True)}
    assert summary["编制日期"][0] == "2026-03-05"
    assert summary["甲市水务局.md"][1:5] == (2, 0, 4, 1)


def test_no_text_of_a_report_becomes_a_formula(tmp_path: Path) -> None:
    write_xlsx(hostile(), tmp_path / "底稿.xlsx")
    cells = [
        (str(cell.value), cell)
        for sheet in load_workbook(tmp_path / "底稿.xlsx").worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    risky = [cell for text, cell in cells if text.startswith(("=", "+", "-", "@"))]
    assert risky
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in risky)
    assert all(cell.data_type == "s" for _, cell in cells)
    assert not any(re.search("[\x07\u202e]", text) for text, _ in cells)


def test_the_workbook_speaks_english(tmp_path: Path) -> None:
    set_language("en")
    write_xlsx(paper(), tmp_path / "paper.xlsx")
    assert load_workbook(tmp_path / "paper.xlsx").sheetnames == [
        "summary",
        "findings",
        "all checks",
    ]
