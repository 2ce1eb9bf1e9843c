"""Answers whose content is text: short exact quotes with their place."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.drafts import Draft
from qa.model import Source
from qa.operations.context import Context
from qa.operations.premises import corrected_premise
from qa.operations.text_search import find, framed
from qa.operations.text_words import worded
from qa.planning.carried import without_aim
from qa.texts.asking import asked_count
from qa.texts.frames import frame_asked
from qa.texts.model import Confidence, TextFinding, TextKind
from qa.words.matching import squeeze

# Kinds that each year's report tells in its own words.
_TOLD_YEARLY = (TextKind.LIST, TextKind.REASON, TextKind.STATUS)


def text_answer(context: Context) -> Draft | None:
    """The best quotes for a question about text; None when nothing is certain enough."""
    plan = context.plan
    kind = plan.text_kind or TextKind.FACT
    corrected = corrected_premise(context)
    if corrected is not None:
        corrected.whole = True  # what hangs on a wrong premise needs no answer of its own
        return corrected
    named = _names(context)
    if named is not None:
        return named
    if len(plan.years) > 1:
        return _year_by_year(context, kind)
    findings = find(context, kind)
    sure = [f for f in findings if f.confidence is not Confidence.LOW and _says(f, kind)]
    sure = [f for f in sure if _of_size(f, plan.text)]
    # One entry of a list that is known to have more is no list.
    sure = [f for f in sure if len(f.items) != 1 or f.complete]
    if kind is TextKind.FACT and _CALLED.search(plan.text):
        sure = [f for f in sure if _NAMES_IT.search(f.quote)]
    if not plan.projects and not plan.entities and not plan.memory:
        # Nobody said whose report is meant: one that says otherwise proves no premise wrong.
        sure = [f for f in sure if not f.conflict]
    if not sure or not sure[0].items:
        sure = framed(context, kind) or sure
    sure = sure or _told_by_body(context, kind)
    if not sure:
        return None
    return worded(context, sure, kind)


_BODY_TELLS = (TextKind.REASON, TextKind.FACT)


def _told_by_body(context: Context, kind: TextKind) -> list[TextFinding]:
    """What the rest of a report tells of a project by its name, where the project's own part does not."""
    plan = context.plan
    names = dict.fromkeys(_NAME_ENDS.sub("", name) for name, _ in plan.projects)
    name = next(iter(names), "")
    if len(names) != 1 or len(name) < _OWN_NAME or kind not in _BODY_TELLS:
        return []
    asked = replace(plan, projects=(), text=f"{name}{plan.text.strip()}", memory="")
    found = find(replace(context, plan=asked), kind)
    named = squeeze(name)
    return [
        each
        for each in found
        if each.confidence is not Confidence.LOW
        and not each.conflict
        and _says(each, kind)
        and not each.items
        and named in squeeze(_paragraph(context, each))
    ]


_OWN_NAME = 4  # characters of a project's name that is told from others


def _paragraph(context: Context, found: TextFinding) -> str:
    document = context.evidence.index(found.report).document
    return document.blocks[found.block].text


# A sentence that only counts things does not say what they are called.
_CALLED = re.compile(r"叫什么名|的?(?:名字|名称)(?:是什么|有哪|$|[?？。])")
_NAMES_IT = re.compile(r"[“《、：:]|名为|叫|更名|改名|名称")


def _says(finding: TextFinding, kind: TextKind) -> bool:
    """False for a heading or label that only repeats the question's words, for a bare number as reason."""
    if kind is TextKind.REASON:
        said = finding.answer or finding.quote
        return len(_HAN.findall(said)) >= _REASON and not _FORMULA.fullmatch(said.strip())
    return kind is not TextKind.FACT or bool(finding.items) or len(finding.quote.strip()) >= 10


_HAN = re.compile("[\u4e00-\u9fff]")
_REASON = 2  # characters
_FORMULA = re.compile(r"[\u4e00-\u9fff\d.%=＝()（）]{1,20}[×÷*/＝=][^，。；]{1,20}")


def _of_size(finding: TextFinding, question: str) -> bool:
    """False for a list of another length than the question says (哪五条)."""
    count = asked_count(question)
    if count is None or finding.items:
        return count is None or len(finding.items) == count
    return count < _MANY or len(re.findall("[、和与及；;]", finding.quote)) >= count - 1


