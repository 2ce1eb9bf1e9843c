"""Scores of one indicator or project in two places: the text or the summary, and the score sheet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ingest.equations.book import Book
from ingest.equations.claims import Claim, holds, same
from ingest.figures.naming import is_cell
from ingest.model import ColumnRole, Figure, Part, ReportKind, Role, Table
from ingest.reading.text import compact, fold
from ingest.structure.markers import read_marker

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_ENDING = re.compile(r"(?:方面|维度)?(?:指标)?(?:得分)?(?:情况)?(?:分析)?$")
_LETTER = re.compile(r"[A-Z]\d{0,3}[.、]?(?=[一-鿿])")  # C 产出, A1 立项
_SHORTEST = 4
_LEAD = re.compile(r"(?P<name>[^:。,;、()]{4,24})[:。]")
_TOTAL = re.compile(r"总分|合计|总得分|综合得分|总计")


class _Marks(NamedTuple):
    """The full mark, where one is given, and the score of an indicator."""

    full: Figure | None
    score: Figure
    groups: tuple[str, ...] = ()  # labels above it


def indicator_score(book: Book) -> Iterator[Claim]:
    """同一指标在正文与评分表里的得分相同。

    来源：绩效评价报告“四、绩效指标分析”各指标的“分值 a 分，得 b 分”与附表评分表。
    例：正文“制度执行有效性：分值 4 分，得 2.5 分”，附表得 3 分，不成立。
    边界：指标名称逐字相同（括注的分值、“指标”二字不计），在评分表里只出现一次，正文只给一个得分，分值不矛盾；
    “综合评价”一类名称须上级名称也在其中。
    """
    sheet = _sheet(book)
    for name, marks in _told(book).items():
        row = _row_called(sheet, name) if len(marks) == 1 else None
        if row is not None and _comparable(marks[0], row):
            yield same("indicator_score", marks[0].score, row.score, "评分表")


def _comparable(one: _Marks, other: _Marks) -> bool:
    if one.score.part != other.score.part and one.full is None:
        return False
    if one.full is None and other.full is not None:
        # “合规性：6 分，……扣 1 分” gives the full mark, with the score left to be worked out.
        told, full = one.score.quantity.base, other.full.quantity.base
        return told != full or told == other.score.quantity.base
    both = one.full is not None and other.full is not None
    return not both or one.full.quantity.base == other.full.quantity.base  # type: ignore[union-attr]


def _name(label: str) -> str:
    marker = read_marker(label)
    plain = compact(_BRACKETS.sub("", fold(label[marker.length :] if marker else label)))
    return _ENDING.sub("", _LETTER.sub("", plain.strip(":。"), count=1))


def _sheet(book: Book) -> dict[str, list[_Marks]]:
    """The rows of score sheets by the innermost label that the row prints."""
    found: dict[str, list[_Marks]] = defaultdict(list)
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        rows: dict[int, dict[Role, list[Figure]]] = defaultdict(lambda: defaultdict(list))
        for (row, _), figure in grid.items():
            rows[row][figure.role].append(figure)
        for row, roles in rows.items():
            scores, full = roles[Role.SCORE], roles[Role.FULL_MARK]
            if len(scores) == 1 and len(full) == 1 and not table.row_infos[row].total:
                labels = _labels(table, row)
                if labels:
                    groups = (*table.row_infos[row].path, *labels[:-1])
                    marks = _Marks(full[0], scores[0], tuple(map(_name, groups)))
                    found[_name(labels[-1])].append(marks)
    return found


def _labels(table: Table, row: int) -> list[str]:
    cells = zip(table.rows[row], table.columns, strict=True)
    return [cell.text for cell, column in cells if column.role is ColumnRole.LABEL and cell.text]


def _told(book: Book) -> dict[str, list[_Marks]]:
    """The marks that the text gives: below an indicator's heading, or after its name and a colon."""
    document = book.document
    sections: dict[int, list[Figure]] = defaultdict(list)
    found: dict[str, list[_Marks]] = defaultdict(list)
    for paragraph in book.paragraphs:
        figures = [figure for run in paragraph for figure in run.figures]
        if figures[0].locator.table is not None:
            continue
        text = fold(document.blocks[figures[0].block].text)
        marker = read_marker(text)
        lead = _LEAD.match(text, marker.length) if marker else None
        marks = _marks(figures)
        if lead and marks:
            found[_name(lead["name"])].append(marks)
        else:
            sections[figures[0].section] += figures
    for number, figures in sections.items():
        marks = _marks(figures[:6])
        title = _name(document.sections[number].title)
        if marks is not None and marks.full is not None:
            found[title].append(marks)
    return found


