"""What one report gives for a metric of a portfolio: one finder a metric."""

from __future__ import annotations

from collections.abc import Callable

from qa.portfolio.budgets import adjustment, adjustment_rate, execution
from qa.portfolio.known import Found, Known
from qa.portfolio.model import Fact, Lacking, Metric, Reason
from qa.portfolio.scores import grade, score, score_rate

_FINDERS: dict[Metric, Callable[[Known], Found]] = {
    Metric.EXECUTION: execution,
    Metric.ADJUSTMENT: adjustment,
    Metric.ADJUSTMENT_RATE: adjustment_rate,
    Metric.SCORE: score,
    Metric.SCORE_RATE: score_rate,
    Metric.GRADE: grade,
}


def of_metric(known: Known, metric: Metric) -> tuple[Fact, ...] | Lacking:
    """What a part gives for one of the metrics that need no words, one fact a scope."""
    facts, lacking = _FINDERS[metric](known)
    if facts:
        return tuple(facts)
    return lacking or Lacking(Reason.NOT_STATED, "报告没有写明，也没有可据以复算的数")
