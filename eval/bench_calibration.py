"""`python -m eval.bench_calibration`: right, wrong and abstained as `abstain_threshold` moves.

The threshold is the share of the asked words that must stand with a figure before it is given as
the answer. Lower, more is answered and more of it is wrong. The default is to sit where at most
one answer in a hundred is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.bench import suite_files
from eval.library import Folders, open_memory, reports_for
from eval.memory import MemoryLibrary
from eval.report import Totals, total
from eval.runner import Outcome, Session
from eval.suite import Case, load_suites
from ingest.settings import Settings
from qa.engine import Conversation, Engine

THRESHOLDS = (0.35, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9)
COLUMNS = (
    "threshold",
    "cases",
    "right",
    "right %",
    "wrong",
    "wrong %",
    "abstained",
    "checked wrong",
)


@dataclass(frozen=True, slots=True)
class Point:
    """What one threshold brought over all suites."""

    threshold: float
    totals: Totals

    @property
    def row(self) -> list[str]:
        """The cells of a line, in the order of `COLUMNS`."""
        found = self.totals
        return [
            f"{self.threshold:.2f}",
            str(found.cases),
            str(found.right),
            _share(found.right, found.cases),
            str(found.wrong),
            _share(found.wrong, found.cases),
            str(found.abstained),
            str(found.checked_wrong),
        ]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"


def sweep(files: Sequence[Path], thresholds: Sequence[float] = THRESHOLDS) -> list[Point]:
    """Ask every case whose reports are at hand at every threshold; reports are read once."""
    groups: dict[Folders, list[Case]] = {}
    for suite in load_suites(files):
        folders = reports_for(suite)
        if folders:
            groups.setdefault(folders, []).extend(suite.cases)
    found: dict[float, list[Outcome]] = {threshold: [] for threshold in thresholds}
    for folders, cases in groups.items():
        with open_memory(folders) as loaded:
            for threshold in thresholds:
                found[threshold] += _asked(loaded.library, threshold, cases)
    return [Point(threshold, total(outcomes)) for threshold, outcomes in found.items()]


def _asked(library: MemoryLibrary, threshold: float, cases: Sequence[Case]) -> tuple[Outcome, ...]:
    engine = Engine(library, Settings(abstain_threshold=threshold))
    return Session(engine, Conversation).run(cases)


def as_json(points: Sequence[Point]) -> dict[str, Any]:
    """A section of the benchmark page."""
    return {
        "summary": (
            "Over all suites at hand, read into memory. The default threshold is "
            f"{Settings().abstain_threshold:.2f}."
        ),
        "columns": list(COLUMNS),
        "rows": [point.row for point in points],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the section's JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suites", nargs="+", type=Path, metavar="SUITE", help="缺省为全部题库")
    options = parser.parse_args(arguments)
    points = sweep(options.suites or suite_files(held_out=True))
    json.dump(as_json(points), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
