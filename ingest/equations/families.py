"""Claims of a report about its own figures, recomputed with intervals.

A family is one function over a document's figures that yields claims. docs/equations.md is written
from the docstrings of `FAMILIES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.equations.averages import average, sample_rate
from ingest.equations.book import Book
from ingest.equations.budgets import adjustment, completion, score_rate
from ingest.equations.claims import Claim, equation, figures_of, holds
from ingest.equations.counts import count_parts
from ingest.equations.courses import count_course
from ingest.equations.deductions import by_rate, per_case
from ingest.equations.enumerations import named_list
from ingest.equations.function_ties import function_ties
from ingest.equations.indicators import indicator_score, project_score, total_score
from ingest.equations.kind_shares import kind_shares
from ingest.equations.level_scores import level_rows, level_total
from ingest.equations.levels import level_count
from ingest.equations.listed import row_count
from ingest.equations.lists import list_count
from ingest.equations.misprints import misprint
from ingest.equations.neighbours import from_to, year_row
from ingest.equations.otherwise import explained
from ingest.equations.per_unit import per_unit
from ingest.equations.rates import change, growth, zero_base
from ingest.equations.rates_told import same_rate, whole_rate
from ingest.equations.relations import column_relation
from ingest.equations.repeats import same_fact, unit_slip
from ingest.equations.restated import restated
from ingest.equations.row_deductions import row_deduction
from ingest.equations.rubrics import rubric_most, rubric_rate
from ingest.equations.score_tables import label_marks, score_total
from ingest.equations.scores import grade, rubric, score_sum
from ingest.equations.shares import share
from ingest.equations.spread import spread_adjustment, spread_rate, two_years
from ingest.equations.statements import named_count, remainder
from ingest.equations.sums import column_sum, hierarchy_sum, total_row
from ingest.equations.superlatives import superlative
from ingest.equations.table_rates import table_rates
from ingest.equations.ties import form_ties
from ingest.equations.totals import sentence_sum
from ingest.equations.trailing import rest_before, trailing_sum
from ingest.equations.vehicles import vehicles
from ingest.model import Document, Equation

Family = Callable[[Book], Iterator[Claim]]

# In the order in which they are listed: what explains a failure best comes first.
FAMILIES: tuple[Family, ...] = (
    unit_slip,
    growth,
    change,
    zero_base,
    completion,
    share,
    kind_shares,
    score_rate,
    adjustment,
    sentence_sum,
    level_total,
    trailing_sum,
    remainder,
    rest_before,
    named_count,
    count_parts,
    count_course,
    row_count,
    list_count,
    named_list,
    level_count,
    average,
    per_unit,
    sample_rate,
    from_to,
    two_years,
    spread_rate,
    spread_adjustment,
    year_row,
    superlative,
    hierarchy_sum,
    total_row,
    column_sum,
    table_rates,
    column_relation,
    score_sum,
    score_total,
    label_marks,
    level_rows,
    grade,
    rubric,
    rubric_rate,
    by_rate,
    per_case,
    row_deduction,
    rubric_most,
    indicator_score,
    project_score,
    total_score,
    form_ties,
    function_ties,
    vehicles,
    same_fact,
    misprint,
    restated,
    same_rate,
    whole_rate,
)
# The names that a family's claims carry, where they are not its own.
FAMILY_NAMES: dict[Family, tuple[str, ...]] = {
    **{family: (family.__name__,) for family in FAMILIES},
    zero_base: ("growth", "change"),
    share: ("share", "sentence_sum"),
    kind_shares: ("share",),
    adjustment: ("adjustment", "adjustment_rate"),
    table_rates: ("completion", "score_rate", "change", "growth", "share"),
    score_total: ("score_sum",),
    label_marks: ("score_sum",),
    level_rows: ("score_sum",),
    level_total: ("sentence_sum",),
    from_to: ("change", "growth"),
    two_years: ("change", "growth"),
    spread_rate: ("completion", "share"),
    spread_adjustment: ("adjustment",),
    year_row: ("change",),
    count_course: ("count_parts",),
    named_list: ("list_count",),
    trailing_sum: ("sentence_sum",),
    rest_before: ("remainder",),
    per_unit: ("average",),
    rubric_rate: ("rubric",),
    by_rate: ("rubric",),
    per_case: ("rubric",),
    form_ties: ("form_tie",),
    function_ties: ("form_tie",),
    vehicles: ("same_fact",),
    misprint: ("same_fact",),
    restated: ("same_fact",),
    same_rate: ("same_fact",),
    whole_rate: ("same_fact",),
}
# These ask what the other families claim, or which of two values they confirm: they run after them.
_LATER = (
    two_years,
    spread_rate,
    spread_adjustment,
    per_unit,
    trailing_sum,
    column_relation,
    same_fact,
    unit_slip,
    misprint,
    restated,
    same_rate,
    whole_rate,
)
# Whose values a sentence often leaves to the reader: another figure before them may be meant.
_LOOSE = (growth, change, two_years)


def find_equations(document: Document) -> tuple[Equation, ...]:
    """All equations of a document, numbered from 0.

    Never quadratic in the number of figures: every family looks its operands up in `Book`.
    """
    book = Book(document)
    found: dict[Family, list[Claim]] = {}
    for family in (*(f for f in FAMILIES if f not in _LATER), *_LATER):
        claims = family(book)
        found[family] = list(explained(book, claims) if family in _LOOSE else claims)
        book.claims += found[family]
        book.said.update(map(figures_of, found[family]))
        for claim in filter(holds, found[family]):
            book.held.update(figures_of(claim))
    every = (claim for family in FAMILIES for claim in found[family])
    return tuple(equation(number, claim) for number, claim in enumerate(every))
