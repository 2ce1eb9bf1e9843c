"""What joins and counts the parts of a sum that a question spells out: it is no name of anything."""

from __future__ import annotations

import re

from qa.words.numerals import number_of

# 公务用车费加公务接待费, 跟公车
_PLUS = re.compile(r"(?<=[一-鿿])(?<![增追附])加上?(?![得起来总在权强快固装工班])|跟(?=[一-鿿])")
_CHAIN = re.compile(r"[^\s：:；;，,。]+(?: \+ [^\s：:；;，,。]+)+")
_PARTS = re.compile(
    r"(?:列出的?|所列的?)?(?P<n>[两三四五六七八九十])(?:项|块|笔|部分)"
    r"(?:用途|去向|开支|内容|明细|资金)的?(?:金额|数额)?"
)


def without_joints(text: str, told: str) -> str:
    """A question about a sum without its joints, and without what so many parts are called.

    Args:
        text: the question.
        told: the answer, with the sum: 三项用途 stands for the three amounts that it adds up.
    """
    terms = {chain.count(" + ") + 1 for chain in _CHAIN.findall(told)}
    text = _PARTS.sub(lambda each: " " if number_of(each["n"]) in terms else each.group(), text)
    return _PLUS.sub(" ", text)
