"""Office, page, web and scanned editions of a text report, made to measure how they are read.

The report is read as text, and its blocks are laid out anew: titles, headings, paragraphs, captions
and tables with merged header cells. LibreOffice makes DOC and PDF out of the DOCX; the scan is the
PDF's pages as pictures of 200 dots an inch, turned a little, unevenly lit and grained.
"""

from __future__ import annotations

import html
import io
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from ingest.model import BlockKind, Cell, Document, Table
from ingest.readers.libreoffice import convert

FORMATS = ("docx", "doc", "pdf", "xlsx", "html", "scan.pdf")
_DPI = 200
_TONE = 140  # of 255: what is darker is black in a picture of two tones
_WIDE = 6  # columns; a wider table gets a page on its side


def make_editions(
    document: Document, folder: Path, formats: Collection[str] = FORMATS
) -> dict[str, Path]:
    """Write editions of the document into the folder, if they are not there; the paths by format.
    A report without tables has no workbook.

    Raises:
        ingest.readers.libreoffice.ConversionError: LibreOffice is missing and needed.
    """
    stem = Path(document.name).stem
    paths = {name: folder / f"{stem}.{name}" for name in formats if name != "xlsx"}
    if "xlsx" in formats and document.tables:
        paths["xlsx"] = folder / f"{stem}.xlsx"
    for name, path in paths.items():
        if not path.exists():
            path.write_bytes(edition(document, name))
    return paths


def edition(document: Document, name: str) -> bytes:
    """One edition of the document; `name` is one of FORMATS."""
    if name == "xlsx":
        return xlsx_edition(document)
    if name == "html":
        return html_edition(document)
    word = docx_edition(document)
    if name == "docx":
        return word
    if name == "doc":
        return convert(word, "docx", "doc")
    pdf = convert(word, "docx", "pdf")
    return scanned(pdf) if name == "scan.pdf" else pdf


class Merge(NamedTuple):
    """A text of a table over the cells from its own to the last one (both counted from 0)."""

    row: int
    column: int
    last_row: int
    last_column: int

    def cells(self) -> set[tuple[int, int]]:
        """Every cell that it covers, its own too."""
        rows, columns = range(self.row, self.last_row + 1), range(self.column, self.last_column + 1)
        return {(row, column) for row in rows for column in columns}


def grid_of(table: Table) -> list[list[str]]:
    """Header and body of a table as texts, every row of one width."""
    rows: Sequence[Sequence[Cell]] = (*table.header, *table.rows)
    width = max(len(row) for row in rows)
    return [[cell.text for cell in row] + [""] * (width - len(row)) for row in rows]


def header_merges(table: Table) -> list[Merge]:
    """The header cells that stand over blank ones: to the right, else below."""
    grid = grid_of(table)
    depth, width = len(table.header), len(grid[0])
    taken: set[tuple[int, int]] = set()
    found: list[Merge] = []

    def blank(row: int, column: int) -> bool:
        return column < width and not grid[row][column] and (row, column) not in taken

    for row in range(depth):
        for column, text in enumerate(grid[row]):
            if not text or (row, column) in taken:
                continue
            right, below = column, row
            while blank(row, right + 1) and any(
                grid[lower][right + 1] for lower in range(row + 1, depth)
            ):
                right += 1
            while right == column and below + 1 < depth and blank(below + 1, column):
                below += 1
            merge = Merge(row, column, below, right)
            if len(merge.cells()) > 1:
                found.append(merge)
                taken |= merge.cells()
    return found


# Word


def docx_edition(document: Document) -> bytes:
    """The report as a Word file."""
    from docx import Document as Word
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    word = Word()
    style = word.styles["Normal"]
    style.font.name, style.font.size = "Noto Serif CJK SC", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    wide = False
    for block, turn in zip(document.blocks, _turned(document), strict=True):
        if turn != wide:
            section = word.add_section()
            section.orientation = WD_ORIENT.LANDSCAPE if turn else WD_ORIENT.PORTRAIT
            short, long = sorted((section.page_width, section.page_height))
            section.page_width, section.page_height = (long, short) if turn else (short, long)
            wide = turn
        table = document.tables[block.table] if block.table is not None else None
        if table is not None:
            _docx_table(word, table)
            continue
        paragraph = word.add_paragraph()
        run = paragraph.add_run(block.text)
        if block.kind is BlockKind.TITLE:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run.font.size, run.bold = Pt(18), True
        elif block.kind is BlockKind.HEADING:
            run.bold = len(block.text) < 40
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            paragraph.paragraph_format.first_line_indent = Pt(24)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _turned(document: Document) -> list[bool]:
    """For each block, whether it stands on a page on its side: wide tables, their captions above
    and their notes below."""
    turned = [
        block.table is not None and len(document.tables[block.table].columns) > _WIDE
        for block in document.blocks
    ]
    for no in range(len(turned) - 2, -1, -1):
        turned[no] |= turned[no + 1] and document.blocks[no].kind is BlockKind.CAPTION
    for no in range(1, len(turned)):
        turned[no] |= turned[no - 1] and document.blocks[no].kind is BlockKind.NOTE
    return turned


