"""GRADE: the grade or conclusion that an evaluation gives (优, 良, 中, 差, 合格)."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import ReportKind
from qa.texts.index import AROUND, LABEL, OWN, Index, Segment, index_of, profile_for
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.search import HIGH_SHARE, MEDIUM_SHARE, make_finding, segments_in, source_text
from qa.texts.terms import squeezed, strip_words

GRADE_WORDS = re.compile(
    r"(?:绩效)?(?:综合)?(?:评价|评定|自评|评估|考核|考评|验收)?(?:的)?(?:结果"
    r"|结论)?(?:的)?(?:等级|等次|评级|级别|档次|结论|结果)(?:是|为)?"
    r"|评了?(?:个)?|属于|优秀还是良好?|优还是良|算不算|得了?|拿了?|最终|结果"
    r"|绩效|grade|rating|rated"
)
_GRADE = (
    r"(?P<grade>优秀|良好|中等|较差|优|良|中|合格|不合格|基本合格|差|低|达标"
    r"|未达标|通过|不通过|[A-DＡ-Ｄ]级?|[一二三]等|[一二三]档)"
)
_QUOTE = r"[“”\"'‘’「」]?"
_STATED = re.compile(
    rf"(?P<name>(?:绩效|综合|评价|评定|自评|考核|总体|评估|最终|项目)*(?:等级"
    rf"|等次|评级|档次|结论|结果))\s*(?:评定|确定|被评|评)?\s*(?:为|是|：|:"
    rf"|属于|达到|系|(?=[“\"「])(?<=等级|等次|评级))+\s*{_QUOTE}{_GRADE}{_QUOTE}(?=等次|等级|级"
    rf"|[。，；,;\s）)、]|$)"
)
_AS = re.compile(
    rf"(?:以|获得?|评为|定为|评定为|确定为|达到|属于"
    rf"|列入)\s*{_QUOTE}{_GRADE}{_QUOTE}\s*(?:等次|等级|级|档)(?:次)?"
)
_CONCLUSION = re.compile(
    r"(?:评价|评定|自评|评估|综合|总体|绩效|考核)[^，。；]{0,12}(?:等级|等次"
    r"|评级|档次|结论|结果)|等级\s*[:：]|评价[^，。]{0,8}[优良中差]"
    r"|(?:自评|评价|评分|得分)[^，。；]{0,8}\d分[，,]\s*(?:结果|结论)"
)
_GAP = 0.04  # a score this far below the best is about something else
_SCALE = re.compile(r"\d+\s*[-—~～至到]\s*\d+\s*分|分以下|以上为|以下为|\d分\s*[（(]含|分别为")
_LABEL_CELL = re.compile(r"等级|等次|评级|评价结论|自评结论|评价结果|档次")
_CELL = re.compile(rf"^\s*{_QUOTE}{_GRADE}{_QUOTE}(?:等次|等级|级)?\s*$")


def find_grades(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """Grades that the report states, those of what the question names first.

    A scale (90—100分为“优”) is never taken for a grade; what a project gave itself is not the grade
    of the evaluation that reports it, nor the reverse.
    """
    if _SCALE_ASKED.search(question):
        return _scales(scope)
    index = index_of(scope.document)
    profile = profile_for(scope, strip_words(terms, GRADE_WORDS))
    found: list[TextFinding] = []
    for segment in segments_in(scope):
        span = _stated(index, segment)
        if span is None or _of_another_rating(index, segment, question):
            continue
        layers = ((OWN, segment.own), (LABEL, segment.label), (AROUND, _names(index, segment)))
        coverage = profile.cover(layers)
        own = profile.cover(((OWN, segment.own),)).share
        share = 1.0 if profile.empty else coverage.share
        confidence = _level(share)
        if confidence and not _concludes(index, segment) and own < 0.8:
            confidence = Confidence.LOW
        answer = segment.text[slice(*span)]
        if confidence is not None:
            found.append(make_finding(scope, segment.place, confidence, coverage, answer=answer))
    return _order(found)


# 等级是怎么分的: the bands are asked for, not the grade.
_SCALE_ASKED = re.compile(
    r"(?:等级|等次|档次?|评级)[^,，。?？]{0,6}(?:怎么|如何|怎样|按什么|以什么)[^,，。?？]{0,2}(?:[划区]?分|[划评确]定|设置?)"
    r"|(?:怎么|如何|怎样)(?:[划区]分|分|[划评确]定)[^,，。?？]{0,8}(?:等级|等次|档)"
    r"|分(?:为|成)?(?:哪)?几(?:个)?(?:等级?|等次|档)|等级(?:的)?(?:划分|评定)?标准"
)
_BAND = re.compile(
    r"\d+\s*分?\s*(?:[(（]含[^)）]*[)）])?(?:[及或]?以[上下]|[-—–~～至到]\s*\d+\s*分)"
    r"[^，。；,;]{0,12}?[“\"]?(?:优|良|中|差|合格)"
)
_BANDS = 2  # from so many bands on it is a scale


def _scales(scope: ScopedDocument) -> list[TextFinding]:
    """The sentence that gives the bands of the grades: 90分及以上为优，80至89分为良."""
    told = [s for s in segments_in(scope) if len(_BAND.findall(s.text)) >= _BANDS]
    found = {squeezed(s.text): make_finding(scope, s.place, Confidence.HIGH) for s in told}
    return list(found.values()) if len(found) == 1 else []


_RATED = re.compile(r"自评|评价")


def _of_another_rating(index: Index, segment: Segment, question: str) -> bool:
    """Whether 自评 is asked and the grade is of an evaluation by others, or the reverse."""
    part = next((p for p in index.document.parts if p.no == segment.part), None)
    if part is None or part.kind is not ReportKind.PROJECT_EVALUATION:
        return False
    own = "自评" in f"{segment.text}{segment.label}"
    return own != ("自评" in question) if _RATED.search(question) else own


def _level(share: float) -> Confidence | None:
    if share >= HIGH_SHARE - 0.1:
        return Confidence.HIGH
    if share >= MEDIUM_SHARE - 0.15:
        return Confidence.MEDIUM
    return Confidence.LOW if share >= 0.4 else None


def _names(index: Index, segment: Segment) -> str:
    """The names of the part, which a conclusion seldom repeats."""
    part = next((p for p in index.document.parts if p.no == segment.part), None)
    facts = (part.title.value, part.project.value, part.entity.value) if part else ()
    return "\n".join(squeezed(fact) for fact in facts)


def _concludes(index: Index, segment: Segment) -> bool:
    """True when the clause (or the label of the cell) speaks of the evaluation's result."""
    if segment.place.table is not None and _graded(index, segment.place):
        return True
    stated = _STATED.search(segment.text)
    named = stated is not None and re.search("等级|等次|评级|档次", stated["name"])
    return bool(named or _CONCLUSION.search(segment.text))


