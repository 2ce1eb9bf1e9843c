"""Mutations of a report: what is edited, and what the benchmark makes of it."""

from __future__ import annotations

import json

import pytest

from eval.bench import equations as bench_equations
from eval.bench import mutations as bench_mutations
from eval.bench import quality
from eval.material.mutations import KINDS, NUMBERS, Mutation, edited, mutations, protected, reread
from ingest.model import Document
from ingest.pipeline import read_document

REPORT = """2023年度某市某局部门决算

一、情况说明

2023年度水利支出512.30万元，比上年增加32.10万元，增长6.7%，主要是工程增加。

表1

单位：万元

类别\t2023年决算数
印刷费\t12.30
租赁费\t8.45
咨询费\t1.00
合计\t21.75
"""


def read(text: str = REPORT) -> Document:
    return read_document(text.encode(), "某局.txt")


def changes(kind: str) -> list[str]:
    """The edits of a kind, as old → new."""
    document = read()
    return [
        f"{document.text[m.edit.start : m.edit.end]} → {m.edit.new}"
        for m in mutations(document, kind, protected(document))
    ]


@pytest.mark.parametrize(
    ("kind", "edits"),
    [
        ("+0.02", ["512.30 → 512.32", "32.10 → 32.12", "12.30 → 12.32", "8.45 → 8.47"]),
        ("+0.10", ["512.30 → 512.40", "32.10 → 32.20", "6.7 → 6.8", "12.30 → 12.40"]),
        ("+1", ["512.30 → 513.30", "32.10 → 33.10", "6.7 → 7.7", "12.30 → 13.30"]),
        ("×10", ["512.30 → 5123.00", "32.10 → 321.00", "6.7 → 67.0", "12.30 → 123.00"]),
        ("÷10000", ["512.30 → 0.05123", "32.10 → 0.00321", "6.7 → 0.00067", "12.30 → 0.00123"]),
        ("direction", ["增加 → 减少", "增长 → 下降"]),
        ("year", ["2023 → 2022", "2023 → 2024"]),
    ],
)
def test_an_edit_keeps_the_form_of_the_print(kind: str, edits: list[str]) -> None:
    assert changes(kind)[: len(edits)] == edits


def test_a_swap_takes_unequal_neighbours_and_leaves_no_zero_in_front() -> None:
    for change in changes("swap"):
        old, new = change.split(" → ")
        assert sorted(old) == sorted(new)
        assert old != new
        assert not new.startswith("0")


@pytest.mark.parametrize("kind", NUMBERS)
def test_both_ways_of_reading_an_edit_agree(kind: str) -> None:
    document = read()
    for mutation in mutations(document, kind, protected(document)):
        whole = read(edited(document, mutation.edit))
        part, _ = reread(document, mutation)
        assert [f.quantity for f in part.figures] == [f.quantity for f in whole.figures]
        assert [e.verdict for e in part.equations] == [e.verdict for e in whole.equations]


def outcome(kind: str, old: str) -> str:
    document = read()
    found: list[Mutation] = [
        m
        for m in mutations(document, kind, protected(document))
        if document.text[m.edit.start : m.edit.end] == old
    ]
    assert len(found) == 1
    return bench_mutations.Base(document).by_text(found[0])


def test_outcomes() -> None:
    assert outcome("+1", "12.30") == bench_mutations.FOUND
    assert outcome("+0.02", "12.30") == bench_mutations.WITHIN  # three rounded rows allow 0.02
    assert outcome("+0.05", "12.30") == bench_mutations.FOUND


def test_the_interval_of_a_share() -> None:
    low, high = bench_mutations.wilson(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert bench_mutations.wilson(10, 10)[1] == pytest.approx(1.0)


def test_the_benchmarks_print_sections(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = ["--sets", "made", "--report", "laisui_2022", "--sample", "2"]
    assert bench_mutations.main(wanted) == 0
    found = json.loads(capsys.readouterr().out)
    assert {row[1] for row in found["rows"]} <= set(KINDS)
    section = quality.part_section("Mutations", found)
    assert "| made | +1" in section
    assert "laisui_2022_project.txt" in section


def test_an_enlarged_report_has_as_many_figures_more(capsys: pytest.CaptureFixture[str]) -> None:
    text = bench_equations.enlarged(REPORT, 3)
    assert text.startswith(REPORT)
    assert "512.30" not in text[len(REPORT) :]
    assert len(read(text).figures) == 3 * len(read().figures)
