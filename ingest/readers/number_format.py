"""Number formats of spreadsheets: what a cell shows of the number that it holds.

The language of the formats is that of ECMA-376 Part 1, 18.8.31 (numFmts), with what Chinese
Excel and WPS write besides: ``!`` before a literal, ``G/通用格式``, 上午/下午, ``aaaa``.

Two things are shown otherwise than on the sheet, because the sheet shows too little of them:
powers of ten (``7.51E+03``) and fractions (``1 1/2``) are written as plain numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from ingest.readers.date_format import DATE_TOKEN, shown_date

GENERAL = "General"

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '"¥"#,##0;"¥"-#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"', 44: '"¥"#,##0.00;"¥"-#,##0.00;"-"',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that files name by number alone, as Chinese Excel shows them."""

_DIGITS = 15  # that a spreadsheet keeps of a number
_WIDTH = 11  # characters of a number without a format, the point included
_MAX_EXPONENT = 30  # larger numbers are written without their format
_EXACT = 4  # decimals up to which no digit is given up for the width
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*](?P<padding>.)|\[(?P<bracket>[^\]]*)\]|'
    r"(?P<general>general|G/通用格式|常规)|"
    r"(?P<exponent>[eE][+-])|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|"
    r"(?P<at>@)|(?P<slash>/)|(?P<date>" + DATE_TOKEN + r")|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_USUAL = re.compile(r"(?:[#,]*)0(?:\.(?P<decimals>0+))?")
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_KEPT = Context(prec=_DIGITS, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=90)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


class _Usual(NamedTuple):
    """Digits in one run, at least one before the point: ``#,##0.00``, ``0.0%``, ``¥0.00``."""

    before: str
    layout: str  # of Python's format()
    unit: Decimal  # of the last decimal place
    shift: int  # powers of ten: 2 for each %, -3 for each comma behind the digits
    after: str


@dataclass(frozen=True)
class _Section:
    """One of the up to four parts of a format, with the numbers that it is for."""

    tokens: tuple[_Token, ...]
    operator: str = ""
    bound: Decimal = Decimal(0)
    chinese: bool = False  # [DBNum1], [DBNum2]: Chinese numerals

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(token.kind for token in self.tokens)

    @cached_property
    def usual(self) -> _Usual | None:
        """The section in short where it is one that nearly all numbers have; else None."""
        return _usual(self.tokens) if "digit" in self.kinds else None

    def takes(self, value: Decimal) -> bool:
        match self.operator:
            case "<":
                return value < self.bound
            case "<=":
                return value <= self.bound
            case ">":
                return value > self.bound
            case ">=":
                return value >= self.bound
            case "<>":
                return value != self.bound
            case _:
                return value == self.bound


def shown_text(text: str, code: str) -> str:
    """A text as a cell of format `code` shows it."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and "at" not in section.kinds:
        return text
    return "".join(text if t.kind == "at" else t.text for t in section.tokens if _is_fixed(t))


def shown_number(value: Decimal, code: str, *, date1904: bool = False) -> str:
    """A number as a cell of format `code` shows it; "" where the format shows nothing.

    Args:
        value: the number that the cell holds; dates are days since 1900 (or 1904).
        code: the format, such as ``#,##0.00;[Red]-#,##0.00``.
        date1904: days count from 1 January 1904.
    """
    value = _KEPT.create_decimal(value)
    section, signed = _choose(_sections(code), value)
    usual = section.usual
    if usual is not None and value.adjusted() <= _MAX_EXPONENT:
        number = abs(value).scaleb(usual.shift).quantize(usual.unit, ROUND_HALF_UP, _WIDE)
        shown = usual.before + format(number, usual.layout) + usual.after
        return ("-" + shown if value < 0 and signed and number else shown).strip()
    if "date" in section.kinds:
        tokens = [(token.kind, token.text) for token in section.tokens]
        date = shown_date(value, tokens, date1904=date1904, chinese=section.chinese)
        return _general(value) if date is None else date
    if value.adjusted() > _MAX_EXPONENT or (
        "digit" in section.kinds and section.kinds & {"exponent", "slash"}
    ):
        return _general(value)
    if "digit" in section.kinds:
        shown = _digits(abs(value), section.tokens)
    else:
        plain = _general(abs(value))
        shown = "".join(
            plain if token.kind in ("at", "general") else token.text
            for token in section.tokens
            if _is_fixed(token) or token.kind == "general"
        )
    negative = value < 0 and signed and re.search(r"[1-9]", shown) is not None
    return ("-" + shown if negative else shown).strip()


def _is_fixed(token: _Token) -> bool:
    return token.kind in ("literal", "at", "percent", "point", "comma", "slash")


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[_Token]] = [[]]
    brackets: list[list[str]] = [[]]
    for found in _TOKEN.finditer(code or GENERAL):
        kind, text = str(found.lastgroup), found.group()
        if kind == "other" and text == ";":
            parts.append([])
            brackets.append([])
        elif kind == "bracket":
            brackets[-1].append(found["bracket"])
            parts[-1].extend(_bracket_tokens(found["bracket"]))
        elif kind in ("quoted", "escaped", "other"):
            literal = text if kind == "other" else found[kind]
            parts[-1].append(_Token("literal", literal))
        elif kind != "padding":
            parts[-1].append(_Token(kind, text))
    return tuple(_section(*each) for each in zip(parts, brackets, strict=True))


def _bracket_tokens(inner: str) -> list[_Token]:
    """What a bracket shows: a currency sign, hours that go on beyond 24."""
    currency = _CURRENCY.fullmatch(inner)
    if currency and currency[1]:
        return [_Token("literal", currency[1])]
    if inner.lower() in ("$-f800", "$-x-sysdate"):
        return [_Token("date", "system")]
    return [_Token("date", f"[{inner}]")] if _ELAPSED.fullmatch(inner) else []


def _section(tokens: list[_Token], brackets: list[str]) -> _Section:
    if any(token.text == "system" for token in tokens):
        days = [_Token("date", "yyyy"), _Token("literal", "年"), _Token("date", "m"),
                _Token("literal", "月"), _Token("date", "d"), _Token("literal", "日")]  # fmt: skip
        return _Section(tuple(days))
    operator, bound = "", Decimal(0)
    for inner in brackets:
        condition = _CONDITION.fullmatch(inner)
        if condition:
            operator, bound = condition[1], Decimal(condition[2])
    chinese = any(inner.lower().startswith("dbnum") for inner in brackets)
    return _Section(tuple(tokens), operator, bound, chinese)


def _choose(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, bool]:
    """The section for a number, and whether a minus is written before a negative one."""
    numeric = sections[:3]
    if not any(section.operator for section in numeric):
        if value < 0 and len(numeric) > 1:
            return numeric[1], False
        return numeric[2 if value == 0 and len(numeric) > 2 else 0], True
    for section in numeric:
        if section.operator and section.takes(value):
            only_negative = section.operator in ("<", "<=") and section.bound <= 0
            return section, not only_negative
    rest = [section for section in numeric if not section.operator]
    if value < 0 and len(rest) > 1:
        return rest[0], False
    return (rest[-1] if rest else numeric[-1]), True


def _general(value: Decimal) -> str:
    """A number without a format: as many digits as a cell has room for, money always whole."""
    text = format(value.normalize(), "f")
    decimals = len(text.partition(".")[2])
    if len(text) <= _WIDTH or decimals <= _EXACT:
        return "0" if text == "-0" else text
    whole = len(text.partition(".")[0])
    kept = max(_WIDTH - 1 - whole, _EXACT)
    if abs(value) < Decimal("0.0001"):
        kept = decimals if decimals <= 2 * _WIDTH else 2 * _WIDTH
    rounded = value.quantize(Decimal(1).scaleb(-kept), ROUND_HALF_UP, _WIDE).normalize()
    return format(rounded, "f") if rounded else "0"


def _usual(tokens: tuple[_Token, ...]) -> _Usual | None:
    places = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    run = tokens[places[0] : places[-1] + 1]
    rest = (*tokens[: places[0]], *tokens[places[-1] + 1 :])
    text = "".join(token.text for token in run)
    found = _USUAL.fullmatch(text)
    odd = any(t.kind not in ("digit", "comma", "point") for t in run)
    if found is None or odd or any(t.kind not in ("literal", "percent", "comma") for t in rest):
        return None
    after = tokens[places[-1] + 1 :]
    scaling = next((i for i, token in enumerate(after) if token.kind != "comma"), len(after))
    shift = 2 * sum(token.kind == "percent" for token in rest) - 3 * scaling
    decimals = len(found["decimals"] or "")
    return _Usual(
        "".join(token.text for token in tokens[: places[0]]),
        f",.{decimals}f" if "," in text else f".{decimals}f",
        Decimal(1).scaleb(-decimals),
        shift,
        "".join(token.text for token in after if token.kind != "comma"),
    )


def _digits(value: Decimal, tokens: tuple[_Token, ...]) -> str:
    """A number above zero in the digit places of a section."""
    places = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    first = places[0]
    point = next((i for i, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [i for i in places if i < point]
    decimal = [i for i in places if i > point]
    grouped = bool(whole) and any(t.kind == "comma" for t in tokens[first : whole[-1]])
    value *= 100 ** sum(token.kind == "percent" for token in tokens)
    value = value.scaleb(-3 * _scaling(tokens, whole, decimal))
    rounded = value.quantize(Decimal(1).scaleb(-len(decimal)), ROUND_HALF_UP, _WIDE)
    before, _, after = format(rounded, "f").partition(".")
    written = dict(zip(decimal, _decimals(after, [tokens[i].text for i in decimal]), strict=True))
    written |= _whole_digits(before, whole, tokens, grouped)
    if not whole and before != "0":
        written[point] = before + "."
    shown: list[str] = []
    for index, token in enumerate(tokens):
        if token.kind == "digit":
            shown.append(written[index])
        elif token.kind == "point":
            fraction = any(written[i] for i in decimal)
            shown.append(written.get(index, "." if fraction else ""))
        elif token.kind == "comma":
            shown.append("" if index > first else ",")
        elif token.kind in ("literal", "percent", "slash", "at"):
            shown.append(token.text if token.kind != "at" else "")
    return "".join(shown)


def _scaling(tokens: tuple[_Token, ...], whole: list[int], decimal: list[int]) -> int:
    """How many commas stand right behind the last digit before or after the point."""
    count = 0
    for places in (whole, decimal):
        index = places[-1] + 1 if places else len(tokens)
        while index < len(tokens) and tokens[index].kind == "comma":
            count, index = count + 1, index + 1
    return count


def _decimals(digits: str, places: list[str]) -> list[str]:
    """One digit a place; zeros at the end are left out where ``#`` or ``?`` asks for it."""
    written = list(digits)
    for index in reversed(range(len(places))):
        if places[index] == "0" or written[index] != "0":
            break
        written[index] = ""
    return written


def _whole_digits(
    digits: str, places: list[int], tokens: tuple[_Token, ...], grouped: bool
) -> dict[int, str]:
    """The digits before the point: one a place from the right, the first place taking the rest."""
    digits = "" if digits == "0" else digits
    zeros = [tokens[i].text == "0" for i in places]
    padding = len(places) - zeros.index(True) if any(zeros) else 0
    digits = digits.rjust(padding, "0")
    marked = [
        digit + ("," if grouped and left and left % 3 == 0 else "")
        for left, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True)
    ]
    written: dict[int, str] = {}
    for index in reversed(places[1:]):
        written[index] = marked.pop() if marked else ""
    if places:
        written[places[0]] = "".join(marked)
    return written
