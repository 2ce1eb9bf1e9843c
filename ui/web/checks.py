"""How each number was checked, as a reader sees it: a mark, a word, a colour and one sentence."""

from __future__ import annotations

import re

from markupsafe import Markup

from qa.model import Check, Value
from ui.render import CHECK_MARKS, DOUBT_MARK
from ui.texts import t
from ui.web.markup import action, html

_PLAIN = re.compile(r"(-?)([1-9][0-9]{3,})((?:\.[0-9]+)?)", re.ASCII)
_MEANINGS = {
    Check.EXACT: "从原文重新读出，并由报告里的其他数用等式算出，完全一致。",
    Check.ROUNDING: "从原文重新读出；由其他数算出的结果，在所印位数的舍入范围内一致。",
    Check.DERIVED: "由原文中重新读出的数算出，算式和每个数的出处列在下面。",
    Check.STATED: "从原文重新读出；报告里没有可以复算它的等式，请以原件为准。",
    Check.FAILS: "报告里另有数与它矛盾，两边都列在下面，引用前请核实。",
}
_DOUBTFUL = "扫描件上的字没有认准，请对照原页。"


def kind_of(value: Value) -> str:
    """The class of the style sheet: a value of `Check`, or ``doubt``."""
    return "doubt" if value.doubtful else value.check.value


def mark_and_word(value: Value) -> tuple[str, str]:
    """``✓`` and ``已复算``, in the current language."""
    mark, word, _ = DOUBT_MARK if value.doubtful else CHECK_MARKS[value.check]
    return mark, t(word)


def meaning(value: Value) -> str:
    """What the check means, in one sentence."""
    return t(_DOUBTFUL) if value.doubtful else t(_MEANINGS[value.check])


def tag(value: Value) -> Markup:
    """The check as a small coloured label; the colour never stands without the word."""
    mark, word = mark_and_word(value)
    return html('<span class="gj-tag {}"><i>{}</i>{}</span>', kind_of(value), mark, word)


def amount(value: Value) -> str:
    """``56.4万元``, or the text that a value without a unit is."""
    return f"{grouped(value.number)}{value.unit}"


def grouped(number: str) -> str:
    """Plain digits with their thousands parted; anything else as it is."""
    match = _PLAIN.fullmatch(number)
    return number if match is None else f"{match[1]}{int(match[2]):,}{match[3]}"


def chip(value: Value, ref: str, shown: str = "") -> Markup:
    """A number that opens what proves it."""
    mark, word = mark_and_word(value)
    return action(
        "cite",
        html("<i>{}</i>{}", mark, shown or amount(value)),
        classes=f"gj-chip {kind_of(value)}",
        said=t("{number}，{check}：查看依据", number=shown or amount(value), check=word),
        ref=ref,
    )


def legend() -> Markup:
    """All checks with their words, for a reader who sees the page for the first time."""
    entries = [
        html(
            '<span class="gj-tag {}" title="{}"><i>{}</i>{}</span>',
            check.value,
            t(_MEANINGS[check]),
            mark,
            t(word),
        )
        for check, (mark, word, _) in CHECK_MARKS.items()
    ]
    return html('<p class="gj-legend">{}</p>', Markup("").join(entries))
