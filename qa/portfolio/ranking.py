"""One metric over all reports of a year: rows ranked, gaps with their reasons, totals, spread.

Pure: it works on what the reports gave (`qa.portfolio.gather` asks them). Scopes are never mixed:
the rows are of one 口径, and what is only given in another is a gap.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.interval import Interval
from ingest.quantity import Unit
from qa.compare.across_facts import body_key
from qa.model import Check, Value
from qa.plan import Order
from qa.portfolio.model import (
    BETTER,
    Asked,
    Covered,
    Fact,
    Gap,
    Lacking,
    Member,
    Metric,
    Over,
    Portfolio,
    Reason,
    Row,
    Scope,
)
from qa.portfolio.same_names import Same
from qa.portfolio.spread import bands_of, spread_of, totals_of
from qa.portfolio.title import title_of
from qa.present import Computed, plain, trimmed

_JUDGES = ("评价", "自评")
_SCORES = (Metric.SCORE, Metric.SCORE_RATE, Metric.GRADE)


@dataclass(frozen=True, slots=True)
class _Group:
    """The parts of reports that are about one unit or project in one year."""

    entity: str
    project: str
    year: str
    members: tuple[Member, ...]

    @property
    def reports(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(member.part.report_name for member in self.members))

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for member in self.members for fact in member.facts)


def portfolio(asked: Asked, members: Iterable[Member], covered: Covered, same: Same) -> Portfolio:
    """The portfolio of what the reports gave.

    Args:
        asked: the question.
        members: the parts of reports that it is about.
        covered: how many reports of the year there are, and how many are of other kinds.
        same: which parts are about one unit or project, whatever their reports call it.
    """
    groups, gaps = _grouped(asked, members, same)
    scope = _scope(asked, groups)
    kept: list[tuple[_Group, Fact]] = []
    for group in groups:
        chosen = _chosen(asked, group, scope)
        if isinstance(chosen, Gap):
            gaps.append(chosen)
        else:
            kept.append((group, chosen))
    ranked = _ranked(asked, kept)
    rows = _in_one_unit(asked, ranked)
    used = {name for row in rows for name in row.reports}
    return Portfolio(
        asked=asked,
        title=title_of(asked),
        scope=scope,
        rows=rows,
        shown=_shown(asked, rows),
        gaps=tuple(sorted(gaps, key=lambda gap: (gap.reason.value, gap.name))),
        totals=totals_of(asked, _meeting(asked, rows)),
        bands=bands_of(asked, rows),
        spread=spread_of(rows),
        covered=replace(covered, used=len(used)),
        warnings=(*_name_warnings(groups, same), *_warnings(asked, rows), *_unit_warning(ranked)),
    )


def _grouped(asked: Asked, members: Iterable[Member], same: Same) -> tuple[list[_Group], list[Gap]]:
    """Members by unit (or project) and year; those of which that is not known are gaps."""
    found: dict[tuple[object, ...], list[Member]] = defaultdict(list)
    gaps: list[Gap] = []
    for member in members:
        part = member.part
        if not part.entity and asked.over is Over.UNITS:
            words = "报告没有写明是哪个单位"
            gaps.append(Gap("", "", part.year, (part.report_name,), Reason.BODY_UNCLEAR, words))
            continue
        found[same.keys[part.key], part.year].append(member)
    groups = []
    for own in found.values():
        first = own[0].part
        project = first.project if asked.over is Over.PROJECTS else ""
        groups.append(_Group(_name_of(first.entity, first.title), project, first.year, tuple(own)))
    return groups, gaps


def _name_of(entity: str, title: str) -> str:
    """A unit's name; that of its own level alone says so."""
    own = body_key(entity, title)[2]
    return f"{entity}（本级）" if own and "本级" not in entity else entity


def _scope(asked: Asked, groups: Sequence[_Group]) -> Scope:
    """The scope that is asked for, else the one that most units give."""
    counts: Counter[Scope] = Counter()
    for group in groups:
        counts.update({_plain(asked, fact.scope) for fact in group.facts})
    fund = None if asked.metric in _SCORES and asked.scope in _JUDGES else asked.scope
    fitting = [scope for scope in counts if fund is None or _fits(scope, fund)]
    if not fitting:
        return Scope("" if fund in (None, "全口径") else fund or "")
    return max(fitting, key=lambda s: (counts[s], not s.fund, not s.basis, s.fund, s.basis))


