"""Workbooks that are read by way of LibreOffice."""

from __future__ import annotations

import pytest

from ingest.files import read_bytes
from ingest.readers import libreoffice
from ingest.readers.errors import UnreadableFile
from ingest.readers.libreoffice import ConversionError, convert
from tests.ingest.book_maker import sample, saved

SHEET_XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table>
<Row><Cell><Data ss:Type="String">项目</Data></Cell><Cell><Data ss:Type="String">金额</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">甲</Data></Cell><Cell><Data ss:Type="Number">7.5</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def test_they_are_read_as_their_xlsx_edition_is() -> None:
    if libreoffice.program() is None:
        pytest.skip("LibreOffice is not installed")
    book = sample()
    del book["底稿"]
    made = read_bytes(convert(saved(book), "xlsx", "ods"), "决算.ods")
    assert made.text == read_bytes(saved(book), "决算.xlsx").text
    assert made.media_type == "application/vnd.oasis.opendocument.spreadsheet"
    old = read_bytes(SHEET_XML.encode(), "表.xls")
    assert [[cell.text for cell in row] for row in old.tables[0].rows] == [["甲", "7.5"]]


def test_without_libreoffice_a_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> bytes:
        raise ConversionError("本机没有安装 LibreOffice")

    monkeypatch.setattr(libreoffice, "convert", missing)
    with pytest.raises(UnreadableFile, match=r"没有安装 LibreOffice.*另存为 \.xlsx"):
        read_bytes(SHEET_XML.encode(), "表.xls")
