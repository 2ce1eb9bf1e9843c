"""One case of a run: what was expected, what was answered, why it counts as it does, on what it rests."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from eval.judging import Judged
from eval.report import expected_text
from qa.model import Answer, Source, Value
from qa.plan import Plan
from ui.render import place_of
from ui.texts import t
from ui.web.checks import amount, tag
from ui.web.eval_words import COLOURS, OUTCOMES, VERDICTS, operation_name, reason_words
from ui.web.markup import EMPTY, action, capital, html, joined, lines

_VALUES = 12
_SOURCES = 6


def no_case() -> Markup:
    """Before a case was chosen."""
    return html(
        '<div class="gj-evidence gj-empty"><h2>{}</h2><p>{}</p></div>',
        t("题目"),
        t("点一道题，这里显示应得的和答出的、评分的理由、怎样理解这个问题，以及引用的原文。"),
    )


def case_html(judged: Judged, plan: Plan | None, reports: Mapping[str, int]) -> Markup:
    """The case in full.

    Args:
        plan: how the program reads the question now; None for a follow-up.
        reports: numbers of the loaded reports by name, for links to what was quoted.
    """
    outcome = judged.outcome
    case, found = outcome.case, outcome.score
    facts = [
        _fact(t("题号"), case.id),
        _fact(t("应得"), expected_text(case)),
        _fact(t("理由"), reason_words(found)) if found.reason else EMPTY,
        _fact(t("追问自"), case.followup_of) if case.followup_of else EMPTY,
        _fact(t("说明"), case.note) if case.note else EMPTY,
        _fact(t("用时"), t("{n} 秒", n=f"{outcome.seconds:.2f}")) if outcome.seconds else EMPTY,
    ]
    return html(
        '<section class="gj-evidence"><h2>{}</h2><p class="gj-legend">{}{}</p>{}{}{}{}{}</section>',
        case.question,
        html(
            '<span class="gj-tag {}">{}</span>',
            COLOURS[found.verdict],
            capital(t(VERDICTS[found.verdict])),
        ),
        html('<span class="gj-tag fails">{}</span>', t("错而已核对"))
        if found.checked_wrong
        else EMPTY,
        joined(facts),
        _answer(outcome.answer) if outcome.answer else _fact(t("出错"), judged.entry.error),
        _plan(plan) if plan else EMPTY,
        _expected_places(judged, reports),
        _answer_places(outcome.answer, reports) if outcome.answer else EMPTY,
    )


def _fact(name: str, words: str) -> Markup:
    return html('<p class="gj-fact"><span>{}</span>{}</p>', name, words)


def _answer(answer: Answer) -> Markup:
    rows = joined(_value(each) for each in answer.values[:_VALUES])
    table = html('<table class="gj-values"><tbody>{}</tbody></table>', rows) if rows else EMPTY
    return html(
        '<h3>{}</h3><div class="gj-formula"><p class="gj-role">{}</p>{}{}</div>{}',
        t("答出"),
        t(OUTCOMES[answer.outcome]),
        lines(answer.text),
        lines("\n".join(answer.choices)) if answer.choices else EMPTY,
        table,
    )


def _value(value: Value) -> Markup:
    formula = html('<small class="gj-sentence">{}</small>', value.formula) if value.formula else ""
    return html(
        '<tr><th scope="row">{}{}</th><td class="gj-num"><b>{}</b></td><td>{}</td></tr>',
        value.label,
        formula,
        amount(value),
        tag(value),
    )


def _plan(plan: Plan) -> Markup:
    targets = "；".join(target.label or target.key for target in plan.targets)
    facts = [
        (t("运算"), t(operation_name(plan.operation))),
        (t("所问"), targets),
        (capital(t("单位")), "、".join(plan.entities)),
        (capital(t("项目")), "、".join(name for name, _ in plan.projects)),
        (capital(t("年度")), "、".join(plan.years)),
        (t("资料库里没有的名称"), "、".join(plan.unknown)),
        (t("范围内的报告部分"), str(len(plan.parts))),
    ]
    rows = joined(_fact(name, words) for name, words in facts if words)
    return html("<h3>{}</h3>{}", t("现在怎样理解这个问题"), rows)


def _expected_places(judged: Judged, reports: Mapping[str, int]) -> Markup:
    quotes = judged.outcome.case.source[:_SOURCES]
    if not quotes:
        return EMPTY
    rows = joined(_quote(each.file, each.page, each.file, each.quote, reports) for each in quotes)
    return html('<h3>{}</h3><ol class="gj-quotes">{}</ol>', t("题库所引的原文"), rows)


def _answer_places(answer: Answer, reports: Mapping[str, int]) -> Markup:
    sources: dict[Source, None] = dict.fromkeys(s for v in answer.values for s in v.sources)
    found = [*(sources or dict.fromkeys(answer.citations))][:_SOURCES]
    if not found:
        return EMPTY
    rows = joined(_quote(s.report, s.page, place_of(s), s.quote, reports) for s in found)
    return html('<h3>{}</h3><ol class="gj-quotes">{}</ol>', t("答案所引的原文"), rows)


def _quote(
    report: str, page: int | None, place: str, quote: str, reports: Mapping[str, int]
) -> Markup:
    number = reports.get(report)
    shown: object = place
    if number is not None:
        shown = action("evalopen", place, classes="gj-link", report=number, page=page or 1)
    return html("<li>{}：<q>{}</q></li>", shown, quote)
