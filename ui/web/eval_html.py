"""Evaluation as HTML: the run under way, a kept run in numbers, its cases, and what differs from before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup

from eval.judging import Judged, Run
from eval.report import Totals
from eval.rundiff import Diff, Difference
from eval.score import Verdict
from eval.stats import wilson
from eval.tally import Summary
from ui.texts import t
from ui.web.eval_words import CHANGES, COLOURS, VERDICTS, reason_words, type_name
from ui.web.evaluations import Job
from ui.web.markup import EMPTY, action, capital, html, joined

_SHOWN = 200
_FILES = {"html": "HTML", "json": "JSON", "xml": "JUnit", "md": "Markdown"}


def eval_welcome(suites: int) -> Markup:
    """Before a run was chosen."""
    words = (
        t("选题库，点“开始评测”；题目问的是资料库里的报告。对、错、弃答分开计。")
        if suites
        else t("还没有题库：上传一个 YAML 或 JSONL 题库，或在问答里给答案记“答得对”“答错了”。")
    )
    return html('<p class="gj-none">{}</p>', words)


def job_html(job: Job) -> Markup:
    """The run under way, or why the last one ended early; nothing where none was."""
    if job.problem:
        return html('<p class="gj-trouble" role="alert">{}</p>', job.problem)
    if not job.running:
        return EMPTY
    progress = job.progress
    done, total = (progress.done, progress.total) if progress else (0, 0)
    words = t("正在评测 {done}/{total}", done=done, total=total) if total else t("正在载入报告…")
    if job.stopping:
        words = t("正在停止，等在答的题答完…")
    counts = EMPTY
    if progress is not None:
        numbers = {
            Verdict.RIGHT: progress.right,
            Verdict.WRONG: progress.wrong,
            Verdict.ABSTAINED: progress.abstained,
            Verdict.UNSCORED: progress.unscored,
        }
        counts = joined(_count(verdict, n) for verdict, n in numbers.items())
    bar = html('<progress max="{}" value="{}" aria-label="{}"></progress>', total or 1, done, words)
    return html(
        '<section class="gj-items gj-job" aria-live="polite"><h3>{}</h3>'
        '<p class="gj-who">{}</p>{}<p class="gj-legend">{}</p></section>',
        words,
        "、".join(job.suites),
        bar,
        counts,
    )


def _count(verdict: Verdict, number: int) -> Markup:
    word = capital(t(VERDICTS[verdict]))
    return html('<span class="gj-tag {}">{} <b>{}</b></span>', COLOURS[verdict], word, number)


def run_html(
    run: Run,
    summary: Summary,
    verdicts: Collection[str],
    address: Callable[[str], str],
    *,
    edits: bool,
    running: bool,
) -> Markup:
    """A kept run: its numbers by type of question, and the cases of the chosen verdicts."""
    totals = summary.everything
    cases = [each for each in run.judged() if each.outcome.score.verdict.value in verdicts]
    return html(
        '<section class="gj-eval">{}{}{}{}</section>',
        _head(run, totals, address, edits=edits, running=running),
        _table(summary),
        _notes(run, summary),
        _cases(cases),
    )


def _head(
    run: Run, totals: Totals, address: Callable[[str], str], *, edits: bool, running: bool
) -> Markup:
    numbers = (totals.right, totals.wrong, totals.abstained, totals.unscored)
    counts = joined(_count(v, n) for v, n in zip(VERDICTS, numbers, strict=True))
    links = joined(
        html(
            '<a class="gj-act gj-link" href="{}" download>{}</a>',
            address(ending),
            word,
        )
        for ending, word in _FILES.items()
    )
    left = run.header.asks - totals.cases
    rest = EMPTY
    if left > 0 and not running:
        rest = html('<p class="gj-notice">{}{}</p>', t("未做完，还有 {n} 题。", n=left), EMPTY)
        if edits:
            again = action("resume", t("接着做"), classes="gj-step", run=run.header.run)
            rest = html('<p class="gj-notice">{} {}</p>', t("未做完，还有 {n} 题。", n=left), again)
    return html(
        '<div class="gj-totals"><p class="gj-asked">{}</p>{}<span class="gj-files">{} {}</span></div>{}',
        "、".join(suite.name for suite in run.header.suites),
        counts,
        t("下载"),
        links,
        rest,
    )


_HEADS = ("题数", "对", "95% 区间", "错", "95% 区间", "错而已核对", "弃答", "未评")


def _table(summary: Summary) -> Markup:
    head = joined(
        html('<th scope="col" class="gj-num">{}</th>', capital(t(each))) for each in _HEADS
    )
    ordered = sorted(summary.types.items(), key=_weight)
    flawed = [each for each in ordered if each[1].right < each[1].cases]
    whole = [each for each in ordered if each not in flawed]
    rows = _row(capital(t("合计")), summary.questions, "gj-sum")
    rows += joined(_row(_type(name), totals) for name, totals in flawed)
    rows += joined(
        _row(t("其他问法：{style}", style=style), totals)
        for style, totals in sorted(summary.wordings.items())
    )
    rest = joined(_row(_type(name), totals) for name, totals in whole)
    more = t(
        "全部答对的题型（{n} 类，{cases} 题）", n=len(whole), cases=sum(e[1].cases for e in whole)
    )
    folded = html(
        '<details class="gj-table"><summary>{}</summary>{}</details>', more, _grid(head, rest, more)
    )
    return _grid(head, rows, t("各类题目的结果")) + (folded if whole else EMPTY)


def _grid(head: Markup, rows: Markup, name: str) -> Markup:
    return html(
        '<div class="gj-scroll" tabindex="0" role="group" aria-label="{0}"><table class="gj-grid gj-measured">'
        '<caption class="gj-sr">{0}</caption><thead><tr><th scope="col">{1}</th>{2}</tr></thead>'
        "<tbody>{3}</tbody></table></div>",
        name,
        capital(t("题型")),
        head,
        rows,
    )


def _weight(entry: tuple[str, Totals]) -> tuple[int, int, str]:
    """The types with wrong answers first, then those with the most that are not right."""
    name, totals = entry
    return -totals.wrong, totals.right - totals.cases, name


def _type(name: str) -> str:
    known = type_name(name)
    return capital(t(known)) if known else name


def _row(name: str, totals: Totals, classes: str = "") -> Markup:
    scored = totals.scored
    cells = (
        totals.cases,
        totals.right,
        interval(totals.right, scored),
        totals.wrong,
        interval(totals.wrong, scored),
        totals.checked_wrong,
        totals.abstained,
        totals.unscored,
    )
    marked = {3: "gj-bad" if totals.wrong else "", 5: "gj-bad" if totals.checked_wrong else ""}
    row = joined(
        html('<td class="gj-num {}" data-label="{}">{}</td>', marked.get(n, ""), t(head), cell)
        for n, (head, cell) in enumerate(zip(_HEADS, cells, strict=True))
    )
    return html('<tr class="{}"><th scope="row">{}</th>{}</tr>', classes, name, row)


def percent(share: Decimal) -> str:
    """A share as a percentage with one decimal, half up."""
    return f"{(share * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def interval(part: int, whole: int) -> str:
    """Wilson's 95 % interval of a share; a dash of nothing."""
    if not whole:
        return "—"
    low, high = wilson(part, whole)
    return f"{percent(low)[:-1]}–{percent(high)}"


