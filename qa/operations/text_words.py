"""Findings in words: the sentence or the list that answers, and the place of each entry."""

from __future__ import annotations

import re

from ingest.figures.finding import heading_name
from ingest.model import Document, slice_spans
from qa.drafts import Draft
from qa.model import Source
from qa.operations.context import Context
from qa.present import PREMISE_FAILS
from qa.texts.model import Place, TextFinding, TextKind


def worded(context: Context, findings: list[TextFinding], kind: TextKind) -> Draft:
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
        lines.insert(0, f"{PREMISE_FAILS}，报告写的是：“{best.conflict.strip()}”。")
    if not best.complete:
        lines.append(_OPEN_LIST if _ends_open(context, best) else _UNSURE_LIST)
    draft.text = "\n".join(dict.fromkeys(lines))
    draft.citations = [s for shown in shown_findings[:6] for s in places_of(context, shown)]
    return draft


_OPEN_LIST = "（原文以“等”结尾，没有逐一列出。）"
_UNSURE_LIST = "（原文的编号或所述条数与列出的不一致，可能不全，请核对原文。）"


def _ends_open(context: Context, finding: TextFinding) -> bool:
    """True when 等 follows the last entry of a list in the report."""
    last = finding.item_places[-1] if finding.item_places else None
    if last is None or last.table is not None:
        return False
    text = context.evidence.index(finding.report).document.blocks[last.block].text
    return text[last.end :].lstrip("”」 ").startswith("等")


def _line(context: Context, finding: TextFinding) -> str:
    document = context.evidence.index(finding.report).document
    part = document.part_of(finding.block)
    who = f"{part.entity.value}{part.year + '年' if part.year else ''}"
    if part.project.value:
        who += f"“{part.project.value}”"
    if finding.items:
        entries = [_headed(document, finding, n) for n in range(len(finding.items))]
        # “5. 2022年” could be read as a number.
        dotted = not any(entry[:1].isdigit() for entry in entries)
        body = "\n".join(
            f"{n}. {entry}" if dotted else f"（{n}）{entry}" for n, entry in enumerate(entries, 1)
        )
        return f"{who}：\n{body}"
    quote = finding.quote.strip()
    answer = re.sub(r"^(?:但是?|然而|且|并且|同时)(?!年|有)", "", finding.answer.strip("。；; \n"))
    # 以哪一天的什么报表为准: the sentence answers both, a date alone one of them.
    twice = len(quote) <= _LONGEST and _TWICE.search(context.plan.text)
    if not answer or finding.answer.strip() == quote or twice:
        return f"{who}：{quote}"
    told = len(quote) - len(answer) <= _BESIDE or len(quote) > _LONGEST
    return f"{who}：{answer}。" if told else f"{who}：{answer}。原文：“{quote}”"


_TWICE = re.compile(
    r"(?:谁|哪|何[日人地种时]|什么|啥|几时)[^,，。;；?？]{1,16}(?:谁|哪|何[日人地种时]|什么|啥)"
)
_BESIDE = 24  # a quote with so few characters more than its answer says nothing more
_LONGEST = 120  # characters of a passage that is shown; longer ones stand in the citations


def _headed(document: Document, finding: TextFinding, number: int) -> str:
    """A list item with the heading that it stands under, where the item does not repeat it."""
    item = _shortened(finding.items[number])
    if number >= len(finding.item_places):
        return item
    block = document.blocks[finding.item_places[number].block]
    section = document.sections[block.section] if document.sections else None
    around = document.section_path(document.blocks[finding.block].section)
    if section is None or section.title in around:
        return item
    heading = heading_name(section.title)
    return item if not heading or heading[:6] in item else f"{heading}：{item}"


def _shortened(item: str) -> str:
    """An item of more than a sentence's length up to its last clause that fits."""
    if len(item) <= _LONGEST:
        return item
    stops = [m.start() for m in re.finditer("[；;。，,]", item[:_LONGEST])]
    return f"{item[: stops[-1]]}……" if stops else item


def places_of(context: Context, finding: TextFinding) -> list[Source]:
    """Where a finding stands: the place of every entry of a list, else the place of its quote."""
    document = context.evidence.index(finding.report).document
    whole = Place(
        finding.block, finding.start, finding.end, finding.table, finding.row, finding.column
    )
    # What introduces a list says what it is a list of.
    places = dict.fromkeys((*finding.item_places, *finding.beside, whole))
    return [text_source(document, place) for place in places]


def text_source(document: Document, place: Place) -> Source:
    """The place of a text in a block or a cell, with its quote."""
    block = document.blocks[place.block]
    table = row = column = None
    spans = block.spans
    if place.table is not None and place.row is not None and place.column is not None:
        found = document.tables[place.table]
        grid = found.rows if place.row >= 0 else found.header
        index = place.row if place.row >= 0 else -1 - place.row
        spans = grid[index][place.column].spans
        table = found.title
        if place.row >= 0:
            row = " / ".join(found.row_at(place.row, place.column).path)
            column = " / ".join(found.columns[place.column].path)
    raw = slice_spans(spans, place.start, place.end)
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
