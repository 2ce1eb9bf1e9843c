"""A follow-up that leaves most of its question out, as the complete question that it stands for.

The words of the turn before are kept, and the part that the follow-up names takes the place of the
part that it answers to: a year a year, a unit a unit, a project a project, a row a row (青石县呢？),
a metric a metric (及时率呢？). Pure: text and the places of names in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from qa.planning.carried import measure_of, subject_of

Span = tuple[int, int]


class Named(NamedTuple):
    """A stretch of a question that names something: ``unit``, ``project`` or ``year``.

    `name` is what may stand for it elsewhere (2022年 for 前一年); "" for the stretch itself.
    """

    kind: str
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Completed:
    """The complete question, and what of the turn before it took over, for display.

    `named` is the name that the follow-up puts in the place of another; "" for a measure.
    """

    question: str
    kept: tuple[str, ...]
    named: str = ""


# Around what an elliptic follow-up names: 那…呢, 换成…的话, …又是多少.
_LEAD = re.compile(
    r"^(?:那么|再?往前推?一年|同一?年|那一?年|那|然后|接着|再看|再问|再|还有|另外|同样|同期|同理|换成|换作|如果是|如果(?:只|单)?看|只看|单看|要是|改成|至于|其中|并且|和|以及|and|,|，|\s)+"
)
_TAIL = re.compile(
    r"(?:的话)?(?:又|也|都)?(?:是|有|为)?(?:多少|怎样|怎么样|如何|什么情况|啥情况)?(?:呢|吗|嘛|呐)?[?？。!！\s]*$"
)
_OF_IT = re.compile(r"(?:的)?(?:情况|那个(?:项目)?|那部分|部分|这块|那块|这项|那项)?$")
# A follow-up with one of these asks something new and is no substitution.
_ASKS_NEW = re.compile(
    r"多少|几|什么|啥|哪|谁|吗|是否|有没有|怎|如何|为何|比|占|增|减|升|降|差|加起来|合计|一共|总共|平均|最|率先|"
    r"原因|为啥|依据|它|他|其|这|该|前者|后者|说|算|同比|环比|上述|刚才|除|倒数|第[一二三四五六七八九十\d]|次[高低大小多少]|排名"
)
# Of these each asks for itself, whatever was asked before.
_OWN = re.compile("(?:报告|项目|文件)?的?(?:编号|文号|编码|代码|联系电话|电话|地址|邮箱|联系人)")
_ROLE = re.compile(
    r"(?:年初|全年|年度|调整后的?|本年)?(?:预算|决算|支出决算|实际|目标|计划|得分|分值|满分|扣分|得分率|执行率|完成率|"
    r"占比|比重|指标值|完成值|金额|数额|原因|建议|问题|依据|绝对数|绝对值|余额|结余|增幅|降幅|增长率)(?:数|值|额)?"
)
_BREAK = re.compile(
    r"(?:是|有|为)?多少|是什么|什么|是否|有没有|百分之几|几[个项]?|各[是有]?|分别|是|为|有|了|比|较|占|实际|计划(?!项目|资金|专项)|目标|预期|"
    r"年初(?:设?定)?(?!预算|下达|安排|批复)|还|一共|总共|得(?!分)|扣(?!分)|完成(?!率)|达|超|剩|花|(?<!费)(?<!公务)用(?![车途户品地水电])|增长|增加|减少|下降|上升|里(?!程)|中(?![心药医小央学期等老型枢队国标山华])|上(?![网海市级门述])|下(?![乡岗水沉达级属设游])|[那这的]|"
    r"[\s,，。;；:：?？、]"
)
_QUOTED = re.compile(r"[“\"]([^”\"]{2,40})[”\"]")


def completed(
    before: str,
    before_named: Sequence[Named],
    question: str,
    named: Sequence[Named],
    labels: frozenset[str] = frozenset(),
    shown: str = "",
) -> Completed | None:
    """The complete question that a follow-up stands for; None where it asks something of its own.

    Args:
        before: the question of the turn before, complete as far as it can be.
        before_named: units, projects and years in it.
        question: the follow-up.
        named: the same of the follow-up.
        labels: words of the library, which tell a name from another.
        shown: what the one figure that was shown is called by its row; "" where that is not told.
    """
    bare = _bare(question, named)
    if bare and _THE_AMOUNT.fullmatch(bare) and (plain := _without_change(before)):
        before, bare = plain, ""
        before_named = [each for each in before_named if each.end <= len(plain) - len("是多少？")]
        if not named:
            return Completed(before, _kept(before, before_named, []))
    units, projects, years = (
        [each for each in named if each.kind == kind] for kind in ("unit", "project", "year")
    )
    if not named and _GRADE.fullmatch(bare):
        return _of_the_whole(before, before_named, "评价等级是什么")
    if not named and (whole := _of_that_thing(before, before_named, question)):
        return Completed(whole, _kept(before, before_named, []))
    if not named and (other := _another_deed(before, bare, question)):
        return Completed(other, _kept(before, before_named, []))
    if not named and _PLACED.match(bare):
        return _of_the_whole(before, before_named, f"{bare}是多少", of="")
    if not named and (ranked := _another_place(before, bare)):
        return Completed(ranked, _kept(before, before_named, []))
    if bare and bare not in labels and (_ASKS_NEW.search(bare) or len(bare) > _LONGEST):
        return None
    if (not bare and not named) or _OWN.fullmatch(bare):
        return None
    changes: list[tuple[Span, str]] = []
    for kind, found in (("unit", units), ("project", projects), ("year", years)):
        if not found:
            continue
        places = _places(before_named, kind)
        if not places:
            if kind == "year" and not any(each.kind == "year" for each in before_named):
                changes.append(((0, 0), _said(question, found)))
                continue
            return None
        said = _said(question, found)
        first, last = places[0], places[-1]
        changes.append(((first[0], last[1]), said))
    if projects and not units and any(each.kind == "unit" for each in before_named):
        # Another project may be of another unit: the unit of the turn before is not carried over.
        changes += [(span, "") for span in _places(before_named, "unit")[:1]]
    if bare:
        same = bare in labels and not _says_measure(bare) and _alike(shown, bare) > 0
        place = _place_of(shown, before, before_named) if same else None
        place = place or _counterpart(before, before_named, bare, question, known=bare in labels)
        if place is None:
            return None
        whole = bare if _says_measure(bare) else _fuller(before[slice(*place)], bare, labels)
        changes.append((place, whole))
    text = _changed(before, changes)
    if text is None or text == before:
        return None
    new = "" if not bare or _says_measure(bare) or _TOTAL.fullmatch(bare) else bare
    return Completed(text, _kept(before, before_named, changes), new)


_GRADE = re.compile(r"(?:评价|评定|绩效|自评|绩效评价)?(?:结果)?(?:的)?(?:等级|等次|评级|档次)")


def _of_the_whole(
    before: str, named: Sequence[Named], asked: str, *, of: str = "的"
) -> Completed | None:
    """What is asked of a unit's project as a whole, whatever was asked of it before."""
    if not any(each.kind == "project" for each in named):
        return None
    kept = tuple(dict.fromkeys(before[each.start : each.end] for each in named))
    return Completed(f"{''.join(kept)}{of}{asked}？", kept)


