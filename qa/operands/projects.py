"""One measure of several projects that a question names: asked of each, then worked with. Pure.

``甲项目的评价得分比乙项目高多少分``, ``甲、乙、丙三个项目的实际支出加起来是多少``: each project's figure is
looked up as a question of its own, with the body and the year that stand beside its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ingest.model import Figure
from ingest.quantity import UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.plan import Plan
from qa.present import Computed, shown

_SUM = re.compile(r"加起来|加在一起|合起来|合计|一共|总共|共计|之和|总和|总额")
_MEAN = re.compile(r"平均")
_TIMES = re.compile(r"(?:多少|几)倍")
_UNITS = r"(?:个百分点|万元|亿元|元|分|钱|人次|人|户|件|次|个|天)?"
_APART = re.compile(
    rf"(?:相差|差(?:了|距|额)?)(?:是|为|有)?(?:多少|几){_UNITS}|"
    rf"(?:高|低|多|少|大|小)(?:了|出)?(?:[花用拿得]了?)?(?:多少|几){_UNITS}"
)
_MOST_OF = re.compile(r"最(?:高|多|大|好)|(?P<least>最(?:低|少|小|差))")
_ASKS = re.compile(
    rf"(?:其中|里面?|当中|中)?(?:的)?哪(?:一)?(?:个|项)?(?:项目)?(?:的)?|{_MOST_OF.pattern}(?:的)?(?:是|为)?(?:哪一?个|谁)?|(?:花|用|得|评|打)了?(?:多少|几)(?:钱|万元|元|分)?|"
    rf"(?:这|上述)?[两二三四五六几](?:个|份)?(?:项目|报告|单位|部门)|它们|两者|二者|各个?项目|{_SUM.pattern}|{_APART.pattern}|"
    rf"{_TIMES.pattern}|平均(?:每个项目)?|(?:分别|各自?|到底|究竟|要|共)?(?:是|为|有|得了?|花了?)?(?:多少|几){_UNITS}|"
    r"(?<![一-鿿])(?:19|20)\d\d年?|[、,，;；:：“”\"()（）《》?？。\s]"
)
_LINKS = re.compile(
    r"^(?:的|和|与|跟|同|及|以及|比|较|是|里|中|这|那|呢)+|(?:的|和|与|跟|同|及|比|较|是|呢)+$"
)
# What a project is called in a question: 某局的植树项目, “巡河”维护类项目（2023）.
_PROJECT = re.compile(
    r"(?P<name>(?:[一-鿿\d·]|[“\"《（(][^”\"》）)]{1,30}[”\"》）)]){2,40}?(?:项目|(?=[（(](?:19|20)\d\d年?[）)])))"
    r"(?!支出|资金|管理|决策|产出|效益|过程|绩效|总|经费|数|预算)(?:[（(]\s*(?P<year>(?:19|20)\d\d)年?\s*[）)])?"
)
_BEFORE_IT = re.compile(r"^(?:[的是和与跟同及、，,比较]|以及|相当于|为)+")
_COMPARES = re.compile(r"比(?![例重])|较|相当于|是|(?<=[分数率额出算])(?:与|和|跟|同)")
_NO_NAME = re.compile(
    r"^(?:这|那|上述|哪|每|各|[两二三四五六几])?[两二三四五六几一]?(?:个|份|些)?项目$"
)
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_LEAST, _TWO = 2, 2  # characters of a measure; projects
# How amounts are said aloud, and what the reports call them.
_SPOKEN = (("实际花的钱", "实际支出"), ("实际花费", "实际支出"), ("花的钱", "支出"))
_MOST = 8  # projects


@dataclass(frozen=True, slots=True)
class ProjectAsks:
    """A question for each project, and how what they bring is worked with (a key of `DEEDS`)."""

    deed: str
    measure: str
    asks: tuple[str, ...]


def project_asks(plan: Plan) -> ProjectAsks | None:
    """What a question about one measure of several projects asks of each; None for any other."""
    question = re.sub(r"\s+", "", plan.question)
    named = _named(question)
    if not 1 < len(named) <= _MOST or len({name for name, _, _ in named}) < len(named):
        return None
    deed = _deed(question, len(named))
    spans = [span for _, _, span in named]
    measure = _measure(question, spans)
    measures = [measure] * len(named) if measure is not None else _measure_of_each(question, spans)
    if not deed or not measures:
        return None
    asks = (
        f"{year}{name}的{what}是多少？"
        for (name, year, _), what in zip(named, measures, strict=True)
    )
    return ProjectAsks(deed, "与".join(dict.fromkeys(measures)), tuple(asks))


def _measure_of_each(question: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The measure behind each of two projects: 甲实际使用的资金比乙的支出决算多多少; [] where one lacks it."""
    if len(spans) != _TWO:
        return []
    stretches = (question[spans[0][1] : spans[1][0]], question[spans[1][1] :])
    found = [_measure(stretch, []) for stretch in stretches]
    return [each for each in found if each is not None] if None not in found else []


