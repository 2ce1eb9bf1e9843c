"""How well a figure is what a phrase asks for: weighted coverage of the phrase by its labels.

The phrase is cut into character bigrams. Each is worth its rarity among the figures of the
document, and earns the weight of the best field of the figure that holds it: its own name counts
whole, its sentence, section and report title less. No word list of the trade is needed for a term
to count, so reports never seen before match alike.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from ingest.figures import heading_name, strip_number
from ingest.model import Document, Figure, Role
from ingest.prose import sentences
from ingest.text import fold

_WORD = re.compile(r"[a-z0-9]+(?:[.\-][a-z0-9]+)*|[㐀-鿿]+")
_DROP = re.compile(r"[\s“”\"'‘’《》〈〉「」()\[\]【】,，、。;；:：?？!！]")

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

# Bigrams across one of these characters join two words; they say nothing about either.
_FUNCTION = frozenset(
    "的了吗呢吧啊么是把被给从对而且也都还又就才于由所为在有和与及到各要这那其该呀您我你它他她"
)
_GENERIC = re.compile(
    r"^(?:合计|总计|小计|金额|决算数?|支出数?|收入数?|执行数|支付金额.{0,4}|本年(?:支出|收入)合计|数值?|"
    r"全年执行数|支出决算数?|完成值|实际完成值|评价得分|得分|分值|年度指标值|指标值|预期指标值|完成情况|"
    r"收入|支出|预算数|支出合计|收入合计|总额|本年支出|本年收入)$"
)
_TOTAL = re.compile(r"(?:合计|总计|小计)$")
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


def squeeze(text: str) -> str:
    """Folded, lower-cased, without blanks, quotes and punctuation."""
    return _DROP.sub("", fold(text).lower())


_SUFFIX = re.compile(r"(?:支出|收入)?(?:决算数?|执行数|预算数?)$|支出$|金额$|合计$")


@lru_cache(maxsize=65536)
def plain_name(label: str) -> str:
    """A label without list marks and the words that only say that it is an amount."""
    name = squeeze(strip_number(label))
    bare = _SUFFIX.sub("", name)
    return bare if len(bare) >= 3 else name


@lru_cache(maxsize=65536)
def grams(text: str) -> frozenset[str]:
    """Bigrams of the Chinese runs and whole Latin words and numbers of a text."""
    found: set[str] = set()
    for match in _WORD.finditer(squeeze(text)):
        run = match.group()
        if run[0].isascii() or len(run) == 1:
            found.add(run)
        else:
            found.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(found)


def asked_grams(text: str) -> frozenset[str]:
    """The grams of a question's phrase, without those across function words and before a stage."""
    bare = squeeze(text)
    joints = {bare[m.start() - 1 : m.start() + 1] for m in _STAGE.finditer(bare)}
    own = (g for g in grams(text) if len(g) < 2 or not _FUNCTION.intersection(g))
    return frozenset(g for g in own if g not in joints)


