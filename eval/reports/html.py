"""A run as one HTML file: nothing is fetched, no script runs, and it prints.

Text of reports, suites and models is made inert and escaped by the template; the page's own policy
forbids scripts, frames, forms and requests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files

from jinja2 import Environment
from markupsafe import Markup

from eval.judging import Judged
from eval.report import Totals, expected_text
from eval.reports import charts
from eval.reports.collected import Collected
from eval.reports.gaps import Gap, gaps
from eval.reports.inert import inert, one_line
from eval.reports.words import (
    CHANGES,
    CHECKS,
    EXPECTED,
    OUTCOMES,
    PLANNERS,
    VERDICTS,
    Language,
    Words,
)
from eval.rundiff import Change, Difference
from eval.score import Verdict
from eval.stats import wilson
from eval.suites.suite import AbstainExpected, ClarifyExpected
from qa.model import Answer, Source

_MOST = 12  # values, citations and passages of one answer that are shown
_SHOWN_CHANGES = (Change.BROKEN, Change.WORSE, Change.FIXED, Change.BETTER)
_FAILED = (Verdict.WRONG, Verdict.UNSCORED, Verdict.ABSTAINED)


def html_report(found: Collected, language: Language = "zh") -> str:
    """The whole page."""
    words = Words(language)
    source = files("eval").joinpath("data/report.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"inert": inert, "line": one_line}
    return environment.from_string(source).render(
        t=words,
        lang="zh-CN" if language == "zh" else "en",
        found=found,
        header=found.header,
        every=found.summary.everything,
        tiles=_tiles(found.summary.everything, words),
        groups=_groups(found, words),
        risk=_risk(found, words),
        latency=_latency(found, words),
        started=one_line(found.header.started[:16].replace("T", " ")) + " UTC",
        changes=_changes(found),
        change_counts=_change_counts(found),
        before=_before(found),
        beside=_beside,
        failed=[(verdict.value, found.of(verdict)) for verdict in _FAILED if found.of(verdict)],
        bar=charts.bar,
        share=share,
        span=charts.span_text,
        interval=lambda totals: _interval(totals.right, totals.scored),
        gaps=lambda judged: [_in_words(gap, words) for gap in gaps(judged.outcome)],
        expected=lambda judged: _expected(judged, words),
        place=lambda each: place(each, words),
        most=_MOST,
        verdicts=_named(VERDICTS, words),
        checks=_named(CHECKS, words),
        outcomes=_named(OUTCOMES, words),
        change_names=_named(CHANGES, words),
        planners=_named(PLANNERS, words),
    )


def _named(names: Mapping[str, str], words: Words) -> dict[str, str]:
    return {name: words(text) for name, text in names.items()}


def share(part: int, of: int) -> str:
    """A share in percent with one decimal; a dash where there is nothing to share."""
    return f"{100 * Decimal(part) / of:.1f}%" if of else "–"


def _interval(part: int, of: int) -> tuple[str, str]:
    low, high = wilson(part, of)
    return f"{100 * low:.1f}%", f"{100 * high:.1f}%"


def _tiles(every: Totals, words: Words) -> list[dict[str, str]]:
    """The counts that a reader looks for first; each with its share and its interval."""
    found = []
    for name in ("right", "wrong", "abstained"):
        count = getattr(every, name)
        low, high = _interval(count, every.scored)
        note = words("95% 区间 {low}–{high}", low=low, high=high) if every.scored else ""
        tile = {"name": name, "count": str(count), "share": share(count, every.scored)}
        found.append(tile | {"label": words(VERDICTS[name]), "note": note})
    unscored = {"name": "unscored", "count": str(every.unscored), "share": ""}
    note = words("未计入比例") if every.unscored else ""
    found.append(unscored | {"label": words(VERDICTS["unscored"]), "note": note})
    return found


def _groups(found: Collected, words: Words) -> list[tuple[str, list[tuple[str, Totals]]]]:
    """Tables of counts by what divides the cases; a division into one part says nothing."""
    summary = found.summary
    kinds = {words("第 {n} 类", n=kind): totals for kind, totals in summary.kinds.items()}
    tables = {"按题型": summary.types, "按类别": kinds, "按标签": found.tags}
    shown = [(words(title), list(rows.items())) for title, rows in tables.items() if rows]
    if summary.wordings:
        shown.append((words("按其他问法"), list(summary.wordings.items())))
    return shown


def _risk(found: Collected, words: Words) -> Markup | None:
    if not found.summary.risk:
        return None
    names = words("覆盖（作答的份额）"), words("风险（其中错的）")
    return charts.risk_coverage(found.summary.risk, *names)


def _latency(found: Collected, words: Words) -> Markup | None:
    if not found.seconds:
        return None
    return charts.latency(found.seconds, words("作答时间"), words("答案数"))


def _changes(found: Collected) -> list[tuple[str, tuple[Difference, ...]]]:
    if found.diff is None:
        return []
    return [
        (change.value, found.diff.of(change)) for change in _SHOWN_CHANGES if found.diff.of(change)
    ]


def _change_counts(found: Collected) -> dict[str, int]:
    differences = found.diff.differences if found.diff else ()
    counts = Counter(each.change for each in differences)
    return {change.value: counts[change] for change in Change if counts[change]}


def _before(found: Collected) -> dict[str, Difference]:
    """The cases that came out otherwise in the baseline."""
    differences = found.diff.differences if found.diff else ()
    return {each.case: each for each in differences if each.before is not None}


def _beside(answer: Answer) -> list[Source]:
    """What an answer cites beyond the places of its shown values."""
    shown = {(s.report, s.quote) for value in answer.values[:_MOST] for s in value.sources[:2]}
    return [source for source in answer.citations if (source.report, source.quote) not in shown]


def _expected(judged: Judged, words: Words) -> str:
    expect = judged.outcome.case.expect
    if isinstance(expect, AbstainExpected):
        return words(EXPECTED["abstain"])
    if isinstance(expect, ClarifyExpected) and not expect.accept:
        return words(EXPECTED["clarify"])
    return expected_text(judged.outcome.case)


def _in_words(gap: Gap, words: Words) -> Gap:
    expected = words(EXPECTED[gap.expected]) if gap.expected in EXPECTED else gap.expected
    given = words(OUTCOMES[gap.given]) if gap.given in OUTCOMES else gap.given
    return Gap(gap.label, expected, given, gap.met, gap.difference, gap.share)


def place(source: Source, words: Words) -> str:
    """Where a quote stands: report, page, table, row and column."""
    parts = [
        source.report,
        words("第 {n} 页", n=source.page) if source.page is not None else "",
        source.table or "",
        source.row or "",
        source.column or "",
        source.cell or "",
    ]
    return " · ".join(one_line(part, 120) for part in parts if part)
