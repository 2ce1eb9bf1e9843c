"""Scoring: one case and one answer to one verdict. Pure, and strict on purpose.

A figure counts only where it stands first among the answer's numbers, in a unit that converts
and with a sign that fits; words count only in the text that a reader sees, never in citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from eval.amounts import (
    compact,
    compatible,
    direction,
    in_unit,
    mention_is,
    mentioned,
    mentions,
    read_amount,
    read_number,
    same_size,
    unit_kind,
)
from eval.suite import (
    AbstainExpected,
    Amount,
    Case,
    ClarifyExpected,
    ContradictionExpected,
    Labelled,
    NumberExpected,
    SeriesExpected,
    TextExpected,
)
from eval.wire import AnswerFormatError, answer_from_json
from qa.model import Answer, Check, Outcome, Value

Contradictions = Literal["both", "stated"]


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    ABSTAINED = "abstained"  # no answer (or a choice offered) to a question that has one
    UNSCORED = "unscored"  # the answer could not be judged; never counted as zero


@dataclass(frozen=True, slots=True)
class Score:
    """The verdict on one answer.

    `checked_wrong`: wrong, with a number that is shown as exact, rounding or derived.
    `stated_wrong`: wrong, with a number that is shown as stated (and none as checked).
    """

    verdict: Verdict
    reason: str = ""
    checked_wrong: bool = False
    stated_wrong: bool = False


_CHECKED = {Check.EXACT, Check.ROUNDING, Check.DERIVED}
_SILENT = {Outcome.ABSTAINED, Outcome.CLARIFY}


def score(
    case: Case,
    answer: Answer | Mapping[str, Any],
    *,
    contradictions: Contradictions = "both",
) -> Score:
    """Judge `answer` by what `case` expects.

    With ``contradictions="stated"`` a case of a report that contradicts itself is also right when
    the stated value alone is given.
    """
    if not isinstance(answer, Answer):
        try:
            answer = answer_from_json(answer)
        except AnswerFormatError as error:
            return Score(Verdict.UNSCORED, str(error))
    if isinstance(case.expect, AbstainExpected):
        return _abstain(answer)
    if isinstance(case.expect, ClarifyExpected) and answer.outcome is Outcome.CLARIFY:
        return _choices(answer)
    if answer.outcome in _SILENT:
        return Score(Verdict.ABSTAINED, answer.outcome.value)
    miss = _flag_miss(case, answer) or _miss(case, answer, contradictions)
    return Score(Verdict.RIGHT) if miss is None else _wrong(answer, miss)


def _wrong(answer: Answer, reason: str) -> Score:
    checks = {value.check for value in numbers(answer)}
    checked = bool(checks & _CHECKED)
    return Score(Verdict.WRONG, reason, checked, not checked and Check.STATED in checks)


def _abstain(answer: Answer) -> Score:
    if answer.outcome not in _SILENT:
        return _wrong(answer, "报告没有说，应当弃答")
    if answer.values:
        return _wrong(answer, "弃答而仍给出了数值")
    return Score(Verdict.RIGHT)


def _choices(answer: Answer) -> Score:
    """Right with two to four different choices, none of which is given as the answer."""
    if answer.values:
        return _wrong(answer, "让人选择而已给出数值")
    if 2 <= len(set(answer.choices)) <= 4:
        return Score(Verdict.RIGHT)
    return Score(Verdict.ABSTAINED, f"只有 {len(answer.choices)} 个选项，应为两至四个")


def _flag_miss(case: Case, answer: Answer) -> str | None:
    if not case.must_not_flag:
        return None
    flagged = any(value.check is Check.FAILS for value in answer.values)
    if answer.outcome is Outcome.CONTRADICTED or flagged:
        return "只是尾数舍入，不应说报告自相矛盾"
    return None


def _miss(case: Case, answer: Answer, contradictions: Contradictions) -> str | None:
    """What the answer misses, or None when it is right."""
    match case.expect:
        case NumberExpected(amounts):
            return _number_miss(case, amounts, answer)
        case SeriesExpected(items):
            return _series_miss(items, answer)
        case TextExpected(strings, need_all, _):
            return _text_miss(strings, need_all, answer)
        case ContradictionExpected(stated, recomputed):
            return _contradiction_miss(stated, recomputed, answer, contradictions)
        case ClarifyExpected(accept):
            return _number_miss(case, accept, answer) if accept else "应当给出选项"
        case AbstainExpected():
            raise AssertionError("judged before")


def numbers(answer: Answer) -> tuple[Value, ...]:
    """The values that are numbers, in the order shown (short texts left out)."""
    return tuple(value for value in answer.values if read_number(value.number) is not None)


def _number_miss(case: Case, amounts: tuple[Amount, ...], answer: Answer) -> str | None:
    shown = numbers(answer)
    if not shown:
        return "没有给出数值"
    first = shown[0]
    reasons = [_amount_miss(case, amount, first, answer) for amount in amounts]
    if None in reasons:
        return None
    for later in shown[1:]:
        if any(_amount_miss(case, amount, later, answer) is None for amount in amounts):
            return "所问的数值不在第一位"
    return reasons[0]


def _amount_miss(case: Case, amount: Amount, value: Value, answer: Answer) -> str | None:
    asked = unit_kind(amount.unit)
    if case.type == "unit_conversion" and unit_kind(value.unit) != asked:
        return f"应以{amount.unit}为单位，给的是{value.unit}"
    miss = _size_miss(amount, value, answer)
    return miss or _sign_miss(case, amount, value, answer)


def _size_miss(amount: Amount, value: Value, answer: Answer) -> str | None:
    number = read_number(value.number)
    if number is None:
        return "不是数值"
    unit = value.unit
    if not unit and unit_kind(amount.unit).dimension == "count":
        # A bare count is read with the noun that the text gives it.
        unit = amount.unit if mentioned(answer.text, Amount(str(number), amount.unit)) else ""
    converted = in_unit(number, unit, amount)
    if converted is None:
        return f"单位不符：应为{amount.unit or '无单位'}，给的是{unit or '无单位'}"
    if not same_size(converted, amount):
        return f"数值不符：应为{amount.number}{amount.unit}，给的是{value.number}{value.unit}"
    return None


def _sign_miss(case: Case, amount: Amount, value: Value, answer: Answer) -> str | None:
    """None when the direction fits: by sign, or by the word of increase or decrease beside it."""
    number = read_number(value.number)
    if number is None or number == 0:
        return None
    shown = _direction_in(answer.text, Amount(str(abs(number)), value.unit))
    shown = shown or direction(compact(value.label))
    expected = -1 if amount.value < 0 else 0
    if expected == 0:
        expected = _expected_direction(case, amount)
    negative = number < 0
    if negative and shown > 0:
        return "数值为负而文字说增加"
    if negative:
        shown = -1
    if expected * shown < 0:
        return "增减方向不符"
    if expected < 0 and amount.value < 0 and shown == 0:
        return "应为减少（负数），答案没有说明方向"
    if negative and expected == 0 and amount.value >= 0 and not _says_decrease(value, answer):
        return "正负号不符"
    return None


def _says_decrease(value: Value, answer: Answer) -> bool:
    texts = (answer.text, value.label, value.metric)
    return any(
        direction(compact(part)) < 0 for text in texts for part in re.split("[，。；]", text)
    )


def _expected_direction(case: Case, amount: Amount) -> int:
    """The word of increase or decrease right before the figure in the suite's quotes."""
    found = {_direction_in(quote.quote, amount) for quote in case.source} - {0}
    return found.pop() if len(found) == 1 else 0


