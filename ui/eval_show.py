"""`gouji eval show`, `score`, `diff` and `list`: runs that were made, read back."""

from __future__ import annotations

from pathlib import Path

import click

from ingest.settings import Settings
from qa.codec import json_line
from ui.eval_common import known_trouble, runs_folder, runs_option
from ui.eval_run import SHOW
from ui.texts import plain, t


@click.command(help="显示一次评测的结果。RUN 为名称、名称的开头、文件夹，或 latest。")
@click.argument("run", metavar="RUN")
@click.option("--show", type=click.Choice(SHOW), default="wrong", help="逐题列出哪些")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@runs_option
@click.pass_obj
def show(settings: Settings, run: str, show: str, as_json: bool, out: Path | None) -> None:
    from eval.judging import open_run
    from eval.runs import find_run
    from eval.tally import tally
    from ui.eval_view import run_json, run_text

    with known_trouble():
        found = open_run(find_run(runs_folder(settings, out), run))
        summary = tally(found.judged())
        if as_json:
            click.echo(json_line(run_json(found, summary), indent=2))
            return
        for line in run_text(found, summary, show):
            click.echo(line)


@click.command(help="不再提问，用现在的题库和评分方法给一次评测重新评分。")
@click.argument("run", metavar="RUN")
@click.argument("suites", nargs=-1, type=click.Path(path_type=Path), metavar="[SUITE…]")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@runs_option
@click.pass_obj
def score(
    settings: Settings, run: str, suites: tuple[Path, ...], as_json: bool, out: Path | None
) -> None:
    from eval.judging import open_run, score_run
    from eval.runs import find_run
    from eval.tally import tally
    from ui.eval_view import moved_json, moved_text, run_json, run_text

    with known_trouble():
        folder = find_run(runs_folder(settings, out), run)
        moved = score_run(folder, suites)
        found = open_run(folder)
        summary = tally(found.judged())
    if as_json:
        click.echo(json_line({**run_json(found, summary), "moved": moved_json(moved)}, indent=2))
        return
    for line in (*moved_text(moved), *run_text(found, summary, "none")):
        click.echo(line)


@click.command(
    help="比较两次评测：哪些题由错变对、由对变错、答案变了、新增、没有了。",
    epilog="比较后退出码：0 没有一题变差；1 有。",
)
@click.argument("before", metavar="RUN")
@click.argument("after", metavar="RUN")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@runs_option
@click.pass_context
def diff(context: click.Context, before: str, after: str, as_json: bool, out: Path | None) -> None:
    from eval.judging import open_run
    from eval.rundiff import compare, diff_json
    from eval.runs import find_run
    from ui.eval_view import diff_text

    with known_trouble():
        runs = runs_folder(context.obj, out)
        found = compare(open_run(find_run(runs, before)), open_run(find_run(runs, after)))
    if as_json:
        click.echo(json_line(diff_json(found), indent=2))
    else:
        for line in diff_text(found):
            click.echo(line)
    context.exit(int(bool(found.regressions)))


@click.command("list", help="列出已有的评测。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@runs_option
@click.pass_obj
def list_evaluations(settings: Settings, as_json: bool, out: Path | None) -> None:
    from eval.runs import list_runs
    from ui.eval_view import list_json, list_text

    folder = runs_folder(settings, out)
    with known_trouble():
        runs = list_runs(folder)
        if as_json:
            click.echo(json_line(list_json(runs), indent=2))
        elif runs:
            click.echo(list_text(runs))
        else:
            click.echo(plain(t("{folder} 中没有评测记录。", folder=str(folder))))
