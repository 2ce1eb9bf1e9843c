"""The scorers against hand-made pairs of expectation and answer; see pairs/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from eval.score import Contradictions, score
from eval.suites.suite import parse_suite
from qa.model import Answer, Check, Outcome, Source, Value
from tests.yaml_files import read_yaml

PAIRS = Path(__file__).parent / "pairs"
VERDICTS = ("right", "wrong", "abstained")
CASE = ("question", "type", "source", "must_not_flag", "cite")
SHOWN = {"v", "t", "o", "c", "choices", "mode"}
_PLACE = re.compile(r"^(?P<report>\S+\.\w+)(?:#(?P<page>\d+))? (?P<quote>.+)$")


def pairs() -> Iterator[Any]:
    for path in sorted(PAIRS.glob("*.yaml")):
        groups = read_yaml(path)["groups"]
        number = 0
        for group in groups:
            for verdict in VERDICTS:
                for given in group.get(verdict, []):
                    number += 1
                    yield pytest.param(group, given, verdict, id=f"{path.stem}-{number}")


def case_of(group: dict[str, Any]) -> Any:
    fields = {"id": "c", "type": "lookup", "question": "问", "expect": group["expect"]}
    fields |= {name: group[name] for name in CASE if name in group}
    text = yaml.safe_dump({"cases": [fields]}, allow_unicode=True)
    return parse_suite(text, "pairs").cases[0]


def value_of(written: str) -> Value:
    figure, *more = written.split("; ")
    number, _, unit = figure.partition(" ")
    fields = dict(each.split("=", 1) for each in more)
    return Value(
        label=fields.get("label", ""),
        number=number,
        unit=unit,
        period=fields.get("period", ""),
        entity="某局",
        project=None,
        metric=fields.get("metric", ""),
        check=Check(fields.get("check", "exact")),
        other=fields.get("other"),
        direction=fields.get("direction", ""),
        approx=fields.get("approx", ""),
    )


def place_of(written: str) -> Source:
    match = _PLACE.match(written)
    if match is None:
        return Source("f.txt", written, 0, len(written))
    page = int(match["page"]) if match["page"] else None
    return Source(match["report"], match["quote"], 0, len(match["quote"]), page)


def answer_of(given: str | dict[str, Any]) -> Answer:
    shown: dict[str, Any] = {"v": [given]} if isinstance(given, str) else given
    assert shown.keys() <= SHOWN, "a comma in plain YAML parts two fields"
    return Answer(
        "问",
        Outcome(shown.get("o", "answered")),
        shown.get("t", ""),
        tuple(value_of(str(each)) for each in shown.get("v", [])),
        tuple(place_of(each) for each in shown.get("c", [])),
        choices=tuple(shown.get("choices", ())),
    )


@pytest.mark.parametrize(("group", "given", "verdict"), list(pairs()))
def test_the_verdict_is_that_of_a_careful_reader(
    group: dict[str, Any], given: str | dict[str, Any], verdict: str
) -> None:
    stated = isinstance(given, dict) and given.get("mode") == "stated"
    mode: Contradictions = "stated" if stated else "both"
    found = score(case_of(group), answer_of(given), contradictions=mode)
    assert found.verdict.value == verdict, found.reason


def test_there_are_enough_of_them() -> None:
    assert len(list(pairs())) >= 300
