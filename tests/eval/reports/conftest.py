"""A run whose log is written by hand: every verdict, and texts that would like to be markup."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.judging import Run, open_run
from eval.runlog import Entry, Header, Options, ReportUsed, Retrieved, appending, begin
from eval.runs import keep_suites, used
from eval.suites.suite import load_suite

HOSTILE = "</details><script>alert(1)</script><img src=x onerror=alert(1)>]]>\x1b[31m\u202e @all #1"
SUITE = """cases:
- {id: a, type: cell, kind: 1, tags: [money], question: "How much?", expect: {number: "12.0", unit: 万元}}
- {id: b, type: cell, kind: 1, tags: [money], question: "HOSTILE", expect: {number: "1100", unit: 万元},
   source: [{file: r.txt, quote: "HOSTILE", page: 3}], note: "HOSTILE"}
- {id: c, type: list, kind: 2, question: "Which ones?", expect: {list: [甲, "HOSTILE"]}}
- {id: d, type: none, question: "How many trees?", expect: {abstain: true}}
- {id: e, type: series, question: "Both years?",
   expect: {series: [{label: "2022年", number: "1", unit: 万元}, {label: "2023年", number: "2", unit: 万元}]}}
- {id: f, type: cell, question: "Silent?", expect: {number: "5", unit: 分}}
- {id: g, type: cell, question: "Broken?", expect: {number: "5", unit: 分}}
"""


def value(number: str, unit: str, check: str = "exact", label: str = "收入") -> dict[str, Any]:
    place = {
        "report": "r.txt",
        "quote": HOSTILE,
        "page": 3,
        "table": HOSTILE,
        "row": "",
        "column": "",
    }
    return {
        "label": label, "number": number, "unit": unit, "period": "2023", "entity": "局",
        "project": None, "metric": "收入", "check": check, "formula": HOSTILE,
        "recomputed": number, "other": None,
        "sources": [{**place, "row": None, "column": None, "start": 0, "end": 4}],
    }  # fmt: skip


def answer(outcome: str = "answered", text: str = "好", *values: dict[str, Any]) -> dict[str, Any]:
    return {
        "question": "?", "outcome": outcome, "text": text, "values": list(values),
        "citations": [{"report": HOSTILE, "page": None, "quote": HOSTILE}],
        "equations": [{"name": "sum", "formula": HOSTILE, "verdict": "exact"}],
        "coverage": {"reports": 2, "used": 1, "missing": []}, "reason": "", "planner": "rules",
        "seconds": 0.01,
    }  # fmt: skip


ANSWERS: dict[str, dict[str, Any] | None] = {
    "a": answer("answered", "12万元", value("12.0", "万元")),
    "b": answer("answered", HOSTILE, value("1099", "万元")),
    "c": answer("answered", "甲"),
    "d": answer("answered", "3棵", value("3", "棵", "stated")),
    "e": answer(
        "answered", "两年", value("1", "万元", label="2022年"), value("3", "万元", label="2023年")
    ),
    "f": answer("abstained", "报告没有说"),
    "g": None,
}
Make = Callable[..., Run]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a run by name; `answers` go before `ANSWERS`, `asks` is how many there should be.

    The cases of `other` are put into the log as those of a second suite.
    """

    def made(
        name: str, answers: dict[str, Any] | None = None, asks: int = 7, other: str = ""
    ) -> Run:
        path = tmp_path / "suite.yaml"
        yaml = SUITE.replace("HOSTILE", HOSTILE.encode("unicode_escape").decode())
        path.write_text(yaml, encoding="utf-8")
        suites = used([load_suite(path)])
        header = Header(
            run=name, started="2026-11-26T10:00:00+00:00", settings="0" * 64, data="1" * 64,
            versions={"gouji": "0.1.0"},
            reports=(ReportUsed("r.txt", hashlib.sha256(b"r").hexdigest()),),
            suites=suites, options=Options(), asks=asks,
        )  # fmt: skip
        folder = tmp_path / name
        begin(folder, header)
        keep_suites(folder, suites)
        with appending(folder) as log:
            for number, (case, given) in enumerate({**ANSWERS, **(answers or {})}.items(), 1):
                seconds = None if given is None else number / 100
                found = (Retrieved("r.txt", HOSTILE),) if case == "b" else None
                error = "RuntimeError: 断了" if given is None else ""
                suite = "other.yaml" if case in other else "suite.yaml"
                log.add(Entry(suite, case, 1, given, error, seconds, retrieved=found))
        return open_run(folder)

    return made
