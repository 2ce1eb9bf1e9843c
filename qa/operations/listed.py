"""Rows that a question lists by name, in one column: 临江、松坪、青石三个县; 甲学院和乙学院."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.quantity import Dimension
from qa.figures.evidence import Candidate
from qa.operations.context import Context
from qa.operations.families import Family, Member, below, families, renamed
from qa.words import cues
from qa.words.matching import grams, squeeze
from qa.words.numerals import number_of

_NAME = r"[一-鿿A-Za-z0-9·]{2,12}?"
_LISTED = re.compile(
    rf"(?P<names>{_NAME}(?:、{_NAME})*(?:、|和|与|及){_NAME})"
    r"(?:这|等)?(?P<n>[两二三四五六七八九十]|\d+)(?:个|家|所|项|县|区|市|镇|者|笔|类)[一-鿿]{0,2}?的?"
)
_SPLIT = re.compile(r"、|和|与|及")
_UNDER = re.compile(
    r"[“\"](?P<name>[^”\"]{2,30})[”\"](?:之)?(?:下面?|下设|包含|包括)的?(?P<n>[两二三四五六七八九十]|\d+)?个?"
)
_TOGETHER = re.compile(r"一共|合计|总共|共计|加起来|之和|总和|合起来|加在一起|平均")
_SHORTEST = 3  # characters of a row's label that a question spells out


def listed_rows(context: Context) -> list[Candidate] | None:
    """The figures of the rows that the question names, each found once; None where any is not."""
    plan, text = context.plan, context.plan.text
    under = _UNDER.search(text)
    if under is not None:
        return _below(context, under["name"], _count(under["n"]))
    match = _LISTED.search(text)
    names = _SPLIT.split(match["names"]) if match else []
    if match and len(names) != _count(match["n"]):
        return None
    rest = text.replace(match.group(), " ") if match else text
    metric = cues.content(_TOGETHER.sub(" ", rest))
    target = replace(plan.targets[0], key=metric or plan.targets[0].key, noun="")
    found: list[tuple[int, list[Member]]] = []
    for family in _summable(families(context, target)):
        members = _named(family, names, metric) if names else _spelled(family, text)
        if members is not None:
            found.append((_column_asked(family, plan.question), members))
    best = max(found, key=lambda each: each[0], default=None)
    if best is None or (len(found) > 1 and not best[0]):
        return None
    return [renamed(member) for member in best[1]]


def _column_asked(family: Family, question: str) -> int:
    """How much of the column's own header the question says."""
    figure = family.members[0].candidate.figure
    return len(grams(" ".join(figure.column_path)) & grams(question))


def _count(text: str | None) -> int | None:
    return None if not text else number_of(text)


def _summable(found: Sequence[Family]) -> list[Family]:
    """Families of one unit that may be added; never rates."""
    kept = []
    for family in found:
        units = {member.candidate.figure.quantity.unit for member in family.members}
        rates = any(u.dimension in (Dimension.PERCENT, Dimension.POINT) for u in units)
        if len(units) == 1 and not rates:
            kept.append(family)
    return kept


def _named(family: Family, names: Sequence[str], metric: str) -> list[Member] | None:
    """One row a name; of several that hold it the one whose label says most of what is asked."""
    wanted, chosen = grams(metric), []
    for name in names:
        holding = [m for m in family.members if squeeze(name) in squeeze(m.name)]
        ranked = sorted(holding, key=lambda m: -len(wanted & grams(m.name)))
        tied = len(ranked) > 1 and len(wanted & grams(ranked[0].name)) == len(
            wanted & grams(ranked[1].name)
        )
        if not ranked or tied:
            return None
        chosen.append(ranked[0])
    return chosen if len({id(member) for member in chosen}) == len(chosen) else None


def _spelled(family: Family, text: str) -> list[Member] | None:
    """Rows whose whole labels the question spells out, two or more."""
    asked = squeeze(text)
    found = [
        m for m in family.members if len(squeeze(m.name)) >= _SHORTEST and squeeze(m.name) in asked
    ]
    longest = [
        m
        for m in found
        if not any(o is not m and squeeze(m.name) in squeeze(o.name) for o in found)
    ]
    return longest if len(longest) > 1 else None


def _below(context: Context, name: str, count: int | None) -> list[Candidate] | None:
    """The leaves under a named row or heading; as many as the question says."""
    for family in _summable(families(context, replace(context.plan.targets[0], noun=""))):
        members = below(family, name)
        if len(members) > 1 and count in (None, len(members)):
            return [renamed(member) for member in members]
    return None
