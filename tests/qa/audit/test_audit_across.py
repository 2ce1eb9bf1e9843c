"""Reports audited together: what they say of one another stands with the findings."""

from __future__ import annotations

from ingest.model import Document, Verdict
from ingest.pipeline import read_document
from qa.audit.across import joined
from qa.audit.report import AuditedReport, audit
from qa.compare.across import across

BODY = "云岭市水务局"


def accounts(year: int, text: str) -> Document:
    head = f"{year}年度{BODY}部门决算\n\n一、情况说明\n\n"
    return read_document((head + text + "\n").encode(), f"{BODY}{year}.txt")


def together(*documents: Document) -> list[AuditedReport]:
    reports = {key: audit(document) for key, document in enumerate(documents)}
    claims = across(dict(enumerate(documents)))
    return list(joined(reports, claims, lambda key: documents[key]).values())


BEFORE = "机关运行经费支出116.16万元。"


def test_last_years_value_that_another_report_gives_otherwise_is_a_finding() -> None:
    now = "机关运行经费支出119.82万元，比上年增加6.36万元。"
    old, new = together(accounts(2022, BEFORE), accounts(2023, now))
    assert old.findings == ()
    (finding,) = new.findings
    assert (finding.family, finding.stated, finding.recomputed) == (
        "last_year",
        "6.36万元",
        "3.66万元",
    )
    assert finding.direction == "high"
    assert finding.source.report.endswith("2023.txt")
    assert {operand.source.report for operand in finding.operands} == {
        f"{BODY}2022.txt",
        f"{BODY}2023.txt",
    }
    assert new.families["last_year"]["fails"] == new.counts["fails"] == 1
    assert [each.finding for each in new.checks if each.family == "last_year"] == [finding]


def test_what_agrees_is_counted() -> None:
    now = "机关运行经费支出119.82万元，比上年增加3.66万元，增长3.15%。"
    _, new = together(accounts(2022, BEFORE), accounts(2023, now))
    assert new.findings == ()
    assert new.families["last_year"]["exact"] == 1


def test_a_slip_that_the_report_shows_itself_is_no_second_finding() -> None:
    now = "机关运行经费支出119.82万元，比上年增加6.36万元，增长3.15%。"
    old, new = together(accounts(2022, BEFORE), accounts(2023, now))
    failed = [each for each in new.checks if each.verdict is Verdict.FAILS]
    assert len({id(each.finding) for each in failed}) == len(new.findings)
    assert old.findings == ()
