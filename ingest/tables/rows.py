"""What the left of a table says: the path of labels, the code and the kind of each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Cell, Column, ColumnRole, Row
from ingest.reading.text import compact, fold, tidy
from ingest.structure.markers import is_note, read_marker
from ingest.tables.cellsyntax import is_placeholder
from ingest.tables.grid import Grid
from ingest.tables.headers import is_total
from ingest.tables.inclusions import INCLUDING, included_rows
from ingest.tables.row_names import SUM_WORD

_CODE = re.compile(r"\d{3,9}")
_CODED_NAME = re.compile(r"\[?(\d{3}|\d{5}|\d{7})\]?[\s:：\-—]*([^\d\s].*)", re.DOTALL)
_NOTE_LABEL = re.compile(r"备注(?:说明)?|说明|注|填表说明|其他需要说明的问题")
_NUMBERED = ("cjk", "(cjk)", "1.", "(1)", "1)", "①")
_MAX_LABEL = 80
_INDENT = 2  # spaces by which a row is printed further in than the row that it is part of


class RowReader:
    """Labels the rows of one side of a table, from the top down."""

    def __init__(self, columns: Sequence[Column], start: int, end: int, body: Grid) -> None:
        span = range(start, end)
        self._labels = [
            c for c in span if columns[c].role is ColumnRole.LABEL and any(r[c].text for r in body)
        ]
        self._body = body
        single = len(self._labels) == 1
        self._included = included_rows(columns, span, self._labels[0], body) if single else set()
        self._indents: list[tuple[int, tuple[str, ...]]] = []  # of the rows above, outermost first
        self._codes = [c for c in span if columns[c].role is ColumnRole.CODE]
        self._serial = any("序号" in compact("".join(columns[c].path)) for c in self._codes)
        self._names: dict[str, str] = {}  # code → name
        self._filled: list[str] = [""] * len(self._labels)
        self._stack: list[tuple[str, str]] = []  # (style, label) of numbered rows above
        self._parent = ""  # the last row that 其中 can belong to
        self._seen: dict[tuple[str, ...], bool] = {}
        self._unnumbered = ""

    def read(self) -> list[Row]:
        """One Row for each row of the body grid."""
        return [
            self._nested(self._row([cell.text for cell in row], index in self._included), row)
            for index, row in enumerate(self._body)
        ]

    def _nested(self, row: Row, cells: Sequence[Cell]) -> Row:
        """A row of one label that is printed further in than rows above it is part of them."""
        if len(self._labels) != 1 or not row.path or row.total:
            return row
        indent = cells[self._labels[0]].indent
        while self._indents and self._indents[-1][0] + _INDENT > indent:
            self._indents.pop()
        if self._indents and len(row.path) == 1 and not row.code:
            row = replace(row, path=(*self._indents[-1][1], *row.path))
        self._indents.append((indent, row.path))
        return row

    def _row(self, texts: Sequence[str], included: bool) -> Row:
        code = "".join(compact(texts[c]) for c in self._codes)
        labels = [tidy(texts[c])[:_MAX_LABEL] for c in self._labels]
        if code and not re.search(r"\d|^[一二三四五六七八九十]{1,3}$|^\(", code):
            if all(is_placeholder(label) for label in labels):  # 合计 printed in the code column
                labels, code = [code, *labels[1:]], ""
            elif compact(labels[0]) == code or code == "栏次":
                code = ""
        if len(self._labels) == 1 and not code and labels[0]:
            coded = _CODED_NAME.fullmatch(fold(labels[0]))
            if coded:
                code, labels = coded.group(1), [labels[0][coded.start(2) :]]
        named = [label for label in labels if label and not is_placeholder(label)]
        if not named:
            return self._unlabelled(texts, code)
        if _NOTE_LABEL.fullmatch(compact(named[0])):
            return Row((_plain(named[0]),), code)
        if is_note(named[0]):
            return Row(())
        total = named[0] if is_total(named[0]) else self._total_before(texts)
        if total:
            self._stack, self._parent = [], total
            return Row((_plain(total),), code, total=True)
        subject = _CODE.fullmatch(code) is not None and not self._serial
        if len(self._labels) > 1 and not subject:
            return self._filled_down(labels, code)
        if subject:
            return self._coded(code, named)
        return self._numbered(code, named, included)

    def _total_before(self, texts: Sequence[str]) -> str:
        """合计 in a column of dates, where that of names has 8场; "" in any other row."""
        first = min(self._labels, default=0)
        opening = next((index for index, text in enumerate(texts) if compact(text)), first)
        before = opening < first and SUM_WORD.fullmatch(compact(texts[opening]))
        return texts[opening] if before else ""

    def _unlabelled(self, texts: Sequence[str], code: str) -> Row:
        if len(self._labels) > 1 and any(texts):
            return Row(tuple(label for label in self._filled if label), code)
        return Row((), code)

    def _coded(self, code: str, named: Sequence[str]) -> Row:
        """201 > 20103 > 2010301: the path of the names."""
        name = _plain(named[-1])
        self._names[code] = name
        above = [self._names[code[:n]] for n in range(3, len(code)) if code[:n] in self._names]
        return Row((*above, name), code)

    def _filled_down(self, labels: Sequence[str], code: str) -> Row:
        """一级指标 > 二级指标 > 三级指标, blanks taking the label above."""
        deepest = max(i for i, label in enumerate(labels) if label)
        for index, label in enumerate(labels):
            if label:
                self._filled[index] = "" if is_placeholder(label) else label
                if index < deepest or label:
                    self._filled[index + 1 :] = [""] * (len(labels) - index - 1)
        path = tuple(_plain(label) for label in self._filled if label)
        own = next((label for label in reversed(labels) if label), "")
        return Row(path, code, is_total(own))

    def _numbered(self, code: str, named: Sequence[str], included: bool) -> Row:
        """一 > （一） > 1: rows nest by their numbers; 其中 and its parts under the row above."""
        printed = code or named[0]
        marker = read_marker(printed) or (read_marker(printed + "、") if code else None)
        label = _plain(named[-1])
        total = is_total(label)
        opens = INCLUDING.match(named[0])
        if included or (opens and opens.end() < len(named[0])):
            return self._checked((*self._above(), self._parent, label), code, total, numbered=True)
        if marker and marker.style in _NUMBERED:
            style = marker.style
            styles = [known for known, _ in self._stack]
            if style in styles:
                del self._stack[styles.index(style) :]
            path = (*(name for _, name in self._stack), label)
            self._stack.append((style, label))
            self._parent = label
            number = code or printed[: marker.length].strip(" 、.．)）(（")
            return self._checked(path, number, total, numbered=True)
        self._stack = []
        self._parent = label
        return self._checked((label,), code, total, numbered=False)

    def _above(self) -> tuple[str, ...]:
        names = tuple(name for _, name in self._stack)
        return names[:-1] if names and names[-1] == self._parent else names

    def _checked(self, path: tuple[str, ...], code: str, total: bool, numbered: bool) -> Row:
        """A label that comes back belongs under the last row that was new, as its part."""
        path = tuple(label for label in path if label)
        if path in self._seen and self._unnumbered and not total and not numbered:
            path = (self._unnumbered, *path)
        elif not numbered and not total:
            self._unnumbered = path[-1]
        self._seen[path] = True
        return Row(path, code, total)


def _plain(label: str) -> str:
    """A label without its list number and 其中."""
    text = label
    included = INCLUDING.match(text)
    if included and included.end() < len(text):
        text = text[included.end() :]
    marker = read_marker(text)
    if marker and marker.style != "part" and marker.length < len(text):
        text = text[marker.length :]
    return tidy(text)


def nested_rows(
    outer: Sequence[Row], names: Sequence[str], own: Sequence[bool], valued: Sequence[bool]
) -> tuple[list[Row], list[Row]]:
    """Rows of a table whose indicators get finer in a later column.

    Args:
        outer: the rows as the labels on the left name them.
        names: each row's text in the later column.
        own: whether the row's innermost label on the left is printed in the row itself.
        valued: whether figures stand in the row left of the later column.

    Returns:
        The rows for the columns before the later column, and for those from it on. A row with
        figures but without a label of its own on the left is a sibling of the rows above it.
    """
    left: list[Row] = []
    right: list[Row] = []
    for row, name, has_own, has_value in zip(outer, names, own, valued, strict=True):
        label = "" if is_placeholder(name) else _plain(name)[:_MAX_LABEL]
        sibling = has_value and not has_own
        above = row.path[:-1] if sibling else row.path
        inner = Row((*above, label), row.code, is_total(label))
        inner = inner if label and not row.total else row
        right.append(inner)
        left.append(inner if sibling else row)
    return left, right
