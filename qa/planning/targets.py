"""From the words of a question to the figures that it asks for, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Role
from ingest.quantity import Dimension
from qa.plan import Plan, Target
from qa.planning.carried import (
    MONEYS,
    measure_of,
    stages_listed,
    subject_of,
    with_measure,
    without_aim,
)
from qa.planning.target_scopes import OF_ALL, Around, around_asks, scope_alone
from qa.planning.target_subjects import GRADES, carried_subject, measured, same_name, told_first
from qa.planning.target_words import aside_of, term_of, words_of
from qa.question.wording import canonical
from qa.texts.answers import classify_text
from qa.texts.frames import frame_asked
from qa.texts.model import TextKind
from qa.words import cues
from qa.words.matching import squeeze

_CLAUSES = re.compile(r"[,，;；?？。!！]")
_PRONOUN = re.compile(r"^(?:那|这|它|他|其|该|那么|所以)*(?:项|个|些|两|年|笔|份)*$")
# A follow-up that only names another kind of money asks for the same figure of that kind.
_SCOPE_ONLY = re.compile(
    r"^(?:只?看|只算|仅|其中)?\s*(?:一般公共预算|政府性基金预算?|国有资本经营预算?|财政拨款|基本支出|项目支出|\s)+$"
)
# A name with 和 or 与 in it ends at 项目; what follows is the series.
_UP_TO = re.compile(r"^.*[与和及、].*(?:项目|工程|专项|资金)(?=[^与和及、]{2,}[与和及、])")
_PRONOUN_START = re.compile(r"^(?:那么?)?(?:它|其(?!他|中|余)|该(?:项目|单位|指标|局))")
_SERIES = re.compile(
    r"^(?P<head>.+?)(?:各自|各|分别)(?:是|为|有|占|得|达|安排|列|花|完成|叫|发|办|建|装|印|收|给|扣|减|增|支出|执行|受理|到位|开展|举办|调[增减])*(?:了)?"
    r"(?:多少|几|什么|哪|百分|怎|如何|[,。?]|$)"
)
AND = re.compile(r"以及|和|与|(?<![涉普])及(?![时格])|、|跟|还有")
_LISTED = re.compile(r"、|以及|和|(?<![涉普])及(?![时格])|到(?=最后)")
COMMA = re.compile("、")
# A project that the catalogue does not know says where to look, not what for.
_PROJECT = re.compile(
    r"^[^“\"]{0,12}[“\"][^”\"]+[”\"][^\s“\"、]{0,14}?(?:项目|专项|资金)(?:评分表|评分|评价)?"
)
_BUDGET_ONLY = re.compile(r"^(?:年初|全年|年度|当年)\s*预算数?$")
# A bare 支出 or 收入 of a unit means all of it in the year.
_WHOLE_UNIT = {
    name: total
    for total, names in (
        ("本年支出合计", "支出 支出合计 一年支出 全年支出"),
        ("本年收入合计", "收入 收入合计 一年收入 全年收入"),
    )
    for name in names.split()
}
_SPENDING = re.compile(
    r"(?:的)?(?:年初|全年|年度|调整后|本年)*(?:预算|决算|支出|收入|总?计|合计)(?:数|额|合计)?$"
)
# What a clause says that was named in the clause before it: 短信平台费用，2023年支出比上年涨了多少.
_BARE = re.compile(r"(?:实际|全年|当年)?(?:支出|花费|执行)(?:数|额|金额)?(?:比|较)?")
_OPEN_ASK = re.compile(r"[,，]\s*(?=(?:都|一共|总共)?(?:各自|各|分别)(?:是|为|有)?(?:多少|几))")


# ``把资金理一遍：立项投资、年初下达、支出``: what stands before the colon only says that a list follows.
_PREAMBLE = re.compile(r"^[^:：]*[:：](?=[^:：]*、[^:：]*、)")
_LIST = re.compile(
    r"^(?P<head>[^?？]*?、[^?？]*?、[^?？]*?)(?:(?:都|分别|各自?)?(?:是|为|有)?(?:多少|几何|什么)?)?[?？。]?\s*$"
)
_MET = re.compile(
    r"(?:算|有没有|是否|到底|那|都|它)*(?:达标|达到(?:目标|要求)?|完成(?:目标|任务)?|实现|合格)(?:了|没|没有|吗|与否|呢|不)*"
)
# Between years that were blanked out: 2022、2023和2024三年各….
_BETWEEN_YEARS = re.compile(r"(?:(?<=\s)|^)(?:[、和与及]\s+)+(?:[两三四五六七八九十]年(?:间|来)?)?")
_NAMED = re.compile(r"[“\"《][^”\"》]*[”\"》]|[(（][^()（）]*[)）]")


def _masked(text: str) -> str:
    """The text with quoted names and asides blanked out; offsets stay."""
    return _NAMED.sub(lambda match: "□" * len(match.group()), text)


def split_outside(pattern: re.Pattern[str], text: str) -> list[str]:
    """A text cut where the pattern stands outside quotes and brackets."""
    pieces, at = [], 0
    for match in pattern.finditer(_masked(text)):
        pieces.append(text[at : match.start()])
        at = match.end()
    return [*pieces, text[at:]]


def with_targets(plan: Plan, memory: str) -> Plan:
    """The figures asked for, clause by clause."""
    text = stages_listed(_PREAMBLE.sub("", plan.text))
    clauses = [
        clause for clause in _CLAUSES.split(_OPEN_ASK.sub("", text)) if clause.strip(' "“”里中内')
    ]
    open_ones = [clause for clause in clauses if not cues.encloses(clause)] or clauses
    asking = [clause for clause in open_ones if cues.INTERROGATIVE.search(clause)] or open_ones[-1:]
    full = [clause for clause in asking if not clause.rstrip().endswith("呢")]
    asking = full or asking
    # 达标了吗 beside a target and what was reached asks for no third figure.
    asking = [clause for clause in asking if not _MET.fullmatch(clause.strip())] or asking
    rest = [clause for clause in clauses if clause not in asking and not cues.encloses(clause)]
    context = " ".join(words_of(clause) for clause in rest)
    asked = _Asks(plan, memory, context)
    for clause, around in zip(asking, around_asks(clauses, asking), strict=True):
        kind = _text_beside(clause) if len(asking) > 1 else None
        if kind is not None:
            asked.texts.append((kind, Target(words_of(clause), label=clause.strip())))
            continue
        for target in _clause_targets(clause):
            asked.add(target, clause, around)
            around = around._replace(told="")
    if memory and _PRONOUN_START.match(plan.text.strip()):
        context = f"{context} {memory}".strip()
    targets = _told_apart(asked.targets)
    if memory:
        targets = [_with_memory(target, memory) for target in targets]
    return replace(
        plan,
        targets=tuple(t for t in targets if t.key) or tuple(targets),
        text_targets=tuple(asked.texts) if targets else (),
        context=context,
    )


def _told_apart(targets: Sequence[Target]) -> list[Target]:
    """Targets that count different things, called by what they count: 公务接待 批次, 公务接待 人次."""
    nouns = {target.noun for target in targets if target.noun}
    if len(nouns) < 2:
        return list(targets)
    return [
        replace(target, label=f"{target.label.strip()} {target.noun}")
        if target.noun and target.noun not in target.label
        else target
        for target in targets
    ]


class _Asks:
    """The asks of a question so far; each takes over what the ones before it said once."""

    def __init__(self, plan: Plan, memory: str, context: str) -> None:
        self._plan, self._memory, self._context = plan, memory, context
        self.targets: list[Target] = []
        self.texts: list[tuple[TextKind, Target]] = []

    def add(self, target: Target, clause: str, around: Around) -> None:
        """Add an ask of a clause, with the name that it leaves out, and what is put around it."""
        before, where = self.targets, around.where
        if before and squeeze(target.key) in GRADES:
            self.texts.append((TextKind.GRADE, replace(target, key="评价等级")))
            return
        if before and scope_alone(target.key):
            target, where = self._of_scope(target), squeeze(target.key)
        target = measured(target, before)
        key, label = target.key, target.label
        subject = told_first(target, around.told)
        subject = subject or carried_subject(target, before, clause) or self._it(target)
        if subject:
            key, label = f"{subject} {key}", f"{subject} {label}"
        elif not self._plan.projects:
            key = _of_unit(key, before)
        elif target.role is Role.ACTUAL and key in ("支出", "使用", "支付"):
            key = f"实际{key}"  # without 实际 it would name no one figure of a project
        if not subject and not before:
            key = _of_context(key, around.told)
        key = "" if self._says_nothing(target, key) else key
        key, label = self._named(target, key, label, around.told)
        inside = f"{where} {target.where}".strip()
        key = f"{where} {key}".strip()
        named = replace(target, key=key, label=label, where=inside, carried=subject)
        before.append(replace(named, said=around.said))

    def _of_scope(self, target: Target) -> Target:
        """An ask that is a scope alone (其中财政拨款的是多少): the figure before it, in that scope."""
        last = self.targets[-1]
        name = OF_ALL.sub("", last.key.removeprefix(last.where)).strip()
        return replace(last, key=name, label=f"{squeeze(target.key)} {name}", where="")

    def _it(self, target: Target) -> str:
        """What 它 and 其 stand for, for a bare measure of it."""
        meant = target.measure and self._memory and _PRONOUN_START.match(self._plan.text.strip())
        return (subject_of(self._memory) or self._memory) if meant else ""

    def _says_nothing(self, target: Target, key: str) -> bool:
        """Whether a key says only what to do with a figure that something else names."""
        before, memory, context = self.targets, self._memory, self._context
        if memory and not before and not context and _BUDGET_ONLY.match(key):
            return True
        stage = bool(target.measure and before and before[-1].measure)
        return cues.thin(key) and not stage and bool(before or context or memory)

    def _named(self, target: Target, key: str, label: str, told: str) -> tuple[str, str]:
        """Key and label of an ask; without a key those of the ask, the clause or the turn before."""
        if key:
            return key, label
        if self.targets and not cues.thin(told):
            return told, f"{told} {label}"
        if self.targets:
            key = same_name(
                target, self.targets[-1].key.removeprefix(self.targets[-1].where).strip()
            )
            return key, f"{key} {label}"
        if self._context:
            return self._context, f"{self._context} {label}"
        return self._memory, f"{self._memory} {label}".strip()


def _of_context(key: str, context: str) -> str:
    """A bare 支出 is of what the clause before it names."""
    own = bool(_BARE.fullmatch(key)) and len(squeeze(context)) > 2
    return f"{context} {key}" if own else key


def _of_unit(key: str, before: Sequence[Target]) -> str:
    """A bare 支出 or 收入 of a unit: of what was asked for before it, else all of the year's.

    三公经费预算多少、支出多少: both are of 三公经费.
    """
    subject = _SPENDING.sub("", before[0].key).strip() if before else ""
    if subject and subject != before[0].key and key in _WHOLE_UNIT:
        return f"{subject} {key}"
    return _WHOLE_UNIT.get(key, key)


def _text_beside(clause: str) -> TextKind | None:
    """What text a clause asks for that stands beside one asking for a figure."""
    asked = cues.asked(clause)
    if asked.dimension is not None or asked.role is not None or "多少" in clause:
        return None
    kind = classify_text(clause)
    return None if kind is TextKind.FACT and frame_asked(clause) is None else kind


_ALL_SPENT = re.compile("(?:本年|全年|部门)?(?:总支出|支出)(?:合计|总计|总额|决算)*")


def _with_memory(target: Target, memory: str) -> Target:
    """An elliptic target (比上年呢, 为什么, 付了多少) is about what was answered last."""
    if _SCOPE_ONLY.match(target.key):
        if _ALL_SPENT.fullmatch(memory.strip()):
            return target  # what is a part of all that was spent has a name of its own
        return replace(target, key=f"{memory} {target.key}", where=memory)
    subject = subject_of(memory)
    if target.measure and subject and not target.carried and measure_of(target.key):
        return replace(target, key=f"{subject} {target.key}", label=f"{subject} {target.label}")
    bare = re.sub(
        r"上年|去年|前年|比|跟|较|同|它|其|增长|增加|减少|下降|多|少|还|差|付|花|用|情况|"
        r"原因|为什么|这么|那么|那|这|一年|当年|会|出来|低|高|拨付|支出|金额|幅度|变化|百分|或者|或|经费|资金|项(?!目)|每年|要|扣|没有|未|完成|合|占|所占|比重",
        "",
        target.key,
    )
    if len(re.sub(r"\s", "", bare)) >= 2 and not _PRONOUN.match(bare):
        return target
    return replace(target, key=memory, label=memory)


def _clause_targets(clause: str) -> list[Target]:
    clause = re.sub(
        r"^\s*(?:另外|此外|同时|还有)(?=[^,，]{2})", " ", _BETWEEN_YEARS.sub(" ", clause)
    )
    whole = re.sub(r"^\s*其中", " ", clause)
    targets = [replace(target, part=whole != clause) for target in _pieced(whole)]
    clause = whole
    if len(targets) == 1 and _PAID.fullmatch(clause.strip(" ?？。")):
        targets = [replace(targets[0], dimension=Dimension.MONEY)]
    money = any(t.role in (Role.BUDGET, Role.ADJUSTMENT) for t in targets)
    if len(targets) > 2 and money and "多少" in clause:  # a trail of amounts
        targets = [
            t if t.dimension or t.noun or t.role else replace(t, dimension=Dimension.MONEY)
            for t in targets
        ]
    return targets


# 付了多少 behind a ranking: an amount, whatever else the row counts.
_PAID = re.compile(r"(?:一共|总共|实际)?(?:支付|付|掏)(?:出|掉)?了多少")

_REQUEST = re.compile(
    r"^\s*请?(?:分别|逐一)?(?:说明|列示|列出|给出|提供|写出|报告)(?P<head>.+?)(?:各自|分别)?的?"
    r"(?P<what>数量|数额|金额|份数|人数|次数|数)(?:[。.]|$)"
)


def _pieced(clause: str) -> list[Target]:
    listed = _LIST.match(clause)
    if listed and not cues.sum_asked(clause) and not cues.INTERROGATIVE.search(listed["head"]):
        pieces = [
            piece.strip()
            for piece in split_outside(AND, _no_range(listed["head"]))
            if piece.strip()
        ]
        if len(pieces) > 2 and all(cues.content(piece) for piece in pieces):
            return [_spent(_target(piece, piece), clause) for piece in pieces]
    series = _SERIES.search(clause)
    request = _REQUEST.search(clause) if "分别" in clause else None
    if request:
        pieces = [p for p in split_outside(AND, request["head"]) if p.strip()]
        if len(pieces) > 1:
            return [_target(piece + request["what"], clause) for piece in pieces]
    if series:
        crossed = _crossed(series["head"])
        if crossed:
            return [_target(piece, clause) for piece in crossed]
        pieces = _pieces(series["head"])
        if len(pieces) > 1:
            return [_spent(_target(piece, clause), clause) for piece in pieces]
    pieces = [p for p in split_outside(_LISTED, clause) if p.strip()]
    if len(pieces) > 1 and all(cues.INTERROGATIVE.search(piece) for piece in pieces):
        return [_target(piece, piece) for piece in pieces]
    pieces = _pieces(re.sub(r"(?:是|为|有)?(?:多少|几分).*$", "", clause))
    roles = [cues.asked_role(piece) for piece in pieces]
    if len(pieces) > 1 and None not in roles and len(set(roles)) == len(roles):
        return [_target(piece, clause) for piece in pieces]
    pieces = [p for p in split_outside(COMMA, clause) if p.strip()]
    roles = [cues.asked_role(piece) for piece in pieces]
    if len(pieces) > 1 and None not in roles and len(set(roles)) == len(roles):
        return [_target(piece, piece) for piece in pieces]
    return [_target(clause, clause)]


_EACH_SPENT = re.compile(
    r"(?:各自|各|分别)(?:支出|执行|花|用|到位|分配|下达|安排)(?:了)?(?:多少|几)"
)


def _spent(target: Target, clause: str) -> Target:
    """``甲、乙各支出多少``: an amount of money of each."""
    plain = target.dimension is None and not target.noun and target.role is None
    return (
        replace(target, dimension=Dimension.MONEY)
        if plain and _EACH_SPENT.search(clause)
        else target
    )


def _crossed(head: str) -> list[str]:
    """``甲及乙的计划与实际``: each measure of each thing; empty where only one side is a list."""
    before, found, tail = head.rpartition("的")
    measures = [piece.strip() for piece in split_outside(AND, tail) if piece.strip()]
    roles = [cues.asked_role(piece) for piece in measures]
    if not found or len(measures) < 2 or None in roles or len(set(roles)) < len(roles):
        return []
    if not all(_MEASURE.fullmatch(measure) for measure in measures):
        return []
    start = max((match.end() for match in _INTRODUCES.finditer(_masked(before))), default=0)
    things = [piece.strip() for piece in split_outside(AND, before[start:]) if piece.strip()]
    if len(things) < 2 or any(len(cues.content(thing)) < 3 for thing in things):
        return []
    return [f"{before[:start]}{thing}的{measure}" for thing in things for measure in measures]


_MEASURE = re.compile(
    r"(?:计划|实际|目标|指标|预期|完成|年初|全年|年度|调整后)*(?:预算|决算|支出|执行|完成)?(?:值|数|量|率|额|分)?|得分|分值|满分"
)
_INTRODUCES = re.compile(r"[,，;；]|[中里](?=[^中里]*$)")


_UNTIL = r"(?:至|到(?![位账达期货]))"


def _no_range(head: str) -> str:
    """``从甲、乙到丙`` as the list that it is."""
    if not re.search(rf"、.*{_UNTIL}", head):
        return head
    return re.sub(
        rf"^从|{_UNTIL}(?!.*{_UNTIL})", lambda m: "" if m.group() == "从" else "、", head.strip()
    )


def _pieces(head: str) -> list[str]:
    """``“甲”的乙和丙`` gives [“甲”的乙, “甲”的丙]."""
    head = _no_range(head)
    named = _UP_TO.match(head)
    if named and AND.search(head[named.end() :]):
        pieces = [piece for piece in split_outside(AND, head[named.end() :]) if piece.strip()]
        return [f"{named.group()} {piece}" for piece in pieces]
    before, found, tail = head.rpartition("的")
    if found and AND.search(_masked(tail)):
        return [f"{before} {piece}" for piece in split_outside(AND, tail) if piece.strip()]
    pieces = [piece.strip() for piece in split_outside(AND, head) if piece.strip()]
    if len(pieces) > 1 and len(pieces[0]) <= 3 < len(pieces[-1]):
        tail = pieces[-1][len(pieces[0]) :]
        pieces = [piece if piece.endswith(tail) else piece + tail for piece in pieces]
    pieces = with_measure(pieces)
    return pieces if all(cues.content(piece) for piece in pieces) else [head]


def _target(piece: str, clause: str) -> Target:
    own = cues.asked(piece)
    whole = own if piece == clause else cues.asked(clause)
    role = own.role or cues.asked_role(canonical(piece))
    if role is None and piece != clause and _PLANNED.search(piece.strip()):
        role = Role.TARGET
    words = words_of(piece)
    key = cues.without_role(words, role)
    if cues.only_role(words, role):
        key = ""
    elif role is Role.TARGET and "计划" not in key[-6:]:
        key = without_aim(key)
    before = ""
    project = _PROJECT.match(key)
    if project and len(key[project.end() :].strip()) >= 2:
        before, key = project.group().strip(), key[project.end() :].strip()
    quotes = list(re.finditer(r"[“\"][^”\"]{4,}[”\"]", key))
    if quotes:
        quote = quotes[-1]
        before = f"{before} {key[: quote.start()].strip()}".strip()
        key = key[quote.start() :]
    key = _ALL_YEAR.sub("", _SHORT_MEASURES.get(squeeze(key), key))
    if not key and re.search(r"安排(?:了|的)?(?:是)?(?:多少|几)", piece):
        key = "安排"
    return Target(
        key="" if len(re.sub(r"[\s共]", "", key)) < 2 else key,
        role=role,
        dimension=own.dimension or _of_clause(words, whole.dimension),
        noun=own.noun or whole.noun or _people(words),
        basis=cues.basis_asked(clause),
        label=words,
        beside=before,
        aside=aside_of(piece),
        where=term_of(piece),
    )


def _of_clause(words: str, dimension: Dimension | None) -> Dimension | None:
    """What a clause asks for, for one name of its list that has a kind of its own."""
    if dimension is None and _HELD.search(squeeze(words)):
        return Dimension.COUNT
    amount = measure_of(words) in MONEYS or subject_of(words) != ""
    other = dimension in (Dimension.PERCENT, Dimension.SCORE)
    return None if _COUNTED.search(words) or (amount and other) else dimension


_HELD = re.compile(r"(?:保有|拥有)[量数]$")
_PEOPLE = re.compile(r"(?P<noun>人次|批次)数?$|(?P<of>人|户)数$")


def _people(words: str) -> str:
    """What a name says that it counts, where people and visits stand beside each other."""
    match = _PEOPLE.search(words)
    return (match["noun"] or match["of"]) if match else ""


_ALL_YEAR = re.compile(
    r"(?:全年|本年度?|当年)(?=执行数|实际支出|实际执行)"
)  # spending is of a year
_SHORT_MEASURES = {
    "安排": "安排",
    "花": "支出",
    "用": "支出",
    "剩": "结余",
    "余": "结余",
    "还剩": "结余",
}

# Beside 金额 in a list such a name asks for a number of its own kind.
_COUNTED = re.compile(r"(?:份|个|人|次|台|家|户|场|条|批次|件)数(?:量)?$")


# In a list beside 实际 such a word is the indicator's aim.
_PLANNED = re.compile(r"(?<!绩效)(?:目标|计划)(?:数|值|量)?$")
