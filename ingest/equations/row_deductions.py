"""Points that the words of a row say were taken off, against its full mark and its score."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ingest.equations.book import Book
from ingest.equations.claims import Claim, closed, holds, show
from ingest.figures.naming import is_cell
from ingest.interval import Interval
from ingest.model import Figure, Role
from ingest.reading.text import compact, fold

_REASON = re.compile(r"扣分|原因|说明|情况|备注|理由|评分过程|评价过程|分析")
_RUBRIC = re.compile(r"标准|细则|办法|公式|依据|解释|内容|方法|要点")
_CONDITIONAL = re.compile(
    r"每|应扣|可扣|则扣|否则|酌情|扣完|为止|不得分|最多|上限|按比例|\d分制|如|若|标准|权重|加\d"
)
_SUMMED = re.compile(r"(?:共|合计|累计|总共|小计)(?:计)?扣(?:减|除)?(?:分)?")
_HELD = 3  # rows that must tell what was taken off before a row that does not is believed


def row_deduction(book: Book) -> Iterator[Claim]:
    """“分值 3 分，得 1.5 分，扣分原因：……，扣 1 分”：扣分 = 分值 − 得分；一行写有几处扣分的，各处相加。

    来源：绩效评价评分表的“扣分原因”“评分说明”栏。
    例：分值 4 分、得 3 分，“未设置该指标，扣 1 分”成立；分值 3 分、得 1.5 分，写作扣 1 分不成立。
    边界：同一张表里这样写明的行至少三行成立，而且成立的不少于不成立的三倍，才报错；写有“每”“应扣”“酌情”“按比例”
    “扣完为止”的是评分规则，不查；写有“共扣”的只看合计。
    """
    tables: dict[int, list[Claim]] = defaultdict(list)
    rows: dict[int, dict[int, list[Figure]]] = {}
    for (table, row), taken in _taken(book).items():
        if table not in rows:
            rows[table] = _by_row(book, table)
        claim = _claim(book, rows[table].get(row, []), taken)
        if claim is not None:
            tables[table].append(claim)
    for claims in tables.values():
        held = sum(map(holds, claims))
        believed = held >= _HELD and held >= _HELD * (len(claims) - held)
        yield from (claim for claim in claims if believed or holds(claim))


def _taken(book: Book) -> dict[tuple[int, int], list[Figure]]:
    """The points taken off by the words of each row's reasons."""
    found: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in book.document.figures:
        place, table = figure.locator, book.table(figure)
        if table is None or place.table is None or figure.role is not Role.DEDUCTION:
            continue
        header = compact("".join(table.columns[place.column or 0].path))
        if is_cell(figure) or not closed(figure) or not _REASON.search(header):
            continue
        if not _RUBRIC.search(header.replace("评分说明", "").replace("扣分说明", "")):
            found[place.table, place.row or 0].append(figure)
    return found


def _by_row(book: Book, table: int) -> dict[int, list[Figure]]:
    found: dict[int, list[Figure]] = defaultdict(list)
    for (row, _), figure in book.grids[table].items():
        found[row].append(figure)
    return found


def _claim(book: Book, cells: list[Figure], taken: list[Figure]) -> Claim | None:
    """What the score of a row of `cells` and the points taken off by its reasons say of each other."""
    marks = [figure for figure in cells if figure.role is Role.FULL_MARK]
    scores = [figure for figure in cells if figure.role is Role.SCORE]
    place = taken[0].locator
    table = book.document.tables[place.table or 0]
    text = fold(table.rows[place.row or 0][place.column or 0].text)
    if len(marks) != 1 or len(scores) != 1 or _CONDITIONAL.search(text):
        return None
    if len({figure.locator.column for figure in taken}) > 1:
        return None
    summed = [f for f in taken if _SUMMED.search(text[: f.start][-8:])]
    full, score = marks[0], scores[0]
    if len(summed) == 1 or len(taken) == 1:
        stated = (summed or taken)[0]
        value = full.quantity.base - score.quantity.base
        formula = f"{show(full)} − {show(score)}"
        return Claim("row_deduction", stated, (full, score), formula, value, Interval(value, value))
    value = full.quantity.base - sum(figure.quantity.base for figure in taken)
    formula = " − ".join(map(show, (full, *taken)))
    return Claim("row_deduction", score, (full, *taken), formula, value, Interval(value, value))
