"""What the name of a report's file says: whose report it is, and where."""

from __future__ import annotations

import re

from ingest.identity.names import is_firm, project_in_title, unit_in_title
from ingest.reading.text import fold

_LEAD = re.compile(
    r"^(?:附[件表]\s*\d{0,2}|20\d{6}(?!\d)|\d{1,2}(?=[.、_\-\s])|[\s.、_\-—:：]|[(（【\[][^()（）【】\[\]]{0,8}[)）】\]])*"
)
_PARTS = re.compile(r"[-—_+＋\s（）()【】\[\]]+")
_PLACED = re.compile(r"[省市县区州盟旗镇乡]|街道|^中共|^共青团")
_DAY = re.compile(r"[-—_\s]+(?=20\d\d)")


def plain_stem(stem: str) -> str:
    """A file's name without 附件2, its number, the day of its making and what it says in front."""
    return _LEAD.sub("", stem)


def unit_of_file(stem: str) -> str:
    """The unit that a file's name names: it begins with it, else one of its parts does.

    2023年度_某县民政局_自评报告, 自评报告（某县民政局）; a part without a place may be the evaluator.
    """
    first = unit_in_title(_DAY.sub("", stem))
    if first:
        return first
    for part in _PARTS.split(stem):
        found = unit_in_title(_LEAD.sub("", part))
        if found and _PLACED.search(found) and not is_firm(found):
            return found
    return ""


def project_of_file(stem: str, unit: str) -> str:
    """The project that a file's name names before what kind of report it is; "" for none.

    长者饭堂补贴项目绩效评价报告_2022 where the report itself only says 重点项目.
    """
    for part in _PARTS.split(_LEAD.sub("", stem)):
        named = project_in_title(_LETTER.sub("", part), unit)
        if named.endswith(("项目", "专项", "工程")):
            return named
    return ""


_LETTER = re.compile(r"^[A-Za-z]\d{0,2}$")


def years_of_file(stem: str) -> set[str]:
    """The years that a file's name gives, days left out."""
    return set(re.findall(r"(?<![\dA-Za-z])(20\d\d)(?!\d)", fold(stem)))
