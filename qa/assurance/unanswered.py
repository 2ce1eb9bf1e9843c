"""Whether what is given answers all that was asked: names, a check or a sum besides, the very one of several.

A number where names are asked for, a figure where a check is asked for as well, the first of several
for the tenth, what was saved for what was spent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.model import Asked, Doubt, Doubts
from qa.model import Check
from qa.plan import Operation
from qa.words import cues
from qa.words.matching import squeeze

_WHICH = re.compile(
    r"哪一?(?:个|项|家|所|类|种|些|几[个项家所])(?P<noun>[一-鿿]{2,6}?)(?:上|里|中|的|吗|呢|[,，。?？]|$)"
)
_COUNTS = frozenset("个项家所处件类种")


def number_for_names(asked: Asked) -> Iterator[Doubt]:
    """用在哪个项目上 is asked, and that there is 1个项目 is given."""
    if asked.plan.operation is not Operation.LOOKUP:
        return
    for found in _WHICH.finditer(cues.unquoted(asked.plan.question)):
        for value in asked.figures:
            if value.unit in _COUNTS and found["noun"] in value.metric:
                yield Doubt("asks", found.group())
                return


_CHECKED_TOO = re.compile(
    r"(?:也|都)?(?:是这样|是这么多|一样|一致|相符|吻合|对得上|成立|算得对|算得准)(?:吗|么|不)|"
    r"(?:核一?下|核对|核实|验算|复核|核算)(?:一下|看看)?[。?？]?$"
)
_APART = re.compile("[,，。;；?？]")


def left_unchecked(asked: Asked) -> Iterator[Doubt]:
    """…是多少？按执行数和预算数算也是这样吗？: a check is asked for besides, and a figure is all there is."""
    plain = asked.plan.operation in (Operation.LOOKUP, Operation.COMPLETION, Operation.COUNT)
    if not plain or asked.contradicted or not asked.figures:
        return
    clauses = [clause for clause in _APART.split(asked.question) if clause.strip()]
    found = next((m for c in clauses[1:] if (m := _CHECKED_TOO.search(c))), None)
    if found is not None:
        yield Doubt("asks", found.group())


_TAKEN_FROM = re.compile(r"(?P<n>\d{1,3}(?:\.\d+)?)分\s*−")
_FULL_SAID = re.compile(r"满分(?:为|是)?(?P<n>\d{1,3}(?:\.\d+)?)分")


def of_another_full_mark(asked: Asked) -> Iterator[Doubt]:
    """满分55分的那部分丢了几分 is asked, and it is worked out from 100."""
    found = _FULL_SAID.search(squeeze(asked.question))
    worked = [value for value in asked.figures if value.check is Check.DERIVED]
    first = _TAKEN_FROM.match(worked[0].formula) if found and worked else None
    if found and first and first["n"] != found["n"]:
        yield Doubt("held_alone", found.group())


_SAVED = re.compile("节约|节省|压减|核减")
_LESS_ASKED = re.compile("约|省|余|减|剩|少|降|压|核|差|多|超")


def saved_unasked(asked: Asked) -> Iterator[Doubt]:
    """三公经费决算 is asked for, and what was saved of it is given, or goes into what is worked out."""
    counted = asked.plan.operation is Operation.COUNT
    if asked.contradicted or counted or _LESS_ASKED.search(asked.plan.question):
        return
    told = asked.answer.text.partition("依据：")[2].split("\n")[0]
    names = [v.metric for v in asked.figures[:1] if v.check is not Check.DERIVED]
    found = _SAVED.search("，".join((*names, told)))
    if found is not None:
        yield Doubt("opposed", found.group())


_NTH = re.compile(
    r"第(?:\d{1,2}|[一二三四五六七八九十]{1,3})个(?=[一-鿿]{0,6}(?:项目|单位|村|镇|标段|问题|工程))"
)


def of_the_nth(asked: Asked) -> Iterator[Doubt]:
    """第10个重点项目 is asked about, and nothing with the answer says which one it is."""
    found = _NTH.search(cues.unquoted(asked.plan.question))
    plain = asked.plan.operation in (Operation.LOOKUP, Operation.COUNT, Operation.TEXT)
    if found is not None and plain and found.group() not in asked.ground.text + asked.ground.wide:
        yield Doubt("numbered", found.group())


_BOTH_TOGETHER = re.compile(r"[(（][^()（）]*加[^()（）]*[)）]")
_SUMMED = re.compile("合计|一共|总共|共计|加起来|总和")
_NOT_LISTED = re.compile("分别|各|哪些|哪几|有几|几[个项]")


def left_unsummed(asked: Asked) -> Iterator[Doubt]:
    """一共多少项（甲加乙）, or what the scores of some items come to: one number, or the items, are given."""
    question = cues.unquoted(asked.plan.question)
    if asked.contradicted or asked.plan.operation is Operation.VERIFY or not asked.figures:
        return
    if any(value.check is Check.DERIVED for value in asked.figures):
        return
    both = _BOTH_TOGETHER.search(question)
    several = len(asked.figures) > len(asked.plan.targets)
    listed = several and not _NOT_LISTED.search(question)
    if both or (listed and _SUMMED.search(question)):
        yield Doubt("asks", both.group() if both else "合计")


_BLANK_TOLD = re.compile(r"[:：]\s*[。；;]?$")


def blank_told(asked: Asked) -> Iterator[Doubt]:
    """财务负责人： with nothing behind it answers nothing."""
    if asked.plan.operation is Operation.TEXT and _BLANK_TOLD.search(asked.answer.text.strip()):
        yield Doubt("unfinished", "空白")


DOUBTS: tuple[Doubts, ...] = (
    number_for_names,
    left_unchecked,
    of_another_full_mark,
    saved_unasked,
    of_the_nth,
    left_unsummed,
    blank_told,
)
