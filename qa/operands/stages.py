"""Two stages of one amount, each asked for alone, and what lies between them. Pure.

``甲项目全年预算比年初预算追加了多少`` asks for 甲项目全年预算 and 甲项目年初预算; ``甲项目预算还剩多少没花`` for what
was planned last and what was spent; ``甲的结算审定比合同价低百分之几`` for both. Two plans must be told at one
place, a plan and what came of it in one report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ingest.model import Figure, Role
from ingest.quantity import UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operands.asks import full_years
from qa.operations.context import closed
from qa.operations.pairs import one_measure, one_place
from qa.plan import Plan
from qa.present import Computed, moved_word, shown
from qa.words.matching import squeeze

_STAGE = (
    r"(?:年初预算|全年预算|调整后的?预算|调整预算|支出决算|全年执行|实际支出|合同总?价款?|合同金额|中标价|中标金额|招标控制价|控制价|结算审定|"
    r"结算审定价|结算价|结算金额|审定金额|审定价|送审金额|送审价|计划投资|完成投资|概算|批复投资|决算|预算)(?:数|额|金额)?"
)
_MOVED = r"(?:追加|调增|调减|增加|增长|减少|下降|核减|审减|节约|节省|多|少|高|低)(?:了|出)?"
_HOW_MUCH = r"(?P<ask>百分之[几多]少?|几成|(?:多少|几)(?!个?百分点)[万亿]?元?钱?)"
# 甲的结算审定比合同价低百分之几
_TWO = re.compile(
    rf"^(?P<what>[^,，。比]{{2,}}?)[,，]?的?(?P<a>{_STAGE})(?:比|较)(?P<b>{_STAGE})(?:[,，]?(?:要|又|一共|共|总共))?{_MOVED}{_HOW_MUCH}$"
)
# 甲的全年预算比年初追加了多少
_FROM_START = re.compile(
    rf"^(?P<what>[^,，。比]{{2,}}?)[,，]?的?(?:全年|调整后的?|年度)?预算数?(?:比|较)年初(?:预算数?)?{_MOVED}{_HOW_MUCH}$"
)
# 甲项目预算调增了多少
_ADJUSTED = re.compile(
    rf"^(?P<what>[^,，。比]{{2,}}?)(?:的)?(?:年中|中途)?预算(?:年中|中途)?(?:追加|调增|调减|核减)了?{_HOW_MUCH}$"
)
# 甲比预算省了多少
_SAVED = re.compile(
    rf"^(?P<what>[^,，。比]{{2,}}?)(?:的?(?:支出|决算|花费|开支))?比(?:年初|全年)?预算数?(?:要)?"
    rf"(?:节省|节约|省|少花|少用|少支出|少)(?:下)?(?:了)?{_HOW_MUCH}$"
)
_LEFT = re.compile(
    r"^(?P<what>[^。]{2,}?)[,，]?(?:最后|到底|一共|总共)?(?:"
    r"(?:还|仍)?(?:剩|余|有)(?:下|了)?多少(?:[万亿]?元|钱)?(?:的)?(?:钱|资金)?(?:没有?|未)(?:有)?(?:被)?(?:花|用|执行|支出|使用)(?:出去|掉|完|了)*"
    r"|有多少(?:[万亿]?元|钱)?(?:没有?|未)(?:被)?(?:花|用|执行|支出|使用)(?:出去|掉|完|了)*"
    r"|(?:还|仍)(?:剩|余)(?:下|了)?多少(?:[万亿]?元|钱|资金))$"
)
_LEFT_OF = re.compile(
    r"(?:的)?(?:按)?(?:(?:全年|年初|调整后的?|年度|安排的?|下达的?)?预算数?|安排的?(?:钱|资金)|(?:那笔)?(?:钱|资金))?(?:来?看|里面?|中|当中)?$"
)
# 甲用了预算的百分之几
_USED = re.compile(
    r"^(?P<what>[^,，。比]{2,}?)(?:支出|实际)?(?:花|用|支出|执行|完成|只花|只用)(?:掉|出去)?了?(?P<of>年初|全年|调整后)?预算数?的?"
    r"(?P<ask>百分之[几多]少?|几成|多少|比例)$"
)
_RATE = re.compile(r"百分之|几成|比例")
_ASIDE = re.compile(r"[(（][^()（）]*[)）][?？。]?$")
_BUDGETS = ("全年预算数", "调整后预算数", "年度预算", "预算数")
_SPENT = ("全年执行数", "执行数", "实际支出", "年度支出", "决算数")
_START = ("年初预算数", "年初预算")


@dataclass(frozen=True, slots=True)
class StageAsks:
    """The ways of asking for both stages, and what lies between them: a key of `_MAKES`."""

    deed: str
    first: tuple[str, ...]
    second: tuple[str, ...]


_SIGNS = {"apart": "−", "left": "−", "rate": "比", "of": "÷"}


def stage_asks(plan: Plan) -> StageAsks | None:
    """How a question about two stages of one amount asks for each; None for any other question."""
    text = _ASIDE.sub("", full_years(plan)).rstrip("?？。")
    if len(plan.years) > 1 or plan.basis_years or plan.memory or len(plan.apart) > 1:
        return None
    for pattern, first, second in (
        (_FROM_START, _BUDGETS[:3], _START),
        (_ADJUSTED, _BUDGETS[:3], _START),
        (_TWO, (), ()),
    ):
        found = pattern.search(text)
        if found is not None:
            sides = (first, second) if first else ((found["a"],), (found["b"],))
            deed = "rate" if _RATE.search(found["ask"]) else "apart"
            return StageAsks(deed, *(_asks(found["what"], names) for names in sides))
    saved = _SAVED.search(text)
    if saved is not None:
        if _RATE.search(saved["ask"]):
            return None
        return StageAsks("left", _asks(saved["what"], _BUDGETS), _asks(saved["what"], _SPENT))
    used = _USED.search(text)
    if used is not None:
        of = (f"{used['of']}预算数",) if used["of"] else ("预算数", "全年预算数")
        return StageAsks("of", _asks(used["what"], _SPENT), _asks(used["what"], of))
    left = _LEFT.search(text)
    if left is None:
        return None
    what = _LEFT_OF.sub("", left["what"]).rstrip("的，,")
    deep = "年初" in left["what"][len(what) :]
    return StageAsks("left", _asks(what, _START if deep else _BUDGETS), _asks(what, _SPENT))


def _asks(what: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{what}的{name}是多少？" for name in names)


def worked_stages(
    asks: StageAsks, plan: Plan, pairs: Iterator[tuple[Candidate, Candidate]]
) -> Draft | None:
    """What lies between the first two stages that are told at one place; None where there are none."""
    return next((d for d in (_draft(asks, plan, *pair) for pair in pairs) if d is not None), None)


def _draft(asks: StageAsks, plan: Plan, first: Candidate, second: Candidate) -> Draft | None:
    if not _one_amount(first, second):
        return None
    make = _MAKES[asks.deed]
    try:
        computed = make(first.figure, second.figure)
    except UnitError:
        return None
    if computed is None or (asks.deed == "left" and computed.value < 0):
        return None
    word = moved_word(computed) if asks.deed in ("apart", "rate") else ""
    label = f"{first.figure.metric} {_SIGNS[asks.deed]} {second.figure.metric}"
    draft = Draft(phrase=first.figure.metric)
    value = draft.derive(
        computed.shown_in(plan.unit) if asks.deed in ("apart", "left") else computed,
        [first, second],
        label=label,
        metric=first.figure.metric,
        period=first.period,
        again=lambda figures: make(figures[0], figures[1]),
        direction=word,
    )
    number = value.number.lstrip("-") if word else value.number
    facts = "，".join(f"{each.figure.metric} {shown(each.figure)}" for each in (first, second))
    result = f"{word}{number}{value.unit}（{computed.formula}）"
    draft.text = f"{value.entity}{value.period}年 {label}：{result}。依据：{facts}。"
    return draft


_MAKES: Mapping[str, Callable[[Figure, Figure], Computed | None]] = {
    "apart": compute.difference,
    "left": compute.difference,
    "rate": compute.growth_between,
    "of": compute.percent_of,
}


def as_staged(text: str) -> str:
    """A text with 多 for how one stage came from the other (追加, 省下), which no stage is called."""
    return _CAME.sub("多", text)


_CAME = re.compile(r"(?:追加|调增|调减|核减|审减|节省|节约|省下?|少花|少用)了?(?=多少|几|百分之)")
_CHANGE = re.compile(r"[低高多少大小]于|超出|超过|增加|减少|下降|增长|调[增减]|追加|[核审]减")
_MOVING = frozenset([Role.CHANGE, Role.GROWTH, Role.ADJUSTMENT, Role.COMPLETION, Role.SHARE])


def _one_amount(first: Candidate, second: Candidate) -> bool:
    """Whether two figures are stages of one amount: of one row, or told in one paragraph."""
    one, other = first.figure, second.figure
    if any(
        _CHANGE.search(squeeze("".join((f.metric, *f.row_path, *f.column_path))))
        for f in (one, other)
    ):
        return False
    return (
        one.no != other.no
        and not {one.role, other.role} & _MOVING
        and first.report == second.report
        and (one_place(first, second) or len({one.role, other.role} & {Role.BUDGET}) == 1)
        and first.period == second.period
        and one_measure(one, other)
        and closed(one)
        and closed(other)
        and one.quantity.unit.compatible(other.quantity.unit)
        and one.quantity.unit.noun == other.quantity.unit.noun
    )


__all__ = ["StageAsks", "as_staged", "stage_asks", "worked_stages"]