# 哪天验收的 after 某项目的服务时间是哪天到哪天: of the thing that was asked about before.
_WHEN_OR_WHO = re.compile(r"^(?:那么?|又)?(?:是|在|由)?(?:哪[天年月家]|什么时候|何时|谁)[一-鿿]{2,8}[?？。\s]*$")
_THING_ASKED = re.compile(
    r"^(?P<thing>.*[一-鿿”》])的[^的,，。]{2,8}?(?:是|为|有|从)*(?:哪|多少|什么|谁|几|何)[^,，。]*$"
)


def _of_that_thing(before: str, named: Sequence[Named], question: str) -> str:
    asks = _WHEN_OR_WHO.match(question)
    asked = _THING_ASKED.match(before) if asks is not None else None
    if asks is None or asked is None:
        return ""
    edge = max((each.end for each in named if each.end <= asked.end("thing")), default=0)
    own = re.sub(r"[,，、。\s的]", "", asked["thing"][edge:])
    return f"{asked['thing']}{question.lstrip('那么又')}" if len(own) > _SHORT else ""


# 立项请示里的总投资呢: another figure of another place, of the same project.
_PLACED = re.compile(r"[一-鿿《》“”]{2,14}(?:里|中|上)的[一-鿿]{2,10}$")
_DEED = re.compile(r"的(?:呢|情况呢)[?？。\s]*$")


def _another_deed(before: str, bare: str, question: str) -> str:
    """``调增的呢`` after ``取消的是哪两个子项目``: the question with that deed; "" otherwise."""
    asks = re.search(r"的(?:是|有)?哪(?:些|[一二两三四五六七八九十几]?[个项家类种条])?", before)
    if asks is None or not _DEED.search(question) or not 1 < len(bare) <= _SHORT:
        return ""
    at = asks.start() - len(bare)
    if at < 0 or not re.fullmatch(r"[一-鿿]+", before[at : asks.start()]):
        return ""
    return f"{before[:at]}{bare}的是哪些{before[asks.end() :]}"


