"""Completion of budgets, score rates and adjustments that sentences state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest import interval
from ingest.equations.book import Book, Paragraph, Run
from ingest.equations.claims import (
    Claim,
    closed,
    falls,
    holds,
    of_budget_missed,
    percent,
    settle,
    show,
    signed_total,
)
from ingest.equations.rates import BACK, PARTED, VALUES, is_rate, new_subject, one_fact, values_of
from ingest.figures.naming import Names
from ingest.model import Direction, Figure, Role
from ingest.quantity import Dimension
from ingest.reading.numerals import decimals
from ingest.reading.text import compact

_BUDGETS = (Role.BUDGET, Role.TARGET)
_SPENT = re.compile(r"支出|执行|使用|支付|决算|完成|拨付|列支")
_TIED = re.compile(r"^[\s的之约近达为到仅]*$")  # 预算 b 的 p%
_PLANNED = re.compile(r"完成率(?:约?为|达到?|是)?\s*$")
_FINAL = re.compile(r"调整后|调减后|调增后|全年|年度|实际|最终")
_PLAIN = re.compile(
    r"资金|项目|该|本|全年|年度|实际|累计|已|共|财政|支出|使用|支付|执行|完成|拨付|到位|截至|数|额|总|金|\d|年|月|日|底|末"
)
_BUDGET_WORD = re.compile(r"预算|计划|指标|任务|目标|额度")
_FULL = 100
_PARTS = re.compile(r"\(\s*(?:其中|包括|含)")
_TO = re.compile(r"(?:至|到|为|后)[\s约]*$")


def completion(book: Book) -> Iterator[Claim]:
    """完成预算 b 的 p%、预算执行率 p%：p = v ÷ b；决算数大于（小于）预算数 c 的，p = v ÷ (v ∓ c)。

    来源：“支出决算 v，完成预算 b 的 p%”“全年预算数 b，执行数 v，完成预算的 p%”“预算执行率 p%”句式。
    例：3.60 万元 ÷ 6.40 万元 = 56.3%。
    边界：一句里有几个预算（年初、调整后）时，有一个成立即为成立；预算在同段前面几句的，一般只确认、不报错；按名称
    在别处找到的，表格里只有一个才报错。完成率封顶为 100% 而没有写明差额的、目标是上限的不查；写明差额的，只在方向
    相反（完成 100% 而大于预算）时报错。另起主语而找不到本数、“分别”“平均”的不查。没有写明是预算的资金总额（资金
    b，拨付 v，执行率 p%）也作分母，只确认、不报错；总额在别处的，须是与执行率（两位小数以上）唯一相符的数。
    """
    before: Paragraph = ()
    for paragraph in book.paragraphs:
        if before and before[0].figures[0].section != paragraph[0].figures[0].section:
            before = ()
        for number, run in enumerate(paragraph):
            for index, rate in enumerate(run.figures):
                if is_rate(rate, Role.COMPLETION) and not PARTED.search(run.clause(index)):
                    earlier = paragraph[max(0, number - 3) : number]
                    told = list(_completion_of(earlier, before, run, index, book.names))
                    yield from told or _of_amount(book, run, index)
                elif is_rate(rate, Role.VALUE) and _PLANNED.search(run.clause(index)):
                    yield from _planned(run, index)
        before = paragraph[-3:]


def _planned(run: Run, index: int) -> Iterator[Claim]:
    """完成率 of a plan: rates are capped at 100 %, and some targets are upper bounds."""
    rate = run.figures[index]
    near = [f for f in run.figures[max(0, index - 3) : index] if closed(f)]
    plans = [f for f in reversed(near) if f.role is Role.TARGET][:1]
    done = [f for f in reversed(near) if f.role is Role.ACTUAL][:1]
    like = [(d, p) for p in plans for d in done if d.quantity.unit.compatible(p.quantity.unit)]
    pairs = [(d, _as_set(p)) for d, p in like]
    readings = [percent("completion", rate, d, p) for d, p in pairs]
    short = all(claim.value is not None and claim.value < _FULL for claim in readings)
    uncapped = rate.quantity.value > _FULL or (short and rate.quantity.value < _FULL)
    turned = (percent("completion", rate, p, d) for d, p in pairs)
    beside = run.figures[index - 2 : index] == (*plans, *done)
    yield from settle(readings, strict=beside and uncapped and not any(map(holds, turned)))


def _as_set(plan: Figure) -> Figure:
    """A number of things that is planned is set and not counted: 12万人次 are 120,000, no rounding of it."""
    quantity = plan.quantity
    if quantity.unit.dimension is not Dimension.COUNT or quantity.approx:
        return plan
    return replace(plan, quantity=replace(quantity, low=quantity.value, high=quantity.value))


def _completion_of(
    earlier: Paragraph, paragraph: Paragraph, run: Run, index: int, names: Names
) -> Iterator[Claim]:
    rate = run.figures[index]
    yield from _against_difference(run, index, names)
    if index and _TIED.match(run.leads[index]):
        budget = run.figures[index - 1]
        if _BUDGET_WORD.search(run.leads[index - 1]) or budget.role in _BUDGETS:
            values, sure = values_of(run, index - 1, budget, names)
            # 分别为计划数200件、80件的105%、110%: each plan has a rate of its own.
            sure = sure and not (run.leads[index - 1].startswith("、") and run.parted(index))
            yield from _completed(names, rate, values, [budget], strict=sure)
        return
    subject = new_subject(run.clause(index))
    if subject:
        values = names.find(subject, rate, VALUES, Dimension.MONEY)
        budgets = names.find(subject, rate, (Role.BUDGET,), Dimension.MONEY)
        sure = one_fact(values) and one_fact(budgets)
        yield from _completed(names, rate, values, budgets, strict=sure)
        return
    near = [f for f in run.figures[max(0, index - BACK) : index] if f.period == rate.period]
    values = [f for f in reversed(near) if f.role in VALUES]
    budgets = [f for f in reversed(near) if f.role in _BUDGETS]
    if budgets:
        yield from _completed(names, rate, values, budgets, strict=True)
        return
    for before in reversed((*paragraph, *earlier)):
        budgets = [f for f in reversed(before.figures) if f.role is Role.BUDGET]
        if budgets:
            sure = before in earlier[-1:] and len(values) == 1 and _own(run, values[0], budgets[0])
            yield from _completed(names, rate, values[:1], budgets[:1], strict=sure)
            return
    for value in values[:1]:
        budgets = names.find(value.metric, rate, (Role.BUDGET,), Dimension.MONEY)
        sure = len(values) == 1 and one_fact(budgets)
        yield from _completed(names, rate, [value], budgets, strict=sure)


def _of_amount(book: Book, run: Run, index: int) -> Iterator[Claim]:
    """The rate of an amount that no word calls a budget (资金 b，拨付 v，执行率 p%): only confirmed.

    Of amounts told elsewhere, the only one that a rate of two decimals or more holds against.
    """
    rate = run.figures[index]
    before = [f for f in run.figures[max(0, index - BACK) : index] if _is_money(f)]
    spent = next((f for f in reversed(before) if _SPENT.search(f.metric)), None)
    if spent is None:
        return
    above = [f for f in run.previous if _is_money(f)]
    beside = before[: before.index(spent)][-1:] or (above if len(above) == 1 else [])
    readings = [percent("completion", rate, spent, whole) for whole in beside]
    if any(map(holds, readings)):
        yield from settle(readings, strict=False)
        return
    if decimals(rate.quantity.printed) < _FINE:
        return
    wholes = {
        f.quantity.base: f
        for f in book.document.figures[: spent.no]
        if _is_money(f) and f.part == rate.part and f.period == rate.period
    }
    readings = [percent("completion", rate, spent, whole) for whole in wholes.values()]
    held = [claim for claim in readings if holds(claim)]
    if len(held) == 1:
        yield from held


_FINE = 2  # decimals of a rate that hardly holds by chance


def _is_money(figure: Figure) -> bool:
    money = figure.quantity.unit.dimension is Dimension.MONEY
    return money and figure.role in VALUES and closed(figure)


def _against_difference(run: Run, index: int, names: Names) -> Iterator[Claim]:
    """完成年初预算的 p%，决算数大于预算数 c: p = v ÷ (v − c), where the two can't both be so."""
    behind = run.figures[index + 1 : index + 2]
    if not behind or behind[0].role is not Role.CHANGE or "预算" not in behind[0].basis:
        return
    rate, moved = run.figures[index], behind[0]
    if PARTED.search(run.clause(index + 1)) or not moved.quantity.value:
        return
    near = [f for f in run.figures[max(0, index - BACK) : index] if f.role in VALUES]
    near += [f for f in reversed(run.previous) if f.role in VALUES][:1]
    like = [f for f in near if f.quantity.unit.compatible(moved.quantity.unit)]
    for value in like[:1] or names.find(rate.subject, rate, VALUES, Dimension.MONEY)[:1]:
        claim = of_budget_missed(rate, moved, value)
        beyond = rate.quantity.value <= _FULL and not falls(moved)
        short = rate.quantity.value >= _FULL and falls(moved)
        if holds(claim) or beyond or short:
            yield claim


