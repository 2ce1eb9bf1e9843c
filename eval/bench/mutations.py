"""`python -m eval.bench.mutations`: one figure of a report made wrong at a time; is it found?

Every figure that takes part in an equation that holds is changed in the report's text (see
`eval.material.mutations`), the equations are found anew, and the change is *found* when an equation that
the figure is part of fails that did not fail before, or, for words and years, a claim in words
that speaks of it. A change that leaves the figure inside every
interval recomputed from the others (0.02 in a sum of nineteen rounded rows) cannot be found in
principle: such changes are counted apart, and both shares are given. Nothing is random but the
sample, which depends on the seed alone.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path
from typing import Any, Final

from eval.library import SHARED, report_files
from eval.material.mutations import (
    KINDS,
    WORDS,
    Mutation,
    edited,
    mutations,
    place,
    protected,
    reread,
)
from ingest.figures.naming import is_cell
from ingest.model import Assertion, Document, Equation, Verdict
from ingest.pipeline import read_document

ROOT: Final = Path(__file__).resolve().parents[2]
SETS: Final = {
    "real": (SHARED / "reports",),
    "made": (ROOT / "samples" / "reports", ROOT / "tests" / "gold" / "others"),
}
SEED: Final = 20_240_611
SAMPLE: Final = 50
_AROUND: Final = 60  # characters from an edited word to the figure that it is said of
AGREE: Final = 5  # of every kind and report, read both ways
FOUND, WITHIN, ELSEWHERE, MISSED = "found", "within tolerance", "elsewhere", "missed"

Key = tuple[str, int, frozenset[int]]  # family, place of the stated figure, of the operands


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutation."""

    report: str
    mutation: Mutation
    result: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one JSON object."""
    options = _parser().parse_args(arguments)
    started = time.perf_counter()
    documents = {name: _documents(name, options.report) for name in options.sets}
    documents = {name: found for name, found in documents.items() if found}
    if not documents:
        print(json.dumps({"skipped": "没有报告可测"}, ensure_ascii=False))
        return 0
    results = {name: _measured(found, options) for name, found in documents.items()}
    found = _summary(documents, results, options)
    found["seconds"] = round(time.perf_counter() - started, 1)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.mutations", description=__doc__)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--report", default="", help="只测文件名含此字样的报告")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--sample", type=int, default=SAMPLE, help="每份报告每种改动至多测几处")
    parser.add_argument("--all", action="store_true", help="全部改动都测")
    parser.add_argument("--text", action="store_true", help="数字的改动也一律重读全文")
    parser.add_argument("--show", action="store_true", help="在 stderr 列出没有发现的改动")
    return parser


def _documents(name: str, wanted: str) -> list[Document]:
    files = [path for folder in SETS[name] if folder.is_dir() for path in report_files(folder)]
    return [
        read_document(read_document(path.read_bytes(), path.name).text.encode(), path.name)
        for path in files
        if wanted in path.name
    ]


class _Agreement:
    """Whether reading a block anew says the same as reading the whole text."""

    def __init__(self) -> None:
        self.compared = self.differing = 0


def _measured(
    documents: Iterable[Document], options: argparse.Namespace
) -> tuple[list[Outcome], _Agreement]:
    outcomes: list[Outcome] = []
    agreement = _Agreement()
    for document in documents:
        figures = protected(document)
        base = Base(document)
        for kind in options.kinds:
            chosen = mutations(document, kind, figures)
            if not options.all and len(chosen) > options.sample:
                seeded = random.Random(f"{SEED} {document.name} {kind}")  # noqa: S311 - a sample
                chosen = tuple(seeded.sample(chosen, options.sample))
            for index, mutation in enumerate(chosen):
                whole = options.text or kind in WORDS
                result = base.by_text(mutation) if whole else base.by_block(mutation)
                if not whole and index < AGREE:
                    agreement.compared += 1
                    agreement.differing += base.by_text(mutation) != result
                outcomes.append(Outcome(document.name, mutation, result))
                if options.show and result != FOUND:
                    print(_line(document, outcomes[-1]), file=sys.stderr)
    return outcomes, agreement


class Base:
    """A document as printed, against which its mutations are held."""

    def __init__(self, document: Document) -> None:
        self.document = document
        places = {figure.no: place(figure) for figure in document.figures}
        keyed = [(_key(e, places), e.verdict) for e in document.equations]
        self.failing = {key for key, verdict in keyed if verdict is Verdict.FAILS}
        self.holding = {key for key, verdict in keyed if verdict.holds}
        self.words = _failing_words(document)

    def by_text(self, mutation: Mutation) -> str:
        """The outcome from reading the whole edited text."""
        edit = mutation.edit
        text = edited(self.document, edit)
        changed = read_document(text.encode(), self.document.name)
        places = {
            f.no: place(f) - (edit.shift if place(f) > edit.start else 0) for f in changed.figures
        }
        return self._judged(mutation, changed, places)

    def by_block(self, mutation: Mutation) -> str:
        """The outcome from reading only the edited block or cell."""
        changed, moved = reread(self.document, mutation)
        places = {
            f.no: place(f) - (mutation.edit.shift if f.no in moved else 0) for f in changed.figures
        }
        return self._judged(mutation, changed, places)

    def _judged(self, mutation: Mutation, changed: Document, places: Mapping[int, int]) -> str:
        meant = {place(self.document.figures[number]) for number in mutation.figures}
        keyed = {(_key(e, places), e.verdict) for e in changed.equations}
        new = {key for key, verdict in keyed if verdict is Verdict.FAILS} - self.failing
        in_words = _failing_words(changed) - self.words
        if any(meant & {stated, *operands} for _, stated, operands in new):
            return FOUND
        if mutation.kind in WORDS and any(_holds_place(mutation, each) for each in in_words):
            return FOUND
        if new:
            return ELSEWHERE
        own = {key for key in self.holding if meant & {key[1], *key[2]}}
        held = {key for key, verdict in keyed if verdict.holds}
        return WITHIN if own <= held and mutation.kind not in WORDS else MISSED


def _failing_words(document: Document) -> set[Assertion]:
    """The claims in words that fail, as they read whatever stands before them."""
    return {replace(a, no=0) for a in document.assertions if a.verdict is Verdict.FAILS}


def _holds_place(mutation: Mutation, assertion: Assertion) -> bool:
    """True where a claim in words speaks of the sentence around an edit."""
    start = mutation.edit.start
    spans = [span for said in (assertion.stated, *assertion.others) for span in said.locator.spans]
    return any(low - _AROUND <= start < high + _AROUND for low, high in spans)


def _key(equation: Equation, places: Mapping[int, int]) -> Key:
    operands = frozenset(places[number] for number in equation.operands)
    return equation.family, places[equation.stated], operands


def _line(document: Document, outcome: Outcome) -> str:
    edit, mutation = outcome.mutation.edit, outcome.mutation
    around = document.text[max(0, edit.start - 30) : edit.end + 12].replace("\n", "⏎")
    families = sorted(
        {
            equation.family
            for equation in document.equations
            if set(mutation.figures) & {equation.stated, *equation.operands}
        }
    )
    was = document.text[edit.start : edit.end]
    kind = f"{mutation.kind} {outcome.result} {'table' if mutation.table else 'prose'}"
    return f"{document.name[:12]} {kind} {was}→{edit.new} {families} {around}"


def _summary(
    documents: Mapping[str, list[Document]],
    results: Mapping[str, tuple[list[Outcome], _Agreement]],
    options: argparse.Namespace,
) -> dict[str, Any]:
    compared = sum(agreement.compared for _, agreement in results.values())
    differing = sum(agreement.differing for _, agreement in results.values())
    sample = "every one" if options.all else f"at most {options.sample} a report and kind"
    return {
        "summary": _WORDS.format(seed=SEED, sample=sample, compared=compared, differing=differing),
        "columns": list(_COLUMNS),
        "rows": [
            row
            for name, (outcomes, _) in results.items()
            for row in _rows(name, outcomes, options.kinds)
        ],
        "by report (changes of digits)": [
            _report_row(document, outcomes)
            for name, (outcomes, _) in results.items()
            for document in documents[name]
        ],
    }


_WORDS: Final = (
    "Figures that take part in an equation that holds, one made wrong at a time ({sample}; seed "
    "{seed}). *found*: an equation that the figure is part of fails, and did not before. *within "
    "tolerance*: the changed figure still agrees with everything that it is recomputed from, so "
    "that nothing can tell. *elsewhere*: only other equations fail. 95 % intervals by Wilson. "
    "Digits are read anew in their block, words and years in the whole text; of {compared} changes "
    "read both ways, {differing} had another outcome."
)
_COLUMNS: Final = (
    "set",
    "change",
    "where",
    "n",
    FOUND,
    WITHIN,
    ELSEWHERE,
    MISSED,
    "found of all",
    "found of detectable",
)


def _rows(name: str, outcomes: Sequence[Outcome], kinds: Sequence[str]) -> Iterator[list[str]]:
    for kind in kinds:
        own = [each for each in outcomes if each.mutation.kind == kind]
        for where, table in (("table", True), ("prose", False)):
            results = [each.result for each in own if each.mutation.table is table]
            if results:
                yield [name, kind, where, *_counted(results)]


def _counted(results: Sequence[str]) -> list[str]:
    counts = [results.count(result) for result in (FOUND, WITHIN, ELSEWHERE, MISSED)]
    total, within = len(results), counts[1]
    return [
        str(total),
        *map(str, counts),
        _share(counts[0], total),
        _share(counts[0], total - within),
    ]


def _share(found: int, total: int) -> str:
    if not total:
        return "-"
    low, high = wilson(found, total)
    return f"{100 * found / total:.1f}% ({100 * low:.1f}–{100 * high:.1f})"


def wilson(found: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927, score interval without correction)."""
    z = 1.959964
    share, spread = found / total, z * z / total
    middle = share + spread / 2
    half = z * sqrt(share * (1 - share) / total + spread / total / 4)
    return (middle - half) / (1 + spread), (middle + half) / (1 + spread)


def _report_row(document: Document, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """How many figures a report has, how many are protected, and how many changes are found."""
    guarded = set(protected(document))
    cells = [f for f in document.figures if is_cell(f)]
    prose = [f for f in document.figures if not is_cell(f)]
    digits = [
        each.result
        for each in outcomes
        if each.report == document.name and each.mutation.kind not in WORDS
    ]
    fails = sum(e.verdict is Verdict.FAILS for e in document.equations)
    return {
        "report": document.name,
        "figures": len(document.figures),
        "protected": len(guarded),
        "cells": _covered([f.no in guarded for f in cells]),
        "in sentences": _covered([f.no in guarded for f in prose]),
        "fails as printed": fails,
        "changes": len(digits),
        FOUND: digits.count(FOUND),
        WITHIN: digits.count(WITHIN),
        MISSED: len(digits) - digits.count(FOUND) - digits.count(WITHIN),
    }


def _covered(guarded: Sequence[bool]) -> str:
    return f"{sum(guarded)} of {len(guarded)}"


if __name__ == "__main__":
    sys.exit(main())
