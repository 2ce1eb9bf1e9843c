"""Contradictions: both sides shown and called one, and nothing called one that is only rounding."""

from __future__ import annotations

from eval.amounts import in_unit, mentioned, read_amount, read_number, same_size
from eval.scorers.texts import holds, reader_text
from eval.scorers.values import numbers, size_miss
from eval.scorers.verdicts import Contradictions
from eval.suites.model import Amount, Case
from qa.model import Answer, Check, Outcome, Value


def flag_miss(case: Case, answer: Answer) -> str | None:
    """None unless the case must not be flagged and the answer calls the report inconsistent."""
    if not case.must_not_flag:
        return None
    flagged = any(value.check is Check.FAILS for value in answer.values)
    if answer.outcome is Outcome.CONTRADICTED or flagged:
        return "只是尾数舍入，不应说报告自相矛盾"
    return None


def contradiction_miss(
    stated: str, recomputed: tuple[str, ...], answer: Answer, mode: Contradictions
) -> str | None:
    """Which side is missing, or that it is not called a contradiction; None where all is well."""
    has_stated = gives(stated, answer)
    if mode == "stated" and has_stated:
        return None
    if not has_stated:
        return f"没有给出报告所写的 {stated}"
    if answer.outcome is not Outcome.CONTRADICTED:
        return "没有指出报告自相矛盾"
    if not any(gives(other, answer) for other in recomputed):
        return f"没有给出另一数值 {recomputed[0]}"
    return None


def gives(wanted: str, answer: Answer) -> bool:
    """True when the answer shows the amount or the wording (values, their `other`, text)."""
    amount = read_amount(wanted)
    if amount is None:
        return holds(wanted, reader_text(answer))
    for value in numbers(answer):
        if size_miss(amount, value, answer) is None:
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
