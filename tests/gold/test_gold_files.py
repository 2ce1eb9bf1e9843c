"""The gold questions against their reports: quotes stand in the files, derivations evaluate."""

from __future__ import annotations

import ast
import operator
import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from eval.suite import load_suites

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLES = ROOT / "samples" / "reports"
REAL = ROOT.parent / "shared" / "reports"
SEEDS = ROOT.parent / "shared" / "gold" / "seeds_dev.yaml"
OTHERS = HERE / "others"
SUITES = {
    "samples_a.yaml": SAMPLES,
    "samples_b.yaml": SAMPLES,
    "real_a.yaml": REAL,
    "real_b.yaml": REAL,
    "real_c.yaml": REAL,
    "others_a.yaml": OTHERS,
    "others_texts.yaml": OTHERS,
    "others_texts_b.yaml": OTHERS,
    "texts_open.yaml": SAMPLES,
    "texts_open_real.yaml": REAL,
}
ENCODINGS = {
    "linhuai_court_2022_accounts.txt": "gb18030",
    "panyu_2022_final_accounts.txt": "gb18030",
    "panyu_2023_final_accounts.md": "utf-8-sig",
    "yunling_edu_2023_self_eval.txt": "utf-16",
}
# Operands that are constants of a formula, not figures of a report.
CONSTANTS = {Decimal(n) for n in ("0", "1", "2", "3", "4", "60", "100", "10000")}


def compact(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def report_text(folder: Path, name: str) -> str:
    path = folder / name
    if not path.exists():
        pytest.skip(f"报告不在：{path}")
    return compact(path.read_bytes().decode(ENCODINGS.get(name, "utf-8")))


def cases() -> list[Any]:
    return list(_cases())


def _cases() -> Iterator[Any]:
    for name, folder in SUITES.items():
        path = HERE / name
        if not path.exists():
            continue
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]:
            yield pytest.param(folder, case, id=case["id"])


def half_up(value: Decimal, places: Decimal = Decimal(0)) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)


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
_CALLS: dict[str, Callable[..., Decimal]] = {"round": half_up, "max": max, "min": min}


def evaluate(text: str) -> Any:
    """Arithmetic over decimals, exactly as printed; no names but round, max, min."""
    return _value(ast.parse(text, mode="eval").body, text)


def _value(node: ast.expr, text: str) -> Any:
    match node:
        case ast.Constant():
            return Decimal(ast.get_source_segment(text, node) or "")
        case ast.BinOp(left=left, op=op, right=right):
            return _BINARY[type(op)](_value(left, text), _value(right, text))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, text)
        case ast.Call(func=ast.Name(id=name), args=args):
            return _CALLS[name](*(_value(arg, text) for arg in args))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _COMPARE[type(op)](_value(left, text), _value(right, text))
        case _:
            raise ValueError(f"不允许的表达式：{text}")


def numbers(text: str) -> set[Decimal]:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    return {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", plain)}


def wanted(expect: dict[str, Any]) -> set[Decimal]:
    found: set[Decimal] = set()
    if "number" in expect:
        found.add(Decimal(expect["number"]))
        found.update(Decimal(entry["number"]) for entry in expect.get("accept", []))
    for item in expect.get("series", []):
        found.add(Decimal(item["number"]))
    if "contradiction" in expect:
        both = [expect["contradiction"]["recomputed"], *expect["contradiction"].get("accept", [])]
        for text in both:
            found |= numbers(text)
    return found


@pytest.mark.parametrize(("folder", "case"), cases())
def test_quotes_stand_in_the_report(folder: Path, case: dict[str, Any]) -> None:
    for source in case.get("source", []):
        assert compact(source["quote"]) in report_text(folder, source["file"]), source
    if "abstain" not in case["expect"]:
        assert case.get("source"), "a case with an answer names its source"


@pytest.mark.parametrize(("folder", "case"), cases())
def test_derivations_give_the_expected_figure(folder: Path, case: dict[str, Any]) -> None:
    for comparison in case.get("check", []):
        assert evaluate(comparison) is True, comparison
    if "derive" not in case:
        return
    assert evaluate(case["derive"]) in wanted(case["expect"])
    quoted = numbers(" ".join(source["quote"] for source in case["source"]))
    for operand in numbers(re.sub(r",\s*\d\)", ")", case["derive"])):
        assert operand in quoted or operand in CONSTANTS, operand


def test_suites_load_with_unique_ids() -> None:
    suites = load_suites(HERE / name for name in SUITES if (HERE / name).exists())
    assert {len(suite.cases) for suite in suites} <= {30, 40, 50, 68, 90, 120}


def test_no_case_repeats_a_development_question() -> None:
    if not SEEDS.exists():
        pytest.skip(f"题库不在：{SEEDS}")
    known = {compact(c["question"]) for c in yaml.safe_load(SEEDS.read_text())["cases"]}
    for param in cases():
        assert compact(param.values[1]["question"]) not in known or param.values[1].get(
            "followup_of"
        ), param.id


def test_no_question_stands_in_two_suites() -> None:
    asked = [
        compact(param.values[1]["question"])
        for param in cases()
        if not param.values[1].get("followup_of")
    ]
    assert sorted(asked) == sorted(set(asked))
