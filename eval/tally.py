"""What a run comes to, counted while its answers pass by one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from eval.judging import Judged
from eval.paraphrase import original, original_id
from eval.report import Totals, percentile
from eval.runlog import Retrieved
from eval.score import Verdict
from eval.scorers.retrieval import Passage, ranking
from eval.scorers.risk import Judged as Sure
from eval.scorers.risk import Point, confidence_of, curve
from eval.scorers.stability import Asked, Stability, given, stability
from eval.stats import mean, wilson
from eval.suites.suite import Case

_N = TypeVar("_N", int, Decimal)


@dataclass(frozen=True, slots=True)
class Spent:
    """Sums over the answers that a model was used for; None where none tells."""

    tokens: int | None = None
    calls: int | None = None
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Means over the `cases` that name a source: recall and nDCG of `k` passages, and MRR."""

    cases: int
    k: int
    recall: Decimal
    reciprocal_rank: Decimal
    ndcg: Decimal


@dataclass(frozen=True, slots=True)
class Summary:
    """A run in numbers. Other wordings are counted apart from the questions themselves.

    Attributes:
        everything: all answers, wordings and repeats among them.
        questions: without the other wordings; `types` and `kinds` divide them.
        wordings: the other wordings by style.
        ids: of the cases with a verdict other than right, and of the wrong ones that were shown
            as checked or stated.
        latency: median and 95th percentile of the seconds to an answer; None where nothing ran.
        repeats: how alike the answers to one wording are, asked again.
        across: how alike the answers to a question and its other wordings are.
        retrieval: how early the searches brought the expected sources; None without a search.
        risk: how much is wrong among what is answered, the surest answers first.
    """

    everything: Totals
    questions: Totals
    types: Mapping[str, Totals]
    kinds: Mapping[int, Totals]
    wordings: Mapping[str, Totals]
    ids: Mapping[str, tuple[str, ...]]
    latency: tuple[float, float] | None
    spent: Spent
    repeats: Stability
    across: Stability
    retrieval: Retrieval | None
    risk: tuple[Point, ...]


@dataclass
class Tally:
    """Counts; `summary` may be asked for at any time."""

    everything: Totals = field(default_factory=Totals)
    questions: Totals = field(default_factory=Totals)
    types: dict[str, Totals] = field(default_factory=dict)
    kinds: dict[int, Totals] = field(default_factory=dict)
    wordings: dict[str, Totals] = field(default_factory=dict)
    ids: dict[str, dict[str, None]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    spent: Spent = field(default_factory=Spent)
    asked: dict[str, list[Asked]] = field(default_factory=dict)
    rankings: list[tuple[int, Decimal, Decimal, Decimal]] = field(default_factory=list)
    sureness: list[Sure] = field(default_factory=list)

    def add(self, judged: Judged) -> None:
        """Count one answer."""
        outcome, case = judged.outcome, judged.outcome.case
        self.everything = self.everything.plus(outcome)
        if original(case) != case.id:
            before = self.wordings.get(case.style, Totals())
            self.wordings[case.style] = before.plus(outcome)
        else:
            self.questions = self.questions.plus(outcome)
            self.types[case.type] = self.types.get(case.type, Totals()).plus(outcome)
            if case.kind is not None:
                self.kinds[case.kind] = self.kinds.get(case.kind, Totals()).plus(outcome)
        for name in _marks(judged):
            self.ids.setdefault(name, {})[case.id] = None
        if outcome.seconds is not None:
            self.seconds.append(outcome.seconds)
        entry = judged.entry
        self.spent = Spent(
            _sum(self.spent.tokens, entry.tokens),
            _sum(self.spent.calls, entry.calls),
            _sum(self.spent.cost, entry.cost),
        )
        alike = Asked(outcome.score.verdict, given(outcome.answer))
        self.asked.setdefault(case.id, []).append(alike)
        if outcome.answer is not None:
            self.sureness.append(Sure(outcome.score.verdict, confidence_of(outcome.answer)))
        if entry.retrieved is not None and entry.repeat == 1:
            self._rank(case, entry.retrieved)

    def _rank(self, case: Case, retrieved: Sequence[Retrieved]) -> None:
        found = ranking(case.source, [Passage(each.report, each.text) for each in retrieved])
        if found is not None:
            k = len(retrieved)
            measures = (found.recall(k), found.reciprocal_rank(), found.ndcg(k))
            self.rankings.append((k, *measures))

    def summary(self) -> Summary:
        """What was counted so far."""
        latency = None
        if self.seconds:
            latency = percentile(self.seconds, 0.5), percentile(self.seconds, 0.95)
        return Summary(
            self.everything,
            self.questions,
            dict(sorted(self.types.items())),
            dict(sorted(self.kinds.items())),
            dict(sorted(self.wordings.items())),
            {name: tuple(ids) for name, ids in self.ids.items()},
            latency,
            self.spent,
            stability(self.asked),
            self._across(),
            self._retrieval(),
            curve(self.sureness),
        )

    def _across(self) -> Stability:
        groups: dict[str, list[Asked]] = {}
        for case, asked in self.asked.items():
            groups.setdefault(original_id(case), []).append(asked[0])
        return stability(groups)

    def _retrieval(self) -> Retrieval | None:
        if not self.rankings:
            return None
        sizes, *measures = zip(*self.rankings, strict=True)
        recall, rank, ndcg = (mean(each) for each in measures)
        return Retrieval(len(self.rankings), max(sizes), recall, rank, ndcg)


def _marks(judged: Judged) -> Iterable[str]:
    score = judged.outcome.score
    if score.verdict is not Verdict.RIGHT:
        yield score.verdict.value
    if score.checked_wrong:
        yield "checked_wrong"
    if score.stated_wrong:
        yield "stated_wrong"


def _sum(before: _N | None, more: _N | None) -> _N | None:
    if more is None:
        return before
    return more if before is None else before + more


def tally(judged: Iterable[Judged]) -> Summary:
    """Count a whole run."""
    found = Tally()
    for each in judged:
        found.add(each)
    return found.summary()


def summary_json(found: Summary) -> dict[str, Any]:
    """A summary for programs; shares with Wilson's 95 % interval, of the answers scored."""
    return {
        "everything": totals_json(found.everything),
        "questions": totals_json(found.questions),
        "types": {name: totals_json(each) for name, each in found.types.items()},
        "kinds": {str(kind): totals_json(each) for kind, each in found.kinds.items()},
        "wordings": {style: totals_json(each) for style, each in found.wordings.items()},
        "ids": found.ids,
        "latency": dict(zip(("median", "p95"), found.latency, strict=True))
        if found.latency
        else None,
        "spent": {
            **asdict(found.spent),
            "cost": str(found.spent.cost) if found.spent.cost is not None else None,
        },
        "repeats": asdict(found.repeats),
        "across": asdict(found.across),
        "retrieval": _texts(found.retrieval) if found.retrieval else None,
        "risk": [_texts(point) for point in found.risk],
    }


def _texts(value: Retrieval | Point) -> dict[str, Any]:
    """Decimals travel as text."""
    return {
        name: str(each) if isinstance(each, Decimal) else each
        for name, each in asdict(value).items()
    }


def totals_json(totals: Totals) -> dict[str, Any]:
    """Counts, and the shares of right, wrong and abstained with their intervals."""
    counts: dict[str, Any] = asdict(totals)
    for name in ("right", "wrong", "abstained"):
        low, high = wilson(counts[name], totals.scored)
        counts[f"{name}_interval"] = [str(low), str(high)]
    return counts
