"""The style sheet, the fonts and the lists of a binary Word document."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.readers.doc_changes import (
    ParagraphFormat,
    changes,
    paragraph_format,
    run_format,
)
from ingest.readers.doc_file import FONTS, LIST_USES, LISTS, STYLES, DocFile, i16, u16, u32
from ingest.readers.lists import MAX_LEVEL, ListInstance, ListLevel
from ingest.readers.numerals import FORMATS

_PARAGRAPH, _CHARACTER = 1, 2
_NONE = 0xFFF
_TITLE = 62
_CONTENTS = range(19, 28)
_LVLF, _LSTF, _LFO = 28, 28, 16


@dataclass(frozen=True, slots=True)
class DocStyle:
    """A style of paragraphs or characters. `heading` is 1 for titles, 2 for first headings;
    `contents` tells lines of a table of contents."""

    format: ParagraphFormat = field(default_factory=ParagraphFormat)
    hidden: bool = False
    heading: int = 0
    contents: bool = False


@dataclass(slots=True)
class _Raw:
    kind: int
    base: int
    builtin: int
    paragraph: bytes = b""
    run: bytes = b""


def read_styles(file: DocFile) -> list[DocStyle]:
    """The styles by their numbers, each with what it takes from those that it is based on."""
    data = file.part(STYLES)
    if len(data) < 6:
        return []
    size = u16(data, 0)
    count, fixed = u16(data, 2), u16(data, 4)
    at = 2 + size
    raws: list[_Raw | None] = []
    for _ in range(count):
        if at + 2 > len(data):
            break
        length = u16(data, at)
        raws.append(_style(data[at + 2 : at + 2 + length], fixed) if length else None)
        at += 2 + length
    return [_resolved(raws, index) for index in range(len(raws))]


def _style(data: bytes, fixed: int) -> _Raw:
    kinds, counts = u16(data, 2), u16(data, 4)
    raw = _Raw(kinds & 0xF, kinds >> 4, u16(data, 0) & 0xFFF)
    at = fixed + 2 + 2 * u16(data, fixed) + 2  # behind the name and its end
    parts: list[bytes] = []
    for _ in range(counts & 0xF):
        if at + 2 > len(data):
            break
        length = u16(data, at)
        parts.append(data[at + 2 : at + 2 + length])
        at += 2 + length + (length & 1)
    if raw.kind == _PARAGRAPH:
        raw.paragraph = parts[0][2:] if parts else b""
        raw.run = parts[1] if len(parts) > 1 else b""
    elif raw.kind == _CHARACTER:
        raw.run = parts[0] if parts else b""
    return raw


def _resolved(raws: list[_Raw | None], index: int) -> DocStyle:
    chain: list[_Raw] = []
    seen: set[int] = set()
    while 0 <= index < len(raws) and index not in seen and index != _NONE:
        seen.add(index)
        raw = raws[index]
        if raw is None:
            break
        chain.append(raw)
        index = raw.base
    shape = ParagraphFormat()
    hidden = False
    for raw in reversed(chain):
        shape = paragraph_format(shape, list(changes(raw.paragraph)))
        own = run_format(list(changes(raw.run))).hidden
        hidden = hidden if own is None else bool(own)
    contents = any(raw.builtin in _CONTENTS for raw in chain)
    return DocStyle(shape, hidden, 0 if contents else _heading(shape, chain), contents)


def _heading(shape: ParagraphFormat, chain: list[_Raw]) -> int:
    for raw in chain:
        if raw.builtin == _TITLE:
            return 1
        if 1 <= raw.builtin <= 9:
            return raw.builtin + 1
    return shape.outline + 2 if shape.outline is not None and shape.outline < 9 else 0


def read_fonts(file: DocFile) -> list[str]:
    """The names of the fonts by their numbers."""
    data = file.part(FONTS)
    names: list[str] = []
    at = 4
    while at < len(data):
        length = data[at]
        name = data[at + 1 + 39 : at + 1 + length].decode("utf-16-le", errors="replace")
        names.append(name.split("\x00")[0])
        at += 1 + length
    return names


def read_lists(file: DocFile) -> dict[str, ListInstance]:
    """The lists by the numbers (from 1) with which paragraphs use them."""
    families = _families(file)
    data = file.part(LIST_USES)
    if len(data) < 4:
        return {}
    count = min(u32(data, 0), (len(data) - 4) // _LFO)
    at = 4 + count * _LFO
    found: dict[str, ListInstance] = {}
    for index in range(count):
        use = data[4 + index * _LFO : 4 + (index + 1) * _LFO]
        family = str(u32(use, 0))
        levels, starts = dict(families.get(family, {})), {}
        at += 4
        for _ in range(use[12]):
            if at + 8 > len(data):
                break
            flags = u32(data, at + 4)
            level, start = flags & 0xF, u32(data, at)
            at += 8
            if flags & 0x20:
                levels[level], at = _level(data, at)
            if flags & 0x10:
                starts[level] = levels[level].start if flags & 0x20 else start
        found[str(index + 1)] = ListInstance(family, levels, starts)
    return found


def _families(file: DocFile) -> dict[str, dict[int, ListLevel]]:
    """The levels of the lists by their identities; they lie behind the table of lists."""
    data = file.part(LISTS)
    if len(data) < 2:
        return {}
    count = u16(data, 0)
    place = u32(file.main, 0x9A + 8 * LISTS)
    at = place + 2 + count * _LSTF
    found: dict[str, dict[int, ListLevel]] = {}
    for index in range(count):
        entry = data[2 + index * _LSTF : 2 + (index + 1) * _LSTF]
        levels: dict[int, ListLevel] = {}
        for level in range(1 if entry[26] & 1 else MAX_LEVEL + 1):
            if at + _LVLF > len(file.table):
                return found
            levels[level], at = _level(file.table, at)
        found[str(u32(entry, 0))] = levels
    return found


def _level(data: bytes, at: int) -> tuple[ListLevel, int]:
    """The level at that place, and the place behind it."""
    style, flags = data[at + 4], data[at + 5]
    runs, paragraphs = data[at + 24], data[at + 25]
    text = at + _LVLF + paragraphs + runs
    hidden = run_format(list(changes(data[text - runs : text]))).hidden
    length = u16(data, text)
    raw = data[text + 2 : text + 2 + 2 * length].decode("utf-16-le", errors="replace")
    shown = "".join(f"%{ord(char) + 1}" if char <= chr(MAX_LEVEL) else char for char in raw)
    level = ListLevel(
        start=i16(data, at),
        style=FORMATS[style] if style < len(FORMATS) else "none" if style == 0xFF else "decimal",
        text="" if hidden else shown,
        legal=bool(flags & 0x04),
        restart=data[at + 26] if flags & 0x08 else None,
    )
    return level, text + 2 + 2 * length
