"""Sums, averages, ranks, conditions and counts over all figures that match, never over a top-k."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Figure, Role
from ingest.quantity import Dimension, UnitError
from ingest.reading.text import fold
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.figures.fitting import same_noun
from qa.operations.alike import figures_alike
from qa.operations.context import Context, choose, closed
from qa.operations.families import at_level, families, renamed
from qa.operations.listed import listed_rows
from qa.operations.lookup import lookup
from qa.plan import Operation, Target
from qa.planning.scope import project_groups
from qa.present import Computed
from qa.words import cues
from qa.words.lexicon import words
from qa.words.matching import squeeze
from qa.words.numerals import number_of

_TOGETHER = (
    r"(?P<head>[^,;?]+?)(?:两者|二者|三者|两项|三项)?"
    r"(?:一共|合计|总共|共计|加起来|之和|总和|合起来|加在一起)"
)
_GROUP = re.compile(r"(?P<n>[两三四五六七八九十]|\d+)(?:家|个|次|项|类|笔|份|种)(?!月)")
# 两笔机房电费 whatever measure word stands there; 三公 and 十四五 count nothing.
_SEVERAL = re.compile(r"(?<![第十])[两二三四五六七八九](?=[一-鿿]{3})(?![年月日公级农保防定])")
_PEOPLE = ("人", "名", "位")


def total(context: Context) -> Draft | None:
    """A sum of named or equally named figures; a stated total where the report gives one."""
    plan = context.plan
    target = plan.targets[0]
    if len(project_groups(plan)) > 1:
        return _over_projects(context)
    named = _named_parts(context, plan.text)
    if named is not None:
        return sum_draft(context, named, target.key)
    if _names_them(context, plan.text):
        return None  # others that fit alike are not what was named
    group = _GROUP.search(plan.text)
    if group is not None and not _PROJECTS.search(plan.question):
        count = number_of(group["n"]) or 0
        for key in _of_group(context, target, group.group()):
            members = figures_alike(context, replace(target, key=key), count)
            if members is not None:
                return sum_draft(context, members, target.key)
    if target.noun in _PEOPLE and re.search(r"都算|加起来|合起来|全部", plan.text):
        people = _people(context, target)
        if people is not None:
            return sum_draft(context, people, target.key)
    rows = listed_rows(context)
    return None if rows is None else sum_draft(context, rows, target.key)


def _of_group(context: Context, target: Target, group: str) -> list[str]:
    """What each of a counted group is called: with the noun that is counted, and without it.

    三家运营商的短信费 is 短信费 in the lines of the table; so is what the clause before it names.
    """
    bare = _SUM_SAID.sub(" ", target.key)
    whole = cues.content(bare.replace(group, " ")) or target.key
    _, _, rest = bare.partition(group)
    names = cues.content(_COUNTED_NOUN.sub("", rest, count=1))
    inside = f"{context.plan.context} {names}".strip()
    return list(dict.fromkeys(key for key in (whole, names, inside) if len(squeeze(key)) > 3))


_PROJECTS = re.compile(
    r"个[一-鿿]{0,4}?项目(?!支出|资金)"
)  # lines of a table, not parts of one line
_SUM_SAID = re.compile(r"一共|合计|总共|共计|加起来|之和|总和|合起来|加在一起|平均")
_COUNTED_NOUN = re.compile(
    r"^(?:大)?(?:运营商|供应商|服务商|企业|公司|单位|学校|医院|合同|项目|机构|年度|部门|分局|科室)(?:的|[,，])?"
)


def _over_projects(context: Context) -> Draft | None:
    """What several projects spent, together; every one of them must say it."""
    plan = context.plan
    group = _GROUP.search(plan.question)
    projects = project_groups(plan)
    named = (number_of(group["n"])) if group else len(projects)
    if named != len(projects):
        return None
    target = Target("支出决算 实际使用 实际支出 资金使用", None, Dimension.MONEY, label="支出")
    found: list[Candidate] = []
    for keys in projects:
        one = replace(context, plan=replace(plan, projects=(), parts=keys, context="", years=()))
        choice = choose(
            replace(one, threshold=0.2, most_lacking=1.0),
            target,
            keep=_all_spent,
        )
        if choice.best is None:
            return None
        found.append(choice.best.best)
    return sum_draft(context, found, "支出")


def _all_spent(figure: Figure) -> bool:
    """What a project spent; not what came from one source of its money (其中：其他资金)."""
    source = figure.row_path and _SOURCE.search(squeeze(figure.row_path[-1]))
    value = figure.role in (Role.VALUE, Role.ACTUAL)
    return value and bool(_SPENT.search(figure.metric)) and not source


_SPENT = re.compile(r"支出|使用|执行数|决算|花费")
_SOURCE = re.compile("其他资金|财政拨款|结转|专户|单位资金|自筹|[省市县区]级|中央")


def stated_total(context: Context) -> Draft | None:
    """``一共`` that only stresses a look-up: a figure of the asked name, not one of several asked."""
    text = context.plan.text
    if len(context.plan.years) > 1:
        return None  # each year's figure, which the engine adds up
    named = re.search(
        r"[^,;?]+(?:和|与|及|、|加上)[^,;?]+(?:一共|合计|总共|共计|加起来|之和|总和|合起来)", text
    )
    if (
        named
        or _GROUP.search(text)
        or _SEVERAL.search(text)
        or re.search(r"加起来|之和|合起来|都算上|加在一起", text)
    ):
        return None
    return lookup(context)


def _named_parts(context: Context, text: str) -> list[Candidate] | None:
    """``甲和乙一共``: every piece must be found."""
    pieces = _listed_names(context, text)
    if len(pieces) < 2:
        return None
    shared = _SHARED.fullmatch(pieces[-1].strip())
    if shared is not None and not _ANY_SPENDING.fullmatch(shared["what"]):
        names = [*pieces[:-1], shared["name"]]
        found = _pieces(context, names, shared["what"])
        if found is not None or not shared["of"].startswith("的"):
            return found
    pieces = [re.sub(r"[两三四五六](?:项|类|家|个|笔)(?:支出|费用|经费)?$", "", p) for p in pieces]
    return _pieces(context, pieces)


def _listed_names(context: Context, text: str) -> list[str]:
    match = re.search(_TOGETHER, text)
    if not match:
        return []
    head = match["head"]
    _, _, tail = head.rpartition("的")
    phrase = tail if re.search(r"和|与|、|加", tail) else head
    return [cues.content(piece) for piece in _split(context, phrase)]


def _names_them(context: Context, text: str) -> bool:
    """True for 甲与乙两项…之和: as many names as are counted."""
    pieces = _listed_names(context, text)
    shared = _SHARED.fullmatch(pieces[-1].strip()) if len(pieces) > 1 else None
    return shared is not None and number_of(shared["of"][0]) == len(pieces)


_AND = re.compile(r"以及|连同|外加|算上|和|与|及|、|加上?")
_HELD = "\ue000"  # stands for an 和 inside a name
_FEW = 24  # reports whose rows are looked at for such names


def _split(context: Context, phrase: str) -> list[str]:
    """The names that a phrase lists; 社会保障和就业支出 is one where a row is called so."""
    phrase = "".join(phrase.split())
    held: list[str] = []
    for label in sorted(words("names_with_and.txt"), key=len, reverse=True):
        if label in phrase:
            phrase = phrase.replace(label, _HELD + str(len(held)) + _HELD)
            held.append(label)
    scoped = list(context.evidence.scoped(context.plan.parts))
    for label in _rows_with_and(context, scoped) if len(scoped) <= _FEW else ():
        if label in phrase:
            phrase = phrase.replace(label, _HELD + str(len(held)) + _HELD)
            held.append(label)
    pieces = _AND.split(phrase)
    return [re.sub(f"{_HELD}(\\d+){_HELD}", lambda m: held[int(m[1])], each) for each in pieces]


def _rows_with_and(context: Context, scoped: Sequence[tuple[int, set[int]]]) -> list[str]:
    """The labels of rows with a word for and inside, the longest first."""
    found: set[str] = set()
    for report, _ in scoped:
        for figure in context.evidence.index(report).document.figures:
            label = "".join(fold(figure.row_path[-1]).split()) if figure.row_path else ""
            if _AND.search(label[1:-1]):
                found.add(label)
    return sorted(found, key=len, reverse=True)


# What is asked of all that was named: 甲和乙两项基本支出, 甲和乙的基本支出.
_SHARED = re.compile(
    r"(?P<name>.{2,}?)(?P<of>的|[两二三四五六](?:者|项|类|家|个|笔)的?)(?P<what>[^的]{2,})"
)
_ANY_SPENDING = re.compile(r"支出|费用|经费|金额|资金")


def _pieces(context: Context, names: Sequence[str], what: str = "") -> list[Candidate] | None:
    """The figure of each name, all of them of one measure; None where one is not found."""
    names = [name for name in names if name.strip()]
    if len(names) < 2:
        return None
    found: list[Candidate] = []
    for name in names:
        key = f"{name} {what}".strip()
        choice = choose(context, Target(key, None, None, label=name), keep=is_summable)
        if choice.best is None or not _is_own(name, choice.best.best.figure):
            return None
        if what and _has_a_better_column(what, choice.best.best):
            return None
        found.append(choice.best.best)
    if len({candidate.figure.no for candidate in found}) != len(found):
        return None
    return found if _one_measure([candidate.figure for candidate in found]) else None


def _is_own(name: str, figure: Figure) -> bool:
    """False for a row below the one that is named: its total is another figure."""
    labels = [squeeze(label) for label in figure.row_path]
    return squeeze(name) not in labels[:-1] or labels[-1] == squeeze(name)


def _has_a_better_column(what: str, candidate: Candidate) -> bool:
    """True where the table has a column of just that name and the figure stands in another."""
    figure, wanted = candidate.figure, squeeze(what)
    if figure.locator.table is None or wanted in squeeze("".join(figure.column_path)):
        return False
    columns = candidate.document.tables[figure.locator.table].columns
    return any(wanted in squeeze("".join(column.path)) for column in columns)


def _one_measure(figures: Sequence[Figure]) -> bool:
    """False for cells that share neither their column nor their row: 预算数 and 决算数 do not add."""
    cells = [figure for figure in figures if figure.row_path and figure.column_path]
    columns = {squeeze(figure.column_path[-1]) for figure in cells}
    rows = {squeeze(figure.row_path[-1]) for figure in cells}
    return len(columns) <= 1 or len(rows) <= 1


def is_summable(figure: Figure) -> bool:
    return (
        closed(figure)
        and figure.role in (Role.VALUE, Role.ACTUAL, Role.BUDGET, Role.SCORE, Role.FULL_MARK)
        and (figure.quantity.unit.dimension in (Dimension.MONEY, Dimension.COUNT, Dimension.SCORE))
    )


def _people(context: Context, target: Target) -> list[Candidate] | None:
    """All counts of people in the sentence that fits best."""
    choice = choose(context, replace(target, role=None))
    best = choice.best or choice.nearest or (choice.rivals[0] if choice.rivals else None)
    if best is None or best.best.match.presence < context.threshold:
        return None
    figure = best.best.figure
    found = [
        replace(best.best, figure=other)
        for other in best.best.document.figures
        if other.block == figure.block
        and other.sentence == figure.sentence
        and other.quantity.unit.dimension is Dimension.COUNT
        and other.quantity.unit.factor == 1
        and other.quantity.unit.noun in _PEOPLE
        and same_noun(other.quantity.unit.noun, target.noun)
    ]
    return found if len(found) > 1 else None


def sum_draft(context: Context, members: list[Candidate], phrase: str) -> Draft | None:
    average = context.plan.operation is Operation.AVERAGE

    def made(figures: Sequence[Figure]) -> Computed:
        people = [*map(_people_unit, figures)]
        return compute.added(people, mean=average, unit=context.plan.unit)

    try:
        result = made([member.figure for member in members])
    except UnitError:
        return None
    phrase = _ENDS_SUMMED.sub("", phrase) or phrase
    draft = Draft(phrase=phrase)
    value = draft.derive(
        result,
        members,
        label=f"{phrase}{'平均' if average else '合计'}",
        metric=phrase,
        period=members[0].period,
        again=made,
    )
    for member in members:
        draft.show(member)
    draft.text = (
        f"{value.entity}{value.label}：{value.number}{value.unit}"
        f"（{len(members)} 项：{result.formula}）。"
    )
    return draft


_ENDS_SUMMED = re.compile(r"(?:\s|合计|总计|一共|总共)+$")


def _people_unit(figure: Figure) -> Figure:
    """人, 名 and 位 count the same; a sum needs one unit."""
    unit = figure.quantity.unit
    if unit.noun not in _PEOPLE or unit.factor != 1:
        return figure
    return replace(
        figure, quantity=replace(figure.quantity, unit=replace(unit, noun="人", symbol="人"))
    )


def average(context: Context) -> Draft | None:
    """The mean of named figures, of a family, or of one metric over the years asked."""
    plan = context.plan
    if len(plan.years) > 1:
        found: list[Candidate] = []
        key = re.sub(r"平均(?:每年|每个?年度?)?|年均", " ", plan.targets[0].key).strip()
        target = replace(plan.targets[0], key=key or plan.targets[0].key)
        for year in plan.years:
            choice = choose(context, target, years=(year,), keep=is_summable)
            if choice.best is None:
                return None
            found.append(choice.best.best)
        return sum_draft(context, found, plan.targets[0].key)
    text = re.sub(r"平均", "之和", plan.text)
    named = _named_parts(replace(context, plan=replace(plan, text=text)), text)
    if named is not None:
        return sum_draft(context, named, plan.targets[0].key)
    group = _GROUP.search(plan.text)
    if group is not None:
        key = re.sub(
            r"平均|每家|每个|每项|每", " ", f"{plan.context} {plan.targets[0].key}"
        ).strip()
        wanted = replace(plan.targets[0], key=cues.content(_GROUP.sub(" ", key)))
        members = figures_alike(context, wanted, number_of(group["n"]) or 0)
        if members is not None:
            return sum_draft(context, members, wanted.key)
    rows = listed_rows(context)
    if rows is not None:
        return sum_draft(context, rows, plan.targets[0].key)
    family = next(iter(families(context, plan.targets[0])), None)
    if family is None or family.score < context.threshold:
        return None
    return sum_draft(context, [renamed(m) for m in at_level(family, "leaf")], plan.targets[0].key)
