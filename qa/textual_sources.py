"""Every list that a report holds: numbered headings, enumerations in sentences, columns of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.model import BlockKind, ColumnRole, Table
from qa.textual_enumerations import marked_entries, plain_entries, stated_count
from qa.textual_index import Index, split_clauses, trim
from qa.textual_model import Place
from qa.textual_outline import Node, read_mark
from qa.textual_terms import squeezed

_INTRO = re.compile(
    r"内设(?:机构|科室|处室)?(?:有|包括|为)?[:：]?|下辖|(?:分别|具体|主要"
    r"|各自)?(?:包括|包含|涵盖|涉及|下设|设有|设置了?|分为|划分为|分成"
    r"|组成部分有|内容有)(?:了)?(?:以下)?(?:[^，。；：:、“”]{0,12}?[:：])?"
    r"|(?:分别|具体|主要)(?:是|为|有|如下)[:：]?|(?:如下|以下)[^，。；]{0,10}[:：]"
    r"|(?:问题(?:及原因)?|措施|建议|做法|经验|不足|职责|内容|任务|成效|亮点"
    r"|用途|工作)(?:主要)?(?:是|有|为|如下|包括)[:：]?|(?:主要)?用于"
    r"|[\u4e00-\u9fff][:：](?=[^：:。；]{1,60}[、；;])"
)
_MEASURES = re.compile("问题|措施|建议|做法|经验|不足|任务|成效")
_BRACKETED = re.compile(
    r"(?P<count>(?:\d{1,2}|[一二两三四五六七八九十])\s*(?:个|项|类|家|种"
    r"|名))[^，。；：（）()\d]{1,16}[（(](?!分为|包括|包含|即|含|其中|以下"
    r"|简称|由|主要)(?P<inside>[^（）()]{2,120}(?:（[^（）]*）[^（）()]*)?)[)）"
    r"]"
)
_GROUP = re.compile(r"^[一二三四五六七八九十]{1,3}$|^[（(][一二三四五六七八九十]{1,3}[)）]$")
_MAX_ITEM = 120
_RUN_ON = ("is", "circled", "first")  # numbers that go on inside a paragraph


@dataclass(frozen=True, slots=True)
class ListSource:
    """A list of a report: what it is a list of, its entries, and how sure its extent is."""

    owner: str  # squeezed: the words that introduce it
    label: str  # squeezed: headings or the table's title
    quote: Place  # introduction, or heading, in the report
    items: tuple[Place, ...]
    part: int
    complete: bool
    kind: str  # "headings", "marked", "inline", "column", "group", "paragraphs"
    node: int | None = None


@lru_cache(maxsize=64)
def list_sources(index: Index) -> tuple[ListSource, ...]:
    """All lists of the report, in reading order."""
    found = [*_of_outline(index), *_of_prose(index)]
    for table in index.document.tables:
        found.extend(_of_columns(index, table))
        found.extend(_of_groups(index, table))
    return tuple(sorted(found, key=lambda s: (s.quote.block, s.quote.start)))


def heads(index: Index, block: int) -> str:
    """Squeezed headings around a block."""
    document = index.document
    section = document.section_path(document.blocks[block].section)
    return squeezed("\n".join((*section, *index.outline.titles(block))))


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
                yield _headings(index, node, children)
        elif node.last > node.first + 1:
            yield from _paragraphs(index, node)


def _goes_on(index: Index, node: Node) -> bool:
    """True when the only child's paragraph holds the further entries too (一是…二是…)."""
    text = index.document.blocks[node.first].text
    return node.style in _RUN_ON and marked_entries(text, 0, len(text)) is not None


def _headings(index: Index, node: Node, children: list[Node]) -> ListSource:
    style = children[0].style
    run: list[Node] = []
    for child in children:
        if child.style == style and (not run or child.ordinal > run[-1].ordinal):
            run.append(child)
    ordinals = [child.ordinal for child in run]
    names = [place for child in run if (place := _run_in_name(index, child)) is not None]
    named = len(run) > 1 and len(names) == len(run)
    items = tuple(names) if named else tuple(item_of(index, child) for child in run)
    return ListSource(
        owner=squeezed(node.title),
        label=heads(index, node.first),
        quote=_heading_place(index, node),
        items=items,
        part=index.parts[node.first],
        complete=ordinals == list(range(1, len(run) + 1)) or style in ("plain", "title"),
        kind="headings",
        node=node.no,
    )


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


