"""Two figures asked for with how far they are apart: ``两年各是多少，增加了多少``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.model import Role
from ingest.quantity import Dimension, UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.model import Outcome
from qa.operations.context import closed
from qa.planning.planner import Remembered
from qa.present import moved_word

_MOVE = r"增长|增加|上升|上涨|提高|涨|升|下降|减少|降低|下滑|降|减|增|多|少|高|低|变化|变动|缩减|压缩|回落"
_GAP = re.compile(
    r"(?:^|[,，;；。?？])\s*(?:那么?|其中|前后|之间|中间|这|那|它们|他们|一共|总共|后者比前者|第二年比第一年)*"
    r"(?:两|二|俩)?(?:者|个|年|项|次|边|组|种)?(?:数|数字|年度|口径)?(?:之间|间)?(?:同比|比上年|较上年|比前一年)?"
    r"(?:相差|差额|差距|差|共?(?:" + _MOVE + r"))(?:了|出|掉)?(?:是|为|有|共)?"
    r"(?P<ask>百分之几|百分之多少|多少个?百分点|几个?百分点|(?:多少|几)(?P<unit>[一-鿿]{0,4}))\s*呢?[?？。\s]*$"
)


# 2023年比这个多花了多少: the same figure of that year, held against the one shown before.
_THAN_IT = re.compile(
    r"^(?:那么?)?(?P<year>(?:(?:19|20)\d\d|\d\d|上一?|前一|去|第二|次|下一)年度?)(?:的)?"
    r"(?:比|较|跟|和|与|同)(?:这个|这[年项笔]|它|那[个年]|上面(?:的|这个)?|前面(?:的|这个)?|刚才的?|前者)(?:数|相?比)?"
    r"(?:又|还|要)?(?:是)?(?:" + _MOVE + r"|差|相差)(?:花|用|支|收|出|掉|付)*(?:了)?"
    r"(?P<ask>百分之几|百分之多少|(?:多少|几)[一-鿿]{0,5})[?？。\s]*$"
)


# 2022年比2021年接待费少了多少，两年各是多少: the difference first, then what it is between.
_FIRST = re.compile(
    r"^(?P<front>[^,，;；?？]*?)(?P<later>(?:19|20)\d\d年度?)(?P<name>[^,，;；?？]*?)(?:比|较|与|和|跟|同)"
    r"(?P<earlier>(?:19|20)\d\d年度?)(?:相比)?[,，]?(?P<rest>[^,，;；?？]*?)(?:又|还|是)?(?:同比)?"
    r"(?:相差|差|共?(?:" + _MOVE + r"))(?:了|出|掉|花|用|支出)*"
    r"(?P<ask>百分之几|百分之多少|(?:多少|几)[一-鿿]{0,4})[,，;；](?:那么?|而)?(?:这?两年|二者|两者|两个年度)?(?:的)?(?:数|金额|决算数?)?"
    r"(?:分别|各自?)(?:又|都)?(?:是|为|有)?(?:多少|几)[一-鿿]{0,3}[?？。\s]*$"
)


class Gap(NamedTuple):
    """The rest of a question that goes on to ask how far its figures are apart.

    `rate` is whether as a rate, `before` whether from the figure of the turn before, `last_year`
    whether from the year before.
    """

    rest: str
    rate: bool
    before: bool = False
    last_year: bool = False


def gap_beside(question: str, *, follows: bool = False) -> Gap | None:
    """The question less the ask for the difference of what it asks for before; None without one.

    `rest` is "" where nothing but the difference is asked for.
    """
    than = _THAN_IT.search(question) if follows else None
    if than is not None:
        return Gap(f"{than['year']}呢？", than["ask"].startswith("百分之"), before=True)
    first = _FIRST.search(question)
    if first is not None:
        name = f"{first['name']}{first['rest']}".strip("的")
        rest = f"{first['front']}{first['earlier']}和{first['later']}{name}各是多少？"
        return Gap(rest, first["ask"].startswith("百分之")) if name else None
    match = _GAP.search(question)
    if match is None:
        return None
    rest = question[: match.start()].strip(" ,，;；")
    last_year = bool(_LAST_YEAR.search(match.group()))
    return Gap(rest, match["ask"].startswith("百分之"), last_year=last_year)


_LAST_YEAR = re.compile(r"同比|[比较](?:上|前一)年")


def operands(gap: Gap, shown: Sequence[Candidate], previous: Remembered) -> list[Candidate]:
    """The two figures that a follow-up means: of this turn and the one before, or of the last two."""
    if gap.before:
        return [*previous.shown, *shown]
    if not gap.rest and len(shown) == 1:
        return [*previous.earlier, *shown]
    return list(shown)


def add_gap(draft: Draft, shown: Sequence[Candidate], gap: Gap) -> bool:
    """Add how far two figures are apart; False where they are not two of one kind.

    Of two years it is what the later one is more or less than the earlier one, else the first less
    the second.
    """
    pair = _ordered(shown)
    if pair is None:
        return False
    later, earlier = pair
    if gap.last_year and later.period == earlier.period:
        return False
    percent = later.figure.quantity.unit.dimension is Dimension.PERCENT
    make = compute.growth_between if gap.rate and not percent else compute.difference
    try:
        result = make(later.figure, earlier.figure)
    except UnitError:
        return False
    if result is None:
        return False
    years = later.period != earlier.period
    word = moved_word(result) if years else ""
    value = draft.derive(
        result,
        [later, earlier],
        label=f"{later.period}年比{earlier.period}年" if years else "相差",
        metric=later.figure.metric,
        period=later.period,
        again=lambda figures: make(figures[0], figures[1]),
        direction=word,
    )
    number = value.number.lstrip("-")
    words = f"{value.label}{word}" if years else "相差"
    line = f"{words}：{number}{value.unit}（{result.formula}）。"
    if gap.before:
        draft.values.insert(0, draft.values.pop())
        draft.figures = [replace(each, index=each.index + 1) for each in draft.figures]
    lines = (line, draft.text) if gap.before else (draft.text, line)
    draft.text = "\n".join(each for each in lines if each)
    return True


def unlike(draft: Draft, shown: Sequence[Candidate]) -> bool:
    """Mark an answer over two years unanswered where their figures cannot be subtracted."""
    if len(shown) != 2 or shown[0].period == shown[1].period:
        return False
    draft.outcome = Outcome.ABSTAINED
    draft.reason = draft.text = f"所问的几项只找到一部分，不能完整作答：\n{draft.text}"
    return True


_SAME_KIND = (Role.CHANGE, Role.GROWTH, Role.ADJUSTMENT, Role.SHARE)


def _ordered(shown: Sequence[Candidate]) -> tuple[Candidate, Candidate] | None:
    """The later and the earlier of two figures of one kind; in one year the first and the second."""
    aims = (Role.TARGET,)
    if len(shown) != 2 or not all(closed(c.figure) or c.figure.role in aims for c in shown):
        return None
    first, second = shown
    if any(each.figure.role in _SAME_KIND for each in shown):
        return None
    if (first.document.sha256, first.figure.no) == (second.document.sha256, second.figure.no):
        return None
    if not first.figure.quantity.unit.compatible(second.figure.quantity.unit):
        return None
    if first.period == second.period:
        return first, second
    later, earlier = (first, second) if first.period > second.period else (second, first)
    return later, earlier
