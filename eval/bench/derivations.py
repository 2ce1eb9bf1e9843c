"""`python -m eval.bench.derivations FILE…`: known calculations of other people's reports, done again.

The files are in the form of TAT-QA (Zhu et al. 2021): a list of objects with a ``table`` of cells,
``paragraphs`` and ``questions``, of which those of ``answer_type`` *arithmetic* carry a
``derivation`` such as ``(44.1-56.7)/56.7``, a ``scale`` and the ``answer``. Three things are
measured, each apart: whether our readers find every operand in table and text, whether the
derivation can be computed as written, and whether its value in the asked scale, rounded half up to
the answer's decimals, is the answer. Comparisons (``1,496.5>1,202.9``) are held to be true.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

from eval.arithmetic import ArithmeticWrong, holds, operands, value_of
from ingest.quantity import NUMBER, round_half_up
from ingest.reading.cell import read_cell
from ingest.reading.reader import read_quantities

_CURRENCY = re.compile(r"[$€£¥]|US\$|\b(?:USD|EUR|GBP)\b")
_SIGNS = str.maketrans({"[": "(", "]": ")", "×": "*", "x": "*", "÷": "/", "–": "-", "−": "-"})
_COMPARISON = re.compile(r"(<=|>=|<|>)")
# Counts that an average divides by, and the hundred of a per cent.
_CONSTANTS = frozenset(Decimal(number) for number in (*range(13), 100))
_MOST_SHOWN = 20


class Result(StrEnum):
    """What became of one derivation."""

    RIGHT = "right"
    WRONG = "wrong"  # computed, and another value than the answer
    UNREADABLE = "unreadable"  # no arithmetic that can be computed as written
    UNFOUND = "unfound"  # an operand that our readers do not find


class FormError(ValueError):
    """A file is not in the form of TAT-QA; the message names file and place."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """A calculation with its answer; `scale` is "", thousand, million, billion or percent."""

    question: str
    text: str
    answer: Decimal | str
    scale: str
    compares: bool
    numbers: frozenset[Decimal]


def read_file(path: Path) -> Iterator[Derivation]:
    """The derivations of a file, in order.

    Raises:
        FormError: it is not in the form of TAT-QA.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except ValueError as error:
        raise FormError(f"{path}：不是 JSON（{error}）") from error
    if not isinstance(found, list):
        raise FormError(f"{path}：不是 TAT-QA 的格式，应为列表")
    for no, each in enumerate(found, 1):
        try:
            yield from list(_derivations(each))
        except (KeyError, TypeError, AttributeError) as error:
            raise FormError(f"{path}：第 {no} 项不是 TAT-QA 的格式（{error!r}）") from error


def _derivations(each: Mapping[str, Any]) -> Iterator[Derivation]:
    numbers = frozenset(_numbers(each))
    for question in each["questions"]:
        if question.get("derivation", "").strip() and _judged(question):
            yield _derivation(question, numbers)


def _judged(question: Mapping[str, Any]) -> bool:
    kinds = question["answer_type"] == "arithmetic", bool(question.get("req_comparison"))
    return kinds[0] or (kinds[1] and _COMPARISON.search(question["derivation"]) is not None)


def _derivation(question: Mapping[str, Any], numbers: frozenset[Decimal]) -> Derivation:
    answer = question["answer"]
    return Derivation(
        question["question"],
        question["derivation"],
        answer if isinstance(answer, str) else Decimal(str(answer)) if _number(answer) else "",
        question.get("scale", ""),
        question["answer_type"] != "arithmetic",
        numbers,
    )


def _number(answer: object) -> bool:
    return isinstance(answer, int | Decimal) and not isinstance(answer, bool)


def _numbers(each: Mapping[str, Any]) -> Iterator[Decimal]:
    """The absolute values that our readers find in the cells and the paragraphs."""
    for row in each["table"]["table"]:
        for cell in row:
            plain = _CURRENCY.sub("", cell).strip()
            read = read_cell(plain, NUMBER)
            if read is not None:
                yield abs(read.value)
            yield from _in_text(plain)
    for paragraph in each["paragraphs"]:
        yield from _in_text(_CURRENCY.sub("", paragraph["text"]))


def _in_text(text: str) -> Iterator[Decimal]:
    for found in read_quantities(text, unit=NUMBER):
        yield abs(found.quantity.value)


def plain(text: str) -> str:
    """A derivation as arithmetic: without currency, grouping commas, per cent signs."""
    bare = _CURRENCY.sub("", text).translate(_SIGNS).replace("%", "")
    return re.sub(r"(?<=\d)[,，](?=\d{3})", "", bare).strip()


def judge(each: Derivation) -> Result:
    """Compute a derivation again and compare."""
    text = plain(each.text)
    try:
        computed = _compared(text) if each.compares else _scaled(text, each.scale)
        wanted = operands(_COMPARISON.sub("+", text))
    except ArithmeticWrong:
        return Result.UNREADABLE
    if not wanted <= each.numbers | _CONSTANTS:
        return Result.UNFOUND
    if isinstance(computed, bool):
        return Result.RIGHT if computed else Result.WRONG
    if not isinstance(each.answer, Decimal):
        return Result.UNREADABLE
    exponent = each.answer.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return Result.RIGHT if round_half_up(computed, places) == each.answer else Result.WRONG


def _compared(text: str) -> bool:
    """A chain ``a>b>c`` holds when every neighbouring pair does."""
    parts = _COMPARISON.split(text)
    sides = list(pairwise(parts[::2]))
    return all(holds(f"{a}{op}{b}") for (a, b), op in zip(sides, parts[1::2], strict=True))


def _scaled(text: str, scale: str) -> Decimal:
    """In per cent where shares are asked for; a difference of two per cents is in per cent."""
    value = value_of(text)
    share = scale == "percent" and "/" in text and not re.search(r"\*\s*100(?!\d)", text)
    return value * 100 if share else value


def measure(files: Sequence[Path]) -> dict[str, Any]:
    """Counts over all files, and the first derivations that are not right."""
    counts: Counter[Result] = Counter()
    others: list[dict[str, str]] = []
    for path in files:
        for each in read_file(path):
            result = judge(each)
            counts[result] += 1
            if result is not Result.RIGHT and len(others) < _MOST_SHOWN:
                row = {"result": result.value, "derivation": each.text, "scale": each.scale}
                others.append({**row, "answer": str(each.answer)})
    total = counts.total()
    shares = {name.value: counts[name] for name in Result}
    right = f"{100 * counts[Result.RIGHT] / total:.1f} %" if total else "-"
    return {"derivations": total, **shares, "right %": right, "not right": others}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurement as JSON; 2 when a file cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.derivations")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="TAT-QA 格式的文件")
    options = parser.parse_args(arguments)
    try:
        found = measure(options.files)
    except (OSError, FormError) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    print(json.dumps(found, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
