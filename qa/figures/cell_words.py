"""What stands around a cell, what it is called, and what else of its table a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.figures.finding import strip_number
from ingest.model import Document, Figure
from ingest.tables.columns import is_year
from qa.figures.evidence import Candidate
from qa.figures.word_index import FigureIndexCache
from qa.plan import Plan
from qa.words.matching import squeeze

_LINES, _A_TITLE = 6, 40  # lines before a table; characters of one that may be its title


def before_table(document: Document, figure: Figure) -> list[str]:
    """The short lines right before a table: its title, where that is not read as one."""
    place = figure.locator
    if place.table is None:
        return []
    block = document.tables[place.table].block
    found: list[str] = []
    for each in reversed(document.blocks[max(block - _LINES, 0) : block]):
        if not each.text or len(each.text) > _A_TITLE:
            break
        found.append(each.text)
    return found


def crossed(involved: Sequence[Candidate], question: str) -> str:
    """The name of the second of two figures that are not to be held against each other.

    Cells of another row and another column, of which the question does not name all; or one fact
    of one year twice.
    """
    cells = list({(each.report, each.figure.no): each for each in involved}.values())
    if len(cells) != 2 or cells[0].report != cells[1].report:
        return ""
    if _twice(*cells):
        return cells[1].figure.metric
    one, other = (each.figure for each in cells)
    first, second = one.locator, other.locator
    if first.table is None or first.table != second.table:
        return ""
    if first.row == second.row or first.column == second.column:
        return ""
    asked = squeeze(question)
    rows = [_said(figure.row_path, asked) for figure in (one, other)]
    columns = [_said(figure.column_path, asked) for figure in (one, other)]
    return "" if all(rows) and columns[0] == columns[1] else other.metric


def _twice(one: Candidate, other: Candidate) -> bool:
    """Whether two figures are one fact: one name, year, role and value."""
    first, second = one.figure, other.figure
    return (
        squeeze(first.metric) == squeeze(second.metric)
        and one.period == other.period
        and first.role is second.role
        and first.quantity.base == second.quantity.base
    )


def labels_of(involved: Sequence[Candidate]) -> tuple[str, ...]:
    if not involved:
        return ()
    figure, document = involved[0].figure, involved[0].document
    place = figure.locator
    table = document.tables[place.table] if place.table is not None else None
    own = (figure.metric, figure.subject, figure.basis, *figure.row_path, *figure.column_path)
    titles = () if table is None else (table.title, *table.notes, *before_table(document, figure))
    above = document.section_path(figure.section)
    said = (*own, *figure.scope, *titles, *above, figure.sentence)
    return tuple(dict.fromkeys(flat for each in said if (flat := squeeze(each))))


def rows_elsewhere(
    involved: Sequence[Candidate], labels: Sequence[str], plan: Plan
) -> tuple[str, ...]:
    """Names of other rows that the question spells out."""
    return names_elsewhere(involved[0].document, labels, plan) if len(involved) == 1 else ()


def names_elsewhere(document: Document, labels: Sequence[str], plan: Plan) -> tuple[str, ...]:
    """Names of rows of a report that the question spells out and none of the labels has."""
    asked = _without_names(plan)
    names = FigureIndexCache.get(document).row_names
    named = (name for name in names if _named_whole(name, asked) and not is_year(name))
    said = sorted(named, key=len, reverse=True)
    found: list[str] = []
    for name in said:
        if name not in asked:
            continue  # inside a longer one
        asked = asked.replace(name, "|")
        if name in _ANY_AMOUNT or _STAGE_ROW.fullmatch(name):
            continue
        if not any(name in label or label in name for label in labels if len(label) > 1):
            found.append(name)
    return tuple(found)


# Rows of some tables that are called as any amount may be.
_ANY_AMOUNT = frozenset(("决算数", "决算", "金额", "支出数", "数量", "合计数"))


# 实际支出 of 甲 stands in a column of one table and is a row of another.
_STAGE_ROW = re.compile(
    r"(?:实际|年初|全年|本年|累计)(?:支出|执行|完成|预算|到位|使用)(?:数|额|金额)?|(?:预算)?执行率|完成率"
)


def _named_whole(name: str, asked: str) -> bool:
    """Whether a name stands in a question as itself: 预算执行 does not in 预算执行率."""
    return any(asked[m.end() : m.end() + 1] != "率" for m in re.finditer(re.escape(name), asked))


def _without_names(plan: Plan) -> str:
    """The question squeezed, with a bar for each body and project that it names."""
    question, pieces, at = plan.question, [], 0
    for named in sorted(plan.named, key=lambda each: each.start):
        if named.kind in ("unit", "project") and named.start >= at:
            pieces.append(squeeze(question[at : named.start]))
            at = named.end
    return "|".join((*pieces, squeeze(question[at:])))


def _said(path: Sequence[str], asked: str) -> bool:
    return bool(path) and squeeze(_IN_BRACKETS.sub("", strip_number(path[-1]))) in asked


_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
