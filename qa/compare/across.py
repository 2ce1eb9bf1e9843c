"""Reports held against one another: last year's figures in this year's report, one project in two.

Pure: it works on the documents that it is given. Reports are looked up by body and year, figures
by name, so that the work grows with the library and no faster.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest import interval
from ingest.assertions.unchanged import surely_apart
from ingest.equations.claims import Claim, holds, same, show, signed_total, verdict
from ingest.model import Direction, Document, Figure, Verdict
from qa.compare.across_facts import BodyKey, Implied, Reported, Spent, reported

FAMILIES = ("last_year", "carry_over", "same_project")
_WORDS = {Direction.UP: ("增加", "减少"), Direction.DOWN: ("减少", "增加")}
_CARRIED = (
    ("年初结转和结余|money", "年末结转和结余|money"),
    ("年初结转结余|money", "年末结转结余|money"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of a report: the report's key and the figure's number."""

    report: int
    figure: int


@dataclass(frozen=True, slots=True)
class AcrossClaim:
    """A figure of one report against what figures of another give; judged as in `ingest.equations.claims`.

    `stated` is the figure that is checked (a change, or the value given for the year before),
    `operands` the figures that it follows from, those of the other report last. `value`, `low` and
    `high` are in the stated figure's unit. `aligned` says how the two reports were found to be of
    one body, "" where both bear one name. `message` says the finding in one Chinese sentence.
    """

    family: str
    metric: str
    verdict: Verdict
    stated: Place
    operands: tuple[Place, ...]
    formula: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    aligned: str
    message: str


def across(documents: Mapping[int, Document]) -> tuple[AcrossClaim, ...]:
    """What the reports say of one another, confirmed and contradicted.

    Args:
        documents: reports by any key; the claims name them by it.
    """
    facts = (reported(key, document) for key, document in documents.items())
    return tuple(compare(each for each in facts if each is not None))


def compare(reports: Iterable[Reported]) -> Iterator[AcrossClaim]:
    """The claims of reports whose facts were taken out before."""
    known = list(reports)
    bodies = _Bodies(known)
    years: dict[tuple[BodyKey, int], list[Reported]] = defaultdict(list)
    for each in known:
        years[bodies.root(each.body), each.year].append(each)
    for (root, year), later in years.items():
        for new in later:
            for old in years.get((root, year - 1), ()):
                if new.kind is old.kind and new.body[2] == old.body[2]:
                    yield from _last_year(new, old, bodies.aligned(new, old))
    yield from _projects(known, bodies)


