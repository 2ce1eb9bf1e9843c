"""List numbers and other openings of a line: 一、 （一） 1. （1） ① 第一部分 附件 注：."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.reading.text import compact, fold

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5,
    "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_CJK = "一二三四五六七八九十百零〇"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_MAX_LEAD = 40


class Marker(NamedTuple):
    """A list number at the start of a text.

    `style` tells 一、 from （一） and 1. from （1）; widths of brackets do not matter. `length` is
    the number of characters of the marker in the text, with the spaces after it.
    """

    style: str
    ordinal: int
    length: int


_UNITS = r"[亿万元倍吨]|千元|百万|个百分点|公里|平方|公顷|分[,。;]"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第\s*([{_CJK}]{{1,4}}|\d{{1,2}})\s*(?:部分|章|篇)\s*[:、.]?\s*")),
    ("section", re.compile(rf"第\s*([{_CJK}]{{1,4}}|\d{{1,2}})\s*节\s*[:、.]?\s*")),
    ("cjk", re.compile(rf"([{_CJK}]{{1,4}})\s*(?:[、.．]|(?=[ \u3000])\s+)\s*")),
    ("formal", re.compile(rf"([{_FORMAL}]{{1,3}})\s*(?:[、.．:：]|(?=[ \u3000])\s+)\s*")),
    ("(cjk)", re.compile(rf"\(\s*([{_CJK}]{{1,4}})\s*\)\s*[、.]?\s*")),
    ("1.1.1", re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){2})(?![\d.%])[、.]?\s*(?=[\u4e00-\u9fff“《])")),
    (
        "1.1",
        re.compile(
            r"(\d{1,2}[.．]\d{1,2})(?![\d.%,])(?:[、.]\s*|\s+)"
            r"(?=[\u4e00-\u9fff“《])(?!" + _UNITS + ")"
        ),
    ),
    ("1.", re.compile(r"(\d{1,3})\s*(?:、|[.．](?!\d))\s*")),
    ("(1)", re.compile(r"\(\s*(\d{1,3})\s*\)\s*[、.]?\s*")),
    ("1)", re.compile(r"(\d{1,3})\s*\)\s*")),
    ("①", re.compile(r"([\u2460-\u2473])\s*[、.]?\s*")),
    ("⑴", re.compile(r"([\u2474-\u2487])\s*[、.]?\s*")),
    ("⒈", re.compile(r"([\u2488-\u249b])\s*")),
)  # fmt: skip
_CIRCLES = {"①": 0x2460, "⑴": 0x2474, "⒈": 0x2488}
_OPENERS = frozenset("第(①⑴⒈") | frozenset(_CJK) | frozenset(_FORMAL) | frozenset("0123456789")


def cjk_number(text: str) -> int:
    """The value of a Chinese numeral below 1000 (``十二`` is 12)."""
    total = current = 0
    for char in text:
        if char in "十拾":
            total, current = total + max(current, 1) * 10, 0
        elif char == "百":
            total, current = total + max(current, 1) * 100, 0
        else:
            current = _DIGITS.get(char, 0)
    return total + current


def read_marker(text: str) -> Marker | None:
    """The list number that `text` opens with, or None."""
    head = fold(text[:_MAX_LEAD])
    first = head[:1]
    if first not in _OPENERS and not "\u2460" <= first <= "\u249b":
        return None
    for style, pattern in _PATTERNS:
        found = pattern.match(head)
        if found:
            return Marker(style, _ordinal(style, found.group(1)), found.end())
    return None


def _ordinal(style: str, printed: str) -> int:
    if style in _CIRCLES:
        return ord(printed) - _CIRCLES[style] + 1
    last = re.split(r"[.．]", printed)[-1]
    return int(last) if last.isdigit() else cjk_number(last)


_NOTE = re.compile(
    r"(?:[*＊※]\s*)?(?:备\s*注|附\s*注|注|说明|填表说明|数据来源|资料来源)\s*\d{0,2}\s*[:：]"
)
_TABLE_NO = re.compile(
    r"附?表\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}(?=[\s:、.]))(?:[-—－.]\d{1,2})?\s*表?"
    r"(?![\d\u4e00-\u9fff]{0,6}[，。；])"
)
_FORM_CODE = r"[\u4e00-\u9fffA-Za-z]{0,4}\d{1,3}(?:-\d{1,2})?表"
_TABLE_LABEL = re.compile(
    rf"{_FORM_CODE}$|(?:{_FORM_CODE})?(?:"
    r"(?:编制|填报|填制|公开|预算|主管)?(?:部门|单位)(?:名称|公章|盖章)?(?:\(.{1,6}\))?:|"
    r"(?:金额)?单位:|计量单位:|\(?单位:|(?:日期|填报日期|填表日期|填报人|联系电话|制表日期):|"
    r"(?:预算|财政)?年度:)"
)
_ANNEX = re.compile(r"附\s*(?:件|表|录)?\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：、.]?$")
_CONTENTS = re.compile(r"(?:.{0,40})目\s*录$")
_KEY = re.compile(r"[\u4e00-\u9fff“”、/()（）]{2,14}[:：]")
_DATE = re.compile(
    r"(?:\d{4}|[二〇○零一九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?$"
)
_TITLE_END = re.compile(
    r"(?:报告|报告书|决算|预算|决算公开|预算公开|决算说明|预算说明|说明|自评表|评分表|申报表|决算草案|"
    r"公开文本|情况公开|信息公开|评价结果|自评情况|结果的(?:通报|通知|公告|公示))(?:[（(〔].{1,20}[)）〕])?$"
)
# 某县水利局2022年度“三公”经费决算要点: the year and the kind of report stand in it.
_DATED_TITLE = re.compile(
    r"^(?:关于)?[\u4e00-\u9fff（）()“”]{0,40}20\d\d\s*年度?(?:\d{1,3}个)?[^\d]{0,40}?"
    r"(?:决算|自评|评价|(?:决算|预算|绩效|自评|评价|三公|经费|专项资金|转移支付|补贴|补助)"
    r"[^\d]{0,16}(?:要点|情况|汇总|公告|公示|通报|分析|总结|信息|数据|概况|简报|报表|摘要|自评|评价|公开))"
    r"(?:[（(〔].{1,30}[)）〕])?$"
)
_UNIT_PHRASE = re.compile(
    r"\d\s*(?:[万亿千百]?\s*元|%|％|分(?!类|别|期|项|解|散|级)|万|亿|个百分点|人次|宗|条|件|辆)"
)
_TERMINAL = re.compile(r"[。！？；：!?;:…][”’\"'）)】》」』\s]*$|[\u4e00-\u9fff）)]\.[”\"]?$")
_FINAL = re.compile(r"[。！？!?][”’\"'）)】》」』\s]*$|[\u4e00-\u9fff）)]\.[”\"]?$")
_CLOSERS = frozenset("”’）)】》」』，。、；：！？,;!?%％÷×")


_PREFACE = frozenset(("摘要", "前言", "引言", "导语", "内容摘要", "结语"))


def is_preface(text: str) -> bool:
    """True for the unnumbered headings 摘要, 前言 and their like."""
    return len(text) <= 12 and compact(text) in _PREFACE


def is_note(text: str) -> bool:
    """True for 注：… and its like."""
    return _NOTE.match(text) is not None


def is_table_label(text: str) -> bool:
    """True for the lines between a table's title and its grid: 部门：… 单位：万元."""
    head = compact(text[:80])
    return len(text) <= 80 and _TABLE_LABEL.match(head) is not None


