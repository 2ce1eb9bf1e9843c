"""Figures in running text: what each number is to its sentence's subject.

A sentence of these reports states a value and then talks about it: ``公务接待费支出决算为 0.51
万元，完成预算 1.21 万元的 42%，比上年决算数减少 0.64 万元，下降 55.8%``. The subject is carried
from clause to clause and every further number gets its role from the words next to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ingest.figures.prose_compared import MOVED, MOVED_TO, THEN_MOVED, TO, Before, compared
from ingest.figures.prose_places import Each, Place, distributed, is_full_mark, past_counted, places
from ingest.figures.prose_roles import classify
from ingest.figures.prose_subjects import (
    ADJUSTED,
    DEPENDENT,
    GENERIC_NOUN,
    LEADING,
    NAMED_RATE,
    SCORE_WORDS,
    SCORED_ROLES,
    SUBJECTLESS,
    cause_of,
    clean,
    fresh_subject,
    lead_subject,
    noun_of,
    of_other_stage,
    scored_name,
)
from ingest.figures.prose_wholes import going_back
from ingest.model import Direction, Role
from ingest.quantity import Dimension, Unit
from ingest.reading.reader import Reading, read_quantities
from ingest.reading.text import fold

_GROUP_END = re.compile(r"[;；]")
_TOPIC = re.compile(
    r"^[\s#*]*(?:(?P<topic>[^。!?;,:\d]{2,20})[*]*[。:]|(?P<long>[^。!?;,:\d]{21,45}):)[*]*"
)
# 2、某村旅游扶贫交易市场建设项目。建设内容：…总得分为90.76分: of one of several projects.
_NUMBERED_PROJECT = re.compile(
    r"\s*(?:\d{1,2}[、.．](?!\d)|\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、)"
    r"(?P<topic>[^。!?;,:\d]{4,60}?(?:项目|工程))。"
)
_SAYS_PARTS = re.compile(r"分为|分成|由.+(?:组成|构成)|包括|共分")  # a sentence, and no lead
# 食品抽检项目自评得分94.7分。全年预算数…: what the sentences after the first are about.
_SCORED_LEAD = re.compile(
    r"^[\s#*]*(?P<topic>[^。!?;,:]{2,40}?(?:项目|专项|资金|经费|工程|补助|补贴))(?:支出)?"
    r"(?:绩效)?(?:自评|自我评价|评价)(?:综合|总)?(?:得分|评分|综述|结果|等级)"
)
_SCORED = re.compile(r"(?:自评|评价)(?:综合|总)?(?:得分|评分)")
_SENTENCE = re.compile(r"[^。!?\n]*(?:[。!?\n]+[”’\"')]*|$)")
_YEAR = re.compile(r"(?<![\d〔\[(-])(20\d\d)\s*(?:年度?)(?!\s*[-—~至]\s*20\d\d)")
_WHOLE_OF = re.compile(r"^(?:20\d\d\s*年度?)?(?P<whole>[^,;。:]{2,40}?)(?:当中|之中|中),")
_COMPARED_YEAR = re.compile(
    r"(?:比|较|与|同|跟)\s*20\d\d\s*年|(?:由|从)\s*20\d\d\s*年(?=[^,;。]{0,24}(?:至|到|为))"
)
_TITLED = re.compile(r"《[^》]{0,120}》|〔[^〕]*〕|“[^”]{0,60}”|\"[^\"]{0,60}\"")
_ENDED = re.compile(r"(?<=[^\s,;:])\([^()]{0,120}\)")
_LAST_YEAR = re.compile(
    r"(?:上年|去年|上一年|上年度)(?:同期|决算数?|支出|收入|度|执行数|实际|数|预算数?)*(?:为|是|:)?$"
)


_AT_LAST = re.compile(r"^(?:[两三四五六七八九十]+[年项者地])?(?:合计|共计|总计)$")
_LEVEL = re.compile(
    r"^(?:该|此|各|本|共)?(?:项|个|类)?(?:[一二三四]级|评价|绩效|具体|明细|细化)?指标$"
)
_INDICATOR = re.compile(r"^(?P<name>[^,;。]{2,20}?指标)(?:(?:共|下|一共)?设(?:置|有|定|计)?)?$")


@dataclass(frozen=True, slots=True)
class ProseFigure:
    """A reading with its place in its sentence; offsets are into the given text."""

    reading: Reading
    role: Role
    metric: str
    subject: str
    basis: str
    within: str  # the budget that it is a part of
    direction: Direction
    year: str
    previous_year: bool
    sentence_start: int
    sentence_end: int


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of the sentences of a folded text, in order."""
    for match in _SENTENCE.finditer(text):
        if match.end() > match.start():
            yield match.start(), match.end()


