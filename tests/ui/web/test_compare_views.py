"""Comparisons on the page: cells that lead to their sources, changes, charts without a float."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from ui.web.chart import Bars, chart
from ui.web.services import Services

NAME = "comparison-of-a-test"
UNIT = "广州市番禺区政务服务数据管理局"


def compare(services: Services, question: str, name: str = NAME) -> str:
    return str(services.compare("", name, question, [], [], [], []))


def test_every_cell_with_a_value_leads_to_its_source(services: Services) -> None:
    shown = compare(services, f"比较{UNIT}2021到2023年的“三公”经费")
    refs = re.findall(r'data-act="cell" data-ref="([\d.]+)"', shown)
    refs = refs or re.findall(r'data-ref="([\d.]+)"', shown)
    assert len(refs) == 3
    for ref, number in zip(refs, ("5.34", "4.66", "4.03"), strict=True):
        proof = services.cell("", NAME, ref)
        assert f"<b>{number}</b>" in proof
        assert 'data-act="cell"' in proof
        assert "gj-box" in proof
    assert "−12.73%" in shown
    assert shown.count("<svg") == 1


def test_what_was_chosen_is_compared(services: Services) -> None:
    shown = services.compare("", NAME + "-2", "", [UNIT], [], ["基本支出"], ["2022", "2023"])
    assert "2022年" in shown
    assert "2021年" not in shown
    assert "基本支出" in shown


@pytest.mark.parametrize("question", ["", "比较月球局的经费"])
def test_what_cannot_be_compared_says_so(services: Services, question: str) -> None:
    assert "gj-head abstained" in compare(services, question, NAME + "-3")


@pytest.mark.parametrize("ref", ["", "x.y", "99.0", "0.99", "0.0.99"])
def test_a_made_up_cell_opens_nothing_of_others(services: Services, ref: str) -> None:
    compare(services, f"比较{UNIT}2021到2023年的“三公”经费", NAME + "-4")
    assert "gj-evidence" in services.cell("", NAME + "-4", ref)
    assert "gj-empty" in services.cell("乙", NAME + "-4", "0.0")


def test_examples_compare_something(services: Services) -> None:
    found = re.findall(r'data-text="([^"]+)"', services.comparison_html("", NAME + "-5"))
    assert found
    assert all("gj-years" in compare(services, each, NAME + "-6") for each in found)


def test_bars_are_as_long_as_their_numbers() -> None:
    values = [(Decimal("10"), "10"), (Decimal("-5"), "-5"), None, (Decimal("0"), "0")]
    drawn = chart("甲", ["2021", "2022", "2023", "2024"], [Bars("甲", values)])
    heights = [Decimal(each) for each in re.findall(r'<rect[^>]* height="([\d.]+)"', drawn)]
    assert len(heights) == 3
    assert abs(heights[0] - 2 * heights[1]) <= Decimal("0.2")
    assert heights[2] == 1
    assert not chart("甲", ["2021"], [Bars("甲", [(Decimal(1), "1")])])


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("png", b"\x89PNG")],
)
def test_the_comparison_is_exported(services: Services, ending: str, begins: bytes) -> None:
    shown = compare(services, f"比较{UNIT}2021到2023年的“三公”经费", NAME + "-7")
    assert f"/export/comparison.{ending}?c={NAME}-7" in shown
    data = services.comparison_file("", NAME + "-7", ending, "zh")
    assert data.startswith(begins)
    if ending == "csv":
        assert "5.34" in data.decode()
        assert "5.34" not in services.comparison_file("乙", NAME + "-7", ending, "zh").decode()
