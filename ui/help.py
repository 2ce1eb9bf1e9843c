"""What click says of itself, in the reader's language: headings of the help and wrong usage."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable

import click

from ui.texts import t

_HELP_OF_HELP = "Show this message and exit."


class Formatter(click.HelpFormatter):
    """Help pages whose headings speak the language of the help texts."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or t("用法："))

    def write_heading(self, heading: str) -> None:
        words = {"Options": t("选项"), "Commands": t("命令")}
        super().write_heading(words.get(heading, heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        said = [
            (name, t("显示这页说明") if words == _HELP_OF_HELP else words) for name, words in rows
        ]
        super().write_dl(said, col_max, col_spacing)


def usage_line(error: click.ClickException) -> str:
    """What is wrong with the command as it was typed, on one line, with where to look it up."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "gouji"
    return t("{problem}；用法见 {command} --help", problem=_problem(error), command=command)


def _problem(error: click.ClickException) -> str:
    unknown = getattr(error, "command_name", None)  # click's NoSuchCommand, new in 8.2
    if unknown is not None:
        return t("没有 {name} 这个命令", name=unknown)
    if isinstance(error, click.NoSuchOption):
        close = "、".join(error.possibilities or ())
        hint = t("，是不是 {close}", close=close) if close else ""
        return t("没有 {name} 这个选项", name=error.option_name) + hint
    if isinstance(error, click.BadOptionUsage):
        return t("选项 {name} 的写法不对，或缺少它的值", name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_parameter(error, error.param)
    return error.format_message()


def _bad_parameter(error: click.BadParameter, parameter: click.Parameter) -> str:
    name = next((opt for opt in parameter.opts if opt.startswith("--")), None)
    shown = name or str(parameter.metavar or parameter.name)
    if isinstance(error, click.MissingParameter):
        return t("缺少 {name}", name=shown)
    if isinstance(parameter.type, click.Choice):
        choices = " / ".join(map(str, parameter.type.choices))
        return t("{name} 只能是 {choices}", name=shown, choices=choices)
    return f"{shown}: {error.message}"


def quiet_libraries() -> None:
    """Keep what libraries of language models log for their own developers off the screen.

    What a user needs to know of a model that cannot be loaded is in our own error line.
    """
    for name in ("TRANSFORMERS_VERBOSITY", "HF_HUB_VERBOSITY"):
        os.environ.setdefault(name, "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    for library in ("sentence_transformers", "huggingface_hub", "chromadb"):
        logging.getLogger(library).setLevel(logging.ERROR)