def _marks(figures: list[Figure]) -> _Marks | None:
    """The one score of a text, with the full mark before it."""
    scores = [f for f in figures if f.role is Role.SCORE and f.quantity.exact]
    full = [f for f in figures if f.role is Role.FULL_MARK]
    if len({f.quantity.base for f in scores}) != 1 or len(full) > 1:
        return None
    return _Marks(full[0] if full else None, scores[0])


def _row_called(sheet: dict[str, list[_Marks]], name: str) -> _Marks | None:
    """The one row of the name; else the one whose label ends it and whose group opens it."""
    found = sheet.get(name, [])
    if found:
        return found[0] if len(found) == 1 else None
    for start in range(1, len(name) - _SHORTEST + 1):
        rows = sheet.get(name[start:], [])
        fitting = [r for r in rows if any(g and name.startswith(g) for g in r.groups)]
        if rows:
            return fitting[0] if len(fitting) == 1 else None
    return None


def project_score(book: Book) -> Iterator[Claim]:
    """汇总表里某项目的得分 = 该项目自评表的总分。

    来源：项目支出绩效自评情况公开的汇总表与其后各项目自评表。
    例：汇总表“两癌免费检查”95.73 分，自评表总分 97.53 分，不成立。
    边界：项目名称逐字相同，自评表只有一个总分行、一个总分。
    """
    totals = _totals(book)
    named = {
        compact(part.project.value): totals[part.no]
        for part in book.document.parts
        if part.project.value and len(totals.get(part.no, ())) == 1
    }
    for number, grid in book.grids.items() if named else ():
        table = book.document.tables[number]
        for (row, _), figure in grid.items():
            if figure.role is not Role.SCORE or table.row_infos[row].total:
                continue
            labels = [compact(label) for label in _labels(table, row)]
            found = next((named[label] for label in labels if label in named), None)
            if found is not None and found[0].part != figure.part:
                yield same("project_score", figure, found[0], "自评表总分")


def _totals(book: Book) -> dict[int, list[Figure]]:
    """Per part, the scores in the total rows of its tables."""
    found: dict[int, list[Figure]] = defaultdict(list)
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        for (row, column), figure in grid.items():
            info = table.row_at(row, column)
            total = info.total and info.path and _TOTAL.search(compact(info.path[-1]))
            if total and figure.role is Role.SCORE and is_cell(figure):
                found[figure.part].append(figure)
    return found


_WHOLE_SCORE = re.compile(
    r"(?:总得分|总分|综合得分|综合评分|综合评价得分|评价得分|自评得分|自评分|最终得分|项目得分|评价综合得分|绩效评分)(?:为|是|:)?$"
)
_MARKS = (Role.FULL_MARK, Role.SCORE, Role.DEDUCTION)
_EVALUATIONS = (
    ReportKind.PROJECT_EVALUATION,
    ReportKind.PROJECT_SELF_EVALUATION,
    ReportKind.UNIT_SELF_EVALUATION,
)
_OTHER = re.compile(
    r"上年|去年|同类|复核|复评|审核|财政|抽查|平均|最高|最低|各|20\d\d年度?(?:同类|的)|"
    r"体系|满分|权重|(?:包含|包括|共设|设置|设有)[^,;。]{0,30}指标"
)


