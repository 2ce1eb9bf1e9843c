"""Lists in running text: 一是…二是…, 分别为A、B和C, “A”“B”等2个项目, 取消2个子项目（A及B）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import BlockKind, Table
from qa.texts.enumerations import (
    depth_split,
    marked_lists,
    plain_entries,
    single_entry,
    stated_count,
)
from qa.texts.index import Index, trim
from qa.texts.listing import RUN_ON, ListSource, heads, item_span
from qa.texts.model import Place
from qa.texts.outline import read_mark
from qa.texts.terms import squeezed

_INTRO = re.compile(
    r"内设(?:机构|科室|处室)?(?:有|包括|为)?[:：]?|下辖|(?:分别|具体|主要"
    r"|各自)?(?:包括|包含|涵盖|涉及|下设|设有|设置了?|分为|划分为|分成"
    r"|组成部分有|内容有)(?:了)?(?:以下)?(?:[^，。；：:、“”]{0,12}?[:：])?"
    r"|(?:分别|具体|主要)(?:是|为|有|如下)[:：]?|(?:如下|以下)[^，。；]{0,10}[:：]"
    r"|(?:问题|措施|建议|做法|经验|不足)(?:及(?:产生的?)?原因)?[:：]"
    r"|(?:问题(?:及原因)?|措施|建议|做法|经验|不足|职责|内容|任务|成效|亮点"
    r"|用途|工作)(?:主要)?(?:是|有|为|如下|包括)[:：]?|(?:主要)?用于"
    r"|[\u4e00-\u9fff\d][:：](?=[^：:。；]{1,60}[、；;])"
    r"|分[:：](?=[^，。；：]{2,20}扣)"
)
_MEASURES = re.compile("问题|措施|建议|做法|经验|不足|任务|成效")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}\s*(?:[、．]|\.(?!\d))|[（(]\d{1,2}[)）]|①|一是|首先)")
_QUOTED_RUN = re.compile(
    r"(?:“[^“”]{2,40}”|\"[^\"]{2,40}\")(?:[、，和及与]*(?:“[^“”]{2,40}”|\"[^\"]{2,40}\"))+"
)
_BRACKETED = re.compile(
    r"(?P<count>(?:\d{1,2}|[一二两三四五六七八九十])\s*(?:个|项|类|家|种"
    r"|名))[^，。；：（）()\d]{1,16}[（(](?!分为|包括|包含|即|含|其中|以下"
    r"|简称|由|主要)(?P<inside>[^（）()]{2,120}(?:（[^（）]*）[^（）()]*)?)[)）"
    r"]"
)
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,40})[”\"]")
_ONLY_ONE = re.compile(
    r"(?:(?<![\d.])[1一]\s*(?:个|家|项|名)[，,]?\s*(?:是|为|即)[:：]?|(?:单位|机构|部门)(?:是|为)[:：])"
    r"\s*(?P<inside>[^，。；：,、]{4,60})(?=[，。；,]|$)"
)
_MAX_ITEM = 120


def running_lists(index: Index) -> Iterator[ListSource]:
    """Every list that stands in a sentence or a cell."""
    for block in index.document.blocks:
        if not block.text or block.kind is BlockKind.CONTENTS:
            continue
        mark = read_mark(block.text)
        start = mark.end if mark and mark.style not in RUN_ON else 0
        yield from _marked(index, block.no, start)
        yield from _introduced(index, block.no, start)
        yield from _bracketed(index, block.no)
        yield from _quoted(index, block.no)
        yield from _counted(index, block.no)
        yield from _only_one(index, block.no)
    for table in index.document.tables:
        yield from _in_cells(index, table)


def _in_cells(index: Index, table: Table) -> Iterator[ListSource]:
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            lists = marked_lists(cell.text, 0, len(cell.text)) if len(cell.text) > 12 else []
            label = squeezed("\n".join((*table.row_at(r, c).path, *table.columns[c].path)))
            low = 0
            for entries in lists:
                first = entries.spans[0][0]
                intro = squeezed(cell.text[_opening(cell.text, low, first) : first])
                low = entries.spans[-1][1]
                spans = [item_span(cell.text, *span) for span in entries.spans]
                yield ListSource(
                    owner=f"{label}\n{intro}",
                    label=label + "\n" + squeezed(table.title),
                    quote=Place(table.block, 0, len(cell.text), table.no, r, c),
                    items=tuple(Place(table.block, *span, table.no, r, c) for span in spans),
                    part=index.parts[table.block],
                    complete=entries.contiguous,
                    kind="marked",
                )


def _marked(index: Index, block: int, start: int) -> Iterator[ListSource]:
    text = index.document.blocks[block].text
    path = [n for n in index.outline.paths[block] if index.outline.nodes[n].style not in RUN_ON]
    node = path[-1] if path else None
    titles = tuple(index.outline.nodes[n].title for n in path)
    low = start
    for entries in marked_lists(text, start, len(text)):
        first, last = entries.spans[0][0], entries.spans[-1][1]
        opening = _opening(text, low, first)
        owner = squeezed(text[opening:first])
        heads_it = low == start and node is not None and _fills(index, node, block, first - low)
        if titles and (len(owner) < 12 or heads_it):
            owner = squeezed(titles[-1]) + "\n" + owner  # the list is what its heading is about
        count = stated_count(text[low:first][-40:])
        yield ListSource(
            owner=owner,
            label=heads(index, block) + "\n" + squeezed(text[low:opening]),
            quote=Place(block, *trim(text, opening, last)),
            items=tuple(Place(block, *item_span(text, *span)) for span in entries.spans),
            part=index.parts[block],
            complete=entries.contiguous and count in (None, len(entries.spans)),
            kind="marked",
            node=node,
        )
        low = last


def _opening(text: str, low: int, first: int) -> int:
    """Where the sentence begins that introduces a list: 用于五个方面。一是…, 问题：一是…."""
    stops = [low, *(m.end() for m in re.finditer("。", text[:first]) if m.end() > low)]
    only_number = len(squeezed(text[stops[-1] : first])) <= 3
    return stops[-2] if only_number and len(stops) > 1 else stops[-1]


def _fills(index: Index, node: int, block: int, before: int) -> bool:
    """True when a list takes up most of the first paragraph under its heading."""
    length = len(index.document.blocks[block].text)
    return block <= index.outline.nodes[node].first + 1 and before < 0.4 * length


def _introduced(index: Index, block: int, start: int) -> Iterator[ListSource]:
    text = index.document.blocks[block].text
    for low, high in _sentences(text, start):
        yield from _in_sentence(index, block, (low, high), low, high)


_LATER = re.compile("[二三四五六七八九]是")


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
        if _NUMBERED.match(text, intro.end()):
            continue  # read with its numbers, see _marked
        measures = bool(_MEASURES.search(intro.group()))
        clauses = measures or intro.group().startswith("分")
        entries = plain_entries(text, intro.end(), high, count, clauses)
        if entries is None and measures and intro.group().endswith(("：", ":")):
            entries = single_entry(text, intro.end(), high)
        if entries is None or any(b - a > _MAX_ITEM for a, b in entries.spans):
            continue
        if any(_LATER.match(text, start) for start, _ in entries.spans[1:]):
            continue  # 一是目标设置不够细化；二是…: the word stands inside a numbered entry
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


def _only_one(index: Index, block: int) -> Iterator[ListSource]:
    """``下属事业单位1个，是某某中心``, ``下属单位是：某某中心``: a list of one."""
    text = index.document.blocks[block].text
    for match in _ONLY_ONE.finditer(text):
        start = max((text.rfind(mark, 0, match.start()) for mark in "，。；"), default=-1) + 1
        stop = re.compile("[。；]").search(text, match.end())
        yield ListSource(
            owner=squeezed(text[start : match.start("inside")]),
            label=heads(index, block),
            quote=Place(block, *trim(text, start, stop.end() if stop else len(text))),
            items=(Place(block, *trim(text, *match.span("inside"))),),
            part=index.parts[block],
            complete=True,
            kind="inline",
        )


def _quoted(index: Index, block: int) -> Iterator[ListSource]:
    """``对“甲”“乙”“丙”等3个项目开展…``: names in quotes one after the other."""
    text = index.document.blocks[block].text
    for low, high in _sentences(text, 0):
        for run in _QUOTED_RUN.finditer(text, low, high):
            spans = [m.span(1) for m in _QUOTED.finditer(text, *run.span())]
            start = _clause_start(text, low, run.start())
            after = re.compile("[，。；]").search(text, run.end(), high)
            stop = after.start() if after else high
            count = stated_count(text[run.end() : stop][:24])
            if count is not None and count != len(spans):
                spans = _mixed(text, run.start(), stop, count) or spans
            around = text[start : run.start()] + "\n" + text[run.end() : stop]
            yield ListSource(
                owner=squeezed(around),
                label=heads(index, block) + "\n" + squeezed(text[low : run.start()]),
                quote=Place(block, *trim(text, low, high)),
                items=tuple(Place(block, *span) for span in spans),
                part=index.parts[block],
                complete=count in (None, len(spans)),
                kind="inline",
            )


_VERB = re.compile(
    r"(?:新增|增设|新建|取消|选取|选定|抽查了?|抽取了?|覆盖|涵盖|开展了?|完成了?|设立|设置|开设|下设|内设|下属|下辖|设有"
    r"|包括|包含|整合|建议|分为|支持|涉及|走访|调研|检查|实施|建成|改造|组织|举办|引进|培育|形成|集中在|发现|要求|安排"
    r"|设|为|是|在|对|由|含|有|将|到|给)"
)
_COUNTED = re.compile(
    r"(?:等|共|这|的)*(?P<count>(?<![\d.])\d{1,2}|[两三四五六七八九十])\s*"
    r"(?P<noun>(?:个|项|家|种|名|所|条|类|处|座|位|辆|台|镇|乡|村|县|区|市|级|部|支|款|街道)[\u4e00-\u9fff]{0,10})"
)
_BETWEEN_CLAUSES = "，。；：,;:（("
_LAST_JOINT = re.compile("以及|及其|和|及|与")
_LONGEST_NAME = 24
_WHOLE_NAME = 2  # characters


def _counted(index: Index, block: int) -> Iterator[ListSource]:
    """``新增甲、乙2个本科专业``: names right before their number, as many as it says."""
    text = index.document.blocks[block].text
    for match in _COUNTED.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in _BETWEEN_CLAUSES) + 1
        spans = _names_before(text, start, match.start(), stated_count(f"{match['count']}个"))
        if not spans:
            continue
        stop = re.compile("[，。；]").search(text, match.end())
        end = stop.start() if stop else len(text)
        yield ListSource(
            owner=squeezed(text[start : spans[0][0]] + text[match.start("count") : end]),
            label=heads(index, block),
            quote=Place(block, *trim(text, start, end)),
            items=tuple(Place(block, *span) for span in spans),
            part=index.parts[block],
            complete=True,
            kind="inline",
        )


def _names_before(text: str, start: int, end: int, count: int | None) -> list[tuple[int, int]]:
    """The names in ``text[start:end]``, if they are as many as told; [] else."""
    spans = depth_split(text, start, end, "、")
    joint = None
    if count is not None and spans and len(spans) == count - 1:
        low, high = spans[-1]
        joint = _LAST_JOINT.search(text, low + _WHOLE_NAME, high - _WHOLE_NAME)
    if joint is not None:
        spans = [*spans[:-1], (spans[-1][0], joint.start()), (joint.end(), spans[-1][1])]
    if len(spans) != count or len(spans) < _WHOLE_NAME:
        return []
    low, high = spans[0]
    verbs = [v for v in _VERB.finditer(text, low, high) if v.end() <= high - _WHOLE_NAME]
    spans = [trim(text, verbs[-1].end() if verbs else low, high), *spans[1:]]
    named = all(_WHOLE_NAME <= b - a <= _LONGEST_NAME for a, b in spans)
    return spans if named and not any(re.search(r"[“”《》]", text[a:b]) for a, b in spans) else []


def _mixed(text: str, start: int, end: int, count: int) -> list[tuple[int, int]] | None:
    """``“甲”“乙”、丙、丁4个项目``: names with and without quotes, if they are as many as told."""
    number = re.compile(rf"(?:等)?\s*(?:{count}|[一二两三四五六七八九十]+)\s*(?:个|项|类|家|种)")
    stop = number.search(text, start, end)
    if stop is None:
        return None
    spans: list[tuple[int, int]] = []
    for low, high in depth_split(text, start, stop.start(), "、和与及"):
        quoted = [m.span(1) for m in _QUOTED.finditer(text, low, high)]
        spans.extend(quoted or [(low, high)])
    return spans if len(spans) == count else None


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
    clause = re.compile("[，。；]").search(text, intro.end(), high)
    for end in (clause.start() if clause else high, high):
        tail = _NUMBER_AFTER.search(text[:end])
        if tail and tail.start() > intro.end():
            return stated_count(tail[1])
    return None


_NUMBER_AFTER = re.compile(
    r"(?:等|共|这)?\s*([\d一二三四五六七八九十两]+\s*(?:大|个|项|类|家|种)[^，。；]{0,12})[。；]?$"
)
