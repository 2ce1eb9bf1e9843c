"""Runs, comparisons and thresholds as lines for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from eval.judging import Moved, Run
from eval.report import Totals, details, table
from eval.rundiff import Change, Diff, Difference, State, diff_json
from eval.runlog import Header
from eval.score import Verdict
from eval.scorers.stability import Stability
from eval.stats import wilson
from eval.tally import Summary, summary_json
from eval.thresholds import Held
from ui.texts import plain, t

_SHOWN = {
    "none": frozenset[Verdict](),
    "wrong": frozenset({Verdict.WRONG, Verdict.UNSCORED}),
    "abstained": frozenset({Verdict.ABSTAINED}),
    "all": frozenset(Verdict),
}
_HEADINGS = ("题数", "对", "95% 区间", "错", "95% 区间", "错而已核对", "错而照录", "弃答", "未评")
_MARKS = {
    "wrong": "错",
    "checked_wrong": "错而已核对",
    "stated_wrong": "错而照录",
    "abstained": "弃答",
    "unscored": "未评",
}
CHANGES = {
    Change.FIXED: "变对",
    Change.BROKEN: "变错或不答",
    Change.WORSE: "不答变错",
    Change.BETTER: "错变不答",
    Change.CHANGED: "答案变了，评分未变",
    Change.UNSCORED: "有一次未能评分",
    Change.NEW: "新增",
    Change.GONE: "没有了",
}
_VERDICTS = {
    Verdict.RIGHT: "对",
    Verdict.WRONG: "错",
    Verdict.ABSTAINED: "弃答",
    Verdict.UNSCORED: "未评",
}
_THRESHOLDS = {
    "min_right": "对 {share}，至少应为 {limit}（{found}/{all}）",
    "max_wrong": "错 {share}，至多可为 {limit}（{found}/{all}）",
    "max_checked_wrong": "错而已核对 {share}，至多可为 {limit}（{found}/{all}）",
    "max_unscored": "未评 {share}，至多可为 {limit}（{found}/{all}）",
    "no_regression": "比基准差的题 {found} 道，共比较 {all} 道",
}


def percent(part: Decimal | int, whole: Decimal | int = 1) -> str:
    """A share as a percentage with one decimal, half up; “-” of nothing."""
    if not whole:
        return "-"
    share = Decimal(part) * 100 / whole
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def interval(part: int, whole: int) -> str:
    """Wilson's 95 % interval of a share, as percentages."""
    low, high = wilson(part, whole)
    return f"{percent(low)[:-1]}–{percent(high)}" if whole else "-"


def _interval(part: int, whole: int, repeat: int) -> str:
    """The same for answers of which `repeat` are to one question: more answers, no more facts."""
    questions = round(Decimal(whole) / repeat)
    return interval(min(questions, round(Decimal(part) / repeat)), questions)


# A run


def run_text(
    run: Run,
    summary: Summary,
    show: str,
    kept: Sequence[Held] = (),
    diff: Diff | None = None,
) -> Iterator[str]:
    """A run as it is printed: the cases asked for, tables, what is to mind, the thresholds."""
    verdicts = _SHOWN[show]
    for judged in run.judged() if verdicts else ():
        if judged.outcome.score.verdict in verdicts:
            for line in details(judged.outcome).split("\n"):
                yield line[: len(line) - len(line.lstrip(" "))] + plain(line)
            yield ""
    yield _tables(summary, run.header.options.repeat)
    for name, words in _MARKS.items():
        ids = summary.ids.get(name, ())
        if ids:
            yield plain(t("{mark}：{ids}", mark=t(words), ids=" ".join(ids)))
    yield from _notes(summary)
    asked = summary.everything.cases
    if asked < run.header.asks:
        yield t(
            "尚未做完：{asked}/{asks}；接着做：gouji eval run --resume {name}",
            asked=asked,
            asks=run.header.asks,
            name=plain(run.header.run),
        )
    if diff is not None and diff.differences:
        yield ""
        yield from diff_text(diff)
    yield from map(held_text, kept)


def _tables(summary: Summary, repeat: int) -> str:
    rows = [(plain(name), *_cells(each, repeat)) for name, each in summary.types.items()]
    headings = tuple(map(t, _HEADINGS))
    found = [
        table((t("题型"), *headings), [*rows, (t("合计"), *_cells(summary.questions, repeat))])
    ]
    if summary.wordings:
        styles = [(style, *_cells(each, repeat)) for style, each in summary.wordings.items()]
        found.append(table((t("其他问法"), *headings), styles))
    return "\n\n".join(found)


def _cells(totals: Totals, repeat: int) -> tuple[str, ...]:
    scored = totals.scored
    counts = (totals.checked_wrong, totals.stated_wrong, totals.abstained, totals.unscored)
    return (
        str(totals.cases),
        str(totals.right),
        _interval(totals.right, scored, repeat),
        str(totals.wrong),
        _interval(totals.wrong, scored, repeat),
        *map(str, counts),
    )


