"""`python -m eval.bench`: every measurement, and docs/quality.md and docs/benchmarks.md from it.

Each part also runs alone: suites with `gouji eval run`, the others with ``--only``.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from eval.bench.measure import cold_start, environment, part, suite_results
from eval.bench.quality import BENCHMARK_PARTS, QUALITY_PARTS, benchmarks, page
from eval.library import SHARED, reports_for
from eval.suites.suite import Suite, SuiteError, load_suites

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("suites", "start", *QUALITY_PARTS, *BENCHMARK_PARTS)

# What `make bench` measures in twenty minutes; with --full everything is measured, which takes hours.
_BRIEF: dict[str, tuple[str, ...]] = {
    "cells": ("--cells", "4"),
    "exchanged": ("--every", "4"),
    "mutations": ("--sample", "4"),
    "editions": ("--formats", "docx", "doc", "pdf", "xlsx", "html"),
    "scans": ("--no-shared", "--spoilt", "grey, 200 dots an inch"),
    "mutated": ("--count", "150", "--workers", "1"),
    "gate": ("--wrong", "2600", "--right", "500"),
    "hostile": ("--count", "200"),
    "crash": ("--kills", "20"),
    "load": ("--seconds", "60"),
    "model": ("--suites", "tests/gold/samples_a.yaml", "tests/gold/others_a.yaml"),
    "retrieval": ("--questions", "200", "--weights", "0.2"),
}
# Parts that measure time run alone; the others, each a process, as many at once as there are cores.
_TIMED = frozenset(("suites", "start", "load", *BENCHMARK_PARTS))

SIZES = (10, 300)  # reports; `--sizes 10 1000 10000` takes an hour


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write the page; returns 2 when a suite file is broken."""
    options = _parser().parse_args(arguments)
    if options.from_json is not None:
        run = json.loads(options.from_json.read_text(encoding="utf-8"))
    else:
        try:
            suites = load_suites(options.suites or suite_files(options.held_out))
        except SuiteError as error:
            print(f"错误：{error}", file=sys.stderr)
            return 2
        run = measure(suites, options.only or PARTS, options)
        run["commands"] = _commands(arguments, suites)
        write(options.json, json.dumps(run, ensure_ascii=False, indent=1) + "\n")
    for name, text in (("quality.md", page(run)), ("benchmarks.md", benchmarks(run))):
        write(options.out / name, text)
        print(text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="测质量和速度")
    parser.add_argument("--suites", nargs="+", type=Path, metavar="SUITE", help="缺省为全部题库")
    parser.add_argument("--held-out", action="store_true", help="也测留出的题库（*_b.yaml）")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help="、".join(PARTS))
    parser.add_argument(
        "--full", action="store_true", help="各部分都测全（数小时）；缺省约二十分钟"
    )
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=SIZES, metavar="N", help="报告数（scale）"
    )
    parser.add_argument(
        "--json", type=Path, default=ROOT / "build" / "bench.json", help="结果（JSON）"
    )
    parser.add_argument("--from-json", type=Path, metavar="FILE", help="不测，只由以前的结果写页面")
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="两个页面所在的文件夹")
    squad = sorted((SHARED / "retrieval" / "data").glob("*.json"))
    parser.add_argument(
        "--squad",
        nargs="+",
        type=Path,
        default=squad,
        metavar="FILE",
        help="SQuAD 格式的中文问答集（retrieval）",
    )
    parser.add_argument(
        "--tatqa",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="TAT-QA 格式的文件（derivations）",
    )
    return parser


def _commands(arguments: Sequence[str] | None, suites: Sequence[Suite]) -> list[str]:
    words = sys.argv[1:] if arguments is None else list(arguments)
    names = [_shown(Path(suite.name)) for suite in suites]
    return [
        " ".join(["python -m eval.bench", *words]),
        " ".join(["gouji eval run", *names, "--reports auto --no-model --show wrong"]),
    ]


def write(path: Path, text: str) -> None:
    """Write a file, with the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def suite_files(held_out: bool) -> tuple[Path, ...]:
    """The suites at hand: beside the repository and in it; held-out ones only when asked for."""
    folders = (SHARED / "gold", ROOT / "tests" / "gold")
    found = [path for folder in folders for path in sorted(folder.glob("*.yaml"))]
    return tuple(path for path in found if held_out or not path.stem.endswith("_b"))


def measure(
    suites: Sequence[Suite], parts: Sequence[str], options: argparse.Namespace
) -> dict[str, Any]:
    """Run the parts in order, saying on stderr which one is under way.

    Args:
        suites: of questions.
        parts: which of PARTS to measure.
        options: of the command line: `sizes`, `squad` and `tatqa` for the parts that need them.
    """
    steps: dict[str, Callable[[], Any]] = {
        "suites": lambda: [suite_results(suite) for suite in suites],
        "start": lambda: _start(suites),
        **{name: _module(name, options) for name in (*QUALITY_PARTS, *BENCHMARK_PARTS)},
    }
    found: dict[str, Any] = {}
    seconds: dict[str, float] = {}

    def take(name: str) -> None:
        print(f"… {name}", file=sys.stderr)
        began = time.monotonic()
        found[name] = steps[name]()
        seconds[name] = round(time.monotonic() - began, 1)

    began = time.monotonic()
    wanted = [name for name in PARTS if name in parts]
    for name in wanted:
        if name in _TIMED:
            take(name)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(take, (name for name in wanted if name not in _TIMED)))
    return {
        "date": datetime.date.today().isoformat(),
        "environment": environment(),
        "seconds": {name: seconds[name] for name in wanted},
        "whole": round(time.monotonic() - began, 1),
        **{name: found[name] for name in wanted},
    }


def _shown(path: Path) -> str:
    """A path as the pages show it: seen from the working folder, with no machine's folders in it."""
    return os.path.relpath(path)


def _module(name: str, options: argparse.Namespace) -> Callable[[], dict[str, Any]]:
    """The part that is a module of its own, with the arguments that it is run with here."""
    given: dict[str, Sequence[object]] = {
        "audit": ("--kept", "--json"),
        "editions": ("--json",),
        "scans": ("--json",),
        "scale": ("--sizes", *options.sizes),
        "retrieval": ("--json", *map(_shown, options.squad)),
        "derivations": tuple(map(_shown, options.tatqa)),
    }
    brief = () if options.full else _BRIEF.get(name, ())
    needs = {"retrieval": options.squad, "derivations": options.tatqa}
    if not needs.get(name, True):
        missing = {"retrieval": "--squad", "derivations": "--tatqa"}[name]
        return lambda: {"skipped": f"没有给出文件，请用 {missing} 指明"}
    return lambda: part(f"eval.bench.{name}", *map(str, (*given.get(name, ()), *brief)))


def _start(suites: Sequence[Suite]) -> dict[str, Any]:
    for suite in suites:
        folders = reports_for(suite)
        if folders:
            return cold_start(folders, suite.cases[0].question)
    return {"skipped": "题库所引的报告不在本机"}
