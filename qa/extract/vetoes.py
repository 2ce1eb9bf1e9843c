"""Questions that no single place answers, and places that cannot be what is asked."""

from __future__ import annotations

import re
from collections.abc import Collection

from ingest.figures.finding import strip_number
from ingest.model import Figure, Role
from ingest.quantity import Dimension
from qa.extract.found import Found
from qa.extract.types import NAME_ASKED, NAMING
from qa.figures.neighbours import told_beside
from qa.figures.weighing import adjustment, other_stage, stage_of
from qa.plan import Operation, Plan
from qa.texts.model import TextKind
from qa.texts.terms import squeezed
from qa.words.matching import grams, squeeze

_STATED = (Operation.LOOKUP, Operation.TEXT, Operation.COMPLETION, Operation.COUNT)
# Kinds of text whose finders read more than one place, or more than a place says.
_READ_ELSEWHERE = (TextKind.LIST, TextKind.GRADE, TextKind.DEFINITION, TextKind.STATUS)
_APART = re.compile(
    r"分别|各是|各为|各有|各自|各多少|各几|各(?:支出|受理|花|得)"
    r"|[,，?？][^,，?？]+呢\s*[?？]?$|\brespectively\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"谁|哪|多少|几(?=[个家项人次天年月种类份分倍成万])|什么|为何|为啥|怎么|啥|何[时处地人日]|如何"
    r"|\b(?:how|what|who|which|when|why|where)\b",
    re.IGNORECASE,
)
_WORKED_OUT = re.compile(
    r"如果|假如|(?<!主)要是|假设|应该给|应得|应给|应计|是不是|对不对|[是占][^,，。是]{1,14}的(?:多少|几)|对得上|一致|一样|矛盾|咋回事|同一个"
    r"|超(?:出|过|了)?[^,，。]{0,8}(?:多少|几)|相差|差了?(?:多少|几)|比[^,，。]{1,14}[多少高低](?!数)"
    r"|[得给]了?\s*\d+(?:\.\d+)?\s*分|[(（,，](?:不?(?:包含|包括|含)|扣除|剔除)"
)
_ADDED = re.compile(r"[、和与及加]|合起来|[两二三四五六七八九十几各每]|\b(?:and|each|all)\b")
_WHAT = re.compile(r"为何\s*[?？。]?\s*$")  # 评价机构与评价时间为何: what, not why
_MORE_THAN_ONE = re.compile(
    r"\b(?:compute|calculate|derive|percent|percentage|share|ratio|divided|and|versus|vs|compared)\b",
    re.IGNORECASE,
)
_SO_MANY = re.compile(r"多少|几[个家项条份台辆名户处座次人种类所张笔宗件批场]")
_YES_NO = re.compile(r"[吗嘛]|是否|有没有|了没|不是")
_NUMBER = re.compile(
    r"多少|几|多大|百分之|金额|数量|人数|合计|[额数率费]\s*[?？]?$"
    r"|\b(?:how|what|number|amount|percent|cost|rate)",
    re.IGNORECASE,
)
_NEAR, _NAMED = 0.05, 0.2  # less of the question beside a figure, or of its name asked: another's
_MISFIT = -0.25  # role and scope of a figure speak so much against it
_OWN = 0.15  # less of the question's words at the place itself: it is about something else
_CLOSE = 0.03  # a rival that comes so close decides nothing
_LETTERS = 8  # with fewer, any unit or year may be meant where none is named
_MONEY = re.compile(
    r"多少(?:万|亿)?(?:钱|元)|[花付支]了?多少|费用?(?:是|为|有)?多少|\b(?:pay|paid|spend|spent)\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"(?:几|多少)[个项类种条份](?P<after>[一-鿿]{2})"
    r"|(?P<before>[一-鿿]{2})(?:一共|总共|共)?(?:有|是)?(?:几|多少)[个项类种条份](?![百月年工])"
)
_PER = ("每", "人均", "平均", "单位成本")
_QUOTED = re.compile(r"[“\"]([^”\"]{2,40})[”\"]")
_WHOLE = 0.5  # of each needed word, where the name of a thing is asked for
_MASS = 12.0  # worth of words that are told apart from others


