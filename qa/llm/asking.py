"""What is put before a model to word an answer: ids, names and passages, never a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qa.llm.judging import Refusal, Rule
from qa.llm.model import Message, Speaker
from qa.llm.prompts import prompt
from qa.llm.slots import SlotTable, inert
from qa.model import Check, Value

_REASONS: Final = {
    Rule.SLOT: "没有这个占位或出处",
    Rule.DIGIT: "写了数字",
    Rule.NUMERAL: "用汉字或英文写了数目",
    Rule.RATIO: "用词语写了比例或倍数",
    Rule.UNIT: "自己写了单位",
    Rule.SIGN: "数值前写了符号或约数词",
    Rule.DIRECTION: "增减的方向与数值不符，或没有根据",
    Rule.ASSOCIATION: "数值与它前面的名称、年度、单位或项目对不上，或没有写明是哪一个",
    Rule.QUOTATION: "引文与原文不一字不差，或截断后意思变了",
    Rule.CITATION: "出处不是这个数值或这句话的",
    Rule.WORDS: "原文、问题和名称里没有这些词",
    Rule.POLARITY: "添了或去了否定词",
    Rule.STRAY: "有不该出现的字符",
}
_CHECKS: Final = {
    Check.EXACT: "复算一致",
    Check.ROUNDING: "复算在舍入范围内一致",
    Check.STATED: "照原文",
    Check.DERIVED: "由原文的数算出",
    Check.FAILS: "报告自相矛盾，须写明另一个数",
}
_LONGEST_PASSAGE: Final = 600


def messages(table: SlotTable) -> tuple[Message, ...]:
    """Rules and material for a first draft."""
    material = "\n".join(
        (f"<问题>{inert(table.question)}</问题>", *_values(table), *_passages(table))
    )
    return (Message(Speaker.SYSTEM, prompt("wording")), Message(Speaker.USER, material))


def again(asked: Sequence[Message], draft: str, refusals: Sequence[Refusal]) -> tuple[Message, ...]:
    """The same with the refused draft and why it was refused."""
    reasons = dict.fromkeys(
        f"- {_REASONS[each.rule]}：{inert(each.words)[:40]}" for each in refusals[:8]
    )
    text = prompt("wording_repair").format(reasons="\n".join(reasons) or "- 没有可用的句子")
    return (*asked, Message(Speaker.ASSISTANT, draft), Message(Speaker.USER, text))


def _values(table: SlotTable) -> Iterator[str]:
    """One line a value: its slots and the words they stand for; numbers are left out."""
    for number, value in enumerate(table.values, start=1):
        slots = [slot for slot in table.slots.values() if slot.value == number - 1]
        shown = "，".join(
            f"{{{{{slot.name}}}}}" + ("" if slot.is_number else f"＝{inert(slot.text)}")
            for slot in slots
        )
        cites = " ".join(f"[{name}]" for name in sorted(table.backing(number - 1)))
        yield f"<数值>{shown}；{_kind(value)}；出处 {cites}</数值>"


def _kind(value: Value) -> str:
    return f"{'文字' if not value.unit else '数'}，{_CHECKS[value.check]}"


def _passages(table: SlotTable) -> Iterator[str]:
    for name, passage in table.passages.items():
        yield f"<原文 {name}>{inert(passage.source.quote)[:_LONGEST_PASSAGE]}</原文>"
