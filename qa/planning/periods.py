"""The years that a question asks about, told from those it only compares with or that names carry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

Span = tuple[int, int]

_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_COUNTS = dict(zip("两二三四五六七八九十", (2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_COUNTS_EN = {"two": 2, "three": 3, "four": 4, "five": 5}
_UNIT = r"[\d.]|\s*(?:分|万|亿|元|个|人|条|次|户|件|宗|座|台|辆|名|项|家|平方|%|％|号)"
_FULL = rf"(?<![\d.,])(?:19|20)\d\d(?!{_UNIT})"
_TO = r"\s*(?:[-—–―－~～至到]+|\bto\b|\bthrough\b)\s*"
_RANGES = (
    re.compile(
        rf"(?:从|from\s+)?(?P<a>{_FULL})\s*(?:年度?)?{_TO}(?P<b>{_FULL})\s*(?:年度?)?", re.I
    ),
    re.compile(rf"between\s+(?P<a>{_FULL})\s+and\s+(?P<b>{_FULL})", re.I),
    re.compile(r"(?<!\d)(?P<a>(?:19|20)\d\d)\s*[-—–－~～/]\s*(?P<b>\d\d)(?!\d)\s*年?"),
    re.compile(r"(?<!\d)(?P<a>[012]\d)\s*年?\s*[-—–－~～至到]\s*(?P<b>[012]\d)\s*年"),
)
_SINCE = re.compile(
    rf"(?P<a>{_FULL})\s*年?(?:以来|至今|以后|起(?!诉|草|来))|since\s+(?P<b>{_FULL})", re.I
)
# 年末结转 is another line than 年初结转; 2023年末 before other things is the year.
_STOCK = r"[末底][^,，。?？]{0,30}(?:结转|结余|余额|存量|欠)"
_YEAR = re.compile(
    rf"(?:FY\s?)?(?P<y>{_FULL})\s*(?:年(?!初(?![中级等创步高])|{_STOCK})[末底]?度?|财年)?", re.I
)
_SHORT = re.compile(
    r"(?<![A-Za-z\d.近限满达约每足过])(?<![^一二三四五六七八九十\d]期)(?P<y>[0123]\d)\s*年(?!以|期|前|后|内|多|间|左右|限|级|均)"
    rf"(?:(?!初|{_STOCK})[末底])?度?"
    r"|[’'‘](?P<q>[0123]\d)(?!\d)|\bFY\s?['’]?(?P<f>\d\d)\b",
    re.I,
)
_SHORTS = re.compile(
    r"(?<![\d.])[0123]\d(?:\s*[、,，和]\s*[0123]\d)+\s*(?:年(?!以|期|前|后|内|多|间|左右|限|级)度?|三年|四年|两年)"
)
_HAN = re.compile(
    r"(?P<y>[二一][〇○零九][〇○零一二三四五六七八九]{2})(?:年度?)?"
    r"|(?<![〇○零一二三四五六七八九十])(?P<s>[一二][〇零一二三四五六七八九])年度?"
)
_BEFORE_BASIS = re.compile(
    r"(?:比|较|与|同|跟|和|对比|相对|相比|相较|环比|超过|高于|低于|不如|多于|少于"
    r"|\bvs\.?|\bthan|\bfrom|\bover|\bcompared (?:with|to)|\bversus|\bagainst)\s*(?:于|the\s+)?$",
    re.I,
)
_JOINED = re.compile(r"(?:与|同|跟|和|\band)\s*$")
_LISTED = re.compile(r"\s*(?:和|与|及|以及|、|,|\band\b)\s*")
_COMPARES = re.compile(r"[^,，。?？]{0,12}(?:相比|比较|比|相较)")
_CHANGES = re.compile(
    r"\s*(?:的)?(?:同期|决算数?|年?末|年?底|水平|那年)?\s*(?:相比|增|减|多|少|高|低|大|小|下降|上升|涨|跌|升|降|提高"
    r"|有|是|怎|如何|变|持平|[,，。?？!！;；]|$)"
)
_RELATIVES = (
    (re.compile(r"前年|上上年"), -2),
    (
        re.compile(
            r"(?:再?往前一|再往前推一|往前推一|上一|去|前一|上)年度?(?!结转|末结转|结余)|上一个?年度"
            r"|\blast year|(?:\bthe\s+)?\b(?:previous|prior|preceding) year|(?:\bthe\s+)?\byear before",
            re.I,
        ),
        -1,
    ),
    (
        re.compile(
            r"次年|下一?年度?|后一年|第二年|转年|再往后一年|\b(?:following|next) year", re.I
        ),
        1,
    ),
    (
        re.compile(
            r"今年|本年度(?!收入|支出|预算|决算)|当年(?!收入|支出|预算|决算|财政)|同年|同一年|那一?年(?!来)"
            r"|\bthis year\b(?!['’])|\bthe same year|\bthat year",
            re.I,
        ),
        0,
    ),
)
_IS_BASIS = re.compile(r"\s*(?:相比|比较|同期|决算数?相|比|的?基础上)")
_RECENT = re.compile(
    r"(?:近|最近|过去|前|这|连续|头)(?P<n>[两二三四五六七八九十\d]{1,2})个?年(?:来|间|度)?"
    r"|(?:\bthe\s+)?\b(?:last|past|recent|these)\s+(?P<m>two|three|four|five|\d)\s+years",
    re.I,
)
_OPEN = re.compile(
    r"两年|两个年度|各年|历年|逐年|每年|每一年|哪一?年|\bboth years|\beach year|\bwhich year"
    r"|\bevery year|\bover the years|\byear by year",
    re.I,
)
_NOT_PERIOD = re.compile(
    r"〔[^〕]*〕|\[(?:19|20)\d\d\]\s*\d+号|[(（](?:19|20)\d\d[)）]\s*\d+号|\d{6,}|《[^》]*》"
    r"|(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?=印发|发布|施行)"
)
_QUOTED = re.compile(r"[“「『]([^”」』]{4,60})[”」』]|\"([^\"]{4,60})\"")
_EACH = re.compile(r"各|每|分别|逐|历|哪|变化|增|减|趋势|平均|\beach\b|\bevery\b", re.I)
_IN_BRACKETS = re.compile(r"(?<=[\u4e00-\u9fff”])[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class Periods:
    """The years asked for, in the question's order (ranges filled in).

    Attributes:
        years: four-digit years; empty when the question leaves the period open.
        text_spans: where the periods stand in the question.
        relative: a year is named by another one (去年, 比上年), asked for or not.
        range: the years came from a range or a number of years (2021—2023年, 近三年).
        basis: years that are only compared with (比2022年, 比上年), four digits.
        open_range: a word for several years without naming them (历年, 哪一年).
    """

    years: tuple[str, ...] = ()
    text_spans: tuple[Span, ...] = ()
    relative: bool = False
    range: bool = False
    basis: tuple[str, ...] = ()
    open_range: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    span: Span
    years: tuple[str, ...]
    basis: bool = False
    spread: bool = False


def find_periods(
    question: str,
    *,
    known: Sequence[str],
    inherited: Sequence[str] = (),
    names_spans: Sequence[Span] = (),
) -> Periods:
    """Find the years that a question asks about.

    Args:
        known: years that the library has; 近三年 counts back from the latest of them, 去年 from it
            where neither the question nor `inherited` names a year.
        inherited: years of the question before, for 去年 and the like in a follow-up.
        names_spans: places of names of projects and reports; years in them are no periods, unless
            the question has no other.

    Returns:
        The periods; a year that the library lacks is returned all the same, so that the caller can
        say so.
    """
    blocked = _blocked(question)
    absolute = _absolute(question, [*blocked, *names_spans], known)
    if names_spans and not any(not mention.basis for mention in absolute):
        absolute = _absolute(question, blocked, known)
    named = [year for mention in absolute if not mention.basis for year in mention.years]
    anchor = (named[-1] if named else "") or _latest(inherited) or _latest(known)
    taken = [*blocked, *names_spans, *(mention.span for mention in absolute)]
    recent = list(_recent(question, _latest(known) or anchor, bool(named or inherited), taken))
    taken += [mention.span for mention in recent]
    relative = list(_relative(question, anchor, bool(named), bool(named or inherited), taken))
    starts = {mention.span[0] for mention in relative if mention.years and not mention.basis}
    absolute = [m for m in absolute if not _anchors(question, m, starts)]
    found = sorted([*absolute, *recent, *relative], key=lambda mention: mention.span)
    found = _told(question, found)
    asked = [mention for mention in found if mention.years and not mention.basis]
    return Periods(
        years=tuple(dict.fromkeys(year for mention in asked for year in mention.years)),
        text_spans=tuple(mention.span for mention in asked),
        relative=bool(relative),
        range=any(mention.spread for mention in asked),
        basis=tuple(dict.fromkeys(y for mention in found if mention.basis for y in mention.years)),
        open_range=bool(_OPEN.search(question)),
    )


_REPORT_OF = re.compile(r"(?:按照?|根据|依据?|据|照|从|翻开|看)(?:[^,，。;；?？]{0,30})$")
_IS_REPORT = re.compile(
    r"\s*(?:的)?(?:部门)?(?:决算|预算|自评|评价|绩效)?(?:公开|评价)?(?:报告|说明|报表|表|所列|所述|情况说明)"
)
_ASKS = re.compile(r"多少|几(?!乎)|什么|啥|哪|谁|何|吗|是否|怎|如何|呢|\?|？|how|what|which", re.I)


# 2023年事业收入的上年数是多少: of the year before alone.
_LAST_OF = re.compile(
    rf"(?P<year>{_FULL}|(?<!\d)[0123]\d(?=年))年?度?[^,，。;；?？和与及比较、]{{1,20}}?的?(?:上年|上一年|去年)度?(?:同期|决算|执行)?数(?!比)"
    r"(?:是|为|有)?(?:多少|几)"
)


def year_before_asked(question: str) -> bool:
    """``2023年收入的上年数是多少``: the year that is named is not the one asked for."""
    return bool(_LAST_OF.search(question))


def _told(question: str, found: list[_Mention]) -> list[_Mention]:
    """Without years that only say where another asked year is told of.

    按2023年决算说明，上年是多少 and 2023年减了0.64万，上年是多少 ask for the year before alone, and
    so does 2023年收入的上年数.
    """
    last = _LAST_OF.search(question)
    if last:
        found = [m for m in found if m.span[0] not in range(*last.span("year"))] or found
    asked = [m for m in found if m.years and not m.basis]
    ends = [match.start() for match in re.finditer(r"[,，。;；]", question)]

    def clause(mention: _Mention) -> int:
        return sum(end <= mention.span[0] for end in ends)

    def source(mention: _Mention) -> bool:
        before, after = question[: mention.span[0]], question[mention.span[1] :]
        return bool(_REPORT_OF.search(before) and _IS_REPORT.match(after))

    bounds = [0, *ends, len(question)]
    asking = {
        number
        for number in range(len(ends) + 1)
        if _ASKS.search(question[bounds[number] : bounds[number + 1]])
    }
    kept = [m for m in asked if not source(m) and clause(m) in asking]
    beyond = {year for m in kept for year in m.years}
    return [
        m
        for m in found
        if m not in asked
        or m in kept
        or not kept
        or m.spread
        or not beyond - set(m.years)
        or not (source(m) or _states_number(question, bounds, clause(m)))
    ]


def _states_number(question: str, bounds: Sequence[int], clause: int) -> bool:
    """Whether a clause tells a figure (减了0.64万) instead of asking for one."""
    text = question[bounds[clause] : bounds[clause + 1]]
    return bool(re.search(r"\d+(?:\.\d+)?\s*(?:万|亿|元|%|％|个|人|分)", text))


def _latest(years: Sequence[str]) -> str:
    return max((year for year in years if re.fullmatch(r"\d{4}", year)), default="")


def _blocked(question: str) -> list[Span]:
    """Numbers of documents, codes, titles, and quoted names with a year in them."""
    spans = [match.span() for match in _NOT_PERIOD.finditer(question)]
    spans += [
        match.span()
        for match in _QUOTED.finditer(question)
        if re.search(r"[\u4e00-\u9fff]{3}", match.group())
    ]
    return spans


def _free(span: Span, taken: Sequence[Span]) -> bool:
    return not any(low < span[1] and span[0] < high for low, high in taken)


def _absolute(question: str, blocked: Sequence[Span], known: Sequence[str]) -> list[_Mention]:
    taken = list(blocked)
    found: list[_Mention] = []
    for mention in _candidates(question, known):
        if mention.years and _free(mention.span, taken):
            taken.append(mention.span)
            found.append(mention)
    return _settled(_without_qualifiers(question, found), question)


def _candidates(question: str, known: Sequence[str]) -> Iterator[_Mention]:
    """Readings of years, those that claim more text first."""
    for pattern in _RANGES:
        for match in pattern.finditer(question):
            yield _Mention(match.span(), _filled(match.group("a"), match.group("b")), spread=True)
    latest = _latest(known)
    for match in _SINCE.finditer(question):
        first = match.group("a") or match.group("b")
        yield _Mention(match.span(), _filled(first, latest) if latest else (), spread=True)
    for match in _YEAR.finditer(question):
        yield _Mention(match.span(), (match.group("y"),))
    for match in _SHORTS.finditer(question):
        years = tuple(f"20{digits}" for digits in re.findall(r"\d\d", match.group()))
        if all(_plausible(year, known) for year in years):
            yield _Mention(match.span(), years, spread=True)
    for match in _SHORT.finditer(question):
        year = "20" + (match.group("y") or match.group("q") or match.group("f"))
        # 10年来 is a span of time; 23年来访 is not, where the library knows 2023.
        known_year = year in known or not question[match.end() :].startswith("来")
        yield _Mention(match.span(), (year,) if known_year and _plausible(year, known) else ())
    for match in _HAN.finditer(question):
        digits = "".join(_DIGITS[char] for char in match.group("y") or match.group("s"))
        year = digits if len(digits) == 4 else f"20{digits}"
        sure = match.group("y") or _plausible(year, known)
        yield _Mention(match.span(), (year,) if sure and "1950" <= year <= "2099" else ())


def _plausible(year: str, known: Sequence[str]) -> bool:
    """Whether two digits are a year and no duration: near the years of the library."""
    years = [int(y) for y in known if re.fullmatch(r"\d{4}", y)] or [2020]
    return min(years) - 8 <= int(year) <= max(years) + 8


def _filled(first: str, last: str) -> tuple[str, ...]:
    """All years of a range; empty for what is no range of years."""
    first = first if len(first) == 4 else f"20{first}"
    last = last if len(last) == 4 else first[:2] + last
    low, high = int(first), int(last)
    return tuple(str(year) for year in range(low, high + 1)) if low < high <= low + 30 else ()


def _without_qualifiers(question: str, found: list[_Mention]) -> list[_Mention]:
    """Drop a range in brackets behind a name (…维护项目（2021-2022年度）) beside other years."""
    brackets = [match.span() for match in _IN_BRACKETS.finditer(question)]
    inside = [m for m in found if m.spread and not _free(m.span, brackets)]
    alone = len(inside) == len(found) and bool(_EACH.search(question))
    return found if alone else [m for m in found if m not in inside]


def _settled(found: list[_Mention], question: str) -> list[_Mention]:
    """Tell years that are only compared with (比2022年增长) from those asked."""
    found = sorted(found, key=lambda mention: mention.span)
    marks = [not m.spread and bool(_BEFORE_BASIS.search(question[: m.span[0]])) for m in found]
    others = any(not mark for mark in marks)
    settled: list[_Mention] = []
    for mention, mark in zip(found, marks, strict=True):
        listed = settled and _LISTED.fullmatch(question, settled[-1].span[1], mention.span[0])
        follows = bool(listed) and settled[-1].basis
        basis = follows or (mark and _is_basis(question, mention, others))
        settled.append(replace(mention, basis=basis))
    if len(settled) > 1 and all(mention.basis for mention in settled):
        settled[-1] = replace(settled[-1], basis=False)  # 和2022年相比2023年怎样
    return settled


def _is_basis(question: str, mention: _Mention, others: bool) -> bool:
    before, after = question[: mention.span[0]], question[mention.span[1] :]
    if _JOINED.search(before):  # 和 and 与 join years that are both asked, unless 相比 follows
        return bool(_COMPARES.match(after))
    return others or bool(_CHANGES.match(after))


def _recent(
    question: str, latest: str, anchored: bool, taken: Sequence[Span]
) -> Iterator[_Mention]:
    """近三年 and the like; 这两年 takes up years that were named before."""
    for match in _RECENT.finditer(question):
        text = match.group("n") or match.group("m")
        count = int(text) if text.isdigit() else _COUNTS_EN.get(text.lower(), _COUNTS.get(text, 0))
        if not latest or not 1 < count <= 20 or not _free(match.span(), taken):
            continue
        if match.group().startswith("这") and anchored:
            continue
        years = tuple(str(int(latest) - back) for back in reversed(range(count)))
        yield _Mention(match.span(), years, spread=True)


def _relative(
    question: str, anchor: str, named: bool, anchored: bool, taken: Sequence[Span]
) -> Iterator[_Mention]:
    """Years named by another one; without years of their own where they add none."""
    claimed = list(taken)
    for pattern, shift in _RELATIVES:
        for match in pattern.finditer(question):
            if not _free(match.span(), claimed):
                continue
            claimed.append(match.span())
            stated = re.match(r"\s*[(（]\s*(?:19|20)\d\d", question[match.end() :])
            aside = named and "往前" in match.group()
            if (
                not anchor
                or stated
                or aside
                or (shift == 0 and named)
                or (shift > 0 and not anchored)
            ):
                yield _Mention(match.span(), ())
                continue
            compared = _BEFORE_BASIS.search(question[: match.start()])
            joined = _JOINED.search(question[: match.start()])
            after = question[match.end() :]
            basis = bool(compared and not (joined and not _COMPARES.match(after)))
            basis = basis or bool(_IS_BASIS.match(after))
            yield _Mention(match.span(), (str(int(anchor) + shift),), basis=basis)


def _anchors(question: str, mention: _Mention, starts: set[int]) -> bool:
    """Whether a year only says what 上一年 right behind it counts from (2023年的上一年)."""
    gap = re.match(r"的?", question[mention.span[1] :])
    return not mention.spread and mention.span[1] + (gap.end() if gap else 0) in starts
