"""A rate that no place states, from the two counts that it is made of (合格率: 合格 over 抽检).

``育婴员培训合格率`` asks for 育婴员培训合格数 and 育婴员培训数, each as a question of its own; which words
stand for the whole of a rate is in `qa/data/rates.tsv`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from ingest.model import Document, Figure, Role
from ingest.quantity import Dimension, UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate, Evidence
from qa.figures.fitting import period_fits
from qa.operands.asks import full_years
from qa.plan import Plan
from qa.present import shown
from qa.words.lexicon import derived, rows, split
from qa.words.matching import asked_grams, grams, squeeze


class Words(NamedTuple):
    """The words for the whole and for the part of a rate; `own`: the part is called by the rate's own."""

    wholes: tuple[str, ...]
    parts: tuple[str, ...]
    own: bool


class RateAsks(NamedTuple):
    """The questions for the part, the likeliest first, and the words of both.

    `rate` as it was asked; `of` what, in short; `head`: all that names what it is of.
    """

    rate: str
    parts: tuple[str, ...]
    words: Words
    of: str = ""
    head: str = ""


@derived
@cache
def _words() -> dict[str, Words]:
    """The words of each rate by its name before 率."""
    found: dict[str, Words] = {}
    for names, wholes, parts in rows("rates.tsv"):
        for name in split(names):
            known = found[name].wholes if name in found else ()
            every = tuple(dict.fromkeys((*known, *split(wholes))))
            found[name] = Words(every, split(parts) or (name,), not parts)
    return found


@derived
@cache
def _asked() -> re.Pattern[str]:
    names = "|".join(sorted(_words(), key=len, reverse=True))
    how = r"(?:是|为|有|达到?|达)*(?:多少|几成|百分之[几多]|多高|$|[(（,，?？])"
    return re.compile(
        rf"^(?P<head>.{{4,}}?)的?(?P<name>{names})(?P<end>率|比例|比率){how}"
        rf"|^(?P<of>.{{4,}}?)(?P<did>完成)(?:了)?(?P<plan>年初预算|全年预算|预算|年度目标|目标|年度计划|计划|任务)数?的?(?:百分之[几多]少?|几成|比例{how})"
    )


_UNDONE = re.compile(r"(?:不|未|没有?)$")
_TRIED = 8  # ways of asking for one side


def rate_asks(plan: Plan) -> RateAsks | None:
    """How a rate is asked for as two questions; None where it is not, or for what failed."""
    text = full_years(plan)
    found = _asked().search(text)
    if found is None or len(plan.years) > 1:
        return None
    head = (found["head"] or found["of"]).rstrip("的，,")
    budget = bool(found["plan"]) and "预算" in found["plan"]
    name = found["name"] or ("执行" if budget else "完成")
    if _UNDONE.search(head):
        return None
    words = _words()[name]
    if found["plan"] and not words.own:  # of 年初预算 no other budget is the whole
        said_plan = found["plan"][:2]
        wholes = tuple(word for word in words.wholes if said_plan in word)
        words = words._replace(wholes=wholes) if said_plan in ("年初", "全年") else words
    # 考核合格率 is of those who were 考核, where others were only 培训.
    said = sorted(words.wholes, key=lambda word: word not in head[-_LAST:])
    words = words._replace(wholes=tuple(said))
    bare = [head.removesuffix(word) for word in words.wholes if head.endswith(word)]
    done = any(head.endswith(part) for part in words.parts)
    parts = [
        f"{each}{part}{end}" for each in (head, *bare) for part in words.parts for end in _COUNTS
    ]
    if not words.own:
        parts = [f"{head}是多少？"] * done + [f"{head}{part}是多少？" for part in words.parts]
    rate = f"{found['name']}{found['end']}" if found["name"] else f"完成{found['plan']}的比例"
    of = re.sub(r".*[年的]", "", (bare or [head])[0])
    own = _OWN_END.sub("", plan.text.rpartition(rate)[0]) if found["name"] else ""
    return RateAsks(rate, tuple(parts[:_TRIED]), words, of, own.strip())


_OWN_END = re.compile(r"[\s的]+$")
_COUNTS = ("数是多少？", "了多少？")
_PLAIN = (Role.VALUE, Role.ACTUAL, Role.TARGET, Role.BUDGET)
_NO_COUNT = (Dimension.PERCENT, Dimension.POINT, Dimension.SCORE, Dimension.MULTIPLE)


def worked_rate(asks: RateAsks, part: Candidate) -> Draft | None:
    """The part over the one whole that stands in its row or sentence; None where there is none."""
    one = part.figure
    if one.role not in _PLAIN or one.quantity.unit.dimension in _NO_COUNT:
        return None
    own = squeeze("".join((one.metric, *one.row_path, *one.column_path)))
    if not any(word in own for word in asks.words.parts):
        return None
    if not asks.words.own and one.locator.table is None:
        return None  # of budgets and plans a sentence tells several
    found = _whole(part, asks)
    if found is None or not _of_one_thing(asks, part, found):
        return None
    whole = replace(part, figure=found)
    try:
        result = compute.percent_of(one, found)
    except UnitError:
        return None
    if result is None:
        return None
    draft = Draft(phrase=one.metric)
    value = draft.derive(
        result,
        [part, whole],
        label=f"{one.metric} {asks.rate}",
        metric=f"{one.metric} {asks.rate}",
        period=part.period,
        again=lambda figures: compute.percent_of(figures[0], figures[1]),
    )
    facts = "，".join(f"{each.figure.metric} {shown(each.figure)}" for each in (part, whole))
    draft.text = (
        f"{value.entity}{part.period}年{asks.rate}：{value.number}{value.unit}"
        f"（{result.formula}）。依据：{facts}。"
    )
    return draft


