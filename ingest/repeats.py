"""One fact stated twice: in sentences, in tables, in another unit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest import interval
from ingest.book import Book
from ingest.claims import Claim, closed, same
from ingest.model import Figure, Role
from ingest.naming import is_cell, is_loose, own_key
from ingest.quantity import Dimension, round_half_up
from ingest.scores import grand_scores
from ingest.slips import dropped, exchanged, replaced, scaled, significant, to_digits
from ingest.text import compact

_KIND = {
    Role.VALUE: "value",
    Role.ACTUAL: "value",
    Role.BUDGET: "budget",
    Role.SCORE: "score",
    Role.FULL_MARK: "mark",
    Role.CHANGE: "change",
    Role.GROWTH: "growth",
    Role.ADJUSTMENT: "adjustment",
}
_VAGUE = re.compile(
    r"(?:该|本|此|各|每个)(?:项)?指标.*|(?!项目支出$)(?:本|该|全年|年初|年度|年中|实际|最终|项目)*(?:支出|收入|预算|资金|执行|使用|金额|合计|总计|评价|自评|得分|评分|"
    r"分值|满分|扣|其他|服务|工程|货物|办公|存在|减|增|中央|省级|市级|人员|接待|车辆|设备|比重)?"
)
_PLAIN = re.compile(
    r"资金|项目|涉及|共|全年|年度|实际|累计|财政|支出|收入|使用|支付|执行|完成|拨付|到位|投入|总|额|数|部门|整体|绩效|自评|评价|\d|年"
)
_TOTAL_SCORE = re.compile(r"总分|综合得分|合计|总计|总得分|评价得分")
_SOME = 8  # other values of a name that are compared
_VALUES = 4  # values in words from which on a name is a figure of speech, not a fact
_UNNAMED = re.compile(r"^[、,;]?(?:支出|收入)?(?:决算|预算|执行|实际支出)数?[为是]?$")
_LAST_DIGITS = 10  # units of the last printed digit by which a misprint of a long number may differ
_CLOSE = Decimal("0.02")  # of an amount: what two scopes of one name hardly ever differ by
_COUNTED = (Dimension.COUNT, Dimension.MEASURE)
_OFTEN = 3  # times that a value of three digits must be printed before another is its slip
_TELLING = 4  # digits from which equal digits are no accident

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
    yield from _totals_in_words(book, told)
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
    plain = len(name) >= 3 and not _VAGUE.fullmatch(name) and name != key[3]
    return (*key[:3], name) if plain else None


def _key(book: Book, figure: Figure) -> Key | None:
    kind = _KIND.get(figure.role)
    if kind is None or not closed(figure) or not figure.quantity.base:
        return None
    name = book.names.of(figure)
    if len(name) < 3 or _VAGUE.fullmatch(name):
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
            if is_cell(twin) or _digits(figure) >= _TELLING - 1:
                yield same("same_fact", figure, twin, _where(twin))
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


def _where(figure: Figure) -> str:
    if not is_cell(figure):
        return "另一处"
    return f"表：{' / '.join((*figure.row_path[-1:], *figure.column_path[-1:]))}"


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
                yield same("same_fact", wrong, right, _where(right))
                return


def _from_cell(book: Book, figure: Figure, cell: Figure, _: Counter[Decimal]) -> Figure | None:
    """The sentence's figure where a table's of the same name differs from it as a slip does."""
    telling = _TELLING - 1 if cell.no in book.held else _TELLING
    return figure if is_cell(cell) and _slip(figure, cell, telling) else None


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
    if twice and printed[wrong.quantity.base] == 1 and _last_digits(figure, other):
        return wrong
    if not _slip(figure, other, _TELLING - 1 if often else _TELLING):
        return None
    backed = right.no in book.held or twice
    return wrong if (backed and wrong.no not in book.held) or _misplaced(figure, other) else None


def _last_digits(first: Figure, second: Figure) -> bool:
    """True where two long numbers, printed alike, differ in the last two digits at most."""
    places = {interval.places(each.quantity) for each in (first, second)}
    units = {each.quantity.unit for each in (first, second)}
    if len(places) > 1 or len(units) > 1 or min(_digits(first), _digits(second)) < _TELLING:
        return False
    apart = abs(first.quantity.value - second.quantity.value)
    return 0 < apart <= Decimal(_LAST_DIGITS).scaleb(-places.pop())


def _values_alike(first: Figure, second: Figure) -> tuple[Decimal, Decimal]:
    """Two values in the unit of the first, both to the decimals that the coarser one prints."""
    places = min(interval.places(first.quantity), interval.places(second.quantity))
    other = second.quantity.to(first.quantity.unit).value
    return round_half_up(first.quantity.value, places), round_half_up(other, places)


def _misplaced(first: Figure, second: Figure) -> bool:
    """True where two digits changed places, or the point moved, in numbers of four digits."""
    digits = min(_digits(first), _digits(second))
    alike = _values_alike(first, second)
    return _scaled(first, second) or (digits >= _TELLING and exchanged(*alike))


def _scaled(first: Figure, second: Figure, telling: int = _TELLING) -> bool:
    """True where the point of one moved, to as many digits as the coarser one has."""
    digits = min(_digits(first), _digits(second))
    one, other = (to_digits(f.quantity.base, digits) for f in (first, second))
    return digits >= telling and scaled(one, other, telling)


def _slip(first: Figure, second: Figure, telling: int = _TELLING) -> bool:
    """True where two values differ by one digit, two digits that changed places, or the point.

    Args:
        first: a figure.
        second: another of the same name.
        telling: how many digits both must have for one that differs to be taken for a slip.
    """
    if _scaled(first, second, telling):
        return True
    one, other = _values_alike(first, second)
    if min(len(significant(one)), len(significant(other))) < _TELLING - 1:
        return False
    return exchanged(one, other) or replaced(one, other, telling) or dropped(one, other, telling)


def _totals_in_words(book: Book, told: set[int]) -> Iterator[Claim]:
    """Amounts in sentences that a table's total row gives digit for digit, or all but the last."""
    totals = _totals(book)
    rounded: dict[tuple[object, ...], _Rounded] = {}
    amounts = [
        figure
        for figure in book.document.figures
        if figure.quantity.unit.dimension is Dimension.MONEY
        and not is_cell(figure)
        and closed(figure)
        and _digits(figure) >= _TELLING
    ]
    said = {(f.part, f.quantity.value, f.quantity.unit.factor) for f in amounts}
    for figure in amounts:
        if figure.no in told:
            continue
        places, factor = interval.places(figure.quantity), figure.quantity.unit.factor
        whose = (figure.part, figure.period, _KIND.get(figure.role, ""))
        key = (*whose, places, factor)
        if key not in rounded:
            rounded[key] = _Rounded(totals.get(whose, ()), places, factor)
        value = figure.quantity.value
        twin = _chosen(book, figure, rounded[key].of(value))
        if twin is None and _digits(figure) > _TELLING:
            near = (v for v in rounded[key].near(value) if (figure.part, v, factor) not in said)
            found = (_chosen(book, figure, rounded[key].of(v)) for v in near)
            twin = next((cell for cell in found if cell and _rivals(book, figure, cell)), None)
        if twin is not None:
            yield same("same_fact", figure, twin, _where(twin))


