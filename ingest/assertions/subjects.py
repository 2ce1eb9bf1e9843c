"""One finding told twice in the same words, of other things each time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ingest.model import Assertion, Said
from ingest.reading.text import compact
from ingest.structure.texts import Texts, contrary

_FINDING = re.compile(
    r"(?:^|[。;,:])\s*(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][,、]?|[(（]\d{1,2}[)）]|\d{1,2}[.、])?\s*"
    r"(?P<who>[^。;,:]{4,90}?)的"
    r"(?P<what>(?:《[^》]{2,30}》)?(?:未见|未附|未提供|未取得|未签订|缺少|缺失|没有)[^。;,:]{6,60})"
)
_PARTS = re.compile(r"、|和|以及|及")
_MOST = 4  # places that tell one finding; more are a formula of the report


class _Told(NamedTuple):
    who: Said
    parts: frozenset[str]


def finding_of_others(texts: Texts) -> Iterator[Assertion]:
    """同一问题用同样的话在两处说，所说的对象应相同。

    来源：绩效评价报告的指标分析与“存在问题”，如“甲采购项目的《申请表》未见审批意见”。
    例：一处写“液晶电视采购项目的《申请表》未见审批意见”，另一处写“液晶电视采购项目、控制台采购项目的《申请表》未见审批意见”，不一致。
    边界：说问题的话逐字相同、带否定；一处的对象全在另一处之中而少了几个才报；两处对象全不相同的，是两件事，不报。
    """
    told: dict[tuple[int, str], list[_Told]] = defaultdict(list)
    for sentence in texts.sentences:
        for match in _FINDING.finditer(sentence.words):
            who = compact(match["who"])
            parts = frozenset(part for part in _PARTS.split(who) if part)
            said = sentence.said(match.start("who"), match.end("who"))
            told[sentence.text.part, compact(match["what"])].append(_Told(said, parts))
    for (part, what), places in told.items():
        fewest = min(places, key=lambda each: len(each.parts))
        most = max(places, key=lambda each: len(each.parts))
        if len(places) > _MOST or not fewest.parts < most.parts:
            continue
        words = (
            f"“{what}”：此处说的是“{compact(fewest.who.text)}”，"
            f"另一处说的是“{compact(most.who.text)}”，两处不一致。"
        )
        yield contrary(
            "finding_of_others", part, what, fewest.who, (most.who,), most.who.text, words
        )
