"""`python -m eval.bench.scans`: scans and poor pictures, against the text of the same pages.

Pages of reports are printed, spoilt as scanners, faxes and careless copies do, read, and compared
with what their own text layer gives. A figure that is wrong in its digits, its unit or its place and
is not marked as doubtful is the worst that can happen; one that is marked costs a look at the page.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from eval.bench.editions import Read, compare
from eval.library import SHARED
from eval.material.editions import Spoiling, edition, scanned
from eval.material.pdf_pages import picked
from ingest.pipeline import read_document
from ingest.readers.libreoffice import program
from ingest.readers.pictures import can_recognise

ROOT: Final = Path(__file__).resolve().parents[2]
PARSING: Final = SHARED / "parsing"
SPOILT: Final = {
    "grey, 200 dots an inch": Spoiling(200),
    "grey, 150": Spoiling(150),
    "grey, 100": Spoiling(100),
    "grey, 75": Spoiling(75),
    "grey, 75, stored at 200": Spoiling(75, stored=200),
    "black and white, 300": Spoiling(300, two_tone=True),
    "black and white, 200": Spoiling(200, two_tone=True),
    "black and white, 150": Spoiling(150, two_tone=True),
    "black and white, 110": Spoiling(110, two_tone=True),
    "strong grain, 150": Spoiling(150, grain=40),
    "faint, 150": Spoiling(150, contrast=0.15),
}
REPORT: Final = ROOT / "samples" / "reports" / "panyu_2022_final_accounts.txt"
PAGES: Final = (3, 5, 8, 11)  # of its edition: prose, a table of two sides, wide ones


class Pages(NamedTuple):
    """Pages that have a text layer, as a file of their own, and the same without one."""

    name: str
    text: bytes
    scan: bytes


def shared_scans() -> Iterator[Pages]:
    """Scans made by others of pages whose text is at hand beside them."""
    for path in sorted(PARSING.glob("scan_*.pdf")):
        made = json.loads((PARSING / "gt" / f"{path.stem}.json").read_text(encoding="utf-8"))
        numbers = [page["page"] for page in made["pages"]]
        text = picked((PARSING / made["src"]).read_bytes(), numbers)
        yield Pages(path.name, text, path.read_bytes())


def spoilt_pages(names: Sequence[str]) -> Iterator[Pages]:
    """The same pages of a sample report, spoilt in each of the named ways."""
    document = read_document(REPORT.read_bytes(), REPORT.name)
    pdf = picked(edition(document, "pdf"), PAGES)
    for name in names:
        yield Pages(name, pdf, scanned(pdf, SPOILT[name]))


def measure(names: Sequence[str], *, shared: bool = True) -> dict[str, Any]:
    """All sets as a table for docs/quality.md, what differs by set beside it."""
    if not can_recognise():
        return {"skipped": "没有安装文字识别组件（make ocr）"}
    reads: list[Read] = []
    if shared:
        found = Read("scans made by others, 150 and 200")
        for pages in shared_scans():
            _take(pages, found)
        reads += [found] if found.pages else []
    for pages in spoilt_pages(names) if program() is not None else ():
        print(f"… {pages.name}", file=sys.stderr)
        reads.append(Read(pages.name))
        _take(pages, reads[-1])
    rows = [read.to_json() for read in reads]
    return {
        "summary": "Recognised pages against the text of the same pages: value, unit, role, row and "
        "column. wrong_unmarked: not marked as doubtful, and the text has no such value in that "
        "unit; misplaced_unmarked: not marked, and its row, column or name is another one.",
        "columns": list(rows[0]) if rows else [],
        "rows": [list(row.values()) for row in rows],
        "details": {read.format: [*read.unmarked] for read in reads if read.unmarked},
    }


def _take(pages: Pages, read: Read) -> None:
    began = time.process_time()
    scan = read_document(pages.scan, pages.name)
    read.seconds += time.process_time() - began
    read.pages += scan.pages or 1
    compare(read_document(pages.text, pages.name), scan, read, tables_only=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns 1 where a wrong figure is not marked."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.scans", description="测扫描件")
    parser.add_argument("--spoilt", nargs="*", choices=SPOILT, default=list(SPOILT))
    parser.add_argument("--no-shared", action="store_true", help="不测别处做的扫描件")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")
    options = parser.parse_args(arguments)
    found: Mapping[str, Any] = measure(options.spoilt, shared=not options.no_shared)
    if options.json:
        json.dump({k: v for k, v in found.items() if k != "details"}, sys.stdout, indent=1)
        return 0
    for row in found.get("rows", ()):
        print("  ".join(f"{k} {v}" for k, v in zip(found["columns"], row, strict=True)))
    for name, lines in found.get("details", {}).items():
        print(name, *lines, sep="\n    ")
    at = found["columns"].index("wrong_unmarked") if found.get("rows") else 0
    return int(any(row[at] for row in found.get("rows", ())))


if __name__ == "__main__":
    sys.exit(main())
