"""`python -m eval.bench.relayouts`: small tables laid out in many ways, in four formats, read again.

Whatever the layout, each figure must come out with its row, column, unit, role and year.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from openpyxl import Workbook

from eval.material.relayout_samples import SAMPLES, Sample
from eval.material.relayouts import LAYOUTS, Layout, Sheet
from ingest.model import Document, Figure
from ingest.pipeline import read_document

TITLE = "2023年度某市分项情况"
YEAR = "2023"


def text(sheet: Sheet) -> Document:
    """The table in a plain text, cells parted by tabs."""
    rows = ("\t".join(row) for row in (*sheet.header, *sheet.body))
    lines = (TITLE, "", *(f"{line}\n" for line in sheet.above), *rows)
    return read_document("\n".join(lines).encode(), "报告.txt")


def markdown(sheet: Sheet) -> Document:
    """The table in Markdown."""
    first, *rest = (f"| {' | '.join(row)} |" for row in (*sheet.header, *sheet.body))
    rule = "|" + "---|" * len(sheet.header[0])
    lines = (f"# {TITLE}", "", *(f"{line}\n" for line in sheet.above), first, rule, *rest)
    return read_document("\n".join(lines).encode(), "报告.md")


def page(sheet: Sheet) -> Document:
    """The table in a web page, without merged cells."""
    rows = (
        f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>"
        for row in (*sheet.header, *sheet.body)
    )
    above = "".join(f"<p>{html.escape(line)}</p>" for line in sheet.above)
    body = f"<h1>{TITLE}</h1>{above}<table>{''.join(rows)}</table>"
    document = f"<html><meta charset=utf-8><body>{body}</body></html>"
    return read_document(document.encode(), "报告.html")


def workbook(sheet: Sheet) -> Document:
    """The table in a workbook, the lines above it in rows of their own."""
    book = Workbook()
    page = book.worksheets[0]
    rows = ((TITLE,), *((line,) for line in sheet.above), *sheet.header, *sheet.body)
    for number, row in enumerate(rows, start=1):
        for column, content in enumerate(row, start=1):
            if content:
                page.cell(number, column).value = content
    target = io.BytesIO()
    book.save(target)
    return read_document(target.getvalue(), "报告.xlsx")


FORMATS: tuple[Callable[[Sheet], Document], ...] = (text, markdown, page, workbook)


def differences(sample: Sample, document: Document) -> Iterator[str]:
    """What is not read as the sample says it, a line for each figure."""
    read: dict[frozenset[str], list[Figure]] = {}
    for figure in document.figures:
        if figure.locator.table is not None:
            for key in _keys(figure):
                read.setdefault(key, []).append(figure)
    for row, column, digits, unit, role in sample.expected():
        found = read.get(frozenset((_plain(row), _plain(column))), [])
        year = next(iter(re.findall(r"20\d\d", column)), YEAR)
        given = [_said(figure, bool(unit)) for figure in found]
        wanted = (re.sub(r"[^\d.\-]", "", digits), unit, role, year)
        if given != [wanted]:
            yield f"{row} / {column}: {wanted} 读作 {given}"


def _said(figure: Figure, stated: bool) -> tuple[str, str, str, str]:
    quantity = figure.quantity
    digits = quantity.printed.replace(",", "")
    return digits, quantity.unit.symbol if stated else "", figure.role.value, figure.period


def _keys(figure: Figure) -> set[frozenset[str]]:
    """Row and column as a set, so that a table on its side is the same; the last words or all."""
    rows = {_plain("".join(figure.row_path[-1:])), _plain("".join(figure.row_path))}
    last = _plain("".join(figure.column_path[-1:]))
    columns = {last, _plain("".join(figure.column_path)), f"{figure.period}年{last}"}
    return {frozenset((row, column)) for row in rows for column in columns}


def _plain(label: str) -> str:
    """A label without spaces and the unit at its end; a year always with 年."""
    bare = re.sub(r"[(（][^()（）]{1,6}[)）]$", "", re.sub(r"\s", "", label))
    return re.sub(r"^(20\d\d)$", r"\1年", bare)


def measured(
    samples: Sequence[Sample], layouts: Sequence[Layout], limit: int
) -> Counter[tuple[str, bool]]:
    """How many figures of each layout are right and wrong over all formats; prints the wrong."""
    counts: Counter[tuple[str, bool]] = Counter()
    for layout in layouts:
        for sample in samples:
            for write in FORMATS:
                wrong = list(differences(sample, write(layout(sample))))
                counts[layout.__name__, False] += len(wrong)
                counts[layout.__name__, True] += len(list(sample.expected())) - len(wrong)
                for line in wrong[:limit]:
                    print(f"{layout.__name__}, {sample.name}, {write.__name__}: {line}")
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the share of figures read right, layout by layout; 1 where one is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench.relayouts", description="测表格版式"
    )
    parser.add_argument("-v", type=int, default=3, metavar="N", help="每张表至多列出 N 条差异")
    options = parser.parse_args(arguments)
    counts = measured(SAMPLES, LAYOUTS, options.v)
    for layout in LAYOUTS:
        right, wrong = counts[layout.__name__, True], counts[layout.__name__, False]
        print(f"{layout.__name__}: {right}/{right + wrong}")
    wrong = sum(counts[layout.__name__, False] for layout in LAYOUTS)
    print(f"all: {counts.total() - wrong}/{counts.total()}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
