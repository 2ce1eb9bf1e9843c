"""What a report becomes: a Document of blocks, sections, tables, parts, figures and claims.

Every text is a concatenation of slices of the raw decoded text, so that each character can be
traced back: `spans` are half-open ``(start, end)`` character offsets into `Document.text`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from ingest.quantity import Quantity, Unit

Span = tuple[int, int]
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")


@dataclass(frozen=True, slots=True)
class Locator:
    """Where something stands in the stored bytes of a report.

    `spans` has more than one entry where a page break cuts the text. Page numbers count from 1;
    table, row and column index `Document.tables` and their grid from 0.
    """

    spans: tuple[Span, ...]
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points (1/72 inch) from the top left corner of the shown page."""


POOR_PAGE = 0.2
"""The highest score of what stands on a page whose picture is too poor: no equation clears it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the original file, in the terms of its format.

    PDF and scans: `page` (from 1) and `box`. Workbooks: `sheet` and `path` (``B7``). Word:
    `path` such as ``p12`` (paragraph) or ``t3/r4/c2`` (table, row, cell, all from 1). HTML:
    `path` is the element's path. `score` is how sure the reading is, 0 to 1: of characters that
    were recognised optically, and of cells of a table without vertical rules, whose columns are
    told from where they are printed. None where the file itself says it.
    """

    page: int | None = None
    box: Box | None = None
    sheet: str = ""
    path: str = ""
    score: float | None = None

    @property
    def cell(self) -> str:
        """``公开01表!B7`` for a place in a workbook, ``B7`` in a table without sheets, else ""."""
        if _CELL.fullmatch(self.path) is None:
            return ""
        return f"{self.sheet}!{self.path}" if self.sheet else self.path


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place of ``text[start:end]`` of a document read from a format that is no plain text."""

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class Problem:
    """A flaw of a report that does not stop its reading: what, and where."""

    code: str
    message: str
    span: Span | None = None


class BlockKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"  # table title, 部门：…, 单位：万元
    TABLE = "table"
    NOTE = "note"  # 注：…
    CONTENTS = "contents"  # a line of the table of contents


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption or table, in reading order.

    `text` is the concatenation of the raw slices in `spans` (page breaks and line wraps left
    out). A table block has an empty text and `table` set.
    """

    no: int
    kind: BlockKind
    text: str
    spans: tuple[Span, ...]
    section: int
    page: int | None = None
    table: int | None = None

    def raw_spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Raw offsets of ``text[start:end]``."""
        return slice_spans(self.spans, start, end)


def slice_spans(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """Raw offsets of the characters ``start..end`` of a text concatenated from `spans`."""
    found: list[Span] = []
    position = 0
    for low, high in spans:
        length = high - low
        first, last = max(start - position, 0), min(end - position, length)
        if first < last:
            found.append((low + first, low + last))
        position += length
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the section tree. `title` keeps its number (``（一）项目背景``)."""

    no: int
    level: int
    title: str
    parent: int | None
    block: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table's grid; an empty cell has text "" and no spans.

    `indent` is the width of the white space before the text, a full-width space counting two; it
    is used while a table is read and not kept in the library.
    """

    text: str
    spans: tuple[Span, ...] = ()
    indent: int = field(default=0, compare=False)


class ColumnRole(StrEnum):
    """What a column of a table holds, judged from its header and its cells."""

    LABEL = "label"  # names the row
    CODE = "code"  # 科目编码, 序号: names the row, is never a quantity
    LINE = "line"  # 行次
    VALUE = "value"  # figures
    TEXT = "text"  # sentences about the row (完成情况, 评分标准)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header path from the top, its role, and the unit its header states."""

    path: tuple[str, ...]
    role: ColumnRole
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A body row: its label path (outermost first) and the row's own code, if any."""

    path: tuple[str, ...]
    code: str = ""
    total: bool = False  # 合计, 总计, 小计


