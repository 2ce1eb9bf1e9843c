"""What to compare: units, projects, metrics and years, from options or from a question's words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.model import Role
from ingest.quantity import Dimension
from qa.model import PartRef
from qa.naming.catalogue import Catalogue
from qa.naming.names import resolve_names
from qa.plan import Operation, Plan, Target
from qa.planning.periods import find_periods
from qa.planning.planner import make_plan
from qa.planning.targets import with_targets
from qa.words.matching import plain_name, squeeze

_SURE = 0.6  # a name from here on is meant
_COMPARING = re.compile(
    r"(?:请|麻烦|帮我?|帮忙|给我|我想|想要?)+(?=看|比|对|列|做|画|分析|知道|了解|$)|一下|看看|分析|列(?:出|表)|画(?:出|个|一?张)?(?:图|折线图|柱状图)?|"
    r"作(?:一)?个|做(?:一)?个|"
    r"相比较?|对比|比较|比一比|(?:进行|作|做)?横向|纵向|"
    r"(?:有)?(?:什么|哪些|何)(?:样的)?(?:变化|不同|区别|差异|差别)|"
    r"(?:增减)?(?:变化|变动|增长|增减|发展)(?:趋势|情况|幅度|过程)?(?=[\s的,，。?？]|$|如何|怎)|趋势|走势|差异|差别|差距|"
    r"(?:是)?如何|(?:是)?怎么?样|(?:各|分别|都)?(?:是|为|有)?多少(?:钱|万元|元)?|各自|分别|"
    r"逐年|历年来?|历次|各年(?:度)?|每年|这?些年来?|几年来?|之间|年度间|不同年[度份]"
)
_EDGES = re.compile(
    r"^[\s的和与及跟同比较在从到至对将把、,，;；。?？!！:：]+|[\s的和与及跟同比较在、,，;；。?？!！:：]+$|"
    r"(?:的)?(?:情况|数据|数字|金额)$"
)
_LISTED = re.compile(r"[、,，;；]|以及")
_AND = re.compile(r"和|与|及|跟")
_YEARS = re.compile(r"(?P<a>20\d\d)\s*[-—–~至到:]\s*(?P<b>20\d\d)|(?P<y>20\d\d)")
_YEARS_IN_WORDS = re.compile(r"(?:19|20)\d\d\s*(?:年度?)?")
_OVERALL = re.compile(r"(?:绩效|评价|自评|综合|总体|整体|最终|总)*(?:得分|评分|总分|分数)$")
_MOST_YEARS = 30
# Where no metric is named: what readers of such reports compare first.
UNIT_METRICS = ("本年收入合计", "本年支出合计", "基本支出", "项目支出", "三公经费", "机关运行经费")
PROJECT_METRICS = ("全年预算数", "全年执行数", "预算执行率", "评价得分")
# Other names of those, tried where a report has none of the first.
_ALSO = {
    "全年预算数": ("年度预算", "预算金额", "年度资金总额 全年预算数"),
    "全年执行数": ("实际支出", "年度资金总额 全年执行数"),
    "预算执行率": ("预算完成率", "资金支出率"),
}
# A name that ends so is an amount of money.
_MONEY = re.compile(
    r"(?:支出|收入|经费|金额|资金|费|费用|预算数?|决算数?|执行数|结余|总额|补贴|补助|奖金|合计|总计)$"
)
_BODY = re.compile(r"^[\u4e00-\u9fff]{2,14}(?:局|委|办|厅|院|中心|委员会|办公室|街道|镇)$")
_WHOLE_UNIT = {"支出": "本年支出合计", "收入": "本年收入合计"}


@dataclass(frozen=True, slots=True)
class Request:
    """A comparison as it is asked for. What is left out is taken from `question`, then from the
    reports: all years, and the metrics that such reports have in common."""

    question: str = ""
    units: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    years: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The request in words."""
        named = (*self.units, *self.projects, *self.metrics, *(f"{y}年" for y in self.years))
        return "，".join(filter(None, (self.question, " ".join(named))))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its names found.

    `texts` are the words of the metrics, as one phrase where they come from a question; `usual`
    says that no metric was named. `unknown` are names that the library does not have.
    """

    plan: Plan
    units: tuple[str, ...]
    projects: tuple[str, ...]
    years: tuple[str, ...]
    texts: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def usual(self) -> bool:
        return not self.texts


def read_years(text: str) -> tuple[str, ...]:
    """``2022-2024``, ``2021,2023``: the years, in order; ranges filled in."""
    years: set[str] = set()
    for match in _YEARS.finditer(text):
        if match["y"]:
            years.add(match["y"])
            continue
        low, high = int(match["a"]), int(match["b"])
        if low <= high <= low + _MOST_YEARS:
            years.update(str(year) for year in range(low, high + 1))
    return tuple(sorted(years))


def understood(
    request: Request,
    parts: Sequence[PartRef],
    catalogue: Catalogue,
    vocabulary: Collection[str] = (),
) -> Asked:
    """The request's names, years and metrics."""
    plan = make_plan(request.question, parts, vocabulary=vocabulary)
    units, lost = _named(request.units, catalogue, projects=False)
    projects, gone = _named(request.projects, catalogue, projects=True)
    if not request.units and not request.projects:
        units = plan.entities
        projects = tuple(name for name, _ in plan.projects)
        lost = plan.unknown
    years = tuple(y for text in request.years for y in read_years(text)) or _years(plan, catalogue)
    strange, words = _bodies_left(metric_words(plan))
    texts = request.metrics or tuple(filter(None, [words]))
    unknown = tuple(dict.fromkeys((*lost, *gone, *strange)))
    return Asked(plan, units, projects, tuple(sorted(set(years))), texts, unknown)


