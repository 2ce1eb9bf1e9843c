"""What a reply says: without its thoughts aloud, as JSON, in which language. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_OPEN, _CLOSE = "<think>", "</think>"
_THOUGHT = re.compile(rf"{_OPEN}.*?(?:{_CLOSE}|\Z)", re.DOTALL)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_SLOT = re.compile(r"\{\{[^{}]*\}\}|\[\w+\]")


def without_thoughts(text: str) -> str:
    """The reply proper of a model that thinks aloud between ``<think>`` and ``</think>``."""
    before, found, after = text.partition(_CLOSE)
    if found and _OPEN not in before:
        text = after  # some servers cut the opening mark away
    return _THOUGHT.sub("", text).strip()


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of a stream without thoughts at its beginning; the rest as it comes."""
    held, thinking = "", True
    for piece in pieces:
        if not thinking:
            yield piece
            continue
        held += piece
        bare = held.lstrip()
        if _OPEN.startswith(bare[: len(_OPEN)]) and _CLOSE not in bare:
            continue
        thinking = False
        rest = without_thoughts(bare) if bare.startswith(_OPEN) else held
        if rest:
            yield rest
    if thinking and held and not held.lstrip().startswith(_OPEN):
        yield held


def json_in(text: str) -> dict[str, Any] | None:
    """The first JSON object of a reply, fenced or between words; None where there is none whole."""
    decoder = json.JSONDecoder()
    bare = without_thoughts(text)
    for start in (found.start() for found in re.finditer(r"\{", bare)):
        try:
            value, _ = decoder.raw_decode(bare, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return value
    return None


def in_language(text: str, language: str) -> bool:
    """Whether a text is in Chinese (``zh``) or in letters other than that (``en``).

    Slots and citations are of no language; a text without letters is of any.
    """
    bare = _SLOT.sub("", text)
    letters = len(_LETTER.findall(bare))
    chinese = len(_HAN.findall(bare))
    latin = len(re.findall(r"[A-Za-z]", bare))
    if not letters:
        return True
    return chinese * 2 >= letters if language == "zh" else latin * 2 >= letters


def tokens_of(text: str) -> int:
    """About how many tokens a text takes: one a Chinese character, one for four other ones."""
    chinese = len(_HAN.findall(text))
    return chinese + (len(text) - chinese + 3) // 4