def _notes(run: Run, summary: Summary) -> Markup:
    header = run.header
    facts = [
        t("开始于 {at} UTC", at=header.started[:16].replace("T", " ")),
        t("{n} 份报告", n=len(header.reports)),
    ]
    if header.options.model:
        facts.append(t("模型 {name}", name=header.options.model))
    if summary.latency is not None:
        median, slow = (f"{seconds:.2f}" for seconds in summary.latency)
        facts.append(t("每题中位 {median} 秒，95% 在 {slow} 秒以内", median=median, slow=slow))
    if summary.wordings:
        alike, groups = summary.across.same_verdict, summary.across.cases
        facts.append(t("换问法后评分相同的 {alike}/{groups} 题", alike=alike, groups=groups))
    return html('<p class="gj-hint">{}</p>', t("，").join(facts))


def _cases(cases: Sequence[Judged]) -> Markup:
    if not cases:
        return html('<p class="gj-none">{}</p>', t("没有符合的题"))
    order = [Verdict.WRONG, Verdict.UNSCORED, Verdict.ABSTAINED, Verdict.RIGHT]
    ordered = sorted(cases, key=lambda each: order.index(each.outcome.score.verdict))
    more = len(cases) - _SHOWN
    left = html('<p class="gj-hint">{}</p>', t("另有 {n} 题，下载里有全部", n=more))
    rows = joined(
        html("<li>{}</li>", case_button(_ref(each), each.outcome.case.question, *_marks(each)))
        for each in ordered[:_SHOWN]
    )
    return html('<ul class="gj-findings">{}</ul>{}', rows, left if more > 0 else EMPTY)


