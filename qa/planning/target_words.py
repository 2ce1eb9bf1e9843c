"""The words of a piece of a question that name a figure, and what stands in brackets beside it."""

from __future__ import annotations

import re

from qa.question.wording import canonical
from qa.words import cues


def term_of(piece: str) -> str:
    """The years that tell two contracts of one name apart: ``（2022-2023年度）``."""
    match = re.search(r"[(（]\s*(20\d\d)\s*[-—–~至]+\s*(20\d\d)\s*年?度?\s*[)）]", piece)
    return f"{match[1]}-{match[2]}" if match else ""


def aside_of(piece: str) -> str:
    """What stands in brackets after a name: ``手术台数（手术例数）``."""
    match = re.search(r"[(（]([^()（）]{2,20})[)）]", piece)
    return cues.content(match[1]) if match else ""


# 维修（护）费 is one name; a longer aside in brackets is another.
_ONE_IN_BRACKETS = re.compile(r"(?<=[一-鿿])[(（]([一-鿿])[)）](?=[一-鿿])")


# 多少台政务晓屋: the measure word says nothing of the name; 各支出 is 支出 of each.
_COUNTED_FIRST = re.compile(
    r"多少(?:万|亿)?(?:个(?!百分)|项|座|台|辆|名|户|家|宗|件|场|条|份|期|批|套|处|所|间|亩|门|位|支)(?!次)(?=[一-鿿]{2,})"
)
_EACH_DID = re.compile(
    r"(?:(?<=^)|(?<=\s)|(?<=实际))各自?(?=支出|执行|支付|使用|到位|分配|下达|安排|得|扣|发|办|建|装|印|完成|开展|调[增减]|追加|压减|受理)"
)

_ADVERBS = re.compile(
    r"(?:^|(?<=\s))(?:[两三四五六]年(?:来|间)?)(?=\s|$)|"
    r"(?:^|(?<=\s))(?:(?:又|还|也|共)?有(?![效机限关线害价偿色毒])|又|还|也)(?=\s|[一-鿿]{2})|"
    r"(?<=[一-鿿])各$|[“\"]\s*[”\"]|(?<=[一-鿿])(?<![公海英])里(?=[一-鿿])(?!程)"
)


def words_of(piece: str) -> str:
    """The naming words of a piece, in the trade's terms; an aside in brackets left out."""
    words = cues.content(_COUNTED_FIRST.sub(" ", _ONE_IN_BRACKETS.sub(r"\1", canonical(piece))))
    words = re.sub(r"\s+", " ", _ADVERBS.sub(" ", _EACH_DID.sub("", words))).strip()
    outside = re.sub(r"[(（][^()（）]*[)）]", " ", words).strip()
    outside = re.sub(r"(?<=\s)(?:各|和|与|及|的|是|那|每年|每一年)(?=\s|$)", " ", outside).strip()
    outside = re.sub(
        r"\s(?:中|里|内)$|(?:与|和|(?<![涉普顾波])及|占|比|较|(?<![合共])同|跟)$", "", outside
    ).strip()
    return re.sub(r"(?:\s|^)钱$", "", outside).strip() if len(outside) >= 2 else words