def _direction_in(text: str, amount: Amount) -> int:
    found = {
        direction(mention.before[-6:]) for mention in mentions(text) if mention_is(mention, amount)
    } - {0}
    return found.pop() if len(found) == 1 else 0


_SYNONYMS = (
    ("满分", "分值", "权重", "标准分", "fullmark"),
    ("得分", "评分", "自评分", "实得", "score"),
    ("指标值", "预期", "目标", "计划", "年初设定", "target"),
    ("实际", "完成值", "完成情况", "完成数", "actual"),
    ("预算", "budget"),
    ("决算", "执行数", "支出数", "final"),
    ("增长", "增幅", "增速", "growth"),
    ("人数", "人次"),
    ("次数", "批次", "场次"),
)
_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+|[一-鿿]+")


def _tokens(text: str) -> set[str]:
    """Digit runs, Latin words and pairs of Chinese characters."""
    found: set[str] = set()
    for word in _WORD.findall(compact(text)):
        if word[0] >= "一" and len(word) > 1:
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        else:
            found.add(word)
    return found


def label_fit(label: str, text: str) -> float:
    """How much of a label (or of its best synonym) stands in `text`, from 0 to 1."""
    flat = compact(label)
    names = {flat}
    for group in _SYNONYMS:
        if any(word in flat for word in group):
            names.update(group)
    have, flat_text = _tokens(text), compact(text)
    best = 0.0
    for name in names:
        want = _tokens(name)
        if name == flat or name in flat_text:
            best = max(best, len(want & have) / len(want) if want else 0.0)
    return best


