"""Names that are one: looked at and decided, for the command and the page alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from index.aliases import JOINED, PARTED, AliasStep
from index.library import Library
from qa.compare.model import Alignment, State
from qa.model import Source
from qa.naming.alias_list import aliases_of, bearing, kind_of
from qa.naming.catalogue import Catalogue
from qa.naming.identity import PROJECT
from qa.naming.known_names import part_ref
from qa.naming.name_facts import name_facts
from ui.errors import RequestError, nearest
from ui.texts import plain, t


@dataclass(frozen=True, slots=True)
class Opened:
    """A library with its names and what is known of them."""

    library: Library
    catalogue: Catalogue
    entries: tuple[Alignment, ...]


def look_up(library: Library) -> Opened:
    """The names of a library: decided, stated and guessed."""
    catalogue = Catalogue([part_ref(part) for part in library.parts()])
    return Opened(library, catalogue, aliases_of(catalogue, name_facts(library.aliases)))


def entry_of(opened: Opened, first: str, second: str) -> Alignment | None:
    """The entry of two names, in either order."""
    pair = {first, second}
    return next((e for e in opened.entries if {e.first, e.second} == pair), None)


def chosen_entry(opened: Opened, names: Sequence[str]) -> Alignment:
    """The entry that two names or a number of the list mean.

    Raises:
        RequestError: there is none.
    """
    if len(names) == 1 and names[0].isdigit() and 1 <= int(names[0]) <= len(opened.entries):
        return opened.entries[int(names[0]) - 1]
    found = entry_of(opened, *names) if len(names) == 2 else None
    if found is None:
        raise RequestError(t("没有这一条；请用 gouji alias list 查看编号，或写出两个名称。"))
    return found


def evidence_of(opened: Opened, entry: Alignment) -> tuple[Source, ...]:
    """The places of an entry, then where a report bears each of its names."""
    names = (entry.first, entry.second)
    places = (*entry.sources, *bearing(opened.library, opened.catalogue, entry.kind, names))
    return tuple(dict.fromkeys(places))


def new_entry(
    opened: Opened, first: str, second: str, *, joined: bool, is_project: bool
) -> Alignment:
    """An entry for two names that are typed.

    Raises:
        RequestError: they are the same, or no report bears either.
    """
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
    return Alignment(kind, first, second, state, "")


def decide(opened: Opened, action: str, entry: Alignment, *, joined: bool, note: str = "") -> None:
    """Keep a decision with the places that speak for it: those of the entry, and of both names."""
    evidence = [
        {"report": s.report, "quote": s.quote, "start": s.start, "end": s.end, "page": s.page}
        for s in evidence_of(opened, entry)
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


def take_back(library: Library) -> AliasStep:
    """Undo the latest decision.

    Raises:
        RequestError: there is none to undo.
    """
    step = library.aliases.undo()
    if step is None:
        raise RequestError(t("没有可以撤销的决定。"))
    return step
