"""The years that a question asks about, told from those it only compares with or that names carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_COUNTS = {
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_DASH = r"\s*(?:[-—–―－~～至到]|--|——|to|through|and)\s*"
_FULL = r"(?:(?<![\d.])(?:19|20)\d\d(?![\d.]))"
_RANGE = re.compile(
    rf"(?:从|between\s+|from\s+)?(?P<a>(?:19|20)\d\d)\s*(?:年度?)?(?:{_DASH})(?P<b>(?:19|20)\d\d)(?!\d)\s*(?:年度?)?"
    rf"|(?<!\d)(?P<c>(?:19|20)\d\d)\s*[-—–－~～/]\s*(?P<d>\d\d)(?!\d)\s*年?"
    rf"|(?<!\d)(?P<e>[012]\d)\s*年?\s*[-—–－~～至到]\s*(?P<f>[012]\d)\s*年",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?:(?<![\d.])|(?<=[’'‘]))(?P<y>[012]\d)\s*年(?!以|期|前|后|内|多|间|左右|限|级)(?:度)?|[’'‘](?P<q>[012]\d)(?!\d)"
)
_HAN = re.compile(
    r"(?P<y>[二一][〇○零九][〇○零一二三四五六七八九]{2})年?(?:度)?|(?P<s>[〇零一二][〇零一二三四五六七八九])年(?:度)?"
)
_YEAR = re.compile(rf"(?:FY\s?)?(?P<y>{_FULL})\s*(?:年度?|财年|决算年度)?", re.IGNORECASE)
_FY_SHORT = re.compile(r"\bFY\s?['’]?(?P<y>\d\d)\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?:比|较|与|同|跟|和|对比|相对|相比|环比|超过|高于|低于|不如|vs\.?|than|from|over|compared (?:with|to)|versus|against)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"上一年度?|上年度?|去年度?|前一年度?|上一个?年度|last year|(?:the\s+)?(?:previous|prior|preceding) year|(?:the\s+)?year before",
    re.IGNORECASE,
)
_BEFORE_LAST = re.compile(r"前年|上上年")
_THIS = re.compile(
    r"今年|本年度(?!收入|支出|预算|决算)|当年|this year|the same year|that year|同年", re.IGNORECASE
)
_NEXT = re.compile(
    r"次年|下一?年度?|后一年|第二年|(?:the\s+)?(?:following|next) year", re.IGNORECASE
)
_RECENT = re.compile(
    r"(?:近|最近|过去|前|这|连续)(?P<n>[两二三四五六七八九十\d]{1,2})(?:个)?年(?:来|间|度)?|(?:the\s+)?(?:last|past|recent|these)\s+(?P<m>two|three|four|five|\d)\s+years",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"两年|两个年度|各年|历年|逐年|每年|每一年|哪一?年|both years|each year|which year|every year|over the years|year by year",
    re.IGNORECASE,
)
_EN_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
_NOT_PERIOD = re.compile(
    r"〔[^〕]*〕|\[(?:19|20)\d\d\]\s*\d+号|\d{6,}|(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:印发|发布)"
)
_DOCUMENT = re.compile(r"《[^》]*》")
_QUOTED = re.compile(r"[“「『]([^”」』]{4,60})[”」』]|\"([^\"]{4,60})\"")


@dataclass(frozen=True, slots=True)
class Periods:
    """The years asked for, in the question's order (ranges filled in).

    Attributes:
        years: four-digit years; empty when the question leaves the period open.
        text_spans: where the periods stand in the question.
        relative: another year is named only as a basis (比上年), or was worked out from one.
        range: the years came from a range or a number of years (2021—2023年, 近三年).
        basis: years that are only compared with (比2022年), four digits.
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
        known: years that the library has; 近三年 counts back from the latest of them.
        inherited: years of the question before, for 去年 and the like in a follow-up.
        names_spans: places of names of projects and reports; years in them are no periods, unless
            the question has no other year: then the leading year of such a name counts.

    Returns:
        The periods; a year that the library lacks is returned all the same, so that the caller can
        say so.
    """
    blocked = _blocked(question)
    mentions = _absolute(question, blocked + list(names_spans))
    if names_spans and not any(not mention.basis for mention in mentions):
        mentions = _absolute(question, blocked)
    blocked += names_spans
    named = [year for m in mentions if not m.basis for year in m.years]
    anchor = named[-1] if named else _latest(inherited) or _latest(known)
    relative, used = _relative(question, anchor, bool(named or inherited), blocked, known)
    mentions += relative
    mentions.sort(key=lambda mention: mention.span)
    asked = [m for m in mentions if not m.basis]
    return Periods(
        years=tuple(dict.fromkeys(year for m in asked for year in m.years)),
        text_spans=tuple(m.span for m in asked),
        relative=used,
        range=any(m.spread for m in asked),
        basis=tuple(dict.fromkeys(year for m in mentions if m.basis for year in m.years)),
        open_range=bool(_BOTH.search(question)),
    )


def _latest(years: Sequence[str]) -> str:
    return max((year for year in years if re.fullmatch(r"\d{4}", year)), default="")


def _blocked(question: str) -> list[Span]:
    spans = [m.span() for p in (_NOT_PERIOD, _DOCUMENT) for m in p.finditer(question)]
    for match in _QUOTED.finditer(question):
        if re.search(r"[\u4e00-\u9fff]{3}", match.group()) or _RANGE.search(match.group()):
            spans.append(match.span())
    return spans


def _free(span: Span, blocked: Sequence[Span]) -> bool:
    return not any(low < span[1] and span[0] < high for low, high in blocked)


def _absolute(question: str, blocked: Sequence[Span]) -> list[_Mention]:
    found: list[_Mention] = []
    taken = list(blocked)

    def add(span: Span, years: tuple[str, ...], spread: bool = False) -> None:
        if years and _free(span, taken):
            taken.append(span)
            basis = bool(_COMPARED.search(question[: span[0]])) and not spread
            found.append(_Mention(span, years, basis, spread))

    for match in _RANGE.finditer(question):
        low, high = _bounds(match)
        if low and _is_range(question, match):
            add(match.span(), tuple(str(y) for y in range(low, high + 1)), spread=True)
    for match in _YEAR.finditer(question):
        add(match.span(), (match.group("y"),))
    for pattern in (_FY_SHORT, _SHORT):
        for match in pattern.finditer(question):
            digits = next(group for group in match.groups() if group)
            add(match.span(), (f"20{digits}",))
    for match in _HAN.finditer(question):
        digits = "".join(_DIGITS.get(char, "") for char in match.group("y") or match.group("s"))
        year = digits if len(digits) == 4 else f"20{digits}"
        add(match.span(), (year,) if "1990" <= year <= "2099" else ())
    return _settle_basis(sorted(found, key=lambda m: m.span), question)


def _is_range(question: str, match: re.Match[str]) -> bool:
    """`between 2021 and 2023` is a range, `in 2021 and 2023` are two years."""
    if not re.search(r"\band\b", match.group(), re.IGNORECASE):
        return True
    return "between" in match.group().lower() or "from" in match.group().lower()


def _bounds(match: re.Match[str]) -> tuple[int, int]:
    groups = match.groupdict()
    if groups["a"]:
        low, high = int(groups["a"]), int(groups["b"])
    elif groups["c"]:
        low = int(groups["c"])
        high = low // 100 * 100 + int(groups["d"])
    else:
        low, high = 2000 + int(groups["e"]), 2000 + int(groups["f"])
    return (low, high) if low < high <= low + 30 else (0, 0)


def _settle_basis(found: list[_Mention], question: str) -> list[_Mention]:
    """A year after 比 is a basis only next to another year; 和/与 join years that are both asked."""
    asked = [m for m in found if not m.basis]
    settled = []
    for mention in found:
        if mention.basis:
            joined = re.search(r"(?:与|同|跟|和|and)\s*$", question[: mention.span[0]])
            if (
                joined
                and not re.match(r"[^,。?]{0,12}(?:相比|比较|比)", question[mention.span[1] :])
            ) or (
                not asked
                and not re.search(
                    r"(?:比|较|than|over|from)\s*(?:the\s+)?$", question[: mention.span[0]]
                )
            ):
                mention = _Mention(mention.span, mention.years)
        settled.append(mention)
    return settled


def _relative(
    question: str, anchor: str, anchored: bool, blocked: Sequence[Span], known: Sequence[str]
) -> tuple[list[_Mention], bool]:
    found: list[_Mention] = []
    used = False
    taken = list(blocked)
    for match in _RECENT.finditer(question):
        count = _count(match)
        latest = _latest(known) or anchor
        if latest and 1 < count <= 20 and _free(match.span(), taken):
            taken.append(match.span())
            years = tuple(str(int(latest) - back) for back in reversed(range(count)))
            if not (match.group().startswith("这") and anchored):
                found.append(_Mention(match.span(), years, spread=True))
    for pattern, shift in ((_BEFORE_LAST, -2), (_LAST, -1), (_NEXT, 1), (_THIS, 0)):
        for match in pattern.finditer(question):
            if not _free(match.span(), taken):
                continue
            taken.append(match.span())
            used = True
            year = str(int(anchor) + shift) if anchor else ""
            basis = bool(_COMPARED.search(question[: match.start()])) or _is_basis(question, match)
            stated = re.match(r"\s*[((]\s*((?:19|20)\d\d)", question[match.end() :])
            if stated or not year:
                continue
            if shift == 0 and anchored:
                continue
            found.append(_Mention(match.span(), (year,), basis))
    return found, used


def _is_basis(question: str, match: re.Match[str]) -> bool:
    return bool(re.match(r"(?:相比|比较|同期|决算数?相|比|的?基础上)", question[match.end() :]))


def _count(match: re.Match[str]) -> int:
    text = match.group("n") or match.group("m") or ""
    if text.isdigit():
        return int(text)
    return _EN_NUMBERS.get(text.lower(), _COUNTS.get(text, 0))