_SHORT = 4  # characters of a deed


# 那2022年的金额呢, after a question for how far something rose or fell: the amount itself.
_THE_AMOUNT = re.compile(r"(?:具体|绝对)?(?:金额|数额|数字|绝对数|绝对值|数)")
_CHANGED_BY = re.compile(
    r"(?:比|较|同)(?:上年|去年|上一年|前一年|20\d\d年)?[^,，。;；]{0,6}?(?:同比)?(?:增长|增加|减少|下降|上升|降低)了?"
    r"(?:百分之几|百分之多少|多少|几)(?:个?百分点|%)?(?=[?？。]*$)"
)


def _without_change(before: str) -> str:
    """``甲比上年下降了百分之几？`` as ``甲是多少？``; "" where no change was asked for."""
    bare = _CHANGED_BY.sub("是多少", before)
    return "" if bare == before else bare


def _place_of(shown: str, before: str, named: Sequence[Named]) -> Span | None:
    """Where the question before calls the figure that was shown by its row's name."""
    places = [match.span() for match in re.finditer(re.escape(shown), before)] if shown else []
    free = [(a, b) for a, b in places if not any(x < b and a < y for x, y in _spans(named))]
    return free[0] if len(free) == 1 else None


_ALL_MONEY = re.compile(
    r"全口径|(?:不分|不论|不限|不管)(?:资金)?来源|(?:所有|全部|各类)(?:的)?资金|不限(?:于)?财政拨款|"
    r"(?:含|包括|连同?|算上)(?:上)?(?:事业|经营|其他)收入|其他资金(?:也|都)(?:算|加|包括|一起)"
)
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_FUND_OR_TABLE = re.compile(
    r"一般公共预算|政府性基金|资本经营|财政拨款|决算表|"
    r"^(?:本年|决算|只看)?(?:基本|项目)?(?:支出|收入)(?:合计|决算)?数?$"
)


def of_all_money(before: str, before_named: Sequence[Named], question: str) -> Completed | None:
    """``全口径的支出呢`` after an account of one fund: the same account in the table of all money.

    Args:
        before: the question of the turn before.
        before_named: units, projects and years in it.
        question: the follow-up as typed.
    """
    said = _ALL_MONEY.search(question)
    edge = re.search(r"[,，]|$", before)
    lead = [each for each in before_named if edge is None or each.end <= edge.start()]
    rows = [
        span for span in _chunks(before, lead) if not _FUND_OR_TABLE.search(before[slice(*span)])
    ]
    if said is None or len(rows) != 1 or not _FUND_OR_TABLE.search(before):
        return None
    names = [each for each in lead if each.end <= rows[0][0]]
    if not names or any(each.kind == "project" for each in before_named):
        return None
    side = "收入" if "收入" in _ALL_MONEY.sub("", _ASIDE.sub("", question)) else "支出"
    row, scope = before[slice(*rows[0])], before[: max(each.end for each in names)]
    text = f"{scope}{side}决算表中，{row}的本年{side}合计是多少？"
    kept = (*(before[each.start : each.end] for each in names), row)
    return Completed(text, tuple(dict.fromkeys(kept)))


_ONE_FUND = re.compile(
    r"^[那么，,\s]*其中[，,]?(?:属于|用|来自)?(?P<fund>一般公共预算|政府性基金预算|国有资本经营预算)(?:财政拨款)?(?P<side>支出|收入)?"
    r"(?:是|有|为|的|占)*(?:多少|几)[一-鿿]{0,3}[?？。\s]*$"
)


def of_one_fund(before: str, before_named: Sequence[Named], question: str) -> Completed | None:
    """``其中一般公共预算财政拨款支出多少`` after a row of all money: the same row in the table of that fund.

    Args:
        before: the question of the turn before.
        before_named: units, projects and years in it.
        question: the follow-up as typed.
    """
    said = _ONE_FUND.match(question)
    if said is None or any(each.kind == "project" for each in before_named):
        return None
    rows = [
        span for span in _chunks(before, before_named) if not _FUND_OR_TABLE.search(before[slice(*span)])
    ]
    named = [each for each in before_named if not rows or each.end <= rows[0][0]]
    if len(rows) != 1 or not named or "财政拨款" in before:
        return None
    row, side = before[slice(*rows[0])], said["side"] or "支出"
    kept = tuple(dict.fromkeys((*(before[each.start : each.end] for each in named), row)))
    scope = "".join(before[each.start : each.end] for each in named)
    return Completed(f"{scope}{said['fund']}财政拨款{side}决算表中，{row}的本年{side}合计是多少？", kept)


