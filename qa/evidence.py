"""Figures that a target may mean: found in scope, scored, grouped by equal value."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from ingest import interval
from ingest.figures import heading_name
from ingest.model import Document, Figure, Part, Role
from ingest.quantity import Dimension
from qa.carried import column_measure, ending_measure
from qa.cues import OWN_BUDGET
from qa.matching import FigureIndex, Match, asked_grams, match_figures, squeeze
from qa.model import PartKey, PartRef
from qa.part_index import index_of
from qa.plan import Plan, Target

# Roles that may stand in for the one asked, with what that costs.
_ALTERNATIVES: dict[Role, dict[Role, float]] = {
    Role.VALUE: {Role.ACTUAL: 0.0},
    Role.ACTUAL: {Role.VALUE: 0.1, Role.COMPLETION: 0.15},
    Role.BUDGET: {Role.VALUE: 0.2, Role.TARGET: 0.2},
    Role.TARGET: {Role.VALUE: 0.25, Role.BUDGET: 0.25},
    Role.COMPLETION: {Role.VALUE: 0.2, Role.ACTUAL: 0.2},
    Role.SCORE: {Role.VALUE: 0.25},
    Role.FULL_MARK: {Role.VALUE: 0.25},
    Role.SCORE_RATE: {},
    Role.CHANGE: {},
    Role.GROWTH: {},
    Role.SHARE: {},
    Role.ADJUSTMENT: {Role.VALUE: 0.3},
    Role.ADJUSTMENT_RATE: {},
    Role.DEDUCTION: {},
}
# A plain value stands in for these only where its own name says so.
_NAMED_VALUE: dict[Role, re.Pattern[str]] = {
    Role.TARGET: re.compile(r"目标(?!任务?完成|完成|实现)|计划|指标值|预期|设定"),
    Role.BUDGET: re.compile(rf"{OWN_BUDGET}|安排(?!的)|下达|批复|投资|需求|申请"),
    Role.FULL_MARK: re.compile(r"分值|满分|权重"),
    Role.SCORE: re.compile(r"得分|评分|总分"),
    Role.ADJUSTMENT: re.compile(r"调整|调增|调减|追加"),
}
# What it costs a figure to be of this role when the question names none.
_UNASKED: dict[Role, float] = {
    Role.CHANGE: 0.5,
    Role.GROWTH: 0.5,
    Role.ADJUSTMENT: 0.4,
    Role.ADJUSTMENT_RATE: 0.4,
    Role.SHARE: 0.3,
    Role.COMPLETION: 0.2,
    Role.SCORE_RATE: 0.35,
    Role.SCORE: 0.3,
    Role.FULL_MARK: 0.35,
    Role.DEDUCTION: 0.2,
    Role.TARGET: 0.12,
    Role.BUDGET: 0.12,
}
NARROW = (
    "一般公共预算",
    "政府性基金",
    "国有资本经营",
    "财政拨款",
    "基本支出",
    "项目支出",
    "人员经费",
    "公用经费",
    "上年",
)
FUNDS = ("一般公共预算", "政府性基金", "国有资本经营")
# Columns that say how marks are given; their numbers are thresholds.
RUBRIC_COLUMN = re.compile(
    r"评分标准|评分依据|评分细则|评价标准|计分|计算公式|指标说明|评分方法|扣分原因|偏差原因|扣分说明"
)
# Of these, columns that say what was planned and done.
_REASONS = re.compile(r"扣分原因|偏差原因|扣分说明")
_ABOUT_RUBRIC = re.compile(
    r"标准|规定|公式|细则|怎么扣|如何扣|应扣|要扣|扣几分|应设|才能得|可以得|低于多少"
)
# A name that ends so is an amount of money.
_MONEY_NAME = re.compile(
    r"(?:预算数?|决算数?|执行数|支出|收入|经费|金额|资金|费|费用|结余|总额|工资|补贴|补助|奖金|公积金|合计)$"
)
# … and no count, where nothing beside the count itself says that it is one.
_AMOUNT = re.compile(
    r"(?:预算数|决算数|执行数|支出|收入|经费|金额|资金|结余|总额|补贴|补助|奖金|公积金|需求)$"
)
_PLAIN = (None, Role.VALUE, Role.ACTUAL, Role.BUDGET)
_NO_MONEY = frozenset({Dimension.COUNT, Dimension.NUMBER, Dimension.SCORE, Dimension.DURATION})
_NOUN_CLASSES = (
    frozenset({"人", "名", "位", "人次", "个人"}),
    frozenset({"次", "场", "期", "回", "场次", "架次", "批次"}),
    frozenset({"辆", "台", "部"}),
    frozenset("座个项件条宗家户份类种所处套路本篇笔台"),
    frozenset({"天", "日", "个工作日", "工作日"}),
)
_HELD = 64  # documents that one question keeps at hand


class Catalogue(Protocol):
    """What evidence needs of a library."""

    def document(self, report: int) -> Document: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that may be meant, with its document, and how well it fits."""

    report: int
    document: Document
    figure: Figure
    match: Match
    score: float

    @classmethod
    def sure(cls, report: int, document: Document, figure: Figure) -> Candidate:
        """A figure that was found by its place, not by how well its words fit."""
        return cls(report, document, figure, Match(figure.no, 1, 1, 0, 1, 1), 0.0)

    @property
    def part(self) -> Part:
        return self.document.part_of(self.figure.block)

    @property
    def period(self) -> str:
        return self.figure.period or self.part.year


