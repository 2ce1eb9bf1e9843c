"""Damaged files of every format: made from a seed, read in processes of their own, counted."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval import bench_mutated
from eval.bench_mutated import OFFICE, Outcomes, bombs, cases, originals, run


def test_files_are_the_same_for_one_seed(tmp_path: Path) -> None:
    files = originals(OFFICE)
    for kind, maker in bench_mutated._RANDOM.items():
        first, second = (maker(random.Random(5), files) for _ in range(2))  # noqa: S311
        assert len(first) == len(second), kind
    assert len({name for name, _ in bombs(files, tmp_path)}) >= 14
    kinds = [kind for kind, _, _ in cases(files, 40, 1, tmp_path)]
    assert len(kinds) == 40
    assert set(kinds) == {"bombs", *bench_mutated._RANDOM}


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
    monkeypatch.setattr(bench_mutated, "bombs", lambda *_: iter([("empty", b"")]))
    found = run(originals(OFFICE), 25, 3, 1)
    total = found.read + found.refused + found.stopped + found.ended
    assert (total.total(), found.ours, found.unclear, found.stray) == (25, [], [], [])
