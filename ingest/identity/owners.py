"""The unit that a report's text is of: in charge, carrying out, rating itself, or signing at the end."""

from __future__ import annotations

import re

from ingest.identity.names import HAN, UNIT_END, Named, is_firm, plain_unit
from ingest.model import Block, BlockKind, Fact, Locator
from ingest.reading.text import tidy
from ingest.structure.markers import is_date_line

_NAME = rf"([{HAN}]{{2,30}}?(?:{UNIT_END}))"
# From the surest to the least sure: in charge, carrying out, running.
_OWNERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?:项目|资金|业务|行业|行政)?主管(?:部门|单位)|牵头(?:部门|单位)|责任(?:部门|单位)|预算单位)(?:为|是|系|[:：])\s*"
        rf"{_NAME}(?=[，。；、（(\s]|和|及|负责|牵头|$)",
        rf"对{_NAME}(?:牵头|负责)?(?:组织)?实施的",
        rf"(?:项目)?(?:(?:实施|承担|执行|用款|建设|业主)(?:单位|主体)|责任主体|项目业主)(?:为|是|系|[:：])\s*{_NAME}(?=[，。；、（(\s]|和|及|负责|牵头|$)",
        rf"由{_NAME}(?:会同[^，。；]{{2,20}}?)?(?:牵头|负责|组织实施|具体实施|归口管理|管理|主管|作为(?:项目)?主管)",
    )
)  # fmt: skip
_RATES_ITSELF = re.compile(
    rf"(?:^|[\n，。；]){_NAME}(?:对|组织|及时|认真|高度重视|按照|成立)[^。\n]{{0,40}}?(?:自评|自我评价)"
)
_ACTS = re.compile(rf"(?:^|[\n，。；]){_NAME}(?:将|坚持|紧紧|紧扣|围绕|以习近平|深入贯彻|全面贯彻)")
_NO_NAME = re.compile("各|本|该|所属|相关|有关|根据|按照|我|全")
_SIGNED = re.compile(rf"{_NAME}\s*(?:[(（](?:盖章|公章|章)[)）])?\s*(?P<date>20\d\d年.{{2,8}})?$")
# 业务部, 财务室: a department of a body, and no body.
_INSIDE = re.compile(
    r"(?<!组织)(?<!宣传)(?<!统战)(?<!统一战线工作)(?<!武装)(?<!工作)(?<!指挥)(?<!俱乐)部$|(?<!办公)(?<!研究)(?<!教研)室$|[科股组]$"
)
_EVALUATOR = re.compile("评价中心|评审中心|监测评价")
_LAST = 12  # blocks at the end of a report among which it is signed


def owner_in_text(text: str) -> Named | None:
    """The unit that a text names as the department in charge, or as the one that carries out."""
    return next(filter(None, (_first(pattern, text) for pattern in _OWNERS)), None)


def rates_itself(text: str) -> Named | None:
    """The unit that a text says has rated itself: 某县水务局对项目开展自评."""
    return _first(_RATES_ITSELF, text)


def acts_itself(text: str) -> Named | None:
    """The unit that a text of a unit about itself says acts: 某街道办事处将坚持…."""
    return _first(_ACTS, text)


def _first(pattern: re.Pattern[str], text: str) -> Named | None:
    for found in pattern.finditer(text):
        name = tidy(found.group(1))
        inside = _INSIDE.search(name)
        if len(name) >= 4 and not _NO_NAME.match(name) and not is_firm(name) and not inside:
            return Named(name, found.start(1), found.end(1))
    return None


def signed_by(blocks: tuple[Block, ...]) -> Fact | None:
    """The unit that a report is signed by at its end, with a date behind or below its name."""
    last = blocks[-_LAST:]
    for index, block in enumerate(last):
        if block.kind is not BlockKind.PARAGRAPH or len(block.text) > 60:
            continue
        found = _SIGNED.match(tidy(block.text))
        below = last[index + 1] if index + 1 < len(last) else None
        dated = below is not None and is_date_line(tidy(below.text))
        if found is None or not (dated or found["date"]):
            continue
        name = plain_unit(found[1])
        start = block.text.find(name)
        if len(name) >= 4 and not (is_firm(name) or _EVALUATOR.search(name)) and start >= 0:
            place = Locator(block.raw_spans(start, start + len(name)), block.page)
            return Fact(name, place)
    return None
