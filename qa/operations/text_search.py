"""Where a question about text is looked for: which parts, in which years, by which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.text import fold
from qa.model import PartKey
from qa.operations.context import Context
from qa.plan import Plan
from qa.question.wording import canonical
from qa.texts.answers import find_text
from qa.texts.asking import naming_words
from qa.texts.cited import asks_date, find_cited
from qa.texts.dates import asks_plan
from qa.texts.frames import find_framed, frame_asked
from qa.texts.model import Confidence, ScopedDocument, TextFinding, TextKind
from qa.texts.reasons import names_thing
from qa.texts.terms import likeness

_MAX_DOCUMENTS = 12
_RENAMED = 0.7  # from this likeness on, two names of one unit's projects are one project's
# Kinds whose answer belongs to a report's own year; a person or date may be of an earlier one.
_YEARLY = (
    TextKind.GRADE,
    TextKind.REASON,
    TextKind.LIST,
    TextKind.STATUS,
    TextKind.FACT,
    TextKind.METHOD,
)

_DATED = (TextKind.STATUS, TextKind.FACT, TextKind.REASON)


def find(context: Context, kind: TextKind) -> tuple[TextFinding, ...]:
    """Findings in scope, best first; what belongs to no year is looked for in other years too."""
    keys = keys_of(context, kind)
    found = _find_in(context, kind, keys)
    if any(f.confidence is not Confidence.LOW for f in found):
        return found
    plan = context.plan
    every = keys_of(replace(context, plan=replace(plan, years=())), kind)
    if len(every) <= len(keys):
        return found
    wider = _find_in(context, kind, every)
    if kind in _YEARLY:  # a report on several years tells the year beside what happened in it
        told = [f for f in wider if any(_told_of(year, f.quote) for year in plan.years)]
        return tuple(told) if kind in _DATED and plan.years and told else found
    return wider or found


def _told_of(year: str, quote: str) -> bool:
    """Whether a passage speaks of a year, not only compares with it: 较2022年增加."""
    return bool(
        re.search(rf"(?<![比较与同跟]){year}年(?!度?(?:的[^,，。;；]{{0,16}})?相比)", quote)
    )


def _scoped(context: Context, keys: Sequence[PartKey]) -> list[ScopedDocument]:
    """The reports of the parts to look in, with those parts."""
    return [
        ScopedDocument(
            report,
            context.evidence.index(report).document.name,
            context.evidence.index(report).document,
            tuple(sorted(parts)),
        )
        for report, parts in list(context.evidence.scoped(keys))[:_MAX_DOCUMENTS]
    ]


def _find_in(context: Context, kind: TextKind, keys: Sequence[PartKey]) -> tuple[TextFinding, ...]:
    if not keys:
        return ()
    scoped = _scoped(context, keys)
    # Names and years left blanks behind; patterns count characters.
    plan = context.plan
    if kind is TextKind.DEFINITION and _BLANKED.search(plan.text):
        plan = replace(plan, text=plan.question)  # the term is part of a project's name
    question = re.sub(r"\s{2,}", " ", plan.text)
    if kind is TextKind.DATE and asks_plan(plan.question) and not asks_plan(question):
        question = f"计划{question.strip()}"  # 某工程计划 went with the project's name
    found = find_text(question, kind, scoped, _terms(plan))
    return found if kind is not TextKind.DOCUMENT_NUMBER else _cited(plan, scoped, found)


def _cited(
    plan: Plan, scoped: Sequence[ScopedDocument], found: tuple[TextFinding, ...]
) -> tuple[TextFinding, ...]:
    """What was found of a 文号; else the one that the whole question fits, projects' names included."""
    if found and not asks_date(plan.question):
        return found
    return tuple(find_cited(scoped, _without_units(plan), plan.memory)) or found


def _without_units(plan: Plan) -> str:
    """The question with its projects' names and years, and without those of units."""
    own = fold(plan.question)
    for named in plan.named if len(own) == len(plan.question) else ():
        if named.kind == "unit":
            own = f"{own[: named.start]}{' ' * (named.end - named.start)}{own[named.end :]}"
    return own


def framed(context: Context, kind: TextKind) -> list[TextFinding]:
    """The short fact that the words of a question frame (几年一遇, 以什么为准)."""
    question = _without_units(context.plan)
    if kind not in _SHORT_FACTS or frame_asked(question) is None:
        return []
    return find_framed(_scoped(context, keys_of(context, kind)), question)


_SHORT_FACTS = (TextKind.FACT, TextKind.LIST, TextKind.PERSON_OR_BODY)


_BLANKED = re.compile(r"[“\"「]\s*[”\"」]")


def keys_of(context: Context, kind: TextKind) -> list[PartKey]:
    """The parts to look in: of the projects named, in the years asked."""
    plan = context.plan
    keys = list(plan.asked_parts)
    if kind is TextKind.DEFINITION:  # terms are defined for the whole report
        keys = list(plan.parts)
    if not plan.years:
        return keys
    refs = context.evidence.names.refs
    dated = [key for key in keys if not refs[key].year or refs[key].year in plan.years]
    if dated or kind not in _YEARLY:
        return dated or keys
    # A project goes by another name in the year asked (服务项目, then 服务专项).
    named = [name for name, _ in plan.projects]
    return [
        key
        for key in plan.parts
        if refs[key].year in plan.years
        if any(min(likeness(name, refs[key].project)) >= _RENAMED for name in named)
    ]


_QUOTED = re.compile(r"[“\"]([^”\"]{2,40})[”\"]")


# What a remembered phrase says of a figure, not which thing it is of.
_FIGURE_WORDS = re.compile(
    r"(?:(?:全年|年初|调整后?|自评|评价)?(?:预算数?|决算数?|执行数|总分|得分|分值|满分|金额|合计|等级))+"
    r"|扣分|[\d.]+分"
)
# What every row has: of which one a reason is asked, it does not say.
_OF_MANY = re.compile(rf"(?:{_FIGURE_WORDS.pattern})|[一-鿿]{{0,4}}率")
_THAT_ONE = re.compile(r"(?:这|那|该)(?:一)?(?:笔|项|个)(?!项目|单位|局|报告)|它")


def _terms(plan: Plan) -> tuple[str, ...]:
    """Quoted phrases first, then the runs of naming words of the question."""
    quoted = [match[1] for match in _QUOTED.finditer(plan.text)]
    rest = _QUOTED.sub(" ", plan.text)
    words = list(naming_words(canonical(rest)))
    memory = re.sub(r"[“”\"]", " ", plan.memory).split()
    before = [word for word in memory if not _FIGURE_WORDS.fullmatch(word)] or memory
    if not quoted and _THAT_ONE.search(rest):
        words = [*before, *words]
    if not quoted and not any(len(word) > 1 for word in words):
        words = before
    elif plan.text_kind is TextKind.REASON and not quoted and not names_thing(words):
        words = [*(word for word in before if not _OF_MANY.fullmatch(word)), *words]
    named = (
        []
        if quoted
        else [word for t in plan.targets if plan.memory and t.key == plan.memory for word in before]
    )
    found = [*quoted, *named, *(re.sub(r"[“”\"《》]", "", word) for word in words)]
    return tuple(dict.fromkeys(word for word in found if len(word.strip()) > 1))
