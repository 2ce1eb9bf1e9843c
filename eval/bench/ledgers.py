"""Ask the same questions of the same reports with the ledger in SQLite and in PostgreSQL.

    python -m eval.bench.ledgers --suites tests/gold/samples_a.yaml --reports samples/reports

The settings at hand name the server; the schema must be new. Every question is asked by itself.
Prints JSON: `questions`, `reports`, `differing` (questions whose answers are not the same to the last
character of their JSON, but for the time they took), and for each ledger the seconds for loading,
for asking, and the median milliseconds of a search for figures by the words of a question.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.library import apart, files_of
from eval.suites.suite import load_suites
from index.library import Library
from ingest.settings import Settings, load_settings
from qa.codec import answer_to_json
from qa.engine import Engine


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of the questions with one ledger."""

    answers: tuple[dict[str, Any], ...]
    loading: float
    asking: float
    search: float

    def as_json(self) -> dict[str, float]:
        """The times, rounded."""
        return {
            "loading_seconds": round(self.loading, 1),
            "asking_seconds": round(self.asking, 1),
            "search_milliseconds": round(self.search * 1000, 1),
        }


def ask(settings: Settings, files: Sequence[Path], questions: Sequence[str]) -> Asked:
    """Load the files into a new library and ask."""
    began = time.perf_counter()
    with Library.open(settings) as library:
        for path in files:
            library.add(path)
        loading, began = time.perf_counter() - began, time.perf_counter()
        engine = Engine(library, settings)
        answers = tuple(_timeless(answer_to_json(engine.ask(each))) for each in questions)
        asking = time.perf_counter() - began
        return Asked(answers, loading, asking, _searched(library, questions))


def _timeless(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "seconds"}


def _searched(library: Library, questions: Sequence[str]) -> float:
    seconds: list[float] = []
    for each in questions:
        began = time.perf_counter()
        library.search_figures(each)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def compare(settings: Settings, files: Sequence[Path], questions: Sequence[str]) -> dict[str, Any]:
    """Both ledgers, in folders that are removed again; that of `settings` is the server's."""
    with tempfile.TemporaryDirectory() as folder:
        inside = ask(apart(replace(settings, data_dir=Path(folder, "inside"))), files, questions)
        server = ask(replace(settings, data_dir=Path(folder, "server")), files, questions)
    pairs = zip(questions, inside.answers, server.answers, strict=True)
    return {
        "questions": len(questions),
        "reports": len(files),
        "differing": [question for question, one, other in pairs if one != other],
        "sqlite": inside.as_json(),
        "postgresql": server.as_json(),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line; see the module's text."""
    parser = argparse.ArgumentParser(description="compare answers from SQLite and PostgreSQL")
    parser.add_argument("--suites", nargs="+", type=Path, required=True)
    parser.add_argument("--reports", nargs="+", type=Path, required=True)
    options = parser.parse_args(arguments)
    settings = load_settings()
    if not settings.ledger_url:
        parser.error("the setting ledger_url names no server")
    cases = [case for suite in load_suites(options.suites) for case in suite.cases]
    questions = list(dict.fromkeys(case.question for case in cases))
    found = compare(settings, files_of(tuple(options.reports)), questions)
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
