"""Scores against what the criterion beside them can grant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ingest.book import Book
from ingest.claims import Claim
from ingest.interval import Interval
from ingest.model import Figure, Locator, Role
from ingest.naming import is_cell
from ingest.text import compact, fold

_CRITERION = re.compile(
    r"(?:评分|评价|计分|打分)(?:标准|细则|办法|规则|依据|要点)|扣分标准|得分标准"
)
_GRANT = re.compile(r"(?:得|计|给|为)\s*(\d{1,3}(?:\.\d+)?)\s*分(?!以|之间|及|-|—|段|制|档)")
# Words of criteria whose most cannot be read off their grants: by degree, by item, by formula.
_OPEN = re.compile(
    r"每|各得|分别得|逐|扣完|满分|权重|分值|比例|[×*÷=]|酌情(?:得|给|计|打|评)|以上得分|之间|以下得分|区间|起评|"
    r"\d\s*[-—~至]\s*\d+(?:\.\d+)?\s*分|\d\s*分以|%得|倍|系数|加分|累计"
)


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
                yield from _within(text, places, *marks)


def _header(path: tuple[str, ...]) -> str:
    return compact("".join(path))


def _within(text: str, places: tuple[Locator, ...], full: Figure, score: Figure) -> Iterator[Claim]:
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
    elif score.quantity.base > most:
        formula = f"评分标准最多得 {most:f} 分，评价得 {score.quantity.printed} 分"
        bounds = Interval(most, most)
        yield Claim("rubric_most", full, (score,), formula, most, bounds, "", places)
