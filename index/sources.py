"""The files to be added: read from disk, taken out of archives, or why that is not possible."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from index import writing
from index.confined import Source
from index.model import Added
from index.store import Store
from ingest.archives import Member, is_archive, members
from ingest.readers.errors import UnreadableFile

Found = Source | Added
"""A file's bytes, or what became of it without them: failed or skipped."""


def sources(store: Store, paths: Sequence[Path]) -> Iterator[tuple[Path, Found]]:
    """The files at `paths` in their order, in the place of an archive the files in it."""
    for path in paths:
        found = source(store, path)
        if isinstance(found, Source) and is_archive(found.data):
            yield from _unpacked(store, found)
        else:
            yield path, found


def source(store: Store, path: Path) -> Found:
    """The file at `path`."""
    name = writing.clean_name(path.name)
    unread = Source(name, b"", str(path))
    try:
        size = path.stat().st_size
        data = path.read_bytes() if fits(store, size) else b""
    except OSError as error:
        problem = f"{name}：无法读取（{error.strerror}）；请检查路径和权限"
        return writing.fail(store, unread, problem, time.monotonic())
    return Source(name, data, str(path)) if fits(store, size) else too_large(store, unread)


def fits(store: Store, size: int) -> bool:
    """True for a file of `size` bytes that is not too large to be read."""
    return size <= store.settings.max_file_mb * 1_000_000


def too_large(store: Store, unread: Source) -> Added:
    """The failure of a file that is too large."""
    return writing.fail(store, unread, limit(store, unread.name), time.monotonic())


def limit(store: Store, name: str) -> str:
    """One line that says that a file is too large."""
    most = store.settings.max_file_mb
    return f"{name}：文件超过 {most} MB 的上限；请拆分文件，或调高设置 max_file_mb"


def _unpacked(store: Store, archive: Source) -> Iterator[tuple[Path, Found]]:
    began = time.monotonic()
    try:
        for member in members(archive.data, archive.name):
            path = Path(archive.path, member.name)
            yield path, _member(store, member, path)
    except UnreadableFile as error:
        yield Path(archive.path), writing.fail(store, archive, str(error), began)
    else:
        writing.forget_failure(store, archive)


def _member(store: Store, member: Member, path: Path) -> Found:
    if member.passed_over:
        return Added("skipped", None, "", 0.0)
    found = Source(writing.clean_name(path.name), member.data, str(path))
    if member.problem:
        problem = f"{found.name}：{member.problem}"
        return writing.fail(store, found, problem, time.monotonic())
    return found if fits(store, len(member.data)) else too_large(store, found)
