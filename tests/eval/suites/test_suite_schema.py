"""The published schema takes what the reader takes, and says everything in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.suites.schema import suite_schema
from tests.yaml_files import read_yaml

GOLD = sorted((Path(__file__).parents[2] / "gold").glob("*.yaml"))
SCHEMA = json.loads(suite_schema())


def fields() -> Iterator[Any]:
    for name, model in {**SCHEMA["$defs"], "File": SCHEMA}.items():
        for field, about in model["properties"].items():
            yield pytest.param(about, id=f"{name}.{field}")


@pytest.mark.parametrize("about", list(fields()))
def test_a_field_is_described_in_chinese_and_english(about: dict[str, Any]) -> None:
    chinese, _, english = about["description"].partition(" / ")
    assert any("一" <= char <= "鿿" for char in chinese)
    assert english
    assert english[0].isascii()


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name)
def test_the_gold_suites_fit_the_schema(path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(read_yaml(path), SCHEMA)


@pytest.mark.parametrize(
    "expect",
    [
        {"number": 5, "unit": "元"},
        {"number": "五", "unit": "元"},
        {"abstain": False},
        {"list": []},
        {"number": "5", "unit": "元", "tolerance": "x"},
        {"numbers": "5"},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(expect: dict[str, Any]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    case = {"id": "a", "type": "t", "question": "问", "expect": expect}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"cases": [case]}, SCHEMA)
