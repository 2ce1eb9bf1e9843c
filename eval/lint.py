"""What is doubtful about suites that can be read: an ordered list of checks, each a function.

A finding is an error (the suite cannot be trusted as it is) or a notice (somebody should look).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from eval.amounts import in_unit, read_amount, same_size
from eval.arithmetic import ArithmeticWrong, holds, numbers_in, operands, value_of
from eval.quoted import QuotedReport
from eval.suites.model import (
    AbstainExpected,
    Amount,
    Case,
    ClarifyExpected,
    ContradictionExpected,
    NumberExpected,
    SeriesExpected,
    Suite,
    TextExpected,
)
from eval.units import compact, unit_kind
from ingest.reading.units import parse_unit

Severity = Literal["error", "notice"]
# Operands that are constants of a formula, not figures of a report.
CONSTANTS = frozenset(
    map(Decimal, ("0", "1", "2", "3", "4", "12", "60", "100", "1000", "10000", "100000000"))
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One doubtful thing about a case, at the case's line. `check` is the name of the check."""

    file: str
    line: int
    case: str
    check: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}：{self.case}：{self.message}（{self.check}）"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a case is held against: its predecessor, and the reports (None: not looked at)."""

    before: Case | None
    reports: Mapping[str, QuotedReport] | None


Check = Callable[[Case, Ground], Iterator[str]]


def lint(
    suites: Sequence[Suite], reports: Mapping[str, QuotedReport] | None = None
) -> tuple[Finding, ...]:
    """Everything doubtful, in the order of the files.

    Args:
        reports: by file name; with None quotes are not looked up.
    """
    found: list[Finding] = list(_duplicates(suites))
    for suite in suites:
        known = {case.id: case for case in suite.cases}
        for case in suite.cases:
            ground = Ground(known.get(case.followup_of or ""), reports)
            for name, severity, check in CHECKS:
                found += [
                    Finding(suite.name, case.line, case.id, name, message, severity)
                    for message in check(case, ground)
                ]
    order = {suite.name: number for number, suite in enumerate(suites)}
    return tuple(sorted(found, key=lambda each: (order[each.file], each.line)))


def _duplicates(suites: Sequence[Suite]) -> Iterator[Finding]:
    """Questions that are asked twice; follow-ups count together with what they follow."""
    seen: dict[tuple[str, str], str] = {}
    for suite in suites:
        for case in suite.cases:
            key = (compact(case.question), case.followup_of or "")
            if key in seen:
                message = f"与 {seen[key]} 是同一个问题"
                yield Finding(suite.name, case.line, case.id, "duplicate", message)
            seen.setdefault(key, case.id)


def _sourced(case: Case, _: Ground) -> Iterator[str]:
    if not isinstance(case.expect, AbstainExpected | ClarifyExpected) and not case.source:
        yield "有答案而没有写出处（source）"


def _quotes(case: Case, ground: Ground) -> Iterator[str]:
    if ground.reports is None:
        return
    for quote in case.source:
        report = ground.reports.get(quote.file)
        if report is None:
            yield f"没有报告 {quote.file}"
        elif not report.has(quote.quote):
            yield f"{quote.file} 中没有这段原文：“{quote.quote}”"
        elif quote.page is not None:
            pages = report.pages(quote.quote)
            if pages and quote.page not in pages:
                where = "、".join(map(str, sorted(pages)))
                yield f"{quote.file} 的这段原文在第 {where} 页，不在第 {quote.page} 页"


def _derived(case: Case, _: Ground) -> Iterator[str]:
    if case.derive is None:
        return
    try:
        value = value_of(case.derive)
    except ArithmeticWrong as error:
        yield f"derive：{error}"
        return
    wanted = expected_amounts(case)
    if wanted and not _among(value, wanted):
        shown = "、".join(map(str, wanted))
        yield f"derive 得 {value.normalize():f}，期望是 {shown}"


def _derived_words(case: Case, _: Ground) -> Iterator[str]:
    """Of an answer in words the derived figure is usually one of its numbers, though it need not."""
    if case.derive is None or not isinstance(case.expect, TextExpected):
        return
    try:
        value = value_of(case.derive)
    except ArithmeticWrong:
        return  # an error of the check before
    numbers = numbers_in(" ".join(case.expect.strings))
    if numbers and not _among(value, [Amount(str(number), "") for number in numbers]):
        yield f"derive 得 {value.normalize():f}，期望的文字里没有这个数"


def _among(value: Decimal, wanted: Iterable[Amount]) -> bool:
    return any(abs(value) == abs(each.value) or same_size(value, each) for each in wanted)


def _operands(case: Case, _: Ground) -> Iterator[str]:
    if case.derive is None or not case.source:
        return
    quoted = numbers_in(" ".join(quote.quote for quote in case.source))
    strays = sorted(operands(case.derive) - quoted - CONSTANTS)
    if strays:
        yield f"derive 中的 {'、'.join(map(str, strays))} 不在所引原文里"


def _justified(case: Case, _: Ground) -> Iterator[str]:
    for comparison in case.check:
        try:
            if not holds(comparison):
                yield f"check 不成立：{comparison}"
        except ArithmeticWrong as error:
            yield f"check：{error}"


def _follows(case: Case, ground: Ground) -> Iterator[str]:
    before = ground.before
    if before is None:
        return
    if compact(before.question) == compact(case.question):
        yield f"追问与 {before.id} 问的是同一句话"
    if before.pending:
        yield f"追问的 {before.id} 还没有人看过"


def _units(case: Case, _: Ground) -> Iterator[str]:
    units = {amount.unit for amount in expected_amounts(case)} - {""}
    for unit in sorted(units):
        kind = unit_kind(unit)
        if kind.dimension == "count" and not (parse_unit(unit) or parse_unit(kind.noun)):
            yield f"读数的程序不认识单位“{unit}”，答案不会带这个单位"


def _accepted(case: Case, _: Ground) -> Iterator[str]:
    """Other forms of a figure that are another figure in fact, of one unit kind."""
    if not isinstance(case.expect, NumberExpected) or case.type in _OPEN:
        return
    first, *others = case.expect.amounts
    for other in others:
        value = in_unit(other.value, other.unit, first)
        rounded = in_unit(first.value, first.unit, other)
        if rounded is not None and same_size(rounded, other):
            continue
        if value is not None and abs(abs(value) - abs(first.value)) * 10 > abs(first.value):
            yield f"accept 的 {other} 与 {first} 差一成以上"


def _pending(case: Case, _: Ground) -> Iterator[str]:
    if case.pending:
        yield "是起草的，还没有人看过（review: pending）"


_OPEN = frozenset({"disambiguation"})  # every defensible reading stands in accept
CHECKS: tuple[tuple[str, Severity, Check], ...] = (
    ("source", "error", _sourced),
    ("quote", "error", _quotes),
    ("derive", "error", _derived),
    ("operand", "error", _operands),
    ("check", "error", _justified),
    ("followup", "error", _follows),
    ("unit", "error", _units),
    ("derived words", "notice", _derived_words),
    ("accept", "notice", _accepted),
    ("review", "notice", _pending),
)


def expected_amounts(case: Case) -> tuple[Amount, ...]:
    """Every figure that the case would take, contradictions' other side included."""
    match case.expect:
        case NumberExpected(amounts) | ClarifyExpected(amounts):
            return amounts
        case SeriesExpected(items):
            return tuple(amount for item in items for amount in item.amounts)
        case ContradictionExpected(stated, recomputed):
            found: Iterable[Amount | None] = map(read_amount, (stated, *recomputed))
            return tuple(amount for amount in found if amount is not None)
        case _:
            return ()
