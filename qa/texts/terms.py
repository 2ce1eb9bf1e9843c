"""Words of a question and how well a place of a report covers them.

Chinese has no spaces, so words are compared by their character pairs: a character of the question
is covered when it stands next to one of its neighbours at the place too. Pairs that are rare in
the report weigh more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.reading.text import fold

# Marks that writers add or leave out at will: “三公”经费 is 三公经费.
_DROPPED = frozenset(" \t\r\n\u3000\xa0\u200b\"'`“”‘’「」『』()（）[]［］【】〔〕<>〈〉《》·-－—–_")
_SHORT_BRACKET = re.compile(r"[（(][^（）()]{1,3}[)）]")
_FILLERS = re.compile(
    r"请问|评价时|自评时|申报时|请|麻烦|帮我|告诉我|查一下|看一下|想知道|这个|那个|这些|那些|这份"
    r"|那份|报告(?:里|中|说|上|正文)?"
    r"|文中|里面|里的|当中|其中|到底|究竟|最后|一共|总共|分别|主要|具体|相关"
    r"|有关|按照|根据|关于|对于"
    r"|是否|有没有|是不是|怎么样|怎样|怎么|如何|什么样|什么|哪些"
    r"|哪几[个类项种家条点]|哪[个家类项种一些里]?"
    r"|多少|几[个类项种家条点]|是指|指的是|属于|方面|情况|进行|以及|都有|还有"
    r"|列为|列出|提到|提出|指出|给出"
    r"|存在|应该|需要|当时|目前|现在|呢|吗|吧|啊|呀|嘛|么|啥|谁|与|和|及|了|的"
    r"|是|在|被|把|对|向|从|到|由|有|请"
)
# Members of a group may stand for each other when places are compared with a question.
_SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("增加", "增长", "上升", "提高", "调增", "上涨", "多了", "变多", "涨"),
    ("减少", "下降", "降低", "调减", "下滑", "少了", "变少", "降"),
    ("公车", "公务用车", "车辆"),
    ("验收", "终验", "通过验收"),
    ("等级", "等次", "评级"),
    ("承担", "负责", "实施", "承接", "承办"),
    ("委托", "聘请", "聘用", "邀请"),
    ("供应商", "中标单位", "成交单位", "中标人", "承包商", "服务商", "运营商"),
    ("第三方", "中介", "服务机构", "评价机构"),
    ("问题", "不足", "短板", "困难"),
    ("建议", "改进措施", "对策", "整改措施"),
    ("经验", "做法", "亮点"),
    ("进展", "进度", "完成情况", "实施情况"),
    ("佐证", "证明材料", "佐证材料"),
    ("取消", "砍掉", "停办", "不再实施"),
    ("经费", "资金", "费用"),
    ("科室", "处室", "内设机构", "内设科室"),
    ("职责", "职能"),
    ("服务时间", "服务期", "服务期限", "合同期", "合同期限"),
    ("投诉", "告状"),
    ("询价", "货比三家"),
    ("攻击", "黑客"),
    ("收入", "进账"),
    ("支出", "花费", "开支"),
    (
        "不达标",
        "没达标",
        "未达标",
        "没有达标",
        "没有达到",
        "未达到",
        "没达到",
        "未能达到",
        "低于",
        "没有完成",
        "未完成",
        "没完成",
    ),
    ("还在", "尚在", "仍在"),
    ("成员", "人员"),
    ("扣分", "扣"),
    (
        "收支总计",
        "收、支总计",
        "收入、支出总计",
        "收入支出总计",
        "收入总计、支出总计",
        "收入总计和支出总计",
    ),
    ("总收入", "收入总计", "收入合计"),
    ("总支出", "支出总计", "支出合计"),
    ("成立", "创办", "设立", "组建", "始建", "建立"),
    ("租车", "车辆租赁", "租赁车辆", "租用车辆"),
    ("运维", "运行维护", "运营维护"),
    ("退回", "退还", "归还", "追回", "收回", "退了", "还了"),
    ("分为", "分成", "分几类"),
    ("改叫", "改名", "改称", "更名"),
    ("不满意", "满意度"),
    ("交给", "移交", "交由", "转交", "划转"),
    ("由来", "来自", "来源"),
    ("开工", "动工"),
    ("单价", "单位价值", "单台价值"),
    ("完工", "竣工"),
)


def _lowered(text: str) -> str:
    return "".join(ch.lower() if ch.isascii() else ch for ch in fold(text))


def squeeze(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text without spaces, quotes and brackets, and the offset of each character."""
    folded = _lowered(text)
    kept = [(ch, at) for at, ch in enumerate(folded) if ch not in _DROPPED]
    return "".join(ch for ch, _ in kept), tuple(at for _, at in kept)


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """The folded text without spaces, quotes and brackets."""
    return "".join(ch for ch in _lowered(text) if ch not in _DROPPED)


