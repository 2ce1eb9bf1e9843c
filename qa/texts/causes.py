"""Where a report gives a reason, and for what: 主要变动情况：…, 原因是…, 因…, 由于…."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.texts.deductions import is_lack
from qa.texts.index import Index, trim
from qa.texts.model import Place
from qa.texts.search import source_text
from qa.texts.statements import BOUNDARY, Statement, moves_of, statement_at, texts_of

_LABEL = (
    r"(?:主要)?(?:增减)?变[动化](?:的)?(?:主要)?(?:情况"
    r"|原因)(?:说明)?(?:主要)?(?:[:：]\s*(?:主要)?(?:是|为)?|是[:：]?"
    r"|为[:：]?)"
    r"|(?P<several>(?:[两二三四五六几]|多)(?:个|方面|点|条|项)(?:的)?(?:主要|具体)?原因(?:是|为|在于)?[:：]\s*"
    r"|(?:主要|具体)?原因(?:如下|有(?:以下)?[两二三四五六几][个方面点条项]*|有以下[几]?[个方面点条项]*)[:：]\s*)"
    r"|的?(?:(?:主要|具体)?原因|主要情况)(?:主要)?(?:是|为|在于|有)?[:：]\s*(?:主要)?(?:是|为)?"
    r"|(?:其|的)?(?:主要|具体)?原因(?:主要|依次|分别)?(?:是|为|在于)[:：]?"
    r"|(?:这)?主要(?:是)?(?:由于|因为|因(?!公|此))|这是(?:由于|因为)|(?:系|是)因(?!公|此)(?:为)?"
    r"|(?P<weak>主要(?:是|系|为)[:：]?|(?<=[，,])系(?![统数列]))"
)
_CAUSE = (
    r"(?:(?<=[，,。；;：:、（(\s])|(?<=年中)|(?<=年初)|(?<=[元%％])|^)\s*"
    r"(?:由于|因为|鉴于|因(?!公|此|素|而|果|子|特|地|人))"
    r"|(?<![原起成基诱何主病死内外动事])因(?!公|此|素|而|果|子|特|地|人|为)(?=[^，。；,;]{2,30}[，,])"
    r"|(?<![接享承遭])受(?!到|益|理|众|托)(?=[^，。；,;受]{1,16}影响)"
)
_REASON = re.compile(rf"(?P<label>{_LABEL})|(?P<cause>{_CAUSE})")
_ANY_LABEL = re.compile(_LABEL)
_OFF_TARGET = re.compile(r"[低高小大]于[^，。；,;]{0,12}(?:目标|指标|预期|计划)|[，,][低高]于目标")
_MORE = re.compile(
    r"\s*(?:[二三四五六七八九]是|其[二三四五六]|[(（][二三四五2345][)）]|[2345][.、．](?!\d)|[②③④⑤])"
)


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason and what it is the reason of, in one block or cell."""

    place: Place  # the reason itself, after its marker
    told: Statement | None  # the statement that a label (主要变动情况：) explains
    sentence: Place  # the clause that the reason stands in
    part: int

    @property
    def explains_change(self) -> bool:
        """True when it is the reason of an increase, a decrease or their absence.

        Below a target (低于60%的目标) nothing moved.
        """
        return self.told is not None and bool(self.told.moves) and not off_target(self.told)


def off_target(told: Statement) -> bool:
    """Whether a statement only holds a value against its target (低于60%的目标)."""
    measured = any(move.basis for move in told.moves)
    return not measured and bool(_OFF_TARGET.search(told.text))


@lru_cache(maxsize=64)
def causes(index: Index) -> tuple[Cause, ...]:
    """Every reason of the report, in reading order."""
    return tuple(cause for place in texts_of(index) for cause in _of_text(index, place))


def _of_text(index: Index, whole: Place) -> list[Cause]:
    text = source_text(index, whole)
    found: list[Cause] = []
    floor = 0
    for match in _REASON.finditer(text):
        if match.start() < floor or (match["weak"] and not _after_event(text, match.start())):
            continue
        labelled = match["label"] is not None or _of_move_before(text, floor, match)
        low, high = _sentence(text, match.start(), match.end(), labelled)
        if match["several"]:  # 有两方面原因：…；…
            high = _full_stop(text, match.end())
        high = _before_next(text, match.end(), high) if labelled else high
        start, end = trim(text, match.end() if labelled else match.start(), high)
        if end - start < 4:
            continue
        told = _told(index, whole, floor, match.start()) if labelled else None
        found.append(
            Cause(_at(whole, start, end), told, _at(whole, low, high), index.parts[whole.block])
        )
        floor = high
    return found