def asked_in(plan: Plan, catalogue: Catalogue) -> Asked:
    """What a question compares whose plan is made already; a follow-up keeps its metric."""
    strange, words = _bodies_left(metric_words(plan))
    texts = tuple(filter(None, [words or plan.memory]))
    projects = tuple(name for name, _ in plan.projects)
    unknown = tuple(dict.fromkeys((*plan.unknown, *strange)))
    return Asked(plan, plan.entities, projects, _years(plan, catalogue), texts, unknown)


def _bodies_left(words: str) -> tuple[list[str], str]:
    """Names of bodies among the words of a metric (卫健局 机关运行经费): the library lacks them."""
    pieces = words.split(" ")
    strange = [piece for piece in pieces if _BODY.match(piece)]
    return strange, _EDGES.sub("", " ".join(p for p in pieces if p not in strange)).strip()


def _years(plan: Plan, catalogue: Catalogue) -> tuple[str, ...]:
    """The years asked, those compared with among them."""
    if plan.basis_years and not plan.years:
        known = sorted({year for years in catalogue.years.values() for year in years})
        return find_periods(plan.question, known=known).years or plan.basis_years
    return tuple(sorted({*plan.years, *plan.basis_years}))


def _named(
    typed: Sequence[str], catalogue: Catalogue, *, projects: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The catalogue's names for those that were typed, and those that it does not have."""
    known = catalogue.parts_of_project if projects else catalogue.parts_of
    found: dict[str, None] = {}
    lost: list[str] = []
    for text in typed:
        names = [text] if text in known else _meant(text, catalogue, projects=projects)
        found.update(dict.fromkeys(names))
        if not names:
            lost.append(text)
    return tuple(found), tuple(lost)


def _meant(text: str, catalogue: Catalogue, *, projects: bool) -> list[str]:
    if not projects:
        hits = resolve_names(text, catalogue).entities
        return [hit.name for hit in hits if hit.score >= _SURE]
    wanted = squeeze(text)
    near = catalogue.projects.candidates(text)
    inside = [each.name for each in near if len(wanted) >= 3 and wanted in squeeze(each.name)]
    if inside:
        return inside
    return [hit.name for hit in resolve_names(f"“{text}”项目", catalogue).projects]


def metric_words(plan: Plan) -> str:
    """What a question's words leave when names, years and words of comparing are taken out."""
    text = plan.text
    if plan.lenient:
        text = " ".join(target.key for target in plan.targets)
    text = re.sub(r"[“”\"'‘’]", " ", text) if not plan.targets else text
    text = _COMPARING.sub(" ", _YEARS_IN_WORDS.sub(" ", text))
    before = ""
    while before != text:
        before, text = text, _EDGES.sub("", text)
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(squeeze(text)) >= 2 else ""


def targets_of(asked: Asked, labels: Collection[str], *, project: bool) -> tuple[Target, ...]:
    """The figures to compare; the usual ones where none is named.

    Args:
        asked: the request.
        labels: the names that the reports give their figures: one of them is not cut at its 和.
        project: whether projects are compared.
    """
    texts = asked.texts or (PROJECT_METRICS if project else UNIT_METRICS)
    pieces = [piece for text in texts for piece in _pieces(text, labels)]
    found = [_target(asked.plan, piece, project=project) for piece in dict.fromkeys(pieces)]
    return tuple(target for target in found if target.key)


def _pieces(text: str, labels: Collection[str]) -> list[str]:
    """``基本支出和项目支出、年末结转和结余`` gives three names."""
    pieces: list[str] = []
    for listed in _LISTED.split(text):
        halves = [half.strip() for half in _AND.split(listed)]
        name = plain_name(listed)
        whole = any(len(half) < 2 for half in halves) or any(name in each for each in labels)
        pieces += [listed.strip()] if whole or len(halves) < 2 else halves
    return [piece for piece in (_EDGES.sub("", p).strip() for p in pieces) if len(piece) >= 2]


def alternatives(target: Target) -> tuple[Target, ...]:
    """The target under the other names that reports have for it."""
    names = _ALSO.get(squeeze(target.label), ())
    return tuple(replace(target, key=name) for name in names)


def _target(plan: Plan, words: str, *, project: bool) -> Target:
    bare = replace(plan, text=words, targets=(), memory="", operation=Operation.LOOKUP, projects=())
    if _OVERALL.match(squeeze(words)):
        return Target("总分", Role.SCORE, label=words)
    found = with_targets(bare, "").targets
    target = found[0] if found else Target(words)
    key = target.key or words
    if not project:
        key = _WHOLE_UNIT.get(squeeze(key), key)
    dimension = target.dimension
    if dimension is None and target.role in (None, Role.BUDGET, Role.VALUE):
        dimension = Dimension.MONEY if _MONEY.search(squeeze(words)) else None
    return replace(target, key=key, label=words, dimension=dimension, aside="", where="")
