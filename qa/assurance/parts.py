"""Whether what is given is the part, the number of things and the name that the question says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.words import unplaced
from qa.figures.weighing import of_a_part
from qa.model import Check, Value
from qa.plan import Operation
from qa.texts.asking import naming_words
from qa.words import cues
from qa.words.matching import grams, squeeze
from qa.words.numerals import number_of

_PLAIN = (Operation.LOOKUP, Operation.COMPLETION, Operation.COUNT, Operation.DEDUCTION)
_OVER_ROWS = (Operation.RANK, Operation.SUM, Operation.FILTER, Operation.COUNT)
_SO_MANY = re.compile(
    r"(?<![第前后哪最几近])(?P<n>\d{1,3}|[二两三四五六七八九十]{1,3})(?:个|项|家|类|所|条|县|区|笔)"
    r"(?![百月年季是各分都有的里中]|以上|左右)(?P<noun>[一-鿿]{2})"
)
_COMPARED = re.compile(r"共比较 (?P<n>\d+)|[(（](?P<sum>\d+) 项[:：]")
_PLACES = re.compile(
    r"最[一-鿿]*的?$|前$|排[一-鿿]*$"
)  # 最高的三个 are ranks, and not all that there are
_NEAR = 6  # characters
_PARTS = re.compile(r"基本支出|项目支出|人员经费|公用经费|日常公用")


def counted(asked: Asked) -> Iterator[Doubt]:
    """那22个子项 is said, and four rows of another table were compared."""
    found = _SO_MANY.search(cues.unquoted(asked.plan.question))
    rows = _COMPARED.search(asked.answer.text)
    if not found or not rows or asked.plan.operation not in _OVER_ROWS:
        return
    if _PLACES.search(asked.plan.question[: found.start()][-_NEAR:]):
        return
    if number_of(found["n"]) != int(rows["n"] or rows["sum"]):
        yield Doubt("counted", found.group())


_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SO_MANY_ENGLISH = re.compile(
    rf"\b(?:of|among) (?:the )?(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)}) "
    r"(?:\w+ ){0,2}(?:categor|item|indicator|project|kind|type|class|part|district|count)",
    re.IGNORECASE,
)


def counted_in_english(asked: Asked) -> Iterator[Doubt]:
    """Of five categories is said, and eighteen rows were compared."""
    found = _SO_MANY_ENGLISH.search(asked.question) if asked.plan.lenient else None
    rows = _COMPARED.search(asked.answer.text)
    if not found or not rows or asked.plan.operation not in _OVER_ROWS:
        return
    said = found["n"].lower()
    number = int(said) if said.isdigit() else _NUMBERS.index(said) + 2
    if number != int(rows["n"] or rows["sum"]):
        yield Doubt("counted", found.group())


def parts(asked: Asked) -> Iterator[Doubt]:
    """项目支出 is asked for, and neither row nor column nor sentence of the figure says so."""
    if asked.plan.operation not in _PLAIN or len(asked.figures) != 1:
        return
    wanted = set(_PARTS.findall(_OF_ONE.sub("", cues.unquoted(asked.plan.text))))
    value = asked.figures[0]
    own = squeeze(
        value.metric
        + "".join(
            f"{s.row}|{s.column}|{s.table}|{s.quote if s.table is None else ''}"
            for s in value.sources
        )
    )
    left = [word for word in sorted(wanted) if word not in own + asked.ground.text]
    if left:
        yield Doubt("part", "、".join(left))


_OF_ONE = re.compile(
    "(?:整个|该|本|这个|那个)项目(?:的)?(?:总)?支出"
)  # of all that one project spent


def total_of_a_part(asked: Asked) -> Iterator[Doubt]:
    """The total of a table of 项目支出 where the question names no projects."""
    if asked.plan.operation not in _PLAIN or len(asked.figures) != 1 or asked.figures[0].project:
        return
    question = squeeze(asked.plan.question)
    for source in asked.figures[0].sources[:1]:
        row = (source.row or "").rpartition(" / ")[2]
        held = of_a_part(source.table or "", row, question)
        if held:
            yield Doubt("held_alone", held)


def whole_added(asked: Asked) -> Iterator[Doubt]:
    """A sum over a row and the rows that it is itself the sum of."""
    for value in asked.figures:
        if value.check is not Check.DERIVED or value.formula.count("+") < 2 or "…" in value.formula:
            continue
        terms = [Decimal(term.replace(",", "")) for term in _TERM.findall(value.formula)]
        if len(terms) > 2 and max(terms) == sum(terms) - max(terms) != 0:
            yield Doubt("whole_added", value.formula)


_TERM = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?")


def rival(asked: Asked) -> Iterator[Doubt]:
    """小微企业 is asked for and 中小企业 given; 东里片区, and what stands is of 西里片区.

    The kind of thing stands with the figure under another name alone, and the asked one is told
    of elsewhere in the report, or nowhere.
    """
    if asked.plan.operation not in _PLAIN or len(asked.figures) != 1:
        return
    own, left = _labels(asked.figures[0]), unplaced(asked)
    for run in naming_words(cues.content(asked.plan.text)):
        for at in range(2, len(run) - 1):
            head, before = run[at : at + 2], run[at - 2 : at]
            if not _HAN.fullmatch(before) or not _CLASS.fullmatch(head):
                continue
            if before in asked.ground.text:
                continue
            borne = {own[m.start() - 2 : m.start()] for m in re.finditer(head, own)}
            if not borne or any(not _HAN.fullmatch(b) or b in asked.plan.question for b in borne):
                continue
            if any(run[at - 1] == b[-1] for b in borne):
                continue
            known = any(before + head in text for text in asked.ground.reports)
            if known or any(word.endswith(before) for word in left):
                yield Doubt("rival", before + head)
                return


_SMALL_FIRMS = re.compile(r"(?<![在占])(?<![在占]授予)(?<![在占]给)中小企业[^,，。?？]{0,12}占")


def named_rival(asked: Asked) -> Iterator[Doubt]:
    """中小企业 is asked for, and the share is that of 小微企业, which stands beside it."""
    if len(asked.figures) != 1 or "小微" in asked.plan.question:
        return
    if "小微" in asked.figures[0].metric and _SMALL_FIRMS.search(squeeze(asked.plan.question)):
        yield Doubt("rival", "中小企业")


def _labels(value: Value) -> str:
    """The words that stand with a figure, a bar where they are no one run."""
    pieces = [value.metric]
    for source in value.sources:
        pieces += [source.row or "", source.column or "", "" if source.row else source.quote]
    return "|".join(re.sub(r"[^一-鿿]+", "|", piece) for piece in pieces)


_HAN = re.compile(r"[一-鿿]+")
# Nouns of which a report tells several, side by side, each with a name of its own before it.
_CLASS = re.compile(
    r"企业|片区|社区|街道|小区|园区|灌区|校区|库区|景区|学校|小学|中学|学院|医院|机构|中心|公司|市场|公园|广场|水库|河道|"
    r"大桥|公路|道路|工程|标段|家庭|群体|人群|农户|职工|学生|教师|人才|平台|系统|站点|食堂|场馆"
)
_LEVEL = re.compile(r"(?P<n>[一二])级(?:指标)?")
_LEVEL_NAMED = re.compile(r"[一二]级指标[“\"「]|[”\"」](?:这个|那个|这一|那一)?[一二]级指标")


_OF_LEVELS = (Operation.RANK, Operation.DEDUCTION, Operation.LOOKUP)


def level(asked: Asked) -> Iterator[Doubt]:
    """Among indicators of the first level one of the third is shown."""
    found = _LEVEL.search(cues.unquoted(asked.plan.question))
    if not found or asked.plan.operation not in _OF_LEVELS:
        return
    if asked.plan.operation is Operation.LOOKUP and not _LEVEL_NAMED.search(asked.plan.question):
        return
    wanted = "一二".index(found["n"])
    stated = asked.plan.operation is not Operation.LOOKUP
    rows = [
        (v, s.row.split(" / "))
        for v in asked.figures
        if stated or v.check is not Check.DERIVED
        for s in v.sources[:1]
        if s.row
    ]
    # What a level lost is added up from the rows below it.
    if any(len(path) > wanted + 1 and v.metric != path[wanted] for v, path in rows):
        yield Doubt("level", found.group())


_JOINED = re.compile(r"[、和与及]")
_NAME = 2  # characters


def joint(asked: Asked) -> Iterator[Doubt]:
    """老年人 are asked for, and 老年人、中小学生、残疾人 are given together."""
    if asked.plan.operation is not Operation.LOOKUP or len(asked.figures) != 1:
        return
    metric = asked.figures[0].metric
    if "、" not in metric:
        return
    names = [name for piece in _JOINED.split(metric) if len(name := squeeze(piece)) >= _NAME]
    question = squeeze(asked.plan.question)
    said = [name for name in names if name in question]
    other = [name for name in names if not grams(name) & grams(question)]
    if said and len(other) > len(said):
        yield Doubt("part", "、".join(said))


_SIDES = re.compile(r"(?P<of>[一-鿿]{2}|税)(?P<side>[前后])(?![一-鿿]?[期年季续来勤台])")


def turned(asked: Asked) -> Iterator[Doubt]:
    """变更前 is asked for, and what is shown is 变更后."""
    question = asked.plan.question
    labels = "|".join(
        part or ""
        for value in asked.figures
        for part in (value.metric, *(p for s in value.sources for p in (s.row, s.column)))
    )
    for found in _SIDES.finditer(question):
        other = found["of"] + ("后" if found["side"] == "前" else "前")
        if other in labels and other not in question and found.group() not in labels:
            yield Doubt("rival", found.group())
            return


DOUBTS: tuple[Doubts, ...] = (
    counted,
    counted_in_english,
    parts,
    total_of_a_part,
    whole_added,
    rival,
    named_rival,
    level,
    turned,
    joint,
)
