"""What forbids taking two like names for one: place, kind of body, stage, year, side.

A veto is a reason in Chinese; "" is no veto. Only what a report states, and what the user says,
outweighs one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from qa.naming.bodies import Body, bare, ending_of, fold, places_agree, read_body
from qa.naming.projects import read_project
from qa.naming.regions import Region, same, within

_OWN_LEVEL = re.compile(r"本级|机关本部|[(（]机关[)）]")
_WHOLE = re.compile(r"汇总|含下属|[(（]部门[)）]")
# Characters that tell one body or project from its neighbour.
_TELLING = frozenset("一二三四五六七八九十东西南北中上下新老内外城乡甲乙丙丁男女总分副")
# Of the words of one line a name has those that are its own; other ones make it another thing.
_SIDES = (
    ("收入", "支出"),
    ("年初", "年末", "年底"),
    ("期初", "期末"),
    ("上半年", "下半年"),
    ("上年", "本年"),
    ("本级", "汇总", "下属"),
    ("预算", "决算"),
    ("增加", "减少"),
    ("基本支出", "项目支出"),
    ("人员经费", "公用经费"),
    ("一般公共预算", "政府性基金", "国有资本经营"),
    ("建设", "运维", "维护", "运营"),
    ("新建", "改造", "扩建", "修缮"),
    ("购置", "租赁"),
    ("城镇", "农村", "乡村"),
    ("幼儿园", "小学", "初中", "高中", "中学"),
    ("公办", "民办"),
    ("中央", "省级", "市级", "区级", "县级"),
    ("门诊", "住院"),
    ("职工", "居民"),
    ("购房", "租房"),
    ("因公出国", "公务接待", "公务用车"),
)
# Which of them tell two figures of one table apart; 预算 and 决算 stand in names of funds and tables.
_METRIC_SIDES = tuple(
    line
    for line in _SIDES
    if line[0] in ("收入", "年初", "期初", "上半年", "基本支出", "人员经费", "门诊", "因公出国")
)
_NUMBERED = re.compile(r"第?([一二三四五六七八九十\d]+)(期|标段|批|阶段|标|号)")
_YEARS = re.compile(r"(20\d\d)(?:\s*年?度?\s*[-—–~至到]\s*((?:20)?\d\d))?")


def sides(text: str) -> dict[int, frozenset[str]]:
    """Per line of opposites, the words of it that a name has."""
    folded = fold(text)
    found: dict[int, frozenset[str]] = {}
    for number, line in enumerate(_SIDES):
        words = frozenset(word for word in line if word in folded)
        if words:
            found[number] = words
    return found


def side_veto(left: str, right: str) -> str:
    """A veto where both names have a word of one line of opposites, and not the same."""
    a, b = sides(left), sides(right)
    for number in a.keys() & b.keys():
        if a[number] != b[number]:
            return f"“{'、'.join(sorted(a[number]))}”与“{'、'.join(sorted(b[number]))}”不同"
    return ""


def metric_veto(left: str, right: str) -> str:
    """A veto where two names of figures are of opposite sides: 年初结转和结余 and 年末结转和结余."""
    for line in _METRIC_SIDES:
        a, b = ({word for word in line if word in fold(name)} for name in (left, right))
        if a and b and not a & b:
            return f"“{'、'.join(sorted(a))}”与“{'、'.join(sorted(b))}”不同"
    return ""


def level_veto(left: str, right: str) -> str:
    """A veto where one name is the unit's own level alone and the other is not."""
    own = [bool(_OWN_LEVEL.search(name)) for name in (left, right)]
    if own[0] != own[1]:
        whole = "汇总" if any(_WHOLE.search(name) for name in (left, right)) else "全部门"
        return f"本级与{whole}口径不同"
    return ""


def unit_veto(left: str, right: str) -> str:
    """Why two names of bodies cannot be one body's, as far as the names tell."""
    a, b = read_body(left), read_body(right)
    return (
        level_veto(left, right)
        or _place_veto(a, b)
        or ("党的机构与政府机构不同" if a.party != b.party else "")
        or _kind_veto(a, b)
        or _telling_veto(a.core, b.core)
    )


def _place_veto(a: Body, b: Body) -> str:
    if bool(a.regions) != bool(b.regions):
        return "一方没有写明所在地"
    if not a.regions:
        return ""
    if not same(a.regions[-1], b.regions[-1]):
        return f"所在地不同（{a.regions[-1].text}、{b.regions[-1].text}）"
    return "" if places_agree(a.regions, b) and places_agree(b.regions, a) else "上级地区不同"


def _kind_veto(a: Body, b: Body) -> str:
    """A bureau and its centre, branch or station are two bodies."""
    x, y = bare(a.core), bare(b.core)
    if x == y:
        return ""
    short, long = sorted((x, y), key=len)
    if short and long.startswith(short):
        return "一个是另一个的下属机构"
    if ending_of(a.core)[0] != ending_of(b.core)[0]:
        return "机构类型不同"
    return ""


def _telling_veto(left: str, right: str) -> str:
    a, b = (Counter(char for char in text if char in _TELLING) for text in (left, right))
    return "" if a == b else f"区别性的字不同（{''.join((a - b) + (b - a))}）"


def project_veto(
    left: str, right: str, left_years: Collection[str] = (), right_years: Collection[str] = ()
) -> str:
    """Why two names of projects cannot be one project's, as far as the names tell.

    Args:
        left, right: the names.
        left_years, right_years: the years of the reports on each: a year in the name is that of
            the report where the project is an annual one.
    """
    return (
        _number_veto(left, right)
        or _year_veto(left, right, left_years, right_years)
        or side_veto(left, right)
        or _region_veto(read_project(left).places, read_project(right).places)
    )


def _number_veto(left: str, right: str) -> str:
    """一期 and 二期, first and second lot."""
    a, b = (set(_NUMBERED.findall(fold(name))) for name in (left, right))
    if a == b:
        return ""
    shown = ("".join("".join(each) for each in sorted(found)) or "没有期次" for found in (a, b))
    return f"期次或标段不同（{'、'.join(shown)}）"


def _year_veto(
    left: str, right: str, left_years: Collection[str], right_years: Collection[str]
) -> str:
    """Years in names agree, or each is the year of its own report: an annual project."""
    a, b = _spans(left), _spans(right)
    if a == b:
        return ""
    if any("-" in span for span in a | b):
        return "名称中的年度区间不同"
    if a <= set(left_years) and b <= set(right_years) and len(a) <= 1 and len(b) <= 1:
        return ""
    return "名称中的年度与报告年度不符"


def _spans(name: str) -> set[str]:
    """The years of a name: ``2023``, and ranges as ``2022-2023``."""
    found: set[str] = set()
    for first, last in _YEARS.findall(fold(name)):
        found.add(f"{first}-{last if len(last) == 4 else '20' + last}" if last else first)
    return found


def _region_veto(a: tuple[Region, ...], b: tuple[Region, ...]) -> str:
    if not a or not b:
        return ""
    one, other = a[-1], b[-1]
    if same(one, other) or within(one, other) or within(other, one):
        return ""
    return f"所在地不同（{one.text}、{other.text}）"
