"""The parts of an Office Open XML workbook that its sheets refer to: texts, formats, the list."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.content import raised
from ingest.readers.errors import UnreadableFile
from ingest.readers.number_format import BUILT_IN, GENERAL
from ingest.readers.ooxml import MAX_PART, Package

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_DIGITS = 9
_SIDES = ("left", "right", "top", "bottom")


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet in the workbook's list, and the part that holds it."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Styles:
    """Of each cell style: its number format, and whether it draws borders."""

    formats: tuple[str, ...] = ()
    ruled: tuple[bool, ...] = ()

    def format(self, style: int) -> str:
        """The number format of a style."""
        return self.formats[style] if 0 <= style < len(self.formats) else GENERAL

    def is_ruled(self, style: int) -> bool:
        """True for a style that draws a border on two sides or more."""
        return 0 <= style < len(self.ruled) and self.ruled[style]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook without its sheets' cells.

    One that is `unsettled` wants its formulas calculated when it is opened: the program that wrote
    it could not, and stored zeros or what the formulas came to before.
    """

    package: Package
    entries: tuple[Entry, ...]
    strings: tuple[str, ...]
    styles: Styles
    date1904: bool
    unsettled: bool


def open_book(package: Package) -> Book:
    """The workbook of a package.

    Raises:
        UnreadableFile: it has no list of sheets, or a part is damaged.
    """
    part = package.relations().get("officeDocument", "xl/workbook.xml")
    targets = _targets(package, part)
    entries: list[Entry] = []
    date1904 = unsettled = False
    for element in elements(package, part, "workbookPr", "sheet", "calcPr"):
        if local(element) == "workbookPr":
            date1904 = element.get("date1904") in ("1", "true")
            continue
        if local(element) == "calcPr":
            unsettled = element.get("fullCalcOnLoad") in ("1", "true")
            continue
        key = next((str(v) for k, v in element.items() if str(k).endswith("}id")), "")
        hidden = element.get("state", "visible") != "visible"
        if key in targets:
            entries.append(Entry(str(element.get("name") or ""), targets[key], hidden))
    if not entries:
        raise UnreadableFile(
            f"{package.container.name}：工作簿里没有工作表，或文件已损坏；请另存为 .xlsx 后再加入"
        )
    related = package.relations(part)
    return Book(
        package,
        tuple(entries),
        tuple(_strings(package, related.get("sharedStrings", ""))),
        _styles(package, related.get("styles", "")),
        date1904,
        unsettled,
    )


def local(element: etree._Element) -> str:
    """An element's name without its namespace, in which strict workbooks differ from others."""
    return str(element.tag).rpartition("}")[2]


def elements(package: Package, part: str, *names: str) -> Iterator[etree._Element]:
    """The elements of these names in a part as they end, each emptied once it was looked at.

    Raises:
        UnreadableFile: the part is damaged, too large, or has a document type definition.
    """
    member = package.names.get(part.lower())
    if member is None:
        return
    container = package.container
    size = container.members[member].file_size
    if size > MAX_PART:
        raise UnreadableFile(
            f"{container.name}：其中的 {member} 有 {size // 1024 // 1024} MB，"
            f"超过 {MAX_PART // 1024 // 1024} MB 的上限；请拆分后再加入"
        )
    events = etree.iterparse(
        io.BytesIO(container.read(member)),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    first = True
    try:
        for _, element in events:
            if first and element.getroottree().docinfo.internalDTD is not None:
                raise UnreadableFile(
                    f"{container.name}：其中的 {member} 含有 DTD 声明，正常文件没有；"
                    "为安全起见没有读取"
                )
            first = False
            yield element
            element.clear()
            parent = element.getparent()
            if parent is not None and element.getprevious() is not None:
                del parent[: parent.index(element)]
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(
            f"{container.name}：其中的 {member} 不完整或已损坏；请重新下载或另存后再加入"
        ) from error


def rich_text(element: etree._Element) -> str:
    """The text of a string item over its runs, without the reading aids of phonetic runs."""
    parts: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            text = "".join(each.text or "" for each in child if local(each) == "t")
            parts.append(raised(text) if _is_raised(child) else text)
    text = "".join(parts)
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "")


def _is_raised(run: etree._Element) -> bool:
    return any(
        local(each) == "vertAlign" and each.get("val") == "superscript" for each in run.iter()
    )


def _targets(package: Package, part: str) -> dict[str, str]:
    """The parts that the workbook refers to, by the key of the relation."""
    folder, base = posixpath.split(part)
    found: dict[str, str] = {}
    for each in elements(package, f"{folder}/_rels/{base}.rels", "Relationship"):
        target, kind = str(each.get("Target") or ""), str(each.get("Type") or "")
        if each.get("TargetMode") != "External" and kind.endswith("/worksheet"):
            path = posixpath.normpath(posixpath.join("/", folder, target))
            found[str(each.get("Id"))] = path.lstrip("/")
    return found


def _strings(package: Package, part: str) -> Iterator[str]:
    for item in elements(package, part, "si"):
        yield rich_text(item)


def _styles(package: Package, part: str) -> Styles:
    codes = dict(BUILT_IN)
    borders: list[bool] = []
    formats: list[str] = []
    ruled: list[bool] = []
    for element in elements(package, part, "numFmt", "border", "cellXfs"):
        match local(element):
            case "numFmt":
                codes[whole(element.get("numFmtId"))] = str(element.get("formatCode") or GENERAL)
            case "border":
                sides = [
                    s for s in element if local(s) in _SIDES and s.get("style", "none") != "none"
                ]
                borders.append(len(sides) >= 2)
            case _:
                for style in element:
                    formats.append(codes.get(whole(style.get("numFmtId")), GENERAL))
                    border = whole(style.get("borderId"))
                    ruled.append(0 <= border < len(borders) and borders[border])
    return Styles(tuple(formats), tuple(ruled))


def whole(text: object, default: int = 0) -> int:
    """A whole number in an attribute; the default for anything else."""
    digits = str(text or "")
    plain = digits.isascii() and digits.isdecimal() and len(digits) <= _MAX_DIGITS
    return int(digits) if plain else default
