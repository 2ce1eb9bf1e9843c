"""Answers whose content is text: short exact quotes with their place."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.figures import heading_name
from ingest.model import Direction, Document, Figure, Role, slice_spans
from ingest.quantity import Dimension
from qa import cues
from qa.drafts import Draft
from qa.model import PartKey, Source
from qa.operations.context import Context, choose, sentence
from qa.plan import Plan, Target
from qa.present import direction_word, shown
from qa.textual import find_text
from qa.textual_asking import asked_count, naming_words
from qa.textual_model import Confidence, ScopedDocument, TextFinding, TextKind
from qa.textual_terms import likeness
from qa.wording import canonical

_MAX_DOCUMENTS = 12
_RENAMED = 0.7  # from this likeness on, two names of one unit's projects are one project's
# Kinds whose answer belongs to a report's own year; a person or date may be of an earlier one.
_YEARLY = (TextKind.GRADE, TextKind.REASON, TextKind.LIST, TextKind.STATUS, TextKind.FACT)


def text_answer(context: Context) -> Draft | None:
    """The best quotes for a question about text; None when nothing is certain enough."""
    plan = context.plan
    kind = plan.text_kind or TextKind.FACT
    corrected = _premise(context)
    if corrected is not None:
        return corrected
    named = _names(context)
    if named is not None:
        return named
    if len(plan.years) > 1:
        return _year_by_year(context, kind)
    findings = find(context, kind)
    sure = [f for f in findings if f.confidence is not Confidence.LOW and _says(f, kind)]
    if kind is TextKind.LIST:
        sure = [f for f in sure if _of_size(f, plan.text)]
    if not plan.projects and not plan.entities and not plan.memory:
        # Nobody said whose report is meant: one that says otherwise proves no premise wrong.
        sure = [f for f in sure if not f.conflict]
    if not sure:
        return None
    return _draft(context, sure, kind)


def _says(finding: TextFinding, kind: TextKind) -> bool:
    """False for a heading or label that only repeats the question's words."""
    return kind is not TextKind.FACT or bool(finding.items) or len(finding.quote.strip()) >= 10


def _of_size(finding: TextFinding, question: str) -> bool:
    """False for a list of another length than the question says (哪五条)."""
    count = asked_count(question)
    return count is None or not finding.items or len(finding.items) == count


_ASKS_NAME = re.compile(
    r"(?:局|单位|部门|机构|委|办|中心)[^?。]{0,24}(?:名称|全称|叫什么|怎么称呼)"
)


def _names(context: Context) -> Draft | None:
    """What the unit is called, in each year asked, where its identity was read from."""
    plan = context.plan
    if not _ASKS_NAME.search(plan.question) or not plan.entities:
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
    for kind, target in () if draft.whole else plan.text_targets:
        named = replace(target, key=f"{draft.phrase} {target.key}".strip())
        asked = replace(
            plan,
            targets=(named,),
            text=f"{draft.phrase} {target.label}",
            text_kind=kind,
            text_targets=(),
        )
        sure = [
            f
            for f in find(replace(context, plan=asked), kind)
            if f.confidence is not Confidence.LOW
        ]
        if not sure:
            draft.text += f"\n“{target.label}”：报告中没有找到。"
            continue
        found = _draft(replace(context, plan=asked), sure, kind)
        draft.text += f"\n{found.text}"
        draft.citations.extend(found.citations)
    return draft


def _year_by_year(context: Context, kind: TextKind) -> Draft | None:
    """The same question for each year asked; years without an answer are named."""
    plan = context.plan
    drafts: list[tuple[str, Draft | None]] = []
    for year in plan.years:
        one = replace(context, plan=replace(plan, years=(year,)))
        sure = [f for f in find(one, kind) if f.confidence is Confidence.HIGH]
        drafts.append((year, _draft(one, sure, kind) if sure else None))
    found = [draft for _, draft in drafts if draft is not None]
    partial = kind in (TextKind.FACT, TextKind.STATUS) and len(found) < len(drafts)
    if not found or partial:
        return None
    whole = Draft(phrase=" ".join(t.key for t in plan.targets))
    lines: list[str] = []
    for year, draft in drafts:
        lines.append(draft.text if draft else f"{year}年：报告中没有找到。")
        whole.citations.extend(draft.citations if draft else [])
    whole.text = "\n".join(lines)
    return whole


def find(context: Context, kind: TextKind) -> tuple[TextFinding, ...]:
    """Findings in scope, best first."""
    keys = _keys(context, kind)
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
    question = re.sub(r"\s{2,}", " ", context.plan.text)
    return find_text(question, kind, scoped, _terms(context.plan)) if keys else ()


