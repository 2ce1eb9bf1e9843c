"""The quality page from a run's JSON, and the suites that a benchmark takes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from eval.bench import run as bench
from eval.bench.quality import benchmarks, page, part_section

TOTALS = {
    "cases": 4,
    "right": 3,
    "wrong": 0,
    "abstained": 1,
    "unscored": 0,
    "checked_wrong": 0,
    "stated_wrong": 0,
    "right_stated": 3,
}
SUITE = {
    "name": "one.yaml",
    "reports": 2,
    "load_seconds": 1.25,
    "load_each": {"a.txt": 0.75, "b.txt": 0.5},
    "totals": TOTALS,
    "types": {"sum": TOTALS},
    "cases": [],
    "latency_ms": {"n": 4, "median": 12.5, "p95": 20.0, "max": 21.0},
    "checks": {"exact": 3, "stated": 1},
    "verify": {"figures": 900, "agreed": 899, "problems": ["x"]},
}
RUN: dict[str, Any] = {
    "date": "2025-01-02",
    "environment": {
        "system": "Linux 6",
        "processor": "cpu",
        "cores": 2,
        "memory_gib": 8.0,
        "python": "3.11.7",
        "packages": {"click": "8"},
    },
    "suites": [
        SUITE,
        {**SUITE, "name": "three.yaml"},
        {"name": "two.yaml", "skipped": "题库所引的报告不在本机"},
    ],
    "start": {"runs": 5, "help_seconds": 0.123, "ask_seconds": 1.5},
    "hostile": {"skipped": "超时"},
    "crash": {"command": "python -m eval.bench.crash", "kills": 200, "slowest_open": 0.25},
    "commands": ["python -m eval.bench"],
}


@pytest.mark.parametrize(
    "line",
    [
        "- date: 2025-01-02",
        "- machine: cpu, 2 cores, 8.0 GiB, Linux 6",
        "- Python 3.11.7; click 8",
        "Not run: two.yaml: 题库所引的报告不在本机",
        "### By type, over all suites",
        "| sum  |     8 |     6 |   75.0% |",
        "75.0%",
        "12.5 |   20.0 |       21.0 |",
        "900 |   899 |",
        "| a.txt  |    0.75 |",
        "| gouji --help |    0.12 |",
        "Not run: 超时",
        "`python -m eval.bench.crash`",
        "| kills        |   200 |",
        "| slowest_open |  0.25 |",
        "python -m eval.bench\n```\n",
    ],
)
def test_page_says(line: str) -> None:
    assert line in page(RUN)


def test_the_page_is_a_function_of_its_json() -> None:
    assert page(json.loads(json.dumps(RUN))) == page(RUN)


def test_nothing_measured_leaves_a_short_page() -> None:
    text = page({key: RUN[key] for key in ("date", "environment", "commands")})
    assert "## Suites" not in text
    assert text.endswith("```\n")


def test_every_table_row_has_its_heading_count() -> None:
    for block in page(RUN).split("\n\n"):
        rows = [line for line in block.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in rows}) <= 1


@pytest.mark.parametrize(
    ("found", "lines"),
    [
        ({"skipped": "无"}, ["Not run: 无"]),
        ({"n": 1, "whole": True}, ["| n       | 1     |", "| whole   | yes   |"]),
        ({"examples": []}, []),
        ({"summary": "全好", "columns": ["a"], "rows": [[1]]}, ["\n\n全好\n\n|   a |"]),
        ({"examples": ["a", "b"]}, ["### examples", "- a\n- b"]),
        ({"kinds": {"zip": 3}}, ["### kinds", "| zip   |     3 |"]),
        ({"files": [{"a": 1}, {"a": 2, "b": 0.5}]}, ["|   a |   b |", "|   2 | 0.5 |"]),
    ],
)
def test_parts_are_shown_by_their_shape(found: dict[str, Any], lines: list[str]) -> None:
    text = part_section("T", found)
    assert text.startswith("## T")
    for line in lines:
        assert line in text


def test_held_out_suites_are_taken_only_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = tmp_path / "tests" / "gold"
    gold.mkdir(parents=True)
    for name in ("x_a.yaml", "x_b.yaml"):
        (gold / name).write_text("", encoding="utf-8")
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "SHARED", tmp_path / "none")
    assert [path.name for path in bench.suite_files(False)] == ["x_a.yaml"]
    assert [path.name for path in bench.suite_files(True)] == ["x_a.yaml", "x_b.yaml"]


def test_what_is_fast_stands_on_a_page_of_its_own() -> None:
    run = {
        **RUN,
        "baseline": {"summary": "beside", "columns": ["way"], "rows": [["LangChain"]]},
        "derivations": {"skipped": "没有给出文件"},
        "seconds": {"suites": 61.2, "baseline": 58.8},
        "whole": 120.0,
    }
    text = benchmarks(run)
    assert "## A plain pipeline of LangChain beside ours\n\nbeside" in text
    assert "Not run: 没有给出文件" in text
    assert "2.0 minutes in all" in text
    assert "cpu, 2 cores" in text
    assert "## Suites" not in text
    assert "LangChain" not in page(run)


def test_parts_without_files_say_what_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(module: str, *arguments: str) -> dict[str, Any]:
        return {"module": module, "arguments": arguments}

    monkeypatch.setattr(bench, "part", asked)
    monkeypatch.chdir(bench.ROOT)
    options = argparse.Namespace(sizes=(1,), squad=[bench.ROOT / "a.json"], tatqa=[], full=True)
    found = bench.measure([], ("retrieval", "derivations", "scale", "crash"), options)
    assert "--tatqa" in found["derivations"]["skipped"]
    assert found["retrieval"]["arguments"] == ("--json", "a.json")
    assert found["scale"] == {"module": "eval.bench.scale", "arguments": ("--sizes", "1")}
    assert found["crash"]["arguments"] == ()
    assert set(found["seconds"]) == {"retrieval", "derivations", "scale", "crash"}
    options.full = False
    assert bench.measure([], ("crash",), options)["crash"]["arguments"] == ("--kills", "20")
