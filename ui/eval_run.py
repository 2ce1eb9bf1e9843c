"""`gouji eval run`: ask the questions of suites, tell how it goes, hold the result to thresholds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.settings import Settings
from qa.codec import json_line
from ui.errors import RequestError
from ui.eval_common import known_trouble, runs_folder, runs_option
from ui.eval_report import report_options, wanted_reports, write_reports
from ui.texts import plain, t

if TYPE_CHECKING:
    from eval.evaluation import Listener, Loading, Progress
    from eval.runlog import Options

SHOW = ("none", "wrong", "abstained", "all")
_EVERY = 10  # seconds between two lines about the progress where there is no terminal


class Number(click.ParamType[Any]):
    """A number that is not negative, as a Decimal; up to 1 it may be written as a percentage."""

    name = "number"

    def __init__(self, *, share: bool) -> None:
        self._share = share

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """The number, or the usage error that says how to write it."""
        text = str(value)
        per_cent = self._share and text.endswith("%")
        try:
            number = Decimal(text.removesuffix("%") if per_cent else text) / (
                100 if per_cent else 1
            )
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number < 0 or (self._share and number > 1):
            wanted = "“{value}”不是 0 到 1 的份额，请写成 0.95 或 95%"
            self.fail(t(wanted if self._share else "“{value}”不是价格", value=text), param, ctx)
        return number


SHARE = Number(share=True)


class Several(click.ParamType[Any]):
    """Values parted by commas."""

    name = "list"

    def __init__(self, each: click.ParamType[Any] = click.STRING) -> None:
        self._each = each

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Any, ...]:
        """The values, without empty ones."""
        if isinstance(value, tuple):
            return value
        words = filter(None, (word.strip() for word in str(value).split(",")))
        return tuple(self._each.convert(word, param, ctx) for word in words)


_ASKING = (
    *("suites", "reports", "memory", "model", "no_model", "k", "repeat", "paraphrases", "price"),
    *("ids", "types", "kinds", "tags", "name", "answers"),
)


@click.command(
    "run",
    help="按题库提问并评分；每个答案随即记下，中断后可以接着做。",
    epilog="退出码：0 达到门槛，或没有门槛；1 未达到；2 无法运行，或一题也未能评分。",
)
@click.argument("suites", nargs=-1, type=click.Path(path_type=Path), metavar="[SUITE…]")
@click.option(
    "--reports",
    multiple=True,
    metavar="DIR",
    help="只问此文件夹（或文件）中的报告，可重复；auto 为题库所引、本机已有的；缺省问资料库",
)
@click.option("--memory", is_flag=True, help="报告只读入内存，不建资料库，不经检索（快）")
@click.option("--model", metavar="NAME", help="用这个语言模型；缺省用所配置的")
@click.option("--no-model", is_flag=True, help="只用规则，不用所配置的语言模型")
@click.option("-k", type=click.IntRange(1), metavar="N", help="每次检索取回 N 个段落，并记下来")
@click.option("--repeat", type=click.IntRange(1), default=1, metavar="N", help="每题问 N 遍")
@click.option("--paraphrases", is_flag=True, help="也问题库所给的其他问法")
@click.option(
    "--workers", type=click.IntRange(1), default=1, metavar="N", help="N 个进程同时问；追问同处一个"
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="SECONDS",
    help="一题最多几秒；超过的不再等，计为未能评分",
)
@click.option(
    "--price", type=Number(share=False), metavar="N", help="模型每百万 token 的价格，用来算费用"
)
@click.option("--ids", type=Several(), default="", metavar="LIST", help="只问这些题号（逗号分隔）")
@click.option("--types", type=Several(), default="", metavar="LIST", help="只问这些题型")
@click.option(
    "--kinds", type=Several(click.INT), default="", metavar="LIST", help="只问这几类问题（1 到 30）"
)
@click.option("--tags", type=Several(), default="", metavar="LIST", help="只问有这些标签的题")
@click.option("--name", metavar="NAME", help="给这次评测起的名称；缺省按时间")
@click.option("--answers", metavar="FILE", help="不提问，只给 gouji ask --batch 的输出评分")
@click.option("--resume", metavar="RUN", help="接着做中断的评测")
@click.option("--min-right", type=SHARE, metavar="SHARE", help="门槛：对的至少占多少，如 0.95")
@click.option("--max-wrong", type=SHARE, metavar="SHARE", help="门槛：错的至多占多少")
@click.option(
    "--max-checked-wrong", type=SHARE, metavar="SHARE", help="门槛：错而显示为已核对的至多占多少"
)
@click.option(
    "--max-unscored",
    type=SHARE,
    metavar="SHARE",
    help="门槛：未能评分的至多占多少；有其他门槛时缺省为 0",
)
@click.option("--no-regression", metavar="RUN", help="门槛：没有一题比那次评测差")
@click.option("--show", type=click.Choice(SHOW), default="none", help="逐题列出哪些")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@report_options
@runs_option
@click.pass_context
def run(context: click.Context, /, **given: Any) -> None:
    settings: Settings = context.obj
    with known_trouble():
        runs = runs_folder(settings, given["out"])
        baseline = _baseline(runs, given["no_regression"])
        wanted_reports(given)
        folder = _resumed(context, runs, given) or _prepared(settings, runs, given)
        if not given["answers"]:
            _carry_out(folder, settings, given["workers"], given["limit"])
        context.exit(_result(folder, baseline, given))


def _baseline(runs: Path, typed: str | None) -> Path | None:
    """The run to hold this one against; looked for first, so that nothing is asked in vain."""
    from eval.runs import find_run

    return find_run(runs, typed) if typed else None


def _resumed(context: click.Context, runs: Path, given: dict[str, Any]) -> Path | None:
    if not given["resume"]:
        return None
    source = click.core.ParameterSource.DEFAULT
    typed = [
        name for name in _ASKING if given[name] and context.get_parameter_source(name) is not source
    ]
    if typed:
        raise RequestError(t("--resume 按原来的题库和选项接着做，请去掉其余选项。"))
    from eval.evaluation import check_unchanged
    from eval.runs import find_run

    folder = find_run(runs, given["resume"])
    check_unchanged(folder, context.obj)
    return folder


def _prepared(settings: Settings, runs: Path, given: dict[str, Any]) -> Path:
    if not given["suites"]:
        raise RequestError(t("请写出题库文件，或用 --resume 接着做一次评测。"))
    from eval.answers import take_in
    from eval.evaluation import prepare

    suites, options, name = given["suites"], _options(settings, given), given["name"] or ""
    if given["answers"]:
        return take_in(suites, options, Path(given["answers"]), runs, name)
    return prepare(suites, options, settings, runs, name)


def _options(settings: Settings, given: dict[str, Any]) -> Options:
    from eval.evaluation import AT_HAND
    from eval.runlog import Options

    reports = given["reports"]
    if reports != AT_HAND:
        reports = tuple(str(Path(each).resolve()) for each in reports)
    return Options(
        reports=reports,
        data="" if reports else str(settings.data_dir.resolve()),
        memory=given["memory"],
        model="" if given["no_model"] else given["model"] or settings.model,
        k=given["k"],
        repeat=given["repeat"],
        paraphrases=given["paraphrases"],
        price=given["price"],
        ids=given["ids"],
        types=given["types"],
        kinds=given["kinds"],
        tags=given["tags"],
    )


def _carry_out(folder: Path, settings: Settings, workers: int, limit: int | None) -> None:
    """Ask what is left; when interrupted, say how to go on."""
    from eval.evaluation import carry_out

    click.echo(plain(t("评测 {name}", name=folder.name)), err=True)
    try:
        with told() as listener:
            carry_out(folder, settings, workers=workers, limit=limit, listener=listener)
    except KeyboardInterrupt:
        line = t("已记下的答案都在；接着做：gouji eval run --resume {name}", name=folder.name)
        click.echo(plain(line), err=True)
        raise


@contextmanager
def told() -> Iterator[Listener]:
    """A listener that shows a bar on a terminal, and elsewhere a line from time to time."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    from eval.evaluation import Loading
    from ui.render import new_console

    console = new_console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    said = time.monotonic()
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(t("载入报告"), total=None)

        def listen(event: Loading | Progress) -> None:
            nonlocal said
            if isinstance(event, Loading):
                said = time.monotonic()
                _tell_loading(event, bar.console.print if console.is_terminal else _to_stderr)
                return
            words = so_far(event)
            bar.update(task, description=words, completed=event.done, total=event.total)
            if not console.is_terminal and time.monotonic() - said >= _EVERY:
                said = time.monotonic()
                _to_stderr(f"{event.done}/{event.total}  {words}")

        yield listen


