"""List numbers as word processors print them: 一, 壹, ①, iv, 甲."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_STEPS = ("", "十", "百", "千")
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_DIGIT_BY_DIGIT = str.maketrans("0123456789", "〇一二三四五六七八九")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MAX = 9999  # no list is longer; beyond it plain digits are printed
_MAX_LETTERS = 780

FORMATS = (
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal",
    "cardinalText", "ordinalText", "hex", "chicago", "ideographDigital", "japaneseCounting",
    "aiueo", "iroha", "decimalFullWidth", "decimalHalfWidth", "japaneseLegal",
    "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2",
    "aiueoFullWidth", "irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung",
    "decimalEnclosedFullstop", "decimalEnclosedParen", "decimalEnclosedCircleChinese",
    "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac",
    "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional",
    "taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting",
    "chineseLegalSimplified", "chineseCountingThousand",
)  # fmt: skip
"""The formats by the codes that binary files give them (MS-OSHARED 2.2.1.3)."""

_COUNTED = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "japaneseDigitalTenThousand",
    )
)
_LEGALLY = frozenset(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"))
_DIGITALLY = frozenset(("ideographDigital", "taiwaneseDigital"))
_FULLY = frozenset(("decimalFullWidth", "decimalFullWidth2"))
_ENCLOSED = {  # the first character and how many there are
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}
_CYCLES = {
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "ideographZodiacTraditional": _BRANCHES,
}


def list_number(number: int, style: str) -> str:
    """`number` in the format of that name (ECMA-376 17.18.59); "" for bullets and none.

    Formats of other languages, and numbers that a format does not reach, give plain digits.
    """
    if style in ("bullet", "none"):
        return ""
    if not 0 < number <= _MAX:
        return str(number)
    if style in _COUNTED:
        return counted(number)
    if style in _LEGALLY:
        return _legal(number)
    if style in _DIGITALLY:
        return str(number).translate(_DIGIT_BY_DIGIT)
    if style in _FULLY:
        return str(number).translate(_FULL_WIDTH)
    if style in _CYCLES:
        return _CYCLES[style][(number - 1) % len(_CYCLES[style])]
    if style in _ENCLOSED:
        first, count = _ENCLOSED[style]
        return chr(ord(first) + number - 1) if number <= count else str(number)
    return _western(number, style)


def _western(number: int, style: str) -> str:
    if style.endswith("Roman"):
        text = _roman(number)
        return text.lower() if style.startswith("lower") else text
    if style.endswith("Letter") and number <= _MAX_LETTERS:  # 27 is AA, 28 is BB
        first = "a" if style.startswith("lower") else "A"
        return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)
    if style == "decimalZero":
        return f"{number:02d}"
    if style == "numberInDash":
        return f"- {number} -"
    return str(number)


def counted(number: int) -> str:
    """A number from 1 to 9999 as it is spoken: 12 is 十二, 101 is 一百零一."""
    text = ""
    for step in range(3, -1, -1):
        digit = number // 10**step % 10
        if digit:
            text += _DIGITS[digit] + _STEPS[step]
        elif text and not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text.removeprefix("一") if 10 <= number < 20 else text


def _legal(number: int) -> str:
    text = counted(number)
    return (f"一{text}" if text.startswith("十") else text).translate(_LEGAL)


def _roman(number: int) -> str:
    text = ""
    for value, mark in _ROMAN:
        text += mark * (number // value)
        number %= value
    return text
