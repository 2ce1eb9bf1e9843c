"""`python -m eval.bench.extract`: what the last resort adds, and its weights.

Every case of the suites at hand, and every further wording, is asked; where the rules end without an
answer, the place that would be proposed is judged like an answer. So are the questions of
`eval/material/exchanging.py`, known ones with one word exchanged that nothing answers any more: each counts
for `ALTERED` of a question. The weights are fitted to all suites but one and tried on that one, suite
after suite; suites that are kept back take no part. ``--write`` puts the fit to all suites into
`qa/data/extract.toml` and the tables into `docs/extract.md`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.bench.fitting import Recorder, asked_for, show
from eval.bench.logistic import Fit, Judged, fit, left_out
from eval.library import Folders, open_memory, reports_for
from eval.material.exchanging import altered, ground_of, same_value, words_of
from eval.paraphrase import wordings
from eval.report import table
from eval.runner import Session
from eval.score import Verdict, score
from eval.suites.suite import Suite
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.extract.last_resort import TABLE, Proposal, Silent, proposed
from qa.fitted import fitted
from qa.model import Outcome

THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.92, 0.95)
FEATURES = (
    "confirmed", "unlike", "margin", "every", "local", "named", "mass", "gate", "outside",
    "numbers", "followup", "english", "figure", "passage", "words_elsewhere", "words_few",
    "dropped", "name_other", "presence",
)  # fmt: skip
ALTERED = 0.05  # of a reader's question: some 5,000 altered ones beside 4,000 of the suites
_PAGE = "extract.md"
_INTRO = """# The last resort

Written by `python -m eval.bench.extract --write`; do not edit by hand.

Where the rules end without an answer, `qa/extract/last_resort.py` looks for the one place that a careful reader
would point to: a figure of the dimension asked for, or a clause with the 文号, the date, the name or
the reason, at which the rare words of the question stand together. Questions that need several
places or a calculation are left alone (`qa/extract/vetoes.py`). What speaks for the place is put into
a few numbers: how far it covers the question's words, how far ahead it is of the best place that says
otherwise, whether the rules had found it too and only were not certain, what the last gate makes of
it. A logistic model over them (`qa/data/extract.toml`) says how likely it is right, and below the
threshold nothing is given. A figure is shown as any other is, with its check and its equations.

The tables count the questions that the rules leave without an answer. Each suite was judged by a fit
to the others. *Altered* are questions of the suites with one word exchanged, so that the place does not
answer any more (`eval/material/exchanging.py`): each one given is wrong, but for words that restrict nothing."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A question without an answer: its suite and the judged proposal, if any.

    `altered`: it was made to have no answer.
    """

    suite: str
    judged: Judged | None
    altered: bool = False


def ask(suite: Suite, folders: Folders) -> list[Silence]:
    """The questions of a suite that the rules leave unanswered, with all wordings."""
    name, recorder = Path(suite.name).name, Recorder[Silent]()
    found: list[Silence] = []
    with open_memory(folders) as loaded:
        engine = Engine(loaded.library, Settings(), resort=recorder)
        for asked in Session(engine, Conversation).each((*suite.cases, *wordings(suite.cases))):
            shown = recorder.taken()
            if asked.answer is None or asked.answer.outcome is not Outcome.ABSTAINED:
                continue
            proposal, judged = _proposal(shown), None
            if proposal is not None:
                right = score(asked.case, proposal.answer).verdict is Verdict.RIGHT
                judged = Judged(name, proposal.features, right)
            found.append(Silence(name, judged))
    return found


def ask_altered(suite: Suite, words: dict[Path, list[str]]) -> list[Silence]:
    """Known questions with a word exchanged, for which a place is proposed all the same."""
    ground = ground_of(suite)
    if ground is None:
        return []
    name, recorder = Path(suite.name).name, Recorder[Silent]()
    engine = Engine(ground.library, Settings(), resort=recorder)
    found: list[Silence] = []
    for before, asked in altered(suite, ground, words):
        answer = engine.ask(asked.text, conversation=Conversation())
        proposal = _proposal(recorder.taken())
        if proposal is None or answer.outcome is not Outcome.ABSTAINED:
            continue
        # A word that stands elsewhere may have an answer of its own there.
        if asked.kind == "elsewhere" and not same_value(before.answer, proposal.answer):
            continue
        found.append(Silence(name, Judged(name, proposal.features, False, ALTERED), altered=True))
    return found


def _proposal(shown: Silent | None) -> Proposal | None:
    """What would be proposed, unless one of its doubts forbids it."""
    found = None if shown is None else proposed(shown)
    if found is None or fitted(TABLE).vetoes & {doubt.kind for doubt in found.doubts}:
        return None
    return found


def page(silences: Sequence[Silence], found: Fit) -> str:
    """The tables, ending in a line feed."""
    seen = [each.judged for each in silences if each.judged is not None]
    sure = left_out(seen, FEATURES)
    rows = []
    for least in THRESHOLDS:
        given = [j.right for j, chance in sure if chance >= least and j.worth == 1]
        wrong = sum(chance >= least and j.worth < 1 for j, chance in sure)
        rows.append((f"{least:.2f}", *_counts(given), str(wrong)))
    least = float(fitted(TABLE).least)
    unanswered = Counter(each.suite for each in silences if not each.altered)
    suites = []
    for suite, count in sorted(unanswered.items()):
        given = [
            j.right for j, chance in sure if (j.suite, j.worth) == (suite, 1) and chance >= least
        ]
        suites.append((suite, str(count), *_counts(given)))
    proposals = sum(each.worth == 1 for each in seen)
    whole = (
        f"Of {unanswered.total()} questions, {proposals} have a place to propose; "
        f"of the altered ones, {len(seen) - proposals}."
    )
    columns = ("given", "right", "wrong")
    return (
        "\n\n".join(
            (
                _INTRO,
                f"{whole} The threshold is **{fitted(TABLE).least}**.",
                "## Thresholds\n\n" + table(("threshold", *columns, "altered"), rows),
                "## Suites\n\n" + table(("suite", "unanswered", *columns), suites),
                "## Weights\n\n"
                + table(("feature", "weight"), [(n, f"{w:+.2f}") for n, w in found.each.items()]),
            )
        )
        + "\n"
    )


def _counts(given: Sequence[bool]) -> tuple[str, str, str]:
    return str(len(given)), str(sum(given)), str(len(given) - sum(given))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the page; with ``--write`` keep the fit and the page."""
    asked = asked_for(__doc__, _PAGE, arguments)
    silences: list[Silence] = []
    words = words_of(asked.suites)
    for suite in asked.suites:
        folders = reports_for(suite)
        silences += [*ask(suite, folders), *ask_altered(suite, words)] if folders else []
    found = fit([each.judged for each in silences if each.judged is not None], FEATURES)
    show(found, page(silences, found), table=TABLE, page=_PAGE, write=asked.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
