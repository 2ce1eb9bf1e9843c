"""Rows of a table with rules between its columns and none between its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.pdf_grid import Area
from ingest.readers.pdf_pieces import Band, Piece, PieceLine, piece_of
from ingest.readers.pdf_rows import Rows, read_rows
from ingest.readers.pdf_words import Run, lines_of

_FIGURE = re.compile(r"[-+△▲]?[\d,]+(?:\.\d+)?%?")
_SAME_LINE = 0.3  # of an em between the lines of two cells that stand beside each other


def split_row(
    areas: Sequence[Area], runs: Sequence[Run], bands: Sequence[Band], decimals: int | None
) -> Rows | None:
    """The rows that the cells of one ruled row hold; None where they hold one.

    Args:
        areas: the cells of the row, from left to right.
        runs: the characters of each.
        bands: what each has for its lines, from left to right.
        decimals: how many the numbers of the table have.
    """
    if any(area.bottom - area.top > 1 for area in areas) or len(areas) < 2:
        return None
    lines: list[list[tuple[int, Piece]]] = []
    pieces = [(n, piece_of(line)) for n, run in enumerate(runs) for line in lines_of(run)]
    for number, piece in sorted(pieces, key=lambda each: each[1].base):
        if lines and piece.base - lines[-1][0][1].base <= _SAME_LINE * piece.size:
            lines[-1].append((number, piece))
        else:
            lines.append([(number, piece)])
    figures = [{n for n, p in line if _FIGURE.fullmatch(p.text)} for line in lines]
    counts = Counter(number for line in figures for number in line)
    below = {number for number, count in counts.items() if count > 1}
    rows = [line for line, own in zip(lines, figures, strict=True) if own]
    if len(rows) < 2 or not all(own & below for own in figures if own):
        return None
    if any(len(line) < 2 for line in rows):
        return None
    printed = [
        PieceLine([p for _, p in sorted(line, key=lambda each: each[1].left)]) for line in lines
    ]
    found = read_rows(printed, bands, (), decimals=decimals)
    return None if found.doubtful or len(found.cells) < 2 else found
