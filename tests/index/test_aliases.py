"""What reports state of names stays with them; what the user decides can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from index.aliases import JOINED, PARTED
from index.database import writing
from index.library import Library
from ingest.settings import Settings

BOTH_LEDGERS = True

NOW = "2024-01-01T00:00:00+00:00"
REPORT = "2023年度云岭市水务局部门决算\n\n一、概况\n\n原云岭市河道局更名为云岭市水务局。\n"


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library.open(settings) as opened:
        yield opened


def states(library: Library) -> list[tuple[str, str, str]]:
    return [(each.first, each.second, each.state) for each in library.aliases.decided()]


def decide(library: Library, first: str, second: str, state: str | None) -> None:
    library.aliases.decide("add", "unit", first, second, state, now=NOW)


def test_a_statement_comes_and_goes_with_its_report(library: Library) -> None:
    added = library.add_bytes("a.txt", REPORT.encode())
    (found,) = library.aliases.stated()
    assert (found.first, found.second, found.told) == ("云岭市河道局", "云岭市水务局", "renamed")
    assert (found.report_name, found.entity) == ("a.txt", "云岭市水务局")
    assert REPORT[found.start : found.end] == found.quote
    assert added.report is not None
    library.remove(added.report.id)
    assert library.aliases.stated() == ()


def test_statements_of_an_older_library_are_found_on_opening(settings: Settings) -> None:
    with Library.open(settings) as library:
        library.add_bytes("a.txt", REPORT.encode())
        with writing(library._store.engine) as connection:
            connection.execute(text("DELETE FROM names"))
            connection.execute(text("DELETE FROM meta WHERE key = 'names'"))
    with Library.open(settings) as library:
        assert [each.second for each in library.aliases.stated()] == ["云岭市水务局"]


def test_decisions_replace_one_another_in_either_order(library: Library) -> None:
    decide(library, "甲局", "乙局", JOINED)
    assert states(library) == [("甲局", "乙局", JOINED)]
    decide(library, "乙局", "甲局", PARTED)
    assert states(library) == [("乙局", "甲局", PARTED)]
    decide(library, "甲局", "乙局", None)
    assert states(library) == []


def test_undo_goes_back_step_by_step(library: Library) -> None:
    decide(library, "甲局", "乙局", JOINED)
    decide(library, "甲局", "乙局", PARTED)
    decide(library, "丙局", "丁局", JOINED)
    seen = []
    while (step := library.aliases.undo()) is not None:
        seen.append(step.after.first if step.after else "")
        seen.append(str(len(states(library))))
    assert seen == ["丙局", "1", "甲局", "1", "甲局", "0"]
    assert [step.undone for step in library.aliases.history()] == [True] * 3


def test_a_decision_after_an_undo_is_undone_first(library: Library) -> None:
    decide(library, "甲局", "乙局", JOINED)
    library.aliases.undo()
    decide(library, "丙局", "丁局", JOINED)
    library.aliases.undo()
    assert states(library) == []
    assert library.aliases.undo() is None


def test_another_process_sees_a_decision_at_once(settings: Settings, library: Library) -> None:
    with Library.open(settings) as other:
        assert other.aliases.decided() == ()
        decide(library, "甲局", "乙局", JOINED)
        assert [each.state for each in other.aliases.decided()] == [JOINED]


def test_evidence_is_kept(library: Library) -> None:
    place = {"report": "a.txt", "quote": "甲局", "start": 0, "end": 2, "page": None}
    library.aliases.decide(
        "confirm", "project", "甲", "乙", JOINED, note="文件", evidence=[place], now=NOW
    )
    (found,) = library.aliases.decided()
    assert found.evidence == (place,)
    assert (found.kind, found.note, found.at) == ("project", "文件", NOW)


def test_what_is_no_decision_is_refused(library: Library) -> None:
    with pytest.raises(ValueError, match="no such alias"):
        library.aliases.decide("add", "place", "甲", "乙", JOINED, now=NOW)
