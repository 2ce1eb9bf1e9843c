"""Words: what a reader sees of an answer, and whether expected words stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from eval.amounts import read_amount, read_number
from eval.numerals import NUMERAL, read_numeral
from eval.units import compact
from qa.model import Answer

_LONGER = re.compile(r"^[化质先势惠待良好秀]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DENIED = re.compile(r"(?:未|不|没有|没|无|非)$")
_SPELLED = re.compile(rf"{NUMERAL}+")
_NOUN = 3  # characters; a longer word after a number is no noun that is counted
_RANGE = re.compile(r"(?<=[\d%])~(?=\d)")
_DASHED_DATE = re.compile(r"(?<!\d)(\d{4})[-/.]0?(\d{1,2})[-/.]0?(\d{1,2})(?!\d)")


def reader_text(answer: Answer) -> str:
    """What the reader sees: the text and the shown values, without citations and equations."""
    lines = [answer.text]
    lines += [f"{v.label}\n{v.number}{v.unit}\n{v.other or ''}" for v in answer.values]
    return "\n".join(lines)


def text_miss(strings: Iterable[str], need_all: bool, answer: Answer) -> str | None:
    """Which of the words are missing; None where enough of them stand in the answer."""
    strings = tuple(strings)
    text = reader_text(answer)
    missing = [string for string in strings if not holds(string, text)]
    if need_all:
        return f"缺少：{'、'.join(missing)}" if missing else None
    return None if len(missing) < len(strings) else f"一个也没有：{'、'.join(missing)}"


def holds(needle: str, text: str) -> bool:
    """True when `needle` stands in `text`: spaces, width and case apart, digits as whole numbers.

    A single character (a grade such as 优) must not be the start of a longer word (优化, 良好), and
    words must not be denied (完成 does not stand in 未完成). A counted number may be spelled
    (三次 is 3次).
    """
    return next(places(needle, text), None) is not None or _counted(needle, text)


def _counted(needle: str, text: str) -> bool:
    """A number with its noun, spelled on the one side and in digits on the other."""
    amount = read_amount(needle)
    if amount is None or not amount.unit or len(amount.unit) > _NOUN or "." in amount.number:
        return False
    number = NUMERAL + "+" if compact(needle)[0].isdigit() else r"(?<![\d.])\d+"
    pattern = rf"(?<!第){number}(?={re.escape(amount.unit)})"
    found = re.finditer(pattern, compact(text))
    return any(read_number(match.group()) == amount.value for match in found)


def places(needle: str, text: str) -> Iterator[tuple[int, int]]:
    """Where `needle` stands in the compact lines of `text`, as `holds` means it."""
    flat, haystack = flattened(needle), "\n".join(flattened(line) for line in text.split("\n"))
    if not flat:
        return
    for match in re.finditer(_pattern(flat), haystack):
        before, after = haystack[max(0, match.start() - 2) : match.start()], haystack[match.end() :]
        longer = len(flat) == 1 and _LONGER.match(after)
        if not longer and not (_DENIED.search(before) and flat[0] >= "一"):
            yield match.span()


def flattened(text: str) -> str:
    """`compact`, with one form for ranges (10~15 is 10-15) and dates (2023-06-01)."""
    flat = _RANGE.sub("-", compact(text))
    return _DASHED_DATE.sub(r"\1年\2月\3日", flat)


def _pattern(flat: str) -> str:
    """The words with each number as a whole one: neither part of a longer one nor another."""
    spelled = _SPELLED.match(flat)
    whole = spelled is not None and read_numeral(spelled.group()) is not None
    parts = [rf"(?<!{NUMERAL})(?<!第)"] if whole else []
    end = 0
    for match in _NUMBER.finditer(flat):
        zeros = "0*" if "." in match.group() else r"(?:\.0+)?"
        head = r"(?<!\d)(?<!\d\.)" if match.start() == 0 else ""
        tail = r"(?!\d|\.\d)"
        parts += [re.escape(flat[end : match.start()]), head, re.escape(match.group()), zeros, tail]
        end = match.end()
    return "".join([*parts, re.escape(flat[end:])])
