"""Claims whose parts stand behind them: the change behind its rate, the gap to a budget, 本级 and its bodies."""

from __future__ import annotations

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document

_HEAD = "青禾县水务局2022年度部门决算\n\n一、支出情况\n\n"


def verdicts(text: str) -> list[tuple[str, str, str]]:
    """Family, printed digits and verdict of each claim."""
    document = read_document(f"{_HEAD}{text}\n".encode(), "报告2022.md")
    return [
        (e.family, document.figures[e.stated].quantity.printed, e.verdict.value)
        for e in document.equations
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "收、支总计各为4,241.76万元，较上年决算增长11.1%，即多424.15万元。",
            [("growth", "11.1", Verdict.EXACT.value)],
        ),
        (
            "收、支总计各为4,241.76万元，较上年决算增长12.1%，即多424.15万元。",
            [("growth", "12.1", Verdict.FAILS.value)],
        ),
        # The change behind has a rate of its own.
        (
            "支出500万元，较上年增长25%，公用经费增加20万元，增长10%。",
            [],
        ),
        # 比上年决算增237.8万元 is a change, and no amount that another is compared with.
        (
            "支出总计754.33万元，比上年决算增237.8万元，增长46.04%。",
            [("growth", "46.04", Verdict.EXACT.value)],
        ),
        (
            "教育支出1,595.95万元，完成年初预算的100%，决算数大于预算数55.93万元。",
            [("completion", "100", Verdict.FAILS.value)],
        ),
        (
            "教育支出1,595.95万元，完成年初预算的103.6%，决算数大于预算数55.93万元。",
            [("completion", "103.6", Verdict.EXACT.value)],
        ),
        # Which budget the other one is of is not said: no complaint where both are below 100 %.
        ("教育支出95万元，完成年初预算的90%，决算数小于全年预算数4万元。", []),
        (
            "编报范围的单位共4个，包括局本级和下属2个预算单位。",
            [("count_parts", "4", Verdict.FAILS.value)],
        ),
        (
            "编报范围的单位共3个，包括局本级和下属2个预算单位。",
            [("count_parts", "3", Verdict.EXACT.value)],
        ),
    ],
)
def test_what_is_told_behind(text: str, told: list[tuple[str, str, str]]) -> None:
    assert verdicts(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("项目资金2179万元，至12月8日完成拨付2113.63万元，执行率97%。", ["97"]),
        ("项目资金2179万元已安排到项目。截至12月8日拨付2113.63万元，执行率97%。", ["97"]),
        # Of an amount told elsewhere only where the rate is fine enough to fit it alone.
        ("上级下达6800万元，分三批。\n\n目前已执行4132.8万元，执行率60.78%。", ["60.78"]),
        ("上级下达6800万元，分三批。\n\n目前已执行4132.8万元，执行率61%。", []),
        # Nothing says that these two are an amount and its spending: a miss accuses nobody.
        ("项目资金2179万元，至12月8日完成拨付1800万元，执行率97%。", []),
    ],
)
def test_a_rate_of_an_amount_that_no_word_calls_a_budget(text: str, told: list[str]) -> None:
    found = [each for each in verdicts(text) if each[0] == "completion"]
    assert [number for _, number, _ in found] == told
    assert all(verdict != Verdict.FAILS.value for _, _, verdict in found)
