"""Which operations try to answer a plan, in order: the first that gives a draft answers it."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.drafts import Draft
from qa.operations import (
    aggregates,
    body_names,
    budget_lists,
    cells,
    changes,
    complements,
    conditions,
    criteria,
    cuts,
    differences,
    each_row,
    final_count,
    formulas,
    grid_compared,
    grid_each,
    grid_rank,
    grid_rows,
    grid_shares,
    indicator_counts,
    item_rates,
    level_marks,
    lookup,
    marks,
    named_cells,
    next_below,
    not_yet,
    open_words,
    overfulfilled,
    per_unit,
    premises,
    ranking,
    relations,
    score_rules,
    scoring,
    section_sums,
    several,
    summed,
    tallies,
    texts,
    verify,
    within_sum,
)
from qa.operations.context import Context
from qa.operations.summed_asked import parts_named
from qa.plan import Operation, Plan

Step = Callable[[Context], Draft | None]

_STEPS: dict[Operation, tuple[Step, ...]] = {
    Operation.LOOKUP: (
        per_unit.per_unit,
        several.per_body,
        several.per_project,
        each_row.each_row,
        open_words.open_word,
        criteria.band,
        score_rules.rule_of_several,
        criteria.criterion,
        score_rules.rule_asked,
        cells.named_cell,
        conditions.select,
        named_cells.cell_or_lookup,
        relations.arrival,
        tallies.rows_saying,
        tallies.entries,
        premises.taken_for_granted,
    ),
    Operation.COMPLETION: (
        criteria.criterion,
        score_rules.rule_asked,
        conditions.select,
        relations.completion,
        lookup.lookup,
    ),
    Operation.CHANGE: (changes.change,),
    Operation.GROWTH: (changes.change,),
    Operation.DEDUCTION: (lookup.lookup, differences.lost_marks),
    Operation.DIFFERENCE: (
        differences.difference,
        not_yet.left_of_spent,
        differences.stated_difference,
    ),
    Operation.RATIO: (relations.ratio,),
    Operation.SHARE: (grid_shares.share, relations.share, within_sum.share_of_sum),
    Operation.SUM: (
        indicator_counts.indicators,
        named_cells.named_outright,
        section_sums.under_headings,
        aggregates.total,
        aggregates.stated_total,
    ),
    Operation.AVERAGE: (per_unit.per_unit, aggregates.average, lookup.named_average),
    Operation.RANK: (
        overfulfilled.rank,
        several.which_year,
        item_rates.by_item,
        grid_rank.rank,
        ranking.rank,
    ),
    Operation.FILTER: (
        item_rates.by_item,
        score_rules.rule_asked,
        grid_rows.judged,
        conditions.select,
        texts.text_answer,
    ),
    Operation.COUNT: (
        score_rules.rule_asked,
        tallies.rows_saying,
        tallies.listed_entries,
        grid_rows.judged,
        conditions.count,
        indicator_counts.indicators,
        lookup.lookup,
        tallies.entries,
    ),
    Operation.TEXT: (
        body_names.called,
        criteria.band,
        score_rules.rule_asked,
        cells.named_cell,
        grid_rows.judged,
        tallies.which_say,
        texts.text_answer,
    ),
    Operation.VERIFY: (verify.verify, lookup.lookup),
}

# Tried last, also where the others only ask back: a table that explains every word of the question.
_BY_TABLE: dict[Operation, tuple[Step, ...]] = {
    Operation.DIFFERENCE: (grid_shares.left_over,),
    Operation.FILTER: (grid_compared.select, grid_rows.select),
    Operation.COUNT: (grid_compared.select, grid_rows.select),
    Operation.SUM: (grid_each.each_project, grid_rows.select),
    Operation.AVERAGE: (grid_each.each_project, grid_rows.select),
    Operation.LOOKUP: (grid_compared.select, grid_rows.select),
    Operation.COMPLETION: (grid_rows.select,),
}

# These look at the words of the question themselves and leave all others alone.
_OF_SCORES: tuple[Step, ...] = (
    budget_lists.beyond_budget,
    scoring.why_score,
    level_marks.most_lost,
    marks.on_score_sheet,
    level_marks.of_level,
    formulas.made_up,
    formulas.formula,
)


_WHICH = re.compile("哪|几[个项家]|名单")
_BOUND_IN_NAME = re.compile(
    r"(?<![元岁分个人户次项万亿%年天辆台平米里\d])以[上下内]的?[一-鿿]{2}|\d周?岁(?:及|或)?以[上下]"
)
# 规模以上企业有几家, 硕士及以上的有几位: a bound without a number picks no rows of a table.
_COUNTED_BY_NAME = re.compile(
    r"(?:(?<![元岁分个人户次项万亿%年天辆台平米里\d及或、])(?:及|或)?以上|\d周?岁(?:及|或)?以[上下])的?"
    r"[^,，。;；?？多少几哪]*(?:有|是|共)?几[人名位家](?![一-鿿]{2})"
)


# 单价100万元以上设备: what accounts count by this name.
_PRICED = re.compile(
    r"(?:单价|单位价值|单台|价值|原值)(?:在)?\s*\d+\s*万元?(?:[(（]含[)）])?(?:及)?以上的?(?:通用|专用|大型)?(?:设备|仪器).*(?:多少|几)"
)


def _named_bound(text: str) -> bool:
    """Whether a bound is part of what is counted: 国三及以下柴油货车多少辆."""
    if _PRICED.search(text) or _COUNTED_BY_NAME.search(text):
        return True
    found = _BOUND_IN_NAME.search(text) or "是否达到" in text
    return "多少" in text and bool(found) and not _WHICH.search(text)


def by_table(plan: Plan) -> tuple[Step, ...]:
    """The operations over whole tables to try for a plan after all others."""
    return _BY_TABLE.get(plan.operation, ())


def steps_for(plan: Plan) -> tuple[Step, ...]:
    """The operations to try for a plan."""
    if plan.operation is Operation.VERIFY and parts_named(plan.text):
        return (summed.total_and_parts, formulas.formula, verify.verify)
    first = (
        final_count.final_count,
        next_below.next_below,
        summed.total_and_parts,
        cuts.together,
        complements.complement,
    )
    unmet = (grid_rows.judged,) if "指标" in plan.text else ()
    steps = (*first, *unmet, *_OF_SCORES, *_STEPS[plan.operation])
    numeric = any(t.dimension or t.role for t in plan.targets) or "多少" in plan.text
    if plan.operation is Operation.FILTER and _named_bound(plan.text):
        # 国三及以下货车多少辆: the bound is part of a name, where no rows meet it.
        steps = (*steps[:-1], named_cells.cell_or_lookup)
    if plan.operation is Operation.COUNT and conditions.rows_only(plan.text, plan.question):
        rows = (tallies.rows_saying, tallies.listed_entries)
        return (*rows, conditions.count, indicator_counts.indicators)
    if plan.operation is Operation.VERIFY and not numeric:
        return (summed.total_and_parts, formulas.formula, *_STEPS[plan.operation][:1])
    if plan.operation is Operation.LOOKUP and not numeric and plan.text_kind is not None:
        return (*steps, texts.text_answer)
    return steps
