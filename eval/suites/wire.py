"""The fields of a suite file as they stand in YAML or JSONL: strict, and unknown ones refused.

Descriptions are Chinese, then English after a slash; docs/suite.schema.json is made of them.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

KINDS = 30  # of question that readers ask; see tests/gold/README.md
STYLES = ("formal", "colloquial", "typo")
_LONGEST = 40  # characters of a number
_NUMBER = r"^[-+]?[0-9]+(\.[0-9]+)?$"
_TOLERANCE = r"^[0-9]+(\.[0-9]+)?%?$"


def finite(text: str) -> Decimal | None:
    """The finite Decimal that `text` is, in plain digits; else None."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    plain = len(text) <= _LONGEST and text.isascii() and not set(text) & set("eE_ ")
    return found if found.is_finite() and plain else None


def _decimal_text(value: object) -> object:
    if isinstance(value, str) and finite(value) is None:
        raise ValueError(f'“{value}”不是数字（写成带引号的十进制数，如 "7291.47"）')
    return value


def _tolerance_text(value: object) -> object:
    if isinstance(value, str):
        size = finite(value.removesuffix("%"))
        if size is None or size < 0:
            raise ValueError(f'“{value}”不是容差（如 "0.5"，以该题的单位计；或 "1%"，相对）')
    return value


NumberText = Annotated[
    str, BeforeValidator(_decimal_text), Field(json_schema_extra={"pattern": _NUMBER})
]
ToleranceText = Annotated[
    str, BeforeValidator(_tolerance_text), Field(json_schema_extra={"pattern": _TOLERANCE})
]
Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[list[Text], Field(min_length=1)]


def _says(chinese: str, english: str) -> str:
    return f"{chinese} / {english}"


class Wire(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class Amount(Wire):
    """一个数与其单位 / a figure with its unit"""

    number: NumberText = Field(
        description=_says(
            "带引号的十进制数；小数位数有意义，答案四舍五入到这些位须相等",
            "a quoted decimal; its decimals count: the answer, rounded half up to them, equals it",
        )
    )
    unit: str = Field(description=_says('单位，没有时写 ""', 'the unit, "" where there is none'))
    tolerance: ToleranceText | None = Field(
        default=None,
        description=_says(
            '容差："0.5" 以该单位计，"1%" 为相对；写了即不再看小数位数',
            'tolerance: "0.5" in that unit, "1%" relative; then the decimals do not count',
        ),
    )


class Labelled(Amount):
    """一列数中的一个，连同名称 / a figure of a series under its label"""

    label: Text = Field(description=_says("该数的名称", "what the figure is called"))
    accept: list[Amount] = Field(
        default=[], description=_says("也算对的写法", "other figures that are right as well")
    )


class Contradiction(Wire):
    """报告自相矛盾：两个数都要给出 / the report contradicts itself: both are to be shown"""

    stated: Text = Field(description=_says("报告所写", "what the report states"))
    recomputed: Text = Field(description=_says("另一数值或说法", "the other figure or wording"))
    accept: list[Text] = Field(
        default=[], description=_says("另一数值的其他写法", "other forms of the other figure")
    )


class Quote(Wire):
    """出处 / a source"""

    file: Text = Field(description=_says("报告的文件名", "file name of the report"))
    quote: Text = Field(
        description=_says("原文，空白不计", "its exact words; white space does not count")
    )
    page: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description=_says("页码", "page number")
    )


