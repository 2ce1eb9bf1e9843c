"""Questions over all reports: 各部门执行率最低的三个, 所有项目平均得分率, 哪些单位三公超预算."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from qa.drafts import Draft
from qa.model import Check, Coverage, Outcome, PartRef, Source, Value
from qa.operations.context import Context
from qa.plan import Order, Plan
from qa.portfolio.gather import Progress, gather, no_progress, only_projects, population
from qa.portfolio.model import Gap, Metric, Portfolio, Reason, Row, Total
from qa.portfolio.title import OVER_NAMES, REASON_NAMES, metric_name
from qa.portfolio.words import asked_over, asks_average, asks_count, asks_points, asks_sum
from qa.present import grouped

_LINES = 30  # rows of an answer in words; the rest is counted
_VALUES = 300
_SOURCES = 60  # places behind an average or a sum
_NAMED = 8  # gaps of one reason that are named
_LEAST = 2  # units or projects that make a portfolio


def over_reports(context: Context) -> Draft | None:
    """The answer to a question over all units or projects in scope; None for any other question."""
    found = portfolio_of(context, context.plan, no_progress)
    if found is None or not (found.rows or found.contradicted):
        return None
    if found.asked.order is not None and found.asked.top is not None and _lone(found):
        return _no_rank(found)
    draft = _draft(found, context.plan.text)
    if found.asked.grade and asks_points(context.plan.text):
        _add_points(draft, context, found)
    return draft


def _lone(found: Portfolio) -> bool:
    """Whether one row alone is there to be ranked, though others would belong to it."""
    return len(found.rows) == 1 and not found.contradicted and bool(found.gaps)


def _no_rank(found: Portfolio) -> Draft:
    """Why nothing is the highest or lowest where there is nothing to compare it with."""
    lacking = "、".join(f"{gap.name}（{REASON_NAMES[gap.reason]}）" for gap in found.gaps[:_NAMED])
    reason = (
        f"只有{found.rows[0].name}有可以比较的{metric_name(found.asked)}，无从比较高低；"
        f"未列入：{lacking}。"
    )
    return Draft(Outcome.ABSTAINED, reason=reason, settled=True)


def _add_points(draft: Draft, context: Context, graded: Portfolio) -> None:
    """The scores of the units or projects whose grade is shown."""
    asked = replace(graded.asked, metric=Metric.SCORE, grade="", other=False)
    scored = gather(asked, context.evidence, _parts(context, context.plan), context.threshold)
    names = {(row.name, row.year) for row in graded.shown}
    rows = [row for row in scored.rows if (row.name, row.year) in names]
    draft.values += [row_value(row) for row in rows[:_VALUES]]
    draft.text += "\n" + "\n".join(
        f"得分：{row.name} {_amount(row.fact.value)}" for row in rows[:_LINES]
    )


def portfolio_of(context: Context, plan: Plan, progress: Progress) -> Portfolio | None:
    """The portfolio that a question asks for; None where it is about one unit or report."""
    asked = asked_over(plan)
    if asked is None:
        return None
    parts = _parts(context, plan)
    many = population(asked, parts)
    if many < _LEAST or asked.count not in (None, many):
        return None
    if asked.implied and not only_projects(asked, parts):
        return None
    return gather(asked, context.evidence, parts, context.threshold, progress)


def _parts(context: Context, plan: Plan) -> list[PartRef]:
    keys = set(plan.parts)
    return [part for part in context.evidence.parts if part.key in keys]


def _draft(found: Portfolio, text: str) -> Draft:
    draft = Draft(phrase=metric_name(found.asked))
    draft.values += _asked_first(found, text)
    draft.values += [row_value(row) for row in _rows_shown(found)[:_VALUES]]
    draft.values += [value for gap in found.contradicted for value in gap.values[:1]]
    draft.text = "\n".join(_lines(found, text))
    draft.remarks += found.warnings
    if not found.rows:
        draft.outcome = Outcome.CONTRADICTED
    draft.coverage = Coverage(
        found.covered.reports,
        found.covered.used,
        tuple(f"{gap.name}（{REASON_NAMES[gap.reason]}）" for gap in found.gaps),
    )
    return draft


def _rows_shown(found: Portfolio) -> list[Row]:
    """The rows asked to see, and those at an end that is asked for beside them."""
    ends = [row for order in found.asked.extremes for row in _end_rows(found, order)]
    return list(found.shown) + [row for row in ends if row not in found.shown]


def _end_rows(found: Portfolio, order: Order) -> list[Row]:
    """The rows at one end of all that are compared."""
    sized = [(_size(found, row), row) for row in found.rows]
    if not sized:
        return []
    sizes = [size for size, _ in sized]
    end = max(sizes) if order is Order.MOST else min(sizes)
    return [row for size, row in sized if size == end]


def _size(found: Portfolio, row: Row) -> Decimal:
    base = row.fact.base or Decimal(0)
    return abs(base) if found.asked.size else base


def row_value(row: Row) -> Value:
    """A row's value under the name of its unit or project."""
    value = row.fact.value
    return Value(
        label=f"{row.rank}. {row.name} {value.label}" if row.fact.base is not None else value.label,
        number=value.number,
        unit=value.unit,
        period=value.period,
        entity=row.entity,
        project=row.project or None,
        metric=value.metric,
        check=value.check,
        formula=value.formula,
        recomputed=value.recomputed,
        other=value.other,
        sources=value.sources,
        doubtful=value.doubtful,
    )


