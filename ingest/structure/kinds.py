"""What each text of a report is: title, heading, caption, note, contents or paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.model import BlockKind, slice_spans
from ingest.quantity import Unit
from ingest.reading.text import compact, tidy
from ingest.structure.contents import mark_contents
from ingest.structure.joining import Paragraph
from ingest.structure.markers import (
    ends_sentence,
    has_key,
    is_annex,
    is_note,
    is_page_trail,
    is_preface,
    is_report_title,
    is_subtitle,
    is_table_label,
    is_table_number,
    is_title_like,
    read_marker,
)
from ingest.structure.sections import is_heading
from ingest.tables.columns import ListedUnit, caption_unit
from ingest.tables.merging import Merged
from ingest.tables.stated_units import UnitsBelow, listed_money, listed_units, units_below

Item = Paragraph | Merged

_BRACKETED = re.compile(r"\s*[(（][^()（）]{2,20}[)）]\s*")
_UNIT_NOTE = re.compile(
    r"[(（]\s*(?:(?:(?:金额|计量)?单位|金额)\s*[:：][^()（）:：]{1,12}|(?:人民币)?[千百万亿]{0,2}元)\s*[)）]"
)
_UNIT_AND_MORE = re.compile(
    r"[(（](?:(?:金额|计量)?单位|金额)\s*[:：]\s*[^()（）:：；;，,]{1,6}(?=[；;，,][^()（）]{1,40}[)）])"
)
_TAIL = 80
_UNITS_ONLY = re.compile(
    r"[(]?(?:[\u4e00-\u9fff]{0,4}单位:[^:;()]{1,40};?)+[)]?|"
    r"[(]?(?:金额|资金|经费|投资额?):[千百万亿]{0,2}元(?:;[\u4e00-\u9fff]{2,8}:[^:;()]{1,8})*[)]?"
)
_UNIT_END = re.compile(r"[\s:：]*(?:(?:金额|计量)?单位|金额)\s*[:：]\s*\S{1,8}$|[:：。]$")
_NUMBER_LEAD = re.compile(r"^\d{1,2}(?:[.．]\d{1,2}){0,3}\s+(?=[\u4e00-\u9fff])")
_NUMBERED_TITLE = re.compile(
    r"(附表(?=[\s:：])|附?表\s*(?:\d{1,2}(?:[-—－.]\d{1,2})?|[一二三四五六七八九十]{1,3}(?=[\s:：、.])))[\s:：、.]*(.*)"
)
_RUN_ON_TITLE = re.compile(
    r"[^，。；！？：:]{8,80}?(?:评价|自评|评估|评审)报告书?(?=[\u4e00-\u9fff]{4})(?![的中书])"
)
_TITLE_END = re.compile(
    r"(?:项目|专项|资金|经费|部门|单位|整体|财政|支出|绩效|重点|自评|评价)+.{0,4}(?:报告|报告书)$"
)
_YEAR_ONLY = re.compile(r"(?:\d{4}|[二〇○零一九]{4})年度?")
_CAPTION_REACH = 6  # lines above a table that may be its caption
_TITLE_REACH = 8  # lines at the top that may be the report's title
_MAX_CAPTION = 70
_ANNEX_KEY = re.compile(r"附\s*[件表录]")


def part_titles(items: Sequence[Item]) -> list[Item]:
    """`items` with a report's title below 附件 parted from the text run on to it."""
    parted: list[Item] = []
    for item in items:
        before = parted[-1] if parted else None
        if (
            isinstance(item, Paragraph)
            and isinstance(before, Paragraph)
            and _announces_annex(before.text)
        ):
            found = _RUN_ON_TITLE.match(item.text)
            if found and is_report_title(found.group()):
                end = found.end()
                text, spans = item.text, item.spans
                parted.append(replace(item, text=text[:end], spans=slice_spans(spans, 0, end)))
                rest = slice_spans(spans, end, len(text))
                item = replace(item, text=text[end:], spans=rest, gap=0, heading=0)
        parted.append(item)
    return parted


def _announces_annex(text: str) -> bool:
    marker = read_marker(text)
    return is_annex(text[marker.length :].strip() if marker else text)


def classify(items: Sequence[Item]) -> list[BlockKind]:
    """The kind of each item, in order."""
    kinds = [
        BlockKind.TABLE if isinstance(item, Merged) else item.kind or BlockKind.PARAGRAPH
        for item in items
    ]
    mark_contents(items, kinds)
    _mark_titles(items, kinds)
    for index, item in enumerate(items):
        if not isinstance(item, Paragraph) or kinds[index] is not BlockKind.PARAGRAPH:
            continue
        if _is_note_at(items, kinds, index):
            kinds[index] = BlockKind.NOTE
        elif is_table_label(item.text) or is_table_number(item.text):
            kinds[index] = BlockKind.CAPTION
        elif item.heading or is_heading(item.text) or is_preface(item.text):
            kinds[index] = BlockKind.HEADING
    _mark_captions(items, kinds)
    return kinds


