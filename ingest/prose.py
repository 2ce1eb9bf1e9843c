"""Figures in running text: what each number is to its sentence's subject.

A sentence of these reports states a value and then talks about it: ``公务接待费支出决算为 0.51
万元，完成预算 1.21 万元的 42%，比上年决算数减少 0.64 万元，下降 55.8%``. The subject is carried
from clause to clause and every further number gets its role from the words next to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.model import Direction, Role
from ingest.quantity import Dimension, Unit
from ingest.reading import Reading, read_quantities
from ingest.text import fold

_GROUP_END = re.compile(r"[;；]")
_TOPIC = re.compile(
    r"^[\s#*]*(?:(?P<topic>[^。!?;,:\d]{2,20})[*]*[。:]|(?P<long>[^。!?;,:\d]{21,45}):)[*]*"
)
# 食品抽检项目自评得分94.7分。全年预算数…: what the sentences after the first are about.
_SCORED_LEAD = re.compile(
    r"^[\s#*]*(?P<topic>[^。!?;,:]{2,40}?(?:项目|专项|资金|经费|工程|补助|补贴))(?:支出)?"
    r"(?:绩效)?(?:自评|自我评价|评价)(?:综合|总)?(?:得分|评分|综述|结果|等级)"
)
_SCORED = re.compile(r"(?:自评|评价)(?:综合|总)?(?:得分|评分)")
_SENTENCE = re.compile(r"[^。!?\n]*(?:[。!?\n]+[”’\"')]*|$)")
_UP = r"增加|增长|上升|上涨|提高|提升|上浮|增幅|升高|超出|超过|多|高于|高出|增收|增支"
_DOWN = r"减少|缩短|下降|降低|下滑|下浮|减幅|降幅|节约|节省|压缩|少|低于|减支|减收|缩减"
_AFTER_CUE = r"了|约|为|达到?|近|超|共|额|数|幅度|率|:|\s)*$"
_UP_END = re.compile(rf"(?:{_UP})(?:{_AFTER_CUE}")
_DOWN_END = re.compile(rf"(?:{_DOWN})(?:{_AFTER_CUE}")
_RAISE_END = re.compile(r"(?:调增|追加|增补|增拨|核增)(?!后|至|到|为)[^,;。后]{0,8}$")
_CUT_END = re.compile(r"(?:调减|核减|压减|收回|扣减|追减)(?!后|至|到|为)[^,;。后]{0,8}$")
# A bound is no change: 超过100万元, 低于97%.
_BOUND_END = re.compile(rf"(?:高于|低于|高出|超出|超过|多于|少于|超)(?:{_AFTER_CUE}")
_ADJUSTED_TO = re.compile(r"调(?:减|增|整)(?:(?:至|到|为)|后的?(?:为|共|合计)?)$")
_BASIS = re.compile(
    r"(?:比|较|与|同)(?P<basis>[^,;。比较]{0,6}?(?:上年|去年|上一年|年初|预算|预期|计划|目标|同期|20\d\d)"
    r"[^,;。]{0,14}?)(?:相比|相较|比)?,?(?:[^,;。]{0,4}(?:增幅|降幅))?(?=增加|增长|上升|上涨|提高|减少|下降|降低|持平"
    r"|多|少|超|节约|节省|上浮|下浮|压缩|提升|下滑|$)"
)
_YOY = re.compile(r"同比")
_SHARE = re.compile(
    r"占(?!地)(?P<basis>[^,,;;。占]{0,40}?)(?:的)?(?:比重|比例|比|份额)?(?:为|达到?|约|是)?$"
)
_COMPLETE = re.compile(
    r"(?:完成(?!率)(?:了)?[^,,;;。:]{0,12}(?:预算|计划)[^,,;;。]{0,12}的?|"
    r"(?:预算|资金|支出|支付|总体|整体)*(?:执行率|支出进度|支付进度|支出率|执行进度|预算完成率|支出完成率|支付率|使用率))"
    r"(?:均|已|也|[^,,;;。\d]{0,4})?(?:为|达到?|是|约|:)?$"
)
_ADJUST_RATE = re.compile(
    r"(?:调整率|调整幅度|调剂率|(?:压减|调减|核减|追加|调增)(?:比例|率|幅度))(?:为|达到?|是|约|:)?$"
)
_SCORE_RATE = re.compile(r"得分率[^,,;;。\d]{0,4}$")
_FULL = re.compile(
    r"(?:满分|分值|权重|设定分值|标准分|总分值|占)(?:共|合计)?(?:为|是|:|\()?$|(?:满分|分值|权重)[^,,;;。\d]{0,6}$"
)
_DEDUCT = re.compile(r"(?:扣|扣减|扣除|失)(?:了|掉)?$|扣分[^,,;;。\d]{0,3}$")
_BUDGET = re.compile(
    r"(?:预算数?|预算(?:安排|下达|资金|金额|总额|额度|批复|规模)+|(?:安排|下达|批复|核定)[^,,;;。]{0,4}(?:预算|资金)|"
    r"计划安排预算|资金需求|指标额度)(?:合计|共计?|总计)?(?:资金)?(?:为|是|达|共|:|约)?$"
)
_TARGET = re.compile(
    r"(?<!超过)(?<!超出)(?<!高于)(?<!低于)"
    r"(?:计划|预期|目标|年初设定|预计|指标值|应完成|拟|目标值|预期值|年度指标|标准值)[^,,;;。\d]{0,22}$"
)
_ACTUAL = re.compile(r"(?:实际|实际完成|完成值|实绩|最终)[^,,;;。\d]{0,22}$")
_SUBJECTLESS = re.compile(
    r"^(?:该|此|本|其|上述|各|这)?(?:项|个)?(?:指标|项目|评价|单位|部门|任务|工作|资金|经费|年度|局)*"
    r"(?:共|合计|共计|总计|设定|设置|下设|的)*$"
)
_LEADING = re.compile(
    r"^(?:(?:其中|另外|此外|同时|以及|并且|并|和|及|与|且|而|其(?!他|余|它)|中(?![国央共小学等心层])|包括|含|分别|另有|另|还|共有|"
    r"[一二三四五六七八九十]+是|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、)]|[①-⑳]|#+|-)"
    r"[、,:;\s]*)+"
)
_TRAILING = re.compile(
    r"(?:\s|为|是|达到?|约|近|超过?|有|了|到|(?<!合)(?<!总)(?<!累)计|:|(?<![月人日年])均|仅|已|累计|(?<!公)共计?|"
    r"\(|“|分别|各|只|就|至|不到|逾|的)+$"
)
_SCORE_WORDS = re.compile(
    r"评价得分|综合得分|综合评分|指标分值|设定分值|得分率|评分|得分|得|分值|满分|权重|扣分?|设定|评价|自评|指标|[占获为是]"
)
_YEAR = re.compile(r"(?<![\d〔\[(-])(20\d\d)\s*(?:年度?)(?!\s*[-—~至]\s*20\d\d)")
_WHOLE_OF = re.compile(r"^(?:20\d\d\s*年度?)?(?P<whole>[^,;。:]{2,40}?)(?:当中|之中|中),")
_COMPARED_YEAR = re.compile(r"(?:比|较|与|同|跟)\s*20\d\d\s*年")
_TITLED = re.compile(r"《[^》]{0,120}》|〔[^〕]*〕|“[^”]{0,60}”|\"[^\"]{0,60}\"")
_LAST_YEAR = re.compile(
    r"(?:上年|去年|上一年|上年度)(?:同期|决算数?|支出|收入|度|执行数|实际|数|预算数?)*(?:为|是|:)?$"
)


# 比2023年的89元提高5元: the figure of the year that is compared with.
_OF_COMPARED = re.compile(r"^(?:比|较|与|同)\s*(?P<year>20\d\d)\s*年度?(?:的|同期)?$")


@dataclass(frozen=True, slots=True)
class ProseFigure:
    """A reading with its place in its sentence; offsets are into the given text."""

    reading: Reading
    role: Role
    metric: str
    subject: str
    basis: str
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


def prose_figures(text: str, *, heading: str = "") -> tuple[ProseFigure, ...]:
    """Every quantity of a paragraph with its role, metric and subject.

    Args:
        text: a paragraph as it stands in the source.
        heading: the title of its section, which names the subject of sentences without one.
    """
    folded = fold(text)
    readings = read_quantities(text)
    found: list[ProseFigure] = []
    position = 0
    topic = _topic(folded, readings)
    for start, end in sentences(folded):
        inside: list[Reading] = []
        while position < len(readings) and readings[position].number_start < end:
            if not folded[start : readings[position].number_start].endswith("基数为"):
                inside.append(readings[position])
            position += 1
        if inside:
            found.extend(_sentence_figures(folded, start, end, inside, _Around(heading, topic)))
    return tuple(found)


def _topic(folded: str, readings: Sequence[Reading]) -> str:
    """What a paragraph is about: its short lead (**机关运行经费。** 52.88万元…), or "".

    A project whose score it opens with is what its other sentences are about.
    """
    match = _TOPIC.match(folded)
    if match and not (readings and readings[0].start < match.end()):
        return _LEADING.sub("", (match["topic"] or match["long"]).strip(" *#"))
    scored = _SCORED_LEAD.match(folded)
    if scored is None or len(_SCORED.findall(folded)) > 1:
        return ""
    name = _LEADING.sub("", scored["topic"].strip(" *#"))
    return "" if _SUBJECTLESS.match(name) else name


class _Around(NamedTuple):
    """What a paragraph stands under: its section's heading, and its own short lead."""

    heading: str
    topic: str


