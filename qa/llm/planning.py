"""A question and a catalogue to what a model understood: closed choices, restated as questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, create_model

from qa.llm.catalogue import Menu
from qa.llm.model import Message, Speaker
from qa.llm.places import Places
from qa.plan import Operation, Plan
from qa.pointed import FORMS, Read, Step, worded

Asked = Literal[
    "lookup",
    "change",
    "growth",
    "difference",
    "ratio",
    "completion",
    "share",
    "sum",
    "average",
    "most",
    "least",
    "count",
    "reason",
    "definition",
    "list",
    "person",
    "date",
    "method",
    "status",
    "agree",
    "previous",
    "quote",
    "none",
]
Place = str  # an id of `qa.llm.places`: too many for a closed type; `Places` knows them
# How each is asked in the words that the rules know best, and what they must take it for.
# {a} the first metric, {b} the second, {all} all of them.
_WORDINGS: dict[str, tuple[str, frozenset[Operation]]] = {
    "lookup": ("{all}是多少？", frozenset({Operation.LOOKUP, Operation.COMPLETION})),
    "change": ("{a}比上年增减多少？", frozenset({Operation.CHANGE})),
    "growth": ("{a}比上年增长百分之几？", frozenset({Operation.GROWTH})),
    "difference": ("{a}和{b}相差多少？", frozenset({Operation.DIFFERENCE})),
    "ratio": ("{a}是{b}的几倍？", frozenset({Operation.RATIO})),
    "completion": ("{a}完成率是多少？", frozenset({Operation.COMPLETION, Operation.LOOKUP})),
    "share": ("{a}占{b}的比重是多少？", frozenset({Operation.SHARE})),
    "sum": ("{all}合计是多少？", frozenset({Operation.SUM})),
    "average": ("{all}的平均数是多少？", frozenset({Operation.AVERAGE})),
    "most": ("{a}最高的是哪一个？", frozenset({Operation.RANK})),
    "least": ("{a}最低的是哪一个？", frozenset({Operation.RANK})),
    "count": ("{a}有多少个？", frozenset({Operation.COUNT, Operation.LOOKUP})),
    "reason": ("{a}的原因是什么？", frozenset({Operation.TEXT})),
    "definition": ("什么是{a}？", frozenset({Operation.TEXT})),
    "list": ("{a}有哪些？", frozenset({Operation.TEXT})),
    "person": ("{a}是哪一家？", frozenset({Operation.TEXT})),
    "date": ("{a}是什么时候？", frozenset({Operation.TEXT})),
    "method": ("{a}采用什么方法？", frozenset({Operation.TEXT})),
    "status": ("{a}的情况怎样？", frozenset({Operation.TEXT})),
    "agree": ("{a}在报告各处是否一致？", frozenset({Operation.VERIFY})),
}
_PAIRED = frozenset({"difference", "ratio", "share"})
MOST_READINGS = 3


class Further(BaseModel):
    """A further ask of the same question, over places alone."""

    model_config = ConfigDict(extra="forbid")

    operation: Asked
    figures: list[Place] = Field(default_factory=list, max_length=40)
    against: list[Place] = Field(default_factory=list, max_length=20)
    passages: list[Place] = Field(default_factory=list, max_length=12)


class Reading(BaseModel):
    """One way to understand a question. The fields of `schema_for` admit the ids of a menu only."""

    model_config = ConfigDict(extra="forbid")

    operation: str
    units: list[str] = Field(default_factory=list, max_length=6)
    projects: list[str] = Field(default_factory=list, max_length=6)
    years: list[str] = Field(default_factory=list, max_length=6)
    metrics: list[str] = Field(default_factory=list, max_length=4)
    figures: list[Place] = Field(default_factory=list, max_length=40)
    against: list[Place] = Field(default_factory=list, max_length=20)
    passages: list[Place] = Field(default_factory=list, max_length=12)
    also: list[Further] = Field(default_factory=list, max_length=3)


class Proposal(BaseModel):
    """What a model understood, the likeliest first."""

    model_config = ConfigDict(extra="forbid")

    readings: list[Reading] = Field(default_factory=list, max_length=MOST_READINGS)


@dataclass(frozen=True, slots=True)
class Restated:
    """A complete question in the words of the reports, and what the rules must read it as.

    `names` are the units, projects and metrics in it; `steps` what it points at, where it does.
    """

    question: str
    operations: frozenset[Operation]
    names: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def schema_for(menu: Menu) -> type[Proposal]:
    """The form of a reply over this menu: an id that it has not is refused by its type.

    Metrics are strings, for a name of the reports may stand for its id; `restated` checks them.
    """
    reading = create_model(
        "Reading",
        __base__=Reading,
        operation=(Asked, ...),
        units=_ids(menu.units),
        projects=_ids(menu.projects),
        years=_ids(menu.years),
    )
    return create_model(
        "Plan",
        __base__=Proposal,
        readings=(list[reading], Field(max_length=MOST_READINGS)),  # type: ignore[valid-type]
    )


def _ids(known: Sequence[str] | Any) -> Any:
    ids = tuple(known)
    kind = list[Literal[ids]] if ids else list[str]  # type: ignore[valid-type]
    return (kind, Field(default_factory=list, max_length=6 if ids else 0))


def prompt(question: str, before: Sequence[str], menu: Menu) -> list[Message]:
    """The messages that ask for a plan; every text of others stands in JSON, as data."""
    asked = {
        "units": dict(menu.units),
        "projects": dict(menu.projects),
        "years": list(menu.years),
        "metrics": dict(menu.metrics),
        "tables": dict(menu.places.tables),
        "passages": dict(menu.places.passages),
        "operations": list(get_args(Asked)),
        "before": list(before),
        "question": question,
    }
    return [
        Message(Speaker.SYSTEM, _instruction()),
        Message(Speaker.USER, json.dumps(asked, ensure_ascii=False)),
    ]


@cache
def _instruction() -> str:
    return files("qa").joinpath("data", "prompts", "plan.txt").read_text(encoding="utf-8").strip()


def restated(
    proposal: Proposal, menu: Menu, plan: Plan, read: Read | None = None
) -> Iterator[Restated]:
    """The readings as complete questions, each once; those that say too little are left out.

    A reading that points at places is a question over those; any other one over names.

    Units, projects and years come from the menu, or from how the rules read the question where
    the model names none; metrics must be names of the reports. So no word of the model's own,
    and no figure, gets into a question.
    """
    seen: set[str] = set()
    for reading in proposal.readings:
        made = _pointing(reading, menu, plan, read) if read is not None else None
        made = made or _restated(reading, menu, plan)
        if made is not None and made.question not in seen:
            seen.add(made.question)
            yield made


_POINTED = {
    "change": "difference",
    "completion": "share",
    "reason": "quote",
    "definition": "quote",
    "list": "quote",
    "person": "quote",
    "date": "quote",
    "method": "quote",
    "status": "quote",
}
_OF_TWO = frozenset({"difference", "share", "ratio", "growth", "previous", "agree"})


def _pointing(reading: Reading, menu: Menu, plan: Plan, read: Read) -> Restated | None:
    """The asks of a reading as a question over places; None where one of them points at none."""
    steps: list[Step] = []
    asks: list[Reading | Further] = [reading, *reading.also]
    for each in asks:
        made = _steps(each, menu.places, "" if plan.unit is None else plan.unit.symbol)
        if not made:
            return None
        steps += made
    return Restated(worded(steps, read), frozenset(), (), tuple(dict.fromkeys(steps)))


def _steps(asked: Reading | Further, places: Places, unit: str) -> list[Step]:
    """Figures under their operation, then passages quoted; none where an id is unknown."""
    first, second = places.figures_of(asked.figures), places.figures_of(asked.against)
    quotes = places.quotes_of(asked.passages)
    if first is None or second is None or quotes is None:
        return []
    operation = _POINTED.get(asked.operation, asked.operation)
    if operation == "quote" and first and not quotes:
        operation = "lookup"
    if operation in _OF_TWO and not second:
        first, second = first[:-1], first[-1:]
    steps = []
    if first and operation in FORMS and operation != "quote":
        both = tuple(second) if operation in _OF_TWO else ()
        if operation not in _OF_TWO or both:
            steps.append(Step(operation, tuple(first), both, unit))
    if quotes:
        steps.append(Step("quote", tuple(quotes)))
    return steps


def _restated(reading: Reading, menu: Menu, plan: Plan) -> Restated | None:
    if reading.operation not in _WORDINGS:
        return None
    metrics = [menu.metric(chosen) for chosen in dict.fromkeys(reading.metrics)]
    known = [name for name in metrics if name is not None]
    if not known or len(known) < len(metrics):
        return None
    words, operations = _WORDINGS[reading.operation]
    years = reading.years or [*plan.basis_years, *plan.years]
    paired = reading.operation in _PAIRED
    if paired and len(known) == 1 and len(years) == 2 and reading.operation == "difference":
        words = "{a}相差多少？"
    elif paired and len(known) != 2:
        return None
    units = [menu.units[each] for each in reading.units] or list(plan.entities)
    projects = [menu.projects[each] for each in reading.projects]
    projects = projects or [name for name, _ in plan.projects]
    head = _listed(units) + _listed([f"{year}年" for year in years])
    head += _listed([f"“{name}”" for name in projects])
    several = _listed(known) + ("分别" if len(known) > 1 and words.startswith("{all}是") else "")
    asked = words.format(a=known[0], b=known[-1], all=several)
    return Restated(head + asked, operations, (*units, *projects, *known))


def _listed(names: Sequence[str]) -> str:
    *first, last = names or [""]
    return "、".join(first) + ("和" if first else "") + last