def _asked_first(found: Portfolio, text: str) -> list[Value]:
    """The average, sum or number of rows, where that is what is asked for."""
    first: list[Value] = []
    totals = {total.label: total for total in found.totals}
    listed = found.asked.order is None or found.asked.condition is not None
    wanted = found.asked.totals
    if ((asks_average(text) and listed) or "平均" in wanted) and "平均" in totals:
        first.append(_total_value(found, totals["平均"], found.rows))
    if ((asks_sum(text) and listed) or "合计" in wanted) and "合计" in totals:
        first.append(_total_value(found, totals["合计"], found.rows))
    if asks_count(text):
        count = str(len(found.shown))
        noun = "个"
        total = Total("个数", len(found.shown), count, noun, f"{len(found.rows)} 个中符合条件的")
        first.append(_total_value(found, total, found.shown))
    return first


def _total_value(found: Portfolio, total: Total, rows: Sequence[Row]) -> Value:
    sources: list[Source] = [s for row in rows for s in row.fact.value.sources[:1]]
    return Value(
        label=f"{found.title} {total.label}",
        number=total.number,
        unit=total.unit,
        period="、".join(found.asked.years),
        entity="",
        project=None,
        metric=metric_name(found.asked),
        check=Check.DERIVED,
        formula=total.formula,
        recomputed=total.number,
        sources=tuple(sources[:_SOURCES]),
    )


def _lines(found: Portfolio, text: str) -> list[str]:
    over = OVER_NAMES[found.asked.over]
    lines = [
        f"{found.title}（口径：{found.scope.name}）：共比较 {len(found.rows)} 个{over}"
        + (f"，列出 {len(found.shown)} 个。" if len(found.shown) < len(found.rows) else "。")
    ]
    lines += [
        f"{value.label.split()[-1]}：{_amount(value)}（{value.formula}{_rounding(found, value)}）。"
        for value in _asked_first(found, text)
    ]
    lines += [_end_line(found, order) for order in found.asked.extremes if found.rows]
    if found.asked.metric is Metric.GRADE and not found.asked.grade:
        lines += [f"{band.label}：{band.count} 个（{_some(band.names)}）" for band in found.bands]
    else:
        lines += [_row_line(row) for row in found.shown[:_LINES]]
    if len(found.shown) > _LINES:
        lines.append(f"其余 {len(found.shown) - _LINES} 个从略。")
    if not found.shown and found.rows:
        lines.append("没有符合条件的。")
    lines += _gap_lines(found)
    return lines


def _end_line(found: Portfolio, order: Order) -> str:
    """Who stands at one end of the rows; all of them where several do."""
    rows = _end_rows(found, order)
    word = "最高" if order is Order.MOST else "最低"
    value = rows[0].fact.value
    years = len({row.year for row in found.rows}) > 1
    names = [f"{row.name}（{row.year}年）" if years and row.year else row.name for row in rows]
    many = f"（并列 {len(rows)} 个）" if len(rows) > 1 else ""
    return f"{word}的是{_some(names)}{many}：{_amount(value)}。"


def _row_line(row: Row) -> str:
    value = row.fact.value
    year = f"（{row.year}年）" if row.year else ""
    formula = f"（{value.formula}）" if value.check is Check.DERIVED and value.formula else ""
    if not formula and row.fact.stated is not None:
        formula = f"（原文 {row.fact.printed}）"
    return f"{row.rank}. {row.name}{year}：{_amount(value)}{formula}"


def _amount(value: Value) -> str:
    return f"{grouped(value.number)}{value.unit}"


def _rounding(found: Portfolio, value: Value) -> str:
    """How a total was rounded, behind its formula."""
    notes = (t.note for t in found.totals if t.note and value.label == f"{found.title} {t.label}")
    return "".join(f"；{note}" for note in notes)


def _gap_lines(found: Portfolio) -> list[str]:
    """What is not ranked: contradicted values with both sides, the rest by reason."""
    lines = [_contradiction(gap) for gap in found.contradicted]
    for reason in Reason:
        gaps = [gap for gap in found.gaps if gap.reason is reason]
        if gaps and reason is not Reason.CONTRADICTED:
            names = _some([gap.name for gap in gaps])
            lines.append(f"未列入（{REASON_NAMES[reason]}）{len(gaps)} 个：{names}。")
    covered = found.covered
    outside = f"，另有 {covered.outside} 份不属于本次比较的报告" if covered.outside else ""
    lines.append(f"范围：{covered.reports} 份报告，用到 {covered.used} 份{outside}。")
    return lines


def _contradiction(gap: Gap) -> str:
    value = gap.values[0]
    other = f"，对照值 {value.other}" if value.other else ""
    return f"未列入排名（自相矛盾）：{gap.name} {_amount(value)}{other}。{gap.words}"


def _some(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
