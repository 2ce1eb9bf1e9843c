"""Archives: names, guards, archives in archives."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence

import pytest

from ingest import archives
from ingest.archives import Member, is_archive, member_name, members
from ingest.readers import zipped
from ingest.readers.errors import UnreadableFile


def packed(*files: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def names(found: Sequence[Member]) -> list[str]:
    return [member.name for member in found]


def test_files_come_in_their_order() -> None:
    data = packed(("乙/", b""), ("乙/决算.txt", b"1"), ("甲.md", b"2"), ("图.psd", b"3"))
    assert list(members(data, "公开.zip")) == [
        Member("乙/决算.txt", b"1"), Member("甲.md", b"2"), Member("图.psd", passed_over=True),
    ]  # fmt: skip


def test_what_systems_leave_is_left_out() -> None:
    junk = ("__MACOSX/._决算.txt", ".DS_Store", "a/.git/x.txt", "Thumbs.db", "~$决算.docx")
    data = packed(*((name, b"x") for name in junk), ("决算.txt", b"1"))
    assert names(list(members(data, "a.zip"))) == ["决算.txt"]


@pytest.mark.parametrize(
    ("stored", "clean"),
    [
        ("../../etc/决算.txt", "etc/决算.txt"),
        ("/root/决算.txt", "root/决算.txt"),
        ("C:/Users/决算.txt", "Users/决算.txt"),
        ("..\\..\\决算.txt", "决算.txt"),
        ("a\\b.txt", "a/b.txt"),
        ("a/./\x1b[31m决算.txt", "a/[31m决算.txt"),
    ],
)
def test_names_lead_nowhere(stored: str, clean: str) -> None:
    assert names(list(members(packed((stored, b"1")), "a.zip"))) == [clean]


def entry(raw: bytes, extra: bytes = b"") -> zipfile.ZipInfo:
    """A member as zipfile reads it from an archive that does not say how names are written."""
    info = zipfile.ZipInfo(raw.decode("cp437"))
    info.extra = extra
    return info


def packed_again(raw: bytes) -> zipfile.ZipInfo:
    """A member whose name a program took for letters of DOS and wrote so in UTF-8."""
    info = zipfile.ZipInfo(raw.decode("cp437"))
    info.flag_bits |= 0x800
    return info


def repeated(raw: bytes, name: str, checksum: int | None = None) -> bytes:
    value = struct.pack("<BI", 1, zlib.crc32(raw) if checksum is None else checksum) + name.encode()
    return b"UT\x01\x00x" + struct.pack("<HH", 0x7075, len(value)) + value


@pytest.mark.parametrize(
    ("info", "name"),
    [
        (entry("2023年/部门决算.pdf".encode("gbk")), "2023年/部门决算.pdf"),
        (entry("镕基.pdf".encode("gb18030")), "镕基.pdf"),
        (entry("部门决算.pdf".encode()), "部门决算.pdf"),
        (entry(b"report.pdf"), "report.pdf"),
        (entry(b"\xb2\xbf?.pdf", repeated(b"\xb2\xbf?.pdf", "部门.pdf")), "部门.pdf"),
        (entry("部门.pdf".encode("gbk"), repeated(b"", "别的.pdf", 7)), "部门.pdf"),
        (entry(b"\xff\xff.pdf"), "\xa0\xa0.pdf"),
        (packed_again("公开（水务）.zip".encode("gbk")), "公开（水务）.zip"),
        (packed_again("ΩΣ.pdf".encode("cp437")), "ΩΣ.pdf"),
    ],
)
def test_chinese_names(info: zipfile.ZipInfo, name: str) -> None:
    assert member_name(info) == name


def test_archives_in_archives() -> None:
    inner = packed(("决算.txt", b"1"))
    twice = packed(("内.zip", inner), ("另.txt", b"2"))
    found = list(members(packed(("外/中.zip", twice)), "a.zip"))
    assert names(found) == ["外/中.zip/内.zip", "外/中.zip/另.txt"]
    assert "太多层" in found[0].problem
    assert names(list(members(twice, "a.zip"))) == ["内.zip/决算.txt", "另.txt"]


def test_the_limit_holds_for_all_levels_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TOTAL", 60_000)
    inner = packed(("甲.txt", bytes(range(256)) * 200))
    data = packed(("一.txt", b"1"), ("内.zip", inner), ("二.txt", b"2"))
    found = list(members(data, "a.zip"))
    assert names(found) == ["一.txt", "内.zip/甲.txt", "二.txt"]
    twice = packed(("内.zip", inner), ("再.zip", inner), ("二.txt", b"2"))
    found = list(members(twice, "a.zip"))
    assert names(found) == ["内.zip/甲.txt", "再.zip", "二.txt"]
    assert "超出正常范围" in found[1].problem
    assert not found[1].problem.startswith("a.zip")


def test_bombs_and_damage_are_one_line() -> None:
    for data in (packed(("a.txt", b"0" * (40 << 20))), packed(("a.txt", b"1"))[:-30]):
        with pytest.raises(UnreadableFile, match=r"^a\.zip：") as caught:
            list(members(data, "a.zip"))
        assert "\n" not in str(caught.value)


def test_a_list_of_members_that_is_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_DIRECTORY", 1000)
    data = packed(*((f"{n}.txt", b"") for n in range(100)))
    with pytest.raises(UnreadableFile, match="目录异常地大"):
        list(members(data, "a.zip"))


def test_locked_damaged_and_linked_members_are_a_line_each() -> None:
    link = zipfile.ZipInfo("链接.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("坏.txt", b"abcdefgh" * 10)
        archive.writestr("锁.txt", b"locked")
        archive.writestr("好.txt", b"1")
    data = bytearray(buffer.getvalue().replace(b"abcdefgh", b"abcdXfgh", 1))
    name = "锁.txt".encode()
    for mark, flags, before in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = data.index(name) - before if mark == b"PK\x03\x04" else data.rindex(name) - before
        assert data[at : at + 4] == mark
        struct.pack_into("<H", data, at + flags, 0x801)
    found = {member.name: member for member in members(bytes(data), "a.zip")}
    assert found["好.txt"].data == b"1"
    assert "链接" in found["链接.txt"].problem
    assert found["坏.txt"].problem.startswith("不完整或已损坏")
    assert "需要密码" in found["锁.txt"].problem


def test_office_files_are_no_archives() -> None:
    assert is_archive(packed(("a.txt", b"")))
    assert not is_archive(packed(("[Content_Types].xml", b""), ("word/document.xml", b"")))
    assert not is_archive(b"text")
