"""What a report says of a score beside the score itself: the rule, what was planned and done, remarks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ingest import interval
from ingest.model import BlockKind, Document, Figure, Role, Table
from ingest.quantity import Dimension
from qa.scores.formulas import Facts
from qa.scores.scorecard import Mark, indicator_name
from qa.texts.model import Place
from qa.words.matching import squeeze

_TARGET = re.compile(r"(?:指标值|目标值?|预期值?|计划值?|标准值)$")
_ACTUAL = re.compile(r"(?:完成值|实际值|完成情况|实际完成|实际情况|实际|执行率)$")
_RULES = re.compile(r"评分标准|评分细则|评价标准|计分标准|评分办法|评分规则|计分办法|计分规则")
_TELLS = re.compile(r"扣分|原因|说明|备注|评价情况|评分情况|依据|情况|计分")
_RULE = re.compile(
    r"得分\s*[=＝]|得满分|扣完为止|每[^，。；,;]{1,12}扣|按[^，。；,;]{0,12}(?:比例|率)[^，。；,;]{0,4}(?:计|得)分"
    r"|[×*]\s*(?:分值|满分|\d)|得\s*\d+(?:\.\d+)?\s*分|不得分|酌情扣分"
)
_LEADING = r"^\s*(?:[\d一二三四五六七八九十]+[.、．]|[（(][\d一二三四五六七八九十]+[)）])?\s*[“\"]?"
_AFTER = r"[”\"]?\s*(?:类?指标)?\s*(?:[（(][^（）()]{1,10}[)）])?\s*[:：]"
_CLAUSE = re.compile(r"[^。；;\n]+[。；;]?")
_KIND = re.compile(r"(?:类)?(?:指标)?$")
_SHORT = 4  # characters that the end of a name must have to stand for it


@dataclass(frozen=True, slots=True)
class Told:
    """A text about a score: what it is called (a column's header), its words, its place."""

    head: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands with a mark; `reached` is a rate told elsewhere in the report."""

    target: Told | None = None
    actual: Told | None = None
    rules: tuple[Told, ...] = ()
    remarks: tuple[Told, ...] = ()
    reached: Figure | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing but the planned and the actual value is told, or not even they."""
        return not (self.rules or self.remarks or (self.target and self.actual))

    def facts(self, mark: Mark) -> Facts:
        """What the score is worked out from."""
        reached = "" if self.reached is None else self.reached.quantity.printed
        if reached and not reached.endswith("%"):
            reached += "%"
        return Facts(
            full=mark.full.quantity.base,
            score=mark.score.quantity.base,
            places=interval.places(mark.score.quantity),
            target=self.target.text if self.target else "",
            actual=self.actual.text if self.actual else "",
            reached=reached,
            rule="\n".join(each.text for each in self.rules),
            remark="\n".join(each.text for each in self.remarks),
        )


def grounds_of(document: Document, parts: Collection[int], mark: Mark) -> Grounds:
    """What the row of a mark says, and the rules that the text gives for it."""
    target = actual = None
    rules: list[Told] = []
    remarks: list[Told] = []
    at = row_of(document, mark)
    if at is not None:
        table, row = at
        for told, column in _cells(table, row, _mark_columns(table)):
            if _RULES.search(told.head):
                rules.append(told)
            elif _TARGET.search(told.head):
                target = target or told
            elif _ACTUAL.search(told.head) and len(told.text) <= _CELL:
                actual = actual or told
            elif _TELLS.search(told.head) and column:
                remarks.append(told)
    rules += _in_prose(document, parts, mark)
    reached = None if actual or target else _reached(document, mark)
    return Grounds(target, actual, tuple(rules), tuple(remarks), reached)


def row_of(document: Document, mark: Mark) -> tuple[Table, int] | None:
    """The table and row of a mark; of one that the text tells, the row of its name with a rule."""
    place = mark.score.locator
    if place.table is not None and place.row is not None:
        return document.tables[place.table], place.row
    for table in document.tables:
        heads = [squeeze("".join(column.path)) for column in table.columns]
        if not any(_RULES.search(head) for head in heads):
            continue
        if document.part_of(table.block).no != mark.score.part:
            continue
        for row, info in enumerate(table.row_infos):
            if info.path and indicator_name(info.path[-1]) == mark.name:
                return table, row
    return None


def _mark_columns(table: Table) -> frozenset[int]:
    """The columns that give marks."""
    heads = [squeeze("".join(column.path)) for column in table.columns]
    return frozenset(c for c, head in enumerate(heads) if _MARKS.search(head))


_MARKS = re.compile(r"(?:分值|满分|权重|得分|得分率)(?:\(?分\)?)?$")
_CELL = 24  # characters of a cell that holds a value; a longer one tells a story
_NOTHING = frozenset(("", "—", "-", "--", "无", "/", "无偏差", "无扣分"))


def _cells(table: Table, row: int, marks: Collection[int]) -> Iterator[tuple[Told, int]]:
    """The cells of a row that say something, with their headers and columns."""
    for column, cell in enumerate(table.rows[row]):
        text = cell.text.strip()
        if column in marks or text in _NOTHING:
            continue
        head = squeeze("".join(table.columns[column].path))
        place = Place(table.block, 0, len(cell.text), table.no, row, column)
        yield Told(head, cell.text, place), column


def _in_prose(document: Document, parts: Collection[int], mark: Mark) -> Iterator[Told]:
    """Rules that paragraphs give for the indicator, or for its kind (满意度指标：…)."""
    kinds = [_KIND.sub("", label) for label in mark.path[:-1]]
    names = [mark.name, *(kind for kind in kinds if len(kind) > 1)]
    for block in document.blocks:
        text = block.text
        outside = block.table is not None or block.kind is BlockKind.CONTENTS
        if outside or document.part_of(block.no).no not in parts or not _RULE.search(text):
            continue
        led = next((n for n in names if re.match(_LEADING + re.escape(n) + _AFTER, text)), None)
        if led is not None:
            yield Told("", text, Place(block.no, 0, len(text)))
            continue
        for match in _CLAUSE.finditer(text):
            if _names(match.group(), mark.name) and _RULE.search(match.group()):
                yield Told("", match.group(), Place(block.no, *match.span()))


def _names(clause: str, name: str) -> bool:
    """Whether a clause says the name, or the end of a long one (收入增速)."""
    flat, own = squeeze(clause), squeeze(name)
    ends = len(own) >= 2 * _SHORT and own[-_SHORT:] in flat
    return own in flat or ends


def _reached(document: Document, mark: Mark) -> Figure | None:
    """The one rate that the report tells under the indicator's name, else under the end of it.

    培训取证率 is told as 取证率.
    """
    own = squeeze(mark.name)
    rates = [
        figure
        for figure in document.figures
        if figure.quantity.unit.dimension is Dimension.PERCENT
        and figure.role not in (Role.TARGET, Role.SCORE_RATE, Role.GROWTH)
        and figure.locator.table is None
        and "得分" not in figure.metric
        and figure.part == mark.score.part
    ]
    named = [each for each in rates if squeeze(each.metric).startswith(own)]
    ends = [
        each for each in rates if len(each.metric) >= _END and own.endswith(squeeze(each.metric))
    ]
    found = {figure.quantity.base: figure for figure in named or ends}
    return next(iter(found.values())) if len(found) == 1 else None


_END = 3  # characters that tell one rate from others


def row_names(document: Document, mark: Mark) -> Sequence[str]:
    """What a mark may be called: a line of money with a rate of execution is that rate's."""
    place = mark.score.locator
    if place.table is None:
        return (mark.name,)
    heads = {squeeze("".join(column.path)) for column in document.tables[place.table].columns}
    rate = any(head.endswith("执行率") for head in heads)
    return (mark.name, "预算执行率", "资金执行率") if rate and "资金" in mark.name else (mark.name,)
