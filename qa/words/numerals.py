"""Numbers as questions write them: in digits or in Chinese numerals."""

from __future__ import annotations

from ingest.reading.numerals import chinese_value


def number_of(text: str) -> int | None:
    """22, 两, 十二 as a number; None for what is none."""
    return int(text) if text.isdecimal() else chinese_value(text.replace("两", "二"))
