"""The working paper as a workbook: 汇总, 发现, 等式明细.

Every text is written as text: one that starts like a formula stays inert in any spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook

from ingest.model import Verdict
from qa.audit.model import Finding, Operand, Severity
from qa.audit.report import AuditedReport, CheckedClaim
from ui.audit_paper import Paper, method
from ui.audit_words import (
    BACKING_WORDS,
    DIRECTION_WORDS,
    SEVERITY_WORDS,
    family_name,
    formula_of,
    part_line,
    place_of,
    rivals_of,
    sentence_of,
    severities,
    slip_of,
    verdict_name,
)
from ui.sheets import Row, Value, append, listed, new_book, new_sheet
from ui.texts import t


def write_xlsx(paper: Paper, path: Path) -> None:
    """Write the workbook to `path`, in the current language."""
    book = new_book()
    _summary(book, paper)
    listed(book, t("发现"), [*_FINDING_COLUMNS.values()], _finding_rows(paper.reports))
    listed(book, t("等式明细"), [*_CLAIM_COLUMNS.values()], _claim_rows(paper.reports))
    book.save(path)


def _summary(book: Workbook, paper: Paper) -> None:
    sheet = new_sheet(book, t("汇总"), [44, 46, *([11] * (len(Verdict) + len(Severity)))])
    append(sheet, [t("勾稽核查底稿")], head=True)
    for name, value in (
        (t("核查范围"), paper.scope),
        (t("编制日期"), paper.day.isoformat()),
        (t("编制人"), ""),
        (t("复核人"), ""),
        (t("索引号"), ""),
    ):
        append(sheet, [name, value])
    append(sheet, [])
    levels = [t("程度") + t(SEVERITY_WORDS[each]) for each in Severity]
    heads = [t("报告"), t("单位、项目、年度"), *map(verdict_name, Verdict), *levels]
    append(sheet, heads, head=True)
    for report in paper.reports:
        who = "\n".join(part_line(part) for part in report.parts)
        found = severities(report).values()
        append(sheet, [report.name, who, *_counts(report.counts), *found])
    total = [*_counts(paper.counts), *paper.severities.values()]
    append(sheet, [t("合计"), "", *total], head=True)
    append(sheet, [])
    append(sheet, [t("核查内容"), "", *map(verdict_name, Verdict)], head=True)
    for family, counts in _families(paper).items():
        append(sheet, [family_name(family), "", *_counts(counts)])
    append(sheet, [])
    append(sheet, [t("方法与限度")], head=True)
    for number, words in enumerate(method(), 1):
        append(sheet, [f"{number}.", words])


def _families(paper: Paper) -> dict[str, dict[str, int]]:
    """Checks by family and verdict over all reports."""
    found: dict[str, dict[str, int]] = {}
    for report in paper.reports:
        for family, counts in report.families.items():
            own = found.setdefault(family, dict.fromkeys(counts, 0))
            for verdict, count in counts.items():
                own[verdict] += count
    return found


def _counts(counts: dict[str, int]) -> list[int]:
    return [counts.get(verdict.value, 0) for verdict in Verdict]


_FINDING_COLUMNS = {
    "no": ("编号", 7),
    "report": ("报告", 26),
    "severity": ("严重程度", 9),
    "family": ("核查内容", 12),
    "metric": ("指标", 24),
    "stated": ("所列", 15),
    "recomputed": ("复算", 15),
    "interval": ("可取区间", 20),
    "difference": ("差额", 15),
    "direction": ("方向", 8),
    "page": ("页", 6),
    "section": ("章节路径", 28),
    "table": ("表", 20),
    "row": ("行", 20),
    "column": ("列", 16),
    "quote": ("原文", 50),
    "formula": ("算式", 40),
    "operands": ("所用的数及位置", 50),
    "backing": ("佐证情况", 22),
    "support": ("佐证", 40),
    "slip": ("可能的笔误", 24),
    "also": ("连带不成立", 40),
    "repeated": ("同样写法", 40),
    "message": ("说明", 60),
    "opinion": ("核实意见", 30),
    "signed": ("核实人", 10),
    "date": ("核实日期", 12),
}


def _finding_rows(reports: Sequence[AuditedReport]) -> Iterator[Row]:
    for number, report in enumerate(reports, 1):
        for index, finding in enumerate(report.findings, 1):
            yield [f"{number}-{index}", report.name, *_finding_row(finding), "", "", ""]


def _finding_row(finding: Finding) -> list[Value]:
    source = finding.source
    support = [t("所列一边：") + formula_of(line) for line in finding.evidence.stated_support]
    support += [t("复算一边：") + formula_of(line) for line in finding.evidence.support]
    support += [t("也可能有误的数：") + rivals_of(finding)] if finding.evidence.rivals else []
    direction = t(DIRECTION_WORDS[finding.direction]) if finding.direction else ""
    return [
        t(SEVERITY_WORDS[finding.severity]),
        family_name(finding.family),
        finding.metric,
        finding.stated,
        finding.recomputed,
        finding.interval,
        finding.difference,
        direction,
        source.page,
        " › ".join(finding.section),
        source.table,
        source.row,
        source.column,
        source.quote,
        finding.equation.formula,
        "\n".join(_operand(each) for each in finding.operands),
        t(BACKING_WORDS[finding.evidence.backing]),
        "\n".join(support),
        slip_of(finding),
        "\n".join(formula_of(line) for line in finding.also),
        "\n".join(f"{each.quote}（{place_of(each)}）" for each in finding.repeated),
        sentence_of(finding),
    ]


def _operand(operand: Operand) -> str:
    place = place_of(operand.source, operand.section)
    return f"{operand.number}{operand.unit} {operand.metric}（{place}）"


_CLAIM_COLUMNS = {
    "report": ("报告", 26),
    "family": ("核查内容", 12),
    "verdict": ("结论", 12),
    "finding": ("所属发现", 9),
    "metric": ("指标", 28),
    "stated": ("所列", 15),
    "formula": ("算式", 50),
    "recomputed": ("复算", 15),
    "interval": ("可取区间", 20),
    "reason": ("原因", 24),
    "page": ("页", 6),
    "section": ("章节路径", 30),
    "table": ("表", 20),
    "row": ("行", 20),
    "column": ("列", 16),
}


def _claim_rows(reports: Sequence[AuditedReport]) -> Iterator[Row]:
    for number, report in enumerate(reports, 1):
        numbers = {id(each): f"{number}-{n}" for n, each in enumerate(report.findings, 1)}
        for claim in report.checks:
            yield [report.name, *_claim_row(claim, numbers.get(id(claim.finding), ""))]


def _claim_row(claim: CheckedClaim, finding: str) -> list[Value]:
    source = claim.source
    return [
        family_name(claim.family),
        verdict_name(claim.verdict),
        finding,
        claim.metric,
        claim.stated,
        claim.formula,
        claim.recomputed,
        claim.interval,
        claim.reason,
        source.page,
        " › ".join(claim.section),
        source.table,
        source.row,
        source.column,
    ]
