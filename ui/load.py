"""`gouji ingest`: files into the library, one line for each."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.settings import Settings
from qa.codec import json_line
from ui.errors import RequestError
from ui.library import kind_name, open_library, report_json, stage_bar
from ui.paths import SUFFIXES, Found, find_files
from ui.texts import plain, t

if TYPE_CHECKING:
    from index.library import Library
    from index.model import Added, ReportInfo

_STATUS_WORDS = {
    "added": "已载入",
    "unchanged": "内容未变，未重读",
    "superseded": "已替换旧版",
}
_COUNT_WORDS = {
    "added": "载入 {n}",
    "superseded": "替换 {n}",
    "unchanged": "未变 {n}",
    "failed": "失败 {n}",
}


@click.command(help="载入报告：文件、文件夹或通配符；已载入的不重复读取。")
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--retry", is_flag=True, help="再读一遍以前读取失败的文件")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def ingest(context: click.Context, paths: tuple[str, ...], retry: bool, as_json: bool) -> None:
    if not paths and not retry:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    if retry:
        with open_library(context.obj) as library:
            paths += tuple(_on_disk(each.path) for each in library.failures() if each.path)
        if not paths:
            _say(t("没有读取失败的文件。"))
            return
    found = find_files(paths)
    if not found.files:
        raise RequestError(_nothing(found, paths))
    outcomes = _left_out(found)
    if not as_json:
        for each in outcomes:
            _say(t("✗ {name}：{problem}", name=each["path"], problem=each["problem"]))
    try:
        with open_library(context.obj) as library:
            outcomes += _add_all(library, found.files, quiet=as_json)
            _prepare(library, context.obj, outcomes)
    except KeyboardInterrupt:
        words = t("已中断。读完的报告已在资料库里；再运行一次同样的命令，会接着读其余的。")
        click.echo(words, err=True)
        context.exit(130)
    outcomes += [{"path": str(path), "status": "skipped"} for path in found.passed_over]
    if as_json:
        click.echo(json_line(outcomes, indent=2))
    else:
        _summary(outcomes)
    context.exit(int(any(outcome["status"] == "failed" for outcome in outcomes)))


def _on_disk(path: str) -> str:
    """A path that the library remembers, or the archive that it leads into."""
    archive = next((str(above) for above in Path(path).parents if above.is_file()), None)
    return archive or path


def _nothing(found: Found, paths: tuple[str, ...]) -> str:
    if found.closed and not found.missing:
        what = "、".join(map(str, found.closed))
        return t("{what}：没有读写权限，请检查文件夹的权限", what=what)
    what = "、".join(found.missing or paths)
    kinds = " ".join(sorted(SUFFIXES))
    return t("没有找到可读取的文件：{what}。可读的类型：{kinds}。", what=what, kinds=kinds)


def _left_out(found: Found) -> list[dict[str, Any]]:
    problems = [(each, t("找不到这个文件或文件夹")) for each in found.missing]
    problems += [(str(each), t("没有权限打开这个文件夹")) for each in found.closed]
    return [{"path": path, "status": "failed", "problem": words} for path, words in problems]


def _say(line: str) -> None:
    click.echo(plain(line))


def _add_all(library: Library, files: tuple[Path, ...], *, quiet: bool) -> list[dict[str, Any]]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    from ui.render import new_console

    console = new_console()
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[stage]}", markup=False),
    )
    names = Counter(path.name for path in files)
    outcomes = []
    with Bar(*columns, console=console, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task(t("读取报告"), total=len(files), stage="")

        def show_stage(stage: str, done: int, total: int) -> None:
            bar.update(task, stage=f"{plain(stage)} {done}/{total}")

        for done, (path, added) in enumerate(library.add_all(files, show_stage), 1):
            outcomes.append(_added_json(path, added))
            if not quiet and added.status != "skipped":
                shown = _shown(path, files, names)
                console.print(Text(plain(_added_line(shown, path, added))))
            bar.update(task, completed=done, total=max(done, len(files)))
    return outcomes


def _prepare(library: Library, settings: Settings, outcomes: list[dict[str, Any]]) -> None:
    """Have what the new reports give for rankings kept, while the user waits for them anyway."""
    from qa.engine import Engine

    new = ("added", "superseded")
    reports = {each["report"]["id"] for each in outcomes if each["status"] in new}
    if reports:
        with stage_bar(t("整理排名用的数")) as show_stage:
            engine = Engine(library, settings)
            engine.prepare(reports, lambda done, total: show_stage("", done, total))


def _shown(path: Path, files: tuple[Path, ...], names: Counter[str]) -> str:
    """A file by its name, where that tells it apart; a file in an archive by its way in there."""
    archive = next((above for above in path.parents if above in files), None)
    if archive is not None:
        return str(path.relative_to(archive.parent))
    return path.name if names[path.name] == 1 else str(path)


def _added_json(path: Path, added: Added) -> dict[str, Any]:
    outcome: dict[str, Any] = {
        "path": str(path),
        "status": added.status,
        "seconds": round(added.seconds, 3),
    }
    if added.problem:
        outcome["problem"] = added.problem
    if added.report is not None:
        outcome["report"] = report_json(added.report)
    return outcome


def _added_line(shown: str, path: Path, added: Added) -> str:
    if added.report is None:
        # The library names the file as well.
        problem = added.problem.removeprefix(f"{path.name}：")
        return t("✗ {name}：{problem}", name=shown, problem=problem)
    if added.status == "unchanged" and added.report.name != path.name:
        same = t("与已载入的 {name} 内容相同，未重读", name=added.report.name)
        return f"✓ {shown}  {same}"
    status = t(_STATUS_WORDS[added.status])
    parts = [f"✓ {shown}  {status}", *_about(added.report)]
    return " · ".join([*parts, t("{seconds} 秒", seconds=f"{added.seconds:.1f}")])


def _about(report: ReportInfo) -> list[str]:
    """What a report is and holds, as short words."""
    who = [kind_name(report.kind), report.entity, report.project, report.year]
    counts = t("数 {figures} 个，等式 {n} 条", figures=report.figures, n=report.equations)
    words = [word for word in who if word] + [counts]
    if report.problems:
        words.append(t("提醒 {n} 条，见 gouji show {id}", n=report.problems, id=report.id))
    return words


def _summary(outcomes: list[dict[str, Any]]) -> None:
    """How many files came to what end, where there was more than one."""
    found = Counter(outcome["status"] for outcome in outcomes)
    if len(outcomes) - found["skipped"] > 1:
        counts = [t(words, n=found[end]) for end, words in _COUNT_WORDS.items() if found[end]]
        total = len(outcomes) - found["skipped"]
        _say(t("共 {n} 个文件：{counts}。", n=total, counts="，".join(counts)))
    passed_over = [Path(each["path"]) for each in outcomes if each["status"] == "skipped"]
    if passed_over:
        kinds = "、".join(sorted({path.suffix or path.name for path in passed_over})[:6])
        words = t(
            "另有 {n} 个文件的类型（{kinds}）目前不能读取，未载入。",
            n=len(passed_over),
            kinds=kinds,
        )
        _say(words)