def _ref(judged: Judged) -> str:
    return f"{judged.entry.repeat}/{judged.entry.case}"


def _marks(judged: Judged) -> tuple[Verdict, str]:
    found = judged.outcome.score
    return found.verdict, "" if found.verdict is Verdict.RIGHT else reason_words(found)


def case_button(ref: str, question: str, verdict: Verdict, reason: str = "") -> Markup:
    """A case as a card that opens it."""
    inner = html(
        '<span class="gj-tag {}">{}</span><b>{}</b>{}',
        COLOURS[verdict],
        capital(t(VERDICTS[verdict])),
        question,
        html('<small class="gj-sentence">{}</small>', reason) if reason else EMPTY,
    )
    level = {Verdict.WRONG: "high", Verdict.ABSTAINED: "medium"}.get(verdict, "low")
    return action("evalcase", inner, classes=f"gj-card {level}", ref=ref)


# Two runs


def diff_html(diff: Diff) -> Markup:
    """What came out otherwise than in an earlier run, the worse first."""
    counts = joined(
        html("<span>{} <b>{}</b></span>", capital(t(words)), len(diff.of(change)))
        for change, words in CHANGES.items()
        if diff.of(change)
    )
    groups = joined(_changes(diff))
    return html(
        '<section class="gj-items gj-diff"><h3>{}</h3><p class="gj-counts">{}</p>{}</section>',
        t("与 {name} 相比：{n} 题两次都有", name=diff.before, n=diff.compared),
        counts or t("没有变化"),
        groups,
    )


def _changes(diff: Diff) -> Iterator[Markup]:
    for change, words in CHANGES.items():
        found = diff.of(change)
        if found:
            rows = joined(html("<li>{}</li>", _difference(each)) for each in found[:_SHOWN])
            yield html(
                '<details class="gj-table"{}><summary>{}</summary><ul class="gj-findings">{}</ul></details>',
                Markup(" open") if found in (diff.regressions,) else EMPTY,
                t("{words}（{n}）", words=capital(t(words)), n=len(found)),
                rows,
            )


def _difference(each: Difference) -> Markup:
    state = each.after or each.before
    verdict = state.verdict if state is not None else Verdict.UNSCORED
    before, after = (side.shown or "—" if side else "—" for side in (each.before, each.after))
    words = f"{before} → {after}"
    if each.expectation:
        words += t("；题库的答案改过")
    return case_button(f"1/{each.case}", each.question, verdict, words)


def listed_name(run: str, started: str, suites: Sequence[str]) -> str:
    """A run in a list of runs."""
    several = t("等 {n} 个题库", n=len(suites)) if len(suites) > 1 else ""
    first = suites[0].rpartition(".")[0] if suites else run
    return f"{started[:16].replace('T', ' ')} · {first}{several}"
