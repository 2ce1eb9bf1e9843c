"""Names of public bodies: what they are made of, and which words of a question can mean them.

A body's name is a chain of places and a core (政务服务数据管理局). People leave out places, shorten
the core to some of its characters (政数局) and mistype it; the ending (局, 委, 办 …) always stays.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from qa.naming.regions import Region, chain_at, name_chain, same
from qa.words.lexicon import derived, rows, split
from qa.words.pinyin import alike

ENDINGS = (
    ("委员会", ("委员会", "委")),
    ("人民政府办公室", ("府办公室", "府办")),
    ("办公室", ("办公室", "办")),
    ("街道办事处", ("街道办事处", "街道办", "街道", "街")),
    ("人民政府", ("人民政府", "政府")),
    ("联合会", ("联合会", "联")),
    ("联合社", ("联合社", "社")),
    ("管理委员会", ("管委会", "管委")),
    ("管理中心", ("管理中心", "中心")),
    ("服务中心", ("服务中心", "中心")),
    ("交易中心", ("交易中心", "中心")),
    ("中心", ("中心",)),
    ("集团有限公司", ("集团有限公司", "集团公司", "集团")),
    ("有限责任公司", ("有限责任公司", "公司")),
    ("股份有限公司", ("股份有限公司", "公司")),
    ("有限公司", ("有限公司", "公司")),
)
_ONE_CHAR_ENDINGS = "局委办厅部院会社校馆所站队处室园署司科宫台场"
MAX_MENTION = 24
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_PARTY_ORGAN = re.compile(
    r"委(?=政法|组织|宣传|统战|统一战线|办公室|党校|老干|机构编制|编办|网络|网信|巡察|直属|机关|社会工作|社工|政策|政研|全面|改革|党史)"
)
_LEAGUE = re.compile(r"^(?:中国共产主义青年团|共青团)")
_AFFIX = re.compile(r"[(\[](?:本级|机关|汇总|部门|含下属单位|本部)[)\]]|本级$")
# 政协某县委员会, 中国人民政治协商会议某县委员会: the place stands inside the name.
_CONFERENCE = re.compile(
    r"^(?:中国人民)?(?:政治协商会议|政协)(?P<place>[\u4e00-\u9fff]{2,14}?)委员会(?P<office>办公室)?$"
)
_TOP = re.compile(r"^国家税务总局")
_BRANCH = re.compile(r"^(.{2,20}?)局(.{2,12}?(?:区|县|市|镇|街道|旗))分局$")
_NAME_CHARS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9、]+")
_LOOSE = re.compile(
    r"([\u4e00-\u9fff]{2,12}?)(部门|局|委员会|委|厅|办公室|办)(?![\u4e00-\u9fff]会)"
)
_LOOSE_OF = frozenset(("局", "委员会", "厅", "办公室"))
LEAGUE = "共青团委员会"
# Characters that tell one body from its neighbour: never a slip.
_TELLING = frozenset("一二三四五六七八九十东西南北中上下大小新老内外城乡省市区县镇总分副男女")
_JOINERS = str.maketrans("", "", "和与及、·")
_GENERIC = frozenset("管理服务局委员会办公室中心人民政府工作联合事务")


def fold(text: str) -> str:
    """Full-width forms made half-width, one character for one, so that positions stay true."""
    return "".join(_fold(char) for char in text)


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


@dataclass(frozen=True, slots=True)
class Body:
    """A body's name taken apart; `level` is the level of its own place (区 for 西湖区)."""

    name: str
    regions: tuple[Region, ...]
    core: str
    party: bool = False

    @property
    def level(self) -> str:
        return self.regions[-1].level if self.regions else ""


@derived
@lru_cache(maxsize=65536)
def read_body(name: str) -> Body:
    """Take a body's name apart; never fails: a name without places is its own core."""
    text = _AFFIX.sub("", fold(re.sub(r"\s+", "", name)))
    party = bool(_PARTY.match(text))
    text = _PARTY.sub("", text)
    league = bool(_LEAGUE.match(text))
    text = _TOP.sub("", _LEAGUE.sub("", text))
    chain = name_chain(text)
    regions = chain.regions if chain else ()
    core = text[chain.end :] if chain else text
    if not core and chain:  # a place and nothing else
        return Body(name, regions, "", party)
    branch = _BRANCH.match(core)
    if branch:
        inner = chain_at(branch.group(2), 0)
        if inner and inner.end == len(branch.group(2)):
            return Body(name, regions + inner.regions, f"{branch.group(1)}分局", party)
    if party and core.startswith("委员会") and core != "委员会":
        core = core.removeprefix("委员会")
    if chain and _PARTY_ORGAN.match(core):
        core, party = core[1:], True
    if league:
        core = "共青团" + (core if core != "委" else "委员会")
    conference = _CONFERENCE.match(core) if not regions else None
    if conference is not None:
        place = name_chain(conference["place"])
        if place is not None and place.end == len(conference["place"]):
            regions, core = place.regions, f"政治协商会议委员会{conference['office'] or ''}"
    core = re.sub(r"^中国人民(?=政治协商)|^人民政府(?=.{1,8}街道)", "", core)
    return Body(name, regions, core, party)


