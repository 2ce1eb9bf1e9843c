"""Cutting a document into passages along its section tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ingest.model import Block, BlockKind, Document, Part, Table
from ingest.reading.text import compact

SIZE = 300
"""Characters after which a passage is closed; a passage rarely exceeds 400."""

_LIMIT = 400
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")
_PATH_DEPTH = 3  # titles of a section path that go into the indexed text


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one section of one part. It covers blocks ``first_block <= no < last_block``.

    `about` names the part's unit, project and year, as questions do.
    """

    no: int
    part: int
    section: int
    first_block: int
    last_block: int
    path: tuple[str, ...]
    text: str
    about: str = ""

    @property
    def indexed(self) -> str:
        """What is searched: unit, project and year, the section path and the text."""
        head = (self.about, *self.path[-_PATH_DEPTH:])
        return "\n".join(piece for piece in (*head, self.text) if piece)


@dataclass(frozen=True, slots=True)
class _Piece:
    first: int
    last: int
    text: str
    alone: bool = False  # tables are never joined with prose


def cut_passages(document: Document) -> tuple[Passage, ...]:
    """All passages in reading order, numbered from 0; headings stand in the section path."""
    found: list[Passage] = []
    abouts = {part.no: _about(part) for part in document.parts}
    for part, section, blocks in _runs(document):
        path = document.section_path(section)
        for piece in _joined(document, blocks):
            where = (piece.first, piece.last, path, piece.text)
            found.append(Passage(len(found), part, section, *where, abouts.get(part, "")))
    return tuple(found)


def _about(part: Part) -> str:
    return " ".join(each for each in (part.entity.value, part.project.value, part.year) if each)


def _runs(document: Document) -> Iterator[tuple[int, int, list[Block]]]:
    """Neighbouring blocks of one section and part, without the heading that names the section.

    A heading under which nothing stands, not even another heading, is a run by itself.
    """
    parents = {section.parent for section in document.sections}
    for (part, section), run in groupby(_text_blocks(document), key=lambda each: each[0]):
        blocks = [block for _, block in run]
        body = [block for block in blocks if not _names(document, section, block)]
        if body or section not in parents:
            yield part, section, body or blocks


def _text_blocks(document: Document) -> Iterator[tuple[tuple[int, int], Block]]:
    for block in document.blocks:
        if block.kind is not BlockKind.CONTENTS:
            part = document.part_of(block.no).no if document.parts else 0
            yield (part, block.section), block


def _names(document: Document, section: int, block: Block) -> bool:
    if block.kind is not BlockKind.HEADING or not 0 <= section < len(document.sections):
        return False
    return compact(block.text) == compact(document.sections[section].title)


def _joined(document: Document, blocks: list[Block]) -> Iterator[_Piece]:
    open_piece: _Piece | None = None
    for block in blocks:
        for piece in _pieces(document, block):
            if open_piece and (
                piece.alone
                or open_piece.alone
                or len(open_piece.text) >= SIZE
                or len(open_piece.text) + len(piece.text) > _LIMIT
            ):
                yield open_piece
                open_piece = None
            if open_piece is None:
                open_piece = piece
            else:
                text = f"{open_piece.text}\n{piece.text}"
                open_piece = _Piece(open_piece.first, piece.last, text)
    if open_piece:
        yield open_piece


def _pieces(document: Document, block: Block) -> Iterator[_Piece]:
    if block.table is not None:
        for text in _table_texts(document.tables[block.table]):
            yield _Piece(block.no, block.no + 1, text, alone=True)
        return
    for text in _cut(block.text.strip()):
        yield _Piece(block.no, block.no + 1, text)


def _cut(text: str) -> Iterator[str]:
    """`text` whole where it is short, else at the ends of sentences."""
    if len(text) <= _LIMIT:
        if text:
            yield text
        return
    current = ""
    for sentence in _SENTENCE.findall(text):
        if current and len(current) + len(sentence) > SIZE:
            yield current
            current = ""
        current += sentence
        while len(current) > _LIMIT:  # a sentence without an end
            yield current[:SIZE]
            current = current[SIZE:]
    if current.strip():
        yield current


def _table_texts(table: Table) -> Iterator[str]:
    """Title, unit and header with as many rows as fit, again and again."""
    header = " ".join(dict.fromkeys(label for column in table.columns for label in column.path))
    unit = f"单位：{table.unit.symbol}" if table.unit else ""
    head = " ".join(piece for piece in (table.title, unit, header[:120]) if piece)
    current = head
    for row in table.rows:
        line = " ".join(cell.text.strip() for cell in row if cell.text.strip())
        if not line:
            continue
        if current != head and len(current) + len(line) > _LIMIT:
            yield current
            current = head
        for part in _cut(line):
            if current != head and len(current) + len(part) > 2 * _LIMIT:
                yield current
                current = head
            current = f"{current}\n{part}" if current else part
    if current:
        yield current
