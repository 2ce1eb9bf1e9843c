"""`gouji eval lint`: what is wrong, or doubtful, about suites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa.codec import json_line
from ui.errors import RequestError
from ui.texts import plain, t

if TYPE_CHECKING:
    from eval.lint import Finding
    from eval.quoted import QuotedReport
    from eval.suites.suite import Suite


@click.command(
    "lint",
    help="检查题库：格式、重复的问题、原文是否在报告里、算式与期望是否相符、追问、单位。",
    epilog="退出码：0 没有错误；1 有；2 无法检查。起草而没有人看过的只作提醒。",
)
@click.argument("suites", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--reports",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="DIR",
    help="在此文件夹（或文件）的报告里查对原文，可重复；缺省为题库所引、本机已有的",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def lint_suites(
    context: click.Context, suites: tuple[Path, ...], reports: tuple[Path, ...], as_json: bool
) -> None:
    from eval.lint import lint
    from eval.suites.suite import SuiteError, load_suites

    try:
        loaded = load_suites(suites)
    except SuiteError as error:
        if not any(problem.line for problem in error.problems):
            raise RequestError(str(error)) from error
        _tell_problems(error, as_json)
        context.exit(1)
    texts = _texts(loaded, reports)
    found = lint(loaded, texts)
    if as_json:
        click.echo(json_line({"findings": [asdict(each) for each in found]}, indent=2))
    else:
        for line in _lines(loaded, found, looked=texts is not None):
            click.echo(line)
    context.exit(int(any(each.severity == "error" for each in found)))


def _tell_problems(error: Exception, as_json: bool) -> None:
    from eval.suites.suite import SuiteError

    problems = error.problems if isinstance(error, SuiteError) else ()
    if as_json:
        found = [
            {**asdict(each), "case": "", "check": "format", "severity": "error"}
            for each in problems
        ]
        click.echo(json_line({"findings": found}, indent=2))
        return
    for problem in problems:
        click.echo(plain(str(problem)))
    click.echo(t("格式有 {n} 处错误。", n=len(problems)))


def _texts(suites: Sequence[Suite], reports: tuple[Path, ...]) -> dict[str, QuotedReport] | None:
    """The reports that the suites quote; None where nobody said where they are."""
    from eval.library import reports_for
    from eval.quoted import quoted_reports

    places = dict.fromkeys(reports)
    if not reports:
        for suite in suites:
            places.update(dict.fromkeys(reports_for(suite)))
    if not places:
        return None
    names = {quote.file for suite in suites for case in suite.cases for quote in case.source}
    found, problems = quoted_reports(places, names)
    for problem in problems:
        click.echo(plain(problem), err=True)
    return found


def _lines(suites: Sequence[Suite], found: Sequence[Finding], *, looked: bool) -> Iterator[str]:
    for each in found:
        mark = t("提醒") if each.severity == "notice" else t("错误")
        yield plain(f"[{mark}] {each}")
    if not looked and any(case.source for suite in suites for case in suite.cases):
        yield t("没有查对原文：所引的报告不在本机，请用 --reports 指明。")
    errors = sum(each.severity == "error" for each in found)
    cases = sum(len(suite.cases) for suite in suites)
    yield t("{cases} 题：{n} 处错误，{m} 处提醒。", cases=cases, n=errors, m=len(found) - errors)
