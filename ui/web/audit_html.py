"""An audit as HTML: what was checked, the findings by severity, and both sides of one of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ingest.model import Document, Verdict
from qa.audit.model import Finding, Severity, Slip
from qa.audit.report import AuditedReport
from ui.audit_words import (
    BACKING_WORDS,
    SEVERITY_WORDS,
    family_name,
    formula_of,
    gap_of,
    part_line,
    place_of,
    rivals_of,
    sentence_of,
    severities,
    slip_of,
    verdict_name,
)
from ui.texts import t
from ui.web.evidence import original_html, spots_html
from ui.web.markup import EMPTY, action, html, joined
from ui.web.places import Spot

SHOWN = 300
_REPORTS = 100


@dataclass(frozen=True, slots=True)
class Audit:
    """The audited reports of one run, and a line for each that could not be read."""

    reports: tuple[AuditedReport, ...]
    failures: tuple[str, ...] = ()

    def findings(self) -> list[tuple[AuditedReport, Finding]]:
        """All findings, the gravest first, in the order of the reports."""
        order = list(Severity)
        pairs = [(report, each) for report in self.reports for each in report.findings]
        return sorted(pairs, key=lambda pair: order.index(pair[1].severity))


def nothing_chosen() -> Markup:
    """What the pane says before a finding was chosen."""
    return html(
        '<div class="gj-evidence gj-empty"><h2>{}</h2><p>{}</p></div>',
        t("两边和原文"),
        t("点一条发现，这里显示所列与复算、参与的每个数，以及原件上框出的位置。"),
    )


def welcome() -> Markup:
    """What the tab says before anything was audited."""
    return html(
        '<div class="gj-welcome"><h2>{}</h2><p>{}</p></div>',
        t("找出报告里自相矛盾的数"),
        t(
            "选报告（不选就是全部），点“开始核查”。合计、比率、得分、表间、文字与表格逐条复算；末位尾差不算矛盾。"
        ),
    )


def progress_html(done: int, total: int, name: str) -> Markup:
    """How far a run is."""
    return html(
        '<div class="gj-welcome" role="status"><p>{}</p>'
        '<progress max="{}" value="{}" aria-label="{}"></progress></div>',
        t("正在核查 {done}/{total}：{name}", done=done, total=total, name=name),
        max(total, 1),
        done,
        t("核查报告"),
    )


def audit_html(
    audit: Audit, wanted: Collection[str], family: str, export: Callable[[str], str]
) -> Markup:
    """The run: counts, the findings of the wanted severities and family, the reports.

    Args:
        export: the address of the working paper of an ending.
    """
    shown = [
        (number, report, finding)
        for number, (report, finding) in enumerate(audit.findings())
        if finding.severity.value in wanted and family in ("", finding.family)
    ]
    cards = joined(_card(number, report, each) for number, report, each in shown[:SHOWN])
    more = len(shown) - SHOWN
    left = (
        html('<p class="gj-hint">{}</p>', t("另有 {n} 项，见 Excel 底稿", n=more))
        if more > 0
        else EMPTY
    )
    failures = joined(
        html('<li class="failed"><p class="gj-problem">{}</p></li>', each)
        for each in audit.failures
    )
    return html(
        '<div class="gj-audit">{}{}{}{}{}{}</div>',
        _totals(audit, export),
        html('<ul class="gj-items">{}</ul>', failures) if audit.failures else EMPTY,
        html('<ol class="gj-findings">{}</ol>', cards)
        if shown
        else html('<p class="gj-none">{}</p>', _none(audit)),
        left,
        _overview(audit.reports),
        html(
            '<p class="gj-hint">{}</p>',
            t("没有列出的不等于正确：报告没有写出可复算关系的数不在核查之内。"),
        ),
    )


def _none(audit: Audit) -> str:
    return t("没有符合的发现") if audit.findings() else t("没有发现矛盾。")


def _totals(audit: Audit, export: Callable[[str], str]) -> Markup:
    found = [finding.severity for _, finding in audit.findings()]
    counts = joined(
        html(
            '<span class="gj-level {}"><b>{}</b>{}</span>',
            each.value,
            found.count(each),
            t("程度") + t(SEVERITY_WORDS[each]),
        )
        for each in Severity
    )
    checked = sum(sum(report.counts.values()) for report in audit.reports)
    words = t("{reports} 份报告，{n} 条核查", reports=len(audit.reports), n=f"{checked:,}")
    papers = joined(
        html('<a class="gj-switch" href="{}" download>{}</a>', export(ending), words_)
        for ending, words_ in (("xlsx", t("底稿 Excel")), ("html", t("底稿 HTML（可打印）")))
    )
    return html(
        '<div class="gj-totals">{}<span class="gj-checked">{}</span>{}</div>', counts, words, papers
    )


def _card(number: int, report: AuditedReport, finding: Finding) -> Markup:
    values = finding.stated
    if finding.recomputed:
        values = f"{finding.stated} → {finding.recomputed}"
    label = html(
        '<span class="gj-level {}">{}</span><b>{}</b><span class="gj-pair">{}</span>'
        '<span class="gj-sentence">{}</span><small>{} · {} · {}</small>',
        finding.severity.value,
        t(SEVERITY_WORDS[finding.severity]),
        finding.metric,
        values,
        sentence_of(finding),
        family_name(finding.family),
        report.name,
        place_of(finding.source, finding.section),
    )
    return html(
        "<li>{}</li>",
        action("finding", label, classes=f"gj-card {finding.severity.value}", ref=number),
    )


def _overview(reports: Sequence[AuditedReport]) -> Markup:
    heads = [
        t("报告"),
        *map(verdict_name, Verdict),
        *(t("程度") + t(SEVERITY_WORDS[each]) for each in Severity),
    ]
    head = joined(html('<th scope="col">{}</th>', each) for each in heads)
    rows = joined(_overview_row(report) for report in reports[:_REPORTS])
    return html(
        '<details class="gj-table"><summary>{0}</summary>'
        '<div class="gj-scroll" tabindex="0" role="group" aria-label="{0}">'
        '<table class="gj-grid"><thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div></details>',
        t("每份报告的核查情况"),
        head,
        rows,
    )


def _overview_row(report: AuditedReport) -> Markup:
    counts = [report.counts[verdict.value] for verdict in Verdict] + [*severities(report).values()]
    cells = joined(html('<td class="gj-num">{}</td>', str(n) if n else "·") for n in counts)
    who = "；".join(part_line(part) for part in report.parts[:2])
    return html('<tr><th scope="row">{}<small>{}</small></th>{}</tr>', report.name, who, cells)


def finding_html(
    finding: Finding,
    spots: Sequence[Spot],
    chosen: int,
    document: Document | None,
    *,
    ref: str,
    root: str,
) -> Markup:
    """One finding: both sides, what backs them, every figure with its place, the original."""
    return html(
        '<section class="gj-evidence fails" aria-label="{}"><header><h2>{}</h2><p class="gj-who">{}</p>{}'
        '<p class="gj-meaning">{}</p></header>{}{}{}{}</section>',
        t("两边和原文"),
        finding.metric,
        place_of(finding.source, finding.section),
        _sides(finding),
        sentence_of(finding),
        html('<h3>{}</h3><p class="gj-formula">{}</p>', t("算式"), formula_of(finding.equation)),
        joined(
            html('<p class="gj-fact"><span>{}</span>{}</p>', head, words)
            for head, words in _facts(finding)
        ),
        spots_html(spots, chosen, ref, "finding"),
        original_html(spots, chosen, document, root),
    )


def _sides(finding: Finding) -> Markup:
    other = EMPTY
    if finding.recomputed:
        word = t("反算") if finding.backwards else t("复算")
        other = html("<span>{}<b>{}</b></span>", word, finding.recomputed)
    gap = html('<span class="gj-gap">{}</span>', gap_of(finding)) if finding.difference else EMPTY
    return html(
        '<p class="gj-sides"><span>{}<b>{}</b></span>{}{}</p>',
        t("所列"),
        finding.stated,
        other,
        gap,
    )


def _facts(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.interval:
        yield t("可取"), finding.interval
    yield t("佐证"), t(BACKING_WORDS[finding.evidence.backing])
    if finding.slip is not Slip.UNKNOWN:
        yield t("可能的笔误"), slip_of(finding)
    if finding.evidence.rivals:
        yield t("也可能有误的数："), rivals_of(finding)
    for each in finding.also:
        yield t("连带不成立"), formula_of(each)
