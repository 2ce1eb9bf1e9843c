"""Editions of a text report in other formats: what they hold, and how header cells merge."""

from __future__ import annotations

import io

import pytest
from docx import Document as Word
from openpyxl import load_workbook

from eval.material.editions import (
    Merge,
    Spoiling,
    docx_edition,
    edition,
    header_merges,
    html_edition,
    scanned,
    xlsx_edition,
)
from ingest.model import Document
from ingest.pipeline import read_document
from ingest.readers.libreoffice import program

REPORT = """甲市水务局2023年度部门决算

一、收支情况

全年支出1,234.50万元，比上年增长3.2%。

支出决算表

单位：万元

项目\t\t本年支出\t\t年末结转
编码\t名称\t基本支出\t项目支出\t
205\t教育支出\t1,000.00\t234.50\t0.00
213\t农林水支出\t0.00\t12.00\t3.10
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(REPORT.encode(), "甲.txt")


def test_header_cells_merge_to_the_right_or_below(document: Document) -> None:
    assert header_merges(document.tables[0]) == [
        Merge(0, 0, 0, 1),
        Merge(0, 2, 0, 3),
        Merge(0, 4, 1, 4),
    ]


def test_word(document: Document) -> None:
    word = Word(io.BytesIO(docx_edition(document)))
    assert [p.text for p in word.paragraphs if p.text][:2] == [
        "甲市水务局2023年度部门决算",
        "一、收支情况",
    ]
    rows = word.tables[0].rows
    assert [cell.text for cell in rows[2].cells] == [
        "205",
        "教育支出",
        "1,000.00",
        "234.50",
        "0.00",
    ]
    assert rows[0].cells[2]._tc is rows[0].cells[3]._tc


def test_workbook_prints_numbers_as_the_text(document: Document) -> None:
    sheet = load_workbook(io.BytesIO(xlsx_edition(document))).worksheets[0]
    found = {cell.value: cell.number_format for row in sheet.iter_rows() for cell in row}
    assert found[1000] == "#,##0.00"
    assert found[234.5] == "0.00"
    assert "单位：万元" in found
    assert "C3:D3" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_page_is_an_old_government_page(document: Document) -> None:
    page = html_edition(document).decode("gb18030")
    assert "charset=gb2312" in page
    assert '<td rowspan="2" colspan="1"><p>年末结转</p></td>' in page


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_pdf_and_scan(document: Document) -> None:
    pdf = edition(document, "pdf")
    assert pdf.startswith(b"%PDF-")
    scan = scanned(pdf, Spoiling(dpi=72))
    assert scan.startswith(b"%PDF-")
    assert "全年支出".encode("utf-16-be") not in scan
