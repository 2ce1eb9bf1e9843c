"""`python -m eval.bench.equations`: what the equations cost as a report grows, in one run.

The largest report at hand is put behind itself ten and a hundred times, the digits of every copy
turned round so that each copy has values of its own; the seconds are those of `find_equations`
alone. The cost is linear where seconds per figure do not grow with the factor.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from eval.bench.mutations import SETS
from eval.library import report_files
from ingest.equations.families import find_equations
from ingest.model import Document
from ingest.pipeline import read_document

FACTORS: Final = (1, 10, 100)
_AMOUNT: Final = re.compile(r"\d[\d,]*\.\d+")
_RUNS: Final = 5  # of the small ones; the best counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.equations", description=__doc__)
    parser.add_argument("--report", type=Path, help="缺省为现有报告里最大的一份")
    parser.add_argument("--factors", nargs="+", type=int, default=list(FACTORS))
    options = parser.parse_args(arguments)
    path = options.report or largest()
    if path is None:
        print(json.dumps({"skipped": "没有报告可测"}, ensure_ascii=False))
        return 0
    text = read_document(path.read_bytes(), path.name).text
    rows = [_row(enlarged(text, factor), factor) for factor in options.factors]
    found: dict[str, Any] = {
        "summary": f"`{path.name}`, the largest report at hand, put behind itself with other digits; "
        "seconds of finding the equations alone.",
        "columns": ["factor", "figures", "equations", "seconds", "microseconds a figure"],
        "rows": rows,
    }
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return 0


def largest() -> Path | None:
    """The largest report file at hand."""
    folders = [folder for folders in SETS.values() for folder in folders if folder.is_dir()]
    files = [path for folder in folders for path in report_files(folder)]
    return max(files, key=lambda path: path.stat().st_size, default=None)


def enlarged(text: str, factor: int) -> str:
    """The text `factor` times, with other digits in the amounts of every copy but the first."""
    return "\n".join(_turned(text, copy) for copy in range(factor))


def _turned(text: str, by: int) -> str:
    if not by:
        return text
    table = str.maketrans("123456789", "".join(str((n + by) % 9 + 1) for n in range(9)))
    return _AMOUNT.sub(lambda match: match.group().translate(table), text)


def _row(text: str, factor: int) -> list[Any]:
    document = read_document(text.encode(), "enlarged.txt")
    equations = len(document.equations)
    bare = replace(document, equations=())
    seconds = min(_seconds(bare) for _ in range(_RUNS if factor <= _RUNS else 1))
    figures = len(bare.figures)
    return [factor, figures, equations, round(seconds, 3), round(seconds / figures * 1e6, 1)]


def _seconds(document: Document) -> float:
    gc.collect()
    start = time.perf_counter()
    find_equations(document)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
