"""Counts of bodies and places against the names that the sentence lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.equations.book import Book
from ingest.equations.claims import Claim, holds
from ingest.equations.listed import counted, plain_count
from ingest.equations.lists import list_before
from ingest.model import Figure
from ingest.structure.texts import Text, Texts

# What is counted, and how the names of such things end.
_ENDS = {
    "单位": r"[局委办室馆院校站所会处队社团台部厂园]|中心|公司|本级|机关|学校|大队|支队",
    "部门": r"[局委办室馆院站所会处队部]|中心",
    "机构": r"[局委办室馆院站所会处队部科股组]|中心",
    "科室": r"[科室处股办组部队]|中心",
    "处室": r"[科室处股办组部队]|中心",
    "股室": r"[科室处股办组部队]|中心",
    "乡镇": r"[镇乡]|街道|办事处",
    "镇街": r"[镇乡]|街道|办事处",
    "街道": r"街道|办事处",
    "社区": r"社区",
    "县区": r"[县区市旗]",
    "区县": r"[县区市旗]",
    "镇": r"[镇乡]",
    "县": r"[县区市旗]",
    "区": r"[县区市旗]",
    "村": r"村",
    "学校": r"[校院园]|[小中大]学",
    "医院": r"院|中心",
    "公司": r"公司|集团",
}
_NOUN = "|".join(sorted(_ENDS, key=len, reverse=True))
_AFTER = re.compile(rf"^(?P<mod>[一-鿿]{{0,6}}?)(?P<noun>{_NOUN})(?P<rest>.*)", re.DOTALL)
_SAID = re.compile(rf"(?P<noun>{_NOUN})(?:数量)?(?:有|共|共有|共计|为)*\s*$")
_HAN = r"[一-鿿]"
_NAMES = rf"{_HAN}{{2,24}}(?:[、,]{_HAN}{{2,24}})+"
_BRACKET = re.compile(rf"^\s*\((?:即|含|包括|包含|分别[为是])?[::]?(?P<names>{_NAMES})\)")
_OPENED = re.compile(
    rf"^[,:]?(?:(?P<sure>分别[为是]?|即|具体[为是包括]+)|(?P<loose>包括|包含|[为是有]?(?=:)|[为是有]))(?P<colon>:?)\s*(?P<names>{_NAMES})(?P<end>[。;]|$)"
)
_LISTED = re.compile(rf"(?P<names>(?:{_HAN}{{2,24}}、)+{_HAN}{{2,24}}?)(?P<open>等)?\s*$")
_KINDS = re.compile(
    r"^(?:行政|自然|城市|农村|省|市|县|区|直属|试点|重点|其他|贫困|示范|主要|相关|各)+(?:[村乡镇区局]|社区)?$"
)
_SCOPE = re.compile(r"编报范围|编制范围|纳入|汇总")
_JOINED = re.compile(r"以及|[和及与]")


def named_list(book: Book) -> Iterator[Claim]:
    """“6 个乡镇（甲镇、乙镇……）”“甲科、乙科 2 个科室”：n = 列出的名称数。

    来源：机构设置、决算编报范围、现场核查点的叙述。
    例：6 个乡镇，括号里只有 5 个镇名，不成立；“以上共 4 个单位”，上面编号只到 3，不成立。
    边界：只数机构和地方，每个名称都以与所数事物相称的字（局、馆、镇、科……）结尾；“等”“主要”不查，列出的比 n 多才报；
    “和”字可能是名称里的，两种数法有一种相符即为成立；“包括”后面没有冒号的只在多出时报错。
    """
    texts = Texts(book)
    for text in texts.prose:
        for figure in texts.figures(text):
            if plain_count(figure) and 2 <= figure.quantity.value <= _MOST:
                yield from _named(text, figure)
    yield from list_before(texts)


_MOST = 60
_REACH = 400  # characters around a count in which its list may stand


def _named(text: Text, figure: Figure) -> Iterator[Claim]:
    after = text.folded[figure.end : figure.end + _REACH]
    before = text.folded[max(0, figure.start - _REACH) : figure.start]
    match = _AFTER.match(after)
    if match:
        noun, rest, offset = match["noun"], match["rest"], figure.end + match.start("rest")
        bracket = _BRACKET.match(rest)
        if bracket:
            yield from _counted(text, figure, noun, bracket, offset, sure=True)
            return
        listed = _LISTED.search(before)
        if listed and not match["mod"].startswith(("下", "所")):
            start = figure.start - len(before)
            yield from _counted(text, figure, noun, listed, start, sure=not listed["open"])
            return
    else:
        said = _SAID.search(before)
        if said is None:
            return
        noun, rest, offset = said["noun"], after, figure.end
    opened = _OPENED.match(rest)
    if opened:
        scope = _SCOPE.search(before) is not None
        sure = bool(opened["sure"] or opened["colon"] or scope)
        yield from _counted(text, figure, noun, opened, offset, sure=sure)


def _counted(
    text: Text, figure: Figure, noun: str, match: re.Match[str], offset: int, *, sure: bool
) -> Iterator[Claim]:
    """A count against its names; `offset` is where the matched text starts in the paragraph."""
    names = list(re.finditer(r"[^、,]+", match["names"]))
    ends = re.compile(rf"(?:{_ENDS[noun]})$")
    if not all(ends.search(n.group()) and not _KINDS.match(n.group()) for n in names):
        return
    start = offset + match.start("names")
    places = [text.said(start + n.start(), start + n.end()).locator for n in names]
    claim = counted("list_count", figure, places, "个名称")
    parts = [part for part in _JOINED.split(names[-1].group()) if part]
    split = [name for name in parts if ends.search(name)]
    most = len(names) + (len(split) - 1 if len(split) == len(parts) else 0)
    if most > len(names) and figure.quantity.value == most:
        return  # 甲局、乙局和丙局3个单位: its names cannot be told apart for sure
    if holds(claim) or sure or len(names) > figure.quantity.value:
        yield claim
