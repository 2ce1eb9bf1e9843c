"""One pass over a text: each number, its unit beside it, and whether it is a quantity at all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from heapq import merge
from typing import Final

from ingest.quantity import NUMBER, PERCENT, SCORE, YUAN, Dimension, Unit
from ingest.reading import bounds as bounds
from ingest.reading import numerals as numerals
from ingest.reading.joined import read_range, read_shared_unit, read_two_scales
from ingest.reading.masks import masked_spans, short_quotes
from ingest.reading.units import UnitHit, match_unit
from ingest.reading.units_table import CHINESE_COUNTED
from ingest.reading.values import Number, Reading, Right, Source, left_of, normal, quantity_of

_WORTH: Final = re.compile(r"[0-9０-９]|[一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾]")
_PERCENT_OF: Final = re.compile(r"(?P<base>[百千])分之\s?$")
_PERMILLE: Final = Unit(Dimension.PERCENT, "‰", Decimal("0.1"))
_FORMULA: Final = re.compile(r"[×÷*=]")
_ADDED: Final = re.compile(r"\+[0-9A-Za-z]")
_BARE_CUE: Final = re.compile(r"(?:为|是|达到?|共计?|合计|总计|仅|计|[:=])$")
_SCORE_CUE: Final = re.compile(r"(?:得分|评分|满分|总分值?|分值|自评分)(?:为|是|[:=])?$")
_BARE_END: Final = re.compile(r"[,，;；。、)]|$")
_YEAR_LIKE: Final = re.compile(r"(?:19|20)[0-9]{2}")
_COUNTED: Final = re.compile(
    r"(?P<noun>人次|户次|场次|件次|批次|车次|架次|人数|户数|次数|件数)"
    r"(?:均|已|共|约|达到?|为|近|超过?|突破|逾)*$"
)
_COUNTED_NOUN: Final = {"人数": "人", "户数": "户", "次数": "次", "件数": "件"}
_NOT_BEFORE_CHINESE: Final = re.compile(
    r"(?:[第初十几数上成双好统唯其任同逐某另哪那之万专随]|星期|礼拜|进一)$"
)
_SCORED_BEFORE: Final = re.compile(r"(?:得|扣|扣减|加|减|计|满分为?|扣除)$")
_CHINESE_DIGIT: Final = re.compile("[一二三四五六七八九十]")
_ALSO_BEHIND_LETTERS: Final = frozenset({Dimension.MONEY, Dimension.PERCENT, Dimension.POINT})
_ONE_MEASURE: Final = frozenset({Dimension.POINT, Dimension.MULTIPLE, Dimension.MEASURE})
_ONE_DURATION: Final = frozenset({"个月", "个工作日", "个季度", "小时", "个小时"})
_CLAUSE_END: Final = frozenset({"", "、", ",", "，", ";", "。", ")"})
_NAMED: Final = frozenset({"项目", "单位", "部门", "企业", "学校", "机构", "社区", "事项"})
_HEADING_LIMIT: Final = 30
_NOT_NEGATIVE: Final = tuple("抱担肩自欺胜正")


def worth_reading(text: str) -> bool:
    """False for a text that holds no digit at all."""
    return _WORTH.search(text) is not None


class Scanner:
    """Reads the quantities of one text. Every look aside is bounded, so the pass is linear."""

    def __init__(self, text: str, unit: Unit | None) -> None:
        folded = normal(text)
        self.text = folded
        self.source = Source(text, folded, masked_spans(folded))
        self.unit = unit
        self.quotes = short_quotes(folded)
        self.quote_starts = [start for start, _ in self.quotes]

    def readings(self) -> Iterator[Reading]:
        """Readings in order, none overlapping another."""
        position = 0
        candidates = merge(self._arabic(), self._chinese(), key=lambda number: number.start)
        for number in candidates:
            if number.start < position:
                continue
            for reading in self._read(number):
                position = reading.end
                yield reading

    # -- candidates ---------------------------------------------------------------------------

    def _arabic(self) -> Iterator[Number]:
        blocked = -1
        for match in numerals.ARABIC.finditer(self.text):
            behind = self.text[match.end() : match.end() + 2]
            broken = re.match(r"\.[0-9]", behind) or (
                "," in match.group() and re.match(r",[0-9]", behind)
            )
            if broken:  # 1.2.3 and 1,234,56 are no numbers
                blocked = match.end() + 1
            elif match.start() != blocked:
                number = self.source.number(match)
                if number is not None:
                    yield number

    def _chinese(self) -> Iterator[Number]:
        for match in numerals.CHINESE.finditer(self.text):
            start, end = match.span()
            if end - start > numerals.MAX_DIGITS or self.source.masked(start, end):
                continue
            # 三百万元 is 三百 in 万元: the last scale word belongs to the unit.
            while end - start > 1 and self.text[end - 1] in "万亿":
                end -= 1
            printed = self.text[start:end]
            if end < match.end() and re.search("[万亿]", printed):
                continue
            value = numerals.chinese_value(printed)
            if value is not None:
                yield Number(start, end, Decimal(value), 0, chinese=True)

    # -- one number ---------------------------------------------------------------------------

    def _read(self, number: Number) -> list[Reading]:
        right = Right(self.text, number.end)
        left = left_of(self.text, number.start)
        fraction = _PERCENT_OF.search(self.text, max(0, number.start - 5), number.start)
        found: list[Reading | None]
        if fraction:
            found = [self._fraction(number, fraction)]
        elif number.chinese:
            found = [self._chinese_reading(number, left, right)]
        else:
            found = self._arabic_readings(number, left, right)
        return [reading for reading in found if reading and self._quote_allows(reading)]

    def _fraction(self, number: Number, match: re.Match[str]) -> Reading:
        """``百分之九十五``: the unit stands before the number."""
        unit = PERCENT if match["base"] == "百" else _PERMILLE
        words = bounds.words(bounds.word_before(left_of(self.text, match.start())))
        return self._reading(number, unit, match.start(), number.end, words)

    def _chinese_reading(self, number: Number, left: str, right: Right) -> Reading | None:
        if _NOT_BEFORE_CHINESE.search(left):
            return None
        hit = match_unit(right.text)
        if hit is None or hit.scale_only:
            return None
        symbol = hit.unit.symbol.lstrip("十百千万亿") or hit.unit.symbol
        scored = hit.unit.dimension is Dimension.SCORE and _SCORED_BEFORE.search(left)
        if symbol not in CHINESE_COUNTED and not scored:
            return None
        after = right.text[hit.end : hit.end + 2]
        if _CHINESE_DIGIT.match(after) or after[:1] == "半" or after == "百分":
            return None
        printed = self.text[number.start : number.end]
        if printed == "二" or (printed == "一" and not _counts_one(hit.unit, left, after)):
            return None
        return self._with_unit(number, left, right, hit)

    def _arabic_readings(self, number: Number, left: str, right: Right) -> list[Reading | None]:
        if _ADDED.match(right.text) or (left[-1:] == "+" and left[-2:-1].isalnum()):
            return []
        joined = read_range(self.source, number, left, right) or read_two_scales(
            self.source, number, left, right
        )
        if joined:
            return [joined]
        hit = match_unit(right.text)
        if hit is not None and self._is_unit(number, right, hit):
            return [self._with_unit(number, left, right, _with_noun(hit, left))]
        return [*read_shared_unit(self.source, number, left)] or [self._bare(number, left, right)]

    def _is_unit(self, number: Number, right: Right, hit: UnitHit) -> bool:
        """False where what looks like a unit does not belong to the number."""
        if right.crossed and self._alone_on_line(number):
            return False
        unit = hit.unit
        if self._behind_letter(number) and unit.dimension not in _ALSO_BEHIND_LETTERS:
            return False
        year = _YEAR_LIKE.fullmatch(self.text, number.start, number.end)
        if year and unit.symbol in _NAMED:
            return False
        if unit.symbol == "年" and (number.places > 1 or number.value > 150):
            return False
        after = right.text[hit.end : hit.end + 2]
        if after[:1] == "半" and after not in ("半径", "半数"):
            return False
        heading = unit.dimension is Dimension.COUNT and right.text.startswith("项目")
        return not (heading and self._line_start(number) and number.value <= _HEADING_LIMIT)

    def _alone_on_line(self, number: Number) -> bool:
        """True for page numbers and for the last cell of a table's row."""
        begin = self.text.rfind("\n", 0, number.start) + 1
        before = self.text[max(begin, number.start - 200) : number.start]
        return "\t" in before or not before.strip(" -—·")

    def _line_start(self, number: Number) -> bool:
        before = self.text[max(0, number.start - 6) : number.start]
        tail = before.rpartition("\n")
        return not tail[2].strip() and (bool(tail[1]) or number.start <= 6)

    def _with_unit(self, number: Number, left: str, right: Right, hit: UnitHit) -> Reading:
        sign = self._sign(number)
        words = bounds.words(
            bounds.word_before(left if sign is None else left_of(self.text, sign)),
            bounds.vague(hit.vague),
            bounds.word_after(right.text, hit.end, hit.unit),
        )
        return self._reading(number, hit.unit, number.start, right.offset(hit.end), words, sign)

    def _bare(self, number: Number, left: str, right: Right) -> Reading | None:
        """A number without a unit: after ¥, under a default unit, or stated by its clause."""
        unit = None
        if left[-1:] == "¥":
            unit = YUAN
        elif self._stands_free(number):
            if self.unit is not None and not self._list_like(number):
                unit = self.unit
            elif _SCORE_CUE.search(left) and _BARE_END.match(right.text):
                unit = SCORE
            elif _BARE_CUE.search(left) and _BARE_END.match(right.text):
                unit = NUMBER
        if unit is None:
            return None
        words = bounds.words(bounds.word_before(left))
        return self._reading(number, unit, number.start, number.end, words, self._sign(number))

    def _behind_letter(self, number: Number) -> bool:
        return self.text[number.start - 1 : number.start].isascii() and (
            self.text[number.start - 1 : number.start].isalpha()
        )

    def _stands_free(self, number: Number) -> bool:
        if self._behind_letter(number) or _YEAR_LIKE.fullmatch(self.text, number.start, number.end):
            return False
        following = self.text[number.end : number.end + 1]
        return not following or following.isspace() or following in ",，;；。、)"

    def _list_like(self, number: Number) -> bool:
        return self._line_start(number) and number.places == 0 and number.value < 100

    # -- signs, quotes, result ----------------------------------------------------------------

    def _sign(self, number: Number) -> int | None:
        """Where the printed minus stands: not a dash, a range or a subtraction."""
        position = number.start - 1
        if position > 0 and self.text[position] == " ":
            position -= 1
        if position < 0:
            return None
        mark = self.text[position]
        if mark in "△▲":
            return position
        if mark == "负" and position == number.start - 1:
            return None if left_of(self.text, position).endswith(_NOT_NEGATIVE) else position
        if mark not in "-−":
            return None
        before = self.text[position - 1] if position else ""
        if before and ((before.isascii() and before.isalnum()) or before in '%‰-—]”"'):
            return None
        near = self.text[max(0, position - 12) : position] + self.text[number.end : number.end + 12]
        if ("一" <= before <= "鿿" or before == ")") and _FORMULA.search(near):
            return None
        return position

    def _quote_allows(self, reading: Reading) -> bool:
        """Inside a short quote only a quantity that fills it: “100%”, not “15分钟办结”."""
        index = bisect_right(self.quote_starts, reading.start) - 1
        if index < 0 or reading.start >= self.quotes[index][1]:
            return True
        start, end = self.quotes[index]
        rest = self.text[start : reading.start] + "\n" + self.text[reading.end : end]
        return not bounds.WORDS.sub("", rest).strip("\n 。.")

    def _reading(
        self,
        number: Number,
        unit: Unit,
        start: int,
        end: int,
        words: list[bounds.Word],
        sign: int | None = None,
    ) -> Reading:
        number_start = number.start if sign is None else sign
        value = number.value if sign is None or not number.value else -number.value
        printed = self.source.raw[number_start : number.end]
        quantity = quantity_of(value, number.places, unit, printed, words)
        return Reading(quantity, min(start, number_start), end, number_start, number.end)


def _with_noun(hit: UnitHit, left: str) -> UnitHit:
    """``参与人次近 70 万`` counts the noun that stands before it."""
    match = _COUNTED.search(left) if hit.scale_only else None
    if match is None:
        return hit
    noun = _COUNTED_NOUN.get(match["noun"], match["noun"])
    unit = Unit(Dimension.COUNT, hit.unit.symbol + noun, hit.unit.factor, noun)
    return UnitHit(unit, hit.end, hit.vague)


def _counts_one(unit: Unit, left: str, after: str) -> bool:
    """一 counts before a measure (一个百分点), or where it ends a clause behind its noun (一台)."""
    if unit.dimension in _ONE_MEASURE or unit.symbol in _ONE_DURATION:
        return not left.endswith("最后")
    if unit.dimension is not Dimension.COUNT or unit.symbol in ("次", "人"):
        return False
    if after[:1] not in _CLAUSE_END:
        return False
    return bool(re.search(r"[一-鿿)]$", left)) and not re.search(
        r"(?:[每任同这那某哪下上另唯其是为之了]|[一二两三四五六七八九十每].)$", left
    )
