"""Scores of performance evaluations: sums over sections, grades, and formulas of a rubric."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ingest import interval
from ingest.equations.arithmetic import evaluate
from ingest.equations.book import Book
from ingest.equations.claims import Claim, show, total
from ingest.figures.naming import is_cell
from ingest.interval import Interval
from ingest.model import Document, Figure, Role
from ingest.quantity import Dimension
from ingest.reading.text import fold
from ingest.tables.columns import full_mark

_GRADE = re.compile(
    r"(?:等级|等次|档次|评级|评定|结果|评价)[^,;。“\"]{0,6}[“\"]?(优|良|中|低|差|不合格|合格(?![率证标]))"
)
_MOVED = re.compile(r"(?:提高|增加|上升|下降|降低|减少|相差|高出)了?$")
_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
_INCLUDED = r"(?:\(?不?含(?:\d{1,3}分)?\)?)?"
_BAND = re.compile(
    rf"{_NUMBER}\s*分?\s*{_INCLUDED}\s*(?:-|—|–|~|至|到)\s*{_NUMBER}\s*分?\s*{_INCLUDED}[^,;。\d]{{0,6}}?[为:是]?[“\"]?(优|良|中|低|差|不合格|合格)"
)
_ABOVE = re.compile(
    rf"{_NUMBER}\s*分?\s*\(?(?:含|及)?[)\s]*(?:含)?以上(?:\(含[^()]{{0,6}}\))?[^,;。\d]{{0,4}}?[“\"]?(优)"
)
_BELOW = re.compile(rf"{_NUMBER}\s*分?\s*以下[^,;。\d]{{0,4}}?[“\"]?(差|低|不合格)")
# 得分≥90分为“优”, 80分≤得分<90分为“良”, 得分<60分为“差”
_AT_LEAST = re.compile(rf"[≥>]=?\s*{_NUMBER}\s*分?[^,;。\d]{{0,4}}?[为:是]?[“\"]?(优)")
_BETWEEN = re.compile(
    rf"{_NUMBER}\s*分?\s*[≤<]=?[^,;。\d≤<]{{0,6}}[<≤]=?\s*{_NUMBER}\s*分?[^,;。\d]{{0,4}}?[“\"]?(优|良|中|低|差|不合格|合格)"
)
_LESS = re.compile(rf"(?<![≤<])[<≤]\s*{_NUMBER}\s*分?[^,;。\d]{{0,4}}?[为:是]?[“\"]?(差|低|不合格)")
_GRADES = re.compile(r"^[“\"]?(优|良|中|低|差|不合格|合格)[”\"]?$")
_GRADE_COLUMN = re.compile(r"等级|等次|档次|评级|评价结果|自评结果")
_FORMULA = re.compile(r"得分\s*[=＝]\s*(?P<body>[^,;。]{3,80})")
_VARIABLE = re.compile(r"[一-鿿]{0,10}率")


def score_sum(book: Book) -> Iterator[Claim]:
    """上级指标的分值、得分 = 各下级指标的分值、得分之和；总分 = 各一级指标得分之和。

    来源：绩效指标分析各章节“指标分值 a 分，评价得分 b 分”，项目支出绩效评价管理办法（财预〔2020〕10 号）。
    例：37 分 = 20 分 + 18 分不成立。
    边界：下级分值之和等于上级分值（总分为满分 100）时才查得分，以免漏列下级时误报。
    """
    document = book.document
    marks = _section_marks(document)
    children: dict[int, list[int]] = defaultdict(list)
    for section in document.sections:
        if section.parent is not None and section.no in marks:
            children[section.parent].append(section.no)
    grand = {figure.part: figure for figure in grand_scores(document)}
    for parent, kids in children.items():
        full = tuple(marks[kid].full for kid in kids)
        scores = tuple(marks[kid].score for kid in kids)
        own = marks.get(parent)
        if own is not None and _adds_up(full, own.full):
            yield total("score_sum", own.full, full)
            yield total("score_sum", own.score, scores)
        elif own is None and _whole(full) and full[0].part in grand:
            yield total("score_sum", grand[full[0].part], scores)


class _Marks(NamedTuple):
    full: Figure
    score: Figure


def _section_marks(document: Document) -> dict[int, _Marks]:
    """Per section, the full mark and the score that its text states first."""
    found: dict[int, dict[Role, Figure]] = defaultdict(dict)
    for figure in document.figures:
        if figure.locator.table is None and figure.role in (Role.FULL_MARK, Role.SCORE):
            found[figure.section].setdefault(figure.role, figure)
    return {
        section: _Marks(both[Role.FULL_MARK], both[Role.SCORE])
        for section, both in found.items()
        if len(both) == 2 and both[Role.FULL_MARK].no + 4 >= both[Role.SCORE].no
    }


def _whole(parts: tuple[Figure, ...]) -> bool:
    return len(parts) > 1 and sum(part.quantity.base for part in parts) == 100


def _adds_up(parts: tuple[Figure, ...], whole: Figure) -> bool:
    return sum(part.quantity.base for part in parts) == whole.quantity.base


_TOTAL = re.compile(r"综合|总分|总得分|本项目|最终|评价结论|自评结论|总体|整体支出")


def grand_scores(document: Document) -> list[Figure]:
    """Per part, the score of the whole evaluation, where its text states one value for it.

    Scores in sections that have a full mark of their own are an indicator's, not the whole's.
    """
    marked = {
        figure.section
        for figure in document.figures
        if figure.role is Role.FULL_MARK and figure.locator.table is None
    }
    found: dict[int, dict[Decimal, Figure]] = defaultdict(dict)
    for figure in document.figures:
        named = _TOTAL.search(figure.metric + figure.subject) is not None
        prose = figure.role is Role.SCORE and figure.locator.table is None
        if prose and named and figure.quantity.exact and figure.section not in marked:
            found[figure.part].setdefault(figure.quantity.base, figure)
    return [next(iter(values.values())) for values in found.values() if len(values) == 1]


def grade(book: Book) -> Iterator[Claim]:
    """等级 = 总分所在的档次。

    来源：报告自己写明的档次，如“90-100 分为“优”，80-89 分为“良”…”（多据财预〔2020〕10 号）；文字和汇总表的“等级”栏。
    例：83.5 分，等级“良”（80–89 分，按整数分档时 89.5 分属于 80 分以上、90 分以下一档）。
    边界：报告没有写明档次的不查。
    """
    bands = _bands(book.document)
    if not bands:
        return
    for run in book.runs:
        for index, figure in enumerate(run.figures):
            after = run.leads[index + 1] if index + 1 < len(run.leads) else run.tail
            match = _GRADE.search(after[:30]) if figure.role is Role.SCORE else None
            moved = match and ("由" in after[: match.start(1)] or _MOVED.search(run.leads[index]))
            if match and not moved and match[1] in bands and figure.quantity.exact:
                yield _graded(figure, match[1], bands[match[1]])
    yield from _grade_cells(book, bands)


def _graded(score: Figure, name: str, band: tuple[Decimal, Decimal]) -> Claim:
    """A score against the band of the grade that stands beside it."""
    low, top = band
    high = top - _CENT if top < 100 else top
    value = score.quantity.base
    inside = low <= value <= high
    formula = f"“{name}”：{low} 分以上" + (f"、{top} 分以下" if top < 100 else "")
    return Claim("grade", score, (), formula, value if inside else low, Interval(low, high))


def _grade_cells(book: Book, bands: dict[str, tuple[Decimal, Decimal]]) -> Iterator[Claim]:
    """Rows of a table with one score and a grade: 95.05 | 良."""
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        columns = [
            c
            for c, column in enumerate(table.columns)
            if column.path and _GRADE_COLUMN.search(fold(column.path[-1]))
        ]
        scores = {
            c
            for (_, c), f in grid.items()
            if f.role is Role.SCORE and f.quantity.exact and not full_mark(table.columns[c].path)
        }
        if len(columns) != 1 or len(scores) != 1:
            continue
        column, score = columns[0], scores.pop()
        for row, cells in enumerate(table.rows):
            match = _GRADES.match("".join(cells[column].text.split()))
            figure = grid.get((row, score))
            if match and match[1] in bands and figure is not None and figure.quantity.exact:
                yield _graded(figure, match[1], bands[match[1]])


_CENT = Decimal("0.01")  # scores are printed with two decimals at most


def _bands(document: Document) -> dict[str, tuple[Decimal, Decimal]]:
    """The bands of scores that the document gives, each up to the next one above it."""
    lows: dict[str, Decimal] = {}
    texts = [block.text for block in document.blocks if "分" in block.text]
    texts += [c.text for t in document.tables for row in t.rows for c in row if "分" in c.text]
    for text in texts:
        if "优" not in text or not ("良" in text or "差" in text):
            continue
        folded = fold(text)
        for low, _, name in _BAND.findall(folded):
            lows.setdefault(name, min(Decimal(low), lows.get(name, Decimal(low))))
        for low, name in _ABOVE.findall(folded):
            lows.setdefault(name, Decimal(low))
        for low, _, name in _BETWEEN.findall(folded):
            lows.setdefault(name, Decimal(low))
        for low, name in _AT_LEAST.findall(folded):
            lows.setdefault(name, Decimal(low))
        for _, name in (*_BELOW.findall(folded), *_LESS.findall(folded)):
            lows.setdefault(name, Decimal(0))
    ordered = sorted(lows.items(), key=lambda item: item[1], reverse=True)
    bands: dict[str, tuple[Decimal, Decimal]] = {}
    high = Decimal(100)
    for name, low in ordered:
        bands[name] = (low, high)
        high = low
    return bands if "优" in bands and len(bands) >= 2 else {}


def rubric(book: Book) -> Iterator[Claim]:
    """评分标准里的公式算出的得分 = 所给得分。

    来源：评分标准“得分 =（预算执行率 − 60%）÷（100% − 60%）× 8”一类公式。
    例：(86% − 60%) ÷ 40% × 8 = 5.2 分；公式写作 × 10 则得 6.5 分，与 5.2 分不符。
    边界：公式只含一个“…率”，而且同一行（同一段）里正好有一个这个率和一个得分。
    """
    yield from _rubric_rows(book)
    for paragraph in book.paragraphs:
        figures = [figure for run in paragraph for figure in run.figures]
        if figures and figures[0].locator.table is None and len(figures) <= _SHORT:
            text = fold(book.document.blocks[figures[0].block].text)
            yield from _applied(text, figures, figures)


_SHORT = 12


def _rubric_rows(book: Book) -> Iterator[Claim]:
    rows: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in book.document.figures:
        place = figure.locator
        if place.table is not None and place.row is not None:
            rows[place.table, place.row].append(figure)
    for table in book.document.tables:
        for number, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                if "得分" in cell.text and "率" in cell.text:
                    figures = rows[table.no, number]
                    others = [f for f in figures if f.locator.column != column]
                    yield from _applied(fold(cell.text), others, [f for f in others if is_cell(f)])


def _applied(text: str, rates: list[Figure], scores: list[Figure]) -> Iterator[Claim]:
    match = _FORMULA.search(text)
    if not match:
        return
    body = match["body"]
    names = set(_VARIABLE.findall(body))
    known = [f for f in rates if f.role is Role.COMPLETION and not _in_formula(f, text, match)]
    scored = [f for f in scores if f.role is Role.SCORE and not _in_formula(f, text, match)]
    values = {f.quantity.base for f in known}
    if len(names) != 1 or len(values) != 1 or len({f.quantity.base for f in scored}) != 1:
        return
    rate, score = known[-1], scored[-1]
    if rate.quantity.unit.dimension is not Dimension.PERCENT:
        return
    expression = body.replace(names.pop(), "x")
    point = evaluate(expression, rate.quantity.base / 100)
    if point is None:
        return

    def formula_at(percent: Decimal) -> Decimal | None:
        return evaluate(expression, percent / 100)

    bounds = interval.at_corners(formula_at, interval.of(rate.quantity))
    formula = expression.replace("x", show(rate))
    yield Claim("rubric", score, (rate,), formula, point, bounds)


def _in_formula(figure: Figure, text: str, match: re.Match[str]) -> bool:
    """True for the figures that the formula itself prints."""
    inside = match.start() <= figure.start < match.end()
    return inside and text[figure.start : figure.end] == fold(text[figure.start : figure.end])