@dataclass(slots=True)
class _State:
    """What the clauses of a sentence hand on to the next."""

    subject: str = ""
    first_subject: str = ""
    basis: str = ""
    unit: Unit | None = None  # the target's, for an actual printed without one
    whole: str = ""  # …中，A 占 x%，B 占 y%: the whole of both
    scored: str = ""  # what the last mark was of: 决策指标分值15分，得分12.5分
    then_scored: bool = False  # the number is followed by what was scored of it


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
    state = _State(whole=_clean(enclosing["whole"]) if enclosing else "")
    previous_end = start
    for index, reading in enumerate(readings):
        following = readings[index + 1].number_start if index + 1 < len(readings) else end
        before = text[previous_end : reading.number_start]
        clause_start = _clause_start(text, previous_end, reading.number_start)
        clause = text[clause_start : reading.number_start]
        after = _after(text, reading.end, following)
        state.then_scored = bool(_THEN_SCORED.match(text[reading.end : following]))
        yield _figure(reading, state, around, before, clause, after, masked, start, index == 0)
        previous_end = reading.end


def _figure(
    reading: Reading,
    state: _State,
    around: _Around,
    before: str,
    clause: str,
    after: str,
    masked: str,
    start: int,
    first: bool,
) -> ProseFigure:
    role, basis, direction = classify(reading, before, clause)
    if role is Role.SCORE and state.then_scored and not _IS_SCORED.search(clause):
        role = Role.FULL_MARK
    if role in (Role.CHANGE, Role.GROWTH):
        state.basis = basis or state.basis
        basis = state.basis
    noun = _noun(clause)
    compared = _OF_COMPARED.match(clause.strip()) if role is Role.VALUE else None
    own = noun if not _SUBJECTLESS.match(noun) and compared is None else ""
    subject = _subject(state, own, role, around.topic or around.heading, first)
    if role in _SCORED_ROLES and not _SCORE_WORDS.sub("", own):
        own = ""
    if role is Role.SHARE:
        own = _clean(own.partition("占")[0])
    elif role in _DEPENDENT and subject and not _NAMED_RATE.search(own):
        own = ""
    counted = after if reading.quantity.unit.dimension is Dimension.COUNT else ""
    named = own or subject
    if own and subject and own != subject and _GENERIC_NOUN.match(own):
        named = f"{subject} {own}"
    if around.topic and around.topic not in named:
        named = f"{around.topic}{named}"
    metric = " ".join(dict.fromkeys(part for part in (named, counted) if part))
    if role is Role.TARGET:
        state.unit = reading.quantity.unit
    if role is Role.ACTUAL and state.unit and reading.quantity.unit.dimension is Dimension.NUMBER:
        reading = replace(reading, quantity=replace(reading.quantity, unit=state.unit))
    low, high = _group(masked, start, reading.number_start)
    return ProseFigure(
        reading=reading,
        role=role,
        metric=metric,
        subject=subject,
        basis=basis or (state.whole or state.first_subject if role is Role.SHARE else ""),
        direction=direction,
        year=compared["year"] if compared else _year(masked, reading.number_start - start),
        previous_year=bool(_LAST_YEAR.search(clause.rstrip())),
        sentence_start=low,
        sentence_end=high,
    )


