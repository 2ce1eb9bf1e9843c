"""What a report says in words and elsewhere otherwise, beside what an answer quotes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.model import Assertion, Document, Part, Role, Said, Verdict
from qa.drafts import Draft
from qa.model import Check, Source, Value
from qa.operations.context import Context
from qa.plan import Operation, Plan
from qa.present import place_at
from qa.texts.model import TextKind
from qa.words import agreement, cues
from qa.words.matching import asked_grams, grams, squeeze

# Share of a question's naming words that both sides of an assertion must hold between them.
_NAMED = 0.6
# So many of their character pairs must be held: two words say little.
_LEAST = 4
# The same where an answer quotes one of them already.
_TOUCHED = 0.3
# What may be asked for in words; other roles are figures.
_IN_WORDS = (None, Role.TARGET, Role.ACTUAL)
# What a question quotes, save the name of the place where it looks (在“存在问题”部分).
_QUOTED = re.compile(
    r"[“\"]([^”\"]{2,40})[”\"](?!(?:部分|指标分析|一节|章节|里|中|(?:指标)?下面?|(?:指标)?时[,，])(?:[里中,，]|所?说|所?写|指出|提到|讲|列))"
)
# An assertion that two places disagree is no list, name or reason.
_OF_OTHER_KIND = (
    TextKind.DEFINITION,
    TextKind.REASON,
    TextKind.PERSON_OR_BODY,
    TextKind.DOCUMENT_NUMBER,
    TextKind.DATE,
    TextKind.LIST,
)


@dataclass(frozen=True, slots=True)
class Contested:
    """An assertion of a report, and how much of a question it is about.

    `fit` is the share of the question's naming words that its sides hold; `telling` is false where
    those are too few to say anything; `quoted` says that the question quotes what it is about.
    """

    document: Document
    assertion: Assertion
    fit: float
    telling: bool
    quoted: bool = False


def contested(context: Context, draft: Draft) -> Draft:
    """The draft, contradicted where the report says otherwise of what it quotes.

    Only where the words that differ are themselves in the answer, as a sentence says many things;
    or where the question quotes the name that they are about, and the answer stands beside them.
    """
    shown = squeeze(draft.text)
    quoted = [squeeze(match[1]) for match in _QUOTED.finditer(context.plan.text)]
    for each in _in_scope(context, failed=True):
        if each.fit < _TOUCHED:
            continue
        own = _quoted_side(each, draft, shown)
        if own is None and not draft.values and squeeze(each.assertion.subject) in quoted:
            own = _beside(each, draft)
        if own is not None:
            _contradict(draft, each, own)
    return draft


def _quoted_side(each: Contested, draft: Draft, shown: str) -> Said | None:
    """The side of an assertion that a source of the draft holds and its text or a value shows."""
    for said in (each.assertion.stated, *each.assertion.others):
        cited = any(
            _holds(each, source, said) or _repeats(source, said) for source in draft.citations
        )
        if cited and squeeze(said.text) in shown:
            return said
        for value in draft.values:
            printed = value.unit and f"{value.number}{value.unit}" in squeeze(said.text)
            if printed and any(_holds(each, source, said) for source in value.sources):
                return said
    return None


_A_SENTENCE = 12  # characters that are not repeated by chance


def _repeats(source: Source, said: Said) -> bool:
    """Whether a source says the very words at another place."""
    words = squeeze(said.text)
    return len(words) >= _A_SENTENCE and words in squeeze(source.quote)


def _beside(each: Contested, draft: Draft) -> Said | None:
    """The stated side, where the draft cites the section of one of the sides or of their name."""
    document, assertion = each.document, each.assertion
    sections = {
        document.blocks[said.block].section for said in (assertion.stated, *assertion.others)
    }
    cited = {
        block.section
        for source in draft.citations
        if source.report == document.name
        for block in document.blocks
        if block.spans and block.spans[0][0] <= source.start < block.spans[-1][1]
    }
    named = squeeze(assertion.subject)
    titled = any(named in squeeze(document.sections[section].title) for section in cited)
    return assertion.stated if titled or cited & sections else None


def _holds(each: Contested, source: Source, said: Said) -> bool:
    start, end = said.locator.spans[0][0], said.locator.spans[-1][1]
    return source.report == each.document.name and source.start <= start and end <= source.end


def asserted(context: Context, *, all_verdicts: bool = False) -> Draft | None:
    """The assertion that a question is about: both sides of one that fails.

    Args:
        context: the question; answered from the places of the assertion that fits it best.
        all_verdicts: one that holds is an answer too, to a question whether both sides agree.
    """
    figures = any(t.dimension or t.role not in _IN_WORDS for t in context.plan.targets)
    if (figures or context.plan.text_kind in _OF_OTHER_KIND) and not all_verdicts:
        return None
    known = _in_scope(context, failed=not all_verdicts)
    asked = asked_grams(cues.content(cues.unquoted(context.plan.text)))
    fitting = [c for c in known if all_verdicts or c.quoted or _of_its_own(c.assertion, asked)]
    best = max(fitting, key=lambda each: each.fit, default=None)
    if best is None or best.fit < _NAMED or not best.telling:
        return None
    assertion = best.assertion
    if assertion.verdict is Verdict.FAILS:
        return _both_sides(best)
    draft = Draft(phrase=assertion.subject)
    draft.citations.append(_source(best.document, assertion.stated))
    draft.text = f"{_who(best.document.part_of(assertion.stated.block))}{assertion.message}"
    draft.citations += [_source(best.document, said) for said in assertion.others[:2]]
    return draft


# 填没填, 是不是一致, 有没有: whether something is so.
_WHETHER = re.compile(
    r"(?P<v>[一-鿿])(?:没|不)(?P=v)|是否|有没有|(?:了|过)?[^,，。;；]{0,10}(?:没有|没|吗|么)[?？。\s]*$"
)
_NEARLY_ALL = 0.8
_MOST_OF_IT = 0.55
_A_SUBJECT = 4  # characters


_FEW = 24  # reports that a question about one statement may open


def too_wide(plan: Plan) -> bool:
    """Whether a question is about more reports than are opened for what one of them states."""
    return len({report for report, _ in plan.asked_parts}) > _FEW


def told_otherwise(context: Context) -> Draft | None:
    """Both sides of what a report says and elsewhere denies, where a question asks whether it is so.

    Nearly all of the question must be about the assertion, or most of it and its very subject.
    """
    plan = context.plan
    figures = any(t.dimension or t.role not in _IN_WORDS for t in plan.targets)
    told = plan.numbers or _QUOTED.search(plan.text) or _WHETHER.search(plan.text)
    if plan.text_kind in _OF_OTHER_KIND or not told or too_wide(plan):
        return None
    failed = [c for c in _in_scope(context, failed=True) if c.telling]
    spelled = [c for c in failed if _spelled_out(c, plan.numbers)]
    if len(spelled) == 1 and not _HOW_MUCH.search(plan.text):
        return _both_sides(spelled[0])
    if figures or not _WHETHER.search(plan.text):
        return None
    text = squeeze(plan.text)
    asked = asked_grams(cues.content(cues.unquoted(plan.text)))
    sure = [c for c in failed if c.fit >= _NEARLY_ALL and _of_its_own(c.assertion, asked)]
    named = [
        c
        for c in failed
        if c.fit >= _MOST_OF_IT
        and len(squeeze(c.assertion.subject)) >= _A_SUBJECT
        and squeeze(c.assertion.subject) in text
    ]
    same = [c for c in failed if c.assertion.family == _SAME and c.fit >= _MOST_OF_IT]
    found = sure or named or (same if plan.operation is Operation.VERIFY else [])
    return _both_sides(found[0]) if len(found) == 1 else None


_SAME = "same_or_not"  # 保持一致 in one place, 不一致 in another


def _of_its_own(assertion: Assertion, asked: frozenset[str]) -> bool:
    """Whether the very words that are denied are asked about, and not others of their sentence."""
    own = grams(f"{assertion.subject} {assertion.stated.text}")
    return len(asked & own) >= _OWN * len(asked)


_OWN = 0.4
_HOW_MUCH = re.compile("多少|几")
_ALL_OF_IT = 0.95
_SPELLED = 0.7


def _spelled_out(each: Contested, numbers: tuple[str, ...]) -> bool:
    """Whether a question quotes the name and says nothing else, or quotes the numbers of a side."""
    if numbers:
        return each.fit >= _SPELLED and all(n in each.assertion.stated.text for n in numbers)
    return each.quoted and each.fit >= _ALL_OF_IT


def _both_sides(each: Contested) -> Draft:
    assertion, draft = each.assertion, Draft(phrase=each.assertion.subject)
    who = _who(each.document.part_of(assertion.stated.block))
    draft.citations.append(_source(each.document, assertion.stated))
    draft.text = f"{who}{assertion.subject}：{assertion.stated.text}。"
    _contradict(draft, each, assertion.stated)
    return draft


def _contradict(draft: Draft, each: Contested, own: Said) -> None:
    """Show both sides: the one that the answer quotes first, the competing one as its other."""
    assertion = each.assertion
    other = assertion.recomputed if own is assertion.stated else assertion.stated.text
    part = each.document.part_of(own.block)
    draft.values.append(
        Value(
            label=assertion.subject,
            number=own.text,
            unit="",
            period=part.year,
            entity=part.entity.value,
            project=part.project.value or None,
            metric=assertion.subject,
            check=Check.FAILS,
            other=other,
            sources=(_source(each.document, own),),
        )
    )
    draft.contradict(f"报告自相矛盾：{assertion.message}")
    for said in (assertion.stated, *assertion.others[:2]):
        source = _source(each.document, said)
        if source not in draft.citations:
            draft.citations.append(source)


def _in_scope(context: Context, *, failed: bool) -> Iterator[Contested]:
    """The assertions of the reports in scope, or those that fail, with how well each fits the question."""
    plan = context.plan
    keys = plan.asked_parts
    words = agreement.unverified(plan.text) if plan.operation is Operation.VERIFY else plan.text
    asked = asked_grams(cues.content(cues.unquoted(words)))
    quoted = [squeeze(match[1]) for match in _QUOTED.finditer(plan.text)]
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        for assertion in document.assertions:
            if failed and assertion.verdict is not Verdict.FAILS:
                continue
            year = document.parts[assertion.part].year
            if assertion.part in parts and (not plan.years or year in plan.years):
                yield _fitted(document, assertion, asked, quoted)


def _fitted(
    document: Document, assertion: Assertion, asked: frozenset[str], quoted: list[str]
) -> Contested:
    """How much of the question its sides hold; nothing where it is about another quoted name."""
    sides = (assertion.stated, *assertion.others)
    own = f"{assertion.subject} {assertion.stated.text}"
    if quoted and not any(name.removesuffix("指标") in squeeze(own) for name in quoted):
        return Contested(document, assertion, 0.0, telling=False)
    around = " ".join((own, *(f"{said.text} {_words(document, said)}" for said in sides)))
    held = asked & grams(around)
    share = len(held) / len(asked) if asked else 0.0
    if quoted:
        return Contested(document, assertion, share / 2 + 0.5, telling=True, quoted=True)
    return Contested(document, assertion, share, telling=len(held) >= _LEAST)


def _words(document: Document, said: Said) -> str:
    """The sentence or row around one side, and what heads it."""
    place = said.locator
    heads = " ".join(document.section_path(document.blocks[said.block].section)[-1:])
    if place.table is None:
        return f"{heads} {_source(document, said).quote}"
    table = document.tables[place.table]
    row = place.row or 0
    labels = table.row_at(row, place.column or 0).path if row >= 0 else ()
    column = table.columns[place.column].path if place.column is not None else ()
    return " ".join((heads, table.title, *labels, *column))


def _source(document: Document, said: Said) -> Source:
    return place_at(document, said.locator, said.block)


def _who(part: Part) -> str:
    project = f"“{part.project.value}”" if part.project.value else ""
    return f"{part.entity.value}{part.year}年{project}" if part.year else part.entity.value
