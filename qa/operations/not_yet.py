"""What is left of an amount whose spending stands beside a rate that holds (资金 b，拨付 v，执行率 p%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.model import Document, Equation, Figure
from ingest.quantity import Dimension
from ingest.reading.text import fold
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.operations.context import Context
from qa.operations.grid import unexplained
from qa.operations.row_differences import difference_draft
from qa.words import cues
from qa.words.matching import squeeze

_SPENT = re.compile("支出|执行|支付|使用|拨付|列支|付款|报账|花|用")
_RATE_OF_SPENDING = re.compile("执行|支出|支付|拨付|使用|进度|完成")
_ASKED_LEFT = re.compile(
    r"(?:还有?|尚有?|还剩|剩余?|最后|结余|节余|是|为|有|的)?(?:多少|几)(?:万元|亿元|元|钱|资金|块钱)?|"
    r"(?:还|尚)?(?:没有?|未)(?:能)?(?:花|用|支付|支出|支|拨付|拨|付|执行|使用)(?:出去|下去|完|掉|了)*|"
    r"(?:还|尚|最后)?(?:剩余?|余|结余)(?:下|了)*|还(?=\s|$)|钱|资金|截至|截止|到年底|年底|年末|[至到](?=\d)"
)


def left_of_spent(context: Context) -> Draft | None:
    """The whole less what was spent of it; None where no rate, or more than one, is told of both."""
    text = context.plan.text
    if cues.not_arrived_asked(text) or not cues.left_over_asked(text):
        return None
    bare = _ASKED_LEFT.sub(" ", text)
    pairs: dict[tuple[Decimal, Decimal], tuple[Candidate, Candidate]] = {}
    for report, parts in context.evidence.scoped(set(context.plan.asked_parts)):
        document = context.evidence.index(report).document
        for equation in document.equations:
            if not _of_spending(document, equation, parts):
                continue
            spent, whole = (document.figures[no] for no in equation.operands)
            asked = not context.plan.years or spent.period in context.plan.years
            if asked and not unexplained(bare, *_around(document, equation)):
                told = Candidate.sure(report, document, spent)
                key = whole.quantity.base, spent.quantity.base
                pairs[key] = replace(told, figure=whole), told
    if len(pairs) != 1:
        return None
    ((all_of_it, used),) = pairs.values()
    return difference_draft(context, all_of_it, used, "结余", "资金", "实际支出")


def _of_spending(document: Document, equation: Equation, parts: set[int]) -> bool:
    """Whether an equation is a rate that holds, of money spent in one of these parts, told in a sentence."""
    if equation.family != "completion" or not equation.verdict.holds:
        return False
    if len(equation.operands) != 2:
        return False
    rate = document.figures[equation.stated]
    spent, whole = (document.figures[no] for no in equation.operands)
    told = rate.locator.table is None and bool(rate.sentence)
    money = spent.quantity.unit.dimension is Dimension.MONEY
    named = _SPENT.search(spent.metric) and _RATE_OF_SPENDING.search(rate.metric)
    within = spent.quantity.base <= whole.quantity.base
    return told and money and within and bool(named) and spent.part in parts


def _around(document: Document, equation: Equation) -> Iterator[str]:
    """What the pair is told of: its paragraphs, the headings above them, its project and title."""
    part = document.parts[document.figures[equation.stated].part]
    yield squeeze(part.project.value)
    yield squeeze(part.title.value)
    spent, whole = (document.figures[no] for no in equation.operands)
    # The same amount elsewhere, told by another name: 衔接资金2179万元 … 项目资金2179万元，拨付….
    again = (f for f in document.figures if _same_amount(f, whole))
    for figure in (document.figures[equation.stated], spent, whole, *again):
        yield squeeze(figure.metric)
        yield squeeze(fold(document.blocks[figure.block].text))
        yield from map(squeeze, document.section_path(figure.section))


def _same_amount(figure: Figure, whole: Figure) -> bool:
    alike = figure.quantity.unit == whole.quantity.unit and figure.part == whole.part
    return alike and figure.quantity.base == whole.quantity.base and figure.no != whole.no