def _own(run: Run, value: Figure, budget: Figure) -> bool:
    """True where a sentence's spending can only be of the budget in the sentence before it."""
    unnamed = not _PLAIN.sub("", compact(run.clause(run.figures.index(value))))
    return unnamed and value.period == budget.period and _FINAL.search(budget.metric) is not None


def _completed(
    names: Names,
    rate: Figure,
    values: Sequence[Figure],
    budgets: Sequence[Figure],
    *,
    strict: bool,
) -> Iterator[Claim]:
    values = sorted(values, key=lambda figure: _SPENT.search(figure.metric) is None)
    pairs = [(v, b) for b in budgets for v in values if v.quantity.unit.compatible(b.quantity.unit)]
    yield from settled(names, "completion", rate, pairs, strict=strict)


def settled(
    names: Names,
    family: str,
    rate: Figure,
    pairs: Sequence[tuple[Figure, Figure]],
    *,
    strict: bool,
) -> Iterator[Claim]:
    """The best reading of a rate; where only a unit is wrong, the figure that has it is blamed."""
    readings = [
        percent(family, rate, names.sharpened(part), names.sharpened(whole))
        for part, whole in pairs
    ]
    if not any(holds(claim) for claim in readings):
        for part, whole in pairs:
            slip = _unit_slip(family, rate, part, whole)
            if slip is not None:
                yield slip
                return
    yield from settle(readings, strict=strict, slips=True)


