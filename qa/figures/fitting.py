"""Which figures a target may mean at all: by their dimension, counted noun, role and period."""

from __future__ import annotations

import re
from collections.abc import Collection

from ingest.model import Document, Figure, Role
from ingest.quantity import Dimension
from qa.plan import Target
from qa.words.cues import OWN_BUDGET
from qa.words.matching import squeeze

# Roles that may stand in for the one asked, with what that costs.
ALTERNATIVES: dict[Role, dict[Role, float]] = {
    Role.VALUE: {Role.ACTUAL: 0.0},
    Role.ACTUAL: {Role.VALUE: 0.1, Role.COMPLETION: 0.15},
    Role.BUDGET: {Role.VALUE: 0.2, Role.TARGET: 0.2},
    Role.TARGET: {Role.VALUE: 0.25, Role.BUDGET: 0.25},
    Role.COMPLETION: {Role.VALUE: 0.2, Role.ACTUAL: 0.2},
    Role.SCORE: {Role.VALUE: 0.25},
    Role.FULL_MARK: {Role.VALUE: 0.25},
    Role.SCORE_RATE: {},
    Role.CHANGE: {},
    Role.GROWTH: {},
    Role.SHARE: {},
    Role.ADJUSTMENT: {Role.VALUE: 0.3},
    Role.ADJUSTMENT_RATE: {},
    Role.DEDUCTION: {},
}
# A plain value stands in for these only where its own name says so.
_NAMED_VALUE: dict[Role, re.Pattern[str]] = {
    Role.TARGET: re.compile(r"目标(?!任务?完成|完成|实现)|计划|指标值|预期|设定"),
    Role.BUDGET: re.compile(rf"{OWN_BUDGET}|安排(?!的)|下达|批复|投资|需求|申请"),
    Role.FULL_MARK: re.compile(r"分值|满分|权重"),
    Role.SCORE: re.compile(r"得分|评分|总分"),
    Role.ADJUSTMENT: re.compile(r"调整|调增|调减|追加|核减|压减"),
}
# A name that ends so is an amount of money.
MONEY_NAME = re.compile(
    r"(?:预算数?|决算数?|执行数|支出|收入|经费|金额|资金|费|费用|结余|总额|工资|补贴|补助|奖金|公积金|合计)$"
)
# … and no count, where nothing beside the count itself says that it is one.
_AMOUNT = re.compile(
    r"(?:预算数|决算数|执行数|支出|收入|经费|金额|资金|结余|总额|补贴|补助|奖金|公积金|需求|价|价款|罚款|租金|工资|薪酬|津贴)$"
)
_PLAIN = (None, Role.VALUE, Role.ACTUAL, Role.BUDGET)
_NO_MONEY = frozenset({Dimension.COUNT, Dimension.NUMBER, Dimension.SCORE, Dimension.DURATION})
_NOUN_CLASSES = (
    frozenset({"人", "名", "位", "人次", "个人"}),
    frozenset({"次", "场", "期", "回", "场次", "架次", "批次"}),
    frozenset({"辆", "台", "部"}),
    *(frozenset({"个", word}) for word in "座项件条宗家户份类种所处套路本篇笔台"),
    frozenset("项件条宗类种笔份"),
    frozenset("座所处家套台路"),
    frozenset("本篇份册"),
    frozenset({"天", "日", "个工作日", "工作日"}),
    frozenset({"批", "批次"}),
)

_EXCLUDED = re.compile(
    r"(?:不算|不含|不包括|不包含|不计|剔除|除去|扣除)(?P<name>[一-鿿、和与及]{2,16}?)(?:的?话|[是为有]|在内|之?外|[,，?？]|$)"
)


def excluded_names(text: str) -> tuple[str, ...]:
    """What a question wants left out: a figure of that very name is not the answer."""
    names = (
        squeeze(name)
        for match in _EXCLUDED.finditer(text)
        for name in re.split(r"、|和|与|及", match["name"])
    )
    return tuple(name for name in names if len(name) >= 2)


def named_so(figure: Figure, names: Collection[str]) -> bool:
    """True for a figure whose own labels hold one of the names, and do not exclude it."""
    own = squeeze(f"{figure.metric}{''.join(figure.row_path)}")
    return any(name in own for name in names) and not _EXCLUDED.search(own)


def period_fits(figure: Figure, document: Document, years: Collection[str]) -> bool:
    """Whether a figure is of one of the years asked for, and not of several together."""
    if not years:
        return True
    period = figure.period or document.part_of(figure.block).year
    if period and period not in years:
        return False
    labels = (*figure.row_path[-1:], *figure.column_path)
    return not any(_OVER_YEARS.match(squeeze(label)) for label in labels)


_OVER_YEARS = re.compile(r"[两二三四五六七八九十]年(?:合计|累计|总计|平均|小计)")


def fits(figure: Figure, target: Target) -> bool:
    """Dimension, counted noun and role allow the figure to be meant."""
    unit = figure.quantity.unit
    if not of_kind(figure, target):
        return False
    amount = target.dimension is None and bool(_AMOUNT.search(squeeze(target.key)))
    if amount and not _may_be_money(figure):
        return False
    if amount and target.role in _PLAIN and unit.dimension is Dimension.PERCENT:
        return False
    if target.role is None or figure.role is target.role:
        return True
    quantity = figure.quantity
    bounded = quantity.low is None or quantity.high is None
    if target.role is Role.TARGET and figure.role is Role.VALUE and bounded:
        return True
    if figure.role is Role.VALUE and target.role in _NAMED_VALUE:
        return bool(
            _NAMED_VALUE[target.role].search(f"{figure.metric} {' '.join(figure.column_path)}")
        )
    return figure.role in ALTERNATIVES[target.role]


def of_kind(figure: Figure, target: Target) -> bool:
    """Dimension and counted noun allow the figure to be meant."""
    unit = figure.quantity.unit
    if target.dimension is not None and unit.dimension is not target.dimension:
        points = {Dimension.PERCENT, Dimension.POINT}
        rate = target.dimension is Dimension.MONEY and unit.noun.startswith("元/")  # 每公里多少元
        if not rate and not (target.dimension in points and unit.dimension in points):
            return False
    return not target.noun or same_noun(unit.noun, target.noun)


def _may_be_money(figure: Figure) -> bool:
    """False for a count or bare number whose own label names no amount of money."""
    if figure.quantity.unit.dimension not in _NO_MONEY:
        return True
    return bool(MONEY_NAME.search(squeeze(figure.column_path[-1] if figure.column_path else "")))


def same_noun(left: str, right: str) -> bool:
    """True when two counted nouns may count the same things (个 and 项, not 人 and 次)."""
    if left == right or not left or not right:
        return True
    return any(left in group and right in group for group in _NOUN_CLASSES)