@dataclass(frozen=True, slots=True)
class Table:
    """A table over one or more pages, repeated header rows left out.

    `rows` is the body grid (every row has ``len(columns)`` cells); `row_infos` runs parallel.
    For side-by-side tables (收入 | 支出), `row_path(r, c)` gives the label of the group that the
    cell belongs to; `row_infos[r]` then describes the leftmost group.
    """

    no: int
    block: int
    title: str
    unit: Unit | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_infos: tuple[Row, ...]
    header: tuple[tuple[Cell, ...], ...] = ()
    groups: tuple[tuple[int, int], ...] = ()  # side-by-side column ranges (start, end)
    group_rows: tuple[tuple[Row, ...], ...] = ()  # per group, per body row
    notes: tuple[str, ...] = ()

    def row_at(self, row: int, column: int) -> Row:
        """The Row that labels the cell, in the side-by-side group of its column."""
        for index, (start, end) in enumerate(self.groups):
            if start <= column < end:
                return self.group_rows[index][row]
        return self.row_infos[row]


class ReportKind(StrEnum):
    FINAL_ACCOUNTS = "final_accounts"  # 部门决算
    BUDGET = "budget"  # 部门预算
    PROJECT_EVALUATION = "project_evaluation"  # 项目绩效评价报告
    PROJECT_SELF_EVALUATION = "project_self_evaluation"  # 项目绩效自评
    UNIT_SELF_EVALUATION = "unit_self_evaluation"  # 部门整体支出绩效自评
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fact:
    """A piece of identity and the place that it was read from ("" when nothing says it)."""

    value: str
    locator: Locator | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A report, or a report inside a report (an annexed evaluation): who, what, when.

    Blocks ``first_block <= no < last_block`` belong to it, less those of parts inside it.
    """

    no: int
    kind: ReportKind
    title: Fact
    entity: Fact  # publishing or evaluated unit, as full as the report gives it
    project: Fact  # "" when the part is about a whole unit
    years: tuple[Fact, ...]  # "2023"; the reported year first
    first_block: int
    last_block: int
    # Other units that it states itself to be of: 实施单位, 主管部门.
    carriers: tuple[str, ...] = ()

    @property
    def year(self) -> str:
        return self.years[0].value if self.years else ""


class Role(StrEnum):
    """What a figure is to its metric."""

    VALUE = "value"  # the amount, number or rate itself
    BUDGET = "budget"  # 预算数 (年初, 调整后: see scope)
    CHANGE = "change"  # amount of increase or decrease against `basis`
    GROWTH = "growth"  # rate of increase or decrease against `basis`
    COMPLETION = "completion"  # 完成预算的 x%, 预算执行率
    SHARE = "share"  # 占 `basis` 的 x%
    TARGET = "target"  # 指标值, 计划, 预期
    ACTUAL = "actual"  # 实际完成
    FULL_MARK = "full_mark"  # 分值, 满分
    SCORE = "score"  # 评价得分
    SCORE_RATE = "score_rate"  # 得分率
    ADJUSTMENT = "adjustment"  # 调增, 调减
    ADJUSTMENT_RATE = "adjustment_rate"  # 预算调整率
    DEDUCTION = "deduction"  # 扣 x 分


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity at a place, about something, for a period, in a scope.

    `no` numbers the figures of one document from 0. `metric` is the phrase that names it
    (prose) or the row and column labels joined (cells). `period` is a year ("2023") or a range
    ("2021-2023") or "" where the report does not say. `start`/`end` place the number with its
    unit inside the block's (or cell's) text. `doubtful` says that its digits, or the column that
    it stands in, were not surely recognised: it is to be compared with the original page.
    """

    no: int
    quantity: Quantity
    locator: Locator
    part: int
    block: int
    section: int
    start: int
    end: int
    metric: str
    role: Role = Role.VALUE
    basis: str = ""
    direction: Direction = Direction.NONE
    period: str = ""
    scope: tuple[str, ...] = ()
    row_path: tuple[str, ...] = ()
    column_path: tuple[str, ...] = ()
    subject: str = ""  # the figure's clause subject, wider than metric (prose)
    sentence: str = ""
    doubtful: bool = False


