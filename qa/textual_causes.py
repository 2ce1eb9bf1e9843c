"""Where a report gives a reason, and for what: 主要变动情况：…, 原因是…, 因…, 由于…."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.model import BlockKind, Direction
from qa.textual_index import Index, row_labels, trim
from qa.textual_model import Place
from qa.textual_search import source_text

_LABEL = (
    r"(?:主要)?(?:增减)?变[动化](?:的)?(?:主要)?(?:情况"
    r"|原因)(?:说明)?(?:主要)?(?:[:：]\s*(?:主要)?(?:是|为)?|是[:：]?"
    r"|为[:：]?)"
    r"|的?(?:(?:主要|具体)?原因|主要情况)(?:主要)?(?:是|为|在于|有)?[:：]\s*(?:主要)?(?:是|为)?"
    r"|(?:其|的)?(?:主要|具体)?原因(?:主要)?(?:是|为|在于)[:：]?"
    r"|(?:这)?主要(?:是)?(?:由于|因为|因(?!公|此))|这是(?:由于|因为)|(?:系|是)因(?!公|此)(?:为)?"
    r"|(?P<weak>主要(?:是|系|为)[:：]?)"
)
_CAUSE = (
    r"(?:(?<=[，,。；;：:、（(\s])|(?<=年中)|(?<=年初)|^)\s*"
    r"(?:由于|因为|鉴于|因(?!公|此|素|而|果|子|特|地|人)|受(?!到|益|理|众|托"
    r"|[^，。；,;]{2,40}委托)(?=[^，。；,;]{1,30}影响))"
)
_REASON = re.compile(rf"(?P<label>{_LABEL})|(?P<cause>{_CAUSE})")
_EFFECT = re.compile(r"所致|导致|造成|使得")
_BOUNDARY = re.compile(r"[。；;！？]")
_MORE = re.compile(
    r"\s*(?:[二三四五六七八九]是|[(（][二三四五2345][)）]|[2345][.、．](?!\d)"
    r"|[②③④⑤])"
)
_UP = r"增加|增长|上升|提高|调增|上涨|增幅|追加|扩大"
_DOWN = r"减少|下降|降低|调减|下滑|减幅|压减|节约|缩减|小于|低于"
_MOVE = re.compile(rf"(?P<up>{_UP}|大于|高于|超出|超过)|(?P<down>{_DOWN})|(?P<same>持平)")
_BASIS = re.compile(
    r"(?:比|较|与|小于|大于|低于|高于|同)[^，,。；;]{0,8}?(?P<last>上年|去年"
    r"|同期|20\d\d年)|(?:比|较|与|小于|大于|低于"
    r"|高于)[^，,。；;]{0,6}?(?P<budget>预算)"
)


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason and what it is the reason of, in one block or cell (offsets into its text)."""

    place: Place  # start..end is the reason itself, after its marker
    marker: int  # where the marker begins
    anchor: Place | None  # the statement that it explains; None when the sentence tells both
    sentence: tuple[int, int]
    strong: bool  # a label such as 主要变动情况：
    part: int


@dataclass(frozen=True, slots=True)
class Move:
    """A direction that a statement names, against what, and its place in the statement."""

    direction: Direction
    basis: str  # "上年", "预算" or ""
    start: int
    end: int


@lru_cache(maxsize=64)
def causes(index: Index) -> tuple[Cause, ...]:
    """Every reason of the report, in reading order."""
    found: list[Cause] = []
    for place in texts_of(index):
        found.extend(_of_text(index, place))
    return tuple(found)


def texts_of(index: Index) -> list[Place]:
    """All paragraphs and all cells that hold a sentence, whole."""
    places = []
    for block in index.document.blocks:
        if block.table is None:
            if block.kind is not BlockKind.CONTENTS:
                places.append(Place(block.no, 0, len(block.text)))
            continue
        table = index.document.tables[block.table]
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                if len(cell.text) >= 8:
                    places.append(Place(block.no, 0, len(cell.text), table.no, r, c))
    return places