def _plain(asked: Asked, scope: Scope) -> Scope:
    """Scores by 自评 and 评价 stand together, with a warning; all other scopes apart."""
    return Scope(scope.fund) if asked.metric in _SCORES else scope


def _fits(scope: Scope, wanted: str) -> bool:
    if wanted == "全口径":
        return not scope.fund
    return wanted in (scope.fund, scope.basis, scope.name) or (
        bool(scope.fund) and wanted in scope.fund
    )


def _chosen(asked: Asked, group: _Group, scope: Scope) -> Fact | Gap:
    """The fact of a group in the scope, or why there is none."""

    def gap(reason: Reason, words: str, values: Sequence[Value] = ()) -> Gap:
        return Gap(
            group.entity, group.project, group.year, group.reports, reason, words, tuple(values)
        )

    facts = [fact for fact in group.facts if _plain(asked, fact.scope) == scope]
    if asked.metric in _SCORES:
        facts = _judged(facts, asked.scope)
    if not facts:
        others = list(group.facts)
        if others:
            first = others[0]
            words = f"只写了{first.scope.name}的 {first.value.number}{first.value.unit}"
            return gap(Reason.SCOPE_DIFFERS, words, [fact.value for fact in others])
        lacking = _worst(group)
        return gap(lacking.reason, lacking.words, lacking.values)
    against = next((fact for fact in facts if fact.against), None)
    if against is not None:
        return gap(Reason.CONTRADICTED, against.against, [against.value])
    if len({_key(fact) for fact in _apart(facts)}) > 1:
        told = "；".join(
            f"{fact.value.sources[0].report}：{fact.value.number}{fact.value.unit}"
            for fact in facts
            if fact.value.sources
        )
        return gap(Reason.CONTRADICTED, f"几份报告所写不同：{told}", [f.value for f in facts])
    best = min(facts, key=lambda fact: BETTER[fact.value.check])
    sources = dict.fromkeys(s for fact in (best, *facts) for s in fact.value.sources)
    return replace(best, value=replace(best.value, sources=tuple(sources)))


def _judged(facts: list[Fact], wanted: str | None) -> list[Fact]:
    """Scores of one kind: the one that is asked for, else that of an evaluation before 自评."""
    for basis in (wanted,) if wanted in _JUDGES else _JUDGES:
        found = [fact for fact in facts if fact.scope.basis == basis]
        if found:
            return found
    return [] if wanted in _JUDGES else facts


def _apart(facts: Sequence[Fact]) -> list[Fact]:
    """One fact for each value that the others cannot be."""
    kept: list[Fact] = []
    for fact in facts:
        if not any(_may_be_one(fact, other) for other in kept):
            kept.append(fact)
    return kept


def _may_be_one(left: Fact, right: Fact) -> bool:
    if left.amount is None or right.amount is None:
        return left.value.number == right.value.number
    return _bounds(left).overlaps(_bounds(right))


def _bounds(fact: Fact) -> Interval:
    """A value's interval in the base unit of its dimension."""
    amount = fact.amount
    if amount is None or amount.bounds is None:
        return Interval(fact.base, fact.base)
    return amount.bounds.scaled(amount.unit.factor)


def _key(fact: Fact) -> object:
    return fact.value.number if fact.base is None else fact.base


_GRAVEST = (
    Reason.CONTRADICTED,
    Reason.AMBIGUOUS,
    Reason.UNIT_UNCLEAR,
    Reason.SCOPE_DIFFERS,
    Reason.BODY_UNCLEAR,
    Reason.NOT_STATED,
)


def _worst(group: _Group) -> Lacking:
    """Of the reasons of several reports the one that says most."""
    found = [member.lacking for member in group.members if member.lacking is not None]
    plain = Lacking(Reason.NOT_STATED, "报告没有写明")
    return min(found, key=lambda each: _GRAVEST.index(each.reason), default=plain)


def _ranked(asked: Asked, kept: Sequence[tuple[_Group, Fact]]) -> tuple[Row, ...]:
    """Rows in the order asked for; equal values share a rank."""
    reverse = asked.order is not Order.LEAST

    def value(fact: Fact) -> object:
        base = fact.base
        if base is None:
            return 0
        size = abs(base) if asked.size else base
        return -size if reverse else size

    ordered = sorted(kept, key=lambda each: (value(each[1]), each[0].entity, each[0].project))
    rows: list[Row] = []
    for place, (group, fact) in enumerate(ordered, 1):
        same = bool(rows) and value(rows[-1].fact) == value(fact)
        rank = rows[-1].rank if same else place
        rows.append(Row(rank, group.entity, group.project, group.year, fact, group.reports))
    return tuple(rows)


