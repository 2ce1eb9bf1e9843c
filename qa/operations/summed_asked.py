"""What a question about a total and its parts names: the total, the parts, the total's value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from qa.operations.verdicts import gap_asked
from qa.words import agreement, cues
from qa.words.matching import squeeze

_SUM = re.compile(
    r"加得?起来|加得(?:上|拢)|加总|相加|加在一起|合起来|加(?:到)?一块儿?|累加|求和|之和|的和|总和"
)
_CHAIN = re.compile(
    r"[^,;?。]+?[^,;?。加增追附]加上?(?!得|起来|总|在|权|强|快|固|装|工|班)[^,;?。]+"
)
_PLUS = re.compile(r"加上?")
_RELATION = re.compile(r"跟|与|(?<![合共相不])同(?![比级期])|等于|是否|是不是|对不对得上")
_LISTED = re.compile(r"、|和(?!谐)|及")
_ALL = re.compile(
    r"^(?:下面|以下|下列|所列|里面|其下|表[里上中内]|附表|附件|评分表|明细表|它|其|的|把|将|后面|各自|二者)*"
    r"(?:各个?|每个?|全部|所有|这?(?:[两三四五六七八九十]+|\d+)大?[个项类家]?)?"
    r"(?:项|明细|分项|子项|细项|指标|类别?|款|行|科目)?(?P<rest>[一-鿿]*)$"
)
_EVERY = re.compile(
    r"^(?:把|将)?的?(?:分数|得分|分)$|各|每|全部|所有|明细|分项|子项|细项|下面|下列|以下|[两三四五六七八九十]大?[个项类]"
)
_OPENS = re.compile(
    r"^(?:的?话)?(?:就|正好|刚好|出来|后|得到|得出)*(?:(?:等于|是)?多少[,;])?(?:是不是|是否|能不能|能否|等不等于|等于|有没有|是|为|跟|与|和|同|对得上)*"
)
_CLOSES = re.compile(
    r"(?:是否|是不是|能不能|能否|写的?|数字?)*(?:对(?:吗|么|不对|不)|对得上|对不上|一致|相等|相符|吻合|一样|相同|差多少|差了?|少了?|多了?|等于|不等|"
    r"吗|么|呢|又是多少|是多少|[,;?。]).*$"
)
_BACK = re.compile(
    r"^(?:的|这个?|该|那个?|此|上述|表[里上中]的?)*(?:数字?|结果|合计数?|总数|总计|总额|总量|合计)?$"
)
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A total and its parts as a question puts them.

    `parts` is empty where all that the report lists are meant; `number` is the total's value where
    the question quotes it.
    """

    whole: str
    parts: tuple[str, ...]
    about: str
    number: Decimal | None


def parts_named(text: str) -> bool:
    """Whether a question holds a total against parts that it names: nothing else answers it."""
    asked = read(text)
    return asked is not None and len(asked.parts) > 1


def read(text: str) -> Asked | None:
    """What a question holds against what; None where it is no such question."""
    text = without_table_numbers(text)
    summed = _SUM.search(text)
    claimed = summed is not None and bool(_CLAIMED.match(text, summed.end()))
    if not (claimed or agreement.verify_asked(text) or gap_asked(text)) or _ONLY.search(text):
        return None
    clause, left, right = _around(text, summed)
    if summed is None and not clause:
        return None
    before, parts = _parts(clause)
    if parts is None:
        return None
    whole = before or _CLOSES.sub("", _OPENS.sub("", right))
    if _BACK.match(squeeze(_NUMBER.sub("", whole))) and left and not _NUMBER.search(whole):
        whole = re.split(r"[,;。]", left)[-1]
    number = _NUMBER.search(whole) or (None if before else _NUMBER.search(right))
    about = "" if parts else _about(clause)
    name = cues.content(_NUMBER.sub(" ", whole))
    if not (name or number or about) and len(parts) > _PAIR and "和" in clause.partition("、")[0]:
        name, parts = parts[0], parts[1:]  # 合计和甲、乙相加: the total comes first
    if not (name or number or about):
        return None
    return Asked(name, parts, about, Decimal(number[1]) if number else None)


# 决算表1，各县区…: where it stands, and no part or total.
_IN_TABLE = re.compile(
    r"(?:决算|收支|附|明细)?表\s*(?:\d+|[一二三四五六七八九十]+)(?![\d.]*(?:万|元))[里中上]?[,，的]?"
)


