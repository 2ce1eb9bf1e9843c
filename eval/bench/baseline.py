"""`python -m eval.bench.baseline`: a plain pipeline of LangChain beside ours, in one run.

Both load the same reports, embed with the same built-in model and are asked the same questions:
those of the suites whose answer is a figure with a quoted place. The pipeline only fetches text for
a language model to read, so what is compared is fetching: **place** is the share of questions all
of whose quoted places lie in the first k pieces; **figure** is, of the questions whose figure is
printed in a quoted place (it need not be computed), the share of which that number is printed in
the pieces. What no fetching shows is our whole answer, recomputed: right, wrong and abstained apart.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.amounts import mentions
from eval.bench.quotes import QuoteIndex, Span
from eval.bench.run import suite_files
from eval.library import Folders, report_files, reports_for
from eval.material.baseline import CHUNK, OVERLAP, Baseline
from eval.report import total
from eval.runner import Session
from eval.suites.suite import Amount, Case, NumberExpected, load_suites
from index.library import Library
from ingest.files import TEXT_SUFFIXES
from ingest.settings import Settings
from qa.engine import Conversation, Engine

DEPTHS = (4, 10)
COLUMNS = ("way", "k", "questions", "place %", "printed", "figure %", "characters", "ms")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A fetched text with the places of a file that it covers."""

    file: str
    spans: tuple[Span, ...]
    text: str


Fetch = Callable[[str, int], Sequence[Piece]]


def figure_cases(cases: Sequence[Case]) -> list[Case]:
    """Those that ask for one figure, stand alone and name their places."""
    return [
        case
        for case in cases
        if isinstance(case.expect, NumberExpected) and case.source and case.followup_of is None
    ]


def placed(case: Case, pieces: Sequence[Piece], texts: Mapping[str, QuoteIndex]) -> bool:
    """True when every quote of the case lies in the pieces: its place and each of its numbers.

    A quote of which the file holds no copy (text laid out anew) counts as not fetched.
    """
    return all(_covered(quote.file, quote.quote, pieces, texts) for quote in case.source)


def _covered(
    file: str, quote: str, pieces: Sequence[Piece], texts: Mapping[str, QuoteIndex]
) -> bool:
    own = [piece for piece in pieces if piece.file == file]
    joined = "".join("".join(piece.text.split()) for piece in own).replace(",", "")
    numbers = _NUMBER.findall("".join(quote.split()).replace(",", ""))
    if not own or not all(number in joined for number in numbers):
        return False
    spans = _merged([span for piece in own for span in piece.spans])
    return any(
        any(low <= start and end <= high for low, high in spans)
        for start, end in texts[file].occurrences(quote)
    )


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Spans that touch, or are parted by less than a line feed's worth, joined."""
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1] + 2:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found


def printed(case: Case, texts: Iterable[str]) -> bool:
    """True when the number of an expected amount is printed in a text, whatever unit follows."""
    wanted = {abs(amount.value) for amount in _amounts(case)}
    return any(abs(mention.value) in wanted for text in texts for mention in mentions(text))


def measure(
    name: str, fetch: Fetch, cases: Sequence[Case], texts: Mapping[str, QuoteIndex]
) -> list[list[Any]]:
    """A row per depth: way, k, questions, places found, questions with a printed figure, figures
    found, characters of all pieces, median milliseconds."""
    rows = []
    quoted = [case for case in cases if printed(case, [quote.quote for quote in case.source])]
    for depth in DEPTHS:
        seconds, places, figures, characters = [], 0, 0, 0
        for case in cases:
            start = time.perf_counter()
            pieces = fetch(case.question, depth)
            seconds.append(time.perf_counter() - start)
            places += placed(case, pieces, texts)
            if case in quoted:
                figures += printed(case, [piece.text for piece in pieces])
            characters += sum(len(piece.text) for piece in pieces)
        count = len(cases)
        took = round(1000 * statistics.median(seconds), 1)
        found = [places, len(quoted), figures, characters, took]
        rows.append([name, depth, count, *found])
    return rows


def _amounts(case: Case) -> tuple[Amount, ...]:
    return case.expect.amounts if isinstance(case.expect, NumberExpected) else ()


