"""Finding the names of units, places and projects in titles and text."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from ingest.reading.text import compact, tidy

HAN = "\u4e00-\u9fff"
UNIT_END = (
    "委员会办公室|人民政府|办事处|委员会|办公室|管理局|监督局|分局|总局|局|政府|检察院|人民法院|法院|"
    "研究院|医院|学院|大学|学校|中学|小学|幼儿园|党校|中心|图书馆|博物馆|文化馆|档案馆|纪念馆|馆|"
    "总队|支队|大队|管理处|处|管理所|研究所|所|管理站|总站|站|公司|集团|协会|联合会|联社|总工会|工会|"
    "妇联|团委|残联|文联|科协|侨联|台联|工商联|社科联|供销社|党委|政法委|纪委|组织部|宣传部|统战部|工作部|人大|人大常委会|政协|红十字会|学会|基金会|"
    "街道|管委会|研究室|编纂室|督查室|厅|部|委|办|社|院|镇|乡"
)
_TITLE_REST = (
    r"部门|单位|本级|机关|一般公共|政府性基金|三公|收支|收入|公开|决算|预算|整体|项目|重点|专项|"
    r"财政|绩效|支出|关于|20\d\d|[“\"《(（]|的|$"
)
_YEAR_HEAD = re.compile(r"^(?:关于)?(?:20\d\d(?:[-—–~至]20\d\d)?年(?:度)?)?(?:关于)?")
_BRACKETED = r"(?:[(（][^()（）]{1,8}[)）])?"
# Endings that name a unit where a title goes on behind them; in a sentence they are places.
_TITLE_UNIT_END = f"{UNIT_END}|宫|台|报社|剧团|乐团|队|场|园|宾馆|法庭|监狱|使馆"
_UNIT_IN_TITLE = re.compile(
    rf"^[{HAN}()（）、]{{2,40}}?(?:{_TITLE_UNIT_END})(?={_BRACKETED}(?:{_TITLE_REST}))"
)
_UNIT_BEFORE_PROJECT = re.compile(
    rf"^[{HAN}]{{2,30}}?(?:管理局|管理站|救助站|福利院|监测站|管理所|委员会办公室|委员会|人民政府|办公室|街道办事处|医院|中学|小学|大学|学院|局)"
    r"(?![部域长面势促])(?=.{4,40}(?:项目|经费|资金|工程))"
)
_SHORT_UNIT = re.compile(
    rf"(?<![{HAN}])([省市区县州镇][{HAN}]{{2,18}}?(?:{UNIT_END})(?:和[{HAN}]{{2,8}}局)?)"
    rf"(?!部门|门|[{HAN}]{{0,3}}局|员?会[^议计]|\s*[:：](?:\n|$))"
)
_PLACE_PAIR = re.compile(rf"(?=([{HAN}]{{1,4}}[市州盟])([{HAN}]{{1,5}}?[区县市旗]))")
_PLACE = re.compile(rf"(?=([{HAN}]{{1,3}}[区县市]))")
_NO_PLACE = re.compile(
    r"全[市区县]|各[市区县]|本[市区县]|我[市区县]|[社园片城山校景辖库灾牧林湖新][区]|地区|特区|发展区|示范区|试验区|"
    r"城市|超市|上市|都市|两区|县区|市区|区县|该[市区县]|和[市区县]|[市区]直|馆(?!陶)|[局厅为由经与对是从被]"
)
_KIND_WORDS = (
    r"(?:部门|重点|项目|支出|财政|资金|预算|第三方|事[前后])*绩效(?:自评|评价|自我评价|评估|考评)|"
    r"(?:财政|部门)?(?:重点)?(?:项目)?(?:评价结果|自评|评价)报告|(?:财政|部门)?重点(?:项目)?评价"
)
_PROJECT_IN_TITLE = re.compile(
    rf"^(.{{2,60}}(?:项目|经费|资金|工程|专项|补助|补贴|计划|行动|政策|试点|建设|改造|活动))(?:支出)?"
    rf"(?=的?(?:20\d\d年度?)?(?:[(（]20\d\d[^()（）]{{0,14}}[)）])?(?:{_KIND_WORDS}))"
)
# Below a title that names none: 某县2022—2023年小型病险水库除险加固项目.
_PROJECT_LINE = re.compile(
    rf"(?:[{HAN}]{{1,10}}[省市区县旗])?(?:20\d\d(?:[-—–~至]20\d\d)?年(?:度)?)?"
    rf"(?P<name>[{HAN}“”、（）()]{{4,36}}(?:项目|工程|专项资金|补助资金|补贴资金|资金|经费|政策))(?:[(（]20\d\d[^()（）]{{0,14}}[)）])?"
)
_GENERIC = re.compile(
    rf"^(?:[{HAN}]{{1,10}}?[省市区县镇乡旗])?(?:部门|单位|预算|本级|财政|年度|重点|专项|一级|二级|该|本|各|全部|部分|所有|若干|多个|\d+|其他|支出|绩效|评价|和|及|的|等|类|个|"
    r"政府采购|一般公共预算|政府性基金(?:预算)?)*(?:项目|经费|资金|专项资金|专项|工程)$|"
    r"^.*(?:类|等[\d一二三四五六七八九十几多]*[个项类]?)(?:项目|经费|资金)$"
)
_QUOTED = re.compile(r"[“\"]([^“”\"。；]{3,40}?)[”\"](项目|专项资金|经费)?")
_PROJECT_END = re.compile(r"(?:项目|经费|专项资金|资金|工程)(?:[(（][^()（）]{1,12}[)）])?$")
_RUN_PROJECT = re.compile(
    rf"(?:实施|开展|设立)([A-Za-z\d]{{0,8}}[{HAN}“”（）()]{{4,30}}?(?:项目|工程))(?=[。，；])"
)
# 自2020年起实施家庭无障碍改造，经费主要用于…: a project by what is done.
_DONE_SINCE = re.compile(
    rf"自20\d\d年(?:\d+月)?起(?:组织)?(?:实施|开展)([{HAN}“”]{{4,30}})(?=，(?:项目)?(?:经费|资金)主要用于)"
)
_USED_FOR = re.compile(
    rf"(?:^|[\n，。；])([{HAN}“”（）()]{{4,30}}?(?:项目|经费|资金))(?:主要用于|主要内容|属于|资金来源|由(?:我|本)[局委办厅院校馆站所处中心单位部门]{{1,2}}(?:组织)?实施)"
)


_WORKING_GROUP = re.compile(
    r"(?:(?:项目|预算|财政|部门)?(?:支出)?(?:绩效)?(?:自评|评价|自我评价|考核)?(?:工作|领导|专项)*(?:小组|工作组|项目组|评价组|"
    r"自评组|课题组|专班))$"
)
_STAMP = re.compile(r"[(（](?:盖章|公章|签章|章|全称)[)）]|[(（](?:以下)?简称.{1,24}[)）]$")
_FIRM = re.compile(r"事务所|会计师|咨询|评估|有限公司$|有限责任公司$")
_ASIDE = re.compile(r"[(（][^()（）]*(?:简称|名为|原名|更名|曾用名|又名|下称|统称)[^()（）]*[)）]$")
_SUBTITLE_PROJECT = re.compile(
    r"[(（]([^()（）]{2,58}(?:项目|经费|资金|工程|专项|补助|补贴))[)）]$"
)


_LETTERHEAD = re.compile(rf"([{HAN}]{{2,30}}?(?:{UNIT_END}))文件(?=\s*[^\s〔]{{1,12}}〔20\d\d〕)")
_SPELT_OUT = {
    "委": "委员会",
    "办": "办公室",
    "院": "院",
    "府": "政府",
    "会": "委员会",
    "联": "联合会",
}


class Named(NamedTuple):
    """A name and its place in the text it was found in."""

    name: str
    start: int
    end: int


def unit_in_title(title: str) -> str:
    """The unit that a report's title names, or "".

    The longest name that ends like a unit and is followed by what titles go on with.
    """
    text = tidy(title)
    head = _YEAR_HEAD.match(text)
    rest = text[head.end() :] if head else text
    best = ""
    found = _UNIT_IN_TITLE.match(rest)
    while found:
        best = found.group()
        longer = re.compile(
            rf"^.{{{len(best) + 1},40}}?(?:{_TITLE_UNIT_END})"
            rf"(?={_BRACKETED}(?:{_TITLE_REST}))"
        )
        found = longer.match(rest)
        if found and not re.fullmatch(rf"[{HAN}()（）、]+", found.group()):
            break
        if found and re.search(r"项目|绩效|支出|专项", found.group()[len(best) :]):
            break
    if not best:
        plain = _UNIT_BEFORE_PROJECT.match(rest)
        best = plain.group() if plain else ""
    return best


def unit_of_letterhead(lines: str) -> str:
    """The unit whose 文件 a title's lines open with: 某区水利局文件 云水〔2024〕5号."""
    found = _LETTERHEAD.match(tidy(lines))
    return found[1] if found else ""