def _unit_slip(family: str, rate: Figure, part: Figure, whole: Figure) -> Claim | None:
    """`part` against rate × whole, where reading its digits in the whole's unit mends the rate."""
    own, other = part.quantity.unit, whole.quantity.unit
    if own == other or own.dimension is not Dimension.MONEY or not rate.quantity.value:
        return None
    ratio = other.factor / own.factor
    scaled = interval.of(part.quantity).scaled(ratio)
    bounds = interval.at_corners(interval.ratio_percent, scaled, interval.of(whole.quantity))
    if bounds is None or not bounds.overlaps(interval.of(rate.quantity)):
        return None

    def formula_at(share: Decimal, amount: Decimal) -> Decimal:
        return share * amount / 100

    point = formula_at(rate.quantity.base, whole.quantity.base)
    reach = interval.at_corners(formula_at, interval.of(rate.quantity), interval.of(whole.quantity))
    formula = f"{show(whole)} × {show(rate)}"
    return Claim(family, part, (rate, whole), formula, point, reach)


def score_rate(book: Book) -> Iterator[Claim]:
    """得分率 = 得分 ÷ 分值。

    来源：绩效指标分析“指标分值 a 分，评价得分 b 分，得分率为 p%”句式。
    例：17.5 分 ÷ 22 分 = 79.5%，写成 75.9% 即不成立。
    边界：另起主语、“平均得分率”不查。
    """
    for run in book.runs:
        for index, rate in enumerate(run.figures):
            clause = run.clause(index)
            if not is_rate(rate, Role.SCORE_RATE) or new_subject(clause) or PARTED.search(clause):
                continue
            before = run.figures[max(0, index - 4) : index]
            score = next((f for f in reversed(before) if f.role is Role.SCORE), None)
            full = next((f for f in reversed(before) if f.role is Role.FULL_MARK), None)
            if score is not None and full is not None:
                yield percent("score_rate", rate, score, full)


