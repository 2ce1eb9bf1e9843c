"""One figure over another: shares, ratios, completion rates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.model import Figure, Role
from ingest.quantity import Dimension, UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operations.context import Context, add_figure, choose, sentence
from qa.operations.pairs import find_pair, is_amount, one_place
from qa.plan import Target
from qa.present import Computed, shown
from qa.words import cues
from qa.words.matching import grams, squeeze

_WITHIN = r"(?:当中|之中|里面|中(?![小国央心学介层等])|里头?)"
_SHARE_FORMS = (
    re.compile(
        r"^\s*(?P<part>)(?:那么?|它|这|其)?(?:又|就|则|还)?占(?:了|到)?(?P<whole>[^,;?]+?)(?:的)?(?:比重|比例|百分|多少|多大|份额|几成|比)"
    ),
    re.compile(
        r"(?P<part>[^,;?]+?)(?:的?部分)?,占(?P<whole>[^,;?]+?)(?:的)?(?:比重|比例|百分|多少|多大|份额|几成|比)"
    ),
    re.compile(rf"(?P<part>[^,;?]*?)在(?P<whole>[^,;?]+?){_WITHIN}(?:所|的)?占"),
    re.compile(
        rf"(?P<whole>[^,;?]+?){_WITHIN},?\s*(?P<part>[^,;?]+?)(?:所|的)?占(?!用)(?!\s*(?!多|几|百|比)[^,;?]{{2,}}的?(?:比|百|份))"
    ),
    re.compile(
        r"(?P<part>[^,;?]+?)(?:所)?占(?:了|到)?(?:整个|全部|全年|当年)?(?P<whole>[^,;?]+?)(?:的)?(?:比重|比例|百分|多少|多大|份额|几成|比)"
    ),
    re.compile(
        rf"(?P<whole>[^,;?]+?){_WITHIN},?\s*(?P<part>[^,;?]+?)(?:的)?(?:占比|比重|比例|份额)"
    ),
)
_RATIO_FORM = re.compile(
    r"(?P<part>[^,;?]+?)(?:相当于|约为|是|为)(?P<whole>[^,;?]+?)(?:的)?(?:百分之|多少倍|几倍|%|几成|多少|百分比)"
)


def share(context: Context) -> Draft | None:
    """A stated share where the report gives it, else computed from part and whole."""
    part, whole = part_and_whole(context)
    stated = _stated_share(context, part, whole)
    if stated is not None:
        return stated
    if not part or not whole:
        return None
    return _computed_ratio(context, part, whole)


def is_stated(context: Context) -> bool:
    """Whether the report itself gives the share that is asked for."""
    return _stated_share(context, *part_and_whole(context)) is not None


def part_and_whole(context: Context) -> tuple[str, str]:
    plan = context.plan
    sides = share_sides(plan.text)
    part = cues.content(sides[0]) if sides else plan.targets[0].key
    whole = cues.content(sides[1]) if sides else ""
    if len(re.sub(r"[那这它其\s]", "", part)) < 2:
        part = plan.context or plan.memory or plan.targets[0].key
    whole = re.sub(r"^(?:那|这|该|同)一?年\s*|^[两三四五]年(?:来|间|里)?\s*$", "", whole)
    whole = whole if len(re.sub(r"[那这它其\s]", "", whole)) >= 2 else plan.memory
    return part, "" if whole == part else whole


def share_sides(text: str) -> tuple[str, str] | None:
    """Part and whole of a question for a share, as it puts them; None where it has neither."""
    match = next((m for m in (form.search(text) for form in _SHARE_FORMS) if m), None)
    return (match["part"], match["whole"]) if match else None


def _stated_share(context: Context, part: str, whole: str) -> Draft | None:
    target = Target(part, Role.SHARE, Dimension.PERCENT, label=f"{part}占{whole or '总额'}的比重")

    def about_whole(figure: Figure) -> bool:
        if not whole:
            return True
        # What a sentence says a share is of decides; its other figures do not.
        beside = grams(figure.basis or f"{figure.subject} {figure.sentence}")
        wanted = grams(whole)
        return not wanted or len(wanted & beside) / len(wanted) >= 0.6

    choice = choose(context, target, keep=about_whole)
    if choice.best is None or choice.best.best.match.coverage < 0.75:
        return None
    draft = Draft(phrase=part)
    value = add_figure(draft, context, choice.best, target)
    draft.text = sentence(value, choice.best.best)
    return draft


_OF_WHOLE = re.compile(r"占|比重|份额")
_WHOLE = 100  # per cent: no part is more


def _computed_ratio(context: Context, part: str, whole: str) -> Draft | None:
    pair = find_pair(context, part, whole)
    if pair is None:
        return None
    left, right = pair.left.best, pair.right.best
    multiple = bool(re.search(r"几倍|多少倍", context.plan.text))
    try:
        make = compute.multiple_of if multiple else compute.percent_of
        result = make(left.figure, right.figure)
    except UnitError:
        return None
    if result is None or (_OF_WHOLE.search(context.plan.text) and result.value > _WHOLE):
        return None
    draft = Draft(phrase=part)
    return divided(draft, result, [left, right], f"{part} ÷ {whole}", make, pair.behind)


def divided(
    draft: Draft,
    result: Computed,
    operands: list[Candidate],
    label: str,
    make: Callable[[Figure, Figure], Computed | None],
    behind: Sequence[Candidate] = (),
) -> Draft:
    period = operands[0].period
    value = draft.derive(
        result,
        operands,
        label=label,
        metric=draft.phrase,
        period=period,
        again=lambda figures: make(figures[0], figures[1]),
        behind=behind,
    )
    year = f"{period}年" if period else ""
    facts = "，".join(f"{o.figure.metric} {shown(o.figure)}" for o in operands)
    draft.text = f"{value.entity}{year}{label}：{value.number}{value.unit}（{result.formula}）。依据：{facts}。"
    return draft


def ratio(context: Context) -> Draft | None:
    """A 相当于 B 的百分之几 / 几倍."""
    match = _RATIO_FORM.search(context.plan.text)
    if not match:
        return share(context)
    part, whole = cues.content(match["part"]), cues.content(match["whole"])
    if not part or not whole:
        return None
    owner, _, metric = match["part"].rpartition("的")
    if (
        cues.content(owner)
        and "的" not in match["whole"]
        and len(squeeze(whole)) <= len(squeeze(part))
    ):
        whole = f"{whole} {cues.content(metric)}" if not cues.asked_role(whole) else whole
    return _computed_ratio(context, part, whole)


_PLANNED = re.compile(r"计划|应到位|安排|下达|预算|承诺")


def arrival(context: Context) -> Draft | None:
    """A rate of arrival (到位率) that a row does not state: what arrived ÷ what was planned."""
    plan = context.plan
    if "到位率" not in plan.text or not plan.targets:
        return None
    target = plan.targets[0]
    phrase = cues.content(re.sub(r"(?:资金)?到位率", " ", target.key))
    found = choose(context, Target(f"{phrase} 到位", None, Dimension.MONEY), keep=is_amount)
    arrived = found.best.best if found.best is not None else None
    place = arrived.figure.locator if arrived is not None else None
    if arrived is None or place is None or place.table is None:
        return None
    for other in arrived.document.figures:
        spot, label = other.locator, "".join(other.column_path)
        row = (spot.table, spot.row) == (place.table, place.row) and is_amount(other)
        named = grams(phrase) & grams("".join(arrived.figure.column_path))
        if row and named and named <= grams(label) and _PLANNED.search(label):
            planned = replace(arrived, figure=other)
            result = compute.percent_of(arrived.figure, other)
            if result is not None:
                draft = Draft(phrase=target.key)
                operands = [arrived, planned]
                label = f"{plan.context} {target.label}".strip()
                return divided(draft, result, operands, label, compute.percent_of)
    return None


def completion(context: Context) -> Draft | None:
    """A completion rate: stated, or actual ÷ target of the same metric."""
    plan = context.plan
    phrase = cues.content(re.sub(r"完成率", " ", plan.text))
    target = plan.targets[0]
    if len(phrase) < 2:
        phrase = target.key
    stated = choose(context, replace(target, role=None, dimension=Dimension.PERCENT))
    if stated.best is not None and "完成率" in stated.best.best.figure.metric:
        return None
    actual = choose(context, Target(phrase, Role.ACTUAL, label=phrase), keep=is_amount)
    planned = choose(context, Target(phrase, Role.TARGET, label=phrase), keep=is_amount)
    if actual.best is None or planned.best is None:
        return None
    left, right = actual.best.best, planned.best.best
    if left.figure.block != right.figure.block and not one_place(left, right):
        return None
    try:
        result = compute.percent_of(left.figure, right.figure)
    except UnitError:
        return None
    if result is None:
        return None
    draft = Draft(phrase=phrase)
    return divided(draft, result, [left, right], f"{phrase}完成率", compute.percent_of)
