"""Statements of change (…比上年减少…): what they are about, which way, and against what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ingest.model import BlockKind, Direction
from qa.texts.index import Index, row_labels, trim
from qa.texts.model import Place
from qa.texts.outline import read_mark
from qa.texts.search import source_text
from qa.texts.terms import Profile, pairs, squeezed, squeezed_twice

BOUNDARY = re.compile(r"[。；;！？]")
_UP = r"增加|增长|上升|提高|调增|上涨|增幅|追加|扩大|大于|高于|超出|超过|(?<![最很许至不])多(?=支出|花|用了|出?\d)"
_DOWN = r"减少|下降|降低|调减|下滑|减幅|压减|节约|缩减|小于|低于|少于|(?<![最很至不缺减])少(?=支出|花|用了|\d)"
_MOVE = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<same>持平|等于)")
_AGAINST = r"(?:比|较|与|同|小于|大于|低于|高于|等于|少于|超过)"
_BASIS = re.compile(
    rf"{_AGAINST}[^，,。；;]{{0,8}}?(?P<last>上年|上一年|去年|同期|(?:19|20)\d\d年)"
    rf"|{_AGAINST}[^，,。；;]{{0,6}}?(?P<budget>预算)"
)
_CUT = re.compile(
    r"\d[\d,.]*\s*(?:万|亿|元|%|％|个|人|分|台|辆|次)|(?:比|较|同)(?:上年|上一年|去年|20\d\d|年初|预算|全年|同期)"
    r"|完成(?:年初|全年|调整)?预算|大于|小于|等于|高于|低于|[，,]占"
)
_COMPARED = re.compile(r"^(?:与|同|和|较|比)(?:[^，,]|(?<=\d)[，,](?=\d)){2,24}(?:相比|比较)[，,]?")
_TRAILING = re.compile(rf"(?:各|分别|共|有所|同比)*(?:{_UP}|{_DOWN})?的?\s*$")
# Words that a metric's name takes on or leaves off without becoming another metric.
_GENERIC = re.compile(
    r"(?:19|20)\d{2}年?度?|^上年度?|本年度?|年度|本部门|我部门|本单位|(?:全年|年初)(?=预算|执行)|支出决算数?|支出预算数?|决算数?|预算数"
    r"|执行数|总额|金额|合计|共计|均?为$|共$|是$"
)
_GRANT = re.compile(r"(?<=\S\S)财政拨款(?=支出|收入|$)")  # “三公”经费财政拨款支出
_ONLY_GENERIC = re.compile(
    r"^(?:(?:19|20)\d{2}年?度?|年度|全年|年初|支出|决算|预算|执行|安排|调整|数|金额|情况|其中|主要|为|的|共|各|均|说明)*$"
)
_LEVELS = re.compile(r"([^（）()。，]{2,24})[（(](?:类|款|项)[)）]")


@dataclass(frozen=True, slots=True)
class Move:
    """A direction that a statement names, what it is against, and its place in the statement."""

    direction: Direction
    basis: str  # "上年", "预算" or ""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause up to its full stop, what it is about, and the changes it tells."""

    place: Place
    text: str
    names: tuple[str, ...]  # of its subject: as told; the last level of a 类款项 path; …
    moves: tuple[Move, ...]


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


def moves_of(statement: str) -> tuple[Move, ...]:
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
    return tuple(found) or _completed(statement)


_COMPLETED = re.compile(
    r"完成(?:了)?(?:年初|全年|调整后?)?预算数?(?:[\d,.]+万?元)?的\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％]"
)


def _completed(statement: str) -> tuple[Move, ...]:
    """``完成年初预算的124.90%`` is more than the budget, where nothing else tells a direction."""
    done = _COMPLETED.search(statement)
    if done is None or Decimal(done["rate"]) == 100:
        return ()
    way = Direction.UP if Decimal(done["rate"]) > 100 else Direction.DOWN
    return (Move(way, "预算", done.start(), done.end()),)