def squeezed_twice(text: str) -> str:
    """The squeezed text; with short brackets (因公出国（境）费) once with them and once without."""
    plain = _SHORT_BRACKET.sub("", text)
    return squeezed(text) if plain == text else f"{squeezed(text)}\n{squeezed(plain)}"


def pairs(text: str) -> list[str]:
    """Neighbouring characters of a squeezed text; a pair never reaches over punctuation."""
    return [a + b for a, b in pairwise(text) if a.isalnum() and b.isalnum()]


@lru_cache(maxsize=16384)
def pair_set(text: str) -> frozenset[str]:
    """The pairs of a text, squeezed first."""
    return frozenset(pairs(squeezed(text)))


def likeness(asked: str, found: str) -> tuple[float, float]:
    """The share of `asked`'s pairs that stand in `found`, and the reverse; 0 to 1."""
    a, b = pair_set(asked), pair_set(found)
    if not a or not b:
        return (0.0, 0.0)
    common = len(a & b)
    return common / len(a), common / len(b)


def content_terms(question: str) -> tuple[str, ...]:
    """What is left of a question once question words and years are gone."""
    text = re.sub(r"(?:19|20)\d{2}年?度?|[“”\"'《》〈〉]", " ", question)
    parts = re.split(r"[\s,，。.；;：:？?！!、（）()]+", _FILLERS.sub(" ", text))
    return tuple(dict.fromkeys(part for part in parts if len(squeezed(part)) >= 2))


def strip_words(terms: Sequence[str], words: re.Pattern[str]) -> tuple[str, ...]:
    """The terms without the words that only say what kind of answer is wanted."""
    kept: list[str] = []
    for term in terms:
        kept.extend(p for p in re.split(r"\s+", words.sub(" ", term)) if len(squeezed(p)) >= 2)
    return tuple(dict.fromkeys(kept))


_WHOLE = 0.85  # from this share of its pairs on, a term counts as standing there whole


@dataclass(frozen=True, slots=True)
class _Term:
    text: str
    shown: str
    weights: tuple[float, ...]  # one per character
    pairs: tuple[tuple[int, str], ...]  # (offset, pair) of those inside one word run
    swaps: tuple[tuple[int, int, tuple[str, ...]], ...]  # characters start..end may read otherwise


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the question a place covers: `share` by weight, 0 to 1."""

    share: float
    depth: float  # like share, but words of the surroundings count less than the place's own
    matched: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The terms of a question, weighed for one report."""

    terms: tuple[_Term, ...]
    pairs: frozenset[str]
    synonyms: frozenset[str]  # pairs of words that may stand for words of the terms

    @property
    def empty(self) -> bool:
        return not self.terms

    def cover(self, layers: Sequence[tuple[float, str]]) -> Coverage:
        """Coverage by `layers`: (how much a word counts there, squeezed text), nearest first."""
        total = got = deep = 0.0
        matched: list[str] = []
        missing: list[str] = []
        for term in self.terms:
            weight = sum(term.weights)
            here, depth = _earned(term, layers)
            total += weight
            got += here
            deep += depth
            (matched if here >= 0.7 * weight else missing).append(term.shown)
        if not total:
            return Coverage(0.0, 0.0, (), ())
        return Coverage(got / total, deep / total, tuple(matched), tuple(missing))


