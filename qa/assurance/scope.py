"""Whether an answer is about the body, the project and the year that were asked, and how near it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.model import Role
from qa.assurance.model import Asked, Doubt, Doubts
from qa.model import Check, Value
from qa.plan import Operation, Target
from qa.present import project_in
from qa.texts.asking import naming_words
from qa.texts.model import TextKind
from qa.words import cues
from qa.words.matching import grams, squeeze

_HALF = re.compile(
    r"上半年|下半年|前?[一二三四1-4]季度|半年|1\s*[-—–~至到]\s*[1-9]月|前[1-9三六九]个?月"
)
_A_PROJECT = re.compile(r"^(?:的|那个|这个|某)?项目(?=的|预算|得分|绩效|评价|自评|执行)")
_GAP = re.compile(r"\S {2,}\S")
_LINES, _GAPS = 3, 8
_JUMP_OF_TWO = 20  # likewise where there are two years only
_JUMP = 5  # a value so many times as large as that of the middle year is of another thing
_NAMED = (
    Operation.LOOKUP,
    Operation.COMPLETION,
    Operation.CHANGE,
    Operation.GROWTH,
    Operation.DEDUCTION,
    Operation.COUNT,
)
# Asked for by what they are, whatever their heading calls them.
_OWN_NAMES = (Role.SCORE, Role.SCORE_RATE, Role.COMPLETION, Role.DEDUCTION, Role.FULL_MARK)
_OTHER, _LONGER, _PRESENT = Decimal("0.2"), Decimal("0.25"), Decimal("0.65")
_IN_FULL = Decimal("0.9")  # a name that the question says whole


def period(asked: Asked) -> Iterator[Doubt]:
    """A year asked for that nothing shown carries; none asked where several may be meant."""
    shown = {value.period for value in asked.figures if value.period}
    text = asked.ground.text + squeeze(asked.answer.text)
    said = [
        year
        for year in asked.plan.years
        if re.search(rf"(?<!\d)(?:20)?{year[2:]}(?!\d)", asked.plan.question)
    ]
    left = [year for year in said if year not in text and not any(year in p for p in shown)]
    if left and (asked.figures or asked.plan.operation is Operation.TEXT):
        yield Doubt("year", "、".join(left))
    several = len(asked.ground.years) > 1 and len(shown) == 1
    if several and not asked.plan.years and asked.plan.operation is not Operation.RANK:
        yield Doubt("year_open", "、".join(sorted(shown)))


def half(asked: Asked) -> Iterator[Doubt]:
    """A part of a year is asked for and a whole year given, or the reverse."""
    said = _HALF.search(asked.plan.question)
    own = "".join(f"{v.metric}{v.period}" for v in asked.figures[:1])
    own += "".join(s.quote for v in asked.figures[:1] for s in v.sources[:1] if s.table is None)
    given = _HALF.search(own)
    if said and given and _several_quarters(said.group()) != _several_quarters(given.group()):
        yield Doubt("part", said.group())
    elif said and squeeze(said.group()) not in asked.ground.text:
        yield Doubt("half", said.group())
    elif given and not said and asked.plan.years and _HALF.search(asked.figures[0].metric):
        yield Doubt("half", given.group())


def _several_quarters(said: str) -> bool:
    """前三季度 are three quarters together, 第三季度 is one."""
    return said.startswith("前") and said.endswith("季度")


def inherited(asked: Asked) -> Iterator[Doubt]:
    """A follow-up took over what it leaves out, and could not be put in full."""
    if asked.plan.inherited and not asked.plan.completed:
        yield Doubt("inherited", "、".join(asked.plan.inherited))


def open_scope(asked: Asked) -> Iterator[Doubt]:
    """Neither body nor project is named, or the figure is that of one of several projects."""
    plan, values = asked.plan, asked.figures
    open_body = len(asked.ground.bodies) > 1 and not plan.entities and not plan.projects
    if len(values) == 1 and open_body:
        yield Doubt("body_open", values[0].entity)
    elif values and values[0].project and not plan.projects and len(asked.ground.projects) > 1:
        unnamed = _A_PROJECT.search(plan.text.strip())
        yield Doubt("project_unnamed" if unnamed else "project_open", values[0].project)
    elif open_body and not values and _of_any_report(asked):
        yield Doubt("body_open", asked.answer.text.partition("：")[0])


# Accounts that a body keeps as a whole; a project's report names the fund that it was paid from.
_OF_A_BODY = re.compile(
    r"(?:一般公共预算|政府性基金)(?:预算)?(?:财政拨款)?(?:总)?(?:收入|支出)|基本支出|三公|人员经费|公用经费"
    r"|本年(?:收入|支出)合计|机关运行经费|按(?:支出)?功能分类|按经济分类"
)


def account_of_project(asked: Asked) -> Iterator[Doubt]:
    """An account of the whole body is asked for, no project is named, and a project's is given."""
    plan = asked.plan
    if plan.projects or plan.inherited or "项目" in plan.question:
        return
    told = _of_quoted_project(asked)
    if told:
        yield Doubt("account_of_project", told)
        return
    found = _OF_A_BODY.search(squeeze(plan.question))
    if found and asked.figures and all(value.project for value in asked.figures):
        yield Doubt("account_of_project", found.group())


