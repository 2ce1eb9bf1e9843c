"""`gouji eval report`: a run as a page, as JUnit XML, as JSON, or as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ingest.settings import Settings
from ui.errors import RequestError
from ui.eval_common import known_trouble, runs_folder, runs_option
from ui.texts import language, plain, t

if TYPE_CHECKING:
    from eval.judging import Run
    from eval.reports.collected import Collected
    from eval.reports.words import Language
    from eval.reports.writing import Format

F = TypeVar("F", bound=Callable[..., Any])
_FORMATS = ("html", "junit", "json", "md")
_BY_SUFFIX = {".html": "html", ".htm": "html", ".xml": "junit", ".json": "json", ".md": "md"}
_ON_RUN = {
    "html": "做完后写成网页",
    "junit": "做完后写成 JUnit XML（供持续集成）",
    "md": "做完后写成 Markdown（供合并请求）",
}


@click.command(
    help="把一次评测写成报告：网页、JUnit XML、JSON 或 Markdown。RUN 为名称、名称的开头、文件夹，或 latest。"
)
@click.argument("run", metavar="RUN")
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), help="报告的格式；缺省看文件名，否则为 html"
)
@click.option("--baseline", metavar="RUN", help="同这次评测相比，列出变差和变好的题")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="写到此文件；缺省写到标准输出",
)  # fmt: skip
@runs_option
@click.pass_obj
def report(
    settings: Settings,
    run: str,
    form: Format | None,
    baseline: str | None,
    output: Path | None,
    out: Path | None,
) -> None:
    from eval.judging import open_run
    from eval.reports.collected import collect
    from eval.runs import find_run

    with known_trouble():
        runs = runs_folder(settings, out)
        before = open_run(find_run(runs, baseline)) if baseline else None
        found = collect(open_run(find_run(runs, run)), before)
        if output is None:
            from eval.reports.writing import report_text

            click.echo(report_text(found, form or "html", spoken()), nl=False)
        else:
            chosen: Any = form or _BY_SUFFIX.get(output.suffix.lower(), "html")
            save(found, {chosen: output})


def report_options(command: F) -> F:
    """Options of a command that makes a run: files that its reports are written to."""
    for name, words in reversed(_ON_RUN.items()):
        file = click.Path(path_type=Path, dir_okay=False)
        command = click.option(f"--{name}", type=file, metavar="FILE", help=words)(command)
    return command


def wanted_reports(given: Mapping[str, Any]) -> dict[Format, Path]:
    """The files of `report_options`; a folder that is missing is told before anything is asked.

    Raises:
        RequestError: a file could not be written there.
    """
    files: dict[Any, Path] = {name: given[name] for name in _ON_RUN if given[name]}
    for path in files.values():
        if not path.parent.is_dir():
            raise RequestError(t("没有文件夹 {folder}", folder=path.parent))
    return files


def write_reports(files: Mapping[Format, Path], run: Run, baseline: Run | None) -> None:
    """Write the reports of a run that was just made."""
    if files:
        from eval.reports.collected import collect

        save(collect(run, baseline), files)


def save(found: Collected, files: Mapping[Format, Path]) -> None:
    """Write reports to their files and say where they are.

    Raises:
        RequestError: a file cannot be written.
    """
    from eval.reports.writing import save_report

    for form, path in files.items():
        try:
            save_report(found, form, path, spoken())
        except OSError as error:
            reason = error.strerror or error
            raise RequestError(t("{path} 无法写入：{reason}", path=path, reason=reason)) from error
        click.echo(plain(t("已写入 {path}", path=path)), err=True)


def spoken() -> Language:
    """The language of the screens, for a report."""
    return "en" if language() == "en" else "zh"
