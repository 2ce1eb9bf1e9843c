"""Damage to files: bits, cuts, splices, depth, dimensions, and the usual bombs.

A small report in every format (eval/material/editions.py) is what is damaged. The same seed gives the same
files.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from eval.material.editions import FORMATS, edition
from ingest.pipeline import read_document
from ingest.readers.libreoffice import program

OFFICE: Final = ("docx", "xlsx", "html")  # made without LibreOffice
_GIGABYTE: Final = 1024**3
_REPORT: Final = """甲市水务局2023年度部门决算

一、收入支出情况

2023年度总收入2,019.08万元，比上年决算数增加101.08万元，增长5.27%；完成预算的96.15%。

支出决算表

单位：万元

科目编码\t科目名称\t本年支出\t基本支出\t项目支出
205\t教育支出\t1,234.50\t1,000.00\t234.50
213\t农林水支出\t784.58\t700.58\t84.00
\t合计\t2,019.08\t1,700.58\t318.50

二、其他说明

（一）机关运行经费56.40万元，共有车辆3辆。
"""


Maker = Callable[[random.Random, dict[str, bytes]], bytes]


def originals(names: Sequence[str] | None = None) -> dict[str, bytes]:
    """The undamaged report in each of the formats; None for all that can be made here."""
    document = read_document(_REPORT.encode(), "原件.txt")
    if names is None:
        names = FORMATS if program() is not None else OFFICE
    return {name: edition(document, name) for name in names}


# Random damage


def _flipped(rng: random.Random, files: dict[str, bytes]) -> bytes:
    data = bytearray(files[rng.choice(sorted(files))])
    for _ in range(rng.choice((1, 3, 30, 300))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def _truncated(rng: random.Random, files: dict[str, bytes]) -> bytes:
    data = files[rng.choice(sorted(files))]
    return data[: rng.randrange(1, len(data))]


def _gap(rng: random.Random, files: dict[str, bytes]) -> bytes:
    data = files[rng.choice(sorted(files))]
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randrange(1, 5_000) :]


def _joined(rng: random.Random, files: dict[str, bytes]) -> bytes:
    first, second = (files[rng.choice(sorted(files))] for _ in range(2))
    return first[: rng.randrange(len(first))] + second[rng.randrange(len(second)) :]


def _member_changed(rng: random.Random, files: dict[str, bytes]) -> bytes:
    """A container whose one member is damaged, its checksums right."""
    parts = _parts(files[rng.choice(("docx", "xlsx"))])
    name = rng.choice(sorted(parts))
    data = bytearray(parts[name] or b"x")
    for _ in range(rng.choice((1, 5, 50))):
        data[rng.randrange(len(data))] = rng.choice(b'<>&"/\x00 0a\xff')
    parts[name] = bytes(data)
    return _zipped(parts)


def _spliced(rng: random.Random, files: dict[str, bytes]) -> bytes:
    """A container with members of another, or without some of its own."""
    parts, others = _parts(files["docx"]), _parts(files["xlsx"])
    if rng.random() < 0.5:
        parts, others = others, parts
    for name in rng.sample(sorted(parts), rng.randrange(1, len(parts))):
        if rng.random() < 0.5:
            del parts[name]
        else:
            parts[name] = rng.choice(sorted(others.values()))
    parts.update(dict(rng.sample(sorted(others.items()), rng.randrange(len(others)))))
    return _zipped(parts)


def _nested(rng: random.Random, files: dict[str, bytes]) -> bytes:
    """XML or HTML elements inside each other, thousands deep."""
    depth = rng.choice((300, 3_000, 30_000))
    kind = rng.choice(("docx", "xlsx", "html"))
    if kind == "html":
        tag = rng.choice((b"div", b"table><tr><td", b"span", b"ul><li"))
        return b"<html><body>" + b"<%s>" % tag * depth + b"5.5" + files["html"]
    parts = _parts(files[kind])
    name = "word/document.xml" if kind == "docx" else "xl/worksheets/sheet1.xml"
    text = parts[name]
    tags = (b"w:tbl", b"w:sdt", b"w:p") if kind == "docx" else (b"c", b"row", b"sheetData")
    tag = rng.choice(tags)
    at = text.find(b"<w:p") if kind == "docx" else text.find(b"<row")
    parts[name] = text[:at] + b"<%s>" % tag * depth + b"</%s>" % tag * depth + text[at:]
    return _zipped(parts)


def _huge(rng: random.Random, files: dict[str, bytes]) -> bytes:
    """Dimensions, repeats and spans far beyond what a page has."""
    number = str(rng.choice((70_000, 1_048_576, 2**31 - 1, 10**12))).encode()
    kind = rng.choice([name for name in ("xlsx", "docx", "html", "pdf") if name in files])
    if kind == "pdf":
        return files["pdf"].replace(b"/MediaBox", b"/MediaBox[0 0 %s %s]/X" % (number, number))
    if kind == "html":
        span = b'<td colspan="%s" rowspan="%s">' % (number, number)
        return files["html"].replace(b"<td>", span, rng.randrange(1, 5))
    parts = _parts(files[kind])
    if kind == "docx":
        name = "word/document.xml"
        wide = b'<w:tcPr><w:gridSpan w:val="%s"/>' % number
        parts[name] = parts[name].replace(b"<w:tcPr>", wide, rng.randrange(1, 4))
    else:
        name = "xl/worksheets/sheet1.xml"
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        parts[name] = parts[name].replace(b"</sheetData>", far)
        merge = b'<mergeCell ref="A1:XFD1048576"/>'
        parts[name] = parts[name].replace(b"</mergeCells>", merge + b"</mergeCells>")
    return _zipped(parts)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


DAMAGE: Final[dict[str, Maker]] = {
    "bits flipped": _flipped,
    "cut off": _truncated,
    "a part lost": _gap,
    "two files joined": _joined,
    "member damaged": _member_changed,
    "members spliced": _spliced,
    "nested deep": _nested,
    "huge dimensions": _huge,
}


# Bombs


def _bomb_member(files: dict[str, bytes], kind: str) -> bytes:
    """An office file whose main part is a gigabyte of spaces."""
    name = "word/document.xml" if kind == "docx" else "xl/worksheets/sheet1.xml"
    parts = _parts(files[kind])
    head, tail = parts[name][:-12], parts[name][-12:]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, data in parts.items():
            if other != name:
                archive.writestr(other, data)
        with archive.open(name, "w", force_zip64=True) as member:
            member.write(head)
            for _ in range(64):
                member.write(b" " * (_GIGABYTE // 64))
            member.write(tail)
    return target.getvalue()


def _entities(files: dict[str, bytes], kind: str) -> bytes:
    """Entities that grow to billions of characters, and one that reads a file."""
    name = "word/document.xml" if kind == "docx" else "xl/worksheets/sheet1.xml"
    lines = [b'<!ENTITY a0 "aaaaaaaaaa">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)]
    lines.append(b'<!ENTITY f SYSTEM "file:///etc/passwd">')
    parts = _parts(files[kind])
    body = parts[name].split(b"?>", 1)[-1]
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [%s]>' % b"".join(lines)
    for mark in (b"<w:t>", b"<v>"):
        body = body.replace(mark, mark + b"&a11;&f;", 2)
    parts[name] = doctype + body
    return _zipped(parts)


def _escaping(files: dict[str, bytes], stray: Path) -> bytes:
    names = ("../../escape.txt", "/tmp/gouji-escape.txt", f"{stray}/escape.txt", "..\\..\\e.txt")  # noqa: S108
    return _zipped({name: _REPORT.encode() for name in names} | {"报告.docx": files["docx"]})


def _linked(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("报告.docx", files["docx"])
    return target.getvalue()


def _russian_dolls() -> bytes:
    data = _zipped({"报告.txt": _REPORT.encode()})
    for level in range(8):
        data = _zipped({f"{level}-{n}.zip": data for n in range(3)})
    return data


def _wide_png() -> bytes:
    size = (65_000).to_bytes(4, "big") * 2
    header = b"IHDR" + size + b"\x08\x02\x00\x00\x00"
    body = b"IDAT" + zlib.compress(b"\x00" * 100_000)
    chunks = (len(part[4:]).to_bytes(4, "big") + part + zlib.crc32(part).to_bytes(4, "big")
              for part in (header, body, b"IEND"))  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _looping_pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>endobj\n"
        b"trailer<</Size 3/Root 1 0 R>>\n%%EOF"
    )


def _inflating_pdf() -> bytes:
    content = zlib.compress(b"q " * (_GIGABYTE // 4))
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n"
        b"trailer<</Size 5/Root 1 0 R>>\n%%%%EOF" % (len(content), content)
    )


def bombs(files: dict[str, bytes], stray: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The usual bombs and escapes, each with its name and its maker."""
    for kind in ("docx", "xlsx"):
        yield f"{kind} of a gigabyte", partial(_bomb_member, files, kind)
        yield f"{kind} with entities", partial(_entities, files, kind)
    yield "archive with escaping names", partial(_escaping, files, stray)
    yield "archive with a link", partial(_linked, files)
    yield "archives in archives", _russian_dolls
    yield "picture of 65,000 by 65,000", _wide_png
    yield "pdf that loops", _looping_pdf
    yield "pdf that inflates", _inflating_pdf
    yield "html with a million cells", lambda: b"<table><tr>" + b"<td>1</td>" * 1_000_000
    yield "html with a million nested spans", lambda: b"<html>" + b"<span>" * 1_000_000
    yield "empty", bytes
    yield "zeros", partial(bytes, 1_000_000)
