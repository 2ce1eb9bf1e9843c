"""`python -m eval.bench.reconsidered`: what a second look at held-back answers adds, and its weights.

Every case of the suites at hand, and every further wording, is asked; where nothing is answered and the
last gate had held an answer back, that answer is judged. The weights are fitted to all suites but one and
tried on that one, suite after suite; suites that are kept back take no part. ``--write`` puts the fit
to all suites into `qa/data/reconsidered.toml` and the tables into `docs/reconsidered.md`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from eval.bench.fitting import Recorder, asked_for, show
from eval.bench.logistic import Fit, Judged, fit, left_out
from eval.library import open_memory, reports_for
from eval.paraphrase import original, wordings
from eval.report import table
from eval.runner import Session
from eval.score import Verdict, score
from eval.suites.suite import Suite
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.fitted import fitted
from qa.model import Outcome
from qa.reconsider.features import features
from qa.reconsider.held import TABLE, Held, known

THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.83, 0.86, 0.9, 0.92, 0.95)
PENALTY = 30.0
"""Some hundred features for some two thousand answers."""
RARE = 25
"""A feature that fewer answers have gets no weight."""
_PAGE = "reconsidered.md"
_INTRO = """# A second look at what was held back

Written by `python -m eval.bench.reconsidered --write`; do not edit by hand.

The last gate ([calibration.md](calibration.md)) takes each kind of doubt by itself. Some doubts are
harmless in one kind of question and telling in another: a word that stands nowhere near may be the
asker's own, or the one that matters. Where a question ends without an answer and the gate had held
one back, `qa/reconsider/` looks at it once more: a logistic model (`qa/data/reconsidered.toml`) weighs
the doubts together with the plan of the question, with what is shown, and with how much of the question
stands at the place. From the threshold on, the answer is given; it says its doubts, and what the report
calls the figure. Some kinds of doubt always stand (`vetoes` of the table): that it may be of another
body, project or year, that a word is met by half only (结余 in 结算) or a name merely alike; so does a
kind that was met too seldom for a weight of its own.

The tables count the answers that were held back where nothing else was found. Each suite was judged by a
fit to the others."""


@dataclass(frozen=True, slots=True)
class Looked:
    """An answer that was held back, judged.

    Attributes:
        judged: its features, and whether it was right.
        kinds: of its doubts.
        further: whether the question is a further wording of a case.
    """

    judged: Judged
    kinds: frozenset[str]
    further: bool


def ask(suite: Suite) -> list[Looked]:
    """What is held back of the questions of a suite, with all wordings."""
    folders = reports_for(suite)
    if not folders:
        return []
    name, recorder = Path(suite.name).name, Recorder[Held]()
    found: list[Looked] = []
    with open_memory(folders) as loaded:
        engine = Engine(loaded.library, Settings(), again=recorder)
        for asked in Session(engine, Conversation).each((*suite.cases, *wordings(suite.cases))):
            held = recorder.taken()
            if held is None or asked.answer is None:
                continue
            if asked.answer.outcome is not Outcome.ABSTAINED or fitted(TABLE).vetoes & held.kinds:
                continue
            right = score(asked.case, held.asked.answer).verdict is Verdict.RIGHT
            judged = Judged(name, features(held.asked, held.kinds), right)
            found.append(Looked(judged, held.kinds, original(asked.case) != asked.case.id))
    return found


def names_of(seen: Sequence[Judged]) -> tuple[str, ...]:
    """The features that are not rare."""
    counts = Counter(name for each in seen for name in each.features)
    return tuple(sorted(name for name, count in counts.items() if count >= RARE))


def page(seen: Sequence[Looked], found: Fit) -> str:
    """The tables, ending in a line feed."""
    sure = left_out([each.judged for each in seen], tuple(found.each), PENALTY)
    chances = {id(judged): chance for judged, chance in sure}
    least = fitted(TABLE).least
    blocks = [_INTRO, f"The threshold is **{least}**."]
    for title, further in (("As asked", False), ("Further wordings", True)):
        group = [each.judged for each in seen if each.further is further]
        rows = []
        for threshold in THRESHOLDS:
            given = [judged.right for judged in group if chances[id(judged)] >= threshold]
            counts = (len(given), sum(given), len(given) - sum(given))
            rows.append((f"{threshold:.2f}", *map(str, counts)))
        right = sum(judged.right for judged in group)
        told = f"Of {len(group)} answers that were held back, {right} were right."
        blocks += [f"## {title}\n\n{told}", table(("threshold", "given", "right", "wrong"), rows)]
    weights = [(name, f"{weight:+.2f}") for name, weight in found.each.items()]
    blocks += ["## Weights", table(("feature", "weight"), weights)]
    return "\n\n".join(blocks) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the page; with ``--write`` keep the fit and the page."""
    asked = asked_for(__doc__, _PAGE, arguments)
    with ProcessPoolExecutor() as pool:
        seen = [looked for each in pool.map(ask, asked.suites) for looked in each]
    names = names_of([each.judged for each in seen])
    seen = [each for each in seen if known(each.kinds, names)]
    found = fit([each.judged for each in seen], names, PENALTY)
    show(found, page(seen, found), table=TABLE, page=_PAGE, write=asked.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
