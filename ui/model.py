"""`gouji model check`: whether the configured language model answers and is of use, in one screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from ingest.settings import Settings
from qa.codec import json_line
from ui.errors import RequestError
from ui.texts import language, plain, t

if TYPE_CHECKING:
    from index.library import Library
    from qa.engine import Engine
    from qa.llm.assist import AssistedEngine
    from qa.llm.checkup import Tried
    from qa.model import Answer

_TRIALS = {
    "answers": "作答",
    "chinese": "用中文",
    "streams": "逐段输出",
    "form": "按格式输出",
    "choice": "按编号选择",
    "slots": "照抄占位符，不写数字",
}


@click.group("model", help="语言模型：查看所配置的模型是否可用。")
def model() -> None:
    """The group itself does nothing."""


@model.command("check", help="试问所配置的模型：能否作答、逐段输出、按格式输出、照抄占位符。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    from qa.llm.config import configured
    from qa.llm.opening import open_model

    settings: Settings = context.obj
    config = configured(settings)
    if config is None:
        raise RequestError(t("没有配置语言模型；设置 model 和 model_base_url，见 docs/model.md。"))
    from qa.llm.checkup import check_up

    if not as_json:
        where = config.where if config.base_url else config.provider
        click.echo(plain(t("模型 {name}，服务 {where}", name=config.name, where=where)))
    tried: list[Tried] = []
    with open_model(config, settings) as opened:
        for each in check_up(opened, config.budget):
            tried.append(each)
            if not as_json:
                click.echo(plain(_line(each)))
    if as_json:
        click.echo(json_line([_json(each) for each in tried], indent=2))
    elif all(each.passed for each in tried):
        click.echo(t("可用。"))
    else:
        click.echo(t("有一项或几项不行；不行的部分由规则代替，答案中的数不受影响。"))
    context.exit(int(not all(each.passed for each in tried)))


def _line(tried: Tried) -> str:
    mark = "✓" if tried.passed else "✗"
    seconds = t("{seconds} 秒", seconds=f"{tried.seconds:.1f}") if tried.seconds else ""
    said = _notice(tried) if tried.error else tried.said
    return f"{mark} " + "  ".join(filter(None, (t(_TRIALS[tried.trial.value]), seconds, said)))


def _notice(tried: Tried) -> str:
    if tried.error is None:
        return ""
    return tried.error.en if language() == "en" else tried.error.zh


def _json(tried: Tried) -> dict[str, object]:
    return {
        "trial": tried.trial.value,
        "passed": tried.passed,
        "seconds": round(tried.seconds, 3),
        "said": tried.said,
        "error": _notice(tried) or None,
    }


class Told:
    """Prints an answer's text while it is worded, without control characters."""

    def __init__(self) -> None:
        self.begun = False
        self._last = ""

    def begins(self, answer: Answer) -> None:
        """See `qa.llm.assist.Listener`."""
        from rich.console import Group

        from ui.render import new_console, put, render_head

        self.begun = True
        head = render_head(answer)
        if head:
            put(new_console(), Group(*head))

    def says(self, piece: str) -> None:
        """See `qa.llm.assist.Listener`."""
        text = "\n".join(plain(line) for line in piece.split("\n"))
        if self._last.isascii() and self._last.strip() and text[:1].isascii() and text.strip():
            text = f" {text}" if text[0] != "\n" else text
        click.echo(text, nl=False)
        sys.stdout.flush()
        self._last = text[-1:] or self._last


@contextmanager
def beside_model(
    engine: Engine, library: Library, settings: Settings, *, use: bool
) -> Iterator[Engine | AssistedEngine]:
    """The engine with the configured model, if one is to be used; a wrong setting is one line."""
    if not use or not settings.model:
        yield engine
        return
    from qa.llm.config import ModelConfigError
    from qa.llm.opening import assisted

    with ExitStack() as stack:
        asker: Engine | AssistedEngine = engine
        try:
            asker = stack.enter_context(assisted(engine, library, settings))
        except ModelConfigError as error:
            line = error.english if language() == "en" else str(error)
            click.echo(plain(t("未使用模型：{problem}", problem=line)), err=True)
        yield asker
