"""Archives of reports: the files in a ZIP, one after another, without being hurt by them.

Nothing is ever written to disk: names only name the members, wherever they would lead.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from ingest.files import SUFFIXES
from ingest.readers.errors import UnreadableFile
from ingest.readers.sniff import Kind, sniff
from ingest.readers.zipped import MAX_TOTAL, Container, open_container

SUFFIX = ".zip"
MAX_DEPTH = 2
"""How deep archives may lie in archives, the outermost counting as one."""

_UTF8, _LOCKED = 0x800, 0x1
_UNICODE_NAME = 0x7075  # the extra field in which a name is repeated in UTF-8
_FRAMES = re.compile(r"[\u2500-\u259f]")  # frames of DOS, which no name has
_JUNK = frozenset(("__macosx", "thumbs.db", "desktop.ini"))


class Member(NamedTuple):
    """A file in an archive; `name` is its path in there (``2023/决算.pdf``).

    `problem` says why its bytes are missing: a Chinese sentence without the name. A member that is
    `passed_over` is of a kind that folders are not searched for either.
    """

    name: str
    data: bytes = b""
    problem: str = ""
    passed_over: bool = False


def is_archive(data: bytes) -> bool:
    """True for a ZIP that is no office file."""
    return data.startswith(b"PK") and sniff(data) is Kind.ZIP


def members(data: bytes, name: str) -> Iterator[Member]:
    """The files in an archive and in the archives in it, in their order.

    Folders and what systems leave in archives (``__MACOSX``, ``.DS_Store``, ``~$x.docx``) are left
    out.

    Args:
        data: the whole archive.
        name: its name, for messages.

    Raises:
        UnreadableFile: it is damaged, has too many members or would unpack to too much.
    """
    return _Unpacking(name).members(data, "", 1)


class _Unpacking:
    """Unpacks one archive; the limit of its size holds for all archives in it together."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = MAX_TOTAL

    def members(self, data: bytes, folder: str, depth: int) -> Iterator[Member]:
        container = open_container(data, self._name, max_total=self._left)
        infos = container.archive.infolist()
        self._left -= sum(info.file_size for info in infos)
        for info in infos:
            name = _clean(member_name(info))
            if not info.is_dir() and name and not _is_junk(name):
                yield from self._member(container, info, folder + name, depth)

    def _member(
        self, container: Container, info: zipfile.ZipInfo, name: str, depth: int
    ) -> Iterator[Member]:
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in SUFFIXES and suffix != SUFFIX:
            yield Member(name, passed_over=True)
        elif stat.S_ISLNK(info.external_attr >> 16):
            yield Member(name, problem="是指向别处的链接，没有读取；请加入原文件")
        elif info.flag_bits & _LOCKED:
            yield Member(name, problem="压缩包有密码（需要密码）；请解压后再加入")
        else:
            yield from self._read(container, info, name, depth)

    def _read(
        self, container: Container, info: zipfile.ZipInfo, name: str, depth: int
    ) -> Iterator[Member]:
        own = Container(name, container.archive, {name: info})
        try:
            data = own.read(name)
            if not is_archive(data):
                yield Member(name, data)
            elif depth < MAX_DEPTH:
                yield from self.members(data, f"{name}/", depth + 1)
            else:
                yield Member(name, problem="压缩包套了太多层，没有打开；请解压后再加入")
        except UnreadableFile as error:
            reason = str(error).removeprefix(f"{self._name}：").removeprefix(f"{name}：")
            yield Member(name, problem=reason.removeprefix(f"其中的 {name} "))


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member as its author saw it.

    Chinese Windows writes names in GBK and does not say so; others write UTF-8 and do not either,
    or repeat it in an extra field.
    """
    stored = info.orig_filename
    if stored.isascii():
        return stored
    if info.flag_bits & _UTF8:
        return _mended(stored)
    raw = stored.encode("cp437", "replace")  # undo the reading that zipfile gave it
    repeated = _unicode_name(info.extra, raw)
    if repeated:
        return repeated
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return stored


def _mended(stored: str) -> str:
    """A name in UTF-8 that a program wrote after it had read GBK as the letters of DOS."""
    if _FRAMES.search(stored) is None:
        return stored
    try:
        return stored.encode("cp437").decode("gb18030")
    except UnicodeError:
        return stored


def _unicode_name(extra: bytes, raw: bytes) -> str:
    """The name in the Info-ZIP Unicode Path field, where it belongs to this name."""
    at = 0
    while at + 4 <= len(extra):
        field, size = struct.unpack_from("<HH", extra, at)
        value = extra[at + 4 : at + 4 + size]
        if field == _UNICODE_NAME and size > 5 and value[0] == 1:
            checksum = struct.unpack_from("<I", value, 1)[0]
            return value[5:].decode("utf-8", "ignore") if checksum == zlib.crc32(raw) else ""
        at += 4 + size
    return ""


def _clean(name: str) -> str:
    """A name inside the archive: no drive, no root, no way up, no control characters."""
    plain = "".join(char for char in name.replace("\\", "/") if char.isprintable())
    parts = [part for part in plain.split("/") if part not in ("", ".", "..")]
    if parts and parts[0].endswith(":"):
        parts = parts[1:]
    return "/".join(parts)


def _is_junk(name: str) -> bool:
    parts = name.lower().split("/")
    return any(part in _JUNK or part.startswith((".", "~$")) for part in parts)
