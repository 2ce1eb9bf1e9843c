"""Whether an answer is over all the money that is asked for, or over one fund alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.told import printed
from qa.figures.weighing import FUNDS
from qa.model import Check
from qa.plan import Operation
from qa.words import cues
from qa.words.matching import squeeze

_STATED = (Operation.LOOKUP, Operation.COMPLETION, Operation.SUM)
_ALL_MONEY = re.compile(
    r"非财政拨款|(?:其他|各类|所有|全部)的?(?:资金|来源)[^,，。?？]{0,4}(?:算|加|包括|计)|全口径|不分(?:资金)?来源|不限于?财政拨款"
)
_OF_ONE_FUND = re.compile("|".join(FUNDS))
OF_SOME = re.compile("|".join(("财政拨款", *FUNDS)))


def of_all_money(asked: Asked) -> Iterator[Doubt]:
    """全口径 is said, and what is given is of 财政拨款 alone."""
    if not _ALL_MONEY.search(asked.plan.question) or len(asked.figures) != 1:
        return
    for source in asked.figures[0].sources[:1]:
        some = OF_SOME.search(squeeze(f"{source.table or source.quote}{source.column or ''}"))
        if some:
            yield Doubt("held_alone", some.group())


_FUND = r"(?:政府性基金|国有资本经营|一般公共)(?:预算)?(?:资金|拨款|支出|的钱)?"
_WITH_FUND = re.compile(
    rf"(?<!不)(?:包括|包含|含|连同?|算上|加上)(?:上)?(?P<one>{_FUND})(?!.{{0,4}}呢)|(?P<two>{_FUND})(?:也|都)(?:算|加|包括|计)"
)


def with_a_fund(asked: Asked) -> Iterator[Doubt]:
    """含政府性基金 is said, and what is given is of that fund alone, or of another one."""
    found = _WITH_FUND.search(asked.plan.question)
    if found is None or asked.plan.operation not in _STATED or len(asked.figures) != 1:
        return
    value = asked.figures[0]
    for source in value.sources[:1]:
        own = f"{source.table or source.quote}{source.column or ''}{value.metric}"
        one = set(_OF_ONE_FUND.findall(squeeze(own)))
        if len(one) == 1:
            yield Doubt("held_alone", one.pop())


_OF_THE_TOTAL = re.compile(
    r"占(?:全部|本年|全年|年度|部门|单位)?(?:的)?(?:总支出|总收入|支出总额|支出合计|收入合计|全部支出|本年支出)"
)


_WHOLE = re.compile(r" ÷ (?P<name>[^：（(÷]{2,40})[：（(]")
_NO_TOTAL = re.compile(r"采购|三公|项目|基本|接待|公用|人员|专项")


def of_a_total(asked: Asked) -> Iterator[Doubt]:
    """占总支出 is said, and a table of 财政拨款 gives the whole."""
    if not _OF_THE_TOTAL.search(squeeze(cues.unquoted(asked.plan.text))):
        return
    whole = _WHOLE.search(asked.answer.text)
    if whole and _NO_TOTAL.search(whole["name"]):
        yield Doubt("opposed", whole["name"])
        return
    for value in asked.figures[:1]:
        if value.check is not Check.DERIVED:
            continue
        around = "".join(asked.ground.labels)
        for words in (around, *(source.table or "" for source in value.sources)):
            some = OF_SOME.search(squeeze(words))
            if some and some.group() not in asked.question:
                yield Doubt("held_alone", some.group())
                return


def of_another_fund(asked: Asked) -> Iterator[Doubt]:
    """One fund is asked for, and the one that stands before the figure in its sentence is another."""
    wanted = set(_OF_ONE_FUND.findall(squeeze(asked.plan.question)))
    if len(wanted) != 1 or asked.contradicted:
        return
    for value in asked.figures[:1]:
        for source in value.sources[:1]:
            before, number, _ = source.quote.partition(printed(value.number, source.quote))
            told = _OF_ONE_FUND.findall(squeeze(before)) if number else []
            if source.table is None and told and told[-1] not in wanted:
                yield Doubt("held_alone", told[-1])


DOUBTS: tuple[Doubts, ...] = (
    of_all_money,
    of_another_fund,
    with_a_fund,
    of_a_total,
)
