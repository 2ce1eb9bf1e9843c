"""Whether a figure is that of the thing asked for, and not of what stands beside it or is named like it.

Another stage of the same course, another number of a row of things, a part or the whole, a neighbour
in the sentence, a name that differs by its first character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.told import printed
from qa.figures.fitting import excluded_names
from qa.model import Check, Value
from qa.plan import Operation
from qa.texts.asking import naming_words
from qa.words import cues
from qa.words.matching import squeeze
from qa.words.pinyin import alike


def alone(asked: Asked) -> Value | None:
    """The one figure that a question for a figure was answered with, its report not contested."""
    plain = asked.plan.operation in (Operation.LOOKUP, Operation.SUM) and len(asked.figures) == 1
    if not plain or asked.contradicted:
        return None
    if asked.plan.operation is Operation.SUM and asked.figures[0].check is Check.DERIVED:
        return None
    return asked.figures[0]


def counted(asked: Asked) -> Value | None:
    """Likewise, also of a question how many there are."""
    counts = asked.plan.operation is Operation.COUNT and len(asked.figures) == 1
    return asked.figures[0] if counts and not asked.contradicted else alone(asked)


def single(asked: Asked) -> Value | None:
    """The one figure of any answer that was not worked out, its report not contested."""
    one = len(asked.figures) == 1 and not asked.contradicted
    return asked.figures[0] if one and asked.figures[0].check is not Check.DERIVED else None


# Stages of one course of things: of which a count or an amount is, tells it from its neighbour.
_STAGES = (
    ("发放|发出|派发|发了", "收回|回收|有效|使用|用掉|用了|核销|兑付"),
    ("收回|回收", "有效"),
    ("申报|申请|报名|受理", "立项|获批|批准|通过|办结|合格|录取|结业|取证"),
    ("招录|新招|新进|调入|引进", "退休|调出|离职|辞职"),
    ("签订合同|合同金额|合同价|合同额|中标", "结算|送审|审定|支付|付款"),
    ("送审", "审定|核减"),
    ("新增|新建|新设|新购", "累计|现有|共有|保有|总数|总共|现在|目前"),
    ("立案|受理|收到|接到", "结案|办结|审结|答复|处理完"),
    ("采购预算|预算安排", "采购合同|中标|成交"),
    ("新开工|开工", "完工|竣工|建成|验收"),
    ("下达|分配", "拨付|支付|到位"),
    ("检查|抽查|抽检|检测|摸排|排查", "不合格|整改|处罚|查处"),
)


def opposed(asked: Asked) -> Iterator[Doubt]:
    """What came back is asked for, and what was sent out is given: another stage of one course."""
    value = counted(asked)
    if value is None:
        return
    question = cues.unquoted(asked.plan.text)
    own = f"{value.metric}{''.join((s.row or '') + (s.column or '') for s in value.sources[:1])}"
    for one, other in _STAGES:
        for wanted, given in ((one, other), (other, one)):
            said = re.search(wanted, question)
            both = re.search(given, question)
            if said and not both and re.search(given, own) and not re.search(wanted, own):
                yield Doubt("opposed", said.group())
                return


_NOT_SO = re.compile(
    r"(?:不|未)(?:合格|达标|符合|满意|通过|及格|完成|整改|办结|到位|支付|验收|开工|完工|参加|录取|回收|收回)"
)


def not_so(asked: Asked) -> Iterator[Doubt]:
    """Those that did not pass are asked for, and neither name nor clause of the figure says so."""
    value = counted(asked)
    if value is None:
        return
    own = value.metric
    for source in value.sources[:1]:
        own += f"{source.row or ''}{source.column or ''}"
        number = printed(value.number, source.quote)
        clauses = re.split("[，,、；;。]", source.quote.replace(number, "#"))
        own += "".join(clause for clause in clauses if "#" in clause)
    for said in _NOT_SO.findall(cues.unquoted(asked.plan.text)):
        if said not in own:
            yield Doubt("opposed", said)
            return


_DENIED = re.compile(
    r"(?<!有)(?:没有?|未)(?!来|必|成年|婚|免|知|[一-鿿]{0,2}[?？])[一-鿿]{1,3}?(?:的|[多几]|人|户|次|数|金额|资金|面积|率|天)"
)
_DENIES = re.compile("没|未|不|无|非|欠|缺|漏|空|余|剩|差|拒|退|流|失|零|停|闲|逾|滞")


def denied(asked: Asked) -> Iterator[Doubt]:
    """没就餐的多少人 is asked for, and the column (就餐人数) counts those who did."""
    value = counted(asked)
    if value is None or not value.sources or not value.sources[0].table:
        return
    source = value.sources[0]
    own = f"{value.metric}{source.row or ''}{source.column or ''}"
    said = _DENIED.search(cues.unquoted(asked.plan.question))
    if said and "−" not in value.formula and not _DENIES.search(own):
        yield Doubt("opposed", said.group())


_HEAD_ASKED = re.compile(
    r"(?P<head>[一-鿿]{2,4}?)(?:了|的)?(?:有|是|为|达)?(?:多少|几)(?!分之|成|倍)"
)


def head_beside(asked: Asked) -> Iterator[Doubt]:
    """What stands right before 多少 is what another figure of the sentence is called, and not this one.

    抽检水样184份，其中枯水期88份，合格169份: of 枯水期…合格了多少份 the first two say nothing.
    """
    value, found = alone(asked), _HEAD_ASKED.search(cues.unquoted(asked.plan.text))
    if value is None or found is None:
        return
    text = found["head"]
    own = f"{value.metric}{value.label if value.sources and value.sources[0].table else ''}"
    for size in range(len(text), 1, -1):
        head = text[-size:]
        if head in own:
            return
        if any(name.endswith(head) for name in asked.ground.beside):
            yield Doubt("beside", head)
            return


def nearer_name(asked: Asked) -> Iterator[Doubt]:
    """投诉举报21,374件，其中投诉16,852件、举报4,522件: of 举报 the first is not meant."""
    value = alone(asked)
    words = [target.key.split()[-1] for target in asked.plan.targets[:1] if target.key.split()]
    if value is None or not words:
        return
    own, word, question = squeeze(value.metric), squeeze(words[0]), asked.plan.question
    lead = own.removesuffix(word)[-2:]
    left_out = any(lead in name for name in excluded_names(question))
    named = lead in squeeze(question) and not left_out
    if len(word) < 2 or not own.endswith(word) or not lead or named:
        return
    nearer = (squeeze(name) for name in asked.ground.beside)
    if any(name.endswith(word) and len(name) < len(own) for name in nearer):
        yield Doubt("beside", word)


_DIGIT = "一二三四五六七八九十甲乙丙丁"
_NUMBERED_BEHIND = re.compile(
    rf"(?P<of>[一-鿿](?<![第前近这那上下共有约每各半])(?<![{_DIGIT}]))(?P<no>[{_DIGIT}]|[1-9])(?=[的是之有为]|合格|通过|得|多少|几|[,，。?？]|$)"
)
_NUMBERED_BEFORE = re.compile(
    rf"(?<![{_DIGIT}\d第前近])(?P<no>[{_DIGIT}]|[1-9])(?P<of>期|级(?!指标)|号|类|标段|批次?|中(?!心)|小(?!时)|院)(?![一-鿿]?[公时]|合计|总|一?共|累计|加)"
)


_YEAR = re.compile(r"(?:19|20)\d\d年")


def numbered(asked: Asked) -> Iterator[Doubt]:
    """科目三 is asked for and 科目二 given: one of several that only a number tells apart."""
    near = squeeze(
        "".join(
            f"{s.quote}{s.row or ''}{s.column or ''}"
            for v in asked.figures[:1]
            for s in v.sources[:1]
        )
    )
    question = squeeze(cues.unquoted(asked.plan.text))
    for pattern, shape in ((_NUMBERED_BEHIND, "{of}{no}"), (_NUMBERED_BEFORE, "{no}{of}")):
        for found in pattern.finditer(question):
            said = found.group()
            if _YEAR.match(said):  # 比2022年减少的: the years are looked at for themselves
                continue
            others = (shape.format(of=found["of"], no=no) for no in f"{_DIGIT}123456789")
            if (
                near
                and said not in near
                and any(other in near for other in others if other != said)
            ):
                yield Doubt("numbered", said)
                return


def member(asked: Asked) -> Iterator[Doubt]:
    """The number of 2 事业单位 (甲中心、乙所) is given where that of 甲中心 is asked for."""
    value = counted(asked)
    if value is None:
        return
    listed, _, kind = value.metric.replace("结转和结余", "结转结余").rpartition(" ")
    pieces = [squeeze(piece) for piece in re.split("[、和及]", listed)]
    for target in asked.plan.targets[:1]:
        key = squeeze(target.key)
        if (
            kind
            and len(pieces) > 1
            and key
            and any(p.endswith(key) for p in pieces)
            and squeeze(kind) not in squeeze(asked.plan.question)
        ):
            yield Doubt("member", target.key)


def of_part(asked: Asked) -> Iterator[Doubt]:
    """One part of what the paragraph lists is asked about, and the figure is of the whole again."""
    if alone(asked) is None:
        return
    question = squeeze(asked.plan.text)
    for name in asked.ground.parts_before:
        if squeeze(name) in question:
            yield Doubt("of_part", name)
            return


_ALL_SPENT = re.compile(r"(?:部门|单位)?整体支出|总支出|支出总额|全部支出")
_SOME_SPENT = re.compile(
    r"^(?:[一二三四五六七八九十\d、.（）()]*)(?:基本支出|项目支出|人员经费|公用经费)"
)


def some_of_all(asked: Asked) -> Iterator[Doubt]:
    """A measure of all that was spent is asked for, and that of the basic spending is given."""
    said = _ALL_SPENT.search(asked.plan.text)
    for value in asked.figures[:1]:
        part = _SOME_SPENT.search(value.metric)
        if said and part and part.group() not in asked.plan.question and not asked.contradicted:
            yield Doubt("part", said.group())


_WHOLE_WORD = 4  # characters of a name of which the first may tell it from another
_NO_NAME = frozenset(
    "给里因对到在从把被让向为由的了是有和与及跟比年月日个名其该本各全总共只仅约近用拿付花买交收打做中后里内时上下边治发套项届光走于吃一"
)


_LIGHT = re.compile(
    r"^(?:中(?![央小学国心级期共华医药高])|里|完成|开展|组织|实施|举办|全[年县市区省]|本年|当年|共)+"
)


def substituted(asked: Asked) -> Iterator[Doubt]:
    """The figure is called as what is asked for but for its first character (食品监督抽检, 药品…)."""
    value = alone(asked)
    if value is None:
        return
    own = squeeze(f"{value.metric} {value.sources[0].row or ''}" if value.sources else value.metric)
    for target in asked.plan.targets[:1]:
        for run in target.key.split():
            word = _LIGHT.sub("", squeeze(run))
            if len(word) < _WHOLE_WORD or word in own or word in asked.ground.text:
                continue
            if any(_other_by_a_word(word, own[at : at + len(word)]) for at in range(len(own))):
                yield Doubt("substituted", word)
                return


def _other_by_a_word(word: str, other: str) -> bool:
    """药品监督抽检 and 食品监督抽检; neither begins with a word that belongs to no name."""
    if word[1:] != other[1:] or word[:1] == other[:1] or {word[0], other[0]} & _NO_NAME:
        return False
    return not alike(word[0], other[0])


_PART_ASKED = re.compile(r"(?P<part>[^,，。;；的 ]{4,})(?:所)?占")


def part_of_share(asked: Asked) -> Iterator[Doubt]:
    """The share of 中小企业 for that of 小微企业, which the same sentence names as well."""
    value, part = next(iter(asked.figures), None), _PART_ASKED.search(asked.plan.text)
    if value is None or part is None or value.unit != "%" or value.check is Check.DERIVED:
        return
    words = naming_words(part["part"])
    name = squeeze(words[0]).removeprefix("其中") if words else ""
    metric = squeeze(value.metric)
    head, tail = name[:_HEAD], name[_HEAD : 2 * _HEAD]
    if len(tail) < _HEAD or head in metric:
        return
    others = re.findall(rf"([一-鿿]{{{_HEAD}}}){tail}", metric)
    if others and head in "".join(squeeze(source.quote) for source in value.sources[:1]):
        yield Doubt("substituted", name[: 2 * _HEAD])


_HEAD = 2  # characters of a name that tell it from others


_BOTH_SIDES = re.compile(
    r"收入[、和与及]?支出[^，。；]{0,6}?(?:总体)?情况|收支[^，。；]{0,4}?情况|收[、]?支"
)
_SIDES = ("收入", "支出")


def other_side_told(asked: Asked) -> Iterator[Doubt]:
    """What was spent is asked for, and the sentence of the figure is of the income, or the reverse."""
    value = alone(asked)
    if value is None or any(source.table is not None for source in value.sources[:1]):
        return
    own = _BOTH_SIDES.sub("", value.metric)
    question = cues.unquoted(asked.plan.text)
    for wanted, given in (_SIDES, _SIDES[::-1]):
        asked_for = wanted in question and given not in question and "总计" not in question
        if asked_for and given in own and wanted not in own:
            yield Doubt("opposed", wanted)


def parts_not_so(asked: Asked) -> Iterator[Doubt]:
    """A share of those that did not pass is asked for, and neither operand is called so."""
    if asked.plan.operation not in (Operation.SHARE, Operation.RATIO) or asked.contradicted:
        return
    _, found, told = asked.answer.text.partition("依据：")
    for said in _NOT_SO.findall(cues.unquoted(asked.plan.text)):
        if found and said not in told:
            yield Doubt("opposed", said)
            return


_LISTED_KIND = re.compile(
    r"哪(?:些|几个|[两三四五六七八九十]个?)(?P<kind>[一-鿿]{3,6}?)(?=[?？。]?$)"
)


def of_the_kind(asked: Asked) -> Iterator[Doubt]:
    """Things of a kind are asked for, and what is listed only begins with its name (事业单位医疗)."""
    found = _LISTED_KIND.search(cues.unquoted(asked.plan.text).strip())
    lines = [re.sub(r"^\d+\.\s*", "", line) for line in asked.answer.text.split("\n")[1:]]
    if found is None or asked.plan.operation is not Operation.TEXT or not lines:
        return
    kind = found["kind"]
    short = [line for line in lines if len(line) <= len(kind) + _TAIL]
    if len(short) == len(lines) and any(kind in line and not line.endswith(kind) for line in lines):
        yield Doubt("kind", kind)


_TAIL = 6  # characters behind the name of a kind


DOUBTS: tuple[Doubts, ...] = (
    opposed,
    not_so,
    denied,
    head_beside,
    nearer_name,
    numbered,
    member,
    of_part,
    some_of_all,
    substituted,
    part_of_share,
    other_side_told,
    parts_not_so,
    of_the_kind,
)
