"""Cutting an enumeration in running text into its entries: 一是…二是…; A、B和C; “A”“B”; ①…②…."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.texts.index import trim
from qa.texts.outline import ordinal_of

_HAN = "一二三四五六七八九十"
_INLINE_MARKS: tuple[re.Pattern[str], ...] = (
    re.compile(
        rf"(?:(?<=[。；;，,：:、\s”\"）)])|^)([{_HAN}]{{1,2}})(?:是|则|来)(?!方|个(?!别|体|人)|家|级)"
    ),
    re.compile(r"([①-⑳])"),
    re.compile(rf"[（(]([{_HAN}]{{1,2}})[)）]"),
    re.compile(r"[（(](\d{1,2})[)）]"),
    re.compile(r"(?:(?<=[。；;，,：:、\s])|^)(\d{1,2})\s*(?:[、．]|\.(?!\d))\s*"),
    re.compile(r"(?:(?<=[。；;，,：:\s])|^)(首先|其次|再次|此外|最后)[,，]?"),
    re.compile(rf"(?:(?<=[。；;，,：:\s])|^)第([{_HAN}])(?=[,，、])[,，、]"),
)
_OPEN, _CLOSE = "“‘「《〈（(【[〔", "”’」》〉）)】]〕"
_QUOTED = re.compile(r"[“\"「《]([^“”\"「」]{1,60}?)[”\"」》]")
_COUNT = re.compile(
    r"(?<![\d.])(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:大|个|项|类|家|种"
    r"|条|点|名|处)*(?:方面|子项目|子项|大类|个|项|类|家|种|条|点|名|处|部分"
    r"|阶段|环节)"
)
_TAIL = re.compile(
    rf"\s*(?:等|共)?\s*(?:[\d{_HAN}两]+\s*(?:大|个|项|类|家|种|条"
    rf"|点)*[^、，。；]{{0,14}}|[^、，。；“”]{{0,10}}(?:方面|内容|工作|环节"
    rf"|事项|问题|情况|材料|费用|支出)?)$"
)
_LAST = re.compile(r"(?:以及|及|和|与)")


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of an enumeration, their places in the text, and what the text says of them."""

    spans: tuple[tuple[int, int], ...]
    marked: bool  # numbered: 一是, ①, 1.
    contiguous: bool  # the numbers run from 1 without a gap
    open_ended: bool  # ends in 等


def marked_lists(text: str, start: int, end: int) -> list[Entries]:
    """Numbered enumerations inside ``text[start:end]``, by the numbering that comes first.

    A number that starts again at one starts another list.
    """
    styles = [
        runs
        for pattern in _INLINE_MARKS
        if (runs := _runs(list(pattern.finditer(text, start, end))))
    ]
    if not styles:
        return []
    outer = min(styles, key=lambda runs: (runs[0][0].start(), -len(runs[0])))
    limits = [*(run[0].start() for run in outer[1:]), end]
    return [_entries(text, run, limit) for run, limit in zip(outer, limits, strict=True)]


