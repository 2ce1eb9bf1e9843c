"""What is looked at to tell whose a part of a file is: its own blocks and tables, and its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.identity.names import Named
from ingest.model import Block, BlockKind, Fact, Locator, Span, Table, slice_spans

_SAMPLE = 60_000


@dataclass(frozen=True, slots=True)
class Scope:
    """The blocks of a part without those of the parts inside it, and their tables."""

    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    text: str  # of the first blocks, one a line
    lines: tuple[tuple[int, Block], ...]  # offset in `text` of each block
    formed: bool = False  # it is one of several forms
    project: str = ""  # of the form

    def locate(self, found: Named) -> Locator:
        """The raw place of a name found in `text`."""
        offset, block = max(
            ((o, b) for o, b in self.lines if o <= found.start), key=lambda pair: pair[0]
        )
        return Locator(block.raw_spans(found.start - offset, found.end - offset), block.page)


@dataclass(frozen=True, slots=True)
class Title:
    """A title over all its lines: `text` tidied for reading, `raw` as it stands at `spans`."""

    text: str = ""
    raw: str = ""
    spans: tuple[Span, ...] = ()
    page: int | None = None

    def fact(self, name: str) -> Fact:
        """A name that the tidied title holds, with its place in the raw one."""
        solid = [(i, char) for i, char in enumerate(self.raw) if not char.isspace()]
        wanted = "".join(name.split())
        start = "".join(char for _, char in solid).find(wanted)
        if not wanted or start < 0:
            return Fact(name, Locator(self.spans, self.page) if self.spans else None)
        first, last = solid[start][0], solid[start + len(wanted) - 1][0] + 1
        return Fact(name, Locator(slice_spans(self.spans, first, last), self.page))


def scope_of(blocks: Sequence[Block], tables: Sequence[Table], start: int, end: int) -> Scope:
    """The blocks from `start` to `end` with their tables and text."""
    own = tuple(blocks[start:end])
    lines: list[tuple[int, Block]] = []
    texts: list[str] = []
    length = 0
    for block in own:
        if block.text and block.kind is not BlockKind.CONTENTS and length < _SAMPLE:
            lines.append((length, block))
            texts.append(block.text)
            length += len(block.text) + 1
    inside = tuple(t for t in tables if start <= t.block < end)
    return Scope(own, inside, "\n".join(texts), tuple(lines))
