"""Counts that nobody states: of the entries of a list, of the rows whose cell says given words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.model import Document, Locator, Table
from qa.drafts import Draft
from qa.model import Check, Source, Value
from qa.operations.context import Context, tables
from qa.operations.text_search import find
from qa.plan import Plan
from qa.present import place_at
from qa.texts.answers import classify_text
from qa.texts.model import Confidence, TextFinding, TextKind
from qa.words import cues
from qa.words.matching import grams, squeeze

_HOW_MANY = re.compile(
    r"(?:(?:一共|共)?(?:列|引用?|写|提|说|讲|指|有|分|规定|明确)(?:了|出|到|着|为)*)?"
    r"(?:几|多少)(?P<noun>条|项|份|个|点|类|种|方面)"
)
_SAYING = re.compile(
    r"(?:写|标|注明|填|记|说)(?:的|着|了|为|是|明|成)*|(?:为|是)\s*$|完成情况|情况"
)
_QUOTED = re.compile(r"[“\"「](?P<words>[^”\"」]{2,24})[”\"」]")
_STATED = re.compile(r"(?P<n>\d+)(?:个|项|条)(?!月|工作日)")
_SOURCES = 30


def entries(context: Context) -> Draft | None:
    """How many entries a list of the report has, where its numbering shows that none is missing."""
    plan = context.plan
    match = _HOW_MANY.search(cues.unquoted(plan.text))
    if match is None:
        return None
    text = f"{plan.text[: match.start()]}有哪些{plan.text[match.end() :]}"
    found = list(_lists(context, text))
    sure = [each for each in found if each.confidence is Confidence.HIGH] or found
    if not sure or len({len(finding.items) for finding in sure}) != 1:
        return None
    best = sure[0]
    document = context.evidence.index(best.report).document
    sources = tuple(_entry_sources(document, best))
    if len(sources) != len(best.items):
        return None
    part = document.parts[best.part]
    value = counted_value(
        plan, match["noun"], len(best.items), sources, part.year, part.entity.value
    )
    items = "；".join(f"{number}. {item}" for number, item in enumerate(best.items, 1))
    draft = Draft(phrase=value.label, whole=True)
    draft.values.append(value)
    draft.text = f"{value.entity}{part.year}年的报告里列出 {value.number} {value.unit}：{items}"
    return draft


_LISTED = re.compile(r"列(?:出|示|举)?了?(?:几|多少)")


def listed_entries(context: Context) -> Draft | None:
    """``“产出数量指标”下列了几项``: what is listed is counted before any number is looked up."""
    return entries(context) if _LISTED.search(context.plan.text) else None


def _lists(context: Context, text: str) -> Iterator[TextFinding]:
    """The lists without a gap that a question for them finds."""
    for kind in dict.fromkeys((TextKind.LIST, classify_text(text) or TextKind.LIST)):
        asked = replace(context, plan=replace(context.plan, text=text, text_kind=kind))
        for finding in find(asked, kind):
            whole = finding.complete and len(finding.items) > 1
            if whole and finding.confidence is not Confidence.LOW:
                yield finding


def _entry_sources(document: Document, finding: TextFinding) -> Iterator[Source]:
    for place in finding.item_places:
        block = document.blocks[place.block]
        if place.table is not None:
            continue
        spans = block.raw_spans(place.start, place.end)
        if spans:
            start, end = spans[0][0], spans[-1][1]
            yield Source(document.name, document.text[start:end], start, end, page=block.page)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one table in which a cell says the words."""

    report: int
    document: Document
    table: Table
    rows: tuple[tuple[int, int], ...]  # with the column


def rows_saying(context: Context) -> Draft | None:
    """How many rows of a table say the words in a cell (几个写的是“未见佐证材料”)."""
    counted = _HOW_MANY.search(cues.unquoted(context.plan.text))
    words = _words_said(context.plan.text)
    return _rows(context, words, counted["noun"]) if counted and words else None


def which_say(context: Context) -> Draft | None:
    """The rows, several, that say the words in a cell (哪些写着“未见佐证材料”)."""
    text = context.plan.text
    words = _words_said(text)
    told = words and re.search(rf"{_WRITTEN}[“\"]?{re.escape(words)}", text)
    return _rows(context, words, "项", least=2) if told and _WHICH.search(text) else None


