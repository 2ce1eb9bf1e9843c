"""Totals that come after their parts: 甲 a、乙 b，合计 t; 支出 v，结余 r，预算总额 b."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.equations.book import Book, Run
from ingest.equations.claims import Claim, closed, figures_of, settle, signed_total, total
from ingest.model import Figure, Role
from ingest.quantity import Dimension

_VALUES = (Role.VALUE, Role.ACTUAL)
_TOTAL = re.compile(
    r"^[,;]?(?:以上|上述|[两三四五六二]项)?(?:可用)?(?:资金|收入|支出|经费|费用|金额|投资|投入)?(?:合计|共计|总计)[一-鿿]{0,4}$|"
    r"^[,;](?:累计|总)?共(?:到位|下达|安排|投入|支出|使用|支付|拨付|收入|筹集)[一-鿿]{0,6}$"
)
_UNCLEAR = re.compile(r"其中|包括|包含|含|[(]|比|较|占|人均|户均|平均|每|标准|左右|分别[^、]*$")
_CARRIED = re.compile(r"(?:上年|年初|以前年度)(?:财政拨款)?(?:结转|结余)")
_OWN = re.compile(r"(?:本年|当年|年度)[^,;。]{0,8}(?:收入|预算|安排|拨款|下达)|年初预算")
_GENERIC = ("个", "项", "家", "处", "次")
_FEWEST, _MOST = 2, 8
_TIMES = 2  # a total more than so many times the sum is of more than the sentence names


def trailing_sum(book: Book) -> Iterator[Claim]:
    """“甲 a、乙 b、丙 c，合计 t”：t = a + b + c；“上年结转 a，本年安排 b，可用资金合计 t”：t = a + b。

    来源：资金来源、到位情况、工作量的叙述。
    例：中央 600 万元、省级 300 万元、县级 200 万元，合计 1,100 万元，写作 1,200 万元不成立。
    边界：合计之前这一句的数单位全同，以顿号并列（或者是上年结转与本年安排），没有“其中”“占”“比”；其他的，以及合计多于各项之和一倍的，只确认。
    """
    for run in book.runs:
        start = 0
        for index in range(len(run.figures)):
            if not _TOTAL.match(run.leads[index]) or index - start < _FEWEST:
                continue
            claims = _summed(run, start, index) if index - start <= _MOST else iter(())
            yield from (c for c in claims if figures_of(c) not in book.said)
            start = index + 1


def _summed(run: Run, start: int, index: int) -> Iterator[Claim]:
    whole, parts, leads = run.figures[index], run.figures[start:index], run.leads[start : index + 1]
    if not closed(whole) or not all(_alike(part, whole) for part in parts):
        return
    if any(_UNCLEAR.search(lead) for lead in leads):
        return
    sum_ = sum((part.quantity.base for part in parts), Decimal(0))
    near = whole.quantity.base < _TIMES * sum_ and sum_ < _TIMES * whole.quantity.base
    nested = any(part.quantity.base == whole.quantity.base for part in parts)
    listed = all(lead.startswith(("、", "和", "及", "与", "以及")) for lead in leads[1:-1])
    carried = len(parts) == 2 and _CARRIED.search(leads[0]) and _OWN.search(leads[1])
    counted = whole.quantity.unit.dimension is Dimension.COUNT
    generic = counted and whole.quantity.unit.symbol in _GENERIC
    sure = bool(listed or carried) and near and not nested and not generic
    yield from settle([total("sentence_sum", whole, tuple(parts))], strict=sure, slips=not nested)


def _alike(part: Figure, whole: Figure) -> bool:
    known = part.role in (*_VALUES, Role.BUDGET) and whole.role in (*_VALUES, Role.BUDGET)
    unit = part.quantity.unit
    same = unit.compatible(whole.quantity.unit) and unit.noun == whole.quantity.unit.noun
    return known and same and closed(part)


_LEFT = re.compile(
    r"^[,、;]?(?:资金|年末|预算|尚)?(?:结余|剩余|结转|未支出|未支付)(?:资金)?(?:为|约)?$"
)
_SPENT = re.compile(r"(?:支出|支付|执行|使用)(?:数|资金|金额)?(?:为|了)?$")


def rest_before(book: Book) -> Iterator[Claim]:
    """“支出 v，结余 r，预算总额 b”：r = b − v；“上年结转 a，本年到位 b，支出 v，年末结转 r”：r = a + b − v。

    来源：资金使用情况的叙述。
    例：支出 392 万元，结余 28 万元，预算总额 430 万元，不成立。
    边界：这一句恰有这三个（四个）金额；预算在前的由 remainder 查。
    """
    for run in book.runs:
        if len(run.figures) == 4 and all(map(_is_money, run.figures)):
            yield from _carried_on(run.figures, run.leads)
        if len(run.figures) == 3 and all(map(_is_money, run.figures)):
            yield from _rest(run.figures, run.leads)


def _rest(figures: Sequence[Figure], leads: Sequence[str]) -> Iterator[Claim]:
    spent, rest, budget = figures
    named = _SPENT.search(leads[0]) and _LEFT.match(leads[1])
    values = spent.role in _VALUES and rest.role in _VALUES and budget.role is Role.BUDGET
    if named and values and not any(_UNCLEAR.search(lead) for lead in leads):
        yield signed_total("remainder", rest, [(1, budget), (-1, spent)])


def _carried_on(figures: Sequence[Figure], leads: Sequence[str]) -> Iterator[Claim]:
    first, income, spent, rest = figures
    named = _CARRIED.search(leads[0]) and _INCOME.search(leads[1]) and _SPENT.search(leads[2])
    if named and _AT_END.match(leads[3]) and not any(_UNCLEAR.search(lead) for lead in leads):
        yield signed_total("remainder", rest, [(1, first), (1, income), (-1, spent)])


_INCOME = re.compile(r"(?:本年|当年|年度)[^,;。]{0,8}(?:收入|预算|安排|拨款|下达|到位)")
_AT_END = re.compile(
    r"^[,、;]?(?:年末|年底|期末)(?:资金)?(?:结转|结余|结转和?结余|滚存结余)(?:资金)?(?:为|约)?$"
)


def _is_money(figure: Figure) -> bool:
    return figure.quantity.unit.dimension is Dimension.MONEY and closed(figure)
