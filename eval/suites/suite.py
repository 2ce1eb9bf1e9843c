"""Suites: questions with known answers, read strictly from YAML or JSONL into frozen values.

Only what stands in the file is believed: an unknown key, a number that is not quoted, a case
whose predecessor is missing or a duplicate id is refused. All that is wrong with a file is told
at once, a line each.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from eval.suites import wire as wire
from eval.suites.errors import explained
from eval.suites.model import (
    AbstainExpected,
    Amount,
    Case,
    ClarifyExpected,
    ContradictionExpected,
    Expectation,
    Labelled,
    NumberExpected,
    Quote,
    SeriesExpected,
    Suite,
    SuiteError,
    SuiteProblem,
    TextExpected,
    Tolerance,
)
from eval.suites.nodes import RawCase, read_raw

__all__ = [
    "AbstainExpected",
    "Amount",
    "Case",
    "ClarifyExpected",
    "ContradictionExpected",
    "Expectation",
    "Labelled",
    "NumberExpected",
    "Quote",
    "SeriesExpected",
    "Suite",
    "SuiteError",
    "SuiteProblem",
    "TextExpected",
    "Tolerance",
    "load_suite",
    "load_suites",
    "parse_suite",
]

_KINDS = "number、series、text_contains、any_of、list、abstain、contradiction、clarify"


def load_suite(path: Path) -> Suite:
    """Read one suite file (.jsonl: a case a line; anything else: YAML).

    Raises:
        SuiteError: the file is missing, is no YAML, or breaks the format; the message names every
            problem with its line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError([SuiteProblem(str(path), 0, f"无法读取题库文件（{error}）")]) from error
    return parse_suite(text, str(path))


def load_suites(paths: Iterable[Path]) -> tuple[Suite, ...]:
    """Read several files; an id may stand in one of them only."""
    suites: list[Suite] = []
    problems: list[SuiteProblem] = []
    for path in paths:
        try:
            suites.append(load_suite(path))
        except SuiteError as error:
            problems += error.problems
    seen: dict[str, str] = {}
    for suite in suites:
        for case in suite.cases:
            if case.id in seen:
                message = f"题号 {case.id} 在 {seen[case.id]} 中已有，请改名"
                problems.append(SuiteProblem(suite.name, case.line, message))
            seen[case.id] = suite.name
    if problems:
        raise SuiteError(problems)
    return tuple(suites)


def parse_suite(text: str, name: str) -> Suite:
    """Read a suite from text; `name` stands for the file in messages.

    Raises:
        SuiteError: see `load_suite`.
    """
    raw = read_raw(text, name)
    cases: list[Case] = []
    problems = list(raw.problems)
    for each in raw.cases:
        read = _read(each, name)
        if isinstance(read, Case):
            cases.append(read)
        else:
            problems += read
    problems += _out_of_order(raw.cases, name)
    if problems:
        raise SuiteError(sorted(problems))
    return Suite(name, tuple(cases))


def _read(raw: RawCase, name: str) -> Case | list[SuiteProblem]:
    try:
        read = wire.Case.model_validate(raw.data)
    except ValidationError as error:
        return [
            SuiteProblem(name, raw.line_of(each["loc"]), explained(each))
            for each in error.errors(include_url=False)
        ]
    found, wrong = _expectation(read.expect)
    if read.cite is not None and not read.source:
        wrong.append("写了 cite 而没有 source")
    elif read.cite == "page" and not any(quote.page for quote in read.source):
        wrong.append("cite 为 page，而 source 没有写 page")
    if wrong:
        return [SuiteProblem(name, raw.line, f"{read.id}：{each}") for each in wrong]
    return _case(read, found[0], raw.line)


def _out_of_order(cases: Iterable[RawCase], name: str) -> list[SuiteProblem]:
    """Ids that stand twice, and follow-ups that come before their question."""
    found: list[SuiteProblem] = []
    seen: set[object] = set()
    for raw in cases:
        data = raw.data if isinstance(raw.data, dict) else {}
        identity, before = data.get("id"), data.get("followup_of")
        if isinstance(identity, str) and identity in seen:
            found.append(SuiteProblem(name, raw.line, f"题号 {identity} 重复，请改名"))
        if isinstance(before, str) and before not in seen:
            message = f"{identity} 追问的 {before} 不在它之前，请调整顺序"
            found.append(SuiteProblem(name, raw.line, message))
        if isinstance(identity, str):
            seen.add(identity)
    return found


def _case(read: wire.Case, expect: Expectation, line: int) -> Case:
    return Case(
        id=read.id,
        type=read.type,
        question=read.question,
        expect=expect,
        style=read.style or "",
        must_not_flag=read.must_not_flag,
        followup_of=read.followup_of,
        note=read.note,
        source=tuple(Quote(quote.file, quote.quote, quote.page) for quote in read.source),
        line=line,
        kind=read.kind,
        paraphrases=_wordings(read.paraphrases),
        tags=tuple(read.tags),
        cite=read.cite,
        derive=read.derive,
        check=tuple(read.check),
        pending=read.review == "pending",
    )


def _wordings(read: wire.Paraphrases | None) -> tuple[tuple[str, str], ...]:
    found = ((style, getattr(read, style)) for style in wire.STYLES) if read is not None else ()
    return tuple((style, wording) for style, wording in found if wording)


def _amount(read: wire.Amount) -> Amount:
    return Amount(read.number, read.unit, _tolerance(read.tolerance))


def _tolerance(text: str | None) -> Tolerance | None:
    if text is None:
        return None
    if text.endswith("%"):
        return Tolerance(Decimal(text.removesuffix("%")) / 100, relative=True)
    return Tolerance(Decimal(text))


def _expectation(expect: wire.Expect) -> tuple[list[Expectation], list[str]]:
    """The expectations that are written, one if all is well, and what is wrong with them."""
    found: list[Expectation] = []
    wrong: list[str] = []
    if expect.number is not None:
        if expect.unit is None:
            wrong.append('number 缺少 unit（没有单位时写 ""）')
        first = Amount(expect.number, expect.unit or "", _tolerance(expect.tolerance))
        found.append(NumberExpected((first, *map(_amount, expect.accept))))
    elif expect.unit is not None or expect.accept or expect.tolerance is not None:
        wrong.append("有 unit、tolerance 或 accept 而没有 number")
    if expect.series is not None:
        items = [Labelled(i.label, (_amount(i), *map(_amount, i.accept))) for i in expect.series]
        found.append(SeriesExpected(tuple(items)))
    found += _texts(expect)
    if expect.abstain is not None:
        found.append(AbstainExpected())
    if expect.contradiction is not None:
        both = (expect.contradiction.recomputed, *expect.contradiction.accept)
        found.append(ContradictionExpected(expect.contradiction.stated, both))
    if expect.clarify is not None:
        found.append(ClarifyExpected(tuple(map(_amount, expect.accept_values))))
    elif expect.accept_values:
        wrong.append("有 accept_values 而没有 clarify")
    if len(found) != 1:
        wrong.append(f"expect 须恰好写一种期望（{_KINDS}）")
    return found, wrong


def _texts(expect: wire.Expect) -> list[Expectation]:
    found: list[Expectation] = []
    if expect.text_contains is not None:
        found.append(TextExpected(tuple(expect.text_contains), True, "text_contains"))
    if expect.any_of is not None:
        found.append(TextExpected(tuple(expect.any_of), False, "any_of"))
    if expect.listed is not None:
        found.append(TextExpected(tuple(expect.listed), True, "list"))
    return found