@dataclass(frozen=True, slots=True)
class Cluster:
    """Candidates that say the same thing: equal value, role class, period and unit."""

    best: Candidate
    members: tuple[Candidate, ...]

    @property
    def score(self) -> float:
        return self.best.score + 0.02 * min(len(self.members) - 1, 3)


class Evidence:
    """Figures of the reports in scope of a plan, scored against its targets."""

    def __init__(self, catalogue: Catalogue, parts: Sequence[PartRef]) -> None:
        self._catalogue = catalogue
        self.names = index_of(parts)
        self.parts = self.names.parts
        self._documents: dict[int, Document] = {}

    @property
    def library(self) -> Catalogue:
        """Where the documents come from."""
        return self._catalogue

    def ref(self, key: PartKey) -> PartRef:
        return self.names.refs[key]

    def document(self, report: int) -> Document:
        """The report, read whole; one question asks for it once."""
        found = self._documents.get(report)
        if found is None:
            if len(self._documents) >= _HELD:
                self._documents.clear()
            found = self._documents[report] = self._catalogue.document(report)
        return found

    def index(self, report: int) -> FigureIndex:
        """The report's figure index, built once per document."""
        return FigureIndexCache.get(self.document(report))

    def scoped(self, keys: Collection[PartKey]) -> Iterator[tuple[int, set[int]]]:
        """Reports with the numbers of their parts in scope."""
        reports: dict[int, set[int]] = {}
        for report, part in keys or self.names.keys:
            reports.setdefault(report, set()).add(part)
        yield from reports.items()

    def candidates(
        self,
        target: Target,
        plan: Plan,
        *,
        years: Collection[str] = (),
        keys: Collection[PartKey] | None = None,
        keep: Callable[[Figure], bool] | None = None,
    ) -> list[Candidate]:
        """Figures for a target, best first; at most 200."""
        found: list[Candidate] = []
        excluded = excluded_names(plan.text)
        against = other_stage(target.key)
        scored = target.role is Role.SCORE and bool(_EVALUATED.search(target.label))
        spent = target.role is not Role.BUDGET and ending_measure(target.key) == "支出"
        for report, parts in self.scoped(plan.parts if keys is None else keys):
            index = self.index(report)
            document = index.document
            allowed = {
                figure.no
                for figure in document.figures
                if figure.part in parts
                and _period_fits(figure, document, years)
                and _fits(figure, target)
                and (keep is None or keep(figure))
                and not (spent and figure.role is Role.BUDGET)
                and not (against and stage_of(figure) == against)
                and not (scored and _by_others(document, figure, target.label))
                and not (excluded and _named_so(figure, excluded))
            }
            for match in match_figures(
                index, target.key, f"{plan.context} {target.beside}", allowed, lenient=plan.lenient
            )[:80]:
                figure = document.figures[match.figure]
                score = match.score + adjustment(document, figure, target, plan)
                found.append(Candidate(report, document, figure, match, score))
        return sorted(found, key=lambda c: (-c.score, c.report, c.figure.no))[:200]


_EXCLUDED = re.compile(
    r"(?:不算|不含|不包括|不包含|不计|剔除|除去|扣除)(?P<name>[一-鿿、和与及]{2,16}?)(?:的?话|[是为有]|在内|之?外|[,，?？]|$)"
)


def excluded_names(text: str) -> tuple[str, ...]:
    """What a question wants left out: a figure of that very name is not the answer."""
    names = (
        squeeze(name)
        for match in _EXCLUDED.finditer(text)
        for name in re.split(r"、|和|与|及", match["name"])
    )
    return tuple(name for name in names if len(name) >= 2)


def _named_so(figure: Figure, names: Collection[str]) -> bool:
    own = squeeze(f"{figure.metric}{''.join(figure.row_path)}")
    return any(name in own for name in names) and not _EXCLUDED.search(own)


