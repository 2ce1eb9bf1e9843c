"""Language models that answer plausibly and wrongly, or do what a text tells them to. No network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from qa.llm.errors import Malformed
from qa.llm.model import Budget, Message, Reply

Readings = list[dict[str, Any]]
Lie = Callable[[dict[str, Any]], Readings]


@dataclass
class Liar:
    """A `ChatModel` whose plans come from a function of the prompt, and whose words from a text.

    Its plans pass through the schema as a server's do: what the schema has not is refused.
    """

    lie: Lie
    words: str = "经核算为9876.54万元，比上年增长33.3%，翻了一番，合计1.2亿元。"
    name: str = "liar"
    prompts: list[str] = field(default_factory=list)

    def complete(
        self, messages: Sequence[Message], *, schema: type[BaseModel] | None = None, budget: Budget
    ) -> Reply:
        """See `ChatModel.complete`."""
        budget.check()
        self.prompts.append("\n".join(message.text for message in messages))
        budget.charge(100)
        if schema is None:
            return Reply(self.words)
        try:
            asked = json.loads(messages[-1].text)
            return Reply("", schema.model_validate({"readings": self.lie(asked)}))
        except (ValidationError, ValueError) as error:
            raise Malformed(str(error)) from error

    def stream(self, messages: Sequence[Message], *, budget: Budget) -> Iterator[str]:
        """See `ChatModel.stream`."""
        budget.check()
        self.prompts.append("\n".join(message.text for message in messages))
        yield from (self.words[at : at + 7] for at in range(0, len(self.words), 7))


def _pick(known: Any, seed: int) -> list[str]:
    ids = list(known)
    return [ids[seed % len(ids)]] if ids else []


def _seed(asked: dict[str, Any]) -> int:
    return sum(map(ord, asked["question"]))


def other_figure(asked: dict[str, Any]) -> Readings:
    """The same unit and year as far as the menu says, another metric."""
    seed = _seed(asked)
    return [
        {"operation": "lookup", "metrics": _pick(asked["metrics"], seed + step)}
        for step in (1, 2, 5)
    ]


def other_year(asked: dict[str, Any]) -> Readings:
    """The nearest metric, of each other year."""
    years = [year for year in asked["years"] if year not in asked["question"]]
    nearest = _pick(asked["metrics"], 0)
    return [{"operation": "lookup", "years": [year], "metrics": nearest} for year in years[-3:]]


def other_body(asked: dict[str, Any]) -> Readings:
    """The nearest metric, of whatever unit and project comes."""
    seed = _seed(asked)
    body = {"units": _pick(asked["units"], seed), "projects": _pick(asked["projects"], seed + 1)}
    nearest = _pick(asked["metrics"], 0)
    return [
        {"operation": "lookup", "metrics": nearest, **body},
        {"operation": "lookup", "metrics": nearest, "units": body["units"]},
    ]


def own_arithmetic(asked: dict[str, Any]) -> Readings:
    """Sums, shares and rates that nobody asked for."""
    ids, seed = list(asked["metrics"]), _seed(asked)
    if len(ids) < 2:
        return []
    two = [ids[seed % len(ids)], ids[(seed + 1) % len(ids)]]
    return [
        {"operation": "sum", "metrics": two},
        {"operation": "share", "metrics": two},
        {"operation": "growth", "metrics": ids[:1]},
    ]


def other_place(asked: dict[str, Any]) -> Readings:
    """Figures and passages near the question, at random, and sums and shares of them."""
    seed, rows = _seed(asked), list(asked["tables"])
    cells = [
        f"{table}.{row}.c{column + 1}"
        for table in rows
        for row in asked["tables"][table]["rows"]
        for column in range(len(asked["tables"][table]["columns"]))
    ]
    said = [f"{name}a" for name, text in asked["passages"].items() if f"({name}a)" in text]
    figures, passages = [*said, *cells], list(asked["passages"])
    return [
        {"operation": "lookup", "figures": _pick(figures, seed)},
        {"operation": "share", "figures": figures[:1], "against": _pick(figures, seed + 1)},
        {"operation": "quote", "passages": _pick(passages, seed)},
    ]


def nearest_place(asked: dict[str, Any]) -> Readings:
    """Whatever stands nearest to the question, whether it answers or not."""
    said = [f"{name}a" for name, text in asked["passages"].items() if f"({name}a)" in text]
    return [
        {"operation": "lookup", "figures": said[:1]},
        {"operation": "reason", "passages": list(asked["passages"])[:1]},
        {"operation": "difference", "figures": said[:1], "against": said[1:2]},
    ]


def invention(asked: dict[str, Any]) -> Readings:
    """Units, years, operations and figures that are nowhere."""
    del asked
    return [
        {"operation": "lookup", "units": ["u999"], "years": ["2099"], "metrics": ["专项资金"]},
        {"operation": "lookup", "metrics": ["专项资金为123.45万元"]},
        {"operation": "lookup", "figures": ["t9.r9.c9", "s99a", "123.45万元"]},
    ]


LIES: dict[str, Lie] = {
    "another figure": other_figure,
    "another year": other_year,
    "another body": other_body,
    "own arithmetic": own_arithmetic,
    "another place": other_place,
    "the nearest place": nearest_place,
    "invention": invention,
}
