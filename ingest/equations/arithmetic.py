"""Arithmetic as scoring rules print it: ``(x-60%)÷(100%-60%)×8``."""

from __future__ import annotations

import re
from decimal import Decimal

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?P<percent>%?)|(?P<sign>[-+*/×÷()x]))")


def evaluate(expression: str, x: Decimal) -> Decimal | None:
    """The value of an expression of numbers, percentages, brackets, + − × ÷ and x.

    None where the text is no such expression, or where it divides by zero.
    """
    tokens = _tokens(expression, x)
    if tokens is None:
        return None
    parser = _Parser(tokens)
    value = parser.sum()
    return value if not parser.rest else None


def _tokens(expression: str, x: Decimal) -> list[Decimal | str] | None:
    tokens: list[Decimal | str] = []
    position = 0
    text = expression.strip().translate(str.maketrans("−–－＋（）＊／", "---+()*/"))
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        if match["number"]:
            number = Decimal(match["number"])
            tokens.append(number / 100 if match["percent"] else number)
        else:
            sign = match["sign"]
            tokens.append(x if sign == "x" else {"×": "*", "÷": "/"}.get(sign, sign))
        position = match.end()
    return tokens


class _Parser:
    """Recursive descent; a value of None stands for whatever cannot be computed."""

    def __init__(self, tokens: list[Decimal | str]) -> None:
        self.rest = tokens[::-1]

    def sum(self) -> Decimal | None:
        value = self._product()
        while self.rest and self.rest[-1] in ("+", "-"):
            sign = self.rest.pop()
            other = self._product()
            if value is None or other is None:
                return None
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> Decimal | None:
        value = self._atom()
        while self.rest and self.rest[-1] in ("*", "/"):
            sign = self.rest.pop()
            other = self._atom()
            if value is None or other is None or (sign == "/" and not other):
                return None
            value = value * other if sign == "*" else value / other
        return value

    def _atom(self) -> Decimal | None:
        first = self.rest.pop() if self.rest else None
        if isinstance(first, Decimal):
            return first
        if first != "(":
            return None
        value = self.sum()
        return value if self.rest and self.rest.pop() == ")" else None
