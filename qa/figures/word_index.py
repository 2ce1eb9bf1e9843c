"""The figures of a document by the words that name them.

A figure's labels, its sentence, its sections and the title of its report are cut into character
bigrams; each gram earns the weight of the best field that holds it: the figure's own name counts
whole, its sentence, section and report title less.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from ingest.figures.finding import heading_name, strip_number
from ingest.figures.prose import sentences
from ingest.model import Document, Figure, Role
from ingest.reading.text import fold
from qa.words.matching import grams, plain_name, squeeze

# What readers call a figure of each role, besides its own name.
ROLE_WORDS: dict[Role, str] = {
    Role.VALUE: "决算数 支出 执行数 金额 实际支出",
    Role.BUDGET: "预算数 预算安排",
    Role.CHANGE: "比上年增加 减少 增减额 变化",
    Role.GROWTH: "比上年增长 下降 增长率 增幅 降幅",
    Role.COMPLETION: "预算执行率 完成预算 完成率 支出进度 执行率",
    Role.SHARE: "占比 比重 比例",
    Role.TARGET: "指标值 预期值 目标值 计划 年初设定 预期目标",
    Role.ACTUAL: "实际完成值 实际值 实际 完成",
    Role.FULL_MARK: "分值 满分 权重",
    Role.SCORE: "评价得分 得分 评分",
    Role.SCORE_RATE: "得分率",
    Role.ADJUSTMENT: "预算调整 调增 调减",
    Role.ADJUSTMENT_RATE: "预算调整率",
    Role.DEDUCTION: "扣分 扣",
}

_GENERIC = re.compile(
    r"^(?:合计|总计|小计|金额|决算数?|支出数?|收入数?|执行数|支付金额.{0,4}|本年(?:支出|收入)合计|数值?|"
    r"全年执行数|支出决算数?|完成值|实际完成值|评价得分|得分|分值|年度指标值|指标值|预期指标值|完成情况|"
    r"收入|支出|预算数|支出合计|收入合计|总额|本年支出|本年收入)$"
)
_TOTAL = re.compile(r"(?:合计|总计|小计)$")
_TELLING = 3  # characters of a row's name
_UNKNOWN_COUNT = 3  # a gram that no figure holds weighs as one that a few hold

_DEPENDENT = (Role.CHANGE, Role.GROWTH, Role.SHARE, Role.COMPLETION)
# A cell's own labels count by how much of them is asked (see `_labelled`); their grams by
# themselves are an echo.
ECHO = 0.5
NAME, LABEL, ROLE_NAME, COLUMN, SUBJECT, TITLE, SENTENCE, WHOLE, SECTION, PART = (
    1.0,
    0.85,
    0.9,
    0.9,
    0.9,
    0.75,
    0.6,
    0.5,
    0.55,
    0.4,
)


@dataclass(frozen=True, slots=True)
class Feature:
    """What a figure matches on: gram → weight, and the grams of each of its own labels.

    `names` holds None for a label that names nothing of its own (合计, 金额, 决算数); `parents`
    the labels above its row; `letters` the characters of all its own labels.
    """

    weights: dict[str, float]
    names: tuple[frozenset[str] | None, ...]
    parents: tuple[frozenset[str], ...]
    letters: frozenset[str]
    tabular: bool
    plain: frozenset[str]


_YEAR = re.compile(r"20\d\d\s*年度?|本年度?|本部门|本单位|我(?:部门|单位|局|委|区|市|县|镇)")


_WHOLE_OF = re.compile(r"^(?:全年度?)?全[省市区县镇乡](?=[一-鿿]{3})")


def _bare_name(metric: str, entity: str) -> str:
    """A metric without the unit's name, the year and the whole that a sentence puts before it."""
    bare = metric.replace(entity, "") if entity else metric
    bare = _YEAR.sub("", bare)
    return _WHOLE_OF.sub("", bare) or metric


_BOTH_SIDES = re.compile(r"^收入?[、和与及]支出?(?P<all>总计|总额|合计|总和)$")


def _both_sides(metric: str) -> tuple[str, ...]:
    """``收、支总计`` is the total of either: 收入总计, 支出总计."""
    found = _BOTH_SIDES.search(metric)
    return (f"收入{found['all']}", f"支出{found['all']}") if found else ()


_TITLED = re.compile(
    r"《[^》]*》"
)  # 以《关于下达…资金的通知》下达437万元: the title names no amount
_SCORED_END = re.compile(r"(?:绩效)?(?:自评|评价)?(?:得分|评分)$")


def _subjects(figure: Figure) -> tuple[str, ...]:
    """What a figure is of; a score is as well of what its name says before 得分."""
    scored = figure.role is Role.SCORE and figure.locator.table is None
    return (figure.subject, _SCORED_END.sub("", figure.metric)) if scored else (figure.subject,)


