"""Things that a report says there are none of: no debts, no journeys abroad, no fund of a kind.

Tried where nothing else answers: what is asked about is then not lacking in the report, it is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.text import fold
from qa.drafts import Draft
from qa.model import Outcome, Source
from qa.operations.context import Context
from qa.operations.text_search import keys_of
from qa.operations.text_words import text_source
from qa.plan import Operation
from qa.present import PREMISE_FAILS
from qa.texts.asking import naming_words
from qa.texts.index import index_of
from qa.texts.model import Place, TextKind
from qa.words import cues
from qa.words.matching import grams, squeeze

_NONE = (
    r"(?<![有全虚毫并])(?:无(?!着|法|线|障|害|偿|形|论|人机|纸|关|误|缝|需|一|效|异议)|没有(?!达|完|能|按|及|到)|未(?:发生|安排|产生|购置|列支|形成|设立|见|提供)"
    r"|不(?:涉及|存在|属于))"
)
_DENIED = re.compile(rf"{_NONE}(?P<what>[^，。；：,;]{{2,60}})")
_NAUGHT = re.compile(r"(?P<what>[^，。；：,;]{2,40}?)(?:未发生|为零|为0(?:\.0+)?(?:万?元)?$)")
# What is asked of a thing, and names nothing of it.
_MEASURE = re.compile(
    r"(?:财政拨款|预算|支出|收支|金额|总额|决算数?|费用|花在|花费|花|用于|用在|用来|买了?|去了?|情况|年度|年末|存在|上的|比?(?:上年|去年|上一年)|比|增长|增加|下降|减少|[升降]了?|出现|发生|原因|为什么|为何|为啥|办得|咋样|怎么样|目标没?|完成没?|[钱的了个])+"
)
_YEAR = re.compile(r"20\d\d(?=\s*年)")
_COVERED = 0.8  # share of the asked words' grams that the denial holds
_SEVERAL = 2  # figures that answer more than one thing
_LEAST = 2  # characters that name something
_OPERATIONS = (
    Operation.LOOKUP,
    Operation.TEXT,
    Operation.COUNT,
    Operation.FILTER,
    Operation.CHANGE,
    Operation.GROWTH,
)
_KINDS = (
    None,
    TextKind.FACT,
    TextKind.PERSON_OR_BODY,
    TextKind.LIST,
    TextKind.STATUS,
    TextKind.REASON,
    TextKind.DATE,
    TextKind.METHOD,
)
# What was planned and then given up: 取消2个子项目（甲及乙）.
_GIVEN_UP = re.compile(r"(?P<what>(?:取消|撤销|停办|不再实施|终止)[^，。；,;]{2,60})")


def absent(context: Context, found: Draft | None = None) -> Draft | None:
    """The sentence in which the report denies what is asked about; None where it does not.

    Args:
        found: what else was found; it stands unless it says nothing of what is denied in full.
    """
    plan = context.plan
    one = len(plan.entities) == 1 or len({key[0] for key in plan.asked_parts}) == 1
    if plan.operation not in _OPERATIONS or plan.text_kind not in _KINDS or not one:
        return None
    topic = _topic(context)
    if len(topic) < _LEAST:
        return None
    wanted = grams(topic)
    if plan.text_kind in _OF_EVENTS or found is None:
        event = _event_denied(context, found)
        if event is not None:
            return event
    if plan.text_kind in _OF_EVENTS:
        return None
    listed = plan.text_kind is TextKind.LIST
    if found is not None and (not _may_yield(found, listed) or _said_in(found, wanted)):
        return None
    for line, source in _denials(context, wanted, _COVERED if found is None else 1.0):
        return Draft(text=line, citations=[source], phrase=topic)
    return None


# Of these a question takes for granted that something happened.
_OF_EVENTS = (TextKind.REASON, TextKind.DATE)
_AN_EVENT = 4  # characters
_HOW_MUCH = re.compile("多少|几|百分")
_AROUND = 0.6  # share of the other words' grams that the sentence holds


def _event_denied(context: Context, found: Draft | None) -> Draft | None:
    """The sentence that denies what a question takes for granted: 无发生重大故障, 取消…（甲及乙）."""
    words = _words(context)
    amount = _HOW_MUCH.search(context.plan.text) or context.plan.text_kind is TextKind.LIST
    if found is not None or amount or not words or len(words[-1]) < _AN_EVENT:
        return None
    event, around = words[-1], frozenset(g for word in words[:-1] for g in grams(word))
    for clause, line, source, sentence in _clauses(context):
        held = around & grams(squeeze(sentence))
        if event in squeeze(clause) and len(held) >= _AROUND * len(around):
            text = f"{PREMISE_FAILS}：{line}" if context.plan.text_kind in _OF_EVENTS else line
            return Draft(text=text, citations=[source], phrase=words[-1])
    return None


def _words(context: Context) -> list[str]:
    """The words that name what is asked about, without what is asked of it."""
    text = re.sub(r"\d+年|[“”\"]", " ", fold(context.plan.text))
    kept = [squeeze(_MEASURE.sub(" ", run)) for run in naming_words(cues.content(text))]
    return list(dict.fromkeys(word for word in kept if word))


def _topic(context: Context) -> str:
    return "".join(_words(context))


def _may_yield(found: Draft, listed: bool) -> bool:
    """Whether an answer is a plain figure or list, not a choice, a dispute or a correction."""
    plain = found.outcome is Outcome.ANSWERED and not found.whole
    return plain and len(found.values) < _SEVERAL and (bool(found.values) or listed)


def _said_in(found: Draft, wanted: frozenset[str]) -> bool:
    """Whether what was found names what is asked about."""
    own: set[str] = set()
    for value in found.values:
        own |= grams(value.metric)
        for source in value.sources[:1]:
            own |= grams(f"{source.row or ''} {source.column or ''}")
    for source in () if found.values else found.citations:
        own |= grams(squeeze(source.quote))
    return len(wanted & own) >= _COVERED * len(wanted)


def _denials(
    context: Context, wanted: frozenset[str], least: float
) -> Iterator[tuple[str, Source]]:
    """The clauses that deny what the grams name, each as a line with its place."""
    for clause, line, source, _ in _clauses(context):
        own = grams(squeeze(clause)) | grams(_MEASURE.sub("", squeeze(clause)))
        if wanted and len(wanted & own) >= least * len(wanted):
            yield line, source


def _clauses(context: Context) -> Iterator[tuple[str, str, Source, str]]:
    """The clauses of the reports in scope that deny something: clause, line, place, sentence."""
    parts: dict[int, set[int]] = {}
    for report, part in keys_of(context, TextKind.FACT):
        parts.setdefault(report, set()).add(part)
    for report, inside in parts.items():
        document = context.evidence.index(report).document
        for segment in index_of(document).segments:
            if segment.place.table is not None or segment.part not in inside:
                continue
            of = document.parts[segment.part]
            year = f"{of.year}年" if of.year else ""
            low = segment.place.start
            place = Place(segment.place.block, low, low + len(segment.text))
            for denial, clause in _denying(segment.text, context.plan.years):
                line = f"{of.entity.value}{year}：{clause}。"
                yield denial, line, text_source(document, place), segment.text


def _denying(text: str, years: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What a sentence denies, of one of the years asked, and the clause that it stands in."""
    whole = set(_YEAR.findall(text))
    for pattern in (_DENIED, _NAUGHT, _GIVEN_UP):
        for match in pattern.finditer(text):
            start = max((text.rfind(mark, 0, match.start()) for mark in "，。；：,;"), default=-1)
            clause = text[start + 1 : match.end()].strip()
            told = set(_YEAR.findall(clause)) if pattern is _GIVEN_UP else whole
            if not (years and told and not told & set(years)):
                yield match.group(), clause
