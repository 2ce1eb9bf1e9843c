"""Behind a list of parts, what a sentence goes on to say is of the whole."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ingest.figures.prose import prose_figures


class Case(NamedTuple):
    """A sentence, and the metrics of its last numbers."""

    name: str
    text: str
    metrics: tuple[str, ...]


CASES = (
    Case(
        "stock_against_last_year",
        "实际收储5,420吨，其中早稻2,600吨、中稻1,920吨、晚稻900吨，比上年的5,100吨增加320吨。",
        ("实际收储", "实际收储"),
    ),
    Case(
        "counts_against_a_year",
        "全年受理申请236件，其中书面16件、网上120件、窗口100件，比2021年的201件增加35件，增长17.4%。",
        ("全年受理申请", "全年受理申请", "全年受理申请"),
    ),
    Case(
        "no_base_told",
        "全年收入900万元，其中门票收入500万元、场地收入400万元，较上年增加60万元，增长7.1%。",
        ("全年收入", "全年收入"),
    ),
    Case(
        "the_parts_add_up_to_one_further_back",
        "接待费支出90万元，为预算120万元的75%，其中会务60万元、外事30万元，比上年减少5万元。",
        ("接待费支出",),
    ),
    Case(
        "parts_with_brackets",
        "种植面积80亩，其中水田30亩（占37.5%）、旱地50亩（占62.5%），同比增长5%。",
        ("种植面积",),
    ),
    Case(
        "one_part_but_the_whole_comes_out",
        "会议费30万元，其中年会费8万元，比上年的34万元减少4万元。",
        ("会议费", "会议费"),
    ),
    Case(
        "one_part_is_told_of",
        "会议费30万元，其中年会费8万元，比上年的9万元减少1万元。",
        ("年会费", "年会费"),
    ),
    Case(
        "one_part_without_a_base",
        "会议费30万元，其中年会费8万元，比上年减少1万元，下降11.1%。",
        ("年会费", "年会费"),
    ),
    Case(
        "parts_between_commas",
        "会议费30万元，其中年会费8万元，例会费22万元，比上年减少1万元。",
        ("例会费",),
    ),
    Case(
        "the_last_of_the_list_comes_out",
        "会议费30万元，其中年会费8万元、例会费22万元，比上年的20万元增加2万元。",
        ("例会费", "例会费"),
    ),
    Case(
        "a_part_that_is_named_again",
        "会议费30万元，其中年会费8万元、例会费22万元，年会费比上年减少1万元。",
        ("年会费",),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_told_behind_a_list(case: Case) -> None:
    metrics = tuple(figure.metric for figure in prose_figures(case.text))
    assert metrics[-len(case.metrics) :] == case.metrics


def test_what_is_compared_with_counts_nothing_by_its_change() -> None:
    figures = prose_figures("全年办结案件310件，比2021年的280件增加30件。")
    assert [figure.metric for figure in figures] == ["全年办结案件"] * 3