_MANY = 3  # things that one word can hardly name


_ASKS_NAME = re.compile(
    r"(?:局|单位|部门|机构|委|办|中心)[^?。]{0,24}(?:名称|全称|叫什么|怎么称呼)"
)


_SEVERAL_NAMES = re.compile(r"下属|下设|内设|所属|直属|全部|所有|哪些|哪几|各[个家]?|列出")


def _names(context: Context) -> Draft | None:
    """What the unit is called, in each year asked, where its identity was read from."""
    plan = context.plan
    several = _SEVERAL_NAMES.search(plan.question)
    if not _ASKS_NAME.search(plan.question) or several or not plan.entities:
        return None
    draft = Draft(phrase="名称")
    lines: list[str] = []
    for year in plan.years or ("",):
        for key in plan.parts:
            ref = context.evidence.ref(key)
            if (year and ref.year != year) or not ref.entity:
                continue
            document = context.evidence.index(ref.report).document
            fact = document.parts[ref.part].entity
            line = f"{ref.year}年：{ref.entity}"
            if line in lines:
                continue
            lines.append(line)
            if fact.locator and fact.locator.spans:
                start, end = fact.locator.spans[0][0], fact.locator.spans[-1][1]
                draft.citations.append(
                    Source(document.name, document.text[start:end], start, end, fact.locator.page)
                )
    if not lines:
        return None
    draft.text = "\n".join(lines)
    return draft


def beside(context: Context, draft: Draft) -> Draft:
    """The draft with the text that the question asks for beside its figures."""
    plan = context.plan
    name = without_aim(draft.phrase)
    for kind, target in () if draft.whole else plan.text_targets:
        named = replace(target, key=f"{name} {target.key}".strip())
        asked = replace(
            plan,
            targets=(named,),
            text=f"{name} {target.label}",
            text_kind=kind,
            text_targets=(),
        )
        inside = replace(context, plan=asked)
        short = framed(inside, kind) if frame_asked(target.label) else []
        sure = short or [f for f in find(inside, kind) if f.confidence is not Confidence.LOW]
        if not sure:
            draft.text += f"\n“{target.label}”：报告中没有找到。"
            continue
        found = worded(inside, sure, kind)
        draft.text += f"\n{found.text}"
        draft.citations.extend(found.citations)
    return draft


_NAME_ENDS = re.compile(r"[(（][^（()）]*[)）]|项目$|工程$")


def _told_elsewhere(context: Context) -> list[TextFinding]:
    """What a report that has no part of its own for the project tells of it."""
    plan = context.plan
    if len(plan.projects) != 1:
        return []
    name = _NAME_ENDS.sub("", plan.projects[0][0])
    asked = replace(plan, projects=(), text=f"{name}进展情况如何", memory="")
    found = find(replace(context, plan=asked), TextKind.STATUS)
    return [f for f in found if f.confidence is not Confidence.LOW and not f.conflict]


def _year_by_year(context: Context, kind: TextKind) -> Draft | None:
    """The same question for each year asked; years without an answer are named."""
    plan = context.plan
    drafts: list[tuple[str, Draft | None]] = []
    for year in plan.years:
        one = replace(context, plan=replace(plan, years=(year,)))
        found_then = find(one, kind)
        least = Confidence.MEDIUM if kind in _TOLD_YEARLY else Confidence.HIGH
        sure = [f for f in found_then if f.confidence.rank <= least.rank and not f.conflict]
        if not sure and kind is TextKind.STATUS:
            sure = _told_elsewhere(one)
        drafts.append((year, worded(one, sure, kind) if sure else None))
    found = [draft for _, draft in drafts if draft is not None]
    partial = kind is TextKind.FACT and len(found) < len(drafts)
    if not found or partial:
        return None
    whole = Draft(phrase=" ".join(t.key for t in plan.targets))
    lines: list[str] = []
    over_time = kind is TextKind.STATUS and len(found) > 1
    silent = [year for year, draft in drafts if draft is None and year in plan.question]
    for year, draft in drafts:
        if draft is not None or (year in silent and not over_time):
            lines.append(draft.text if draft else f"{year}年：报告中没有找到。")
        whole.citations.extend(draft.citations if draft else [])
    if silent and over_time:
        lines.append(f"（{'、'.join(silent)}年的报告没有提及。）")
    whole.text = "\n".join(lines)
    return whole
