"""The arithmetic of suite files: expressions over decimals exactly as printed, half-up rounding.

Nothing but + - * /, one comparison, `round(x, n)`, `max` and `min`; no names, no powers.
"""

from __future__ import annotations

import ast
import operator
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, DecimalException, localcontext

from ingest.quantity import round_half_up

_BINARY: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Decimal, Decimal], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_LONGEST = 2000
_DIGITS = 50
_PLACES = range(13)
_ROUNDED = re.compile(r",\s*\d+\s*\)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class ArithmeticWrong(ValueError):  # noqa: N818 - said of what an author wrote
    """An expression that cannot be evaluated; the message says why."""


def value_of(text: str) -> Decimal:
    """The value of an expression such as ``round(5.19/(56.4-5.19)*100, 1)``.

    Raises:
        ArithmeticWrong: it is no arithmetic over decimals, or divides by zero.
    """
    found = _evaluated(text)
    if isinstance(found, bool):
        raise ArithmeticWrong(f"应为算式，而不是比较：{text}")
    return found


def holds(text: str) -> bool:
    """Whether a comparison such as ``56.4 > 51.21`` is true.

    Raises:
        ArithmeticWrong: it is no comparison of arithmetic over decimals.
    """
    found = _evaluated(text)
    if not isinstance(found, bool):
        raise ArithmeticWrong(f"应为比较：{text}")
    return found


def operands(text: str) -> frozenset[Decimal]:
    """The numbers that an expression computes with; places to round to are none."""
    return numbers_in(_ROUNDED.sub(")", text))


def numbers_in(text: str) -> frozenset[Decimal]:
    """The unsigned numbers of a text, grouping commas taken out."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    return frozenset(Decimal(number) for number in _NUMBER.findall(plain))


def _evaluated(text: str) -> Decimal | bool:
    if len(text) > _LONGEST:
        raise ArithmeticWrong("算式过长")
    try:
        with localcontext() as context:
            context.prec = _DIGITS
            return _value(ast.parse(text.strip(), mode="eval").body, text.strip())
    except DecimalException as error:
        raise ArithmeticWrong(f"算不出来（除以零或数过大）：{text}") from error
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ArithmeticWrong(f"不是算式：{text}") from error


def _value(node: ast.expr, text: str) -> Decimal | bool:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARE:
            return _COMPARE[type(op)](_number(left, text), _number(right, text))
        case _:
            return _number(node, text)


def _number(node: ast.expr, text: str) -> Decimal:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            # The digits as written, never the float that Python reads.
            return Decimal((ast.get_source_segment(text, node) or "").replace("_", ""))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](_number(left, text), _number(right, text))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand, text)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return _call(name, [_number(arg, text) for arg in args], text)
        case _:
            raise ArithmeticWrong(f"不允许的算式：{text}")


def _call(name: str, args: list[Decimal], text: str) -> Decimal:
    if name == "max" and args:
        return max(args)
    if name == "min" and args:
        return min(args)
    if name == "round" and len(args) in (1, 2):
        places = args[1] if len(args) > 1 else Decimal(0)
        if places in _PLACES:
            return round_half_up(args[0], int(places))
    raise ArithmeticWrong(f"不允许的算式：{text}")
