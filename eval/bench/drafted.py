"""`python -m eval.bench.drafted FOLDER…`: questions that nobody wrote, drafted from the tables.

Cells, sums of two rows, growth and shares of a total, named as the tables name them, with answers
recomputed from the figures as printed. A report misread is misread in the draft as well, so this
measures what happens between a question and its figures, on any folder of reports.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.library import open_memory
from eval.report import HEADINGS, by_type, total
from eval.runner import Outcome, Session
from eval.suites.drafts import drafted
from eval.suites.suite import parse_suite
from eval.suites.writing import suite_yaml, with_ids
from qa.engine import Conversation

COUNT = 200


def measure(folder: Path, count: int = COUNT, seed: int = 0) -> tuple[Outcome, ...]:
    """Draft up to `count` questions over the reports of a folder, and ask them of all of these.

    Raises:
        NoReportsError: the folder holds no report.
    """
    with open_memory((folder,)) as loaded:
        documents = [loaded.library.document(number) for number in range(len(loaded.reports))]
        cases = with_ids(drafted(documents, count, seed), "draft-", ())
        if not cases:
            return ()
        suite = parse_suite(suite_yaml(cases), folder.name)
        return Session(loaded.engine, Conversation).run(suite.cases)


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """A section of the benchmark page; `wrong` lists the questions that were answered wrongly."""
    wrong = [
        {"question": each.case.question, "reason": each.score.reason}
        for each in outcomes
        if each.score.verdict == "wrong"
    ]
    rows = [[name, *found.row] for name, found in by_type(outcomes)]
    return {
        "summary": "Drafted from the tables of the reports; answers recomputed as printed.",
        "columns": list(HEADINGS),
        "rows": [*rows, ["all", *total(outcomes).row]],
        "wrong": wrong,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each folder and print its section's JSON, a line a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=COUNT, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    options = parser.parse_args(arguments)
    for folder in options.folders:
        found = as_json(measure(folder, options.count, options.seed))
        sys.stdout.write(json.dumps({"folder": folder.name, **found}, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
