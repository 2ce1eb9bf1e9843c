"""What figures are called: by their labels in a table, by what a sentence says before and behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.model import Check, Source, Value

_TELLING = 2  # digits
_PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")


def printed(number: str, quote: str) -> str:
    """How a number stands in a quote: with or without separators, or in another unit (9.86 of 98600)."""
    plain = number.replace(",", "")
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+(?:\.|$))", ",", plain)
    forms = (number, plain, grouped)
    found = next((form for form in forms if form and form in quote), "")
    if found or len(_digits(number)) < _TELLING:
        return found or number
    told = _PRINTED.findall(quote)
    return next((form for form in told if _digits(form) == _digits(number)), number)


def _digits(number: str) -> str:
    """The digits that tell a number apart, whatever the unit."""
    return re.sub(r"[^\d]", "", number).strip("0")


def labels(sources: Sequence[Source]) -> str:
    """The labels of rows and columns, joined."""
    return "".join(f"{source.row or ''}{source.column or ''}" for source in sources)


def around(value: Value) -> tuple[str, str]:
    """What its sentence says before a figure of running text, and behind it; nothing of a cell."""
    source = value.sources[0] if value.sources else None
    if source is None or source.table is not None:
        return "", ""
    before, _, behind = source.quote.partition(printed(value.number, source.quote))
    return before, behind


def used(value: Value) -> Iterator[tuple[str, Source]]:
    """A value with its place; of what was worked out each number with the place that tells it."""
    if value.check is not Check.DERIVED:
        yield from ((value.number, source) for source in value.sources[:1])
        return
    for number in _PRINTED.findall(value.formula):
        yield from ((number, s) for s in value.sources if printed(number, s.quote) in s.quote)
