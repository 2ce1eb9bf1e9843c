"""The command line: `gouji …`. Loads nothing heavy before a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ingest.settings import SettingInfo, Settings, load_settings, setting_table, shown
from qa.codec import json_line
from ui.alias import alias
from ui.ask import ask
from ui.audit import audit
from ui.compare import compare
from ui.english import ENGLISH
from ui.errors import database_trouble, known_errors, one_line
from ui.evaluate import evaluate
from ui.help import Formatter, quiet_libraries, usage_line
from ui.library import list_reports, move_ledger, rebuild, remove, verify
from ui.load import ingest
from ui.mcp import mcp
from ui.model import model
from ui.portfolio import portfolio
from ui.serve import serve
from ui.show import show
from ui.texts import language, plain, set_language, t
from ui.user import user

click.Context.formatter_class = Formatter
CHINESE = {english: chinese for chinese, english in ENGLISH.items()}


def _speak(
    _context: click.Context, _parameter: click.Parameter, language: str | None
) -> str | None:
    if language:
        set_help_language(language)
    return language


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="对中文财政报告提问、比对：每个显示的数都先由程序复算。",
    epilog="先用 gouji ingest 载入报告，再用 gouji ask 提问。",
)
@click.option("--data", type=click.Path(path_type=Path), metavar="DIR", help="资料库所在文件夹")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="配置文件")
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    help="界面语言",
    callback=_speak,
    is_eager=True,
)
@click.version_option(package_name="gouji", message="%(prog)s %(version)s", help="显示版本")
@click.pass_context
def cli(context: click.Context, data: Path | None, config: Path | None, lang: str | None) -> None:
    settings = load_settings(config, data)
    set_language(lang or settings.language)
    context.obj = settings
    if settings.vocabulary:
        from qa.question.vocabulary import use_vocabulary

        use_vocabulary(settings.vocabulary)


for command in (
    ingest,
    list_reports,
    show,
    remove,
    ask,
    compare,
    alias,
    audit,
    portfolio,
    evaluate,
    serve,
    model,
    mcp,
    user,
    verify,
    rebuild,
    move_ledger,
):
    cli.add_command(command)


@cli.command("config", help="列出全部设置及其现值。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def show_config(settings: Settings, as_json: bool) -> None:
    rows = [(info, shown(info, getattr(settings, info.name))) for info in setting_table()]
    if as_json:
        values = {
            info.name: str(value) if isinstance(value, Path) else value for info, value in rows
        }
        click.echo(json_line(values, indent=2))
        return
    width = max(len(info.name) for info, _ in rows)
    for info, value in rows:
        click.echo(f"{info.name:<{width}}  {value!s:<8}  {_note(info, value)}")


def _note(info: SettingInfo, value: object) -> str:
    words = info.en if language() == "en" else info.zh
    return words if value == info.default else words + t("（默认 {value}）", value=info.default)


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Each command with the words that call it, a group before its own commands."""

    def walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        yield path, command
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                yield from walk(f"{path} {name}", inner)

    return walk("gouji", cli)


def set_help_language(language: str) -> None:
    """Put every help text of the command tree into ``zh`` or ``en``."""
    set_language(language)
    words = ENGLISH if language == "en" else CHINESE
    for _, command in every_command():
        command.help = words.get(command.help or "", command.help)
        command.epilog = words.get(command.epilog or "", command.epilog)
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                parameter.help = words.get(parameter.help or "", parameter.help)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0 when all went well; 1 when a part of the work failed (a file, a line of a batch, a
        check); 2 when a known error stopped it, after one line on stderr; 130 when interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    quiet_libraries()
    if os.environ.get("GOUJI_LANGUAGE") == "en":
        set_help_language("en")
    try:
        result = cli.main(arguments, prog_name="gouji", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        return _fail(usage_line(error))
    except (click.Abort, KeyboardInterrupt):
        click.echo(t("已中断。"), err=True)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone; what is still buffered must not raise again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except known_errors() as error:
        return _fail(one_line(error))
    except Exception as error:
        trouble = database_trouble(error)
        if trouble is None:
            raise
        return _fail(trouble)
    return result if isinstance(result, int) else 0


def _fail(message: str) -> int:
    click.echo(t("错误：{message}", message=plain(message)), err=True)
    return 2
