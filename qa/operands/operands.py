"""The figures that a calculation is asked over, each as a question of its own.

``甲县2023年，东区支出比西区多多少`` asks for 甲县2023年，东区支出是多少 and 甲县2023年，西区支出是多少. What the
one side leaves out, the other one says. Pure: text and the places of names in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from operator import add
from typing import NamedTuple

from qa.planning.carried import ending_measure
from qa.question.ellipsis import Named
from qa.words import cues
from qa.words.lexicon import words
from qa.words.numerals import number_of


class Calculation(StrEnum):
    LESS = "less"  # the first less the second
    AIM = "aim"  # what was reached less what was aimed at, in one place
    SHARE = "share"  # the first in the second, per cent
    TIMES = "times"  # the first as a multiple of the second


class Operands(NamedTuple):
    """Two sides of a calculation: for each the questions that may mean it, the likeliest first."""

    calculation: Calculation
    left: tuple[str, ...]
    right: tuple[str, ...]
    names: tuple[str, str]
    bodies: bool = False  # each side names a body of its own


_MORE = (
    r"(?:要|还|又|总共|一共)*(?:多|少|高|低|大|小|长|短|超|贵)(?:出来?|了|拿|付|花|支出?|收|给|用|发|建|分|得到?|办|签|完成)*"
    r"(?:多少|几(?!乎|倍))(?!倍|成)"
)
_APART = r"(?:之间)?(?:的)?(?:相差|差额|差距|差)(?:了|是|为|有)*(?:多少|几)"
_LESS = (
    re.compile(rf"^(?P<left>.+?)(?:比|较)(?:起)?(?P<right>[^,，;；?？]+?){_MORE}"),
    re.compile(rf"^(?P<left>.+?)(?:与|和|跟|同)(?P<right>[^,，;；?？]+?){_APART}"),
)
_LESS_PART = re.compile(
    r"^(?P<left>.+?)[,，]?(?:如果|若|在|再)?(?:扣掉|扣除|剔除|除去|减去|减掉|去掉|刨去|刨掉|不算)(?P<right>[^,，;；?？]+?)"
    r"(?:以?后|之后|的话|外)?[,，]?(?:的|那|就)?(?:还|剩|余|有|是|为|下|部分|净)+(?:多少|几)"
)
_SHARES = (
    re.compile(
        r"^(?P<whole>.+?)(?:里头?|里面|中|当中|之中)[,，]?(?P<part>[^,，;；?？]+?)(?:所)?占(?:了|到)?(?:比|的比[例重]|百分|多[少大]|几成)"
    ),
    re.compile(
        r"^(?P<part>.+?)占(?:了|到)?(?!比)(?P<whole>[^,，;；?？]+?)(?:的)?(?:比重|比例|百分之|多少|多大|几成|比)"
    ),
)
_TIMES = re.compile(r"^(?P<left>.+?)(?:是|为|相当于)(?P<right>[^,，;；?？]+?)的?(?:几|多少)倍")
_RATE = re.compile(r"百分|%|倍|几成")
_STAGES = re.compile(
    r"(?:年初|全年|年度|调整后|实际|本年)?(?:预算|决算|收入|支出|执行|目标|计划|完成|下达|到位)+(?:决算|预算)?(?:数|额|值|金额)?"
)


def operands(question: str, named: Sequence[Named]) -> Iterator[Operands]:
    """The ways to read a question as a calculation over two figures."""
    question = question.strip()
    aim = _AIMED.search(question)
    if aim is not None:
        yield _against_aim(aim)
        return
    unmet = _UNMET.search(question)
    if unmet is not None:
        yield _still_to_come(unmet)
        return
    for pattern in (*(() if _RATE.search(question) else (*_LESS, _LESS_PART)),):
        match = pattern.search(question)
        if match is not None:
            yield _made(Calculation.LESS, question, named, match.span("left"), match.span("right"))
    for pattern in _SHARES:
        match = pattern.search(question)
        if match is not None:
            yield _made(Calculation.SHARE, question, named, match.span("part"), match.span("whole"))
    match = _TIMES.search(question)
    if match is not None:
        yield _made(Calculation.TIMES, question, named, match.span("left"), match.span("right"))


class Addends(NamedTuple):
    """The figures that a sum or a mean is asked over, for each the questions that may mean it."""

    asks: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]


_TOGETHER = re.compile(
    r"(?:一共|合计|总共|共计|加起来|加一起|加在一起|合起来|之和|总和|的和|平均|(?<=[一-鿿])共(?=支付|付|花|发))"
    r"[,，]?(?:是|为|有|一共|总共)*(?P<what>[^,，;；?？多少几]{0,8}?)(?:是|为|有)?(?:多少|几(?!乎|倍))"
)
_COUNTED = re.compile(
    r"(?:这|等)?(?P<n>[两二三四五六七八九十]|\d+)(?:个|项|类|家|笔|条|种|者|所|座|处|场|段|批|期|台|辆|部|站|县|区|市|镇|地|方面)"
    r"(?P<kind>县|区|市|镇|乡|村|项目|单位|科目|方向|指标)?的?"
)
_SEPARATORS = (
    re.compile(r"加上|(?<=[费款金助])加"),
    re.compile(r"、|以及|和|与|及"),
)
_MOST = 8  # names of a list


def addends(question: str, named: Sequence[Named]) -> Addends | None:
    """``甲、乙和丙三项支出合计多少`` as questions for each; None where nothing is listed."""
    question = question.strip()
    match = _TOGETHER.search(question)
    if match is None or _RATE.search(question):
        return None
    plus = _SEPARATORS[0].search(question, 0, match.start()) is not None
    joint = _SEPARATORS[0 if plus else 1]
    first = joint.search(question, 0, match.start())
    at = _scope_end(question, named, (0, first.start() if first else match.start()))
    scope, listed = question[:at].removeprefix("把"), question[at : match.start()].strip("，, ")
    if not plus and any(name in listed for name in words("names_with_and.txt")):
        return None
    *before, last = joint.split(listed.removeprefix("把"))
    counted = _COUNTED.search(last)
    kind = ""
    if counted is not None:
        last, what = last[: counted.start()], last[counted.end() :]
        kind = counted["kind"] or ""
    else:
        last, _, what = last.partition("的")
    names = tuple(name.strip() for name in (*before, last))
    number = counted["n"] if counted else str(len(names))
    if not 1 < len(names) <= _MOST or any(len(name) < _SHORTEST for name in names):
        return None
    if number_of(number) != len(names):
        return None
    measure = f"{what}{match['what']}".strip("的")
    owner, _, own = names[0].rpartition("的")
    if owner and own and not any("的" in name for name in names[1:]):
        # 一期工程的监理费、测绘费合计: both are the first phase's.
        names = (own, *names[1:])
        theirs = tuple(_ways(f"{scope}{owner}的", name, kind, measure) for name in names)
        plain = ((), *(_ways(scope, name, kind, measure) for name in names[1:]))
        return Addends(tuple(map(add, theirs, plain)), names)
    return Addends(tuple(_ways(scope, name, kind, measure) for name in names), names)


def _ways(scope: str, name: str, kind: str, measure: str) -> tuple[str, ...]:
    """大湾 of 大湾、石井两个镇 is called 大湾 or 大湾镇."""
    full = (name,) if not kind or name.endswith(kind) else (f"{name}{kind}", name)
    return tuple(_ask(f"{scope}{each}{measure}") for each in full)


_SHORTEST = 2


_AIMED = re.compile(
    r"^(?P<head>.+?)(?:实际)?(?:比|较|与|离|距)(?:年初|原|原定|预期)?(?:计划|目标|指标)(?:值|数)?(?:还)?"
    r"(?:多|少|高|低|短|差|超)(?:完成|出)?(?P<verb>[一-鿿]{0,2}?)(?:了)?(?:多少|几)(?P<noun>[一-鿿]{0,3})"
)


def _against_aim(aim: re.Match[str]) -> Operands:
    """``初加工厂比目标少建了几座``: what was reached and what was aimed at."""
    head, noun = aim["head"].strip("，,的"), aim["noun"]
    reached = tuple(f"{head}{word}多少{noun}？" for word in ("实际完成", "完成", "实际"))
    planned = tuple(f"{head}{word}多少{noun}？" for word in ("目标", "计划", "指标值是"))
    return Operands(Calculation.AIM, reached, planned, ("实际", "目标"))


_UNMET = re.compile(
    r"^(?P<head>.+?)[,，]?(?:(?:截至|截止|到)[^,，;；?？]{0,8}?[日底末天])?(?:还|尚)?(?:差|缺|有)(?:多少|几)(?:万元|亿元|元|钱)?"
    r"(?:没有?|未|尚未)(?:能)?(?:到位|补上|补齐|落实|配上|配齐|到账)[?？。\s]*$"
)


def _still_to_come(unmet: re.Match[str]) -> Operands:
    """``县级配套还差多少没到位``: what was to arrive and what did."""
    head = unmet["head"].strip("，,的还")
    due = tuple(
        f"{head}{word}多少？" for word in ("应到位", "计划到位", "应配套", "计划安排", "计划")
    )
    arrived = tuple(f"{head}{word}多少？" for word in ("实际到位", "已到位", "到位"))
    return Operands(Calculation.AIM, due, arrived, ("应到位", "实际到位"))


Span = tuple[int, int]


def _made(
    calculation: Calculation, question: str, named: Sequence[Named], left: Span, right: Span
) -> Operands:
    """The questions for both sides: the first one stands with the scope, the second may lack it."""
    first, second = sorted((left, right))
    head, tail = question[slice(*first)], question[slice(*second)]
    at = _scope_end(question, named, first)
    scope, own = question[first[0] : at], question[at : first[1]]
    bodies = _names_a_body(named, first) and _names_a_body(named, second)
    if bodies:
        # 2019年甲局的收入总计是乙局的几倍: the second body stands for the first.
        year = _YEAR_LED.search(scope)
        full = f"{year.group() if year else ''}{tail.strip('，, 的')}的{own}"
        theirs: tuple[str, ...] = (_ask(full),)
    else:
        theirs = _dedupe(_ask(each) for each in _in_full(scope, own, tail))
    asks = (_ask(head),), theirs
    one, other = asks if left < right else asks[::-1]
    names = (_bare(own), _bare(tail)) if left < right else (_bare(tail), _bare(own))
    return Operands(calculation, one, other, names, bodies)


_YEAR_LED = re.compile(r"(?:19|20)\d\d年度?")


def _names_a_body(named: Sequence[Named], span: Span) -> bool:
    return any(n.kind == "unit" and span[0] <= n.start and n.end <= span[1] for n in named)


def _scope_end(question: str, named: Sequence[Named], span: Span) -> int:
    """Where the names, the year and the enclosing clauses of the first side end."""
    ends = [each.end for each in named if span[0] <= each.start and each.end <= span[1]]
    ends += [m.end() for m in _CLAUSE.finditer(question, *span)]
    at = max((end for end in ends if end < span[1]), default=span[0])
    return at + len(_GLUE.match(question[at : span[1]])[0])  # type: ignore[index]


_CLAUSE = re.compile(r"[,，:：]|(?:里头?|里面|当中|之中)(?=[^,，])")
_GLUE = re.compile(r"(?:度|末|底|的|[,，])*")


def _in_full(scope: str, own: str, other: str) -> Iterator[str]:
    """The second side with what the first one says of it, the likeliest reading first."""
    other = other.strip("，, ")
    subject, _, measure = own.rpartition("的")
    if _STAGES.fullmatch(other):
        kept = _STAGE_END.sub("", own)
        if kept != own:
            yield f"{scope}{kept}{other}"
    if other.endswith("的"):
        yield f"{scope}{other}{measure or _ending(own)}"
    swapped = _swapped(own, other)
    if swapped:
        yield f"{scope}{swapped}"
    if subject and measure and "的" not in other:
        yield f"{scope}{other}的{measure}"
    ending = _ending(own)
    if ending and not _ending(other):
        yield f"{scope}{other}{ending}"
    yield f"{scope}{other}"


_STAGE_END = re.compile(_STAGES.pattern + "$")


def _ending(words: str) -> str:
    """The measure that a name ends in: 实际支出 of 东区实际支出."""
    match = _STAGE_END.search(words)
    return match.group() if match else ending_measure(words) or ""


def _swapped(own: str, other: str) -> str:
    """The first side with its part of the same kind exchanged: 西区实际支出 of 东区实际支出 and 西区."""
    other = other.removesuffix("的")
    for size in (3, 2, 1):
        end = other[-size:]
        if len(other) <= size or (size == 1 and end not in _KINDS):
            continue
        for at in range(len(own) - len(other), -1, -1):
            part = own[at : at + len(other)]
            if part.endswith(end) and part != other:
                return f"{own[:at]}{other}{own[at + len(other) :]}"
    return ""


_KINDS = "县区市镇乡村街局院校所站家费款项类科处年"


def _ask(words: str) -> str:
    words = words.strip("，, 的")
    return words if cues.INTERROGATIVE.search(words) else f"{words}是多少？"


def _bare(words: str) -> str:
    return words.strip("，, 的")


def _dedupe(asks: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(asks))
