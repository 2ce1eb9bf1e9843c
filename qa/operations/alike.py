"""Figures of one column or one sentence that a counted group is: 四个街道, 两笔电费."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import Figure, Role
from ingest.quantity import Dimension
from qa.figures.evidence import Candidate
from qa.operations.context import Context, clear
from qa.plan import Target
from qa.words.matching import grams, squeeze


def figures_alike(context: Context, target: Target, count: int) -> list[Candidate] | None:
    """Exactly `count` figures of one table column or one sentence that fit a target alike.

    None where there are not so many, or where two columns of one table may be meant.
    """
    if _NO_NAME.fullmatch(squeeze(target.key)):
        return None
    role = target.role if target.role is Role.ADJUSTMENT else None
    wanted = replace(target, role=role, noun="")
    plan = context.plan
    keys = set(plan.asked_parts)
    pieces = [squeeze(piece) for piece in _AND.split(target.key)]
    wider = {part.key for part in context.evidence.parts if part.report in {r for r, _ in keys}}
    for scope in (keys, wider & set(plan.parts or wider)):
        candidates = context.evidence.candidates(
            wanted, plan, years=plan.years, keys=scope, keep=_addend
        )
        good = [c for c in candidates if clear(context, c)]
        groups: dict[tuple[object, ...], list[Candidate]] = {}
        for candidate in good:
            groups.setdefault(_place(candidate), []).append(candidate)
        fitting = []
        for members in groups.values():
            top = max(c.match.coverage for c in members)
            alike = _naming_all(members, pieces) or [
                c for c in members if c.match.coverage >= top - 0.12
            ]
            if len(alike) == count and len({c.figure.quantity.unit for c in alike}) == 1:
                fitting.append(sorted(alike, key=lambda c: c.figure.no))
        fitting = [members for members in fitting if _measured(target, members[0].figure)]
        if fitting:
            return _of_the_column(context.plan.text, fitting)
    return None


def _measured(target: Target, figure: Figure) -> bool:
    """Whether figures are of the kind that is asked for: 多少人 is no amount of money."""
    unit = figure.quantity.unit
    counted = target.dimension is Dimension.COUNT and bool(target.noun)
    return unit.dimension is not Dimension.MONEY if counted else True


def _naming_all(members: list[Candidate], pieces: list[str]) -> list[Candidate]:
    """Rows that bear every one of several words, in whatever order (上网、短信和专线费用)."""
    if len(pieces) < 2 or any(len(piece) < 2 for piece in pieces):
        return []
    rows = [(c, squeeze(c.figure.row_path[-1])) for c in members if c.figure.row_path]
    return [c for c, row in rows if all(piece in row for piece in pieces)]


_AND = re.compile("[、和与及]")


def _of_the_column(text: str, columns: list[list[Candidate]]) -> list[Candidate] | None:
    """Those of the column that the question has words of; of one that is no better, the first table's.

    None where two columns of one table are called alike by the question.
    """
    wanted = grams(_SPENT_WORDS.sub("支出", text))
    said = [
        len(wanted & grams(members[0].figure.column_path[-1]))
        if members[0].figure.column_path
        else 0
        for members in columns
    ]
    best = [members for members, words in zip(columns, said, strict=True) if words == max(said)]
    tables = [members[0].figure.locator.table for members in best]
    placed = [table for table in tables if table is not None]
    return best[0] if len(set(placed)) == len(placed) else None


_SPENT_WORDS = re.compile(r"花了?|用掉|实付|支付")


# Words that name no figures which could be added, and rows that have been added up already.
_NO_NAME = re.compile(r"(?:合计|总计|一共|支出|收入|金额|资金|预算)*")
_TOTAL = re.compile(r"(?:合计|总计|小计)$")


def _addend(figure: Figure) -> bool:
    if figure.row_path and _TOTAL.search(squeeze(figure.row_path[-1])):
        return False
    return figure.quantity.unit.dimension in (Dimension.MONEY, Dimension.COUNT) and (
        figure.role in (Role.VALUE, Role.ACTUAL, Role.ADJUSTMENT)
    )


def _place(candidate: Candidate) -> tuple[object, ...]:
    figure, place = candidate.figure, candidate.figure.locator
    if place.table is not None:
        return (candidate.report, place.table, place.column, figure.role)
    return (candidate.report, figure.block, figure.sentence, figure.role, figure.direction)
