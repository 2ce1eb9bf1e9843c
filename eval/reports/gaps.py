"""What was expected beside what was given, with the difference: for a reader, not for a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from eval.amounts import in_unit, read_number
from eval.runner import Outcome
from eval.scorers.disputes import gives
from eval.scorers.lists import completeness
from eval.scorers.series import label_fit
from eval.scorers.texts import holds, reader_text
from eval.scorers.values import amount_miss, numbers
from eval.suites.suite import (
    AbstainExpected,
    Amount,
    Case,
    ClarifyExpected,
    ContradictionExpected,
    Labelled,
    NumberExpected,
    SeriesExpected,
    TextExpected,
)
from ingest.quantity import round_half_up
from qa.model import Answer, Value

_PLACES = 2  # of a difference in percent
_HUGE = Decimal(10) ** 18  # beyond it digits would be rounded away
_ABSURD = 10**6  # times the expected


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that was expected. `given` is empty where nothing in the answer corresponds.

    `difference` is given minus expected in the expected unit, `share` the same in percent of the
    expected; both are empty where the two are no figures of one kind.
    """

    label: str
    expected: str
    given: str
    met: bool
    difference: str = ""
    share: str = ""


def gaps(outcome: Outcome) -> tuple[Gap, ...]:
    """The parts of an expectation; none where no answer came."""
    if outcome.answer is None:
        return ()
    return tuple(_gaps(outcome.case, outcome.answer))


def _gaps(case: Case, answer: Answer) -> Iterator[Gap]:
    match case.expect:
        case NumberExpected(amounts):
            yield _number(case, amounts, answer)
        case ClarifyExpected(accept):
            yield _number(case, accept, answer) if accept else _plain("clarify", answer)
        case SeriesExpected(items):
            for item in items:
                yield _labelled(case, item, answer)
        case TextExpected(strings, _, "list"):
            missing = completeness(strings, answer).missing
            for string in strings:
                yield _words(string, string not in missing)
        case TextExpected(strings, _, _):
            text = reader_text(answer)
            for string in strings:
                yield _words(string, holds(string, text))
        case ContradictionExpected(stated, recomputed):
            yield _words(stated, gives(stated, answer))
            yield _words(" | ".join(recomputed), any(gives(each, answer) for each in recomputed))
        case AbstainExpected():
            yield _plain("abstain", answer)


def _words(string: str, found: bool) -> Gap:
    return Gap("", string, string if found else "", found)


def _plain(label: str, answer: Answer) -> Gap:
    shown = numbers(answer)
    given = _text(shown[0]) if shown else answer.outcome.value
    return Gap("", label, given, not shown)


def _number(case: Case, amounts: tuple[Amount, ...], answer: Answer) -> Gap:
    shown = numbers(answer)
    fitting = [
        amount
        for amount in amounts
        if shown and amount_miss(case, amount, shown[0], answer) is None
    ]
    amount = (*fitting, *amounts)[0]
    expected = " | ".join(f"{each.number}{each.unit}" for each in amounts)
    if not shown:
        return Gap("", expected, "", False)
    return _between(Gap("", expected, _text(shown[0]), bool(fitting)), amount, shown[0])


def _labelled(case: Case, item: Labelled, answer: Answer) -> Gap:
    """An item beside the value that carries its size, else the one whose name fits it best."""
    amount = item.amounts[0]
    expected = f"{amount.number}{amount.unit}"
    sized = [
        value
        for value in numbers(answer)
        if any(amount_miss(case, each, value, answer) is None for each in item.amounts)
    ]
    named = _closest(item, numbers(answer))
    if not sized and named is None:
        return Gap(item.label, expected, "", False)
    value = sized[0] if sized else named
    if value is None:
        return Gap(item.label, expected, "", False)
    return _between(Gap(item.label, expected, _text(value), bool(sized)), amount, value)


def _closest(item: Labelled, values: Iterable[Value]) -> Value | None:
    """The value whose label, else whose other names fit an item best; None where none do."""
    fits = [
        ((label_fit(item.label, each.label), label_fit(item.label, _names(each))), each)
        for each in values
    ]
    best = max(fits, key=lambda fit: fit[0], default=None)
    return best[1] if best and any(best[0]) else None


def _names(value: Value) -> str:
    return f"{value.label} {value.metric} {value.period}"


def _between(gap: Gap, amount: Amount, value: Value) -> Gap:
    number = read_number(value.number)
    converted = in_unit(number, value.unit, amount) if number is not None else None
    if converted is None or abs(converted) >= _HUGE:
        return gap
    apart = converted - amount.value
    difference = f"{_signed(apart)}{amount.unit}"
    return replace(gap, difference=difference, share=_percent(apart, amount.value))


def _percent(apart: Decimal, of: Decimal) -> str:
    """How far apart in percent; nothing where that would say nothing (of zero, beyond all bounds)."""
    if not of or not apart or abs(apart) >= _ABSURD * abs(of):
        return ""
    return f"{_signed(round_half_up(apart / abs(of) * 100, _PLACES))}%"


def _signed(number: Decimal) -> str:
    """With its sign, without an exponent and without zeros at its end."""
    text = f"{number:+f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"+0", "-0", "+", "-"} else text.replace("-", "−")


def _text(value: Value) -> str:
    return f"{value.approx}{value.number}{value.unit}"