def paired_rate(asks: RateAsks, plan: Plan, evidence: Evidence) -> Draft | None:
    """The one part in scope that stands with its whole in a row or sentence which tells what is asked.

    路检抽测柴油车9320辆，超标417辆: neither number alone is called 路检柴油车超标数.
    """
    if not asks.head or not asks.words.own or len(plan.years) > 1:
        return None
    found: dict[str, Draft] = {}
    for report, parts in evidence.scoped(plan.parts):
        index = evidence.index(report)
        known = frozenset(gram for gram in asked_grams(asks.head) if gram in index.postings)
        for part in _parts_in(index.document, report, parts, asks, plan) if known else ():
            told = grams(_told_of(part))
            draft = worked_rate(asks, part)
            if draft is not None and len(known & told) >= _HELD * len(known):
                found[draft.values[0].number] = draft
    return next(iter(found.values())) if len(found) == 1 else None


_HELD = 0.9  # share of the words of what a rate is of, as far as a report has them


def _parts_in(
    document: Document, report: int, parts: Collection[int], asks: RateAsks, plan: Plan
) -> Iterator[Candidate]:
    """The figures in scope that are called by the word for the part."""
    for figure in document.figures:
        own = squeeze(figure.column_path[-1] if figure.column_path else figure.metric)
        named = any(word in own for word in asks.words.parts)
        if named and figure.part in parts and period_fits(figure, document, plan.years):
            yield Candidate.sure(report, document, figure)


def _told_of(part: Candidate) -> str:
    """What a figure's sentence tells, or its row with the names of its columns and its table."""
    one = part.figure
    if one.locator.table is None:
        return squeeze(one.sentence)
    columns = "，".join("".join(figure.column_path) for figure in (one, *_beside(part)))
    return squeeze(
        "，".join((*one.row_path, columns, part.document.tables[one.locator.table].title))
    )


_LAST = 4  # characters that name what a rate is of
_MOST = 130  # per cent: what was done beyond this was not planned so


def _of_one_thing(asks: RateAsks, part: Candidate, whole: Figure) -> bool:
    """Whether the whole is of the thing that the rate is asked of: 隐患 is not 重大隐患."""
    one = part.figure
    if one.locator.table is not None:
        sure = all("年初" in word for word in asks.words.wholes)
        over = not sure and one.quantity.base * 100 > _MOST * whole.quantity.base
        return asks.words.own or not over
    first, last = sorted((one, whole), key=lambda figure: figure.start)
    between = part.document.blocks[one.block].text[first.end : last.start]
    others = [f for f in _beside(part) if first.end <= f.start and f.end <= last.start]
    if others and "其中" in between:
        return False  # 隐患428处，其中重大隐患12处，整改12处: of the grave ones
    wanted = grams(asks.of[-_LAST:])
    held = grams(_label(part, whole))
    return not wanted or len(wanted & held) * 2 >= len(wanted)


def _whole(part: Candidate, asks: RateAsks) -> Figure | None:
    """The one figure beside the part that a word for the whole names, the first that names but one."""
    beside = [figure for figure in _beside(part) if _may_hold(figure, part.figure, asks.words)]
    for word in asks.words.wholes:
        named = {f.quantity.base: f for f in beside if word in _label(part, f)}
        if len(named) == 1:
            return next(iter(named.values()))
    return None


def _beside(part: Candidate) -> Iterator[Figure]:
    one = part.figure
    for figure in part.document.figures:
        if one.locator.table is not None:
            near = figure.locator.table, figure.locator.row
            same = near == (one.locator.table, one.locator.row)
        else:
            same = figure.locator.table is None and figure.block == one.block
            same = same and figure.sentence == one.sentence
        if same and figure.no != one.no:
            yield figure


def _may_hold(figure: Figure, one: Figure, words: Words) -> bool:
    """Whether a figure can be the whole of a part: of its unit, period and kind.

    What is counted among others is no more than they are; more than was planned may be done.
    """
    unit = figure.quantity.unit
    if not unit.compatible(one.quantity.unit) or (figure.period != one.period):
        return False
    own = squeeze(figure.column_path[-1] if figure.column_path else figure.metric)
    if figure.quantity.approx or figure.quantity.low is None or figure.quantity.high is None:
        return False  # ≤30天 is no plan to be reached
    least = one.quantity.base if words.own else 0
    other = not words.own or not any(word in own for word in words.parts)
    return figure.role in _PLAIN and figure.quantity.base >= max(least, 0) and other


def _label(part: Candidate, figure: Figure) -> str:
    """What a figure is called: its column, or the words of its sentence since the number before."""
    if figure.locator.table is not None:
        return squeeze("".join(figure.column_path))
    text = part.document.text
    before = max((f.end for f in _beside(part) if f.end <= figure.start), default=0)
    stop = max(before, text.rfind("。", 0, figure.start), figure.start - _FAR)
    return squeeze(f"{figure.metric}{text[stop : figure.start]}")


_FAR = 30  # characters before a number that may name it