def _keys(context: Context, kind: TextKind) -> list[PartKey]:
    """The parts to look in: of the projects named, in the years asked."""
    plan = context.plan
    keys = [key for _, its in plan.projects for key in its] or list(plan.parts)
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


def _draft(context: Context, findings: list[TextFinding], kind: TextKind) -> Draft:
    best = findings[0]
    draft = Draft(phrase=" ".join(t.key for t in context.plan.targets))
    shown_findings = [best]
    if kind in (TextKind.GRADE, TextKind.DOCUMENT_NUMBER, TextKind.PERSON_OR_BODY, TextKind.STATUS):
        seen = {(best.report, best.part)}
        for other in findings[1:]:
            if other.confidence is best.confidence and (other.report, other.part) not in seen:
                seen.add((other.report, other.part))
                shown_findings.append(other)
    lines = [_line(context, finding) for finding in shown_findings[:6]]
    if best.conflict:
        lines.insert(0, f"提问的前提与报告不符，报告写的是：“{best.conflict.strip()}”。")
    if not best.complete:
        lines.append("（原文的编号或所述条数与列出的不一致，可能不全，请核对原文。）")
    draft.text = "\n".join(dict.fromkeys(lines))
    draft.citations = [_source(context, finding) for finding in shown_findings[:6]]
    return draft


def _line(context: Context, finding: TextFinding) -> str:
    document = context.evidence.index(finding.report).document
    part = document.part_of(finding.block)
    who = f"{part.entity.value}{part.year + '年' if part.year else ''}"
    if part.project.value:
        who += f"“{part.project.value}”"
    if finding.items:
        body = "\n".join(
            f"{n}. {_headed(document, finding, n - 1)}" for n in range(1, len(finding.items) + 1)
        )
        return f"{who}：\n{body}"
    quote = finding.quote.strip()
    if finding.answer and finding.answer.strip() != quote:
        answer = re.sub(
            r"^(?:但是?|然而|且|并且|同时)(?!年|有)", "", finding.answer.strip("。；; \n")
        )
        return f"{who}：{answer}。原文：“{quote}”"
    return f"{who}：{quote}"


def _headed(document: Document, finding: TextFinding, number: int) -> str:
    """A list item with the heading that it stands under, where the item does not repeat it."""
    item = finding.items[number]
    if number >= len(finding.item_places):
        return item
    block = document.blocks[finding.item_places[number].block]
    section = document.sections[block.section] if document.sections else None
    if section is None or block.section == document.blocks[finding.block].section:
        return item
    heading = heading_name(section.title)
    return item if not heading or heading[:6] in item else f"{heading}：{item}"


def _source(context: Context, finding: TextFinding) -> Source:
    document = context.evidence.index(finding.report).document
    block = document.blocks[finding.block]
    table = row = column = None
    spans = block.spans
    if finding.table is not None and finding.row is not None and finding.column is not None:
        found = document.tables[finding.table]
        grid = found.rows if finding.row >= 0 else found.header
        index = finding.row if finding.row >= 0 else -1 - finding.row
        spans = grid[index][finding.column].spans
        table = found.title
        if finding.row >= 0:
            row = " / ".join(found.row_at(finding.row, finding.column).path)
            column = " / ".join(found.columns[finding.column].path)
    raw = slice_spans(spans, finding.start, finding.end)
    start, end = (raw[0][0], raw[-1][1]) if raw else (0, 0)
    return Source(
        report=document.name,
        quote=document.text[start:end],
        start=start,
        end=end,
        page=block.page,
        table=table,
        row=row,
        column=column,
        cell=document.cell_at(raw),
    )


def _premise(context: Context) -> Draft | None:
    """A question that takes a rise (a score) for granted where the report says otherwise."""
    plan = context.plan
    if plan.text_kind is TextKind.REASON:
        spent = _not_overspent(context) or _not_adjusted(context)
        if spent is not None:
            return spent
    if plan.text_kind is TextKind.REASON and plan.claimed is not Direction.NONE:
        return _wrong_direction(context)
    if plan.numbers and re.search(r"调[减增]|追加|核减", plan.text):
        moved = _wrong_adjustment(context)
        if moved is not None:
            return moved
    if plan.numbers and re.search(
        r"(?:只|才|仅|就)?(?:得|拿|评)(?:了)?\s*[\d.]+\s*分", plan.question
    ):
        return _wrong_score(context)
    return None


