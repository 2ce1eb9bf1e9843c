"""Where the reports inside a report start and end: annexed reports, and forms in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.identity.names import unit_in_title
from ingest.identity.stated_names import (
    UNIT_KEYS,
    facts_stated,
    form_project,
    pairs_in_line,
    project_stated,
)
from ingest.model import Block, BlockKind, Section, Table
from ingest.reading.text import compact, tidy
from ingest.structure.markers import is_annex, is_report_title, is_title_like, read_marker
from ingest.tables.form_titles import (
    banner,
    named_by_sheet,
    numbered_project,
    project_in_form,
    says_form,
    without_kind,
)

_MIN_PART = 3  # blocks: fewer are a list of annexes, not a report
_ALIKE = 6  # characters that two names of one project have in common, in one piece
_CAPTIONS = 3  # lines over a form's table where no title is among them
_LINE = 90  # characters of a line in a form's head
_HEAD = 7  # blocks above a form's table that may be its head
_COVER = 8  # lines above the title of a file: its number, the firm
_WHOLE = re.compile(r"整体.{0,12}自?评.{0,4}表(?:[(（].{1,12}[)）])?$")


class Inner(NamedTuple):
    """The blocks ``start <= no < end`` of a report inside the report.

    `form` says that it is one of several forms, each about a project of its own: `project`.
    """

    start: int
    end: int
    form: bool
    project: str = ""


def inner_reports(
    blocks: Sequence[Block], tables: Sequence[Table], sections: Sequence[Section]
) -> list[Inner]:
    """The reports inside a report, in order of their place."""
    starts = _annexed_starts(blocks)
    ends = [*starts[1:], len(blocks)]
    annexed = [
        each
        for start, end in zip(starts, ends, strict=False)
        for each in _with_next_annex(Inner(start, end, False), blocks, tables)
    ]
    forms = _numbered_forms(blocks) or _forms(blocks, tables, sections)
    apart = [f for f in forms if not any(a.start <= f.start < a.end for a in annexed)]
    return sorted([*annexed, *apart])


def _with_next_annex(
    report: Inner, blocks: Sequence[Block], tables: Sequence[Table]
) -> list[Inner]:
    """An annexed report, up to the next annex (附件2) where that is a form about another project."""
    own = compact("".join(b.text for b in blocks[report.start : report.start + _CAPTIONS]))
    for block in blocks[report.start + _MIN_PART : report.end]:
        if block.kind is not BlockKind.TITLE or not is_annex(block.text):
            continue
        near = (t for t in tables if block.no < t.block <= min(block.no + _HEAD, report.end - 1))
        table = next(near, None)
        project = _project_of(table, blocks) if table is not None else ""
        stretches = (project[at : at + _ALIKE] for at in range(max(len(project) - _ALIKE, 0) + 1))
        if project and not any(each in own for each in stretches):
            return [report._replace(end=block.no), Inner(block.no, report.end, True, project)]
    return [report]


def _annexed_starts(blocks: Sequence[Block]) -> list[int]:
    """The blocks (附件 lines or titles) at which annexed reports start."""
    starts: list[int] = []
    first = _first_text(blocks)
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


def _first_text(blocks: Sequence[Block]) -> int:
    """The first block behind the file's own title, which a cover may have lines above."""
    above = next((b.no for b in blocks if b.kind is BlockKind.TITLE), len(blocks))
    plain = all(b.kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION) for b in blocks[:above])
    start = above if plain and above <= _COVER else 0
    return next((b.no for b in blocks[start:] if b.kind is not BlockKind.TITLE), 0)


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
    """Forms of a row that name projects of their own, or units; none where only one is named."""
    named = [(table, name) for table in tables if (name := _project_of(table, blocks))]
    if len({name for _, name in named}) < 2:
        rated = [(table, unit) for table in tables if (unit := _unit_rated(table, blocks))]
        if len({unit for _, unit in rated}) < 2:
            return []
        named = [(table, "") for table, _ in rated]
    starts = [_form_start(blocks, table.block) for table, _ in named]
    found: list[Inner] = []
    ends = [*starts[1:], len(blocks)]
    for start, following, (_, name) in zip(starts, ends, named, strict=True):
        own = blocks[start].section
        end = start + 1
        while end < following and _within(sections, blocks[end].section, own):
            end += 1
        found.append(Inner(start, end, True, name))
    return found


def _project_of(table: Table, blocks: Sequence[Block]) -> str:
    """The project of a form: stated in it or above it, else named by its title or its sheet."""
    lines = _lines_above(table, blocks)
    stated = (project_stated(pairs_in_line(block)) for block in lines)
    name = form_project(table) or next((compact(fact.value) for fact in stated if fact), "")
    return name or _titled_project(table, lines)


def _unit_rated(table: Table, blocks: Sequence[Block]) -> str:
    """The unit that a form about a whole unit names, or ""."""
    lines = _lines_above(table, blocks)
    cell = banner(table)
    titles = [*(block.text for block in lines), *([cell.text] if cell is not None else ())]
    if not any(_WHOLE.search(compact(title)) for title in titles):
        return ""
    stated = facts_stated(lines, [table], UNIT_KEYS)
    return compact(stated[0].value) if stated else ""


def _lines_above(table: Table, blocks: Sequence[Block]) -> list[Block]:
    """The lines above a form's table down from its heading, or from the table before."""
    head: list[Block] = []
    for block in reversed(blocks[max(table.block - _HEAD, 0) : table.block]):
        if block.kind is BlockKind.TABLE or len(block.text) > 160:
            break
        head.insert(0, block)
        if block.kind is BlockKind.HEADING:
            break
    return head


def _titled_project(table: Table, head: Sequence[Block]) -> str:
    """The project that the titles of a form name, else the sheet that it stands in."""
    cell = banner(table)
    titles = [*([tidy(cell.text)] if cell is not None else ()), *(tidy(b.text) for b in head)]
    titles = [_NUMBERED.sub("", title) for title in titles]
    if not head or head[0].kind not in (BlockKind.HEADING, BlockKind.TITLE):
        return ""
    if cell is not None and head[-1].kind is BlockKind.HEADING and project_in_form(titles[0]):
        return compact(project_in_form(titles[0]))
    forms = [title for title in titles if says_form(title)]
    named = next(
        (name for title in forms if (name := project_in_form(title) or _called(title))), ""
    )
    below = next((tidy(b.text)[2:] for b in head if b.text.startswith("——")), "")
    return compact(named or (below or named_by_sheet(tidy(head[0].text)) if forms else ""))


# 表2 项目支出绩效自评表 is no form of a project “表2项目”.
_NUMBERED = re.compile(r"^附?表\s*[\d一二三四五六七八九十]+(?:[-—.]\d+)?[\s、.:：]*")


def _called(title: str) -> str:
    """The project that a form's title opens with: 附件1 河道保洁绩效自评表."""
    rest = without_kind(title)
    unit = unit_in_title(rest)
    return "" if rest == title else named_by_sheet(rest[len(unit) :] if unit else rest)


def _form_start(blocks: Sequence[Block], table: int) -> int:
    """The title of the form above its table, else the first of the lines over the table."""
    for block in reversed(blocks[max(table - _HEAD, 0) : table]):
        if block.kind is BlockKind.TABLE or len(block.text) > _LINE:
            break
        if is_title_like(tidy(block.text)):
            return block.no
        if block.kind is BlockKind.HEADING and read_marker(block.text) is None:
            break
    start = table
    while start and table - start < _CAPTIONS and _heads_form(blocks[start - 1]):
        start -= 1
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
