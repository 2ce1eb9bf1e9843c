"""Claims of a report about its own figures, recomputed with intervals.

A family is one function over a document's figures that yields `Claim`s; `FAMILIES` lists them in
order. A claim holds exactly (the recomputed value, rounded as printed, is what is printed), within
rounding (the intervals touch), fails, or cannot be checked (with the reason).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from ingest import interval
from ingest.interval import Interval
from ingest.model import Direction, Document, Equation, Figure, Role, Verdict
from ingest.quantity import Dimension
from ingest.sums import SumClaim, section_scores, table_sums


@dataclass(frozen=True, slots=True)
class Claim:
    """A stated figure against what its operands give; `value` None: not checkable, see `reason`."""

    family: str
    stated: Figure
    operands: tuple[Figure, ...]
    formula: str
    value: Decimal | None
    bounds: Interval | None
    reason: str = ""


def find_equations(document: Document) -> tuple[Equation, ...]:
    """All equations of a document, numbered from 0."""
    claims = [claim for family in FAMILIES for claim in family(document)]
    return tuple(_judge(number, claim) for number, claim in enumerate(claims))


def _judge(number: int, claim: Claim) -> Equation:
    factor = claim.stated.quantity.unit.factor
    if claim.value is None or claim.bounds is None:
        verdict = Verdict.NOT_CHECKABLE
    elif interval.agrees_when_rounded(claim.value / factor, claim.stated.quantity):
        verdict = Verdict.EXACT
    elif claim.bounds.overlaps(interval.of(claim.stated.quantity)):
        verdict = Verdict.ROUNDING
    else:
        verdict = Verdict.FAILS

    def scaled(bound: Decimal | None) -> Decimal | None:
        return None if bound is None else bound / factor

    return Equation(
        no=number,
        family=claim.family,
        formula=claim.formula,
        verdict=verdict,
        stated=claim.stated.no,
        operands=tuple(figure.no for figure in claim.operands),
        value=scaled(claim.value),
        low=scaled(claim.bounds.low) if claim.bounds else None,
        high=scaled(claim.bounds.high) if claim.bounds else None,
        reason=claim.reason,
    )


def show(figure: Figure) -> str:
    """A figure as an operand: printed digits and unit."""
    return f"{figure.quantity.printed}{figure.quantity.unit.symbol}"


def _clauses(document: Document) -> Iterator[list[Figure]]:
    """Runs of figures of one sentence, in reading order."""

    def key(figure: Figure) -> tuple[object, ...]:
        place = figure.locator
        return (figure.block, place.table, place.row, place.column, figure.sentence)

    prose = (figure for figure in document.figures if figure.subject)
    for _, run in groupby(prose, key):
        yield list(run)


def _last(figures: list[Figure], *roles: Role) -> Figure | None:
    return next((f for f in reversed(figures) if f.role in roles), None)


def _percent_claim(family: str, rate: Figure, part: Figure, whole: Figure, sign: int = 1) -> Claim:
    """100 · part ÷ whole against a stated rate."""
    formula = f"{show(part)} ÷ {show(whole)} × 100%"
    unlike = not part.quantity.unit.compatible(whole.quantity.unit)
    if unlike or whole.quantity.base == 0:
        reason = "单位不同，不能相除" if unlike else "基数为 0，不可比"
        return Claim(family, rate, (part, whole), formula, None, None, reason)
    value = interval.ratio_percent(part.quantity.base, whole.quantity.base)
    bounds = interval.at_corners(
        interval.ratio_percent, interval.of(part.quantity), interval.of(whole.quantity)
    )
    reason = "" if bounds else "分母的取值范围含 0"
    return Claim(family, rate, (part, whole), formula, value, bounds, reason)


def growth(document: Document) -> Iterator[Claim]:
    """比上年增加 c，增长 g：g = c ÷ (v ∓ c)，在 (v, c) 区间的角点上求值。"""
    for run in _clauses(document):
        for index, rate in enumerate(run):
            if (
                rate.role is not Role.GROWTH
                or rate.quantity.unit.dimension is not Dimension.PERCENT
            ):
                continue
            change = _last(run[:index], Role.CHANGE)
            value = _last(run[:index], Role.VALUE, Role.ACTUAL)
            if change is None or value is None or change.basis != rate.basis:
                continue
            if not change.quantity.unit.compatible(value.quantity.unit):
                continue
            yield _growth_claim(rate, change, value)


def _growth_claim(rate: Figure, change: Figure, value: Figure) -> Claim:
    down = change.direction is Direction.DOWN
    sign = "+" if down else "−"
    formula = f"{show(change)} ÷ ({show(value)} {sign} {show(change)}) × 100%"

    def formula_at(current: Decimal, moved: Decimal) -> Decimal | None:
        signed = interval.growth_percent(current, -moved if down else moved)
        return None if signed is None else abs(signed)

    point = formula_at(value.quantity.base, change.quantity.base)
    bounds = interval.at_corners(
        formula_at, interval.of(value.quantity), interval.of(change.quantity)
    )
    if (change.direction is rate.direction) is False and rate.quantity.value != 0:
        return Claim("growth", rate, (change, value), formula, None, None, "增减方向不一致")
    reason = "" if point is not None and bounds else "基数为 0，不可比"
    return Claim("growth", rate, (change, value), formula, point, bounds, reason)


def completion(document: Document) -> Iterator[Claim]:
    """完成预算 b 的 p%：p = v ÷ b。"""
    for run in _clauses(document):
        for index, rate in enumerate(run):
            if rate.role is not Role.COMPLETION:
                continue
            budget = _last(run[:index], Role.BUDGET)
            value = _last(run[:index], Role.VALUE, Role.ACTUAL)
            if budget and value:
                yield _percent_claim("completion", rate, value, budget)


def share(document: Document) -> Iterator[Claim]:
    """a 占 b 的 p%：b 按名称在同一文件中找到。"""
    totals: dict[str, Figure] = {}
    for figure in document.figures:
        if figure.role is Role.VALUE and figure.quantity.unit.dimension is Dimension.MONEY:
            totals.setdefault(figure.metric.replace(" ", ""), figure)
    for run in _clauses(document):
        for index, rate in enumerate(run):
            if rate.role is not Role.SHARE or not rate.basis:
                continue
            value = _last(run[:index], Role.VALUE)
            whole = totals.get(rate.basis.replace(" ", ""))
            if value and whole and whole.part == rate.part and whole.no != value.no:
                yield _percent_claim("share", rate, value, whole)


def score_rate(document: Document) -> Iterator[Claim]:
    """得分率 = 得分 ÷ 分值。"""
    for run in _clauses(document):
        for index, rate in enumerate(run):
            if rate.role is not Role.SCORE_RATE:
                continue
            score, full = _last(run[:index], Role.SCORE), _last(run[:index], Role.FULL_MARK)
            if score and full:
                yield _percent_claim("score_rate", rate, score, full)


def adjustment_rate(document: Document) -> Iterator[Claim]:
    """预算调整率 = 调整额 ÷ 年初预算。"""
    for run in _clauses(document):
        for index, rate in enumerate(run):
            if rate.role is not Role.ADJUSTMENT_RATE:
                continue
            moved, initial = _last(run[:index], Role.ADJUSTMENT), _last(run[:index], Role.BUDGET)
            if moved and initial:
                yield _percent_claim("adjustment_rate", rate, moved, initial)


def sums(document: Document) -> Iterator[Claim]:
    """合计 = 各部分之和：表内的层级、合计行、合计列，以及各级指标的得分与分值。"""
    claims: list[SumClaim] = [*table_sums(document), *section_scores(document)]
    for claim in claims:
        parts = claim.parts
        value = sum((part.quantity.base for part in parts), Decimal(0))
        bounds = interval.total([interval.of(part.quantity) for part in parts])
        shown = " + ".join(show(part) for part in parts[:6])
        if len(parts) > 6:
            shown += f" + …（共 {len(parts)} 项）"
        yield Claim(claim.family, claim.stated, tuple(parts), shown, value, bounds)


def unit_slip(document: Document) -> Iterator[Claim]:
    """同名、同数字而货币单位不同（428.54 元与 428.54 万元）：少数者与多数者不符。"""
    named: dict[tuple[str, str, int], list[Figure]] = defaultdict(list)
    for figure in document.figures:
        money = figure.quantity.unit.dimension is Dimension.MONEY
        if money and figure.subject and len(figure.quantity.value.as_tuple().digits) >= 4:
            named[(figure.metric[-6:], figure.quantity.printed, figure.part)].append(figure)
    supported = _supported(document)
    for group in named.values():
        symbols = {figure.quantity.unit.symbol for figure in group}
        if len(symbols) != 2:
            continue
        backed = [figure for figure in group if figure.no in supported] or []
        right = {figure.quantity.unit.symbol for figure in backed}
        if len(right) != 1:
            continue
        for figure in group:
            if figure.quantity.unit.symbol not in right:
                true = backed[0]
                yield Claim(
                    "unit_slip",
                    figure,
                    (true,),
                    f"{show(true)}（同一事项的另一处）",
                    true.quantity.base,
                    interval.of(true.quantity),
                )


def _supported(document: Document) -> set[int]:
    """Figures that take part in a rate equation that holds."""
    held: set[int] = set()
    for family in (completion, growth):
        for number, claim in enumerate(family(document)):
            if _judge(number, claim).verdict in (Verdict.EXACT, Verdict.ROUNDING):
                held.update(figure.no for figure in (claim.stated, *claim.operands))
    return held


def same_fact(document: Document) -> Iterator[Claim]:
    """文字与表格是同一事实：名称相含、期间相同、数值区间相交。"""
    cells: dict[Decimal, list[Figure]] = defaultdict(list)
    for figure in document.figures:
        if figure.locator.table is not None and not figure.subject and figure.quantity.base != 0:
            cells[figure.quantity.base.quantize(Decimal(1000))].append(figure)
    for figure in document.figures:
        money = figure.quantity.unit.dimension is Dimension.MONEY
        if figure.locator.table is not None or not money or figure.quantity.base == 0:
            continue
        near = figure.quantity.base.quantize(Decimal(1000))
        for key in (near - 1000, near, near + 1000):
            match = next((c for c in cells.get(key, ()) if _same(figure, c)), None)
            if match:
                yield Claim(
                    "same_fact",
                    figure,
                    (match,),
                    f"{show(match)}（表：{' / '.join(match.row_path[-1:])}）",
                    match.quantity.base,
                    interval.of(match.quantity),
                )
                break


def _same(prose: Figure, cell: Figure) -> bool:
    if prose.period != cell.period or not prose.quantity.unit.compatible(cell.quantity.unit):
        return False
    if not interval.of(prose.quantity).overlaps(interval.of(cell.quantity)):
        return False
    name = prose.metric.replace(" ", "")
    labels = [label for label in (*cell.row_path[-1:], *cell.column_path) if len(label) >= 3]
    return any(label in name or name in label for label in labels if name)


FAMILIES: tuple[Callable[[Document], Iterator[Claim]], ...] = (
    growth,
    completion,
    share,
    score_rate,
    adjustment_rate,
    sums,
    unit_slip,
    same_fact,
)
