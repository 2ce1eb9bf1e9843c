"""Whether what the question takes for granted, asks the score of or narrows down is met by the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.told import printed, used
from qa.figures.weighing import BASIC_ASKED
from qa.model import Value
from qa.plan import Operation
from qa.words import cues
from qa.words.matching import squeeze

_AFFIRMED = re.compile(
    r"(?:对吧|对吗|对不对|是吧|没错吧|是不是|属实吗|right|correct)\s*[?？。]?\s*$", re.I
)
_JUDGED = re.compile(
    r"一致|相符|不符|前提|成立|属实|是的|没有|并非|不是|矛盾|而是|相同|不同|有误|没错|无误"
)


def affirmed(asked: Asked) -> Iterator[Doubt]:
    """A statement is put for a yes or no (涨了0.76万元，对吧), and a figure of its kind is given."""
    found = _AFFIRMED.search(asked.plan.question) or _AFFIRMED.search(asked.question)
    plain = asked.plan.operation is Operation.LOOKUP and bool(asked.figures)
    if found and plain and not _JUDGED.search(asked.answer.text):
        yield Doubt("affirmed", found.group())


_WHOLE = re.compile(r"总计|本年收入合计|本年支出合计|总收入|总支出")
_ONE_FUND = re.compile(r"一般公共预算|政府性基金|国有资本")
_FUND = re.compile(r"财政拨款|一般公共预算|政府性基金|国有资本")


def narrower(asked: Asked) -> Iterator[Doubt]:
    """All income or spending (of 财政拨款) is asked for, and the total of one fund is given."""
    whole = _WHOLE.search(asked.plan.question) or _WHOLE.search(asked.plan.text)
    if not whole or asked.plan.operation is not Operation.LOOKUP or len(asked.figures) != 1:
        return
    told = set(_FUND.findall(asked.plan.question))
    if told - {"财政拨款"} or asked.contradicted:
        return
    value = asked.figures[0]
    fund = _ONE_FUND if told else _FUND
    named = fund.search(value.metric) or fund.search(_table(value))
    if named:
        yield Doubt("role", named.group())


# Of any account, not of the three of 三公经费 alone, so that staff costs are asked for there as well.
_BASIC_ASKED = re.compile(rf"{BASIC_ASKED.pattern}|人员经费")


def basic_only(asked: Asked) -> Iterator[Doubt]:
    """公务用车运行维护费 is asked for, and given is what of it was basic spending; the text tells another."""
    if asked.plan.operation is not Operation.LOOKUP or len(asked.figures) != 1:
        return
    value = asked.figures[0]
    source = value.sources[0] if value.sources else None
    table = source.table if source is not None else None
    if (
        source is None
        or not table
        or "基本支出" not in table
        or _BASIC_ASKED.search(asked.question)
    ):
        return
    name = re.sub(r"[^一-鿿]", "", (source.row or "").rpartition(" / ")[2])
    if len(name) < _NAMED or asked.contradicted:
        return
    told = re.compile(
        rf"{name}(?:支出)?(?:决算)?(?:数)?(?:为|是)?\s*(?P<n>\d[\d,.]*)\s*(?P<u>万?元)"
    )
    others = {
        (m["n"].replace(",", ""), m["u"]) for t in asked.ground.reports for m in told.finditer(t)
    }
    if others and (value.number.replace(",", ""), value.unit) not in others:
        yield Doubt("rival", name)


_NAMED = 4  # characters


def _table(value: Value) -> str:
    """Title and column of the cell that a value was taken from; "" for a sentence."""
    first = value.sources[0] if value.sources else None
    return f"{first.table}{first.column}" if first is not None and first.table else ""


_REST = re.compile(r"结转|结余")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")  # 985万元（含上年结余50万元）: of another amount


_ADDED_UP = (
    Operation.LOOKUP, Operation.DIFFERENCE, Operation.GROWTH, Operation.CHANGE, Operation.SUM,
)  # fmt: skip


def remaining(asked: Asked) -> Iterator[Doubt]:
    """What was spent is asked for, and the sentence of what is given tells what was carried over."""
    if asked.plan.operation not in _ADDED_UP or _REST.search(asked.plan.question):
        return
    if re.search(r"余|剩|没花|没用", asked.plan.question) or asked.contradicted:
        return
    for value in asked.figures:
        if not value.unit.endswith("元"):
            continue
        for number, source in used(value):
            lead = _ASIDE.sub("", source.quote.partition(printed(number, source.quote))[0])
            ends = _SENTENCE if asked.plan.operation is Operation.LOOKUP else _CLAUSE
            told = _REST.search(ends.split(lead)[-1])
            if source.table is None and not source.row and told:
                yield Doubt("role", told.group())
                return


_SENTENCE = re.compile(r"[。；;]")
_CLAUSE = re.compile(r"[，,。；;](?!其中)")  # a part of the clause before belongs to it


_THING_MEASURES = ("台", "辆", "套", "座", "艘", "栋", "幢", "头", "只", "亩", "公里", "米", "吨")
_MEASURES = frozenset((*_THING_MEASURES, "件", "个", "人", "名", "户", "家", "项", "次", "场"))
_MEASURE = re.compile(rf"(?:几|多少)(?P<unit>{'|'.join(_THING_MEASURES)})[?？。]?\s*$")


def measure(asked: Asked) -> Iterator[Doubt]:
    """有多少台 is asked of a thing, and 8687件 are given of several kinds."""
    found = _MEASURE.search(cues.unquoted(asked.plan.question))
    if not found or asked.plan.operation is not Operation.LOOKUP or len(asked.figures) != 1:
        return
    given = asked.figures[0].unit.lstrip("万亿")
    if given in _MEASURES and given != found["unit"]:
        yield Doubt("unit", found.group())


_COUNTER = re.compile(r"(?:几|多少)(?P<unit>家|所|辆|台|公里|户)(?P<noun>[一-鿿]{2})")


def counter(asked: Asked) -> Iterator[Doubt]:
    """几家卫生院 is asked, and 3个 is given of other things."""
    found = _COUNTER.search(cues.unquoted(asked.plan.question))
    if not found or asked.plan.operation is not Operation.LOOKUP:
        return
    if any(value.unit == found["unit"] for value in asked.figures):
        return
    for value in asked.figures:
        if value.unit not in ("个", "项", "处", "名", "人"):
            continue
        quotes = "".join(squeeze(source.quote) for source in value.sources[:1])
        if f"{value.number}{found['unit']}" in quotes or found["noun"] in value.metric:
            return
        yield Doubt("unit", found.group())
        return


_DUE = re.compile(r"(?:该|应)(?:给|打|计)?(?:得)?(?:几|多少)分")


def due(asked: Asked) -> Iterator[Doubt]:
    """The score that a rule gives is asked for, and a full mark or a total is shown."""
    found = _DUE.search(cues.unquoted(asked.plan.question))
    worked = re.search(r"[÷×]|应得|得分|扣", asked.answer.text)
    if found and asked.figures and not worked:
        yield Doubt("how", found.group())


_STEP = re.compile(r"决策|投入|过程|产出|效益")


def under(asked: Asked) -> Iterator[Doubt]:
    """The indicators under one step are compared (过程), and what is shown is of another."""
    if asked.plan.operation not in (Operation.RANK, Operation.DEDUCTION):
        return
    wanted = set(_STEP.findall(asked.plan.question))
    rows = [s.row for v in asked.figures for s in v.sources[:1] if s.row]
    other = [row for row in rows if _STEP.search(row) and not wanted & set(_STEP.findall(row))]
    if len(wanted) == 1 and other:
        yield Doubt("level", wanted.pop())


_TO_THE_CENT = re.compile(r"精确到(?:分|角|元)|保留到(?:分|角|元)")


def exact(asked: Asked) -> Iterator[Doubt]:
    """An amount to the cent is asked for, and one that was printed in ten thousands is given."""
    found = _TO_THE_CENT.search(asked.plan.question)
    if not found or not asked.figures:
        return
    for value in asked.figures:
        coarse = re.search(r"\d万元|\d亿元", value.sources[0].quote) if value.sources else None
        if value.unit == "元" and coarse and "." not in value.number:
            yield Doubt("unit", found.group())
            return


_TOLD_OF = re.compile(r"[”\"」](?:是|为|得了?)?(?P<n>\d[\d,]*(?:\.\d+)?)(?:分|[万亿]?元|%)")


def told(asked: Asked) -> Iterator[Doubt]:
    """“甲”22分 is held against the report, and the contradiction that is shown is of other figures."""
    found = _TOLD_OF.search(asked.question)
    if not found or not asked.contradicted:
        return
    shown = {
        _plain(number)
        for value in asked.figures
        for number in (value.number, value.other or "", value.recomputed or "")
    }
    if _plain(found["n"]) not in shown:
        yield Doubt("told", found["n"])


def _plain(number: str) -> str:
    found = re.search(r"\d[\d,]*(?:\.\d+)?", number)
    bare = found.group().replace(",", "") if found else ""
    return bare.rstrip("0").rstrip(".") if "." in bare else bare


def whole_of_itself(asked: Asked) -> Iterator[Doubt]:
    """A share is asked for, and part and whole are one figure."""
    if asked.plan.operation not in (Operation.RATIO, Operation.SHARE):
        return
    for value in asked.figures[:1]:
        operands = re.findall(r"[\d,]+(?:\.\d+)?", value.formula.partition("×")[0])
        columns = {source.column for source in value.sources if source.column}
        same = len(operands) == 2 and _plain(operands[0]) == _plain(operands[1])
        if same and len(columns) == 1:
            yield Doubt("part", value.label)


DOUBTS: tuple[Doubts, ...] = (
    affirmed,
    narrower,
    basic_only,
    remaining,
    counter,
    measure,
    due,
    under,
    exact,
    told,
    whole_of_itself,
)