def _rivals(book: Book, figure: Figure, cell: Figure) -> bool:
    """True where a total is held and the sentence's figure is not, or goes by the total's name."""
    key = book.names.of(cell)
    named = len(key) > 2 and not _VAGUE.fullmatch(key) and key in compact(figure.metric)
    return cell.no in book.held and (named or figure.no not in book.held)


class _Rounded:
    """The total rows of one owner by the values that a sentence would print for them."""

    def __init__(self, totals: Sequence[Figure], places: int, factor: Decimal) -> None:
        self._cells: dict[Decimal, list[Figure]] = defaultdict(list)
        for total in totals:
            self._cells[round_half_up(total.quantity.base / factor, places)].append(total)
        self._values = sorted(self._cells)
        self._reach = Decimal(_LAST_DIGITS).scaleb(-places)

    def of(self, value: Decimal) -> Sequence[Figure]:
        """The cells that would be printed as `value`."""
        return self._cells.get(value, ())

    def near(self, value: Decimal) -> list[Decimal]:
        """The other values that differ from it in the last two digits at most."""
        low = bisect_left(self._values, value - self._reach)
        high = bisect_right(self._values, value + self._reach)
        return [each for each in self._values[low:high] if each != value][:_SOME]


def _chosen(book: Book, figure: Figure, cells: Sequence[Figure]) -> Figure | None:
    """The first of some cells that a sentence may speak of, spending before income."""
    ordered = sorted(cells[:_SOME], key=lambda cell: "收入" in "".join(cell.column_path))
    return next((other for other in ordered if _may_be(book, figure, other)), None)


