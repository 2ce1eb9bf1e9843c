"""`gouji ask`: one question, a conversation, or a file of questions."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ingest.model import ReportKind
from ingest.settings import Settings
from qa.codec import answer_to_json, json_line
from qa.model import Answer, Filters
from ui.batch import answer_batch
from ui.errors import RequestError
from ui.library import open_library
from ui.model import Told, beside_model
from ui.texts import KIND_NAMES, t

if TYPE_CHECKING:
    from qa.engine import Conversation, Engine
    from qa.llm.assist import AssistedEngine

QUIT = frozenset({"退出", "exit", "quit", "q"})


@click.command(help="提问；每个答案都附出处和核对结果。")
@click.argument("question", nargs=-1)
@click.option("-i", "--interactive", is_flag=True, help="连续对话，后一问可省略前一问已说的内容")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option(
    "--batch",
    metavar="FILE",
    help="逐行读取 JSON 问题（id、question、followup_of），逐行输出 JSON 答案；- 为标准输入",
)
@click.option("--unit", help="只查这个单位")
@click.option("--year", help="只查这个年度")
@click.option("--project", help="只查这个项目")
@click.option("--kind", help="只查这类报告，如 部门决算")
@click.option("--report", help="只查这份报告（名称或其一部分）")
@click.option("--no-model", is_flag=True, help="只用规则，不用所配置的语言模型")
@click.pass_context
def ask(
    context: click.Context,
    question: tuple[str, ...],
    interactive: bool,
    as_json: bool,
    batch: str | None,
    unit: str | None,
    year: str | None,
    project: str | None,
    kind: str | None,
    report: str | None,
    no_model: bool,
) -> None:
    settings: Settings = context.obj
    words = " ".join(question).strip()
    if (batch is not None) + (interactive or bool(words)) != 1:
        raise RequestError(t('请给出一个问题（gouji ask "…"），或用 -i 对话，或用 --batch 文件。'))
    filters = Filters(unit, year, project, kind_of(kind), report)
    if batch is not None:
        with _lines(batch) as lines, _engine(settings, model=not no_model) as engine:
            context.exit(answer_batch(engine, lines, sys.stdout, filters))
    with _engine(settings, model=not no_model) as engine:
        if interactive:
            _converse(engine, words, filters, as_json)
        else:
            _answer(engine, words, filters, as_json)


def kind_of(typed: str | None) -> str | None:
    """The kind of report that a user names, by its Chinese name or its name in the code."""
    if typed is None:
        return None
    names = {name: kind.value for kind, name in KIND_NAMES.items()}
    names |= {kind.value: kind.value for kind in ReportKind}
    if typed not in names:
        raise RequestError(
            t("没有“{kind}”这类报告，可选：{names}。", kind=typed, names="、".join(names))
        )
    return names[typed]


@contextmanager
def _lines(batch: str) -> Iterator[Iterable[bytes]]:
    if batch == "-":
        yield sys.stdin.buffer
        return
    with open(batch, "rb") as file:
        yield file


@contextmanager
def _engine(settings: Settings, *, model: bool) -> Iterator[Engine | AssistedEngine]:
    from qa.engine import Engine

    with (
        open_library(settings) as library,
        beside_model(Engine(library, settings), library, settings, use=model) as engine,
    ):
        yield engine


def _answer(
    engine: Engine | AssistedEngine,
    words: str,
    filters: Filters,
    as_json: bool,
    conversation: Conversation | None = None,
) -> None:
    """Ask and show; what a model words is shown sentence by sentence, as each has passed."""
    from qa.engine import Engine

    if as_json or isinstance(engine, Engine):
        answer = engine.ask(words, filters=filters, conversation=conversation)
    else:
        told = Told()
        answer = engine.ask(words, filters=filters, conversation=conversation, listener=told)
        if told.begun:
            click.echo()
            _show(answer, told=True)
            return
    if as_json:
        click.echo(json_line(answer_to_json(answer)))
    else:
        _show(answer)


def _show(answer: Answer, *, told: bool = False) -> None:
    from ui.render import new_console, put, render_answer

    put(new_console(), render_answer(answer, told=told))


def _converse(engine: Engine | AssistedEngine, first: str, filters: Filters, as_json: bool) -> None:
    """Ask until an empty end of input or a word of parting; answers follow one another."""
    from qa.engine import Conversation

    conversation = Conversation()
    asking = sys.stdin.isatty()
    if asking:
        import readline  # noqa: F401  (gives the prompt its editing keys)

        click.echo(t("连续提问；输入“退出”或按 Ctrl-D 结束。"), err=True)
    words: str | None = first
    while words is not None:
        if words:
            _answer(engine, words, filters, as_json, conversation)
        words = _next_question(t("问> ") if asking else "")


def _next_question(prompt: str) -> str | None:
    try:
        words = input(prompt).strip()
    except EOFError:
        return None
    return None if words.lower() in QUIT else words