@lru_cache(maxsize=64)
def statements(index: Index) -> tuple[Statement, ...]:
    """Every statement of a change in the report's paragraphs."""
    found = []
    for whole in texts_of(index):
        text = source_text(index, whole)
        if whole.table is not None or not _MOVE.search(text):
            continue
        low = 0
        for high in [*(m.end() for m in BOUNDARY.finditer(text)), len(text)]:
            if _MOVE.search(text, low, high):
                found.append(statement_at(index, whole, low, high))
            low = high
    return tuple(found)


def statement_at(index: Index, whole: Place, low: int, high: int) -> Statement:
    """The statement ``text[low:high]`` of a paragraph or cell."""
    text = source_text(index, whole)
    low, high = trim(text, low, high)
    place = Place(whole.block, low, high, whole.table, whole.row, whole.column)
    names = _names(index, whole, text, low, high)
    return Statement(place, text[low:high], names, moves_of(text[low:high]))


def _names(index: Index, whole: Place, text: str, low: int, high: int) -> tuple[str, ...]:
    """Names of what a statement is about; one that names nothing is about what came before it."""
    stops = [0, *(m.end() for m in BOUNDARY.finditer(text, 0, low)), low]
    spans = [(low, high), *zip(reversed(stops[:-1]), reversed(stops[1:]), strict=True)]
    for start, end in spans:
        subject = subject_of(text[start:end])
        if subject:
            return _variants(subject)
    titles = labels_of(index, whole)
    return _variants(titles[-1]) if titles else ()


def _variants(subject: str) -> tuple[str, ...]:
    levels = _LEVELS.findall(subject)
    deepest = (levels[-1], levels[-1] + "支出") if levels else ()
    return tuple(dict.fromkeys((subject, subject.replace("、", ""), *deepest)))


def subject_of(statement: str) -> str:
    """What a statement says it is about; "" when it only compares (较上年减少…)."""
    text = re.sub(r"^[\s\S]*?其中\s*[:：]|^\s*其中", "", statement)
    mark = read_mark(text)
    text = _COMPARED.sub("", text[mark.end :].strip() if mark else text.strip())
    cut = _CUT.search(text)
    text = _TRAILING.sub("", text[: cut.start()] if cut else text).strip(" ，,的。；;：:")
    return "" if _ONLY_GENERIC.match(squeezed(text)) else text


def names_text(names: tuple[str, ...]) -> str:
    """The squeezed names, each on a line of its own."""
    return "\n".join(squeezed_twice(name) for name in names)


def exactness(profile: Profile, names: tuple[str, ...]) -> tuple[float, bool]:
    """How much of a name the question names, at best, and whether nothing stands before that.

    一般公共预算财政拨款收入 is not 财政拨款收入: what stands before makes it another thing.
    """
    graded = [_exactness(profile, plain) for name in names for plain in _plain(name)]
    return max(graded, default=(0.0, False))


def _plain(name: str) -> tuple[str, ...]:
    """A name without the words that it takes on or leaves off; shorter forms last."""
    plain = _GENERIC.sub("", squeezed(re.sub(r"[（(][^（）()]*[)）]", "", name)))
    short = _GRANT.sub("", plain)
    return tuple(dict.fromkeys((plain, short, re.sub("(?<=费)支出$", "", short))))


def _exactness(profile: Profile, plain: str) -> tuple[float, bool]:
    own = [pair for pair in pairs(plain) if not pair.isdigit()]
    named = [pair in profile.pairs or pair in profile.synonyms for pair in own]
    return (sum(named) / len(own), any(named[:2])) if own else (0.0, False)


_BEFORE_A_NAME = re.compile(r"[的年度局委办院心处厅署会校门位区县市科，,：:、。？?对里中其和与及]$")


def stands_whole(question: str, names: tuple[str, ...]) -> bool:
    """True when one of the names stands in the squeezed question as a name of its own."""
    for plain in (plain for name in names for plain in _plain(name)):
        at = question.find(plain) if len(plain) >= 3 else -1
        if at == 0 or (at > 0 and _BEFORE_A_NAME.search(question[:at])):
            return True
    return False


def labels_of(index: Index, place: Place) -> tuple[str, ...]:
    """Headings around a paragraph, or the row labels of a cell."""
    if place.table is None or place.row is None or place.column is None:
        return index.outline.titles(place.block)
    return row_labels(index.document.tables[place.table], place.row, place.column)
