"""Sounds of Chinese text, without tones. pypinyin is loaded only when a sound is needed."""

from __future__ import annotations

import re
from functools import lru_cache

_NEAR = (
    (re.compile(r"^([zcs])h"), r"\1"),  # 卷舌与平舌
    (re.compile(r"^n(?=[aeiou])"), "l"),  # n / l
    (re.compile(r"(?<=[aei])ng$"), "n"),  # 前后鼻音
)


@lru_cache(maxsize=65536)
def sounds(char: str) -> frozenset[str]:
    """All readings of one character; for anything but a Chinese character itself alone."""
    if not "\u3400" <= char <= "\u9fff":
        return frozenset((char,))
    from pypinyin import Style, pinyin  # 0.2 s to import: only questions with slips pay it

    return frozenset(pinyin(char, style=Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=65536)
def near_sounds(char: str) -> frozenset[str]:
    """Readings with zh/z, ch/c, sh/s, n/l, in/ing, en/eng, an/ang made one."""
    return frozenset(_flatten(sound) for sound in sounds(char))


def _flatten(sound: str) -> str:
    for pattern, simple in _NEAR:
        sound = pattern.sub(simple, sound)
    return sound


def alike(a: str, b: str, *, near: bool = False) -> bool:
    """Whether two characters can be read alike; with `near` also by speakers who merge sounds."""
    if a == b:
        return True
    return bool(near_sounds(a) & near_sounds(b)) if near else bool(sounds(a) & sounds(b))


@lru_cache(maxsize=65536)
def syllables(text: str) -> tuple[str, ...]:
    """The usual pinyin of a phrase, character by character (``宁波``: ning, bo)."""
    from pypinyin import lazy_pinyin

    return tuple(each.replace("ü", "v").lower() for each in lazy_pinyin(text))


@lru_cache(maxsize=16384)
def spelled(text: str) -> str:
    """The usual pinyin of a phrase as one lower-case word (``宁波`` gives ``ningbo``)."""
    return "".join(syllables(text))


@lru_cache(maxsize=16384)
def near_spelled(text: str) -> str:
    """The usual pinyin of a phrase with merged sounds made one, for finding like-sounding names."""
    from pypinyin import lazy_pinyin

    return " ".join(_flatten(sound) for sound in lazy_pinyin(text))


@lru_cache(maxsize=16384)
def flat_reading(char: str) -> str:
    """The everyday reading of one character, with merged sounds made one."""
    from pypinyin import lazy_pinyin

    return _flatten(lazy_pinyin(char)[0])
