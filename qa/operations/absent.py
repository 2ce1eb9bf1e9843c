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
from qa.texts.asking import naming_words
from qa.texts.index import index_of
from qa.texts.model import Place, TextKind
from qa.words import cues
from qa.words.matching import grams, squeeze

_NONE = (
    r"(?<![有全虚毫并])(?:无(?!法|线|障|害|偿|形|论|人机|纸|关|误|缝|需|一|效|异议)|没有(?!达|完|能|按|及|到)|未(?:发生|安排|产生|购置|列支|形成|设立)"
    r"|不(?:涉及|存在|属于))"
)
_DENIED = re.compile(rf"{_NONE}(?P<what>[^，。；：,;]{{2,60}})")
_NAUGHT = re.compile(r"(?P<what>[^，。；：,;]{2,40}?)(?:未发生|为零|为0(?:\.0+)?(?:万?元)?$)")
# What is asked of a thing, and names nothing of it.
_MEASURE = re.compile(
    r"(?:财政拨款|预算|支出|收支|金额|总额|决算数?|费用|花在|花费|花|用于|用在|用来|买了?|去了?|情况|年度|年末|存在|上的|比?(?:上年|去年|上一年)|比|增长|增加|下降|减少|[升降]了?|[钱的了个])+"
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
_KINDS = (None, TextKind.FACT, TextKind.PERSON_OR_BODY, TextKind.LIST, TextKind.STATUS)


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
    listed = plan.text_kind is TextKind.LIST
    if found is not None and (not _may_yield(found, listed) or _said_in(found, wanted)):
        return None
    for line, source in _denials(context, wanted, _COVERED if found is None else 1.0):
        return Draft(text=line, citations=[source], phrase=topic)
    return None


def _topic(context: Context) -> str:
    """The words that name what is asked about, without what is asked of it."""
    text = re.sub(r"\d+年|[“”\"]", " ", fold(context.plan.text))
    runs = naming_words(cues.content(text))
    kept = [squeeze(_MEASURE.sub(" ", run)) for run in runs]
    return "".join(dict.fromkeys(word for word in kept if word))


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
    parts: dict[int, set[int]] = {}
    for report, part in keys_of(context, TextKind.FACT):
        parts.setdefault(report, set()).add(part)
    for report, inside in parts.items():
        document = context.evidence.index(report).document
        for segment in index_of(document).segments:
            if segment.place.table is not None or segment.part not in inside:
                continue
            clause = _denying(segment.text, wanted, context.plan.years, least)
            if clause is not None:
                of = document.parts[segment.part]
                year = f"{of.year}年" if of.year else ""
                low = segment.place.start
                place = Place(segment.place.block, low, low + len(segment.text))
                line = f"{of.entity.value}{year}：{clause}。"
                yield line, text_source(document, place)


def _denying(text: str, wanted: frozenset[str], years: tuple[str, ...], least: float) -> str | None:
    """The clause of a sentence that denies what the grams name, in one of the years asked."""
    told = set(_YEAR.findall(text))
    if years and told and not told & set(years):
        return None
    for pattern in (_DENIED, _NAUGHT):
        for match in pattern.finditer(text):
            whole = squeeze(match.group())
            own = grams(whole) | grams(_MEASURE.sub("", whole))
            if wanted and len(wanted & own) >= least * len(wanted):
                start = max(
                    (text.rfind(mark, 0, match.start()) for mark in "，。；：,;"), default=-1
                )
                return text[start + 1 : match.end()].strip()
    return None
