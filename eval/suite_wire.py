"""The fields of a suite file as they stand in YAML: strict, and unknown ones refused."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

KINDS = 30  # of question that readers ask; see tests/gold/README.md
STYLES = ("formal", "colloquial", "typo")


def _decimal_text(value: object) -> object:
    if isinstance(value, str):
        try:
            finite = Decimal(value).is_finite()
        except InvalidOperation:
            finite = False
        if not finite:
            raise ValueError(f'“{value}”不是数字（写成带引号的十进制数，如 "7291.47"）')
    return value


NumberText = Annotated[str, BeforeValidator(_decimal_text)]
Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[list[Text], Field(min_length=1)]


class Wire(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class Amount(Wire):
    number: NumberText
    unit: str


class Labelled(Amount):
    label: Text
    accept: list[Amount] = []


class Contradiction(Wire):
    stated: Text
    recomputed: Text
    accept: list[Text] = []


class Quote(Wire):
    file: Text
    quote: Text


class Expect(Wire):
    number: NumberText | None = None
    unit: str | None = None
    accept: list[Amount] = []
    series: Annotated[list[Labelled], Field(min_length=1)] | None = None
    text_contains: Texts | None = None
    any_of: Texts | None = None
    listed: Annotated[Texts | None, Field(alias="list")] = None
    abstain: Literal[True] | None = None
    contradiction: Contradiction | None = None
    clarify: Literal[True] | None = None
    accept_values: list[Amount] = []


class Paraphrases(Wire):
    formal: Text | None = None
    colloquial: Text | None = None
    typo: Text | None = None


class Case(Wire):
    id: Text
    type: Text
    question: Text
    expect: Expect
    style: Text | None = None
    must_not_flag: bool = False
    derive: str | None = None
    recalc: str | None = None
    check: list[str] = []
    items: list[str] = []
    source: list[Quote] = []
    followup_of: str | None = None
    note: str = ""
    kind: Annotated[int | None, Field(ge=1, le=KINDS)] = None
    paraphrases: Paraphrases | None = None


class File(Wire):
    cases: Annotated[list[Case], Field(min_length=1)]
