"""Measurements for the benchmark: suites, latency, start of a fresh process, agreement.

Each returns plain JSON values; ``{"skipped": "why"}`` stands for what could not be measured.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.library import open_engine, reports_for
from eval.report import percentile, to_json
from eval.runner import Outcome, Session
from eval.suites.suite import Suite
from qa.engine import Conversation

PACKAGES = (
    "chromadb",
    "click",
    "langchain-core",
    "model2vec",
    "pydantic",
    "rapidfuzz",
    "sqlalchemy",
    "torch",
)
_COLD_RUNS = 5


def environment() -> dict[str, Any]:
    """Machine, Python and the versions of the packages that matter for speed and results."""
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = "-"
    return {
        "system": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": _memory(),
        "python": platform.python_version(),
        "packages": versions,
    }


def peak_memory_mb() -> int:
    """Megabytes that this process has held at most.

    The kernel's own mark where there is one: what getrusage gives starts with the memory of the
    process that started this one.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        found = re.search(r"^VmHWM:\s*(\d+) kB", status.read_text(encoding="ascii"), re.MULTILINE)
        if found:
            return int(found[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> float | None:
    if not hasattr(os, "sysconf"):
        return None
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)


def suite_results(suite: Suite) -> dict[str, Any]:
    """Ask a suite over its reports in a fresh library: verdicts, latency, loading, agreement."""
    name = Path(suite.name).name
    folders = reports_for(suite)
    if not folders:
        return {"name": name, "skipped": "题库所引的报告不在本机"}
    with open_engine(folders) as loaded:
        outcomes = Session(loaded.engine, Conversation).run(suite.cases)
        verified = loaded.library.verify()
        return {
            "name": name,
            "reports": len(loaded.reports),
            "load_seconds": round(loaded.seconds, 3),
            "load_each": dict(loaded.each),
            **to_json(outcomes),
            "latency_ms": latency(outcomes),
            "checks": checks(outcomes),
            "verify": {
                "figures": verified.figures,
                "agreed": verified.agreed,
                "problems": [str(each) for each in verified.disagreements],
            },
        }


def latency(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Milliseconds to an answer in a warm process: median, 95th percentile, slowest."""
    times = [outcome.seconds * 1000 for outcome in outcomes if outcome.seconds is not None]
    if not times:
        return {"n": 0}
    shares = {"median": 0.5, "p95": 0.95, "max": 1.0}
    found: dict[str, Any] = {
        name: round(percentile(times, share), 1) for name, share in shares.items()
    }
    return {"n": len(times), **found}


def checks(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How the shown values were checked, over all answers."""
    shown = Counter(
        value.check.value
        for outcome in outcomes
        if outcome.answer is not None
        for value in outcome.answer.values
    )
    return dict(sorted(shown.items()))


def cold_start(reports: Sequence[Path], question: str) -> dict[str, Any]:
    """Seconds of `gouji --help` and of one `gouji ask` in fresh processes (medians)."""
    with tempfile.TemporaryDirectory(prefix="gouji-bench-") as folder:
        gouji = [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main())"]
        gouji += ["--data", folder]
        try:
            _seconds([*gouji, "ingest", *map(str, reports)])
            return {
                "runs": _COLD_RUNS,
                "help_seconds": _median([*gouji, "--help"]),
                "ask_seconds": _median([*gouji, "ask", question]),
            }
        except subprocess.CalledProcessError as error:
            return {"skipped": f"gouji 以 {error.returncode} 退出：{_last_line(error.stderr)}"}


def _median(command: Sequence[str]) -> float:
    return round(percentile([_seconds(command) for _ in range(_COLD_RUNS)], 0.5), 3)


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    # Our own command; a failure must not be timed as if it had worked.
    subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return time.perf_counter() - start


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["没有输出"])[-1]


def part(module: str, *arguments: str, seconds: int = 1800) -> dict[str, Any]:
    """Run a sub-benchmark as its own process and read the JSON object that it prints.

    Args:
        module: its name, such as ``eval.bench.crash``.
        arguments: of its command line.
        seconds: after which it is stopped.
    """
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return {"skipped": f"超过 {seconds} 秒未完成"}
    try:
        found = json.loads(done.stdout)
    except json.JSONDecodeError:
        return {"skipped": _last_line(done.stderr or done.stdout)}
    if not isinstance(found, dict):
        return {"skipped": f"{module} 的输出不是 JSON 对象"}
    return {"command": " ".join(("python -m", module, *arguments)), **found}
