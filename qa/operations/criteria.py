"""What a scoring rule grants: marks for a state, the bound below which there are none, bands of grades."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.model import Block, Cell, Document, Figure, slice_spans
from ingest.quantity import Dimension
from ingest.reading.text import fold
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.figures.weighing import RUBRIC_COLUMN
from qa.model import Source
from qa.operations.context import Context, sentence
from qa.words import cues
from qa.words.matching import asked_grams, grams

_ASKED = re.compile(
    r"(?:能|可以?|应|才能?|会)得(?:几|多少)?分?|得几分|不得分|(?:低于|超过|达到|高于|少于|不足)(?:多少|几)|扣(?:几|多少)分"
)
_RULES = re.compile(r"评分表|评分标准|评价标准|评分细则|计分|标准|规定|规则|办法")
_BOUND = re.compile(r"(低于|不足|小于|少于|超过|高于|大于|达到|不低于|以上|以下)(?:多少|几)")
_GRADE = re.compile(
    r"(?:评为|评定为|定为|等级为|等次为|算|是)[“\"]?(优秀|良好|合格|不合格|优|良|中|低|差)[”\"]?"
)
_BAND = re.compile(r"多少分|几分|分数|得分区间|什么分|分为什么|\d(?:为什么|凭[什么啥])")
_CUTS = re.compile(r"[,;。，；]")
_NOISE = re.compile(r"评分表|评分标准|评价标准|评分细则|规定|标准|指标|按照?|时|则")
# Share of the question's naming words that the clause of a rule and its row must hold.
_HELD = 0.7
_CLEAR = 0.1


@dataclass(frozen=True, slots=True)
class _Clause:
    """A figure of a rule with its row and the words of its clause."""

    candidate: Candidate
    words: str


def criterion(context: Context) -> Draft | None:
    """The figure of a scoring rule that the question asks for."""
    text = cues.unquoted(context.plan.text)
    if not _ASKED.search(text) or not _RULES.search(text):
        return None
    bound = _BOUND.search(text)
    asked = asked_grams(_NOISE.sub(" ", cues.content(context.plan.text)))
    if not asked:
        return None
    ranked = sorted(
        ((_held(asked, clause), clause) for clause in _clauses(context, bound)),
        key=lambda each: -each[0],
    )
    if not ranked or ranked[0][0] < _HELD:
        return None
    best = ranked[0][1].candidate
    values = {
        c.candidate.figure.quantity.base for held, c in ranked if held > ranked[0][0] - _CLEAR
    }
    if len(values) != 1:
        return None
    draft = Draft(phrase=context.plan.targets[0].key)
    value = draft.show(best, label=cues.content(context.plan.text))
    draft.text = sentence(value, best)
    return draft


def _held(asked: frozenset[str], clause: _Clause) -> float:
    return len(asked & grams(clause.words)) / len(asked)


def _clauses(context: Context, bound: re.Match[str] | None) -> Iterator[_Clause]:
    """The figures of scoring rules in scope: bounds where one is asked for, else marks."""
    plan = context.plan
    keys = plan.asked_parts
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        for figure in document.figures:
            rule = any(RUBRIC_COLUMN.search(label) for label in figure.column_path)
            score = figure.quantity.unit.dimension is Dimension.SCORE
            if not rule or figure.part not in parts or score is (bound is not None):
                continue
            before, after = _around(document, figure)
            if bound is not None and bound[1] not in before[-6:]:
                continue
            # What follows a bound is what it means; what follows marks is the next rule.
            words = f"{' '.join(figure.row_path)} {before} {after if bound else ''}"
            yield _Clause(Candidate.sure(report, document, figure), words)


def _around(document: Document, figure: Figure) -> tuple[str, str]:
    """The clause up to the figure, and what follows it up to the end of the next clause."""
    place = figure.locator
    cell = document.tables[place.table or 0].rows[place.row or 0][place.column or 0]
    text = fold(cell.text)
    before = _CUTS.split(text[: figure.start])[-1]
    after = "".join(_CUTS.split(text[figure.end :])[:2])
    return before, after


def band(context: Context) -> Draft | None:
    """``多少分评为“良”``: the clause that gives the grade its scores."""
    scores = _SCORES.search(context.plan.text)
    if scores is not None:
        low, high = re.escape(scores["low"]), re.escape(scores["high"])
        return _clause(context, rf"{low}分?\s*[-—–~～至到]\s*{high}\s*分?[^,;。\d]{{1,8}}")
    grade = _GRADE.search(context.plan.text)
    if grade is None or not _BAND.search(context.plan.text):
        return None
    return _clause(
        context,
        rf"\d[\d.]*\s*(?:分)?\s*(?:[-—–~～至到]\s*\d[\d.]*\s*分?|分?(?:及)?以[上下]|分?(?:\([^)]*\))?)[^,;。\d]{{0,8}}?"
        rf"[“\"]?{grade[1]}(?![好秀])[”\"]?",
    )


# 60-69分是什么等级: the grade of a band of scores.
_SCORES = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)分?\s*[-—–~～至到]\s*(?P<high>\d+(?:\.\d+)?)分[^,，。]{0,8}(?:等级|等次|档|级别)"
)


def _clause(context: Context, wanted: str) -> Draft | None:
    pattern, plan = re.compile(wanted), context.plan
    keys = plan.asked_parts
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        for block, holder in _texts(document, parts):
            match = pattern.search(fold(holder.text))
            if match is not None:
                raw = slice_spans(holder.spans, match.start(), match.end())
                start, end = raw[0][0], raw[-1][1]
                quote = document.text[start:end]
                draft = Draft(phrase=plan.targets[0].key, whole=True)
                draft.text = f"{document.part_of(block.no).entity.value}：{' '.join(quote.split())}"
                draft.citations.append(Source(document.name, quote, start, end, block.page))
                return draft
    return None


def _texts(document: Document, parts: set[int]) -> Iterator[tuple[Block, Block | Cell]]:
    """Paragraphs and cells of the parts in scope that speak of scores."""
    for block in document.blocks:
        if document.part_of(block.no).no not in parts:
            continue
        if "分" in block.text:
            yield block, block
        if block.table is not None:
            for row in document.tables[block.table].rows:
                for cell in row:
                    if "分" in cell.text and cell.spans:
                        yield block, cell
