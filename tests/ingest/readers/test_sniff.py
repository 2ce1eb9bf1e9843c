"""What a file is, told by its content alone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest.readers.sniff import Kind, Unread, sniff

BAD = Path(__file__).resolve().parents[4] / "shared" / "parsing" / "bad"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = "[Content_Types].xml"


def packed(*names: str, stored: bytes = b"x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, stored)
    return buffer.getvalue()


def damaged_ole(stream: str) -> bytes:
    return OLE + b"\x00" * 600 + stream.encode("utf-16-le") + b"\x00" * 600


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", Kind.PDF),
        (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", Kind.PDF),
        (b"\xef\xbb\xbf%PDF-1.4\n", Kind.PDF),
        (packed(TYPES, "word/document.xml"), Kind.DOCX),
        (packed(TYPES, "xl/workbook.xml"), Kind.XLSX),
        (packed(TYPES, "xl\\workbook.xml"), Kind.XLSX),
        (packed(TYPES, "xl/workbook.bin"), Kind.XLSB),
        (packed("mimetype", stored=b"application/vnd.oasis.opendocument.spreadsheet"), Kind.ODS),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            Kind.SHEET_XML,
        ),
        (packed("word/说明.docx", "xl/表.xlsx"), Kind.ZIP),
        (packed("2023/决算.pdf"), Kind.ZIP),
        (packed(), Kind.ZIP),
        (packed(TYPES, "word/document.xml")[:-40], Kind.DOCX),
        (b"PK\x03\x04" + b"\x00" * 30 + b"xl/worksheets", Kind.XLSX),
        (damaged_ole("WordDocument"), Kind.DOC),
        (damaged_ole("Workbook"), Kind.XLS),
        (damaged_ole("Book"), Kind.XLS),
        (b"{\\rtf1\\ansi abc}", Kind.RTF),
        (b"<!DOCTYPE html><html><body>a</body></html>", Kind.HTML),
        ("<html><meta charset=gbk>决算".encode("gbk"), Kind.HTML),
        ("\ufeff<html><body>决算".encode("utf-16"), Kind.HTML),
        ("\ufeff\ufeff <HTML><BODY>决算".encode(), Kind.HTML),
        ("\ufeff<table><tr><td>1".encode(), Kind.HTML),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html>', Kind.HTML),
        (b"<!--" + b"x" * 9000 + b"-->\n<html><body>", Kind.HTML),
        ("锘?<html><body>".encode(), Kind.HTML),
        (
            b"From: <Saved by Blink>\r\nSubject: a\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b"\r\n\r\n',
            Kind.MHTML,
        ),
        (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
        (b"\xff\xd8\xff\xe1", Kind.IMAGE),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Kind.IMAGE),
        (b"BM\x0a\x00\x00\x00abcd", Kind.IMAGE),
        ("项目\t决算数\n办公费\t17.89".encode("gbk"), Kind.TEXT),
        ("项目,预算数,决算数\n办公费,20.00,17.89\n".encode("gbk"), Kind.CSV),
        ('项目,决算数\n"办公费,印刷费","7,511.89"\n水费,0.5\n'.encode(), Kind.CSV),
        ("项目,预算数,决算数\n办公费,20.00,17.89\n".encode("utf-16"), Kind.CSV),
        ("决算总表,,\n项目,预算数,决算数\n办公费,20.00,17.89\n".encode(), Kind.CSV),
        ("办公室设在市局, 共5人。\n其中, 3人在编。\n".encode(), Kind.TEXT),
        ("一、总体情况\n全年支出7,511.89万元,增长3.2%。\n完成预算,结余0元。\n".encode(), Kind.TEXT),
        ("本文说明 %PDF 格式的报告怎样公开。\n".encode(), Kind.TEXT),
        ("BMI 指数\n".encode(), Kind.TEXT),
        (b"", Kind.TEXT),
    ],
)
def test_kinds(data: bytes, kind: Kind) -> None:
    assert sniff(data) is kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (damaged_ole("EncryptedPackage") + "WordDocument".encode("utf-16-le"), "需要密码"),
        (damaged_ole("PowerPoint Document"), "PPT"),
        (OLE + b"\x00" * 600, "OLE"),
        (packed(TYPES, "ppt/presentation.xml"), "PPTX"),
        (packed("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (packed("mimetype", stored=b"application/vnd.oasis.opendocument.text"), "ODT"),
        (b'<?xml version="1.0"?><report/>', "XML"),
        (b"7z\xbc\xaf\x27\x1c", "7Z"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"\x1f\x8b\x08", "GZIP"),
        (b"\x00" * 257 + b"ustar" + b"\x00" * 250, "TAR"),
    ],
)  # fmt: skip
def test_what_no_reader_takes(data: bytes, reason: str) -> None:
    found = sniff(data)
    assert isinstance(found, Unread)
    assert reason in found.reason
    assert found.advice.startswith("请")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("bomb.docx", Kind.DOCX),
        ("bomb.xlsx", Kind.XLSX),
        ("csv_named.xls", Kind.TEXT),
        ("doc_named.docx", Kind.DOC),
        ("docx_named.doc", Kind.DOCX),
        ("html_named.pdf", Kind.HTML),
        ("html_named.xls", Kind.HTML),
        ("junk_prefix.pdf", Kind.PDF),
        ("truncated.docx", Kind.DOCX),
        ("truncated60.pdf", Kind.PDF),
        ("xls_named.xlsx", Kind.XLS),
        ("xlsx_named.xls", Kind.XLSX),
    ],
)
def test_shared_files_with_wrong_names(name: str, kind: Kind) -> None:
    path = BAD / name
    if not path.is_file():
        pytest.skip(f"{path} is absent")
    assert sniff(path.read_bytes()) is kind
