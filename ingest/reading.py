"""Reading quantities out of text and out of table cells.

`read_quantities` finds every quantity of a running text with its place; `read_cell` reads a whole
cell as one quantity or not at all. What is read and what is not stands in `docs/numbers.md`,
written by `ingest.reading_docs` from the same tables. Direction words (增加, 下降) are left to the
caller: a quantity keeps the sign that is printed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from heapq import merge
from typing import Final

from ingest import reading_bounds as bounds
from ingest import reading_numerals as numerals
from ingest.quantity import NUMBER, Dimension, Quantity, Unit
from ingest.reading_masks import masked_spans, short_quotes
from ingest.text import fold
from ingest.units import UnitHit, default_unit_of, match_unit, parse_unit
from ingest.units_table import CHINESE_COUNTED

__all__ = ["Reading", "default_unit_of", "parse_unit", "read_cell", "read_quantities"]

_REACH: Final = 40  # characters looked at on either side of a number
_WORTH_READING: Final = re.compile(r"[0-9]|[一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾]")
_WIDE_COMMA: Final = re.compile("，")
_WIDE_GROUP: Final = re.compile("[０-９]，[０-９]{3}(?![０-９])")
_PERCENT_OF: Final = re.compile(r"(?P<base>[百千])分之\s?$")
_RANGE: Final = re.compile(r" ?(?P<mark>-|—{1,2}|~|〜|至) ?")
_FORMULA: Final = re.compile(r"[×÷*=]")
_BARE_CUE: Final = re.compile(r"(?:为|是|达到?|共计?|合计|总计|仅|计|[:=])(?:零)?$")
_BARE_END: Final = re.compile(r"[,，;；。、)]|$")
_YEAR_LIKE: Final = re.compile(r"(?:19|20)[0-9]{2}")
_COUNTED_BEFORE: Final = re.compile(r"(?P<noun>人次|户次|场次|件次|批次|车次|架次|人数|户数|次数|件数)(?:均|已|共|约|达|为|近|超过?|突破|逾)*$")
_NOT_BEFORE_CHINESE: Final = re.compile(
    r"(?:[第初十几数上成双好统唯其任同逐某另哪这那之万不专随]|星期|礼拜|进一|逐)$"
)
_SCORED_BEFORE: Final = re.compile(r"(?:得|扣|扣减|加|减|计|满分为?|不得超过|扣除)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity with its place; all offsets index the text that was given.

    ``text[start:end]`` is the number with its unit, without approximating words before or behind;
    ``text[number_start:number_end]`` is `quantity.printed`.
    """

    quantity: Quantity
    start: int
    end: int
    number_start: int
    number_end: int


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as printed, before its unit is known."""

    start: int
    end: int
    value: Decimal
    places: int
    chinese: bool = False


class _Right:
    """The text behind a number without white space, with the way back to its offsets."""

    __slots__ = ("_ends", "crossed", "text")

    def __init__(self, text: str, start: int) -> None:
        chars: list[str] = []
        self._ends = [start]
        self.crossed: list[bool] = []
        newline = False
        for index in range(start, min(len(text), start + _REACH)):
            char = text[index]
            if char == "\t":
                break
            if char.isspace():
                newline = newline or char == "\n"
                continue
            chars.append(char)
            self.crossed.append(newline)
            self._ends.append(index + 1)
        self.text = "".join(chars)

    def offset(self, length: int) -> int:
        """The offset in the source behind the first `length` characters."""
        return self._ends[length]


def read_quantities(text: str, *, unit: Unit | None = None) -> tuple[Reading, ...]:
    """All quantities of a running text, in order of their place.

    Args:
        text: text as it stands in the source; nothing needs to be folded first.
        unit: the unit of numbers that print none; without it such numbers are mostly left out
            (kept, as NUMBER, only where a clause states them: ``有效投诉量为 0。``).
    """
    if not _WORTH_READING.search(text) and not re.search("[０-９]", text):
        return ()
    return tuple(_Scanner(text, unit).readings())


class _Scanner:
    """One pass over a text. Every look to the side is bounded, so the pass is linear."""

    def __init__(self, text: str, unit: Unit | None) -> None:
        self.raw = text
        self.text = _normal(text)
        self.unit = unit
        self.masks = masked_spans(self.text)
        self.mask_starts = [start for start, _ in self.masks]
        self.quotes = short_quotes(self.text)
        self.quote_starts = [start for start, _ in self.quotes]

    def readings(self) -> Iterator[Reading]:
        """Readings in order, none overlapping another."""
        position = 0
        for number in self._numbers():
            if number.start < position:
                continue
            reading = self._read(number)
            if reading is not None:
                position = reading.end
                yield reading

    # -- candidates ---------------------------------------------------------------------------

    def _numbers(self) -> Iterator[_Number]:
        yield from merge(self._arabic(), self._chinese(), key=lambda number: number.start)

    def _arabic(self) -> Iterator[_Number]:
        blocked = -1
        for match in numerals.ARABIC.finditer(self.text):
            printed = match.group()
            end = match.end()
            broken = re.match(r"\.[0-9]", self.text[end : end + 2]) or (
                "," in printed and re.match(r",[0-9]", self.text[end : end + 2])
            )
            if broken:
                blocked = end + 1
                continue
            if match.start() == blocked or self._masked(match.start(), end):
                continue
            if numerals.digits(printed) > numerals.MAX_DIGITS or _leading_zero(printed):
                continue
            yield _Number(
                match.start(), end, numerals.arabic_value(printed), numerals.decimals(printed)
            )

    def _chinese(self) -> Iterator[_Number]:
        for match in numerals.CHINESE.finditer(self.text):
            start, end = match.span()
            if end - start > numerals.MAX_DIGITS or self._masked(start, end):
                continue
            # 三百万元 is 三百 in 万元: the last scale word belongs to the unit.
            while end - start > 1 and self.text[end - 1] in "万亿":
                end -= 1
            printed = self.text[start:end]
            if end < match.end() and re.search("[万亿]", printed):
                continue
            value = numerals.chinese_value(printed)
            if value is not None:
                yield _Number(start, end, Decimal(value), 0, chinese=True)

    def _masked(self, start: int, end: int) -> bool:
        index = bisect_right(self.mask_starts, end - 1) - 1
        return index >= 0 and self.masks[index][1] > start

    # -- one number ---------------------------------------------------------------------------

    def _read(self, number: _Number) -> Reading | None:
        right = _Right(self.text, number.end)
        left = self._left(number.start)
        fraction = _PERCENT_OF.search(self.text, max(0, number.start - 5), number.start)
        if fraction:
            reading = self._fraction(number, fraction)
        elif number.chinese:
            reading = self._chinese_reading(number, left, right)
        else:
            reading = self._arabic_reading(number, left, right)
        if reading is None or not self._quote_allows(reading):
            return None
        return reading

    def _left(self, start: int) -> str:
        return "".join(self.text[max(0, start - _REACH) : start].split())

    def _fraction(self, number: _Number, match: re.Match[str]) -> Reading | None:
        unit = parse_unit("%" if match["base"] == "百" else "‰")
        if unit is None:
            return None
        left = self._left(match.start())
        return self._reading(
            number, unit, match.start(), number.end, number.start, _words(bounds.word_before(left))
        )

    def _chinese_reading(self, number: _Number, left: str, right: _Right) -> Reading | None:
        if _NOT_BEFORE_CHINESE.search(left) or right.text[:1] == "几":
            return None
        printed = self.text[number.start : number.end]
        hit = match_unit(right.text)
        if hit is None or hit.scale_only:
            return None
        symbol = hit.unit.symbol.lstrip("十百千万亿") or hit.unit.symbol
        score = hit.unit.dimension is Dimension.SCORE and _SCORED_BEFORE.search(left)
        if symbol not in CHINESE_COUNTED and not score:
            return None
        after = right.text[hit.end : hit.end + 2]
        if after[:1] in _CHINESE_DIGITS or after[:1] == "半" or after == "百分":
            return None
        if printed == "二" or (printed == "一" and not _counts_one(symbol, left, after)):
            return None
        return self._with_unit(number, left, right, hit)

    def _arabic_reading(self, number: _Number, left: str, right: _Right) -> Reading | None:
        if right.text[:1] == "+" or (left[-1:] == "+" and left[-2:-1].isalnum()):
            return None
        spanning = self._range(number, left, right)
        if spanning is not None:
            return spanning
        compound = self._compound(number, left, right)
        if compound is not None:
            return compound
        hit = match_unit(right.text)
        if hit is not None and self._is_unit(number, left, right, hit):
            if hit.scale_only:
                hit = _scale_hit(hit, left)
            return self._with_unit(number, left, right, hit)
        return self._bare(number, left, right)

    def _is_unit(self, number: _Number, left: str, right: _Right, hit: UnitHit) -> bool:
        """False where the unit does not belong to the number."""
        if right.crossed and right.crossed[0] and self._alone_on_line(number):
            return False
        unit = hit.unit
        if unit.dimension is Dimension.DURATION and unit.symbol == "年":
            if number.places > 1 or number.value > 150:
                return False
        if right.text[hit.end : hit.end + 1] == "半" and right.text[hit.end + 1 : hit.end + 2] not in (
            "径",
            "数",
        ):
            return False
        heading = unit.symbol == "项" and right.text.startswith("项目")
        return not (heading and self._line_start(number.start) and number.value <= 30)

    def _alone_on_line(self, number: _Number) -> bool:
        begin = self.text.rfind("\n", max(0, number.start - 12), number.start)
        before = self.text[max(begin, number.start - 12, 0) : number.start].strip("\n -—·")
        return not before

    def _line_start(self, start: int) -> bool:
        line = self.text[max(0, start - 4) : start]
        return not line.rpartition("\n")[2].strip() and (start <= 4 or "\n" in line)

    def _with_unit(self, number: _Number, left: str, right: _Right, hit: UnitHit) -> Reading:
        before = bounds.word_before(left)
        after = bounds.word_after(right.text, hit.end, hit.unit)
        words = _words(before, _vague(hit.vague), after)
        start = number.start
        if self.text[start - 1 : start] == "¥" and hit.unit.dimension is Dimension.MONEY:
            start -= 1
        return self._reading(
            number, hit.unit, start, right.offset(hit.end), number.start, words, self._sign(number)
        )

    def _bare(self, number: _Number, left: str, right: _Right) -> Reading | None:
        """A number without a unit: money signs, a default unit, or a clause that states it."""
        unit = None
        if left[-1:] in ("¥", "$") and left[-1:] == "¥":
            unit = parse_unit("元")
        elif self._stands_free(number, right):
            if self.unit is not None and not self._list_like(number):
                unit = self.unit
            elif _BARE_CUE.search(left) and _BARE_END.match(right.text):
                unit = NUMBER
        if unit is None:
            return None
        words = _words(bounds.word_before(left))
        start = number.start - (1 if self.text[number.start - 1 : number.start] == "¥" else 0)
        return self._reading(
            number, unit, start, number.end, number.start, words, self._sign(number)
        )

    def _stands_free(self, number: _Number, right: _Right) -> bool:
        printed = self.text[number.start : number.end]
        following = self.text[number.end : number.end + 1]
        if _YEAR_LIKE.fullmatch(printed):
            return False
        return not following or following.isspace() or following in ",，;；。、)"

    def _list_like(self, number: _Number) -> bool:
        return self._line_start(number.start) and number.places == 0 and number.value < 100

    # -- several numbers that are one quantity ------------------------------------------------

    def _range(self, first: _Number, left: str, right: _Right) -> Reading | None:
        """``10—15分``, ``100万元至200万元``: one quantity from the first to the second number."""
        opening = match_unit(right.text)
        end = right.offset(opening.end) if opening else first.end
        mark = _RANGE.match(self.text, end)
        if mark is None or (mark["mark"] == "至" and re.search("[由从自]$", left)):
            return None
        found = numerals.ARABIC.match(self.text, mark.end())
        if found is None or self._masked(*found.span()) or _leading_zero(found.group()):
            return None
        if numerals.digits(found.group()) > numerals.MAX_DIGITS:
            return None
        second = _Number(
            found.start(),
            found.end(),
            numerals.arabic_value(found.group()),
            numerals.decimals(found.group()),
        )
        behind = _Right(self.text, second.end)
        closing = match_unit(behind.text)
        if closing is None or closing.scale_only or second.value * closing.unit.factor <= (
            first.value * (opening or closing).unit.factor
        ):
            return None
        if opening and not _same_kind(opening, closing):
            return None
        factor = closing.unit.factor
        low = first.value * (opening.unit.factor / factor if opening else 1)
        if not self._is_unit(second, "", behind, closing):
            return None
        quantity = Quantity(
            value=low,
            unit=closing.unit,
            low=low,
            high=second.value,
            printed=self.raw[first.start : second.end],
        )
        return Reading(
            quantity, first.start, behind.offset(closing.end), first.start, second.end
        )

    def _compound(self, first: _Number, left: str, right: _Right) -> Reading | None:
        """``1亿2000万元``: two scales, one amount in the smaller one."""
        match = re.match(r"(?P<big>[亿万])(?P<rest>[0-9]{1,4}(?:\.[0-9]+)?)(?P<unit>[万千]?元)", right.text)
        if match is None:
            return None
        unit = parse_unit(match["unit"])
        big = parse_unit(match["big"] + "元")
        if unit is None or big is None or big.factor <= unit.factor:
            return None
        value = first.value * (big.factor / unit.factor) + Decimal(match["rest"])
        length = match.end("rest")
        number = _Number(
            first.start, right.offset(length), value, numerals.decimals(match["rest"])
        )
        words = _words(bounds.word_before(left), bounds.word_after(right.text, match.end(), unit))
        return self._reading(
            number, unit, first.start, right.offset(match.end()), first.start, words
        )

    # -- signs, quotes, result ----------------------------------------------------------------

    def _sign(self, number: _Number) -> str:
        """The printed minus before a number, or "": not a dash, a range or a subtraction."""
        start = number.start
        gap = 1 if self.text[start - 1 : start] == " " else 0
        mark = self.text[start - gap - 1 : start - gap] if start > gap else ""
        if mark in ("△", "▲"):
            return mark
        if mark not in ("-", "−"):
            return ""
        before = self.text[start - gap - 2 : start - gap - 1] if start - gap >= 2 else ""
        if before and (before.isascii() and before.isalnum() or before in "%‰-—)]”"):
            return ""
        near = self.text[max(0, start - 12) : start - gap - 1] + self.text[
            number.end : number.end + 12
        ]
        if before and "一" <= before <= "鿿" and _FORMULA.search(near):
            return ""
        return mark

    def _quote_allows(self, reading: Reading) -> bool:
        """Inside a short quote only a quantity that fills it: “100%”, not “15分钟办结”."""
        index = bisect_right(self.quote_starts, reading.start) - 1
        if index < 0:
            return True
        start, end = self.quotes[index]
        if reading.start >= end:
            return True
        rest = self.text[start : reading.start] + self.text[reading.end : end]
        return not re.sub(_QUOTED_WORDS, "", rest).strip()

    def _reading(
        self,
        number: _Number,
        unit: Unit,
        start: int,
        end: int,
        number_start: int,
        words: list[bounds.Word],
        sign: str = "",
    ) -> Reading:
        if sign:
            number_start = self.text.rindex(sign, 0, number.start)
            start = min(start, number_start)
        printed = self.raw[number_start : number.end]
        value = -number.value if sign else number.value
        quantity = _quantity(value, number.places, unit, printed, words)
        return Reading(quantity, start, end, number_start, number.end)


_CHINESE_DIGITS: Final = tuple("一二三四五六七八九十")
_QUOTED_WORDS: Final = re.compile(
    rf"{bounds.AT_LEAST_BEFORE}|{bounds.AT_MOST_BEFORE}|{bounds.ABOUT_BEFORE}|{bounds.BELOW_BEFORE}"
    rf"|{bounds.AT_LEAST_AFTER}|{bounds.AT_MOST_AFTER}|{bounds.ABOUT_AFTER}|内|完成|达到?|[。.]"
)


def read_cell(text: str, unit: Unit | None) -> Quantity | None:
    """A whole table cell as one quantity; None for blanks, dashes, codes and sentences.

    Args:
        text: the cell as it stands in the source.
        unit: the unit of its column or table. A unit printed in the cell wins over it; without
            either the quantity is a NUMBER.
    """
    plain = " ".join(_normal(text).split())
    if not plain or len(plain) > 60 or not _WORTH_READING.search(plain):
        return None
    bare = _CELL.fullmatch(plain)
    if bare and not _leading_zero(bare["digits"]):
        return _bare_cell(bare, text.strip(), unit)
    found = read_quantities(plain)
    if len(found) != 1:
        return None
    reading = found[0]
    rest = plain[: reading.start] + plain[reading.end :]
    if re.sub(_QUOTED_WORDS, "", rest).strip(" “”\"()+"):
        return None
    printed = plain[reading.number_start : reading.number_end]
    quantity = replace(reading.quantity, printed=printed)
    if quantity.unit.dimension is Dimension.NUMBER and unit is not None:
        return _scaled_cell(quantity, unit)
    return quantity


_CELL: Final = re.compile(
    r"(?P<open>\()?\s?(?P<sign>[-−+△▲])?\s?(?P<symbol>¥)?\s?"
    r"(?P<digits>[0-9]{1,3}(?:\s?,\s?[0-9]{3})+(?:\s?\.\s?[0-9]+)?|[0-9]{1,3}(?: [0-9]{3})+\.[0-9]{2}"
    r"|[0-9]+(?:\.[0-9]+)?)\s?(?P<percent>[%‰])?\s?(?P<close>\))?"
)


def _bare_cell(match: re.Match[str], printed: str, unit: Unit | None) -> Quantity | None:
    """A cell of nothing but digits, sign, brackets and a percent sign."""
    if bool(match["open"]) != bool(match["close"]):
        return None
    digits = match["digits"].replace(" ", "").replace(",", "")
    if len(digits) > numerals.MAX_DIGITS:
        return None
    own = parse_unit(match["percent"]) if match["percent"] else None
    if match["symbol"] and own is None and (unit is None or unit.dimension is not Dimension.MONEY):
        own = parse_unit("元")
    negative = bool(match["open"]) or match["sign"] in ("-", "−", "△", "▲")
    value = Decimal(digits)
    return _quantity(
        -value if negative else value,
        numerals.decimals(digits),
        own or unit or NUMBER,
        printed.removesuffix("%").removesuffix("％").strip() if own else printed,
        [],
    )


def _scaled_cell(quantity: Quantity, unit: Unit) -> Quantity:
    """``12.3万`` in a column of money is an amount in 万元."""
    if quantity.unit.factor == 1 or unit.dimension not in (Dimension.MONEY, Dimension.COUNT):
        return replace(quantity, unit=unit) if quantity.unit.factor == 1 else quantity
    word = quantity.unit.symbol
    base = unit.symbol.lstrip("十百千万亿")
    scaled = Unit(unit.dimension, word + base, quantity.unit.factor, unit.noun)
    return replace(quantity, unit=scaled)


def _quantity(
    value: Decimal, places: int, unit: Unit, printed: str, words: list[bounds.Word]
) -> Quantity:
    low, high = bounds.apply(value, bounds.precision(value, places, unit), words)
    approx = words[0].text if words else ""
    return Quantity(value=value, unit=unit, low=low, high=high, printed=printed, approx=approx)


def _normal(text: str) -> str:
    """`text` folded, with the full-width comma kept apart from a thousands separator."""
    folded = fold(text)
    if "，" not in text:
        return folded
    separators = {match.start() + 1 for match in _WIDE_GROUP.finditer(text)}
    chars = list(folded)
    for match in _WIDE_COMMA.finditer(text):
        if match.start() not in separators:
            chars[match.start()] = "，"
    return "".join(chars)


def _leading_zero(printed: str) -> bool:
    return len(printed) > 1 and printed[0] == "0" and printed[1] != "."


def _words(*words: bounds.Word | None) -> list[bounds.Word]:
    return [word for word in words if word is not None]


def _vague(word: str) -> bounds.Word | None:
    return bounds.Word(word, bounds.Approx.AT_LEAST) if word else None


def _same_kind(first: UnitHit, second: UnitHit) -> bool:
    if first.scale_only:
        return second.unit.symbol.startswith(first.unit.symbol)
    return first.unit.compatible(second.unit)


def _scale_hit(hit: UnitHit, left: str) -> UnitHit:
    """``参与人次近 70 万`` counts the noun that stands before it."""
    match = _COUNTED_BEFORE.search(left)
    if match is None:
        return hit
    noun = {"人数": "人", "户数": "户", "次数": "次", "件数": "件"}.get(match["noun"], match["noun"])
    unit = Unit(Dimension.COUNT, hit.unit.symbol + noun, hit.unit.factor, noun)
    return UnitHit(unit, hit.end, hit.vague)


def _counts_one(symbol: str, left: str, after: str) -> bool:
    """一台 counts where it ends a clause behind its noun; elsewhere 一 is an article."""
    if symbol in ("年", "天", "周", "次", "人") or after[:1] not in ("", "、", ",", "，", ";", "。", ")"):
        return False
    return bool(re.search(r"[一-鿿)]$", left)) and not re.search(r"[每任同这那某哪下上另唯其是为之了]$", left)