def unit_behind_title(title: str) -> str:
    """The unit behind a dash at the end of a title: 河道保洁项目绩效自评报告——某区水利局."""
    behind = re.split("[—－-]{1,2}", tidy(title))[-1]
    found = unit_in_title(behind) if behind != tidy(title) else ""
    return found if found == behind else ""


def plain_unit(name: str) -> str:
    """A unit's name without the working group that it formed, a stamp or an abbreviation."""
    bare = _STAMP.sub("", tidy(name)).strip()
    return _WORKING_GROUP.sub("", bare) or bare


def is_firm(name: str) -> bool:
    """True for accountants, consultants and companies: they write reports, none is about them."""
    return _FIRM.search(name) is not None


def is_short_for(short: str, full: str) -> bool:
    """True when `full` spells out `short`: 乙区委政法委, 中共甲市乙区委政法委员会."""
    rest = iter(full)
    if len(short) >= len(full) or not all(char in rest for char in short):
        return False
    return full.endswith((_SPELT_OUT.get(short[-1], short[-1]), short[-1]))


def without_aside(name: str) -> str:
    """A project's name without 以下简称… or an earlier name in brackets at its end."""
    return _ASIDE.sub("", name).strip() or name


def project_in_title(title: str, unit: str) -> str:
    """The project that a report's title names, or "" where it only says 重点项目."""
    text = tidy(title)
    if unit and unit in text:
        before, _, behind = text.partition(unit)
        text = behind or before
    text = re.sub(rf"^[{HAN}]{{1,10}}[省市区县镇乡](?=20\d\d|项目支出|部门|单位|整体)", "", text)
    text = _YEAR_HEAD.sub("", text, count=1)
    text = re.sub(r"^(?:部门|单位)(?=重点|项目|绩效|整体|评价)", "", text)
    for found in (_PROJECT_IN_TITLE.match(text), _SUBTITLE_PROJECT.search(text)):
        if found and not _GENERIC.match(compact(found.group(1))):
            return without_aside(found.group(1))
    return ""


