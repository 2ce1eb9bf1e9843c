"""``甲加乙与合计差多少``, ``各明细加起来等于总数吗``: a total held against the parts that a question names.

The report's own equation between the total and its parts answers, whether it holds or not; the
difference is told as a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest import interval
from ingest.model import Document, Equation, Figure, Role, Verdict
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.figures.weighing import FUNDS
from qa.operations.context import Context, sentence
from qa.operations.summed_asked import Asked, read
from qa.operations.verdicts import add_gap, gap_asked, line_of
from qa.present import other_side
from qa.words.matching import asked_grams, grams, squeeze

_SCORED = re.compile(r"得分|分数|总分|评分|打分")
_NAMED = 0.6  # share of the grams of a total's name that its own labels must hold
_OWN = 0.3  # what the total's own name counts for where the question says all of it
_SHORT = 6  # characters of a name whose order does not matter: 服务采购 is 政府采购服务支出
_NARROW = 0.2  # what it costs a total to be of a fund that the question does not name
_FUNDS = (*FUNDS, "财政拨款")
_EQUAL = 0.15  # two totals that fit so alike leave it open which is meant


def total_and_parts(context: Context) -> Draft | None:
    """A total against the sum of its parts, as the report's own equation has it."""
    asked = read(context.plan.text)
    if asked is None:
        return None
    found = sorted(_readings(context, asked), key=lambda each: -each[0])
    if not found:
        return None
    best = [each for each in found if found[0][0] - each[0] < _EQUAL]
    first = interval.of(best[0][1].figure.quantity)
    if not all(first.overlaps(interval.of(each[1].figure.quantity)) for each in best):
        return None
    failed = [each for each in best if each[2].verdict is Verdict.FAILS]
    _, total, equation = max(failed or best, key=lambda each: (each[0], len(each[2].operands)))
    return _judged(context, total, equation)


def _readings(context: Context, asked: Asked) -> Iterator[tuple[float, Candidate, Equation]]:
    """The equations that may be meant, each with its total and how well they fit."""
    plan = context.plan
    scored = bool(_SCORED.search(plan.text))
    for report, parts in context.evidence.scoped(plan.asked_parts):
        document = context.evidence.index(report).document
        for equation in document.equations:
            stated = document.figures[equation.stated]
            if not _is_sum(document, equation) or stated.part not in parts:
                continue
            if (
                plan.years
                and (stated.period or document.part_of(stated.block).year) not in plan.years
            ):
                continue
            if scored and stated.role is not Role.SCORE:
                continue
            fit = _fit(document, equation, stated, asked)
            if fit is not None:
                fit += _OWN * _said(document, stated, plan.text)
                fit -= _NARROW * _narrower(document, stated, plan.question)
                fit -= _NARROW * (stated.role is Role.BUDGET and "预算" not in plan.text)
                yield fit, Candidate.sure(report, document, stated), equation


def _is_sum(document: Document, equation: Equation) -> bool:
    """True for a total of two or more parts that can be checked."""
    if equation.value is None or len(equation.operands) < 2:
        return False
    stated = document.figures[equation.stated].quantity.unit
    parts = [document.figures[number].quantity for number in equation.operands]
    if not all(part.unit.compatible(stated) for part in parts):
        return False
    total = sum((part.base for part in parts), Decimal(0))
    return total == equation.value * stated.factor


def _fit(document: Document, equation: Equation, stated: Figure, asked: Asked) -> float | None:
    """How well an equation is what is asked; None where it is not."""
    if asked.number is not None and stated.quantity.value != asked.number:
        return None
    operands = [document.figures[number] for number in equation.operands]
    if asked.parts and not _are_parts(asked.parts, operands, _own(stated)):
        return None
    fit = 0.5 if asked.number is not None else 0.0
    if asked.parts and all(figure.quantity.base for figure in operands[: len(asked.parts)]):
        fit += _EQUAL
    if asked.whole:
        named = _held(asked.whole, document, stated)
        if named < _NAMED and not (_OVERALL.search(asked.whole) and _is_overall(document, stated)):
            return None
        fit += max(named, _NAMED)
    elif asked.number is None and not asked.parts and not _is_overall(document, stated):
        return None
    if asked.about:
        held = _held(asked.about, document, stated)
        if held < _NAMED and asked.number is None and _ANY_TOTAL.fullmatch(squeeze(asked.whole)):
            return None
        fit += held
    return fit


def _said(document: Document, stated: Figure, text: str) -> float:
    """The share of a total's own name that the question says; all of it for that of a table."""
    if _is_overall(document, stated):
        return 1.0
    own = grams(
        _UNNAMED.sub("", squeeze(stated.row_path[-1] if stated.row_path else stated.metric))
    )
    said = grams(text)
    return sum(gram in said for gram in own) / len(own) if own else 1.0


