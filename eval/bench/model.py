"""`python -m eval.bench.model`: the suites with a language model that is wrong beside the rules.

Whatever it says, no value may be shown as checked that the rules alone would not show, and nothing
that the rules answer rightly may be lost.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.bench.run import suite_files
from eval.library import Folders, Loaded, open_memory, reports_for
from eval.material.liars import LIES, Liar
from eval.memory import MemoryLibrary
from eval.report import Totals, total
from eval.runner import Outcome, Session
from eval.suites.suite import Case, load_suites
from qa.engine import Conversation
from qa.llm.assist import AssistedEngine
from qa.llm.wording import worded
from qa.model import Outcome as Ended

RULES = "rules alone"
_LIE = "翻了一番，合计"  # of `eval.material.liars.Liar.words`
COLUMNS = (
    "model",
    "cases",
    "right",
    "wrong",
    "abstained",
    "checked wrong",
    "right lost",
    "wrong gained",
    "answered by its plan",
    "offered",
    "its words shown",
)


def measure(files: Sequence[Path], ids: Sequence[str] = ()) -> dict[str, list[Outcome]]:
    """Every case whose reports are at hand, by the rules alone and beside each liar."""
    groups: dict[Folders, list[Case]] = {}
    for suite in load_suites(files):
        folders = reports_for(suite)
        if folders:
            groups.setdefault(folders, []).extend(suite.cases)
    found: dict[str, list[Outcome]] = {name: [] for name in (RULES, *LIES)}
    for folders, cases in groups.items():
        with open_memory(folders) as loaded:
            for name, outcomes in _asked(loaded, cases, set(ids)).items():
                found[name] += outcomes
    return found


def _asked(
    loaded: Loaded[MemoryLibrary], cases: Sequence[Case], ids: set[str]
) -> dict[str, tuple[Outcome, ...]]:
    wanted = ids or None
    found = {RULES: Session(loaded.engine, Conversation).run(cases, wanted)}
    for name, lie in LIES.items():
        assisted = AssistedEngine(loaded.engine, loaded.library, Liar(lie), worder=worded)
        found[name] = Session(assisted, Conversation).run(cases, wanted)
    return found


def rows(found: Mapping[str, Sequence[Outcome]]) -> list[list[str]]:
    """A line for the rules and one for each liar, in the order of `COLUMNS`."""
    alone = found[RULES]
    return [
        [name, *_cells(total(tuple(outcomes)), alone, outcomes)] for name, outcomes in found.items()
    ]


def _cells(totals: Totals, alone: Sequence[Outcome], beside: Sequence[Outcome]) -> list[str]:
    lost = [b.case.id for a, b in zip(alone, beside, strict=True) if _right(a) and not _right(b)]
    gained = [b.case.id for a, b in zip(alone, beside, strict=True) if _wrong(b) and not _wrong(a)]
    planned = [o for o in beside if o.answer is not None and o.answer.planner == "model"]
    offered = [o for o in planned if o.answer is not None and o.answer.outcome is Ended.CLARIFY]
    worded_by_it = [o for o in beside if o.answer is not None and _LIE in o.answer.text]
    counts = (
        totals.cases,
        totals.right,
        totals.wrong,
        totals.abstained,
        totals.checked_wrong,
        len(lost),
        len(gained),
        len(planned) - len(offered),
        len(offered),
        len(worded_by_it),
    )
    return [str(count) for count in counts]


def _right(outcome: Outcome) -> bool:
    return outcome.score.verdict.value == "right"


def _wrong(outcome: Outcome) -> bool:
    return outcome.score.verdict.value == "wrong"


def as_json(found: Mapping[str, Sequence[Outcome]]) -> dict[str, Any]:
    """A section of the benchmark page."""
    return {
        "summary": (
            "The suites at hand with a scripted model beside the rules that answers every question "
            "wrongly (other figures, years and bodies, sums nobody asked for, inventions) and words "
            "every answer with figures of its own."
        ),
        "columns": list(COLUMNS),
        "rows": rows(found),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the section's JSON; 1 where a liar cost a right or gained a wrong answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suites", nargs="+", type=Path, metavar="SUITE", help="缺省为全部题库")
    options = parser.parse_args(arguments)
    found = measure(options.suites or suite_files(held_out=True))
    section = as_json(found)
    json.dump(section, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    first = section["rows"][0]
    worse = [r for r in section["rows"] if r[5] != first[5] or r[6:8] != ["0", "0"] or r[10] != "0"]
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
