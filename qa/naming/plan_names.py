"""Names in a plan as the reports in scope have them: projects by another name, labels in full."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from ingest.model import Figure, Role
from qa.figures.evidence import Evidence
from qa.model import PartKey
from qa.naming.aliases import parts_called, quoted_names
from qa.plan import Plan, Target
from qa.words.bounds import condition_asked
from qa.words.cues import content, without_role
from qa.words.matching import shortens, squeeze

_ALIAS_REPORTS = 8


def with_aliases(plan: Plan, evidence: Evidence) -> Plan:
    """A quoted project name that the catalogue lacks is looked for by the amounts beside it."""
    if plan.projects or not plan.entities:
        return plan
    reports = sorted({report for report, _ in plan.parts})[:_ALIAS_REPORTS]
    documents = [(report, evidence.index(report).document) for report in reports]
    for name in quoted_names(plan.text):
        keys = tuple(parts_called(name, documents))
        if keys and (not plan.years or any(evidence.ref(k).year in plan.years for k in keys)):
            bare = re.compile(rf"[“\"「]?{re.escape(name)}[”\"」]?(?:项目|一级项目)?")
            targets = tuple(
                replace(t, key=bare.sub(" ", t.key).strip() or t.key) for t in plan.targets
            )
            return replace(plan, projects=((name, keys),), targets=targets)
    return plan


_SHORT_PROJECT = re.compile(
    r"(?<![一-鿿])(?:的|这个|那个|该)?(?P<name>(?P<stem>[一-鿿]{2,14}?(?:资金|经费|专项|工程)?)项目)"
)
_LEAST_STEM = 4  # characters of a short name that its project must have in their order


def with_only_project(plan: Plan, evidence: Evidence) -> Plan:
    """The one project that a body's reports are of, called by some words of its name.

    衔接资金项目 is 财政衔接推进乡村振兴资金项目 where the body has no other.
    """
    if plan.projects or not plan.entities:
        return plan
    found = _SHORT_PROJECT.search(plan.text)
    refs = [evidence.ref(key) for key in plan.parts]
    refs = [ref for ref in refs if not plan.years or ref.year in plan.years]
    names = {ref.project for ref in refs if ref.project}
    if found is None or len(names) != 1 or len(squeeze(found["stem"])) < _LEAST_STEM:
        return plan
    (project,) = names
    stem, whole = squeeze(found["stem"]), squeeze(project)
    if stem[:2] not in whole or not (stem in whole or shortens(stem, whole)):
        return plan
    keys = tuple(ref.key for ref in refs if ref.project)
    text = plan.text.replace(found["name"], " " * len(found["name"]), 1)
    targets = tuple(
        replace(t, key=t.key.replace(found["name"], " ").strip() or t.key) for t in plan.targets
    )
    return replace(plan, projects=((project, keys),), text=text, targets=targets)


_PLACED = re.compile(r"(?P<place>[一-鿿]{1,6}?[省市县区州旗镇乡])(?P<own>[一-鿿]{4,})")


def with_told(plan: Plan, evidence: Evidence) -> Plan:
    """What looks like a body without a report, and is spoken of in the reports of its place.

    The plan is then about those reports; nothing changes where one of the names is in none of them.
    """
    if not plan.unknown or plan.entities:
        return plan
    keys: list[PartKey] = []
    for name in plan.unknown:
        found = _PLACED.match(name)
        near = [key for key in plan.parts if found and found["place"] in evidence.ref(key).entity]
        reports = {report for report, _ in near}
        if found is None or not 0 < len(reports) <= _ALIAS_REPORTS:
            return plan
        if any(evidence.ref(key).entity.endswith(found["own"]) for key in near):
            return plan  # the 城市管理局 of a district is not that of its city
        told = {r for r in reports if found["own"] in evidence.document(r).text}
        if not told:
            return plan
        keys += [key for key in near if key[0] in told]
    return replace(plan, unknown=(), parts=tuple(dict.fromkeys(keys)))


_OF_ALL = {"本年支出合计": "支出", "本年收入合计": "收入"}
_ALL_SAID = re.compile(r"合计|总[计额支收]|本年|全部")


def with_spending(plan: Plan, evidence: Evidence) -> Plan:
    """A bare 支出 of a body that only the report of one project speaks of is that project's.

    Elsewhere it is all that the body spent in the year, which such a report does not have.
    """
    if plan.projects or not plan.entities or _ALL_SAID.search(plan.text):
        return plan
    refs = [evidence.ref(key) for key in plan.parts]
    refs = [ref for ref in refs if ref.year in plan.years] or refs
    names = sorted({squeeze(ref.project) for ref in refs}, key=len)
    if not names or not names[0] or any(names[0] not in name for name in names):
        return plan
    targets = tuple(replace(t, key=_OF_ALL.get(t.key, t.key)) for t in plan.targets)
    return replace(plan, targets=targets)


_WHOLE = re.compile(r"^(?:本年|全年|年度)?总?(?P<side>支出|收入)(?:合计|总额|总计)?$")
_MOVED = (Role.CHANGE, Role.GROWTH)
_YEAR = re.compile(r"20\d\d\s*年度?")


def _figures_in_scope(plan: Plan, evidence: Evidence) -> Iterator[Figure]:
    """The figures of the parts in scope; none where no body is named, or of too many reports."""
    reports = sorted({report for report, _ in plan.parts})
    if plan.entities and len(reports) <= _ALIAS_REPORTS:
        for report in reports:
            for figure in evidence.document(report).figures:
                if (report, figure.part) in plan.parts:
                    yield figure


def _of_the_year(plan: Plan, evidence: Evidence) -> Plan:
    """A bare 支出 that moved is that of the year (支出合计), where 支出总计 moved otherwise."""
    sides = {t.key for t in plan.targets if t.key in ("支出", "收入") and t.role in _MOVED}
    if not sides:
        return plan
    moved = {
        squeeze(_YEAR.sub("", figure.subject))
        for figure in _figures_in_scope(plan, evidence)
        if figure.role in _MOVED
    }

    def whole(target: Target) -> Target:
        found = [
            f"{lead}{target.key}合计" for lead in ("本年", "") if f"{lead}{target.key}合计" in moved
        ]
        return replace(target, key=found[0]) if target.key in sides and found else target

    return replace(plan, targets=tuple(map(whole, plan.targets)))


def with_whole(plan: Plan, evidence: Evidence) -> Plan:
    """All that was spent by the name that the reports in scope have for it: 支出合计, or a bare 支出."""
    plan = _of_the_year(plan, evidence)
    if not any(_WHOLE.match(target.key) for target in plan.targets):
        return plan
    told = {
        squeeze(_YEAR.sub("", name))
        for figure in _figures_in_scope(plan, evidence)
        for name in (figure.metric, *figure.row_path[-1:])
    }
    wholes = {name for name in told if _WHOLE.match(name)}
    targets = tuple(_as_told(target, wholes) for target in plan.targets)
    return replace(plan, targets=targets)


def _as_told(target: Target, wholes: Collection[str]) -> Target:
    """A whole as one of the names that reports have; as it is where they have it, or none."""
    match = _WHOLE.match(target.key)
    if match is None or target.key in wholes:
        return target
    side = match["side"]
    same = {name for name in wholes if side in name}
    summed = f"{side}合计"
    if target.key == f"本年{summed}" and summed in same and side not in same:
        return replace(target, key=summed, synonyms=False)
    return replace(target, key=side, synonyms=False) if same == {side} else target


def with_labels(plan: Plan, evidence: Evidence) -> Plan:
    """Names of the reports that hold a filler word (财务管理情况) stay whole where asked so."""
    asked = squeeze(plan.text)
    labels = {
        label
        for report in sorted({report for report, _ in plan.parts})[:_ALIAS_REPORTS]
        for label in evidence.index(report).labels
        if len(label) >= 4 and label in asked and not condition_asked(label)
    }
    targets = tuple(replace(t, key=_whole_name(t, labels)) for t in plan.targets)
    return replace(plan, targets=targets)


def _whole_name(target: Target, labels: Collection[str]) -> str:
    """The key, with the name that it ends with as the longest of the labels spells it."""
    key = target.key
    for label in sorted(labels, key=len, reverse=True):
        bare = without_role(content(label), target.role)
        whole = without_role(label, target.role)
        if bare and bare != whole and (key == bare or key.endswith(f" {bare}")):
            return key[: len(key) - len(bare)] + whole
    return key
