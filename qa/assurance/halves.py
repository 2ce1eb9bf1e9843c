"""Whether the words of a question stand with a figure whole, and not by half (结余 in 结算, 副校长 in 校长)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.clauses import alone_in_sentence, told_of
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.sentence import clause_of
from qa.assurance.told import labels
from qa.assurance.words import asking_pattern, placed
from qa.model import Check, Value
from qa.plan import Operation
from qa.question.near_words import near_words
from qa.words import cues
from qa.words.lexicon import words
from qa.words.matching import squeeze
from qa.words.pinyin import alike

# Verbs, measure words and particles of askers, which name nothing by themselves.
_LIGHT = frozenset(
    "的了吗呢吧是有在和与及到各这那其得共里中上下为对说写算按不也又再就还把被个一几多少时年表值类目项钱占花给都数额量比低用着些搞弄做来去放起加"
    "发打定干合跟评填摆讲闹报列走叫照归管设引批投跑交领拨买帮回含后只每前等或才却但连于月级期次率费者员人组份名位家座处件条台套辆元万亿分天所场亩吨册株盏张篇"
    "相以由之向从让将会能可请问您我你他它该此哪什么怎样如何另外内间我们最初末底像换方因靠拟届没赚拿签出边款"
)


# 印了多少册, 拆了候车亭几座: a deed of one character.
_VERB = re.compile(r"(?<![一-鿿])(?P<deed>[一-鿿])了")


def half_named(asked: Asked) -> Iterator[Doubt]:
    """One character of a word that is asked for stands nowhere with the figure: it is of another word."""
    figures = tuple(v for v in asked.figures if v.check is not Check.DERIVED)
    plain = asked.plan.operation in (Operation.LOOKUP, Operation.COUNT)
    if not plain or not figures or asked.contradicted or len(figures) != len(asked.figures):
        return
    own = _own(asked, figures)
    bare = _VERB.search(asked.plan.text)
    if bare and bare["deed"] not in _LIGHT and not _stands(bare["deed"], 0, own):
        yield Doubt("halved", bare["deed"])
        return
    sentence = alone_in_sentence(asked)
    for run, held in placed(asked, told_of(asked)):
        for at, char in enumerate(run):
            alone = not held[at] and not any(
                not held[n] for n in (at - 1, at + 1) if 0 <= n < len(run)
            )
            if char == "总" and run[at + 1 : at + 2] in "收支":
                continue  # 总支出, told as 支出: whether it is all of it is looked at elsewhere
            if char == "成" and at == len(run) - 1:
                continue  # 划分成: of the verb before it
            light = char in _LIGHT or _with_neighbour(run, at, sentence)
            if alone and not light and not _stands(run, at, own):
                yield Doubt("halved", _word_around(run, at))
                return


def _with_neighbour(run: str, at: int, told: str) -> bool:
    """Whether a character stands in a text beside one of those that it has in the question."""
    pairs = (run[max(at - 1, 0) : at + 1], run[at : at + 2])
    return any(len(pair) > 1 and pair in told for pair in pairs)


def _word_around(run: str, at: int) -> str:
    """The longest known word that holds a character; with its neighbours where there is none."""
    known = (words("trade_words.txt"), words("common_words.txt"))
    found = (
        run[start:end]
        for start in range(max(at - _LONGEST + 1, 0), at + 1)
        for end in range(at + 1, min(start + _LONGEST, len(run)) + 1)
        if end - start > 1 and any(run[start:end] in each for each in known)
    )
    return max(found, key=len, default=run[max(at - 1, 0) : at + 2])


_LONGEST = 8  # characters of a known word


def strange(asked: Asked) -> str:
    """The first character of what the question names that is in none of the figures' own names."""
    own = _own(asked, asked.figures)
    for run, _ in placed(asked, own):
        for char in asking_pattern().sub("", run):
            if char > _LATIN and char not in _LIGHT and char not in own:
                return char
    return ""


_LATIN = "\u4dff"


def _stands(run: str, at: int, own: str) -> bool:
    """Whether a character stands in a figure's own names, as itself, by another word or by its sound."""
    char = run[at]
    if char in own or any(other in own for other in near_words().get(char, ())):
        return True
    beside = {run[n] for n in (at - 1, at + 1) if 0 <= n < len(run)}
    return any(
        alike(each, char) and (own[n - 1 : n] in beside or own[n + 1 : n + 2] in beside)
        for n, each in enumerate(own)
    )


def _own(asked: Asked, figures: tuple[Value, ...]) -> str:
    """What figures are called, in their tables and clauses."""
    names = [*(name for name, _ in asked.plan.projects), *asked.ground.projects]
    for value in figures:
        names += [value.metric, value.unit, labels(value.sources), *clause_of(value)]
    return squeeze("".join(names)) + cues.unquoted("".join(asked.plan.entities))


DOUBTS: tuple[Doubts, ...] = (half_named,)