def _named(question: str) -> list[tuple[str, str, tuple[int, int]]]:
    """Each project as the question calls it, the year that goes with it, and where it stands.

    A year that is said once is that of all of them.
    """
    found: list[tuple[str, str, tuple[int, int]]] = []
    for match in _PROJECT.finditer(question):
        name = match["name"]
        name = _COMPARES.split(name)[-1] if found else name
        name = _BEFORE_IT.sub("", name)
        if _NO_NAME.match(name) or len(name) <= len("某项目"):
            continue
        year = f"{match['year']}年" if match["year"] else ""
        found.append((name, year, (match.end("name") - len(name), match.end())))
    years = set(_YEAR.findall(question))
    shared = f"{next(iter(years))[:4]}年" if len(years) == 1 else ""
    return [
        (name, year or ("" if _YEAR.search(name) else shared), span) for name, year, span in found
    ]


def _deed(question: str, number: int) -> str:
    if number == _TWO:
        if _TIMES.search(question):
            return "times"
        if _APART.search(question):
            return "apart"
    extreme = _MOST_OF.search(question)
    if extreme and re.search(r"哪|谁", question):
        return "least" if extreme["least"] else "most"
    if _MEAN.search(question):
        return "mean"
    return "sum" if _SUM.search(question) else ""


def _measure(question: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """The one measure that is left where the projects and words of asking are taken out."""
    masked = list(question)
    for low, high in spans:
        masked[low:high] = "，" * (high - low)
    pieces = (_LINKS.sub("", piece) for piece in _ASKS.sub("\n", "".join(masked)).split("\n"))
    left = list(dict.fromkeys(_called(piece) for piece in pieces if piece))
    return left[0] if len(left) == 1 and len(left[0]) >= _LEAST else None


def _called(measure: str) -> str:
    for spoken, written in _SPOKEN:
        measure = measure.replace(spoken, written)
    return measure


Make = Callable[[Sequence[Figure]], Computed | None]


def _first_two(make: Callable[[Figure, Figure], Computed | None]) -> Make:
    return lambda figures: make(figures[0], figures[1])


DEEDS: Mapping[str, Make] = {
    "times": _first_two(compute.multiple_of),
    "apart": _first_two(compute.difference),
    "sum": compute.total,
    "mean": compute.average,
}
_SAID = {"times": "÷", "apart": "−", "sum": "+", "mean": "平均"}


def worked_over(asks: ProjectAsks, plan: Plan, found: Sequence[Candidate]) -> Draft | None:
    """What the projects' figures give; None for unlike figures and for one of them twice."""
    places = {(each.report, each.figure.no) for each in found}
    kinds = {each.figure.quantity.unit.dimension for each in found}
    if len(places) != len(found) or len(kinds) != 1:
        return None
    operands = list(found)
    if asks.deed in ("least", "most"):
        return _extreme(asks, operands)
    make = DEEDS[asks.deed]
    try:
        result = make([each.figure for each in operands])
        if asks.deed == "apart" and result is not None and result.value < 0:
            operands.reverse()
            result = make([each.figure for each in operands])
    except UnitError:
        return None
    if result is None:
        return None
    names = [each.part.project.value or each.part.title.value for each in operands]
    label = f"{asks.measure}（{f' {_SAID[asks.deed]} '.join(names)}）"
    draft = Draft(phrase=asks.measure)
    periods = {each.period for each in operands}
    value = draft.derive(
        result.shown_in(plan.unit),
        operands,
        label=label,
        metric=asks.measure,
        period=periods.pop() if len(periods) == 1 else "",
        again=make,
    )
    facts = "；".join(
        f"{name} {each.figure.metric} {shown(each.figure)}"
        for name, each in zip(names, operands, strict=True)
    )
    draft.text = f"{label}：{value.number}{value.unit}（{result.formula}）。依据：{facts}。"
    return draft


def _extreme(asks: ProjectAsks, operands: list[Candidate]) -> Draft | None:
    """The project whose figure is the least or the most, with those of all; None for a tie."""
    least = asks.deed == "least"
    operands.sort(key=lambda each: each.figure.quantity.base, reverse=not least)
    if operands[0].figure.quantity.base == operands[1].figure.quantity.base:
        return None
    draft = Draft(phrase=asks.measure)
    for each in operands:
        draft.show(each, label=each.part.project.value or each.part.title.value)
    told = "；".join(f"{value.label} {value.number}{value.unit}" for value in draft.values)
    word = "最低" if least else "最高"
    draft.text = f"{asks.measure}{word}的是{draft.values[0].label}：{told}（共比较 {len(operands)} 个项目）。"
    return draft
