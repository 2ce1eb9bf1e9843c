"""Score sheets: what each indicator of an evaluation could earn and what it got.

A sheet is read from a table with a column of full marks and one of scores, or from the text, where
one heading an indicator says both. Marks that a scoring rule grants (得 4 分) are no scores.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from ingest.figures.finding import heading_name
from ingest.model import Document, Figure, Role
from qa.figures.weighing import RUBRIC_COLUMN

_MARKS = re.compile(r"[(（]\s*\d+(?:\.\d+)?\s*分\s*[)）]$")
_TOTAL = re.compile(r"^(?:合计|小计|总计|总分|得分合计|综合得分|总得分|评价总分)$")


@dataclass(frozen=True, slots=True)
class Mark:
    """An indicator with its full mark and its score.

    `path` names it from the outermost level; `leaf` says that no other line stands below it.
    """

    name: str
    path: tuple[str, ...]
    leaf: bool
    full: Figure
    score: Figure

    @property
    def level(self) -> int:
        return len(self.path) - 1

    @property
    def lost(self) -> Decimal:
        """Full mark less score, in marks."""
        return self.full.quantity.base - self.score.quantity.base


def score_sheet(document: Document, parts: Collection[int]) -> tuple[Mark, ...]:
    """The marks of the given parts, from the sheet that has more of the innermost indicators.

    Levels that only the other one scores are added to them.
    """
    table, prose = _of_tables(document, parts), _of_text(document, parts)
    first, second = (table, prose) if _leaves(table) >= _leaves(prose) else (prose, table)
    known = {mark.name for mark in first}
    above = [m for m in second if m.name not in known and not m.leaf] if first else list(second)
    return (*first, *above)


def _leaves(marks: Collection[Mark]) -> int:
    return sum(mark.leaf for mark in marks)


def indicator_name(label: str) -> str:
    """An indicator's name without its full mark (``项目安排（15分）``) and the word 指标."""
    name = _MARKS.sub("", label.strip()).strip()
    return re.sub(r"(?<=[一-鿿]{2})指标$", "", name) or name


def _of_tables(document: Document, parts: Collection[int]) -> list[Mark]:
    rows: dict[tuple[int, int, tuple[str, ...]], dict[Role, Figure]] = {}
    for figure in document.figures:
        place = figure.locator
        if place.table is None or place.row is None or figure.part not in parts:
            continue
        granted = any(RUBRIC_COLUMN.search(label) for label in figure.column_path)
        if granted or figure.role not in (Role.FULL_MARK, Role.SCORE) or not figure.row_path:
            continue
        key = (place.table, place.row, figure.row_path)
        rows.setdefault(key, {}).setdefault(figure.role, figure)
    found: list[tuple[tuple[str, ...], Figure, Figure]] = []
    for (_, _, labels), roles in rows.items():
        path = tuple(indicator_name(label) for label in labels)
        if len(roles) == 2 and not _TOTAL.match(re.sub(r"\s", "", path[-1])):
            found.append((path, roles[Role.FULL_MARK], roles[Role.SCORE]))
    return _marks(found)


def _of_text(document: Document, parts: Collection[int]) -> list[Mark]:
    found: dict[int, tuple[tuple[str, ...], Figure, Figure]] = {}
    full: Figure | None = None
    for figure in document.figures:
        if figure.locator.table is not None or figure.part not in parts:
            continue
        if figure.role is Role.FULL_MARK:
            full = figure
        elif figure.role is Role.SCORE and full is not None and full.block == figure.block:
            path = tuple(
                indicator_name(heading_name(title))
                for title in document.section_path(figure.section)
            )
            if path:
                found.setdefault(figure.section, (path, full, figure))
            full = None
    if len(found) < 2:
        return []
    depth = min(len(path) for path, _, _ in found.values()) - 1
    return _marks([(path[depth:], full, score) for path, full, score in found.values()])


def _marks(found: list[tuple[tuple[str, ...], Figure, Figure]]) -> list[Mark]:
    above = {path[:-1] for path, _, _ in found}
    return [Mark(path[-1], path, path not in above, full, score) for path, full, score in found]
