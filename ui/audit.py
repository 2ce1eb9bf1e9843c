"""`gouji audit`: what a report's own figures contradict, on the screen or as a working paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.settings import Settings
from qa.codec import json_line
from qa.model import Filters
from ui.audit_run import Chosen, audited
from ui.errors import RequestError
from ui.library import find_report, open_library
from ui.paths import find_files
from ui.texts import plain, t

if TYPE_CHECKING:
    from index.library import Library
    from index.model import ReportInfo
    from qa.audit.report import AuditedReport

SEVERITIES = ("high", "medium", "low")


@click.command(help="勾稽核查：找出报告里自相矛盾的数，给出位置、复算、佐证和可能的笔误。")
@click.argument("reports", nargs=-1, metavar="[REPORT…]")
@click.option("--all", "everything", is_flag=True, help="核查资料库里的全部报告")
@click.option("--unit", help="只查这个单位")
@click.option("--year", help="只查这个年度")
@click.option("--severity", type=click.Choice(SEVERITIES), help="只列这一级及更重的发现")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--html", metavar="FILE", help="写成可打印的底稿（HTML）")
@click.option("--xlsx", metavar="FILE", help="写成底稿（Excel）")
@click.option(
    "--fail-on",
    type=click.Choice(("never", "fails", *SEVERITIES)),
    default="never",
    help="有这一级及更重的发现时退出码为 1；fails：有任何一条不一致时",
)
@click.pass_context
def audit(
    context: click.Context,
    reports: tuple[str, ...],
    everything: bool,
    unit: str | None,
    year: str | None,
    severity: str | None,
    as_json: bool,
    html: str | None,
    xlsx: str | None,
    fail_on: str,
) -> None:
    settings: Settings = context.obj
    if bool(reports) == everything:
        raise RequestError(t("请写出要核查的报告（名称、编号或文件），或用 --all 核查全部。"))
    with open_library(settings) as library:
        chosen = list(_chosen(library, reports, Filters(unit, year)))
        if not chosen:
            raise RequestError(t("资料库里没有符合条件的报告；已载入的报告见 gouji list"))
        found, failures = _audited(chosen)
    failed = bool(failures) or any(_reaches(each, fail_on) for each in found)
    shown = [_at_least(each, severity) for each in found]
    for line in failures:
        click.echo(plain(line), err=True)
    _write(shown, html, xlsx, _scope(everything, unit, year))
    if as_json:
        _print_json(shown)
    elif html is None and xlsx is None:
        _print(shown)
    context.exit(int(failed))


def _chosen(library: Library, typed: Sequence[str], filters: Filters) -> Iterator[Chosen]:
    """What to audit: all reports of the library, or those that `typed` names; then the filters."""
    from qa.planning.scope import passes

    infos = library.reports()
    fitting = {part.report for part in library.parts() if passes(part, filters)}
    if not typed:
        yield from (_stored(library, info) for info in infos if info.id in fitting)
    names = {name for info in infos for name in (str(info.id), info.name, info.title)}
    for each in typed:
        files = () if each in names else find_files((each,)).files
        if files:
            yield from (_file(library, path) for path in files)
            continue
        info = find_report(library, each)
        if info.id in fitting:
            yield _stored(library, info)


def _stored(library: Library, info: ReportInfo) -> Chosen:
    return Chosen(info.name, lambda: library.document(info.id))


def _file(library: Library, path: Path) -> Chosen:
    # Kept, because reading a file takes long and it may be held against several others.
    return Chosen(path.name, cache(lambda: library.read(path)))


def _audited(chosen: Sequence[Chosen]) -> tuple[list[AuditedReport], list[str]]:
    """`audited` with a bar on the screen where there is more than one report."""
    from rich.progress import Progress

    from ui.render import new_console

    console = new_console(stderr=True)
    hidden = len(chosen) < 2 or not console.is_terminal
    with Progress(console=console, disable=hidden, transient=True) as bar:
        task = bar.add_task(t("核查报告"), total=len(chosen))
        return audited(chosen, lambda: bar.advance(task))


def _reaches(report: AuditedReport, fail_on: str) -> bool:
    if fail_on == "fails":
        return bool(report.counts["fails"])
    return fail_on != "never" and bool(_at_least(report, fail_on).findings)


def _at_least(report: AuditedReport, severity: str | None) -> AuditedReport:
    """The report with its findings of a severity and graver ones; None keeps all."""
    if severity is None:
        return report
    wanted = SEVERITIES[: SEVERITIES.index(severity) + 1]
    kept = tuple(each for each in report.findings if each.severity.value in wanted)
    return replace(report, findings=kept)


def _scope(everything: bool, unit: str | None, year: str | None) -> str:
    """What was audited, in words for the head of a working paper."""
    words = [t("资料库全部报告") if everything else t("指定的报告")]
    words += [t("单位：{unit}", unit=unit)] if unit else []
    words += [t("年度：{year}", year=year)] if year else []
    return " · ".join(words)


def _write(
    reports: Sequence[AuditedReport], html: str | None, xlsx: str | None, scope: str
) -> None:
    from ui.audit_paper import Paper

    paper = Paper(tuple(reports), scope, date.today())
    if html is not None:
        from ui.audit_html import html_paper

        Path(html).write_text(html_paper(paper), encoding="utf-8")
    if xlsx is not None:
        from ui.audit_xlsx import write_xlsx

        write_xlsx(paper, Path(xlsx))
    for path in filter(None, (html, xlsx)):
        click.echo(t("已写入 {path}", path=plain(path)), err=True)


def _print_json(reports: Sequence[AuditedReport]) -> None:
    from qa.audit.codec import audit_to_json

    shown: dict[str, Any] = {"reports": [audit_to_json(each) for each in reports]}
    click.echo(json_line(shown, indent=2))


def _print(reports: Sequence[AuditedReport]) -> None:
    from ui.audit_view import audit_view
    from ui.render import new_console, put

    put(new_console(), audit_view(reports))
