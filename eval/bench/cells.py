"""`python -m eval.bench.cells`: questions made of the tables' own labels; right, wrong and silent.

Each folder of reports is a library; of each report so many cells are drawn and asked for in the
table's own words: the cell, two cells of a row, two of a column, and what the report does not say.
*alike* is the value of another cell that is called the same (the table of one fund and that of
all); it counts as right.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import SimpleNamespace

from eval.library import report_files
from eval.material.cell_questions import KINDS, CellQuestion, Sheet, label, questions
from eval.memory import MemoryLibrary
from ingest.model import Document
from ingest.pipeline import read_document
from ingest.reading.units import parse_unit
from qa.engine import Conversation, Engine
from qa.model import Answer

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "samples" / "reports", *sorted((ROOT / "tests" / "gold").glob("others*/")))
VERDICTS = ("right", "alike", "wrong", "silent")
CELLS = 12  # of each report
_NAME = re.compile(r"[一-鿿]{4,12}")
_NEAR = Decimal("0.0002")  # of a value that was rounded for display
_LEAST = Decimal("0.006")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.cells", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS, help="报告文件夹")
    parser.add_argument("--cells", type=int, default=CELLS, help="每份报告抽几个单元格")
    parser.add_argument("--show", action="store_true", help="在 stderr 列出答错的")
    options = parser.parse_args(arguments)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    elsewhere: list[str] = []  # rows of the folders before, to be asked of the next one
    for folder in options.folders:
        documents = [read_document(path.read_bytes(), path.name) for path in report_files(folder)]
        for asked, answer in _asked(documents, options.cells, elsewhere):
            verdict = judged(asked, answer)
            counts[asked.kind][verdict] += 1
            if options.show and verdict == "wrong":
                given = [f"{value.number}{value.unit}" for value in answer.values]
                print(f"{asked.kind}\t{asked.text}\t应 {asked.wanted}\t得 {given}", file=sys.stderr)
        elsewhere += _row_names(documents)
    rows = [
        [kind, sum(found.values()), *(found[verdict] for verdict in VERDICTS)]
        for kind, found in counts.items()
    ]
    print(
        json.dumps(
            {
                "command": "python -m eval.bench.cells",
                "columns": ["kind", "asked", *VERDICTS],
                "rows": rows,
            },
            ensure_ascii=False,
        )
    )
    return 0


def _asked(
    documents: Sequence[Document], cells: int, elsewhere: Sequence[str]
) -> Iterator[tuple[CellQuestion, Answer]]:
    library = MemoryLibrary.of(documents)
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))
    foreign = [name for name in elsewhere if name not in library.flat]
    for document in documents:
        for asked in questions(Sheet.of(document), document.name, cells, foreign):
            yield asked, engine.ask(asked.text, conversation=Conversation())


def _row_names(documents: Sequence[Document]) -> list[str]:
    found = {label(f.row_path) for document in documents for f in document.figures if f.row_path}
    return sorted(name for name in found if _NAME.fullmatch(name))


def judged(asked: CellQuestion, answer: Answer) -> str:
    """Whether the first value of an answer is the wanted one: right, alike, wrong or silent."""
    if asked.wanted is None:
        return "wrong" if answer.outcome.given else "right"
    if not answer.outcome.given:
        return "silent"
    value = _base(answer)
    if value is None:
        return "wrong"
    if _same(value, asked.wanted):
        return "right"
    return "alike" if any(_same(value, other) for other in asked.also) else "wrong"


def _base(answer: Answer) -> Decimal | None:
    """The first value in its base unit, its sign left out."""
    for value in answer.values[:1]:
        unit = parse_unit(value.unit)
        try:
            number = abs(Decimal(value.number.replace(",", "")))
        except InvalidOperation:
            return None
        return number if unit is None else number * unit.factor
    return None


def _same(value: Decimal, wanted: Decimal) -> bool:
    return abs(value - abs(wanted)) <= max(abs(wanted) * _NEAR, _LEAST)


if __name__ == "__main__":
    sys.exit(main())