def _group(masked: str, start: int, number: int) -> tuple[int, int]:
    """The part of a sentence between semicolons that holds the number."""
    cuts = [0, *(m.end() for m in _GROUP_END.finditer(masked)), len(masked)]
    offset = number - start
    low = max(cut for cut in cuts if cut <= offset)
    high = min((cut for cut in cuts if cut > offset), default=len(masked))
    return start + low, start + high


# Nouns that name a column, not a thing: they speak of the subject before them.
_GENERIC_NOUN = re.compile(
    r"^(?:完成)?(?:全年|年初|年度|调整后|当年|本年|实际)?(?:支出|收入)?(?:决算|预算|执行|支出|收入|完成)(?:数|额|总额)?$"
)
_SCORED_ROLES = (Role.FULL_MARK, Role.SCORE, Role.SCORE_RATE, Role.DEDUCTION)
_DEPENDENT = (Role.CHANGE, Role.GROWTH, Role.COMPLETION, Role.SHARE)
_NAMED_RATE = re.compile(r"率$")
_MARK_END = re.compile(r"(?:的|共|总)?(?:设定|标准)?(?:分值|满分|权重|得分|评分|扣分|得|扣)$")


def _subject(state: _State, own: str, role: Role, heading: str, first: bool) -> str:
    """The subject of a number; `state` moves on where its clause names a new one."""
    if role in _SCORED_ROLES:
        named = _clean(_SCORE_WORDS.sub("", own))
        if named and not _SUBJECTLESS.match(named) and len(named) > 1:
            state.subject = own
            state.scored = _clean(_MARK_END.sub("", own)) or own
            return own
        return state.scored or heading or state.subject
    if _GENERIC_NOUN.match(own) and (state.subject or heading):
        return state.subject or heading
    fresh = _fresh_subject(own, role)
    takes_over = role in _DEPENDENT and not first and bool(state.subject) and not fresh
    lead = fresh or ("" if takes_over or not own else _lead_subject(own, role))
    if lead:
        state.subject = lead
        state.first_subject = state.first_subject or lead
    return state.subject or heading


