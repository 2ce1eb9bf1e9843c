"""`python -m eval.bench.editions`: the same reports in every format, read and asked.

Reports are laid out anew as DOCX, DOC, PDF, XLSX, HTML and scans (eval/material/editions.py; the real ones
where they are at hand, else the samples), read again, and compared with the text they were made
of: recall and precision of the figures, the boxes of the figures of the PDF, seconds a page beside
the bare library, and whether the questions about them come out alike, case by case.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from eval.library import SHARED, reports_for
from eval.material.editions import FORMATS, make_editions
from eval.memory import MemoryLibrary
from eval.runner import Session
from eval.suites.suite import load_suites
from ingest.model import Document, Figure
from ingest.pipeline import read_document
from ingest.reading.text import compact
from ingest.settings import load_settings
from qa.engine import Conversation, Engine

ROOT = Path(__file__).resolve().parents[2]
DEV = SHARED / "gold" / "seeds_dev.yaml"
ASKED = ("docx", "pdf")
_SHOWN = 12

Key = tuple[str, ...]


@dataclass(slots=True)
class Read:
    """How one format of all reports was read. Figures of a workbook are those of tables alone."""

    format: str
    expected: int = 0
    found: int = 0
    right: int = 0
    doubtful: int = 0  # of those found, marked as doubtful
    wrong_unmarked: int = 0  # digits or a unit that differ, in a figure not marked
    misplaced_unmarked: int = 0  # … the row, column or name alone
    pages: int = 0
    seconds: float = 0.0
    failed: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)  # what is wrong or misplaced and not marked
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The figures for docs/quality.md."""
        return {
            "format": self.format,
            "figures": self.expected,
            "recall": round(self.right / self.expected, 4) if self.expected else None,
            "precision": round(self.right / self.found, 4) if self.found else None,
            "doubtful": self.doubtful,
            "wrong_unmarked": self.wrong_unmarked,
            "misplaced_unmarked": self.misplaced_unmarked,
            "pages": self.pages,
            "seconds": round(self.seconds, 2),
            "failed": len(self.failed),
        }


def key_of(figure: Figure) -> Key:
    """What must be the same of a figure in every format: value, unit, row and column."""
    quantity = figure.quantity
    where = (
        (compact("/".join(figure.row_path)), compact("/".join(figure.column_path)))
        if figure.locator.table is not None
        else (figure.role.value, compact(figure.metric))
    )
    return (f"{quantity.value:f}", compact(quantity.unit.symbol), *where)


def compare(text: Document, other: Document, read: Read, *, tables_only: bool) -> None:
    """Count the figures of `other` that are those of `text`."""

    def keys(document: Document) -> Counter[Key]:
        chosen = (f for f in document.figures if not tables_only or f.locator.table is not None)
        return Counter(map(key_of, chosen))

    expected, found = keys(text), keys(other)
    read.expected += expected.total()
    read.found += found.total()
    read.right += (expected & found).total()
    read.missing += [f"{other.name}: {' '.join(key)}" for key in (expected - found).elements()]
    read.extra += [f"{other.name}: {' '.join(key)}" for key in (found - expected).elements()]
    _count_doubt(text, other, read)


def _count_doubt(text: Document, other: Document, read: Read) -> None:
    """Figures marked doubtful; of the others, those that the text has nowhere, or elsewhere."""
    known = {key_of(figure) for figure in text.figures}
    values = {key[:2] for key in known}
    for figure in other.figures:
        read.doubtful += figure.doubtful
        key = key_of(figure)
        if figure.doubtful or key in known:
            continue
        wrong = key[:2] not in values
        read.wrong_unmarked += wrong
        read.misplaced_unmarked += not wrong
        read.unmarked.append(f"{'wrong' if wrong else 'misplaced'} {other.name}: {' '.join(key)}")


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="gouji-editions-") as name:
        yield Path(name)


def source_reports() -> list[Path]:
    """The real reports where they are at hand, else the samples in plain text."""
    folder = SHARED / "reports"
    folder = folder if folder.is_dir() else ROOT / "samples" / "reports"
    return sorted(folder.glob("*.txt"))


@dataclass(slots=True)
class Editions:
    """The reports as text and in every format, read."""

    texts: list[Document] = field(default_factory=list)
    files: dict[str, list[Path]] = field(default_factory=dict)
    documents: dict[str, list[Document | None]] = field(default_factory=dict)


def read_all(
    reports: Sequence[Path], folder: Path, formats: Sequence[str]
) -> tuple[Editions, list[Read]]:
    """Make and read every edition; a file that cannot be read is listed as failed."""
    folder.mkdir(parents=True, exist_ok=True)
    editions = Editions()
    reads = {name: Read(name) for name in formats}
    for path in reports:
        text = read_document(path.read_bytes(), path.name)
        editions.texts.append(text)
        made = make_editions(text, folder, formats)
        for name in formats:
            document = _read(made[name], reads[name]) if name in made else None
            editions.documents.setdefault(name, []).append(document)
            if name in made:
                editions.files.setdefault(name, []).append(made[name])
            if document is not None:
                compare(text, document, reads[name], tables_only=name == "xlsx")
    return editions, list(reads.values())