def _period_fits(figure: Figure, document: Document, years: Collection[str]) -> bool:
    if not years:
        return True
    period = figure.period or document.part_of(figure.block).year
    if period and period not in years:
        return False
    labels = (*figure.row_path[-1:], *figure.column_path)
    return not any(_OVER_YEARS.match(squeeze(label)) for label in labels)


_OVER_YEARS = re.compile(r"[两二三四五六七八九十]年(?:合计|累计|总计|平均|小计)")


def _fits(figure: Figure, target: Target) -> bool:
    """Dimension, counted noun and role allow the figure to be meant."""
    unit = figure.quantity.unit
    if target.dimension is not None and unit.dimension is not target.dimension:
        points = {Dimension.PERCENT, Dimension.POINT}
        if not (target.dimension in points and unit.dimension in points):
            return False
    if target.noun and not same_noun(unit.noun, target.noun):
        return False
    amount = target.dimension is None and bool(_AMOUNT.search(squeeze(target.key)))
    if amount and not _may_be_money(figure):
        return False
    if amount and target.role in _PLAIN and unit.dimension is Dimension.PERCENT:
        return False
    if target.role is None or figure.role is target.role:
        return True
    quantity = figure.quantity
    bounded = quantity.low is None or quantity.high is None
    if target.role is Role.TARGET and figure.role is Role.VALUE and bounded:
        return True
    if figure.role is Role.VALUE and target.role in _NAMED_VALUE:
        return bool(
            _NAMED_VALUE[target.role].search(f"{figure.metric} {' '.join(figure.column_path)}")
        )
    return figure.role in _ALTERNATIVES[target.role]


def _may_be_money(figure: Figure) -> bool:
    """False for a count or bare number whose own label names no amount of money."""
    if figure.quantity.unit.dimension not in _NO_MONEY:
        return True
    return bool(_MONEY_NAME.search(squeeze(figure.column_path[-1] if figure.column_path else "")))


def same_noun(left: str, right: str) -> bool:
    """True when two counted nouns may count the same things (个 and 项, not 人 and 次)."""
    if left == right or not left or not right:
        return True
    return any(left in group and right in group for group in _NOUN_CLASSES)


def adjustment(document: Document, figure: Figure, target: Target, plan: Plan) -> float:
    """What role, noun, scope and part add to or take from a figure's score."""
    worth = 0.0
    if target.role is not None:
        exact = figure.role is target.role
        worth += 0.3 if exact else -_ALTERNATIVES[target.role].get(figure.role, 0.5)
    else:
        worth -= _UNASKED.get(figure.role, 0.0)
    if target.noun and figure.quantity.unit.noun == target.noun:
        worth += 0.2
    if target.basis and target.role in (Role.CHANGE, Role.GROWTH):
        worth += 0.25 if _same_basis(target.basis, figure.basis) else -0.4
    question = squeeze(f"{target.said or plan.question} {target.key}")
    if _MONEY_NAME.search(squeeze(target.key)) and target.dimension is None:
        worth -= {Dimension.MONEY: 0.0, Dimension.NUMBER: 0.2, Dimension.COUNT: 0.8}.get(
            figure.quantity.unit.dimension, 0.4
        )
    worth -= 0.07 * narrower(figure, question)
    worth -= 0.3 * any(fund in question and not of_fund(figure, fund) for fund in FUNDS)
    rubric = any(RUBRIC_COLUMN.search(label) for label in figure.column_path)
    if rubric and not _ABOUT_RUBRIC.search(question):
        said = figure.role in (Role.TARGET, Role.ACTUAL) and figure.role is target.role
        reasons = said and any(_REASONS.search(label) for label in figure.column_path)
        worth -= 0.1 if reasons else 1.0
    part = document.part_of(figure.block)
    if part.project.value and not plan.projects and len(document.parts) > 1:
        worth -= 0.08
    worth -= 0.2 * other_side(document, figure, target.key)
    worth -= 0.3 * _flows(figure, question)
    if target.role is not Role.TARGET and figure.role is Role.VALUE:
        worth -= 0.15 * _among_aims(document, figure, question)
    if target.where:
        worth -= 0.45 * (1 - _held(document, figure, target.where))
    return worth


_OTHER_STAGE = {"年初预算": "全年预算", "全年预算": "年初预算"}


def other_stage(key: str) -> str:
    """The stage of a budget that is no answer to a phrase: 全年预算 to one that ends in 年初预算."""
    return _OTHER_STAGE.get(ending_measure(key), "")


def stage_of(figure: Figure) -> str:
    """Which stage of a budget a figure says it is, by its column or its name."""
    column = column_measure(figure.column_path[-1]) if figure.column_path else ""
    return column or ending_measure(figure.metric)


_BY_OTHERS = r"(?:部门|重点|财政|第三方|上级)(?:绩效)?评价"
_EVALUATED = re.compile(rf"自评|{_BY_OTHERS}")


