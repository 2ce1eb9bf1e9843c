"""Traditional characters in simplified form."""

from __future__ import annotations

from functools import cache, lru_cache


def simplified(text: str) -> str:
    """`text` in simplified characters; as it is where none is traditional."""
    return _converter().convert(text) if any(map(is_traditional, text)) else text


@lru_cache(maxsize=8192)
def is_traditional(char: str) -> bool:
    """Whether a character has no place in the simplified standard set and has a simplified form."""
    if not "\u3400" <= char <= "\u9fff":
        return False
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return _converter().convert(char) != char
    return False


class _Converter:
    def __init__(self) -> None:
        from opencc import OpenCC  # loaded for the first rare character only

        self._opencc = OpenCC("t2s")

    def convert(self, text: str) -> str:
        return str(self._opencc.convert(text))


@cache
def _converter() -> _Converter:
    return _Converter()