def _of_quoted_project(asked: Asked) -> str:
    """What is asked for of a body and given of a project that its report names and the question does not."""
    value, target = next(iter(asked.figures), None), next(iter(asked.plan.targets), None)
    if value is None or target is None or not asked.plan.entities:
        return ""
    name, question = squeeze(project_in(value.metric)), squeeze(asked.plan.question)
    if value.project:
        other = _annexed_to_accounts(asked, target)
    else:
        other = bool(name) and not any(name[at : at + 3] in question for at in range(len(name) - 2))
    return (target.label or target.key) if other else ""


_BARE_STAGE = re.compile(r"(?:年初|全年|年度|调整后的?)预算(?:数|额|金额)?")
_HEAD = 200  # characters of a report in which its title stands


def _annexed_to_accounts(asked: Asked, target: Target) -> bool:
    """Whether a bare stage of the budget is asked of a body whose accounts have the project annexed."""
    accounts = any("部门决算" in squeeze(text[:_HEAD]) for text in asked.ground.reports)
    return accounts and bool(_BARE_STAGE.fullmatch(squeeze(target.key)))


_HOW_MANY = re.compile(
    r"^(?:一共|总共|共)?(?:有|是)?(?:多少|几)(?:人|户|个|名|家|所|座|处)(?=[?？。,，]|$)"
)


def project_counted(asked: Asked) -> Iterator[Doubt]:
    """How many there are is asked right behind what was taken for a project (3岁以下婴幼儿有多少)."""
    question = asked.plan.question
    for named in asked.plan.named:
        if named.kind == "project" and asked.figures and _HOW_MANY.match(question[named.end :]):
            yield Doubt("dropped", question[named.start : named.end])


def other_project(asked: Asked) -> Iterator[Doubt]:
    """The figure is of the form beside that of the project asked for."""
    if asked.ground.sibling and asked.figures:
        yield Doubt("project_other", asked.ground.sibling)


_OF_ANY_PROJECT = re.compile(
    r"^(?:20\d\d年?(?:度)?)?|(?:运维|专项|补助|补贴|服务)?(?:项目|工程|资金|经费|专项)$"
)
_SAME_WORDS = 0.6  # of a project's name


def of_the_body(asked: Asked) -> Iterator[Doubt]:
    """A project is named (公墓工程花了多少), and what is given is of its body, whose accounts name it not."""
    values = [value for value in asked.figures if value.sources]
    if not values or not asked.ground.apart or any(value.project for value in values):
        return
    near = grams(asked.ground.text + asked.ground.wide)
    for name, _ in asked.plan.projects:
        core = grams(squeeze(_OF_ANY_PROJECT.sub("", name)))
        if not core or len(core & near) >= _SAME_WORDS * len(core):
            return
    yield Doubt("of_the_body", values[0].entity)