def _runs(marks: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Marks that count on (a gap of one is allowed); lists of a single entry are none."""
    runs: list[list[re.Match[str]]] = []
    for mark in marks:
        ordinal = ordinal_of(mark[1])
        if ordinal == 1:
            runs.append([mark])
        elif runs and 0 < ordinal - ordinal_of(runs[-1][-1][1]) <= 2:
            runs[-1].append(mark)
    return [run for run in runs if len(run) >= 2]


def _entries(text: str, run: list[re.Match[str]], limit: int) -> Entries:
    stops = [m.start() for m in run[1:]] + [_end_of_list(text, run[-1].end(), limit)]
    spans = tuple(
        _rstrip(text, *trim(text, m.end(), stop)) for m, stop in zip(run, stops, strict=True)
    )
    ordinals = [ordinal_of(m[1]) for m in run]
    return Entries(spans, True, ordinals == list(range(1, len(run) + 1)), False)


def _end_of_list(text: str, start: int, end: int) -> int:
    """The last entry ends with its sentence."""
    stop = re.compile("。").search(text, start, end)
    return stop.end() if stop else end


def _rstrip(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in "；;。，,、 \n":
        end -= 1
    return start, end


def depth_split(text: str, start: int, end: int, marks: str) -> list[tuple[int, int]]:
    """Split at any of `marks` that stands outside brackets and quotes."""
    found, depth, low, straight = [], 0, start, False
    for at in range(start, end):
        ch = text[at]
        if ch == '"':
            straight = not straight
        depth += (ch in _OPEN) - (ch in _CLOSE)
        if ch in marks and depth <= 0 and not straight:
            found.append((low, at))
            low = at + 1
    found.append((low, end))
    return [span for span in (trim(text, *s) for s in found) if span[0] < span[1]]


def plain_entries(
    text: str, start: int, end: int, count: int | None, clauses: bool = False
) -> Entries | None:
    """Entries parted by ；, 、 or quotes inside ``text[start:end]`` (no full stop inside).

    With `clauses`, whole clauses parted by ， are entries where the first holds no 、.
    """
    start, end = _rstrip(text, *trim(text, start, end))
    if end - start < 4:
        return None
    body = re.match(
        r"[，,\s]*(?:包括|包含|分别[为是]|即)[:：\s]+|(?:以下[^，。；：:、]{0,8})?[:：\s]*",
        text[start:end],
    )
    start += body.end() if body else 0
    quoted = _quoted_entries(text, start, end)
    if quoted is not None:
        return quoted
    semis = depth_split(text, start, end, "；;")
    if len(semis) >= 2:
        spans = [_rstrip(text, *span) for span in semis]
        return Entries(tuple(_cut_tail(text, spans)), False, True, _open_ended(text, spans[-1]))
    commas = depth_split(text, start, end, "，,")
    if len(commas) >= 2:
        if "、" not in text[slice(*commas[0])]:
            return _clauses(text, commas) if clauses else None
        end = commas[0][1]  # the list ends with its clause
    spans = depth_split(text, start, end, "、")
    if not spans:
        return None
    spans = _best_parting(text, spans, count)
    if len(spans) < 2:
        return None
    tail_open = _open_ended(text, spans[-1])
    return Entries(tuple(_cut_tail(text, spans)), False, True, tail_open)


def single_entry(text: str, start: int, end: int) -> Entries | None:
    """What follows a label such as 存在问题：, as one entry."""
    span = _rstrip(text, *trim(text, start, end))
    return Entries((span,), False, True, False) if span[1] - span[0] >= 6 else None


def _clauses(text: str, commas: list[tuple[int, int]]) -> Entries:
    return Entries(tuple(_rstrip(text, *span) for span in commas), False, True, False)


def _quoted_entries(text: str, start: int, end: int) -> Entries | None:
    """``“立项情况”“绩效目标”2个二级指标``: nothing but quotes and 、和 between them."""
    found = list(_QUOTED.finditer(text, start, end))
    if len(found) < 2 or found[0].start() > start + 1:
        return None
    run = [found[0]]
    for match in found[1:]:
        if re.fullmatch(r"[、，,和及与\s以]*", text[run[-1].end() : match.start()]):
            run.append(match)
        else:
            break
    if len(run) < 2:
        return None
    after = text[run[-1].end() : run[-1].end() + 1]
    titled = text[run[0].start()] == "《"
    spans = tuple(m.span() if titled else m.span(1) for m in run)
    return Entries(spans, False, True, after == "等")


def _best_parting(
    text: str, spans: list[tuple[int, int]], count: int | None
) -> list[tuple[int, int]]:
    """Part the last entry at 和, 及 or 以及 (A、B和C), as the announced number and likeness ask."""
    low, high = spans[-1]
    joints = [m for m in _LAST.finditer(text, low + 2, high - 1) if _outside(text, low, m.start())]
    if not joints or (len(spans) < 2 and count != 2):
        return _merge_to(text, spans, count)
    order = {"以及": 0, "和": 1, "与": 2, "及": 3}
    joints.sort(key=lambda m: (order[m.group()], m.start()))
    partings = [
        [*spans[:-1], trim(text, low, m.start()), trim(text, m.end(), high)] for m in joints
    ]
    if count is not None:
        partings.insert(0, spans)
    partings = [_merge_to(text, parting, count) for parting in partings]

    def fit(parting: list[tuple[int, int]]) -> tuple[bool, float]:
        return (count is None or len(parting) == count, _likeness(text, parting))

    return max(partings, key=fit)  # the first of equals


def _likeness(text: str, spans: list[tuple[int, int]]) -> float:
    """The share of entries that end in the commonest last word; 0 when none is common."""
    ends = [text[high - 2 : high] for _, high in spans]
    most = max(map(ends.count, ends))
    return most / len(ends) if most > 1 else 0.0


def _outside(text: str, low: int, at: int) -> bool:
    part = text[low:at]
    return sum(ch in _OPEN for ch in part) == sum(ch in _CLOSE for ch in part)


def _merge_to(text: str, spans: list[tuple[int, int]], count: int | None) -> list[tuple[int, int]]:
    """Undo splits until `count` entries remain: an entry that lacks the others' last word goes on."""
    if count is None or len(spans) <= count:
        return spans
    ends = [text[high - 2 : high] for _, high in spans]
    common = max(set(ends), key=ends.count)
    merged: list[tuple[int, int]] = []
    left: int | None = None
    spare = len(spans) - count
    for (low, high), tail in zip(spans, ends, strict=True):
        begin = low if left is None else left
        if tail != common and spare > 0 and (low, high) != spans[-1]:
            left, spare = begin, spare - 1
            continue
        merged.append((begin, high))
        left = None
    return merged if len(merged) == count else spans


def _cut_tail(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take 等6项工作, 四大类 off the last entry."""
    low, high = spans[-1]
    tail = re.search(r"等(?:[^、，。；]{0,20})?(?:，[^、；]*)?$", text[low:high])
    if tail is None or tail.start() < 2:
        tail = re.search(
            rf"[\d{_HAN}两]+(?:(?:大|个)(?:类|方面|部分|项|种|阶段)?|[项类种](?=内容|工作|任务|措施|指标|$))[^、，。；]{{0,10}}$",
            text[low:high],
        )
    if tail and tail.start() >= 2:
        high = low + tail.start()
    return [*spans[:-1], trim(text, low, high)]


def _open_ended(text: str, span: tuple[int, int]) -> bool:
    """True when the list ends in 等 with no number of entries."""
    tail = re.search(r"等([^、，。；]{0,20})$", text[slice(*span)])
    return bool(tail) and not re.search(r"\d|[一二三四五六七八九十]", tail[1])  # type: ignore[index]


def stated_count(text: str) -> int | None:
    """The last number of things that a text announces (共5个, 四大类)."""
    found = list(_COUNT.finditer(text))
    if not found:
        return None
    number = found[-1][1].replace("两", "二")
    return int(number) if number.isdigit() else ordinal_of(number)
