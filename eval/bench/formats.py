"""`python -m eval.bench.formats`: how faithfully each format is read, on files of known content.

Two measurements. `against_truth`: the blocks of a file against its ground truth (paragraphs
unbroken, cells, numbers in their row and column). `against_edition`: the figures of a file against
those of the text edition of the same report, by what the checks build on: value, unit, row path,
column path, and in prose the metric.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from eval.library import SHARED
from ingest.model import BlockKind, Document, Figure
from ingest.pipeline import read_document
from ingest.reading.text import compact
from ingest.tables.cellsyntax import is_numeric

PARSING = SHARED / "parsing"
# Each file with its ground truth and the text that it was made from.
FILES: tuple[tuple[str, str, str], ...] = (
    ("prose000.pdf", "prose000", "reports/000_f986d485d2856de8.txt"),
    ("prose001.pdf", "prose001", "reports/001_f24688a38ac36809.txt"),
    ("prose002.pdf", "prose002", "reports/002_1bff09cebdb1024a.txt"),
    ("prose004.pdf", "prose004", "reports/004_4e300233c3115006.txt"),
    ("cropbox.pdf", "prose001", "reports/001_f24688a38ac36809.txt"),
    ("juesuan003.pdf", "juesuan003", "parsing/juesuan003.md"),
    ("tables_ruled.pdf", "tables_ruled", ""),
    ("tables_rotate90.pdf", "tables_rotate90", ""),
    ("juesuan_tables_calc.pdf", "juesuan_tables_calc", ""),
    ("tables_threeline.pdf", "tables_threeline", ""),
    ("cid_unembedded.pdf", "cid_unembedded", ""),
    ("prose000.docx", "prose000", "reports/000_f986d485d2856de8.txt"),
    ("prose001.docx", "prose001", "reports/001_f24688a38ac36809.txt"),
    ("prose002.docx", "prose002", "reports/002_1bff09cebdb1024a.txt"),
    ("prose004.docx", "prose004", "reports/004_4e300233c3115006.txt"),
    ("juesuan003.docx", "juesuan003", "parsing/juesuan003.md"),
    ("tables_ruled.docx", "tables_ruled", ""),
    ("tables_threeline.docx", "tables_threeline", ""),
    ("prose001.doc", "prose001", "reports/001_f24688a38ac36809.txt"),
    ("juesuan003.doc", "juesuan003", "parsing/juesuan003.md"),
    ("tables_ruled.doc", "tables_ruled", ""),
)


class Share(NamedTuple):
    """Right ones of all."""

    right: int
    total: int

    def __str__(self) -> str:
        rate = self.right / self.total if self.total else 1.0
        return f"{rate:.4f} ({self.right}/{self.total})"


@dataclass(slots=True)
class Comparison:
    """What was found right, and what differs: expected ones missing, found ones too many."""

    shares: dict[str, Share] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)
    extra: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, expected: Counter[str], found: Counter[str]) -> None:
        """Compare two multisets; the share is of the expected ones, extras are listed."""
        right = sum((expected & found).values())
        self.shares[name] = Share(right, sum(expected.values()))
        self.shares[f"{name}, precision"] = Share(right, sum(found.values()))
        self.missing[name] = sorted((expected - found).elements())
        self.extra[name] = sorted((found - expected).elements())


def against_truth(document: Document, blocks: Sequence[dict[str, Any]]) -> Comparison:
    """Paragraphs, cells and numbers of a document against a list of true blocks."""
    result = Comparison()
    texts = [b["text"] for b in blocks if b["type"] != "table"]
    result.add(
        "paragraphs",
        Counter(compact(text) for text in texts if len(compact(text)) > 1),
        Counter(
            text
            for block in document.blocks
            if block.kind is not BlockKind.TABLE and len(text := compact(block.text)) > 1
        ),
    )
    truth = [_filled_rows(block["rows"]) for block in blocks if block["type"] == "table"]
    read = [
        _filled_rows([[cell.text for cell in row] for row in (*table.header, *table.rows)])
        for table in document.tables
    ]
    for name, numbers in (("cells", False), ("numbers", True)):
        result.add(name, _placed(truth, numbers), _placed(read, numbers))
    return result


def _filled_rows(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    filled = [[compact(text) for text in row] for row in rows]
    return [row for row in filled if any(row)]


def _placed(tables: Sequence[list[list[str]]], numbers: bool) -> Counter[str]:
    """Each cell with the start of its row and the column that it stands in."""
    found: Counter[str] = Counter()
    for no, rows in enumerate(tables):
        for row in rows:
            lead = next((text for text in row if text), "")
            for column, text in enumerate(row):
                if text and (not numbers or is_numeric(text)):
                    found[f"{no}: {lead} [{column}] {text}"] += 1
    return found


def against_edition(document: Document, edition: Document) -> Comparison:
    """The figures of a document against those of the text edition of the same report."""
    result = Comparison()
    for name, tables in (("prose figures", False), ("table figures", True)):
        result.add(
            name,
            Counter(_described(f) for f in edition.figures if _in_table(f) == tables),
            Counter(_described(f) for f in document.figures if _in_table(f) == tables),
        )
    return result


def _in_table(figure: Figure) -> bool:
    return figure.locator.table is not None


def _described(figure: Figure) -> str:
    value = f"{compact(figure.quantity.printed)} {figure.quantity.unit.symbol}"
    about = (
        f"{_path(figure.row_path)} | {_path(figure.column_path)}"
        if _in_table(figure)
        else f"{compact(figure.metric)} | {figure.role}"
    )
    return f"{value} | {about} | {figure.period}"


def _path(path: Sequence[str]) -> str:
    return " > ".join(map(compact, path))


def read_file(path: Path) -> Document:
    """The document in a file."""
    return read_document(path.read_bytes(), path.name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares of every file; with ``-v N`` also N differences of each kind."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench.formats", description="测各格式的读取"
    )
    parser.add_argument("files", nargs="*", help="只测这些文件")
    parser.add_argument("-v", type=int, default=0, metavar="N", help="每项至多列出 N 条差异")
    options = parser.parse_args(arguments)
    for name, truth, edition in FILES:
        if options.files and name not in options.files:
            continue
        began = time.perf_counter()
        document = read_file(PARSING / name)
        seconds = time.perf_counter() - began
        print(f"{name}: {document.pages} pages, {seconds:.1f} s")
        blocks = json.loads((PARSING / "gt" / f"{truth}.json").read_text(encoding="utf-8"))
        print_differences(against_truth(document, blocks), options.v)
        if edition:
            print_differences(against_edition(document, read_file(SHARED / edition)), options.v)
    return 0


def print_differences(comparison: Comparison, limit: int) -> None:
    """Print the shares of a comparison and up to `limit` differences of each kind."""
    for name, share in comparison.shares.items():
        if share.total:
            print(f"  {name}: {share}")
        for mark, texts in (("-", comparison.missing), ("+", comparison.extra)):
            for text in texts.get(name, [])[:limit]:
                print(f"    {mark} {text[:200]}")


if __name__ == "__main__":
    sys.exit(main())
