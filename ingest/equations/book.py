"""A document's figures in the orders in which the checks look for them.

Each order is built once, in one pass over the figures, so that the checks stay linear in the
number of figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from ingest.figures.naming import Names, is_cell
from ingest.model import Document, Figure, Table
from ingest.reading.text import fold

if TYPE_CHECKING:
    from ingest.equations.claims import Claim

T = TypeVar("T")
Grid = dict[tuple[int, int], Figure]
Paragraph = tuple["Run", ...]

_BACK = 10  # figures of a sentence looked back at
_STOP = re.compile(r"[。;!?\n]")
_QUOTED = re.compile(r"《[^》]{0,120}》|“[^”]{0,60}”|〔[^〕]{0,20}〕")


@dataclass(frozen=True, slots=True)
class Run:
    """The figures of one sentence or of one group between semicolons, with the words between.

    `leads[i]` is the folded text from the figure before (or the start) up to ``figures[i]``;
    `tail` is what follows the last figure, `previous` the figures of the run before this one in
    the same paragraph.
    """

    figures: tuple[Figure, ...]
    leads: tuple[str, ...]
    tail: str
    previous: tuple[Figure, ...] = ()

    def parted(self, index: int) -> bool:
        """True where 分别 has just parted the figures into lists of equal length."""
        return any("分别" in lead for lead in self.leads[max(0, index - _BACK) : index + 1])

    def clause(self, index: int) -> str:
        """The last clause before a figure: what stands between the last comma or colon and it."""
        return re.split(r"[,:]", self.leads[index])[-1]


class Book:
    """Indexes over the figures of one document.

    `held` are the figures that take part in a claim that holds, `said` the figures of every claim,
    and `claims` the claims; all grow as the families are run, so that a later one can tell which of
    two values has support, and what has been claimed already.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.held: set[int] = set()
        self.said: set[frozenset[int]] = set()
        self.claims: list[Claim] = []
        self._made: dict[Callable[[Book], Any], Any] = {}

    def once(self, make: Callable[[Book], T]) -> T:
        """What `make` makes of this book; made at the first call and kept."""
        if make not in self._made:
            self._made[make] = make(self)
        kept: T = self._made[make]
        return kept

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The figures in sentences, paragraph by paragraph and cell by cell."""
        prose = (figure for figure in self.document.figures if not is_cell(figure))
        return tuple(
            tuple(_runs(tuple(figures), self._text(place)))
            for place, figures in groupby(prose, _place)
        )

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All runs of the document, in reading order."""
        return tuple(run for paragraph in self.paragraphs for run in paragraph)

    @cached_property
    def clauses(self) -> dict[int, str]:
        """The last clause before every figure in a sentence, by the figure's number."""
        return {
            figure.no: run.clause(index)
            for run in self.runs
            for index, figure in enumerate(run.figures)
        }

    @cached_property
    def grids(self) -> dict[int, Grid]:
        """Per table, the figures that are whole cells, by row and column."""
        grids: dict[int, Grid] = defaultdict(dict)
        for figure in self.document.figures:
            place = figure.locator
            if is_cell(figure) and place.table is not None:
                grids[place.table][(place.row or 0, place.column or 0)] = figure
        return grids

    @cached_property
    def names(self) -> Names:
        """The figures by what they are called."""
        return Names(self.document)

    def table(self, figure: Figure) -> Table | None:
        """The table that the figure stands in."""
        number = figure.locator.table
        return None if number is None else self.document.tables[number]

    def _text(self, place: tuple[int | None, ...]) -> str:
        block, table, row, column = place
        if table is None:
            return fold(self.document.blocks[block or 0].text)
        return fold(self.document.tables[table].rows[row or 0][column or 0].text)


def _place(figure: Figure) -> tuple[int | None, ...]:
    place = figure.locator
    return (figure.block, place.table, place.row, place.column)


def _runs(figures: tuple[Figure, ...], text: str) -> Iterator[Run]:
    masked = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    previous: tuple[Figure, ...] = ()
    cuts = [0, *(match.end() for match in _STOP.finditer(masked))]
    for group, members in groupby(figures, lambda figure: bisect_right(cuts, figure.start)):
        start = cuts[group - 1]
        end = cuts[group] if group < len(cuts) else len(text)
        inside = tuple(members)
        ends = (start, *(figure.end for figure in inside))
        leads = tuple(
            text[low : figure.start].strip() for low, figure in zip(ends, inside, strict=False)
        )
        yield Run(inside, leads, text[inside[-1].end : end], previous)
        previous = inside
