"""Opening ZIP containers without being hurt by them: DOCX, XLSX, archives of reports."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.readers.errors import UnreadableFile

MAX_TOTAL = 512 * 1024 * 1024
"""Bytes that the members of one container may come to together, unpacked."""
MAX_MEMBERS = 20_000
MAX_DIRECTORY = 16 * 1024 * 1024
"""Bytes that the list of a container's members may have."""
_END_REACH = 66_000  # bytes at the end, in which a container says where its list is
_BEYOND = 0xFFFF_FFFF
_LARGE = 32 * 1024 * 1024
_MAX_RATIO = 200  # tables of one repeated figure stay below 100 as XML; bombs reach 1000
_CHUNK = 1024 * 1024
_LOCKED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Container:
    """An opened container whose declared sizes are within bounds.

    `members` maps the names of files inside, as the container spells them, to their entries.
    Folders, and names that lead out of the container (``../x``, ``/x``, ``C:\\x``), are left out.
    """

    name: str
    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]

    def read(self, member: str) -> bytes:
        """The bytes of `member`; never more of them than the container declares.

        Raises:
            KeyError: there is no such member.
            UnreadableFile: the member is damaged, locked, or packed in an unknown way.
        """
        info = self.members[member]
        if info.flag_bits & _LOCKED:
            raise UnreadableFile(f"{self.name}：压缩内容有密码（需要密码）；请去掉密码后再加入")
        parts: list[bytes] = []
        try:
            with self.archive.open(info) as stream:
                # Read to the end in pieces: one large read would unpack whatever the stream
                # holds before cutting it to the declared size.
                while part := stream.read(_CHUNK):
                    parts.append(part)
        except (NotImplementedError, RuntimeError) as error:
            raise UnreadableFile(
                f"{self.name}：其中的 {member} 用了不支持的压缩方式；请重新压缩或另存后再加入"
            ) from error
        except _DAMAGE as error:
            raise UnreadableFile(_damaged(self.name, member)) from error
        return b"".join(parts)


def open_container(data: bytes, name: str, *, max_total: int = MAX_TOTAL) -> Container:
    """The container in `data`, refused before anything is unpacked where it would grow too large.

    Args:
        data: the whole file.
        name: its name, for messages.
        max_total: bytes that its members may come to together, by their declared sizes.

    Raises:
        UnreadableFile: `data` is no whole container, has too many members, or would unpack to
            too much.
    """
    if directory_size(data) > MAX_DIRECTORY:
        raise UnreadableFile(f"{name}：压缩包的目录异常地大，可能是压缩炸弹；没有打开")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (NotImplementedError, *_DAMAGE) as error:
        raise UnreadableFile(_damaged(name)) from error
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise UnreadableFile(
            f"{name}：其中有 {len(infos)} 个文件，超过 {MAX_MEMBERS} 个的上限；请分开后再加入"
        )
    total = sum(info.file_size for info in infos)
    if total > max_total or any(_is_bomb(info) for info in infos):
        size, limit = total // 1024 // 1024, max_total // 1024 // 1024
        raise UnreadableFile(
            f"{name}：展开后有 {size} MB，超出正常范围（上限 {limit} MB），可能是压缩炸弹；没有打开"
        )
    members = {info.filename: info for info in infos if is_inside(info.filename)}
    return Container(name, archive, members)


def directory_size(data: bytes) -> int:
    """Bytes of the list of members, as the end of the container declares them; 0 without one.

    Each member takes some hundred bytes there and ten times as much memory once it is read.
    """
    end = data.rfind(b"PK\x05\x06", -_END_REACH)
    if end < 0 or end + 16 > len(data):
        return 0
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    large = data.rfind(b"PK\x06\x06", -_END_REACH)  # that of a container beyond 4 GB
    if size == _BEYOND and large >= 0:
        size = int.from_bytes(data[large + 40 : large + 48], "little")
    return size


def is_inside(member: str) -> bool:
    """True for the name of a file that stays inside the folder that it would be unpacked to."""
    plain = member.replace("\\", "/")
    path = PurePosixPath(plain)
    return (
        bool(path.parts)
        and not plain.endswith("/")
        and not path.is_absolute()
        and ".." not in path.parts
        and ":" not in path.parts[0]
        and "\x00" not in plain
    )


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _LARGE and info.file_size > _MAX_RATIO * max(info.compress_size, 1)


def _damaged(name: str, member: str = "") -> str:
    part = f"其中的 {member} " if member else ""
    return f"{name}：{part}不完整或已损坏；请重新下载或另存后再加入"