_FRESH = re.compile(
    r"^(?!比|较|与|同|跟|完成|主要)(?P<name>[^,;。占]{2,30}?(?:支出|收入|费用?|经费|资金|结余|拨款|补助|资产|负债|决算|数量?|合计|案件|人次|面积|里程|规模))"
    r"(?=比|较|与|同|跟|完成|增|减|下降|降|上升|的?预算执行率)"
)


def _fresh_subject(own: str, role: Role) -> str:
    """The new subject that a clause about a change names itself (``；事业收入比上年减少``), or ""."""
    match = _FRESH.match(own) if role in (Role.CHANGE, Role.GROWTH, Role.COMPLETION) else None
    name = _clean(match["name"]) if match else ""
    plain = _GENERIC_NOUN.match(name) or _SUBJECTLESS.match(name) or len(name) < 3
    return "" if plain else name


def classify(reading: Reading, before: str, clause: str) -> tuple[Role, str, Direction]:
    """Role, basis and direction of a number from the words around it.

    Args:
        reading: the number.
        before: text from the previous number (or the sentence's start) up to it.
        clause: the end of `before` from the last clause boundary on.
    """
    dimension = reading.quantity.unit.dimension
    near = clause.rstrip()
    moved = _direction(near)
    basis = _basis_of(before) if moved is not Direction.NONE else ""
    if moved is not Direction.NONE and (basis or not _BOUND_END.search(near)):
        compared = bool(basis) or dimension in (Dimension.PERCENT, Dimension.POINT)
        if compared or dimension is Dimension.MONEY:
            growth = dimension in (Dimension.PERCENT, Dimension.POINT, Dimension.MULTIPLE)
            return (Role.GROWTH if growth else Role.CHANGE), basis, moved
    if dimension is Dimension.SCORE:
        return _score_role(near), "", Direction.NONE
    if dimension is Dimension.PERCENT:
        return _percent_role(near, before)
    if dimension is not Dimension.COUNT or "收回" not in near:
        if _RAISE_END.search(near):
            return Role.ADJUSTMENT, "", Direction.UP
        if _CUT_END.search(near):
            return Role.ADJUSTMENT, "", Direction.DOWN
    if dimension is Dimension.MONEY and (_BUDGET.search(near) or _ADJUSTED_TO.search(near)):
        return Role.BUDGET, "", Direction.NONE
    return _plan_role(near), "", Direction.NONE


