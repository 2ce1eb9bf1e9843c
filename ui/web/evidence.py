"""What proves a number: its check, the formula, every figure in it, and the place in the original."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ingest.model import Document
from qa.model import Check, EquationNote, Value
from ui.audit_words import family_name
from ui.render import place_of
from ui.texts import t
from ui.web.checks import grouped, kind_of, meaning, tag
from ui.web.markup import EMPTY, action, html, joined
from ui.web.originals import original
from ui.web.places import Spot

_EQUATIONS = 6
_SPOTS = 24


def nothing() -> Markup:
    """What the pane says before a number was chosen."""
    return html(
        '<div class="gj-evidence gj-empty"><h2>{}</h2><p>{}</p></div>',
        t("依据"),
        t("点答案里的数，这里显示它的算式、参与计算的每个数，以及原件上框出的位置。"),
    )


def value_html(
    value: Value,
    spots: Sequence[Spot],
    chosen: int,
    document: Document | None,
    equations: Sequence[EquationNote],
    *,
    ref: str,
    root: str,
    event: str = "cite",
) -> Markup:
    """All that proves one value.

    Args:
        spots: its places, as `ui.web.places` finds them.
        chosen: which of them is shown in the original.
        document: the report that the chosen one stands in.
        ref: the name of the value in the page; a spot's is ``ref.index``.
        root: what stands before every address of this server.
        event: the name of the event that a click on a spot sends.
    """
    return html(
        '<section class="gj-evidence {}" aria-label="{}">{}{}{}{}{}</section>',
        kind_of(value),
        t("依据"),
        _head(value),
        _formula(value),
        spots_html(spots, chosen, ref, event),
        original_html(spots, chosen, document, root),
        _equations(equations),
    )


def citations_html(
    spots: Sequence[Spot], chosen: int, document: Document | None, *, ref: str, root: str
) -> Markup:
    """The passages that an answer in words rests on."""
    return html(
        '<section class="gj-evidence" aria-label="{0}"><header><h2>{0}</h2></header>{1}{2}</section>',
        t("出处"),
        spots_html(spots, chosen, ref, "cite"),
        original_html(spots, chosen, document, root),
    )


def _head(value: Value) -> Markup:
    where = "，".join(each for each in (value.entity, value.project) if each)
    other = EMPTY
    if value.other:
        other = html('<p class="gj-versus"><span>{}</span><b>{}</b></p>', t("另一边"), value.other)
    return html(
        '<header><h2>{}</h2><p class="gj-who">{}</p><p class="gj-amount"><b>{}</b> {} {}</p>{}'
        '<p class="gj-meaning">{}</p></header>',
        value.label,
        where,
        grouped(value.number),
        value.unit,
        tag(value),
        other,
        meaning(value),
    )


def _formula(value: Value) -> Markup:
    if not value.formula:
        return EMPTY
    result = f" = {grouped(value.recomputed)} {value.unit}" if value.recomputed else ""
    return html('<h3>{}</h3><p class="gj-formula">{}</p>', t("算式"), value.formula + result)


_ROLES = {"value": "所引的数", "operand": "参与计算", "other": "对照的数", "quote": "原文"}


def spots_html(spots: Sequence[Spot], chosen: int, ref: str, event: str) -> Markup:
    """The places of figures as buttons that send `event` with ``ref.index``."""
    if not spots:
        return html('<p class="gj-hint">{}</p>', t("这份报告已从资料库删去，找不到原文。"))
    items = joined(
        html("<li>{}</li>", _spot(spot, f"{ref}.{index}", index == chosen, event))
        for index, spot in enumerate(spots[:_SPOTS])
    )
    more = len(spots) - _SPOTS
    left = html('<p class="gj-hint">{}</p>', t("另有 {n} 处", n=more)) if more > 0 else EMPTY
    return html('<h3>{}</h3><ol class="gj-spots">{}</ol>{}', t("数和出处"), items, left)


def _spot(spot: Spot, ref: str, chosen: bool, event: str) -> Markup:
    number = html("<b>{}</b>", spot.number) if spot.number else EMPTY
    label = html(
        '{}<span{}>{}</span><span class="gj-role">{}</span><small>{}</small>',
        number,
        EMPTY if spot.number else Markup(' class="gj-said"'),
        spot.name or _short(spot.source.quote, 60),
        t(_ROLES[spot.role]),
        place_of(spot.source),
    )
    return action(event, label, classes="gj-spot gj-chosen" if chosen else "gj-spot", ref=ref)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


def original_html(
    spots: Sequence[Spot], chosen: int, document: Document | None, root: str
) -> Markup:
    """The chosen place in its report, boxed."""
    if document is None or not 0 <= chosen < len(spots):
        return EMPTY
    spot = spots[chosen]
    quote = (spot.source.start, spot.source.end)
    return html(
        '<h3>{}</h3><p class="gj-where">{}</p>{}',
        t("原文位置"),
        place_of(spot.source),
        original(document, root, spot.report, spot.spans, quote),
    )


def _equations(equations: Sequence[EquationNote]) -> Markup:
    if not equations:
        return EMPTY
    ordered = sorted(equations, key=lambda each: each.verdict != Check.FAILS.value)
    failed = sum(each.verdict == "fails" for each in equations)
    shown = ordered[: max(failed, _EQUATIONS)]
    items = joined(
        html(
            '<li class="{}"><span>{}</span>{}</li>',
            each.verdict,
            family_name(each.name),
            each.formula,
        )
        for each in shown
    )
    return html(
        '<details class="gj-equations"{}><summary>{}</summary><ul>{}</ul></details>',
        Markup(" open") if failed else EMPTY,
        t("它所在的等式（{n} 条）", n=len(equations)),
        items,
    )
