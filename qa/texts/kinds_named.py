"""The sentence that names things of the kind asked for: 哪几个乡镇, and 甲镇、乙乡和丙镇尚未…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.texts.facts import tightest
from qa.texts.index import OWN, Segment, profile_for
from qa.texts.mentions import BODY_END, COMPANY_END
from qa.texts.model import Confidence, ScopedDocument, TextFinding
from qa.texts.search import LOW_SHARE, Hit, make_finding, ranked
from qa.texts.terms import Profile, squeezed

# What names of a kind end in, by the noun that asks for them.
_ENDS = (
    ("乡镇|镇街|街道|[乡镇]", "[乡镇]|街道"),
    ("县市区|县区|区县|市县|县市|[县区]", "[县市区旗]"),
    ("村|行政村|建制村|村庄", "村"),
    ("小区|社区", "小区|社区|[院苑园里巷]|新村|宿舍|花苑|家园"),
    ("学校|院校|高校|幼儿园", "[学校园]|学院"),
    ("公司|企业|供应商|承包商|服务商", COMPANY_END),
    ("单位|部门|机构|处室|科室", f"{COMPANY_END}|{BODY_END}|[馆所站院队校园厂]|党委"),
)
_BEHIND = (
    r"[（(]?[\d.,]*(?:[万亿]?元|[个户人份台处座]|公里|万?亩|%)?(?:[（(][^（）()]*[)）]|[)）])?"
)
_JOINT = "(?:以及|[、和与及])"
_DESTINATION = re.compile(r"目的地|前往|出访|赴|考察")
_ENTRY = "[^、，。；：:;,和与及]{2,20}"
_ENOUGH = 4  # characters of the question that the sentence has to say
_OWN_SHARE = 0.85  # of the clause with 哪些 in the sentence itself


def find_kind_named(
    scope: ScopedDocument, question: str, terms: Sequence[str], noun: str, count: int | None
) -> list[TextFinding]:
    """The sentence that says of several things of the kind what the clause with 哪些 says; never HIGH.

    What other clauses of the question say (针对业务量下滑，…) may stand around it. Nothing where two
    sentences name others.
    """
    told = _pattern(noun, max(count or 2, 2))
    said = _without(terms, noun) if noun else []
    clause = squeezed(next((c for c in re.split("[,，;；]", question) if "哪" in c), question))
    own = [each for each in said if squeezed(each) in clause] or said
    if told is None or sum(len(squeezed(each)) for each in own) < _ENOUGH:
        return []
    asked, inside = profile_for(scope, said), profile_for(scope, own)
    found: dict[str, TextFinding] = {}
    for hit in ranked(scope, asked, lambda s: _tells(s, told), floor=LOW_SHARE):
        if inside.cover(((OWN, hit.segment.own),)).share >= _OWN_SHARE:
            found.setdefault(hit.segment.own, _shown(scope, asked, hit))
    best = max((each.score for each in found.values()), default=0.0)
    near = [each for each in found.values() if each.score >= best - _AHEAD]
    return near if len(near) == 1 else []


def _without(terms: Sequence[str], noun: str) -> list[str]:
    """The terms without the kind that is asked for, and without who found it out."""
    bare = [_FOUND_OUT.sub("", term.replace(noun, "")) for term in terms]
    return [each for each in bare if len(squeezed(each)) > 1]


_FOUND_OUT = re.compile("^(?:被?(?:查出|发现|检出|抽查出|点名|通报)|报告说?|点了)|^(?:后|还)+$")
_AHEAD = 0.06  # by which the best sentence is told from the next


def _shown(scope: ScopedDocument, asked: Profile, hit: Hit) -> TextFinding:
    answer = tightest(asked, hit.segment.text.rstrip("；;"))
    made = make_finding(scope, hit.segment.place, Confidence.MEDIUM, hit.coverage, answer=answer)
    return replace(made, score=hit.coverage.depth)


def _tells(segment: Segment, told: re.Pattern[str]) -> bool:
    return not segment.is_heading and bool(told.search(segment.text))


def _pattern(noun: str, count: int) -> re.Pattern[str] | None:
    """How a sentence names at least so many things of the kind."""
    if len(noun) < 1:
        return None
    more = count - 1
    for nouns, ends in _ENDS:
        if re.search(rf"(?:{nouns})$", noun):
            name = rf"[一-鿿“”]{{1,14}}?(?:{ends}){_BEHIND}"
            return re.compile(rf"(?:{name}{_JOINT}){{{more},}}{name}")
    run = rf"(?:{_ENTRY}{_JOINT}){{{more},}}{_ENTRY}"
    if noun in ("国家", "地区", "地方"):
        return re.compile(rf"(?:{_DESTINATION.pattern})[^，。；]{{0,4}}?{run}")
    if len(noun) < _NAMED:
        return None
    kind = re.escape(noun[-_NAMED:])
    counted = r"(?:等?(?:共|这)?(?:\d+|[一二两三四五六七八九十]+)?\s*[个大类项种家条处台套件]*)"
    return re.compile(
        rf"{run}{counted}{kind}|{kind}[^，。；、]{{0,8}}?(?:为|是|有|包括|包含|分为|[:：]|，分别为){run}"
    )


_NAMED = 2  # characters of a noun that tells a kind
