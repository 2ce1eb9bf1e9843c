"""One line of the table of each project, added up: 五个项目的县级财政资金执行数合计.

Only where every one of the counted tables has the line and explains what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operations.context import Context
from qa.operations.grid import (
    Grid,
    asked_words,
    grids,
    named_lines,
    nearest_column,
    plain_head,
    unexplained,
)
from qa.plan import Operation
from qa.present import shown
from qa.words.numerals import number_of

_OF_EACH = re.compile(
    r"(?:各个?|所有|全部|每个)项目的?|(?P<n>[两二三四五六七八九十]|\d+)个[一-鿿]{0,4}?项目的?"
)
_SUMMED = re.compile(r"一共|合计|总共|共计|加起来|之和|总和|平均|(?:是|为|有)?多少[一-鿿]{0,2}")


def each_project(context: Context) -> Draft | None:
    """The sum (or mean) of one line and column over the tables of all projects in scope."""
    text = asked_words(context)
    said = _OF_EACH.search(text)
    if said is None:
        return None
    rest = _SUMMED.sub(" ", text.replace(said.group(), " "))
    found = [each for grid in grids(context) if (each := _cell(grid, rest)) is not None]
    number = number_of(said["n"]) if said["n"] else None
    places = {(each.report, each.figure.locator.table) for each in found}
    if len(found) < 2 or len(places) != len(found) or number not in (None, len(found)):
        return None
    heads = {(each.figure.row_path[-1:], each.figure.column_path[-1:]) for each in found}
    return _summed(context, found) if len(heads) == 1 else None


def _cell(grid: Grid, rest: str) -> Candidate | None:
    """The cell of the named line in the column that is asked for, where that explains all."""
    named = named_lines(grid, rest)
    if len(named) != 1:
        return None
    columns = [
        column
        for column, figure in named[0].cells.items()
        if column in grid.heads and figure.quantity.unit.dimension is Dimension.MONEY
    ]
    column = nearest_column(grid, rest.replace(named[0].flat, " "), columns)
    if column is None:
        return None
    head = plain_head(grid.heads[column])
    if unexplained(rest, grid.around, named[0].flat, head):
        return None
    return grid.candidate(named[0].cells[column])


def _summed(context: Context, found: Sequence[Candidate]) -> Draft:
    plan = context.plan
    mean = plan.operation is Operation.AVERAGE

    made = partial(compute.added, mean=mean, unit=plan.unit)
    result = made([each.figure for each in found])
    word = "平均" if mean else "合计"
    name = found[0].figure.metric
    draft = Draft(phrase=name)
    value = draft.derive(
        result,
        found,
        label=f"{name}{word}",
        metric=name,
        period=found[0].period,
        again=made,
    )
    for each in found:
        draft.show(each, label=each.part.project.value or name)
    facts = "；".join(f"{each.part.project.value} {shown(each.figure)}" for each in found)
    draft.text = (
        f"{value.entity}{value.label}：{value.number}{value.unit}"
        f"（{len(found)} 项：{result.formula}）。依据：{facts}。"
    )
    return draft