class Verdict(StrEnum):
    EXACT = "exact"
    ROUNDING = "rounding"  # holds within the printed precision
    FAILS = "fails"
    NOT_CHECKABLE = "not_checkable"

    @property
    def holds(self) -> bool:
        """True for a claim that is exact or within rounding."""
        return self in (Verdict.EXACT, Verdict.ROUNDING)


@dataclass(frozen=True, slots=True)
class Equation:
    """A claim that a report makes about its own figures, recomputed with intervals.

    `stated` and `operands` are figure numbers. `low`/`high` is the recomputed interval and
    `value` the recomputed point, both in the stated figure's unit. `reason` says why a claim
    cannot be checked. `places` are what was counted where that is no figure: the items of a list,
    the labels of rows; a reader is shown them beside the operands.
    """

    no: int
    family: str
    formula: str
    verdict: Verdict
    stated: int
    operands: tuple[int, ...]
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    reason: str = ""
    places: tuple[Locator, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a report that say one thing, and where they stand.

    `text` is what counts of them, as printed but for line wraps: ``尚在服务期``, ``良``,
    ``2023年11月1日验收``. The raw slices of `locator` give it verbatim; the sentence or the row
    around it is found by `block` and the locator. `figure` is the number of the figure that the
    words print, where they are one; its text then has the unit that a header states.
    """

    text: str
    locator: Locator
    block: int
    figure: int | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """A claim that a report makes in words, against what it says elsewhere about the same thing.

    An `Equation` compares a figure with figures; here at least one side is words. `subject` is
    what both sides are about, by a name that the report prints (a project, an indicator, a body,
    ``结转结余``), and `part` the part of the stated side. `others` speak for the claim (verdict
    EXACT) or against it (FAILS), the plainest first; `recomputed` is what they come to, printed as
    the stated side would print it. `message` says the finding in one Chinese sentence that names
    both sides. An audit lists those that fail as a finding of `family`; an answer about the subject
    or about a figure or block of either side shows both sides and calls them contradictory.
    """

    no: int
    family: str
    subject: str
    verdict: Verdict
    part: int
    stated: Said
    others: tuple[Said, ...]
    recomputed: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A report read whole. `sha256` identifies its bytes.

    `text` is the decoded file; for a format that is no plain text (then `encoding` is ""), the
    text that its reader wrote out, with `anchors` from it into the original, in the order of the
    text and without overlaps.
    """

    name: str
    sha256: str
    media_type: str
    encoding: str
    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...] = ()
    equations: tuple[Equation, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    pages: int | None = None
    anchors: tuple[Anchor, ...] = ()

    def places(self, spans: tuple[Span, ...]) -> tuple[Place, ...]:
        """The places in the original that the characters of `spans` come from, in order."""
        found: list[Place] = []
        for start, end in spans:
            index = bisect_right(self.anchors, start, key=lambda anchor: anchor.start) - 1
            for anchor in self.anchors[max(index, 0) :]:
                if anchor.start >= end:
                    break
                if anchor.end > start:
                    found.append(anchor.place)
        return tuple(found)

    def cell_at(self, spans: tuple[Span, ...]) -> str | None:
        """The cell of a sheet in which the characters of `spans` begin; None elsewhere."""
        return next((place.cell for place in self.places(spans[:1]) if place.cell), None)

    def page_at(self, spans: tuple[Span, ...], default: int | None) -> int | None:
        """The page on which the characters of `spans` begin; `default` where no anchor says."""
        return next((p.page for p in self.places(spans[:1]) if p.page is not None), default)

    def section_path(self, section: int) -> tuple[str, ...]:
        """Titles from the root to the section, outermost first."""
        titles: list[str] = []
        current: int | None = section
        while current is not None and 0 <= current < len(self.sections):
            titles.append(self.sections[current].title)
            current = self.sections[current].parent
        return tuple(reversed([title for title in titles if title]))

    def part_of(self, block: int) -> Part:
        """The innermost part that the block belongs to."""
        inside = [p for p in self.parts if p.first_block <= block < p.last_block]
        return max(inside, key=lambda p: p.first_block)
