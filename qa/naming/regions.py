"""Places in names and questions: provinces, cities, districts, towns, and how they contain another.

Source of the names: the public list of administrative divisions (data/regions.tsv). Places that
are not in it (towns, streets, development zones) are read by their ending.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from qa.words.lexicon import LexiconError, derived, placed_rows, rows

_LONGEST = 15
_NO_PLACE = re.compile(
    r"(?:社|园|小|灾|景|库|校|城|地|片|辖|山|牧|林|学|厂|矿|院|特|专|分|跨|全|本|各|我|该|郊|战|牧|疫|能|范|心|发)区$"
    r"|(?:超|门|股|城|都|夜|上|全|本|各|我|该|集|楼|菜|互)市$|(?:全|本|各|我|该|郡)县$|(?:全|本|各|我|该|跨|外|节)省$|(?:神|九|全|本|各|我|该)州$|(?:国|党|红|战|锦|彩|团|校|军|会)旗$"
)
_PLACE_LIKE = re.compile(
    r"(?!比较|对比|查询|请问|统计|看看|介绍|说明|列出|分析|关于|目前|截至)[\u4e00-\u9fff]{2,4}[省市区县州镇]"
)
_UNLISTED = re.compile(r"[\u4e00-\u9fff]{2,3}?[省州市区县旗]")
# Whose development zone it is: 临珀 of 临珀经济技术开发区管理委员会.
_ZONE_OWNER = re.compile(
    r"[\u4e00-\u9fff]{2,3}?(?=(?:经济技术|高新技术产业|高新技术|经济|高新)?(?:开发区|高新区|经开区)(?:管理委员会|管委会))"
)
_SHORT_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,3}?(?:新区|镇|乡|街道|街(?=办))(?=人民政府|政府|办事处|办|党|[\u4e00-\u9fff]{2,8}(?:局|所|中心))"
)
_ZONE = re.compile(
    r"(?:经济技术|高新技术产业|高新技术|经济|高新|综合|旅游|临港|航空港|自由)?(?:开发区|产业园区|工业园区|高新区|经开区|保税区|自贸区|度假区)"
)
_BEGINS_WORD = re.compile(
    r"市场|市政(?:管理|设施|工程|园林|公用|道路|局|环)|市监(?:局|(?=[\d的那这]))|市容|市民(?!政|族|宗|间|委|办)|区域|区划|县域|街道|镇域"
)
_LEVEL_OF = {
    "省": "省",
    "市": "市",
    "区": "区",
    "县": "县",
    "旗": "旗",
    "州": "州",
    "盟": "盟",
    "镇": "镇",
    "乡": "乡",
    "街道": "街",
    "街": "街",
}


@dataclass(frozen=True, slots=True)
class Region:
    """A place as written in a text; `codes` are the divisions that it may be (several, or none)."""

    text: str
    stem: str
    level: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Places that follow one another, outermost first, from `start` to `end`."""

    start: int
    end: int
    regions: tuple[Region, ...]
    everyday: bool = False  # a short form that is also a common word

    @property
    def last(self) -> Region:
        return self.regions[-1]


def level_of(name: str) -> str:
    """The level character at a place name's end; "" for a short form such as 西湖."""
    if name.endswith(("自治区", "特别行政区")):
        return "省"
    if name.endswith("地区"):
        return "市"
    for ending, level in _LEVEL_OF.items():
        if name.endswith(ending) and len(name) > len(ending):
            return level
    return ""


@derived
@cache
def _gazetteer() -> tuple[dict[str, list[str]], dict[str, list[str]], frozenset[str]]:
    """Codes by full name, codes by short name, and the short names that are everyday words."""
    full: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    everyday: set[str] = set()
    for where, (code, name, stem) in placed_rows("regions.tsv"):
        if not (code.isdecimal() and name and stem):
            raise LexiconError(f"{where}:应为 代码、全名、简称 三列,请更正")
        full.setdefault(name, []).append(code)
        plain = stem.rstrip("!")
        short.setdefault(plain, []).append(code)
        if stem.endswith("!"):
            everyday.add(plain)
    return full, short, frozenset(everyday)


@derived
@cache
def _stem_of_code() -> dict[str, str]:
    return {code: stem.rstrip("!") for code, _, stem in reversed(rows("regions.tsv"))}


@derived
@lru_cache(maxsize=4096)
def region(name: str) -> Region:
    """A place by its full or short name; unknown names keep their own text as short form."""
    full, short, _ = _gazetteer()
    codes = full.get(name)
    if codes:
        return Region(name, _stem_of_code()[codes[0]], level_of(name), tuple(codes))
    if name in short:
        return Region(name, name, "", tuple(short[name]))
    level = level_of(name)
    zone = _zone_kind(name)
    if zone:
        return Region(name, zone, level, ())
    if level and name[:-1] in short:  # 撤县设区 and the like: 增城市 for 增城区
        return Region(name, name[:-1], level, tuple(short[name[:-1]]))
    stem = _LEVEL_END.sub("", name) or name
    return Region(name, stem if len(stem) > 1 else name, level, ())


_ZONE_KINDS = (
    ("高新", "高新区"),
    ("经济", "经开区"),
    ("经开", "经开区"),
    ("开发区", "开发区"),
)


def _zone_kind(name: str) -> str:
    """A development zone by its usual short form: 高新区 for 高新技术产业开发区; "" for another place."""
    if not _ZONE.fullmatch(name):
        return ""
    return next((short for begin, short in _ZONE_KINDS if name.startswith(begin)), "")


def _owned(place: Region, before: Sequence[Region]) -> Region:
    """A development zone goes by whose it is: 昆明经开区 is not 合肥经开区."""
    if not before or not _ZONE.fullmatch(place.text):
        return place
    return replace(place, stem=f"{before[-1].stem}{place.stem}")