def _of_move_before(text: str, floor: int, cause: re.Match[str]) -> bool:
    """``较上年多0.5万元，因为…``: a cause behind the change it explains, with no other change behind it."""
    stops = [m.end() for m in BOUNDARY.finditer(text, floor, cause.start())]
    before = text[stops[-1] if stops else floor : cause.start()]
    end = BOUNDARY.search(text, cause.end())
    behind = text[cause.end() : end.start() if end else len(text)]
    compared = _COMPARES.search(before) or re.search(r"(?:较|比|同|与)20\d\d年", before)
    return bool(compared and moves_of(before) and before.rstrip().endswith(("，", ","))) and not (
        re.search("[，,]", behind) and moves_of(behind)
    )


def _full_stop(text: str, start: int) -> int:
    """Where the sentence that goes on at `start` ends, with its mark."""
    found = re.compile("[。！？]").search(text, start)
    return found.end() if found else len(text)


def _before_next(text: str, start: int, high: int) -> int:
    """Where a reason ends in whose sentence another change and its reason follow."""
    later = _ANY_LABEL.search(text, start, high)
    if later is None or later["weak"] or not moves_of(text[start : later.start()]):
        return high
    clauses = [m.span() for m in re.compile("[^，,；;]+").finditer(text, start, later.start())]
    told = next((a for a, b in clauses[1:] if _COMPARES.search(text, a, b)), None)
    return high if told is None else told


_COMPARES = re.compile(r"(?:与|和|同|较|比)[^，,]{0,4}(?:上年|去年|预算|年初|同期)")


def _at(whole: Place, start: int, end: int) -> Place:
    return Place(whole.block, start, end, whole.table, whole.row, whole.column)


def _after_event(text: str, at: int) -> bool:
    """``下降21.8%，主要是…`` and ``没有达到目标，主要是…`` give a reason; ``项目主要是…`` does not."""
    stops = [m.end() for m in BOUNDARY.finditer(text, 0, at)]
    before = text[stops[-1] if stops else 0 : at]
    return bool(moves_of(before) or _LESS.search(before)) or is_lack(before)


_LESS = re.compile("[多少](?:支出|支付|执行|用|花)")


_FIRST = re.compile(r"\s*1[.、．](?!\d)")
_BRACKETS = "(（"
_FIRST_BRACKETED = re.compile(r"[(（]\s*[一1]\s*[)）]")


def _sentence(text: str, at: int, after: int, labelled: bool) -> tuple[int, int]:
    """The clause around a marker; an enumerated reason runs on over its semicolons."""
    before = [m.end() for m in BOUNDARY.finditer(text, 0, at)]
    low = before[-1] if before else 0
    position = after
    # 2. or （二） goes on with a reason only where its 1. or （一） stands inside it.
    first = _FIRST.match(text, after)
    while stop := BOUNDARY.search(text, position):
        more = _MORE.match(text, stop.end()) if labelled else None
        mark = more.group().strip()[0] if more is not None else ""
        outside = mark in _BRACKETS and not _FIRST_BRACKETED.search(text, after, stop.end())
        if more is None or outside or (mark.isdigit() and not first):
            return low, stop.end()
        position = stop.end()
    return low, len(text)


def _told(index: Index, whole: Place, floor: int, marker: int) -> Statement | None:
    """The last statement before a marker; the paragraph before when the marker opens its own."""
    text = source_text(index, whole)
    start, end = trim(text, floor, marker)
    end = start + len(text[start:end].rstrip("，,；;。:：、 的"))
    if end - start >= 2:
        stops = [m.end() for m in BOUNDARY.finditer(text, start, end)]
        told = [stop for stop in stops if end - stop >= 7]  # “减少” alone tells too little
        return statement_at(index, whole, told[-1] if told else start, end)
    if whole.table is not None or whole.block == 0:
        return None
    before = index.document.blocks[whole.block - 1].text
    stops = [m.end() for m in BOUNDARY.finditer(before.rstrip("。；; "))]
    place = Place(whole.block - 1, 0, len(before))
    return statement_at(index, place, stops[-1] if stops else 0, len(before)) if before else None
