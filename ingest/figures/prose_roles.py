"""What a number in a sentence is to its subject: the words beside it that tell its role."""

from __future__ import annotations

import re

from ingest.model import Direction, Role
from ingest.quantity import Dimension
from ingest.reading.reader import Reading

_UP = r"增加|增长|上升|上涨|提高|提升|上浮|增幅|升高|超出|超过|多|高于|高出|增收|增支"
_DOWN = r"减少|缩短|下降|降低|下滑|下浮|减幅|降幅|节约|节省|压缩|少|低于|减支|减收|缩减"
_AFTER_CUE = r"了|约|为|达到?|近|超|共|额|数|幅度|率|:|\s)*$"
_UP_END = re.compile(rf"(?:{_UP})(?:{_AFTER_CUE}")
_DOWN_END = re.compile(rf"(?:{_DOWN})(?:{_AFTER_CUE}")
# 比上年决算增237.8万元: one character is enough behind what is compared with.
_UP_SHORT = re.compile(r"(?<![新倍递])[增升涨](?:了|约)?$")
_DOWN_SHORT = re.compile(r"(?<![加增核裁])[减降跌](?:了|约)?$")
_RAISE_END = re.compile(r"(?:调增|追加|增补|增拨|核增)(?!后|至|到|为)[^,;。后]{0,8}$")
_CUT_END = re.compile(r"(?:调减|核减|压减|收回|扣减|追减)(?!后|至|到|为)[^,;。后]{0,8}$")
# A bound is no change: 超过100万元, 低于97%.
_BOUND_END = re.compile(rf"(?:高于|低于|高出|超出|超过|多于|少于|超)(?:{_AFTER_CUE}")
_ADJUSTED_TO = re.compile(r"调(?:减|增|整)(?:(?:至|到|为)|后的?(?:为|共|合计)?)$")
_BASIS = re.compile(
    r"(?:比|较|与|同)(?P<basis>[^,;。比较]{0,6}?(?:上年|去年|上一年|年初|预算|预期|计划|目标|同期|20\d\d)"
    r"[^,;。]{0,14}?)(?:相比|相较|比)?,?(?:[^,;。]{0,4}(?:增幅|降幅))?(?=增加|增长|上升|上涨|提高|减少|下降|降低|持平"
    r"|多|少|超|节约|节省|上浮|下浮|压缩|提升|下滑|$)"
)
# 与2021年度相比，收、支总计各增加: what is compared stands between.
_BASIS_APART = re.compile(
    r"(?:比|较|与|同|和)(?P<basis>(?:上年|去年|上一年|20\d\d年?)[^,;。比较]{0,6}?)(?:相比|相较|比较),[^,;。\d]{2,24}$"
)
_YOY = re.compile(r"同比")
_SHARE = re.compile(
    r"占(?!地)(?P<basis>[^,,;;。占]{0,40}?)(?:的)?(?:比重|比例|比|份额)?(?:为|达到?|约|是)?$"
)
_COMPLETE = re.compile(
    r"(?:完成(?!率)(?:了)?[^,,;;。:]{0,12}(?:预算|计划)[^,,;;。]{0,12}的?|"
    r"(?:预算|资金|支出|支付|总体|整体)*(?:执行率|支出进度|支付进度|支出率|执行进度|预算完成率|支出完成率|支付率|使用率))"
    r"(?:均|已|也|[^,,;;。\d]{0,4})?(?:为|达到?|是|约|:)?$"
)
_ADJUST_RATE = re.compile(
    r"(?:调整率|调整幅度|调剂率|(?:压减|调减|核减|追加|调增)(?:比例|率|幅度))(?:为|达到?|是|约|:)?$"
)
_SCORE_RATE = re.compile(r"得分率(?:最[高低])?,?[^,,;;。\d]{0,4}$")
_FULL = re.compile(
    r"(?:满分|分值|权重|设定分值|标准分|总分值|占)(?:共|合计)?(?:为|是|:|\()?$|(?:满分|分值|权重)[^,,;;。\d]{0,6}$"
)
_DEDUCT = re.compile(r"(?:扣|扣减|扣除|失)(?:了|掉)?$|扣分[^,,;;。\d]{0,3}$")
_BUDGET = re.compile(
    r"(?:预算数?|预算(?:安排|下达|资金|金额|总额|额度|批复|规模)+|(?:安排|下达|批复|核定)[^,,;;。]{0,4}(?:预算|资金)|"
    r"计划安排预算|资金需求|指标额度)(?:合计|共计?|总计)?(?:资金)?(?:为|是|达|共|:|约)?$"
)
_TARGET = re.compile(
    r"(?<!超过)(?<!超出)(?<!高于)(?<!低于)"
    r"(?:计划(?!财务|生育|处|科|司|办|局|委|内|外)|预期|目标|年初设定|预计|指标值|应完成|拟|目标值|预期值|年度指标|标准值)[^,,;;。\d]{0,22}$"
)
_ACTUAL = re.compile(r"(?:实际|实际完成|完成值|实绩|最终)[^,,;;。\d]{0,22}$")