def _to_stderr(line: str) -> None:
    click.echo(line, err=True)


def _tell_loading(event: Loading, say: Callable[[str], None]) -> None:
    if event.seconds is not None:
        values = {"n": event.reports, "seconds": f"{event.seconds:.1f}"}
        say(t("载入 {n} 份报告，{seconds} 秒", **values))
    for problem in event.problems:
        say(plain(t("未能载入 {problem}", problem=problem)))


def so_far(progress: Progress) -> str:
    """The verdicts so far, in words."""
    words = t(
        "对 {right}  错 {wrong}  弃答 {abstained}",
        right=progress.right,
        wrong=progress.wrong,
        abstained=progress.abstained,
    )
    more = t("未评 {n}", n=progress.unscored) if progress.unscored else ""
    return "  ".join(filter(None, (words, more)))


def _result(folder: Path, baseline: Path | None, given: dict[str, Any]) -> int:
    """Show the run; 2 where nothing could be scored, 1 where a threshold is missed, else 0."""
    from eval.judging import open_run
    from eval.rundiff import compare
    from eval.tally import tally
    from eval.thresholds import Thresholds, held

    found, before = open_run(folder), open_run(baseline) if baseline else None
    diff = compare(before, found) if before else None
    summary = tally(found.judged())
    write_reports(wanted_reports(given), found, before)
    names = ("min_right", "max_wrong", "max_checked_wrong", "max_unscored")
    thresholds = Thresholds(**{name: given[name] for name in names})
    kept = held(thresholds, summary.everything, diff)
    from ui.eval_view import run_json, run_text

    if given["as_json"]:
        click.echo(json_line(run_json(found, summary, kept, diff), indent=2))
    else:
        for line in run_text(found, summary, given["show"], kept, diff):
            click.echo(line)
    if not summary.everything.scored:
        return 2
    return int(not all(each.met for each in kept))
