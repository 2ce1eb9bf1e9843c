"""The working paper as a workbook: 汇总, 发现, 等式明细.

Every text is written as text: one that starts like a formula stays inert in any spreadsheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ingest.model import Verdict
from qa.audit import AuditedReport, CheckedClaim
from qa.audit_model import Finding, Operand, Severity
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
from ui.texts import t

Value = str | int | None
Row = Sequence[Value]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What XML 1.0 cannot hold, and what changes the direction of the text around it.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_LONGEST = 32_000  # characters that a cell may hold, a little less
_MOST_ROWS = 1_000_000  # that a sheet may hold, a little less
_THIN = Side(style="thin", color="C3C8CD")
_HEAD = Border(bottom=Side(style="medium", color="14171A"))
_CELL = Border(bottom=_THIN)


def write_xlsx(paper: Paper, path: Path) -> None:
    """Write the workbook to `path`, in the current language."""
    book = Workbook(write_only=True)
    book.properties.creator = "Gouji"
    _summary(book, paper)
    _sheet(book, t("发现"), [*_FINDING_COLUMNS.values()], _finding_rows(paper.reports))
    _sheet(book, t("等式明细"), [*_CLAIM_COLUMNS.values()], _claim_rows(paper.reports))
    book.save(path)


def _cell(sheet: Worksheet, value: Value, *, head: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.border = _HEAD if head else _CELL
    cell.font = Font(bold=head)
    if isinstance(value, str):
        text = _UNFIT.sub("", value)[:_LONGEST]
        cell.value = text
        cell.data_type = "s"
        if text.startswith(_FORMULA):
            cell.quotePrefix = True
    else:
        cell.value = value
    return cell


def _append(sheet: Worksheet, row: Row, *, head: bool = False) -> None:
    sheet.append([_cell(sheet, value, head=head) for value in row])


def _new(book: Workbook, title: str, widths: Sequence[int]) -> Worksheet:
    """A sheet that prints on A4 across, its first row again on each page."""
    sheet: Worksheet = book.create_sheet(title)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return sheet


def _sheet(
    book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Iterator[Row]
) -> None:
    sheet = _new(book, title, [width for _, width in columns])
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _append(sheet, [t(name) for name, _ in columns], head=True)
    last = 1
    for row in rows:
        if last == _MOST_ROWS:
            _append(sheet, [t("行数已达上限，其余未列；请分批核查。")])
            break
        _append(sheet, row)
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def _summary(book: Workbook, paper: Paper) -> None:
    sheet = _new(book, t("汇总"), [44, 46, *([11] * (len(Verdict) + len(Severity)))])
    _append(sheet, [t("勾稽核查底稿")], head=True)
    for name, value in (
        (t("核查范围"), paper.scope),
        (t("编制日期"), paper.day.isoformat()),
        (t("编制人"), ""),
        (t("复核人"), ""),
        (t("索引号"), ""),
    ):
        _append(sheet, [name, value])
    _append(sheet, [])
    levels = [t("程度") + t(SEVERITY_WORDS[each]) for each in Severity]
    heads = [t("报告"), t("单位、项目、年度"), *map(verdict_name, Verdict), *levels]
    _append(sheet, heads, head=True)
    for report in paper.reports:
        who = "\n".join(part_line(part) for part in report.parts)
        found = severities(report).values()
        _append(sheet, [report.name, who, *_counts(report.counts), *found])
    total = [*_counts(paper.counts), *paper.severities.values()]
    _append(sheet, [t("合计"), "", *total], head=True)
    _append(sheet, [])
    _append(sheet, [t("核查内容"), "", *map(verdict_name, Verdict)], head=True)
    for family, counts in _families(paper).items():
        _append(sheet, [family_name(family), "", *_counts(counts)])
    _append(sheet, [])
    _append(sheet, [t("方法与限度")], head=True)
    for number, words in enumerate(method(), 1):
        _append(sheet, [f"{number}.", words])


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
