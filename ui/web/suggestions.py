"""Questions that the loaded reports answer: examples to begin with, and what to ask next.

A question is offered only where the engine has answered it, so that none leads nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest

from index.model import PartInfo
from ingest.model import ReportKind
from qa.compare.model import Comparison
from qa.model import Answer, Outcome

Ask = Callable[[str], Answer]
_TRIED = 24
_ACCOUNTS = (
    "{entity}{year}年“三公”经费支出是多少？",
    "{entity}{year}年收入总计是多少？",
    "{entity}{year}年项目支出占本年支出合计的比重是多少？",
)
_PROJECTS = (
    "{entity}{year}年“{project}”的评价得分是多少？",
    "“{project}”{year}年的预算执行率是多少？",
)
_UNITS = ("{entity}{year}年部门整体支出的预算完成率是多少？",)
_TEMPLATES = {
    ReportKind.FINAL_ACCOUNTS.value: _ACCOUNTS,
    ReportKind.PROJECT_EVALUATION.value: _PROJECTS,
    ReportKind.PROJECT_SELF_EVALUATION.value: _PROJECTS,
    ReportKind.UNIT_SELF_EVALUATION.value: _UNITS,
}
_OVER_YEARS = "{entity}{first}年到{last}年“三公”经费各是多少？"


def examples(parts: Sequence[PartInfo], ask: Ask, count: int = 5) -> list[str]:
    """Questions of different kinds about what is loaded, each of which `ask` answers."""
    found: list[str] = []
    for question in _first(_candidates(parts), _TRIED):
        if len(found) == count:
            break
        if ask(question).outcome.given:
            found.append(question)
    return found


def _first(questions: Iterable[str], count: int) -> list[str]:
    return list(dict.fromkeys(questions))[:count]


def _candidates(parts: Sequence[PartInfo]) -> Iterator[str]:
    """One of each kind of report in turn, so that the first few differ."""
    of_kinds = [list(_over_years(parts)), *(list(_of_kind(parts, kind)) for kind in _TEMPLATES)]
    for row in zip_longest(*of_kinds):
        yield from (question for question in row if question)


def _of_kind(parts: Sequence[PartInfo], kind: str) -> Iterator[str]:
    """Each unit's latest report of a kind with each template."""
    latest: dict[str, PartInfo] = {}
    for part in parts:
        if part.kind == kind and part.entity and part.year.isdigit():
            known = latest.get(part.entity)
            latest[part.entity] = part if known is None or part.year > known.year else known
    for template in _TEMPLATES[kind]:
        for part in latest.values():
            if part.project or "{project}" not in template:
                yield template.format(entity=part.entity, year=part.year, project=part.project)


def _over_years(parts: Sequence[PartInfo]) -> Iterator[str]:
    years: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        if part.kind == ReportKind.FINAL_ACCOUNTS.value and part.year:
            years[part.entity].add(part.year)
    for entity, known in years.items():
        if entity and len(known) > 1:
            yield _OVER_YEARS.format(entity=entity, first=min(known), last=max(known))


def follow_ups(
    answer: Answer, parts: Sequence[PartInfo], ask: Ask, count: int = 3
) -> tuple[str, ...]:
    """What a reader may want next, each answered by `ask` in the conversation as it stands."""
    if answer.outcome is not Outcome.ANSWERED or not answer.values:
        return ()
    value = answer.values[0]
    if not value.unit or not value.period.isdigit():
        return ()
    years = sorted(
        {part.year for part in parts if part.entity == value.entity and part.year.isdigit()}
    )
    others = [year for year in years if year != value.period]
    near = sorted(others, key=lambda year: (abs(int(year) - int(value.period)), year))[:2]
    found: list[str] = []
    for question in [f"{year}年呢？" for year in near] + ["比上年增长多少？"]:
        if len(found) == count:
            break
        reply = ask(question)
        if reply.outcome is Outcome.ANSWERED and reply.values and reply.text != answer.text:
            found.append(question)
    return tuple(found)


def comparisons(
    parts: Sequence[PartInfo], compare: Callable[[str], Comparison], count: int = 4
) -> list[str]:
    """Comparisons that the loaded reports allow, each of which `compare` fills two cells of."""
    found: list[str] = []
    for question in _first(_compared(parts), _TRIED // 2):
        if len(found) == count:
            break
        if any(sum(c.value is not None for c in r.cells) > 1 for r in compare(question).rows):
            found.append(question)
    return found


def _compared(parts: Sequence[PartInfo]) -> Iterator[str]:
    units: dict[str, set[str]] = defaultdict(set)
    projects: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        if part.year.isdigit() and part.entity:
            known, name = (projects, part.project) if part.project else (units, part.entity)
            known[name].add(part.year)
    several = sorted(
        ((name, y) for name, y in units.items() if len(y) > 1), key=lambda e: -len(e[1])
    )
    for metrics in ("“三公”经费", "基本支出和项目支出"):
        for name, years in several[:3]:
            yield f"比较{name}{min(years)}到{max(years)}年的{metrics}"
    names = [*units]
    for first, second in pairwise(names):
        years = units[first] & units[second]
        if years:
            yield f"比较{first}和{second}{max(years)}年的本年支出合计"
    for name, years in projects.items():
        if len(years) > 1:
            yield f"比较“{name}”项目{min(years)}到{max(years)}年的预算执行率"