# What every report has: a question of these words alone is about none of them.
_GENERAL = re.compile(
    r"项目|问题|建议|措施|经验|做法|验收|绩效|评价|自评|机构|单位|部门|工作|时间|存在|主要|资金|得分|扣分|原因|报告"
    r"|等级|整改|情况|组长|负责人|职责|依据|方法|指标|目标"
)
_LEAST_NAMED = 3  # characters


def _of_any_report(asked: Asked) -> bool:
    """Whether a question in words names nothing that tells one report from another."""
    plan = asked.plan
    if plan.operation is not Operation.TEXT or plan.text_kind is TextKind.DEFINITION:
        return False
    if plan.memory or plan.inherited:
        return False
    runs = naming_words(cues.content(plan.text))
    return sum(len(_GENERAL.sub("", run)) for run in runs) < _LEAST_NAMED


def nearness(asked: Asked) -> Iterator[Doubt]:
    """The figure's own name is hardly asked, or the asked name hardly stands with the figure."""
    role = asked.ground.roles[0] if asked.ground.roles else None
    coded = any(name.isdigit() and name in asked.ground.grams for name in asked.plan.must)
    coded = coded and any(s.table is not None for v in asked.figures[:1] for s in v.sources[:1])
    by_role = coded or (role in _OWN_NAMES and any(t.role is role for t in asked.plan.targets))
    if asked.plan.operation in _NAMED and asked.figures and not by_role:
        first, ground = asked.figures[0], asked.ground
        moved = asked.plan.operation in (Operation.CHANGE, Operation.GROWTH)
        taken_over = bool(asked.plan.inherited) and moved
        if ground.precision < _OTHER and not _of_stage(asked, first):
            yield Doubt("name_other", first.metric)
        elif ground.precision < _LONGER and not taken_over and first.check is not Check.DERIVED:
            yield Doubt("name_longer", first.metric)
        worked_out = first.check is Check.DERIVED and ground.precision >= _IN_FULL
        if ground.presence < _PRESENT and not worked_out:
            yield Doubt("presence", first.metric)


_STAGE = re.compile(r"(?:年初|全年|年度|调整后?的?)预算数?|到位(?:资金|金额)?")


def _of_stage(asked: Asked, value: Value) -> bool:
    """Whether a stage of a budget is asked for by its name, and the sentence leads up to it."""
    name = squeeze(value.metric)
    return any(
        _STAGE.fullmatch(squeeze(target.key)) and name.endswith(squeeze(target.key))
        for target in asked.plan.targets
    )


def series(asked: Asked) -> Iterator[Doubt]:
    """Values of one name over years, one of them many times as large or small as the others."""
    values = [v for v in asked.figures if v.check is not Check.DERIVED and v.period]
    years = {value.period for value in values}
    if len(values) < 2 or len(years) < len(values) or len({v.unit for v in values}) > 1:
        return
    sizes = sorted(abs(Decimal(value.number.replace(",", ""))) for value in values)
    middle = sizes[len(sizes) // 2]
    jump = _JUMP if len(values) > 2 else _JUMP_OF_TWO
    if sizes[0] and (sizes[0] * jump < middle or sizes[-1] > middle * jump):
        yield Doubt("series", values[0].label)


def crowded(asked: Asked) -> Iterator[Doubt]:
    """A number out of lines that are set like a table and were not read as one."""
    for value in asked.figures[:1]:
        for source in value.sources[:1]:
            gaps = len(_GAP.findall(source.quote))
            if source.table is None and source.quote.count("\n") >= _LINES and gaps >= _GAPS:
                yield Doubt("crowded", source.quote[:12])


DOUBTS: tuple[Doubts, ...] = (
    period,
    half,
    inherited,
    open_scope,
    account_of_project,
    other_project,
    of_the_body,
    project_counted,
    nearness,
    series,
    crowded,
)