def _by_others(document: Document, figure: Figure, label: str) -> bool:
    """True for a score of another evaluation: 自评 is asked and the figure is of a 部门评价."""
    place = figure.locator
    title = document.tables[place.table].title if place.table is not None else ""
    above = document.section_path(figure.section)[-1:]
    own = f"{figure.metric}{figure.sentence}{title}{''.join((*figure.column_path, *above))}"
    own_self, own_other = "自评" in own, bool(re.search(_BY_OTHERS, own))
    if own_self == own_other:
        return False
    return own_other if "自评" in label else own_self


_FLOW = re.compile(r"购置|新购|新增|报废|处置|更新")


def _flows(figure: Figure, question: str) -> bool:
    """True for what came or went (更新购置用车1辆) where the question says nothing of the kind."""
    counted = figure.quantity.unit.dimension is Dimension.COUNT and not figure.column_path
    return counted and bool(_FLOW.search(figure.metric)) and not _FLOW.search(question)


def of_fund(figure: Figure, fund: str) -> bool:
    """Whether a figure is of a fund's money: by its table, or by its own words."""
    own = f"{figure.metric}{figure.sentence}{figure.subject}{''.join(figure.row_path)}"
    return any(fund in scope for scope in figure.scope) or fund in own


def narrower(figure: Figure, question: str) -> int:
    """How many restrictions (财政拨款, 基本支出) a figure is under that the question does not name."""
    asked = squeeze(question)
    return sum(word in figure.scope and word not in asked for word in NARROW)


_AIMS = re.compile(r"(?:目标|计划)(?:设定|设置|任务)?$")


def _among_aims(document: Document, figure: Figure, question: str) -> bool:
    """True for a number of a section that says what is to be reached, where that is not asked."""
    titles = document.section_path(figure.section)
    aims = bool(titles) and bool(_AIMS.search(heading_name(titles[-1])))
    return aims and "目标" not in question and "计划" not in question


def other_side(document: Document, figure: Figure, key: str) -> bool:
    """True for a figure of income when spending is asked for, and the reverse."""
    if figure.locator.table is None or figure.subject:
        own = squeeze(figure.metric)
        sides = (("收入", "支出"), ("支出", "收入"))
        return any(a in key and b not in key and own.endswith(b) for a, b in sides)
    columns = " ".join(figure.column_path)
    around = f"{document.tables[figure.locator.table].title} {columns}"
    for asked, other in (("支出", "收入"), ("收入", "支出")):
        if asked in key and other not in key:
            return any(other in text and asked not in text for text in (columns, around))
    return False


def _held(document: Document, figure: Figure, phrase: str) -> float:
    """Share of a phrase's grams that some field of the figure holds."""
    wanted = asked_grams(phrase)
    held = FigureIndexCache.get(document).features[figure.no].weights
    return sum(1 for gram in wanted if gram in held) / len(wanted) if wanted else 1.0


def _same_basis(asked: str, stated: str) -> bool:
    if not stated:
        return asked == "上年"
    last_year = bool(re.search(r"上年|去年|上一年|同期|20\d\d", stated))
    budget = "预算" in stated and not last_year
    return last_year if asked == "上年" else budget


def clusters(candidates: Sequence[Candidate]) -> list[Cluster]:
    """Candidates grouped by what they say, best group first."""
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        for group in groups:
            if says_same(group[0], candidate):
                group.append(candidate)
                break
        else:
            groups.append([candidate])
    made = [Cluster(group[0], tuple(group)) for group in groups]
    return sorted(made, key=lambda cluster: -cluster.score)


_VALUE_ROLES = frozenset({Role.VALUE, Role.ACTUAL, Role.BUDGET, Role.COMPLETION})


def says_same(left: Candidate, right: Candidate) -> bool:
    """True when two figures state one value of one kind for one period and unit."""
    a, b = left.figure, right.figure
    if not a.quantity.unit.compatible(b.quantity.unit) or left.period != right.period:
        return False
    if a.role is not b.role and not (a.role in _VALUE_ROLES and b.role in _VALUE_ROLES):
        return False
    if squeeze(left.part.entity.value) != squeeze(right.part.entity.value):
        return False
    return interval.of(a.quantity).overlaps(interval.of(b.quantity))


class FigureIndexCache:
    """The last few figure indexes by document identity."""

    _known: ClassVar[dict[int, FigureIndex]] = {}

    @classmethod
    def get(cls, document: Document) -> FigureIndex:
        known = cls._known.get(id(document))
        if known is None or known.document is not document:
            if len(cls._known) > 64:
                cls._known.clear()
            known = cls._known[id(document)] = FigureIndex(document)
        return known