# 支出年初 stands in 演出 | 年初预算 as well, 经费预算 in 出国费 | 预算: what ends before a stage is no
# one word with it.
_STAGE = re.compile(
    r"(?<=[一-鿿])(?=(?:年初|全年|年度|调整后的?)预算|(?<=费)(?:预算|决算)(?:数|额)?$)"
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


def _bare_name(metric: str, entity: str) -> str:
    """A metric without the unit's name and the year that a sentence puts before it."""
    bare = metric.replace(entity, "") if entity else metric
    return _YEAR.sub("", bare) or metric


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
            (figure.metric, NAME),
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
            names = (_bare_name(figure.metric, part.entity.value),)
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


@dataclass(frozen=True, slots=True)
class Match:
    """How a figure answers a phrase.

    Attributes:
        figure: its number in the document.
        coverage: share of the phrase that the figure's fields hold, weighed by field (0 to 1).
        presence: the same without field weights: how much of the phrase stands near it at all.
        lacking: share of the phrase's words that the report uses, but not for this figure.
        context: weighted share of the question's further words.
        strange: share of those that the report uses elsewhere, but not for this figure.
        precision: share of the figure's own name that the question mentions (0 to 1).
    """

    figure: int
    coverage: float
    presence: float
    lacking: float
    context: float
    precision: float
    strange: float = 0.0

    @property
    def score(self) -> float:
        named = 0.08 if self.precision >= 1 and self.coverage >= 0.95 else 0.0
        return self.coverage + 0.3 * self.context + 0.4 * self.precision + named


def match_figures(
    index: FigureIndex,
    key: str,
    context: str = "",
    allowed: Container[int] | None = None,
    *,
    lenient: bool = False,
) -> list[Match]:
    """Figures that hold some of `key`, best first.

    Args:
        index: the document's figures.
        key: the phrase that names the figure.
        context: further words of the question.
        allowed: figure numbers to consider; all when None.
        lenient: leave out words that the report nowhere uses (a translated question).
    """
    asked, around = asked_grams(key), asked_grams(context)
    if lenient:
        known = frozenset(gram for gram in asked if gram in index.postings)
        if len(known) * 2 < len(asked):
            return []
        asked = known
    asked -= _joints(index, asked)
    weighed, present, whole = _gather(index, asked)
    if not whole:
        return []
    used = math.fsum(index.rarity(gram) for gram in asked if gram in index.postings) or whole
    beside, near, around_whole = _gather(index, around - asked)
    known_words = [gram for gram in around - asked if gram in index.postings]
    far = len(known_words) > 3
    known_around = math.fsum(index.rarity(gram) for gram in known_words) if far else 0.0
    mentioned = grams(key) | grams(context)
    letters = frozenset("".join(asked))
    name: str | None = plain_name(key)
    # A name that the report has as a label is that label, never a longer one that holds it.
    if name not in index.labels or len(name or "") < 3:
        name = None
    found = [
        Match(
            figure=number,
            coverage=max(
                (weighed[number] + _labelled(index, number, asked)) / whole,
                _respelled(index.features[number], letters),
            ),
            presence=max(present[number] / whole, _spelled(index.features[number], letters)),
            lacking=1 - present[number] / used,
            context=beside[number] / around_whole if around_whole else 1.0,
            precision=_precision(index.features[number], mentioned),
            strange=1 - near[number] / known_around if known_around else 0.0,
        )
        for number in weighed
        if (allowed is None or number in allowed)
        and (name is None or name in index.features[number].plain)
    ]
    return sorted(found, key=lambda match: (-match.score, match.figure))


def _joints(index: FigureIndex, asked: frozenset[str]) -> set[str]:
    """Bigrams that the report nowhere uses and that only join two words of the question."""
    known = [gram for gram in asked if gram in index.postings and len(gram) == 2]
    ends = {gram[1] for gram in known}
    starts = {gram[0] for gram in known}
    return {
        gram
        for gram in asked
        if len(gram) == 2 and gram not in index.postings and gram[0] in ends and gram[1] in starts
    }


def _labelled(index: FigureIndex, number: int, asked: frozenset[str]) -> float:
    """What a cell's own labels add: full weight for a label asked whole, little for a shared word.

    ``支出`` in a question does not make ``工资福利支出`` what it asks for.
    """
    feature = index.features[number]
    if not feature.tabular:
        return 0.0
    added = 0.0
    for name in feature.names:
        held = asked & name if name else frozenset()
        if not name or not held:
            continue
        weight = NAME * (0.35 + 0.65 * len(held) / len(name))
        added += math.fsum(
            index.rarity(gram) * max(weight - feature.weights.get(gram, 0.0), 0.0) for gram in held
        )
    return added


def _spelled(feature: Feature, letters: frozenset[str]) -> float:
    """Share of a short phrase's characters that the figure's own labels hold, in any order."""
    if not letters or len(letters) > 8:
        return 0.0
    return 0.9 * len(letters & feature.letters) / len(letters)


def _respelled(feature: Feature, letters: frozenset[str]) -> float:
    """Coverage of a short phrase by a label of much its length with the same characters.

    ``货物采购`` is the report's 政府采购货物支出, in another order.
    """
    if not 3 <= len(letters) <= 8 or len(feature.letters) > 2.5 * len(letters):
        return 0.0
    return 0.85 if letters <= feature.letters else 0.0


def _gather(
    index: FigureIndex, wanted: frozenset[str]
) -> tuple[dict[int, float], dict[int, float], float]:
    """Per figure: weighted and plain worth of the grams it holds; and their worth in all.

    In the order of the grams: sums of the same numbers in another order differ in their last bits,
    and figures that fit alike would change places from one process to the next.
    """
    weighed: dict[int, float] = defaultdict(float)
    present: dict[int, float] = defaultdict(float)
    whole = 0.0
    for gram in sorted(wanted):
        worth = index.rarity(gram)
        whole += worth
        for number, weight in index.postings.get(gram, ()):
            weighed[number] += worth * weight
            present[number] += worth
    return weighed, present, whole


def _precision(feature: Feature, asked: frozenset[str]) -> float:
    shares: list[float] = []
    partial = 0.0
    for name in feature.names:
        share = 0.9 if name is None else len(name & asked) / len(name) if name else 0.0
        shares.append(share)
        if feature.tabular and 0 < share < 0.75:
            partial += 0.12
        elif feature.tabular and share < 1 and name is not None:
            partial += 0.05
    above = [len(parent & asked) / len(parent) for parent in feature.parents if parent]
    whole = sum(shares) + 0.5 * sum(above)
    weight = len(shares) + 0.5 * len(above)
    return max(whole / weight - partial, 0.0) if weight else 0.0
