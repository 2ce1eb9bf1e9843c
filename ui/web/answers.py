"""A conversation as HTML: questions, answers with a chip for every number, choices, follow-ups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from qa.model import Answer, Outcome, Value
from ui.texts import t
from ui.web.checks import amount, chip, kind_of, legend, tag
from ui.web.conversations import Talk, Turn
from ui.web.markup import EMPTY, action, html, joined, piece
from ui.web.notices import notice_html, without_notice

_HEADS = {
    Outcome.CONTRADICTED: "报告自身前后不一致",
    Outcome.CLARIFY: "请选择",
    Outcome.ABSTAINED: "不作答",
}
_NUMBERS_SHOWN = 40
_CLOSING = frozenset("，。；、）：,.;)")  # never alone at the start of a line


def talk_html(talk: Talk, examples: Sequence[str], loaded: int, name: str = "") -> Markup:
    """The whole conversation, or the welcome where nothing was asked yet.

    Args:
        examples: questions that the loaded reports answer.
        loaded: how many reports are loaded.
        name: the conversation's name, for the links of its export.
    """
    if not talk.turns:
        return _welcome(examples, loaded)
    turns = joined(_turn(turn, last=turn is talk.turns[-1]) for turn in talk.turns)
    return html('<div class="gj-turns" data-talk="{}">{}</div>', name, turns)


def _welcome(examples: Sequence[str], loaded: int) -> Markup:
    if not loaded:
        return html(
            '<div class="gj-welcome"><h2>{}</h2><p>{}</p>{}</div>',
            t("还没有报告"),
            t("先到“资料库”上传部门决算、绩效评价报告或自评表，然后就可以提问。"),
            action("tab", t("去上传"), classes="gj-primary", tab="library"),
        )
    asked = joined(
        html("<li>{}</li>", action("ask", each, classes="gj-example", text=each))
        for each in examples
    )
    return html(
        '<div class="gj-welcome"><h2>{}</h2><p>{}</p>{}<p class="gj-hint">{}</p>{}</div>',
        t("问一问已载入的 {n} 份报告", n=loaded),
        t(
            "每个数都先由程序从原文重读、复算，再显示出来；点一下数，就能看到算式和它在原件里的位置。"
        ),
        html("<ul>{}</ul>", asked),
        t("数的标记"),
        legend(),
    )


def _turn(turn: Turn, *, last: bool) -> Markup:
    if turn.answer is not None:
        body = _answer(turn, turn.answer, last=last)
    elif turn.trouble:
        body = html('<div class="gj-answer gj-bad" role="alert"><p>{}</p></div>', turn.trouble)
    else:
        body = html(
            '<div class="gj-answer gj-busy" aria-busy="true"><p>{}</p></div>',
            turn.partial or t("正在查找和复算…"),
        )
    narrowed = _narrowed(turn)
    return html(
        '<article class="gj-turn" id="turn-{}"><div class="gj-question"><p>{}</p>{}</div>{}</article>',
        turn.number,
        turn.question,
        narrowed,
        body,
    )


def _narrowed(turn: Turn) -> Markup:
    chosen = turn.filters
    words = [each for each in (chosen.unit, chosen.project, chosen.year, chosen.report) if each]
    if not words:
        return EMPTY
    return html('<p class="gj-scope">{}{}</p>', t("限定："), "、".join(words))


def _answer(turn: Turn, whole: Answer, *, last: bool) -> Markup:
    text, notice = without_notice(whole.text)
    answer = replace(whole, text=text)
    head = EMPTY
    if answer.outcome in _HEADS:
        kind = answer.outcome.value
        head = html('<p class="gj-head {}">{}</p>', kind, t(_HEADS[answer.outcome]))
    if answer.outcome is Outcome.CLARIFY and answer.choices:
        body = html("<p>{}</p>", t("有几个数都可能是您要的，点一个继续："))
    else:
        body = text_with_chips(turn.number, answer)
    return html(
        '<div class="gj-answer {}">{}<div class="gj-text">{}</div>{}{}{}{}{}</div>',
        answer.outcome.value,
        head,
        body,
        notice_html(notice),
        _choices(answer),
        _values(turn.number, answer),
        _foot(turn, answer),
        _follow_ups(turn) if last else EMPTY,
    )


def _choices(answer: Answer) -> Markup:
    if answer.outcome is not Outcome.CLARIFY:
        return EMPTY
    buttons = joined(
        html("<li>{}</li>", action("ask", each, classes="gj-choice", text=each))
        for each in answer.choices
    )
    return html('<ul class="gj-choices">{}</ul>', buttons)


def text_with_chips(number: int, answer: Answer) -> Markup:
    """The text, each number that is a value of the answer as a chip in its place.

    A value is looked for once, in the order of the values; the same digits that stand elsewhere in
    the text stay text.
    """
    found: list[tuple[int, int, Markup]] = []
    for index, value in enumerate(answer.values[:_NUMBERS_SHOWN]):
        start, end = _place(answer.text, value, [(low, high) for low, high, _ in found])
        if start < end:
            made = chip(value, f"{number}.{index}", answer.text[start:end])
            found.append((start, end, made))
    return joined(_paragraphs(answer.text, sorted(found, key=lambda each: each[0])))


def _place(text: str, value: Value, taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Where a value stands in the text, with its unit; (0, 0) where it does not."""
    bare = f"{value.number}{value.unit}"
    for wanted in (amount(value), amount(value).lstrip("-"), bare, bare.lstrip("-")):
        at = text.find(wanted) if wanted and value.unit else -1
        while at >= 0:
            end = at + len(wanted)
            whole = not (at and (text[at - 1].isdigit() or text[at - 1] in ".,"))
            if whole and not any(low < end and at < high for low, high in taken):
                return at, end
            at = text.find(wanted, at + 1)
    return 0, 0


