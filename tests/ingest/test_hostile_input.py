"""Malformed files end in a Document or in one clear line; nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eval.bench.hostile import Case, Outcomes, cases, judge, main, unclear


@pytest.mark.parametrize(
    ("inputs", "line"),
    [(60, 150_000), pytest.param(150, 1_500_000, marks=pytest.mark.slow)],
    ids=["in brief", "at length"],
)
def test_every_input_is_read_or_refused_in_one_clear_line(inputs: int, line: int) -> None:
    outcomes = Outcomes()
    for case in cases(inputs, long_line=line):
        judge(case, outcomes)
    assert outcomes.crashed == []
    assert outcomes.unclear == []
    assert outcomes.total == inputs
    assert outcomes.read["shuffled lines"] > 0, "sound bytes in another order are read"
    assert outcomes.refused["random bytes"] > 0
    assert outcomes.refused["long line"] > 0


def test_inputs_are_the_same_every_time() -> None:
    first = [(case.name, case.make()) for case in cases(60, long_line=10)]
    second = [(case.name, case.make()) for case in cases(60, long_line=10)]
    assert first == second


@pytest.mark.parametrize(
    ("message", "flaw"),
    [
        ("a.txt：文件是空的；请检查是否选错了文件", ""),
        ("a.txt：第一行\n第二行", "不止一行"),
        ("a.txt: empty", "不是中文"),
        ("文件是空的", "没有文件名"),
        ("a.txt：" + "很长" * 200, "太长"),
    ],
)
def test_what_counts_as_clear(message: str, flaw: str) -> None:
    assert unclear(message, "a.txt") == flaw


def test_a_crash_is_counted_not_raised() -> None:
    def broken() -> bytes:
        return None  # type: ignore[return-value]

    outcomes = Outcomes()
    judge(Case("odd", "odd.txt", broken), outcomes)
    assert len(outcomes.crashed) == outcomes.total == 1


def test_the_command_prints_totals(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "3"]) == 0
    assert '"total": 3' in capsys.readouterr().out


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
def test_any_bytes(data: bytes) -> None:
    outcomes = Outcomes()
    judge(Case("any", "文件.txt", lambda: data), outcomes)
    assert outcomes.crashed == outcomes.unclear == []
    assert outcomes.total == 1
