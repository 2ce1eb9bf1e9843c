"""Whether those who did are asked for and those who did not are given, or the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.clauses import label_in_sentence
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.sentence import clause_of
from qa.assurance.told import labels
from qa.model import Check, Value
from qa.plan import Operation
from qa.words import cues
from qa.words.matching import squeeze

_STATE = (
    "满意|合格|完整|达标|规范|到位|准确|符合|及时|足|健全|完善|明确|一致|合理|通过|熟悉|了解|知晓|认可"
    "|同意|支持|清晰|充分|真实"
)
_DENIED = re.compile(
    rf"(?:不|未|没有?|尚未|未能)(?P<state>{_STATE})|(?:未|没有?|尚未|未能|无)(?P<deed>[一-鿿]{{2}})"
)
_WHETHER = re.compile("没有?(?=[?？。,，]|$)")  # 花完没有？
_EXCEPT = re.compile(
    r"(?:非|除(?:了|去|开)?)(?P<what>[A-Za-z\d][A-Za-z\d]*[级类]?|[一-鿿]{2,6}(?=以?外))"
)


def denied_there(asked: Asked) -> Iterator[Doubt]:
    """对比例满意的 are asked for, and 对比例不满意96人 is given."""
    question = _asked(asked)
    for value in _printed(asked):
        for found in _DENIED.finditer(_own(asked, value)):
            word = found["state"] or found["deed"]
            if word in question and not re.search(rf"[不未没无][^，,]{{0,6}}{word}", question):
                yield Doubt("opposed", word)
                return


def denied_here(asked: Asked) -> Iterator[Doubt]:
    """不准确的 are asked for, and the row 准确率 is given."""
    question = _asked(asked)
    for value in _printed(asked):
        own = _own(asked, value)
        for found in _DENIED.finditer(question):
            word = found["state"] or found["deed"]
            if word in own and not re.search(rf"[不未没无][^，,]{{0,6}}{word}", own):
                yield Doubt("opposed", found.group())
                return


def left_out(asked: Asked) -> Iterator[Doubt]:
    """非4A景区 are asked for, and 4A景区3家 is given."""
    question = _asked(asked)
    for found in _EXCEPT.finditer(question):
        for value in _printed(asked):
            if found["what"] in _own(asked, value) and found.group() not in _own(asked, value):
                yield Doubt("exception", found.group())
                return


_NOT_BACK = re.compile("[没未](?:有)?(?:收回|回收|交回)")
_VOID = re.compile("无效|作废")


def of_what_came_back(asked: Asked) -> Iterator[Doubt]:
    """无效问卷 are those that came back less the valid ones, 没收回的 those sent less all that came back."""
    for value in asked.figures[:1]:
        told = asked.answer.text.partition("：")[0] if value.check is Check.DERIVED else ""
        told += asked.answer.text.partition("：")[2] if told else ""
        if "−" not in value.formula or "问卷" not in told:
            return
        void, unreturned = _VOID.search(asked.question), _NOT_BACK.search(asked.question)
        if void and not re.search("收回|回收", told):
            yield Doubt("opposed", void.group())
        if unreturned and re.search("有效", told):
            yield Doubt("opposed", unreturned.group())


def _asked(asked: Asked) -> str:
    return squeeze(_WHETHER.sub("", cues.unquoted(asked.plan.question)))


def _printed(asked: Asked) -> tuple[Value, ...]:
    """The one figure that was given as it is printed, contested or not."""
    plain = asked.plan.operation in (Operation.LOOKUP, Operation.COUNT) and len(asked.figures) == 1
    return tuple(v for v in asked.figures if plain and v.check is not Check.DERIVED)


def _own(asked: Asked, value: Value) -> str:
    clause = label_in_sentence(asked) or "".join(clause_of(value))
    return squeeze(f"{value.metric} {labels(value.sources[:1])} {clause}")


DOUBTS: tuple[Doubts, ...] = (denied_there, denied_here, left_out, of_what_came_back)
