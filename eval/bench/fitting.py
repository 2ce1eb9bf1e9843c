"""What benchmarks that fit a table have in common: which suites they ask, what they watch, what they write."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from eval.bench.logistic import Fit, with_weights
from eval.bench.run import suite_files
from eval.material.exchanging import KEPT_BACK
from eval.suites.suite import Suite, load_suites

T = TypeVar("T")
_ROOT = Path(__file__).resolve().parents[2]


class Recorder(Generic[T]):
    """Stands in for what the engine calls last: keeps what it was shown and gives nothing."""

    def __init__(self) -> None:
        self._last: T | None = None

    def __call__(self, shown: T) -> None:
        self._last = shown

    def taken(self) -> T | None:
        """What was shown last for the question before."""
        found, self._last = self._last, None
        return found


class Asked(NamedTuple):
    """The suites to ask, and whether the fit and its page are kept."""

    suites: tuple[Suite, ...]
    write: bool


def asked_for(about: str | None, page: str, arguments: Sequence[str] | None) -> Asked:
    """What a command line asks for: the suites it names, else all; never those that are kept back.

    Args:
        about: what the benchmark says of itself.
        page: the file of `docs` that it writes.
        arguments: of the command line; those of the process where None.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--suites", nargs="+", type=Path, metavar="SUITE", help="缺省为全部题库")
    parser.add_argument("--write", action="store_true", help=f"写入权重表和 docs/{page}")
    options = parser.parse_args(arguments)
    files = options.suites or suite_files(held_out=True)
    suites = load_suites([path for path in files if path.stem not in KEPT_BACK])
    return Asked(tuple(suites), options.write)


def show(found: Fit, shown: str, *, table: str, page: str, write: bool) -> None:
    """Print a page; with `write` keep it in `docs`, and the fit in its table of `qa/data`."""
    if write:
        weights = _ROOT / "qa" / "data" / table
        weights.write_text(with_weights(weights.read_text(encoding="utf-8"), found), "utf-8")
        (_ROOT / "docs" / page).write_text(shown, encoding="utf-8")
    sys.stdout.write(shown)
