"""Numbers and marks of recognised text: what is mended, what is doubted, what is left alone."""

from __future__ import annotations

import pytest

from ingest.model import Place
from ingest.readers.content import Snippet
from ingest.readers.ocr_numbers import DOUBT, mend_numbers
from ingest.readers.ocr_text import Char, typeset

SURE = 0.99
COLUMN = ("1,234.50", "0.00", "3.10", "486.96", "12.30", "5.00", "77.01", "60.20")


def mended(*column: str) -> list[tuple[str, float | None]]:
    """The last cell of a column of figures, as it comes out."""
    rows = [
        [[Snippet("项目", Place(1))], [Snippet(text, Place(1, (0, 0, 9, 9), score=SURE))]]
        for text in column
    ]
    found, _ = mend_numbers(rows)
    return [("".join(s.text for s in row[1]), row[1][0].place.score) for row in found]


@pytest.mark.parametrize(
    ("read", "expected", "score"),
    [
        ("0:00", "0.00", SURE),
        ("486.96.", "486.96", SURE),
        ("3。50", "3.50", SURE),
        ("1.234.50", "1,234.50", SURE),
        ("5 ,700.00", "5,700.00", SURE),
        ("1，234.50", "1，234.50", SURE),  # full width is read as it is
        ("O.00", "0.00", DOUBT),
        ("I2.50", "12.50", DOUBT),
        ("l,234.50", "1,234.50", DOUBT),
        ("一56.70", "-56.70", DOUBT),
        ("48696", "48696", DOUBT),  # a point may be lost: nothing is put in
        ("12.5", "12.5", DOUBT),
        ("12,34.50", "12,34.50", DOUBT),
        ("A5.10", "A5.10", DOUBT),
        ("△5.20", "△5.20", SURE),
        ("0.00 0.00", "0.00 0.00", DOUBT),  # two cells that a faint rule did not part
        ("0,123.50", "0,123.50", DOUBT),
        ("7", "7", SURE),  # the number of a column
        ("--", "--", SURE),
        ("8号", "8号", SURE),
    ],
)
def test_a_cell_in_a_column_of_two_decimals(read: str, expected: str, score: float) -> None:
    assert mended(*COLUMN, read)[-1] == (expected, score)


def test_a_sign_of_per_cent_read_as_digits() -> None:
    rates = ("57.90%", "98.07%", "36.50%", "118.43%", "69.8796")
    assert [score for _, score in mended(*rates)] == [SURE] * 4 + [DOUBT]


def test_a_lone_stroke_among_texts_may_be_a_slash() -> None:
    texts = ("按期完成", "/", "已验收", "尚在服务期内")
    assert [score for _, score in mended(*texts, "1")] == [SURE] * 4 + [DOUBT]
    assert [score for _, score in mended("3", "5", "8", "1")] == [SURE] * 4


def test_a_column_of_texts_is_left_alone() -> None:
    texts = ("8:30", "9:00", "全天", "I类", "O型", "一般")
    assert mended(*texts) == [(text, SURE) for text in texts]


def test_a_mixed_column_is_not_doubted() -> None:
    numbers = ("120", "3.5", "98.07%", "1,500", "66.67%", "42")
    assert mended(*numbers) == [(number, SURE) for number in numbers]


def test_what_was_mended_is_told() -> None:
    rows = [[[Snippet(text, Place(1))]] for text in (*COLUMN, "0:00")]
    assert mend_numbers(rows)[1] == ["“0:00”读作“0.00”"]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("预算(万元),决算:见表", "预算（万元），决算：见表"),
        ("比上年增加1,234.5万元,增长3%;", "比上年增加1,234.5万元，增长3%；"),
        ("(12.30)", "(12.30)"),
        ("1,234.50", "1,234.50"),
        ("-、一般公共预算", "一、一般公共预算"),
        ("一一般公共预算", "一、一般公共预算"),
        ("一般公共预算", "一般公共预算"),
        ("支出l12.5万元", "支出l12.5万元"),
        ("支出1l2.5万元", "支出112.5万元"),
        ("支出1,O12.5万元", "支出1,012.5万元"),
        ("OA系统", "OA系统"),
        ("-9ー", "—9—"),
        ("–12.", "—12—"),
        ("-12.5", "-12.5"),
        ("決算数", "决算数"),
        ("決算數", "決算數"),  # a traditional text
        ("张堃的项目", "张堃的项目"),
    ],
)
def test_marks_and_letters_of_a_line(read: str, expected: str) -> None:
    line = typeset([Char(text, 10.0 * at, SURE) for at, text in enumerate(read)])
    assert "".join(char.text for char in line) == expected


def test_a_letter_read_as_a_digit_is_doubtful() -> None:
    line = typeset([Char(text, 10.0 * at, SURE) for at, text in enumerate("支出1O2.5万元")])
    assert [char.text for char in line if char.score < SURE] == ["0"]