def beside(folders: Folders, cases: Sequence[Case], where: Path) -> dict[str, Any]:
    """Both ways over the reports of `folders`, kept below `where`."""
    files = [path for folder in folders for path in report_files(folder)]
    baseline = Baseline(files, where / "baseline", Settings())
    start = time.perf_counter()
    settings = Settings(data_dir=where / "ours")
    with Library.open(settings) as library:
        for path in files:
            library.add(path)
        loading = time.perf_counter() - start
        names = {info.id: info.name for info in library.reports()}
        texts = {name: QuoteIndex(library.document(one).text) for one, name in names.items()}

        def ours(question: str, count: int) -> list[Piece]:
            return [
                Piece(names[hit.report], _spans(library, hit.report, hit.first_block, hit.last_block),
                      hit.text)
                for hit in library.search_passages(question, limit=count)
            ]  # fmt: skip

        def theirs(question: str, count: int) -> list[Piece]:
            return [
                Piece(each.file, ((each.start, each.start + len(each.text)),), each.text)
                for each in baseline.fetch(question, count)
            ]

        rows = measure("LangChain", theirs, cases, texts) + measure("Gouji", ours, cases, texts)
        outcomes = Session(Engine(library, settings), Conversation).run(cases)
    times = [one.seconds for one in outcomes if one.seconds is not None]
    return {
        "reports": len(files),
        "rows": rows,
        "load": {"LangChain": baseline.seconds, "Gouji": loading},
        "answers": total(outcomes),
        "ms": 1000 * statistics.median(times),
    }


def _spans(library: Library, report: int, first: int, last: int) -> tuple[Span, ...]:
    """From the first to the last character of the blocks: what lies between is white space."""
    spans = [span for block in library.document(report).blocks[first:last] for span in block.spans]
    return ((min(spans)[0], max(end for _, end in spans)),) if spans else ()


def by_folders(suites: Sequence[Path]) -> dict[Folders, list[Case]]:
    """The figure cases of the suites by the folders of their reports.

    Absent reports are left out, and those in formats that the plain pipeline's loader does not read.
    """
    found: dict[Folders, list[Case]] = defaultdict(list)
    for suite in load_suites(suites):
        folders = reports_for(suite)
        files = [path for folder in folders for path in report_files(folder)]
        if files and all(path.suffix.lower() in TEXT_SUFFIXES for path in files):
            found[folders] += figure_cases(suite.cases)
    return found


def table_of(runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One table over all folders, weighted by their questions."""
    lines: dict[tuple[str, int], list[list[Any]]] = defaultdict(list)
    for run in runs:
        for row in run["rows"]:
            lines[row[0], row[1]].append(row)
    rows = [[*key, *_joined([row[2:] for row in group])] for key, group in lines.items()]
    count = sum(run["answers"].cases for run in runs)
    answers = {
        name: sum(getattr(run["answers"], name) for run in runs)
        for name in ("right", "wrong", "abstained", "checked_wrong")
    }
    shares = ", ".join(f"{name} {value} of {count}" for name, value in answers.items())
    took = statistics.median(run["ms"] for run in runs)
    loads = {name: sum(run["load"][name] for run in runs) for name in ("LangChain", "Gouji")}
    return {
        "summary": (
            f"Chunks of {CHUNK} characters, overlap {OVERLAP}, the same embedding model. "
            f"Whole answers of Gouji: {shares}; median {took:.1f} ms. Loading: LangChain "
            f"{loads['LangChain']:.1f} s, Gouji {loads['Gouji']:.1f} s ("
            f"{loads['Gouji'] / loads['LangChain']:.1f} times, with every figure read and every "
            "equation checked)."
        ),
        "columns": list(COLUMNS),
        "rows": rows,
    }


def _joined(rows: Sequence[Sequence[Any]]) -> list[Any]:
    count, places, quoted, figures, characters = (sum(row[at] for row in rows) for at in range(5))
    took = round(sum(row[0] * row[5] for row in rows) / count, 1)
    shares = (_percent(places, count), quoted, _percent(figures, quoted))
    return [count, *shares, characters // count, took]


def _percent(part: int, whole: int) -> float | str:
    return round(100 * part / whole, 1) if whole else "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the comparison as JSON."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.baseline", description=__doc__)
    parser.add_argument("--suites", nargs="+", type=Path, metavar="SUITE", help="缺省为全部题库")
    options = parser.parse_args(arguments)
    runs = []
    with tempfile.TemporaryDirectory(prefix="gouji-baseline-") as folder:
        for number, (folders, cases) in enumerate(
            by_folders(options.suites or suite_files(held_out=True)).items()
        ):
            if cases:
                runs.append(beside(folders, cases, Path(folder) / str(number)))
    found = table_of(runs) if runs else {"skipped": "题库所引的报告不在本机"}
    print(json.dumps(found, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
