"""The planted slips and traps: each has its form, and its quote stands once in its report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.yaml_files import read_yaml

AUDIT = Path(__file__).parent / "audit"
HALVES = ("open", "kept")
SLIP = {"id", "report", "quote", "stated", "right", "family", "kind", "also", "across"}
TRAP = {"id", "report", "quote", "why"}
FAMILIES = {"tables", "narrative", "scores", "same_fact", "across", "reading"}
KINDS = {
    *("growth_rate", "direction", "change", "completion_rate", "share", "score_rate"),
    *("table_total", "table_subtotal", "column_sum", "row_sum", "code_hierarchy"),
    *("prose_vs_table", "unit", "transposed_digits", "factor_ten", "stale_draft"),
    *("count", "count_items", "sentence_sum", "carry_over", "budget_trail", "grade"),
    *("score_total", "rubric", "body_vs_annex", "three_public", "per_capita", "date"),
    *("conclusion", "last_year"),
}


def entries(key: str) -> list[Any]:
    found: list[Any] = []
    for half in HALVES:
        path = AUDIT / f"{half}.yaml"
        if not path.exists():
            continue
        listed = read_yaml(path)[key]
        found.extend(pytest.param(AUDIT / half, entry, id=entry["id"]) for entry in listed)
    return found


def text_of(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("folder", "slip"), entries("slips"))
def test_a_slip_has_its_form_and_stands_once(folder: Path, slip: dict[str, Any]) -> None:
    assert set(slip) == SLIP
    assert slip["family"] in FAMILIES
    assert slip["kind"] in KINDS
    assert isinstance(slip["stated"], str)
    assert isinstance(slip["right"], str)
    assert slip["stated"] != slip["right"]
    text = text_of(folder, slip["report"])
    assert text.count(slip["quote"]) == 1
    for other in slip["also"]:
        assert other in text, other
    assert slip["across"] is None or (folder / slip["across"]).exists()
    assert slip["across"] != slip["report"]
    assert (slip["family"] == "across") == (slip["across"] is not None)


@pytest.mark.parametrize(("folder", "slip"), entries("slips"))
def test_a_slip_quotes_what_it_says_is_stated(folder: Path, slip: dict[str, Any]) -> None:
    if slip["family"] != "reading":
        assert slip["stated"] in slip["quote"]


@pytest.mark.parametrize(("folder", "trap"), entries("traps"))
def test_a_trap_has_its_form_and_stands_once(folder: Path, trap: dict[str, Any]) -> None:
    assert set(trap) == TRAP
    assert trap["why"]
    assert text_of(folder, trap["report"]).count(trap["quote"]) == 1


def test_ids_are_unique_and_every_report_has_both() -> None:
    everything = entries("slips") + entries("traps")
    assert len({param.id for param in everything}) == len(everything)
    for half in HALVES:
        reports = {path.name for path in (AUDIT / half).glob("*.[tm][xd]*")}
        for key in ("slips", "traps"):
            named = {p.values[1]["report"] for p in entries(key) if p.values[0] == AUDIT / half}
            assert named == reports, (half, key)


def test_no_trap_is_a_slip() -> None:
    slips = {(p.values[1]["report"], p.values[1]["quote"]) for p in entries("slips")}
    for param in entries("traps"):
        trap = param.values[1]
        for report, quote in slips:
            assert report != trap["report"] or quote not in trap["quote"], trap["id"]
            assert report != trap["report"] or trap["quote"] not in quote, trap["id"]
