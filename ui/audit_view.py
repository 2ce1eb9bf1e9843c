"""An audit on a terminal: findings by severity with place and quote, then the checks by family.

Text of reports is untrusted: it is shown as plain text, without markup and control characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ingest.model import Verdict
from qa.audit.model import Finding, Severity
from qa.audit.report import AuditedReport
from ui.audit_words import (
    SEVERITY_WORDS,
    family_name,
    part_line,
    place_of,
    sentence_of,
    severities,
    verdict_name,
)
from ui.texts import plain, t

_STYLES = {Severity.HIGH: "bold red", Severity.MEDIUM: "yellow", Severity.LOW: "cyan"}


def audit_view(reports: Sequence[AuditedReport]) -> RenderableType:
    """All reports, one after the other; with several of them, a table of all at the end."""
    parts: list[RenderableType] = []
    for report in reports:
        parts += [*_report(report), Text()]
    return Group(*parts, *([_overview(reports)] if len(reports) > 1 else []))


def _report(report: AuditedReport) -> Iterator[RenderableType]:
    yield Text(plain(report.name), style="bold")
    for part in report.parts:
        yield _indented(Text(part_line(part), style="dim"))
    if not report.findings:
        yield _indented(Text(t("没有发现矛盾。"), style="green"))
    for number, finding in enumerate(report.findings, 1):
        yield from _finding(number, finding)
    if report.families:
        yield _indented(_families(report))


def _finding(number: int, finding: Finding) -> Iterator[RenderableType]:
    style = _STYLES[finding.severity]
    head = Text(f"{number}. 【{t(SEVERITY_WORDS[finding.severity])}】", style=style)
    values = f"{plain(finding.stated)} → {plain(finding.recomputed)}"
    head.append(f"{plain(finding.metric)}  ", style="bold")
    head.append(values if finding.recomputed else plain(finding.stated), style=style)
    yield _indented(head)
    yield _indented(Text(sentence_of(finding)), 5)
    yield _indented(Text(place_of(finding.source, finding.section), style="dim"), 5)
    for source in (finding.source, *finding.repeated):
        # A grid, because a long Chinese quote would else be wrapped at the blank after the sign.
        quote = Table.grid(padding=(0, 1, 0, 0))
        quote.add_column(no_wrap=True)
        quote.add_column(overflow="fold")
        quote.add_row(Text(">", style="dim"), Text(plain(source.quote), style="dim"))
        yield _indented(quote, 5)


def _table(*heads: str) -> Table:
    """An empty table whose columns hold numbers, but for the first."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(heads[0], overflow="fold")
    for head in heads[1:]:
        table.add_column(head, justify="right", no_wrap=True)
    return table


def _families(report: AuditedReport) -> Table:
    table = _table(t("核查内容"), *(verdict_name(verdict) for verdict in Verdict))
    for family, counts in report.families.items():
        table.add_row(Text(plain(family_name(family))), *_counts(counts))
    table.add_row(Text(t("合计")), *_counts(report.counts), style="bold")
    return table


def _overview(reports: Sequence[AuditedReport]) -> Table:
    words = [t("程度") + t(SEVERITY_WORDS[each]) for each in Severity]
    table = _table(t("报告"), *(verdict_name(verdict) for verdict in Verdict), *words)
    for report in reports:
        found = [str(count) if count else "·" for count in severities(report).values()]
        table.add_row(Text(plain(report.name)), *_counts(report.counts), *found)
    return table


def _counts(counts: dict[str, int]) -> Iterator[Text]:
    for verdict in Verdict:
        count = counts[verdict.value]
        style = "red" if verdict is Verdict.FAILS and count else ""
        yield Text(str(count) if count else "·", style=style)


def _indented(content: RenderableType, by: int = 2) -> Padding:
    return Padding(content, (0, 0, 0, by), expand=False)