def _value_names(value: Value, text: str) -> str:
    """Everything that labels a value: its own fields and the words before it in the text."""
    names = [value.label, value.metric, value.period, value.entity, value.project or ""]
    for source in value.sources:
        names += [source.row or "", source.column or ""]
    number = read_number(value.number)
    for mention in mentions(text) if number is not None else ():
        if abs(mention.value) == abs(number or 0):
            names.append(re.split(r"[,，;；。]", mention.before)[-1])
    return "\n".join(names)


def _series_miss(items: tuple[Labelled, ...], answer: Answer) -> str | None:
    shown = numbers(answer)
    if not shown:
        return "没有给出数值"
    for item in items:
        having = [
            value
            for value in shown
            if any(_size_miss(amount, value, answer) is None for amount in item.amounts)
        ]
        if not having:
            amount = item.amounts[0]
            return f"缺少 {item.label} {amount.number}{amount.unit}"
        if not any(_labelled(item, items, value, answer) for value in having):
            return f"{item.label} 的数值标注不符"
    return None


def _labelled(item: Labelled, items: tuple[Labelled, ...], value: Value, answer: Answer) -> bool:
    """True when the value's names fit this label at least as well as every other label.

    A label that stands nowhere (a plain 次数 or 人数) is taken from the unit, where the units of
    the series tell its figures apart.
    """
    unit = unit_kind(item.amounts[0].unit)
    rivals = [
        other
        for other in items
        if other is not item and compatible(unit_kind(other.amounts[0].unit), unit)
    ]
    if not rivals:
        return True
    own = " ".join([value.label, value.metric, value.period])
    for names in (own, _value_names(value, answer.text)):
        fit = label_fit(item.label, names)
        best = max(label_fit(rival.label, names) for rival in rivals)
        if fit >= 0.5 and fit > best:
            return True
        if best > fit:
            return False
    names = _value_names(value, answer.text)
    return label_fit(item.label, names) >= 0.5


def reader_text(answer: Answer) -> str:
    """What the reader sees: the text and the shown values, without citations and equations."""
    lines = [answer.text]
    lines += [f"{v.label}\n{v.number}{v.unit}\n{v.other or ''}" for v in answer.values]
    return "\n".join(lines)


_LONGER = re.compile(r"^[化质先势惠待良好秀]")


def holds(needle: str, text: str) -> bool:
    """True when `needle` stands in `text`: spaces, width and case apart, digits as whole numbers.

    A single character (a grade such as 优) must not be the start of a longer word (优化, 良好).
    """
    flat = compact(needle)
    haystack = "\n".join(compact(line) for line in text.split("\n"))
    head = r"(?<!\d)(?<!\d\.)" if flat[:1].isdigit() else ""
    tail = ""
    if flat[-1:].isdigit():
        fraction = r"\.\d+$" if "." in flat else None
        tail = (
            r"0*(?!\d|\.\d)" if fraction and re.search(fraction, flat) else r"(?:\.0+)?(?!\d|\.\d)"
        )
    for match in re.finditer(head + re.escape(flat) + tail, haystack):
        if len(flat) > 1 or not _LONGER.match(haystack[match.end() :]):
            return True
    return False


def _text_miss(strings: Iterable[str], need_all: bool, answer: Answer) -> str | None:
    text = reader_text(answer)
    missing = [string for string in strings if not holds(string, text)]
    if need_all:
        return f"缺少：{'、'.join(missing)}" if missing else None
    found = len(tuple(strings)) - len(missing)
    return None if found else f"一个也没有：{'、'.join(missing)}"


def _contradiction_miss(
    stated: str, recomputed: tuple[str, ...], answer: Answer, mode: Contradictions
) -> str | None:
    has_stated = _gives(stated, answer)
    if mode == "stated" and has_stated:
        return None
    if not has_stated:
        return f"没有给出报告所写的 {stated}"
    if answer.outcome is not Outcome.CONTRADICTED:
        return "没有指出报告自相矛盾"
    if not any(_gives(other, answer) for other in recomputed):
        return f"没有给出另一数值 {recomputed[0]}"
    return None


def _gives(wanted: str, answer: Answer) -> bool:
    """True when the answer shows the amount or the wording (values, their `other`, text)."""
    amount = read_amount(wanted)
    if amount is None:
        return holds(wanted, reader_text(answer))
    for value in numbers(answer):
        if _size_miss(amount, value, answer) is None:
            return True
        if value.other is not None and _other_is(value, amount):
            return True
    return mentioned(answer.text, amount)


def _other_is(value: Value, amount: Amount) -> bool:
    """True when the competing value (bare numbers in the value's own unit) is the amount."""
    bare = read_number(value.other or "")
    if bare is None:
        return mentioned(value.other or "", amount)
    converted = in_unit(bare, value.unit, amount)
    return converted is not None and same_size(converted, amount)
