"""Words of reports and questions, compared by character bigrams, without a word list."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from ingest.figures.finding import strip_number
from ingest.reading.text import fold
from ingest.reading.units import parse_unit

_WORD = re.compile(r"[a-z0-9]+(?:[.\-][a-z0-9]+)*|[㐀-鿿]+")
_DROP = re.compile(r"[\s“”\"'‘’《》〈〉「」()\[\]【】,，、。;；:：?？!！]")

# Bigrams across one of these characters join two words; they say nothing about either.
_FUNCTION = frozenset(
    "的了吗呢吧啊么是把被给从对而且也都还又就才于由所为在有和与及到各要这那其该呀您我你它他她"
)


@lru_cache(maxsize=16384)
def squeeze(text: str) -> str:
    """Folded, lower-cased, without blanks, quotes and punctuation."""
    return _DROP.sub("", fold(text).lower())


_SUFFIX = re.compile(r"(?:支出|收入)?(?:决算数?|执行数|预算数?)$|支出$|金额$|合计$")


_UNIT_BEHIND = re.compile(
    r"(?<=[一-鿿）)])\s*[(（](?:[≥≧≤≦＞＜><=＝]{1,2}[*＊]*)?(?P<unit>[^()（）≥≤*＊]{1,6})[)）]\s*$"
)


@lru_cache(maxsize=65536)
def plain_name(label: str) -> str:
    """A label without list marks, its unit and the words that only say that it is an amount."""
    unit = _UNIT_BEHIND.search(label)
    if unit and unit["unit"] not in "类款项" and parse_unit(unit["unit"]) is not None:
        label = label[: unit.start()]
    name = squeeze(strip_number(label))
    bare = _SUFFIX.sub("", name)
    return bare if len(bare) >= 3 else name


@lru_cache(maxsize=65536)
def grams(text: str) -> frozenset[str]:
    """Bigrams of the Chinese runs and whole Latin words and numbers of a text."""
    found: set[str] = set()
    for match in _WORD.finditer(squeeze(text)):
        run = match.group()
        if run[0].isascii() or len(run) == 1:
            found.add(run)
        else:
            found.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(found)


def asked_grams(text: str) -> frozenset[str]:
    """The grams of a question's phrase, without those across function words and before a stage."""
    bare = squeeze(text)
    joints = {bare[m.start() - 1 : m.start() + 1] for m in _STAGE.finditer(bare)}
    every = grams(text)
    own = frozenset(g for g in every if len(g) < 2 or not _FUNCTION.intersection(g))
    if not own:  # 到位: a word of the trade that begins like a function word
        own = frozenset(g for g in every if not _FUNCTION.issuperset(g))
    return frozenset(g for g in own if g not in joints)


# 支出年初 stands in 演出 | 年初预算 as well, 经费预算 in 出国费 | 预算: what ends before a stage is no
# one word with it.
_STAGE = re.compile(
    r"(?<=[一-鿿])(?=(?:年初|全年|年度|调整后的?)预算|(?<=费)(?:预算|决算)(?:数|额)?$)"
)


def shortens(word: str, name: str) -> bool:
    """Its characters stand in the name in their order, not as one run, and not cutting a pair."""
    at = -1
    places: list[int] = []
    for char in word:
        at = name.find(char, at + 1)
        if at < 0:
            return False
        places.append(at)
    return any(b - a > 1 for a, b in pairwise(places))
