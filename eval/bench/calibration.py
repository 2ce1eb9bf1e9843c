"""`python -m eval.bench.calibration`: right and wrong answers as the last gate's threshold moves.

Every case of the suites at hand, and every further wording, is asked with the gate open; its doubts
are kept. What each doubt is worth is fitted to all suites but one and tried on that one, suite after
suite, so that no answer is judged by a fit that has seen it. Suites that are kept back
take no part. ``--write`` puts the fit to all suites
into `qa/data/assurance.toml` and the tables into `docs/calibration.md`.

``--kept-back`` asks the suites that are kept back instead, with the shares in use, and puts their
tables into `docs/calibration_unseen.md`: how right the gate is about questions that nobody read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from eval.bench.assurance_fit import Fit, Judged, fit, left_out
from eval.bench.calibration_page import page, unseen_page, with_shares
from eval.bench.run import suite_files
from eval.library import open_memory, reports_for
from eval.material.exchanging import KEPT_BACK
from eval.paraphrase import original, wordings
from eval.runner import Outcome, Session
from eval.score import Verdict
from eval.suites.suite import Suite, load_suites
from ingest.settings import Settings
from qa.assurance.gate import confidence, weights
from qa.engine import Conversation, Engine

THRESHOLDS = tuple(
    Decimal(n) / 100 for n in (0, 60, 70, 80, 85, 88, 90, 91, 92, 93, 94, 95, 96, 98)
)
COLUMNS = ("threshold", "cases", "right", "right %", "wrong", "wrong %", "abstained")
_ROOT = Path(__file__).resolve().parents[2]
_TABLE = _ROOT / "qa" / "data" / "assurance.toml"
_PAGE = _ROOT / "docs" / "calibration.md"
_UNSEEN = _ROOT / "docs" / "calibration_unseen.md"


@dataclass(frozen=True, slots=True)
class Asked:
    """One case asked with the gate open.

    Attributes:
        suite: the file's name.
        further: whether it is a further wording of a case.
        verdict: right, wrong or abstained.
        kinds: of its doubts, where it gave something.
    """

    suite: str
    further: bool
    verdict: Verdict
    kinds: frozenset[str] | None

    @property
    def judged(self) -> Judged | None:
        """For the fit, where there was an answer to judge."""
        if self.kinds is None or self.verdict not in (Verdict.RIGHT, Verdict.WRONG):
            return None
        return Judged(self.suite, self.kinds, self.verdict is Verdict.WRONG)


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold leaves of the answers of one group."""

    threshold: Decimal
    cases: int
    right: int
    wrong: int

    @property
    def row(self) -> list[str]:
        """The cells of a line, in the order of `COLUMNS`."""
        silent = self.cases - self.right - self.wrong
        shares = [f"{100 * part / max(self.cases, 1):.1f}%" for part in (self.right, self.wrong)]
        right, wrong = str(self.right), str(self.wrong)
        cells = [right, shares[0], wrong, shares[1], str(silent)]
        return [f"{self.threshold:.2f}", str(self.cases), *cells]


def ask(files: Sequence[Path]) -> list[Asked]:
    """Ask the suites whose reports are at hand, with all wordings, the gate open."""
    found: list[Asked] = []
    for suite in load_suites(files):
        folders = reports_for(suite)
        if not folders:
            continue
        with open_memory(folders) as loaded:
            engine = Engine(loaded.library, Settings(), least=Decimal(0))
            cases = (*suite.cases, *wordings(suite.cases))
            outcomes = Session(engine, Conversation).run(cases)
        found += [_asked(suite, outcome) for outcome in outcomes]
    return found


def _asked(suite: Suite, outcome: Outcome) -> Asked:
    answer = outcome.answer
    given = answer is not None and answer.confidence is not None
    return Asked(
        Path(suite.name).name,
        original(outcome.case) != outcome.case.id,
        outcome.score.verdict,
        frozenset(doubt.kind for doubt in answer.doubts) if answer and given else None,
    )


def sweep(asked: Sequence[Asked]) -> dict[str, list[Point]]:
    """The points of cases as they stand, of further wordings, and of both, suites left out."""
    judged = {id(each): each.judged for each in asked}
    sure = {id(one): value for one, value in left_out([j for j in judged.values() if j])}
    return _points(asked, judged, sure)


def in_use(asked: Sequence[Asked]) -> dict[str, list[Point]]:
    """The same points by the shares of `qa/data/assurance.toml`, as readers get them."""
    judged = {id(each): each.judged for each in asked}
    sure = {id(j): float(confidence(j.kinds, weights())) for j in judged.values() if j}
    return _points(asked, judged, sure)


def _points(
    asked: Sequence[Asked], judged: dict[int, Judged | None], sure: dict[int, float]
) -> dict[str, list[Point]]:
    groups = {
        "as asked": [each for each in asked if not each.further],
        "further wordings": [each for each in asked if each.further],
        "all": list(asked),
    }
    return {
        name: [_point(threshold, group, judged, sure) for threshold in THRESHOLDS]
        for name, group in groups.items()
    }


def _point(
    threshold: Decimal,
    group: Sequence[Asked],
    judged: dict[int, Judged | None],
    sure: dict[int, float],
) -> Point:
    counts = {True: 0, False: 0}
    silent_right = 0
    for each in group:
        one = judged[id(each)]
        if one is None:
            silent_right += each.verdict is Verdict.RIGHT
        elif sure[id(one)] >= threshold:
            counts[one.wrong] += 1
    return Point(threshold, len(group), counts[False] + silent_right, counts[True])


def as_json(points: dict[str, list[Point]]) -> dict[str, Any]:
    """A section of the benchmark page."""
    return {
        "summary": (
            "Every case and further wording, each suite by a fit to the others "
            f"(docs/calibration.md). The default threshold is {weights().least:.2f}."
        ),
        "columns": list(COLUMNS),
        "rows": [point.row for point in points["all"]],
    }


def _tables(points: dict[str, list[Point]]) -> dict[str, list[list[str]]]:
    """The rows of each group's points, as the pages print them."""
    return {name: [point.row for point in group] for name, group in points.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the section's JSON; with ``--write`` keep the fit and the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suites", nargs="+", type=Path, metavar="SUITE", help="缺省为全部题库")
    parser.add_argument("--write", action="store_true", help="写入权重表和 docs/calibration.md")
    parser.add_argument("--kept-back", action="store_true", help="只问留存不读的题库，用现有权重")
    options = parser.parse_args(arguments)
    files = options.suites or suite_files(held_out=True)
    if options.kept_back:
        points = in_use(ask([path for path in files if path.stem in KEPT_BACK]))
        _UNSEEN.write_text(unseen_page(_tables(points), COLUMNS, weights()), encoding="utf-8")
        return 0
    asked = ask([path for path in files if path.stem not in KEPT_BACK])
    points = sweep(asked)
    if options.write:
        write(fit([one for one in (each.judged for each in asked) if one]), asked, points)
    json.dump(as_json(points), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    return 0


def write(found: Fit, asked: Sequence[Asked], points: dict[str, list[Point]]) -> None:
    """Put the fit into the table of weights, whose words and threshold stay, and write the page."""
    text = _TABLE.read_text(encoding="utf-8")
    _TABLE.write_text(with_shares(text, found), encoding="utf-8")
    seen = [one for one in (each.judged for each in asked) if one]
    shown = page(found, seen, _tables(points), COLUMNS, weights())
    _PAGE.write_text(shown, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
