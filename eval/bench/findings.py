"""`python -m eval.bench.findings`: of one figure made wrong, does an audit name that figure?

Every change of `eval.material.mutations` that makes an equation of the figure fail is audited. *One* finding
more than before is what one slip should give. The figure is *named* when the finding stands on it,
*among* when it is one of the figures that the finding sets against its own. *Accused* are findings
that single out another operand instead: the worst outcome. What cannot be decided from the report
(a rate against its only two operands) is rightly *among*.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from eval.bench.mutations import SEED, SETS
from eval.library import report_files
from eval.material.mutations import NUMBERS, Mutation, mutations, place, protected, reread
from ingest.model import Document, Figure, Verdict
from ingest.pipeline import read_document
from qa.audit.findings import findings
from qa.audit.model import Finding

SAMPLE: Final = 20
OUTCOMES: Final = ("changes", "one", "more", "none", "named", "among", "accused")


Judge = Callable[[Mutation], Iterator[str]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one JSON object."""

    def judge(document: Document) -> Judge:
        before = findings(document)
        return lambda mutation: judged(document, before, mutation)

    return measured("findings", __doc__, OUTCOMES, judge, arguments)


def measured(
    name: str,
    description: str | None,
    outcomes: Sequence[str],
    judge: Callable[[Document], Judge],
    arguments: Sequence[str] | None,
) -> int:
    """Judge the chosen changes of every report, and print the outcomes of each kind as JSON.

    Args:
        name: of the benchmark's module.
        description: what its help says.
        outcomes: what is counted, in the order in which it is printed.
        judge: for a report read as it stands, what says which outcomes a change of it has.
        arguments: of the command line; those of the process when None.
    """
    parser = argparse.ArgumentParser(prog=f"python -m eval.bench.{name}", description=description)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--sample", type=int, default=SAMPLE, help="每份报告每种改动至多测几处")
    options = parser.parse_args(arguments)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in NUMBERS}
    for path in files_of(options.sets):
        document = read_document(path.read_bytes(), path.name)
        judging = judge(document)
        for mutation in chosen(document, options.sample):
            counts[mutation.kind].update(judging(mutation))
    rows = {kind: {each: count[each] for each in outcomes} for kind, count in counts.items()}
    total = {each: sum(row[each] for row in rows.values()) for each in outcomes}
    print(json.dumps({**rows, "all": total}, ensure_ascii=False, indent=1))
    return 0


def files_of(sets: Sequence[str]) -> Iterator[Path]:
    """The reports of the sets, as far as their folders are there."""
    for name in sets:
        for folder in SETS[name]:
            if folder.is_dir():
                yield from report_files(folder)


def chosen(document: Document, sample: int) -> Iterator[Mutation]:
    """Changes of digits, at most `sample` of each kind; the same at every run."""
    figures = protected(document)
    for kind in NUMBERS:
        made = mutations(document, kind, figures)
        seeded = random.Random(f"{SEED} {document.name} {kind}")  # noqa: S311 - a sample
        yield from seeded.sample(made, min(sample, len(made)))


def judged(document: Document, before: Sequence[Finding], mutation: Mutation) -> Iterator[str]:
    """What the audit makes of one change; nothing where no equation of the figure fails."""
    changed, _ = reread(document, mutation)
    wrong = at(changed, place(document.figures[mutation.figures[0]]))
    if wrong is None or not accusing(changed, wrong):
        return
    found = findings(changed)
    yield "changes"
    more = len(found) - len(before)
    yield "one" if more == 1 else "more" if more > 1 else "none"
    if any(wrong.no in each.figures for each in found):
        yield "named"
        return
    numbers = {e.no for e in changed.equations if wrong.no in (e.stated, *e.operands)}
    touched = [each for each in found if numbers & set(each.equations)]
    yield "accused" if any(each.backwards for each in touched) else "among"


def at(document: Document, start: int) -> Figure | None:
    """The figure that starts there in the raw text."""
    return next((figure for figure in document.figures if place(figure) == start), None)


def accusing(document: Document, figure: Figure) -> bool:
    """True where an equation of the figure fails."""
    return any(
        figure.no in (equation.stated, *equation.operands)
        for equation in document.equations
        if equation.verdict is Verdict.FAILS
    )


if __name__ == "__main__":
    sys.exit(main())
