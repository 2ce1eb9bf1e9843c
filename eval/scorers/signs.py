"""Directions: whether a change goes the way that is expected, by sign or by word."""

from __future__ import annotations

import re

from eval.amounts import direction, mention_is, mentions, read_number
from eval.suites.model import Amount, Case
from eval.units import compact
from qa.model import Answer, Value

# What a question asks for by its direction: 减少了多少, 增长百分之几.
_ASKED_DOWN = re.compile(r"(减少|下降|降低|调减|压减|少)(了|额|率|幅度)?(是|为)?(多少|几|百分)")
_ASKED_UP = re.compile(r"(增加|增长|上升|提高|调增|追加)(了|额|率|幅度)?(是|为)?(多少|几|百分)")


def sign_miss(case: Case, amount: Amount, value: Value, answer: Answer) -> str | None:
    """None when the direction fits: by sign, or by the word of increase or decrease beside it."""
    number = read_number(value.number)
    if number is None or number == 0:
        return None
    shown = _shown(value, answer)
    expected = -1 if amount.value < 0 else _expected_direction(case, amount)
    negative = number < 0
    if negative and shown > 0:
        return "数值为负而文字说增加"
    if negative:
        shown = -1
    if expected * shown < 0:
        return "增减方向不符"
    if expected < 0 and amount.value < 0 and shown == 0:
        return "应为减少（负数），答案没有说明方向"
    if negative and expected == 0 and amount.value >= 0 and not _says_decrease(value, answer):
        return "正负号不符"
    return None


def _shown(value: Value, answer: Answer) -> int:
    """The direction that the answer gives the value: its own, that of the text, of the label."""
    number = read_number(value.number)
    return (
        direction(compact(value.direction))
        or _direction_in(answer.text, Amount(str(abs(number or 0)), value.unit))
        or direction(compact(value.label))
    )


def _says_decrease(value: Value, answer: Answer) -> bool:
    texts = (answer.text, value.label, value.metric)
    return any(
        direction(compact(part)) < 0 for text in texts for part in re.split("[，。；]", text)
    )


def _expected_direction(case: Case, amount: Amount) -> int:
    """The word of increase or decrease right before the figure in the quotes, or asked for."""
    found = {_direction_in(quote.quote, amount) for quote in case.source} - {0}
    if found:
        return found.pop() if len(found) == 1 else 0
    asked = compact(case.question)
    return bool(_ASKED_UP.search(asked)) - bool(_ASKED_DOWN.search(asked))


def _direction_in(text: str, amount: Amount) -> int:
    found = {
        direction(mention.before[-6:]) for mention in mentions(text) if mention_is(mention, amount)
    } - {0}
    return found.pop() if len(found) == 1 else 0