def asks_elsewhere(plan: Plan, question: str) -> bool:
    """True for a question that one place cannot answer: several asks, or something to work out."""
    return (
        not _stated(plan)
        or plan.text_kind in _READ_ELSEWHERE
        or (plan.operation is Operation.COUNT and plan.text_kind is not None)
        or len(plan.targets) > 1
        or bool(plan.basis_years)
        or len(_ASKED.findall(question)) > 1
        or bool(_WHAT.search(question))
        or (plan.lenient and bool(_MORE_THAN_ONE.search(question)))
        or any(pattern.search(f"{question} {plan.question}") for pattern in (_APART, _WORKED_OUT))
        or (plan.text_kind is None and not _NUMBER.search(plan.question))
        or (plan.text_kind is TextKind.FACT and _no_fact(plan))
    )


def _stated(plan: Plan) -> bool:
    """A figure or words that a report states; a sum only where nothing is named to be added."""
    if plan.operation is Operation.SUM:
        return not _ADDED.search(plan.question)
    if plan.operation is Operation.DIFFERENCE:  # a sentence may tell it: 晚于计划47天
        return not _ADDED.search(plan.question) and len(plan.years) < 2
    return plan.operation in _STATED


def _no_fact(plan: Plan) -> bool:
    """A fact in words is neither a yes nor a number, nor what a translation left unsaid."""
    return (
        plan.lenient or bool(_YES_NO.search(plan.question)) or bool(_SO_MANY.search(plan.question))
    )


def misplaced(plan: Plan, found: Found, *, confirmed: bool) -> bool:
    """True where the place cannot be what is asked.

    Args:
        plan: the question.
        found: the place.
        confirmed: the rules found it too, and only were not certain.
    """
    if _of_another_project(plan, found) or not _bears_unknown(plan, found):
        return True
    numbers = quoted_numbers(plan)
    if numbers and not says_all(numbers, f"{found.spot.segment.text} {found.spot.around}"):
        return True
    if found.own < _OWN or (found.margin is not None and found.margin < _CLOSE):
        return True
    told = confirmed or bool(numbers and says_all(numbers, found.spot.segment.text))
    if found.mass * found.own < _MASS and not told:
        return True
    if found.open and found.letters < _LETTERS and not confirmed:
        return True
    if found.spot.figure is None:
        return _no_name(plan, found)
    if _spent_for_planned(plan, found.spot.figure):
        return True
    if _MONEY.search(plan.question) and not _money(found.spot.figure):
        return True
    if _among_uses(plan, found) or _counts_sides(plan, found.spot.figure):
        return True
    if plan.operation is Operation.DIFFERENCE and not _tells_apart(found):
        return True
    if _counts_others(plan.question, found) or _of_other_stage(plan, found.spot.figure):
        return True
    return not (confirmed and not found.open) and _another(plan, found)


def _no_name(plan: Plan, found: Found) -> bool:
    """Whether a passage is a form's blank, or hardly bears the words of what is asked by name."""
    if not _LABELS.sub("", found.spot.segment.text).strip():
        return True  # 项目负责人：    财务负责人： of a form that nobody filled in
    named = plan.text_kind in NAMING and bool(NAME_ASKED.search(plan.question))
    return (named or plan.text_kind is TextKind.PERSON_OR_BODY) and found.weakest < _WHOLE


_LABELS = re.compile(r"[一-鿿（）()]{2,12}[:：]|[\s|]")


def _spent_for_planned(plan: Plan, figure: Figure) -> bool:
    """A budget is asked for, and what was spent is told."""
    planned = bool(plan.targets) and all(each.role is Role.BUDGET for each in plan.targets)
    own = f"{figure.metric}{''.join((*figure.row_path, *figure.column_path))}"
    return planned and figure.role is not Role.BUDGET and "预算" not in own


_SIDES = re.compile(r"(?:方面|层面|环节|步骤|维度|部分|阶段|内容)$")


def _counts_sides(plan: Plan, figure: Figure) -> bool:
    """Whether it only counts how a text is divided (主要用于三个方面), which is not asked."""
    found = _SIDES.search(squeeze(figure.metric))
    return found is not None and found.group() not in plan.question


def _of_another_project(plan: Plan, found: Found) -> bool:
    """A place in no part of the projects named, where it does not bear their names itself."""
    spot = found.spot
    keys = set(plan.project_parts)
    if not keys or spot.part in keys:
        return False
    text = f"{spot.local}\n{spot.names}"
    named = (squeezed(plan.question[n.start : n.end]) for n in plan.named if n.kind == "project")
    return not all(name in text for name in named)


