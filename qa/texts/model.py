"""Values that the text finders take and give: what is asked, where to look, what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.model import Document


class TextKind(StrEnum):
    """What kind of text answers a question."""

    DEFINITION = "definition"  # 名词解释: 指…
    REASON = "reason"  # 主要变动情况, 原因, 扣分原因
    PERSON_OR_BODY = "person_or_body"  # 第三方机构, 委托单位, 供应商, 组长
    DOCUMENT_NUMBER = "document_number"  # 文号, and who cites a 文号
    DATE = "date"
    GRADE = "grade"  # 优, 良, 合格
    METHOD = "method"  # 评价方法, 依据
    LIST = "list"
    STATUS = "status"  # 验收, 中期评估, 完成情况
    FACT = "fact"


class Confidence(StrEnum):
    """HIGH: every distinctive word of the question stands at the place found.

    MEDIUM: nearly every one, or several places compete. LOW: a place worth showing to a person,
    never an answer by itself.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for HIGH, 1 for MEDIUM, 2 for LOW."""
        return ("high", "medium", "low").index(self.value)


@dataclass(frozen=True, slots=True)
class ScopedDocument:
    """A loaded report and the parts of it that the question is about (None: all)."""

    report: int
    name: str
    document: Document
    parts: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: ``[start, end)`` of a block's text, or of a cell's (then `table` is set).

    `row` and `column` index `Table.rows`; row ``-1 - k`` is row k of `Table.header`.
    """

    block: int
    start: int
    end: int
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class TextFinding:
    """A short exact quote that answers, and its place.

    `quote` is ``text[start:end]`` of the block's text, or of the cell's text when `table`, `row`
    and `column` are set (see `Place`). `answer` is the part of the quote that answers: a name, a
    number, a grade, a clause; it is verbatim too. `items` are the entries of a list, each
    verbatim at the entry of `item_places` with the same index. `matched` and `missing` are the
    question's terms that were, and were not, found near. `conflict` is the report's wording where
    it says the opposite of what the question takes for granted.
    """

    report: int
    document: str
    part: int
    block: int
    start: int
    end: int
    quote: str
    answer: str
    confidence: Confidence
    items: tuple[str, ...] = ()
    section_path: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    conflict: str = ""
    complete: bool = True  # lists: ordinals run from 1 without a gap and stated counts agree
    table: int | None = None
    row: int | None = None
    column: int | None = None
    score: float = 0.0  # orders findings of equal confidence; has no unit
    item_places: tuple[Place, ...] = ()
    beside: tuple[Place, ...] = ()  # what makes them entries: the cells that say it of their rows
