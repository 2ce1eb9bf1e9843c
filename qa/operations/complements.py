"""What is not: the invalid questionnaires, the cases not closed, as the whole less the part that is.

Only where the report does not state it itself, and where whole and part stand in one sentence or line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from ingest.model import Figure, Role
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operations.context import Context, choose, closed
from qa.operations.pairs import before, before_in_sentence
from qa.plan import Target
from qa.present import shown
from qa.words import cues
from qa.words.matching import squeeze
from qa.words.worked_words import negated

_COUNTED = (Dimension.COUNT, Dimension.MEASURE)
# Of which there may be an amount of money as well: 涉及4.86万元，已追回3.92万元.
_MONEY_BACK = frozenset(
    (
        "回收",
        "追回",
        "追缴",
        "扣回",
        "退回",
        "退还",
        "归还",
        "偿还",
        "到位",
        "到账",
        "支付",
        "拨付",
        "清退",
    )
)
_ASKED = re.compile(r"多少|几(?!乎)")
_WHICH = re.compile(r"哪些|哪几|哪个|名称|叫什么")
_WHOLE_HEAD = re.compile(r"发放|发出|应|总|计划|目标|下达|受理|上报")


def complement(context: Context) -> Draft | None:
    """The whole less the part that a question asks the rest of."""
    plan = context.plan
    text = cues.unquoted(plan.text)
    clauses = re.split(r"[,;?，；？]", text)
    asking = " ".join(clause for clause in clauses if _ASKED.search(clause))
    found = negated(asking)
    if not found or len(plan.targets) != 1 or _WHICH.search(text):
        return None
    target = plan.targets[0]
    said, positive = found[0]
    kinds = (*_COUNTED, Dimension.MONEY) if positive in _MONEY_BACK else _COUNTED
    if target.dimension not in (None, *kinds) or _stated(context, target):
        return None
    every = len({each.positive for each in found}) > 1  # 无效或未收回: all that did not come back
    part = _part(context, target, positive, kinds)
    if part is not None and not _of_level(text, part):
        return None
    whole = _whole(part, earliest=every) if part is not None else None
    if part is None or whole is None:
        return None
    return _draft(whole, part, said)


def _stated(context: Context, target: Target) -> bool:
    """Whether the report says itself how many are not."""
    choice = choose(context, target, keep=lambda f: bool(negated(squeeze(f.metric))))
    return choice.best is not None or bool(choice.rivals)


def _part(
    context: Context, target: Target, positive: str, kinds: Collection[Dimension]
) -> Candidate | None:
    """The figure of what is: of the asked name with the one word for the other."""
    text = context.plan.text
    for each in negated(text):
        text = text.replace(each.said, f" {positive} " if each.positive == positive else " ", 1)
    name = cues.content(_ASIDE.sub(" ", text))
    key = name if positive in name else f"{name} {positive}"
    choice = choose(
        context,
        replace(target, key=key, role=None, label=key, where=""),
        keep=lambda f: positive in _names(f) and _is_part(f, kinds),
    )
    return choice.best.best if choice.best is not None else None


_LEVEL = re.compile(r"(?:中央|省|市|州|县|区|镇|乡|自治区)(?=级|财政|配套|自筹|本级)")


def _of_level(text: str, part: Candidate) -> bool:
    """Whether money is of the level asked for: 区级资金 is none of 市级资金."""
    asked = set(_LEVEL.findall(text))
    return not asked or asked <= set(_LEVEL.findall(_names(part.figure)))


_ASIDE = re.compile(r"[(（)）]|里(?:面|头)?|[之以]?后|有(?=\s|多少|几)|发出去|其中|或者?|发放的?")


def _names(figure: Figure) -> str:
    own = squeeze(f"{figure.metric}{''.join(figure.row_path)}{''.join(figure.column_path)}")
    return own.replace("收回", "回收")


def _is_part(figure: Figure, kinds: Collection[Dimension]) -> bool:
    # What was got back is read as an adjustment.
    plain = closed(figure) and figure.role in (Role.VALUE, Role.ACTUAL, Role.ADJUSTMENT)
    return plain and figure.quantity.unit.dimension in kinds


def _whole(part: Candidate, *, earliest: bool) -> Candidate | None:
    """The figure before the part, in its sentence or line, of which it is a part."""
    own = part.figure
    wholes = [other for other in _before(part) if other.quantity.base >= own.quantity.base]
    if own.locator.table is not None:
        wholes = [f for f in wholes if _WHOLE_HEAD.search(f.column_path[-1])] or wholes
    if not wholes:
        return None
    return replace(part, figure=wholes[0] if earliest else wholes[-1])


def _before(part: Candidate) -> Iterator[Figure]:
    own, place = part.figure, part.figure.locator
    for other in before_in_sentence(part) if place.table is None else before(part):
        spot = other.locator
        line = place.table is None or (spot.row == place.row and bool(other.column_path))
        near = spot.table == place.table and line
        alike = other.quantity.unit == own.quantity.unit
        if near and alike and _is_part(other, (own.quantity.unit.dimension,)):
            yield other


def _draft(whole: Candidate, part: Candidate, said: str) -> Draft:
    result = compute.difference(whole.figure, part.figure)
    draft = Draft(phrase=said)
    value = draft.derive(
        result,
        [whole, part],
        label=said,
        metric=f"{whole.figure.metric} {said}",
        period=part.period,
        again=lambda figures: compute.difference(figures[0], figures[1]),
    )
    draft.text = (
        f"{value.entity}{part.period}年{whole.figure.metric} {shown(whole.figure)}，"
        f"{part.figure.metric} {shown(part.figure)}，{said}：{value.number}{value.unit}"
        f"（{result.formula}）。"
    )
    return draft
