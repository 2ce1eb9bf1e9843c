"""Commands about the library as a whole: list, remove, verify, rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from ingest.model import ReportKind
from ingest.settings import Settings
from qa.codec import json_line
from ui.errors import RequestError, nearest
from ui.texts import KIND_NAMES, plain, t

if TYPE_CHECKING:
    from index.library import Library
    from index.model import Disagreement, FailureInfo, Progress, ReportInfo


@contextmanager
def open_library(settings: Settings) -> Iterator[Library]:
    """The library of the settings; what it has to tell the user goes to stderr."""
    from index.library import Library

    with Library.open(settings) as library:
        for notice in library.notices:
            click.echo(plain(notice), err=True)
        yield library


def kind_name(kind: str) -> str:
    """The kind of a report in the reader's language."""
    return t(KIND_NAMES[ReportKind(kind)])


def report_json(report: ReportInfo) -> dict[str, Any]:
    """What `list --json` prints for a report."""
    return {
        "id": report.id,
        "name": report.name,
        "sha256": report.sha256,
        "kind": report.kind,
        "entity": report.entity,
        "project": report.project or None,
        "year": report.year or None,
        "title": report.title,
        "pages": report.pages,
        "figures": report.figures,
        "equations": report.equations,
        "problems": report.problems,
        "added_at": report.added_at,
    }


@click.command("list", help="列出已载入的报告。")
@click.option("--failed", is_flag=True, help="改为列出读取失败的文件及原因")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def list_reports(settings: Settings, failed: bool, as_json: bool) -> None:
    with open_library(settings) as library:
        if failed:
            _list_failures(library.failures(), as_json=as_json)
            return
        reports = library.reports()
    if as_json:
        click.echo(json_line([report_json(report) for report in reports], indent=2))
        return
    if not reports:
        click.echo(t("资料库是空的。用 gouji ingest 文件夹 载入报告。"))
        return
    from ui.render import new_console, put
    from ui.tables import reports_list

    console = new_console()
    put(console, reports_list(reports, console))


def _list_failures(failures: list[FailureInfo], *, as_json: bool) -> None:
    if as_json:
        click.echo(json_line([asdict(each) for each in failures], indent=2))
        return
    for each in failures:
        problem = each.reason.removeprefix(f"{each.name}：")
        words = t("✗ {name}：{problem}", name=each.path or each.name, problem=problem)
        click.echo(plain(f"{words}  {each.failed_at[:16].replace('T', ' ')} UTC"))
    if not failures:
        click.echo(t("没有读取失败的文件。"))
        return
    click.echo(t("共 {n} 个文件读取失败；改好后用 gouji ingest --retry 重读。", n=len(failures)))


def find_report(library: Library, typed: str) -> ReportInfo:
    """The one report that `typed` names: its number, name, or a part that fits no other.

    Raises:
        RequestError: none fits, or several do; the message names the nearest or all of them.
    """
    reports = library.reports()
    exact = [each for each in reports if typed in (str(each.id), each.name, each.title)]
    fitting = exact or [each for each in reports if typed in each.name or typed in each.title]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = "、".join(f"{each.id} {each.name}" for each in fitting)
        raise RequestError(t("“{typed}”对应多份报告，请写编号：{names}", typed=typed, names=names))
    close = nearest(typed, [each.name for each in reports])
    hint = t("；最接近的是 {name}", name=close) if close else t("；已载入的报告见 gouji list")
    raise RequestError(t("没有名为“{typed}”的报告", typed=typed) + hint)


@click.command(help="从资料库删去报告。")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@click.pass_obj
def remove(settings: Settings, reports: tuple[str, ...]) -> None:
    with open_library(settings) as library:
        chosen = {report.id: report for report in (find_report(library, r) for r in reports)}
        for report in chosen.values():
            library.remove(report.id)
            click.echo(plain(t("已删去 {name}", name=report.name)))


@click.command(help="重读每份报告的原文，核对库中每个数仍在原处。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def verify(context: click.Context, as_json: bool) -> None:
    with open_library(context.obj) as library:
        verified = library.verify()
        inconsistent = library.consistency()
    if as_json:
        click.echo(json_line({**asdict(verified), "inconsistent": inconsistent}, indent=2))
    else:
        for line in [*map(_disagreement_line, verified.disagreements), *inconsistent]:
            click.echo(plain(line))
        counts = {"agreed": verified.agreed, "figures": verified.figures}
        click.echo(t("{figures} 个数重读了一遍，{agreed} 个与原文一致。", **counts))
    context.exit(int(bool(verified.disagreements or inconsistent)))


def _disagreement_line(found: Disagreement) -> str:
    if found.figure is None:
        return t("✗ {name}：{problem}", name=found.report_name, problem=found.found)
    return t(
        "✗ {name} 第 {figure} 个数：库中为 {stored}，原文为 {found}",
        name=found.report_name,
        figure=found.figure,
        stored=found.stored,
        found=found.found,
    )


@click.command(help="由库中的数重建检索索引；换用向量模型后需要。")
@click.option("--embedder", metavar="MODEL", help="换用的向量模型：文件夹或名称")
@click.pass_obj
def rebuild(settings: Settings, embedder: str | None) -> None:
    chosen = replace(settings, embedder=embedder) if embedder else settings
    # What it has to tell is what rebuilding mends, so it is not shown.
    from index.library import Library

    with Library.open(chosen) as library, stage_bar(t("重建检索索引")) as show_stage:
        library.rebuild(show_stage)
    click.echo(t("已重建检索索引。"))
    if chosen.embedder != settings.embedder:
        click.echo(
            t('请在 config.toml 中写入 embedder = "{model}"，以后才会用它。', model=embedder)
        )


@click.command(
    "move-ledger", help="把台账从文件夹里的 SQLite 迁到设置 ledger_url 所指的 PostgreSQL。"
)
@click.pass_obj
def move_ledger(settings: Settings) -> None:
    from index.moving import move_ledger as move

    with stage_bar(t("迁移台账")) as show_stage:
        moved = move(settings, show_stage)
    click.echo(
        t(
            "已把 {n} 份报告的台账迁到 {place}；原来的台账留作备份：{kept}",
            n=moved.reports,
            place=plain(moved.place),
            kept=moved.kept,
        )
    )


@contextmanager
def stage_bar(title: str) -> Iterator[Progress]:
    """A bar on a terminal, for one piece of work that reports its stages."""
    from rich.progress import Progress as Bar

    from ui.render import new_console

    console = new_console(stderr=True)
    with Bar(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(title)

        def show(stage: str, done: int, total: int) -> None:
            bar.update(task, description=f"{title} {stage}", completed=done, total=total)

        yield show
