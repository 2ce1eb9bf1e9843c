"""Work that one place calls outstanding and another done: acceptance, completion, payment."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ingest.model import Assertion, ColumnRole, Said
from ingest.reading.text import compact
from ingest.structure.texts import Sentence, Text, Texts, agreed, contrary

_DATE = r"(20\d\d)\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?"
LINK = re.compile(
    r"(?:[”\"》』)、,]|目前|现|均|仍|还|尚|一直|因[^,;。]{0,12}|截至[^,;。]{0,14}|(?:项目|工程)(?=[”\"》』)])"
    r"|(?:尚|仍|还)(?:处于|在)(?:安装|调试|建设|施工|试运行)[^,;。]{0,6})*$"
)
_OPEN = {
    "验收": re.compile(
        r"(?:尚|仍|还)?(?:处于|在)(?:合同)?服务期(?:内)?(?!满)|"
        r"(?:尚?未|没有)(?:完成|通过|进行|组织)?验收(?!材料|报告|资料|单)"
    ),
    "完成": re.compile(
        r"(?:尚?未|没有)(?:全部|按期|如期|按时)?(?:完成|完工|竣工|建成|交付)(?!验收|支付|率)|"
        r"(?:尚|仍|还)?(?:处于|在)(?:建设|施工)(?:中|阶段|期)|(?<=[目程])在建|"
        r"(?:尚|仍|还)(?:处于|在)(?:建设|施工|安装|调试)"
    ),
    "支付": re.compile(r"(?:尚?未|没有)(?:完成)?(?:支付|付款|拨付|结清)"),
}
_DONE = {
    "验收": re.compile(
        rf"(?:{_DATE}\s*)?(?:已|均已|并|顺利|全部)*(?:通过|完成|进行)?了?(?:终期|竣工|交工|最终|项目)?验收"
        r"(?:合格|通过|完毕)?(?=[。;,、)]|\s*$)"
    ),
    "完成": re.compile(
        rf"(?:{_DATE}\s*)?(?:已|均已|顺利|全部|按期|如期|按时)+(?:完成|完工|竣工|建成|交付)(?:使用)?(?=[。;,)]|\s*$)|"
        r"^\s*(?:已?完成|完工|竣工)\s*$"
    ),
    "支付": re.compile(
        rf"(?:{_DATE}\s*)?(?:已|均已|全部|足额|全额)+(?:支付|付清|结清|拨付)(?:完毕)?(?=[。;,)]|\s*$)"
    ),
}
_NOT_YET = re.compile(r"未|没有?|无法|不|待|拟|将|计划|应|须|需|预计|争取|未见|服务期内")
_STATE = re.compile(r"完成情况|进展|进度|状态|验收|实施情况|开展情况|执行情况|支付情况|备注|是否")
_ASIDE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]\s*$")
_AS_OF = re.compile(rf"截[至止]{_DATE}")
_SHORTEST = 6  # characters of a name that no two projects share by chance
_MOST = 6  # rows of one name, beyond which it names no single project
_REACH = 80  # characters before the words of state in which the name must stand

Day = tuple[int, int, int]


class NamedRow(NamedTuple):
    """A named row of a table and the cells that say how far it has come."""

    label: Text
    states: tuple[Text, ...]


NamedRows = dict[tuple[int, str], list[NamedRow]]


def outstanding(texts: Texts) -> Iterator[Assertion]:
    """写作未验收（未完成、未支付）的项目，另一处的表格须没有写它已验收（已完成、已支付）。

    来源：绩效评价报告的子项目开展情况表与指标分析的文字，如“除甲项目尚在服务期外，其他项目均进行了验收”。
    例：正文写“会议室维护项目尚在服务期”，表 2 该项目两行写“2022年10月31日验收”“2023年11月1日验收”，不一致。
    边界：项目名称须与表中名称相同（名称后括注的年度不计），紧接“未验收”“尚在施工（安装、调试）”一类词语；表中已验收的即为已完成；同名的各行都写明已办结才报；
    办结日期晚于报告年度（或“截至”的日期）的不报；验收、完成、支付各与各比。
    """
    rows = named_rows(texts)
    told: set[tuple[int, str, str]] = set()
    for sentence in texts.sentences if rows else ():
        for kind, pattern in _OPEN.items():
            for match in pattern.finditer(sentence.words):
                found = _judged(texts, sentence, kind, match, rows)
                thing = "验收" if kind == "完成" else kind  # of one sentence: 尚在安装、未完成验收
                key = (sentence.text.part, thing, found.subject if found else "")
                if found is not None and key not in told:
                    told.add(key)
                    yield found


def named_rows(texts: Texts) -> NamedRows:
    """The rows with a long enough name, by part and name."""
    found: NamedRows = defaultdict(list)
    for table in texts.document.tables:
        labels = [c for c, column in enumerate(table.columns) if column.role is ColumnRole.LABEL]
        states = [
            c
            for c, column in enumerate(table.columns)
            if column.role is not ColumnRole.LABEL
            and (not column.path or _STATE.search(compact("".join(column.path))))
        ]
        for r in range(len(table.rows)) if states else ():
            cells = [text for s in states if (text := texts.grid.get((table.no, r, s)))]
            for label in (texts.grid.get((table.no, r, c)) for c in labels):
                name = plain_name(label.folded) if label else ""
                if label and len(name) >= _SHORTEST:
                    found[label.part, name].append(NamedRow(label, tuple(cells)))
    return found


def plain_name(label: str) -> str:
    """A project's name to compare by: without quotes, a year in brackets, 项目 at its end."""
    plain = _ASIDE.sub("", compact(label)).strip('“”"')
    return re.sub(r"(?:项目|工程)$", "", plain)


