"""What a question asks for and the answer leaves out: the payer, the sum, what was left, the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from qa.assurance.beside import single
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.told import labels, printed
from qa.model import Check
from qa.operations.conditions import ALL_MET
from qa.plan import Operation
from qa.words import bounds, cues

_PAYER = re.compile(r"(?P<who>[省市县区镇])里(?:财政|自己)?(?:掏|出|给|拨|配|补|安排|拿)")


def payer(asked: Asked) -> Iterator[Doubt]:
    """县里掏的钱 is asked for, and nothing that the figure is called says whose money it is."""
    found = _PAYER.search(asked.plan.question)
    if found is None or not asked.figures or asked.contradicted:
        return
    own = _called(asked).replace(found.group(), "")
    if not re.search(f"{found['who']}(?:级|财政|本级|里)|配套|本级|财政拨款", own):
        yield Doubt("part", found.group())


def _called(asked: Asked) -> str:
    """What figures are called, and what the answer says before them."""
    names = [asked.answer.text.partition("：")[0]]
    for value in asked.figures:
        names += [value.metric, value.formula, labels(value.sources)]
    return "".join(names)


_REST = re.compile("剩|没花|没用|结余|未使用|未支出|余下")


def rest(asked: Asked) -> Iterator[Doubt]:
    """Rows by what was left are asked for, and the column is of something else."""
    found = _REST.search(cues.unquoted(asked.plan.question))
    over_rows = asked.plan.operation in (Operation.FILTER, Operation.COUNT)
    if found is None or not over_rows or not asked.figures:
        return
    if any("−" in value.formula for value in asked.figures):
        return  # 6个 − 2个 tells what was left
    title = re.search("“([^”]*)”", asked.answer.text.partition("：")[0])
    own = "".join(value.formula + labels(value.sources) for value in asked.figures)
    if not re.search("剩|没花|没用|结余|结转|未使用|未支出|余", own + (title[1] if title else "")):
        yield Doubt("opposed", found.group())


_DENIED = re.compile(
    r"哪一?[个项家][^,，。;；?？]{0,8}?(?:没有|没能|没|未能|未)(?P<deed>[一-鿿]{2})"
)
_TOLD_NOT = re.compile(r"没|未|不|无|[^\d.]0(?![.\d])|零|尚|仅|难|缺")


def denied(asked: Asked) -> Iterator[Doubt]:
    """Which of several did not is asked for in words, and what is quoted says that one did."""
    question = cues.unquoted(asked.plan.text)
    found = _DENIED.search(question)
    of_words = asked.plan.operation is Operation.TEXT and not asked.figures
    if found is None or not of_words or "指标" in question:
        return
    quotes = "".join(source.quote for source in asked.answer.citations)
    if found["deed"] in quotes and not _TOLD_NOT.search(quotes):
        yield Doubt("opposed", found["deed"])


_OF_INDICATORS = re.compile(r"指标|得分|分值|评分|权重|完成[率值]|目标|扣分|评价")


def ranked_indicator(asked: Asked) -> Iterator[Doubt]:
    """An indicator is asked for (偏差最大的指标), and the line of a table of other things is given."""
    if asked.plan.operation is not Operation.RANK or "指标" not in asked.plan.text:
        return
    for value in asked.figures[:1]:
        own = f"{value.label}{labels(value.sources)}{''.join(s.table or '' for s in value.sources)}"
        if value.sources and not _OF_INDICATORS.search(own):
            yield Doubt("kind", "指标")


_PROJECTS_ASKED = re.compile(
    r"哪(?:一|几|些|两|三)?个?项目(?!支出|收入|经费)|的项目(?:有|是|共|一共|$|[?？，,])|项目(?:有|是)(?:哪|几|多少)"
)
_OF_ACCOUNTS = re.compile(r"(?:收入|支出|收支|拨款)[^，,。]{0,12}(?:决算|预算)[^，,。]{0,4}表")
_ACCOUNTS_SAID = re.compile("科目|功能|[类款项]级|分类|决算表|明细")


def accounts_as_projects(asked: Asked) -> Iterator[Doubt]:
    """Projects are asked for, and the lines of an account by functions are given (行政运行)."""
    question = cues.unquoted(asked.question)
    found = _PROJECTS_ASKED.search(question)
    over_rows = asked.plan.operation in (Operation.FILTER, Operation.COUNT, Operation.RANK)
    if found is None or not over_rows or _ACCOUNTS_SAID.search(question):
        return
    tables = [s.table or "" for value in asked.figures for s in value.sources]
    if tables and all(map(_OF_ACCOUNTS.search, tables)):
        yield Doubt("kind", "项目")


def one_of_conditions(asked: Asked) -> Iterator[Doubt]:
    """Several conditions are stated (预算超过300万但支出不到100万), and one is all that was looked at."""
    if asked.plan.operation not in (Operation.FILTER, Operation.COUNT, Operation.RANK):
        return
    stated = bounds.conditions_of(cues.unquoted(asked.plan.text))
    if len(stated) > 1 and asked.figures and ALL_MET not in asked.answer.text:
        yield Doubt("operation", "、".join(condition.words for condition in stated))


_TWO_OF_A_KIND = re.compile(
    r"(?P<one>[一-鿿]{2,6})(?P<kind>等级|等次|得分|分数|机构|日期|时间|文号)(?:和|与|及|、)(?P<two>[一-鿿]{2,8}?)(?P=kind)"
)


def one_of_two(asked: Asked) -> Iterator[Doubt]:
    """Two of a kind are asked for (自评等级和第三方评价等级), and one answer is given."""
    found = _TWO_OF_A_KIND.search(asked.plan.question)
    worked = any(value.check is Check.DERIVED for value in asked.figures)
    if found is None or worked or asked.contradicted or len(asked.figures) > 1:
        return
    lines = [line for line in asked.answer.text.splitlines() if line not in asked.answer.remarks]
    if len(lines) == 1 and len(asked.answer.citations) < _PLACES:
        yield Doubt("asks", f"{found['one']}{found['kind']}、{found['two']}{found['kind']}")


_PLACES = 2  # of which two answers are quoted at least


_TOGETHER = re.compile("一共|合计|总共|加起来|加一起|共计|之和")


def not_together(asked: Asked) -> Iterator[Doubt]:
    """Two years together are asked for, and each is given by itself."""
    found = _TOGETHER.search(cues.unquoted(asked.question))
    if found is None or len(asked.plan.years) < 2 or len(asked.figures) < 2:
        return
    summed = any(value.check is Check.DERIVED for value in asked.figures)
    apart = re.search("各|分别|每年", asked.question)
    if not summed and not apart and not _TOGETHER.search(asked.answer.text):
        yield Doubt("operation", found.group())


_TOTAL_ASKED = re.compile(
    r"(?:合计|一共|总共|共计|总计)(?:得|扣|花|用|支出|支付|投入|安排|是|为|有)*了?(?:多少|几)(?:分|万?元|亿元|钱)"
)
_EACH_ASKED = re.compile("各(?!项|类|指标)|分别|哪[些几个]|列出|明细")


def listed_not_summed(asked: Asked) -> Iterator[Doubt]:
    """A total of marks or money is asked for, and its parts are listed without it."""
    text = cues.unquoted(asked.plan.question)
    found = _TOTAL_ASKED.search(text)
    if found is None or _EACH_ASKED.search(text) or len(asked.figures) < _LISTED:
        return
    totals = (v.check is Check.DERIVED or _TOGETHER.search(v.metric) for v in asked.figures)
    if not any(totals) and len({value.unit for value in asked.figures}) == 1:
        yield Doubt("operation", found.group())


_LISTED = 3


_BOTH = re.compile(
    r"(?:和|与|及|跟)[一-鿿]{2,14}?(?:这?(?:两|二)(?:块|项|者|部分|笔|类)|加起来|合起来|加在一起|合在一起|一起算)"
    r"|(?<=[一-鿿]{2})(?:和|与|及|跟)[一-鿿]{2,12}?(?:一共|总共|共|合计)(?:是|有|为)?(?:多少|几)"
)


def both_together(asked: Asked) -> Iterator[Doubt]:
    """Two things together are asked for, and one printed figure is given that names no sum."""
    found = _BOTH.search(cues.unquoted(asked.question))
    value = single(asked)
    if found is None or value is None:
        return
    if asked.plan.operation is Operation.VERIFY and " + " in asked.answer.text:
        return  # the two are added up, and held against what is given
    told = value.sources[0].quote if value.sources else ""
    if not _TOGETHER.search(f"{told}{value.metric}"):
        yield Doubt("operation", found.group())


_MEMBERS_OF = re.compile(
    r"[“\"「]?(?P<name>[一-鿿]{2,12}?)[”\"」]?(?:这一?类|这个|这项|一类|一项|类|下|里|中|阶段|方面)*(?:共|一共|总共|设|有|设置)*(?:几|多少)个"
)


def of_siblings(asked: Asked) -> Iterator[Doubt]:
    """How many there are below a thing is asked, and the sentence counts that thing with others."""
    value = asked.figures[0] if len(asked.figures) == 1 else None
    if asked.plan.operation is not Operation.COUNT or value is None or not value.sources:
        return
    source = value.sources[0]
    found = _MEMBERS_OF.search(re.sub(r"[，,\s]", "", asked.question))
    if found is None or source.table is not None:
        return
    listed = re.search(
        rf"{re.escape(value.number)}\s*{re.escape(value.unit)}[^。；;]{{0,12}}[（(:：](?P<all>[^）)。；;]*)",
        source.quote,
    )
    if listed and found["name"] in listed["all"]:
        yield Doubt("another_row", found["name"])


_RATE_ASKED = re.compile(r"[一-鿿]率$")


def rate_as_amount(asked: Asked) -> Iterator[Doubt]:
    """A rate is asked for by its name, and what is given is no rate."""
    if asked.plan.operation is not Operation.LOOKUP or not asked.figures:
        return
    named = [
        target for target in asked.plan.targets if _RATE_ASKED.search(target.key.split(" ")[0])
    ]
    named = named or [t for t in asked.plan.targets if _RATE_ASKED.search(t.key.rstrip(" 年各"))]
    if named and not any(value.unit in _RATES for value in asked.figures):
        yield Doubt("unit", named[0].label)


_RATES = ("%", "‰", "个百分点", "分", "元", "")  # 得分率's score; 费率 in money


_NOUN_ASKED = re.compile(r"(?:多少|几)(?P<unit>[一-鿿])(?P<noun>[A-Za-z\d一-鿿]{2})")


def counted_otherwise(asked: Asked) -> Iterator[Doubt]:
    """So many 项 are asked for and so many 份 given, where the same sentence says how many 项."""
    value = asked.figures[0] if len(asked.figures) == 1 else None
    noun = asked.plan.targets[0].noun if len(asked.plan.targets) == 1 else ""
    if value is None or not noun or not value.sources or value.check is Check.DERIVED:
        return
    if noun in value.unit or value.unit.endswith("元") or value.sources[0].table is not None:
        return
    asked_for = _NOUN_ASKED.search(asked.question)
    behind = re.escape(asked_for["noun"]) if asked_for and asked_for["unit"] == noun else ""
    form = rf"([\d,.]+)\s*{noun}{f'[^，,。；;]{{0,6}}?{behind}' if behind else ''}"
    told = {n.replace(",", "") for n in re.findall(form, value.sources[0].quote)}
    if told and value.number.replace(",", "") not in told:
        yield Doubt("unit", noun)


_PARTS = ("基本支出", "项目支出")
_NO_WHOLE = (*_PARTS, "人员经费", "公用经费")  # parts themselves


def parts_exceed(asked: Asked) -> Iterator[Doubt]:
    """Parts of an account that are more than the account itself: they are of the whole body."""
    first, *rest = asked.figures or (None,)
    if first is None or not rest:
        return
    if first.label.endswith(_NO_WHOLE) or first.metric.endswith(_NO_WHOLE):
        return
    whole = Decimal(first.number.replace(",", ""))
    for value in rest:
        part = value.metric in _PARTS or value.label.endswith(_PARTS)
        if part and value.unit == first.unit and Decimal(value.number.replace(",", "")) > whole:
            yield Doubt("asks", value.metric)
            return


_COUNTED_NOUN = re.compile(
    r"(?:多少|几)(?P<unit>个|家|名|项|台|辆|所|处|件|条|份|场|次|户|人)(?P<noun>[一-鿿]{2,6}?)(?=[?？、，,。和及与]|$)"
)


def noun_of_another(asked: Asked) -> Iterator[Doubt]:
    """So many 部门 are asked for, and the sentence of the number says another number of 部门."""
    for match in _COUNTED_NOUN.finditer(cues.unquoted(asked.question)):
        noun, unit = match["noun"], match["unit"]
        for value in asked.figures[: len(asked.plan.targets)]:
            if not value.sources or value.sources[0].table is not None or value.unit != unit:
                continue
            told = re.findall(
                rf"([\d,.]+)\s*(?:多|余)?\s*{unit}[一-鿿]{{0,4}}{re.escape(noun[-2:])}",
                value.sources[0].quote,
            )
            number = re.escape(printed(value.number, value.sources[0].quote))
            before = (
                rf"{re.escape(noun[-2:])}(?:一?共计?|总计|合计|有|为|达|是|数)*{number}\s*{unit}"
            )
            stood = re.search(before, value.sources[0].quote)
            lead = value.sources[0].quote[: stood.start()] if stood else ""
            if stood and not re.search(rf"\d\s*[多余]?{unit}[一-鿿]{{0,6}}$", lead):
                continue  # 项目共15个，年初预算8个项目
            of_it = (
                noun in value.label or noun in asked.answer.text.partition(value.number)[0][-12:]
            )
            if (
                told
                and of_it
                and value.number.replace(",", "") not in {t.replace(",", "") for t in told}
            ):
                yield Doubt("beside", noun)
                return


_LISTS_SO_MANY = re.compile(r"(?:列|设|含|有)(?:了|出|置|有)*(?:几|多少)个[^,，。;；]{0,8}指标")


def count_in_cell(asked: Asked) -> Iterator[Doubt]:
    """How many indicators a table lists is asked, and what is given is what one of them aims at."""
    value = asked.figures[0] if len(asked.figures) == 1 else None
    found = _LISTS_SO_MANY.search(asked.question)
    if found is None or value is None or value.check is Check.DERIVED or not value.sources:
        return
    if value.sources[0].table is not None:
        yield Doubt("another_row", found.group())


_BELOW = re.compile("(?:见下表|如下表|如下|详见|见附|见表)[^。\n]{0,6}。?$")


def told_below(asked: Asked) -> Iterator[Doubt]:
    """The sentence that is shown says only that the list stands below it."""
    found = _BELOW.search(asked.answer.text.strip())
    if found and not asked.figures:
        yield Doubt("passage", found.group().rstrip("。"))


_ONE_TOLD = re.compile(r"(?<!\d)[1一]\s*[个项家][一-鿿]{0,6}[（(:：]")
_SEVERAL = re.compile("全部|哪些|哪几|哪[两二三四五]")


def one_item(asked: Asked) -> Iterator[Doubt]:
    """A list is asked for, and one item is all that was found."""
    items = re.findall(r"(?m)^\d+\. ", asked.answer.text)
    found = _SEVERAL.search(asked.plan.question)
    told = any(_ONE_TOLD.search(source.quote) for source in asked.answer.citations)
    if found and not asked.figures and items == ["1. "] and not told:
        yield Doubt("passage", found.group())


_SEVERAL_ASKED = re.compile(
    "各|分别|、|和|与|及|跟|每|其中|目标|指标值|预期|达到|达标|完成了?[没吗]|[哪那]|全部|所有|大于|小于|超|低于|高于|不足|[A-Za-z]{3}"
)
_ASKING = re.compile("多少|几|什么")


def more_than_asked(asked: Asked) -> Iterator[Doubt]:
    """One thing is asked, and several figures of one year and body are given."""
    figures = asked.figures
    if asked.plan.operation is not Operation.LOOKUP or asked.contradicted or len(figures) < 2:
        return
    if any(value.check is Check.DERIVED for value in figures):
        return
    if len({value.period for value in figures}) > 1 or len({v.entity for v in figures}) > 1:
        return
    question = asked.question
    if not _SEVERAL_ASKED.search(question) and len(_ASKING.findall(question)) == 1:
        yield Doubt("asks", "、".join(value.metric for value in figures[:2]))


DOUBTS: tuple[Doubts, ...] = (
    denied,
    accounts_as_projects,
    one_of_conditions,
    one_of_two,
    ranked_indicator,
    payer,
    rest,
    not_together,
    listed_not_summed,
    both_together,
    of_siblings,
    rate_as_amount,
    counted_otherwise,
    parts_exceed,
    count_in_cell,
    noun_of_another,
    told_below,
    one_item,
    more_than_asked,
)
