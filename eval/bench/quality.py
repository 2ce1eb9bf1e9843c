"""docs/quality.md and docs/benchmarks.md from the JSON of a benchmark run.

Pure: the same JSON gives the same pages. The first says how right Gouji is, the second how fast, how
big, and how it stands beside others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from eval.report import HEADINGS, Totals, table

# Sub-benchmarks, each a section made of its JSON, by their name in `eval.bench`.
QUALITY_PARTS = {
    "calibration": "Answers as the threshold of the last gate moves",
    "mutations": "One figure made wrong at a time",
    "cells": "Questions made of the tables' own labels",
    "exchanged": "Known questions with one word exchanged",
    "audit": "Audits against known slips",
    "editions": "Every format",
    "scans": "Scans and poor pictures",
    "mutated": "Damaged files of every format",
    "gate": "Wordings at the gate",
    "hostile": "Hostile texts",
    "model": "A language model that is wrong, beside the rules",
    "crash": "Crashes at any instant",
    "load": "Many users at once",
}
BENCHMARK_PARTS = {
    "baseline": "A plain pipeline of LangChain beside ours",
    "retrieval": "Finding the passage that answers: words, vectors, both",
    "derivations": "Other people's calculations, done again",
    "equations": "Cost of the equations",
    "speed": "Speed of reading, and memory",
    "scale": "Many reports",
}
_INTRO = """# Quality: how right and how fast

Written by `python -m eval.bench` (`make bench`) from its own results; do not edit by hand.

- **right**: the asked figure stands first, with a unit that converts, the right sign and every
  printed digit; texts and lists hold every expected string outside the citations. A case whose
  report contradicts itself is right only when both values are shown and flagged; **right (stated)**
  also counts an answer that gives the stated value alone.
- **abstained**: no answer (or a choice offered) where there is one. **wrong**: everything else.
- **checked_wrong**: a wrong answer with a number shown as exact, rounding or derived: must be 0.
  **stated_wrong**: a wrong answer whose numbers were shown as stated, without a check."""


_BENCHMARKS_INTRO = """# Benchmarks: how fast, how big, and beside others

