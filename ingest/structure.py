"""Blocks and the section tree of a report, from its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.columns import money_unit
from ingest.contents import mark_contents
from ingest.grid import Fragment, cut_fragments
from ingest.joining import Layout, Paragraph, join_lines, read_layout
from ingest.markers import (
    ends_sentence,
    is_annex,
    is_contents_title,
    is_note,
    is_preface,
    is_table_label,
    is_table_number,
    is_title_like,
    read_marker,
)
from ingest.merging import Merged, add_fragment, split_at_header, start_table
from ingest.model import Block, BlockKind, Problem, Section, Span, Table
from ingest.quantity import Unit
from ingest.readers.lines import Line
from ingest.sections import SectionTree, heading_title, is_heading
from ingest.tables import build_tables
from ingest.text import compact, tidy

_BRACKETED = re.compile(r"\s*[(（][^()（）]{2,20}[)）]\s*")
_UNIT_NOTE = re.compile(
    r"[(（]\s*(?:(?:金额)?单位\s*[:：]\s*)?(?:人民币)?[千百万亿]{0,2}元\s*[)）]"
)
_NUMBERED_TITLE = re.compile(
    r"(附?表\s*(?:\d{1,2}(?:[-—－.]\d{1,2})?|[一二三四五六七八九十]{1,3}(?=[\s:：、.])))[\s:：、.]*(.*)"
)
_CAPTION_REACH = 6  # lines above a table that may be its caption
_TITLE_REACH = 8  # lines at the top that may be the report's title
_MAX_CAPTION = 70

Item = Paragraph | Merged


@dataclass(frozen=True, slots=True)
class Structure:
    """What `build_structure` finds."""

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]


def build_structure(text: str, lines: Sequence[Line]) -> Structure:
    """The blocks, sections and tables of a decoded text."""
    cut = cut_fragments(text, lines)
    layout = read_layout([item for item in cut if isinstance(item, Line)])
    items = _merge_tables(_join_paragraphs(cut, layout))
    kinds = _classify(items)
    builder = _Builder()
    for index, (item, kind) in enumerate(zip(items, kinds, strict=True)):
        if isinstance(item, Merged):
            builder.add_table(item, *_caption(items, kinds, index))
        else:
            builder.add_paragraph(item, kind)
    return builder.finish()


def _join_paragraphs(cut: Sequence[Line | Fragment], layout: Layout) -> list[Paragraph | Fragment]:
    items: list[Paragraph | Fragment] = []
    run: list[Line] = []
    for item in cut:
        if isinstance(item, Line):
            run.append(item)
            continue
        items.extend(join_lines(run, layout))
        run = []
        items.append(item)
    items.extend(join_lines(run, layout))
    return items


def _merge_tables(items: Sequence[Paragraph | Fragment]) -> list[Item]:
    """Fragments that carry a table on are added to it, repeated captions between left out."""
    merged: list[Item] = []
    captions: set[str] = set()  # compact texts of the captions of the table under way
    for item in _at_repeated_headers(items):
        if isinstance(item, Paragraph):
            merged.append(item)
            continue
        back = len(merged) - 1
        while back >= 0 and isinstance(merged[back], Paragraph) and len(merged) - back <= 4:
            between = merged[back]
            if isinstance(between, Paragraph) and not _repeats(between, captions):
                break
            back -= 1
        table = merged[back] if back >= 0 else None
        if isinstance(table, Merged) and add_fragment(table, item):
            del merged[back + 1 :]
            continue
        captions = {
            compact(above.text)
            for above in merged[-_CAPTION_REACH:]
            if isinstance(above, Paragraph) and len(above.text) <= _MAX_CAPTION
        }
        merged.append(start_table(item))
    return merged


def _at_repeated_headers(
    items: Sequence[Paragraph | Fragment],
) -> Iterator[Paragraph | Fragment]:
    """`items` with fragments cut where their first row comes back: pages without a gap."""
    for item in items:
        if isinstance(item, Paragraph):
            yield item
        else:
            yield from split_at_header(item)


def _repeats(paragraph: Paragraph, captions: set[str]) -> bool:
    text = compact(paragraph.text)
    bare = text.replace("(续)", "").replace("续表", "").replace("(续表)", "").strip(":")
    return text in captions or bare in captions or bare == ""


def _classify(items: Sequence[Item]) -> list[BlockKind]:
    kinds = [BlockKind.TABLE if isinstance(item, Merged) else BlockKind.PARAGRAPH for item in items]
    mark_contents(items, kinds)
    _mark_titles(items, kinds)
    for index, item in enumerate(items):
        if not isinstance(item, Paragraph) or kinds[index] is not BlockKind.PARAGRAPH:
            continue
        if _is_note_at(items, kinds, index):
            kinds[index] = BlockKind.NOTE
        elif is_table_label(item.text) or is_table_number(item.text):
            kinds[index] = BlockKind.CAPTION
        elif item.heading or is_heading(item.text) or is_preface(item.text):
            kinds[index] = BlockKind.HEADING
    _mark_captions(items, kinds)
    return kinds


def _is_note_at(items: Sequence[Item], kinds: Sequence[BlockKind], index: int) -> bool:
    item = items[index]
    if not isinstance(item, Paragraph) or index == 0:
        return False
    before, kind = items[index - 1], kinds[index - 1]
    if is_note(item.text):
        return kind in (BlockKind.TABLE, BlockKind.NOTE) or item.text.startswith("注")
    if kind is not BlockKind.NOTE or not isinstance(before, Paragraph):
        return False
    marker, earlier = read_marker(item.text), _note_marker(before.text)
    if marker and earlier:
        return marker.style == earlier[0] and marker.ordinal == earlier[1] + 1
    return marker is None and item.gap == 0 and ends_sentence(item.text)


def _note_marker(text: str) -> tuple[str, int] | None:
    """The list number of a note line: ``注：1. …`` or a following ``2. …``."""
    rest = text
    if is_note(text):
        rest = text[max(text.find("："), text.find(":")) + 1 :].lstrip()
    marker = read_marker(rest)
    return (marker.style, marker.ordinal) if marker else None


def _mark_titles(items: Sequence[Item], kinds: list[BlockKind]) -> None:
    """The lines at the top, and those after 附件, up to one that reads like a title's end."""
    _mark_title_run(items, kinds, 0)
    for index, item in enumerate(items):
        if isinstance(item, Paragraph) and index and is_annex(item.text):
            kinds[index] = BlockKind.TITLE
            _mark_title_run(items, kinds, index + 1)