def _wrong_direction(context: Context) -> Draft | None:
    plan = context.plan
    key = re.sub(
        r"原因|大幅|明显|上升|增长|增加|下降|减少|降低|上年|比|去年", " ", plan.targets[0].key
    ).strip()
    if not key:
        return None
    basis = cues.basis_asked(plan.text) or "上年"
    for role in (Role.GROWTH, Role.CHANGE):
        target = Target(key, role, None, basis=basis, label=key)
        choice = choose(context, target, keep=lambda f: _moves(f, basis))
        if choice.best is None:
            continue
        candidate = choice.best.best
        figure = candidate.figure
        if figure.direction in (plan.claimed, Direction.NONE) or figure.quantity.value == 0:
            return None
        draft = Draft(phrase=key)
        value = draft.show(candidate, label=key)
        word = direction_word(figure)
        draft.text = (
            f"提问的前提与报告不符：{value.entity}{value.period}年{figure.subject or key}"
            f"比{figure.basis or basis}是{word}的（{word} {shown(figure)}），并未"
            f"{'上升' if plan.claimed is Direction.UP else '下降'}。"
        )
        reasons = find(context, TextKind.REASON)
        if reasons and reasons[0].confidence is Confidence.HIGH:
            draft.text += f"报告给出的说明：“{reasons[0].quote.strip()}”"
            draft.citations.append(_source(context, reasons[0]))
        return draft
    return None


def _not_overspent(context: Context) -> Draft | None:
    """``超支的原因`` where the report's completion rate is at most 100 %."""
    if not re.search(r"超支|超(?:出|过)?(?:了)?预算", context.plan.text):
        return None
    return _denied(context, Target("预算执行率 完成预算", Role.COMPLETION), "没有超支", 100)


def _not_adjusted(context: Context) -> Draft | None:
    """``预算调减的原因`` where the report's adjustment rate is 0 %."""
    if not re.search(r"预算[^,;。]{0,8}(?:调减|调增|调整|追加|压减)", context.plan.text):
        return None
    return _denied(context, Target("预算调整率", Role.ADJUSTMENT_RATE), "预算没有调整", 0)


def _denied(context: Context, target: Target, words: str, most: int) -> Draft | None:
    choice = choose(context, target)
    if choice.best is None or choice.best.best.figure.quantity.value > most:
        return None
    candidate = choice.best.best
    draft = Draft(phrase=target.key)
    value = draft.show(candidate, label=candidate.figure.metric)
    draft.text = (
        f"提问的前提与报告不符：{value.entity}{value.period}年{candidate.figure.metric}"
        f"为 {shown(candidate.figure)}，{words}。"
    )
    return draft


def _moves(figure: Figure, basis: str) -> bool:
    return ("预算" in figure.basis) == (basis == "预算")


def _wrong_adjustment(context: Context) -> Draft | None:
    """``调减了 6.81 万元`` where the report says that so much was added, and the reverse."""
    plan = context.plan
    claimed = Direction.DOWN if re.search(r"调减|核减", plan.text) else Direction.UP
    choice = choose(
        context,
        Target("预算调整 调增 调减 资金", Role.ADJUSTMENT, Dimension.MONEY),
        keep=lambda f: str(f.quantity.value) in plan.numbers,
    )
    if choice.best is None or choice.best.best.figure.direction in (claimed, Direction.NONE):
        return None
    candidate = choice.best.best
    draft = Draft(phrase=candidate.figure.metric)
    value = draft.show(candidate, label=candidate.figure.metric)
    word = "调增（增加）" if candidate.figure.direction is Direction.UP else "调减（减少）"
    draft.text = (
        f"提问的前提与报告不符：{value.entity}{value.period}年的这 {shown(candidate.figure)} 是{word}，"
        f"不是{'调减' if claimed is Direction.DOWN else '调增'}。"
    )
    return draft


def _wrong_score(context: Context) -> Draft | None:
    """``为什么只得了 87.38 分`` where that part's score is another one."""
    plan = context.plan
    key = (
        re.sub(r"[\d.]+\s*分?|为什么|原因|只|仅|得|拿", " ", plan.targets[0].key).strip()
        or "评价得分"
    )
    choice = choose(context, Target(key, Role.SCORE, None, label="得分"))
    if choice.best is None:
        choice = choose(context, Target("绩效评价评分", Role.SCORE, None, label="得分"))
    if choice.best is None:
        return None
    candidate = choice.best.best
    stated = str(candidate.figure.quantity.value)
    if stated in plan.numbers:
        return None
    draft = Draft(phrase=key)
    value = draft.show(candidate, label="得分")
    draft.text = (
        f"提问的前提与报告不符：{sentence(value, candidate)}"
        f"报告中没有把这一得分写成 {'、'.join(plan.numbers)}。"
    )
    return draft


def nearest(context: Context) -> list[Source]:
    """Places worth showing when abstaining."""
    findings = find(context, TextKind.FACT)
    return [_source(context, finding) for finding in findings[:2]]
