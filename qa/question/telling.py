"""Questions that name no body: about whom they are, where the reports of one body alone speak of it.

某县为什么少建1座加工厂 names neither the bureau nor its project; a stretch of its words stands in one
body's reports and nearly nothing of it in any other's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from qa.figures.evidence import Evidence
from qa.grounds import particular_words
from qa.naming.mentions import begins_name
from qa.naming.regions import unlisted_at
from qa.plan import Operation, Plan
from qa.portfolio.words import asked_over
from qa.texts.asking import naming_words
from qa.texts.terms import squeezed
from qa.words import cues

_GRAM = 4  # characters: what a stretch has at least that tells one body from others
_AHEAD = 2  # characters that it is longer than any stretch that another body's reports have
_MOST = 40  # reports that are looked into
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,5}[省市区县州盟旗镇乡]")


def with_body_told(plan: Plan, evidence: Evidence) -> Plan:
    """The plan about the one body whose reports speak of what is asked; unchanged where none does."""
    if plan.entities or plan.projects or plan.inherited or plan.memory:
        return plan
    words = plan.operation is Operation.TEXT  # of a body inside a report words may be told
    if not all(words or _PLACE.fullmatch(name) for name in plan.unknown):
        return plan
    reports = sorted({report for report, _ in plan.parts})
    if not 1 < len(reports) <= _MOST or asked_over(plan) is not None:
        return plan
    runs = [squeezed(run) for run in naming_words(cues.content(plan.text))]
    runs = [run for run in runs if words or particular_words(run)]
    places = [*(_bare(squeezed(name)) for name in plan.unknown), *_places(plan.text)]
    told: defaultdict[str, int] = defaultdict(int)
    for report in reports:
        flat = _flat(evidence.document(report).text)
        longest = max((_longest(run, flat) for run in runs), default=0)
        longest = max(longest, _GRAM if any(place in flat for place in places) else 0)
        for name in {evidence.ref(key).entity for key in plan.parts if key[0] == report}:
            told[name] = max(told[name], longest)
    ranked = sorted(told.items(), key=lambda item: (-item[1], item[0]))
    (name, first), *others = ranked
    if not name or first < _GRAM or (others and others[0][1] > first - _AHEAD):
        return plan
    texts = _texts_of(plan, evidence, name)
    if any(_bare(squeezed(each)) not in texts for each in plan.unknown):
        return plan
    keys = tuple(key for key in plan.parts if evidence.ref(key).entity == name)
    return replace(plan, parts=keys, entities=(name,), unknown=())


def _places(text: str) -> list[str]:
    """Places of three characters (石溪县), which are as telling as longer words."""
    found = (unlisted_at(text, at) for at in range(len(text) - 2) if begins_name(text, at))
    return [place for place in found if len(place) == _GRAM - 1]


def _bare(name: str) -> str:
    """A body as the reports of its own place call it: 县茶叶产业发展中心; places stay whole."""
    rest = _OF_PLACE.sub("", name)
    return rest if len(rest) > _GRAM else name


_OF_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,3}?(?=[省市区县州镇])")


def _texts_of(plan: Plan, evidence: Evidence, name: str) -> str:
    reports = sorted({key[0] for key in plan.parts if evidence.ref(key).entity == name})
    return "\n".join(_flat(evidence.document(report).text) for report in reports)


def _longest(run: str, flat: str) -> int:
    """The length of the longest stretch of a run that stands in a text, from `_GRAM` characters on."""
    longest = length = 0
    for at in range(len(run) - _GRAM + 1):
        length = length + 1 if run[at : at + _GRAM] in flat else 0
        longest = max(longest, length)
    return longest + _GRAM - 1 if longest else 0


@lru_cache(maxsize=64)
def _flat(text: str) -> str:
    return squeezed(text)