@derived
@cache
def _organs() -> tuple[dict[str, tuple[str, ...]], dict[str, frozenset[str]]]:
    """Abbreviations by full core, and full cores by any form of theirs."""
    short: dict[str, tuple[str, ...]] = {}
    meaning: dict[str, set[str]] = {}
    for full, abbreviations, _ in rows("organs.tsv"):
        forms = split(abbreviations)
        short[full] = tuple(dict.fromkeys((*short.get(full, ()), *forms)))
        for form in (full, *forms):
            meaning.setdefault(form, set()).add(full)
    return short, {form: frozenset(cores) for form, cores in meaning.items()}


def organ_forms() -> frozenset[str]:
    """Every full or short form of a body in the glossary, without its place."""
    return frozenset(_organs()[1])


def meanings(form: str) -> frozenset[str]:
    """The full cores that a form of the glossary stands for; empty for an unknown form."""
    return _organs()[1].get(form, frozenset())


@lru_cache(maxsize=32768)
def bare(core: str) -> str:
    """A core without joining words, for comparison (政务服务和数据管理局 = 政务服务数据管理局)."""
    return core.translate(_JOINERS)


@lru_cache(maxsize=32768)
def ending_of(core: str) -> tuple[str, tuple[str, ...]]:
    """The ending of a core and the forms in which people write it."""
    for full, forms in ENDINGS:
        if core.endswith(full) and len(core) > len(full):
            return full, forms
    if core and core[-1] in _ONE_CHAR_ENDINGS and len(core) > 1:
        return core[-1], (core[-1],)
    return "", ()


def abbreviations(core: str) -> tuple[str, ...]:
    """The short forms that the glossary has for a full core, and those of numbered ones (二中)."""
    numbered = _NUMBERED.fullmatch(core)
    short = _NUMBERED_SHORT[numbered["kind"]] if numbered else ()
    return (*_organs()[0].get(core, ()), *(f"{numbered['n']}{form}" for form in short if numbered))


_NUMBERED = re.compile(
    r"第(?P<n>[一二三四五六七八九十]{1,3})(?:高级)?(?P<kind>中学|小学|人民医院|幼儿园)"
)
_NUMBERED_SHORT = {
    "中学": ("中",),
    "小学": ("小",),
    "人民医院": ("院", "医院", "医"),
    "幼儿园": ("幼",),
}


@dataclass(frozen=True, slots=True)
class CoreMatch:
    """Where a core is named in a text, and how surely: 1 for the full name."""

    end: int
    score: float


@derived
@lru_cache(maxsize=65536)
def match_core(text: str, core: str) -> CoreMatch | None:
    """How `text` begins with a form of `core`: full, shortened by the glossary, or by characters.

    Spelling slips are not looked for here; see `match_slip`.
    """
    if not core:
        return None
    if text.startswith(core):
        return CoreMatch(len(core), 1.0)
    found = _league(text) if core == LEAGUE else None
    for form in abbreviations(core):
        if text.startswith(form) and (found is None or len(form) > found.end):
            found = CoreMatch(len(form), 0.92)
    shortened = _by_characters(text, core)
    if shortened and (found is None or (shortened.end, shortened.score) > (found.end, found.score)):
        return shortened
    return found


def _league(text: str) -> CoreMatch | None:
    match = re.match(r"团[省市区县州]?委", text)
    return CoreMatch(match.end(), 0.92) if match else None


def _by_characters(text: str, core: str) -> CoreMatch | None:
    full, forms = ending_of(core)
    if not full:
        return None
    stem = bare(core.removesuffix(full))
    for form in forms:
        at = text.find(form, 1, MAX_MENTION)
        if at < 1 or not _NAME_CHARS.fullmatch(text[:at]):
            continue
        score = _shortening(bare(text[:at]), stem)
        if score:
            return CoreMatch(at + len(form), _contested(text[: at + len(form)], core, score))
    return None


@derived
@lru_cache(maxsize=16384)
def match_loosely(text: str, core: str) -> CoreMatch | None:
    """How `text` begins with the stem of `core` and another ending (政务服务数据部门, 发改局 for 委).

    Good enough only where the place is named too.
    """
    full, _ = ending_of(core)
    ending = _LOOSE.match(text)
    if full not in _LOOSE_OF or not ending or ending.group(2) == full:
        return None
    said = bare(ending.group(1))
    stems = {bare(core.removesuffix(full))}
    stems |= {form.rstrip("委局办厅") for form in abbreviations(core)}
    if said not in stems or len(said) < 2 or ending.group(2)[0] == full[0]:
        return None
    return CoreMatch(ending.end(), 0.75 if ending.group(2) == "部门" else 0.65)