def project_of_line(line: str) -> str:
    """The project that a line is, with its place and years and no more; "" for any other line."""
    found = _PROJECT_LINE.fullmatch(tidy(line))
    return "" if found is None or _GENERIC.match(compact(found["name"])) else found["name"]


def is_generic_project(name: str) -> bool:
    """True for what is called a project without being one by name: 重点项目, 专项资金."""
    return _GENERIC.match(name) is not None


# 农民工工资支付保障监管项目由某局具体实施, where a sentence opens.
_CARRIED_OUT = re.compile(
    rf"(?:^|[\n。])([{HAN}]{{4,30}}(?:项目|专项资金|专项经费))由[{HAN}（）()“”\"以下简称、]{{3,60}}?(?:组织|具体|负责|牵头)*实施"
)


def project_in_text(text: str, title: str = "") -> Named | None:
    """The project that a text speaks of most: in quotation marks, else by what is carried out.

    Where the report has a title, one mention in quotation marks is enough only of its words.
    """
    quoted: Counter[str] = Counter()
    places: dict[str, Named] = {}
    for found in _QUOTED.finditer(text):
        end = found.end(2) if found.group(2) else found.end(1)
        name = tidy(found.group(1))
        if not (_PROJECT_END.search(name) or found.group(2)) or _GENERIC.match(compact(name)):
            continue
        if found.group(2):
            name = f"“{name}”{found.group(2)}"
        quoted[name] += 1
        start = found.start() if found.group(2) else found.start(1)
        places.setdefault(name, Named(name, start, end))
    if quoted and max(quoted.values()) >= 2:
        return places[quoted.most_common(1)[0][0]]
    for pattern in (_RUN_PROJECT, _USED_FOR, _DONE_SINCE, _CARRIED_OUT):
        for found in pattern.finditer(text):
            name = tidy(found.group(1))
            if not _GENERIC.match(compact(name)):
                return Named(name, found.start(1), found.end(1))
    once = quoted.most_common(1)[0][0] if quoted else ""
    return places[once] if once and (not title or once.strip("“”") in tidy(title)) else None