def prose_figures(text: str, *, heading: str = "", before: str = "") -> tuple[ProseFigure, ...]:
    """Every quantity of a paragraph with its role, metric and subject.

    Args:
        text: a paragraph as it stands in the source.
        heading: the title of its section, which names the subject of sentences without one.
        before: what the paragraph before it in the section is about, which 该项支出 goes on with.
    """
    folded = fold(text)
    readings = read_quantities(text)
    found: list[ProseFigure] = []
    position = 0
    topic = _topic(folded, readings)
    subject = before
    for start, end in sentences(folded):
        inside: list[Reading] = []
        while position < len(readings) and readings[position].number_start < end:
            if not folded[start : readings[position].number_start].endswith("基数为"):
                inside.append(readings[position])
            position += 1
        item = _ITEM.match(folded, start, end)
        if item is not None and (start or _OF_IT.match(folded, item.end(), end)):
            topic = item["topic"]
        if inside:
            goes_on = _GOES_ON if start else _OF_BEFORE
            carried = subject if goes_on.match(folded, start, end) else ""
            around = _Around(heading, topic, carried)
            told = list(_sentence_figures(folded, start, end, inside, around))
            subject = told[0].subject
            found += told
    return tuple(found)


# 3. 食材抽检合格率：年度指标值98%: what the sentences of an item
# are about that stands behind others of its paragraph.
_ITEM = re.compile(
    r"\s*(?:\(\d{1,2}\)|\d{1,2}[.、．])\s*(?P<topic>(?!其中|包括)[^。!?;,:\d()]{3,20}?)"
    r"(?<!情况)(?<!目标)(?<!方面)(?<!问题)(?<!措施)(?<!建议)(?<!原因)(?<!说明)(?<!内容)(?:指标)?:(?!\s*\()"
)

_OF_IT = re.compile("该指标年初(?:设定)?")  # what is told of an indicator right behind its name

# 与上年相比，增加 839.54 万元: of what the sentence before was about.
_OF_BEFORE = re.compile(r"\s*[该此]项(?:支出|经费|费用|收入|资金)")
_GOES_ON = re.compile(
    rf"{_OF_BEFORE.pattern}|"
    r"\s*(?:与|和|同|比|较)(?:上年|去年|上一年|20\d\d年)度?(?:决算数?|支出数?|执行数)?(?:相比|相较|比较|比)?,?"
    r"(?:各|均|共)?(?:增加|增长|减少|下降|上升|降低)"
)


def _topic(folded: str, readings: Sequence[Reading]) -> str:
    """What a paragraph is about: its short lead (**机关运行经费。** 52.88万元…), or "".

    A project whose score it opens with is what its other sentences are about.
    """
    match = _TOPIC.match(folded)
    numbered = _NUMBERED_PROJECT.match(folded)
    if numbered is not None and not (readings and readings[0].start < numbered.start("topic")):
        return numbered["topic"].strip()
    if match and _SAYS_PARTS.search(match["topic"] or match["long"]):
        match = None
    if match and not (readings and readings[0].start < match.end()):
        return LEADING.sub("", (match["topic"] or match["long"]).strip(" *#"))
    scored = _SCORED_LEAD.match(folded)
    if scored is None or len(_SCORED.findall(folded)) > 1:
        return ""
    name = LEADING.sub("", scored["topic"].strip(" *#"))
    return "" if SUBJECTLESS.match(name) else name


