"""Vehicles kept and owned; a number of a cell's words with two digits exchanged."""

from __future__ import annotations

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document

_HEAD = "青禾县林业局2023年度部门决算\n\n一、情况说明\n\n"


def told(text: str) -> set[tuple[str, Verdict]]:
    """What other places say of the figures of a report: the stated digits and how they stand."""
    document = read_document(f"{_HEAD}{text}".encode(), "报告2023.md")
    return {
        (document.figures[each.stated].quantity.printed, each.verdict)
        for each in document.equations
        if each.family == "same_fact"
    }


@pytest.mark.parametrize(
    ("kept", "owned", "found"),
    [
        (18, 18, {("18", Verdict.EXACT)}),
        (18, 16, {("18", Verdict.FAILS)}),
        (14, 16, set()),
    ],
)
def test_vehicles_kept_are_no_more_than_owned(
    kept: int, owned: int, found: set[tuple[str, Verdict]]
) -> None:
    text = f"年末公务用车保有量{kept}辆。\n\n截至年末，本部门共有车辆{owned}辆。"
    assert told(text) == found


@pytest.mark.parametrize(
    ("done", "found"),
    [
        ("受理6,482件，办结6,710件", {("6,482", Verdict.FAILS)}),
        ("受理6,482件，办结6,400件", {("6,482", Verdict.FAILS)}),
        ("受理6,900件，办结6,710件", set()),
    ],
)
def test_two_digits_exchanged_in_the_words_of_a_cell(
    done: str, found: set[tuple[str, Verdict]]
) -> None:
    text = "全年受理投诉举报6,842件，办结6,710件，办结率98.07%。\n\n"
    text += "| 三级指标 | 指标值 | 实际完成值 |\n| --- | --- | --- |\n"
    text += f"| 受理投诉举报 | 及时受理 | {done} |\n| 检查单位 | 80家 | 92家 |\n"
    assert {each for each in told(text) if each[1] is Verdict.FAILS} == found
