"""What a question in a conversation needs of the turn before: nothing, its scope, or its words.

A question that says by itself which unit or project, which year and which figure it means is
answered as if it were the first one; what was asked before must not change it. Pure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum

from qa.plan import Plan
from qa.planning.carried import measure_of, subject_of
from qa.planning.planner import Remembered
from qa.question.wording import normalise
from qa.words import cues
from qa.words.matching import squeeze


class Leaning(Enum):
    """How much of the turn before a question needs."""

    NOT = "complete by itself"
    SCOPE = "names what it asks for, but not whose or of which year"
    WORDS = "leaves out what it asks for"


_BEGINS = re.compile(
    r"^[\s,，]*(?:那|其中|另外|此外|然后|接着|再|还|又|也|同样|以及|并且|和|与|跟|及|比|较|占|除|同|"
    r"这|它|他|其(?!他|余|它)|该|此|上述|前者|后者|两者|二者|三者|分别|各自|各是|一共|总共|合计|加起来|平均|为什么|为何|为啥|原因)"
)
_POINTS = re.compile(
    r"它|前者|后者|上述|刚才|刚刚|上面|两者|二者|三者|其中|"
    r"(?:^|[,，。;；?？、\s比和与跟占较])(?:这|那)(?:个|些|几|笔|项|[两三四]|里|次|家|批|一|份|年)|"
    r"(?<![尤极与])其(?!他|中|余|它|实|后|间|次|下)|该(?:项目|单位|局|部门|指标|数|笔|项|市|县|区|年)|同(?:期|一年|年)"
)
_POINTS_ENGLISH = re.compile(
    r"^(?:and|then|what about|how about|so|but|of (?:these|those|which))\b|"
    r"\b(?:its?|they|their|them|those|these|the (?:same|former|latter|two|difference))\b",
    re.I,
)
_ELLIPTIC = re.compile(r"呢[?？。!！\s]*$")
# Words that say what to do with a figure, or its kind, and leave open which one is meant.
_GENERAL = re.compile(
    r"(?:同比|环比|增长|增减|下降|变动|变化|完成|执行|支付|得分|评分|扣分|占比|比重|比例|差额|差距|平均|合计|总计|总额|总数|"
    r"幅度|增幅|降幅|绝对数|百分点|金额|数额|资金|单位|项目|指标|满分|分值|等级|排名|名次|年初|年末|全年|年度|预算|决算|实际|目标|"
    r"计划|预期|支出|收入|结余|原因|依据|情况|问题|建议|进度|人均|[数率额值分的])+"
)
# Of a unit or project and a year, these are figures of the whole: 某局2023年支出, 某项目2023年得分.
_TOTAL = re.compile(r"支出|收入|经费|预算|执行率|得分|等级")
_DISTINCT = 2  # characters of a name of one's own


def own_words(plan: Plan) -> str:
    """What a question names beside units, projects, years and measures; "" for nothing."""
    words = "".join(subject_of(part) or part for part in cues.content(plan.text).split())
    bare = squeeze(words)
    return "" if measure_of(bare) or _GENERAL.fullmatch(bare) else bare


def leaning(plan: Plan, typed: str) -> Leaning:
    """What a question needs of the turn before.

    Args:
        plan: the question read by itself.
        typed: the question as it was typed, in Chinese or English.
    """
    said = (plan.question, normalise(typed))
    points = any(_BEGINS.search(each) or _POINTS.search(each) for each in said)
    points = points or bool(_POINTS_ENGLISH.search(typed.strip()))
    elliptic = _ELLIPTIC.search(said[1]) and not cues.INTERROGATIVE.search(
        _ELLIPTIC.sub("", said[1])
    )
    if points or elliptic:
        return Leaning.WORDS
    named = any(each.kind in ("unit", "project") for each in plan.named)
    if named and plan.years and _TOTAL.search(cues.content(plan.text)):
        return Leaning.NOT
    if len(own_words(plan)) < _DISTINCT:
        return Leaning.WORDS
    return Leaning.NOT if named and plan.years else Leaning.SCOPE


def scope_only(previous: Remembered) -> Remembered:
    """The turn before without its words: a unit, projects and years."""
    return replace(previous, phrase="", shown=(), earlier=())