def _judged(
    texts: Texts, sentence: Sentence, kind: str, match: re.Match[str], rows: NamedRows
) -> Assertion | None:
    part = sentence.text.part
    low = max(0, match.start() - _REACH)
    start = subject_before(part, sentence.words[low : match.start()], rows)
    if start is None:
        return None
    alike = rows_of(part, sentence.words[low + start : match.start()], rows)
    if not alike or len(alike) > _MOST:
        return None
    subject = _ASIDE.sub("", compact(alike[0].label.folded))
    if sentence.text in (cell for row in alike for cell in row.states):
        return None
    last = _until(texts, sentence)
    stated = sentence.said(low + start, match.end())
    done = [said for row in alike if (said := _done(row, kind, last)) is not None]
    if len(done) == len(alike):
        return contrary("outstanding", part, subject, stated, tuple(done[::-1]))
    still = [said for row in alike if (said := _still(row, kind)) is not None]
    agree = len(still) == len(alike)
    return agreed("outstanding", part, subject, stated, tuple(still)) if agree else None


def subject_before(part: int, before: str, rows: NamedRows) -> int | None:
    """Where the longest name of a row starts that stands right before the words of state."""
    ending = _ended(before)
    for start in range(len(ending) - _SHORTEST + 1):
        if (part, plain_name(ending[start:])) in rows:
            return start
    return None


def rows_of(part: int, name: str, rows: NamedRows) -> list[NamedRow]:
    """The rows of a name; those of its very brackets where it has some: 改造(石榴街道)."""
    alike = rows[part, plain_name(_ended(name))]
    aside = _ASIDE.search(name.rstrip())
    if aside is None:
        return alike
    return [row for row in alike if compact(aside.group()) in compact(row.label.folded)]


def _ended(name: str) -> str:
    """A name without brackets at its end and without what links it to its verb."""
    return LINK.sub("", _ASIDE.sub("", name))


def _until(texts: Texts, sentence: Sentence) -> Day:
    """The day that the sentence speaks of: its 截至 date, else the end of the year reported."""
    stated = _AS_OF.search(sentence.words)
    if stated:
        return day_of(stated)
    year = texts.parts[sentence.text.block].year
    return (int(year), 12, 31) if year.isdigit() else (9999, 12, 31)


def day_of(match: re.Match[str]) -> Day:
    return (int(match[1]), int(match[2]), int(match[3] or 31))


def _done(row: NamedRow, kind: str, last: Day) -> Said | None:
    """Where the row says that it is done, no later than the day spoken of."""
    kinds = (kind, "验收") if kind == "完成" else (kind,)  # what was accepted is completed
    found = (
        (cell, m) for cell in row.states for k in kinds for m in _DONE[k].finditer(cell.folded)
    )
    for cell, match in found:
        before = re.split(r"[,;。]", cell.folded[: match.start()])[-1]
        if not _NOT_YET.search(before) and (match[1] is None or day_of(match) <= last):
            return cell.said(match.start(), match.end())
    return None


def _still(row: NamedRow, kind: str) -> Said | None:
    for cell in row.states:
        match = _OPEN[kind].search(cell.folded)
        if match:
            return cell.said(match.start(), match.end())
    return None
