"""Pages of characters and rules put together to paragraphs and tables: PDF files and scans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.model import Box
from ingest.readers.content import Content, ContentBuilder
from ingest.readers.ocr_numbers import mend_numbers
from ingest.readers.pdf_columns import read_grid
from ingest.readers.pdf_continued import with_tables_joined
from ingest.readers.pdf_furniture import without_furniture
from ingest.readers.pdf_grid import merged, ruled_grids
from ingest.readers.pdf_ink import Glyph, Ink
from ingest.readers.pdf_layout import TextLine, gutter_of, page_lines
from ingest.readers.pdf_paragraphs import Draft, Item, paragraphs
from ingest.readers.pdf_pieces import piece_line
from ingest.readers.pdf_tables import PageTable, ruled_table, unruled_table
from ingest.readers.pdf_unruled import Known, find_regions
from ingest.readers.pdf_words import Run, lines_of

_TOP_LINES = 4  # above a table that may carry on one of the page before
_LISTED = 6  # mended numbers that are told one by one


@dataclass(slots=True)
class Page:
    """What is kept of a page until all are read.

    `readable` is False for a page whose text was not read, as the file is `damaged` there or for
    want of recognition; `recognised` are the parts of it, in its upright frame, whose text was
    recognised from a picture, `faint` counts lines that could not be, `poor` says that the picture
    is too poor for what is read of it to be trusted.
    """

    number: int
    lines: list[TextLine] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    columns: Known | None = None
    readable: bool = True
    damaged: bool = False
    recognised: tuple[Box, ...] = ()
    faint: int = 0
    poor: bool = False


def laid_out(ink: Ink, columns: Known | None = None) -> Page:
    """The lines and tables of a page; `columns` is what the page before hands on."""
    grids = ruled_grids(ink)
    held: list[list[Glyph]] = [[] for _ in grids]
    free: list[Glyph] = []
    for glyph in ink.glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        for index, grid in enumerate(grids):
            left, top, right, bottom = grid.box
            if left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1:
                held[index].append(glyph)
                break
        else:
            free.append(glyph)
    tables = [
        ruled_table(grid, glyphs, ink.page, ink.frame)
        for grid, glyphs in zip(grids, held, strict=True)
        if glyphs
    ]
    page = Page(ink.page, tables=tables)
    lines = lines_of(free)
    gutter = gutter_of(lines, ink.frame, columns.gutter if columns else None)
    if gutter is None:
        lines = _without_tables(ink, lines, page, columns)
    else:
        page.columns = Known(gutter=gutter)
    boxes = [table.box for table in page.tables]
    page.lines = page_lines(lines, ink.page, ink.frame, gutter, boxes)
    return page


def _without_tables(ink: Ink, lines: list[Run], page: Page, columns: Known | None) -> list[Run]:
    """The lines that belong to no table; tables without vertical rules are added to the page."""
    pieces = [piece_line(line) for line in lines]
    kept = [(run, line) for run, line in zip(lines, pieces, strict=True) if line]
    rows = [line for _, line in kept]
    taken: set[int] = set()
    for region in find_regions(rows, merged(ink.horizontal), columns):
        known = columns if region.first < _TOP_LINES else None
        grid = read_grid(rows, region, known)
        page.tables.append(unruled_table(grid, region, rows, ink.page, ink.frame))
        page.columns = Known(tuple(grid.bands), region.header)
        taken.update(range(region.first, region.last))
    return [run for index, (run, _) in enumerate(kept) if index not in taken]


def written(pages: Sequence[Page], media_type: str) -> Content:
    """The text of all pages: headers and footers left out, what page ends cut joined."""
    builder = ContentBuilder()
    kept = without_furniture([page.lines for page in pages])
    items = [
        item for page, lines in zip(pages, kept, strict=True) for item in _in_order(page, lines)
    ]
    recognised = {page.number: page.recognised for page in pages}
    mended: list[str] = []
    for item in paragraphs(with_tables_joined(items)):
        if isinstance(item, Draft):
            builder.paragraph(item.snippets(), page=item.page)
            continue
        rows = item.rows
        if _is_inside(item.box, recognised[item.page]):
            rows, notes = mend_numbers(rows)
            mended += [f"第 {item.page} 页{note}" for note in notes]
        builder.table(rows, page=item.page)
    _tell(builder, pages, mended)
    return builder.finish(media_type, pages=len(pages))


def _is_inside(box: Box, parts: Sequence[Box]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(part[0] <= x <= part[2] and part[1] <= y <= part[3] for part in parts)


def _in_order(page: Page, lines: Sequence[TextLine]) -> Iterable[Item]:
    """Lines and tables from the top down."""
    waiting = sorted(page.tables, key=lambda table: table.box[1])
    for line in lines:
        while waiting and waiting[0].box[1] < line.top:
            yield waiting.pop(0)
        yield line
    yield from waiting


def _tell(builder: ContentBuilder, pages: Sequence[Page], mended: Sequence[str]) -> None:
    damaged = [page.number for page in pages if page.damaged]
    if damaged:
        builder.problem("damaged", f"第 {listed(damaged)} 页已损坏，未读入")
    unread = [page.number for page in pages if not page.readable and not page.damaged]
    if unread:
        builder.problem(
            "no_text",
            f"第 {listed(unread)} 页没有可读的文字（扫描件或字体缺少编码），未读入；"
            "安装文字识别组件（pip install 'gouji[ocr]'）后重新加入即可识别",
        )
    recognised = [page.number for page in pages if page.recognised]
    if recognised:
        builder.problem(
            "recognised",
            f"第 {listed(recognised)} 页有文字由图片识别而来，识别存疑的数字已标出，请以原页为准",
        )
    poor = [page.number for page in pages if page.poor]
    if poor:
        builder.problem(
            "poor",
            f"第 {listed(poor)} 页的图片太差（太粗、太淡或太脏），全页文字和数字存疑，请以原页为准；"
            "重新扫描（灰度，200 dpi 以上）后可再加入",
        )
    faint = [page.number for page in pages if page.faint]
    if faint:
        count = sum(page.faint for page in pages)
        builder.problem("faint", f"第 {listed(faint)} 页有 {count} 处太模糊，没有读入")
    if mended:
        more = f"；共 {len(mended)} 处" if len(mended) > _LISTED else ""
        builder.problem("mended", "识别结果按数字写法改正：" + "、".join(mended[:_LISTED]) + more)


def listed(numbers: Sequence[int]) -> str:
    """Numbers in rising order, runs of them as ``3—7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{r[0]}—{r[-1]}" if len(r) > 2 else "、".join(map(str, r)) for r in runs)
