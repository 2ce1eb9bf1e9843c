"""Money or people per thing: per visitor received, per car, per class, worked out from two figures.

Only where the report states no such average, and where one count of the thing stands with the amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.model import Figure, Role
from ingest.quantity import YUAN, Dimension
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operations.context import Context, add_figure, choose, closed, sentence
from qa.operations.pairs import share_place
from qa.plan import Target
from qa.present import Computed, shown
from qa.words import cues
from qa.words.matching import squeeze
from qa.words.worked_words import per_thing

_SAME = {
    "人": ("人次", "人", "名", "位"),
    "名": ("名", "人", "人次", "位"),
    "位": ("位", "人", "人次", "名"),
    "人次": ("人次", "人"),
    "批": ("批次", "批"),
    "批次": ("批次", "批"),
    "次": ("次", "批次"),
}
# 按实际支出和服务人次算: what is divided by what.
_BASES = re.compile(
    r"(?:^|[(（,，\s])(?:按照?|以|用|根据|拿)(?P<what>[^,，()（）]{2,24}?)(?:来)?(?:算|计算|口径)[)）,，]|[(（]按照?(?P<aside>[^()（）]{2,16})[)）]"
)


def per_unit(context: Context) -> Draft | None:
    """An amount over the one count that stands with it of the thing it is asked per."""
    plan = context.plan
    text = cues.unquoted(plan.text)
    asked = per_thing(text)
    if asked is None or len(plan.years) > 1 or not re.search(r"多少|几", text):
        return None
    said, noun = asked
    stated = _stated(context)
    if stated is not None:
        return stated
    bare = f"{text.replace(said, ',')},"
    bases, rest = _BASES.search(bare), _BASES.sub(" ", bare).replace(",", " ")
    pieces = [
        p
        for p in re.split(r"和|与|、|除以", (bases["what"] or bases["aside"]) if bases else "")
        if noun not in p
    ]
    for amount in _amounts(context, f"{rest} {' '.join(pieces)}"):
        count = _count(amount, noun)
        if count is not None:
            return _draft(context, amount, count, noun)
    return None


def _stated(context: Context) -> Draft | None:
    """The average that the report gives itself."""
    target = replace(context.plan.targets[0], role=None)
    found = choose(context, target, keep=lambda f: bool(_MEAN.search(f.metric))).best
    if found is None or found.best.match.presence < _SAID_THERE:
        return None
    draft = Draft(phrase=target.key)
    value = add_figure(draft, context, found, target)
    draft.text = sentence(value, found.best)
    return draft


_SUBSET = re.compile(r"新增|新建|新购|新聘|新招|更新|报废|淘汰|下属|所属|其中|[1-5一二三四五]A?级")
_MEAN = re.compile(r"均(?!衡)|每")
_SAID_THERE = 0.8  # share of the asked name that stands with an average that the report gives


def _amounts(context: Context, words: str) -> Sequence[Candidate]:
    """The amount that is asked for per thing, at each of its places; of counted things a count."""
    plan = context.plan
    counted = plan.targets[0].dimension is Dimension.COUNT
    noun = plan.targets[0].noun if counted else ""
    name = cues.content(_SPENT.sub(" ", words)) or plan.context or plan.memory
    if len(squeeze(name)) < _LEAST:
        return ()
    dimension = Dimension.COUNT if counted else Dimension.MONEY
    plain = name.replace("国内接待", "公务接待").replace("国内", "")
    names = (name,) if counted else (name, f"{name}费", f"{plain}费")
    for key in names:
        choice = choose(context, Target(key, None, dimension, noun, label=key), keep=_is_amount)
        if choice.best is not None:
            return (
                choice.best.best,
                *(m for m in choice.best.members if m is not choice.best.best),
            )
        spent = [c.best for c in choice.rivals if _PAID.search("".join(c.best.figure.column_path))]
        if len(spent) == 1 and share_place(choice.rivals[0], choice.rivals[-1]):
            return spent  # of what a line was given and what it spent, the latter
    return ()


_PAID = re.compile(r"实际支出|支出数?$|执行数|支付")


_SPENT = re.compile(
    r"花(?:了|费|掉|去)?(?=多少)|用了?(?=多少)|支出(?=多少)|支出(?:了)?\s*$|大概|按决算数算?"
)
_LEAST = 2


def _is_amount(figure: Figure) -> bool:
    return closed(figure) and figure.role in (Role.VALUE, Role.ACTUAL)


def _count(amount: Candidate, noun: str) -> Candidate | None:
    """The one count of the thing in the row, the paragraph or the part of the amount."""
    for near in (_in_row, _in_sentence, _in_block, _in_part):
        found: dict[Decimal, Figure] = {}
        for figure in near(amount):
            if _counts(figure, noun) and (figure.period or amount.period) == amount.period:
                found.setdefault(figure.quantity.base, figure)
        if len(found) > 1:
            return None
        if found:
            return replace(amount, figure=next(iter(found.values())))
    return None


def _counts(figure: Figure, noun: str) -> bool:
    unit, nouns = figure.quantity.unit, _SAME.get(noun, (noun,))
    if not _is_amount(figure) or figure.quantity.base <= 0:
        return False
    if unit.dimension is Dimension.NUMBER and figure.column_path:  # 培训人次 over bare numbers
        return squeeze(figure.column_path[-1]).endswith(nouns)
    return unit.dimension in (Dimension.COUNT, Dimension.MEASURE) and unit.noun in nouns


def _in_row(amount: Candidate) -> Iterator[Figure]:
    place = amount.figure.locator
    for figure in amount.document.figures:
        spot = figure.locator
        if place.table is not None and (spot.table, spot.row) == (place.table, place.row):
            yield figure


def _in_sentence(amount: Candidate) -> Iterator[Figure]:
    own = amount.figure
    for figure in amount.document.figures[max(own.no - _NEAR, 0) : own.no + _NEAR]:
        beside = figure.block == own.block and figure.sentence == own.sentence
        if own.locator.table is None and beside:
            yield figure


_NEAR = 8  # figures before and behind an amount in its sentence


def _in_block(amount: Candidate) -> Iterator[Figure]:
    own = amount.figure
    for figure in amount.document.figures:
        if figure.locator.table is None and own.locator.table is None and figure.block == own.block:
            yield from (figure,) if _near(figure, own) else ()


def _in_part(amount: Candidate) -> Iterator[Figure]:
    """Counts anywhere in the part whose own clause speaks of the very thing."""
    own = amount.figure
    for figure in amount.document.figures:
        if figure.locator.table is None and figure.part == own.part and _about(figure, own):
            yield figure


_RECEIVED = re.compile(r"接待|用车")  # what is counted there in sentences of its own


def _near(figure: Figure, own: Figure) -> bool:
    """Whether a count of the same paragraph speaks of receiving, or of cars, as the amount does."""
    kinds = set(_RECEIVED.findall(own.metric))
    return bool(kinds & set(_RECEIVED.findall(f"{figure.metric}{figure.sentence}")))


def _about(figure: Figure, own: Figure) -> bool:
    """Whether a count is of just what the amount is of: 国内公务接待 for 公务接待费."""
    name = _GENERIC.sub("", squeeze(own.metric))
    said = _GENERIC.sub("", squeeze(figure.subject or figure.metric))
    if _RECEPTION.fullmatch(said):
        return "接待" in name
    return len(name) > 1 and name in said and len(said) <= len(name) + _LONGER


_RECEPTION = re.compile(r"(?:共|累计)?(?:公务)?接待")


_LONGER = 4  # characters
_GENERIC = re.compile(
    r"20\d\d年?度?|支出|决算|预算|数|费|金额|合计|国内|实际|运行|维护|全年|[一二三四五六七八九十\d]+[、.]"
)


def counts_some_only(count: Figure, question: str) -> bool:
    """Whether a count is of some of the things by its name (新增, 3A级), and the question says no such word."""
    subset = _SUBSET.search("".join((count.metric, *count.column_path)))
    return subset is not None and subset.group() not in question


def has_its_own(amount: Candidate, count: Figure) -> bool:
    """补助42名传承人资金84万元: the count told right before an amount is the one that it is of."""
    one = amount.figure
    before = amount.document.figures[one.no - 1] if one.no else None
    if before is None or one.locator.table is not None or before.no == count.no:
        return False
    same = (before.block, before.sentence) == (one.block, one.sentence)
    return same and before.quantity.unit.symbol == count.quantity.unit.symbol


def _draft(context: Context, amount: Candidate, count: Candidate, noun: str) -> Draft | None:
    plan = context.plan
    names = "".join((amount.figure.metric, *amount.figure.column_path))
    some = counts_some_only(count.figure, plan.question) or has_its_own(amount, count.figure)
    if _MEAN.search(names) or some:
        return None  # an amount for each already, or a count of some of the things
    money = amount.figure.quantity.unit.dimension is Dimension.MONEY
    unit = plan.unit or YUAN if money else compute.one_of(amount.figure.quantity.unit)

    def made(figures: Sequence[Figure]) -> Computed | None:
        return compute.per(figures[0], figures[1], unit)

    result = made([amount.figure, count.figure])
    if result is None:
        return None
    draft = Draft(phrase=plan.targets[0].key)
    value = draft.derive(
        result,
        [amount, count],
        label=f"{amount.figure.metric} 平均每{noun}",
        metric=f"{amount.figure.metric} 平均",
        period=amount.period,
        again=made,
    )
    draft.text = (
        f"{value.entity}{amount.period}年{value.label}：{value.number}{value.unit}"
        f"（{result.formula}）。依据：{amount.figure.metric} {shown(amount.figure)}，"
        f"{count.figure.metric} {shown(count.figure)}。"
    )
    return draft
