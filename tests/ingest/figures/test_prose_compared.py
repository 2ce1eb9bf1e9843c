"""Figures that a sentence compares another with: of which year they are, and what they are called."""

from __future__ import annotations

import pytest

from ingest.figures.prose import prose_figures

# text, then for each number: year that its own words say, whether it is last year's, metric
CASES = [
    (
        "2023年加固改造面积比2022年的26,400平方米有所扩大。",
        [("2022", False, "加固改造面积")],
    ),
    (
        "开展补贴性职业技能培训3.46万人次，较上年的3.79万人次有所回落。",
        [("", False, "开展补贴性职业技能培训"), ("", True, "开展补贴性职业技能培训")],
    ),
    (
        "支出率97.48%，比2022年的96.15%提高1.33个百分点。",
        [("", False, "支出率"), ("2022", False, "支出率"), ("", False, "支出率")],
    ),
    (
        "非遗展演36场，少于上年的41场。",
        [("", False, "非遗展演"), ("", True, "非遗展演")],
    ),
    (
        "三公经费支出比上年增加2.5万元，比2022年的7万元增长35.7%。",
        [
            ("", False, "三公经费支出"),
            ("2022", False, "三公经费支出"),
            ("", False, "三公经费支出"),
        ],
    ),
    # A rate told in between has another unit: 698人 are of what was counted in 人.
    (
        "实际组织见习774人，完成目标的96.75%，比2022年的698人增加76人。",
        [
            ("", False, "实际组织见习"),
            ("", False, "完成目标"),
            ("2022", False, "实际组织见习"),
            ("", False, "实际组织见习"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "told"), CASES)
def test_what_is_compared_with(text: str, told: list[tuple[str, bool, str]]) -> None:
    found = [
        (each.year if each.year != "2023" else "", each.previous_year, each.metric)
        for each in prose_figures(text)
    ]
    assert found == told


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("三公经费决算97.20万元，低于预算12.80万元。", ["value", "change"]),
        (
            "公务用车购置及运行：决算57.36万元，低于预算17.54万元，降幅23.42%。",
            ["value", "change", "growth"],
        ),
        ("会议费支出5.60万元，超过预算数0.40万元。", ["value", "change"]),
        ("年初预算12.00万元，决算9.80万元。", ["budget", "value"]),
    ],
)
def test_an_amount_above_or_below_the_budget_is_no_budget(text: str, roles: list[str]) -> None:
    assert [each.role.value for each in prose_figures(text)] == roles