def classify(reading: Reading, before: str, clause: str) -> tuple[Role, str, Direction]:
    """Role, basis and direction of a number from the words around it.

    Args:
        reading: the number.
        before: text from the previous number (or the sentence's start) up to it.
        clause: the end of `before` from the last clause boundary on.
    """
    dimension = reading.quantity.unit.dimension
    near = clause.rstrip()
    moved = _direction(near)
    basis = _basis_of(before) if moved is not Direction.NONE else ""
    if moved is Direction.NONE:
        moved, basis = _moved_in_short(near)
    beyond = _BEYOND.search(near) if dimension is Dimension.MONEY else None
    if beyond is not None:
        up = Direction.UP if beyond["up"] else Direction.DOWN
        return Role.CHANGE, beyond["basis"], up
    if moved is not Direction.NONE and (basis or not _BOUND_END.search(near)):
        compared = bool(basis) or dimension in (Dimension.PERCENT, Dimension.POINT)
        if compared or dimension is Dimension.MONEY:
            growth = dimension in (Dimension.PERCENT, Dimension.POINT, Dimension.MULTIPLE)
            return (Role.GROWTH if growth else Role.CHANGE), basis, moved
    if dimension is Dimension.SCORE:
        return _score_role(near), "", Direction.NONE
    if dimension is Dimension.PERCENT:
        return _percent_role(near, before)
    if dimension is not Dimension.COUNT or "收回" not in near:
        if _RAISE_END.search(near):
            return Role.ADJUSTMENT, "", Direction.UP
        if _CUT_END.search(near):
            return Role.ADJUSTMENT, "", Direction.DOWN
    if dimension is Dimension.MONEY and (_BUDGET.search(near) or _ADJUSTED_TO.search(near)):
        return Role.BUDGET, "", Direction.NONE
    return _plan_role(near), "", Direction.NONE


def _score_role(near: str) -> Role:
    if _DEDUCT.search(near):
        return Role.DEDUCTION
    if _FULL.search(near):
        return Role.FULL_MARK
    return Role.SCORE


def _percent_role(near: str, before: str) -> tuple[Role, str, Direction]:
    none = Direction.NONE
    if _SCORE_RATE.search(near):
        return Role.SCORE_RATE, "", none
    if _ADJUST_RATE.search(near):
        return Role.ADJUSTMENT_RATE, "", none
    share = _SHARE.search(near)
    if share:
        return Role.SHARE, share["basis"].strip(), none
    if _COMPLETE.search(near) or (
        re.fullmatch(r"\s*的?(?:约)?", before[-2:])
        and re.search(r"完成(?!率)[^,;。:]*(?:预算|计划)", before)
    ):
        return Role.COMPLETION, "", none
    if near.strip() in ("的", "") and re.search(r"的$", before.rstrip()):
        return Role.COMPLETION, "", none
    return _plan_role(near), "", none


def _plan_role(near: str) -> Role:
    target, actual = _TARGET.search(near), _ACTUAL.search(near)
    if target and actual:
        return Role.TARGET if target.start() > actual.start() else Role.ACTUAL
    if target:
        return Role.TARGET
    return Role.ACTUAL if actual else Role.VALUE


def _direction(near: str) -> Direction:
    if _UP_END.search(near):
        return Direction.UP
    return Direction.DOWN if _DOWN_END.search(near) else Direction.NONE


# 决算数大于预算数55.93万元; 决算57.36万元,低于预算17.54万元
_BEYOND = re.compile(
    r"(?:(?:决算数?|支出数?|执行数|实际)[^,;。]{0,4}|^\s*)(?:(?P<up>大于|高于|超过|超出|高出|多于)|小于|低于|少于)"
    r"(?P<basis>(?:年初|全年|年度|当年|调整后?的?)?预算数?)(?:了|约)?$"
)
_COMPARED = re.compile(
    r"(?:比|较|与|同)(?P<basis>[^,;。比较]{0,6}?(?:上年|去年|上一年|年初|预算|同期|20\d\d)[^,;。]{0,10}?)(?:相比|相较|比)?,?[增升涨减降跌](?:了|约)?$"
)


def _moved_in_short(near: str) -> tuple[Direction, str]:
    """Direction and basis of a change told by one character: 比上年决算增237.8万元."""
    up, down = _UP_SHORT.search(near), _DOWN_SHORT.search(near)
    found = _COMPARED.search(near) if up or down else None
    if found is None:
        return Direction.NONE, ""
    return (Direction.UP if up else Direction.DOWN), found["basis"].strip()


def _basis_of(before: str) -> str:
    bases = [*_BASIS.finditer(before)]
    said = bases[-1] if bases else _BASIS_APART.search(before)
    if said is not None:
        return said["basis"].strip()
    return "上年同期" if _YOY.search(before) else ""
