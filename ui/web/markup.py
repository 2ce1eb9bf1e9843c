"""HTML of the page, escaped piece by piece: text of reports can never become markup.

Every function of these modules that returns `Markup` has built it with `html`, which escapes
whatever is filled in; control and direction-changing characters are dropped before.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ui.texts import plain

EMPTY = Markup("")


def html(template: str, *pieces: object, **named: object) -> Markup:
    """`template` with each piece escaped, unless it is Markup already."""
    return Markup(template).format(*map(_inert, pieces), **{k: _inert(v) for k, v in named.items()})  # noqa: S704


def _inert(piece: object) -> object:
    return plain(piece) if type(piece) is str else piece


def joined(pieces: Iterable[Markup], between: str = "") -> Markup:
    """The pieces one after the other."""
    return Markup(between).join(pieces)  # noqa: S704


def lines(text: str) -> Markup:
    """Each line of a text as a paragraph."""
    return joined(html("<p>{}</p>", line) for line in text.splitlines() if line.strip())


def action(
    name: str, label: object, *, classes: str = "", said: str = "", **data: object
) -> Markup:
    """A button that `ui/data/web.js` turns into the event `name` with `data`.

    Args:
        said: what a screen reader says in place of the label, where that needs more words.
    """
    pairs = joined(html(' data-{}="{}"', key, str(value)) for key, value in data.items())
    spoken = html(' aria-label="{}"', said) if said else EMPTY
    return html(
        '<button type="button" class="{}" data-act="{}"{}{}>{}</button>',
        f"gj-act {classes}".rstrip(),
        name,
        pairs,
        spoken,
        label,
    )


def piece(text: str) -> Markup:
    """A piece of a sentence, with the blanks that part it from what stands beside it."""
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return html("{}{}{}", Markup(lead), text, Markup(tail))  # noqa: S704


def capital(text: str) -> str:
    """The text with a capital at its beginning, for labels; Chinese stays as it is."""
    return text[:1].upper() + text[1:]
