"""Suites: questions with known answers, read strictly from YAML into frozen values.

Only what stands in the file is believed: an unknown key, a number that is not quoted, a case
whose predecessor is missing or a duplicate id is refused with the file and the line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ValidationError

from eval import suite_wire as wire


class SuiteError(ValueError):
    """A suite file cannot be used; the message names file, line and what to do."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An expected figure: the number as written in the suite (its decimals count) and its unit."""

    number: str
    unit: str

    @property
    def value(self) -> Decimal:
        return Decimal(self.number)


@dataclass(frozen=True, slots=True)
class NumberExpected:
    """The first number of the answer equals one of `amounts` (the first is the preferred one)."""

    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A figure of a series under its label."""

    label: str
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class SeriesExpected:
    """Every labelled figure is given under the right label."""

    items: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class TextExpected:
    """All (`need_all`) or at least one of `strings` stand in the answer.

    `kind` keeps the suite's word for it: text_contains, any_of or list.
    """

    strings: tuple[str, ...]
    need_all: bool
    kind: Literal["text_contains", "any_of", "list"]


@dataclass(frozen=True, slots=True)
class AbstainExpected:
    """The reports do not say: no figure may be given."""


@dataclass(frozen=True, slots=True)
class ContradictionExpected:
    """The report contradicts itself: `stated` and one of `recomputed` must both be shown."""

    stated: str
    recomputed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClarifyExpected:
    """The question is open: ready choices are offered, or one of `accept` is given."""

    accept: tuple[Amount, ...] = ()


Expectation = (
    NumberExpected
    | SeriesExpected
    | TextExpected
    | AbstainExpected
    | ContradictionExpected
    | ClarifyExpected
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Where the suite's author found the answer."""

    file: str
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is known about its answer.

    `kind` is its number among the kinds of question that readers ask (1 to 30); `paraphrases` are
    further wordings with the same answer, each with its style.
    """

    id: str
    type: str
    question: str
    expect: Expectation
    style: str = ""
    must_not_flag: bool = False
    followup_of: str | None = None
    note: str = ""
    source: tuple[Quote, ...] = ()
    line: int = 0
    kind: int | None = None
    paraphrases: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Suite:
    """The cases of one file, in the order in which they are asked."""

    name: str
    cases: tuple[Case, ...]


def load_suite(path: Path) -> Suite:
    """Read one suite file.

    Raises:
        SuiteError: the file is missing, is no YAML, or breaks the format; the message names the
            line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path}：无法读取题库文件（{error}）") from error
    return parse_suite(text, str(path))


def load_suites(paths: Iterable[Path]) -> tuple[Suite, ...]:
    """Read several files; an id may stand in one of them only."""
    suites = tuple(load_suite(path) for path in paths)
    seen: dict[str, str] = {}
    for suite in suites:
        for case in suite.cases:
            if case.id in seen:
                raise SuiteError(
                    f"{suite.name}:{case.line}：题号 {case.id} 在 {seen[case.id]} 中已有，请改名"
                )
            seen[case.id] = suite.name
    return suites


def parse_suite(text: str, name: str) -> Suite:
    """Read a suite from text; `name` stands for the file in messages.

    Raises:
        SuiteError: see `load_suite`.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = getattr(error, "problem", None) or str(error)
        raise SuiteError(f"{name}:{line}：不是有效的 YAML（{problem}）") from error
    if node is not None:
        _refuse_duplicate_keys(node, name)
    try:
        read = wire.File.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise SuiteError(f"{name}:{_line(node, first['loc'])}：{where}：{message}") from error
    cases = tuple(
        _case(case, _line(node, ("cases", index)), name) for index, case in enumerate(read.cases)
    )
    _refuse_bad_order(cases, name)
    return Suite(name, cases)


def _refuse_duplicate_keys(node: yaml.Node, name: str) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise SuiteError(f"{name}:{line}：字段 {key.value} 写了两次，请删去一个")
            seen.add(key.value)
            _refuse_duplicate_keys(value, name)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_duplicate_keys(value, name)


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """The line of the innermost node on the way to `location` (keys that are absent end it)."""
    if node is None:
        return 1
    line = node.start_mark.line + 1
    for part in location:
        child: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == part:
                    line, child = key.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            child = node.value[part] if part < len(node.value) else None
            line = child.start_mark.line + 1 if child is not None else line
        if child is None:
            break
        node = child
    return line


def _refuse_bad_order(cases: tuple[Case, ...], name: str) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise SuiteError(f"{name}:{case.line}：题号 {case.id} 重复，请改名")
        if case.followup_of is not None and case.followup_of not in seen:
            raise SuiteError(
                f"{name}:{case.line}：{case.id} 追问的 {case.followup_of} 不在它之前，请调整顺序"
            )
        seen.add(case.id)


def _case(read: wire.Case, line: int, name: str) -> Case:
    return Case(
        id=read.id,
        type=read.type,
        question=read.question,
        expect=_expectation(read, line, name),
        style=read.style or "",
        must_not_flag=read.must_not_flag,
        followup_of=read.followup_of,
        note=read.note,
        source=tuple(Quote(quote.file, quote.quote) for quote in read.source),
        line=line,
        kind=read.kind,
        paraphrases=_wordings(read.paraphrases),
    )


def _wordings(read: wire.Paraphrases | None) -> tuple[tuple[str, str], ...]:
    found = ((style, getattr(read, style)) for style in wire.STYLES) if read is not None else ()
    return tuple((style, wording) for style, wording in found if wording)


def _amounts(number: str, unit: str, accept: Iterable[wire.Amount]) -> tuple[Amount, ...]:
    return (Amount(number, unit), *(Amount(entry.number, entry.unit) for entry in accept))


def _texts(expect: wire.Expect) -> list[Expectation]:
    found: list[Expectation] = []
    if expect.text_contains is not None:
        found.append(TextExpected(tuple(expect.text_contains), True, "text_contains"))
    if expect.any_of is not None:
        found.append(TextExpected(tuple(expect.any_of), False, "any_of"))
    if expect.listed is not None:
        found.append(TextExpected(tuple(expect.listed), True, "list"))
    return found


def _expectation(case: wire.Case, line: int, name: str) -> Expectation:
    expect = case.expect
    found: list[Expectation] = []
    if expect.number is not None:
        if expect.unit is None:
            raise SuiteError(f'{name}:{line}：{case.id} 的 number 缺少 unit（没有单位时写 ""）')
        found.append(NumberExpected(_amounts(expect.number, expect.unit, expect.accept)))
    elif expect.unit is not None or expect.accept:
        raise SuiteError(f"{name}:{line}：{case.id} 有 unit 或 accept 而没有 number")
    if expect.series is not None:
        items = [Labelled(i.label, _amounts(i.number, i.unit, i.accept)) for i in expect.series]
        found.append(SeriesExpected(tuple(items)))
    found += _texts(expect)
    if expect.abstain is not None:
        found.append(AbstainExpected())
    if expect.contradiction is not None:
        both = (expect.contradiction.recomputed, *expect.contradiction.accept)
        found.append(ContradictionExpected(expect.contradiction.stated, both))
    if expect.clarify is not None:
        readings = (Amount(each.number, each.unit) for each in expect.accept_values)
        found.append(ClarifyExpected(tuple(readings)))
    elif expect.accept_values:
        raise SuiteError(f"{name}:{line}：{case.id} 有 accept_values 而没有 clarify")
    if len(found) != 1:
        raise SuiteError(
            f"{name}:{line}：{case.id} 的 expect 须恰好写一种期望"
            "（number、series、text_contains、any_of、list、abstain、contradiction、clarify）"
        )
    return found[0]
