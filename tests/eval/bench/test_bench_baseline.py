"""The plain pipeline of LangChain beside ours, over made-up reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.bench.baseline import Piece, beside, figure_cases, placed, printed, table_of
from eval.bench.quotes import QuoteIndex
from eval.material.baseline import CHUNK, Baseline
from eval.suites.suite import Case, parse_suite
from ingest.settings import Settings

REPORTS = Path(__file__).parents[3] / "samples" / "reports"
SUITE = Path(__file__).parents[2] / "gold" / "samples_a.yaml"
TEXT = "一、概况\n机关运行经费支出 1,056.40\n万元，比上年增加5.19万元。\n"


def case(quote: str, number: str = "1056.4") -> Case:
    text = (
        "cases:\n- id: a\n  type: t\n  question: 机关运行经费是多少？\n"
        f'  expect: {{number: "{number}", unit: 万元}}\n'
        f'  source: [{{file: r.txt, quote: "{quote}"}}]\n'
    )
    return parse_suite(text, "x.yaml").cases[0]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("支出1,056.40万元", ["支出 1,056.40\n万元"]),
        ("机关运行经费支出", ["机关运行经费支出"]),
        ("万元", ["万元", "万元"]),
        ("不在其中", []),
        (" ", []),
    ],
)
def test_quotes_are_found_across_white_space(quote: str, found: list[str]) -> None:
    assert [TEXT[low:high] for low, high in QuoteIndex(TEXT).occurrences(quote)] == found


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [(0, len(TEXT), True), (5, len(TEXT), True), (12, len(TEXT), False), (0, 16, False)],
)
def test_a_place_counts_only_when_the_whole_quote_was_fetched(
    start: int, end: int, held: bool
) -> None:
    piece = Piece("r.txt", ((start, end),), TEXT[start:end])
    texts = {"r.txt": QuoteIndex(TEXT)}
    assert placed(case("支出1,056.40万元"), [piece], texts) is held
    assert not placed(case("支出1,056.40万元"), [Piece("other.txt", piece.spans, TEXT)], texts)


def test_two_neighbouring_pieces_hold_a_quote_together() -> None:
    halves = [Piece("r.txt", ((0, 14),), TEXT[:14]), Piece("r.txt", ((14, 40),), TEXT[14:40])]
    assert placed(case("支出1,056.40万元"), halves, {"r.txt": QuoteIndex(TEXT)})


@pytest.mark.parametrize(
    ("number", "text", "there"),
    [
        ("1056.4", TEXT, True),
        ("1056.4", "1,056.41万元", False),
        ("-5.19", TEXT, True),
        ("5.1", TEXT, False),
    ],
)
def test_printed_compares_whole_numbers(number: str, text: str, there: bool) -> None:
    assert printed(case("支出", number), [text]) is there


def test_the_pipeline_fetches_what_was_asked_for(tmp_path: Path) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    files[0].write_text("公务接待费支出1.2万元。\n" * 40, encoding="utf-8")
    files[1].write_text("垃圾分类项目绩效评价得分88分。", encoding="gb18030")
    baseline = Baseline(files, tmp_path / "chroma", Settings())
    (first,) = baseline.fetch("垃圾分类项目得了多少分？", 1)
    assert (first.file, first.start) == ("b.txt", 0)
    assert baseline.chunks > 2
    assert all(len(each.text) <= CHUNK for each in baseline.fetch("公务接待费", 3))


def test_both_ways_are_measured_over_the_same_questions(tmp_path: Path) -> None:
    from eval.suites.suite import load_suite

    cases = figure_cases(load_suite(SUITE).cases)[:6]
    found = table_of([beside((REPORTS,), cases, tmp_path)])
    assert [row[:3] for row in found["rows"]] == [
        ["LangChain", 4, len(cases)],
        ["LangChain", 10, len(cases)],
        ["Gouji", 4, len(cases)],
        ["Gouji", 10, len(cases)],
    ]
    for row in found["rows"]:
        assert all(0 <= share <= 100 for share in (row[3], row[5]))
