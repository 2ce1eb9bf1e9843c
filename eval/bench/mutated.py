"""`python -m eval.bench.mutated`: damaged and hostile files of every format, each in its limits.

A small report is laid out in every format, then damaged (eval/material/damage.py): bits flipped, cut off,
members of containers spliced, XML nested deep, dimensions made huge; and the usual bombs are added.
Each file goes through the library's own reading processes. Counted are: read, refused in one clear
line, stopped by a limit of time or memory, ended its process, an error of ours (must be 0), a line
that is not clear (must be 0), and files written where none belong (must be 0).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from eval.bench.hostile import unclear
from eval.material.damage import DAMAGE, bombs, originals
from index.confined import Limits, Reading, Source
from index.readahead import ReadAhead
from ingest.archives import is_archive, members
from ingest.model import Document
from ingest.pipeline import read_document
from ingest.readers.errors import UnreadableFile

SEED: Final = 20_261_126
COUNT: Final = 3_000
LIMITS: Final = Limits(total_seconds=120, page_seconds=60, memory_mb=4096)


@dataclass(slots=True)
class Outcomes:
    """What came of the files, by kind of damage."""

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    ours: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def count(self, kind: str, name: str, reading: Reading | None) -> None:
        """Note one file's outcome; None for one that was read, as a document is."""
        if reading is None or isinstance(reading, Document):
            self.read[kind] += 1
        elif "程序读取时出错" in reading:
            self.ours.append(f"{kind} {name}: {reading[:300]}")
        elif flaw := unclear(reading, name):
            self.unclear.append(f"{kind} {name}: {flaw}: {reading[:200]}")
        elif "秒的上限" in reading or "内存超过上限" in reading:
            self.stopped[kind] += 1
        elif "进程意外终止" in reading:
            self.ended[kind] += 1
        else:
            self.refused[kind] += 1


# The run


class Case(NamedTuple):
    """A damaged file, made when it is needed."""

    kind: str
    name: str
    make: Callable[[], bytes]


def cases(files: dict[str, bytes], count: int, seed: int, stray: Path) -> Iterator[Case]:
    """`count` files, the bombs first."""
    number = 0
    for number, (kind, bomb) in enumerate(bombs(files, stray)):
        if number >= count:
            return
        yield Case("bombs", f"炸弹{number}-{kind.replace(' ', '-')}", bomb)
    makers = list(DAMAGE.items())
    for index in range(number + 1, count):
        kind, maker = makers[index % len(makers)]
        rng = random.Random(seed * 1_000_003 + index)  # noqa: S311 - test material
        yield Case(kind, f"文件{index}", partial(maker, rng, files))


class Log:
    """What came of each file, a line each, so that a run that was broken off goes on from there."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        lines = path.read_text(encoding="utf-8").splitlines() if path and path.exists() else []
        self.known: dict[str, dict[str, Any]] = {
            entry["name"]: entry for entry in map(json.loads, lines)
        }

    def add(self, case: Case, reading: Reading, seconds: float) -> None:
        """Write down one file's outcome."""
        said = None if isinstance(reading, Document) else reading
        entry = {"kind": case.kind, "name": case.name, "said": said, "seconds": round(seconds, 2)}
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _sources(case: Case) -> Iterator[Source | str]:
    """The file, or what is in it where it is an archive; a line for what cannot be opened, and for
    an archive that holds nothing of a kind that is read."""
    data = case.make()
    if not is_archive(data):
        yield Source(case.name, data)
        return
    found = False
    try:
        for member in members(data, case.name):
            found = found or not member.passed_over
            name = f"{case.name}/{member.name}"
            if member.problem:
                yield f"{case.name}：{member.problem}"
            elif not member.passed_over:
                yield Source(name, member.data)
    except UnreadableFile as error:
        found = True
        yield str(error)
    if not found:
        yield f"{case.name}：压缩包里没有可以读的文件；请检查是否选错了文件"


@contextmanager
def _watched() -> Iterator[Path]:
    """A folder to work in, beside which nothing may be written."""
    home = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="gouji-mutated-") as name:
        (Path(name) / "work").mkdir()
        os.chdir(Path(name) / "work")
        try:
            yield Path(name)
        finally:
            os.chdir(home)


def run(
    files: dict[str, bytes], count: int, seed: int, workers: int, log: Log | None = None
) -> Outcomes:
    """Read `count` damaged copies of the files, watching the folder that the program works in;
    those that the log knows are not read again."""
    outcomes, log = Outcomes(), log or Log(None)
    with _watched() as watched:
        ahead = ReadAhead(read_document, workers, LIMITS)
        waiting: list[Case] = []

        def take() -> None:
            began = time.perf_counter()
            case, reading = waiting.pop(0), ahead.take()[1]
            seconds = time.perf_counter() - began
            outcomes.count(case.kind, case.name, reading)
            outcomes.slowest = max(outcomes.slowest, seconds)
            log.add(case, reading, seconds)

        try:
            for case in cases(files, count, seed, watched):
                known = log.known.get(case.name)
                if known is not None:
                    outcomes.count(case.kind, case.name, known["said"])
                    outcomes.slowest = max(outcomes.slowest, known["seconds"])
                    continue
                for source in _sources(case):
                    if isinstance(source, str):
                        outcomes.count(case.kind, case.name, source)
                        continue
                    ahead.put(source)
                    waiting.append(case._replace(name=source.name))
                    while ahead.full:
                        take()
            while ahead:
                take()
        finally:
            ahead.close()
        outcomes.stray = [str(path) for path in watched.rglob("*") if path.is_file()]
        outcomes.stray += [str(p) for p in Path("/tmp").glob("gouji-escape*")]  # noqa: S108
    return outcomes


def measure(
    count: int = COUNT, seed: int = SEED, workers: int = 2, log: Path | None = None
) -> dict[str, Any]:
    """The totals as JSON values: a summary, and a table by kind of damage."""
    started = time.perf_counter()
    found = run(originals(), count, seed, workers, Log(log))
    columns = ("read", "refused", "stopped", "ended")
    counters = [getattr(found, name) for name in columns]
    kinds = sorted({kind for counter in counters for kind in counter})
    seconds = time.perf_counter() - started
    return {
        "summary": (
            f"{sum(c.total() for c in counters) + len(found.ours) + len(found.unclear)} files: "
            + ", ".join(f"{c.total()} {name}" for c, name in zip(counters, columns, strict=True))
            + f", {len(found.ours)} errors of ours, {len(found.unclear)} unclear lines, "
            f"{len(found.stray)} stray files; {seconds:.0f} s in all, "
            f"{found.slowest:.1f} s the longest wait."
        ),
        "columns": ["kind", *columns],
        "rows": [[kind, *(counter[kind] for counter in counters)] for kind in kinds],
        "ours": found.ours,
        "unclear": found.unclear,
        "stray": found.stray,
        "seed": seed,
        "seconds that a page may take": LIMITS.page_seconds,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; returns 1 when an error of ours, an unclear line or a stray file is seen."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.mutated", description="测坏文件")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--log", type=Path, metavar="FILE", help="逐个记入此文件；中断后接着测")
    parser.add_argument("--json", type=Path, help="结果写入的文件；缺省只打印")
    options = parser.parse_args(arguments)
    found = measure(options.count, options.seed, options.workers, options.log)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if options.json is not None:
        options.json.write_text(text + "\n", encoding="utf-8")
    print(text)
    return 1 if found["ours"] or found["unclear"] or found["stray"] else 0


if __name__ == "__main__":
    sys.exit(main())