class FigureIndex:
    """Features of all figures of a document, and the rarity of each gram in it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.features = [self._feature(figure) for figure in document.figures]
        self.labels = self._labels()
        self.postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, feature in enumerate(self.features):
            for gram, weight in feature.weights.items():
                self.postings[gram].append((number, weight))

    def _labels(self) -> frozenset[str]:
        """Every label that the document gives a row, a column or a figure, plainly named."""
        found: set[str] = set()
        for table in self.document.tables:
            for column in table.columns:
                found.update(column.path)
            for row in (*table.row_infos, *(r for group in table.group_rows for r in group)):
                found.update(row.path)
        for figure in self.document.figures:
            if figure.locator.table is None:
                part = self.document.part_of(figure.block)
                found.add(_bare_name(figure.metric, part.entity.value))
        return frozenset(plain_name(label) for label in found)

    @cached_property
    def row_names(self) -> frozenset[str]:
        """What the rows of its tables are called, squeezed; short names, which say little, left out."""
        found = {
            squeeze(strip_number(figure.row_path[-1]))
            for figure in self.document.figures
            if figure.row_path and figure.locator.table is not None
        }
        return frozenset(name for name in found if len(name) >= _TELLING)

    def _feature(self, figure: Figure) -> Feature:
        name, fields = self._fields(figure)
        weights: dict[str, float] = {}
        for text, weight in fields:
            for gram in grams(text):
                if weights.get(gram, 0.0) < weight:
                    weights[gram] = weight
        return Feature(
            weights,
            tuple(None if _GENERIC.match(n) else grams(_TOTAL.sub("", n) or n) for n in name),
            tuple(grams(label) for label in figure.row_path[:-1] if not _GENERIC.match(label)),
            frozenset(squeeze("".join(name))),
            figure.locator.table is not None and not figure.subject,
            frozenset(plain_name(n) for n in (*name, *figure.row_path, *_subjects(figure))),
        )

    def _fields(self, figure: Figure) -> tuple[tuple[str, ...], list[tuple[str, float]]]:
        document = self.document
        part = document.part_of(figure.block)
        path = document.section_path(figure.section)
        sections = [strip_number(title) for title in path]
        fields: list[tuple[str, float]] = [
            (_TITLED.sub("", figure.metric), NAME),
            (figure.subject, SUBJECT),
            (figure.basis, SENTENCE),
            (ROLE_WORDS[figure.role], ROLE_NAME),
            (figure.sentence, SENTENCE),
            (self._whole_sentence(figure), WHOLE),
            (part.project.value, PART),
            (part.title.value, PART),
        ]
        tabular = figure.locator.table is not None and not figure.subject
        fields += [(label, LABEL) for label in figure.row_path[:-1]]
        fields += [(label, ECHO if tabular else NAME) for label in figure.row_path[-1:]]
        fields += [(label, ECHO if tabular else COLUMN) for label in figure.column_path]
        if tabular:
            fields[0] = (figure.metric, ECHO)
        place = figure.locator
        if place.table is not None and place.row is not None:
            table = document.tables[place.table]
            fields.append((table.title, TITLE))
            fields.append((table.row_at(place.row, place.column or 0).code, NAME))
        if sections:
            fields.append((heading_name(sections[-1]), TITLE))
            fields += [(title, SECTION) for title in sections[:-1]]
        if figure.locator.table is not None and not figure.subject:
            names = (*(figure.row_path[-1:] or ("合计",)), *figure.column_path)
        else:
            bare = _bare_name(figure.metric, part.entity.value)
            names = (bare, *_both_sides(bare))
            fields += [(each, NAME) for each in names[1:]]
        return names, fields

    def _whole_sentence(self, figure: Figure) -> str:
        """The sentence around a figure that stands by itself; a change or rate has its clause."""
        if not figure.sentence or figure.role in _DEPENDENT or figure.locator.table is not None:
            return ""
        text = fold(self.document.blocks[figure.block].text)
        for start, end in sentences(text):
            if start <= figure.start < end:
                return text[start:end]
        return ""

    def rarity(self, gram: str) -> float:
        """Inverse document frequency over the figures."""
        count = len(self.postings.get(gram, ())) or _UNKNOWN_COUNT
        total = max(len(self.features), 1)
        return math.log(1 + (total + 1) / (count + 0.5))


class FigureIndexCache:
    """The last few figure indexes by document identity."""

    _known: ClassVar[dict[int, FigureIndex]] = {}

    @classmethod
    def get(cls, document: Document) -> FigureIndex:
        known = cls._known.get(id(document))
        if known is None or known.document is not document:
            if len(cls._known) > 64:
                cls._known.clear()
            known = cls._known[id(document)] = FigureIndex(document)
        return known
