"""Whether a word of a question stands in the clause of another number of the same sentence alone.

发现隐患732处，整改隐患705处，重大隐患21处: of 重大隐患整改 the third says nothing. A short clause (收回372份)
takes what it does not say from the one before it, and so does 其中; what a sentence says without a
number is of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.sentence import given
from qa.assurance.told import labels, printed
from qa.assurance.words import asking_pattern
from qa.model import Value
from qa.question.near_words import near_words, words_near, written_for
from qa.texts.asking import naming_words
from qa.words import cues
from qa.words.lexicon import words
from qa.words.matching import grams, squeeze
from qa.words.synonyms import synonym_groups

_STOPS = re.compile(r"([，,、；;。：:()（）])")
_COUNTED = re.compile(r"^(?P<label>[^\d]*)\d[\d,.]*(?P<unit>[^\d\s，,、；;。]{0,4})")
_YEARS = re.compile(r"(?:19|20)\d\d年度?")
_BARE = 3  # characters of a clause's words that lean on the clause before
_TAIL = 6  # characters before a number that tell what it counts; what stands before them is of all
_LEADS = re.compile(
    r"^(?:其中|另有|还有|全年|全[市县区省]|年末|年底|当年|本年|共计?|累计|合计|已|并|其)+"
)
_OF_WHICH = re.compile(r"^(?:其中|其)")
# Said of any figure.
_ANY = re.compile("支出|收入|预算|决算|资金|经费|金额|合计|数量|人数|情况|完成|实际|计划|全年|项目")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")  # 本年收入（不含年初结转）


class _Clause(NamedTuple):
    """A clause of a sentence: all of it, what it says before its first number, and what that counts.

    `listed` where it goes on a list behind 其中: 其中特困人员0.21万人、低保对象1.86万人.
    """

    text: str
    label: str
    unit: str
    listed: bool = False

    @property
    def part(self) -> bool:
        """Whether it tells a part of what the clause before it, or before its list, tells."""
        return self.listed or bool(_OF_WHICH.match(self.label))

    @property
    def leans(self) -> bool:
        """Whether it takes its words from the clause before it."""
        return self.part or len(_LEADS.sub("", self.label)) <= _BARE


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A figure of running text among the clauses of its sentence.

    Attributes:
        value: the figure.
        clauses: of its sentence, in their order.
        own: which of them tells it.
        told: all that the sentence, its headings and the names in scope say of it.
    """

    value: Value
    clauses: tuple[_Clause, ...]
    own: int
    told: str

    def like(self, at: int) -> bool:
        """Whether another clause counts what this one does."""
        unit = self.clauses[at].unit
        return at != self.own and bool(unit) and unit.startswith((self.value.unit, "%"))


def told_of(asked: Asked) -> str | None:
    """What is said of the one figure of running text that was given; None where it is none."""
    sentence = _sentence(asked)
    return None if sentence is None else sentence.told


def label_in_sentence(asked: Asked) -> str:
    """What the clause of that figure says before its number; nothing where it is none."""
    sentence = _sentence(asked)
    return "" if sentence is None else sentence.clauses[sentence.own].label


def alone_in_sentence(asked: Asked) -> str:
    """The sentence of that figure, where no other number of it counts alike; "" otherwise."""
    sentence = _sentence(asked)
    if sentence is None or any(sentence.like(n) for n in range(len(sentence.clauses))):
        return ""
    return squeeze("，".join(clause.text for clause in sentence.clauses))


def own_names(asked: Asked, value: Value) -> str:
    """What a figure is called: by its name, its labels in a table, and its clause in a sentence."""
    return f"{value.metric}{labels(value.sources[:1])}{label_in_sentence(asked)}"


def of_another_clause(asked: Asked) -> Iterator[Doubt]:
    """A word that is asked for tells the number beside the one that is given."""
    sentence = _sentence(asked)
    if sentence is None:
        return
    deed = _deed_of_other(sentence, asked.plan.text)
    if deed:
        yield Doubt("beside", deed)
        return
    for pair in _asked_pairs(asked):
        theirs = _of_before(pair, sentence) or _of_behind(pair, sentence)
        known = pair in sentence.told or _otherwise(pair, asked.plan.text, sentence.told)
        if theirs and not known:
            yield Doubt("beside", pair)
            return


def _deed_of_other(sentence: _Sentence, text: str) -> str:
    """维修泵站11座，新打机井45眼: of 维修机井 the second says nothing, and its own deed is not asked."""
    own = _LEADS.sub("", sentence.clauses[sentence.own].label)[:_PAIR]
    if any(char in text for char in own):
        return ""
    others = "".join(c.label for n, c in enumerate(sentence.clauses) if n != sentence.own)
    asked = (deed for deed in sorted(_deeds(squeeze(text))) if deed not in sentence.told)
    return next((d for d in asked if d in others and not _otherwise(d, text, sentence.told)), "")


_PAIR = 2  # characters of a verb


def _of_before(pair: str, sentence: _Sentence) -> bool:
    """Whether it is what was done, told of a number before: things may be spoken of again."""
    if pair not in words("deeds.txt"):
        return False
    return any(pair in sentence.clauses[n].label for n in range(sentence.own) if sentence.like(n))


def _of_behind(pair: str, sentence: _Sentence) -> bool:
    """Whether a number behind is called so, and nothing before it."""
    clauses, own = sentence.clauses, sentence.own
    earlier = any(pair in clause.text for clause in clauses[:own])
    behind = range(own + 1, len(clauses))
    return not earlier and any(pair in clauses[n].label for n in behind if sentence.like(n))