def _mark_title_run(items: Sequence[Item], kinds: list[BlockKind], start: int) -> None:
    run: list[int] = []
    for index in range(start, min(start + _TITLE_REACH, len(items))):
        item = items[index]
        if not isinstance(item, Paragraph) or kinds[index] is not BlockKind.PARAGRAPH:
            break
        text = item.text
        if not _may_be_title(text) or (read_marker(text) and item.heading != 1):
            break
        run.append(index)
        if is_title_like(text):
            break
    table_next = run and run[-1] + 1 < len(items) and isinstance(items[run[-1] + 1], Merged)
    if start and (table_next or not any(is_title_like(_text(items[i])) for i in run)):
        return
    for index in run:
        kinds[index] = BlockKind.TITLE


def _may_be_title(text: str) -> bool:
    return (
        len(text) <= 90
        and not any(mark in text for mark in "。；！？，")
        and not is_table_label(text)
        and not is_table_number(text)
    )


def _text(item: Item) -> str:
    return item.text if isinstance(item, Paragraph) else ""


def _mark_captions(items: Sequence[Item], kinds: list[BlockKind]) -> None:
    """Short lines right above a table name it, if no figure or sentence is in them."""
    for index, item in enumerate(items):
        if not isinstance(item, Merged):
            continue
        for back in range(index - 1, max(index - 1 - _CAPTION_REACH, -1), -1):
            above = items[back]
            if not isinstance(above, Paragraph):
                break
            numbered = is_table_number(above.text) and " " in _clean_title(above.text)
            if kinds[back] is BlockKind.CAPTION and not numbered:
                continue
            if kinds[back] is BlockKind.PARAGRAPH and _names_table(above.text):
                kinds[back] = BlockKind.CAPTION
                if _BRACKETED.fullmatch(above.text):
                    continue
            break


