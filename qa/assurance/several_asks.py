"""Whether all of what a question asks is answered: both halves, each ask by itself, one of two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.model import Asked, Doubt, Doubts
from qa.model import Check
from qa.plan import Operation
from qa.planning.carried import BUDGETS
from qa.question.separate_asks import text_asks
from qa.texts.asking import naming_words
from qa.words import cues
from qa.words.matching import squeeze

_SUM_TOO = re.compile(r"[,，、;；]\s*(?:两|三|四|几)?(?:项|者|个|笔)?(?:合计|总共|一共|加起来)呢?$")


def unfinished(asked: Asked) -> Iterator[Doubt]:
    """The answer itself says that it lacks something."""
    found = re.search(r"没有找到|无法判断", asked.answer.text)
    if found:
        yield Doubt("unfinished", found.group())


_EITHER = re.compile(r"(?P<a>[一-鿿]{2,8})还是(?P<b>[一-鿿]{2,8})")
_WHETHER = re.compile(
    r"达标没|达标了?[吗嘛]|是否(?:达到|达标|完成|实现)|(?:完成|做到|达到|实现)了?(?:没|[吗嘛])|达到[^,，。?？]{0,6}了?[吗嘛]"
)
_TOLD = re.compile(r"[尚仍还]在|进行中|已|达标|达到|未达|没有|完成|不足|超过|高于|低于|是|否")


def either(asked: Asked) -> Iterator[Doubt]:
    """One of two things is asked for and neither is named; or whether an aim was met."""
    found = _EITHER.search(cues.unquoted(asked.plan.question))
    if found and not re.search(r"[多少增减高低升降]了?$", found["a"]):
        shown = "" if asked.figures else squeeze(asked.answer.text)
        if found["a"][-4:] not in shown and found["b"][:4] not in shown:
            yield Doubt("either", found.group())
    met = _WHETHER.search(asked.plan.question)
    judged = any(not remark.startswith("（由问句") for remark in asked.answer.remarks)
    bare = len(asked.figures) < 2 and not judged
    if met and bare and (asked.figures or not _TOLD.search(asked.answer.text)):
        yield Doubt("whether", met.group())


_ASK = re.compile(
    r"多少|几(?:个|次|人|家|项|件|条|份|名|分|倍|万|成|辆|台|套|所|处|座|间|户|场|期|批|张|只|头|亩)"
    r"|百分之几|how (?:much|many)",
    re.I,
)
_APART = re.compile(
    r"[\d两三四五六七八九十]个项目的?(?:评价|自评)?(?:得分|评分)"
    r"|分别|各是|各为|各自|各有|各(?=多少|几)|[及和与]其中|both|respectively|和实际|与实际|and the actual|and actual"
)
_SHORT_NAME = 12  # a longer text may well answer two things at once
_LAST = re.compile(r"(?:多少|几|什么).*[，,。？?].{2,}呢[？?。]?\s*$")
_AND_OF_IT = re.compile(r"(?:多少|几)[^,，?？]{0,6}[,，?？]\s*其中[^,，?？]{2,10}[?？]?\s*$")
_DATE_ASKED = re.compile(r"哪一?[天年月日]|何时|何日|什么时候|几时")
_WHY = re.compile(r"(?:又|这|那)?(?:是)?(?:为什么|为何|为啥|什么原因|原因是?什么|怎么回事)(?:呢)?")
_CAUSE = re.compile(r"因|由于|导致|原因|所致|系|受")


def _half_told(asked: Asked, shown: int) -> Iterator[Doubt]:
    """Of two things asked for in words one line tells nothing of the second."""
    wanted = text_asks(asked.plan.question) if asked.plan.operation is Operation.TEXT else []
    if shown > 1 or asked.figures or not wanted:
        return
    told = asked.answer.text.partition("：")[2]
    for ask in wanted:
        words = naming_words(cues.content(ask))
        if _WHY.fullmatch(ask.strip()) and _CAUSE.search(told):
            continue
        named = any(word[at : at + 2] in told for word in words for at in range(len(word) - 1))
        named = named or (not words and bool(_DATE_ASKED.search(ask)))  # 哪年哪月批的
        dated = not _DATE_ASKED.search(ask) or re.search(r"\d\s*[年月日]", told)
        if not named or not dated:
            yield Doubt("asks", ask)
            return


def _budget_twice(asked: Asked) -> bool:
    """Whether one of several asks that names something got the budget that another asks for."""
    targets, figures = asked.plan.targets, asked.figures
    if len(targets) != len(figures) or asked.plan.operation is not Operation.LOOKUP:
        return False
    budgets = {f.number for t, f in zip(targets, figures, strict=True) if t.measure in BUDGETS}
    named = (f for t, f in zip(targets, figures, strict=True) if not t.measure and not t.role)
    return any(figure.number in budgets for figure in named)


_EACH_ITS_OWN = (
    Operation.LOOKUP, Operation.COMPLETION, Operation.SUM, Operation.CHANGE, Operation.GROWTH,
)  # fmt: skip


def asks(asked: Asked) -> Iterator[Doubt]:
    """Fewer values than figures that are asked for one by one; one figure for two of them."""
    lines = [x for x in asked.answer.text.split("\n") if not x.startswith("另请注意")]
    shown = max(len(asked.figures), len(lines))
    plain = asked.plan.operation is Operation.LOOKUP
    apart = _APART.search(asked.question) if plain else None
    # 7个 − 3个 + 2个 tells how many were taken out and put in as well.
    course = any("−" in v.formula and "+" in v.formula for v in asked.figures)
    several = 1 < len(_ASK.findall(cues.unquoted(asked.question))) > shown
    if asked.figures and several and not course:
        yield Doubt("asks", f"只给出 {shown} 个数")
    elif asked.figures and apart and shown < 2:
        yield Doubt("asks", apart.group())
    elif shown < 2 and _LAST.search(asked.question):
        yield Doubt("asks", "呢")
    elif shown < 2 and asked.figures and (within := _AND_OF_IT.search(asked.question)):
        yield Doubt("asks", within.group().strip("?？,， "))
    yield from _half_told(asked, shown)
    text = cues.unquoted(asked.plan.text).rstrip("?？。 ")
    summed = any(v.check is Check.DERIVED and "+" in v.formula for v in asked.figures)
    if _SUM_TOO.search(text) and not summed:
        yield Doubt("asks", "合计")
    places = [
        (value.sources[0].report, value.sources[0].figure, value.number)
        for value in asked.figures
        if value.sources and value.sources[0].figure is not None
    ]
    if _budget_twice(asked):
        yield Doubt("twice", asked.figures[0].number)
    alone = asked.plan.operation in _EACH_ITS_OWN
    if alone and len(set(places)) < len(places):
        yield Doubt("twice", asked.figures[0].number)
    lines = asked.answer.text.split("\n")
    names = [name for line in lines if (name := line.rpartition("：")[2])]  # a list has lines below
    if not asked.figures and len(names) > len(set(names)) and len(names[0]) <= _SHORT_NAME:
        yield Doubt("twice", names[0])


DOUBTS: tuple[Doubts, ...] = (unfinished, either, asks)