def _in_one_unit(asked: Asked, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Amounts in the unit asked for, or, where they are printed in several, in that of most."""
    units = Counter(row.fact.amount.unit for row in rows if row.fact.amount is not None)
    if not units or (asked.unit is None and len(units) == 1):
        return rows
    unit = asked.unit or units.most_common(1)[0][0]
    return tuple(replace(row, fact=_converted(row.fact, unit)) for row in rows)


def _converted(fact: Fact, unit: Unit) -> Fact:
    """A fact in another unit, with the conversion in its formula; its place shows it as printed."""
    amount = fact.amount
    if amount is None or amount.unit == unit or not amount.unit.compatible(unit):
        return fact
    ratio = amount.unit.factor / unit.factor
    number = trimmed(amount.value * ratio)
    step = f"× {trimmed(ratio)}" if ratio >= 1 else f"÷ {trimmed(1 / ratio)}"
    printed = f"{plain(amount.value)} {amount.unit.symbol}"
    whole = fact.value.check is Check.DERIVED
    formula = f"({fact.value.formula}) {step}" if whole else f"{printed} {step}"
    value = replace(fact.value, number=number, unit=unit.symbol, formula=formula, recomputed=number)
    bounds = None if amount.bounds is None else amount.bounds.scaled(ratio)
    moved = Computed(amount.value * ratio, bounds, unit, formula, amount.places)
    return replace(fact, value=value, amount=moved, stated=amount)


def _meeting(asked: Asked, rows: Sequence[Row]) -> list[Row]:
    """Rows that meet the condition and have the grade asked for: what totals are of as well."""
    condition = asked.condition
    return [
        row
        for row in rows
        if (condition is None or (row.fact.base is not None and condition.holds(row.fact.base)))
        and row.fact.value.number.startswith(asked.grade) is not asked.other
    ]


def _shown(asked: Asked, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows that meet the condition, down to the last rank asked for."""
    met = _meeting(asked, rows)
    if asked.top is None or len(met) <= asked.top:
        return tuple(met)
    last = met[asked.top - 1].rank
    other = met[-asked.top].rank if asked.both else len(rows) + 1
    return tuple(row for row in met if row.rank <= last or row.rank >= other)


def _name_warnings(groups: Iterable[_Group], same: Same) -> Iterable[str]:
    """Names that stand in one row only because they are spelled alike: a guess, and said to be."""
    for kind, name in (("单位", "entity"), ("项目", "project")):
        told: dict[tuple[str, ...], None] = {}
        for group in groups:
            if kind == "项目" and not group.project:
                continue
            names = tuple(dict.fromkeys(getattr(m.part, name) for m in group.members))
            if any(pair <= set(names) for pair in same.spelled):
                told[names] = None
        for names in told:
            yield f"“{'”“'.join(names)}”按名称推定为同一{kind}，列为一行。"


def _unit_warning(rows: Sequence[Row]) -> Iterable[str]:
    units = sorted({row.fact.value.unit for row in rows})
    if len(units) > 1:
        yield f"原文计量单位不一（{'、'.join(units)}），已换算后比较。"


def _warnings(asked: Asked, rows: Sequence[Row]) -> Iterable[str]:
    """What must be known before the rows are compared or added up."""
    own = {row.entity.removesuffix("（本级）") for row in rows if "本级" in row.entity}
    both = sorted(own & {row.entity for row in rows})
    if both:
        yield f"{'、'.join(both)}同时有本级和汇总两份报告，合计和平均只计汇总。"
    elif own and len(own) < len(rows):
        yield f"口径不一：{'、'.join(sorted(own))}为本级数，其余为部门数，比较时请注意。"
    bases = Counter(row.fact.scope.basis for row in rows)
    if asked.metric in _SCORES and len(bases) > 1:
        told = "、".join(f"{basis} {count} 个" for basis, count in sorted(bases.items()))
        yield f"得分来源不一：{told}，自评与评价不宜直接比较。"
    years = sorted({row.year for row in rows})
    if len(years) > 1:
        yield f"包含 {'、'.join(years)} 各年的报告，同一单位或项目每年各列一行。"
