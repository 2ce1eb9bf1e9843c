"""Work that a sentence calls wholly done, against what is left of it elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ingest import interval
from ingest.equations.claims import closed
from ingest.model import Assertion, ColumnRole, Figure, Role, Said
from ingest.quantity import Dimension
from ingest.reading.text import compact
from ingest.structure.texts import Sentence, Text, Texts, agreed, contrary, said_of

# Words for one state, by which a claim and its rate or its remainder are known to be of one thing.
_STATES = (
    ("完成", "完工", "竣工", "建成", "交付"),
    ("验收",),
    ("支付", "付清", "付款"),
    ("拨付", "下达"),
    ("发放",),
    ("到位",),
    ("支出", "执行", "使用"),
    ("整改",),
    ("移交",),
    ("办结",),
)
_VERBS = "|".join(verb for verbs in _STATES for verb in verbs)
_WHOLLY = re.compile(
    rf"(?P<who>[^,;。]{{0,24}}?)(?:已|均已|都已|也已)?(?:全部|全数|全额|100%)(?:都|均|已)*(?P<verb>{_VERBS})(?:完毕|了)?(?=[,;。)并且]|$)"
)
_BUT = re.compile(
    r"其中|其余|除|未|没有|不|计划|拟|将|应|须|要求|确保|力争|预计|目标|争取|前全部|底前|后全部|尚|是否|如|若"
)
_LATER = re.compile(r"现已|目前|截至|截止|年底|月底|随后|后续|整改后|期间|次年|\d+月")
_DAY = re.compile(r"于?20\d\d年\d{1,2}月(?:\d{1,2}日)?(?=全部|已全部|均已|$)")
_RATE = re.compile(rf"(?P<verb>{_VERBS})率(?:约?为|达到?|是)?\s*$")
_LEFT = re.compile(rf"(?:尚?未|没有)(?P<verb>{_VERBS})(?:的)?(?:有|共|约)?\s*$")


def wholly_done(texts: Texts) -> Iterator[Assertion]:
    """“已全部完成”：同一段里的完工率应为 100%，未完工的个数应为 0。

    来源：项目完成情况、资金到位与支付情况的概括。
    例：“建设任务已全部完成，完工率 95.00%”“按期完工 51 所，未完工 3 所。建设任务已全部完成”，不一致；预算 300 万元，
    支出 285 万元，“资金全部支付完毕”，不一致。
    边界：率和未完成数与“全部……”同句或在前一句，动词同义（“仍有……未完工”可在其后）；资金的，一段里恰有一个预算、
    一个支出；带“除”“计划”“拟”“目前”等词的、分项的不查。
    """
    previous: Sentence | None = None
    for sentence in texts.sentences:
        match = _WHOLLY.search(sentence.words)
        if (
            match
            and not _BUT.search(match["who"])
            and not _LATER.search(_DAY.sub("", sentence.words))
        ):
            before = previous if previous and previous.text is sentence.text else None
            yield from _wholly(texts, sentence, match, before)
        if match and not _BUT.search(match["who"]):
            yield from _still_left(sentence, match)
            yield from _unspent(texts, sentence, match)
        previous = sentence


_STILL = re.compile(
    rf"(?:仍有|尚有|还有)[^,;。]{{0,24}}?(?:尚?未|没有)(?P<verb>{_VERBS})(?=[,;。)]|$|的)"
)


def _still_left(sentence: Sentence, match: re.Match[str]) -> Iterator[Assertion]:
    """项目已全部完工。……仍有 2.3 公里未完工: later in the same paragraph."""
    text = sentence.text
    later = _STILL.search(text.folded, sentence.end)
    if later and _same(match["verb"], later["verb"]):
        stated = sentence.said(match.start(), match.end())
        other = text.said(later.start(), later.end())
        subject = match["who"] or match["verb"]
        yield contrary("wholly_done", text.part, subject, stated, (other,))


_SPENT = ("支付", "支出", "使用", "拨付", "执行")
_MONEY = re.compile(r"资金|预算|经费|款项")


def _unspent(texts: Texts, sentence: Sentence, match: re.Match[str]) -> Iterator[Assertion]:
    """预算 300 万元，支出 285 万元，资金全部支付完毕: the only two amounts of the paragraph."""
    text = sentence.text
    money = [f for f in texts.figures(text) if f.quantity.unit.dimension is Dimension.MONEY]
    if match["verb"] not in _SPENT or not _MONEY.search(match["who"]) or len(money) != 2:
        return
    budgets = [f for f in money if f.role is Role.BUDGET and closed(f)]
    values = [f for f in money if f.role in (Role.VALUE, Role.ACTUAL) and closed(f)]
    if len(budgets) != 1 or len(values) != 1 or text.locator.table is not None:
        return
    budget, value = interval.of(budgets[0].quantity), interval.of(values[0].quantity)
    below = values[0].quantity.base < budgets[0].quantity.base
    if below and not value.overlaps(budget) and _SPENDING.search(compact(values[0].metric)):
        others = (said_of(values[0]), said_of(budgets[0]))
        stated = sentence.said(match.start(), match.end())
        shown = f"预算{others[1].text}，支出{others[0].text}"
        words = f"写“{stated.text}”，而{shown}。"
        yield contrary("wholly_done", text.part, match["who"], stated, others, shown, words)


_SPENDING = re.compile(r"支出|支付|执行|使用")


def _same(verb: str, other: str) -> bool:
    return any(verb in verbs and other in verbs for verbs in _STATES)


def _wholly(
    texts: Texts,
    sentence: Sentence,
    match: re.Match[str],
    before: Sentence | None,
) -> Iterator[Assertion]:
    text = sentence.text
    figures = texts.figures(text)
    low = before.start if before else sentence.start
    end = sentence.at(match.end() - 1) + 1
    near = [f for f in figures if low <= f.start < sentence.end and closed(f)]
    stated = sentence.said(match.start(), match.end())
    subject = match["who"] or match["verb"]
    for figure in near:
        lead = text.folded[max(low, figure.start - 14) : figure.start].rstrip()
        rate = _RATE.search(lead) if figure.quantity.unit.dimension is Dimension.PERCENT else None
        left = _LEFT.search(lead) if figure.quantity.unit.dimension is Dimension.COUNT else None
        own = re.match(r"[,;]?\S{0,6}率", text.folded[end : figure.start].strip()) is not None
        if rate and own and _same(match["verb"], rate["verb"]) and figure.quantity.value < 100:
            yield _undone(text, subject, stated, figure, rate.group().strip())
            return
        if (
            left
            and left["verb"] != "整改"
            and _same(match["verb"], left["verb"])
            and figure.quantity.value > 0
        ):
            yield _undone(text, subject, stated, figure, left.group().strip())
            return
    rates = [f for f in near if f.quantity.unit.dimension is Dimension.PERCENT]
    if rates and all(f.quantity.value == 100 for f in rates):
        yield agreed("wholly_done", text.part, subject, stated, (said_of(rates[0]),))


def _undone(text: Text, subject: str, stated: Said, figure: Figure, lead: str) -> Assertion:
    other = said_of(figure)
    shown = f"{lead}{other.text}"
    words = f"{subject}：写“{stated.text}”，另写“{shown}”。"
    return contrary("wholly_done", text.part, subject, stated, (other,), shown, words)


_NAME = r"[^\s,;。:、和及与“”()\d]{2,12}"
_LISTED = re.compile(
    rf"(?P<names>{_NAME}(?:、{_NAME})*(?:[和及与]{_NAME})?)(?:均|都|已|全部|也)*(?:超额)?(?:完成|达到|实现)了?"
    r"(?:全部|年度|计划|目标|各项)*(?:任务|目标|计划|目标值|要求|指标)"
)
_SHORT_OF = (
    r"(?:尚差|还差|仍差|(?:未|没有|未能)(?:完成|达到)(?=全部|任务|目标|计划|[,;。]|$)|未达标|"
    r"[仅只]完成(?:任务)?的?\d)"
)
_LEADING = re.compile(r"^(?:其中|包括|除|以及)+")


def named_done(texts: Texts) -> Iterator[Assertion]:
    """“甲县、乙县完成全部任务”：别处不应写乙县尚差、未完成。

    来源：分地区、分项目任务完成情况的概括。
    例：“青沅县、白鹭县完成全部任务，白鹭县尚差 0.08 万亩”，不一致。
    边界：同一段里逐字同名，“尚差”“未完成”紧接在名称之后；“除甲县外”不查。
    """
    for sentence in texts.sentences:
        for match in _LISTED.finditer(sentence.words):
            names = re.split(r"[、和及与]", _LEADING.sub("", match["names"]))
            if sentence.words[: match.start()].endswith("除") or match["names"].startswith("除"):
                continue
            for name in names:
                yield from _named(sentence, match, name)


def _named(sentence: Sentence, match: re.Match[str], name: str) -> Iterator[Assertion]:
    if len(name) < 2:
        return
    text = sentence.text
    solid = re.compile(rf"{re.escape(name)}{_SHORT_OF}[^,;。]{{0,20}}")
    other = solid.search(text.folded)
    if other is not None:
        stated = sentence.said(match.start(), match.end())
        against = text.said(other.start(), other.end())
        yield contrary("named_done", text.part, name, stated, (against,))


UNMET = re.compile(
    r"^(?:未完成|未达标|未达到|没有完成|未实现|部分完成|否|未达成|未达成目标)(?:[,;。(].*)?$"
)
_ALL_MET = re.compile(
    r"(?:各|全部|所有)(?:项|个)?(?:绩效)?(?:三级)?(?:指标|目标值)(?:[^,;。]{0,6})?(?:均|都|全部)(?:已|按[^,;。]{0,4})?(?:完成|达到|达标|实现)|"
    r"(?:绩效)?指标(?:均|都|全部)(?:已)?(?:完成|达到|达标|实现)"
)
_STATE_COLUMN = re.compile(r"完成情况|是否完成|达成情况|完成状态|是否达标")


def all_met(texts: Texts) -> Iterator[Assertion]:
    """“各项指标均已完成”：指标表里不应有写明未完成、未达标的行。

    来源：自评表、绩效评价报告的完成情况表（完成情况、是否完成一栏）与结论。
    例：结论写“各项绩效指标均已完成”，表中“家庭医生签约率”一行写“未完成”，不一致。
    边界：同一部分，表中单元格以“未完成”“未达标”开头；结论带“基本”“除”“其余”的不查。
    """
    unmet: dict[int, list[Text]] = defaultdict(list)
    for cell in texts.cells:
        place = cell.locator
        column = texts.document.tables[place.table or 0].columns[place.column or 0]
        header = compact("".join(column.path[-1:]))
        state = column.role is not ColumnRole.LABEL and _STATE_COLUMN.search(header)
        if state and UNMET.match(compact(cell.folded)):
            unmet[cell.part].append(cell)
    for sentence in texts.sentences if unmet else ():
        match = _ALL_MET.search(sentence.words)
        found = unmet.get(sentence.text.part, [])
        before = sentence.words[: match.start()] if match else ""
        if (
            match
            and found
            and not re.search(r"基本|除|其余|其他|如|若|应|要求", before[-8:] + match.group())
        ):
            others = tuple(cell.said(0, len(cell.raw)) for cell in found[:3])
            stated = sentence.said(match.start(), match.end())
            yield contrary("all_met", sentence.text.part, "绩效指标", stated, others)
