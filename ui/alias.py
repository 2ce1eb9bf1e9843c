"""`gouji alias …`: which names are one; what reports state, what is guessed, what the user decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from ingest.settings import Settings
from qa.codec import json_line
from ui.errors import RequestError, nearest
from ui.library import open_library
from ui.texts import plain, t

if TYPE_CHECKING:
    from index.aliases import AliasStep
    from index.library import Library
    from qa.catalogue import Catalogue
    from qa.compare_model import Alignment

ACTIONS = {"add": "增加", "remove": "否定", "confirm": "确认"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A library with its names and what is known of them."""

    library: Library
    catalogue: Catalogue
    entries: tuple[Alignment, ...]


@click.group(help="单位、项目的旧名和别名：列出、增加、确认、否定、撤销。")
def alias() -> None:
    pass


@contextmanager
def _opened(settings: Settings) -> Iterator[Opened]:
    from qa.alias_list import aliases_of
    from qa.catalogue import Catalogue
    from qa.known_names import part_ref
    from qa.name_facts import name_facts

    with open_library(settings) as library:
        catalogue = Catalogue([part_ref(part) for part in library.parts()])
        yield Opened(library, catalogue, aliases_of(catalogue, name_facts(library.aliases)))


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
    from qa.compare_codec import alignment_to_json

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
    with _opened(settings) as opened:
        _decide(opened, "add", first, second, joined=True, is_project=is_project, note=note)


@alias.command(
    "confirm", help="确认一条推测（或再次确认一条已写明的）：两个名称，或 list 里的编号。"
)
@click.argument("names", nargs=-1, required=True)
@click.option("--note", default="", help="依据或说明")
@click.pass_obj
def confirm(settings: Settings, names: tuple[str, ...], note: str) -> None:
    with _opened(settings) as opened:
        if len(names) == 2 and _entry(opened, *names) is None:
            _decide(opened, "confirm", *names, joined=True, is_project=False, note=note)
            return
        chosen = _chosen(opened, names)
        _decide_entry(opened, "confirm", chosen, joined=True, note=note)


@alias.command("remove", help="否定：两个名称不是同一个；可用两个名称，或 list 里的编号。")
@click.argument("names", nargs=-1, required=True)
@click.option("--project", "is_project", is_flag=True, help="是项目的名称")
@click.option("--note", default="", help="依据或说明")
@click.pass_obj
def remove(settings: Settings, names: tuple[str, ...], is_project: bool, note: str) -> None:
    with _opened(settings) as opened:
        if len(names) == 2 and _entry(opened, *names) is None:
            _decide(opened, "remove", *names, joined=False, is_project=is_project, note=note)
            return
        chosen = _chosen(opened, names)
        _decide_entry(opened, "remove", chosen, joined=False, note=note)


@alias.command("undo", help="撤销最近一次 add、confirm 或 remove。")
@click.pass_obj
def undo(settings: Settings) -> None:
    with open_library(settings) as library:
        step = library.aliases.undo()
    if step is None:
        raise RequestError(t("没有可以撤销的决定。"))
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


def _entry(opened: Opened, first: str, second: str) -> Alignment | None:
    pair = {first, second}
    return next((e for e in opened.entries if {e.first, e.second} == pair), None)


def _chosen(opened: Opened, names: tuple[str, ...]) -> Alignment:
    """The entry that two names or a number of the list mean."""
    if len(names) == 1 and names[0].isdigit() and 1 <= int(names[0]) <= len(opened.entries):
        return opened.entries[int(names[0]) - 1]
    found = _entry(opened, *names) if len(names) == 2 else None
    if found is None:
        raise RequestError(t("没有这一条；请用 gouji alias list 查看编号，或写出两个名称。"))
    return found


def _decide(
    opened: Opened,
    action: str,
    first: str,
    second: str,
    *,
    joined: bool,
    is_project: bool,
    note: str,
) -> None:
    from qa.alias_list import kind_of
    from qa.compare_model import Alignment, State
    from qa.identity import PROJECT

    first, second = first.strip(), second.strip()
    if not first or not second or first == second:
        raise RequestError(t("请写出两个不同的名称。"))
    kind = PROJECT if is_project else kind_of(opened.catalogue, first, second)
    known = {*opened.catalogue.parts_of, *opened.catalogue.parts_of_project}
    if kind is None or not {first, second} & known:
        close = nearest(second, sorted(known))
        hint = t("，最接近的是“{close}”", close=plain(close)) if close else ""
        raise RequestError(t("资料库里没有叫这两个名称的单位或项目") + hint + "。")
    state = State.USER if joined else State.PARTED
    entry = Alignment(kind, first, second, state, "")
    _decide_entry(opened, action, entry, joined=joined, note=note)


def _decide_entry(
    opened: Opened, action: str, entry: Alignment, *, joined: bool, note: str
) -> None:
    """Keep the decision with the places that speak for it: those of the entry, and of both names."""
    from index.aliases import JOINED, PARTED
    from qa.alias_list import bearing

    names = (entry.first, entry.second)
    places = (*entry.sources, *bearing(opened.library, opened.catalogue, entry.kind, names))
    evidence = [
        {"report": s.report, "quote": s.quote, "start": s.start, "end": s.end, "page": s.page}
        for s in dict.fromkeys(places)
    ]
    opened.library.aliases.decide(
        action,
        entry.kind,
        entry.first,
        entry.second,
        JOINED if joined else PARTED,
        note=note,
        evidence=evidence,
        now=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    words = (
        "已认定“{first}”与“{second}”是同一个。"
        if joined
        else "已认定“{first}”与“{second}”不是同一个。"
    )
    click.echo(t(words, first=plain(entry.first), second=plain(entry.second)))
