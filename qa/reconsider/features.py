"""What is known of an answer that was held back, in numbers: its doubts, the plan, what stands with it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ingest.quantity import Dimension
from qa.assurance.gate import confidence, weights
from qa.assurance.model import Asked
from qa.grounds import Ground
from qa.model import Answer
from qa.plan import Plan
from qa.words.matching import squeeze

MOST_PARTS = 50
"""More parts in scope count as so many."""
LONGEST_TEXT = 400
"""Characters of an answer; a longer one counts as so long."""


def features(asked: Asked, kinds: Collection[str]) -> dict[str, float]:
    """The features of an answer, by name; those that are 0 are left out.

    Args:
        asked: the question, its plan, the answer and what stands with it.
        kinds: of the last gate's doubts.
    """
    found = {doubt_name(kind): 1.0 for kind in kinds}
    found["gate"] = float(confidence(kinds, weights()))
    found |= _of_plan(asked.plan)
    found |= _of_ground(asked.ground)
    found |= _of_answer(asked.answer)
    found |= _of_words(asked)
    found["length"] = len(asked.question)
    return {name: value for name, value in found.items() if value}


def doubt_name(kind: str) -> str:
    """The feature that says that an answer has a doubt of this kind."""
    return f"doubt:{kind}"


def _of_plan(plan: Plan) -> dict[str, float]:
    """What is computed for the question, and how much of it the rules made out."""
    found = {f"operation:{plan.operation.value}": 1.0}
    if plan.text_kind is not None:
        found[f"text:{plan.text_kind.value}"] = 1.0
    first = plan.targets[0].dimension if plan.targets else None
    found |= {
        "targets": len(plan.targets),
        "years": len(plan.years),
        "basis years": len(plan.basis_years),
        "translated": float(plan.lenient),
        "parts": min(MOST_PARTS, len(plan.parts)),
        "names": len(plan.named),
        "projects": len(plan.projects),
        "bodies": len(plan.entities),
        "inherited": float(bool(plan.inherited)),
        "asks money": float(first is Dimension.MONEY),
        "asks a count": float(first is Dimension.COUNT),
        "asks a rate": float(first in (Dimension.PERCENT, Dimension.POINT)),
    }
    return found


def _of_ground(ground: Ground) -> dict[str, float]:
    """How near the figure's name is, what else may be meant, and what stands beside it."""
    found = {f"role:{role.value}": 1.0 for role in ground.roles}
    return found | {
        "precision": float(ground.precision),
        "presence": float(ground.presence),
        "years near": len(ground.years),
        "projects near": len(ground.projects),
        "bodies near": len(ground.bodies),
        "reports": len(ground.reports),
        "named elsewhere": len(ground.elsewhere),
        "parts before": len(ground.parts_before),
        "beside": len(ground.beside),
    }


def _of_answer(answer: Answer) -> dict[str, float]:
    """What is shown, and how it was checked."""
    found = {f"outcome:{answer.outcome.value}": 1.0, "values": float(len(answer.values))}
    found |= {f"check:{value.check.value}": 1.0 for value in answer.values}
    found["characters"] = min(LONGEST_TEXT, len(answer.text))
    unit = answer.values[0].unit if answer.values else ""
    return found | {"in money": float("元" in unit), "in percent": float("%" in unit)}


def _of_words(asked: Asked) -> dict[str, float]:
    """How much of the question stands with the figure: the longest run that does not, and its share."""
    said = squeeze(asked.plan.without_bodies).replace("|", "")
    ground = asked.ground
    layers = {
        "labels": squeeze("".join(ground.labels)),
        "place": ground.text,
        "paragraph": f"{ground.text}{ground.wide}",
    }
    found: dict[str, float] = {}
    for name, text in layers.items():
        runs = [end - start for start, end in _missing(said, text)]
        found[f"longest not in {name}"] = max(runs, default=0)
        found[f"share not in {name}"] = sum(runs) / max(len(said), 1)
    return found


def _missing(said: str, text: str) -> Iterator[tuple[int, int]]:
    """Runs of characters that stand in a text beside neither neighbour."""
    held = [False] * len(said)
    for at in range(len(said) - 1):
        if said[at : at + 2] in text:
            held[at] = held[at + 1] = True
    start = 0
    for at, there in enumerate((*held, True)):
        if there:
            if at > start:
                yield start, at
            start = at + 1
