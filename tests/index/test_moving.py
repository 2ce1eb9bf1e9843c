"""A ledger moved from SQLite to PostgreSQL: wholly or not at all, with all that is in it."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from index import moving
from index.aliases import JOINED
from index.errors import LibraryError
from index.library import Library
from index.moving import move_ledger
from ingest.settings import Settings
from tests.postgres_server import GOUJI, environment

from .conftest import opened
from .test_crash import Killed, die
from .test_library_search import UNITS, fill

ROOT = Path(__file__).resolve().parents[2]
NEW = "@某市林业局 2023\n# 一、收入\n收入合计7万元\n".encode()


def filled(settings: Settings) -> tuple[list[object], list[object], object]:
    """A library in SQLite with an old edition, a removed report and a decision on names."""
    with opened(replace(settings, ledger_url="")) as library:
        fill(library)
        text = "@某市统计局 2023\n# 一、收入\n收入合计{}万元\n"
        library.add_bytes("统计局.txt", text.format(7).encode())
        library.add_bytes("统计局.txt", text.format(8).encode())
        last = library.add_bytes("last.txt", NEW).report
        assert last is not None
        library.remove(last.id)
        library.aliases.decide("add", "unit", "甲局", "乙局", JOINED, now="2024-01-01T00:00:00Z")
        return seen(library)


def seen(library: Library) -> tuple[list[object], list[object], object]:
    figures = [
        (hit.report, hit.figure, round(hit.score, 6))
        for hit in library.search_figures("水务局收入")
    ]
    return [*library.reports(include_superseded=True)], [*figures], library.aliases.decided()


def test_a_ledger_moves_with_all_that_is_in_it(on_server: Settings) -> None:
    before = filled(on_server)
    with pytest.raises(LibraryError, match="gouji move-ledger"):
        opened(on_server)
    moved = move_ledger(on_server)
    assert (moved.reports, moved.kept.name) == (len(UNITS) + 2, "ledger.sqlite3.moved")
    with opened(on_server) as library:
        assert seen(library) == before
        assert library.consistency() == []
        assert library.verify().disagreements == ()
        assert library.add_bytes("new.txt", NEW).report is not None
        assert library.reports()[-1].id == len(UNITS) + 4  # the removed one's is not given again
        assert library.aliases.undo() is not None
    with pytest.raises(LibraryError, match="没有可迁的台账"):
        move_ledger(on_server)


@pytest.mark.parametrize("place", ["refill_words", "_go_on_counting", "write_mark"])
def test_moving_that_breaks_off_changes_nothing(
    on_server: Settings, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    before = filled(on_server)
    with monkeypatch.context() as patched:
        patched.setattr(moving, place, die)
        with pytest.raises(Killed):
            move_ledger(on_server)
    with opened(replace(on_server, ledger_url="")) as library:
        assert seen(library) == before
    move_ledger(on_server)
    with opened(on_server) as library:
        assert seen(library) == before


def test_moving_that_breaks_off_before_its_last_step(
    on_server: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled(on_server)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", die)
        with pytest.raises(Killed):
            move_ledger(on_server)
    assert move_ledger(on_server).reports == len(UNITS) + 2
    with opened(on_server) as library:
        assert seen(library) == before


def test_moving_where_there_is_a_library_already(on_server: Settings, tmp_path: Path) -> None:
    filled(on_server)
    with opened(replace(on_server, data_dir=tmp_path / "other")) as library:
        library.add_bytes("new.txt", NEW)
    with pytest.raises(LibraryError, match="已有别的资料库"):
        move_ledger(on_server)
    with pytest.raises(LibraryError, match="没有设置 ledger_url"):
        move_ledger(replace(on_server, ledger_url=""))


def test_the_command_moves_and_says_so(on_server: Settings) -> None:
    filled(on_server)
    for code, said in ((0, "已把 6 份报告的台账迁到"), (2, "没有可迁的台账")):
        done = subprocess.run(
            [*GOUJI, "move-ledger"],
            cwd=ROOT,
            env=environment(on_server),
            capture_output=True,
            text=True,
        )
        assert (done.returncode, said in done.stdout + done.stderr) == (code, True), done.stderr
