"""A run as Markdown for a pull request: the totals, what became worse, the rest folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from eval.judging import Judged
from eval.report import Totals
from eval.reports.collected import Collected
from eval.reports.gaps import gaps
from eval.reports.html import share
from eval.reports.inert import markdown
from eval.reports.words import CHANGES, EXPECTED, OUTCOMES, VERDICTS, Language, Words
from eval.rundiff import Change, Difference
from eval.stats import wilson

_LISTED = 40  # cases that are listed: a comment is not a report
_TABLE = ("right", "wrong", "abstained", "unscored")


def markdown_report(found: Collected, language: Language = "zh") -> str:
    """The whole text."""
    return "\n".join(_lines(found, Words(language))) + "\n"


def _lines(found: Collected, t: Words) -> Iterator[str]:
    every, header = found.summary.everything, found.header
    yield f"### {t('评测 {name}', name=markdown(header.run))}"
    yield ""
    yield _headline(found, t)
    yield ""
    yield from _totals(every, t)
    if found.done < header.asks:
        yield ""
        yield f"**{t('尚未做完：{done} / {asks}', done=found.done, asks=header.asks)}**"
    if found.diff is not None:
        yield ""
        yield from _worse(found, t)
    yield ""
    yield from _failed(found, t)


def _headline(found: Collected, t: Words) -> str:
    every = found.summary.everything
    parts = [f"**{t('对')} {every.right}/{every.scored} ({share(every.right, every.scored)})**"]
    if every.checked_wrong:
        marked = t("其中显示为已核对")
        parts.append(f"**{t('错')} {every.wrong}, {marked} {every.checked_wrong}**")
    if found.diff is not None:
        worse = len(found.diff.regressions)
        parts.append(f"**{t('变差 {n} 题', n=worse)}**" if worse else t("没有一题变差"))
        better = len(found.diff.of(Change.FIXED)) + len(found.diff.of(Change.BETTER))
        parts += [t("变好 {n} 题", n=better)] if better else []
    return " · ".join(parts)


def _totals(every: Totals, t: Words) -> Iterator[str]:
    yield f"| | {t('数量')} | {t('份额')} | {t('95% 区间')} |"
    yield "|---|---:|---:|---|"
    for name in _TABLE:
        count = getattr(every, name)
        if name == "unscored":
            yield f"| {t(VERDICTS[name])} | {count} | | |"
            continue
        low, high = wilson(count, every.scored)
        ends = f"{100 * low:.1f}%–{100 * high:.1f}%" if every.scored else ""
        yield f"| {t(VERDICTS[name])} | {count} | {share(count, every.scored)} | {ends} |"


def _worse(found: Collected, t: Words) -> Iterator[str]:
    if found.diff is None:
        return
    yield f"**{t('与 {name} 相比', name=markdown(found.diff.before))}**"
    yield ""
    worse = found.diff.regressions
    if not worse:
        yield t("没有一题变差")
        return
    yield f"| {t('变差的题')} | {t('变化')} | {t('原来')} | {t('现在')} |"
    yield "|---|---|---|---|"
    for each in worse[:_LISTED]:
        yield _difference(each, t)
    if len(worse) > _LISTED:
        yield f"\n{t('还有 {n} 题', n=len(worse) - _LISTED)}"


def _difference(each: Difference, t: Words) -> str:
    cells = [
        f"{markdown(each.case)} {markdown(each.question, 80)}",
        t(CHANGES[each.change.value]) + (f" ({t('题库的期望已改')})" if each.expectation else ""),
        markdown(each.before.shown, 60) if each.before else "",
        markdown(each.after.shown, 60) if each.after else "",
    ]
    return f"| {' | '.join(cells)} |"


def _failed(found: Collected, t: Words) -> Iterator[str]:
    every = found.summary.everything
    count = every.cases - every.right
    if not count:
        yield t("全部答对。")
        return
    yield f"<details><summary>{t('未答对的 {n} 题', n=count)}</summary>"
    yield ""
    for judged in islice(found.failed, _LISTED):
        yield _one(judged, t)
    if count > _LISTED:
        yield f"- {t('还有 {n} 题', n=count - _LISTED)}"
    yield ""
    yield "</details>"


def _one(judged: Judged, t: Words) -> str:
    case, score = judged.outcome.case, judged.outcome.score
    mark = f" **{t('显示为已核对')}**" if score.checked_wrong else ""
    line = f"- {t(VERDICTS[score.verdict.value])}{mark} · {markdown(case.id)} {markdown(case.question, 80)}"
    return "<br>".join([line, *islice(_missed(judged, t), 3)])


def _missed(judged: Judged, t: Words) -> Iterable[str]:
    """The parts that are not as expected, else the reason of the verdict."""
    missed = [gap for gap in gaps(judged.outcome) if not gap.met]
    for gap in missed:
        expected = t(EXPECTED[gap.expected]) if gap.expected in EXPECTED else gap.expected
        given = t(OUTCOMES[gap.given]) if gap.given in OUTCOMES else gap.given or t("无")
        apart = f" ({markdown(gap.difference)})" if gap.difference else ""
        label = f"{markdown(gap.label, 40)} " if gap.label else ""
        yield f"{label}{t('应')} {markdown(expected, 80)} · {t('得')} {markdown(given, 80)}{apart}"
    if not missed:
        yield markdown(judged.outcome.score.reason, 120)
