"""Recall and false readings on hand-marked passages and tables of five real reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from ingest.reading.reader import Reading, parse_unit, read_cell, read_quantities
from tests.yaml_files import read_yaml

HERE = Path(__file__).parents[1]
REPORTS = HERE.parents[1].parent / "shared" / "reports"
MARKED: Mapping[str, Any] = read_yaml(HERE / "data" / "marked_passages.yaml")
NEEDED_RECALL = 0.99

pytestmark = pytest.mark.skipif(
    not REPORTS.is_dir(), reason="the five real reports (../shared/reports) are not here"
)


class Squeezed:
    """A text without white space, with the way back to the offsets of the text."""

    def __init__(self, text: str) -> None:
        self.offsets = [index for index, char in enumerate(text) if not char.isspace()]
        self.text = "".join(text[index] for index in self.offsets)

    def find(self, quote: str, start: int = 0) -> tuple[int, int]:
        """Squeezed range of a quote."""
        wanted = "".join(quote.split())
        position = self.text.find(wanted, start)
        assert position >= 0, f"not in the report: {quote}"
        return position, position + len(wanted)


def _text(name: str) -> str:
    return (REPORTS / name).read_text(encoding="utf-8")


def _passage(passage: Mapping[str, Any]) -> str:
    text = _text(passage["file"])
    squeezed = Squeezed(text)
    start, behind = squeezed.find(passage["from"])
    _, end = squeezed.find(passage["to"], behind)
    return text[squeezed.offsets[start] : squeezed.offsets[end - 1] + 1]


def _shown(reading: Reading) -> str:
    quantity = reading.quantity
    parts = [quantity.printed.replace("\n", ""), quantity.unit.symbol, quantity.approx]
    return " ".join(parts[: 3 if quantity.approx else 2])


def _compare(expected: list[str], found: list[str]) -> tuple[list[str], list[str]]:
    """What was missed and what was read wrongly, in order."""
    missed: list[str] = []
    false: list[str] = []
    matcher = SequenceMatcher(None, expected, found, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            missed.extend(expected[a:b])
            false.extend(found[c:d])
    return missed, false


@pytest.mark.parametrize(
    "passage", MARKED["passages"], ids=lambda p: f"{p['file'][:3]} {p['from']}"
)
def test_passage(passage: Mapping[str, Any]) -> None:
    text = _passage(passage)
    readings = read_quantities(text)
    missed, false = _compare(passage["quantities"], [_shown(reading) for reading in readings])
    assert not false, f"read, but no quantity: {false}"
    assert not missed, f"missed: {missed}"
    squeezed = Squeezed(text)
    for quote in passage.get("not", ()):
        start, end = squeezed.find(quote)
        low, high = squeezed.offsets[start], squeezed.offsets[end - 1] + 1
        inside = [r.quantity.printed for r in readings if low <= r.number_start < high]
        assert not inside, f"read inside {quote}"


def _rows(table: Mapping[str, Any]) -> list[tuple[list[str], list[str]]]:
    """The raw cells of each marked row beside its marked figures."""
    text = _text(table["file"])
    squeezed = Squeezed(text)
    _, behind = squeezed.find(table["from"])
    lines = text[squeezed.offsets[behind - 1] + 1 :].split("\n")
    position = 0
    rows: list[tuple[list[str], list[str]]] = []
    for label, *figures in table["rows"]:
        while label not in "".join(lines[position].split()):
            position += 1
        cells = lines[position].split("\t")
        rows.append((cells, [str(figure) for figure in figures]))
        position += 1
    return rows


@pytest.mark.parametrize("table", MARKED["tables"], ids=lambda t: f"{t['file'][:3]} {t['from']}")
def test_table(table: Mapping[str, Any]) -> None:
    unit = parse_unit(table["unit"]) if table["unit"] else None
    for cells, figures in _rows(table):
        for column, figure in zip(table["columns"], figures, strict=True):
            cell = cells[column] if column < len(cells) else ""
            quantity = read_cell(cell, unit)
            if not figure:
                assert quantity is None, cell
                continue
            assert quantity is not None, cell
            assert figure.startswith(quantity.printed), cell
            own = parse_unit(figure.removeprefix(quantity.printed))
            assert quantity.unit == (own or unit), cell
        for column in table["text"]:
            assert read_cell(cells[column], unit) is None, cells[column]
            assert read_quantities(cells[column]) == (), cells[column]


def test_recall_per_report(capsys: pytest.CaptureFixture[str]) -> None:
    marked: dict[str, int] = defaultdict(int)
    lost: dict[str, int] = defaultdict(int)
    wrong: dict[str, int] = defaultdict(int)
    for passage in MARKED["passages"]:
        found = [_shown(reading) for reading in read_quantities(_passage(passage))]
        missed, false = _compare(passage["quantities"], found)
        marked[passage["file"]] += len(passage["quantities"])
        lost[passage["file"]] += len(missed)
        wrong[passage["file"]] += len(false)
    assert set(marked) == {path.name for path in REPORTS.glob("*.txt")}
    for report, total in sorted(marked.items()):
        recall = 1 - lost[report] / total
        with capsys.disabled():
            print(f"\n{report}: {total} marked, recall {recall:.4f}, false {wrong[report]}", end="")
        assert recall >= NEEDED_RECALL, report
        assert wrong[report] == 0, report
