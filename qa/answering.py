"""What is shown for a question: a draft as an answer, and what is said where nothing was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.drafts import Draft
from qa.model import Answer, Coverage, Outcome, PartRef
from qa.operations.context import Context, choose, clarify
from qa.part_index import index_of
from qa.plan import Operation, Plan
from qa.present import source_of
from qa.texts.model import TextKind

_UNITS_NAMED = 20  # units that are named where one is not in the library
_MOST_CITATIONS = 60  # every entry of a list has its own
LONGEST = 2_000
"""Characters of a question; what is longer is no question but a text."""

_SHOWN = 40  # of the beginning of such a text


def too_long(question: str) -> Answer:
    """The answer to what is longer than `LONGEST`."""
    text = (
        f"问题有 {len(question):,} 字（{question[:_SHOWN]}…），超过了 {LONGEST:,} 字，没有查找。"
        "请写成一两句话再问。"
    )
    return Answer(question, Outcome.ABSTAINED, text, reason=text)


def understood(answer: Answer, question: str, meant: str) -> Answer:
    """The answer to a question that was read as another one; it says so."""
    return remarked(answer, question, f"问题中疑有错字，按“{meant}”理解。")


def in_other_words(answer: Answer, question: str, exchanged: Sequence[tuple[str, str]]) -> Answer:
    """The answer to a question in the words of its reports; it says which words those are."""
    read = "、".join(f"“{said}”按报告的“{meant}”" for said, meant in exchanged)
    return remarked(answer, question, f"{read}理解。")


def remarked(answer: Answer, question: str, remark: str) -> Answer:
    """The answer as one to the question that was typed, with a remark on how it was read."""
    return replace(
        answer,
        question=question,
        text=f"{answer.text}\n{remark}",
        remarks=(*answer.remarks, remark),
    )


def phrase_of(plan: Plan) -> str:
    """The names of the figures that were looked for."""
    return " ".join(target.key for target in plan.targets)


def unknown_unit(context: Context) -> Draft:
    """Say that no report of the unit is loaded, and which units are."""
    names = "、".join(context.plan.unknown)
    units = list(dict.fromkeys(p.entity for p in context.evidence.parts if p.entity))
    more = f" 等 {len(units)} 个" if len(units) > _UNITS_NAMED else ""
    known = "、".join(units[:_UNITS_NAMED]) + more
    return Draft(
        Outcome.ABSTAINED,
        reason=f"资料库里没有“{names}”的报告。已装入的单位：{known}。",
    )


def abstain(context: Context) -> Draft:
    """Say what was searched and the nearest thing found; give no figure."""
    plan = context.plan
    named = plan.inherited or plan.memory or any(each.kind == "unit" for each in plan.named)
    scope = ("、".join(plan.entities) if named else "") or "全部单位"
    years = "、".join(f"{year}年" for year in plan.years) or "各年"
    words = phrase_of(plan) or plan.question
    draft = Draft(Outcome.ABSTAINED)
    draft.reason = f"在{scope}{years}的报告里查找“{words}”，没有找到能够确定的答案。"
    if plan.only_told_of and not plan.entities:
        draft.reason += f"资料库里没有“{'、'.join(plan.only_told_of)}”自己的报告。"
    nearest = None
    if plan.targets and plan.operation is not Operation.TEXT:
        choice = choose(context, plan.targets[0])
        if choice.rivals:
            return clarify(choice.rivals)
        nearest = choice.nearest
    if nearest is not None and nearest.best.match.presence >= 0.4:
        draft.citations = [source_of(nearest.best)]
        draft.reason += f"最接近的是“{nearest.best.figure.metric}”，但与所问不符。"
    elif plan.text_kind is not None and plan.text_kind is not TextKind.FACT:
        draft.citations = []
    return draft


def answer_of(question: str, plan: Plan, draft: Draft, parts: Sequence[PartRef]) -> Answer:
    """The answer that a draft makes."""
    relative = _year_meant(question, plan) if draft.outcome.given else ""
    remarks = [*draft.remarks, *([relative] if relative else [])]
    text = "\n".join([draft.text or draft.reason, *remarks])
    inherited = _taken_over(plan, text) if draft.outcome.given else ()
    if inherited:
        text = f"（沿用上文：{'、'.join(inherited)}）{text}"
    used = {source.report for value in draft.values for source in value.sources}
    used |= {source.report for source in draft.citations}
    cited = [*draft.citations, *(source for value in draft.values for source in value.sources)]
    citations = list(dict.fromkeys(cited))
    keep = draft.outcome.given
    return Answer(
        question=question,
        outcome=draft.outcome,
        text=text,
        values=tuple(draft.values) if keep else (),
        citations=tuple(citations[:_MOST_CITATIONS]),
        equations=tuple(dict.fromkeys(draft.equations)) if keep else (),
        coverage=draft.coverage
        or Coverage(
            reports=len(index_of(parts).reports),
            used=len(used),
            missing=_missing(plan, draft),
        ),
        reason=draft.reason,
        choices=tuple(draft.choices),
        planner="rules",
        remarks=tuple(remarks),
        inherited=inherited,
    )


_RELATIVE = re.compile(r"(?<![比较同与跟和])(?:去年|前年|今年)(?!同期|相?比)")


def _year_meant(question: str, plan: Plan) -> str:
    """Which year 去年 was taken for, where the question names none that it could follow."""
    said = _RELATIVE.search(question)
    alone = len(plan.years) == 1 and plan.years[0] not in question
    if said is None or not alone or plan.inherited or plan.completed:
        return ""
    return f"“{said.group()}”按资料库中最近的年度推算，理解为{plan.years[0]}年。"


def _taken_over(plan: Plan, text: str) -> tuple[str, ...]:
    """What a follow-up took over, without years that its answer is not of."""
    return tuple(
        each for each in plan.inherited if not _ONE_YEAR.fullmatch(each) or each[:4] in text
    )


_ONE_YEAR = re.compile(r"20\d\d年")


def _missing(plan: Plan, draft: Draft) -> tuple[str, ...]:
    """Years asked for that gave no value."""
    given = {value.period for value in draft.values}
    if draft.outcome is not Outcome.ANSWERED or not draft.values or len(plan.years) < 2:
        return ()
    return tuple(f"{year}年" for year in plan.years if year not in given)
