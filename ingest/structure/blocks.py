"""Blocks and the section tree of a report, from its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.model import Block, BlockKind, Problem, Section, Span, Table
from ingest.quantity import Unit
from ingest.readers.lines import Line
from ingest.reading.text import compact, tidy
from ingest.structure.joining import Layout, Paragraph, join_lines, read_layout
from ingest.structure.kinds import Caption, classify, part_titles, table_caption
from ingest.structure.markers import (
    is_annex,
    is_preface,
    is_table_label,
)
from ingest.structure.sections import SectionTree, heading_title
from ingest.tables.building import build_tables, lacks_money_unit
from ingest.tables.grid import Fragment
from ingest.tables.merging import Merged, add_fragment, split_at_header, start_table
from ingest.tables.stated_units import (
    UnitsBelow,
    amounts_tabled,
    amounts_told,
    listed_money,
    unit_by_amounts,
    unit_of_all,
    unit_of_heading,
    unit_of_set,
    units_below,
    usual_unit,
)

_CAPTION_REACH = 6  # lines above a table that may be its caption
_MAX_CAPTION = 70

Item = Paragraph | Merged
Piece = Line | Paragraph | Fragment
"""What a reader finds: a line, to be joined with its neighbours; a paragraph that the file's own
format marks out; the rows of a table on one page."""


@dataclass(frozen=True, slots=True)
class Structure:
    """What `build_structure` finds."""

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]


def build_structure(pieces: Sequence[Piece]) -> Structure:
    """The blocks, sections and tables of a document's pieces in reading order."""
    layout = read_layout([piece for piece in pieces if isinstance(piece, Line)])
    items = part_titles(_merge_tables(_join_paragraphs(pieces, layout)))
    kinds = classify(items)
    builder = _Builder()
    for index, (item, kind) in enumerate(zip(items, kinds, strict=True)):
        if isinstance(item, Merged):
            builder.add_table(item, table_caption(items, kinds, index))
        else:
            builder.add_paragraph(item, kind)
    return builder.finish()


def _join_paragraphs(pieces: Sequence[Piece], layout: Layout) -> list[Paragraph | Fragment]:
    items: list[Paragraph | Fragment] = []
    run: list[Line] = []
    for item in pieces:
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
        if isinstance(table, Merged) and not item.opens and add_fragment(table, item):
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


@dataclass(slots=True)
class _Builder:
    """Numbers the blocks and hangs them on the section tree."""

    tree: SectionTree = field(default_factory=SectionTree)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    _annex: bool = False
    _stated: set[int] = field(default_factory=set)  # headings that the format itself states
    _unit: Unit | None = None  # stated by the caption of the tables under way
    _sources: list[tuple[int, Merged, Caption]] = field(default_factory=list)
    _standing: Unit | None = None  # stated once, by a line of its own, for the tables that follow
    _headed: Unit | None = None  # stated by a heading, for the tables below it
    _of_set: Unit | None = None  # stated once, by a sentence, for all tables of the report

    def add_paragraph(self, item: Paragraph, kind: BlockKind) -> None:
        no = len(self.blocks)
        told = unit_of_all(item.text)
        headed = None
        if kind is not BlockKind.NOTE and len(item.text) <= _MAX_CAPTION:
            headed = unit_of_heading(item.text)
        self._of_set = unit_of_set(item.text) or self._of_set
        prose = kind is BlockKind.PARAGRAPH and len(item.text) > _MAX_CAPTION
        if told is not None or prose or kind is BlockKind.TITLE:
            self._standing = told
        if headed is not None or prose or kind is BlockKind.TITLE:
            self._headed = headed
        if kind is BlockKind.TITLE:
            self._add_title(item.text, no)
        elif kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            self._annex = False
            plain = item.heading or item.kind or is_preface(item.text)
            title = tidy(item.text) if plain else heading_title(item.text)
            if item.kind is BlockKind.HEADING:
                self._stated.add(no)
                self.tree.restart(title, no)
            elif title:
                self.tree.open(item.text, title, no, item.heading)
            else:
                self.tree.skip(item.text)
        elif kind is BlockKind.CAPTION and self._annex and not is_table_label(item.text):
            self._annex = False
            self.tree.restart(tidy(item.text), no)
        self.blocks.append(Block(no, kind, item.text, item.spans, self.tree.current, item.page))

    def _add_title(self, text: str, no: int) -> None:
        """A title further down starts the tree anew, once for all its lines."""
        before = self.blocks[-1] if self.blocks else None
        goes_on = before is not None and before.kind is BlockKind.TITLE
        if is_annex(text):
            self._annex = no > 0
        elif goes_on and before is not None and not is_annex(before.text):
            if before.section:
                self.tree.lengthen(tidy(text))
        elif self._annex or (before is not None and not goes_on and before.no not in self._stated):
            self._of_set = None
            self.tree.restart(tidy(text), no)

    def add_table(self, merged: Merged, caption: Caption) -> None:
        self._annex = False
        unit, first = caption.unit, len(self.tables)
        built = _built(merged, caption, unit, first)
        follows = bool(self.blocks) and self.blocks[-1].kind is BlockKind.TABLE
        self._unit = unit or (self._unit if follows else None)
        if unit is not None:
            self._standing = None
        held = (self._unit if follows else None) or self._standing or self._headed or self._of_set
        if held and lacks_money_unit(built[0]):
            built = _built(merged, caption, held, first)
        self._sources.append((first, merged, caption))
        for table in built:
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

    def _find_units(self) -> None:
        """Read tables of amounts that state no unit anew with that of a note below them, of the
        sentences that state their amounts, or of all other tables."""
        told: dict[str, frozenset[str]] | None = None
        stated, noted = tuple(self.tables), None
        for first, merged, caption in self._sources:
            table, below = self.tables[first], self._units_below(self.tables[first])
            if below.listed:
                self._rebuild(first, merged, replace(caption, listed=below.listed), table.unit)
                table = self.tables[first]
            open_ = lacks_money_unit(table, noted=below.unit is not None)
            unit = (below.unit or noted) if open_ else None
            noted = below.unit if below.unit and below.goes_on else noted
            if unit is None and lacks_money_unit(table):
                if told is None:
                    told = amounts_tabled(stated) | amounts_told(b.text for b in self.blocks)
                unit = (
                    _of_amounts(below) or unit_by_amounts(table, told) or usual_unit(stated, told)
                )
            if unit is not None:
                self._rebuild(first, merged, caption, unit)

    def _units_below(self, table: Table) -> UnitsBelow:
        last = table.block + 1
        while last < len(self.blocks) and self.blocks[last].kind is BlockKind.TABLE:
            last += 1
        return units_below(self.blocks[last].text if last < len(self.blocks) else "")

    def _rebuild(self, first: int, merged: Merged, caption: Caption, unit: Unit | None) -> None:
        for new in _built(merged, caption, unit, first):
            self.tables[new.no] = replace(new, block=self.tables[new.no].block)

    def finish(self) -> Structure:
        self._find_units()
        return Structure(tuple(self.blocks), self.tree.sections(), tuple(self.tables), ())


def _built(merged: Merged, caption: Caption, unit: Unit | None, first: int) -> list[Table]:
    return build_tables(merged.grid, caption.title, unit, first, caption.listed)


def _of_amounts(below: UnitsBelow) -> Unit | None:
    """The unit of money that a note states of some of a table's amounts alone (项目资金栏)."""
    return listed_money(below.listed)


def _extent(table: Table) -> Span | None:
    spans = [span for row in (*table.header, *table.rows) for cell in row for span in cell.spans]
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None
