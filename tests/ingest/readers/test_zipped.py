"""Containers that are damaged, locked, hostile or too large."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.readers import zipped
from ingest.readers.errors import UnreadableFile
from ingest.readers.zipped import is_inside, open_container

BAD = Path(__file__).resolve().parents[4] / "shared" / "parsing" / "bad"


def packed(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_members_are_read() -> None:
    container = open_container(packed({"a/b.xml": b"<a/>", "a/": b""}), "x.docx")
    assert list(container.members) == ["a/b.xml"]
    assert container.read("a/b.xml") == b"<a/>"
    with pytest.raises(KeyError):
        container.read("a/c.xml")


@pytest.mark.parametrize(
    ("member", "inside"),
    [
        ("word/document.xml", True),
        ("预算/2023年.docx", True),
        ("a..b.txt", True),
        ("word/", False),
        ("", False),
        ("../escape.txt", False),
        ("a/../../escape.txt", False),
        ("..\\escape.txt", False),
        ("/etc/passwd", False),
        ("C:\\windows\\x.txt", False),
        ("C:x.txt", False),
    ],
)
def test_names_that_lead_outside(member: str, inside: bool) -> None:
    assert is_inside(member) is inside


def test_names_that_lead_outside_are_no_members() -> None:
    container = open_container(packed({"../a": b"1", "b": b"2"}), "x.zip")
    assert list(container.members) == ["b"]


def test_a_bomb_is_refused_by_its_declared_sizes() -> None:
    data = packed({"a.xml": b"0" * (40 * 1024 * 1024)})
    with pytest.raises(UnreadableFile, match=r"x\.docx：展开后有 40 MB.*没有打开"):
        open_container(data, "x.docx")
    many = packed({f"{n}": b"0" * 1000 for n in range(20)})
    with pytest.raises(UnreadableFile, match="超出正常范围"):
        open_container(many, "x.zip", max_total=10_000)
    assert len(open_container(many, "x.zip").members) == 20


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_MEMBERS", 3)
    with pytest.raises(UnreadableFile, match="其中有 4 个文件，超过 3 个"):
        open_container(packed({str(n): b"" for n in range(4)}), "x.zip")


def test_a_size_that_lies_gives_no_more_than_it_declares() -> None:
    data = bytearray(packed({"a.xml": b"0" * 3_000_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + place, 10)
    container = open_container(bytes(data), "x.docx")
    with pytest.raises(UnreadableFile, match="不完整或已损坏"):  # the checksum tells
        container.read("a.xml")


def test_damage_is_one_line() -> None:
    whole = packed({"a.xml": bytes(range(256)) * 40}, zipfile.ZIP_STORED)
    for part in (whole[:200], whole[:-30], b"PK\x03\x04", whole[100:]):
        with pytest.raises(UnreadableFile) as caught:
            open_container(part, "x.docx").read("a.xml")
        assert str(caught.value).startswith("x.docx：")
        assert "\n" not in str(caught.value)
    changed = whole.replace(b"\x10\x11\x12\x13", b"\x10\x11\x12\x14", 1)
    with pytest.raises(UnreadableFile, match=r"其中的 a\.xml 不完整或已损坏"):
        open_container(changed, "x.docx").read("a.xml")


def test_a_locked_member_asks_for_no_password() -> None:
    data = bytearray(packed({"a.xml": b"<a/>"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.index(mark) + place
        struct.pack_into("<H", data, start, 0x1)
    with pytest.raises(UnreadableFile, match="需要密码"):
        open_container(bytes(data), "x.zip").read("a.xml")


def test_an_unknown_packing_is_one_line() -> None:
    data = bytearray(packed({"a.xml": b"<a/>"}))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(mark) + place, 9)  # Deflate64
    with pytest.raises(UnreadableFile, match="不支持的压缩方式"):
        open_container(bytes(data), "x.zip").read("a.xml")


@pytest.mark.parametrize("name", ["bomb.docx", "bomb.xlsx", "truncated.docx"])
def test_shared_bad_files(name: str) -> None:
    path = BAD / name
    if not path.is_file():
        pytest.skip(f"{path} is absent")
    with pytest.raises(UnreadableFile, match=f"^{name}："):
        open_container(path.read_bytes(), name)
