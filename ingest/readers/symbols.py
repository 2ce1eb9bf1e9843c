"""Characters that files keep otherwise than they are shown: codes of symbol fonts, raised digits."""

from __future__ import annotations

import re

_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"))
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PRIVATE = re.compile(r"[\uf000-\uf0ff]")

_SYMBOL = {
    **{code: chr(code) for code in (*range(0x20, 0x22), *range(0x28, 0x3B), 0x23, 0x25, 0x26)},
    0x2D: "−", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x44: "Δ", 0x53: "Σ", 0x61: "α", 0x62: "β",
    0x64: "δ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±",
    0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈",
    0xBC: "…", 0xD0: "∠", 0xD5: "∏", 0xD6: "√", 0xE5: "∑",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x74: "◆",
    0x75: "◆", 0x76: "❖", 0x77: "◆", 0x80: "⓪", **{0x80 + n: chr(0x245F + n) for n in range(1, 11)},
    **{0x8B + n: chr(0x2775 + n) for n in range(1, 11)}, 0x9E: "·", 0x9F: "•", 0xA1: "○",
    0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x56: "⊗",
    **{0x68 + n: chr(0x245F + n) for n in range(1, 11)},
    **{0x73 + n: chr(0x2775 + n) for n in range(1, 11)},
    0x97: "●", 0x99: "○", 0xA2: "■", 0xA3: "□", 0xA4: "□",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings2": _WINGDINGS_2}


def symbol(code: int, font: str) -> str:
    """The character that `font` draws for `code` (F020 to F0FF, or 20 to FF); "" if unknown.

    A code outside these ranges, and any code of a font of letters, is the character itself.
    """
    known = _FONTS.get(font.replace(" ", "").lower())
    inside = 0xF000 <= code <= 0xF0FF
    if known is None:
        return "" if inside or not 0x20 <= code <= 0xFFFD else chr(code)
    return known.get(code & 0xFF, "") if inside or code <= 0xFF else chr(code)


def is_symbol_font(font: str) -> bool:
    """True for a font whose codes `symbol` knows."""
    return font.replace(" ", "").lower() in _FONTS


def shown_text(text: str, *, font: str = "", raised: bool = False) -> str:
    """The characters that a run shows: none that nobody sees, those that a symbol font draws.

    Raised digits become raised characters: ``万元`` after a raised 1 must not gain a digit.
    """
    text = text.translate(_INVISIBLE)
    if is_symbol_font(font):
        text = "".join(symbol(ord(char), font) for char in text)
    elif _PRIVATE.search(text):
        text = _PRIVATE.sub(lambda found: symbol(ord(found.group()), font), text)
    return text.translate(_RAISED) if raised else text
