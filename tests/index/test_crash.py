"""Killed at any instant, a library is whole again at the next opening."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index import indexing, ledger, ledger_work, repair, store, writing
from index.library import Library
from index.vectors import Vectors
from ingest.settings import Settings

BOTH_LEDGERS = True

ROOT = Path(__file__).resolve().parents[2]
TEXT = "@某市财政局 2023\n# 一、收支\n机关运行经费支出56.4万元\n"


@pytest.mark.slow
@pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="needs an OS with fork"
)
def test_killed_processes_leave_a_whole_library() -> None:
    # In a process of its own: a fork of this one would copy the locks of Chroma's threads.
    command = ["-m", "eval.bench.crash", "--kills", "4", "--files", "4", "--seed", "11"]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, check=True)
    outcome = json.loads(done.stdout)
    assert outcome["kills"] == 4
    assert (outcome["inconsistencies"], outcome["lost"], outcome["examples"]) == (0, 0, [])


class Killed(BaseException):
    """Stands for the end of the process at one place."""


def die(*_arguments: object, **_more: object) -> None:
    raise Killed


PLACES = [
    (store.Store, "write_file"),
    (indexing, "_embedded"),
    (Vectors, "add"),
    (ledger, "publish"),
    (writing, "add_words"),
    (ledger, "bump_generation"),
]


@pytest.mark.parametrize(("owner", "name"), PLACES, ids=[name for _, name in PLACES])
def test_adding_that_breaks_off_is_undone(
    library: Library,
    reopen: Callable[[], Library],
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
) -> None:
    library.add_bytes("旧.txt", TEXT.replace("财政", "教育").encode())
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, die)
        with pytest.raises(Killed):
            library.add_bytes("甲.txt", TEXT.encode())
    assert [each.name for each in library.reports()] == ["旧.txt"]
    again = reopen()
    assert again.consistency() == []
    assert [each.name for each in again.reports()] == ["旧.txt"]
    assert {hit.report for hit in again.search_passages("机关运行经费")} == {1}
    assert again.add_bytes("甲.txt", TEXT.encode()).status == "added"
    assert again.consistency() == []


LATER = [
    (Vectors, "remove"),
    (store.Store, "drop_file"),
    (ledger_work, "end_chore"),
]


@pytest.mark.parametrize(("owner", "name"), LATER, ids=[name for _, name in LATER])
def test_decided_removal_is_finished_at_the_next_opening(
    library: Library,
    reopen: Callable[[], Library],
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    owner: object,
    name: str,
) -> None:
    added = library.add_bytes("甲.txt", TEXT.encode())
    assert added.report is not None
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, die)
        with pytest.raises(Killed):
            library.remove(added.report.id)
    assert library.reports() == []
    assert library.search_passages("机关运行经费") == []
    assert library.search_figures("机关运行经费") == []
    again = reopen()
    assert again.consistency() == []
    assert list((settings.data_dir / "files").iterdir()) == []


def test_superseding_that_breaks_off_after_the_decision(
    library: Library, reopen: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add_bytes("甲.txt", TEXT.encode())
    with monkeypatch.context() as patched:
        patched.setattr(Vectors, "remove", die)
        with pytest.raises(Killed):
            library.add_bytes("甲.txt", TEXT.replace("56.4", "57.9").encode())
    assert {hit.report for hit in library.search_passages("机关运行经费")} == {2}
    again = reopen()
    assert again.consistency() == []
    assert [each.state for each in again.reports(include_superseded=True)] == [
        "superseded",
        "ready",
    ]


@pytest.mark.parametrize("name", ["embed", "refill_words"])
def test_rebuild_that_breaks_off_changes_nothing(
    library: Library,
    reopen: Callable[[], Library],
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    name: str,
) -> None:
    library.add_bytes("甲.txt", TEXT.encode())
    before = library.search_passages("机关运行经费")
    with monkeypatch.context() as patched:
        patched.setattr(repair, name, die)
        with pytest.raises(Killed):
            library.rebuild()
    assert library.search_passages("机关运行经费") == before
    again = reopen()
    assert again.consistency() == []
    assert again.search_passages("机关运行经费") == before
    assert [path.name for path in (settings.data_dir / "chroma").iterdir()] == ["1"]
