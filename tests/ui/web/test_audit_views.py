"""Audits on the page: findings with both sides, filters, working papers, progress."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook

from qa.audit.model import Severity
from ui.texts import set_language
from ui.web.services import Services

NAME = "audit-of-a-test-page"
ALL = [each.value for each in Severity]


def run(services: Services, name: str = NAME, reports: list[int] | None = None) -> list[str]:
    return [str(each) for each in services.audit("", name, reports or [], "zh")]


def test_a_run_tells_how_far_it_is_and_keeps_what_it_found(services: Services) -> None:
    assert "gj-welcome" in services.audit_html("", NAME + "-0", ALL, "")
    steps = run(services)
    assert all("<progress" in each for each in steps)
    shown = services.audit_html("", NAME, ALL, "")
    assert "14 份报告" in shown
    assert shown.count("gj-card") >= 3
    assert "gj-welcome" in services.audit_html("乙", NAME, ALL, "")


def test_findings_are_narrowed(services: Services) -> None:
    run(services)
    families = services.audit_families("", NAME)
    whole = services.audit_html("", NAME, ALL, "").count('class="gj-act gj-card')
    parts = [services.audit_html("", NAME, ALL, f).count('class="gj-act gj-card') for f in families]
    assert sum(parts) == whole
    assert "没有符合的发现" in services.audit_html("", NAME, [], "")


def test_one_report_is_audited_alone(services: Services) -> None:
    number = services.library.reports()[0].id
    run(services, NAME + "-1", [number])
    assert "1 份报告" in services.audit_html("", NAME + "-1", ALL, "")


def test_a_finding_shows_both_sides_and_boxes_the_stated_one(services: Services) -> None:
    run(services)
    audit = services.talks.of("", NAME).audit
    assert audit is not None
    for number, (report, finding) in enumerate(audit.findings()):
        shown = services.finding("", NAME, str(number))
        assert finding.stated.split()[0].replace('"', "&#34;") in shown
        assert "gj-box" in shown
        spots = services.places.of_finding(finding)
        start, end = finding.mark
        document = services.library.document(spots[0].report)
        assert document.name == report.name
        assert re.sub(r"\s", "", document.text[start:end]) in re.sub(r"\s", "", finding.stated)
        assert len(spots) >= 1 + len(finding.operands)


@pytest.mark.parametrize("ref", ["", "x", "999", "0.999", "-1"])
def test_a_made_up_finding_opens_nothing_of_others(services: Services, ref: str) -> None:
    run(services)
    assert "gj-evidence" in services.finding("", NAME, ref)
    assert "gj-empty" in services.finding("乙", NAME, "0")


def test_the_working_papers_are_those_of_the_command(services: Services) -> None:
    run(services)
    book = load_workbook(io.BytesIO(services.paper("", NAME, "xlsx", "zh")))
    assert book.sheetnames == ["汇总", "发现", "等式明细"]
    assert "勾稽核查底稿" in services.paper("", NAME, "html", "zh").decode()
    assert "Working paper" in services.paper("", NAME, "html", "en").decode()
    set_language("zh")
