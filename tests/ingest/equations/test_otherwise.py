"""Changes that a sentence leaves to the reader: of which figure they are told."""

from __future__ import annotations

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document

HEAD = "2023年度某县某中心项目支出绩效评价报告\n\n一、情况说明\n\n"


def judged(text: str) -> dict[tuple[str, str], set[Verdict]]:
    """By family and printed number, the verdicts of the changes and rates of growth."""
    document = read_document((HEAD + text + "\n").encode(), "评价2023.txt")
    found: dict[tuple[str, str], set[Verdict]] = {}
    for each in document.equations:
        if each.family in ("change", "growth"):
            key = (each.family, document.figures[each.stated].quantity.printed)
            found.setdefault(key, set()).add(each.verdict)
    return found


TRUE = {
    "of_the_whole_before_a_list": (
        "实际收储5,420吨，其中早稻2,600吨、中稻1,920吨、晚稻900吨，比上年的5,100吨增加320吨，增长6.3%。"
    ),
    "of_the_whole_before_commas": (
        "实际收储5,420吨，其中早稻2,600吨，中稻1,920吨，晚稻900吨，比上年的5,100吨增加320吨。"
    ),
    "of_the_total_sentences_before": (
        "本年支出合计620.50万元，其中：基本支出400.20万元，占64.50%；项目支出220.30万元，占35.50%。"
        "与2022年度支出590.10万元相比，增加30.40万元，增长5.15%。"
    ),
}


@pytest.mark.parametrize("text", TRUE.values(), ids=TRUE)
def test_another_figure_that_comes_out_is_meant(text: str) -> None:
    assert all(Verdict.FAILS not in verdicts for verdicts in judged(text).values())


FALSE = {
    "behind_a_list": (
        "实际收储5,420吨，其中早稻2,600吨、中稻1,920吨、晚稻900吨，比上年的5,100吨增加230吨。",
        ("change", "230"),
    ),
    "behind_a_list_in_percent": (
        "经费20.50万元，其中会务12.30万元、外事8.20万元，比上年减少1.50万元，下降8.62%。",
        ("growth", "8.62"),
    ),
    "two_years_in_two_sentences": (
        "2022年接待游客400万人次。2023年接待游客500万人次，比上年增加10万人次。",
        ("change", "10"),
    ),
    "nothing_before_comes_out": (
        "维护费12.40万元，印刷费3.10万元，比上年的2.80万元增加0.50万元。",
        ("change", "0.50"),
    ),
}


@pytest.mark.parametrize(("text", "stated"), FALSE.values(), ids=FALSE)
def test_a_slip_is_still_found(text: str, stated: tuple[str, str]) -> None:
    assert Verdict.FAILS in judged(text).get(stated, set())


def test_a_failing_rate_is_measured_on_the_whole() -> None:
    document = read_document((HEAD + FALSE["behind_a_list_in_percent"][0]).encode(), "评价2023.txt")
    (formula,) = (e.formula for e in document.equations if e.verdict is Verdict.FAILS)
    assert formula == "1.50万元 ÷ (20.50万元 + 1.50万元) × 100%"