def _another_place(before: str, bare: str) -> str:
    """``倒数第二呢`` after a question for an extreme: the question for that place; "" otherwise."""
    place, extreme = _PLACE.fullmatch(bare), _EXTREME.search(before)
    if place is None or extreme is None:
        return ""
    word = "低" if place["last"] or extreme["low"] else "高"
    return f"{before[: extreme.start()]}第{place['n']}{word}{before[extreme.end() :]}"


def _said(question: str, found: Sequence[Named]) -> str:
    if len(found) == 1 and found[0].name:
        return found[0].name
    return question[found[0].start : found[-1].end]


def _fuller(part: str, bare: str, labels: frozenset[str]) -> str:
    """The name as the library has it with the beginning of the part that it answers to.

    及时率 for 工单转派准确率 is 工单转派及时率, where there is such a name.
    """
    for cut in range(len(part) - 1, 0, -1):
        whole = part[:cut] + bare
        if whole in labels:
            return whole
    return bare


_PLACE = re.compile(
    r"(?:排名?在?|(?P<last>倒数))?第(?P<n>[二三四五六七八九])(?:名|位|的)?(?:是(?:哪个|谁|什么))?"
)
_EXTREME = re.compile(r"最(?:[高大多]|(?P<low>[低小少]))")
_INSIDE = re.compile(r"^[那么，,\s]*其中")
_WHOLE = re.compile(r"(?:本年)?(?:支出|收入)?(?:合计|总计|总额)")
_TOTAL = re.compile(r"(?:本年)?(?:支出|收入)?(?:合计|总计|小计)")
_COLUMN = re.compile(r"^(?:基本支出|项目支出|人员经费|公用经费|财政拨款收入|事业收入|其他收入)$")
_ASKING = re.compile(r"多少|几|什么|哪|是否|吗|呢|怎|如何|由?谁")
_LONGEST = 20  # characters that an elliptic follow-up names at most


def _bare(question: str, named: Sequence[Named]) -> str:
    """What a follow-up names beside units, projects and years; "" for nothing."""
    text = "".join(
        "" if any(each.start <= i < each.end for each in named) else char
        for i, char in enumerate(question)
    )
    text = _TAIL.sub("", _LEAD.sub("", text.strip()))
    return _OF_IT.sub("", text.strip(" ,，的")).strip(" ,，的")


def _with_of(question: str) -> bool:
    """``门户网站的呢``: what is named says of what, and the measure stays."""
    return bool(re.search(r"的(?:情况)?呢[?？]?$", question.strip()))


def _places(named: Sequence[Named], kind: str) -> list[Span]:
    return [(each.start, each.end) for each in named if each.kind == kind]


def _counterpart(
    before: str, named: Sequence[Named], bare: str, question: str, *, known: bool
) -> Span | None:
    """The part of the question before that a name answers to; None where that is not plain."""
    quoted, of = bool(_QUOTED.fullmatch(bare)), _with_of(question)
    inside = [
        match.span()
        for match in _QUOTED.finditer(before)
        if not any(low <= match.start() < high for low, high in _spans(named))
    ]
    if quoted and inside:
        return inside[-1] if len(inside) == 1 else None
    chunks = _chunks(before, named)
    if not chunks:
        return None
    if _INSIDE.match(question):  # a part takes the place of the whole that is told of a row
        whole = _WHOLE.fullmatch(before[chunks[-1][0] : chunks[-1][1]])
        return chunks[-1] if whole and len(chunks) > 1 else None
    if _TOTAL.fullmatch(bare):  # the column of the whole for that of a part
        columns = [span for span in chunks if _COLUMN.search(before[slice(*span)])]
        return columns[-1] if columns and len(chunks) > 1 else None
    role = _says_measure(bare)
    measures = [span for span in chunks if _says_measure(before[slice(*span)])]
    if role:
        inner = [span for chunk in chunks if (span := _measure_of_thing(before, chunk))]
        told = len(chunks) > 1 or any(each.kind == "project" for each in named)
        places = measures if told else []
        places = places or inner
        return places[-1] if len(places) == 1 else None
    alike = [(_alike(before[low:high], bare), (low, high)) for low, high in chunks]
    best = max(score for score, _ in alike)
    if best:
        places = [span for score, span in alike if score == best]
        return places[-1] if len(places) == 1 else None
    called = _called_alike(before, named, chunks, bare)
    if called is not None:
        return called
    if len(inside) == 1 and not role:
        return inside[0]
    if of:
        return inside[0] if len(inside) == 1 else chunks[0]
    subjects = [
        span for span in chunks if span not in measures and not measure_of(before[slice(*span)])
    ]
    if not subjects and known:  # the whole was asked for: a row of it is named before the measure
        at = max((high for _, high in _spans(named) if high <= chunks[0][0]), default=0)
        return at, at
    return _without_measure(before, subjects[0]) if len(subjects) == 1 else None


