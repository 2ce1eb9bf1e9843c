"""Kill a process that changes a library, again and again, and look at what is left.

    python -m eval.bench.crash --kills 200 --files 20

A child process adds, corrects and removes generated reports and rebuilds the indexes, saying before
and after each change what it does; it is killed (SIGKILL) at a random instant. Then another child
opens the library, which repairs it, and compares ledger, words, vectors and files. With the setting
`ledger_url` the ledger is on that server, in a schema that must be new. Prints JSON: `kills`,
`inconsistencies` (of any of the four), `lost` (a change that was reported as done but is not there)
and `slowest_open` in seconds. Needs an operating system with fork.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import index.embedding
import index.vectors  # noqa: F401 - imported before the fork, so that a child starts at once
from index.library import Library
from ingest.settings import load_settings

_LONGEST = 1.5  # seconds until a child is killed
_UNITS = ("财政局", "教育局", "卫生健康局", "水务局", "档案馆")


@dataclass(slots=True)
class Outcome:
    """What all kills together came to."""

    kills: int = 0
    changes: int = 0
    inconsistencies: int = 0
    lost: int = 0
    slowest_open: float = 0.0
    examples: list[str] = field(default_factory=list)


def make_files(folder: Path, count: int, seed: int = 0) -> list[Path]:
    """Small reports with figures, each in two editions (same name, other folder)."""
    chance = random.Random(seed)  # noqa: S311 - sampling, no secret
    paths: list[Path] = []
    for number in range(count):
        unit = f"某市{_UNITS[number % len(_UNITS)]}"
        year = 2015 + number // len(_UNITS)
        for edition in ("first", "corrected"):
            path = folder / edition / f"report{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_report(unit, year, chance), encoding="utf-8")
            paths.append(path)
    return paths


def _report(unit: str, year: int, chance: random.Random) -> str:
    lines = [f"{year}年度{unit}部门决算", "", "一、收入支出决算情况", ""]
    for item in range(chance.randint(5, 120)):
        amount, before = chance.randint(100, 99999) / 100, chance.randint(100, 99999) / 100
        lines += [
            f"（{item + 1}）项目{item + 1}支出{amount}万元，上年支出{before}万元，"
            f"完成年初预算的{chance.randint(50, 120)}%。",
            "",
        ]
    return "\n".join(lines)


def worker(data: Path, files: Sequence[Path], seed: int, said: Connection) -> None:
    """Change the library without end, saying each change before and after."""
    chance = random.Random(seed)  # noqa: S311 - sampling, no secret
    with Library.open(load_settings(data=data)) as library:
        while True:
            kind = chance.choices(("add", "remove", "rebuild"), (80, 17, 3))[0]
            reports = library.reports(include_superseded=True)
            if kind == "remove" and reports:
                report = chance.choice(reports)
                said.send(("begin", "remove", report.sha256))
                library.remove(report.id)
                said.send(("done", "remove", report.sha256))
            elif kind == "rebuild":
                said.send(("begin", "rebuild", ""))
                library.rebuild()
                said.send(("done", "rebuild", ""))
            else:
                path = chance.choice(files)
                sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
                said.send(("begin", "add", sha256))
                library.add(path)
                said.send(("done", "add", sha256))


def inspect(data: Path, said: Connection) -> None:
    """Open the library and send (seconds to open, its reports' hashes, its inconsistencies)."""
    began = time.perf_counter()
    with Library.open(load_settings(data=data)) as library:
        seconds = time.perf_counter() - began
        hashes = {report.sha256 for report in library.reports(include_superseded=True)}
        problems = library.consistency()
        verified = library.verify()
        problems += [
            f"does not verify: {each}" for each in verified.disagreements if each.figure is None
        ]
        said.send((seconds, hashes, problems))


def run(kills: int, files: Sequence[Path], data: Path, seed: int = 0) -> Outcome:
    """Kill `kills` children that work on the library in `data`."""
    chance = random.Random(seed)  # noqa: S311 - sampling, no secret
    outcome = Outcome()
    _, present, _ = _inspected(data)
    for number in range(kills):
        messages = _killed(data, files, seed + number, chance.uniform(0.0, _LONGEST))
        seconds, found, problems = _inspected(data)
        outcome.kills += 1
        outcome.changes += sum(state == "done" for state, _, _ in messages)
        outcome.slowest_open = max(outcome.slowest_open, round(seconds, 2))
        if problems:
            outcome.inconsistencies += 1
            outcome.examples.append(f"kill {number}: {problems[:3]}")
        wrong = _wrong(present, found, messages)
        if wrong:
            outcome.lost += len(wrong)
            outcome.examples.append(f"kill {number}: {sorted(wrong)[:3]} after {messages[-3:]}")
        present = found
    return outcome


Message = tuple[str, str, str]


def _wrong(before: set[str], after: set[str], messages: Sequence[Message]) -> set[str]:
    """Hashes that should be there and are not, or the other way round."""
    expected = set(before)
    open_change = ""
    for state, kind, sha256 in messages:
        open_change = sha256 if state == "begin" else ""
        if state == "done" and kind == "add":
            expected.add(sha256)
        elif state == "done" and kind == "remove":
            expected.discard(sha256)
    return (expected ^ after) - {open_change}


def _killed(data: Path, files: Sequence[Path], seed: int, delay: float) -> list[Message]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=worker, args=(data, files, seed, sender))
    child.start()
    sender.close()
    receiver.poll(30)
    time.sleep(delay)
    if child.pid is None or child.exitcode is not None:
        raise RuntimeError(f"the child ended by itself with {child.exitcode}")
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    return list(_received(receiver))


def _received(receiver: Connection) -> Iterator[Message]:
    while receiver.poll(0):
        try:
            yield receiver.recv()
        except (EOFError, OSError):
            return


def _inspected(data: Path) -> tuple[float, set[str], list[str]]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=inspect, args=(data, sender))
    child.start()
    sender.close()
    try:
        found: tuple[float, set[str], list[str]] = receiver.recv()
    except EOFError:
        child.join()
        raise RuntimeError(f"opening the library failed with {child.exitcode}") from None
    child.join()
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line; see the module's text."""
    parser = argparse.ArgumentParser(description="kill a writer and check what is left")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = make_files(folder / "reports", options.files, options.seed)
        outcome = run(options.kills, files, folder / "data", options.seed)
    found: dict[str, Any] = asdict(outcome)
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