def _shortening(said: str, stem: str) -> float:
    """How well `said` shortens `stem`: its characters in order, from the beginnings of words."""
    if not said or not stem:
        return 0.0
    if said == stem:
        return 0.98
    if not set(said) - _GENERIC:
        return 0.0
    at = -1
    penalty = 0.0
    for position, char in enumerate(said):
        found = stem.find(char, at + 1)
        if found < 0:
            return 0.0
        follows = position > 0 and found == at + 1
        if not follows and found % 2:  # words of such names have two characters
            penalty += 0.06
        if position == 0 and found:
            penalty += 0.25
        at = found
    return max(0.0, 0.88 - penalty)


def _contested(form: str, core: str, score: float) -> float:
    """Lower the score of a form that the glossary knows for other bodies only."""
    known = meanings(form)
    if not known or core in known or any(close(core, other) for other in known):
        return score
    return min(score, 0.5) if form in known else score - 0.15


@derived
@lru_cache(maxsize=32768)
def close(a: str, b: str) -> bool:
    """Whether two cores can be one body under an old and a new name."""
    x, y = bare(a), bare(b)
    if x == y:
        return True
    short, long = sorted((x, y), key=len)
    if ending_of(a)[0] != ending_of(b)[0] or len(short) < 4:
        return False
    told = any((x.count(char) != y.count(char)) for char in _TELLING)
    return not told and OSA.distance(x, y) <= max(1, len(long) // 5) and x[0] == y[0]


@derived
@lru_cache(maxsize=65536)
def match_slip(said: str, core: str) -> float:
    """How likely `said` is `core` or a short form of it with one slip; 0 when it is not.

    A slip is a character of the same sound, or one left out, put in or swapped. The ending of a
    name is never a slip.
    """
    if meanings(said):
        return 0.0
    full, endings = ending_of(core)
    best = 0.0
    for form in (core, *abbreviations(core)):
        if said[-1:] == form[-1:]:
            best = max(best, _slip(said, form))
    for ending in endings:
        if len(said) - len(ending) >= 2 and said.endswith(ending):
            stem = bare(core.removesuffix(full))
            best = max(best, _slip_in_short(bare(said.removesuffix(ending)), stem))
    return best


def _slip(said: str, form: str) -> float:
    if said == form:
        return 0.95
    if len(said) == len(form):
        wrong = [pair for pair in zip(said, form, strict=True) if pair[0] != pair[1]]
        heard = all(alike(*pair, near=True) for pair in wrong)
        if len(form) >= 3 and len(wrong) == 1 and heard:
            return 0.85
        if len(form) >= 6 and len(wrong) == 2 and heard:
            return 0.8
        swapped = len(wrong) == 2 and OSA.distance(said, form) == 1
        return 0.72 if swapped and len(form) >= 3 else 0.0
    if min(len(said), len(form)) >= 4 and abs(len(said) - len(form)) == 1:
        extra = _extra(said, form)
        return 0.8 if extra and extra not in _TELLING else 0.0
    return 0.0


def _extra(a: str, b: str) -> str:
    """The character that the longer of two texts has more than the other; "" if they differ more."""
    short, long = sorted((a, b), key=len)
    for i in range(len(long)):
        if long[:i] + long[i + 1 :] == short:
            return long[i]
    return ""


def _slip_in_short(said: str, stem: str) -> float:
    """A shortened stem of which exactly one character is only of the right sound."""
    if not 2 <= len(said) <= len(stem) or not alike(said[0], stem[0]):
        return 0.0
    at, wrong = 0, 0
    for position, char in enumerate(said):
        exact = stem.find(char, at if position else 0)
        if position == 0:
            wrong += char != stem[0]
            at = 1
            continue
        if exact >= at:
            at = exact + 1
            continue
        heard = next((i for i in range(at, len(stem)) if alike(char, stem[i], near=True)), -1)
        if heard < 0:
            return 0.0
        wrong += 1
        at = heard + 1
    return 0.74 if wrong == 1 and set(said) - _GENERIC else 0.0


def places_agree(said: tuple[Region, ...], body: Body) -> bool:
    """Whether the places named with a mention can be those of the body.

    The innermost place must be the body's own; the others must contain it. 广州市政数局 is not
    the bureau of a district of 广州.
    """
    if not said or not body.regions:
        return True
    if not same(said[-1], body.regions[-1]):
        return False
    codes = _own_codes(body)
    for place in said[:-1]:
        if any(same(place, above) for above in body.regions[:-1]):
            continue
        if place.codes and codes:
            if not any(code.startswith(place.codes) for code in codes):
                return False
        elif any(above.level == place.level for above in body.regions[:-1]):
            return False
    return True


def _own_codes(body: Body) -> tuple[str, ...]:
    """The divisions that a body's own place can be, given the places before it."""
    codes = body.regions[-1].codes
    for above in body.regions[:-1]:
        inside = tuple(code for code in codes if code.startswith(above.codes))
        codes = inside if above.codes and inside else codes
    return codes
