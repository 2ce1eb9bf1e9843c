"""`python -m eval.bench`: every measurement, and docs/quality.md from it.

Each part also runs alone: suites with `python -m eval.run`, the others with ``--only``.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval.library import SHARED, reports_for
from eval.measure import cold_start, environment, part, suite_results
from eval.quality import page
from eval.suite import Suite, SuiteError, load_suites

ROOT = Path(__file__).resolve().parents[1]
PARTS = (
    "suites", "start", "calibration", "mutations", "equations", "audit", "editions", "scans", "speed",
    "mutated", "gate", "hostile", "model", "crash", "scale", "baseline",
)  # fmt: skip

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
        run = measure(suites, options.only or PARTS, options.sizes)
        run["commands"] = _commands(arguments, suites)
        write(options.json, json.dumps(run, ensure_ascii=False, indent=1) + "\n")
    write(options.out, page(run))
    print(page(run))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="测质量和速度")
    parser.add_argument("--suites", nargs="+", type=Path, metavar="SUITE", help="缺省为全部题库")
    parser.add_argument("--held-out", action="store_true", help="也测留出的题库（*_b.yaml）")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help="、".join(PARTS))
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=SIZES, metavar="N", help="报告数（scale）"
    )
    parser.add_argument(
        "--json", type=Path, default=ROOT / "build" / "bench.json", help="结果（JSON）"
    )
    parser.add_argument("--from-json", type=Path, metavar="FILE", help="不测，只由以前的结果写页面")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "quality.md", help="页面")
    return parser


def _commands(arguments: Sequence[str] | None, suites: Sequence[Suite]) -> list[str]:
    words = sys.argv[1:] if arguments is None else list(arguments)
    names = [os.path.relpath(suite.name, ROOT) for suite in suites]
    return [
        " ".join(["python -m eval.bench", *words]),
        " ".join(["python -m eval.run", *names, "--show wrong"]),
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
    suites: Sequence[Suite], parts: Sequence[str], sizes: Sequence[int] = SIZES
) -> dict[str, Any]:
    """Run the parts in order, saying on stderr which one is under way.

    Args:
        suites: of questions.
        parts: which of PARTS to measure.
        sizes: numbers of reports for the part that measures growth.
    """
    steps: dict[str, Callable[[], Any]] = {
        "suites": lambda: [suite_results(suite) for suite in suites],
        "start": lambda: _start(suites),
        "calibration": lambda: part("eval.bench_calibration"),
        "mutations": lambda: part("eval.bench_mutations"),
        "equations": lambda: part("eval.bench_equations"),
        "audit": lambda: part("eval.bench_audit", "--kept", "--json"),
        "editions": lambda: part("eval.bench_editions", "--json"),
        "scans": lambda: part("eval.bench_scans", "--json"),
        "speed": lambda: part("eval.bench_speed"),
        "mutated": lambda: part("eval.bench_mutated"),
        "gate": lambda: part("eval.bench_gate"),
        "hostile": lambda: part("eval.bench_hostile"),
        "model": lambda: part("eval.bench_model"),
        "crash": lambda: part("eval.bench_crash"),
        "baseline": lambda: part("eval.bench_baseline"),
        "scale": lambda: part("eval.bench_scale", *map(str, ("--sizes", *sizes))),
    }
    run: dict[str, Any] = {
        "date": datetime.date.today().isoformat(),
        "environment": environment(),
    }
    for name in PARTS:
        if name in parts:
            print(f"… {name}", file=sys.stderr)
            run[name] = steps[name]()
    return run


def _start(suites: Sequence[Suite]) -> dict[str, Any]:
    for suite in suites:
        folders = reports_for(suite)
        if folders:
            return cold_start(folders, suite.cases[0].question)
    return {"skipped": "题库所引的报告不在本机"}


if __name__ == "__main__":
    sys.exit(main())
