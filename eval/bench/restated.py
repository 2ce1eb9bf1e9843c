"""`python -m eval.bench.restated`: of a figure that two places state, one made wrong: is it told?

Every figure of a sentence whose value stands at another place of its report as well (another
sentence, a table) is changed there, one at a time, as `eval.material.mutations` does. *Told* is a change
after which an answer with that figure says that the report has another value for it, *other* one
after which an answer with the other place's does; the rest are given without a word. Some values
stand twice by chance, so that nothing can be told of them: what counts is how the shares move.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from eval.bench.findings import at
from eval.bench.mutations import ROOT, SEED, SETS
from eval.library import report_files
from eval.material.mutations import Mutation, mutations, place, reread
from ingest.equations.alike import digits
from ingest.equations.claims import closed
from ingest.figures.naming import is_cell
from ingest.model import Document, Figure
from ingest.pipeline import read_document
from qa.figures.standing import standing

KINDS: Final = ("+1", "swap", "+0.10")
SAMPLE: Final = 12
OUTCOMES: Final = ("changes", "told", "other")
FOLDERS: Final = {
    "real": SETS["real"],
    "made": (ROOT / "samples" / "reports", *sorted((ROOT / "tests" / "gold").glob("others?"))),
}
_TELLING = 3  # significant digits from which on two equal values are rarely chance
_MOST = 6  # places from which on a value says little about what it is


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.restated", description=__doc__)
    parser.add_argument("--sets", nargs="+", choices=FOLDERS, default=list(FOLDERS))
    parser.add_argument("--sample", type=int, default=SAMPLE, help="每份报告每种改动至多测几处")
    parser.add_argument("--show", action="store_true", help="在 stderr 列出没有说明的改动")
    options = parser.parse_args(arguments)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for path in _files(options.sets):
        document = read_document(path.read_bytes(), path.name)
        pairs = stated_twice(document)
        for mutation in _chosen(document, sorted(pairs), options.sample):
            found = list(judged(document, mutation, pairs))
            counts[mutation.kind].update(found)
            if options.show and "told" not in found:
                figure = document.figures[mutation.figures[0]]
                line = (
                    f"{path.name}: {figure.metric} {figure.quantity.printed} → {mutation.edit.new}"
                )
                print(line, file=sys.stderr)
    rows = {kind: {each: count[each] for each in OUTCOMES} for kind, count in counts.items()}
    total = {each: sum(row[each] for row in rows.values()) for each in OUTCOMES}
    print(json.dumps({**rows, "all": total}, ensure_ascii=False, indent=1))
    return 0


def stated_twice(document: Document) -> dict[int, tuple[int, ...]]:
    """The figures of sentences whose value stands elsewhere in their part too, with those."""
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in document.figures:
        quantity = figure.quantity
        if quantity.base and closed(figure) and digits(figure) >= _TELLING:
            groups[figure.part, quantity.base, quantity.unit.dimension].append(figure)
    found: dict[int, tuple[int, ...]] = {}
    for group in groups.values():
        for figure in group if len(group) <= _MOST else ():
            row = (figure.block, figure.locator.row)
            others = tuple(f.no for f in group if (f.block, f.locator.row) != row)
            if others and not is_cell(figure):
                found[figure.no] = others
    return found


def judged(
    document: Document, mutation: Mutation, pairs: Mapping[int, Sequence[int]]
) -> Iterator[str]:
    """What answers with the changed figure, and with its other statement, say of one change."""
    changed, moved = reread(document, mutation)
    number = mutation.figures[0]
    wrong = at(changed, place(document.figures[number]))
    if wrong is None or len(changed.figures) != len(document.figures):
        return
    yield "changes"
    if standing(changed, wrong).disputes:
        yield "told"
    others = (changed.figures[each] for each in pairs[number] if each not in moved)
    if any(standing(changed, other).disputes for other in others):
        yield "other"


def _chosen(document: Document, figures: Sequence[int], sample: int) -> Iterator[Mutation]:
    for kind in KINDS:
        made = mutations(document, kind, figures)
        seeded = random.Random(f"{SEED} {document.name} {kind}")  # noqa: S311 - a sample
        yield from seeded.sample(made, min(sample, len(made)))


def _files(sets: Sequence[str]) -> Iterator[Path]:
    for name in sets:
        for folder in FOLDERS[name]:
            if folder.is_dir():
                yield from report_files(folder)


if __name__ == "__main__":
    sys.exit(main())