def _called_alike(
    before: str, named: Sequence[Named], chunks: Sequence[Span], bare: str
) -> Span | None:
    """The thing of the same kind before a deed: “甲”运行中枢平台 of “甲”运行中枢平台汇集, for 视频云平台."""
    kind = bare[-2:]
    at = before.find(kind) + len(kind)
    if len(bare) <= len(kind) or before.count(kind) != 1:
        return None
    around = [span for span in chunks if span[0] < at <= span[1]]
    if len(around) != 1:
        return None
    edge = max((high for _, high in _spans(named) if high <= at - len(kind)), default=0)
    start = around[0][0]
    quotes = [m.start() for m in _QUOTED.finditer(before) if edge <= m.start() and m.end() == start]
    return (min([start, *quotes]), at)


def _says_measure(words: str) -> bool:
    return bool(_ROLE.fullmatch(words) or measure_of(words))


def _measure_of_thing(before: str, span: Span) -> Span | None:
    """The measure that a chunk ends in behind the name of a thing: 全年预算 of 抽检项目全年预算."""
    subject = subject_of(before[slice(*span)])
    return (span[0] + len(subject), span[1]) if subject else None


def _without_measure(before: str, span: Span) -> Span:
    """The part of a chunk that names something: 青石县 of 青石县分配."""
    subject = subject_of(before[slice(*span)])
    return (span[0], span[0] + len(subject)) if subject else span


def _spans(named: Sequence[Named]) -> list[Span]:
    return [(each.start, each.end) for each in named]


def _chunks(before: str, named: Sequence[Named]) -> list[Span]:
    """Nouns before the asking word, by their places: what stands between names and signs."""
    masked = list(before)
    for low, high in _spans(named):
        masked[low:high] = " " * (high - low)
    text = "".join(masked)
    asks = _ASKING.search(text)
    text = text[: asks.start()] if asks else text
    found: list[Span] = []
    at = 0
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    for match in _BREAK.finditer(text + "。"):
        if any(low < match.start() < high for low, high in quotes):
            continue
        low, high = at, match.start()
        at = match.end()
        if high - low >= 2 and re.search(r"[\u4e00-\u9fff]{2}", text[low:high]):
            found += _thing_and_measure(text, (low, high))
    return found


def _thing_and_measure(text: str, span: Span) -> list[Span]:
    """``公路养护项目的自评得分`` in two, where what follows its last 的 says a measure alone."""
    low, high = span
    at = text.rfind("的", low + 2, high)
    tail = text[at + 1 : high]
    if at < 0 or not (_ROLE.fullmatch(tail) or measure_of(tail)):
        return [span]
    return [(low, at), (at + 1, high)]


def _alike(one: str, other: str) -> int:
    """How far two names begin or end alike: 印刷数量 and 短信数量, 青石县 and 临江县."""
    most = min(len(one), len(other)) - 1
    end = next((n for n in range(most, 0, -1) if one[-n:] == other[-n:]), 0)
    begin = next((n for n in range(most, 1, -1) if one[:n] == other[:n]), 0)
    return max(end, begin)


def _changed(before: str, changes: Sequence[tuple[Span, str]]) -> str | None:
    text = before
    for (low, high), said in sorted(changes, reverse=True):
        text = text[:low] + said + text[high:]
    spans = sorted(span for span, _ in changes)
    crossing = any(a[1] > b[0] for a, b in pairwise(spans))
    return None if crossing else text


def _kept(
    before: str, named: Sequence[Named], changes: Sequence[tuple[Span, str]]
) -> tuple[str, ...]:
    """Names and years that stay, and how the question before went on."""
    touched = [span for span, _ in changes]

    def free(span: Span) -> bool:
        return not any(low < span[1] and span[0] < high for low, high in touched)

    names = [before[each.start : each.end] for each in named if free((each.start, each.end))]
    rest = [before[low:high] for low, high in _chunks(before, named) if free((low, high))]
    return tuple(dict.fromkeys((*names, *rest)))
