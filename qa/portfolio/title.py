"""What a portfolio is called, in Chinese."""

from __future__ import annotations

from qa.plan import Order
from qa.portfolio.model import Asked, Metric, Over, Reason

METRIC_NAMES = {
    Metric.EXECUTION: "预算执行率",
    Metric.ADJUSTMENT: "预算调整额",
    Metric.ADJUSTMENT_RATE: "预算调整率",
    Metric.SCORE: "得分",
    Metric.SCORE_RATE: "得分率",
    Metric.GRADE: "评价等级",
    Metric.AMOUNT: "金额",
    Metric.EXCESS: "超预算额",
}
_ORDERS = {Order.LEAST: "，从低到高", Order.MOST: "，从高到低"}
OVER_NAMES = {Over.UNITS: "单位", Over.PROJECTS: "项目"}
REASON_NAMES = {
    Reason.NOT_STATED: "未写明",
    Reason.UNIT_UNCLEAR: "计量单位不明",
    Reason.BODY_UNCLEAR: "所属单位不明",
    Reason.SCOPE_DIFFERS: "口径不同",
    Reason.AMBIGUOUS: "有几个数，未能确定",
    Reason.CONTRADICTED: "自相矛盾",
}


def metric_name(asked: Asked) -> str:
    """``预算执行率``, ``三公经费``, ``三公经费超预算额``."""
    name = METRIC_NAMES[asked.metric]
    if asked.metric is Metric.AMOUNT:
        return asked.words or "金额"
    return f"{asked.words}{name}" if asked.metric is Metric.EXCESS else name


def title_of(asked: Asked) -> str:
    """``2023年 各单位预算执行率，从低到高``."""
    years = f"{'、'.join(asked.years)}年 " if asked.years else ""
    order = _ORDERS[asked.order] if asked.order else ""
    if asked.size and order:
        order = order.replace("高", "大").replace("低", "小")
    said = f"，{asked.condition.said}" if asked.condition else ""
    said += f"，不是“{asked.grade}”的" if asked.other else ""
    return f"{years}各{OVER_NAMES[asked.over]}{metric_name(asked)}{said}{order}"