class Expect(Wire):
    """期望的答案，恰好一种 / the expected answer, exactly one kind"""

    number: NumberText | None = Field(
        default=None, description=_says("一个数，与 unit 同写", "one figure, together with unit")
    )
    unit: str | None = Field(default=None, description=_says("number 的单位", "unit of number"))
    tolerance: ToleranceText | None = Field(
        default=None, description=_says("number 的容差", "tolerance of number")
    )
    accept: list[Amount] = Field(
        default=[],
        description=_says("number 的其他写法", "other figures that are right as well"),
    )
    series: Annotated[list[Labelled], Field(min_length=1)] | None = Field(
        default=None,
        description=_says("一列带名称的数，全部都要", "labelled figures, all of them"),
    )
    text_contains: Texts | None = Field(
        default=None, description=_says("都要出现的文字", "words that must all appear")
    )
    any_of: Texts | None = Field(
        default=None, description=_says("至少出现一个的文字", "words one of which must appear")
    )
    listed: Texts | None = Field(
        default=None,
        alias="list",
        description=_says("都要列出的各项，次序不限", "items, all of them, in any order"),
    )
    abstain: Literal[True] | None = Field(
        default=None,
        description=_says("报告没有说，应当弃答", "the reports do not say: no figure may be given"),
    )
    contradiction: Contradiction | None = Field(
        default=None, description=_says("报告自相矛盾", "the report contradicts itself")
    )
    clarify: Literal[True] | None = Field(
        default=None,
        description=_says(
            "问题有多种理解，应给两至四个选项",
            "the question is open: two to four ready choices are wanted",
        ),
    )
    accept_values: list[Amount] = Field(
        default=[],
        description=_says("clarify 时也算对的数", "with clarify: figures that are right as well"),
    )


class Paraphrases(Wire):
    """同一问题的其他问法 / further wordings of the question"""

    formal: Text | None = Field(default=None, description=_says("公文口吻", "formal"))
    colloquial: Text | None = Field(default=None, description=_says("口语", "colloquial"))
    typo: Text | None = Field(default=None, description=_says("带错字", "with a slip"))


class Case(Wire):
    """一道题 / one case"""

    id: Text = Field(description=_says("题号，各文件合起来不重复", "unique over all files"))
    type: Text = Field(description=_says("题型，自定", "type of question, of one's own choice"))
    question: Text = Field(description=_says("问题", "the question"))
    expect: Expect = Field(description=_says("期望的答案", "the expected answer"))
    style: Text | None = Field(
        default=None,
        description=_says("问法：english、colloquial、typo", "english, colloquial, typo"),
    )
    must_not_flag: bool = Field(
        default=False,
        description=_says(
            "只是尾差，不得说报告自相矛盾", "only rounding: must not be called a contradiction"
        ),
    )
    derive: Text | None = Field(
        default=None,
        description=_says(
            "得出该数的算式（round(x, n) 四舍五入、max、min）",
            "decimal arithmetic that gives the figure (round(x, n) is half-up, max, min)",
        ),
    )
    recalc: Text | None = Field(
        default=None, description=_says("未舍入的值", "the unrounded value")
    )
    check: list[Text] = Field(
        default=[], description=_says("支持答案的比较式", "comparisons that justify the answer")
    )
    items: list[Text] = Field(default=[], description=_says("所数的各项", "what was counted"))
    source: list[Quote] = Field(
        default=[], description=_says("答案的出处", "where the answer stands")
    )
    cite: Literal["report", "page", "quote"] | None = Field(
        default=None,
        description=_says(
            "答案还须引出处：报告、页或原文",
            "the answer must also cite the source: its report, page or quote",
        ),
    )
    followup_of: Text | None = Field(
        default=None,
        description=_says("追问哪一题（在它之前）", "id of the case before it that it follows up"),
    )
    note: str = Field(default="", description=_says("说明", "a remark"))
    kind: Annotated[int, Field(ge=1, le=KINDS)] | None = Field(
        default=None, description=_says("读者所问的三十类之一", "one of the thirty kinds")
    )
    tags: list[Text] = Field(default=[], description=_says("标签", "tags"))
    review: Literal["pending", "done"] | None = Field(
        default=None,
        description=_says("起草的题是否有人看过", "whether a drafted case was looked at"),
    )
    paraphrases: Paraphrases | None = Field(
        default=None, description=_says("其他问法", "further wordings")
    )


class File(Wire):
    """题库文件 / a suite file"""

    cases: Annotated[list[Case], Field(min_length=1)] = Field(
        description=_says("题目，按提问次序", "the cases, in the order in which they are asked")
    )
