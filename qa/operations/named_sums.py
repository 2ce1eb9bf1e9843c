"""``人员经费加公用经费与基本支出是否相符``: named figures added up and held against a named one."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ingest.model import Figure, Verdict
from ingest.quantity import Unit, UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.figures.fitting import same_noun
from qa.operations.context import Context, choose, sentence
from qa.operations.pairs import is_amount, side
from qa.operations.quoted import half_units, sum_draft
from qa.operations.summed_asked import Asked, read
from qa.operations.verdicts import checked, judged_draft
from qa.plan import Target
from qa.present import shown, source_of
from qa.words import cues
from qa.words.matching import grams, squeeze

_ADDED = re.compile(
    r"(?P<parts>[^,;?。]*?[^,;?。加]加上?[^,;?。]+?)(?:两项|二者|两者|之和|的和)?[,]?(?:与|和|同|跟|是否|是不是|等于)+"
    r"(?P<whole>[一-鿿]{2,12}?)数?\s*(?P<n>\d[\d.]*)?\s*(?:万元|亿元|元)?(?:是否|是不是|能否)?"
    r"(?:相符|一致|吻合|相等|等于|对得上)"
)

_NEAR = 20  # times that a total is more than what its listed parts miss it by


def added_up(context: Context) -> Draft | None:
    """The sum of named figures of one report against a named total.

    A sum that does not hold proves nothing, where what is named need not be all the parts: it is
    told only where the report itself puts the total and just these parts together.
    """
    asked = _asked(context.plan.text)
    if asked is None:
        return None
    number, pieces = asked.number, asked.parts

    def meant(figure: Figure) -> bool:
        return is_amount(figure) and (number is None or figure.quantity.value == number)

    whole = choose(context, Target(asked.whole, label=asked.whole), keep=meant)
    if whole.best is None or not all(pieces):
        return None
    total = whole.best.best
    parts: list[Candidate] = []
    unit = total.figure.quantity.unit
    for piece in pieces:
        beside = _beside(total, piece)
        if beside is not None:
            parts.append(beside)
            continue
        found = choose(
            context,
            side(context, piece),
            keys=[_part(total)],
            years=(total.period,),
            keep=lambda figure: is_amount(figure) and _alike(figure.quantity.unit, unit),
        )
        if found.best is None:
            return None
        parts.append(found.best.best)
    return _held(total, parts) or _missed(total, parts)


def _beside(total: Candidate, piece: str) -> Candidate | None:
    """The one figure of a name that the total's sentence tells behind it."""
    wanted, figure = grams(piece), total.figure
    found = [
        other
        for other in total.document.figures[figure.no + 1 :]
        if other.block == figure.block
        and other.sentence == figure.sentence
        and wanted <= grams(squeeze(other.metric))
    ]
    alone = len(found) == 1 and found[0].quantity.unit == figure.quantity.unit
    return replace(total, figure=found[0]) if wanted and alone else None


def _asked(text: str) -> Asked | None:
    """The parts and the total that a question names."""
    asked = read(text)
    if asked is not None and asked.whole and len(asked.parts) > 1:
        return asked
    match = _ADDED.search(text)
    if match is None:
        return None
    pieces = tuple(cues.content(piece) for piece in re.split(r"加上?", match["parts"]))
    number = Decimal(match["n"].rstrip(".")) if match["n"] else None
    return Asked(cues.content(match["whole"]), pieces, "", number)


def _alike(unit: Unit, other: Unit) -> bool:
    """Whether two units measure one kind of thing: 名 and 人 do."""
    counted = unit.dimension is other.dimension and same_noun(unit.noun, other.noun)
    return unit.compatible(other) or (bool(unit.noun and other.noun) and counted)


def _part(candidate: Candidate) -> tuple[int, int]:
    return candidate.report, candidate.figure.part


def _held(total: Candidate, parts: list[Candidate]) -> Draft | None:
    figures = [each.figure for each in parts]
    if len({f.no for f in (*figures, total.figure)}) != len(parts) + 1:
        return None
    try:
        added = compute.total(figures)
        value = added.value * added.unit.factor
    except UnitError:
        return None
    unit = total.figure.quantity.unit
    slack = half_units(figures, total.figure)
    one_size = all(f.quantity.unit.factor == unit.factor for f in figures)
    if slack is None or not (one_size and _alike(added.unit, unit)):
        return None
    gap = abs(value - total.figure.quantity.base) / unit.factor
    if gap > slack:
        return None
    draft = sum_draft(total, figures, value / unit.factor, gap)
    draft.involved.extend(parts)
    draft.citations.extend(source_of(each) for each in parts)
    return draft


def _missed(total: Candidate, parts: list[Candidate]) -> Draft | None:
    """A sum that is not the total that the report gives for just these parts."""
    figure = total.figure
    numbers = {part.figure.no for part in parts}
    for equation in checked(total):
        tied = equation.stated == figure.no and set(equation.operands) == numbers
        if tied and equation.verdict is Verdict.FAILS:
            return judged_draft(total, [equation])
    if not _listed_behind(total, parts):
        return None
    added = compute.total([part.figure for part in parts])
    gap = abs(added.value - figure.quantity.value)
    if not gap or gap * _NEAR > abs(figure.quantity.value):
        return None
    symbol = figure.quantity.unit.symbol
    draft = Draft(phrase=figure.metric)
    draft.text = sentence(draft.show(total), total)
    draft.involved.extend(parts)
    draft.citations.extend(source_of(each) for each in parts)
    draft.contradict(
        f"报告自相矛盾：{figure.metric}原文写的是 {shown(figure)}，而所列各项相加 {added.formula} = "
        f"{added.value.normalize():f}{symbol}，相差 {gap.normalize():f}{symbol}，两者不一致。"
    )
    return draft


def _listed_behind(total: Candidate, parts: list[Candidate]) -> bool:
    """Whether the parts are all that the total's sentence lists behind it, in its unit."""
    figure, document = total.figure, total.document
    behind = [
        other
        for other in document.figures[figure.no + 1 :]
        if other.block == figure.block and other.sentence == figure.sentence
    ]
    alike = all(other.quantity.unit == figure.quantity.unit for other in behind)
    return alike and {other.no for other in behind} == {part.figure.no for part in parts}
