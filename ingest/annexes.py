"""Where the reports inside a report start and end: annexed reports, and forms in a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.form_titles import banner, numbered_project, project_in_form
from ingest.markers import is_annex, is_report_title, is_title_like
from ingest.model import Block, BlockKind, Section, Table
from ingest.text import compact, tidy

_MIN_PART = 3  # blocks: fewer are a list of annexes, not a report
_FORM_REACH = 6  # rows at the top of a form in which it names its project
_CAPTIONS = 3  # lines between a form's title and its table
_FORM_KEYS = ("项目名称", "项目(专项)名称", "专项名称", "政策名称")


class Inner(NamedTuple):
    """The blocks ``start <= no < end`` of a report inside the report.

    `form` says that it is one of several forms, each about a project of its own.
    """

    start: int
    end: int
    form: bool


def inner_reports(
    blocks: Sequence[Block], tables: Sequence[Table], sections: Sequence[Section]
) -> list[Inner]:
    """The reports inside a report, in order of their place."""
    starts = _annexed_starts(blocks)
    ends = [*starts[1:], len(blocks)]
    annexed = [Inner(start, end, False) for start, end in zip(starts, ends, strict=False)]
    forms = _numbered_forms(blocks) or _forms(blocks, tables, sections)
    apart = [f for f in forms if not any(a.start <= f.start < a.end for a in annexed)]
    return sorted([*annexed, *apart])


def _annexed_starts(blocks: Sequence[Block]) -> list[int]:
    """The blocks (附件 lines or titles) at which annexed reports start."""
    starts: list[int] = []
    first = next((b.no for b in blocks if b.kind is not BlockKind.TITLE), 0)
    for block in blocks:
        if block.no <= first or block.kind is not BlockKind.TITLE:
            continue
        if not _ends_report_title(blocks, block.no) or len(blocks) - block.no < _MIN_PART:
            continue
        start = block.no
        while start > first and blocks[start - 1].kind is BlockKind.TITLE:
            start -= 1
        if not starts or start - starts[-1] >= _MIN_PART:
            starts.append(start)
    return starts


def _ends_report_title(blocks: Sequence[Block], no: int) -> bool:
    """True when the title lines up to block `no` name an evaluation report."""
    lines = [blocks[no].text]
    for before in reversed(blocks[max(no - 3, 0) : no]):
        if before.kind is not BlockKind.TITLE or is_annex(before.text):
            break
        lines.insert(0, before.text)
    return is_report_title("".join(lines))


def _numbered_forms(blocks: Sequence[Block]) -> list[Inner]:
    """Forms under 项目一 …, 项目二 …, lines of their own with a table below each."""
    lines = (b for b in blocks if b.text and b.kind is not BlockKind.CONTENTS)
    found = [(b.no, named[0]) for b in lines if (named := numbered_project(b.text)) is not None]
    starts = [no for no, _ in found]
    ends = [*starts[1:], len(blocks)]
    held = all(
        any(block.kind is BlockKind.TABLE for block in blocks[start:end])
        for start, end in zip(starts, ends, strict=False)
    )
    if len(found) < 2 or [number for _, number in found] != list(range(1, len(found) + 1)):
        return []
    return [Inner(a, b, True) for a, b in zip(starts, ends, strict=True)] if held else []


def _forms(
    blocks: Sequence[Block], tables: Sequence[Table], sections: Sequence[Section]
) -> list[Inner]:
    """Forms of a row that name projects of their own; none where only one project is named."""
    named = [
        (table, name)
        for table in tables
        if (name := _form_project(table) or _titled_project(table, blocks))
    ]
    if len({name for _, name in named}) < 2:
        return []
    starts = [_form_start(blocks, table.block) for table, _ in named]
    found: list[Inner] = []
    for start, following in zip(starts, [*starts[1:], len(blocks)], strict=True):
        own = blocks[start].section
        end = start + 1
        while end < following and _within(sections, blocks[end].section, own):
            end += 1
        found.append(Inner(start, end, True))
    return found


def _form_project(table: Table) -> str:
    for row in (*table.header[:_FORM_REACH], *table.rows[:_FORM_REACH]):
        cells = [cell.text for cell in row if cell.text]
        for name, value in pairwise(cells):
            if compact(name).rstrip(":") in _FORM_KEYS and len(cells) in (2, 4, 6):
                return compact(value)
    return ""


def _titled_project(table: Table, blocks: Sequence[Block]) -> str:
    """The project that the title in a form's first row names, where the form opens a sheet."""
    above = blocks[table.block - 1] if table.block else None
    title = banner(table) if above is not None and above.kind is BlockKind.HEADING else None
    return compact(project_in_form(title.text)) if title is not None else ""


def _form_start(blocks: Sequence[Block], table: int) -> int:
    """The title of the form above its table, or the table."""
    start = table
    while start and table - start < _CAPTIONS and _heads_form(blocks[start - 1]):
        start -= 1
        if is_title_like(tidy(blocks[start].text)):
            return start
    above = blocks[start - 1] if start else None
    titled = above is not None and above.kind in (BlockKind.HEADING, BlockKind.TITLE)
    if above is not None and titled and is_title_like(tidy(above.text)):
        return above.no
    return start


def _heads_form(block: Block) -> bool:
    """True for lines between a form's title and its table, and for a title's lower lines."""
    return block.kind in (BlockKind.CAPTION, BlockKind.TITLE)


def _within(sections: Sequence[Section], section: int, outer: int) -> bool:
    """True when a section is `outer` or stands below it."""
    current: int | None = section
    while current is not None:
        if current == outer:
            return True
        current = sections[current].parent
    return False
