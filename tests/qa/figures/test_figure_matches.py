"""Coverage of a phrase by a figure's labels."""

import os
import subprocess
import sys

import pytest

from ingest.pipeline import read_document
from qa.figures.matches import match_figures
from qa.figures.word_index import FigureIndex

TEXT = """2023年度海州市水务局部门决算

一、支出情况

1. 办公费支出12.5万元，比上年决算数减少1.5万元，下降10.7%。

2. 差旅费支出8.25万元，比上年决算数增加0.25万元，增长3.1%。

3. 政府采购货物支出80.3万元。
"""


@pytest.fixture(scope="module")
def index() -> FigureIndex:
    return FigureIndex(read_document(TEXT.encode(), "made-up.txt"))


@pytest.mark.parametrize(
    ("phrase", "printed"), [("办公费支出", "12.5"), ("差旅费", "8.25"), ("货物采购", "80.3")]
)
def test_best_match(index: FigureIndex, phrase: str, printed: str) -> None:
    best = match_figures(index, phrase)[0]
    assert index.document.figures[best.figure].quantity.printed == printed


def test_a_figure_lacking_a_word_of_the_report_says_so(index: FigureIndex) -> None:
    found = {
        index.document.figures[match.figure].quantity.printed: match
        for match in match_figures(index, "差旅费支出情况")
    }
    assert found["8.25"].lacking == 0
    assert found["12.5"].lacking > 0.3


def test_a_name_that_is_a_label_of_the_report_matches_that_label_alone(index: FigureIndex) -> None:
    printed = {
        index.document.figures[match.figure].quantity.printed
        for match in match_figures(index, "差旅费")
    }
    assert printed == {"8.25", "0.25", "3.1"}


def test_words_the_report_never_uses_lower_presence(index: FigureIndex) -> None:
    best = match_figures(index, "无人机巡查费用")
    assert not best or best[0].presence < 0.5


def test_lenient_matching_leaves_unknown_words_out_but_not_most(index: FigureIndex) -> None:
    assert match_figures(index, "差旅费支出 登记", lenient=True)[0].presence == 1
    assert match_figures(index, "完全无关词语 差旅", lenient=True) == []


# Scores of every figure, to the last bit.
SCORES = f"""
from ingest.pipeline import read_document
from qa.figures.word_index import FigureIndex
from qa.figures.matches import match_figures
index = FigureIndex(read_document({TEXT!r}.encode(), "made-up.txt"))
for phrase in ("政府采购货物支出比上年增长多少", "办公费支出比上年决算数减少", "差旅费支出情况"):
    for match in match_figures(index, phrase, "海州市水务局2023年度部门决算支出情况"):
        print(match.figure, match.score.hex(), match.lacking.hex())
"""


def test_scores_are_the_same_to_the_last_bit_in_every_process() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", SCORES],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1
    assert len(printed.pop().splitlines()) > 10


def test_a_name_that_only_a_change_bears_does_not_hide_the_value() -> None:
    text = (
        "2023年度石板镇部门决算\n\n一、支出情况\n\n石板镇2023年度财政拨款“三公”经费支出年初预算为160,000.00元，"
        "支出决算为148,236.50元。\n\n“三公”经费支出决算数较上年减少7,173.50元，下降4.62%。\n"
    )
    index = FigureIndex(read_document(text.encode(), "made-up.txt"))
    printed = {
        index.document.figures[match.figure].quantity.printed
        for match in match_figures(index, "“三公”经费支出决算数")
    }
    assert "148,236.50" in printed
