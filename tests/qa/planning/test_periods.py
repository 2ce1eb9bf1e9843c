"""Years that are asked for, years only compared with, and years that are part of a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.planning.periods import find_periods

KNOWN = ("2021", "2022", "2023", "2024")


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2023年收入", ["2023"]),
        ("2023年事业收入的上年数是多少", ["2022"]),
        ("23年事业收入的上年决算数是多少", ["2022"]),
        ("2023年度收入", ["2023"]),
        ("2023 年底有几辆车", ["2023"]),
        ("2023年6月20日", ["2023"]),
        ("23年三公", ["2023"]),
        ("到23年底", ["2023"]),
        ("’23 budget", ["2023"]),
        ("'23 budget", ["2023"]),
        ("二〇二三年支出", ["2023"]),
        ("二零二三年度支出", ["2023"]),
        ("二三年支出", ["2023"]),
        ("FY2023 income", ["2023"]),
        ("FY23 income", ["2023"]),
        ("income in 2023?", ["2023"]),
        ("项目（2021）", ["2021"]),
        ("2021-2023年的变化", ["2021", "2022", "2023"]),
        ("2021—2023", ["2021", "2022", "2023"]),
        ("2021——2023年", ["2021", "2022", "2023"]),
        ("2021至2023年", ["2021", "2022", "2023"]),
        ("2021年到2023年", ["2021", "2022", "2023"]),
        ("从2021到2023", ["2021", "2022", "2023"]),
        ("2021-23年", ["2021", "2022", "2023"]),
        ("21-23年", ["2021", "2022", "2023"]),
        ("from 2021 to 2023", ["2021", "2022", "2023"]),
        ("between 2021 and 2023", ["2021", "2022", "2023"]),
        ("2022年以来", ["2022", "2023", "2024"]),
        ("近三年支出", ["2022", "2023", "2024"]),
        ("最近2年", ["2023", "2024"]),
        ("the last three years", ["2022", "2023", "2024"]),
        ("这两年分别是多少", ["2023", "2024"]),
        ("2022年和2023年分别", ["2022", "2023"]),
        ("2022、2023两年", ["2022", "2023"]),
        ("in 2022 and 2023", ["2022", "2023"]),
        ("2024年上半年", ["2024"]),
        ("2019年（资料库没有的年份）", ["2019"]),
        ("2023年本年收入", ["2023"]),
        ("2023年的上年结转", ["2023"]),
        ("总投资比2023年年初下达的预算高多少", ["2023"]),
        ("本年支出", []),
        ("上年结转和结余", []),
        ("服务期5年以上", []),
        ("服务期15年", []),
        ("智慧交通平台二期23年自评得分", ["2023"]),
        ("使用年限20年", []),
        ("三年行动计划", []),
        ("100年校庆", []),
        ("2.5年", []),
        ("2020分", []),
        ("2019.5万元", []),
        ("2023元", []),
        ("电费(202212-202311)", []),
        ("番财〔2020〕86号文", []),
        ("《行动计划（2021-2023年）》的文号", []),
        ("“2022-2023年融合项目”的预算", []),
        ("项目（2022-2023年度）在2023年付了多少", ["2023"]),
        ("", []),
    ],
)
def test_years_asked_for(question: str, years: list[str]) -> None:
    assert list(find_periods(question, known=KNOWN).years) == years


@pytest.mark.parametrize(
    ("question", "years", "basis", "relative"),
    [
        ("2023年比上年增长多少", ["2023"], ["2022"], True),
        ("2023年与上一年度相比", ["2023"], ["2022"], True),
        ("2023年和上年相比", ["2023"], ["2022"], True),
        ("2023年较去年同期", ["2023"], ["2022"], True),
        ("2023年比2022年多多少", ["2023"], ["2022"], False),
        ("2023年与2022年相比", ["2023"], ["2022"], False),
        ("和2022年相比2023年怎样", ["2023"], ["2022"], False),
        ("2024年比2023年和2022年", ["2024"], ["2023", "2022"], False),
        ("compared with 2022, the 2023 income", ["2023"], ["2022"], False),
        ("比2022年增长多少", [], ["2022"], False),
        ("跟上年比是多了还是少了", [], ["2023"], True),
        ("What was the change from the previous year?", [], ["2023"], True),
        ("2023年的上一年", ["2022"], [], True),
        ("前一年（2022）的机关运行经费", ["2022"], [], True),
        ("上年决算数是多少", ["2023"], [], True),
        ("去年和今年的收入", ["2023", "2024"], [], True),
    ],
)
def test_a_year_compared_with_is_not_asked_for(
    question: str, years: list[str], basis: list[str], relative: bool
) -> None:
    found = find_periods(question, known=KNOWN)
    assert (list(found.years), list(found.basis), found.relative) == (years, basis, relative)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("去年呢", ["2021"]),
        ("那上一年呢？", ["2021"]),
        ("次年呢", ["2023"]),
        ("那2023年呢", ["2023"]),
        ("这两年的收入", []),
        ("它呢", []),
    ],
)
def test_a_follow_up_counts_from_the_year_before_it(question: str, years: list[str]) -> None:
    assert list(find_periods(question, known=KNOWN, inherited=["2022"]).years) == years


def test_a_year_in_a_name_counts_only_without_another() -> None:
    question = "2022年数据中心维护项目2023年付了多少"
    name = (0, len("2022年数据中心维护项目"))
    assert find_periods(question, known=KNOWN, names_spans=[name]).years == ("2023",)
    alone = "2022年数据中心维护项目付了多少"
    assert find_periods(alone, known=KNOWN, names_spans=[name]).years == ("2022",)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        # A year that only says which report tells of the year before.
        ("按2023年决算说明，局上年的基本支出是多少", ("2022",)),
        ("根据2022年度决算说明，局2021年度接待费应为多少", ("2021",)),
        ("局2023年接待费比上年减了0.64万元，上年实际是多少", ("2022",)),
        ("2023年，局的三公经费是多少", ("2023",)),
        # 来 belongs to the next word where the library knows the year.
        ("局23年来穗人员服务项目花了多少", ("2023",)),
        ("局21、22、23年每年办了多少件", ("2021", "2022", "2023")),
        # A range in brackets is part of a name unless each year is asked for.
        ("三年行动计划（2021-2023年）的总投资多少", ()),
        ("三公经费（2021-2023年）各是多少", ("2021", "2022", "2023")),
    ],
)
def test_years_that_are_asked(question: str, years: tuple[str, ...]) -> None:
    assert find_periods(question, known=KNOWN).years == years


def test_ranges_and_open_words_are_flagged() -> None:
    assert find_periods("2021-2023年", known=KNOWN).range
    assert find_periods("近三年", known=KNOWN).range
    assert not find_periods("2021年和2023年", known=KNOWN).range
    assert find_periods("历年的三公经费", known=KNOWN).open_range
    assert find_periods("哪一年最多", known=KNOWN).open_range


def test_spans_point_at_the_periods() -> None:
    question = "番禺区政数局2023年比2022年"
    found = find_periods(question, known=KNOWN)
    assert [question[start:end] for start, end in found.text_spans] == ["2023年"]


@given(
    question=st.one_of(
        st.text(max_size=60),
        st.text(alphabet="2013年至到-—和与比上去年近三（）《》“”", max_size=40),
    ),
    known=st.lists(st.from_regex(r"20[0-9]{2}|", fullmatch=True), max_size=4),
    inherited=st.lists(st.from_regex(r"20[0-9]{2}", fullmatch=True), max_size=2),
)
@settings(deadline=None)
def test_any_text_is_read(question: str, known: list[str], inherited: list[str]) -> None:
    found = find_periods(question, known=known, inherited=inherited)
    assert all(len(year) == 4 and year.isdigit() for year in (*found.years, *found.basis))
    assert all(0 <= start < end <= len(question) for start, end in found.text_spans)
