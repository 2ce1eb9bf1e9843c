"""Old and other names as HTML: each pair with its state, its evidence and what can be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from index.aliases import JOINED, AliasStep
from qa.compare.model import Alignment, State
from qa.model import Source
from ui.alias import ACTIONS
from ui.alias_view import KIND_WORDS, STATE_WORDS
from ui.render import place_of
from ui.texts import t
from ui.web.markup import EMPTY, action, html, joined

SHOWN = 60
_PLACES = 4
_STEPS = 8
# The open question first: what was guessed waits for a person.
_ORDER = (State.GUESSED, State.SPELLED, State.USER, State.PARTED, State.CONFIRMED)


def aliases_html(
    entries: Sequence[Alignment],
    history: Sequence[AliasStep],
    reports: Mapping[str, int],
    *,
    edits: bool,
    unfolded: bool,
) -> Markup:
    """The pairs for review; nothing where no two names may be one.

    Args:
        reports: numbers of the loaded reports by name, for links to the evidence.
        edits: whether the reader may decide.
    """
    if not entries and not history:
        return EMPTY
    guesses = sum(each.open for each in entries)
    head = t("旧名和别名（{n} 条）", n=len(entries))
    waiting = t("{n} 条推测待确认", n=guesses)
    ordered = sorted(entries, key=lambda each: _ORDER.index(each.state))
    return html(
        '<details class="gj-items gj-aliases"{}><summary>{}{}</summary><p class="gj-hint">{}</p>'
        "<ul>{}</ul>{}</details>",
        Markup(" open") if unfolded else EMPTY,
        head,
        html(' <span class="gj-tag doubt">{}</span>', waiting) if guesses else EMPTY,
        t("同一单位、同一项目的不同名称在问答和对比里按一个对待；推测的请核对依据后确认或否定。"),
        joined(_entry(each, reports, edits=edits) for each in ordered[:SHOWN]),
        _history(history, edits=edits),
    )


def _entry(each: Alignment, reports: Mapping[str, int], *, edits: bool) -> Markup:
    word, _ = STATE_WORDS[each.state]
    sign = "≠" if each.state is State.PARTED else "→"
    evidence = joined(_place(source, reports) for source in each.sources[:_PLACES])
    return html(
        '<li class="{}"><span class="gj-tag {}">{}</span><span class="gj-role">{}</span>'
        '<b>{} {} {}</b><p class="gj-how">{}</p>{}{}</li>',
        each.state.value,
        _COLOURS[each.state],
        t(word),
        t(KIND_WORDS[each.kind]),
        each.first,
        sign,
        each.second,
        each.how,
        html('<ol class="gj-quotes">{}</ol>', evidence) if evidence else EMPTY,
        _decisions(each) if edits else EMPTY,
    )


_COLOURS = {
    State.GUESSED: "doubt",
    State.SPELLED: "doubt",
    State.USER: "exact",
    State.CONFIRMED: "derived",
    State.PARTED: "fails",
}


def _place(source: Source, reports: Mapping[str, int]) -> Markup:
    place = place_of(source)
    number = reports.get(source.report)
    if number is not None:
        place = action("open", place, classes="gj-link", report=number, page=source.page or 1)
    return html("<li>{}：<q>{}</q></li>", place, source.quote)


def _decisions(each: Alignment) -> Markup:
    pair = {"kind": each.kind, "first": each.first, "second": each.second}
    both = {"first": each.first, "second": each.second}
    yes = action(
        "alias",
        t("是同一个"),
        classes="gj-step",
        said=t("确认“{first}”与“{second}”是同一个", **both),
        does="confirm",
        **pair,
    )
    no = action(
        "alias",
        t("不是同一个"),
        classes="gj-step",
        said=t("否定：“{first}”与“{second}”不是同一个", **both),
        does="remove",
        **pair,
    )
    shown = html("{}{}", yes, no) if each.open else yes if each.state is State.PARTED else no
    return html('<span class="gj-decide">{}</span>', shown)


def _history(history: Sequence[AliasStep], *, edits: bool) -> Markup:
    if not history:
        return EMPTY
    standing = any(not step.undone for step in history)
    undo = action("undo", t("撤销最近一次"), classes="gj-step") if standing and edits else EMPTY
    rows = joined(map(_step, history[:_STEPS]))
    return html(
        '<div class="gj-history"><h4>{}</h4>{}<ol class="gj-quotes">{}</ol></div>',
        t("所作的决定"),
        undo,
        rows,
    )


def _step(step: AliasStep) -> Markup:
    pair = step.after or step.before
    same = step.after is not None and step.after.state == JOINED
    names = "" if pair is None else f"{pair.first} {'=' if same else '≠'} {pair.second}"
    at = step.at[:16].replace("T", " ") + " UTC"
    undone = html(' <span class="gj-tag stated">{}</span>', t("已撤销")) if step.undone else EMPTY
    return html("<li>{} {} {}{}</li>", at, t(ACTIONS.get(step.action, step.action)), names, undone)