class _Around(NamedTuple):
    """What a paragraph stands under: its section's heading, and its own short lead."""

    heading: str
    topic: str
    carried: str = ""  # the subject of the sentence before, where this one goes on with it


@dataclass(slots=True)
class _State:
    """What the clauses of a sentence hand on to the next."""

    subject: str = ""
    first_subject: str = ""
    scored: str = ""  # what the full mark or score before it, in its part between semicolons, is of
    basis: str = ""
    shared: str = ""  # of what the share before was one
    unit: Unit | None = None  # the target's, for an actual printed without one
    whole: str = ""  # …中，A 占 x%，B 占 y%: the whole of both
    outer: str = ""  # the subject before a bracket
    previous: _Told | None = None
    last_unit: str = ""
    listed: int = 0  # amounts in the same unit right before
    totals: dict[str, str] = field(default_factory=dict)  # the first amount of each unit
    budgeted: bool = False  # what is told are the parts of a budget
    budget: str = ""  # what the last budget is called


class _Told(NamedTuple):
    """What the number before was taken for."""

    role: Role
    basis: str
    direction: Direction
    dimension: Dimension
    counted: str
    against: str  # with what this one is compared by the next, 目标值 of 比目标值95%高3.5个百分点


def clause_at(text: str, offset: int) -> tuple[int, int]:
    """The range of the sentence, or of its part between semicolons, that holds `offset`.

    `text` is folded; titles and quotes do not end a clause.
    """
    for start, end in sentences(text):
        if start <= offset < end:
            return _group(_mask(text[start:end]), start, offset)
    return 0, len(text)


def _sentence_figures(
    text: str, start: int, end: int, readings: list[Reading], around: _Around
) -> Iterator[ProseFigure]:
    masked = _mask(text[start:end])
    enclosing = _WHOLE_OF.match(text[start:end])
    state = _State(
        subject=around.carried,
        first_subject=around.carried,
        whole=clean(enclosing["whole"]) if enclosing else "",
    )
    each = distributed(text, start, readings)
    numbers = list(places(text, start, end, readings))
    wholes = going_back(numbers)
    names: list[str] = []
    for index, place in enumerate(numbers):
        if index in wholes:
            state.subject, state.outer = names[wholes[index]] or state.subject, ""
        elif index > 1:
            state.subject = _counted_alike(numbers[: index + 1], names) or state.subject
        figure = _figure(place, state, around, masked, start, each.get(index))
        names.append(_thing(figure, around.topic))
        yield figure


def _counted_alike(numbers: Sequence[Place], names: Sequence[str]) -> str:
    """What the last number is of that is only compared with, where another stands between the two.

    In 见习774人，完成目标的96.75%，比2023年的698人 the last one is of what was counted in its unit.
    """
    unit = _unit_of(numbers[-1])
    if _unit_of(numbers[-2]) == unit:
        return ""
    before = compared(numbers[-1])
    if before is None or before.subject or not (before.year or before.last):
        return ""
    earlier = (i for i in range(len(names) - 1, -1, -1) if _unit_of(numbers[i]) == unit)
    return next((names[i] for i in earlier), "")


def _unit_of(place: Place) -> str:
    return place.reading.quantity.unit.symbol


def _thing(figure: ProseFigure, topic: str) -> str:
    """What a number is of: its metric, without words that name but a column of it (全年支出)."""
    name = figure.metric.removeprefix(topic).strip()
    return figure.subject if name.startswith(f"{figure.subject} ") else name


