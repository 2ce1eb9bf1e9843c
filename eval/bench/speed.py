"""`python -m eval.bench.speed`: pages a second of one core, beside the bare library, and memory.

Sample reports are laid out as PDF, DOCX and scans (eval/material/editions.py) and read in this process; the
library under our reader then extracts the bare text of the same files, in the same run. Seconds are
processor time, so that other work on the machine does not count. The memory is that of a process of
its own, which reads nothing but a PDF file of 500 pages.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from eval.bench.measure import peak_memory_mb
from eval.material.editions import edition, scanned
from eval.material.pdf_pages import page_count, picked, repeated
from ingest.files import read_bytes
from ingest.model import Document
from ingest.pipeline import read_document
from ingest.readers.libreoffice import program
from ingest.readers.pictures import can_recognise

ROOT: Final = Path(__file__).resolve().parents[2]
SAMPLES: Final = tuple(
    ROOT / "samples" / "reports" / name
    for name in ("panyu_2021_final_accounts.txt", "panyu_2022_final_accounts.txt")
)
PAGES: Final = 500
BOUND: Final = 512
"""Megabytes that a process reading PAGES pages may hold; settings allow it 6,144."""
_TIMES: Final = 4  # a file is put behind itself before it is timed
_SCANNED: Final = 4  # pages: half of prose, half with tables
_DPI: Final = 200


class Timed(NamedTuple):
    """A file, its pages, and what takes the bare text out of it."""

    kind: str
    name: str
    data: bytes
    pages: int
    bare: Callable[[bytes], int]


# The bare libraries


def bare_pdf(data: bytes) -> int:
    """Characters that PDFium finds."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        return sum(len(page.get_textpage().get_text_range()) for page in pdf)


def bare_docx(data: bytes) -> int:
    """Characters of the body that lxml finds."""
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    return sum(map(len, body.itertext()))


def bare_scan(data: bytes) -> int:
    """Characters that RapidOCR finds on the pages, on one thread as in our reader."""
    import pypdfium2
    import rapidocr

    threads = "EngineConfig.onnxruntime.{}_op_num_threads"
    engine = rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            threads.format("intra"): 1,
            threads.format("inter"): 1,
        }
    )
    found = 0
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            read = engine(page.render(scale=_DPI / 72).to_numpy()[:, :, :3])
            found += sum(map(len, getattr(read, "txts", None) or ()))
    return found


# The files


def files() -> Iterator[Timed]:
    """The files that can be made here, kind by kind."""
    documents = [read_document(path.read_bytes(), path.name) for path in SAMPLES]
    if program() is None:
        return
    word = [edition(document, "docx") for document in documents]
    prints = [edition(document, "pdf") for document in documents]
    prose: list[bytes] = []
    tables: list[bytes] = []
    lengths: list[int] = []
    for printed in prints:
        read = read_bytes(printed, "版.pdf")
        with_tables = _table_pages(read)
        every = range(1, (read.pages or 0) + 1)
        lengths.append(len(every))
        prose.append(picked(printed, [n for n in every if n not in with_tables]))
        tables.append(picked(printed, sorted(with_tables)))
    for kind, parts in (("PDF, text alone", prose), ("PDF, pages with tables", tables)):
        whole = repeated(parts, _TIMES)
        yield Timed(kind, "版.pdf", whole, page_count(whole), bare_pdf)
    longest = max(range(len(word)), key=lambda at: lengths[at])
    yield Timed("DOCX", "版.docx", word[longest], lengths[longest], bare_docx)
    if can_recognise():
        few = repeated(
            [picked(part, range(1, _SCANNED // 2 + 1)) for part in (prose[0], tables[0])], 1
        )
        yield Timed("scans, 200 dots an inch", "扫描.pdf", scanned(few), page_count(few), bare_scan)


def _table_pages(document: Document) -> set[int]:
    """The pages on which a table stands, by the places of its rows."""
    blocks = (document.blocks[table.block] for table in document.tables)
    return {place.page for b in blocks for place in document.places(b.spans) if place.page}


# Speed


def timed(file: Timed) -> list[Any]:
    """A row: pages a second bare, read, read with figures and equations, and both ratios."""
    bare = _seconds(lambda: file.bare(file.data))
    read = _seconds(lambda: read_bytes(file.data, file.name))
    whole = _seconds(lambda: read_document(file.data, file.name))
    return [
        file.kind,
        file.pages,
        round(file.pages / bare, 1),
        round(file.pages / read, 1),
        round(file.pages / whole, 1),
        round(read / bare, 1),
        round(whole / bare, 1),
    ]


def _seconds(work: Callable[[], Any]) -> float:
    """Processor time of the second of two runs: the first loads libraries and models."""
    if not isinstance(work(), int | Document):
        raise TypeError("nothing was read")
    began = time.process_time()
    work()
    return max(time.process_time() - began, 0.001)


# Memory


def long_pdf(pages: int) -> bytes:
    """The samples' editions over and over, cut at so many pages."""
    prints = [edition(read_document(p.read_bytes(), p.name), "pdf") for p in SAMPLES]
    once = sum(map(page_count, prints))
    return picked(repeated(prints, -(-pages // once)), range(1, pages + 1))


def peak_of(path: Path) -> int:
    """Megabytes that a fresh process holds at most while it reads the file."""
    command = [sys.executable, "-m", "eval.bench.speed", "--peak-of", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own module
    return int(done.stdout)


def _print_peak(path: Path) -> None:
    read_document(path.read_bytes(), path.name)
    print(peak_memory_mb())


def memory() -> dict[str, int]:
    """The peaks for one page and for PAGES, and the bound, in megabytes."""
    whole = long_pdf(PAGES)
    with tempfile.TemporaryDirectory(prefix="gouji-speed-") as folder:
        peaks: dict[str, int] = {}
        for count in (1, PAGES):
            path = Path(folder) / f"{count}.pdf"
            path.write_bytes(picked(whole, range(1, count + 1)))
            peaks[f"peak megabytes, PDF of {count} page{'s' * (count > 1)}"] = peak_of(path)
    return {**peaks, "bound": BOUND}


def measure() -> dict[str, Any]:
    """All of it as a section of docs/quality.md."""
    if program() is None:
        return {"skipped": "没有安装 LibreOffice，无法制作各格式的文件"}
    found: dict[str, Any] = {
        "summary": "Pages a second of processor time on one core. bare: the library under our "
        "reader (PDFium, lxml, RapidOCR) takes out the text alone; read: with paragraphs, tables, "
        "places and sections; all: with figures, equations and assertions as well.",
        "columns": ["files", "pages", "bare", "read", "all", "read ÷ bare", "all ÷ bare"],
        "rows": [timed(file) for file in files()],
    }
    return {**found, **memory()}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns 1 where the bound of memory is not kept."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.speed", description="测读取速度")
    parser.add_argument(
        "--peak-of", type=Path, metavar="FILE", help="只读此文件，输出内存峰值（MB）"
    )
    options = parser.parse_args(arguments)
    if options.peak_of is not None:
        _print_peak(options.peak_of)
        return 0
    found = measure()
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    peaks = [value for name, value in found.items() if name.startswith("peak")]
    return int(any(peak > BOUND for peak in peaks))


if __name__ == "__main__":
    sys.exit(main())