def _is_note_at(items: Sequence[Item], kinds: Sequence[BlockKind], index: int) -> bool:
    item = items[index]
    if not isinstance(item, Paragraph) or index == 0:
        return False
    before, kind = items[index - 1], kinds[index - 1]
    if is_note(item.text):
        return kind in (BlockKind.TABLE, BlockKind.NOTE) or item.text.startswith("注")
    if kind is not BlockKind.NOTE or not isinstance(before, Paragraph):
        return False
    marker, earlier = read_marker(item.text), _note_marker(before.text)
    if marker and earlier:
        return marker.style == earlier[0] and marker.ordinal == earlier[1] + 1
    return marker is None and item.gap == 0 and ends_sentence(item.text)


def _note_marker(text: str) -> tuple[str, int] | None:
    """The list number of a note line: ``注：1. …`` or a following ``2. …``."""
    rest = text
    if is_note(text):
        rest = text[max(text.find("："), text.find(":")) + 1 :].lstrip()
    marker = read_marker(rest)
    return (marker.style, marker.ordinal) if marker else None


def _mark_titles(items: Sequence[Item], kinds: list[BlockKind]) -> None:
    """The lines at the top, those after 附件, and titles of reports further down."""
    named = bool(kinds) and kinds[0] is BlockKind.HEADING  # a sheet's name
    _mark_title_run(items, kinds, int(named), top=True)
    for index, item in enumerate(items):
        if not isinstance(item, Paragraph) or not index or kinds[index] is BlockKind.CONTENTS:
            continue
        if is_annex(item.text):
            kinds[index] = BlockKind.TITLE
            _mark_title_run(items, kinds, index + 1)
        elif item.heading and _announces_annex(item.text):
            _mark_title_run(items, kinds, index + 1)
        elif is_report_title(item.text) and _restarts(items, index):
            kinds[index] = BlockKind.TITLE
            if _is_title_end(item.text) and _is_title_start(items[index - 1]):
                kinds[index - 1] = BlockKind.TITLE


def _restarts(items: Sequence[Item], index: int) -> bool:
    """True when the numbering starts anew soon after the item, as in a report of its own.

    A heading that names a report and is not numbered, or that says 附件, needs a heading below.
    """
    title = items[index]
    marker = read_marker(_text(title))
    apart = marker is None or _announces_annex(_text(title)[marker.length :].split("：")[0])
    below = items[index + 1 : index + 1 + _TITLE_REACH]
    headed = any(isinstance(item, Paragraph) and item.heading for item in below)
    if headed and apart and isinstance(title, Paragraph) and title.heading:
        return True
    for item in below:
        marker = read_marker(item.text) if isinstance(item, Paragraph) else None
        if marker is not None:
            return marker.style in ("cjk", "part") and marker.ordinal == 1
    return False


def _is_title_end(text: str) -> bool:
    return read_marker(text) is None and _TITLE_END.match(compact(text)) is not None


def _is_title_start(item: Item) -> bool:
    """True for a short line without an end that the last line of a title may go on with."""
    text = _text(item)
    return (
        4 <= len(text) <= 60
        and _may_be_title(text)
        and read_marker(text) is None
        and not (ends_sentence(text) or is_annex(text) or is_title_like(text))
    )


def _mark_title_run(
    items: Sequence[Item], kinds: list[BlockKind], start: int, *, top: bool = False
) -> None:
    run: list[int] = []
    for index in range(start, min(start + _TITLE_REACH, len(items))):
        item = items[index]
        if not isinstance(item, Paragraph) or kinds[index] is not BlockKind.PARAGRAPH:
            break
        text = tidy(item.text)
        if top and _stands_before_title(text):
            continue
        if not _may_be_title(text) or (read_marker(text) and item.heading != 1):
            break
        run.append(index)
        if is_title_like(text):
            if index + 1 < len(items) and is_subtitle(_text(items[index + 1])):
                run.append(index + 1)
            break
    table_next = run and run[-1] + 1 < len(items) and isinstance(items[run[-1] + 1], Merged)
    if not top and (table_next or not any(is_title_like(_text(items[i])) for i in run)):
        return
    for index in run:
        kinds[index] = BlockKind.TITLE


def _stands_before_title(text: str) -> bool:
    """True for lines around a title that belong to none: 报告编号：…, 首页 > 部门决算."""
    keyed = has_key(text) and not is_title_like(text) and not _ANNEX_KEY.match(text)
    return is_page_trail(text) or keyed


def _may_be_title(text: str) -> bool:
    return (
        len(text) <= 90
        and (is_title_like(text) or not any(mark in text for mark in "。；！？，"))
        and not is_table_label(text)
        and not is_table_number(text)
    )


def _text(item: Item) -> str:
    return item.text if isinstance(item, Paragraph) else ""