def _names_table(text: str) -> bool:
    return (
        len(text) <= _MAX_CAPTION
        and not any(mark in text for mark in "。；！？")
        and not text.endswith(("：", ":", "，"))
        and read_marker(text) is None
    )


def _caption(
    items: Sequence[Item], kinds: Sequence[BlockKind], index: int
) -> tuple[str, Unit | None]:
    """The title and the unit that the lines above a table give it."""
    title, number, unit = "", "", None
    for back in range(index - 1, max(index - 1 - _CAPTION_REACH, -1), -1):
        above = items[back]
        if not isinstance(above, Paragraph) or not _may_caption(above.text, kinds[back], title):
            break
        unit = unit or money_unit(above.text)
        if is_table_label(above.text) or _BRACKETED.fullmatch(above.text):
            continue
        if is_table_number(above.text):
            number = _clean_title(above.text)
            if title or " " in number:
                break
        elif title:
            break
        else:
            title = _clean_title(above.text)
            if kinds[back] is not BlockKind.CAPTION or number:
                break
    return f"{number} {title}".strip(), unit


def _may_caption(text: str, kind: BlockKind, title: str) -> bool:
    if kind in (BlockKind.NOTE, BlockKind.CONTENTS):
        return False
    if kind is BlockKind.PARAGRAPH:
        return is_table_label(text)
    return not (title and kind is BlockKind.HEADING)


def _clean_title(text: str) -> str:
    text = _UNIT_NOTE.sub("", text)
    numbered = _NUMBERED_TITLE.match(text)
    if numbered:
        return f"{compact(numbered.group(1))} {tidy(numbered.group(2))}".strip()
    marker = read_marker(text)
    return tidy(text[marker.length :] if marker else text)


@dataclass(slots=True)
class _Builder:
    """Numbers the blocks and hangs them on the section tree."""

    tree: SectionTree = field(default_factory=SectionTree)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    _annex: bool = False

    def add_paragraph(self, item: Paragraph, kind: BlockKind) -> None:
        no = len(self.blocks)
        if kind is BlockKind.TITLE:
            if no and is_annex(item.text):
                self._annex = True
            elif no and self._annex:
                self.tree.restart(tidy(item.text), no)
        elif kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            self._annex = False
            plain = item.heading or is_preface(item.text)
            title = tidy(item.text) if plain else heading_title(item.text)
            if title:
                self.tree.open(item.text, title, no, item.heading or 1)
            else:
                self.tree.skip(item.text)
        elif kind is BlockKind.CAPTION and self._annex and not is_table_label(item.text):
            self._annex = False
            self.tree.restart(tidy(item.text), no)
        self.blocks.append(Block(no, kind, item.text, item.spans, self.tree.current, item.page))

    def add_table(self, merged: Merged, title: str, unit: Unit | None) -> None:
        self._annex = False
        for table in build_tables(merged.grid, title, unit, len(self.tables)):
            no = len(self.blocks)
            self.tables.append(replace(table, block=no))
            spans = (_extent(table),) if _extent(table) else ()
            self.blocks.append(
                Block(
                    no,
                    BlockKind.TABLE,
                    "",
                    tuple(s for s in spans if s),
                    self.tree.current,
                    merged.page,
                    table.no,
                )
            )

    def finish(self) -> Structure:
        return Structure(tuple(self.blocks), self.tree.sections(), tuple(self.tables), ())


def _extent(table: Table) -> Span | None:
    spans = [span for row in (*table.header, *table.rows) for cell in row for span in cell.spans]
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None


__all__ = ["Structure", "build_structure", "is_contents_title"]