def _figure(
    place: Place, state: _State, around: _Around, masked: str, start: int, share: Each | None
) -> ProseFigure:
    reading = place.reading
    role, basis, direction = _classified(place, state, share)
    if _of_a_budget(place, state, role):
        role = Role.BUDGET
    if role is Role.VALUE and _reached(place, state, around.topic):
        role = Role.ACTUAL
    if role in (Role.CHANGE, Role.GROWTH):
        state.basis = basis or state.basis
        basis = state.basis
    before = compared(place) if role in _COMPARABLE else None
    metric, subject, counted = _named(place, state, around, role, before, share)
    if role is Role.BUDGET and not state.budgeted:
        state.budget = metric
    dimension = reading.quantity.unit.dimension
    if role is Role.TARGET:
        state.unit = reading.quantity.unit
    if role is Role.ACTUAL and state.unit and dimension is Dimension.NUMBER:
        reading = replace(reading, quantity=replace(reading.quantity, unit=state.unit))
    if role is Role.SHARE:
        basis = state.shared = basis or state.whole or state.shared or _whole(state, subject)
    elif role in (Role.VALUE, Role.ACTUAL):
        again = state.last_unit == reading.quantity.unit.symbol
        state.listed = state.listed + 1 if again else 1
        state.last_unit = reading.quantity.unit.symbol
        state.totals.setdefault(state.last_unit, metric.removeprefix(around.topic).strip())
    against = place.clause.strip(" 比较与同的") if before else ""
    state.previous = _Told(role, basis, direction, dimension, counted, against)
    low, high = _group(masked, start, reading.number_start)
    year = before.year if before else share.year if share else ""
    return ProseFigure(
        reading=reading,
        role=role,
        metric=metric,
        subject=subject,
        basis=basis,
        within=state.budget if state.budgeted else "",
        direction=direction,
        year=year or _year(masked, reading.number_start - start),
        previous_year=before.last if before else bool(_LAST_YEAR.search(place.clause.rstrip())),
        sentence_start=low,
        sentence_end=high,
    )


# What is compared with is told as an amount, a plan or a score.
_COMPARABLE = (Role.VALUE, Role.TARGET, Role.BUDGET, Role.SCORE, Role.ACTUAL)


def _named(
    place: Place,
    state: _State,
    around: _Around,
    role: Role,
    before: Before | None,
    share: Each | None,
) -> tuple[str, str, str]:
    """The metric and the subject of a number, and the noun behind it that it counts."""
    counts = place.reading.quantity.unit.dimension is Dimension.COUNT
    own = _own(place, state, before, share)
    if state.outer and ")" in place.before and "(" not in place.before.partition(")")[0]:
        state.subject, state.outer = state.outer, ""
    if place.before.rfind("(") > place.before.rfind(")"):
        state.outer = state.subject
    if MOVED.match(own) and not (counts and role is Role.VALUE):
        own = ""
    if role is Role.ACTUAL and len(own) >= _A_RATE and around.topic.endswith(own):
        own = around.topic
    cause = cause_of(place.clause) if role in (Role.CHANGE, Role.GROWTH) else ""
    subject = _subject(state, own, role, around.topic or around.heading, place.first, cause)
    if role in SCORED_ROLES and not SCORE_WORDS.sub("", own):
        own = ""
    if role is Role.SHARE:
        own = clean(own.partition("占")[0])
    elif role in DEPENDENT and subject and not NAMED_RATE.search(own):
        own = ""
    behind = (place.behind, place.after)
    moves = TO.match(place.behind) or (before and any(map(THEN_MOVED.match, behind)))
    counted = place.after.removesuffix("的") if counts and not moves else ""
    listed = not own and _counts_listed(place, _SO_MANY.sub("", noun_of(place.clause)))
    # 共设办公室、法制处、…12个内设机构: what is counted is named behind the number.
    named = "" if listed else own or subject
    if own and subject and subject not in own and GENERIC_NOUN.match(own):
        named = f"{of_other_stage(subject, own)} {own}"  # 公务接待费 决算数
    if around.topic and around.topic not in named:
        named = f"{around.topic}{named}"
    beyond = place.beyond if counted else ""
    parts = (named, f"{counted}{beyond}")
    return " ".join(dict.fromkeys(part for part in parts if part)), subject, counted


_PIECES = re.compile("、|以及|和|及|与")
_LISTED_LEAST = 3


def _counts_listed(place: Place, noun: str) -> bool:
    """Whether the words before a count are the very things that it counts, and name nothing else."""
    if place.reading.quantity.unit.dimension is not Dimension.COUNT or not place.after:
        return False
    listed = len(_PIECES.split(noun))
    if listed < _LISTED_LEAST or "、" not in noun:
        return False
    return noun.endswith("等") or place.reading.quantity.value == listed or listed > _LONGEST_LIST