def _paragraphs(text: str, chips: Sequence[tuple[int, int, Markup]]) -> Iterator[Markup]:
    position = 0
    for line in text.splitlines(keepends=True):
        pieces, at, end = [], position, position + len(line)
        for low, high, made in chips:
            if position <= low and high <= end:
                stop = high + (text[high : high + 1] in _CLOSING)
                kept = html('<span class="gj-whole">{}{}</span>', made, text[high:stop])
                pieces += [piece(text[at:low]), kept]
                at = stop
        pieces.append(piece(text[at:end]))
        position = end
        if line.strip():
            yield html("<p>{}</p>", joined(pieces))


def _values(number: int, answer: Answer) -> Markup:
    """A table of the values, folded away where the text shows all of them."""
    values = answer.values
    told = [value for value in values if _told(answer.text, value)]
    if len(values) == len(told) < 2:
        return EMPTY
    rows = joined(
        html(
            '<tr class="{}"><th scope="row">{}{}</th><td class="gj-num">{}</td><td>{}</td></tr>',
            kind_of(value),
            value.label,
            html("<small>{}</small>", value.entity) if value.entity else EMPTY,
            chip(value, f"{number}.{index}"),
            html("{}{}", tag(value), _other(value)),
        )
        for index, value in enumerate(values[:_NUMBERS_SHOWN])
    )
    more = len(values) - _NUMBERS_SHOWN
    left = (
        html('<p class="gj-hint">{}</p>', t("另有 {n} 个数，导出里有全部", n=more))
        if more > 0
        else EMPTY
    )
    table = html(
        '<div class="gj-scroll" tabindex="0" role="group" aria-label="{0}"><table class="gj-values">'
        '<caption class="gj-sr">{0}</caption><thead class="gj-sr"><tr><th scope="col">{1}</th>'
        '<th scope="col">{2}</th><th scope="col">{3}</th></tr></thead><tbody>{4}</tbody></table></div>{5}',
        t("答案中的数"),
        t("指标"),
        t("数值"),
        t("核对"),
        rows,
        left,
    )
    if len(told) < len(values):
        return table
    head = t("列成表（{n} 个数）", n=len(values))
    return html('<details class="gj-table"><summary>{}</summary>{}</details>', head, table)


def _told(text: str, value: Value) -> bool:
    start, end = _place(text, value, ())
    return start < end


def _other(value: Value) -> Markup:
    return (
        html('<small class="gj-other">{}{}</small>', t("对照值 "), value.other)
        if value.other
        else EMPTY
    )


def _foot(turn: Turn, answer: Answer) -> Markup:
    coverage = answer.coverage
    words = t("范围 {reports} 份报告，用到 {used} 份", reports=coverage.reports, used=coverage.used)
    if coverage.missing:
        words += t("，缺：{missing}", missing="、".join(coverage.missing))
    return html(
        '<footer class="gj-foot"><span>{}</span>{}{}{}{}</footer>',
        words,
        action("cite", t("出处"), classes="gj-link", ref=f"{turn.number}.c")
        if answer.citations
        else EMPTY,
        action("copy", t("复制"), classes="gj-link", turn=turn.number),
        _rate(turn, "right", t("答得对")),
        _rate(turn, "wrong", t("答错了")),
    )


def _rate(turn: Turn, mark: str, words: str) -> Markup:
    chosen = " gj-chosen" if turn.rating == mark else ""
    return action("rate", words, classes=f"gj-link{chosen}", turn=turn.number, mark=mark)


def _follow_ups(turn: Turn) -> Markup:
    if not turn.follow_ups:
        return EMPTY
    buttons = joined(
        action("ask", each, classes="gj-follow", text=each) for each in turn.follow_ups
    )
    return html('<div class="gj-follows"><span>{}</span>{}</div>', t("接着问"), buttons)