def _earned(term: _Term, layers: Sequence[tuple[float, str]]) -> tuple[float, float]:
    """The weight of the covered characters, whole and by the level they are covered at.

    Where only the single words of a term stand there, not the term, it earns down to half.
    """
    levels = [0.0] * len(term.text)
    joined = 0
    for at, pair in term.pairs:
        level = next((level for level, text in layers if pair in text), 0.0)
        if level:
            joined += 1
            levels[at] = max(levels[at], level)
            levels[at + 1] = max(levels[at + 1], level)
    if joined < len(term.pairs):
        joined += _swap(term, layers, levels)
    if not any(levels):
        return 0.0, 0.0
    whole = min(1.0, joined / (_WHOLE * len(term.pairs))) if term.pairs else 1.0
    factor = 0.5 + 0.5 * whole
    here = sum(w for w, level in zip(term.weights, levels, strict=True) if level)
    depth = sum(w * level for w, level in zip(term.weights, levels, strict=True))
    return factor * here, factor * depth


def _swap(term: _Term, layers: Sequence[tuple[float, str]], levels: list[float]) -> int:
    """Cover what a synonym stands for; the number of the term's pairs that this mends."""
    mended = 0
    for start, end, words in term.swaps:
        level = next((v for v, text in layers if any(word in text for word in words)), 0.0)
        if not level:
            continue
        for at, _ in term.pairs:
            mended += start - 1 <= at < end and not (levels[at] and levels[at + 1])
        for at in range(start, end):
            levels[at] = max(levels[at], level)
    return mended


def make_profile(
    terms: Sequence[str], rarity: Callable[[str], float], names: frozenset[str] = frozenset()
) -> Profile:
    """Weigh the terms by `rarity` of their pairs; pairs of the report's own `names` weigh little.

    `rarity` gives 0 for a pair that stands nowhere in the report.
    """
    made: list[_Term] = []
    for shown in dict.fromkeys(terms):
        text = _trimmed(squeezed(shown), rarity)
        if len(text) < 2:
            continue
        weights = tuple(_weight(text, at, rarity, names) for at in range(len(text)))
        inside = tuple(
            (at, text[at : at + 2])
            for at in range(len(text) - 1)
            if text[at].isalnum() and text[at + 1].isalnum()
        )
        made.append(_Term(text, shown, weights, inside, _swaps(text)))
    swapped = frozenset(
        p for term in made for *_, words in term.swaps for w in words for p in pairs(w)
    )
    return Profile(tuple(made), frozenset(pair for term in made for _, pair in term.pairs), swapped)


# Small words that a question leaves at the ends of its naming words: 时现场勘查, 本级设, 监测点位卡.
_LOOSE_ENDS = "时设上里后来去用把给被让请又再就才都各搞弄做拿到从跟和与及向对在点"


def _trimmed(text: str, rarity: Callable[[str], float]) -> str:
    """A term without a small word at an end, where only the rest of it stands in the report."""
    for cut, pair, rest in ((text[:1], text[:2], text[1:]), (text[-1:], text[-2:], text[:-1])):
        loose = bool(cut) and cut in _LOOSE_ENDS and not rarity(pair)
        if loose and len(rest) >= _LEAST_REST and all(rarity(each) for each in pairs(rest)):
            return rest
    return text


_LEAST_REST = 2  # characters of a term


def _weight(text: str, at: int, rarity: Callable[[str], float], names: frozenset[str]) -> float:
    around = [text[i : i + 2] for i in (at - 1, at) if 0 <= i < len(text) - 1]
    known = [rarity(pair) for pair in around if rarity(pair) > 0]
    weight = sum(known) / len(known) if known else rarity("")
    return weight * 0.25 if any(pair in names for pair in around) else weight


def _swaps(text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    found = []
    for group in _SYNONYMS:
        for word in group:
            at = text.find(word)
            if at >= 0:
                found.append((at, at + len(word), tuple(w for w in group if w != word)))
    return tuple(found)