Written by `python -m eval.bench` (`make bench`) from its own results; do not edit by hand. Every part
also runs alone, with the command in its section. How right the answers are is in
[quality.md](quality.md). Times on a busy machine say little by themselves: compare lines of one run."""


def benchmarks(run: Mapping[str, Any]) -> str:
    """The page of what is fast, big or compared with others, ending in a line feed."""
    sections = [_BENCHMARKS_INTRO, _environment(run)]
    sections += [
        part_section(title, run[name]) for name, title in BENCHMARK_PARTS.items() if name in run
    ]
    if "whole" in run:
        sections.append(_seconds(run))
    sections.append(_commands(run))
    return "\n\n".join(sections) + "\n"


def _seconds(run: Mapping[str, Any]) -> str:
    rows = [(name, f"{value:.0f}") for name, value in run["seconds"].items()]
    whole = (
        f"{run['whole'] / 60:.1f} minutes in all. Parts that measure time ran one after another, the "
        "others beside each other, one a core."
    )
    return f"## What the run itself took\n\n{whole}\n\n" + table(("part", "seconds"), rows)


def page(run: Mapping[str, Any]) -> str:
    """The page of what is right and what is not, ending in a line feed."""
    sections = [_INTRO, _environment(run)]
    suites = list(run.get("suites", ()))
    if suites:
        sections.append(_summary(suites))
        sections.append(_types(suites))
        sections.append(_latency(suites))
        sections.append(_agreement(suites))
        sections.append(_loading(suites))
    if "start" in run:
        sections.append(_start(run["start"]))
    for name, title in QUALITY_PARTS.items():
        if name in run:
            sections.append(part_section(title, run[name]))
    sections.append(_commands(run))
    return "\n\n".join(section for section in sections if section) + "\n"


def _environment(run: Mapping[str, Any]) -> str:
    where = run["environment"]
    memory = where["memory_gib"]
    packages = ", ".join(f"{name} {version}" for name, version in where["packages"].items())
    lines = [
        "## Where and when",
        "",
        f"- date: {run['date']}",
        f"- machine: {where['processor']}, {where['cores']} cores, {memory or '?'} GiB, "
        f"{where['system']}",
        f"- Python {where['python']}; {packages}",
    ]
    return "\n".join(lines)


def _totals(found: Mapping[str, int]) -> tuple[str, ...]:
    return Totals(**found).row


def _summary(suites: Iterable[Mapping[str, Any]]) -> str:
    all_suites = list(suites)
    rows = [(suite["name"], *_totals(suite["totals"])) for suite in _ran(all_suites)]
    blocks = ["## Suites"]
    if rows:
        blocks.append(table(("suite", *HEADINGS[1:]), rows))
    blocks += [
        f"Not run: {suite['name']}: {suite['skipped']}"
        for suite in all_suites
        if "skipped" in suite
    ]
    return "\n\n".join(blocks)


def _types(suites: Iterable[Mapping[str, Any]]) -> str:
    sums: dict[str, Counter[str]] = {}
    for suite in _ran(suites):
        for name, found in suite["types"].items():
            sums.setdefault(name, Counter()).update(found)
    if not sums:
        return ""
    rows = [(name, *_totals(found)) for name, found in sorted(sums.items())]
    return "### By type, over all suites\n\n" + table(HEADINGS, rows)


def _ran(suites: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [suite for suite in suites if "skipped" not in suite]


def _latency(suites: Iterable[Mapping[str, Any]]) -> str:
    rows = [
        (suite["name"], *(str(suite["latency_ms"].get(key, "-")) for key in _LATENCY))
        for suite in _ran(suites)
    ]
    if not rows:
        return ""
    head = ("suite", "questions", "median ms", "p95 ms", "slowest ms")
    return "## Time to an answer (warm process)\n\n" + table(head, rows)


_LATENCY = ("n", "median", "p95", "max")
_CHECKS = ("exact", "rounding", "derived", "stated", "fails")


def _agreement(suites: Iterable[Mapping[str, Any]]) -> str:
    rows = []
    for suite in _ran(suites):
        found = suite["checks"]
        all_shown = sum(found.values())
        checked = all_shown - found.get("stated", 0)
        share = f"{100 * checked / all_shown:.1f}%" if all_shown else "-"
        verify = suite["verify"]
        rows.append(
            (
                suite["name"],
                str(all_shown),
                *(str(found.get(name, 0)) for name in _CHECKS),
                share,
                str(verify["figures"]),
                str(verify["agreed"]),
            )
        )
    if not rows:
        return ""
    head = ("suite", "values shown", *_CHECKS, "beyond stated", "figures re-read", "agree")
    words = (
        "How the values shown in the answers were checked, and what `gouji verify` says about "
        "every figure of the library against its source."
    )
    return f"## Checks\n\n{words}\n\n" + table(head, rows)


def _loading(suites: Iterable[Mapping[str, Any]]) -> str:
    rows, seen = [], set()
    for suite in _ran(suites):
        for name, seconds in suite["load_each"].items():
            if name not in seen:
                seen.add(name)
                rows.append((name, f"{seconds:.2f}"))
    if not rows:
        return ""
    words = "Seconds from the file to the library, after imports, one after another."
    return f"## Loading\n\n{words}\n\n" + table(("report", "seconds"), rows)


def _start(found: Mapping[str, Any]) -> str:
    title = "## Start of a fresh process"
    if "skipped" in found:
        return f"{title}\n\nNot measured: {found['skipped']}"
    rows = [
        ("gouji --help", f"{found['help_seconds']:.2f}"),
        ("gouji ask …", f"{found['ask_seconds']:.2f}"),
    ]
    words = f"Median of {found['runs']} runs, in seconds."
    return f"{title}\n\n{words}\n\n" + table(("command", "seconds"), rows)


def part_section(title: str, found: Mapping[str, Any]) -> str:
    """A sub-benchmark's JSON as a section.

    ``skipped`` says why it could not run. ``command`` and ``summary`` are shown as they are,
    ``columns`` with ``rows`` as a table; of the rest, single values as a table of their own and
    lists by what they hold.
    """
    if "skipped" in found:
        return f"## {title}\n\nNot run: {found['skipped']}"
    blocks = [f"## {title}"]
    if "command" in found:
        blocks.append(f"`{found['command']}`")
    if "summary" in found:
        blocks.append(str(found["summary"]))
    if "columns" in found and "rows" in found:
        rows = [[_cell(each) for each in row] for row in found["rows"]]
        blocks.append(table([str(name) for name in found["columns"]], rows))
    rest = {name: value for name, value in found.items() if name not in _SHOWN}
    single = [(name, _cell(value)) for name, value in rest.items() if not _nested(value)]
    if single:
        blocks.append(table(("measure", "value"), single))
    blocks += [_list(name, value) for name, value in rest.items() if _nested(value) and value]
    return "\n\n".join(blocks)


_SHOWN = ("command", "summary", "columns", "rows")


def _nested(value: object) -> bool:
    return isinstance(value, list | dict)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return "yes" if value is True else "no" if value is False else str(value)


def _list(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"### {name}\n\n" + table(
            (name, "value"), [(str(key), _cell(each)) for key, each in value.items()]
        )
    if all(isinstance(each, dict) for each in value):
        columns = list(dict.fromkeys(key for each in value for key in each))
        rows = [[_cell(each.get(key, "")) for key in columns] for each in value]
        return f"### {name}\n\n" + table(columns, rows)
    return f"### {name}\n\n" + "\n".join(f"- {_cell(each)}" for each in value)


def _commands(run: Mapping[str, Any]) -> str:
    lines = "\n".join(run["commands"])
    return f"## Commands\n\n```\n{lines}\n```"
