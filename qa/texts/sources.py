"""Every list that a report holds: numbered headings, running text, columns of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.model import BlockKind, ColumnRole, Table
from qa.texts.enumerations import marked_lists, stated_count
from qa.texts.index import Index, split_clauses
from qa.texts.listing import RUN_ON, ListSource, heads, item_span
from qa.texts.model import Place
from qa.texts.outline import Node
from qa.texts.running import running_lists
from qa.texts.terms import squeezed

_GROUP = re.compile(r"^[一二三四五六七八九十]{1,3}$|^[（(][一二三四五六七八九十]{1,3}[)）]$")


@lru_cache(maxsize=64)
def list_sources(index: Index) -> tuple[ListSource, ...]:
    """All lists of the report, in reading order."""
    found = [*_of_outline(index), *running_lists(index)]
    for table in index.document.tables:
        found.extend(_of_columns(index, table))
        found.extend(_of_groups(index, table))
        found.extend(_of_values(index, table))
    return tuple(sorted(found, key=lambda s: (s.quote.block, s.quote.start)))


# ------------------------------------------------------------------ numbered headings and items


def _of_outline(index: Index) -> Iterator[ListSource]:
    by_parent: dict[int, list[Node]] = {}
    for node in index.outline.nodes:
        if node.parent is not None:
            by_parent.setdefault(node.parent, []).append(node)
    for node in index.outline.nodes:
        children = by_parent.get(node.no, [])
        if children:
            if len(children) > 1 or not _goes_on(index, children[0]):
                yield from _headings(index, node, children)
        elif node.last > node.first + 1:
            yield from _paragraphs(index, node)


def _goes_on(index: Index, node: Node) -> bool:
    """True when the only child's paragraph holds the further entries too (一是…二是…)."""
    text = index.document.blocks[node.first].text
    return node.style in RUN_ON and bool(marked_lists(text, 0, len(text)))


def _headings(index: Index, node: Node, children: list[Node]) -> Iterator[ListSource]:
    """One list for each run of the numbers: one that starts again at one is another list."""
    for run in _number_runs(children):
        style = run[0].style
        ordinals = [child.ordinal for child in run]
        names = [place for child in run if (place := _run_in_name(index, child)) is not None]
        named = len(run) > 1 and len(names) == len(run)
        intro = _intro_before(index, node, run)
        yield ListSource(
            owner=squeezed(f"{node.title}\n{intro}" if intro else node.title),
            label=heads(index, node.first),
            quote=_heading_place(index, node) if run[0] is children[0] else item_of(index, run[0]),
            items=tuple(names) if named else tuple(item_of(index, child) for child in run),
            part=index.parts[node.first],
            complete=ordinals == list(range(1, len(run) + 1)) or style in ("plain", "title"),
            kind="headings",
            node=node.no,
        )


def _number_runs(children: list[Node]) -> Iterator[list[Node]]:
    """Children whose numbers of one style count on; a later run needs two entries to be a list."""
    style = children[0].style
    runs: list[list[Node]] = [[]]
    for child in children:
        if child.style != style:
            continue
        if runs[-1] and child.ordinal == 1 and style not in ("plain", "title"):
            runs.append([child])
        elif not runs[-1] or child.ordinal > runs[-1][-1].ordinal or style in ("plain", "title"):
            runs[-1].append(child)
    yield runs[0]
    yield from (run for run in runs[1:] if len(run) > 1)


_LONGEST_INTRO = 80


def _intro_before(index: Index, node: Node, run: list[Node]) -> str:
    """The paragraph right before a list that announces it: by a colon, or by its number of entries."""
    before = index.document.blocks[max(run[0].first - 1, 0)]
    if run[0].first - 1 <= node.first or before.kind is not BlockKind.PARAGRAPH:
        return ""
    sentences = [part for part in re.split("(?<=[。；])", before.text.strip()) if part.strip()]
    told = next((s for s in sentences if stated_count(s) == len(run)), "")
    last = sentences[-1] if sentences and before.text.rstrip().endswith(("：", ":")) else told
    return last if len(last) <= _LONGEST_INTRO else ""


def _heading_place(index: Index, node: Node) -> Place:
    text = index.document.blocks[node.first].text
    spans = split_clauses(text)
    return Place(node.first, *(spans[0] if spans else (0, len(text))))


def item_of(index: Index, node: Node) -> Place:
    """The entry that a numbered heading or paragraph makes: its first sentence, number left off."""
    text = index.document.blocks[node.first].text
    return Place(node.first, *item_span(text, node.text_start, len(text)))


def _run_in_name(index: Index, node: Node) -> Place | None:
    """``（1）培训场数：…``: the name before the colon."""
    text = index.document.blocks[node.first].text
    name = re.compile(r"\s*([^：:。；，,]{2,40})[：:](?=\s*\S)").match(text, node.text_start)
    return Place(node.first, *name.span(1)) if name else None


