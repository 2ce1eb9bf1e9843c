"""Damaged files of every format: made from a seed, read in processes of their own, counted."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval.bench import mutated as bench_mutated
from eval.bench.mutated import Log, Outcomes, cases, run
from eval.material.damage import DAMAGE, OFFICE, bombs, originals


def test_files_are_the_same_for_one_seed(tmp_path: Path) -> None:
    files = originals(OFFICE)
    for kind, maker in DAMAGE.items():
        first, second = (maker(random.Random(5), files) for _ in range(2))  # noqa: S311
        assert len(first) == len(second), kind
    assert len({name for name, _ in bombs(files, tmp_path)}) >= 14
    kinds = [case.kind for case in cases(files, 40, 1, tmp_path)]
    assert len(kinds) == 40
    assert set(kinds) == {"bombs", *DAMAGE}


def test_outcomes_are_told_apart() -> None:
    found = Outcomes()
    for line in (
        "甲：文件已损坏；请重新下载",
        "甲：第 3 页的读取超过 1 秒的上限，已停止；请检查",
        "甲：读取文件时进程意外终止；请检查",
        "甲：程序读取时出错（KeyError：x）；请反馈",
        "broken",
    ):
        found.count("k", "甲", line)
    assert (found.refused["k"], found.stopped["k"], found.ended["k"]) == (1, 1, 1)
    assert (len(found.ours), len(found.unclear)) == (1, 1)


def test_small_damage_ends_in_clear_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_mutated, "bombs", lambda *_: iter([("empty", bytes)]))
    found = run(originals(OFFICE), 25, 3, 1)
    total = found.read + found.refused + found.stopped + found.ended
    assert (total.total(), found.ours, found.unclear, found.stray) == (25, [], [], [])


def test_a_run_that_was_broken_off_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bench_mutated, "bombs", lambda *_: iter([("empty", bytes)]))
    files, path = originals(OFFICE), tmp_path / "log.jsonl"
    first = run(files, 4, 3, 1, Log(path))
    assert len(path.read_text(encoding="utf-8").splitlines()) == 4
    whole = run(files, 6, 3, 1, Log(path))
    assert len(path.read_text(encoding="utf-8").splitlines()) == 6
    assert first.refused["bombs"] == whole.refused["bombs"] == 1