def place_in_text(text: str, level: str = "") -> str:
    """The place that the text names most, city and district together where both stand.

    `level` is that of a unit without its place (区 of 区教育局): the only place of it need be named
    twice only.
    """
    pairs: Counter[str] = Counter()
    for found in _PLACE_PAIR.finditer(text):
        if not _NO_PLACE.search(found.group(2)) and not _NO_PLACE.search(found.group(1)):
            pairs[found.group(1) + found.group(2)] += 1
    if pairs:
        return _longest_common(pairs)
    singles: Counter[str] = Counter()
    for found in _PLACE.finditer(text):
        if not _NO_PLACE.search(found.group(1)):
            singles[found.group(1)] += 1
    if singles and max(singles.values()) >= 3:
        return _longest_common(singles)
    alike = [
        name
        for name, count in singles.items()
        if level and name.endswith(level) and len(name) == _USUAL and count >= _TWICE
    ]
    return alike[0] if len(alike) == 1 else ""


_TWICE, _USUAL = 2, 3  # mentions; characters of a district's name with its 区


def _longest_common(counts: Counter[str]) -> str:
    """The commonest name, with the characters before it that nearly always stand there too."""
    name, count = max(counts.items(), key=lambda item: (item[1], -len(item[0])))
    longer = [
        other for other, times in counts.items() if other.endswith(name) and times >= 0.8 * count
    ]
    return max(longer, key=len)


# 省级补助资金和市级财政资金三部(分): money, and no body.
_OF_MONEY = re.compile("资金|补助|经费|拨款|[两三四五]部$")


def short_unit_in_text(text: str, local: bool = False) -> Named | None:
    """The unit that the text speaks of most by its short name (区民政局).

    Of a `local` report it is none of the state's or a province's, which only grant money to it;
    a finance office is taken only where no other unit is named.
    """
    counts: Counter[str] = Counter()
    places: dict[str, Named] = {}
    for found in _SHORT_UNIT.finditer(text):
        name = tidy(found.group(1))
        if (local and name[0] == "省") or _OF_MONEY.search(name):
            continue
        counts[name] += 1
        places.setdefault(name, Named(name, found.start(1), found.end(1)))
    others = {name: n for name, n in counts.items() if not re.search("财政(?:局|厅|部)$", name)}
    counts = Counter(others) or counts
    if not counts:
        return None
    return places[counts.most_common(1)[0][0]]


_NO_NAME_OF_PLACE = re.compile("[局委厅院办会对由和与及受经向被将给报从在据按把]")