def item_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The first sentence of an entry, without its final stop."""
    start, end = trim(text, start, end)
    stop = re.compile(r"[。！？]").search(text, start + 2, end)
    high = stop.start() if stop else end
    while high > start and text[high - 1] in "；;。：:，, ":
        high -= 1
    return start, high


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


# --------------------------------------------------------------------- enumerations in sentences


def _of_prose(index: Index) -> Iterator[ListSource]:
    for block in index.document.blocks:
        if not block.text or block.kind is BlockKind.CONTENTS:
            continue
        mark = read_mark(block.text)
        start = mark.end if mark and mark.style not in _RUN_ON else 0
        yield from _marked(index, block.no, start)
        yield from _introduced(index, block.no, start)
        yield from _bracketed(index, block.no)
    for table in index.document.tables:
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                entries = (
                    marked_entries(cell.text, 0, len(cell.text)) if len(cell.text) > 12 else None
                )
                if entries is None:
                    continue
                label = squeezed("\n".join((*table.row_at(r, c).path, *table.columns[c].path)))
                items = tuple(
                    Place(table.block, *item_span(cell.text, *s), table.no, r, c)
                    for s in entries.spans
                )
                yield ListSource(
                    squeezed(cell.text[: entries.spans[0][0]]) + "\n" + label,
                    label + "\n" + squeezed(table.title),
                    Place(table.block, 0, len(cell.text), table.no, r, c),
                    items,
                    index.parts[table.block],
                    entries.contiguous,
                    "marked",
                )


def _marked(index: Index, block: int, start: int) -> Iterator[ListSource]:
    text = index.document.blocks[block].text
    entries = marked_entries(text, start, len(text))
    if entries is None:
        return
    first = entries.spans[0][0]
    intro = text[start:first]
    path = [n for n in index.outline.paths[block] if index.outline.nodes[n].style not in _RUN_ON]
    node = path[-1] if path else None
    titles = tuple(index.outline.nodes[n].title for n in path)
    owner = squeezed(intro)
    opens = node is not None and block <= index.outline.nodes[node].first + 1
    if titles and (len(owner) < 12 or (opens and first - start < 0.4 * (len(text) - start))):
        owner = squeezed(titles[-1]) + "\n" + owner  # the list is what its heading is about
    count = stated_count(intro[-40:])
    complete = entries.contiguous and count in (None, len(entries.spans))
    yield ListSource(
        owner=owner,
        label=heads(index, block),
        quote=Place(block, *trim(text, start, entries.spans[-1][1])),
        items=tuple(Place(block, *item_span(text, *span)) for span in entries.spans),
        part=index.parts[block],
        complete=complete,
        kind="marked",
        node=node,
    )


def _introduced(index: Index, block: int, start: int) -> Iterator[ListSource]:
    text = index.document.blocks[block].text
    for low, high in _sentences(text, start):
        yield from _in_sentence(index, block, (low, high), low, high)


def _in_sentence(
    index: Index, block: int, sentence: tuple[int, int], low: int, high: int
) -> Iterator[ListSource]:
    """Lists that words such as 包括 introduce inside ``text[low:high]``."""
    text = index.document.blocks[block].text
    at = low
    while intro := _INTRO.search(text, at, high):
        at = intro.end()
        before = text[sentence[0] : intro.start()]
        count = _count_near(text, text[low : intro.start()], intro, high)
        measures = bool(_MEASURES.search(intro.group()))
        entries = plain_entries(text, intro.end(), high, count, measures)
        if entries is None or any(b - a > _MAX_ITEM for a, b in entries.spans):
            continue
        tail = re.split("[，。；]", text[entries.spans[-1][1] : high])[0][:24]
        yield ListSource(
            owner=squeezed(_introduction(text, low, intro) + "\n" + tail),
            label=heads(index, block) + "\n" + squeezed(before),
            quote=Place(block, *trim(text, *sentence)),
            items=tuple(Place(block, *span) for span in entries.spans),
            part=index.parts[block],
            complete=count in (None, len(entries.spans)) and not entries.open_ended,
            kind="inline",
        )
        for item in entries.spans:
            yield from _in_sentence(index, block, sentence, *item)
        at = max(at, entries.spans[-1][1])


def _bracketed(index: Index, block: int) -> Iterator[ListSource]:
    """``取消2个子项目（A及B）``: a counted noun, and its members in brackets."""
    text = index.document.blocks[block].text
    for match in _BRACKETED.finditer(text):
        count = stated_count(match["count"])
        inside = plain_entries(text, *match.span("inside"), count)
        spans = inside.spans if inside is not None else (match.span("inside"),)
        stop = re.compile("[。；]").search(text, match.end())
        start = max((text.rfind(mark, 0, match.start()) for mark in "。；"), default=-1) + 1
        clause = _clause_start(text, start, match.start("count"))
        yield ListSource(
            owner=squeezed(text[max(start, clause) : match.start("inside")]),
            label=heads(index, block) + "\n" + squeezed(text[start : match.start()]),
            quote=Place(block, *trim(text, start, stop.end() if stop else len(text))),
            items=tuple(Place(block, *span) for span in spans),
            part=index.parts[block],
            complete=count == len(spans),
            kind="inline",
        )


def _sentences(text: str, start: int) -> Iterator[tuple[int, int]]:
    low = start
    for stop in re.compile("[。！？]").finditer(text, start):
        yield low, stop.end()
        low = stop.end()
    if low < len(text):
        yield low, len(text)


def _introduction(text: str, low: int, intro: re.Match[str]) -> str:
    """The clause that introduces a list, with the one before where it says next to nothing."""
    start = max(low, _clause_start(text, low, intro.start()))
    if len(text[start : intro.start()].strip()) < 6 and start > low:
        start = max(low, _clause_start(text, low, start - 1))
    return text[start : intro.end()]


def _clause_start(text: str, low: int, at: int) -> int:
    return max((text.rfind(mark, low, at) for mark in "，,；;"), default=-1) + 1


def _count_near(text: str, before: str, intro: re.Match[str], high: int) -> int | None:
    """The number of entries that the sentence announces, before or after them."""
    count = stated_count(before[-24:] + intro.group())
    if count is not None:
        return count
    tail = re.search(
        (
            r"(?:等|共|这)?\s*([\d一二三四五六七八九十两]+\s*(?:大|个|项|类|家"
            r"|种)[^，。；]{0,12})[。；]?$"
        ),
        text[:high],
    )
    return stated_count(tail[1]) if tail and tail.start() > intro.end() else None


# ------------------------------------------------------------------------------------- tables


def _of_columns(index: Index, table: Table) -> Iterator[ListSource]:
    for c, column in enumerate(table.columns):
        if column.role is not ColumnRole.LABEL:
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
            owner = squeezed("\n".join((table.title, *column.path)))
            yield ListSource(
                owner, heads(index, table.block), items[0], tuple(items),
                index.parts[table.block], True, "column",
            )  # fmt: skip


def _of_groups(index: Index, table: Table) -> Iterator[ListSource]:
    """Rows under a row that names their group: 三 办公自动化维护, or the same outer label."""
    label = next((c for c, col in enumerate(table.columns) if col.role is ColumnRole.LABEL), None)
    if label is None:
        return
    groups: dict[str, list[Place]] = {}
    current = ""
    for r, row in enumerate(table.rows):
        codes = [cell.text.strip() for cell in row[:label]]
        path = table.row_infos[r].path
        if any(_GROUP.match(code) for code in codes):
            current = row[label].text
            continue
        outer = path[0] if len(path) > 1 else current
        own = path[-1] if path else row[label].text
        column = next((c for c, cell in enumerate(row) if cell.text and cell.text == own), label)
        if outer and own and not table.row_infos[r].total and row[column].text:
            place = Place(table.block, 0, len(row[column].text), table.no, r, column)
            groups.setdefault(outer, []).append(place)
    for name, items in groups.items():
        yield ListSource(
            squeezed(name), squeezed(table.title) + "\n" + heads(index, table.block), items[0],
            tuple(items), index.parts[table.block], True, "group",
        )  # fmt: skip
