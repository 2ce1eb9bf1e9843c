"""Tables of a page with the text of their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from ingest.model import Box
from ingest.readers.content import Snippet
from ingest.readers.pdf_columns import UnruledGrid
from ingest.readers.pdf_grid import RuledGrid
from ingest.readers.pdf_ink import Frame, Glyph
from ingest.readers.pdf_pieces import Band, PieceLine
from ingest.readers.pdf_rows import usual_decimals
from ingest.readers.pdf_split import split_row
from ingest.readers.pdf_unruled import Region
from ingest.readers.pdf_words import Run, em, extent, lines_of, snippets_of, spaced, text_of

Cells = list[list[Snippet]]

_TOUCHING = 0.3  # of an em: characters of one string that are nearer belong to one word
_INFERRED = 0.9  # how sure a column is that is told from where its texts are printed
_DOUBTFUL = 0.5  # … where some text of the table fits no column or two
_ROOM = 1.7  # ems that a text may leave free at the foot of its cell where it is cut
_MARGIN = 1.0  # ems that a cell keeps free at either side, where no rule shows its width
_PADDING = 12.0  # points that a cell keeps free at its sides, both together
_NUMERIC = frozenset("0123456789０１２３４５６７８９,.，．-+%％()（）")


@dataclass(frozen=True, slots=True)
class End:
    """The cell of a column at the foot of a table.

    `place` is the row and column that hold its text; `free` is the white after its last line, in
    points; infinite where the text ends before the foot of the cell.
    """

    place: tuple[int, int]
    free: float

    def moved(self, rows: int, columns: Sequence[int] | None = None) -> End:
        """The end where rows stand above, or columns have other numbers."""
        row, column = self.place
        return replace(self, place=(row + rows, columns[column] if columns else column))


@dataclass(slots=True)
class PageTable:
    """A table, or what one page holds of it: `rows` of one width, cells as snippets.

    `xs` are the edges of the columns and `box` the extent, in the upright frame of its first
    page. A merged cell's text stands in its first place. `open_top` and `open_foot` say that it has
    rules, but none that closes it there.
    """

    page: int
    box: Box
    xs: tuple[float, ...]
    rows: list[Cells]
    ends: list[End]
    last_page: int
    follows: bool = False  # its columns are known to be those of the table on the page before
    open_top: bool = False
    open_foot: bool = False

    def widen(self, xs: Sequence[float]) -> None:
        """Give the table the columns between `xs`, its own edges being among them."""
        places = [min(range(len(xs)), key=lambda i: abs(xs[i] - x)) for x in self.xs]
        rows: list[Cells] = []
        for row in self.rows:
            wide: Cells = [[] for _ in xs[1:]]
            for place, cell in zip(places, row, strict=False):
                wide[place] = cell
            rows.append(wide)
        ends: list[End] = []
        for column, (start, stop) in enumerate(pairwise(places)):
            ends.extend([self.ends[column].moved(0, places)] * (stop - start))
        self.xs, self.rows, self.ends = tuple(xs), rows, ends


def cell_text(cell: Sequence[Snippet]) -> str:
    """The text of a cell."""
    return "".join(snippet.text for snippet in cell).strip()


def ruled_table(grid: RuledGrid, glyphs: Sequence[Glyph], page: int, frame: Frame) -> PageTable:
    """The table of `grid` with the text of `glyphs`, all of which stand inside it."""
    held: list[Run] = [[] for _ in grid.areas]
    for word in _words(glyphs):
        for number, part in _parted(grid, word):
            held[number].extend(part)
    padding = _padding(grid, held)
    bands = [(grid.xs[a.left] + padding / 2, grid.xs[a.right] - padding / 2) for a in grid.areas]
    decimals = usual_decimals(text_of(line) for run in held for line in lines_of(run))
    rows: list[Cells] = []
    firsts: list[int] = []  # of each row of the grid, the number of its first row
    for row in range(len(grid.ys) - 1):
        firsts.append(len(rows))
        for runs in _printed_rows(grid, row, held, bands, decimals):
            cells: Cells = [[] for _ in grid.xs[1:]]
            for number, run in runs.items():
                low, high = bands[number]
                text = snippets_of(cell_run(run, high - low), page, frame)
                cells[grid.areas[number].left] = text
            rows.append(cells)
    ends: list[End] = []
    for number in grid.owners[-1]:
        area = grid.areas[number]
        first = firsts[area.top] if area.bottom - area.top > 1 else len(rows) - 1
        free = _free(held[number], bands[number], grid.ys[area.bottom])
        ends.append(End((first, area.left), free))
    return PageTable(
        page, grid.box, grid.xs, rows, ends, page,
        open_top=grid.open_top, open_foot=grid.open_foot,
    )  # fmt: skip


def _printed_rows(
    grid: RuledGrid,
    row: int,
    held: Sequence[Run],
    bands: Sequence[Band],
    decimals: int | None,
) -> list[dict[int, Run]]:
    """The characters of each cell that begins in a row of the grid; several times where the row
    holds several that no rule parts."""
    numbers = list(dict.fromkeys(grid.owners[row]))
    own = [number for number in numbers if grid.areas[number].top == row]
    if own == numbers:
        areas = [grid.areas[number] for number in own]
        split = split_row(areas, [held[n] for n in own], [bands[n] for n in own], decimals)
        if split is not None:
            return [
                {
                    number: [glyph for piece in cell for glyph in piece.run]
                    for number, cell in zip(own, cells, strict=True)
                }
                for cells in split.cells
            ]
    return [{number: held[number] for number in own}]


def unruled_table(
    grid: UnruledGrid, region: Region, lines: Sequence[PieceLine], page: int, frame: Frame
) -> PageTable:
    """The table of a region without vertical rules; its places say that columns are inferred."""
    score = _INFERRED if not grid.doubtful else _DOUBTFUL
    rows: list[Cells] = []
    for row in grid.rows:
        glyphs = [[glyph for piece in cell for glyph in piece.run] for cell in row]
        rows.append([snippets_of(cell_run(run, 0), page, frame, score=score) for run in glyphs])
    xs = grid.edges
    top, bottom = lines[region.first].top, lines[region.last - 1].base
    ends: list[End] = []
    for column, band in enumerate(grid.bands):
        run = [glyph for piece in grid.rows[-1][column] for glyph in piece.run]
        margin = _MARGIN * (em(run) if run else 0)
        cell = xs[column] + margin, xs[column + 1] - margin
        ends.append(End((len(rows) - 1, column), max(_free(run, band), _free(run, cell))))
    return PageTable(page, (xs[0], top, xs[-1], bottom), xs, rows, ends, page, grid.follows)


def _padding(grid: RuledGrid, held: Sequence[Run]) -> float:
    """What the cells of a table keep free at their sides, both together: the least seen."""
    free = [_PADDING]
    for area, run in zip(grid.areas, held, strict=True):
        lines = lines_of(run)
        if len(lines) > 1:
            widest = max(right - left for left, _, right, _ in map(extent, lines))
            free.append(grid.xs[area.right] - grid.xs[area.left] - widest)
    return max(min(free), 0.0)


def _free(run: Run, band: Band, floor: float | None = None) -> float:
    """The white after the last line of a cell, infinite where lines more had room below it."""
    if not run or (floor is not None and floor - extent(run)[3] > _ROOM * em(run)):
        return inf
    left, _, right, _ = extent(lines_of(run)[-1])
    return band[1] - band[0] - (right - left)


def _words(glyphs: Iterable[Glyph]) -> Iterable[Run]:
    """Strings of the file, cut at gaps, in its own order."""
    word: Run = []
    for glyph in glyphs:
        last = word[-1] if word else None
        if last is not None and (
            glyph.run != last.run
            or abs(glyph.base - last.base) > 0.1 * glyph.size
            or not -0.5 * glyph.size < glyph.left - last.right < _TOUCHING * glyph.size
        ):
            yield word
            word = []
        word.append(glyph)
    if word:
        yield word


def _parted(grid: RuledGrid, word: Run) -> Iterable[tuple[int, Run]]:
    """The word with its cell; text that runs over a rule is cut there, a number is not."""
    shares: dict[int, Run] = {}
    for glyph in word:
        middle = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        number = grid.area_at(*middle)
        if number is not None:
            shares.setdefault(number, []).append(glyph)
    if len(shares) > 1 and all(glyph.text in _NUMERIC for glyph in word):
        return [(max(shares, key=lambda n: len(shares[n])), word)]
    return shares.items()


def cell_run(glyphs: Iterable[Glyph], width: float) -> Run:
    """The text of a cell in one run: line wraps taken out, other line ends become a space.

    `width` is what the cell has for its lines, in points.
    """
    joined: Run = []
    for line in map(spaced, lines_of(glyphs)):
        if not line:
            continue
        if joined and _stand_apart(joined, line, width):
            edge = joined[-1]
            joined.append(edge._replace(text=" ", left=edge.right))
        joined.extend(line)
    return joined


def _stand_apart(above: Run, line: Run, width: float) -> bool:
    """True for two Latin words, and for two numbers of which the second had room on the line."""
    last, first = above[-1].text, line[0].text
    if last.isascii() and last.isalpha() and first.isascii() and first.isalpha():
        return True
    if not (last.isdigit() and first.isdigit()):
        return False
    upper = [g for g in above if abs(g.base - above[-1].base) < 0.1 * g.size]
    left, _, right, _ = extent(upper)
    return width - (right - left) > 1.1 * (line[0].right - line[0].left)