def _notes(summary: Summary) -> Iterator[str]:
    if summary.latency is not None:
        median, slow = (f"{seconds * 1000:.1f}" for seconds in summary.latency)
        yield t("每题耗时：中位 {median} 毫秒，95% 在 {slow} 毫秒以内", median=median, slow=slow)
    spent = summary.spent
    if spent.tokens is not None:
        cost = t("，费用 {cost}", cost=spent.cost) if spent.cost is not None else ""
        values = {"calls": spent.calls, "tokens": spent.tokens}
        yield t("模型：调用 {calls} 次，{tokens} 个 token", **values) + cost
    for words, found in (("重复提问", summary.repeats), ("换用问法", summary.across)):
        if found.cases:
            yield _stability(t(words), found)
    if summary.retrieval is not None:
        found_passages = summary.retrieval
        yield t(
            "检索前 {k} 段（{cases} 题）：出处召回 {recall}，MRR {rank}，nDCG {ndcg}",
            k=found_passages.k,
            cases=found_passages.cases,
            recall=percent(found_passages.recall),
            rank=f"{found_passages.reciprocal_rank:.3f}",
            ndcg=f"{found_passages.ndcg:.3f}",
        )


def _stability(words: str, found: Stability) -> str:
    return t(
        "{what}（{cases} 题）：评分一致 {verdicts}，数值一致 {values}",
        what=words,
        cases=found.cases,
        verdicts=percent(found.same_verdict, found.cases),
        values=percent(found.same_values, found.cases),
    )


def held_text(held: Held) -> str:
    """A threshold on one line, with what was found."""
    mark = "✓" if held.met else "✗"
    limit = percent(held.limit) if held.limit is not None else ""
    share = percent(held.found, held.all)
    words = t(_THRESHOLDS[held.name], share=share, limit=limit, found=held.found, all=held.all)
    return f"{mark} {words}"


def run_json(
    run: Run, summary: Summary, kept: Sequence[Held] = (), diff: Diff | None = None
) -> dict[str, Any]:
    """A run for programs, without its answers, which stand in its log."""
    header = asdict(run.header)
    header["options"]["price"] = str(run.header.options.price or "") or None
    found = {"folder": str(run.folder), **header, **summary_json(summary)}
    found["thresholds"] = [
        {**asdict(each), "limit": str(each.limit) if each.limit is not None else None}
        for each in kept
    ]
    found["diff"] = diff_json(diff) if diff is not None else None
    return found


# What changed


def moved_text(moved: Sequence[Moved]) -> Iterator[str]:
    """The verdicts that are other ones than before."""
    yield t("{n} 个评分改变", n=len(moved))
    for each in moved:
        before, after = t(_VERDICTS[each.before]), t(_VERDICTS[each.after])
        yield _indented(each.case, f"{before} → {after}", each.reason)


def _indented(*parts: str) -> str:
    return "  " + "  ".join(filter(None, map(plain, parts)))


def moved_json(moved: Sequence[Moved]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [asdict(each) for each in moved]


def diff_text(diff: Diff) -> Iterator[str]:
    """A comparison: how many of each sort, then case by case."""
    yield plain(
        t(
            "{before} → {after}，共比较 {n} 题",
            before=diff.before,
            after=diff.after,
            n=diff.compared,
        )
    )
    if not diff.differences:
        yield t("没有差别。")
    for change, words in CHANGES.items():
        found = diff.of(change)
        if found:
            yield t("{what} {n}", what=t(words), n=len(found))
            yield from map(_difference_text, found)


def _difference_text(found: Difference) -> str:
    both = [_state_text(state) for state in (found.before, found.after) if state is not None]
    words = t("（题库的期望也改了）") if found.expectation else ""
    return _indented(found.case, " → ".join(both), f"{found.question}{words}")


def _state_text(state: State) -> str:
    return (
        f"{t(_VERDICTS[state.verdict])}（{state.shown}）"
        if state.shown
        else t(_VERDICTS[state.verdict])
    )


# The list


def list_text(runs: Sequence[tuple[Path, Header]]) -> str:
    """The runs of a folder, a line each."""
    headings = ("名称", "开始（UTC）", "题库", "题次", "报告", "模型")
    rows = [
        (
            plain(header.run),
            header.started[:16].replace("T", " "),
            plain("、".join(suite.name for suite in header.suites)),
            str(header.asks),
            str(len(header.reports)),
            plain(header.options.model) or "-",
        )
        for _, header in runs
    ]
    return table(tuple(map(t, headings)), rows)


def list_json(runs: Sequence[tuple[Path, Header]]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "run": header.run,
            "folder": str(folder),
            "started": header.started,
            "suites": [asdict(suite) for suite in header.suites],
            "asks": header.asks,
            "reports": len(header.reports),
            "model": header.options.model or None,
        }
        for folder, header in runs
    ]
