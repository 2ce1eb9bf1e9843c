"""Scores of levels that sentences tell: their sum, and the rows of the score table below each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.equations.book import Book, Paragraph, Run
from ingest.equations.claims import Claim, closed, figures_of, holds, total
from ingest.figures.finding import strip_number
from ingest.model import ColumnRole, Figure, Role, Table
from ingest.reading.text import compact, fold

_WHOLE_MARK = 100
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]?")
_LEAD = re.compile(r"^(?:从[一-鿿]{2,8}?(?:来|上)?看|其中|该|本|项目|绩效)+")
_END = re.compile(
    r"(?:的|类|一级|二级|三级|指标|情况|方面|部分|分析|实际|综合|评价|自评|得分|分值|满分|权重|评分)+$"
)
_TOTAL = re.compile(r"总得?分|总评分|综合(?:得分|评分)|(?:自评|评价)得分|合计|得分")
_OTHERS = re.compile(r"第三方|抽查|复核|复评|重点评价|财政评价")
_OWN = re.compile(r"自评|自我评价")


class _Told(NamedTuple):
    """A level's score in a sentence, with the full mark before it, where one is told."""

    name: str
    full: Figure | None
    score: Figure
    sentence: str


class _Group(NamedTuple):
    """The rows of a score table below one label."""

    table: Table
    full: tuple[Figure, ...]
    scores: tuple[Figure, ...]


def level_total(book: Book) -> Iterator[Claim]:
    """总得分 t，各一级指标“分值 a 分，得分 b 分”交替列出：t = 各得分之和。

    来源：绩效评价报告“综合评价结论”段。
    例：12.5 + 21.21 + 27.0 + 25.9 = 86.61 分，总得分写作 87.61 分即不成立。
    边界：同一段里各分值之和正好是 100 分（或写在前面的满分），总得分写在它们之前。
    """
    for paragraph in book.paragraphs:
        told = [each for each in _told(paragraph) if each.full is not None]
        marks = sum(each.full.quantity.base for each in told if each.full is not None)
        names = {each.name for each in told}
        if len(told) < 2 or marks != _WHOLE_MARK or len(names) != len(told):
            continue
        whole = _whole(paragraph, told)
        parts = tuple(each.score for each in told)
        if whole is not None and all(closed(part) for part in parts):
            claim = total("sentence_sum", whole, parts)
            if figures_of(claim) not in book.said:
                yield claim


def level_rows(book: Book) -> Iterator[Claim]:
    """正文“产出指标分值 a 分，得分 b 分”：b = 评分表里产出指标各行得分之和。

    来源：绩效评价报告正文各一级、二级指标得分与附表评分表。
    例：正文“产出指标分值 30 分，得分 27.0 分”，评分表产出各行 8 + 6 + 5.5 + 3.5 + 5 = 28.0，不成立。
    边界：名称相同（“指标”“类”“项目”一类字样不计），评分表里只有一组，正文的分值等于各行分值之和；
    正文没有分值的，只确认、不报错。自评与他人评价分开。
    """
    groups = _groups(book)
    for paragraph in book.paragraphs:
        found = [(told, claim) for told in _told(paragraph) for claim in _rows(told, groups)]
        for told, claim in found:
            if (told.full is not None or holds(claim)) and figures_of(claim) not in book.said:
                yield claim


def _told(paragraph: Paragraph) -> Iterator[_Told]:
    """The scores of a paragraph that its words name."""
    if paragraph[0].figures[0].locator.table is not None:
        return
    full: Figure | None = None
    for run in paragraph:
        for figure in run.figures:
            if figure.role is Role.FULL_MARK:
                full = figure
            elif figure.role is Role.SCORE:
                mark = full if full and _name(full.metric) == _name(figure.metric) else None
                name = _name(figure.metric)
                if closed(figure) and name:
                    yield _Told(name, mark, figure, _sentence(run))
                full = None


def _sentence(run: Run) -> str:
    return "".join(run.leads) + run.tail


def _whole(paragraph: Paragraph, told: Sequence[_Told]) -> Figure | None:
    """The total that the paragraph tells before the levels, or in words right behind them."""
    first = told[0].full or told[0].score
    before = [
        figure
        for run in paragraph
        for index, figure in enumerate(run.figures)
        if figure.role is Role.SCORE
        and figure.no < first.no
        and closed(figure)
        and _TOTAL.search(run.clause(index))
    ]
    return before[0] if len({figure.quantity.base for figure in before}) == 1 else None


def _name(label: str) -> str:
    plain = _BRACKETS.sub("", compact(fold(strip_number(label)))).strip("“”\"':,、")
    return _END.sub("", _LEAD.sub("", plain)).strip('“”"')


def _groups(book: Book) -> dict[tuple[int, str], list[_Group]]:
    """The rows of score sheets below each label, by part and name."""
    found: dict[tuple[int, str], list[_Group]] = defaultdict(list)
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        full = {c for (_, c), f in grid.items() if f.role is Role.FULL_MARK}
        scores = {c for (_, c), f in grid.items() if f.role is Role.SCORE}
        if len(full) != 1 or len(scores) != 1:
            continue
        mark, score = full.pop(), scores.pop()
        if table.columns[mark].role is ColumnRole.LABEL:  # 项目产出（25分）
            continue
        rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for row in sorted({r for r, c in grid if c in (mark, score)}):
            info = table.row_at(row, mark)
            for depth in range(1, len(info.path) if not info.total else 0):
                rows[info.path[:depth]].append(row)
        for path, members in rows.items():
            # One mark may stand for several scored rows.
            marks = tuple(grid[r, mark] for r in members if (r, mark) in grid)
            given = tuple(grid[r, score] for r in members if (r, score) in grid)
            if len(given) == len(members) >= 2 and all(map(closed, given)):
                group = _Group(table, marks, given)
                found[given[0].part, _name(path[-1])].append(group)
    return found


def _rows(told: _Told, groups: dict[tuple[int, str], list[_Group]]) -> Iterator[Claim]:
    known = groups.get((told.score.part, told.name), [])
    if len(known) != 1 or known[0].scores[0].period != told.score.period:
        return
    group = known[0]
    marks = sum(figure.quantity.base for figure in group.full)
    if told.full is not None and told.full.quantity.base != marks:
        return
    if told.score.quantity.base <= marks and not _of_others(told, group):
        yield total("score_sum", told.score, group.scores)


def _of_others(told: _Told, group: _Group) -> bool:
    """True where the sentence and the table tell of two evaluations."""
    labels = group.table.title + "".join("".join(c.path) for c in group.table.columns)
    one, two = bool(_OWN.search(told.sentence)), bool(_OWN.search(labels))
    other = _OTHERS.search(told.sentence) or _OTHERS.search(labels)
    return one != two and bool(other)
