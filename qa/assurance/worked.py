"""Whether what is asked for as lacking, as not, or per thing is given as such."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.told import printed, used
from qa.assurance.worked_as_asked import traces
from qa.model import Check, Value
from qa.operations.grid_compared import years_compared
from qa.plan import Operation
from qa.words import cues
from qa.words.matching import grams, squeeze
from qa.words.worked_words import negated, per_thing

# 少到位多少 is not what arrived.
_LACKING = re.compile(
    r"(?:少|未|没有?|欠|尚未)(?:到位|支付|拨付|兑付|缴纳|开工|完工)(?=[^,，。?？]{0,6}(?:多少|几))"
)
_COUNT_ASKED = re.compile(r"(?:多少|几)(?!乎)")
_FIGURES = (Operation.LOOKUP, Operation.AVERAGE, Operation.DIFFERENCE)


def lacking(asked: Asked) -> Iterator[Doubt]:
    """What is lacking is asked for, and the name of what is given says nothing of the kind."""
    found = _LACKING.search(cues.unquoted(asked.plan.question))
    if not found or asked.plan.operation is not Operation.LOOKUP or not asked.figures:
        return
    if not re.search(r"少|未|没|欠|缺|差", traces(asked)):
        yield Doubt("operation", found.group())


def turned(asked: Asked) -> Iterator[Doubt]:
    """What is not is asked for (没有整改的隐患), and what is is given."""
    text = cues.unquoted(asked.plan.question)
    said = negated(text) if _COUNT_ASKED.search(text) else []
    if not said or not _figure_asked(asked) or "−" in _formulas(asked):
        return
    told = {each.positive for each in negated(_names(asked))}
    left = [each.said for each in said if each.positive not in told]
    if left and not re.search(r"未|没|无|不|余|欠", _names(asked)):
        yield Doubt("operation", left[0])


def per(asked: Asked) -> Iterator[Doubt]:
    """An amount per thing is asked for (人均), and the whole amount is given."""
    said = per_thing(cues.unquoted(asked.plan.question)) or _per_in_english(asked)
    each = _of_rows(asked)
    if each and _figure_asked(asked):
        yield Doubt("operation", each)
        return
    if said is None or not _figure_asked(asked) or "÷" in _formulas(asked):
        return
    units = "".join(value.unit for value in asked.figures)
    if not re.search(r"均|每|单价|标准(?!成本|人)|[/／]", _names(asked) + units):
        yield Doubt("operation", said[0])


_PER = re.compile(r"\b(?:per[- ](?!cent|annum|year)(?P<thing>\w+))", re.IGNORECASE)


_BY_HOW_MUCH = re.compile(
    r"\bby how (?:much|many)\b|\bhow (?:much|many) (?:more|less|fewer|higher|lower|larger)\b|\bexceed",
    re.IGNORECASE,
)


def by_how_much(asked: Asked) -> Iterator[Doubt]:
    """An English question by how much one thing is above another, and one of the two is given."""
    found = _BY_HOW_MUCH.search(asked.question) if asked.plan.lenient else None
    plain = asked.plan.operation is Operation.LOOKUP and len(asked.figures) == 1
    if found and plain and asked.figures[0].check is not Check.DERIVED:
        yield Doubt("operation", found.group())


def several_years(asked: Asked) -> Iterator[Doubt]:
    """Several years are asked for, and the figure of one of them is given."""
    plain = asked.plan.operation in _FIGURES and len(asked.figures) == 1
    if plain and not asked.contradicted and asked.figures[0].check is not Check.DERIVED:
        value = asked.figures[0]
        told = f"{value.period}{value.metric}{''.join(s.quote for s in value.sources[:1] if s.table is None)}"
        said = [year for year in asked.plan.years if year in asked.plan.question]
        left = [year for year in said if year not in told] if len(said) > 1 else []
        if left and not _RANGE.search(told):
            yield Doubt("year", "、".join(left))


_YEARS_TOLD = re.compile(r"(?:19|20)\d\d")


def summed_years(asked: Asked) -> Iterator[Doubt]:
    """A sum over several years is asked for, and what is given is of one of them."""
    said = [year for year in asked.plan.years if year in asked.plan.question]
    summed = asked.plan.operation in (Operation.SUM, Operation.AVERAGE)
    if not summed or len(said) < 2 or not asked.figures or asked.contradicted:
        return
    told = {year for v in asked.answer.values for year in _YEARS_TOLD.findall(v.period)}
    if len(told) == 1:
        yield Doubt("year", "、".join(year for year in said if year not in told))


def of_one_year(asked: Asked) -> Iterator[Doubt]:
    """2023年末比2022年末 is asked for, and two things of one year are held against each other."""
    worked = any(value.check is Check.DERIVED for value in asked.figures)
    base = [year for year in asked.plan.basis_years if year in asked.plan.question]
    if not worked or not base or asked.contradicted or len(asked.figures) != 1:
        return
    told = asked.answer.text + "".join(value.label for value in asked.answer.values)
    told += "".join(f"{s.row or ''}{s.column or ''}{s.quote}" for s in asked.answer.citations)
    left = [year for year in base if year not in told]
    if left and not _LAST_YEAR.search(told):
        yield Doubt("year", "、".join(left))


_LAST_YEAR = re.compile("[上去]年|同期|年初")
_OF_INITIAL = re.compile(r"完成(?:了)?年初预算|年初预算(?:的)?(?:完成|执行)(?:率|比例|进度)")


_OTHER_BUDGET = re.compile("调整|全年预算|年度预算|追加|调[增减]|核减")


def of_initial_budget(asked: Asked) -> Iterator[Doubt]:
    """完成年初预算的比例 is asked for, and a rate is given that says nothing of the initial budget."""
    found = _OF_INITIAL.search(asked.plan.question)
    if found is None or len(asked.figures) != 1 or asked.contradicted:
        return
    value = asked.figures[0]
    told = "".join(f"{s.row or ''}{s.column or ''}" for s in value.sources)
    quotes = _quotes(value)
    derived = value.check is Check.DERIVED
    near = re.search(rf"年初预算[^,，。;；]{{0,16}}{re.escape(value.number)}", quotes)
    alone = "年初预算" in quotes and not _OTHER_BUDGET.search(quotes)
    said = "年初" in told or near or alone or (derived and "年初" in quotes)
    if value.unit == "%" and not said:
        yield Doubt("side", value.metric)


_SHARE_OF_SUM = re.compile(
    r"(?:和|与|及|、|加上?)[^,，。]{2,20}?(?:合计|合起来|加起来|加在一起|一共|总共|之和|总和)(?:的)?(?:所)?(?:占|相当于)"
)


def share_of_sum(asked: Asked) -> Iterator[Doubt]:
    """The share of several figures together is asked for, and that of one of them is given."""
    found = _SHARE_OF_SUM.search(asked.plan.question)
    if found and asked.figures and not asked.contradicted and "+" not in _formulas(asked):
        yield Doubt("operation", found.group())


_RATE_OF = re.compile(r"(?:完成|执行)(?:率|比例)")


def rate_of_result(asked: Asked) -> Iterator[Doubt]:
    """The rate at which a percentage was reached is asked for, and the percentage itself is given."""
    found = _RATE_OF.search(asked.plan.question)
    stated = asked.plan.operation in (Operation.LOOKUP, Operation.COMPLETION)
    if found is None or not stated or len(asked.figures) != 1 or asked.contradicted:
        return
    value = asked.figures[0]
    named = re.search(
        r"(?:完成|执行)(?:率|比例|进度)|完成[^,，。]{0,6}预算|预算的|支出率|进度",
        _names(asked) + _quotes(value),
    )
    if value.unit == "%" and value.check is not Check.DERIVED and not named:
        yield Doubt("operation", found.group())


def _quotes(value: Value) -> str:
    return "".join(source.quote for source in value.sources if source.table is None)


def moved(asked: Asked) -> Iterator[Doubt]:
    """Lines are asked for by how they moved from one year to another, and one year alone is shown."""
    years = years_compared(asked.plan)
    told = "".join(value.label for value in asked.answer.values) + _names(asked)
    told += "".join(f"{s.row or ''}{s.column or ''}{s.quote}" for s in asked.answer.citations)
    left = [year for year in years if year not in told]
    if left and asked.answer.outcome.given and not asked.contradicted:
        yield Doubt("operation", f"{years[0]}年比{years[1]}年")


def _per_in_english(asked: Asked) -> tuple[str, str] | None:
    found = _PER.search(asked.question) if asked.plan.lenient else None
    return (found.group(), found["thing"]) if found else None


def _of_rows(asked: Asked) -> str:
    """The households or people asked for, where what is given is the mean of rows, which are none."""
    mean = any(re.search(r"\) ÷ \d+$", value.formula) for value in asked.figures)
    found = _EACH_THING.search(asked.plan.question) if mean else None
    return found.group() if found else ""


_EACH_THING = re.compile(
    r"每[个一]?(?P<thing>户|人|名|位|公里|亩|座|辆|台|平方米|张|件|起|吨|处|场|期|批次?|份|套|笔|人次)|人均|户均|亩均|次均"
    r"|每个?[^,，。的]{1,4}(?:项目区|标段|水库|机构)"
)


_RANGE = re.compile(r"20\d\d\s*年?\s*[—–~～至到-]+\s*20\d\d\s*年|[两三四五]年(?:共|累计|合计)")
_YEARS_ASKED = re.compile(r"[两三四五六]年|累计|历年|期间|以来|总共|years", re.I)


def ranged(asked: Asked) -> Iterator[Doubt]:
    """One year is asked for, and the sentence of what is given sums up several (2021—2023年共…)."""
    plan = asked.plan
    several = _RANGE.search(plan.question) or _YEARS_ASKED.search(plan.question)
    if len(plan.years) != 1 or plan.basis_years or several:
        return
    for value in asked.figures:
        for number, source in used(value):
            before = source.quote.partition(printed(number, source.quote))[0]
            told = _RANGE.sub(" ", source.quote)
            summed = source.table is None and bool(_RANGE.search(before))
            if summed and plan.years[0] not in told:
                yield Doubt("year", plan.years[0])
                return


def crossed(asked: Asked) -> Iterator[Doubt]:
    """One cell less another of another row and another column, of which the question names not all."""
    if asked.ground.crossed and "−" in _formulas(asked):
        yield Doubt("crossed", asked.ground.crossed)


_MOVED = (Operation.CHANGE, Operation.GROWTH)
_WHOLE = re.compile(
    r"^(?:本年|全年)?(?:收入|支出)?(?:合计|总计|小计|总额)$|^总(?:收入|支出|计|额)$"
)
_MARKED = re.compile(r"^[一二三四五六七八九十\d（）()、.．\s]+|其中[:：]?")


def unlike_rows(asked: Asked) -> Iterator[Doubt]:
    """A change from the row of one thing to the row of the total, or of another thing."""
    if asked.plan.operation not in _MOVED or len(asked.figures) != 1:
        return
    sources = asked.figures[0].sources
    rows = [_MARKED.sub("", (s.row or "").rpartition(" / ")[2]) for s in sources]
    if len(rows) != 2 or not all(rows):
        return
    whole = [bool(_WHOLE.match(squeeze(row))) for row in rows]
    if whole[0] == whole[1] or any(row in asked.plan.question for row in rows):
        return
    total, part = whole.index(True), rows[whole.index(False)]
    if not grams(part) & grams(sources[total].column or ""):  # the row of a total of just that
        yield Doubt("unlike_rows", f"{rows[0]}、{rows[1]}")


_PART = re.compile(r"(?P<part>基本支出|项目支出|人员经费|公用经费)(?:合计|小计)?")
_ALL_OF_IT = re.compile(r"合计|总|全部|所有|整体")
_OF_A_WHOLE = (Operation.SHARE, Operation.RATIO)


def of_another_whole(asked: Asked) -> Iterator[Doubt]:
    """A share of what is no whole of it: of a part that the question does not name, or of all rows.

    项目支出占支出 is no share of 基本支出; what one indicator got is no share of the full marks of all.
    """
    if asked.plan.operation not in _OF_A_WHOLE or "÷" not in _formulas(asked):
        return
    for value in asked.figures[:1]:
        question, places = asked.plan.question, value.sources[:2]
        rows = [squeeze((s.row or "").rpartition(" / ")[2]) for s in places]
        names = (*rows, *asked.ground.labels[:1], *asked.ground.over[:1])
        part = next((m for name in names if (m := _PART.fullmatch(name))), None)
        if part is not None and part["part"] not in question:
            yield Doubt("part", part["part"])
            return
        apart = len(places) > 1 and places[0].table != places[1].table
        columns = [squeeze(c) for s in places[1:] for c in (s.column or "").split(" / ") if c]
        named = any(column in squeeze(question) for column in columns)
        if apart and _WHOLE.match(rows[1]) and not named and not _ALL_OF_IT.search(question):
            yield Doubt("unlike_rows", rows[1])


_PARTED = re.compile(r"[,，;；。?？]")
_APART = re.compile(
    r"差|比|较|剩|余|没|未|节|省|超|缺|多|少(?!数)|高|低|增|降|变|减少|距|还|欠|扣除|除去|减去|区别"
)


def unasked(asked: Asked) -> Iterator[Doubt]:
    """The clause that asks says nothing of a difference (…没花完，其中审减了多少), and one is given."""
    if asked.plan.operation is not Operation.DIFFERENCE or "−" not in _formulas(asked):
        return
    clauses = _PARTED.split(cues.unquoted(asked.plan.question))
    asking = [clause for clause in clauses if _COUNT_ASKED.search(clause)]
    if asking and not any(_APART.search(clause.replace("多少", "")) for clause in asking):
        yield Doubt("operation", asking[-1].strip())


def _figure_asked(asked: Asked) -> bool:
    given = asked.plan.operation in _FIGURES and bool(asked.figures)
    return given and not asked.contradicted


def _formulas(asked: Asked) -> str:
    return "".join(value.formula for value in asked.figures)


def _names(asked: Asked) -> str:
    """What the values are called where they stand; of a sentence nothing but the name itself."""
    said: list[str] = []
    for value in asked.figures:
        said.append(value.metric)
        said += [f"{source.row or ''}{source.column or ''}" for source in value.sources]
    return "".join(said)


_LEVEL = re.compile(r"(?:中央|省|市|州|县|区|镇|乡)(?=级|财政|配套|自筹|本级)")


def of_two_levels(asked: Asked) -> Iterator[Doubt]:
    """What the city issued less what came in of the district: no difference."""
    if "−" not in _formulas(asked):
        return
    one, other = (
        set(_LEVEL.findall("".join(labels[:_NAMES])))
        for labels in (asked.ground.labels, asked.ground.over)
    )
    if len(one) == 1 and len(other) == 1 and one != other:
        yield Doubt("another_row", f"{one.pop()}级")


_NAMES = 2  # labels of a figure that are its own name and subject


DOUBTS: tuple[Doubts, ...] = (
    of_two_levels,
    lacking,
    turned,
    per,
    ranged,
    crossed,
    unasked,
    unlike_rows,
    of_another_whole,
    by_how_much,
    several_years,
    moved,
    summed_years,
    of_one_year,
    of_initial_budget,
    share_of_sum,
    rate_of_result,
)
