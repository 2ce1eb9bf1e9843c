"""`gouji alias …`: which names are one; what reports state, what is guessed, what the user decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from ingest.settings import Settings
from qa.codec import json_line
from ui.library import open_library
from ui.texts import plain, t

if TYPE_CHECKING:
    from index.aliases import AliasStep
    from qa.compare.model import Alignment
    from ui.alias_decide import Opened

ACTIONS = {"add": "增加", "remove": "否定", "confirm": "确认"}


@click.group(help="单位、项目的旧名和别名：列出、增加、确认、否定、撤销。")
def alias() -> None:
    pass


@contextmanager
def _opened(settings: Settings) -> Iterator[Opened]:
    from ui.alias_decide import look_up

    with open_library(settings) as library:
        yield look_up(library)


@alias.command("list", help="列出按同一单位、同一项目对待的名称，及其依据；推测的标明是推测。")
@click.option("--kind", type=click.Choice(("unit", "project")), help="只列单位或只列项目")
@click.option("--history", is_flag=True, help="改为列出所作决定的历史")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def list_aliases(settings: Settings, kind: str | None, history: bool, as_json: bool) -> None:
    with _opened(settings) as opened:
        steps = opened.library.aliases.history()
        numbered = [(no, each) for no, each in enumerate(opened.entries, 1)]
    shown = [(no, each) for no, each in numbered if kind in (None, each.kind)]
    if as_json:
        _print_json(shown, steps if history else None)
        return
    from ui.alias_view import aliases_view, history_view
    from ui.render import new_console, put

    put(new_console(), history_view(steps) if history else aliases_view(shown))


def _print_json(shown: Sequence[tuple[int, Alignment]], steps: Sequence[AliasStep] | None) -> None:
    from qa.compare.codec import alignment_to_json

    found: dict[str, Any]
    if steps is None:
        found = {"aliases": [{"number": no, **alignment_to_json(each)} for no, each in shown]}
    else:
        found = {"history": [_step_json(step) for step in steps]}
    click.echo(json_line(found, indent=2))


def _step_json(step: AliasStep) -> dict[str, Any]:
    pair = step.after or step.before
    return {
        "id": step.id,
        "at": step.at,
        "action": step.action,
        "kind": pair.kind if pair else None,
        "first": pair.first if pair else None,
        "second": pair.second if pair else None,
        "before": step.before.state if step.before else None,
        "after": step.after.state if step.after else None,
        "undone": step.undone,
    }


@alias.command("add", help="认定两个名称是同一单位（项目）：旧名或别名在前。")
@click.argument("first")
@click.argument("second")
@click.option("--project", "is_project", is_flag=True, help="是项目的名称")
@click.option("--note", default="", help="依据或说明")
@click.pass_obj
def add(settings: Settings, first: str, second: str, is_project: bool, note: str) -> None:
    from ui.alias_decide import new_entry

    with _opened(settings) as opened:
        entry = new_entry(opened, first, second, joined=True, is_project=is_project)
        _decide(opened, "add", entry, joined=True, note=note)


@alias.command(
    "confirm", help="确认一条推测（或再次确认一条已写明的）：两个名称，或 list 里的编号。"
)
@click.argument("names", nargs=-1, required=True)
@click.option("--note", default="", help="依据或说明")
@click.pass_obj
def confirm(settings: Settings, names: tuple[str, ...], note: str) -> None:
    with _opened(settings) as opened:
        entry = _meant(opened, names, joined=True, is_project=False)
        _decide(opened, "confirm", entry, joined=True, note=note)


@alias.command("remove", help="否定：两个名称不是同一个；可用两个名称，或 list 里的编号。")
@click.argument("names", nargs=-1, required=True)
@click.option("--project", "is_project", is_flag=True, help="是项目的名称")
@click.option("--note", default="", help="依据或说明")
@click.pass_obj
def remove(settings: Settings, names: tuple[str, ...], is_project: bool, note: str) -> None:
    with _opened(settings) as opened:
        entry = _meant(opened, names, joined=False, is_project=is_project)
        _decide(opened, "remove", entry, joined=False, note=note)


@alias.command("undo", help="撤销最近一次 add、confirm 或 remove。")
@click.pass_obj
def undo(settings: Settings) -> None:
    from ui.alias_decide import take_back

    with open_library(settings) as library:
        step = take_back(library)
    pair = step.after or step.before
    if pair is not None:
        click.echo(
            t(
                "已撤销：{action}“{first}”与“{second}”",
                action=t(ACTIONS.get(step.action, step.action)),
                first=plain(pair.first),
                second=plain(pair.second),
            )
        )


def _meant(opened: Opened, names: tuple[str, ...], *, joined: bool, is_project: bool) -> Alignment:
    """The entry that is meant; two names that have none make a new one."""
    from ui.alias_decide import chosen_entry, entry_of, new_entry

    if len(names) == 2 and entry_of(opened, *names) is None:
        return new_entry(opened, *names, joined=joined, is_project=is_project)
    return chosen_entry(opened, names)


def _decide(opened: Opened, action: str, entry: Alignment, *, joined: bool, note: str) -> None:
    from ui.alias_decide import decide

    decide(opened, action, entry, joined=joined, note=note)
    click.echo(t(told(joined=joined), first=plain(entry.first), second=plain(entry.second)))


def told(*, joined: bool) -> str:
    """What is said of a decision."""
    return (
        "已认定“{first}”与“{second}”是同一个。"
        if joined
        else "已认定“{first}”与“{second}”不是同一个。"
    )
