"""One fact stated twice: in sentences, in tables, in another unit."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ingest import interval
from ingest.equations.alike import KIND, VAGUE, digits, last_digits, misplaced, slip, where
from ingest.equations.book import Book
from ingest.equations.claims import Claim, closed, same
from ingest.equations.quoted import quoted_totals
from ingest.equations.scores import grand_scores
from ingest.equations.slips import TELLING
from ingest.figures.naming import is_cell, is_loose, own_key
from ingest.model import Figure, Role
from ingest.quantity import Dimension
from ingest.reading.text import compact

_TOTAL_SCORE = re.compile(r"总分|综合得分|合计|总计|总得分|评价得分")
_SOME = 8  # other values of a name that are compared
_VALUES = 4  # values in words from which on a name is a figure of speech, not a fact
_UNNAMED = re.compile(r"^[、,;]?(?:支出|收入)?(?:决算|预算|执行|实际支出)数?[为是]?$")
_CLOSE = Decimal("0.02")  # of an amount: what two scopes of one name hardly ever differ by
_COUNTED = (Dimension.COUNT, Dimension.MEASURE)
_OFTEN = 3  # times that a value of three digits must be printed before another is its slip

Key = tuple[int, str, str, str]


def same_fact(book: Book) -> Iterator[Claim]:
    """同一事实的两处：文字与表格、文字与另一处文字，名称、期间、口径相同，数值应相同（可以是不同单位）。

    来源：决算情况说明与决算表，正文与附件评分表，正文前后各处。
    例：“其他收入 1.42 万元”= 收入支出决算总表“八、其他收入 1.42”；312.46 万元 = 明细表合计 3,124,612.5 元。
    边界：名称须相同（去掉年度、单位名、“决算数”“合计”等字样后），“支出”“预算”一类泛称不算名称；数值不同而名称
    相同的，像是笔误（错一位、漏一位、颠倒两位、小数点或单位错），或者表中的金额有等式支持而相差不到 2% 的，才报错；
    “总收入”“总支出”各报告所指不一，只有像是笔误的才报错。
    """
    told: set[int] = set()
    for members in _groups(book).values():
        for claim in _within(book, members):
            told.add(claim.stated.no)
            yield claim
    yield from quoted_totals(book, told)
    yield from _total_score(book)


def _groups(book: Book) -> dict[Key, list[Figure]]:
    """The figures by what they are called.

    A figure that no other shares its full name with goes by the name without its paragraph's
    lead, where a table knows that (支出结构 农林水支出).
    """
    groups: dict[Key, list[Figure]] = defaultdict(list)
    for figure in book.document.figures:
        key = _key(book, figure)
        if key is not None:
            groups[key].append(figure)
    alone = [(key, members[0]) for key, members in groups.items() if len(members) == 1]
    for key, figure in alone:
        short = None if is_cell(figure) else _named(key, own_key(figure))
        if short is not None and any(map(is_cell, groups.get(short, ()))):
            groups[short].append(figure)
    return {key: sorted(members, key=lambda f: f.no) for key, members in groups.items()}


def _named(key: Key, name: str) -> Key | None:
    """The key with another name; None where that says too little."""
    plain = len(name) >= 3 and not VAGUE.fullmatch(name) and name != key[3]
    return (*key[:3], name) if plain else None


def _key(book: Book, figure: Figure) -> Key | None:
    kind = KIND.get(figure.role)
    if kind is None or not closed(figure) or not figure.quantity.base:
        return None
    name = book.names.of(figure)
    if len(name) < 3 or VAGUE.fullmatch(name):
        return None
    if kind in ("change", "growth", "adjustment"):
        basis = "预算" if "预算" in figure.basis else "上年" if figure.basis else ""
        kind = f"{kind}{basis}{figure.direction}"
        if is_cell(figure):
            return None
    return (figure.part, figure.period, kind, name)


def _within(book: Book, members: list[Figure]) -> Iterator[Claim]:
    """The figures of one name: each sentence's against a cell, else against one before it."""
    cells = [figure for figure in members if is_cell(figure)]
    known: dict[Decimal, Figure] = {}
    for figure in cells:
        known.setdefault(figure.quantity.base, figure)
    printed = Counter(figure.quantity.base for figure in members)
    in_words = {figure.quantity.base for figure in members if not is_cell(figure)}
    if len(in_words) > _VALUES or len(known) > _SOME:
        return
    for figure in members:
        if is_cell(figure):
            continue
        twin = _twin(figure, known)
        if twin is not None:
            if is_cell(twin) or digits(figure) >= TELLING - 1:
                yield same("same_fact", figure, twin, where(twin))
        else:
            yield from _differing(book, figure, list(known.values())[:_SOME], printed)
        known.setdefault(figure.quantity.base, figure)


def _twin(figure: Figure, known: dict[Decimal, Figure]) -> Figure | None:
    """The figure among the known values that the printed digits agree with."""
    others = [known[figure.quantity.base]] if figure.quantity.base in known else []
    for other in (*others, *list(known.values())[:_SOME]):
        comparable = figure.quantity.unit.compatible(other.quantity.unit)
        near = comparable and interval.of(figure.quantity).overlaps(interval.of(other.quantity))
        if near and other.no != figure.no:
            return other
    return None


def _differing(
    book: Book, figure: Figure, others: list[Figure], printed: Counter[Decimal]
) -> Iterator[Claim]:
    """A value of the same name that differs from this one as a slip of the pen does."""
    alike = [other for other in others if figure.quantity.unit.compatible(other.quantity.unit)]
    for judge in (_from_cell, _from_words, _near):
        for other in alike:
            wrong = judge(book, figure, other, printed)
            if wrong is not None:
                right = other if wrong is figure else figure
                yield same("same_fact", wrong, right, where(right))
                return


