"""What a model's reading of a question must keep, and when it is proven to ask the same. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.llm.planning import Restated
from qa.plan import Plan, Target
from qa.pointed import Read, Step
from qa.words.cues import content
from qa.words.matching import squeeze
from qa.words.synonyms import canonical, expand

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def refusal(asked: Plan, read: Plan, restated: Restated) -> str:
    """Why a restated question may not stand for the one that was asked; "" where it may.

    Whatever the asker named (units, projects, years, or one that no report has) must be the same;
    the rules must take the restatement for the operation that was chosen, and no figure may be
    in it that neither the question nor a name in it has.

    Args:
        asked: the question as the rules read it, with what it inherited.
        read: the restatement as the rules read it.
    """
    if asked.unknown or read.unknown:
        return "所问的单位不在资料库中"
    if asked.entities and set(asked.entities) != set(read.entities):
        return "单位与所问的不同"
    if asked.projects and set(dict(asked.projects)) != set(dict(read.projects)):
        return "项目与所问的不同"
    if _years(asked) and _years(asked) != _years(read):
        return "年度与所问的不同"
    if read.operation not in restated.operations:
        return "改写后的问题不是所选的运算"
    if set(read.numbers) - set(asked.numbers) - set(_in_names(restated)):
        return "改写后的问题有原问没有的数"
    return ""


def misplaced(asked: Plan, steps: Sequence[Step], read: Read) -> bool:
    """Whether places that were pointed at are of another project or year than the asker named.

    They are of the bodies named, for no others are shown. A figure worked out from another year's
    report, as last year's value is, is of the year before.
    """
    if asked.unknown:
        return True
    projects = {key for _, keys in asked.projects for key in keys}
    wanted, seen = _years(asked), set[str]()
    for each in (each for step in steps for each in (*step.first, *step.second)):
        document = read(each.report)
        figure = None if each.figure is None else document.figures[each.figure]
        part = document.part_of(each.block if figure is None else figure.block)
        if projects and part.project.value and (each.report, part.no) not in projects:
            return True
        text = document.text[each.start : each.end] if figure is None else figure.sentence
        own = figure.period if figure is not None and figure.period else part.year
        seen |= {own, *_YEAR.findall(text)}
        near = {str(int(year) + step) for year in wanted for step in (-1, 0, 1)}
        if wanted and figure is not None and figure.period.isdecimal() and own not in near:
            return True
    worked = any(step.operation == "previous" for step in steps)
    seen |= {str(int(year) - 1) for year in seen if worked and year.isdecimal()}
    return not wanted <= seen


def proven_equal(asked: Plan, read: Plan) -> bool:
    """Whether both ask the same by the deterministic synonyms alone.

    Same scope, years, operation and unit, and for each figure the same role and basis and names
    that may stand for one another when a number is looked up.
    """
    same = (
        set(asked.parts) == set(read.parts)
        and set(dict(asked.projects)) == set(dict(read.projects))
        and set(asked.years) == set(read.years)
        and set(asked.basis_years) == set(read.basis_years)
        and asked.operation is read.operation
        and (asked.unit, asked.order, asked.top) == (read.unit, read.order, read.top)
        and len(asked.targets) == len(read.targets)
        and not asked.text_kind
        and not asked.text_targets
        and squeeze(asked.context) == squeeze(read.context)
    )
    return same and all(
        _same_target(one, other) for one, other in zip(asked.targets, read.targets, strict=True)
    )


def _same_target(one: Target, other: Target) -> bool:
    told = (one.role, one.dimension, one.basis, one.noun)
    if told != (other.role, other.dimension, other.basis, other.noun):
        return False
    return bool(_names(one) & _names(other)) and squeeze(one.where) == squeeze(other.where)


def _names(target: Target) -> set[str]:
    key = squeeze(canonical(target.key))
    return {squeeze(content(name)) or squeeze(name) for name in expand(key)} if key else set()


def _years(plan: Plan) -> set[str]:
    return {*plan.years, *plan.basis_years}


def _in_names(restated: Restated) -> list[str]:
    return [number for name in restated.names for number in _DIGITS.findall(name)]