def _read(path: Path, read: Read) -> Document | None:
    start = time.perf_counter()
    try:
        document = read_document(path.read_bytes(), path.name)
    except Exception as error:  # noqa: BLE001 - counted and shown; the others go on
        read.failed.append(f"{path.name}: {type(error).__name__} {error}")
        return None
    read.seconds += time.perf_counter() - start
    read.pages += document.pages or 1
    return document


# Boxes


def boxes_that_hold(document: Document, data: bytes) -> tuple[int, list[str]]:
    """Figures with a box, and those whose crop of the page does not hold their digits.

    The crop is read again with PDFium's own text search in the box, a way that shares nothing
    with our reader.
    """
    import pypdfium2

    wrong: list[str] = []
    checked = 0
    with pypdfium2.PdfDocument(data) as pdf:
        for figure in document.figures:
            places = [p for p in document.places(figure.locator.spans) if p.box and p.page]
            if not places:
                wrong.append(f"{figure.no} {figure.quantity.printed}: no box")
                continue
            checked += 1
            text = "".join(_text_in(pdf, place.page or 1, place.box) for place in places)
            if compact(figure.quantity.printed) not in compact(text):
                wrong.append(f"{figure.no} {figure.quantity.printed}: {text!r}")
    return checked, wrong


def _text_in(pdf: Any, page: int, box: Any) -> str:
    shown = pdf[page - 1]
    text = shown.get_textpage()
    _, height = shown.get_size()
    left, top, right, bottom = box
    try:
        return str(text.get_text_bounded(left, height - bottom, right, height - top))
    finally:
        text.close()


# Questions


def asked_alike(editions: Editions, formats: Sequence[str]) -> dict[str, list[str]]:
    """For each format, the development questions that come out otherwise than over text."""
    if not formats or not DEV.exists():
        return {}
    suite = load_suites([DEV])[0]
    if not reports_for(suite):
        return {}
    over_text = _verdicts(suite.cases, editions.texts)
    found: dict[str, list[str]] = {}
    for name in formats:
        documents = [
            replace(document, name=text.name)
            for text, document in zip(editions.texts, editions.documents[name], strict=True)
            if document is not None
        ]
        verdicts = _verdicts(suite.cases, documents)
        found[name] = [
            f"{case}: {over_text[case]} → {verdicts[case]}"
            for case in over_text
            if over_text[case] != verdicts[case]
        ]
    return found


def _verdicts(cases: Any, documents: Sequence[Document]) -> dict[str, str]:
    engine = Engine(MemoryLibrary.of(documents), load_settings())
    outcomes = Session(engine, Conversation).run(cases)
    return {outcome.case.id: outcome.score.verdict.value for outcome in outcomes}


def measure(folder: Path | None = None, formats: Sequence[str] = FORMATS) -> dict[str, Any]:
    """All figures of this benchmark."""
    with _folder(folder) as place:
        editions, reads = read_all(source_reports(), place, formats)
        result: dict[str, Any] = {"formats": [read.to_json() for read in reads]}
        if "pdf" in formats:
            checked = 0
            wrong: list[str] = []
            for path, document in zip(
                editions.files["pdf"], editions.documents["pdf"], strict=True
            ):
                if document is not None:
                    some, bad = boxes_that_hold(document, path.read_bytes())
                    checked, wrong = checked + some, wrong + bad
            result["boxes"] = {"checked": checked, "wrong": wrong}
        result["questions"] = asked_alike(editions, [name for name in ASKED if name in formats])
        result["details"] = {
            read.format: {"failed": read.failed, "missing": read.missing, "extra": read.extra}
            for read in reads
        }
    return result


def _as_table(result: dict[str, Any]) -> dict[str, Any]:
    """The measurements as docs/quality.md shows them."""
    found: dict[str, Any] = {
        "summary": "The reports laid out anew in each format, read, and compared with their text: "
        "value, unit, role, row and column (tables alone for workbooks). wrong_unmarked: not marked "
        "as doubtful, and the text has no such value in that unit; misplaced_unmarked: not marked, "
        "and its row, column or name is another one.",
        "columns": list(result["formats"][0]) if result["formats"] else [],
        "rows": [list(row.values()) for row in result["formats"]],
    }
    if "boxes" in result:
        boxes = result["boxes"]
        found["boxes that hold their digits"] = (
            f"{boxes['checked'] - len(boxes['wrong'])} of {boxes['checked']}"
        )
    for name, lines in result["questions"].items():
        found[f"development questions that differ over {name}"] = len(lines)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; see the module's text."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.editions", description="测各格式")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="各版本留在此文件夹，下次不再生成"
    )
    parser.add_argument("-v", type=int, default=_SHOWN, metavar="N", help="每类差异列出几条")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")
    options = parser.parse_args(arguments)
    result = measure(options.folder, options.formats)
    if options.json:
        json.dump(_as_table(result), sys.stdout, ensure_ascii=False, indent=1)
        return 0
    for row in result["formats"]:
        print("  ".join(f"{name} {value}" for name, value in row.items()))
        for kind, lines in result["details"][row["format"]].items():
            for line in lines[: options.v]:
                print(f"    {kind}: {line[:160]}")
    if "boxes" in result:
        boxes = result["boxes"]
        print(f"boxes: {boxes['checked']} checked, {len(boxes['wrong'])} wrong")
        print("\n".join(f"    {line}" for line in boxes["wrong"][: options.v]))
    for name, lines in result["questions"].items():
        print(f"questions over {name}: {len(lines)} differ")
        print("\n".join(f"    {line}" for line in lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
