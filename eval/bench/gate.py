"""`python -m eval.bench.gate`: wrong drafts that the gate stops, and right ones that it lets pass.

Drafts are made from the right answers of all suites at hand (`eval.material.drafts`), wrong ones by one slip
each (`eval.material.draft_mutations`). A wrong draft is stopped where a sentence of it is refused, or where
what was added is cut. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from eval.bench.mutations import wilson
from eval.bench.run import suite_files
from eval.library import open_memory, reports_for
from eval.material.draft_mutations import CHANGES, mutate
from eval.material.drafts import TEMPLATES, Case, drafts
from eval.runner import Session
from eval.score import Verdict
from eval.suites.suite import Suite, load_suites
from qa.engine import Conversation
from qa.llm.gate import gate
from qa.llm.slots import slots_of
from qa.llm.sources import Sources
from qa.model import Answer

WRONG, RIGHT, SEED = 10_140, 2_000, 20
_TRIES: Final = 60  # per draft that is wanted of a kind
_EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """A right draft with what it is judged against."""

    case: Case
    sources: Sources
    template: str
    text: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; exit code 1 where either bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.gate", description=__doc__)
    parser.add_argument("--wrong", type=int, default=WRONG, help="错误草稿的份数")
    parser.add_argument("--right", type=int, default=RIGHT, help="正确草稿的份数")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    answers = [answer for suite in load_suites(suite_files(False)) for answer in _answers(suite)]
    if not answers:
        print(json.dumps({"skipped": "题库所引的报告不在本机"}, ensure_ascii=False))
        return 0
    found = measured(answers, options.wrong, options.right, options.seed)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return 0 if found["missed_bounds"] == [] else 1


def _answers(suite: Suite) -> Iterator[Answer]:
    """The right answers to a suite's questions."""
    folders = reports_for(suite)
    if not folders:
        return
    with open_memory(folders) as loaded:
        for outcome in Session(loaded.engine, Conversation).run(suite.cases):
            if outcome.answer is not None and outcome.score.verdict is Verdict.RIGHT:
                yield outcome.answer


def measured(answers: Sequence[Answer], wrong: int, right: int, seed: int) -> dict[str, Any]:
    """Both measurements over drafts of these answers."""
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    every = [draft for answer in answers for draft in _drafts(answer)]
    chosen = rng.sample(every, min(right, len(every)))
    refused = [draft for draft in chosen if not _passes(draft)]
    usable = [draft for draft in every if _passes(draft)]
    others = sorted({value.entity for answer in answers for value in answer.values})
    rows, missed = [], []
    each = -(-wrong // len(CHANGES))
    for kind in CHANGES:
        made = list(_wrong(kind, usable, each, others, rng))
        through = [text for draft, text in made if not _stopped(draft, text)]
        missed += [f"{kind}：{text}" for text in through]
        rows.append(_row(kind, len(made), len(made) - len(through)))
    total = _row("all", sum(row[1] for row in rows), sum(row[2] for row in rows))
    low, high = wilson(len(refused), len(chosen)) if chosen else (0.0, 1.0)
    bounds = [row[0] for row in rows if row[2] < 0.999 * row[1]]
    bounds += ["right"] if len(refused) > 0.01 * len(chosen) else []
    return {
        "summary": (
            f"Right drafts: {len(refused)} of {len(chosen)} stopped "
            f"({100 * len(refused) / max(1, len(chosen)):.2f} %, 95 % interval "
            f"{100 * low:.2f}–{100 * high:.2f} %), from {len(answers)} right answers in "
            f"{len({draft.template for draft in every})} of {len(TEMPLATES)} wordings. "
            "Wrong drafts by the slip that was put in:"
        ),
        "columns": ["slip", "drafts", "stopped", "share", "95 % interval"],
        "rows": [*rows, total],
        "missed_bounds": bounds,
        "right_stopped": [f"{draft.template}：{draft.text}" for draft in refused[:_EXAMPLES]],
        "wrong_passed": missed[:_EXAMPLES],
    }


def _drafts(answer: Answer) -> Iterator[Draft]:
    case = Case(answer, slots_of(answer))
    sources = Sources(case.table)
    for name, text in drafts(case):
        yield Draft(case, sources, name, text)


def _passes(draft: Draft) -> bool:
    verdict = gate(draft.text, draft.sources)
    return verdict.passed and all(each.passed for each in verdict.sentences)


def _stopped(draft: Draft, text: str) -> bool:
    """True where nothing that the slip put in reaches the screen."""
    verdict = gate(text, draft.sources)
    return bool(verdict.refusals) or verdict.text == gate(draft.text, draft.sources).text


def _wrong(
    kind: str, usable: Sequence[Draft], wanted: int, others: Sequence[str], rng: random.Random
) -> Iterator[tuple[Draft, str]]:
    """So many different wrong drafts of a kind, or as many as there are."""
    seen: set[tuple[int, str]] = set()
    for _ in range(wanted * _TRIES):
        if len(seen) >= wanted:
            return
        draft = rng.choice(usable)
        made = mutate(kind, draft.text, draft.case, rng, others)
        known = (id(draft.sources), made.text if made else "")
        if made is not None and known not in seen:
            seen.add(known)
            yield draft, made.text


def _row(kind: str, made: int, stopped: int) -> list[Any]:
    low, high = wilson(stopped, made) if made else (0.0, 1.0)
    share = f"{100 * stopped / max(1, made):.2f} %"
    return [kind, made, stopped, share, f"{100 * low:.2f}–{100 * high:.2f} %"]


if __name__ == "__main__":
    sys.exit(main())
