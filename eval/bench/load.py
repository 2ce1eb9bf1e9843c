"""Many users of one server at once: is it quick, without errors, and does everybody get their own.

    python -m eval.bench.load --users 20 --seconds 300

Starts `gouji serve` as a process of its own over the sample reports. Each user asks (by REST, a
third of them in a conversation of the page), compares, audits, uploads a report and opens the page,
with pauses of a second or two. Every answer is held against the one that the same question had when
nobody else asked, and every conversation of the page must show its own questions alone. Prints
JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.material.load_client import AskEvent, LoadError, User
from eval.report import percentile

ROOT = Path(__file__).resolve().parents[2]
_SAMPLES = ROOT / "samples" / "reports"
# A name of a module above this package, which is run and not imported.
_GOUJI = "import sys; from ui.cli import main; sys.exit(main())"
_START = 120.0  # seconds until the server must be ready
_MEASURED = 10  # times that memory is looked at
_PAUSE = (0.8, 2.4)  # seconds between two requests of a user
_TURNS = 8  # questions of one conversation of the page
_EVERY_THIRD = 3  # user asks on the page
_ACTS = {"ask": 780, "compare": 90, "audit": 70, "upload": 5, "page": 55}  # of 1,000 requests
_METRICS = (
    "“三公”经费支出", "机关运行经费", "项目支出", "基本支出", "本年收入合计", "本年支出合计", "预算执行率",
)  # fmt: skip
_REPORT = (
    "澄江市第{n}实验学校2023年度部门决算\n\n一、收入支出决算总体情况\n\n"
    "2023年收入总计{total}万元，其中财政拨款收入{total}万元。"
    "2023年支出总计{total}万元，其中基本支出{basic}万元，项目支出{rest}万元。\n"
)


@dataclass
class Seen:
    """What all users together saw; filled from several threads."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def took(self, act: str, seconds: float) -> None:
        with self.guard:
            self.seconds[act].append(seconds)

    def wrong(self, where: list[str], words: str) -> None:
        with self.guard:
            where.append(words)


def questions(reports: Sequence[dict[str, Any]]) -> list[str]:
    """Questions about loaded reports, each with its unit and year."""
    about = {(each["entity"], each["year"]) for each in reports if each["entity"] and each["year"]}
    return [
        f"{unit}{year}年{metric}是多少？" for unit, year in sorted(about) for metric in _METRICS
    ]


