"""Counts that sentences state beside the counts of their kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ingest.equations.book import Book, Run
from ingest.equations.claims import Claim, holds, show, total
from ingest.interval import Interval
from ingest.model import Figure
from ingest.quantity import Dimension
from ingest.reading.text import compact
from ingest.structure.markers import cjk_number

_MARKER = re.compile(
    r"^[^;。:()]{0,40}?(?P<marker>其中|包括|包含|分为|分别[为是]|含|中(?=,)|:)[:,]?(?P<name>[^;。:()]{0,24})$"
)
_WHOLE = ("包括", "包含", "分为", "分别为", "分别是")
_OPEN = re.compile(r"主要|等$|不限于|例如|如[:,]|以及其他|部分|重点")
_GOES_ON = re.compile(r"\s*[(（]?\s*(?:等|和|及|以及|、|…)")
_JOIN = re.compile(r"^(?:[\s,、和及与另有共计为是]|以(?!下))+|[\s为是有共计:的]+$")
_REST = re.compile(r"^(?:其他|其它|其余)")
_LEVEL = re.compile(r"^([一二三四五])[级类]")
_BAND = re.compile(r"^(?:\(含\))?(?:及?以上|及?以下|以内)?的?[^,、;。\d]{0,4}$")
_BOUNDED = re.compile(r"\d\D{0,3}(?:-|—|~|至|以上|以下|以内)")
_ENDED = re.compile(r"以上|以下|以内")
_KINDS = 12  # kinds of a list
_LONGEST = 20

# Words that divide a whole, each list with no other kind beside those that it names.
_DIVISIONS = tuple(
    re.compile(rf"^(?:{words})")
    for words in (
        "在职|离退休|离休|退休",
        "男|女",
        "公办|民办",
        "(?:自评|评价|综合)?(?:等级|等次|结果)?(?:评?[为是])?(?:合格|不合格|优秀|优|良好|良|中|一般|较差|差|低)",
        "非常满意|很满意|比较满意|较满意|基本满意|满意|一般|不太满意|很不满意|不满意|不了解",
        "已|未|尚未|正在|在建|完成|部分完成|基本完成",
        "达标|未达标|不达标",
        "定量|定性",
        "共性|个性",
        "产出指标|效益指标|满意度指标|服务对象满意度|成本指标|产出|效益",
        "线上|线下",
        "城市|城镇|农村|乡村",
        "集中|分散",
        "本级|机关|下属|所属|直属",
        "编制内|在编|编外|合同制|劳务派遣|聘用|临聘|编制外",
        "货物|工程|服务",
        "国内|国外|境外|国\\(境\\)外",
        "新建|续建|改建|扩建|改扩建|改造",
        "专职|兼职",
        "特大桥|大桥|中桥|小桥",
        "自有|租赁|租用",
    )
)
_RANKS = (re.compile("^(?:本科|专科|硕士|博士|研究生)"),)
_MOST = Decimal("0.75")  # of a whole that ranks list at least, where they list all of it
_BODIES = (re.compile(r"^(?:行政|参公|参照公务员|事业|公益[一二]类)"),)
_TITLES = re.compile(r"^(?:正高|副高|高级|中级|初级)")
# Of these kinds some may be left unsaid: only more than the whole is an error.
_MORE_ONLY = tuple(
    re.compile(rf"^(?:{words})")
    for words in (
        "行政|事业|工勤|机关工勤|政法专项|参公",
        "国家级|中央|省级|市级|区级|县级|镇级|乡镇|村级",
        "特级|甲级|乙级|丙级|正高|副高|高级|中级|初级",
    )
)
_STATE = re.compile(r"(?:已|未|尚未|正在|不|部分|基本)")
_NOT = re.compile(r"^(?:尚未|未|不|没有)(?P<stem>[^\d\s,、的]{2})")
_GRADE = re.compile(r"^(?:优秀|优|良好|良|中|差|低|合格|不合格)$")


class _Kind(NamedTuple):
    """A count in a list with the name of what it counts."""

    name: str
    figure: Figure


def count_parts(book: Book) -> Iterator[Claim]:
    """“共 n 个，其中甲类 a 个、乙类 b 个”：n = a + b；“共 n 个，完成 a 个，未完成 b 个”：n = a + b。

    来源：机构、人员、车辆、项目、指标、问卷情况的文字，如“34 个项目，其中一级项目 9 个，二级项目 19 个”。
    例：10 个 = 行政单位 4 个 + 事业单位 6 个；34 个与 9 个 + 19 个不符；11 个与完成 9 个 + 未完成 3 个不符。
    边界：各类须为互斥而且列全的分类（男与女、优良中差、一级二级…，分段，以“其他”收尾，或以“包括”“分为”引出），
    “主要”“等”不查；可能略去一类的分类，只在各类之和超过总数时报错；其余只确认。
    """
    for run in book.runs:
        told: set[tuple[int, ...]] = set()
        for claim in (
            *_claims(book, _with_whole(run)),
            *_graded(run),
            *_opposed(run),
            *_itself(run),
        ):
            key = (claim.stated.no, *sorted(figure.no for figure in claim.operands))
            if key not in told and (holds(claim) or not _of_another(run, claim)):
                told.add(key)
                yield claim


_ITSELF = re.compile(
    r"^[^;。]{0,12}(?:包括|包含|分别为|即|:)[^,;。\d]{0,10}(?:本级|机关|本部|本身)(?:[1一]个)?[和及与、]"
    r"(?:所属|下属|直属|下设)?(?:的)?(?:共)?$"
)


def _itself(run: Run) -> Iterator[Claim]:
    """编报范围的单位共4个，包括局本级和下属2个预算单位: the body itself is one of them."""
    for whole, part, lead in zip(run.figures, run.figures[1:], run.leads[1:], strict=False):
        counts = {each.quantity.unit for each in (whole, part)}
        counted = all(each.quantity.unit.dimension is Dimension.COUNT for each in (whole, part))
        if len(counts) == 1 and counted and _ITSELF.match(compact(lead)):
            value = 1 + part.quantity.base
            formula = f"本级 1 + {show(part)}"
            yield Claim("count_parts", whole, (part,), formula, value, Interval(value, value))


def _of_another(run: Run, claim: Claim) -> bool:
    """True where the parts make up another count before the whole, or what is left of it.

    ``受理215件，办结212件，其中甲类150件、乙类65件`` divides what came in; ``毕业60人，其中45人升学，就业
    9人，其余6人待业`` divides it together with the whole that was taken.
    """
    parts, whole = claim.value, claim.stated.quantity
    before = [
        figure.quantity.base
        for figure in (*run.previous, *run.figures)
        if figure.no < claim.stated.no and figure.quantity.unit == whole.unit
    ]
    return parts is not None and any(
        count in (parts, parts + whole.base, parts - whole.base) for count in before
    )


def _claims(book: Book, run: Run) -> Iterator[Claim]:
    for index in range(len(run.figures) - 2):
        whole = run.figures[index]
        if _counted(whole):
            marker, kinds = _kinds(run, index)
            yield from _divided(book, whole, marker, kinds)


def _with_whole(run: Run) -> Run:
    """“人员编制 62 人。其中：行政编制 28 人，…”: with the count that the sentence before ends in."""
    if not run.previous or not _CARRIED_ON.match(run.leads[0]) or not _counted(run.previous[-1]):
        return run
    return Run((run.previous[-1], *run.figures), ("", *run.leads), run.tail)


_CARRIED_ON = re.compile(r"\s*其中\s*[:：]")


def _counted(figure: Figure) -> bool:
    return figure.quantity.unit.dimension is Dimension.COUNT and figure.quantity.exact


def _kinds(run: Run, index: int) -> tuple[str, list[_Kind]]:
    """The word that opens the list after a count, and the counts of its kinds."""
    marker, before, depth = "", "", 0
    named_after: bool | None = None
    kinds: list[_Kind] = []
    for position in range(index + 1, min(len(run.figures), index + 1 + 2 * _KINDS)):
        figure, lead = run.figures[position], run.leads[position]
        if not marker:
            first = _MARKER.search(lead)
            if first is None and not _counted(figure):
                continue  # 对12个项目开展自评，涉及资金…万元，其中“优”的9个
            if first is None or _OPEN.search(first.group()):
                return "", []
            marker, lead = first["marker"], first["name"]
        depth = max(0, depth + lead.count("(") - lead.count(")"))
        if depth:
            continue  # (含工勤5人、司机2人): parts of the kind before them
        before += lead.rpartition(")")[2]
        if _is_bound(run, position):
            before += show(figure)
            continue
        alike = figure.quantity.unit == run.figures[index].quantity.unit
        if not _counted(figure) or not alike or _OPEN.search(before):
            break
        if named_after is None:
            named_after = not _named(before)
        name = _after(run, position) if named_after else _named(before)
        if not name or len(name) > _LONGEST:
            break
        before = ""
        kinds.append(_Kind(compact(name), figure))
        if _GOES_ON.match(_behind(run, position)) and position + 1 == len(run.figures):
            return "", []
    return marker, kinds


def _named(before: str) -> str:
    return _JOIN.sub("", re.sub(r"[“”\"]", "", before))


def _is_bound(run: Run, position: int) -> bool:
    """True for the 80—89岁 or 90分以上 that a count right after it is of."""
    figure = run.figures[position]
    after = _behind(run, position)
    last = position + 1 == len(run.figures)
    return not _counted(figure) and not last and _BAND.match(after) is not None


def _behind(run: Run, position: int) -> str:
    return run.leads[position + 1] if position + 1 < len(run.leads) else run.tail


def _after(run: Run, position: int) -> str:
    """What is counted, where it is named after the number: 4个行政单位."""
    return re.split(r"[,、;。:()和及]", _behind(run, position).strip())[0]


def _divided(book: Book, whole: Figure, marker: str, kinds: Sequence[_Kind]) -> Iterator[Claim]:
    """The longest division that the list opens with."""
    for size in range(len(kinds), 1, -1):
        listed = kinds[:size]
        if not _same_thing(whole, listed):
            continue
        claim = total("count_parts", whole, [kind.figure for kind in listed])
        if holds(claim):
            known = all(f.no in book.held for f in (whole, *claim.operands))
            yield from () if known else (claim,)
            return
        more = claim.value is not None and claim.value > whole.quantity.base
        closed = _closed(whole, marker, listed, size == len(kinds))
        sure = closed or (more and _all_of(_MORE_ONLY, listed))
        if sure and not _nested(whole, listed):
            yield claim
            return


def _nested(whole: Figure, listed: Sequence[_Kind]) -> bool:
    """True where one kind is the whole again, or where the last ones divide the one before them.

    ``自主择业110人、安排工作20人，当年上岗14人，其余6人``: the last two are of the 20.
    """
    counts = [kind.figure.quantity.base for kind in listed]
    if whole.quantity.base in counts:
        return True
    divided = any(sum(counts[i + 1 :]) == counts[i] for i in range(1, len(counts) - 2))
    return divided and not _all_of(_DIVISIONS, listed)


def _closed(whole: Figure, marker: str, listed: Sequence[_Kind], ended: bool) -> bool:
    """True where the kinds of a list are known to be all."""
    names = [kind.name for kind in listed]
    if _REST.match(names[-1]):
        return True
    if _all_of(_RANKS, listed):
        return _nearly_all(whole, listed)
    if _all_of(_DIVISIONS, listed):
        return not _of_two_courses(names)
    if whole.quantity.unit.noun in ("个", "家") and _all_of(_BODIES, listed):
        return True
    if all(_TITLES.match(name) for name in names) and names[-1].startswith("初级"):
        return True
    if all(_BOUNDED.search(name) for name in names):
        return _ENDED.search(names[0] + names[-1]) is not None
    levels = [match for name in names if (match := _LEVEL.match(name))]
    if len(levels) == len(listed):
        in_order = [cjk_number(match[1]) for match in levels] == list(range(1, len(listed) + 1))
        return in_order and _nearly_all(whole, listed)
    return ended and marker in _WHOLE


def _of_two_courses(names: Sequence[str]) -> bool:
    """抽查25座，4座未落实管护主体、2座已停用: two states, and neither is the other denied."""
    stems = [_STATE.sub("", name, count=1) for name in names if _STATE.match(name)]
    return len(names) == len(stems) == 2 and not set(stems[0]) & set(stems[1])


def _nearly_all(whole: Figure, listed: Sequence[_Kind]) -> bool:
    """True unless much of a whole has no rank of those listed, as most people have no 博士."""
    told = sum(kind.figure.quantity.base for kind in listed)
    return told >= _MOST * whole.quantity.base


def _all_of(divisions: Sequence[re.Pattern[str]], listed: Sequence[_Kind]) -> bool:
    """True where all kinds are different words of one division."""
    for division in divisions:
        words = [match.group() for kind in listed if (match := division.match(kind.name))]
        if len(words) == len(listed) == len(set(words)):
            return True
    return False


def _same_thing(whole: Figure, listed: Sequence[_Kind]) -> bool:
    """True where the kinds count what the whole counts: all 辆, or all …项目 of …项目.

    Levels of indicators hold one another: their counts never add up.
    """
    names = [kind.name for kind in listed]
    if any("指标" in name and _LEVEL.match(name) for name in names):
        return False
    if whole.quantity.unit.noun not in ("个", "项", "类"):
        return True
    if _all_of(_DIVISIONS[3:4], listed):
        return True
    nouns = {n[-2:] for n in names if len(n) > 2 and not _STATE.match(n)}
    return all(noun in compact(whole.metric) for noun in nouns)


def _graded(run: Run) -> Iterator[Claim]:
    """“优”4 个、“良”1 个 after a sentence about 5 个项目."""
    kinds = [
        _Kind(_named(re.split(r"[,:]", lead)[-1]), figure)
        for figure, lead in zip(run.figures, run.leads, strict=True)
        if _counted(figure)
    ]
    graded = [kind for kind in kinds if _GRADE.match(kind.name)]
    if len(graded) < 2 or len(graded) != len(run.figures):
        return
    unit = graded[0].figure.quantity.unit
    wholes = [f for f in run.previous if _counted(f) and f.quantity.unit == unit]
    most = max(kind.figure.quantity.base for kind in graded)
    if (
        len(wholes) == 1
        and most <= wholes[0].quantity.base
        and re.search(r"项目|单位|指标", wholes[0].metric)
    ):
        yield total("count_parts", wholes[0], [kind.figure for kind in graded])


def _opposed(run: Run) -> Iterator[Claim]:
    """完成 a 个，未完成 b 个 after the count of all."""
    named = [
        _Kind(compact(_named(re.split(r"[,;:(]", lead)[-1]) or _after(run, i)), figure)
        for i, (figure, lead) in enumerate(zip(run.figures, run.leads, strict=True))
    ]
    for position in range(2, len(named)):
        match = _NOT.match(named[position].name)
        if match is None or not _counted(named[position].figure):
            continue
        unit, stem = named[position].figure.quantity.unit, match["stem"]
        first = position
        while (
            first
            and stem in named[first - 1].name
            and named[first - 1].figure.quantity.unit == unit
        ):
            first -= 1
        before = [kind.figure for kind in named[:first] if kind.figure.quantity.unit == unit]
        if first == position or not before or not _counted(before[-1]):
            continue
        group = named[first : position + 1]
        claim = total("count_parts", before[-1], [kind.figure for kind in group])
        plain = len(group) == 2 and re.fullmatch(rf"已?{stem}[的了]?", group[0].name)
        more = claim.value is not None and claim.value > before[-1].quantity.base
        if holds(claim) or plain or more:
            yield claim
