"""Runs over a small folder of reports: begun, stopped, taken up, judged again."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import evaluation
from eval.evaluation import Loading, Progress, carry_out, check_unchanged, prepare
from eval.judging import open_run, score_run
from eval.library import NoReportsError
from eval.runlog import LOG, Options, RunLogError, entries, read_header
from eval.runs import find_run, list_runs
from eval.score import Verdict
from ingest.settings import Settings

REPORT = """2023年度云岭县教育局部门决算

一、收入决算情况
2023年度收入合计1200万元，其中：财政拨款收入1000万元，事业收入200万元。
二、支出决算情况
2023年度支出合计1100万元，其中：基本支出800万元，项目支出300万元。
"""
SUITE = """cases:
- {id: a, type: cell, question: 云岭县教育局2023年度收入合计是多少？,
   expect: {number: "1200", unit: 万元}, paraphrases: {formal: 云岭县教育局2023年度收入合计为多少？}}
- {id: b, type: cell, question: 事业收入呢？, followup_of: a, expect: {number: "200", unit: 万元}}
- {id: c, type: cell, question: 云岭县教育局2023年度项目支出是多少？,
   expect: {number: "301", unit: 万元}}
- {id: d, type: none, question: 云岭县教育局2023年度植树多少棵？, expect: {abstain: true}}
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "edu.txt").write_text(REPORT, encoding="utf-8")
    path = tmp_path / "edu.yaml"
    path.write_text(SUITE, encoding="utf-8")
    return path


SETTINGS = Settings()


def options(suite: Path, **more: object) -> Options:
    given: dict[str, object] = {"reports": (str(suite.parent / "reports"),), "memory": True}
    return Options(**(given | more))  # type: ignore[arg-type]


def begun(suite: Path, name: str = "", **more: object) -> Path:
    return prepare([suite], options(suite, **more), SETTINGS, suite.parent / "runs", name)


def totals(progress: Progress) -> tuple[int, int, int, int, int]:
    found = (progress.done, progress.right, progress.wrong, progress.abstained)
    return (*found, progress.unscored)


def test_a_run_from_its_first_question_to_its_last(suite: Path) -> None:
    heard: list[Loading | Progress] = []
    folder = begun(suite)
    progress = carry_out(folder, SETTINGS, listener=heard.append)
    assert totals(progress) == (4, 3, 1, 0, 0)
    assert progress.whole
    assert [type(each).__name__ for each in heard] == ["Progress", "Loading", *["Progress"] * 4]
    assert [entry.key for entry in entries(folder)] == [("a", 1), ("b", 1), ("c", 1), ("d", 1)]
    verdicts = {each.entry.case: each.outcome.score.verdict for each in open_run(folder).judged()}
    assert verdicts["c"] is Verdict.WRONG
    header = read_header(folder)
    assert [report.name for report in header.reports] == ["edu.txt"]
    assert (header.asks, header.suites[0].cases) == (4, 4)


@pytest.mark.parametrize("after", range(1, 8))
def test_a_stopped_run_is_taken_up_where_it_stopped(suite: Path, after: int) -> None:
    """Also in the middle of a conversation, whose first questions are then put again."""
    folder = begun(suite, repeat=2)
    heard: list[Progress] = []
    looks = iter([False] * after)
    first = carry_out(folder, SETTINGS, stopped=lambda: next(looks, True))
    assert not first.whole
    check_unchanged(folder, SETTINGS)
    whole = carry_out(
        folder,
        SETTINGS,
        listener=lambda each: heard.append(each) if isinstance(each, Progress) else None,
    )
    assert totals(whole) == (8, 6, 2, 0, 0)
    assert heard[0].done == first.done
    assert len({entry.key for entry in entries(folder)}) == 8


def test_other_wordings_are_asked_too(suite: Path) -> None:
    folder = begun(suite, paraphrases=True, ids=("a",))
    assert totals(carry_out(folder, SETTINGS)) == (2, 2, 0, 0, 0)
    assert {entry.case for entry in entries(folder)} == {"a", "a~formal"}


def test_failing_to_ask_is_unscored_with_its_reason(
    suite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("断了")

    monkeypatch.setattr("qa.engine.Engine.ask", fail)
    folder = begun(suite)
    assert totals(carry_out(folder, SETTINGS)) == (4, 0, 0, 0, 4)
    judged = list(open_run(folder).judged())
    assert {each.outcome.score.reason for each in judged} == {"RuntimeError: 断了"}


@pytest.mark.parametrize("what", ["题库", "报告", "设置", "版本"])
def test_a_run_is_not_taken_up_when_something_has_changed(
    suite: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, settings = begun(suite), SETTINGS
    check_unchanged(folder, SETTINGS)
    if what == "题库":
        suite.write_text(SUITE.replace("301", "300"), encoding="utf-8")
    elif what == "报告":
        report = suite.parent / "reports" / "edu.txt"
        report.write_text(REPORT.replace("300", "310"), encoding="utf-8")
    elif what == "设置":
        settings = Settings(abstain_threshold=0.9)
    else:
        monkeypatch.setattr(evaluation, "versions", lambda: {"gouji": "9"})
    with pytest.raises(RunLogError, match=f"{what}已改变"):
        check_unchanged(folder, settings)


def test_a_run_is_judged_again_by_the_present_suites(suite: Path) -> None:
    folder = begun(suite)
    carry_out(folder, SETTINGS)
    before = (folder / LOG).read_bytes()
    suite.write_text(SUITE.replace("301", "300").replace("id: d", "id: e"), encoding="utf-8")
    moved = score_run(folder)
    assert [(each.case, each.before, each.after) for each in moved] == [
        ("c", Verdict.WRONG, Verdict.RIGHT),
        ("d", Verdict.RIGHT, Verdict.UNSCORED),
    ]
    assert moved[1].reason == "题库中已没有这道题"
    verdicts = [each.outcome.score.verdict for each in open_run(folder).judged()]
    assert verdicts == [*[Verdict.RIGHT] * 3, Verdict.UNSCORED]
    assert score_run(folder) == ()
    assert (folder / LOG).read_bytes() == before


def test_runs_are_found_by_name(suite: Path) -> None:
    runs = suite.parent / "runs"
    one, two = begun(suite, "2026-a"), begun(suite, "2026-b")
    (runs / "other").mkdir()
    assert [folder for folder, _ in list_runs(runs)] == [one, two]
    assert find_run(runs, "2026-a") == one
    assert find_run(runs, str(two)) == two
    assert find_run(runs, "latest") == two
    with pytest.raises(RunLogError, match="2026-a、2026-b"):
        find_run(runs, "2026")
    with pytest.raises(RunLogError, match="没有名为"):
        find_run(runs, "2027")


def test_without_reports_nothing_begins(suite: Path) -> None:
    for given in (options(suite, reports=(str(suite.parent / "none"),)), Options(memory=True)):
        with pytest.raises(NoReportsError):
            prepare([suite], given, SETTINGS, suite.parent / "runs")
    assert not (suite.parent / "runs").exists()


def test_the_library_is_asked_in_processes_of_its_own(suite: Path) -> None:
    """Two workers give the log of one, in the same order, with what the search brought."""
    folder = begun(suite, memory=False, k=2)
    assert totals(carry_out(folder, SETTINGS, workers=2)) == (4, 3, 1, 0, 0)
    found = list(entries(folder))
    assert [entry.key for entry in found] == [("a", 1), ("b", 1), ("c", 1), ("d", 1)]
    assert all(entry.retrieved for entry in found)
