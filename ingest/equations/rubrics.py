"""Scores against what the criterion beside them can grant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from ingest import interval
from ingest.equations.book import Book
from ingest.equations.claims import Claim, closed, show
from ingest.figures.naming import is_cell
from ingest.interval import Interval
from ingest.model import Figure, Locator, Role, Table
from ingest.quantity import Dimension
from ingest.reading.text import compact, fold

_CRITERION = re.compile(
    r"(?:评分|评价|计分|打分)(?:标准|细则|办法|规则|依据|要点)|扣分标准|得分标准"
)
_GRANT = re.compile(r"(?:得|计|给|为)\s*(\d{1,3}(?:\.\d+)?)\s*分(?!以|之间|及|-|—|段|制|档)")
# Words of criteria whose most cannot be read off their grants: by degree, by item, by formula.
_OPEN = re.compile(
    r"每|各得|分别得|逐|扣完|满分|权重|分值|比例|[×*÷=]|酌情(?:得|给|计|打|评)|以上得分|之间|以下得分|区间|起评|"
    r"\d\s*[-—~至]\s*\d+(?:\.\d+)?\s*分|\d\s*分以|%得|倍|系数|加分|累计"
)
# Points of a criterion, taken off or given in any words, in digits or not.
_POINTS = re.compile(r"\d\s*分(?!之|钟|制|档|段)")
_OFF = re.compile(r"(?:扣|减)[^,;。\d]{0,4}\d{1,3}(?:\.\d+)?\s*分")
_UNREAD = re.compile(
    r"(?<!不)[得计给](?:[一二两三四五六七八九十半]+|全部?|相应|对应|该项|基本|部分)分"
)
_ENDED = re.compile(r"[。;.!)”\"]\s*(?:</p>)?\s*$")


def rubric_most(book: Book) -> Iterator[Claim]:
    """评价得分、分值不超过评分标准写明可得的分数。

    来源：评分表的“评分标准”栏，“……得 4 分；……得 2 分；……不得分”。
    例：分值 7 分、得 6 分，标准只写“……得 2 分；……酌情扣分”，最多 2 分，不成立。
    边界：标准逐档写明得分（各档择一，或者分项相加），没有“每”“满分”“比例”、公式、区间；得分超过各档之和才报。
    """
    rows: dict[tuple[int, int], dict[Role, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in book.document.figures:
        place = figure.locator
        if is_cell(figure) and figure.role in (Role.FULL_MARK, Role.SCORE):
            rows[place.table or 0, place.row or 0][figure.role].append(figure)
    for table in book.document.tables:
        columns = [
            c for c, column in enumerate(table.columns) if _CRITERION.search(_header(column.path))
        ]
        for r in range(len(table.rows)) if columns else ():
            given = rows.get((table.no, r))
            if given and len(given[Role.FULL_MARK]) == 1 and len(given[Role.SCORE]) == 1:
                text = "".join(table.rows[r][c].text for c in columns)
                places = tuple(
                    Locator(cell.spans, book.document.blocks[table.block].page, table.no, r, c)
                    for c in columns
                    for cell in [table.rows[r][c]]
                    if cell.spans
                )
                marks = given[Role.FULL_MARK][0], given[Role.SCORE][0]
                whole = not _goes_on(book, rows, table, r, columns)
                yield from _within(text, places, *marks, whole=whole)


_Rows = Mapping[tuple[int, int], Mapping[Role, list[Figure]]]


def _goes_on(book: Book, rows: _Rows, table: Table, row: int, columns: list[int]) -> bool:
    """True where the next row, or the first one behind a page break, has more of the criterion."""
    number, following = table.no, row + 1
    if following >= len(table.rows):
        number, following = table.no + 1, 0
    if number >= len(book.document.tables):
        return False
    other = book.document.tables[number]
    alike = [column.path for column in other.columns] == [column.path for column in table.columns]
    if not alike or not other.rows or rows.get((number, following)):
        return False
    return any(other.rows[following][c].text.strip() for c in columns)


def _header(path: tuple[str, ...]) -> str:
    return compact("".join(path))


def _within(
    text: str, places: tuple[Locator, ...], full: Figure, score: Figure, *, whole: bool
) -> Iterator[Claim]:
    """The full mark against the grants of its criterion, where the score proves one too low."""
    folded = fold(text)
    grants = [Decimal(grant) for grant in _GRANT.findall(folded)]
    if not grants or _OPEN.search(folded):
        return
    mark, most = full.quantity.base, sum(grants, Decimal(0))
    if mark in (max(grants), most):
        shown = "、".join(f"{grant:f}分" for grant in dict.fromkeys(grants))
        formula = f"评分标准写明可得 {shown}"
        yield Claim("rubric_most", full, (), formula, mark, Interval(mark, mark), "", places)
    elif whole and score.quantity.base > most and _all_read(folded, len(grants)):
        formula = f"评分标准最多得 {most:f} 分，评价得 {score.quantity.printed} 分"
        bounds = Interval(most, most)
        yield Claim("rubric_most", full, (score,), formula, most, bounds, "", places)


def _all_read(criterion: str, grants: int) -> bool:
    """True where a criterion is printed to its end, and gives no points but those that were read."""
    if not _ENDED.search(criterion) or _UNREAD.search(criterion):
        return False
    return len(_POINTS.findall(_OFF.sub("", criterion))) == grants


_BY_RATE = re.compile(
    r"(?:按照?|以|公式[为是:]|=)\s*[“\"(]?\s*(?P<name>[一-鿿]{1,12}率)\s*(?:[×*xX]|乘以)\s*(?P<mark>\d{1,3}(?:\.\d+)?|(?:指标)?(?:分值|满分)|标准分|权重)\s*分?\s*[”\")]?"
    r"(?!\s*[×*÷+\-/])"
)


def rubric_rate(book: Book) -> Iterator[Claim]:
    """“按某率 × n 计分，某率 p%，得 s 分”：s = p × n。

    来源：绩效指标分析、评分说明里的比例计分，如“按“预算执行率×6”计分，预算执行率 95.72%，得 5.74 分”。
    例：95.72% × 6 = 5.74 分，写作 5.47 分不成立。
    边界：公式、率、得分在同一段里依次出现，率的名称与公式里的相同；公式另有加减、封顶、下限的不查。
    """
    for paragraph in book.paragraphs:
        figures = [figure for run in paragraph for figure in run.figures]
        place = figures[0].locator
        text = fold(_text(book, figures[0]))
        matches = list(_BY_RATE.finditer(text)) if place.table is None else []
        for number, match in enumerate(matches):
            end = matches[number + 1].start() if number + 1 < len(matches) else len(text)
            after = [f for f in figures if match.end() <= f.start < end]
            marks = {f.quantity.base for f in figures if f.role is Role.FULL_MARK}
            if match["mark"][0].isdigit():
                yield from _by_rate(text, match, after, Decimal(match["mark"]))
            elif len(marks) == 1:
                yield from _by_rate(text, match, after, marks.pop())


def _text(book: Book, figure: Figure) -> str:
    return book.document.blocks[figure.block].text


def _by_rate(
    text: str, match: re.Match[str], after: list[Figure], mark: Decimal
) -> Iterator[Claim]:
    if len(after) < 2 or _LIMITED.search(text[match.end() : after[1].end]):
        return
    rate, score = after[0], after[1]
    named = compact(text[max(match.end(), rate.start - 24) : rate.start])
    percent = rate.quantity.unit.dimension is Dimension.PERCENT and closed(rate)
    if not percent or score.role is not Role.SCORE or match["name"][-3:] not in named:
        return

    def formula_at(value: Decimal) -> Decimal | None:
        return value * mark / 100

    bounds = interval.at_corners(formula_at, interval.of(rate.quantity))
    formula = f"{show(rate)} × {mark:f}"
    yield Claim("rubric", score, (rate,), formula, formula_at(rate.quantity.base), bounds)


_LIMITED = re.compile(r"封顶|最高|上限|超过|低于\d|扣|满分|不得分")
