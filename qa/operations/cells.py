"""What a table says in words about a row that the question quotes: its target, how far it has come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import Cell, Document, Role, Table
from qa.drafts import Draft
from qa.model import Source
from qa.operations.context import Context
from qa.words.matching import squeeze

_QUOTED = re.compile(r"[“\"]([^”\"]{3,40})[”\"]")
_OPEN = re.compile(
    r"(?:是|为|写|填|定|设)(?:的|了|成)*(?:是)?(?:什么|啥|怎样|怎么)|(?:什么|啥|怎么样?|如何)\s*[?。]?$"
)
# Headers of the columns that say what is asked.
_HEADERS = {
    Role.TARGET: re.compile(r"指标值|目标值|预期|年初设定|绩效目标|计划"),
    Role.ACTUAL: re.compile(r"完成情况|实际完成|完成值|实现情况|达成情况"),
}
_NUMBERLESS = re.compile(r"[一-鿿]{3}")  # a cell of words; a bare amount is a figure


def named_cell(context: Context) -> Draft | None:
    """The words of the cells in the row and column asked for, where all tables agree on them."""
    plan = context.plan
    role = plan.targets[0].role if plan.targets else None
    names = [squeeze(match[1]) for match in _QUOTED.finditer(plan.text)]
    header = _HEADERS.get(role) if role is not None else None
    if header is None or not names or plan.targets[0].dimension or not _OPEN.search(plan.text):
        return None
    keys = plan.asked_parts
    said: dict[str, str] = {}
    draft = Draft(phrase=" ".join(names))
    who = ""
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        for table, row, column, cell in _cells(document, parts, names, header):
            words = "".join(cell.text.split())
            said.setdefault(squeeze(words), words)
            part = document.part_of(table.block)
            who = f"{part.entity.value}{part.year}年"
            draft.citations.append(_source(document, table, row, column, cell))
    if len(said) != 1:
        return None
    label = "指标值" if role is Role.TARGET else "完成情况"
    draft.text = f"{who}“{names[0]}”{label}：{next(iter(said.values()))}。"
    return draft


def _cells(
    document: Document, parts: set[int], names: list[str], header: re.Pattern[str]
) -> Iterator[tuple[Table, int, int, Cell]]:
    for table in document.tables:
        if document.part_of(table.block).no not in parts:
            continue
        columns = [n for n, c in enumerate(table.columns) if header.search(" ".join(c.path[-1:]))]
        for row, cells in enumerate(table.rows):
            for column in columns:
                path = table.row_at(row, column).path
                cell = cells[column]
                named = bool(path) and squeeze(path[-1]) in names
                if named and cell.spans and _NUMBERLESS.search(squeeze(cell.text)):
                    yield table, row, column, cell


def _source(document: Document, table: Table, row: int, column: int, cell: Cell) -> Source:
    start, end = cell.spans[0][0], cell.spans[-1][1]
    return Source(
        report=document.name,
        quote=document.text[start:end],
        start=start,
        end=end,
        page=document.blocks[table.block].page,
        table=table.title or f"第 {table.no + 1} 个表",
        row=" / ".join(table.row_at(row, column).path) or None,
        column=" / ".join(table.columns[column].path) or None,
    )