def widest(reports: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A comparison of the unit with the most years of accounts."""
    years: dict[str, set[str]] = defaultdict(set)
    for each in reports:
        if each["kind"] == "final_accounts" and each["year"]:
            years[each["entity"]].add(each["year"])
    unit = max(years, key=lambda name: (len(years[name]), name))
    span = f"{min(years[unit])}-{max(years[unit])}"
    return {"units": [unit], "metrics": ["三公经费"], "years": span}


def said(answer: dict[str, Any]) -> list[Any]:
    """What an answer says, whatever the library holds besides."""
    return [answer["outcome"], *([v["number"], v["unit"], v["check"]] for v in answer["values"])]


def cells(comparison: dict[str, Any]) -> list[list[Any]]:
    """The numbers of a comparison, row by row."""
    return [[cell["number"] for cell in row["cells"]] for row in comparison["rows"]]


@contextmanager
def server(data: Path) -> Iterator[tuple[str, int]]:
    """The page over the sample reports: its address and the number of its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    gouji = [sys.executable, "-c", _GOUJI, "--data", str(data)]
    environ = {**os.environ, "GOUJI_REQUESTS_PER_MINUTE": "1000000", "GOUJI_MODEL": ""}
    subprocess.run(  # noqa: S603 - our own program
        [*gouji, "ingest", str(_SAMPLES)], check=True, capture_output=True, cwd=ROOT, env=environ
    )
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [*gouji, "serve", "--port", str(port)], stdout=log, stderr=log, cwd=ROOT, env=environ
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(User(address), process)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(30)


def _wait(user: User, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until and process.poll() is None:
        try:
            user.get("/ready")
        except LoadError:
            time.sleep(0.2)
        else:
            return
    raise LoadError("the server did not become ready")


def memory_mb(process: int) -> int:
    """Megabytes that a process holds now."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"^VmRSS:\s*(\d+) kB", status, re.MULTILINE)
    return int(found[1]) // 1024 if found else 0


class Load:
    """One run: users who go on until it is over."""

    def __init__(self, address: str, seen: Seen) -> None:
        self.address, self.seen = address, seen
        first = User(address)
        self.event = AskEvent.of(first.config())
        reports = json.loads(first.get("/api/reports"))["reports"]
        self.questions = questions(reports)
        self.right = {q: said(first.post("/api/ask", {"question": q})) for q in self.questions}
        self.names = sorted(each["name"] for each in reports)
        self.compared = widest(reports)
        self.cells = cells(first.post("/api/compare", self.compared))
        self.uploads = iter(range(1, 1 << 30))
        self.guard = threading.Lock()

    def user(self, number: int, until: float) -> None:
        """What one user does, again and again."""
        chance = random.Random(number)  # noqa: S311 - sampling, no secret
        user = User(self.address)
        acts: dict[str, Callable[[User, random.Random], float]] = {
            "ask": self._ask_on_page if number % _EVERY_THIRD == 0 else self._ask,
            "compare": self._compare,
            "audit": self._audit,
            "upload": self._upload,
            "page": self._page,
        }
        while time.monotonic() < until:
            time.sleep(chance.uniform(*_PAUSE))
            act = chance.choices(list(_ACTS), list(_ACTS.values()))[0]
            try:
                self.seen.took(_name(act, number), acts[act](user, chance))
            except (LoadError, ValueError, KeyError) as error:
                self.seen.wrong(self.seen.errors, f"{act}: {type(error).__name__} {error}")

    def _ask(self, user: User, chance: random.Random) -> float:
        question = chance.choice(self.questions)
        began = time.perf_counter()
        answer = user.post("/api/ask", {"question": question})
        seconds = time.perf_counter() - began
        if answer["question"] != question or said(answer) != self.right[question]:
            self.seen.wrong(self.seen.mixed, f"{question} → {said(answer)}")
        return seconds

    def _ask_on_page(self, user: User, chance: random.Random) -> float:
        if len(user.asked) >= _TURNS:
            user.begin_anew()
        seconds, shown = user.ask_on_page(chance.choice(self.questions), self.event)
        if shown != user.asked:
            self.seen.wrong(self.seen.mixed, f"{user.asked[-1]} → {shown[-3:]}")
        return seconds

    def _compare(self, user: User, _: random.Random) -> float:
        began = time.perf_counter()
        found = cells(user.post("/api/compare", self.compared))
        seconds = time.perf_counter() - began
        if found != self.cells:
            self.seen.wrong(self.seen.mixed, f"compare → {found}")
        return seconds

    def _audit(self, user: User, chance: random.Random) -> float:
        name = chance.choice(self.names)
        began = time.perf_counter()
        found = user.post("/api/audit", {"reports": [name]})["reports"]
        seconds = time.perf_counter() - began
        if [each["report"] for each in found] != [name]:
            self.seen.wrong(self.seen.mixed, f"audit {name} → {[e['report'] for e in found]}")
        return seconds

    def _upload(self, user: User, chance: random.Random) -> float:
        with self.guard:
            n = next(self.uploads)
        basic, rest = chance.randint(100, 900), chance.randint(100, 900)
        text = _REPORT.format(n=n, basic=basic, rest=rest, total=basic + rest)
        began = time.perf_counter()
        found = user.upload(f"学校{n}.txt", text.encode())["files"]
        seconds = time.perf_counter() - began
        if [(each["file"], each["status"]) for each in found] != [(f"学校{n}.txt", "added")]:
            raise LoadError(f"学校{n}.txt → {found}")
        return seconds

    def _page(self, user: User, _: random.Random) -> float:
        began = time.perf_counter()
        user.get("/")
        return time.perf_counter() - began


def _name(act: str, number: int) -> str:
    return "ask on the page" if act == "ask" and number % _EVERY_THIRD == 0 else act


def run(users: int, seconds: float) -> dict[str, Any]:
    """Measure, and give what `eval.bench` shows."""
    with (
        tempfile.TemporaryDirectory(prefix="gouji-load-") as folder,
        server(Path(folder)) as served,
    ):
        address, process = served
        seen = Seen()
        load = Load(address, seen)
        memory = [memory_mb(process)]
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=load.user, args=(number, until)) for number in range(users)
        ]
        for thread in threads:
            thread.start()
        for _ in range(_MEASURED):
            time.sleep(seconds / _MEASURED)
            memory.append(memory_mb(process))
        for thread in threads:
            thread.join()
    return summary(users, seconds, seen, memory)


def summary(users: int, seconds: float, seen: Seen, memory: Sequence[int]) -> dict[str, Any]:
    """The figures of a run."""
    rows = [
        (act, len(times), *(round(percentile(times, share), 3) for share in (0.5, 0.95, 1.0)))
        for act, times in sorted(seen.seconds.items())
    ]
    return {
        "columns": ["request", "requests", "median, s", "p95, s", "slowest, s"],
        "rows": rows,
        "users": users,
        "seconds": seconds,
        "requests": sum(map(len, seen.seconds.values())),
        "errors": len(seen.errors),
        "answers of another question or session": len(seen.mixed),
        "memory at start, MB": memory[0],
        "memory in the middle, MB": memory[len(memory) // 2],
        "memory at the end, MB": memory[-1],
        "memory at each tenth, MB": " ".join(map(str, memory)),
        "load of the machine": round(os.getloadavg()[0], 1),
        "examples": [*seen.errors[:5], *seen.mixed[:5]],
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line; see the module's text."""
    parser = argparse.ArgumentParser(description="many users of one server at once")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=300)
    options = parser.parse_args(arguments)
    print(json.dumps(run(options.users, options.seconds), ensure_ascii=False))


if __name__ == "__main__":
    main()
