"""Conclusions about agreement and about blanks, against the opposite conclusion elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ingest.model import Assertion, Said
from ingest.structure.texts import Sentence, Texts, contrary

# Two states of one thing that a report compares; those of one group are the same state.
_STAGES = (
    ("年初", "申报", "批复"),
    ("自评",),
    ("实际", "执行"),
    ("计划", "方案"),
    ("账面", "账务", "财务账", "台账"),
    ("实物", "资产实体"),
    ("合同",),
    ("验收",),
)
_THINGS = ("目标", "指标", "进度", "金额", "数量", "内容", "数据", "支出")
_AGREE = re.compile(r"(?:保持|相互|完全|基本|均|相)?一致(?!性)|账实相符|相吻合")
_DIFFER = re.compile(r"不一致|不相符|不符(?!合)|存在(?:较大)?差异|差异较大|不完全一致|账实不符")
_DOUBT = re.compile(r"应|要求|需|确保|是否|建议|若|如果|力求|做到")
_NOT = re.compile(r"不|未|没有")


def same_or_not(texts: Texts) -> Iterator[Assertion]:
    """同一事物的两个状态，一处写“一致”，另一处不应写“不一致”“存在差异”。

    来源：绩效评价报告对年初（申报）与自评阶段的目标、指标，计划与实际进度，账面与实物的结论。
    例：“年初设置的绩效目标与自评阶段填报的绩效目标保持一致”，另一处“年初及自评阶段绩效目标及绩效指标设置不一致”。
    边界：两处说的是同样两个状态（年初与自评、计划与实际……）和同一事物（目标、指标……）；“应”“是否”“建议”不查。
    """
    agreeing: dict[tuple[int, frozenset[int], str], Said] = {}
    differing: dict[tuple[int, frozenset[int], str], list[Said]] = defaultdict(list)
    for sentence in texts.sentences:
        for clause, start in _clauses(sentence):
            match = _DIFFER.search(clause)
            other = None if match else _AGREE.search(clause)
            found = match or other
            if found is None or _DOUBT.search(clause):
                continue
            states = _states(clause[: found.start()])
            things = [thing for thing in _THINGS if thing in clause[: found.start()]]
            if len(states) != 2 or (other and _NOT.search(clause[: other.start()])):
                continue
            said = sentence.said(start, start + found.end())
            for thing in things:
                key = (sentence.text.part, states, thing)
                if match:
                    differing[key].append(said)
                else:
                    agreeing.setdefault(key, said)
    told: set[Said] = set()
    for key, said in agreeing.items():
        if key in differing and said not in told:
            told.add(said)
            yield contrary("same_or_not", key[0], key[2], said, tuple(differing[key][:3]))


def _clauses(sentence: Sentence) -> Iterator[tuple[str, int]]:
    """The clauses of a sentence, with their offsets into its words."""
    start = 0
    for match in re.finditer(r"[,;。:]|$", sentence.words):
        if match.start() > start:
            yield sentence.words[start : match.start()], start
        start = match.end()


def _states(clause: str) -> frozenset[int]:
    return frozenset(
        number for number, words in enumerate(_STAGES) if any(word in clause for word in words)
    )


_BLANK = re.compile(
    r"(?:均|都|全部|一律)(?:未|没有)(?:填写|填报|设置|明确|列明|注明)(?:具体)?(?:的)?(?P<key>指标名称|指标值|目标值|计分标准|评分标准)"
)
_GIVEN = re.compile(
    r"(?P<key>指标名称|指标值|目标值|计分标准|评分标准)(?:为|是|:)?\s*“(?P<value>[^”]{2,40})”"
)


def blank_or_given(texts: Texts) -> Iterator[Assertion]:
    """“均未填写指标名称”：同一份表的指标名称，别处不应又引出具体的名称。

    来源：绩效评价报告对自评表、申报表填报质量的分析。
    例：“三级指标均未填写指标名称”，另一处“经济效益指标名称为“资金回笼节约””，不一致。
    边界：须写明“均未”“都没有”；引出的内容带引号；同一部分，而且两处提到同一张表（或同一阶段）。
    """
    given: dict[tuple[int, str, str], list[Said]] = defaultdict(list)
    blanks: list[tuple[Sentence, re.Match[str]]] = []
    for sentence in texts.sentences:
        blank = _BLANK.search(sentence.words)
        if blank:
            blanks.append((sentence, blank))
        for match in _GIVEN.finditer(sentence.words):
            said = sentence.said(max(0, match.start() - 4), match.end())
            for form in _forms(sentence.words[: match.start()]):
                given[sentence.text.part, match["key"], form].append(said)
    told: set[tuple[int, str]] = set()
    for sentence, match in blanks:
        part, key = sentence.text.part, match["key"]
        for form in _forms(sentence.words):
            others = given.get((part, key, form), [])
            if others and (part, key) not in told:
                told.add((part, key))
                stated = sentence.said(match.start(), match.end())
                yield contrary("blank_or_given", part, key, stated, tuple(others[:3]))


_FORM = re.compile(r"自评|申报")


def _forms(words: str) -> set[str]:
    """The forms that a text speaks of: of the self-evaluation, of the application."""
    return set(_FORM.findall(words))
