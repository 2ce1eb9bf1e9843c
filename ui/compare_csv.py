"""A comparison as CSV: one row a cell with its place, what to mind below them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qa.compare.model import Comparison
from ui import sheets
from ui.compare_flat import COLUMNS, lines_of, values_of
from ui.texts import t


def write_csv(comparison: Comparison, path: Path) -> None:
    """Write the cells to `path`, in the current language."""
    sheets.write_csv(path, _rows(comparison))


def _rows(comparison: Comparison) -> Iterator[sheets.Row]:
    yield [t(name) for name, _ in COLUMNS]
    yield from map(values_of, lines_of(comparison))
    for caution in comparison.warnings:
        yield [t("请注意"), caution.text]
