"""How the time to an answer, to a comparison and to a ranking grows with the number of reports.

    python -m eval.bench.scale [--sizes 10 1000 10000] [--folder DIR]

For each size a library of made-up reports (`eval.material.generated`) is filled and then asked the same
questions, about reports that every size holds, in a process of its own. A question is asked three
times: the first time its reports may have to be fetched, afterwards they are at hand.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from eval.bench.measure import peak_memory_mb
from eval.material.generated import Subject, report, write
from ingest.settings import load_settings

_SIZES = (10, 300)
_BATCH = 500
_ROUNDS = 3
_ASKED = 10  # the first reports, which every library holds


class Question(NamedTuple):
    """A question, and the number that answers it."""

    words: str
    number: Decimal


def questions() -> list[Question]:
    """Questions about the first reports, each about one unit or project of one year."""
    found: list[Question] = []
    for number in range(_ASKED):
        found += _about(report(number, office=False).subject)
    return found


def _about(subject: Subject) -> Iterator[Question]:
    who = f"{subject.entity}{subject.year}年"
    if subject.kind == "accounts":
        yield Question(f"{who}“三公”经费支出决算是多少万元？", subject.care)
        yield Question(f"{who}预算执行率是多少？", subject.rate)
        yield Question(f"{who}部门整体支出的执行数是多少？", subject.paid)
    elif subject.project:
        name = f"{subject.entity}{subject.year}年“{subject.project}”项目"
        yield Question(f"{name}得了多少分？", subject.score)
        yield Question(f"{name}的预算执行率是多少？", subject.rate)
    else:
        yield Question(f"{who}部门整体支出绩效自评得分是多少？", subject.score)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every size in a process of its own and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.scale", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=list(_SIZES), metavar="N")
    parser.add_argument("--folder", type=Path, help="缺省为临时文件夹；给出时保留并接着用")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one is not None:
        print(json.dumps(measure(options.folder, options.one), ensure_ascii=False))
        return 0
    with tempfile.TemporaryDirectory(prefix="gouji-scale-") as temporary:
        folder = options.folder or Path(temporary)
        rows = [_in_a_process(folder, size) for size in sorted(options.sizes)]
    print(json.dumps(summary(rows, arguments), ensure_ascii=False, indent=1))
    return 0


def _in_a_process(folder: Path, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "eval.bench.scale", "--one", str(size)]
    done = subprocess.run(  # noqa: S603
        [*command, "--folder", str(folder)], check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def summary(rows: Sequence[dict[str, Any]], arguments: Sequence[str] | None) -> dict[str, Any]:
    """The rows as a table, and how much the largest library takes of the smallest one's time."""
    words = " ".join(sys.argv[1:] if arguments is None else arguments)
    first, last = rows[0], rows[-1]
    columns = list(first)
    ratios = {
        f"ratio of medians, {name}": round(
            last[f"{name} median ms"] / first[f"{name} median ms"], 2
        )
        for name in ("ask", "compare")
        if first[f"{name} median ms"]
    }
    return {
        "command": f"python -m eval.bench.scale {words}".strip(),
        "summary": (
            "Made-up reports; the same questions in each library, about reports that all of them "
            "hold. `first` is the first time a question is asked in a new process, `ask` afterwards."
        ),
        "columns": columns,
        "rows": [[row[name] for name in columns] for row in rows],
        **ratios,
    }


def measure(folder: Path, size: int) -> dict[str, Any]:
    """Fill a library of a size, as far as it is not filled, and ask it."""
    from index.library import Library
    from qa.engine import Engine

    data = folder / f"library-{size}"
    settings = load_settings(data=data)
    filled = _fill(folder, size)
    began = time.perf_counter()
    with Library.open(settings) as library:
        opened = time.perf_counter() - began
        engine = Engine(library, settings)
        asked = questions()
        first, right, wrong = _ask_first(engine.ask, asked)
        again = _times(lambda words: engine.ask(words), [each.words for each in asked])
        compared = _times(_comparing(engine), _comparisons())
        began = time.perf_counter()
        engine.ask("2023年各部门预算执行率最低的三个")
        ranking = time.perf_counter() - began
        ranked = _times(engine.ask, ["2023年各部门预算执行率最低的三个"])
    return {
        "reports": size,
        **filled,
        "open s": round(opened, 2),
        "first median ms": _ms(statistics.median(first)),
        "ask median ms": _ms(statistics.median(again)),
        "ask p95 ms": _ms(_p95(again)),
        "compare median ms": _ms(statistics.median(compared)),
        "compare p95 ms": _ms(_p95(compared)),
        "ranking first s": round(ranking, 2),
        "ranking median ms": _ms(statistics.median(ranked)),
        "right": right,
        "wrong": wrong,
        "abstained": len(asked) - right - wrong,
        "memory MiB": peak_memory_mb(),
    }


def _fill(folder: Path, size: int) -> dict[str, Any]:
    """Add the reports that a library lacks, in batches, as `gouji ingest` does."""
    from index.library import Library
    from qa.engine import Engine

    paths = write(folder / "files", size)
    settings = load_settings(data=folder / f"library-{size}")
    with Library.open(settings) as library:
        missing = paths[len(library.reports()) :]
        began = time.perf_counter()
        for start in range(0, len(missing), _BATCH):
            for _ in library.add_all(missing[start : start + _BATCH]):
                pass
            print(f"… {start} / {len(missing)}", file=sys.stderr)
        Engine(library, settings).prepare({info.id for info in library.reports()})
        seconds = time.perf_counter() - began
        held = len(library.reports())
    rate = round(len(missing) / seconds, 1) if missing else None
    return {"held": held, "loaded per s": rate}


def _ask_first(ask: Callable[..., Any], asked: Sequence[Question]) -> tuple[list[float], int, int]:
    """Times of the first asking, and how many answers were right and wrong."""

    times: list[float] = []
    right = wrong = 0
    for each in asked:
        began = time.perf_counter()
        answer = ask(each.words)
        times.append(time.perf_counter() - began)
        if answer.outcome.given and answer.values:
            if Decimal(answer.values[0].number) == each.number:
                right += 1
            else:
                wrong += 1
    return times, right, wrong


def _comparisons() -> list[str]:
    units = dict.fromkeys(report(number, office=False).subject.entity for number in range(_ASKED))
    return [
        f"比较{unit}2021到2024年的{metric}"
        for unit in units
        for metric in ("三公经费", "机关运行经费")
    ]


def _comparing(engine: Any) -> Callable[[str], Any]:
    from qa.compare.request import Request

    return lambda words: engine.compare(Request(words, (), (), ()))


def _times(ask: Callable[[str], Any], asked: Sequence[str]) -> list[float]:
    """Seconds of each asking, after a first round that is not counted."""
    for words in asked:
        ask(words)
    times: list[float] = []
    for _ in range(_ROUNDS - 1):
        for words in asked:
            began = time.perf_counter()
            ask(words)
            times.append(time.perf_counter() - began)
    return times


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


if __name__ == "__main__":
    sys.exit(main())
