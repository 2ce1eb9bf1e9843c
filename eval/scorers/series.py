"""Series: labelled figures, each under the name that fits it best."""

from __future__ import annotations

import re

from eval.amounts import mentions, read_number
from eval.scorers.signs import sign_miss
from eval.scorers.values import numbers, size_miss
from eval.suites.model import Case, Labelled
from eval.units import compact, compatible, unit_kind
from qa.model import Answer, Value

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
_FIT = 0.5  # of a label's pairs of characters must stand among a value's names


def series_miss(case: Case, items: tuple[Labelled, ...], answer: Answer) -> str | None:
    """Which item is missing or stands under another's name; None where all are well."""
    shown = numbers(answer)
    if not shown:
        return "没有给出数值"
    for item in items:
        sized = [value for value in shown if _sized(item, value, answer)]
        if not sized:
            return f"缺少 {item.label} {item.amounts[0]}"
        labelled = [value for value in sized if _labelled(item, items, value, answer)]
        if not labelled:
            return f"{item.label} 的数值标注不符"
        if all(_sign_misses(case, item, value, answer) for value in labelled):
            return f"{item.label} 的增减方向不符"
    return None


def _sized(item: Labelled, value: Value, answer: Answer) -> bool:
    return any(size_miss(amount, value, answer) is None for amount in item.amounts)


def _sign_misses(case: Case, item: Labelled, value: Value, answer: Answer) -> bool:
    return all(
        size_miss(amount, value, answer) or sign_miss(case, amount, value, answer)
        for amount in item.amounts
    )


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
        if fit >= _FIT and fit > best:
            return True
        if best > fit:
            return False
    names = _value_names(value, answer.text)
    return label_fit(item.label, names) >= _FIT


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


def _tokens(text: str) -> set[str]:
    """Digit runs, Latin words and pairs of Chinese characters."""
    found: set[str] = set()
    for word in _WORD.findall(compact(text)):
        if word[0] >= "一" and len(word) > 1:
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        else:
            found.add(word)
    return found


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
