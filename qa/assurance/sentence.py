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
from qa.plan import Operation
from qa.texts.asking import naming_words
from qa.words import cues
from qa.words.matching import grams, squeeze

_STOPS = "，,；;。"


def _given(asked: Asked) -> Value | None:
    """The one figure that was given as it is printed."""
    value = counted(asked)
    return None if value is None or value.check is Check.DERIVED else value


def _clause(value: Value) -> tuple[str, str]:
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
    value = _given(asked)
    before, behind = _clause(value) if value is not None else ("", "")
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
    value = _given(asked)
    before = squeeze(_clause(value)[0]) if value is not None else ""
    found = _SHARE_OF.search(before)
    if found is None:
        return
    question = squeeze(asked.plan.question)
    whole = any(found["whole"].endswith(run) for run in _runs(asked))
    if whole and not any(
        found["part"][at : at + 2] in question for at in range(len(found["part"]) - 1)
    ):
        yield Doubt("of_part", found["part"])


def _runs(asked: Asked) -> list[str]:
    """What the question names, without what asks."""
    runs = (squeeze(run) for run in naming_words(cues.content(asked.plan.text)))
    return [run for run in runs if len(run) > 1]


_SEVERAL = re.compile(r"[一-鿿]{2,8}(?:、[一-鿿]{2,8})+(?:(?:和|及|与)[一-鿿]{2,8})?")


def told_of_several(asked: Asked) -> Iterator[Doubt]:
    """城关镇 is asked for, and 城关镇、临江街道、石牛镇6个小区 is given: a number of them all."""
    value = _given(asked)
    found = _SEVERAL.search(_clause(value)[0]) if value is not None else None
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
    value = _given(asked)
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


_MOVED = re.compile(
    r"(?P<way>调[减增]|核减|压减|追加|削减|扣回|收回)的?[\d.,]*(?:万元|亿元|元)?(?:主要)?(?:来自|分别为|分别是|包括|由)"
)
_SPENT = re.compile("花|支出|用了|用掉|支付|执行")


def moved(asked: Asked) -> Iterator[Doubt]:
    """What was spent is asked for, and what was cut is given (调减的4万元来自甲1万元和乙3万元)."""
    value = _given(asked)
    source = value.sources[0] if value is not None and value.sources else None
    if value is None or source is None or source.table is not None:
        return
    before = source.quote.partition(printed(value.number, source.quote))[0]
    found = _MOVED.search(before)
    if found and found["way"] not in asked.question and _SPENT.search(asked.plan.question):
        yield Doubt("role", found["way"])


_MONEY_NAMED = re.compile(
    r"(?:补贴|补助|经费|费用|资金|支出|预算|金额|收入|投资|合同价|违约金|罚款|奖金)(?:总额|数额|额)?(?:一共|共|总共)?(?:是|为|有)?多少[?？。]?$"
)
_RATE_SAID = re.compile("率|比|占|百分|增|降|升|减|完成|几成|执行|percent|%")
_OF_MONEY = re.compile("元|%|‰|百分点|倍|折|成")


def no_money(asked: Asked) -> Iterator[Doubt]:
    """补贴多少 is asked, and so many 个 are given."""
    value = _given(asked)
    found = _MONEY_NAMED.search(cues.unquoted(asked.plan.question).rstrip("?？。 "))
    rate = value is not None and value.unit == "%" and not _RATE_SAID.search(asked.question)
    if found and value is not None and value.unit and (rate or not _OF_MONEY.search(value.unit)):
        yield Doubt("unit", found.group())


_AMOUNT = "金额|总价|合同价|面积|人数|户数|数量|价款"
_CALLED = re.compile(
    rf"(?P<own>[一-鿿]{{2}})(?P<kind>{_AMOUNT})(?:合计|总计|共计|共|总额|为|是|达到?|约|:)*$"
)


def another_amount(asked: Asked) -> Iterator[Doubt]:
    """中标金额 is asked for, and 变更金额 is given."""
    value = _given(asked)
    found = _CALLED.search(squeeze(_clause(value)[0])) if value is not None else None
    question = squeeze(asked.plan.question)
    if found is None or found["own"] in question:
        return
    wanted = re.findall(rf"([一-鿿]{{2}}){found['kind']}", question)
    if wanted and found["own"] not in wanted and not any(w in found.string for w in wanted):
        yield Doubt("rival", f"{wanted[0]}{found['kind']}")


_BOUND_WORD = 3  # characters before a number
_ABOVE = re.compile(r"低于|高于|不足|不低于|不高于|不少于|不超过|超过|≥|≤|<|>|＜|＞|以上|以下")
_LEAST_ASKED = re.compile(
    "至少|最少|最低|门槛|评分标准|分数线|规则|区间|才|应|以上|以下|达到|least|above|below|minimum"
)


def bound_of_scores(asked: Asked) -> Iterator[Doubt]:
    """What was scored is asked for, and the bound of a band (高于90分的增加5%) is given."""
    value = _given(asked)
    scored = any(target.role is Role.SCORE for target in asked.plan.targets)
    if value is None or not scored or _LEAST_ASKED.search(asked.question):
        return
    told = _ABOVE.search(value.approx or _clause(value)[0][-_BOUND_WORD:])
    if told:
        yield Doubt("role", f"{told.group()}{value.number}{value.unit}")


_STANDARD_ASKED = re.compile(
    r"(?:补贴|补助|收费|支付|奖励|拨付|给付|缴费)标准(?:是|为|有)?(?:多少|几)"
)
_A_STANDARD = re.compile("标准|每|/|人均|户均|亩均|单价|按")


def no_standard(asked: Asked) -> Iterator[Doubt]:
    """补贴标准是多少 is asked, and the whole amount of the subsidy is given."""
    value = _given(asked)
    if value is None or not _STANDARD_ASKED.search(cues.unquoted(asked.plan.question)):
        return
    source = value.sources[0] if value.sources else None
    told = f"{value.metric}{value.unit}{''.join(_clause(value))}"
    told += f"{source.row or ''}{source.column or ''}" if source is not None else ""
    if not _A_STANDARD.search(told):
        yield Doubt("kind", "标准")


_TO_COME = re.compile("拟|将|计划|下一步|预计|打算|力争|目标|明年|下年|下一年")


def of_a_later_year(asked: Asked) -> Iterator[Doubt]:
    """How many there are is asked of no year, and what the next year plans is given."""
    value = _given(asked)
    if value is None or asked.plan.years or not value.period.isdigit():
        return
    own = [year for year in asked.ground.years if year.isdigit()]
    quote = value.sources[0].quote if value.sources else ""
    if own and value.period > max(own) and _TO_COME.search(quote):
        yield Doubt("year_open", value.period)


_BOTH_ENDS = (
    re.compile(r"最(?:高|大|多|长|贵|快|好)"),
    re.compile(r"最(?:低|小|少|短|便宜|慢|差)"),
)


def both_ends(asked: Asked) -> Iterator[Doubt]:
    """Which is most and which is least are asked, and one is given."""
    question = cues.unquoted(asked.question)
    shown = max(len(asked.figures), asked.answer.text.count("\n") + 1)
    ranked = asked.plan.operation is Operation.RANK
    if ranked and shown < len(_BOTH_ENDS) and all(end.search(question) for end in _BOTH_ENDS):
        yield Doubt("asks", "最高、最低")


DOUBTS: tuple[Doubts, ...] = (
    denied,
    inside,
    told_of_several,
    printed_beside,
    moved,
    another_amount,
    bound_of_scores,
    no_money,
    no_standard,
    of_a_later_year,
    both_ends,
)