def _narrower(document: Document, stated: Figure, question: str) -> int:
    """How many funds a total is of that the question does not name."""
    held, asked = _labels(document, stated), squeeze(question)
    return sum(fund in held and fund not in asked for fund in _FUNDS)


_UNNAMED = re.compile(r"20\d\d年度?")

# 三公经费三项之和与合计: what the parts are says which total is meant.
_ANY_TOTAL = re.compile(r"(?:表|表[里上中]的?)?(?:合计|总计|总额|总数|总量)?数?")
_OVERALL = re.compile(r"总分|总得分|得分|合计|总额|总数|总计")


def _is_overall(document: Document, stated: Figure) -> bool:
    """True for the total of a whole table, or the score of the whole."""
    place = stated.locator
    if place.table is None or place.row is None:
        return bool(re.search(r"总分|总得分|综合得分|总额|合计|总计|共", stated.metric))
    return document.tables[place.table].row_at(place.row, place.column or 0).total


def _labels(document: Document, figure: Figure) -> str:
    place = figure.locator
    title = document.tables[place.table].title if place.table is not None else ""
    return squeeze(
        "".join((figure.metric, figure.subject, *figure.row_path, *figure.column_path, title))
    )


def _held(name: str, document: Document, figure: Figure) -> float:
    """The share of a name's grams that a figure's own labels hold."""
    wanted = asked_grams(name)
    held = grams(_labels(document, figure))
    return sum(gram in held for gram in wanted) / len(wanted) if wanted else 0.0


def _are_parts(names: tuple[str, ...], operands: list[Figure], total: str) -> bool:
    """True where every name is that of another operand and what is not named is nothing.

    Words of the total's own name may stand with them: 政府采购货物 is the 货物支出 of 政府采购支出总额.
    """
    left = list(operands)
    for name in names:
        own = next((f for f in left if _is_called(name, _own(f), total)), None)
        if own is None:
            return False
        left.remove(own)
    return not any(figure.quantity.base for figure in left)


def _is_called(name: str, label: str, total: str) -> bool:
    """True for a label with all words of a name, those of a short one in any order."""
    wanted, own = grams(name), grams(label)
    short = len(name) <= _SHORT and set(squeeze(name)) <= set(label)
    joined = wanted & own and wanted - _joints(name) <= own | grams(total)
    return bool(wanted) and (wanted <= own or short or bool(joined))


def _joints(name: str) -> frozenset[str]:
    """The gram in the middle of a name, where two words of it may meet: 政府采购|货物."""
    words = squeeze(name)
    return (
        frozenset(words[i : i + 2] for i in range(3, len(words) - 2))
        if len(words) > 5
        else frozenset()
    )


def _own(figure: Figure) -> str:
    return squeeze("".join((figure.metric, *figure.row_path[-1:], *figure.column_path)))


_SUM_ASKED = re.compile(r"(?:加|和|起来)[^,;?。]*?(?:等于|得|是)(?:多少|几)")


def _add_sum(draft: Draft, total: Candidate, equation: Equation) -> None:
    """Show what the parts add up to."""
    document = total.document
    parts = [document.figures[number] for number in equation.operands]
    draft.derive(
        compute.total(parts),
        [Candidate.sure(total.report, document, part) for part in parts],
        label=f"{total.figure.metric} 各项之和",
        metric=total.figure.metric,
        period=total.period,
    )


def _judged(context: Context, total: Candidate, equation: Equation) -> Draft:
    """The total with its equation, and by how much it differs from the sum."""
    document, figure = total.document, total.figure
    draft = Draft(phrase=figure.metric)
    value = equation.value or Decimal(0)
    gap = abs(figure.quantity.value - value)
    if gap_asked(context.plan.text):
        add_gap(draft, total, equation)
    if _SUM_ASKED.search(context.plan.text):
        _add_sum(draft, total, equation)
    shown_value = draft.show(total, strict=equation.verdict is Verdict.FAILS)
    unit = figure.quantity.unit.symbol
    if equation.verdict is Verdict.FAILS:
        more = "多" if figure.quantity.value > value else "少"
        draft.text = (
            f"{sentence(shown_value, total)}各项相加为 {other_side(document, equation)}，"
            f"所列比相加{more} {gap.normalize():f}{unit}，超出四舍五入的范围，两者不一致。"
        )
    elif gap:
        draft.text = f"{line_of(document, equation)}没有算错。"
    else:
        draft.text = f"{line_of(document, equation)}没有差额。"
    return draft
