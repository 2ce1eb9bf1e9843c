"""An average that no place states, from an amount and a count that are each asked for alone. Pure.

``平均每家机构培训了多少人次`` asks for 机构培训了多少人次 and 机构有多少家; ``按甲和乙算`` and ``甲除以乙`` say the
two themselves. The amount may leave the thing out, the count may not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.model import Figure, Role
from ingest.quantity import YUAN, Dimension, UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operands.asks import full_years, placed
from qa.operations.per_unit import counts_some_only, has_its_own
from qa.plan import Plan
from qa.present import Computed, shown
from qa.words.matching import squeeze
from qa.words.worked_words import MEASURE_WORDS


class PerAsks(NamedTuple):
    """The questions for both sides, the likeliest first.

    With those for the count goes the measure word of the thing; "" where the question names the count
    itself (按年末人数算). `told`: the question names both sides, which may stand apart then.
    """

    amounts: tuple[str, ...]
    counts: tuple[tuple[str, str], ...]
    told: bool = False


_STANDARD = re.compile(r"标准|定额|单价")  # what was laid down for each, not what each got
# 拿到多少万元补助 is read as 的万元补助.
_MONEY_OF = re.compile(r"(?<=[一-鿿])的[万亿]?元(?=[一-鿿])")
_ROUNDED = re.compile(
    r"[,，、(（。]?(?:结果|请)?(?:四舍五入)?(?:保留|精确到|取)?[一两二三四\d]位小数[)）。]?"
)
_BASIS = re.compile(
    r"[(（](?P<aside>[^()（）,，]{2,20}(?:除以|÷|/)[^()（）,，]{2,20})[)）]|"
    r"(?:^|[,，。:：(（])(?:按照?|以|用|根据|拿)(?P<what>[^,，。()（）]{2,30}?)(?:来|口径)?(?:计?算)?(?P<end>[)）,，。]|$)"
)
_QUOTIENT = re.compile(r"(?P<over>[^,，÷/]{2,20}?)(?:除以|÷|/)(?P<under>[^,，÷/]{2,20})")
_BOTH = re.compile(r"(?P<over>[^,，]{2,20}?)(?:和|与|及|、)(?P<under>[^,，]{2,20})")
_ASKED = r"(?:多少|几|怎么|多大)"
# What the measure starts with, behind the name of the thing.
_VERB = (
    r"对应|拿到?|得到?|领到?|享受|获得?|花|支出|支付|用|补助|补贴|补|发放?|培训|训练|吸引|接待|承担|参加|有|出动|飞|查出|追回"
    r"|带来|需|要|收|安排|实际|管护|服务|完成|投入|投资|成本|费用|分到?|配|负责|产生|处理|办|能|可|大约|大概|约|合同|结算|变更|造价|住|摊"
)
_PER = re.compile(
    rf"(?:平均)?(?:到)?(?P<each>每)(?P<verb>[一-鿿]{{0,4}}?)(?:一)?(?P<noun>{MEASURE_WORDS})(?P<rest>[^,，]*)"
    rf"|(?P<one>平均)(?P<verb1>)(?:一)?(?P<noun1>{MEASURE_WORDS})(?P<rest1>[^,，]*)"
    rf"|(?P<verb2>接待|办理?|受理|处理|培训|修|建|服务)一(?P<noun2>{MEASURE_WORDS})(?P<rest3>[^,，]{{1,8}}?平均[^,，]*)"
    rf"|(?P<heads>人均|户均|班均|车均|人次均|次均)(?P<rest2>[^,，]*)"
)
_HEADS = {"人均": "人", "户均": "户", "班均": "班", "车均": "辆", "人次均": "人次", "次均": "次"}
_TRIED = 9  # ways of asking for one side
_LEAST = 2  # characters of the name of a thing


def per_asks(plan: Plan) -> PerAsks | None:
    """How a question asks for an average per thing as two questions; None where it does not."""
    text = _ROUNDED.sub("", full_years(plan)).rstrip("?？。")
    text = re.sub(r"[?？](?=.)", "，", text)
    text = _MONEY_OF.sub("", text)
    if (
        len(plan.years) > 1
        or not (_MONEY_OF.search(plan.question) or re.search(_ASKED, text))
        or _STANDARD.search(text)
    ):
        return None
    received = _of_receptions(text)
    if received is not None:
        return received
    basis = _BASIS.search(text)
    over, under = _sides(basis["aside"] or basis["what"]) if basis else ("", "")
    bare = text if basis is None else f"{text[: basis.start()]}，{text[basis.end() :]}".strip("，,")
    bare = re.sub(r"[(（][^()（）]*[)）]", "", bare)
    found = _PER.search(bare)
    if found is None:
        return None
    amounts, counts, noun = _around(bare, found)
    if over:
        amounts = [f"{placed(plan, over)}是多少？"]
    told = [(f"{placed(plan, under)}是多少？", "")] if under else []
    both = [*told, *((each, noun) for each in counts)] if not (over and under) else told
    if not amounts or not both:
        return None
    return PerAsks(tuple(amounts[:_TRIED]), tuple(both[:_TRIED]), told=bool(over and under))


# 公务接待费 x, 国内公务接待 m 批次 n 人次 are told of one thing by every 部门决算, in sentences of their own.
_RECEPTION = re.compile(r"(?P<head>.*?)的?(?:国内|外事)?公务接待费?|(?P<bare>.*?)的?接待费?")
_HEADS_ASKED = re.compile(r"人均|[每一][个名位人]|人头|人次")
_BATCHES_ASKED = re.compile(r"每批|一批|每次接待|批均")
_COST_ASKED = re.compile(r"元|钱|费用|花费|开支|接待费")
_PERSONS_ASKED = re.compile(r"(?:多少|几)(?:个|名|位)?(?:人|来宾|客人)")


def _of_receptions(text: str) -> PerAsks | None:
    """What an official reception cost per visitor or batch, or how many visitors came in a batch."""
    found = _RECEPTION.match(text) if "公务接待" in text or "接待费" in text else None
    if found is None or "外事" in found.group():
        return None
    head = (found["head"] if found["head"] is not None else found["bare"]).rstrip("，,的")
    batches, heads = _BATCHES_ASKED.search(text), _HEADS_ASKED.search(text)
    people = tuple(f"{head}国内公务接待多少{noun}？" for noun in ("人次", "人"))
    if _PERSONS_ASKED.search(text) and not _COST_ASKED.search(text):
        amounts = people if batches else ()
    else:
        amounts = (f"{head}公务接待费支出是多少？", f"{head}国内公务接待费是多少？")
    if batches:
        ways = ("国内公务接待多少批次", "国内公务接待批次数是多少", "国内公务接待数是多少")
        counted = tuple((f"{head}{way}？", "批次") for way in ways)
    elif heads:
        counted = ((people[0], "人次"), (people[1], "人"))
    else:
        counted = ()
    return PerAsks(amounts, counted, told=True) if amounts and counted else None


def _sides(basis: str) -> tuple[str, str]:
    """What is divided and by what, where a basis names both; else the count alone."""
    for pattern in (_QUOTIENT, _BOTH):
        found = pattern.search(basis)
        if found is not None:
            return found["over"], found["under"]
    return "", basis


def _around(text: str, found: re.Match[str]) -> tuple[list[str], list[str], str]:
    head = text[: found.start()].rstrip("，,的")
    head = re.sub(r"(?:的)?平均$", "", head)
    if found["heads"]:
        rest, noun = found["rest2"], _HEADS[found["heads"]]
        return [_amount(head, rest)], [f"{head}有多少{noun}？"], noun
    verb = found["verb"] or found["verb2"] or ""
    noun = found["noun"] or found["noun1"] or found["noun2"]
    rest = f"{found['rest'] or found['rest1'] or found['rest3'] or ''}{text[found.end() :]}"
    amounts: list[str] = []
    counts: list[str] = []
    for thing, measure in _cuts(rest):
        names = (f"{verb}{thing}", thing) if verb and thing else (f"{verb}{thing}",)
        for name in names:
            counts += [f"{head}{name}有多少{noun}？", f"{head}{name}数是多少？"]
            amounts.append(_amount(f"{head}{name}", measure))
        if verb:
            counts.append(f"{head}{verb}了多少{noun}{thing}？")
        amounts.append(_amount(head, measure))
    return list(dict.fromkeys(amounts)), list(dict.fromkeys(counts)), noun


_DEEDS = (2, 4)  # characters of 作业, 作业面积


def _cuts(rest: str) -> list[tuple[str, str]]:
    """The name of the thing and what is measured of it, 护林员 and 管护多少公顷林地, the likeliest first."""
    stops = re.finditer(rf"的|平均|{_VERB}|{_ASKED}|$", rest)
    at = next(stop.start() for stop in stops if stop.start() not in range(1, _LEAST))
    measure = re.sub(r"^(?:的|平均|对应|大约|大概|约|可|能|实际)+", "", rest[at:])
    thing = rest[:at].removesuffix("元").rstrip("，,是")
    cuts = [(thing, measure)]
    if re.match(_ASKED, measure):  # 合作社作业多少公顷: what is done ends the name
        sizes = [size for size in _DEEDS if len(thing) >= size + _LEAST]
        cuts = [(thing[:-size], thing[-size:] + measure) for size in sizes] + cuts
    return cuts if not thing else [*cuts, ("", rest)]  # 每公里建设支出 names no thing


def _amount(head: str, measure: str) -> str:
    measure = re.sub(r"平均", "", measure).strip("，,的")
    return f"{head}{measure}？" if re.search(_ASKED, measure) else f"{head}{measure}是多少？"


_EACH = re.compile(r"均(?!衡)|每|单(?!位[^成价])")  # an amount per thing already
_NO_AMOUNT = (Dimension.PERCENT, Dimension.POINT, Dimension.SCORE)
_SAME = ({"人", "人次", "名", "位"}, {"批", "批次", "次"}, {"家", "个", "所"}, {"件", "起", "宗"})


def worked_per(asks: PerAsks, plan: Plan, amount: Candidate, count: Candidate) -> Draft | None:
    """The amount over the count; None where they are no such pair."""
    one, other = amount.figure, count.figure
    if (
        not _alike(amount, count)
        or not (asks.told or _together(amount, count) or _of_one_name(one, other, plan.question))
        or _EACH.search("".join((one.metric, *one.column_path)))
    ):
        return None
    if counts_some_only(other, plan.question) or has_its_own(amount, other):
        return None
    dimension = one.quantity.unit.dimension
    if dimension in _NO_AMOUNT or one.quantity.unit.compatible(other.quantity.unit):
        return None
    money = dimension is Dimension.MONEY
    unit = (plan.unit or YUAN) if money else compute.one_of(one.quantity.unit)
    if unit.symbol == "人" and squeeze(one.metric).endswith("人次"):  # 接待人次28598人 are visits
        unit = replace(unit, symbol="人次")

    def made(figures: Sequence[Figure]) -> Computed | None:
        return compute.per(figures[0], figures[1], unit)

    try:
        result = made([one, other])
    except UnitError:
        return None
    if result is None:
        return None
    draft = Draft(phrase=one.metric)
    label = f"{one.metric} ÷ {other.metric}"
    value = draft.derive(
        result,
        [amount, count],
        label=label,
        metric=f"{one.metric} 平均",
        period=amount.period,
        again=made,
    )
    facts = "，".join(f"{each.figure.metric} {shown(each.figure)}" for each in (amount, count))
    draft.text = f"{value.entity}{amount.period}年平均：{value.number}{value.unit}（{result.formula}）。依据：{facts}。"
    return draft


def _alike(amount: Candidate, count: Candidate) -> bool:
    """Both of one body, project and year, and of one line where they stand in one table."""
    one, other = amount.figure, count.figure
    same = amount.report == count.report and one.no != other.no
    if (
        not same
        or amount.period != count.period
        or one.role not in _PLAIN
        or other.role not in _PLAIN
    ):
        return False
    a, b = one.locator, other.locator
    return a.table is None or a.table != b.table or one.row_path == other.row_path


_PLAIN = (Role.VALUE, Role.ACTUAL)


def _together(amount: Candidate, count: Candidate) -> bool:
    """In one line of a table, or in one sentence with no part (其中) between the two.

    What a body spent on all it did is no amount for one kind of thing among others.
    """
    one, other = amount.figure, count.figure
    if one.locator.table is not None:
        return one.locator.table == other.locator.table and one.row_path == other.row_path
    if (
        other.locator.table is not None
        or one.block != other.block
        or one.sentence != other.sentence
    ):
        return False
    first, last = sorted((one, other), key=lambda figure: figure.start)
    between = amount.document.blocks[one.block].text[first.end : last.start]
    return not re.search(r"其中|包括|[。；;]", between)


def _of_one_name(one: Figure, other: Figure, question: str) -> bool:
    """In two tables, each in the line that the question names (铁路新村): both are all of its."""
    a, b = one.locator, other.locator
    if a.table is None or b.table is None or a.table == b.table:
        return False
    names = {squeeze(figure.row_path[-1]) if figure.row_path else "" for figure in (one, other)}
    name = names.pop()
    return not names and len(name) > _LEAST and name in squeeze(question)


_COUNTED_AS = re.compile(r"(?P<noun>[人户件份辆台套宗次项家天名批场起])数$")


def counts(figure: Figure, noun: str) -> bool:
    """Whether a figure counts things of the measure word; bare numbers by the label of their column."""
    unit = figure.quantity.unit
    if figure.quantity.base <= 0 or unit.dimension in (*_NO_AMOUNT, Dimension.MONEY):
        return False
    if not noun:
        return True
    nouns = next((group for group in _SAME if noun in group), {noun})
    nouns = {noun} if noun == "人次" else nouns  # visits are more than those who came
    if unit.dimension is Dimension.NUMBER:
        label = squeeze("".join(figure.column_path[-1:]))
        own = _COUNTED_AS.search(label)
        if own is not None and own["noun"] not in nouns:  # 取证人数 for 每人次
            return False
        return label.endswith((*nouns, "数")) or any(f"({each})" in label for each in nouns)
    if squeeze(figure.metric).endswith(tuple(nouns)):  # 接待批次3978个 are 批次
        return True
    return unit.noun in nouns or unit.symbol.lstrip("百千万亿") in nouns
