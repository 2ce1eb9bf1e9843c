"""Questions how a score came about: of what a total is made up, by which formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.model import Cell, Document, Equation, Figure, Role, Verdict, slice_spans
from ingest.reading.text import fold
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.figures.weighing import RUBRIC_COLUMN
from qa.model import Source
from qa.operations.context import Context
from qa.operations.marks import WHICH, Sheet, marks_line, named_mark, score_sheets, year_words
from qa.scores.scorecard import Mark, indicator_name
from qa.words import cues

_MADE_UP = re.compile(
    r"(?:由|是)?(?:哪|那)(?:几|些)(?:块|部分|项|个方面)(?:构成|组成|加|合)|怎么?(?:构成|组成|加|来)|"
    r"如何(?:构成|组成|加|得)|(?:构成|组成)(?:是|为|如何|怎样|情况)|由什么.{0,6}(?:构成|组成)|"
    r"由哪些.{0,6}(?:构成|组成)|(?:怎么|如何|怎样)(?:算|计算|得)(?:出|来)?"
)
_BY_FORMULA = re.compile(r"公式|怎么?算|如何(?:计算|算)|怎样(?:计算|算)|计算(?:方法|过程)|按标准")
SUMS = ("sentence_sum", "score_sum", "total_row", "hierarchy_sum", "column_sum")
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_OVERALL = ("综合评分", "综合得分", "评价得分", "总得分", "总分")
_TERM = re.compile(r"([一-鿿]{2,12}?)(?:得分|评分)[×x*]")


def made_up(context: Context) -> Draft | None:
    """Of what a total score is made up: the parts of the sum that the report itself states."""
    if not _MADE_UP.search(cues.unquoted(context.plan.question)):
        return None
    found: list[tuple[Candidate, Equation]] = []
    for candidate in _quoted_scores(context):
        for equation in candidate.document.equations:
            adds = equation.family in SUMS and equation.stated == candidate.figure.no
            checked = equation.verdict is not Verdict.NOT_CHECKABLE
            if adds and checked and len(equation.operands) > 1:
                found.append((candidate, equation))
    if not found:
        return None
    candidate, equation = min(found, key=lambda each: len(each[1].operands))
    draft = Draft(phrase=candidate.figure.metric, whole=True)
    for number in equation.operands:
        part = replace(candidate, figure=candidate.document.figures[number])
        path = part.figure.row_path
        draft.show(part, label=indicator_name(path[-1]) if path else "")
    total = draft.show(candidate)
    parts = "、".join(f"{v.metric} {v.number}{v.unit}" for v in draft.values[:-1])
    who = f"{total.entity}{year_words(total.period)}"
    draft.text = f"{who}{total.metric} {total.number}{total.unit}，由 {parts} 构成。"
    return draft


def _quoted_scores(context: Context) -> Iterator[Candidate]:
    """Scores in scope of a value that the question quotes."""
    plan = context.plan
    numbers = {Decimal(number) for number in plan.numbers}
    keys = set(plan.asked_parts)
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        for figure in document.figures:
            year = document.parts[figure.part].year
            score = figure.role is Role.SCORE and figure.part in parts
            score = score and (not plan.years or year in plan.years)
            if score and figure.quantity.value in numbers:
                yield Candidate.sure(report, document, figure)


def formula(context: Context) -> Draft | None:
    """The formula by which a score was given, as the report says it, with the figures of it."""
    question = context.plan.question
    if not _BY_FORMULA.search(question) or "分" not in question:
        return None
    sheets = score_sheets(context)
    named = named_mark(context, sheets)
    if named is not None:
        return _formula_of(*named)
    if WHICH.search(cues.unquoted(question)):
        return None
    for report, _ in context.evidence.scoped(context.plan.parts):
        document = context.evidence.index(report).document
        found = _sentence_with_formula(document, _OVERALL)
        if found is not None:
            return _overall_formula(Sheet(report, document, ()), found)
    return None


def _formula_of(sheet: Sheet, mark: Mark) -> Draft | None:
    """The formula of one indicator, with the score that it was to give."""
    document, score = sheet.document, mark.score
    found = _sentence_with_formula(document, (mark.name,))
    rule = None if found else _rule_with_formula(document, mark)
    if rule is not None:
        found, table, row = rule
        score = _score_in(document, table, row) or score
    if found is None:
        return None
    draft = Draft(phrase=mark.name, citations=[found], whole=True)
    value = draft.show(sheet.candidate(score), label=f"{mark.name}得分", strict=True)
    who = f"{value.entity}{year_words(value.period)}"
    said = found.quote.strip()
    draft.text = f"{who}“{mark.name}”{marks_line(mark)}。报告所写的算法：“{said}”"
    return draft


def _overall_formula(sheet: Sheet, found: Source) -> Draft:
    """The formula of the overall score, with the totals that it is worked out from."""
    document = sheet.document
    draft = Draft(phrase="得分", citations=[found], whole=True)
    for term in _TERM.findall(fold(found.quote)):
        total = _total_of(document, term)
        if total is not None:
            draft.show(sheet.candidate(total, f"{term}得分"), label=f"{term}得分")
    said = "；".join(f"{value.metric} {value.number}{value.unit}" for value in draft.values)
    draft.text = f"报告所写的算法：“{found.quote.strip()}”" + (f"其中{said}。" if said else "")
    return draft


def _total_of(document: Document, term: str) -> Figure | None:
    """The total score of the table that stands under a heading with these words."""
    for figure in document.figures:
        place = figure.locator
        if figure.role is not Role.SCORE or place.table is None or place.row is None:
            continue
        row = document.tables[place.table].row_at(place.row, place.column or 0)
        titles = document.section_path(figure.section)
        if row.total and titles and term in f"{titles[-1]} {document.tables[place.table].title}":
            return figure
    return None


def _sentence_with_formula(document: Document, names: Sequence[str]) -> Source | None:
    """The first sentence that sets one of `names` equal to a computation."""
    for block in document.blocks:
        for match in _SENTENCE.finditer(block.text):
            head, equals, _ = fold(match.group()).partition("=")
            if equals and any(name in head for name in names):
                spans = block.raw_spans(match.start(), match.end())
                start, end = spans[0][0], spans[-1][1]
                return Source(document.name, document.text[start:end], start, end, page=block.page)
    return None


def _rule_with_formula(document: Document, mark: Mark) -> tuple[Source, int, int] | None:
    """The formula in the scoring rules of a row of the indicator's name, with table and row."""
    for table in document.tables:
        for number, (row, info) in enumerate(zip(table.rows, table.row_infos, strict=True)):
            if not info.path or indicator_name(info.path[-1]) != mark.name:
                continue
            for column, cell in zip(table.columns, row, strict=True):
                rules = any(RUBRIC_COLUMN.search(label) for label in column.path)
                found = _formula_in(document, cell) if rules else None
                if found is not None:
                    made = replace(
                        found,
                        table=table.title or f"第 {table.no + 1} 个表",
                        row=" / ".join(info.path),
                        column=" / ".join(column.path),
                    )
                    return made, table.no, number
    return None


def _formula_in(document: Document, cell: Cell) -> Source | None:
    """The last sentence of a cell that sets a score equal to a computation."""
    found = None
    for match in re.finditer(r"[^。；;，,\n]+", cell.text):
        head, equals, _ = fold(match.group()).partition("=")
        if equals and "分" in head and cell.spans:
            spans = slice_spans(cell.spans, match.start(), match.end())
            start, end = spans[0][0], spans[-1][1]
            page = document.page_at(spans, None)
            found = Source(document.name, document.text[start:end], start, end, page=page)
    return found


def _score_in(document: Document, table: int, row: int) -> Figure | None:
    """The score that a row of a score sheet gives."""
    return next(
        (
            figure
            for figure in document.figures
            if (figure.locator.table, figure.locator.row) == (table, row)
            and figure.role is Role.SCORE
            and not any(RUBRIC_COLUMN.search(label) for label in figure.column_path)
        ),
        None,
    )
