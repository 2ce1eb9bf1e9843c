"""Numbers that are wider or narrower than their characters are doubted, others are left alone."""

from __future__ import annotations

import pytest

from ingest.readers.ocr_text import UNSURE, Char
from ingest.readers.ocr_widths import Measured, doubt_widths

EM = 40.0
WIDTHS = {**dict.fromkeys("0123456789", 0.5), ",": 0.3, ".": 0.3, "-": 0.35, "%": 0.85}
COLUMN = (
    "1,234.50",
    "0.00",
    "3.10",
    "486.96",
    "12.30",
    "5.00",
    "77.01",
    "60.20",
    "98.07%",
    "-8.30",
)


def printed(text: str, read: str | None = None) -> Measured:
    """A line that prints `text` and is read as `read`, each character where it stands."""
    places: list[float] = []
    position = 0.0
    for char in text:
        wide = WIDTHS.get(char, 1.0) * EM
        places.append(position + wide / 2)
        position += wide
    kept = text if read is None else read
    at, chars = 0, []
    for char in kept:
        at = text.find(char, at) if char in text[at:] else at
        chars.append(Char(char, places[min(at, len(places) - 1)], 0.999))
        at += 1
    return Measured(chars, position - 0.06 * EM, EM)


def doubted(line: Measured) -> bool:
    doubt_widths([*map(printed, COLUMN), line])
    return any(char.score == UNSURE for char in line.chars)


@pytest.mark.parametrize("text", ["1,234.50", "-5.17", "11.11", "2070301", "7", "100.00%"])
def test_a_number_as_wide_as_its_characters(text: str) -> None:
    assert not doubted(printed(text))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("-5.17", "5.17"),  # a thin sign was passed over
        ("1,223.50", "1,23.50"),  # one of two like digits
        ("7.50", "17.50"),  # a stroke of the rule beside it
    ],
)
def test_a_number_that_lacks_a_character_or_has_one_too_many(text: str, read: str) -> None:
    assert doubted(printed(text, read))


def test_a_digit_lost_inside_a_sentence() -> None:
    assert doubted(printed("支出1,223.50万元", "支出1,23.50万元"))
    assert not doubted(printed("支出1,223.50万元，增长3.1%"))
