"""Who a report is about, what and when (first sketch)."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.model import Block, BlockKind, Fact, Part, ReportKind, Table
from ingest.text import tidy


def find_parts(blocks: Sequence[Block], tables: Sequence[Table]) -> tuple[Part, ...]:
    """The whole report as one part."""
    title = next((b for b in blocks if b.kind is BlockKind.TITLE), None)
    return (
        Part(
            0,
            ReportKind.OTHER,
            Fact(tidy(title.text) if title else ""),
            Fact(""),
            Fact(""),
            (),
            0,
            len(blocks),
        ),
    )