def _mark_captions(items: Sequence[Item], kinds: list[BlockKind]) -> None:
    """Short lines right above a table name it, if no figure or sentence is in them."""
    for index, item in enumerate(items):
        if not isinstance(item, Merged):
            continue
        for back in range(index - 1, max(index - 1 - _CAPTION_REACH, -1), -1):
            above = items[back]
            if not isinstance(above, Paragraph):
                break
            numbered = is_table_number(above.text) and " " in _clean_title(above.text)
            if kinds[back] is BlockKind.CAPTION and not numbered:
                continue
            if kinds[back] is BlockKind.PARAGRAPH and _names_table(above.text):
                kinds[back] = BlockKind.CAPTION
                if _BRACKETED.fullmatch(above.text) or _YEAR_ONLY.fullmatch(compact(above.text)):
                    continue
            break


def _names_table(text: str) -> bool:
    return (
        len(text) <= _MAX_CAPTION
        and not any(mark in text for mark in "。；！？")
        and not text.endswith(("：", ":", "，"))
        and read_marker(text) is None
    )


@dataclass(frozen=True, slots=True)
class Caption:
    """What the lines above a table say of it. `unit` is that of all its amounts."""

    title: str
    unit: Unit | None
    listed: tuple[ListedUnit, ...] = ()


def table_caption(items: Sequence[Item], kinds: Sequence[BlockKind], index: int) -> Caption:
    """The title and the units that the lines above a table give it."""
    title, number, unit = "", "", None
    listed: tuple[ListedUnit, ...] = ()
    for back in range(index - 1, max(index - 1 - _CAPTION_REACH, -1), -1):
        above = items[back]
        told = _noted_above(items, kinds, back)
        if told is not None:
            unit, listed = unit or told.unit, listed or told.listed
            continue
        if not isinstance(above, Paragraph) or not _may_caption(above.text, kinds[back], title):
            if back == index - 1 and isinstance(above, Paragraph):
                tail = above.text[-_TAIL:]  # 支出构成（单位：万元）：
                noted = _UNIT_NOTE.search(tail[-40:]) or _UNIT_AND_MORE.search(tail)
                unit = caption_unit(noted.group()) if noted else None
            break
        listed = listed or listed_units(above.text)
        unit = unit or listed_money(listed) or caption_unit(above.text)
        if _beside_title(above.text):
            continue
        if is_table_number(above.text):
            number = _clean_title(above.text)
            if title or " " in number:
                break
        elif title:
            break
        else:
            title = _clean_title(above.text)
            if kinds[back] is not BlockKind.CAPTION or number:
                break
    if not (number or title):
        return _caption_below(items, kinds, index, Caption("", unit, listed))
    return Caption(f"{number} {title}".strip(), unit, listed)


def _noted_above(
    items: Sequence[Item], kinds: Sequence[BlockKind], index: int
) -> UnitsBelow | None:
    """The units that a note between a table's title and its grid states: 注：本表金额单位为万元。"""
    above, before = items[index], items[index - 1] if index else None
    if kinds[index] is not BlockKind.NOTE or not isinstance(above, Paragraph):
        return None
    if isinstance(before, Merged) or kinds[index - 1] is BlockKind.NOTE:
        return None
    told = units_below(above.text)
    return told if told.unit is not None or told.listed else None


def _caption_below(
    items: Sequence[Item], kinds: Sequence[BlockKind], index: int, found: Caption
) -> Caption:
    """A numbered title below its table, where the next table is not right below it."""
    below = items[index + 1] if index + 1 < len(items) else None
    if not isinstance(below, Paragraph) or kinds[index + 1] is not BlockKind.CAPTION:
        return found
    after = index + 2
    while after < len(items) and kinds[after] is BlockKind.CAPTION:
        after += 1
    next_table = after < len(items) and isinstance(items[after], Merged)
    if not is_table_number(below.text) or next_table:
        return found
    return replace(
        found, title=_clean_title(below.text), unit=found.unit or caption_unit(below.text)
    )


def _beside_title(text: str) -> bool:
    """Whether a line between a table's title and its grid says no more than whose and when."""
    if is_table_label(text) or _BRACKETED.fullmatch(text) or _UNITS_ONLY.fullmatch(compact(text)):
        return True
    return _YEAR_ONLY.fullmatch(compact(text)) is not None


def _may_caption(text: str, kind: BlockKind, title: str) -> bool:
    if kind in (BlockKind.NOTE, BlockKind.CONTENTS):
        return False
    if kind is BlockKind.PARAGRAPH:
        return is_table_label(text) or _UNITS_ONLY.fullmatch(compact(text)) is not None
    return not (title and kind is BlockKind.HEADING)


def _clean_title(text: str) -> str:
    text = _NUMBER_LEAD.sub("", _UNIT_END.sub("", _UNIT_NOTE.sub("", text).strip()))
    numbered = _NUMBERED_TITLE.match(text)
    if numbered:
        return f"{compact(numbered.group(1))} {tidy(numbered.group(2))}".strip()
    marker = read_marker(text)
    return tidy(text[marker.length :] if marker else text)