def total_score(book: Book) -> Iterator[Claim]:
    """正文的总得分 = 评分表总分行的得分。

    来源：摘要、评价结论的“综合得分 a 分”与附表的“合计”“总分”行。
    例：“综合评价得分 86.81 分”，评分表合计 87.61 分，不成立。
    边界：绩效评价、自评的报告，这一部分只有一个总分行；总分行与各指标之和相等，或者正文另一处与它相同，才报错；
    没有总分行的，比不同两节里写的总得分；上年的、复核的、平均的得分，部门报告里个别项目的得分不查。
    """
    totals = {part: found[0] for part, found in _totals(book).items() if len(found) == 1}
    parts = {part.no: part for part in book.document.parts}
    told: dict[int, list[Figure]] = defaultdict(list)
    for run in book.runs:
        for index, figure in enumerate(run.figures):
            scored = figure.role is Role.SCORE and figure.quantity.exact
            known = figure.part in totals or parts[figure.part].kind in _EVALUATIONS
            if scored and known and figure.locator.table is None:
                lead = compact("".join(run.leads[: index + 1]))
                marked = any(f.role in _MARKS for f in run.figures[:index])
                own = _is_whole(parts[figure.part], figure, lead)
                if own and not marked and _WHOLE_SCORE.search(lead) and not _OTHER.search(lead):
                    told[figure.part].append(figure)
    for part, figures in told.items():
        if part not in totals:
            yield from _told_twice([f for f in figures if not _of_one_of_several(book, f)])
            continue
        total = totals[part]
        claims = [same("total_score", figure, total, "评分表总分") for figure in figures]
        backed = total.no in book.held or any(map(holds, claims))
        backed = backed and parts[part].kind in _EVALUATIONS
        yield from (claim for claim in claims if backed or holds(claim))


_A_PROJECT = re.compile(r"[一-鿿]{6,}(?:项目|工程)[。:：]?$")


def _of_one_of_several(book: Book, figure: Figure) -> bool:
    """True in a section that is called by a project, as others beside it: each has a score."""
    titles = book.document.section_path(figure.section)
    return bool(titles) and _A_PROJECT.search(titles[-1].strip()) is not None


def _told_twice(figures: list[Figure]) -> Iterator[Claim]:
    """Two total scores in the text of a report without a score sheet."""
    for first, figure in zip(figures[:1] * len(figures), figures[1:], strict=False):
        if figure.section != first.section:
            yield same("total_score", figure, first, "另一处")


_GENERIC = re.compile(
    r"20\d\d年度?|(?:本|我|该|全)?(?:部门|单位|局|委|院|校|办|厅|中心|项目)|整体|预算|支出|绩效|自评|评价|综合|"
    r"最终|总|经|结果|得分|评分|评定|分数|为|是|:|的|和|[一-鿿]{2,4}[省市县区]"
)
_OF_INDICATOR = re.compile("该类?指标|指标:")  # 应急演练场次指标：该指标…，评价得分为5分
_REST = 2  # characters of a clause that may stay unexplained


def _is_whole(part: Part, figure: Figure, lead: str) -> bool:
    """True for the score of the part's own year, subject and kind of evaluation.

    A clause that names something else (a body below, a section of works) is of that.
    """
    years = set(re.findall(r"20\d\d", lead))
    if figure.period != part.year or years - {part.year}:
        return False
    if part.kind is ReportKind.PROJECT_EVALUATION and "自评" in lead:
        return False
    if _OF_INDICATOR.search(lead):
        return False
    clause = re.split(r"[,;。]", lead)[-1]
    for name in (part.project.value, part.entity.value):
        clause = clause.replace(compact(name), "") if name else clause
    return len(_GENERIC.sub("", re.sub(r"[“”\"《》()]", "", clause))) <= _REST