def _bears_unknown(plan: Plan, found: Found) -> bool:
    """The place names the bodies of which there is no report."""
    text = f"{found.spot.local}\n{found.spot.around}"
    return all(squeezed(name) in text for name in plan.unknown)


def quoted_numbers(plan: Plan) -> tuple[str, ...]:
    """Numbers that the question gives, years left out."""
    return tuple(number for number in plan.numbers if number not in plan.years)


def says_all(numbers: Collection[str], text: str) -> bool:
    """True where a text gives all these numbers."""
    flat = squeeze(text)
    return all(number in flat for number in numbers)


def _another(plan: Plan, found: Found) -> bool:
    """A figure whose own words, role or counted noun are not those asked for."""
    spot, figure = found.spot, found.spot.figure
    if figure is None:
        return False
    named = spot.named(grams(plan.question) | grams(plan.text))
    cell = spot.segment.place.table is not None
    if named < _NAMED and (cell or found.near < _NEAR):
        return True
    if cell and not _bears_quoted(plan, figure):
        return True
    if any(told_beside(target, spot.document, figure) for target in plan.targets):
        return True
    if plan.targets and adjustment(spot.document, figure, plan.targets[0], plan) < _MISFIT:
        return True
    if any(word in plan.question and word not in spot.local for word in _PER):
        return True
    unit = figure.quantity.unit
    counts = unit.dimension is Dimension.COUNT and bool(unit.noun)
    nouns = any(target.noun for target in plan.targets)
    return counts and not nouns and not _counted(unit.noun, plan.question)


_USES = re.compile(r"(?:用于|用在|包括|包含|涵盖|主要是|主要为|含)(?P<list>[^。；;]*、[^。；;]*)")


def _among_uses(plan: Plan, found: Found) -> bool:
    """What is asked for stands only in the list of what a figure was used for (用于办公费、会议费)."""
    figure = found.spot.figure
    if figure is None or found.spot.segment.place.table is not None or not plan.targets:
        return False
    text, name = squeeze(figure.sentence), squeeze(plan.targets[0].key)
    uses = "".join(squeeze(each["list"]) for each in _USES.finditer(figure.sentence))
    pieces = [name[at : at + 2] for at in range(len(name) - 1)]
    inside = [piece for piece in pieces if piece in uses]
    return (
        bool(inside)
        and all(text.count(p) == uses.count(p) for p in inside)
        and len(inside) * 2 > len(pieces)
    )


_APART_TOLD = re.compile(r"晚|早|逾|延|超|缺|差|结余|节余|余额|剩|节约|节省|高出|低于|未|率")


def _tells_apart(found: Found) -> bool:
    """The figure's own name or clause says that it is what lies between two others."""
    figure = found.spot.figure
    own = f"{figure.metric}{''.join(figure.row_path)}" if figure is not None else ""
    return bool(_APART_TOLD.search(own + found.spot.near))


def _counts_others(question: str, found: Found) -> bool:
    """A count of other things than those asked for: 指标有几个 and a number of schools."""
    figure, thing = found.spot.figure, _THING.search(question)
    if figure is None or thing is None or figure.quantity.unit.dimension is not Dimension.COUNT:
        return False
    named = thing["after"] or thing["before"]
    return named not in found.spot.near


def _of_other_stage(plan: Plan, figure: Figure) -> bool:
    """A budget of the whole year where the one at its start is asked for, and the reverse."""
    against = {stage for target in plan.targets if (stage := other_stage(target.key))}
    return stage_of(figure) in against


def _money(figure: Figure) -> bool:
    return figure.quantity.unit.dimension in (Dimension.MONEY, Dimension.NUMBER)


def _bears_quoted(plan: Plan, figure: Figure) -> bool:
    """A cell of the very row that the question quotes, where it quotes one."""
    quoted = [squeeze(match[1]) for match in _QUOTED.finditer(plan.text) if match[1].strip()]
    level = "级指标" in plan.question
    rows = figure.row_path[-1:] if level else figure.row_path
    labels = {squeeze(strip_number(label)) for label in (*rows, *figure.column_path)}
    return not quoted or any(name in labels for name in quoted)


def _counted(noun: str, question: str) -> bool:
    return bool(re.search(rf"(?:几|多少|[万亿])[^,，。]{{0,3}}{noun}|{noun}数", question))