def open_deed(asked: Asked) -> Iterator[Doubt]:
    """安装健身器材142套，维护健身器材860套: of 健身器材多少套 neither is meant more than the other."""
    sentence = _sentence(asked)
    if sentence is not None and _only_due(sentence, asked.plan.text):
        yield Doubt("rival", sentence.clauses[sentence.own].label)
        return
    own = _deeds(sentence.clauses[sentence.own].label) if sentence is not None else set()
    if sentence is None or not own or _said(own, asked.plan.text):
        return
    if _ALL.search(asked.plan.text) or own & _GONE:
        yield Doubt("rival", "、".join(sorted(own)))
        return
    pairs = {pair for pair in _asked_pairs(asked) if pair in sentence.told}
    for n, clause in enumerate(sentence.clauses):
        deeds = _deeds(clause.label)
        same = clause.leans or any(pair in clause.label for pair in pairs)
        if sentence.like(n) and same and deeds and not deeds & own:
            yield Doubt("rival", "、".join(sorted(own)))
            return


_DUE = re.compile("应|拟|计划|原定|需要?")


def _only_due(sentence: _Sentence, text: str) -> bool:
    """应接种儿童5230人，实际接种5164人: of 接种儿童 the first is not meant more than the second."""
    own = _LEADS.sub("", sentence.clauses[sentence.own].label)
    if not _DUE.match(own) or re.search("应|拟|计划|原定|需|要|该|目标|任务", text):
        return False
    behind = range(sentence.own + 1, len(sentence.clauses))
    return any("实" in sentence.clauses[n].label for n in behind if sentence.like(n))


_ALL = re.compile("[一总]?共有|有多少|总数")
# What was done away with is no number of what there is, unless the question says so.
_GONE = frozenset(["报废", "处置", "淘汰", "注销", "核销", "退役", "拆除", "销毁", "清退", "退出"])


def _deeds(label: str) -> set[str]:
    known = words("deeds.txt")
    return {label[at : at + 2] for at in range(len(label) - 1) if label[at : at + 2] in known}


def _said(deeds: set[str], text: str) -> bool:
    """Whether a question says one of the deeds, by one of its characters or in another word."""
    near = written_for(text)
    return any(char in text for deed in deeds for char in deed) or any(
        deed in other for deed in deeds for other in near
    )


def _sentence(asked: Asked) -> _Sentence | None:
    """The one figure of running text that was given, in its sentence; None where it is none."""
    value = given(asked)
    source = value.sources[0] if value is not None and value.sources else None
    if value is None or source is None or source.table is not None or not value.unit:
        return None
    clauses = _clauses(source.quote)
    own = _own_clause(clauses, printed(value.number, source.quote))
    if own is None:
        return None
    told = "".join(clauses[n].text for n in _of_it(clauses, own))
    told += "".join(_of_all(clauses)) + value.metric + labels(value.sources[:1])
    return _Sentence(value, clauses, own, squeeze(told + _headings(asked, source.quote)))


@lru_cache(maxsize=256)
def _clauses(quote: str) -> tuple[_Clause, ...]:
    pieces = _STOPS.split(re.sub(r"(?<=\d),(?=\d)", "", quote))
    found: list[_Clause] = []
    for at in range(0, len(pieces), 2):
        text, joined = pieces[at], at > 0 and pieces[at - 1] == "、"
        count = _COUNTED.match(_YEARS.sub("", text))
        label, unit = (count["label"].strip(), count["unit"]) if count else ("", "")
        found.append(_Clause(text, label, unit, bool(joined and found[-1].part)))
    return tuple(found)


def _own_clause(clauses: Sequence[_Clause], number: str) -> int | None:
    shape = re.compile(rf"(?<![\d.]){re.escape(number.replace(',', ''))}(?!\d|\.\d)")
    at = [n for n, clause in enumerate(clauses) if shape.search(clause.text)]
    return at[0] if len(at) == 1 else None


def _of_it(clauses: Sequence[_Clause], own: int) -> Iterator[int]:
    """The clauses whose words are those of a number: its own, and those that it leans on."""
    yield own
    while own > 0 and clauses[own].leans:
        own -= 1
        yield own


def _of_all(clauses: Sequence[_Clause]) -> Iterator[str]:
    """What a sentence says of all its numbers: clauses without one, and long leads."""
    for clause in clauses:
        yield clause.label[:-_TAIL] if clause.unit else clause.text


def _headings(asked: Asked, quote: str) -> str:
    told = squeeze(quote)
    names = (*asked.plan.entities, *(name for name, _ in asked.plan.projects))
    return "".join((*(each for each in asked.ground.labels if each not in told), *names))


def _asked_pairs(asked: Asked) -> list[str]:
    bare = _ASIDE.sub(" ", asked.plan.text)
    text = asking_pattern().sub(" ", " ".join(naming_words(cues.content(bare))))
    runs = map(squeeze, _ANY.sub(" ", text).split())
    pairs = [run[at : at + 2] for run in runs for at in range(len(run) - 1)]
    pairs += sorted(_deeds(squeeze(bare)))
    return list(dict.fromkeys(pairs))


def _otherwise(pair: str, text: str, told: str) -> bool:
    """Whether a word of the question with that pair stands with the figure in other words."""
    for word in words_near(text):
        if pair in grams(word) and any(other in told for other in near_words()[word]):
            return True
    for group in synonym_groups():
        every = (group.term, *group.same, *group.spoken, *group.related)
        if any(pair in word and word in text for word in every):
            return any(word in told for word in every)
    return False


DOUBTS: tuple[Doubts, ...] = (of_another_clause, open_deed)