def _from_cell(book: Book, figure: Figure, cell: Figure, _: Counter[Decimal]) -> Figure | None:
    """The sentence's figure where a table's of the same name differs from it as a slip does."""
    telling = TELLING - 1 if cell.no in book.held else TELLING
    return figure if is_cell(cell) and slip(figure, cell, telling) else None


def _near(book: Book, figure: Figure, cell: Figure, _: Counter[Decimal]) -> Figure | None:
    """An amount or a number whose table has another for its name, but hardly another.

    Of amounts, another scope is often near; they must be held by other claims in the table.
    """
    key = book.names.of(cell)
    clause = compact(book.clauses.get(figure.no, ""))
    if not is_cell(cell) or is_loose(key) or not (key[-2:] in clause or _UNNAMED.search(clause)):
        return None
    amount = cell.quantity.base
    dimension = figure.quantity.unit.dimension
    known = cell.no in book.held if dimension is Dimension.MONEY else dimension in _COUNTED
    apart = abs(figure.quantity.base - amount)
    return figure if known and apart <= abs(amount) * _CLOSE else None


def _from_words(
    book: Book, figure: Figure, other: Figure, printed: Counter[Decimal]
) -> Figure | None:
    """Which of two sentences' figures of one name is wrong; None where neither need be."""
    if is_cell(other):
        return None
    backing = [(f.no in book.held, printed[f.quantity.base], f is other) for f in (figure, other)]
    wrong, right = (other, figure) if backing[0] > backing[1] else (figure, other)
    often = printed[right.quantity.base] >= _OFTEN
    twice = printed[right.quantity.base] > 1
    if twice and printed[wrong.quantity.base] == 1 and last_digits(figure, other):
        return wrong
    if not slip(figure, other, TELLING - 1 if often else TELLING):
        return None
    backed = right.no in book.held or twice
    return wrong if (backed and wrong.no not in book.held) or misplaced(figure, other) else None


def _total_score(book: Book) -> Iterator[Claim]:
    """The score of the whole evaluation in the text against the total row of its table."""
    totals: dict[int, dict[Decimal, Figure]] = defaultdict(dict)
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        for (row, column), figure in grid.items():
            info = table.row_at(row, column)
            named = info.path and _TOTAL_SCORE.search(info.path[-1])
            if info.total and named and figure.role is Role.SCORE:
                totals[figure.part].setdefault(figure.quantity.base, figure)
    for figure in grand_scores(book.document):
        found = totals[figure.part]
        if figure.quantity.base in found:
            yield same("same_fact", figure, found[figure.quantity.base], "评分表总分")
        elif len(found) == 1:
            other = next(iter(found.values()))
            if slip(figure, other, TELLING - 1):
                yield same("same_fact", figure, other, "评分表总分")


def unit_slip(book: Book) -> Iterator[Claim]:
    """同样的数字带着不同的货币单位（312.46 元与 312.46 万元）：没有等式支持的一处单位有误。

    来源：正文、附件各处重复写到的金额。
    例：“支出 312.46 元，预算执行率 84.4%”，别处为 312.46 万元。
    边界：至少四位有效数字，同一部分，另一处有等式支持；名称相同的，金额五位、长度等三位有效数字即查，不须等式支持；
    表格单元格的单位由表头决定，不查。
    """
    named: dict[tuple[int, Decimal], list[Figure]] = defaultdict(list)
    for figure in book.document.figures:
        money = figure.quantity.unit.dimension is Dimension.MONEY
        if money and not is_cell(figure) and closed(figure) and digits(figure) >= TELLING:
            named[figure.part, figure.quantity.value].append(figure)
    for group in named.values():
        right = [figure for figure in group if figure.no in book.held]
        if len({figure.quantity.unit for figure in right}) != 1:
            continue
        for figure in group:
            if figure.quantity.unit != right[0].quantity.unit:
                yield same("unit_slip", figure, right[0], "同一数字的另一处")
    yield from _same_digits(book)


_TELLING_NAME = 4  # characters at the end of what two figures are called
_TELLING_DIGITS = {Dimension.MONEY: 5, Dimension.MEASURE: 3}


def _same_digits(book: Book) -> Iterator[Claim]:
    """One name with one number in two units (62.4米, 62.4公里): which of them is wrong is not known."""
    named: dict[tuple[int, Decimal, str], list[Figure]] = defaultdict(list)
    for figure in book.document.figures:
        least = _TELLING_DIGITS.get(figure.quantity.unit.dimension)
        name = compact(figure.metric)[-_TELLING_NAME:]
        told = least is not None and not is_cell(figure) and closed(figure)
        if told and least is not None and len(name) == _TELLING_NAME and digits(figure) >= least:
            named[figure.part, figure.quantity.value, name].append(figure)
    for group in named.values():
        first = group[0]
        others = [f for f in group if f.quantity.unit != first.quantity.unit]
        money = first.quantity.unit.dimension is Dimension.MONEY
        if not others or not first.quantity.unit.compatible(others[0].quantity.unit):
            continue
        if money and any(figure.no in book.held for figure in group):
            continue  # told which of them is wrong
        for other in others:
            yield same("unit_slip", other, first, "同一数字的另一处")
        yield same("unit_slip", first, others[0], "同一数字的另一处")
