"""Rates and changes whose operands stand in the sentence before or after their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.equations.book import Book, Paragraph, Run
from ingest.equations.claims import Claim, closed, figures_of, grown_from, percent, signed_total
from ingest.equations.rates import PARTED, is_rate, new_subject
from ingest.figures.naming import fact_key
from ingest.model import Direction, Figure, Role
from ingest.quantity import Dimension
from ingest.reading.text import compact

_VALUES = (Role.VALUE, Role.ACTUAL)
_YEARS = re.compile(r"20\d\d年(?:度|末|底)?")
_COPULA = re.compile(r"(?:为|是|达到?|共|约)+$")
_AGAINST_LAST = re.compile(r"上年|去年|上一年|同期")
_RATED = re.compile(r"(?:预算|资金|支出|支付)?(?:执行率|支出进度|支付进度|执行进度|支出率)")
_WHOLE = re.compile(r"(?:总额|合计|总计|总支出|总收入|总投资|总面积|总数|共计?)(?:为|是)?$")
_FINAL = re.compile(r"调整后|调减后|调增后|全年|年度")
_PLAN = re.compile(r"计划|目标|预计|拟|应|实际|完成")
_ARRIVED = re.compile(r"(?:^|[,;。]|项目|预算|财政)资金到位率(?:约?为|达到?|是)?\s*$")
_BARE_SHARE = re.compile(r"占(?:比)?(?:约?为|达到?|约|是)?\s*$")
_BARE_RATE = re.compile(r"完成率(?:约?为|达到?|是)?\s*$")
_NEAR = 2  # sentences on either side
_MOST = 6  # amounts in a paragraph on one budget


def _new(book: Book, claims: Iterator[Claim]) -> Iterator[Claim]:
    """The claims that no family of one sentence, or of two, has made already."""
    return (claim for claim in claims if figures_of(claim) not in book.said)


def two_years(book: Book) -> Iterator[Claim]:
    """“2022 年 a，2023 年 b，增长 g%”：g = (b − a) ÷ a，增减额 = b − a；两数可在前后一句。

    来源：业务量、收支的两年对比，两个数与增长率分在相邻的句子里。
    例：2022 年 400 万元，2023 年 500 万元，增长 25%，写作 35% 不成立。
    边界：两个数名称相同（年度不计）、单位相同、年份相邻，在前两句到后一句里各只有一个；增长率没有另起主语，或者主语就是
    这个名称；比预算、比计划的不查；已写明增减额的增长率由 growth 查。
    """
    for paragraph in book.paragraphs:
        named = [_named(run) for run in paragraph]
        for number, run in enumerate(paragraph):
            for index, moved in enumerate(run.figures):
                if moved.role in (Role.GROWTH, Role.CHANGE) and closed(moved):
                    yield from _new(book, _two_years(run, index, named, number))


class _Named(NamedTuple):
    """The values of a run by name and year, and the name of the last value before every figure."""

    values: dict[tuple[str, str], list[Figure]]
    before: list[str]


def _named(run: Run) -> _Named:
    """A value that is named by its year alone goes on with the last name."""
    values: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    before = [""]
    for figure in run.figures:
        name = before[-1]
        if figure.role in _VALUES and closed(figure):
            own = _COPULA.sub("", _YEARS.sub("", compact(figure.metric)))
            name = fact_key(own) if own else name
            values[name, figure.period].append(figure)
        before.append(name)
    return _Named(values, before)


def _two_years(run: Run, index: int, named: Sequence[_Named], number: int) -> Iterator[Claim]:
    moved = run.figures[index]
    percent_ = moved.quantity.unit.dimension is Dimension.PERCENT
    if PARTED.search(run.leads[index]) or not _against_last_year(moved):
        return
    if percent_ and index and run.figures[index - 1].role is Role.CHANGE:
        return
    name = fact_key(new_subject(run.clause(index))) or named[number].before[index]
    if not name and number and not index:
        name = named[number - 1].before[-1]
    near = named[max(0, number - _NEAR) : number + 2]
    years = (moved.period, str(int(moved.period) - 1))
    found = [[f for each in near for f in each.values.get((name, year), ())] for year in years]
    if not name or any(len(figures) != 1 for figures in found):
        return
    value, base = found[0][0], found[1][0]
    if not value.quantity.unit.compatible(base.quantity.unit):
        return
    if percent_ and base.quantity.base and value.quantity.unit.dimension is not Dimension.PERCENT:
        yield grown_from(moved, value, base)
    elif moved.quantity.unit.compatible(value.quantity.unit) and moved.role is Role.CHANGE:
        sign = -1 if moved.direction is Direction.DOWN else 1
        yield signed_total("change", moved, [(sign, value), (-sign, base)])


def _against_last_year(moved: Figure) -> bool:
    """A change against the year before, said so or not said at all."""
    if not moved.period.isdigit() or moved.direction is Direction.NONE:
        return False
    if "预算" in moved.basis or "计划" in moved.basis:
        return False
    named = re.search(r"20\d\d", moved.basis)
    if named:
        return int(named[0]) == int(moved.period) - 1
    return not moved.basis or bool(_AGAINST_LAST.search(moved.basis))


def spread_rate(book: Book) -> Iterator[Claim]:
    """“全年预算 b。执行数 v。预算执行率 p%。”：p = v ÷ b，三个数分在几句里；占比、完成率也是。

    来源：资金使用情况、产出完成情况，一句一个数的写法；“支出总额 t。其中基本支出 a，占 p%”。
    例：预算 100 万元，执行 90 万元，执行率 90%，写作 95% 不成立。
    边界：这一段里只有一个预算、一个支出（到位率：一个到位数）；占比的前一句只有一个总额，率之前只有一个分项；计划与实际名称相同；
    同一句里已有两个数的由 completion、share 查。
    """
    for paragraph in book.paragraphs:
        paid = _paid(paragraph)
        for number, run in enumerate(paragraph):
            for index, rate in enumerate(run.figures):
                if paid and is_rate(rate, Role.COMPLETION):
                    yield from _new(book, _completion(paid, run, index, number))
                elif paid and is_rate(rate, Role.VALUE) and _ARRIVED.search(run.leads[index]):
                    yield from _new(book, _arrived(paid, run, index, number))
                elif is_rate(rate, Role.SHARE) and number:
                    yield from _new(book, _share(paragraph[number - 1], run, index))
                elif is_rate(rate, Role.VALUE) and number:
                    yield from _new(book, _planned(paragraph[number - 1], run, index))


class _Paid(NamedTuple):
    """The one budget and the one expenditure of a paragraph, and the sentences they stand in."""

    budget: tuple[int, Figure]
    value: tuple[int, Figure]
    rates: int


def _paid(paragraph: Paragraph) -> _Paid | None:
    """None where the paragraph has other amounts, or several rates."""
    figures = [(number, figure) for number, run in enumerate(paragraph) for figure in run.figures]
    money = [each for each in figures if each[1].quantity.unit.dimension is Dimension.MONEY]
    budgets = [each for each in money if each[1].role is Role.BUDGET]
    values = [each for each in money if each[1].role in _VALUES]
    rates = sum(figure.role is Role.COMPLETION for _, figure in figures)
    if len(budgets) != 1 or len(values) != 1 or len(money) != 2:
        return None
    plain = closed(budgets[0][1]) and closed(values[0][1])
    return _Paid(budgets[0], values[0], rates) if plain else None


def _completion(paid: _Paid, run: Run, index: int, number: int) -> Iterator[Claim]:
    said = run.clause(index)
    subject = new_subject(said)
    if (subject and not _RATED.fullmatch(subject)) or PARTED.search(said):
        return
    paid_out = paid.rates == 1 and "到位" not in paid.value[1].metric
    if paid_out and _close(paid, number) and _RATED.search(compact(said)):
        yield percent("completion", run.figures[index], paid.value[1], paid.budget[1])


def _arrived(paid: _Paid, run: Run, index: int, number: int) -> Iterator[Claim]:
    """全年预算500万元，实际到位480万元，资金到位率96%."""
    said = run.leads[index]
    if "到位" in paid.value[1].metric and not PARTED.search(said) and _close(paid, number):
        yield percent("completion", run.figures[index], paid.value[1], paid.budget[1])


def _close(paid: _Paid, number: int) -> bool:
    return all(abs(number - place) <= _NEAR for place, _ in (paid.budget, paid.value))


def _share(before: Run, run: Run, index: int) -> Iterator[Claim]:
    """其中基本支出300万元，占60% after a sentence with one total."""
    opened = run.leads[0].lstrip(",，").startswith("其中")
    if index != 1 or not opened or not _BARE_SHARE.search(run.leads[1]):
        return
    part = run.figures[0]
    wholes = [f for f in before.figures if f.role in _VALUES and closed(f)]
    if part.role not in _VALUES or not closed(part) or len(wholes) != 1:
        return
    alike = wholes[0].quantity.unit.compatible(part.quantity.unit)
    if alike and _WHOLE.search(compact(wholes[0].metric)):
        yield percent("share", run.figures[1], part, wholes[0])


def _planned(before: Run, run: Run, index: int) -> Iterator[Claim]:
    """计划培训500人次。实际培训450人次，完成率90%."""
    lead = run.leads[index]
    if not 0 < index <= _MOST or PARTED.search(lead) or not _BARE_RATE.search(lead):
        return
    known = (*before.figures[-_MOST:], *run.figures[:index])
    targets = [f for f in known if f.role is Role.TARGET]
    actuals = [f for f in known if f.role is Role.ACTUAL]
    if len(targets) != 1 or len(actuals) != 1 or targets[0] in run.figures[:index]:
        return
    target, actual = targets[0], actuals[0]
    names = {_PLAN.sub("", compact(f.metric)) for f in (target, actual)}
    alike = target.quantity.unit.compatible(actual.quantity.unit)
    below = actual.quantity.base < target.quantity.base
    if len(names) == 1 and alike and below and closed(target) and closed(actual):
        yield percent("completion", run.figures[index], actual, target)


def spread_adjustment(book: Book) -> Iterator[Claim]:
    """“年初预算 a。年中追加 b。调整后预算 c。”：c = a ± b，分在几句里。

    来源：预算安排与调整情况，一句一个数的写法。
    例：100 万元 + 20 万元 = 120 万元，写作 130 万元不成立。
    边界：这一段里恰有年初、调整后两个预算，其间全是调整额，没有别的金额；同一句里的由 adjustment 查。
    """
    for paragraph in book.paragraphs:
        money = [
            (number, figure)
            for number, run in enumerate(paragraph)
            for figure in run.figures
            if figure.quantity.unit.dimension is Dimension.MONEY
        ]
        if len(paragraph) > 1 and 3 <= len(money) <= _MOST:
            yield from _new(book, _adjusted(money))


def _adjusted(money: Sequence[tuple[int, Figure]]) -> Iterator[Claim]:
    budgets = [place for place, (_, f) in enumerate(money) if f.role is Role.BUDGET]
    if len(budgets) != 2 or money[budgets[0]][0] == money[budgets[1]][0]:
        return
    first, last = budgets
    initial, final = money[first][1], money[last][1]
    moves = [figure for _, figure in money[first + 1 : last]]
    if not moves or any(f.role is not Role.ADJUSTMENT for f in moves):
        return
    named = "年初" in initial.metric and _FINAL.search(final.metric)
    plain = all(closed(f) and f.direction is not Direction.NONE for f in moves)
    if named and plain and closed(initial) and closed(final):
        terms = [(-1 if f.direction is Direction.DOWN else 1, f) for f in moves]
        yield signed_total("adjustment", final, [(1, initial), *terms])
