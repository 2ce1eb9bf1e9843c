"""Whether what is asked for as lacking, as not, or per thing is given as such."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa import cues
from qa.assurance_kinds import traces
from qa.assurance_model import Asked, Doubt, Doubts
from qa.plan import Operation
from qa.worked_words import negated, per_thing

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
    said = per_thing(cues.unquoted(asked.plan.question))
    if said is None or not _figure_asked(asked) or "÷" in _formulas(asked):
        return
    units = "".join(value.unit for value in asked.figures)
    if not re.search(r"均|每|单价|标准|[/／]", _names(asked) + units):
        yield Doubt("operation", said[0])


_RANGE = re.compile(r"20\d\d\s*年?\s*[—–~～至到-]+\s*20\d\d\s*年|[两三四五]年(?:共|累计|合计)")
_YEARS_ASKED = re.compile(r"[两三四五六]年|累计|历年|期间|以来|总共|years", re.I)


def ranged(asked: Asked) -> Iterator[Doubt]:
    """One year is asked for, and the sentence of what is given sums up several (2021—2023年共…)."""
    plan = asked.plan
    several = _RANGE.search(plan.question) or _YEARS_ASKED.search(plan.question)
    if len(plan.years) != 1 or plan.basis_years or several:
        return
    for value in asked.figures:
        for source in value.sources:
            told = _RANGE.sub(" ", source.quote)
            if source.table is None and told != source.quote and plan.years[0] not in told:
                yield Doubt("year", plan.years[0])
                return


def crossed(asked: Asked) -> Iterator[Doubt]:
    """One cell less another of another row and another column, of which the question names not all."""
    if asked.ground.crossed and "−" in _formulas(asked):
        yield Doubt("crossed", asked.ground.crossed)


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


DOUBTS: tuple[Doubts, ...] = (lacking, turned, per, ranged, crossed, unasked)
