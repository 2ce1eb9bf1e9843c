"""Where each number of a sentence stands: the words before and behind it, and its list.

``决策、过程得分分别为17分、18.5分`` gives its first name to the first number and its second to the
second; ``5个乡镇、12个村的32户`` names each count behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from ingest.figures.prose_subjects import clean
from ingest.quantity import Dimension
from ingest.reading.reader import Reading

_GROUPED = re.compile(r"\d[,，]\d{3}(?!\d)")
_BOUNDARY = ",，;；。"
_COPULA = re.compile(r"[,，](?:(?:仅|只|均|也|已|约|分别)?(?:为|是|达到?)|仅|只|约)$")
_QUALIFIED = re.compile(r"^(?:\(含\)|及|\(含\)及)?(?:以上|以下|以内|以外)(?:\(含\))?的?[一-鿿]")
_AND = re.compile(r"^(?:[、,]?(?:和|及|与|以及)|[、])$")
_NAMES = re.compile(r"、|以及|和|及|与")
_EACH = re.compile(
    r"(?P<names>[^,，;；。:：]*?[、和及与][^,，;；。:：、]*?)分别(?P<tail>[^,，;；。\d]{0,12})$"
)
_AGAIN = re.compile(r"(?:^|[,，;；])(?P<tail>[^,，;；。:：\d]{2,12})分别(?:为|是|达到?|约)*$")
_HEAD = re.compile(
    r"^(?P<name>.{2,}?)(?P<head>(?:等)?[两二三四五六七八九十\d]+(?:个|项|类|大|方面|部分|年|家|所|级).*)$"
)
_YEARS = re.compile(r"^(?P<lead>.*?)(?P<year>20\d\d)年度?(?P<head>.*)$")
_MARKED = re.compile(
    r"^(?:\)|,|，|\),|\)，)?(?:实际|自评|评价|最终|综合|共|实)*得(?:分)?(?:为|了|率)?$"
)
_GIVEN = re.compile(r"得|评分|总分|评价|自评|综合|扣")
_BETWEEN = re.compile(r"^(?:\([^()]*\))?(?:[、的和及与,]|以及)*")
_JOINED = re.compile(r"(?<=[一-鿿])(?:以及|及|和)$")  # 28个展区以及174台拼接屏
_LONGEST = 6  # characters of a counted noun
_NOUN = 3  # characters of a counted noun that the next count follows without a mark
_MADE = re.compile(r"(?:建|造|成|训|展|设|置|入|查|办|发|用|理|护)$")


class Place(NamedTuple):
    """A number with the words around it.

    `before` is the text from the number before, `clause` the last clause of it, `behind` that up to
    the next number, `after` its first words; `beyond` is what is said of its things by the number of
    their parts, which follows 的; `joined` tells that no comma parts it from the number
    before, `first` that it is its sentence's first, `next_marked` that a score follows.
    """

    reading: Reading
    before: str
    clause: str
    behind: str
    after: str
    beyond: str
    joined: bool
    first: bool
    before_score: bool


class Each(NamedTuple):
    """The name of one of several numbers that a sentence gives at once, from 0 on."""

    name: str
    number: int
    thing: str
    year: str = ""


def places(text: str, start: int, end: int, readings: Sequence[Reading]) -> Iterator[Place]:
    """The numbers of the sentence `text[start:end]` with the words around each."""
    previous_end, previous_clause = start, start
    for index, reading in enumerate(readings):
        number = reading.number_start
        following = readings[index + 1] if index + 1 < len(readings) else None
        until = following.number_start if following else end
        clause_start = _clause_start(text, previous_end, number)
        joined = index > 0 and clause_start == previous_end
        if joined and _QUALIFIED.match(text[previous_end:number]):
            clause_start, joined = previous_clause, False
        yield Place(
            reading=reading,
            before=text[previous_end:number],
            clause=text[clause_start:number],
            behind=text[reading.end : until],
            after=_after(text, reading.end, until),
            beyond=_beyond(text, reading, following, end),
            joined=joined,
            first=index == 0,
            before_score=following is not None
            and following.quantity.unit.dimension is Dimension.SCORE,
        )
        previous_end, previous_clause = reading.end, clause_start


def is_full_mark(place: Place) -> bool:
    """True for the first score of ``产出（30分）得27分`` and of ``产出指标12分，得11分``."""
    given = _GIVEN.search(place.clause.replace("评价指标", "").replace("自评指标", ""))
    return place.before_score and not given and _MARKED.match(place.behind) is not None


def past_counted(own: str, counted: str, subject: str, *, counts: bool) -> str:
    """What names a number that follows another without a comma, without the noun counted there."""
    noun = clean(counted)
    if not noun or len(noun) > _LONGEST or not own.startswith(noun):
        return own
    behind = own[len(noun) :]
    rest = clean(_BETWEEN.sub("", behind))
    if not rest and behind and counts and not subject:
        return ""  # 26个展区以及168台拼接屏
    if not rest:
        short = len(noun) <= _NOUN and counts and not _MADE.search(noun)
        return "" if subject and (behind or short) else own
    plain = counts or behind[0] in "、和及与的"
    return own if (behind[0] == "(" and ")" not in behind) or not plain else rest


def distributed(text: str, start: int, readings: Sequence[Reading]) -> dict[int, Each]:
    """By position, the names of numbers given at once (``A、B分别为1、2``), and of their followers.

    Names that are not as many as the numbers leave the name of all of them to the first.
    """
    found: dict[int, Each] = {}
    previous_end = start
    before: tuple[Each, ...] = ()
    for index, reading in enumerate(readings):
        lead = text[previous_end : reading.number_start]
        match = _EACH.search(lead) if index not in found else None
        again = _AGAIN.search(lead) if index not in found and match is None else None
        if match or again:
            count = 1 + _followers(text, readings, index)
            names = tuple(_names(match, count)) if match else ()
            if again and len(before) == count:
                names = tuple(each._replace(name=f"{each.thing}{again['tail']}") for each in before)
            before = names or before
            found |= {index + each.number: each for each in names}
        previous_end = reading.end
    return found


def _followers(text: str, readings: Sequence[Reading], first: int) -> int:
    """How many numbers of the same kind follow the first with no words but 、 and 和 between."""
    count = 0
    for one, other in pairwise(islice(readings, first, None)):
        same = one.quantity.unit.dimension is other.quantity.unit.dimension
        if not same or not _AND.match(text[one.end : other.number_start].strip()):
            break
        count += 1
    return count


def _names(match: re.Match[str], count: int) -> Iterator[Each]:
    names = [name.strip() for name in _NAMES.split(match["names"])]
    if count < 2 or len(names) != count or not all(names):
        return
    tail = clean(match["tail"])
    years = [_YEARS.match(name) for name in names]
    if all(years):
        head = years[-1]["head"] if years[-1] else ""
        lead = years[0]["lead"] if years[0] else ""
        for number, year in enumerate(years):
            yield Each(clean(f"{lead}{head}{tail}"), number, "", year["year"] if year else "")
        return
    names[-1], head = _parted(names)
    for number, name in enumerate(names):
        yield Each(clean(f"{clean(name)}{head}{tail}"), number, clean(name))


def _parted(names: Sequence[str]) -> tuple[str, str]:
    """The last name, and what it says of all of them: ``效益四个一级指标得分``, ``三季度支出``."""
    last = names[-1]
    match = _HEAD.match(last)
    if match:
        return match["name"], re.sub(
            r"^等?[两二三四五六七八九十\d]+(?:个|项|类|大|方面|部分|年|家|所)", "", match["head"]
        )
    short = {len(name) for name in names[1:-1]} or {len(names[0])}
    if len(short) == 1 and len(last) > max(short):
        return last[: max(short)], last[max(short) :]
    return last, ""


def _clause_start(text: str, low: int, number: int) -> int:
    """Where the clause of a number begins; one of nothing but 为 belongs to the clause before."""
    start = _boundary(text, low, number)
    if text[low : start - 1].strip() and _COPULA.match(text[start - 1 : number].rstrip()):
        return _boundary(text, low, start - 1)
    return start


def _boundary(text: str, low: int, high: int) -> int:
    for index in range(high - 1, low - 1, -1):
        if text[index] in _BOUNDARY and not _GROUPED.match(text, index - 1):
            return index + 1
    return low


def _beyond(text: str, reading: Reading, following: Reading | None, end: int) -> str:
    """What is said of a number's things by the number of their parts: 456项事项的774份材料可容缺受理."""
    if following is None or following.quantity.unit.dimension is not Dimension.COUNT:
        return ""
    if not re.fullmatch(r"[一-鿿]{2,12}的", text[reading.end : following.number_start]):
        return ""
    told = _after(text, following.end, end)
    return told if len(told) > _NOUN else ""


def _after(text: str, end: int, following: int) -> str:
    match = re.match(r"[^,，;；。:：()（）、\d]{0,16}", text[end:following])
    return _JOINED.sub("", match.group().strip()) if match else ""