def _of_text(index: Index, whole: Place) -> list[Cause]:
    text = source_text(index, whole)
    found: list[Cause] = []
    floor = 0
    for match in _REASON.finditer(text):
        if match.start() < floor or (match["weak"] and not _after_move(text, match.start())):
            continue
        strong = match["label"] is not None
        low, high = _sentence(text, match.start(), match.end(), strong)
        start = match.end() if strong else match.start()
        start, end = trim(text, start, high)
        if end - start < 4:
            continue
        anchor = _anchor(index, whole, text, floor, match.start()) if strong else None
        place = Place(whole.block, start, end, whole.table, whole.row, whole.column)
        part = index.parts[whole.block]
        found.append(Cause(place, match.start(), anchor, (low, high), strong, part))
        floor = high
    return found


def _after_move(text: str, at: int) -> bool:
    """``下降21.8%，主要是…`` gives a reason; ``项目主要是…`` does not."""
    stops = [m.end() for m in _BOUNDARY.finditer(text, 0, at)]
    return bool(moves_of(text[stops[-1] if stops else 0 : at]))


def _sentence(text: str, at: int, after: int, strong: bool) -> tuple[int, int]:
    """The clause around a marker; an enumerated reason runs on over its semicolons."""
    before = [m.end() for m in _BOUNDARY.finditer(text, 0, at)]
    low = before[-1] if before else 0
    position = after
    while stop := _BOUNDARY.search(text, position):
        again = _REASON.match(text, stop.end())
        if not strong or again or not _MORE.match(text, stop.end()):
            return low, stop.end()
        position = stop.end()
    return low, len(text)


def _anchor(index: Index, whole: Place, text: str, floor: int, marker: int) -> Place | None:
    """The last statement before a marker; the paragraph before when the marker opens its own."""
    start, end = trim(text, floor, marker)
    end = start + len(text[start:end].rstrip("，,；;。:：、 的"))
    if end - start >= 4:
        stops = [m.end() for m in _BOUNDARY.finditer(text, start, end)]
        told = [stop for stop in stops if end - stop >= 7]  # “减少” alone names nothing
        low, high = trim(text, told[-1] if told else start, end)
        return Place(whole.block, low, high, whole.table, whole.row, whole.column)
    if whole.table is not None or whole.block == 0:
        return None
    before = index.document.blocks[whole.block - 1].text
    return Place(whole.block - 1, 0, len(before)) if before else None


def subject_of(statement: str) -> str:
    """What a statement is about: its words before the first amount or comparison."""
    text = re.sub(r"^[\s\S]*?其中\s*[:：]", "", statement)
    cut = re.search(
        (
            r"\d[\d,.]*\s*(?:万|亿|元|%|％|个|人|分|台|辆|次)|比上年|比年初|较上年"
            r"|较年初|完成预算"
        ),
        text,
    )
    return text[: cut.start()] if cut else text


def moves_of(statement: str) -> list[Move]:
    """The directions that a statement names, each with what it is measured against."""
    found = []
    for match in _MOVE.finditer(statement):
        direction = (
            Direction.UP if match["up"] else Direction.DOWN if match["down"] else Direction.NONE
        )
        bases = [m for m in _BASIS.finditer(statement) if m.start() <= match.start()]
        near = bases[-1] if bases else _BASIS.search(statement)
        basis = "" if near is None else "上年" if near["last"] else "预算"
        found.append(Move(direction, basis, match.start(), match.end()))
    return found


def has_effect(text: str) -> bool:
    return bool(_EFFECT.search(text))


def labels_of(index: Index, place: Place) -> tuple[str, ...]:
    """Headings around a paragraph, or the row labels of a cell."""
    if place.table is None or place.row is None or place.column is None:
        return index.outline.titles(place.block)
    return row_labels(index.document.tables[place.table], place.row, place.column)
