"""Whether the clause of a number tells that number of what is asked: denied, a part, or told of several.

覆盖全县88个行政村中的62个, 年末在职人员中高级工程师4人, 4台（套）设备未通过验收: the number is printed with
the asked words, and is of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import Role
from qa.assurance.beside import counted
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.told import printed
from qa.model import Check, Value
from qa.texts.asking import naming_words
from qa.words import cues
from qa.words.matching import grams, squeeze

_STOPS = "，,；;。"


def given(asked: Asked) -> Value | None:
    """The one figure that was given as it is printed."""
    value = counted(asked)
    return None if value is None or value.check is Check.DERIVED else value


def clause_of(value: Value) -> tuple[str, str]:
    """The clause of a figure of running text, before its number and behind it."""
    source = value.sources[0] if value.sources else None
    if source is None or source.table is not None:
        return "", ""
    number = printed(value.number, source.quote)
    at = _place(source.quote, number)
    if at < 0:
        return "", ""
    start = max(source.quote.rfind(mark, 0, at) for mark in _STOPS) + 1
    ends = [e for mark in _STOPS if (e := source.quote.find(mark, at + len(number))) >= 0]
    return source.quote[start:at], source.quote[at + len(number) : min(ends, default=None)]


def _place(quote: str, number: str) -> int:
    """Where a number stands as one of its own, -1 for nowhere: not the 5 of 25."""
    found = re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d]|[.,]\d)", quote)
    return found.start() if found else -1


_DENIES = re.compile(
    r"(?:尚未|未能|未|没有(?!多少|几)|没能|没(?!有))(?:被|能|再|全部|完全|按期|按时|及时)*(?P<deed>[一-鿿]{2,4})"
)
_WHETHER = re.compile(r"有没有|是不是|没有[?？。]?$|(?:了|到|过)没(?:有)?[?？。]?$|不[一-鿿]?多少")
_NO_DEED = re.compile(r"低于|少于|超过|大于|高于|小于|足|仅|同|含|包|算|是|到")
_LACKS = re.compile("未|没|不|无|尚|缺|欠|剩|余|外")


def denied(asked: Asked) -> Iterator[Doubt]:
    """Those that passed are asked for and those that did not are given, or the reverse."""
    value = given(asked)
    before, behind = clause_of(value) if value is not None else ("", "")
    if not before and not behind:
        return
    clause = f"{before}#{behind}"
    question = _WHETHER.sub("", cues.unquoted(asked.plan.question))
    for found in _DENIES.finditer(clause):
        deeds = (found["deed"][:2], found["deed"][2:])
        for deed in (each for each in deeds if len(each) > 1 and not _NO_DEED.search(each)):
            if deed in question and not re.search(rf"[未没不][^，,]{{0,4}}{deed}", question):
                yield Doubt("opposed", deed)
                return
    for found in _DENIES.finditer(question):
        deed = found["deed"]
        if not _NO_DEED.search(deed[:2]) and not _told_not(clause, value, deed):
            yield Doubt("opposed", found.group())
            return


def _told_not(clause: str, value: Value | None, deed: str) -> bool:
    """Whether the clause denies, or its sentence does: that deed, or in a clause without a number."""
    if _LACKS.search(clause):
        return True
    quote = value.sources[0].quote if value is not None else ""
    for other in re.split(f"[{_STOPS}]", quote):
        if _LACKS.search(other) and not re.search(r"\d", other):
            return True
        if any(grams(deed) & grams(found["deed"]) for found in _DENIES.finditer(other)):
            return True
    return False


_SHARE_OF = re.compile(r"(?P<whole>[一-鿿]{2,12}?)(?:当中|之中|中|里)的?(?P<part>[一-鿿]{2,12})$")


def inside(asked: Asked) -> Iterator[Doubt]:
    """在职人员 are asked for, and 在职人员中高级工程师4人 is given."""
    value = given(asked)
    before = squeeze(clause_of(value)[0]) if value is not None else ""
    found = _SHARE_OF.search(before)
    if found is None:
        return
    question = squeeze(asked.plan.question)
    whole = any(found["whole"].endswith(run) for run in _runs(asked))
    if whole and not any(
        found["part"][at : at + 2] in question for at in range(len(found["part"]) - 1)
    ):
        yield Doubt("of_part", found["part"])


_BAND = re.compile(r"[A-Za-z\d一二三四五六七八九]+级?(?:及)?以[上下]的?")


def of_a_band(asked: Asked) -> Iterator[Doubt]:
    """社会组织 are asked for, and 3A级以上社会组织47家 is given."""
    value = given(asked)
    clause = clause_of(value)[0] if value is not None else ""
    for found in _BAND.finditer(clause):
        behind = squeeze(clause[found.end() :])
        named = any(behind.startswith(run) for run in _runs(asked))
        if named and squeeze(found.group()) not in squeeze(asked.question):
            yield Doubt("held_alone", found.group())
            return


def _runs(asked: Asked) -> list[str]:
    """What the question names, without what asks."""
    runs = (squeeze(run) for run in naming_words(cues.content(asked.plan.text)))
    return [run for run in runs if len(run) > 1]


_SEVERAL = re.compile(r"[一-鿿]{2,8}(?:、[一-鿿]{2,8})+(?:(?:和|及|与)[一-鿿]{2,8})?")


def told_of_several(asked: Asked) -> Iterator[Doubt]:
    """城关镇 is asked for, and 城关镇、临江街道、石牛镇6个小区 is given: a number of them all."""
    value = given(asked)
    found = _SEVERAL.search(clause_of(value)[0]) if value is not None else None
    if found is None or _APART.search(found.string) or re.search(r"\d", found.string):
        return
    names = [squeeze(name) for name in re.split("[、和及与]", found.group())]
    question = squeeze(asked.plan.question)
    said = [name for name in names if name in question or name[-_PLACE:] in question]
    others = [name for name in names if name not in said]
    if said and len(others) >= len(said) and not any(name[:2] in question for name in others):
        yield Doubt("part", "、".join(said))


_APART = re.compile("分别|各|依次|每|标准|均")
_PLACE = 3  # characters of a place's name behind what leads to it: 涉及城关镇


def printed_beside(asked: Asked) -> Iterator[Doubt]:
    """高级工程师4人、工程师9人: of 高级工程师 the second is not meant."""
    value = given(asked)
    source = value.sources[0] if value is not None and value.sources else None
    runs = _runs(asked)
    if Role.ACTUAL in asked.ground.roles:  # 计划新建30个，实际28个
        return
    if value is None or source is None or source.table is not None or not runs or not value.unit:
        return
    name, quote = runs[-1], re.sub(r"\s", "", source.quote)
    unit = re.escape(re.sub(r"\s", "", value.unit.lstrip("万亿")))
    told = re.findall(
        rf"(?:(?<![一-鿿\dA-Za-z])|其中|和|及){re.escape(name)}(?:共|有|为|达|是|:)?(\d[\d,.]*)(?:万|亿)?{unit}",
        quote,
    )
    own = printed(value.number, source.quote)
    if (
        len(name) > _SHORT
        and told
        and own.replace(",", "") not in {t.replace(",", "") for t in told}
    ):
        yield Doubt("beside", name)


_SHORT = 3  # characters of a name that many a thing has: 满意度


_GENERAL = frozenset("总各全本共年月日该其原净毛单每应实已未新老大小")
_SET_ASIDE = re.compile(r"结余分配")


def ends_alike(asked: Asked) -> Iterator[Doubt]:
    """水电费 is asked for, and the row is 电费; 结余, and the row is 结余分配."""
    value = given(asked)
    source = value.sources[0] if value is not None and value.sources else None
    row = squeeze((source.row or "").rpartition(" / ")[2]) if source is not None else ""
    if not row:
        return
    if _SET_ASIDE.search(row) and "分配" not in asked.question:
        yield Doubt("held_alone", row)
    for run in _runs(asked):
        name = run.removesuffix("合计")
        head = name[: -len(row)] if name.endswith(row) and len(row) > 1 else ""
        fee = row.endswith("费") and len(name) <= _SHORT + 1
        if fee and len(head) == 1 and head not in _GENERAL:
            yield Doubt("rival", name)
            return


DOUBTS: tuple[Doubts, ...] = (
    denied,
    inside,
    of_a_band,
    told_of_several,
    printed_beside,
    ends_alike,
)
