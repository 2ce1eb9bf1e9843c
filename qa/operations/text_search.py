"""Where a question about text is looked for: which parts, in which years, by which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.model import PartKey
from qa.operations.context import Context
from qa.plan import Plan
from qa.textual import find_text
from qa.textual_asking import naming_words
from qa.textual_model import Confidence, ScopedDocument, TextFinding, TextKind
from qa.textual_terms import likeness
from qa.wording import canonical

_MAX_DOCUMENTS = 12
_RENAMED = 0.7  # from this likeness on, two names of one unit's projects are one project's
# Kinds whose answer belongs to a report's own year; a person or date may be of an earlier one.
_YEARLY = (TextKind.GRADE, TextKind.REASON, TextKind.LIST, TextKind.STATUS, TextKind.FACT)


def find(context: Context, kind: TextKind) -> tuple[TextFinding, ...]:
    """Findings in scope, best first; what belongs to no year is looked for in other years too."""
    keys = _keys(context, kind)
    found = _find_in(context, kind, keys)
    if kind in _YEARLY or any(f.confidence is not Confidence.LOW for f in found):
        return found
    plan = context.plan
    every = _keys(replace(context, plan=replace(plan, years=())), kind)
    return (_find_in(context, kind, every) or found) if len(every) > len(keys) else found


def _find_in(context: Context, kind: TextKind, keys: Sequence[PartKey]) -> tuple[TextFinding, ...]:
    if not keys:
        return ()
    scoped = [
        ScopedDocument(
            report,
            context.evidence.index(report).document.name,
            context.evidence.index(report).document,
            tuple(sorted(parts)),
        )
        for report, parts in list(context.evidence.scoped(keys))[:_MAX_DOCUMENTS]
    ]
    # Names and years left blanks behind; patterns count characters.
    defined = kind is TextKind.DEFINITION  # a term may be part of a project's name
    plan = replace(context.plan, text=context.plan.question) if defined else context.plan
    question = re.sub(r"\s{2,}", " ", plan.text)
    return find_text(question, kind, scoped, _terms(plan))


def _keys(context: Context, kind: TextKind) -> list[PartKey]:
    """The parts to look in: of the projects named, in the years asked."""
    plan = context.plan
    keys = [key for _, its in plan.projects for key in its] or list(plan.parts)
    if kind is TextKind.DEFINITION:  # terms are defined for the whole report
        keys = list(plan.parts)
    if not plan.years:
        return keys
    refs = {part.key: part for part in context.evidence.parts}
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


def _terms(plan: Plan) -> tuple[str, ...]:
    """Quoted phrases first, then the runs of naming words of the question."""
    quoted = [match[1] for match in _QUOTED.finditer(plan.text)]
    rest = _QUOTED.sub(" ", plan.text)
    words = list(naming_words(canonical(rest)))
    if plan.memory and re.search(r"(?:这|那|该)(?:一)?(?:笔|项|个)|它", rest):
        words = [*plan.memory.split(), *words]
    if plan.memory and not quoted and not any(len(word) > 1 for word in words):
        words = plan.memory.split()
    named = [t.key for t in plan.targets if plan.memory and t.key == plan.memory]
    found = [*quoted, *named, *(re.sub(r"[“”\"《》]", "", word) for word in words)]
    return tuple(dict.fromkeys(word for word in found if len(word) > 1))
