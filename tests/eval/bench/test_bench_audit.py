"""The audit measured against known slips: what counts as found, named, and false."""

from __future__ import annotations

from eval.bench.audit import Case, Known, judge
from ingest.pipeline import read_document

REPORT = """甲市水务局2023年度部门决算

一、支出情况

指标分值22分，评价得分17.5分，得分率为75.9%。

水利支出512万元，比上年增加32万元，增长7.6%。
"""
RATE = Known("rate", "甲.txt", ("得分率为75.9%",), "score_rate", "79.5")
GROWTH = Known("growth", "甲.txt", ("增长7.6%",), "growth_rate", "6.67")


def _case(slips: tuple[Known, ...], traps: tuple[Known, ...] = ()) -> Case:
    return Case("made up", (read_document(REPORT.encode(), "甲.txt"),), slips, traps)


def test_slips_are_found_on_their_place() -> None:
    outcome = judge(_case((RATE, GROWTH)))
    assert (outcome.found, outcome.named, outcome.right) == (2, 0, 2)
    assert outcome.false_alarms == outcome.missed == []
    assert outcome.kinds == {"growth_rate": [1, 1], "score_rate": [1, 1]}


def test_an_operand_of_a_finding_is_named() -> None:
    outcome = judge(_case((Known("score", "甲.txt", ("评价得分17.5分",), "score"), GROWTH)))
    assert (outcome.found, outcome.named) == (1, 1)


def test_a_finding_on_no_slip_is_a_false_alarm() -> None:
    trap = Known("trap", "甲.txt", ("得分率为75.9%",), "trap")
    outcome = judge(_case((GROWTH,), (trap,)))
    assert len(outcome.false_alarms) == 1
    assert outcome.false_alarms[0].endswith("(trap trap)")
    assert (outcome.found, outcome.trapped) == (1, 1)


def test_a_slip_that_nothing_touches_is_missed() -> None:
    other = Known("other", "甲.txt", ("甲市水务局",), "name")
    outcome = judge(_case((RATE, GROWTH, other)))
    assert outcome.missed == ["other [name] 甲市水务局"]
    assert outcome.to_json()["missed"] == 1