def with_its_place(text: str, bare: str) -> str:
    """``县交通局`` as the text names it with its place (``砚溪县交通局``); as it is where it does not."""
    found = re.findall(rf"(?<![{HAN}])(?:年度?)?([{HAN}]{{2,8}}?){re.escape(bare)}", text)
    places = Counter(
        place
        for place in found
        if not _NO_PLACE.search(place) and not _NO_NAME_OF_PLACE.search(place)
    )
    return places.most_common(1)[0][0] + bare if places else bare


_PLACE_HEAD = re.compile(rf"(?:关于)?(?:20\d\d年度?)?([{HAN}]{{1,6}}?[市县区])(?![级直])")


def is_local(title: str) -> bool:
    """True when a report's title opens with a city, county or district."""
    return bool(place_in_title(title))


def place_in_title(title: str) -> str:
    """The city, county or district that a report's title opens with, or ""."""
    found = _PLACE_HEAD.match(tidy(title))
    return found[1] if found else ""


_SHORT_PROVINCE = (
    "北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|"
    "贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆"
)
_REPORTED_PLACE = re.compile(
    rf"(?:关于)?(?:20\d\d年度?)?(?P<place>(?:[{HAN}]{{2,6}}?(?:省|自治区|市|州|盟|地区))?"
    rf"(?:[{HAN}]{{1,6}}?[市县区旗州镇乡]|[{HAN}]{{2,4}}?省|[{HAN}]{{2,8}}?自治[区州县])|{_SHORT_PROVINCE})"
    r"(?P<whole>本级|市级|县级|区级|省级|州级|全[省市区县州镇乡])?"
    r"(?=20\d\d|三公|“三公|一般公共|部门|行政事业|预算单位|财政|专项|中央|省级|转移支付|公布|公开|发布|\d+个)"
)
_ANY_PLACE = re.compile(r"^(?:全|各|本|我|该|两)|(?:社|园|校|景|片|辖|库|灾|牧|林)区$|城市$|地区$")
_OF_ALL_ITS_BODIES = re.compile(r"三公|转移支付|\d+个|汇总|全[省市区县州镇乡]|行政事业单位")


def place_reported_on(title: str) -> str:
    """The place that a report is of where its title names no body: 某县2022年“三公”经费决算情况, or ""."""
    return _named_place(_REPORTED_PLACE.match(tidy(title)))


def place_of_all_bodies(title: str) -> str:
    """The place whose bodies' sums a title announces (某县2022年“三公”经费决算汇总), or ""."""
    plain = tidy(title)
    found = _REPORTED_PLACE.match(plain)
    summed = found and (found["whole"] or _OF_ALL_ITS_BODIES.search(plain))
    return _named_place(found) if summed else ""


def _named_place(found: re.Match[str] | None) -> str:
    """The place of a title that names one: 某区 and 全市 do not."""
    return found["place"] if found and not _ANY_PLACE.search(found["place"]) else ""


def place_of_level(title: str, level: str) -> str:
    """The place down to a 区 or 县 that a report's title opens with: 甲市乙区 of 甲市乙区2022年…"""
    found = re.match(
        rf"(?:关于)?(?:20\d\d年度?)?((?:[{HAN}]{{1,6}}?[市州])?[{HAN}]{{1,5}}?{level})(?![级直])",
        tidy(title),
    )
    return found[1] if found else ""


_PROVINCE_HEAD = re.compile(rf"(?:关于)?(?:20\d\d年度?)?([{HAN}]{{2,4}}?省)(?![级直])")


def province_in_title(title: str) -> str:
    """The province that a report's title opens with, or ""."""
    found = _PROVINCE_HEAD.match(tidy(title))
    return found[1] if found else ""


def full_unit(short: str, place: str) -> str:
    """``区民政局`` of ``甲市乙区`` is ``甲市乙区民政局``; unchanged where they do not fit."""
    level = short[0]
    if not place or level not in "市区县州":
        return short
    if place.endswith(level):
        return place + short[1:]
    end = place.find(level)
    return place[: end + 1] + short[1:] if end > 0 else short