def zone_keys(place: Region) -> tuple[str, ...]:
    """What a development zone is also called: by its kind alone, and as 昆明开发区; () for another place."""
    if not _ZONE.fullmatch(place.text):
        return ()
    kind = _zone_kind(place.text) or place.text
    owner = place.stem.removesuffix(kind)
    return (kind, f"{owner}开发区") if owner else ()


_LEVEL_END = re.compile(
    r"(?:(?<=[\u4e00-\u9fff]{2})(?:(?:经济技术|高新技术产业|高新技术|经济)?开发区|高新区|经开区|新区)"
    r"|街道|镇|乡|省|市|区|县|旗|州|盟)$"
)


@derived
@lru_cache(maxsize=8192)
def chain_at(text: str, start: int, own: frozenset[str] = frozenset()) -> Chain | None:
    """The places written one after another from `start`; None where none begins there.

    A place follows another only when it can lie in it: 公安县公安局 names one place.

    Args:
        own: full and short names of places that are known beside the list (of a catalogue).
    """
    found: list[Region] = []
    everyday = False
    at = start
    while at < len(text):
        name, common = _one_at(text, at, own)
        if not name:
            break
        place = region(name)
        if found and not _follows(found[-1], place):
            break
        if found and common and not within(place, found[-1]):
            break  # 公安 behind a place that the list does not have is the word
        found.append(_owned(place, found))
        everyday = common if len(found) == 1 else everyday and common
        at += len(name)
    return Chain(start, at, tuple(found), everyday) if found else None


def unlisted_at(text: str, start: int) -> str:
    """A place that the list does not have, by its ending (云岭市, 临湖区); "" where none begins."""
    owner = _ZONE_OWNER.match(text, start)
    if owner and not _NO_PLACE.search(owner.group()) and not _ZONE.match(text, start):
        return owner.group()
    match = _UNLISTED.match(text, start)
    if not match or _NO_PLACE.search(match.group()) or not _suffix_free(text, match.end() - 1):
        return ""
    return match.group()


def is_place_like(name: str) -> bool:
    """Whether a word can be a place by its look alone (青石县, not 智慧社区)."""
    return bool(_PLACE_LIKE.fullmatch(name)) and not _NO_PLACE.search(name)


def name_chain(name: str) -> Chain | None:
    """The places that a body's or project's name begins with, those that the list lacks too."""
    chain = chain_at(name, 0)
    at = chain.end if chain else 0
    found = list(chain.regions) if chain else []
    while at < len(name):
        unlisted = (
            "" if found and found[-1].level in "区县" and found[-1].level else unlisted_at(name, at)
        )
        if not unlisted:
            break
        found.append(region(unlisted))
        at += len(unlisted)
        following = chain_at(name, at)
        if following and following.last.level:
            first, *rest = following.regions
            found += [_owned(first, found), *rest]
            at = following.end
    return Chain(0, at, tuple(found), bool(chain and chain.everyday)) if found else None


def _follows(outer: Region, inner: Region) -> bool:
    inside = within(inner, outer)
    if inside is None:  # 某市城区 is a word, the district 城区 lies in cities of the list alone
        return inner.text not in _WORDS_TOO and (not inner.level or inner.level != outer.level)
    return inside


_WORDS_TOO = frozenset(("城区", "郊区", "矿区", "市区", "县城"))


def _one_at(text: str, at: int, own: frozenset[str]) -> tuple[str, bool]:
    if text[at] not in _first_characters() and text[at] not in _firsts(own):
        match = _SHORT_PLACE.match(text, at) or _ZONE.match(text, at)
        return (match.group(), False) if match else ("", False)
    full, short, everyday = _gazetteer()
    for length in range(min(_LONGEST, len(text) - at), 1, -1):
        name = text[at : at + length]
        if name in full and name not in everyday and _suffix_free(text, at + length - 1):
            return name, False
        if name not in short and name not in own:
            continue
        has_level = bool(level_of(name)) and (name in full or name not in short)
        if has_level and not _suffix_free(text, at + length - 1):
            continue
        longer = text[at : at + length + 1]
        levelled = len(longer) > length and longer[-1] in "市区县州盟旗省" and not has_level
        if levelled and _suffix_free(text, at + length):
            return longer, False
        return name, name in everyday
    match = _SHORT_PLACE.match(text, at) or _ZONE.match(text, at)
    return (match.group(), False) if match else ("", False)


@derived
@cache
def _first_characters() -> frozenset[str]:
    full, short, _ = _gazetteer()
    return frozenset(name[0] for name in (*full, *short))


@lru_cache(maxsize=8)
def _firsts(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name[0] for name in names)


def _suffix_free(text: str, at: int) -> bool:
    """Whether the level character at `at` ends a place (广州市…) and does not begin a word (市场…)."""
    return _BEGINS_WORD.match(text, at) is None


def within(inner: Region, outer: Region) -> bool | None:
    """Whether `inner` lies in `outer`; None when the list of divisions cannot tell."""
    if not inner.codes or not outer.codes:
        return None
    return any(
        code.startswith(above) and code != above for code in inner.codes for above in outer.codes
    )


def same(a: Region, b: Region) -> bool:
    """Whether two written forms can be one place: equal, or a short form of the other."""
    if _ZONE.fullmatch(a.text) and _ZONE.fullmatch(b.text):
        return a.stem == b.stem or a.stem in zone_keys(b) or b.stem in zone_keys(a)
    if a.text == b.text or a.text == b.stem or b.text == a.stem:  # 甲州 is 甲州市
        return True
    if a.stem != b.stem:
        return False
    return not a.level or not b.level or a.level == b.level or bool(set(a.codes) & set(b.codes))
