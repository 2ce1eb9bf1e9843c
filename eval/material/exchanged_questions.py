"""Known questions with one word exchanged, so that what was right before is wrong now.

An answer that stays the same although a word of the question no longer fits has left that word
out of account: the commonest way to be wrong. Needs no answers of its own, only suites.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

KINDS = ("absent", "elsewhere", "added", "other_year")
_HAN = re.compile(r"[一-鿿]{2,}")
_YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")
_SHORT = re.compile(r"(?<!\d)[12]\d年")
_EDGES = "年月日的在了和与"
_LEAST, _MOST = 2, 8  # characters of a word that is exchanged
# Words that restrict nothing, or that other words of the same kind could replace.
_IDLE = re.compile(
    r"^(?:[年月日第度的了是有和与及在为中对个项元万亿多少几到]+|项目|情况|数量|金额|资金|工作|单位|部门|全年|年度|"
    r"本年|当年|预算|决算|支出|收入|经费|总额|合计|共计|使用|完成|实际|安排|实施|比例|比重|占比|得分|分值|满分|"
    r"增长|增加|下降|减少|上年|同比|平均|其中|报告|评价|绩效|自评|目标|指标|比上年|比上年增|比上年增长|万元|亿元|"
    r"增长率|完成率|执行率|数额|费用|发生|涉及|公开|组织|累计|主要|问题|原因|全部|整体|总体|共有|一共|建设|管理)$"
)
_YEARS_ON = 7  # a year of which no report says anything


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A question with one word exchanged.

    Attributes:
        kind: one of KINDS: the new word stands nowhere in the reports; elsewhere in them; was put
            before the old one; the year is one without reports.
        text: the question.
        old: the word that it had, or the year.
        new: the word that it has now.
    """

    kind: str
    text: str
    old: str
    new: str


def shared_words(question: str, evidence: str) -> list[str]:
    """The longest stretches of Chinese that a question has in common with what answers it."""
    found: list[str] = []
    for run in _HAN.findall(question):
        at = 0
        while at < len(run) - 1:
            end = at
            while end < len(run) and run[at : end + 1] in evidence:
                end += 1
            word = run[at:end].strip(_EDGES)
            if _LEAST <= len(word) <= _MOST and not _IDLE.match(word):
                found.append(word)
            at = max(end, at + 1)
    return list(dict.fromkeys(found))


def exchanged(
    question: str,
    evidence: str,
    keep: Sequence[str],
    near: Sequence[str],
    far: Sequence[str],
    seed: str,
) -> Iterator[Exchanged]:
    """Each word of `question` that stands in `evidence` exchanged, and its year.

    Args:
        question: a question that is answered rightly.
        evidence: the text and labels that the answer rests on.
        keep: stretches that stay (who and what project the question is about).
        near: words of the same reports; far: words of others.
        seed: what makes the choice of words the same in each run.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample
    for word in shared_words(question, evidence):
        if any(word in name or name in word for name in keep):
            continue
        fits = [w for w in far if abs(len(w) - len(word)) <= 1]
        if fits:
            new = chance.choice(fits)
            yield Exchanged("absent", question.replace(word, new, 1), word, new)
            new = chance.choice(fits)
            yield Exchanged("added", question.replace(word, f"{new}{word}", 1), word, new)
        fits = [
            w
            for w in near
            if abs(len(w) - len(word)) <= 1 and w not in evidence and not set(w) & set(word)
        ]
        if fits:
            new = chance.choice(fits)
            yield Exchanged("elsewhere", question.replace(word, new, 1), word, new)
    years = sorted(set(_YEAR.findall(question)))
    if len(years) == 1 and not _SHORT.search(question.replace(years[0], "")):
        new = str(int(years[0]) + _YEARS_ON)
        yield Exchanged("other_year", question.replace(years[0], new), years[0], new)


__all__ = ["KINDS", "Exchanged", "exchanged", "shared_words"]