def _docx_table(word: Any, table: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    grid = grid_of(table)
    made = word.add_table(len(grid), len(grid[0]), style="Table Grid")
    merged: set[tuple[int, int]] = set()
    for merge in header_merges(table):
        made.cell(merge.row, merge.column).merge(made.cell(merge.last_row, merge.last_column))
        merged |= merge.cells()
    for number, (row, texts) in enumerate(zip(made.rows, grid, strict=True)):
        if number < len(table.header):
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        cells = row.cells
        for column, text in enumerate(texts):
            if text or (number, column) not in merged:
                paragraph = cells[column].paragraphs[0]
                paragraph.add_run(text).font.size = Pt(8 if len(grid[0]) > _WIDE else 10)


# Workbook


def xlsx_edition(document: Document) -> bytes:
    """The tables of the report, a sheet each, title and unit above, numbers as numbers."""
    from openpyxl import Workbook

    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    for table in document.tables:
        sheet = book.create_sheet(f"{table.no + 1}")
        top = 1
        for text in _above(document, table):
            sheet.cell(top, 1, text)
            top += 1
        for number, row in enumerate(grid_of(table)):
            for column, text in enumerate(row):
                _write(sheet.cell(top + number, column + 1), text)
        for merge in header_merges(table):
            sheet.merge_cells(
                start_row=top + merge.row,
                start_column=merge.column + 1,
                end_row=top + merge.last_row,
                end_column=merge.last_column + 1,
            )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _above(document: Document, table: Table) -> Iterator[str]:
    """The captions above a table, in order."""
    above: list[str] = []
    for block in reversed(document.blocks[: table.block]):
        if block.kind is not BlockKind.CAPTION:
            break
        above.append(block.text)
    yield from reversed(above)


def _write(cell: Any, text: str) -> None:
    """A number with the format that prints it as in the text, any other text as it is."""
    digits = text.replace(",", "")
    whole, _, decimals = digits.lstrip("-").partition(".")
    plain = whole.isdecimal() and (not decimals or decimals.isdecimal())
    if not plain or (len(whole) > 1 and whole.startswith("0")) or len(digits) > 15:
        cell.value = text or None
        cell.data_type = "s" if text else cell.data_type
        return
    cell.value = Decimal(digits) if decimals else int(digits)
    grouping = "#,##0" if "," in text else "0"
    cell.number_format = grouping + ("." + "0" * len(decimals) if decimals else "")


# Web page


def html_edition(document: Document) -> bytes:
    """The report as a page of a government site in GB 2312, with navigation and a foot."""
    title = html.escape(next((b.text for b in document.blocks if b.text), ""))
    parts = [
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
        f"<title>{title}</title><style>td{{border:1px solid}}</style></head><body>",
        '<div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a> 当前位置：决算公开</div>',
        '<div class="content" id="zoom">',
    ]
    for block in document.blocks:
        if block.table is not None:
            parts.append(_html_table(document.tables[block.table]))
        elif block.kind is BlockKind.TITLE:
            parts.append(f'<p style="text-align:center"><b>{html.escape(block.text)}</b></p>')
        else:
            parts.append(f"<p>　　{html.escape(block.text)}</p>")
    parts.append('</div><div class="footer">版权所有 网站标识码：4400000000</div></body></html>')
    return "\n".join(parts).encode("gb18030", "xmlcharrefreplace")


def _html_table(table: Table) -> str:
    spans = {(merge.row, merge.column): merge for merge in header_merges(table)}
    hidden = {cell for merge in spans.values() for cell in merge.cells()} - set(spans)
    rows: list[str] = []
    for number, row in enumerate(grid_of(table)):
        cells: list[str] = []
        for column, text in enumerate(row):
            if (number, column) in hidden:
                continue
            merge = spans.get((number, column))
            span = ""
            if merge is not None:
                down, right = merge.last_row - merge.row + 1, merge.last_column - merge.column + 1
                span = f' rowspan="{down}" colspan="{right}"'
            cells.append(f"<td{span}><p>{html.escape(text)}</p></td>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return "<table>" + "\n".join(rows) + "</table>"


# Scan


class Spoiling(NamedTuple):
    """What a scanner does to a page: dots an inch, two tones or grey, the dots an inch that the
    picture is stored at (0: the same), grain (of 255), and how much of the contrast is left."""

    dpi: int = _DPI
    two_tone: bool = False
    stored: int = 0
    grain: float = 5
    contrast: float = 1.0


def scanned(pdf: bytes, how: Spoiling | None = None, seed: int = 7) -> bytes:
    """The pages of a PDF as a scanner gives them: pictures, slightly turned and grained."""
    import numpy as np
    import pypdfium2
    from PIL import Image

    how = how or Spoiling()
    chance = np.random.default_rng(seed)
    pages: list[Any] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=how.dpi / 72).to_pil().convert("L")
            angle = float(chance.uniform(-0.4, 0.4))
            picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
            paper = np.asarray(picture, dtype=np.float64)
            light = np.linspace(1.0, float(chance.uniform(0.9, 0.98)), paper.shape[1])
            grey = 255 - (255 - paper * light) * how.contrast
            grey += chance.normal(0, how.grain, paper.shape)
            picture = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
            if how.two_tone:
                picture = picture.point(lambda light: 255 * (light > _TONE)).convert("1")
            if how.stored:
                width, height = (side * how.stored // how.dpi for side in picture.size)
                picture = picture.resize((width, height), Image.Resampling.BICUBIC)
            pages.append(picture)
    target = io.BytesIO()
    options: dict[str, Any] = {"resolution": how.stored or how.dpi}
    if pages[0].mode != "1":  # two tones are stored without loss
        options["quality"] = 80
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], **options)
    return target.getvalue()
