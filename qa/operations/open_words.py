"""Words that leave open which figure is meant (一个单位的“预算”): choices between its readings."""

from __future__ import annotations

from functools import cache

from qa.drafts import Draft
from qa.figures.evidence import Cluster, says_same
from qa.operations.context import Context, choose, clarify
from qa.plan import Target
from qa.words import cues
from qa.words.lexicon import derived, rows, split
from qa.words.matching import squeeze


@derived
@cache
def _readings() -> dict[str, tuple[str, ...]]:
    return {
        squeeze(word): split(readings)
        for words, readings in rows("open_words.tsv")
        for word in split(words)
    }


def open_word(context: Context) -> Draft | None:
    """Choices where a unit's figure is asked for by an open word alone, and its readings differ."""
    plan = context.plan
    if len(plan.targets) != 1 or plan.projects or plan.memory or plan.context or not plan.entities:
        return None
    target = plan.targets[0]
    readings = _readings().get(squeeze(target.key), ()) if not target.where else ()
    found: list[Cluster] = []
    for reading in readings:
        asked = Target(reading, cues.asked_role(reading), target.dimension, label=reading)
        best = choose(context, asked, years=plan.years).best
        if best is not None and not any(says_same(best.best, other.best) for other in found):
            found.append(best)
    return clarify(found) if len(found) > 1 else None
