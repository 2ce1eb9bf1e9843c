"""`python -m eval.bench.layouts`: text reports laid out in other ways, printed to PDF, read again.

Chromium prints each report once a layout: rules of all kinds and none, alignments, measures, a
page on its side, two columns. The figures of what is read are compared with those of the text.
"""

from __future__ import annotations

import argparse
import html
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from eval.bench.formats import Share, against_edition, print_differences, read_file
from eval.material.editions import grid_of, header_merges
from ingest.model import BlockKind, Document, Table
from ingest.tables.cellsyntax import is_plain_number

ROOT = Path(__file__).resolve().parents[2]
REPORTS = (
    "samples/reports/panyu_2022_final_accounts.txt",
    "samples/reports/panyu_2023_final_accounts.md",
    "samples/reports/yunling_edu_2022_self_eval.md",
    "tests/gold/others/beiling_hospital_2023_accounts.md",
    "tests/gold/others/linhuai_court_2022_accounts.txt",
    "tests/gold/others/longquan_rural_roads_2022_evaluation.txt",
    "tests/gold/others/qingqu_education_2023_accounts.txt",
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_INDENTED = "p{text-indent:2em;margin:0;line-height:1.8;text-align:justify}"
_SPACED = "p{margin:0 0 8pt;line-height:1.5}"
LAYOUTS = {
    "ruled": "td,th{border:.75pt solid #000}" + _INDENTED,
    "thin": "td,th{border:.4pt solid #888;padding:1pt 3pt}table{font-size:8pt}"
    "p{text-indent:2em;margin:0 0 6pt;line-height:1.5}",
    "open sides": "td,th{border:.5pt solid #000}tr>:first-child{border-left:none}"
    "tr>:last-child{border-right:none}" + _INDENTED,
    "on its side": "@page{size:A4 landscape}td,th{border:.75pt solid #000}" + _INDENTED,
    "two columns": "td,th{border:.75pt solid #000}body{columns:2;column-gap:24pt}"
    "div{column-span:all}p{font-size:10pt}" + _INDENTED,
    "three rules": "table{border-top:1.2pt solid #000;border-bottom:1.2pt solid #000}"
    "thead{border-bottom:.6pt solid #000}td{padding:2pt 5pt}" + _INDENTED,
    "rules between rows": "td,th{border-bottom:.5pt solid #000;padding:3pt 4pt}"
    "table{border-top:.5pt solid #000}" + _SPACED,
    "shaded": "tbody tr:nth-child(odd){background:#e8eef4}thead{background:#345;color:#fff}"
    "td,th{padding:4pt 6pt}table{-webkit-print-color-adjust:exact}" + _SPACED,
    "no rules": "td,th{padding:3pt 6pt}" + _INDENTED,
}
_STYLE = """@page{size:A4;margin:22mm 20mm 20mm 24mm}
body{font:12pt "Noto Serif CJK SC",serif}h1{font-size:18pt;text-align:center}
table{border-collapse:collapse;width:100%;font-size:9pt;margin:4pt 0}
.heading{font-weight:bold}p.caption{font-size:10pt;text-align:center;text-indent:0}
td.number{text-align:right}"""


def page(document: Document, layout: str) -> str:
    """The report as a web page in one of LAYOUTS."""
    style = f"<style>{_STYLE}{LAYOUTS[layout]}</style>"
    parts = [f"<html><meta charset=utf-8>{style}<body>"]
    for block in document.blocks:
        text = html.escape(block.text)
        if block.table is not None:
            parts.append(f"<div>{_table(document.tables[block.table])}</div>")
        elif block.kind is BlockKind.TITLE:
            parts.append(f"<h1>{text}</h1>")
        else:
            parts.append(f'<p class="{block.kind}">{text}</p>')
    return "".join(parts)


def _table(table: Table) -> str:
    merges = {(merge.row, merge.column): merge for merge in header_merges(table)}
    covered = {cell for merge in merges.values() for cell in merge.cells()} - set(merges)
    rows: list[str] = []
    for number, texts in enumerate(grid_of(table)):
        head = number < len(table.header)
        cells: list[str] = []
        for column, text in enumerate(texts):
            if (number, column) in covered:
                continue
            merge = merges.get((number, column))
            span = ""
            if merge is not None:
                across, down = merge.last_column - column + 1, merge.last_row - number + 1
                span = f" colspan={across} rowspan={down}"
            kind = ' class="number"' if is_plain_number(text) else ""
            tag = "th" if head else "td"
            cells.append(f"<{tag}{span}{kind}>{html.escape(text)}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    depth = len(table.header)
    return f"<table><thead>{''.join(rows[:depth])}</thead><tbody>{''.join(rows[depth:])}</tbody></table>"


def printed(document: Document, layout: str, folder: Path, browser: str) -> Path:
    """The PDF file of the report in a layout; made once."""
    stem = re.sub(r"\W+", "_", f"{Path(document.name).stem} {layout}")
    source, target = folder / f"{stem}.html", folder / f"{stem}.pdf"
    if not target.exists():
        source.write_text(page(document, layout), encoding="utf-8")
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
        command = [browser, *options, f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603
    return target


def main(arguments: Sequence[str] | None = None) -> int:
    """Print recall and precision of the figures, report by report and in all."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.layouts", description="测各种版式")
    parser.add_argument("reports", nargs="*", type=Path, help="文本报告；缺省为示例和题库的报告")
    parser.add_argument("--layouts", nargs="+", choices=LAYOUTS, default=list(LAYOUTS))
    parser.add_argument("--keep", type=Path, help="把 PDF 留在这个文件夹")
    parser.add_argument("-v", type=int, default=0, metavar="N", help="每项至多列出 N 条差异")
    options = parser.parse_args(arguments)
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        print("错误：没有找到 Chromium 或 Chrome", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        reports = options.reports or [ROOT / name for name in REPORTS]
        totals = _measured(reports, options.layouts, folder, browser, options.v)
    print("All")
    for (layout, name), share in totals.items():
        print(f"  {layout}, {name}: {share}")
    return 0


def _measured(
    reports: Sequence[Path], layouts: Sequence[str], folder: Path, browser: str, limit: int
) -> dict[tuple[str, str], Share]:
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for path in reports:
        edition = read_file(path)
        for layout in layouts:
            document = read_file(printed(edition, layout, folder, browser))
            found = against_edition(document, edition)
            print(f"{path.stem}, {layout}: {document.pages} pages")
            print_differences(found, limit)
            for name, share in found.shares.items():
                right[layout, name] += share.right
                total[layout, name] += share.total
    return {key: Share(right[key], total[key]) for key in total}


if __name__ == "__main__":
    sys.exit(main())
