"""The table of contents at the top of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import BlockKind
from ingest.reading.text import compact
from ingest.structure.joining import Paragraph
from ingest.structure.markers import is_contents_title, read_marker
from ingest.tables.merging import Merged

_LEADER = re.compile(r"[.…·．。\s_\-—]*\d{0,4}$")
_PLAIN = re.compile(r"[^\w]")
_MAX_ENTRY = 80
_MAX_ENTRIES = 400


def mark_contents(items: Sequence[Paragraph | Merged], kinds: list[BlockKind]) -> None:
    """Mark the 目录 line and its entries; they open no sections.

    The contents end where an entry comes back as a heading, or at the first text that is none.
    """
    for index, item in enumerate(items):
        if isinstance(item, Paragraph) and is_contents_title(item.text):
            end = _contents_end(items, index + 1)
            if end > index + 1:
                alone = len(compact(item.text)) <= 4
                kinds[index] = BlockKind.CONTENTS if alone else BlockKind.TITLE
                kinds[index + 1 : end] = [BlockKind.CONTENTS] * (end - index - 1)
            return


def _contents_end(items: Sequence[Paragraph | Merged], start: int) -> int:
    seen: set[str] = set()
    first = None
    end = start
    while end < len(items) and end - start < _MAX_ENTRIES:
        item = items[end]
        if not isinstance(item, Paragraph) or not _is_entry(item.text):
            break
        marker = read_marker(item.text)
        token = (marker.style, marker.ordinal) if marker else None
        if end == start:
            first = token
        elif (first is not None and token == first) or _key(item.text) in seen:
            return end
        seen.add(_key(item.text))
        end += 1
    return _without_heading(items, start, end)


def _without_heading(items: Sequence[Paragraph | Merged], start: int, end: int) -> int:
    """Entries with page numbers are followed by headings without: those are no entries."""
    numbered = [i for i in range(start, end) if _has_page(items[i])]
    if len(numbered) >= 2:
        return numbered[-1] + 1
    return start


def _has_page(item: Paragraph | Merged) -> bool:
    return (
        isinstance(item, Paragraph)
        and re.search(r"(?:[.…·．\s_]{2,}|[-—]{2,}|\t|\s)\d{1,4}\s*$", item.text) is not None
    )


def _is_entry(text: str) -> bool:
    return len(text) <= _MAX_ENTRY and not text.rstrip("0123456789 ").endswith(
        ("。", "；", "，", "：")
    )


def _key(text: str) -> str:
    return _PLAIN.sub("", _LEADER.sub("", compact(text)))
