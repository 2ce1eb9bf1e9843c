"""Chains asked in processes of their own, of which one dies, or none can begin."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from eval import asking
from eval.asking import Task, WorkerError, ask_in_processes
from eval.evaluation import never
from eval.ground import Ground
from eval.runlog import Entry
from eval.selection import chains
from eval.suites.suite import parse_suite
from ingest.settings import Settings

CASES = parse_suite(
    "cases:\n"
    + "".join(f"- {{id: {i}, type: t, question: 问, expect: {{abstain: true}}}}\n" for i in "abcd"),
    "t",
).cases


def ready(_ground: Ground) -> None:
    """Begin without reports."""


def dying(task: Task) -> list[Entry]:
    """Answer, but die of the second case."""
    case = task.chain.cases[0].id
    if case == "b":
        os._exit(3)
    return [Entry("t", case, task.repeat, {"question": case})]


def hanging(task: Task) -> list[Entry]:
    """Answer, but never come back from the second case."""
    case = task.chain.cases[0].id
    while case == "b":
        time.sleep(1)
    return [Entry("t", case, task.repeat, {"question": case})]


def tasks() -> list[Task]:
    return [Task(chain, 1) for chain in chains("t", CASES, {"a", "b", "c", "d"})]


def test_a_process_that_dies_loses_its_chain_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_enter", ready)
    monkeypatch.setattr(asking, "_ask", dying)
    found = list(ask_in_processes(Ground(Settings(), (tmp_path,)), tasks(), 2, never))
    assert [entry.case for entry in found] == ["a", "b", "c", "d"]
    assert [entry.answer is None for entry in found] == [False, True, False, False]
    assert found[1].error.startswith("作答的进程意外结束")


def test_a_question_without_end_is_given_up_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_enter", ready)
    monkeypatch.setattr(asking, "_ask", hanging)
    found = list(ask_in_processes(Ground(Settings(), (tmp_path,)), tasks(), 2, never, 2.0))
    assert [entry.case for entry in found] == ["a", "b", "c", "d"]
    assert [entry.error for entry in found if entry.answer is None] == [
        "超过时限（每题 2 秒）仍没有答完，已停止"
    ]


def test_processes_that_cannot_begin_end_the_run_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="NoReportsError"):
        list(ask_in_processes(Ground(Settings(), (tmp_path,), memory=True), tasks(), 2, never))
