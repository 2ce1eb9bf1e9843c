"""Office Open XML: the parts of a document's container, their relations and their XML."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from lxml import etree

from ingest.readers.errors import UnreadableFile
from ingest.readers.zipped import Container, open_container

MAX_PART = 192 * 1024 * 1024
"""Bytes of XML that one part may have."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Documents saved as "Strict" use other names for the same vocabulary (ISO/IEC 29500-1).
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a container by their names, which do not tell upper from lower case."""

    container: Container
    names: dict[str, str]

    def part(self, name: str) -> etree._Element | None:
        """The root of a part's XML; None where there is no such part.

        Raises:
            UnreadableFile: the part is damaged or holds a document type definition.
        """
        member = self.names.get(name.lstrip("/").lower())
        if member is None:
            return None
        size = self.container.members[member].file_size
        if size > MAX_PART:
            raise UnreadableFile(
                f"{self.container.name}：其中的 {member} 有 {size // 1024 // 1024} MB，"
                f"超过 {MAX_PART // 1024 // 1024} MB 的上限；请拆分后再加入"
            )
        data = self.container.read(member)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return parse_xml(data, f"{self.container.name}：其中的 {member} ")

    def relations(self, of: str = "") -> dict[str, str]:
        """The parts that the part `of` (the package: "") refers to, by the kind of relation.

        Links that lead out of the package are left out: they are never followed.
        """
        folder, base = posixpath.split(of)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, str] = {}
        for relation in root.iter(_RELATIONS) if root is not None else ():
            target = str(relation.get("Target") or "")
            if not target or relation.get("TargetMode") == "External":
                continue
            kind = str(relation.get("Type") or "").rpartition("/")[2]
            found.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target))[1:])
        return found


def open_package(data: bytes, name: str) -> Package:
    """The package in `data`.

    Raises:
        UnreadableFile: `data` is no whole container, or would unpack to too much.
    """
    container = open_container(data, name)
    return Package(container, {member.lower(): member for member in container.members})


def parse_xml(data: bytes, where: str) -> etree._Element:
    """The root element of `data`; nothing outside of it is ever read.

    Raises:
        UnreadableFile: no well-formed XML, nested too deep, or with a document type definition,
            which office files never have and attacks need; the message opens with `where`.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(f"{where}不完整或已损坏；请重新下载或另存后再加入") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(f"{where}含有 DTD 声明，正常文件没有；为安全起见没有读取")
    return root


def child_value(element: etree._Element | None, *path: str) -> str | None:
    """The ``w:val`` of the first descendant on a path of names; None without one."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    value = element.get(W + "val") if element is not None else None
    return str(value) if value is not None else None


def child_number(element: etree._Element | None, *path: str) -> int | None:
    """The whole number in the ``w:val`` of a descendant; None where there is none."""
    value = child_value(element, *path)
    try:
        return int(value) if value is not None else None
    except ValueError:
        return None


def switched(element: etree._Element | None, name: str) -> bool | None:
    """Whether the property of that name is on; None where the element does not say."""
    found = element.find(W + name) if element is not None else None
    if found is None:
        return None
    return found.get(W + "val") not in ("0", "false", "off")
