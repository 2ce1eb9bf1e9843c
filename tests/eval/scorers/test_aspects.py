"""Aspects of an answer beside its verdict: figures, sources, lists."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.scorers.aspects import aspects
from eval.scorers.lists import completeness
from eval.scorers.sources import SourceFound, same_words, source_found
from eval.scorers.values import ValueFound
from eval.suites.suite import Case, Quote, parse_suite
from qa.model import Answer, Check, Outcome, Source, Value


def case(expect: str) -> Case:
    text = f"cases:\n- {{id: c, type: t, question: 问, expect: {{{expect}}}}}\n"
    return parse_suite(text, "t").cases[0]


def value(number: str, unit: str, check: Check = Check.EXACT, label: str = "") -> Value:
    return Value(label, number, unit, "", "某局", None, "", check)


def place(quote: str, report: str = "f.txt", page: int | None = None) -> Source:
    return Source(report, quote, 0, len(quote), page)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([("56.4", "万元")], ValueFound(True, True, True, True, 1)),
        ([("56.41", "万元")], ValueFound(True, True, True, False, 1)),
        ([("-56.4", "万元")], ValueFound(True, True, False, True, 0)),
        ([("56.5", "万元")], ValueFound(True, False, True, False, 0)),
        ([("56.4", "%")], ValueFound(False, False, True, False, 0)),
        ([("1", "万元"), ("564000", "元")], ValueFound(True, False, True, False, 2)),
        ([], None),
    ],
)
def test_the_first_figure(values: list[tuple[str, str]], found: ValueFound | None) -> None:
    answer = Answer("问", Outcome.ANSWERED, "", tuple(value(*each) for each in values))
    assert aspects(case('number: "56.4", unit: 万元'), answer).value == found


def test_how_it_is_shown() -> None:
    shown = (value("5", "元", Check.STATED), value("6", "元"))
    found = aspects(case("abstain: true"), Answer("问", Outcome.CONTRADICTED, "", shown))
    assert (found.disputed, found.silent, found.check) == (True, False, Check.STATED)
    assert aspects(case("abstain: true"), Answer("问", Outcome.ABSTAINED, "")).silent


EXPECTED = (Quote("f.txt", "支出56.4万元", 3), Quote("f.txt", "比上年增加5.19万元"))


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([], SourceFound(False, False, False, Decimal(0))),
        ([place("别的话")], SourceFound(True, False, False, Decimal(0))),
        ([place("别的话", page=3)], SourceFound(True, True, False, Decimal(0))),
        ([place("支出 56.4 万元，", page=3)], SourceFound(True, True, True, Decimal("0.5"))),
        (
            [place("支出56.4万元，比上年增加5.19万元")],
            SourceFound(True, False, True, Decimal(1)),
        ),
        ([place("支出56.4万元", "g.txt", 3)], SourceFound(False, False, False, Decimal(0))),
    ],
)
def test_sources(places: list[Source], found: SourceFound) -> None:
    assert source_found(EXPECTED, places) == found


def test_a_case_without_source_says_nothing_of_it() -> None:
    assert source_found((), [place("话")]) == SourceFound(None, None, None, None)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("支出56.4万元", "2023年支出 56.4 万元，增加", True),
        ("56.4", "56.4", True),
        ("5", "支出56.4万元", False),
        ("六、科学技术支出 36 486.96", "科学技术支出 36 486.96 合计", True),
        ("公务接待费支出5.6万元", "机关运行经费支出56.4万元", False),
    ],
)
def test_same_words(left: str, right: str, same: bool) -> None:
    assert same_words(left, right) is same


@pytest.mark.parametrize(
    ("text", "missing", "recall", "precision"),
    [
        ("1. 甲项目\n2. 乙项目", (), "1", "1"),
        ("1. 甲项目\n2. 丙项目\n3. 丁项目\n4. 乙项目", (), "1", "0.5"),
        ("1. 甲项目", ("乙项目",), "0.5", "1"),
        ("甲项目和乙项目", (), "1", None),
        ("没有", ("甲项目", "乙项目"), "0", None),
    ],
)
def test_lists(text: str, missing: tuple[str, ...], recall: str, precision: str | None) -> None:
    found = completeness(("甲项目", "乙项目"), Answer("问", Outcome.ANSWERED, text))
    assert found.missing == missing
    assert found.recall == Decimal(recall)
    assert found.precision == (None if precision is None else Decimal(precision))


def test_values_are_a_list_too() -> None:
    shown = tuple(value("1", "万元", label=name) for name in ("甲项目", "乙项目", "丙项目"))
    found = aspects(case("list: [甲项目, 乙项目]"), Answer("问", Outcome.ANSWERED, "", shown))
    assert found.listed is not None
    assert (found.listed.listed, found.listed.fitting) == (3, 2)
