"""Ways of asking in their usual form: requests as questions, colloquial turns as plain ones.

Pure. The turns are in `data/asking_patterns.tsv`, so that an office can add its own.
"""

from __future__ import annotations

import re
from functools import cache

from qa.question.listed_projects import years_ahead
from qa.question.requests import as_question
from qa.words.lexicon import LexiconError, derived, placed_rows

_FILE = "asking_patterns.tsv"
_NAMED = re.compile(r"[“\"《「『][^”\"》」』]*[”\"》」』]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:,\d{3})*(?:\.\d+)?(?!\d))")
_UNITS = frozenset(("元", "万元", "百万元", "亿元"))
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
    text = as_question(years_ahead(_THOUSANDS.sub("", text)))
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
