"""Aliases and their history on a terminal, each with its state, its reason and its place."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from index.aliases import JOINED, AliasStep
from qa.compare.model import Alignment, State
from ui.alias import ACTIONS
from ui.render import place_of
from ui.texts import plain, t

STATE_WORDS = {
    State.CONFIRMED: ("已写明", "green"),
    State.USER: ("用户认定", "green"),
    State.PARTED: ("用户否定", "red"),
    State.SPELLED: ("按名称推定", "yellow"),
    State.GUESSED: ("推测", "yellow"),
}
KIND_WORDS = {"unit": "单位", "project": "项目"}
_PLACES = 4


def aliases_view(entries: Sequence[tuple[int, Alignment]]) -> RenderableType:
    """The pairs with their numbers, states and evidence."""
    if not entries:
        return Text(t("没有旧名或别名。"))
    return Group(*(part for number, each in entries for part in _entry(number, each)))


def _entry(number: int, each: Alignment) -> list[RenderableType]:
    words, style = STATE_WORDS[each.state]
    head = Text(f"{number:>3}. ")
    head.append(f"[{t(words)}] ", style=style)
    head.append(f"{t(KIND_WORDS[each.kind])} ", style="dim")
    head.append(
        f"{plain(each.first)} ≠ " if each.state is State.PARTED else f"{plain(each.first)} → "
    )
    head.append(plain(each.second))
    lines: list[RenderableType] = [head, _indented(Text(plain(each.how), style="dim"))]
    for source in each.sources[:_PLACES]:
        line = f"{place_of(source)}：{plain(source.quote)}"
        lines.append(_indented(Text(line, style="dim")))
    return lines


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 5), expand=False)


def history_view(steps: Sequence[AliasStep]) -> RenderableType:
    """What was decided when, the latest first."""
    if not steps:
        return Text(t("还没有作过决定。"))
    return Group(*map(_step, steps))


def _step(step: AliasStep) -> Text:
    pair = step.after or step.before
    names = "" if pair is None else f"{plain(pair.first)} / {plain(pair.second)}"
    joined = step.after is not None and step.after.state == JOINED
    sign = "=" if joined else "≠"
    line = Text(
        f"{step.id:>3}. {step.at}  {t(ACTIONS.get(step.action, step.action))} {sign} {names}"
    )
    if step.undone:
        line.append(f"  {t('已撤销')}", style="yellow")
    return line
