"""Ways of asking in their usual form: requests as questions, colloquial turns as plain ones.

Pure. The turns are in `data/asking_patterns.tsv`, so that an office can add its own.
"""

from __future__ import annotations

import re
from functools import cache

from qa.lexicon import LexiconError, derived, placed_rows

_FILE = "asking_patterns.tsv"
_NAMED = re.compile(r"[“\"《「『][^”\"》」』]*[”\"》」』]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:,\d{3})*(?:\.\d+)?(?!\d))")
_HIDDEN = 0xE000  # private characters stand for quoted names while the patterns are tried


def usual_form(question: str) -> str:
    """The question as the rules read it best; quoted names stay as they are."""
    names: list[str] = []

    def hide(match: re.Match[str]) -> str:
        names.append(match.group())
        return chr(_HIDDEN + len(names) - 1)

    text = _NAMED.sub(hide, question)
    text = _asked_outright(_THOUSANDS.sub("", text))
    for pattern, usual in _patterns():
        text = pattern.sub(usual, text)
    return (
        re.sub(
            f"[{chr(_HIDDEN)}-{chr(_HIDDEN + len(names))}]",
            lambda match: names[ord(match.group()) - _HIDDEN],
            text,
        )
        if names
        else text
    )


def check_asking_patterns() -> None:
    """Read every pattern.

    Raises:
        LexiconError: a pattern or its usual form cannot be read.
    """
    for where, (text, usual) in placed_rows(_FILE):
        try:
            re.compile(text).sub(usual, "")
            unknown = set(re.findall(r"\\g<(\w+)>", usual)) - set(re.compile(text).groupindex)
        except (re.error, IndexError) as error:
            raise LexiconError(f"{where}:问法“{text}”有误:{error},请更正") from error
        if unknown:
            raise LexiconError(f"{where}:通常说法中有不认识的空位 {sorted(unknown)},请更正")


@derived
@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    check_asking_patterns()
    return tuple((re.compile(text), usual) for _, (text, usual) in placed_rows(_FILE))


_REQUEST = re.compile(
    r"^\s*(?:请|烦请|麻烦)(?:您)?(?:帮我|帮忙)?"
    r"(?:(?:以|按|用)(?P<unit>亿元|百万元|万元|千元|元)(?:[(（][^()（）]*[)）])?(?:为单位|计)?[,，]?)?"
    r"(?:分别|逐一|具体)?(?:列示|列明|列出|提供|给出|写出|说明|报出|计算|测算|汇总|核算|推算|查询?|查找|告知|填报|反映)"
    r"(?:一下)?(?:出)?(?P<what>[^?？]+?)[。.]?$"
)
_ASKS = re.compile(r"多少|几|什么|啥|哪|谁|何|吗|是否|有没有|怎么|怎样|如何")
_UNIT = re.compile(r"[,，](?:单位|以)(?:为|是|:|：)?(?P<unit>万元|亿元|元)(?:为单位|计)?$")
_MEASURED = re.compile(
    r"(?:数|数量|数额|额|金额|率|比例|比重|预算|决算|支出|收入|得分|分值|满分|总分|余额|结余|面积|成本|值|"
    r"次|数目|费用|经费|费|合计|之和|总和|总数|总额|人数|次数|个数|份数|台数|家数|台套数|(?:基本)?工资)$"
)
_LISTED = re.compile(
    r"、|及|和|与|(?:19|20)\d\d\s*(?:年度?)?\s*(?:[—–~～至到-])\s*(?:19|20)?\d\d|各年|每年"
)
_NAMED_AS_ONE = re.compile(r"结转和结余|预算和执行|局和|委和")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]$")
_HEADS = re.compile(r"的|[中里]|(?<!\d)年度?|局|委(?!托)|项目(?!支出)|指标")
_BARE = 5  # 金额, 计划值: such an end says how much of what stands before it
_TOGETHER = re.compile(r"(?:之和|总和|合计|之差|差额|总数|总额)$")


def _asked_outright(text: str) -> str:
    """``请列示甲及乙的金额`` as ``甲及乙的金额各是多少？``, where measures alone are requested."""
    request = _REQUEST.match(text)
    if not request or _ASKS.search(text):
        return text
    what = request["what"]
    unit = _UNIT.search(what)
    told = unit["unit"] if unit else request["unit"] or ""
    what = what[: unit.start()] if unit else what
    if not _MEASURED.search(_ASIDE.sub("", what)):
        return text
    several = _several(what) and not _TOGETHER.search(what)
    return f"{what}{'各' if several else ''}是多少{told}？"


def _several(what: str) -> bool:
    """Whether what is requested is a list: its last part, or the one before a bare measure."""
    pieces = [piece for piece in _HEADS.split(_NAMED_AS_ONE.sub("", what)) if piece]
    last = pieces[-2:] if len(pieces[-1]) < _BARE else pieces[-1:]
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", what)
    return len(set(years)) > 1 or any(_LISTED.search(piece) for piece in last)