def is_table_number(text: str) -> bool:
    """True for a table's numbered title line: 表1, 表 2 子项开展情况."""
    return len(text) <= 80 and _TABLE_NO.match(fold(text)) is not None and not ends_sentence(text)


def is_annex(text: str) -> bool:
    """True for a line that says 附件, 附件2, 附表 and no more."""
    return len(text) <= 12 and _ANNEX.match(text) is not None


def is_contents_title(text: str) -> bool:
    """True for 目录, alone or at the end of the report's title."""
    return len(text) <= 60 and _CONTENTS.match(text) is not None


def is_date_line(text: str) -> bool:
    """True for a line that is a date and no more."""
    return len(text) <= 20 and _DATE.match(fold(text)) is not None


def has_key(text: str) -> bool:
    """True when the text opens with a short name and a colon (项目预算：…)."""
    return _KEY.match(text[:20]) is not None


_TRAIL = re.compile(r"(?:网站)?首\s*页\s*[>＞»›/|]|(?:[您你]现?在?的|当前|所在)位置")
_STEPS = re.compile(r"[>＞»›]")


def is_page_trail(text: str) -> bool:
    """True for a web page's way to itself: 首页 > 政务公开 > 部门决算, 当前位置：…"""
    head = text[:120].strip()
    return _TRAIL.match(head) is not None or len(_STEPS.findall(head)) >= 2


_ASIDE_END = re.compile(
    r"(?<=[算告价评明])[（(〔][^（）()]{1,30}[)）〕]$"
)  # …决算（某局发布，2022-10-08）


def is_title_like(text: str) -> bool:
    """True for a short line that ends the way titles of reports end."""
    return (
        4 <= len(text) <= 90
        and not any(mark in _ASIDE_END.sub("", text) for mark in "。，；,;！？")
        and (_TITLE_END.search(text) or _DATED_TITLE.search(text)) is not None
        and not _open_bracket(text)
    )


_REPORT_TITLE = re.compile(r"(?:评价|自评|评估|评审).{0,12}(?:报告|报告书)(?:[(（].{1,20}[)）])?$")


def is_report_title(text: str) -> bool:
    """True for the title of an evaluation report: its unit or project and 绩效评价报告."""
    plain = compact(text)
    return len(plain) >= 8 and is_title_like(text) and _REPORT_TITLE.search(plain) is not None


_SUBTITLE = re.compile(r"\s*[(（](?!\s*(?:金额)?单位)[^()（）]{4,60}[)）]\s*")


def is_subtitle(text: str) -> bool:
    """True for a line in brackets, as below a title: （甲项目）, （2023年度）."""
    return len(text) <= 70 and _SUBTITLE.fullmatch(text) is not None


def ends_sentence(text: str) -> bool:
    """True when the text ends in 。！？；： or the like, with closing quotes after it."""
    return _TERMINAL.search(text[-8:]) is not None


def ends_full_stop(text: str) -> bool:
    """True when the text ends in 。！？ with closing quotes after it."""
    return _FINAL.search(text[-8:]) is not None


def opens_closing(text: str) -> bool:
    """True when the text starts with what only ends or goes on with another text."""
    return text[:1] in _CLOSERS


def names_figure(text: str) -> bool:
    """True when the text holds a number with a unit."""
    return _UNIT_PHRASE.search(fold(text)) is not None


def _open_bracket(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in ("《》", "“”", "（）", "()"))


def is_unbalanced(text: str) -> bool:
    """True when a bracket or quotation opened near the end of the text is not closed in it."""
    return _open_bracket(text[-300:])
