"""Totals over all reports: units in the formula, thousands parted, no digit more than is known."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.present import grouped

REPORT = """2023年度霁川市{name}部门决算

部门名称：霁川市{name}

一、“三公”经费支出决算情况

2023年度“三公”经费支出决算{amount}。
"""
ASKED = "2023年各单位三公经费合计多少，平均多少？"


def text_of(folder: Path, *amounts: str, question: str = ASKED) -> str:
    for name, amount in zip(("水务局", "财政局", "民政局"), amounts, strict=False):
        text = REPORT.format(name=name, amount=amount)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = MemoryLibrary(sorted(folder.iterdir()))
    return Engine(library, SimpleNamespace(abstain_threshold=0.55)).ask(question).text


def test_a_sum_is_no_more_exact_than_its_coarsest_addend(tmp_path: Path) -> None:
    text = text_of(tmp_path, "352,180.50元", "4.03万元", "12,345.60元")
    assert "合计：40.48万元（352,180.50元 + 4.03万元 + 12,345.60元；四舍五入到 0.01万元" in text
    assert "平均：13.49万元（(352,180.50元 + 4.03万元 + 12,345.60元) ÷ 3；" in text
    assert "霁川市财政局（2023年）：40,300元（原文 4.03万元）" in text


def test_the_unit_asked_for_is_rounded_all_the_same(tmp_path: Path) -> None:
    asked = "2023年各单位三公经费合计多少元？"
    text = text_of(tmp_path, "352,180.50元", "4.03万元", "12,345.60元", question=asked)
    assert "合计：404,800元（" in text
    assert "四舍五入到 0.01万元" in text


def test_amounts_of_one_unit_are_added_as_printed(tmp_path: Path) -> None:
    text = text_of(tmp_path, "1,352.18万元", "4.03万元")
    assert "合计：1,356.21万元（1,352.18万元 + 4.03万元）。" in text
    assert "1. 霁川市水务局（2023年）：1,352.18万元\n" in text


def test_addends_of_other_digits_are_told(tmp_path: Path) -> None:
    text = text_of(tmp_path, "35.5万元", "4.03万元")
    assert "合计：39.53万元（35.5万元 + 4.03万元；各数所印位数不一，按所印数字相加）。" in text


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("352180.50", "352,180.50"),
        ("-40300", "-40,300"),
        ("999.99", "999.99"),
        ("1234567", "1,234,567"),
        ("352,180.50", "352,180.50"),
        ("优", "优"),
    ],
)
def test_thousands_are_parted(number: str, shown: str) -> None:
    assert grouped(number) == shown
