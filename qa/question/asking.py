"""Ways of asking in their usual form: requests as questions, colloquial turns as plain ones.

Pure. The turns are in `data/asking_patterns.tsv`, so that an office can add its own.
"""

from __future__ import annotations

import re
from functools import cache

from qa.question.listed_projects import years_ahead
from qa.question.requests import as_question
from qa.words.lexicon import LexiconError, derived, placed_rows
from qa.words.numerals import number_of

_FILE = "asking_patterns.tsv"
_NAMED = re.compile(r"[“\"《「『][^”\"》」』]*[”\"》」』]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:,\d{3})*(?:\.\d+)?(?!\d))")
_UNITS = frozenset(("元", "万元", "百万元", "亿元"))
_NUMERAL = "(?P<numeral>[一二两三四五六七八九十百千]+)"
_MEASURE = "(?:[万亿]?(?:元|块|平方米|平米|公里|人|户|个|家|分)|[万亿])"
_BOUND = re.compile(
    rf"(?:(?<=超过)|(?<=不到)|(?<=不足)|(?<=不满)|(?<=[低高大小少多]于)|(?<=[一-鿿]超)|(?<=[^超通经不越走]过))"
    rf"{_NUMERAL}(?={_MEASURE})"
    rf"|{_NUMERAL.replace('numeral', 'before')}(?={_MEASURE}(?:以[上下]|往[上下]|都?没有?到))"
)
_HIDDEN = 0xE000  # private characters stand for quoted names while the patterns are tried


def usual_form(question: str) -> str:
    """The question as the rules read it best; quoted names stay as they are."""
    names: list[str] = []

    def hide(match: re.Match[str]) -> str:
        if match.group()[1:-1] in _UNITS:
            return match.group()[1:-1]
        names.append(match.group())
        return chr(_HIDDEN + len(names) - 1)

    text = _NAMED.sub(hide, question)
    text = as_question(years_ahead(_in_digits(_THOUSANDS.sub("", text))))
    for pattern, usual in _patterns():
        text = pattern.sub(usual, text)
    return (
        re.sub(
            f"[{chr(_HIDDEN)}-{chr(_HIDDEN + len(names))}]",
            lambda match: names[ord(match.group()) - _HIDDEN],
            text,
        )
        if names
        else text
    )


def _in_digits(text: str) -> str:
    """The text with its bounds in digits: 过三千平方米, 一百万以上."""

    def digits(match: re.Match[str]) -> str:
        number = number_of(match["numeral"] or match["before"])
        return match.group() if number is None else str(number)

    return _BOUND.sub(digits, text)


def check_asking_patterns() -> None:
    """Read every pattern.

    Raises:
        LexiconError: a pattern or its usual form cannot be read.
    """
    for where, (text, usual) in placed_rows(_FILE):
        try:
            re.compile(text).sub(usual, "")
            unknown = set(re.findall(r"\\g<(\w+)>", usual)) - set(re.compile(text).groupindex)
        except (re.error, IndexError) as error:
            raise LexiconError(f"{where}:问法“{text}”有误:{error},请更正") from error
        if unknown:
            raise LexiconError(f"{where}:通常说法中有不认识的空位 {sorted(unknown)},请更正")


@derived
@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    check_asking_patterns()
    return tuple((re.compile(text), usual) for _, (text, usual) in placed_rows(_FILE))
