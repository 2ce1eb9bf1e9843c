"""Reading workbooks of rarer formats, which LibreOffice turns into .xlsx first."""

from __future__ import annotations

from ingest.readers import libreoffice
from ingest.readers.content import Content, PageProgress, silent
from ingest.readers.errors import UnreadableFile
from ingest.readers.workbook import recalculate, write_workbook
from ingest.readers.xlsx import read_sheets


def read_ods(data: bytes, name: str, progress: PageProgress = silent) -> Content:
    """A workbook of LibreOffice; see `ingest.readers.xlsx.read_xlsx`."""
    return _read(data, name, progress, "ods", "application/vnd.oasis.opendocument.spreadsheet")


def read_xlsb(data: bytes, name: str, progress: PageProgress = silent) -> Content:
    """A binary workbook of newer Excel; see `ingest.readers.xlsx.read_xlsx`."""
    media_type = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
    return _read(data, name, progress, "xlsb", media_type)


def read_sheet_xml(data: bytes, name: str, progress: PageProgress = silent) -> Content:
    """A workbook in the XML of Excel 2003; see `ingest.readers.xlsx.read_xlsx`."""
    return _read(data, name, progress, "xml", "application/vnd.ms-excel+xml")


def _read(data: bytes, name: str, progress: PageProgress, suffix: str, media_type: str) -> Content:
    """Read what LibreOffice makes of a workbook.

    Raises:
        UnreadableFile: LibreOffice is missing or cannot convert it.
    """
    try:
        made = recalculate(data, suffix)
    except libreoffice.ConversionError as error:
        raise UnreadableFile(
            f"{name}：这种工作簿要先由 LibreOffice 转换（{error}）；"
            "请在 WPS 或 Excel 中另存为 .xlsx 后再加入"
        ) from error
    return write_workbook(read_sheets(made, name, progress), list, media_type)
