"""Tables whose cells are kept apart by one space: rows of as many words as their header has.

``科目编码 科目名称 本年支出合计 基本支出`` above ``2012604 档案馆 139.57 0.00``: a table's text without
its lines. Stricter than other tables: every row has its numbers in the same columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from ingest.model import Cell
from ingest.readers.lines import Line
from ingest.tables.cellsyntax import EMPTY_CELL, is_numeric, make_cell

_WORD = re.compile(r"\S+")
_NO_CELL = re.compile(r"[。，；;！？!?]")
_LABEL = re.compile(
    r"^(?:序号|行次|合计|小计|总计)$|名称|编码|科目|项目|指标|预算|决算|执行|支出|收入|金额|得分|分值|"
    r"数量?|[率额值]$|单位|年度?$|次数|等级"
)
_CODE = re.compile(r"\d{3,9}")
_LEAST_COLUMNS, _MOST_COLUMNS, _LEAST_ROWS = 3, 24, 3


def single_spaced_rows(
    text: str, lines: Sequence[Line], index: int
) -> tuple[int, list[list[Cell]]]:
    """The rows of the table whose header is line `index`, and the line after it; none elsewhere."""
    header = _words(lines[index])
    if not _LEAST_COLUMNS <= len(header) <= _MOST_COLUMNS or not _heads(lines[index], header):
        return index, []
    found: list[list[Cell]] = []
    masks: set[tuple[bool, ...]] = set()
    for line in takewhile(lambda each: each.gap == 0, lines[index + 1 :]):
        words = _fitted(_words(line), line, len(header))
        if words is None or _NO_CELL.search(line.raw):
            break
        masks.add(tuple(w is not None and _counts(line, w) for w in words[1:]))
        if len(masks) > 1:
            break
        found.append([_cell(text, line, word) for word in words])
    if len(found) < _LEAST_ROWS or not any(any(mask) for mask in masks):
        return index, []
    first = [_cell(text, lines[index], word) for word in header]
    return index + 1 + len(found), [first, *found]


def _words(line: Line) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(line.raw)]


def _heads(line: Line, words: Sequence[tuple[int, int]]) -> bool:
    """Whether words name columns: most of them by the usual labels, none a number."""
    texts = [line.raw[low:high] for low, high in words]
    if _NO_CELL.search(line.raw) or any(is_numeric(text) for text in texts):
        return False
    return sum(bool(_LABEL.search(text)) for text in texts) * 2 > len(texts)


def _fitted(
    words: list[tuple[int, int]], line: Line, columns: int
) -> list[tuple[int, int] | None] | None:
    """The words of a row put into columns: a total has no code, a name may be of several words."""
    if len(words) == columns:
        return list(words)
    if len(words) == columns - 1 and not _counts(line, words[0]):
        return [None, *words]
    coded = len(words) > columns and bool(_CODE.fullmatch(line.raw[slice(*words[0])]))
    extra = len(words) - columns
    if not coded or any(_counts(line, word) for word in words[1 : extra + 2]):
        return None
    return [words[0], (words[1][0], words[extra + 1][1]), *words[extra + 2 :]]


def _counts(line: Line, word: tuple[int, int]) -> bool:
    text = line.raw[slice(*word)]
    return is_numeric(text) or text in ("—", "-", "--", "——", "/")


def _cell(text: str, line: Line, word: tuple[int, int] | None) -> Cell:
    return make_cell(text, line.start + word[0], line.start + word[1]) if word else EMPTY_CELL