def adjustment(book: Book) -> Iterator[Claim]:
    """调整后预算 = 年初预算 ± 各次调整；预算调整率 = 调整额 ÷ 年初预算。

    来源：资金情况“年初预算 a，调增（减）b，调整后预算 c，预算调整率 p%”句式。
    例：620.50 − 40.10 − 210.20 = 370.20 万元；12.40 ÷ 200 = 6.2%。
    边界：几次调整须在两个预算之间，在一句里（分号隔开的也算）；跨句的只确认，不报错；“调减至”后面的是调整后的数；
    括号里“其中”的各数是前面一次调整的组成，不另算一次。
    """
    for paragraph in book.paragraphs:
        trail: list[tuple[int, Figure]] = []  # the last budget and the adjustments after it
        moved: list[Figure] = []  # the same of the adjusted budget before, for its rate
        budgets: list[Figure] = []  # all before
        for number, run in enumerate(paragraph):
            for index, figure in enumerate(run.figures):
                money = figure.quantity.unit.dimension is Dimension.MONEY
                if is_rate(figure, Role.ADJUSTMENT_RATE):
                    yield from _adjusted_by(figure, budgets, [f for _, f in trail], moved)
                elif _part_in_brackets(run, index):
                    continue
                elif money and figure.role is Role.ADJUSTMENT and not _TO.search(run.clause(index)):
                    trail += [(number, figure)] if len(trail) <= BACK else []
                elif money and figure.role in (Role.BUDGET, Role.ADJUSTMENT):
                    start = trail[0][0] if trail else number
                    one = all(r.tail.rstrip().endswith(";") for r in paragraph[start:number])
                    yield from _adjusted_to(figure, trail, sure=one)
                    moved = [f for _, f in trail] if len(trail) > 1 else moved
                    trail = [(number, figure)]
                if money and figure.role is Role.BUDGET:
                    budgets.append(figure)


def _part_in_brackets(run: Run, index: int) -> bool:
    """年中追加 619.50 万元（其中上级 388.20 万元、区级追加 231.30 万元）: what stands in the brackets."""
    text = "".join(run.leads[: index + 1])
    opened = text.rfind("(")
    return opened > text.rfind(")") and _PARTS.match(text, opened) is not None


def _adjusted_to(final: Figure, trail: list[tuple[int, Figure]], *, sure: bool) -> Iterator[Claim]:
    if not 2 <= len(trail) <= BACK or trail[0][1].role is not Role.BUDGET:
        return
    initial, moves = trail[0][1], [figure for _, figure in trail[1:]]
    if not initial.quantity.unit.compatible(final.quantity.unit):
        return
    signed = [(-1 if f.direction is Direction.DOWN else 1, f) for f in moves]
    choices = [signed] if len(signed) == 1 else [signed, signed[:1], signed[-1:]]
    readings = [signed_total("adjustment", final, [(1, initial), *terms]) for terms in choices]
    yield from settle(readings, strict=sure)


def _adjusted_by(rate: Figure, budgets: Sequence[Figure], *trails: list[Figure]) -> Iterator[Claim]:
    """The rate of the one adjustment before it, of the budget that it adjusts or of one named
    before (比申报数核减)."""
    for trail in trails:
        if len(trail) > 1 and trail[0].role is Role.BUDGET:
            if len(trail) == 2:
                bases = [trail[0], *(each for each in reversed(budgets) if each != trail[0])]
                claims = [percent("adjustment_rate", rate, trail[1], base) for base in bases[:4]]
                yield from settle(claims, strict=True)
            return