def _rows(context: Context, words: str, noun: str, *, least: int = 1) -> Draft | None:
    plan = context.plan
    found = list(_tables(context, words))
    stated = {int(match["n"]) for match in _STATED.finditer(plan.text)}
    sized = [each for each in found if len(each.table.rows) in stated]
    found = sized or found
    best = max(found, key=lambda each: len(grams(_named(each)) & grams(plan.text)), default=None)
    if best is None or len(best.rows) < least:
        return None
    document, table = best.document, best.table
    part = document.part_of(table.block)
    names = [table.row_at(row, column).path[-1:] for row, column in best.rows]
    sources = tuple(_row_source(best, row, column) for row, column in best.rows)
    entity = part.entity.value
    value = counted_value(plan, noun, len(best.rows), sources, part.year, entity)
    listed = "、".join(name for path in names for name in path)
    draft = Draft(phrase=value.label, whole=True)
    draft.values.append(value)
    title = table.title or f"第 {table.no + 1} 个表"
    draft.text = (
        f"{entity}{part.year}年“{title}”{len(table.rows)} 行中，"
        f"写“{words}”的有 {value.number} {value.unit}：{listed}。"
    )
    return draft


_WHICH = re.compile(r"哪些|哪[几两三四五]?[个项类条]")
# 完成情况栏写明未见验收材料的子项: what a cell says, not quoted.
_WRITTEN = r"(?:写着|写明|写的是|写了|注明|标明|标着|显示为|填的是|填着|评价说)了?"
_UNQUOTED = re.compile(rf"{_WRITTEN}(?P<words>[^,，。?？;；“”\"的]{{4,24}})(?=的|[,，。?？;；]|$)")


def _words_said(text: str) -> str:
    """The words that the cells of the rows must say; "" where a question gives none."""
    quoted = [match for match in _QUOTED.finditer(text) if _says(text, match)]
    if len(quoted) == 1:
        return quoted[0]["words"].strip()
    said = [] if quoted else list(_UNQUOTED.finditer(text))
    return said[0]["words"].strip() if len(said) == 1 else ""


def _says(text: str, quoted: re.Match[str]) -> bool:
    """True where the question quotes what a cell says, not what something is called."""
    return bool(_SAYING.search(text[max(quoted.start() - 6, 0) : quoted.start()]))


_SHORT_WORDS = 4  # characters; fewer must be all that a cell says
_LONG_CELL = 80  # characters of a cell that tells more than a state
_NOT = re.compile(r"^(?P<not>未见|没有|尚未|未|无)(?P<what>.{2,})$")
_BETWEEN = 4  # characters that may stand between 未见 and what was not seen


def _saying(words: str) -> re.Pattern[str]:
    """How a cell says the words: 未见设备验收材料 says 未见验收材料 too."""
    forms = []
    for each in re.split("或者?", squeeze(words)):
        negated = _NOT.match(each)
        forms.append(
            f"{negated['not']}.{{0,{_BETWEEN}}}{re.escape(negated['what'])}"
            if negated
            else re.escape(each)
        )
    return re.compile("|".join(forms))


def _tables(context: Context, words: str) -> Iterator[_Rows]:
    pattern, exact = _saying(words), len(squeeze(words)) < _SHORT_WORDS
    for report, document, table in tables(context):
        heads = [squeeze("".join(column.path)) for column in table.columns]
        named = {c for c, head in enumerate(heads) if len(head) > 1 and head in context.plan.text}
        rows = tuple(
            (number, column)
            for number, row in enumerate(table.rows)
            for column, cell in enumerate(row)
            if not named or column in named
            if (pattern.fullmatch if exact else pattern.search)(squeeze(cell.text))
            and len(cell.text) <= _LONG_CELL
        )
        if rows and len({number for number, _ in rows}) == len(rows):
            yield _Rows(report, document, table, rows)


def _named(found: _Rows) -> str:
    table = found.table
    heads = " ".join(label for column in table.columns for label in column.path)
    sections = found.document.section_path(found.document.blocks[table.block].section)
    return f"{table.title} {heads} {' '.join(sections)}"


def _row_source(found: _Rows, row: int, column: int) -> Source:
    table = found.table
    cell = table.rows[row][column]
    page = found.document.page_at(cell.spans, found.document.blocks[table.block].page)
    place = Locator(cell.spans, page=page, table=table.no, row=row, column=column)
    path = " / ".join(table.row_at(row, column).path)
    return place_at(
        found.document, place, table.block, path, " / ".join(table.columns[column].path)
    )


def counted_value(
    plan: Plan, noun: str, count: int, sources: tuple[Source, ...], year: str, entity: str
) -> Value:
    """So many things that were counted, each with its place."""
    label = plan.targets[0].label if plan.targets else ""
    return Value(
        label=f"{label}（逐项计数）".strip(),
        number=str(count),
        unit=noun,
        period=year,
        entity=entity,
        project=None,
        metric=label,
        check=Check.DERIVED,
        formula=f"逐项计数：{count}",
        recomputed=str(count),
        sources=sources[:_SOURCES],
    )