def _paragraphs(index: Index, node: Node) -> Iterator[ListSource]:
    """The plain paragraphs under a heading without numbered entries."""
    blocks = [
        block
        for block in index.document.blocks[node.first + 1 : node.last]
        if block.kind is BlockKind.PARAGRAPH and block.text.strip()
    ]
    if not blocks:
        return
    items = tuple(Place(b.no, *item_span(b.text, 0, len(b.text))) for b in blocks)
    yield ListSource(
        owner=squeezed(node.title),
        label=heads(index, node.first),
        quote=_heading_place(index, node),
        items=items,
        part=index.parts[node.first],
        complete=True,
        kind="paragraphs",
        node=node.no,
    )


# ------------------------------------------------------------------------------------- tables


def _of_columns(index: Index, table: Table) -> Iterator[ListSource]:
    for c, column in enumerate(table.columns):
        told = column.role is ColumnRole.TEXT and bool(_TOLD.search("".join(column.path[-1:])))
        if column.role is not ColumnRole.LABEL and not told:
            continue
        items: list[Place] = []
        seen: set[str] = set()
        for r, row in enumerate(table.rows):
            text = row[c].text.strip()
            is_group = any(_GROUP.match(cell.text.strip()) for cell in row[:c])
            if (
                text
                and squeezed(text) not in seen
                and not table.row_infos[r].total
                and not is_group
            ):
                seen.add(squeezed(text))
                items.append(Place(table.block, 0, len(row[c].text), table.no, r, c))
        if len(items) >= 2:
            heading = (table.title, _intro_of(index, table), "".join(column.path))
            owner = "\n".join(squeezed(part) for part in heading if part)
            yield ListSource(
                owner, heads(index, table.block), items[0], tuple(items),
                index.parts[table.block], True, "column",
            )  # fmt: skip


# Headers of columns whose cells are the entries of a section of that kind.
_TOLD = re.compile(
    r"^(?:主要|存在的?|相关|有关)*(?:问题|建议|措施|改进措施|整改措施|经验|做法|不足)$"
)


def _intro_of(index: Index, table: Table) -> str:
    """The paragraph that announces a table by a colon: ``编制范围的单位共4个：``."""
    before = index.document.blocks[table.block - 1] if table.block else None
    if before is None or before.kind is not BlockKind.PARAGRAPH:
        return ""
    text = before.text.strip()
    return text if text.endswith(("：", ":")) and len(text) <= _LONGEST_INTRO else ""


def _of_groups(index: Index, table: Table) -> Iterator[ListSource]:
    """What stands under each outer label: its next labels, and its innermost ones."""
    below: dict[tuple[str, str], dict[str, Place]] = {}  # (outer label, header) → name → cell
    for r, info in enumerate(table.row_infos):
        path = info.path
        if len(path) < 2 or info.total:
            continue
        for depth, outer in enumerate(path[:-1]):
            for inner in dict.fromkeys((path[depth + 1], path[-1])):
                place = _cell_of(table, r, inner)
                if place is not None and place.column is not None:
                    header = "\n".join(table.columns[place.column].path)
                    below.setdefault((outer, header), {}).setdefault(inner, place)
    title = squeezed(table.title) + "\n" + heads(index, table.block)
    for (outer, header), named in below.items():
        items = tuple(named.values())
        yield ListSource(
            owner=squeezed(outer),
            label=squeezed(header.replace("\n", "")) + "\n" + title,
            quote=items[0],
            items=items,
            part=index.parts[table.block],
            complete=True,
            kind="group",
        )


_SHORT_VALUE = re.compile("[\u4e00-\u9fff]{2,12}")
_REPEATED = 2  # rows that share a value


def _of_values(index: Index, table: Table) -> Iterator[ListSource]:
    """The rows that a column gives one value: the estates of a town in the column of towns."""
    names = [c for c, column in enumerate(table.columns) if column.role is ColumnRole.LABEL]
    if len(names) != 1:
        return
    title = squeezed(table.title) + "\n" + heads(index, table.block)
    header = squeezed("".join(table.columns[names[0]].path))
    rows = [r for r, info in enumerate(table.row_infos) if not info.total]
    for c, column in enumerate(table.columns):
        texts = {r: table.rows[r][c].text.strip() for r in rows}
        if column.role is not ColumnRole.TEXT or not all(
            _SHORT_VALUE.fullmatch(text) for text in texts.values()
        ):
            continue
        for value in dict.fromkeys(texts.values()):
            named = [r for r in rows if texts[r] == value and table.rows[r][names[0]].text.strip()]
            items = tuple(
                Place(table.block, 0, len(table.rows[r][names[0]].text), table.no, r, names[0])
                for r in named
            )
            if len(items) >= _REPEATED:
                told = Place(
                    table.block, 0, len(table.rows[named[0]][c].text), table.no, named[0], c
                )
                yield ListSource(
                    squeezed(value), f"{header}\n{title}", told, items,
                    index.parts[table.block], True, "group",
                )  # fmt: skip


def _cell_of(table: Table, row: int, name: str) -> Place | None:
    """The cell that shows a label of the row; it may stand in a row above (merged cells)."""
    wanted = squeezed(name)
    for r in range(row, -1, -1):
        for c, cell in enumerate(table.rows[r]):
            label = table.columns[c].role is ColumnRole.LABEL
            if label and cell.text and squeezed(cell.text) == wanted:
                return Place(table.block, 0, len(cell.text), table.no, r, c)
    return None