def without_table_numbers(text: str) -> str:
    """A question without the table in which it asks for something: 决算表1."""
    return _IN_TABLE.sub(" ", text)


# 加起来是这个数吗; a sum that the question has worked out itself is another matter.
_CLAIMED = re.compile(
    r"(?:出来|后)?(?:正好|刚好|就)?(?:是不是|是否|是|等于|有没有|有|为)(?![^,;?。]*(?:多少|几))[^,;?。]{0,24}(?:吗|不|么|[?]|$)"
)
_ONLY = re.compile(r"(?:加|加起来|合计|之和)[^,;?。]{0,12}(?:只有|才|却)")
_NUMBER = re.compile(
    r"(?<![\d.差少多了])(\d+(?:\.\d+)?)\s*(?:亿元|万元|元|分|个|辆|人|座|家|%)?(?!\d|月|日|号)"
)


def _around(text: str, summed: re.Match[str] | None) -> tuple[str, str, str]:
    """The clause up to where the parts end, what stands before that clause, and what follows."""
    if summed is None:
        chain = _CHAIN.search(text)
        if chain is None:
            return "", "", ""
        last = max(match.end() for match in _PLUS.finditer(chain.group()))
        cut = _OWN_END.search(chain.group(), last)
        end = chain.start() + (cut.start() if cut else len(chain.group()))
        return (
            text[chain.start() : end],
            text[: chain.start()].rstrip(",; "),
            text[end:].lstrip(","),
        )
    start = max(text.rfind(mark, 0, summed.start()) for mark in ",;。?") + 1
    return text[start : summed.start()], text[: max(start - 1, 0)], text[summed.end() :]


# Where the last part of a chain ends: 人员经费加公用经费|与基本支出是否相符.
_OWN_END = re.compile(
    r"(?<=[一-鿿])(?:两项|二者|两者|三项|一共)?(?:与|跟|(?<![合共相不])同|等于|是否|是不是|得(?=多少|到)|差|"
    r"和(?=[^和]{2,16}(?:差|一致|相符|对得上|相等|吻合)))"
)


def _parts(clause: str) -> tuple[str, tuple[str, ...] | None]:
    """What stands before the parts in their clause, and the parts; () for all, None for none."""
    if _PLUS.search(clause) and not _SUM.search(clause):
        pieces = _PLUS.split(clause)
        head = _RELATION.split(pieces[0])
        before = head[0] if len(head) > 1 else ""
        return before, _names((head[-1], *pieces[1:]))
    pieces = _RELATION.split(clause)
    last = pieces[-1]
    before = cues.content("".join(pieces[:-1]))
    if _is_all(last):
        return before, ()
    lead, joined, rest = last.rpartition("和")
    if joined and "、" not in rest and _is_all(rest):
        return before or lead, ()
    listed = _names(_LISTED.split(last))
    if len(listed) > 1:
        return before, listed
    if len(pieces) > 1:
        listed = _names(_LISTED.split("、".join(pieces)))
        return "", listed if len(listed) > 1 else None
    return "", None


_COUNT = re.compile(
    r"[两三四五六七八九十\d]+(?:项|者|类|个|块|笔|部分)(?:收入|支出|金额|得分)?$|(?:二|两|三)者$|(?:的个?数量?|的金额|(?<=项目)个?数)$"
)


def _names(pieces: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    found = (cues.content(_NUMBER.sub(" ", _COUNT.sub("", piece.strip()))) for piece in pieces)
    return tuple(name for name in found if name)


def _is_all(phrase: str) -> bool:
    phrase = re.sub(r"\s", "", phrase)
    return (
        bool(_EVERY.search(phrase))
        and "、" not in phrase
        and bool(_ALL.search(phrase) or len(phrase) <= 14)
    )


_COUNTED = re.compile(
    r"(?P<name>[一-鿿“”]{2,}?)(?:[两三四五六七八九十\d]+|各)(?:个?项|个?类|个?指标)目?"
)


def _about(clause: str) -> str:
    """What all the parts are, as far as the question says it: 各区县|分配资金."""
    last = re.sub(r"\s", "", _RELATION.split(clause)[-1])
    counted = _COUNTED.fullmatch(last)
    if counted:
        return cues.content(counted["name"])
    match = _ALL.match(last)
    rest = match["rest"] if match else _EVERY.sub("", last)
    return cues.content(rest)
