"""Which operation a question asks for: an ordered list of rules, the first that applies wins."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from ingest.model import Direction, Role
from ingest.quantity import Dimension
from qa.plan import Operation, Order, Plan, Target
from qa.texts.model import TextKind
from qa.words import agreement, bounds, cues


class Asking(NamedTuple):
    """A plan under way, its text without quoted names, and its first target."""

    plan: Plan
    text: str
    first: Target


Rule = Callable[[Asking], Plan | None]


def with_operation(plan: Plan) -> Plan:
    """The plan with its operation, the unit to show, and what the operation does to the targets."""
    text = cues.unquoted(plan.text)
    first = plan.targets[0] if plan.targets else Target("")
    plan = replace(
        plan,
        unit=cues.asked_unit(text) or cues.asked_scale(plan.text),
        claimed=cues.claimed_direction(text),
    )
    for rule in RULES:
        chosen = rule(Asking(plan, text, first))
        if chosen is not None:
            return chosen
    return plan


def _as(plan: Plan, operation: Operation) -> Plan:
    return replace(plan, operation=operation)


def _numeric(plan: Plan, text: str) -> bool:
    return any(t.dimension for t in plan.targets) and not re.search(r"哪几|哪些", text)


def text_first(asking: Asking) -> Plan | None:
    """Definitions and reasons; other text where no figure is asked and nothing is ranked."""
    kind = asking.plan.text_kind
    if kind is TextKind.DEFINITION:
        return _as(asking.plan, Operation.TEXT)
    if kind is TextKind.REASON and not re.search(r"多少|几(?!乎)", asking.text):
        return _as(asking.plan, Operation.TEXT)
    if kind is TextKind.FACT and _NO_FIGURE.search(asking.text):
        return _as(asking.plan, Operation.TEXT)
    if kind is None or _numeric(asking.plan, asking.text):
        return None
    ranked = cues.most_asked(asking.text) or cues.least_asked(asking.text)
    return _as(asking.plan, Operation.TEXT) if kind is TextKind.REASON or not ranked else None


# 金额包不包括某项, 几年一遇: neither is a figure.
_NO_FIGURE = re.compile(r"^(?!.*(?:多少|几)(?!年一遇)).*(?:(?:几|多少)年一遇|包不包[括含]|含不含)")


def listed(asking: Asking) -> Plan | None:
    """年初预算、调减额、调整后预算、支出决算: several figures by name, each to be looked up."""
    named = {target.key for target in asking.plan.targets}
    if len(named) < 3 or asking.text.count("、") < 2:
        return None
    worked_out = (
        cues.sum_asked,
        cues.average_asked,
        cues.share_asked,
        cues.ratio_asked,
        cues.growth_asked,
        cues.most_asked,
        cues.least_asked,
        agreement.verify_asked,
    )
    if any(asked(asking.text) for asked in worked_out) or _TOGETHER.search(asking.text):
        return None
    return _as(asking.plan, Operation.LOOKUP)


# 临江、松坪、青石三个县实际支出合计: one sum of all that are listed.
_TOGETHER = re.compile(
    r"[两三四五六七八九十\d]+(?:个|家|笔)?(?:县|区|市|镇|家|项|笔)[^,;?]{0,12}合计"
)


def stages(asking: Asking) -> Plan | None:
    """年初预算多少，压减多少，执行了多少: the stages of a budget, each to be looked up."""
    told = sum(bool(target.measure) for target in asking.plan.targets)
    worked_out = (
        cues.sum_asked,
        cues.average_asked,
        cues.share_asked,
        cues.ratio_asked,
        cues.most_asked,
        cues.least_asked,
        agreement.verify_asked,
    )
    if told < 2 or told < len(asking.plan.targets) or any(f(asking.text) for f in worked_out):
        return None
    if len(re.findall(r"多少|几(?!乎)", asking.text)) < 2 and "、" not in asking.text:
        return None
    return _as(asking.plan, Operation.LOOKUP)


def deduction(asking: Asking) -> Plan | None:
    """扣了几分."""
    return _as(asking.plan, Operation.DEDUCTION) if asking.first.role is Role.DEDUCTION else None


def completion(asking: Asking) -> Plan | None:
    """完成率, outside quotes; the highest or lowest of several is a ranking."""
    ranked = cues.most_asked(asking.text) or cues.least_asked(asking.text)
    marks = asking.first.role in (Role.FULL_MARK, Role.SCORE)  # 支出完成率的满分
    asked = cues.completion_rate_asked(asking.text) and not ranked and not marks
    return _as(asking.plan, Operation.COMPLETION) if asked else None


def verification(asking: Asking) -> Plan | None:
    """是否一致, 算错了吗."""
    if _COUNTED_APART.search(asking.text):
        return None
    return _as(asking.plan, Operation.VERIFY) if agreement.verify_asked(asking.text) else None


# 有多少条门牌对不上: how many do not agree is a count.
_COUNTED_APART = re.compile(r"(?:多少|几)[^,，。;；?？]{1,14}(?:对不上|不一致|不符)[?？]?$")


def ranking(asking: Asking) -> Plan | None:
    """最大, 最低, 前三."""
    least = cues.least_asked(asking.text)
    if not least and not cues.most_asked(asking.text):
        return None
    order = Order.LEAST if least else Order.MOST
    return replace(
        asking.plan,
        operation=Operation.RANK,
        order=order,
        top=cues.top_asked(asking.text),
        nth=cues.nth_asked(asking.text),
    )


def nothing_there(asking: Asking) -> Plan | None:
    """没有发生的三公经费有哪些: rows that are zero."""
    which = re.search(r"哪些|哪几|哪\w{0,2}项", asking.text)
    return _as(asking.plan, Operation.FILTER) if which and bounds.zero_asked(asking.text) else None


def bounded(asking: Asking) -> Plan | None:
    """哪几个项目的执行率低于90%: rows by a bound."""
    which = re.search(r"哪些|哪[几两三四五六七八九]?[个项家类笔所]", asking.text)
    reason = asking.plan.text_kind in (TextKind.REASON, TextKind.DEFINITION)
    if not which or reason:
        return None
    compared = bounds.COLUMNS_COMPARED.search(asking.text)
    if compared is None and bounds.condition_of(asking.text) is None:
        return None
    return _as(asking.plan, Operation.FILTER)


def counting_condition(asking: Asking) -> Plan | None:
    """超过 10 万元的有几个."""
    counts = asking.first.dimension is Dimension.COUNT and bounds.condition_asked(asking.text)
    return _as(asking.plan, Operation.FILTER) if counts else None


def share_or_ratio(asking: Asking) -> Plan | None:
    """占比; 几倍, 相当于."""
    if cues.share_asked(asking.text):
        return _as(asking.plan, Operation.SHARE)
    return _as(asking.plan, Operation.RATIO) if cues.ratio_asked(asking.text) else None


def aims(asking: Asking) -> Plan | None:
    """A target and what was reached: 增速 is then the name of an indicator."""
    roles = [target.role for target in asking.plan.targets]
    both = Role.TARGET in roles and Role.ACTUAL in roles
    return (
        _as(asking.plan, Operation.LOOKUP) if both and not cues.change_asked(asking.text) else None
    )


def growth(asking: Asking) -> Plan | None:
    """增长百分之几."""
    if not cues.growth_asked(asking.text) or asking.first.role in (
        Role.COMPLETION,
        Role.SCORE_RATE,
    ):
        return None
    if "百分点" in asking.text and cues.against_plan_asked(asking.text):
        return _as(asking.plan, Operation.DIFFERENCE)  # of two rates, a target and what was reached
    return _moved(asking.plan, Operation.GROWTH, Role.GROWTH, Dimension.PERCENT)


def left_over(asking: Asking) -> Plan | None:
    """还剩多少没花: an amount of money, whatever the question calls it."""
    several = cues.sum_asked(asking.text) and re.search(r"和|与|、", asking.text)
    if several or len(asking.plan.targets) > 2 or not cues.left_over_asked(asking.text):
        return None
    targets = tuple(replace(t, dimension=Dimension.MONEY, noun="") for t in asking.plan.targets)
    return replace(asking.plan, operation=Operation.DIFFERENCE, targets=targets)


def change(asking: Asking) -> Plan | None:
    """比上年多多少; 甲比乙多多少."""
    if not cues.change_asked(asking.text) or asking.first.role in (Role.ADJUSTMENT, Role.DEDUCTION):
        return None
    if cues.against_plan_asked(asking.text):
        return _as(asking.plan, Operation.DIFFERENCE)
    if "上年" in (asking.first.basis, cues.basis_asked(asking.text)):
        return _moved(asking.plan, Operation.CHANGE, Role.CHANGE, None)
    return _as(asking.plan, Operation.DIFFERENCE)


_LISTED_SUM = re.compile(
    r"[一-鿿](?<!结转)(?<!收入)(?<!住房)(?:和|与|及|、|加)(?!结余|支出)[一-鿿]{2,12}?(?:的)?合计(?:是|为|有)?(?:多少|几)"
)


_YEARS_SUMMED = re.compile(
    r"^(?!.*(?:分别|各|比较|对比|变化|趋势)).*(?<!本年收入)(?<!本年支出)合计(?:数|额|金额)?(?:是|为|有)?(?:多少|几)"
)


def average_or_sum(asking: Asking) -> Plan | None:
    """平均; 一共, 合计."""
    if cues.average_asked(asking.text):
        return _as(asking.plan, Operation.AVERAGE)
    grouped = re.search(r"[两三四五六七八九十\d]+(?:个|家|项|笔|次|回|批)[^?]*合计", asking.text)
    listed = _LISTED_SUM.search(asking.text) or _TOGETHER.search(asking.text)
    years = len(asking.plan.years) > 1 and _YEARS_SUMMED.search(asking.text)
    summed = bool(
        cues.sum_asked(asking.text) or grouped or listed or years
    ) and not cues.rows_asked(asking.text)
    return _as(asking.plan, Operation.SUM) if summed else None


def rows(asking: Asking) -> Plan | None:
    """列了多少个项目."""
    counted = asking.first.dimension is Dimension.COUNT and cues.rows_asked(asking.text)
    return _as(asking.plan, Operation.COUNT) if counted else None


RULES: tuple[Rule, ...] = (
    nothing_there,
    bounded,
    text_first,
    listed,
    stages,
    verification,
    deduction,
    aims,
    completion,
    ranking,
    counting_condition,
    share_or_ratio,
    growth,
    left_over,
    change,
    average_or_sum,
    rows,
)


def _moved(plan: Plan, operation: Operation, role: Role, dimension: Dimension | None) -> Plan:
    """A question about a change asks for figures of that role under the same name."""
    targets = tuple(
        replace(
            target,
            key=_unmoved(target.key) or target.key,
            role=role,
            dimension=target.dimension if _counted(target, operation) else dimension,
            noun=target.noun if _counted(target, operation) else "",
            basis=target.basis or cues.basis_asked(plan.text) or "上年",
        )
        for target in plan.targets
    )
    return replace(plan, operation=operation, targets=targets, claimed=Direction.NONE)


def _counted(target: Target, operation: Operation) -> bool:
    """Whether a change is asked of something that is counted (少了多少人次)."""
    return operation is Operation.CHANGE and target.dimension is Dimension.COUNT


_MOVING = re.compile(
    r"(?:比|较|跟|同)?\s*(?:它|他|其)?\s*(?:上年|去年|上一年|前一年|上年度)(?:度|决算数?|同期)?(?:相比|比)?|同比|"
    r"增长率?|增加|上升|上涨|提高|下降|减少|降低|增幅|降幅|涨|砍|降|增速|变化|变动|幅度|比例|还是|多(?![媒功元])|少(?![年儿数])|"
    r"差(?![旅额错])|相差|大幅|比(?!赛)|较(?=\s|增|下|减|上|$)"
)


def _unmoved(key: str) -> str:
    return re.sub(r"\s+", " ", _MOVING.sub(" ", key)).strip()