def _stated(index: Index, segment: Segment) -> tuple[int, int] | None:
    text = segment.text
    if segment.place.table is not None:
        cell = _CELL.match(text)
        if cell and _graded(index, segment.place):
            return cell.span("grade")
    for pattern in (_STATED, _AS):
        match = pattern.search(text)
        if match and not _SCALE.search(text[max(0, match.start() - 12) : match.end() + 6]):
            return match.span("grade")
    return None


def _graded(index: Index, place: Place) -> bool:
    """Whether a cell's labels call it a grade, or it stands behind the points of a row 总分."""
    if _LABEL_CELL.search(_before(index, place)):
        return True
    if place.table is None or place.row is None:
        return False
    table = index.document.tables[place.table]
    row = (table.rows if place.row >= 0 else table.header)[
        place.row if place.row >= 0 else -1 - place.row
    ]
    cells = [squeezed(cell.text) for cell in row[: place.column]]
    filled = [cell for cell in cells if cell]
    return (
        len(filled) > 1
        and bool(_WHOLE_ROW.fullmatch(filled[0]))
        and all(_POINTS.fullmatch(cell) for cell in filled[1:])
    )


_WHOLE_ROW = re.compile(r"(?:自评|评价)?(?:总分|总得分|合计得分|总分合计|总评|合计|总计)")
_POINTS = re.compile(r"\d{1,3}(?:\.\d+)?分?")


def _before(index: Index, place: Place) -> str:
    """Header of the cell's column and the label to its left."""
    if place.table is None or place.row is None or place.column is None:
        return ""
    table = index.document.tables[place.table]
    left = source_text(
        index, Place(place.block, 0, 0, place.table, place.row, max(place.column - 1, 0))
    )
    return "".join((*table.columns[place.column].path, left))


def _order(found: list[TextFinding]) -> list[TextFinding]:
    best = max((f.score for f in found), default=0.0)
    sure = {
        squeezed(f.answer)
        for f in found
        if f.confidence is Confidence.HIGH and f.score >= best - _GAP
    }
    found = [
        replace(f, confidence=Confidence.MEDIUM)
        if f.confidence is Confidence.HIGH and (len(sure) > 1 or f.score < best - _GAP)
        else f
        for f in found
    ]
    ordered = sorted(found, key=lambda f: (f.confidence.rank, -f.score, f.block, f.start))
    unique: dict[tuple[int, str], TextFinding] = {}
    for finding in ordered:
        unique.setdefault((finding.part, squeezed(finding.answer) + finding.quote[:4]), finding)
    return list(unique.values())
