"""What an answer looks like on a terminal."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from qa.compare.across import FAMILIES as ACROSS
from qa.model import Answer, Check, Coverage, EquationNote, Outcome, Source, Value
from ui.render import CHECK_MARKS, FAMILY_NAMES, new_console, put, render_answer
from ui.texts import plain, set_language

INGEST = Path(__file__).resolve().parents[2] / "ingest"

SOURCE = Source("甲局决算.txt", "运行经费\n56.4万元", 10, 21, page=12, table="表1", row="行甲")
VALUE = Value("2023年运行经费", "56.4", "万元", "2023", "甲局", None, "运行经费", Check.ROUNDING)
ANSWER = Answer("运行经费？", Outcome.ANSWERED, "运行经费为 56.4 万元。", coverage=Coverage(5, 1))


@pytest.fixture(autouse=True)
def _back_to_chinese() -> Iterator[None]:
    yield
    set_language("zh")


def shown(answer: Answer, width: int = 200) -> str:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False).print(render_answer(answer))
    return out.getvalue()


@pytest.mark.parametrize("check", list(Check))
def test_each_way_of_checking_has_its_mark_and_words(check: Check) -> None:
    mark, words, _ = CHECK_MARKS[check]
    assert f"{mark} {words}" in shown(replace(ANSWER, values=(replace(VALUE, check=check),)))


def test_formula_other_value_and_place_are_shown() -> None:
    value = replace(
        VALUE,
        check=Check.FAILS,
        formula="564000 元 ÷ 10000",
        recomputed="56.4",
        other="55 万元",
        sources=(SOURCE,),
    )
    text = shown(replace(ANSWER, outcome=Outcome.CONTRADICTED, values=(value,)))
    assert "报告自身前后不一致" in text
    assert "✗ 矛盾，对照值 55 万元" in text
    assert "564000 元 ÷ 10000 = 56.4 万元" in text
    assert "甲局决算.txt · 第 12 页 · 表1 · 行：行甲" in text
    assert "> 运行经费56.4万元" in text


def test_a_place_is_listed_once() -> None:
    value = replace(VALUE, sources=(SOURCE, SOURCE))
    text = shown(replace(ANSWER, values=(value, value), citations=(SOURCE,)))
    assert text.count("第 12 页") == 1


def test_choices_reason_equations_and_gaps_are_shown() -> None:
    answer = replace(
        ANSWER,
        outcome=Outcome.CLARIFY,
        reason="口径不明",
        choices=("年初预算", "决算"),
        equations=(EquationNote("growth", "a ÷ b", "exact"),),
        coverage=Coverage(3, 1, ("乙局2022年决算",)),
    )
    text = shown(answer)
    for words in (
        "请选择",
        "口径不明",
        "1. 年初预算",
        "2. 决算",
        "✓ 增减率：a ÷ b",
        "缺：乙局2022年决算",
    ):
        assert words in text


def test_english_screens_hold_no_chinese_of_ours() -> None:
    set_language("en")
    text = shown(Answer("q", Outcome.ABSTAINED, "not stated", coverage=Coverage(2, 0)))
    assert "No answer" in text
    assert not any("\u4e00" <= each <= "\u9fff" for each in text)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("甲\n乙", "甲乙"),
        ("a\nb", "a b"),
        ("805.68万\n  元", "805.68万元"),
        ("x\x1b[31mred\x07", "x[31mred"),
        ("甲\u202e乙\u200b丙", "甲乙丙"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("\ud800x", "x"),
    ],
)
def test_text_of_reports_cannot_steer_the_terminal(raw: str, expected: str) -> None:
    assert plain(raw) == expected


def test_an_answer_of_hostile_text_stays_plain() -> None:
    text = shown(replace(ANSWER, text="[red]甲[/red]\x1b]0;title\x07", values=(VALUE,)))
    assert "[red]甲[/red]]0;title" in text
    assert "\x1b" not in text


def families() -> Iterator[str]:
    """Families of equations that the code of ingest gives claims of."""
    makers = {"Claim", "percent", "total", "signed_total", "same", "sum_claim", "claims", "claim"}
    makers |= {"counted", "contrary", "agreed", "added"}
    for path in sorted(INGEST.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                if name in makers and isinstance(first, ast.Constant):
                    yield str(first.value)


def test_every_family_of_equations_has_a_name_for_the_reader() -> None:
    assert {*families(), *ACROSS} == set(FAMILY_NAMES)


def test_equations_that_fail_come_first_and_the_others_are_counted() -> None:
    holding = [EquationNote("share", f"a{number}", "exact") for number in range(9)]
    failing = [EquationNote("total_row", f"b{number}", "fails") for number in range(8)]
    text = shown(replace(ANSWER, equations=(*holding, *failing)))
    assert all(f"✗ 各行合计：b{number}" in text for number in range(8))
    assert "另有 9 条，没有不一致的" in text
    assert "a0" not in text
    assert "另有 3 条" in shown(replace(ANSWER, equations=tuple(holding)))


def test_a_long_quote_starts_beside_its_sign() -> None:
    source = replace(SOURCE, quote="很长的一句话" * 40)
    text = shown(replace(ANSWER, citations=(source,)), width=80)
    assert "    > 很长的一句话" in text


def test_what_goes_to_a_file_keeps_its_lines_whole(capsys: pytest.CaptureFixture[str]) -> None:
    put(new_console(), render_answer(replace(ANSWER, text="很长的一句话" * 200)))
    assert "很长的一句话" * 200 in capsys.readouterr().out.splitlines()
