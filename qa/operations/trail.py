"""The stages of a budget, where a question names neither an item nor a row: those of the whole.

``年初预算、追加、调整后、支出各多少`` of a unit or a project asks for what its report says of all of
its money, never for the same word of an item or of a table of projects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.model import Document, ReportKind
from qa.figures.evidence import Candidate, Cluster
from qa.model import PartKey
from qa.operations.context import Choice, Context
from qa.plan import Target
from qa.planning.carried import measure_of
from qa.portfolio.budgets import stage_of
from qa.portfolio.known import Known, alike
from qa.portfolio.whole import FUNDS, Whole, fund_of
from qa.words.matching import squeeze

_STAGES = ("预算", "年初预算", "全年预算", "调增", "调减", "到位", "支出", "执行率", "结余")
_INSTEAD = {"全年预算": "预算"}  # a report without adjustments has but one budget
_MOST_PARTS = 8
_NTH = re.compile(r"第[一二三四]次")


def of_whole(context: Context, target: Target, years: tuple[str, ...]) -> Choice | None:
    """The one figure of the whole for a target that is a bare stage; None where none is sure."""
    plan = context.plan
    own = measure_of(target.key) == target.measure  # not of what the turn before was about
    bare = target.measure in _STAGES and own and not (target.where or target.beside or plan.context)
    if not bare or target.carried or not (plan.entities or plan.projects):
        return None
    keys = list(_keys(context, years))
    if not 0 < len(keys) <= _MOST_PARTS:
        return None
    nth = _NTH.search(squeeze(target.label))
    stage = _stage(context, target)
    found = [each for key in keys for each in _stated(context, key, stage)]
    if nth is not None:
        found = [each for each in found if nth.group() in squeeze(each.figure.sentence)]
        found = [each for each in found if nth.group() in squeeze(each.figure.metric)]
    if not found or len(alike([each.figure for each in found])) != 1:
        return None
    return Choice(Cluster(found[0], tuple(found)))


def _stage(context: Context, target: Target) -> str:
    """The stage that is meant: beside adjustments a bare 预算 is the one at the start of the year."""
    moved = any(each.measure in ("调增", "调减") for each in context.plan.targets)
    return "年初预算" if target.measure == "预算" and moved else target.measure


def _keys(context: Context, years: tuple[str, ...]) -> Iterator[PartKey]:
    """The parts that speak of the project asked for, else those of the unit as a whole."""
    plan = context.plan
    inside = plan.project_parts
    for key in dict.fromkeys(inside or plan.parts):
        ref = context.evidence.ref(key)
        if (inside or not ref.project) and (not years or ref.year in years):
            yield key


def _stated(context: Context, key: PartKey, stage: str) -> list[Candidate]:
    """The figures of one part for a stage; of several funds only the one that is asked for."""
    report, part = key
    document = context.evidence.document(report)
    own = document.parts[part]
    if own.project.value and own.kind is ReportKind.OTHER:  # a sheet that tells only its project
        own = replace(own, kind=ReportKind.PROJECT_SELF_EVALUATION)
    known = Known.of(report, document, own)
    fund = next((name for name in FUNDS if name in context.plan.text), "")
    wholes = [each for each in known.wholes if (each.fund or _fund_above(document, each)) == fund]
    by_stage = [(stage_of(each), each) for each in wholes]
    names = ("预算", "年初预算", "全年预算") if stage == "预算" else (stage,)
    named = [each for name, each in by_stage if name in names]
    named = named or [each for name, each in by_stage if name == _INSTEAD.get(stage)]
    return [known.candidate(each.figure) for each in named]


def _fund_above(document: Document, whole: Whole) -> str:
    """The fund that the title of a table or the headings above it limit a cell to."""
    place = whole.figure.locator
    if place.table is None:
        return ""
    titles = document.section_path(whole.figure.section)
    return fund_of(" ".join((document.tables[place.table].title, *titles[-1:])))