def _totals(book: Book) -> dict[tuple[int, str, str], list[Figure]]:
    """The amounts in total rows, by part, period and kind."""
    totals: dict[tuple[int, str, str], list[Figure]] = defaultdict(list)
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        for (row, column), figure in grid.items():
            kind = _KIND.get(figure.role, "")
            money = figure.quantity.unit.dimension is Dimension.MONEY
            if kind and money and table.row_at(row, column).total:
                totals[figure.part, figure.period, kind].append(figure)
    return totals


def _may_be(book: Book, figure: Figure, cell: Figure) -> bool:
    """True where a sentence may speak of the total in a cell.

    Never where one is income and the other expenditure. A total under a header such as 金额 may
    be any amount's; one that its column names must share words with the sentence's name.
    """
    named, labels = figure.metric, "".join((*cell.row_path, *cell.column_path))
    for word, other in (("收入", "支出"), ("支出", "收入")):
        if word in named and other not in named and other in labels and word not in labels:
            return False
    key = book.names.of(cell)
    if is_loose(book.names.of(figure)) and key.startswith("本年"):
        return False
    if len(key) < 3 or _VAGUE.fullmatch(key):
        return True
    own = _PLAIN.sub("", compact(named))
    words = {own[i : i + 2] for i in range(len(own) - 1)}
    return not words or any(word in key for word in words)


def _digits(figure: Figure) -> int:
    """Significant digits printed, trailing zeros left out."""
    return len(significant(figure.quantity.value))


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
            if _slip(figure, other, _TELLING - 1):
                yield same("same_fact", figure, other, "评分表总分")


def unit_slip(book: Book) -> Iterator[Claim]:
    """同样的数字带着不同的货币单位（312.46 元与 312.46 万元）：没有等式支持的一处单位有误。

    来源：正文、附件各处重复写到的金额。
    例：“支出 312.46 元，预算执行率 84.4%”，别处为 312.46 万元。
    边界：至少四位有效数字，同一部分，另一处有等式支持；表格单元格的单位由表头决定，不查。
    """
    named: dict[tuple[int, Decimal], list[Figure]] = defaultdict(list)
    for figure in book.document.figures:
        money = figure.quantity.unit.dimension is Dimension.MONEY
        if money and not is_cell(figure) and closed(figure) and _digits(figure) >= _TELLING:
            named[figure.part, figure.quantity.value].append(figure)
    for group in named.values():
        right = [figure for figure in group if figure.no in book.held]
        if len({figure.quantity.unit for figure in right}) != 1:
            continue
        for figure in group:
            if figure.quantity.unit != right[0].quantity.unit:
                yield same("unit_slip", figure, right[0], "同一数字的另一处")