_LONGEST_LIST = 5  # things that no subject has beside one another


def _raised_to(place: Place) -> bool:
    """True for ``提高到94元`` and ``提高到2023年的94元``, which name nothing."""
    return MOVED_TO.match(place.clause.strip(" ,了约")) is not None


def _own(place: Place, state: _State, before: Before | None, share: Each | None) -> str:
    """The noun phrase of a number's own clause, or "" where it says none."""
    if before is not None:
        return "" if SUBJECTLESS.match(before.subject) else before.subject
    if share is not None:
        return share.name
    noun = _SO_MANY.sub("", noun_of(place.clause))
    if place.joined and state.previous is not None:
        counts = place.reading.quantity.unit.dimension is Dimension.COUNT
        each = counts or place.before.endswith("、")
        if place.after and each and noun and noun == clean(state.previous.counted):
            return ""  # 31个部门1809个事项: each is named behind its number
        noun = past_counted(noun, state.previous.counted, state.subject, counts=counts)
    if _AT_LAST.match(noun) and state.listed > 1:
        return noun
    if _counts_listed(place, noun):
        return ""
    return "" if SUBJECTLESS.match(noun) or _raised_to(place) else noun


def _classified(place: Place, state: _State, share: Each | None) -> tuple[Role, str, Direction]:
    """Role, basis and direction of a number; those of the one before where both are told at once."""
    told, previous = classify(place.reading, place.before, place.clause), state.previous
    dimension = place.reading.quantity.unit.dimension
    if dimension is Dimension.SCORE and is_full_mark(place):
        return Role.FULL_MARK, "", Direction.NONE
    if told[0] is Role.GROWTH and _AIMED_AT.match(place.behind):
        return Role.TARGET, "", Direction.NONE
    if previous is None or (told[0] is not Role.VALUE and told[0] is not Role.SCORE):
        return told
    if share is not None and share.number and previous.dimension is dimension:
        return previous.role, previous.basis, previous.direction
    if previous.against and THEN_MOVED.match(place.before) and _like(previous.dimension, dimension):
        return _change(place, previous.against)
    again = state.last_unit == place.reading.quantity.unit.symbol and not place.after
    if again and told[0] is Role.VALUE and MOVED.match(place.clause.strip(" ,了约")):
        return _change(place, "")
    listed = place.joined and place.before.startswith("、")
    if listed and previous.role in (Role.TARGET, Role.ACTUAL) and told[0] is Role.VALUE:
        return previous.role, "", Direction.NONE
    return told


# 2023年共救助3482人次: when and that it is a total name nothing.
_SO_MANY = re.compile(r"^20\d\d年度?(?:全年)?(?:共计|共|累计|一共|总共)(?=[一-鿿]{2})")
_A_RATE = 3  # characters of a rate's name that no other one ends in by chance (合格率)


def _reached(place: Place, state: _State, topic: str) -> bool:
    """食材抽检合格率：年度指标值98%，…，合格率97.6%: the item's own name again, behind its target."""
    name = clean(noun_of(place.clause))
    same = state.unit is not None and state.unit == place.reading.quantity.unit
    return same and len(name) >= _A_RATE and name.endswith("率") and topic.endswith(name)


_INCLUDING = re.compile(r"\s*[,，(（]?\s*其中\s*[:：,，]?")
_NEXT_PART = re.compile(r"\s*[,，、和及与]")
_NOT_PLANNED = re.compile(r"执行|决算|完成|实际|使用|支付|花|结余|剩|到位|增|减|调|追加|收回|压")