@dataclass
class _Bodies:
    """Which names are of one body: by what the reports say of renaming."""

    reports: Sequence[Reported]
    parents: dict[BodyKey, BodyKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.reports:
            for old, new in each.renames:
                if each.body in (self._full(new, each.body), self._full(old, each.body)):
                    first, second = (
                        self.root(self._full(old, each.body)),
                        self.root(self._full(new, each.body)),
                    )
                    if first != second:
                        self.parents[first] = second

    @staticmethod
    def _full(key: BodyKey, like: BodyKey) -> BodyKey:
        """A name with the place that it leaves out, as the report's own body has it."""
        return (key[0] or like[0], key[1], like[2])

    def root(self, key: BodyKey) -> BodyKey:
        while key in self.parents:
            key = self.parents[key]
        return key

    @staticmethod
    def aligned(new: Reported, old: Reported) -> str:
        if new.entity == old.entity:
            return ""
        how = "名称相近" if new.body == old.body else "报告写明更名"
        return f"{old.entity} → {new.entity}（{how}）"


def _last_year(new: Reported, old: Reported, aligned: str) -> Iterator[AcrossClaim]:
    told: set[int] = set()
    for implied in new.implied:
        for key in sorted(implied.keys):
            claim = _implied_claim(implied, old.own.get(key, ()))
            if claim is not None and implied.moved.no not in told:
                told.add(implied.moved.no)
                yield _across(claim, key, new, old, aligned, 1)
    for key, figure in new.previous:
        claim = _best(figure, old.own.get(key, ()), f"{old.year}年度报告")
        if claim is not None and figure.no not in told:
            told.add(figure.no)
            yield _across(claim, key, new, old, aligned, 1)
    for key, figure in new.flat:
        claim = _best(figure, old.own.get(key, ()), f"{old.year}年度报告")
        if claim is None or figure.no in told:
            continue
        if holds(claim) or surely_apart(figure, claim.operands[0]):
            told.add(figure.no)
            yield _across(claim, key, new, old, aligned, 1, "，与上年持平")
    for first, last in _CARRIED:
        starts = [f for f in new.own.get(first, ()) if f.quantity.base]
        ends = [f for f in old.own.get(last, ()) if f.quantity.base]
        if starts and len({f.quantity.base for f in starts}) == 1:
            claim = _best(starts[0], ends, f"{old.year}年末", "carry_over")
            if claim is not None:
                yield _across(claim, first, new, old, aligned, 1)


def _implied_claim(implied: Implied, known: Sequence[Figure]) -> Claim | None:
    """The change that last year's own figure gives, where one value is known for it."""
    moved, value = implied.moved, implied.value
    unit = moved.quantity.unit
    fitting = [f for f in known if f.quantity.unit.compatible(unit)]
    if not value.quantity.unit.compatible(unit):
        return None
    claims: list[Claim] = []
    for figure in fitting:
        terms = [(1, value), (-1, figure)]
        if moved.direction is Direction.DOWN:
            terms = [(1, figure), (-1, value)]
        claims.append(signed_total("last_year", moved, terms))
    return _settled(claims, fitting)


def _best(
    stated: Figure, known: Sequence[Figure], where: str, family: str = "last_year"
) -> Claim | None:
    fitting = [f for f in known if f.quantity.unit.compatible(stated.quantity.unit)]
    return _settled([same(family, stated, figure, where) for figure in fitting], fitting)


def _settled(claims: Sequence[Claim], known: Sequence[Figure]) -> Claim | None:
    """The reading that holds; a failure only where the other report has one value by the name."""
    held = next((claim for claim in claims if holds(claim)), None)
    if held is not None or not claims:
        return held
    first = interval.of(known[0].quantity)
    single = all(interval.of(figure.quantity).overlaps(first) for figure in known)
    return claims[0] if single else None


def _across(
    claim: Claim, key: str, new: Reported, old: Reported, aligned: str, foreign: int, said: str = ""
) -> AcrossClaim:
    """The claim with its places; the last `foreign` operands are the other report's.

    `said` is what the report says of the stated figure besides its value.
    """
    own = len(claim.operands) - foreign
    metric = key.partition("|")[0]
    factor = claim.stated.quantity.unit.factor
    down = claim.stated.direction is Direction.DOWN and own > 0
    ordered = claim.operands[::-1] if down else claim.operands
    places = [
        Place(new.report if number < own else old.report, figure.no)
        for number, figure in enumerate(ordered)
    ]
    bounds = claim.bounds
    return AcrossClaim(
        family=claim.family,
        metric=metric,
        verdict=verdict(claim),
        stated=Place(new.report, claim.stated.no),
        operands=tuple(places),
        formula=claim.formula,
        value=None if claim.value is None else claim.value / factor,
        low=None if bounds is None or bounds.low is None else bounds.low / factor,
        high=None if bounds is None or bounds.high is None else bounds.high / factor,
        aligned=aligned,
        message=_message(claim, metric, new, old, ordered[-1], said),
    )


def _message(
    claim: Claim, metric: str, new: Reported, old: Reported, other: Figure, said: str
) -> str:
    agree = "一致" if holds(claim) else "不一致"
    unit = claim.stated.quantity.unit
    value = claim.value if claim.value is not None else claim.stated.quantity.base
    word, contrary = _WORDS.get(claim.stated.direction, ("", "-"))
    result = f"{word if value >= 0 else contrary}{abs(value) / unit.factor:f}{unit.symbol}"
    stated = f"{new.year}年度报告“{metric}”写{word}{show(claim.stated)}{said}"
    return f"{stated}，{old.year}年度报告为{show(other)}，据此应为{result}，{agree}。"


def _projects(known: Sequence[Reported], bodies: _Bodies) -> Iterator[AcrossClaim]:
    """One project and year in two reports: an evaluation and a self-evaluation, or two of them."""
    found: dict[tuple[BodyKey, str, int], list[tuple[Reported, Spent]]] = defaultdict(list)
    for each in known:
        for spent in each.spent:
            found[bodies.root(each.body), spent.project, spent.year].append((each, spent))
    for group in found.values():
        (first, one), *rest = group
        for other, two in rest:
            if other.report != first.report:
                yield from _one_project(first, one, other, two)


def _one_project(first: Reported, one: Spent, other: Reported, two: Spent) -> Iterator[AcrossClaim]:
    """Spending against spending where the budgets agree, budget against budget where it does."""
    pairs = ((one.budget, two.budget), (one.value, two.value))
    alike = [
        a.quantity.unit.compatible(b.quantity.unit)
        and interval.of(a.quantity).overlaps(interval.of(b.quantity))
        for a, b in pairs
    ]
    for (stated, against), agrees, sibling in zip(pairs, alike, reversed(alike), strict=True):
        if (agrees or sibling) and stated.quantity.unit.compatible(against.quantity.unit):
            claim = same("same_project", stated, against, other.name)
            yield _across(claim, f"{one.project}|money", first, other, "", 1)
