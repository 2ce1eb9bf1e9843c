"""A question without what its reader may leave out: politeness, pointing words, asides.

``请说明平台那个项目（2023年换了名字）的支出`` asks what ``平台项目的支出`` asks. The shorter question finds the
answer; the last gate still holds it against all that was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_POLITE = re.compile(
    r"^(?:请问一?下?|请|麻烦|帮忙|帮我|劳驾|我想知道|想问一?下|问一?下)+[,，]?|[呀啊呢哦嘛吧]+(?=[?？。]?$)"
)
_POINTING = re.compile(
    r"(?<=[一-鿿\d])[这那]一?(?:个|项|块|部分|笔|条|类|家|次)(?=[一-鿿])(?!多少|几|是|有|里|中|的)"
)
_ASIDE = re.compile(r"[(（][^()（）]{1,30}[)）]")
# Never a word that asks for a sum, or tells one amount from another.
_BY_THE_WAY = re.compile("实际上?|全年(?!预算)|到底|究竟|账上|具体|真正")
_LEAST = 8  # characters of a question
# What is left out of a sum is no aside; several things told without a word that asks are each asked for.
_LEFT_OUT = re.compile("不算|不含|不包括|不计|除外|别算|剔除|扣除")
_ASKS = re.compile("多少|几|哪|什么|谁|何|吗|怎|率|分[?？。]?$")
_SEVERAL = re.compile("、|及|和|与")


def simpler(question: str) -> Iterator[str]:
    """The question with less in it, the least changed first; nothing where nothing can be left out."""
    said = question.strip()
    if _LEFT_OUT.search(said) or (_SEVERAL.search(said) and not _ASKS.search(said)):
        return
    seen = {said}
    for pattern in (_POLITE, _POINTING, _ASIDE, _BY_THE_WAY):
        said = pattern.sub("", said).strip("，, ")
        if said not in seen and len(said) >= _LEAST:
            seen.add(said)
            yield said