def _score_role(near: str) -> Role:
    if _DEDUCT.search(near):
        return Role.DEDUCTION
    if _FULL.search(near):
        return Role.FULL_MARK
    return Role.SCORE


def _percent_role(near: str, before: str) -> tuple[Role, str, Direction]:
    none = Direction.NONE
    if _SCORE_RATE.search(near):
        return Role.SCORE_RATE, "", none
    if _ADJUST_RATE.search(near):
        return Role.ADJUSTMENT_RATE, "", none
    share = _SHARE.search(near)
    if share:
        return Role.SHARE, share["basis"].strip(), none
    if _COMPLETE.search(near) or (
        re.fullmatch(r"\s*的?(?:约)?", before[-2:])
        and re.search(r"完成(?!率)[^,;。:]*(?:预算|计划)", before)
    ):
        return Role.COMPLETION, "", none
    if near.strip() in ("的", "") and re.search(r"的$", before.rstrip()):
        return Role.COMPLETION, "", none
    return _plan_role(near), "", none


def _plan_role(near: str) -> Role:
    target, actual = _TARGET.search(near), _ACTUAL.search(near)
    if target and actual:
        return Role.TARGET if target.start() > actual.start() else Role.ACTUAL
    if target:
        return Role.TARGET
    return Role.ACTUAL if actual else Role.VALUE


def _direction(near: str) -> Direction:
    if _UP_END.search(near):
        return Direction.UP
    return Direction.DOWN if _DOWN_END.search(near) else Direction.NONE


def _basis_of(before: str) -> str:
    bases = [match["basis"].strip() for match in _BASIS.finditer(before)]
    if bases:
        return bases[-1]
    return "上年同期" if _YOY.search(before) else ""


def _clause_start(text: str, low: int, number: int) -> int:
    for index in range(number - 1, low - 1, -1):
        if text[index] in ",，;；。":
            return index + 1
    return low


def _after(text: str, end: int, following: int) -> str:
    match = re.match(r"[^,，;；。:：()（）、\d]{0,16}", text[end:following])
    return match.group().strip() if match else ""


def _noun(clause: str) -> str:
    """The noun phrase that names the number: its clause without connectives and copulas."""
    body = clause
    head, found, tail = clause.rpartition(":")
    if found:
        body = tail if _clean(tail) else head
    return _clean(_OPENED.sub("", body.strip().lstrip(")）")))


_THEN_SCORED = re.compile(
    r"\s*(?:[)）][,，]?|[,，])\s*(?:自评|评价|实际|实)?(?:得分?|扣分?)(?:了|为)?\s*$"
)
_IS_SCORED = re.compile(r"得|评分|自评|评价|实际|扣")
_OPENED = re.compile(r"[(（](?:满分|分值|权重|标准分值?|占|总分|共)*$")  # 项目决策（满分20分）


def _clean(body: str) -> str:
    return _TRAILING.sub("", _LEADING.sub("", body.strip())).strip(' \t“”"、')


def _lead_subject(noun: str, role: Role) -> str:
    """The part of a noun phrase that stays subject for the clauses after it."""
    if role is Role.SHARE:
        noun = noun.partition("占")[0]
    cut = re.split(
        r"(?:比|较|与|同|跟)\s*20\d\d|20\d\d\s*年(?:相比|比)|比(?:上|去|年|预)|较(?:上|去|年)|同比|完成(?:全年|年初|年度|调整)?预算|预算执行率|得分率|"
        r"(?:支出|收入)?(?:全年|年初|年度|调整后)预算|(?:指标)?分值|评价得分|计划|实际|预期",
        noun,
    )[0]
    cleaned = _clean(cut)
    return "" if _SUBJECTLESS.match(cleaned) else cleaned


def _mask(sentence: str) -> str:
    """The sentence with titles, quotes and years of comparison blanked out."""
    for pattern in (_TITLED, _COMPARED_YEAR):
        sentence = pattern.sub(lambda match: " " * len(match.group()), sentence)
    return sentence


def _year(masked: str, offset: int) -> str:
    years = [match[1] for match in _YEAR.finditer(masked, 0, offset)]
    return years[-1] if years else ""
