"""Every quantity of a document as a Figure: its role, period, scope and place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.figures.cells import CellFigure, table_figures
from ingest.figures.prose import ProseFigure, prose_figures
from ingest.model import (
    Block,
    BlockKind,
    Document,
    Figure,
    Locator,
    Part,
    Span,
    Table,
    slice_spans,
)
from ingest.reading.reader import read_cell, read_quantities
from ingest.reading.text import fold

_PROSE_KINDS = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.NOTE)
_NUMBERING = re.compile(
    r"^\s*(?:#+\s*)?(?:第[一二三四五六七八九十百]+部分[:：]?|[一二三四五六七八九十百]+、|"
    r"\(\s*[一二三四五六七八九十百\d]+\s*\)|\d+(?:\.\d+)*[.、．)](?!\d)\s*|\d{1,2}(?:\.\d{1,2})+(?=[^\d万亿元%．.])|"
    r"\d{1,2}\s*(?=[一-鿿])(?![个年月日项条类次家名人万亿元号岁级期批大处所份件宗台套辆户只张篇部座号楼天周时分小时+])|[①-⑳])\s*"
)
SURE = 0.9
"""The least score of a place whose figure is not doubtful. Measured: see docs/formats.md."""

# Scope (口径) words that separate figures of one name; see docs/glossary.md.
SCOPE_WORDS = (
    "一般公共预算",
    "政府性基金",
    "国有资本经营",
    "财政拨款",
    "基本支出",
    "项目支出",
    "人员经费",
    "公用经费",
    "年初预算",
    "调整",
    "全年预算",
    "年度预算",
    "决算",
    "本年",
    "上年",
    "年初结转",
    "年末结转",
    "总收入",
    "总支出",
)


def strip_number(title: str) -> str:
    """A heading without its list number: ``（一）项目背景`` gives ``项目背景``."""
    folded = fold(title)
    match = _NUMBERING.match(folded)
    return title[match.end() :].strip() if match else title.strip()


def heading_name(title: str) -> str:
    """What a heading names: without list number, closing punctuation and 指标(分析)."""
    name = strip_number(title).rstrip("。.：:；; ")
    return re.sub(r"(?:指标)?分析$", "", name) or name


def find_figures(document: Document) -> tuple[Figure, ...]:
    """All figures of a document in reading order, numbered from 0."""
    return tuple(_numbered(document))


def _numbered(document: Document) -> Iterator[Figure]:
    number = 0
    parts = _parts_of_blocks(document)
    for block in document.blocks:
        if block.kind in _PROSE_KINDS:
            made = _block_figures(document, block, parts[block.no], number)
        elif block.table is not None:
            table = document.tables[block.table]
            made = _table_block_figures(document, block, table, parts[block.no], number)
        else:
            continue
        for figure in made:
            yield figure
            number += 1


def _parts_of_blocks(document: Document) -> dict[int, Part]:
    """The innermost part of every block, in one pass over the parts from the outside in."""
    inner: dict[int, Part] = {}
    for part in sorted(document.parts, key=lambda p: (p.first_block, -p.last_block)):
        inner.update((no, part) for no in range(part.first_block, part.last_block))
    return {
        block.no: inner.get(block.no) or document.part_of(block.no) for block in document.blocks
    }


def _block_figures(document: Document, block: Block, part: Part, first: int) -> Iterator[Figure]:
    titles = document.section_path(block.section)
    heading = heading_name(titles[-1]) if titles else ""
    folded = fold(block.text)
    told = prose_figures(block.text, heading=heading, before=_before(document, block))
    for offset, prose in enumerate(told):
        reading = prose.reading
        spans = block.raw_spans(reading.start, reading.end)
        yield Figure(
            no=first + offset,
            quantity=reading.quantity,
            locator=Locator(spans, page=document.page_at(spans, block.page)),
            part=part.no,
            block=block.no,
            section=block.section,
            start=reading.start,
            end=reading.end,
            metric=prose.metric,
            role=prose.role,
            basis=prose.basis,
            direction=prose.direction,
            period=_period(part.year, prose.year, prose.previous_year),
            scope=_scope(prose, titles),
            subject=prose.subject,
            sentence=folded[prose.sentence_start : prose.sentence_end].strip(),
            doubtful=is_doubtful(document, spans),
        )


_GOES_ON = re.compile(r"\s*[该此]项")
_LEAD = re.compile(
    r"^(?:\d{1,2}[.、．]|[（(][一二三四五六七八九十\d]{1,3}[)）])?\s*(?P<name>[^\d，,。；;：:]{2,30}?)(?:支出)?(?:决算)?(?:数|为|是)*\d"
)


def _before(document: Document, block: Block) -> str:
    """What the paragraph before one that opens with 该项支出 is about; "" for any other."""
    if not block.no or not _GOES_ON.match(block.text):
        return ""
    above = document.blocks[block.no - 1]
    lead = _LEAD.match(fold(above.text)) if above.kind in _PROSE_KINDS else None
    return lead["name"].strip() if lead is not None else ""


def _table_block_figures(
    document: Document, block: Block, table: Table, part: Part, first: int
) -> Iterator[Figure]:
    for offset, cell in enumerate(table_figures(table)):
        grid = table.rows[cell.row][cell.column]
        spans = slice_spans(grid.spans, cell.start, cell.end)
        yield Figure(
            no=first + offset,
            quantity=cell.quantity,
            locator=Locator(
                spans,
                page=document.page_at(spans, block.page),
                table=table.no,
                row=cell.row,
                column=cell.column,
            ),
            part=part.no,
            block=block.no,
            section=block.section,
            start=cell.start,
            end=cell.end,
            metric=cell.metric,
            role=cell.role,
            basis=cell.basis,
            direction=cell.direction,
            period=_period(part.year, cell.year, cell.previous_year),
            scope=_scope_of(" ".join((table.title, *cell.row_path, *cell.column_path))),
            row_path=cell.row_path,
            column_path=cell.column_path,
            subject=cell.subject,
            sentence=_cell_sentence(cell, grid.text),
            doubtful=is_doubtful(document, spans),
        )


def is_doubtful(document: Document, spans: tuple[Span, ...]) -> bool:
    """True where some of the characters were recognised less surely than SURE."""
    return any(p.score is not None and p.score < SURE for p in document.places(spans))


def _cell_sentence(cell: CellFigure, text: str) -> str:
    return fold(text) if cell.subject or cell.end - cell.start < len(text) else ""


def _period(part_year: str, own: str, previous: bool) -> str:
    """The year of a figure; 上年 is the year before, unless the text names that year itself."""
    year = own or part_year
    if previous and year.isdigit() and (year == part_year or not part_year):
        return str(int(year) - 1)
    return year


def _scope(prose: ProseFigure, titles: tuple[str, ...]) -> tuple[str, ...]:
    return _scope_of(" ".join((prose.within, prose.subject, prose.metric, *titles[-1:])))


def _scope_of(text: str) -> tuple[str, ...]:
    return tuple(word for word in SCOPE_WORDS if word in text)


def describe(document: Document, figure: Figure) -> str:
    """The text by which a figure is found: who, what, when, section, labels, sentence.

    Used for the word index and the vectors; it never holds more than about 400 characters.
    """
    part = document.part_of(figure.block)
    sections = [strip_number(title) for title in document.section_path(figure.section)]
    title = ""
    if figure.locator.table is not None:
        title = document.tables[figure.locator.table].title
    pieces = (
        part.entity.value,
        part.project.value,
        figure.period,
        *sections[-3:],
        title,
        *figure.row_path,
        *figure.column_path,
        figure.metric,
        figure.sentence[:160],
    )
    return " | ".join(dict.fromkeys(piece for piece in pieces if piece))


def reread(text: str, figure: Figure) -> bool:
    """True when `text`, the characters at a figure's place, still says its quantity."""
    unit = figure.quantity.unit
    cell = read_cell(text, unit) if figure.locator.table is not None else None
    candidates = [cell] if cell else [r.quantity for r in read_quantities(text, unit=unit)]
    same = any(found.value == figure.quantity.value and found.unit == unit for found in candidates)
    return same or _same_characters(text, figure)


def _same_characters(text: str, figure: Figure) -> bool:
    """True when a place holds exactly the printed number, with its unit or without.

    For numbers that are only read in their sentence (``一 台`` behind its noun, ``70万`` of a
    counted noun): the characters themselves are the proof.
    """
    digits = "".join(fold(figure.quantity.printed).split())
    found = "".join(fold(text).split())
    symbol = "".join(fold(figure.quantity.unit.symbol).split())
    rest = found.removeprefix(digits)
    return bool(digits) and found != rest and (not rest or symbol.startswith(rest))