def _of_a_budget(place: Place, state: _State, role: Role) -> bool:
    """True for the parts of a budget: 年初预算 12,450.60 万元，其中基本支出 3,260.50 万元，项目支出 …"""
    previous = state.previous
    told = previous is not None and previous.role is Role.BUDGET
    plain = role is Role.VALUE and place.reading.quantity.unit.dimension is Dimension.MONEY
    joins = _NEXT_PART if state.budgeted else _INCLUDING
    state.budgeted = bool(
        told and plain and joins.match(place.before) and not _NOT_PLANNED.search(place.before)
    )
    return state.budgeted


_AIMED_AT = re.compile(r"^\s*(?:以上|以内)?的?(?:年度|预期|既定|工作|绩效)?(?:目标|要求|任务)")


def _like(one: Dimension, other: Dimension) -> bool:
    rates = (Dimension.PERCENT, Dimension.POINT)
    return one is other or (one in rates and other in rates)


def _change(place: Place, against: str) -> tuple[Role, str, Direction]:
    down = re.search(r"降|减|缩|低|少|节约|压缩", place.before)
    growth = place.reading.quantity.unit.dimension in (Dimension.PERCENT, Dimension.POINT)
    moved = Direction.DOWN if down else Direction.UP
    return (Role.GROWTH if growth else Role.CHANGE), against, moved


def _whole(state: _State, part: str) -> str:
    """The first amount of a sentence in the unit of the last, of which a share may be told."""
    whole = state.totals.get(state.last_unit, "")
    return whole if whole and whole != part else state.first_subject


def _group(masked: str, start: int, number: int) -> tuple[int, int]:
    """The part of a sentence between semicolons that holds the number."""
    cuts = [0, *(m.end() for m in _GROUP_END.finditer(masked)), len(masked)]
    offset = number - start
    low = max(cut for cut in cuts if cut <= offset)
    high = min((cut for cut in cuts if cut > offset), default=len(masked))
    return start + low, start + high


def _indicator(subject: str) -> str:
    """``决策类指标`` of ``决策类指标共设3个，满分20分``: what the marks after it are of."""
    match = _INDICATOR.match(subject)
    return match["name"] if match and not _LEVEL.match(match["name"]) else ""


_ALL_OF = re.compile(r"(?:总|全年|当年|本年)?(?:收入|支出)(?:合计|总额|总计)?$")
_OF_SITUATION = re.compile(
    r"(?:概况|情况|说明|概述|简介)$|^(?:总)?(?:收入|支出)(?:合计|总额|总计)?$"
)


def _subject(state: _State, own: str, role: Role, heading: str, first: bool, cause: str) -> str:
    """The subject of a number; `state` moves on where its clause names a new one."""
    if role in SCORED_ROLES:
        named = clean(SCORE_WORDS.sub("", own))
        if named and not SUBJECTLESS.match(named) and len(named) > 1:
            state.subject, state.scored = own, scored_name(own)
            return own
        return state.scored or _indicator(state.subject) or heading or state.subject
    if state.listed > 1 and _AT_LAST.match(own):
        return heading or state.first_subject
    if ADJUSTED.match(own):
        return state.subject or own
    around = state.subject or heading
    all_of = _ALL_OF.match(own) and _OF_SITUATION.search(around)
    if GENERIC_NOUN.match(own) and around and not all_of:
        return around
    fresh = cause or fresh_subject(own, role)
    takes_over = role in DEPENDENT and not first and bool(state.subject) and not fresh
    lead = fresh or ("" if takes_over or not own else lead_subject(own, role))
    if state.subject and GENERIC_NOUN.match(lead):  # 该项支出决算数比预算数减少
        lead = ""
    if lead:
        state.subject = lead
        state.first_subject = state.first_subject or lead
    return state.subject or heading


def _mask(sentence: str) -> str:
    """The sentence with titles, quotes and years of comparison blanked out."""
    for pattern in (_TITLED, _COMPARED_YEAR):
        sentence = pattern.sub(lambda match: " " * len(match.group()), sentence)
    return sentence


def _year(masked: str, offset: int) -> str:
    """The year told last before a number; one in a bracket that has ended is told of what it says."""
    told = _ENDED.sub(lambda match: " " * len(match.group()), masked[:offset])
    years = [match[1] for match in _YEAR.finditer(told)]
    return years[-1] if years else ""
