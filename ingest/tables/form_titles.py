"""The titles that forms print in their first row, and the project that such a title names."""

from __future__ import annotations

import re

from ingest.identity.names import is_generic_project, project_in_title, unit_in_title, without_aside
from ingest.model import Cell, Table
from ingest.reading.text import compact, tidy
from ingest.structure.markers import cjk_number, read_marker

_ROWS = 3  # at the top of a form that may hold its title
_LONGEST = 60
_QUOTED = re.compile(r"[“\"]([^“”\"。；]{3,40})[”\"](?:项目|专项资金|经费|资金|专项)")
_KIND = re.compile(
    r"(?:项目)?(?:支出)?(?:预算)?(?:绩效)?(?:自评|评价|目标)?(?:情况|结果)?(?:表|报告)?$"
)
_SELF = re.compile(r"(?:项目)?(?:支出)?(?:绩效)(?:自评|自我评价|评价)(?:情况|结果)?(?:表|报告)?$")
_FORM = re.compile(r"(?:自评|评价|绩效|目标).{0,8}(?:表|情况|报告)?(?:[(（].{1,12}[)）])?$")
_SHEET_LEAD = re.compile(r"^(?:附[件表]?[\d\-—]*|[\d\-—.、_]+)\s*")
_NO_SHEET = re.compile(
    r"^(?:[A-Za-z]+\d*|[\d\W]*|表.{0,4})$|自评|评价|绩效|指标|汇总|目录|封面|附件|附表|说明|情况|概况|信息|结论|管理$|"
    r"整体|决算|预算|资金$|资金安排|分析|结果|问题|建议|部分|收入|支出|目标|明细|总表"
)
_NAMED = re.compile(
    r"^.{0,24}?20\d\d\s*年度?(.{3,40}?(?:项目|经费|资金|工程|专项|补助|补贴|购置|采购))$"
)


def banner(table: Table) -> Cell | None:
    """The cell that stands alone in one of a table's first rows and is no line of a name or unit."""
    top = (*table.header, *table.rows[:1]) if table.header else table.rows
    for row in top[:_ROWS]:
        cells = [cell for cell in row if cell.text]
        if len(cells) == 1 and len(cells[0].text) <= _LONGEST and not _opens_key(cells[0].text):
            return cells[0]
        if len(cells) == 2 and not table.header and _names(cells[0].text):
            return cells[0]
    return None


def _opens_key(text: str) -> bool:
    return re.match(r"[(（]|.{1,10}[:：]|[一二三四五六七八九十]、", text) is not None


def _names(text: str) -> bool:
    return bool(project_in_form(text))


_NUMBERED = re.compile(
    r"项目\s*([一二三四五六七八九十]{1,3}|\d{1,2})(?:[\s:：、.．]+|(?=[“\"]))([^\s，。；：:]{3,40})"
)


def numbered_project(text: str) -> tuple[int, str] | None:
    """The number and name of 项目一  基本公共卫生服务补助, a line of its own above a form."""
    found = _NUMBERED.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    number = int(found[1]) if found[1].isdecimal() else cjk_number(found[1])
    return number, found[2].strip('“”"')


def says_form(title: str) -> bool:
    """True for the title of a form about one project: 项目支出绩效自评表, 某项目绩效评价情况."""
    return _FORM.search(title) is not None and "整体" not in title and "汇总" not in title


def named_by_sheet(heading: str) -> str:
    """The project that a form's sheet is called by, or "" where it only says that it is a form."""
    marker = read_marker(heading)
    name = heading[marker.length :] if marker is not None else heading
    name = _SHEET_LEAD.sub("", name).strip()
    return "" if _NO_SHEET.search(name) or not 3 <= len(name) <= 30 else name


def without_kind(title: str) -> str:
    """A form's title without 项目支出绩效自评表 and its like at the end, and without its year."""
    plain = re.sub(r"\s*[(（][^()（）]{1,12}[)）]$", "", title)
    return re.sub(r"(?:20\d\d年度?)+$|^20\d\d年度?", "", _SELF.sub("", plain))


def project_in_form(title: str) -> str:
    """The project that a form's title names: 2024年残疾人辅具适配补贴项目绩效自评表."""
    text = tidy(title)
    numbered = numbered_project(title)
    if numbered is not None:
        return numbered[1]
    quoted = _QUOTED.search(text)
    if quoted:
        return quoted[1]
    named = project_in_title(text, unit_in_title(text))
    if named:
        return named
    text = _SHEET_LEAD.sub("", text)
    plain = _NAMED.match(text) or _NAMED.match(_KIND.sub("", text))
    if plain and not is_generic_project(compact(plain[1])):
        return without_aside(plain[1])
    return ""
