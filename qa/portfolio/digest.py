"""What each report gives for a metric, kept beside it so that a ranking need not open them all.

A digest is a text that a library keeps for a report under a name and a version. The version is that
of this program's own code, so that what an older one found is never shown. What a digest says was
found by the same code that answers a question about the one report.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from ingest.interval import Interval
from ingest.quantity import Dimension, Unit
from qa.codec import value_to_json
from qa.model import Check, Source, Value
from qa.portfolio.model import Asked, Fact, Lacking, Metric, Reason, Scope
from qa.present import Computed

Gave = tuple[Fact, ...] | Lacking
"""What one part of a report gives."""


@runtime_checkable
class Keeping(Protocol):
    """A library that keeps digests."""

    def digests(
        self, name: str, version: str, reports: Collection[int] | None = None
    ) -> Mapping[int, str]: ...

    def keep_digests(self, name: str, version: str, found: Mapping[int, str]) -> None: ...


def name_of(asked: Asked) -> str:
    """The name under which the digests of a question are kept."""
    if asked.words:
        return f"{asked.metric.value}:{asked.words}"
    if asked.metric is Metric.AMOUNT:
        return "budget" if asked.scope == "预算" else "spent"
    return asked.metric.value


@cache
def version() -> str:
    """A mark of the code that digests come from."""
    mark = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        mark.update(path.read_bytes())
    return mark.hexdigest()[:16]


def written(gave: Mapping[int, Gave]) -> str:
    """What the parts of one report give, as text."""
    return json.dumps(
        {str(part): _gave(each) for part, each in gave.items()},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read(text: str) -> dict[int, Gave]:
    """What `written` made into text."""
    return {int(part): _given(each) for part, each in json.loads(text).items()}


def _gave(gave: Gave) -> dict[str, Any]:
    if isinstance(gave, Lacking):
        values = [value_to_json(value) for value in gave.values]
        return {"reason": gave.reason.value, "words": gave.words, "values": values}
    return {"facts": [_fact(fact) for fact in gave]}


def _given(found: Mapping[str, Any]) -> Gave:
    if "facts" in found:
        return tuple(_read_fact(each) for each in found["facts"])
    values = tuple(_read_value(each) for each in found["values"])
    return Lacking(Reason(found["reason"]), found["words"], values)


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "scope": [fact.scope.fund, fact.scope.basis],
        "value": value_to_json(fact.value),
        "amount": None if fact.amount is None else _amount(fact.amount),
        "against": fact.against,
    }


def _read_fact(found: Mapping[str, Any]) -> Fact:
    amount = found["amount"]
    return Fact(
        Scope(*found["scope"]),
        _read_value(found["value"]),
        None if amount is None else _read_amount(amount),
        found["against"],
    )


def _amount(amount: Computed) -> list[Any]:
    bounds = amount.bounds
    ends = None if bounds is None else [_text(bounds.low), _text(bounds.high)]
    unit = amount.unit
    kind = [unit.dimension.value, unit.symbol, str(unit.factor), unit.noun]
    return [str(amount.value), ends, kind, amount.formula, amount.places]


def _read_amount(found: list[Any]) -> Computed:
    value, ends, kind, formula, places = found
    unit = Unit(Dimension(kind[0]), kind[1], Decimal(kind[2]), kind[3])
    bounds = None if ends is None else Interval(_number(ends[0]), _number(ends[1]))
    return Computed(Decimal(value), bounds, unit, formula, places)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _read_value(found: Mapping[str, Any]) -> Value:
    rest = {name: value for name, value in found.items() if name not in ("check", "sources")}
    sources = tuple(Source(**source) for source in found["sources"])
    return Value(**rest, check=Check(found["check"]), sources=sources)
