"""Whether what an answer gives is of the role that was asked for: a plan, what came of it, a side, a column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import Role
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.sentence import clause_of
from qa.operations.reached import PLANNED
from qa.plan import Operation
from qa.words import cues
from qa.words.matching import squeeze

_ROLE_SAID: dict[Role, re.Pattern[str]] = {
    Role.SHARE: re.compile(r"占|比重|份额|比例|构成|结构|几成"),
    Role.GROWTH: re.compile(r"增|降|升|涨|减|变|幅|同比|跌|缩|提高|压"),
    Role.CHANGE: re.compile(r"增|降|升|涨|减|变|多|少|差|同比|比|结余|省|缩|提高|压"),
    Role.ADJUSTMENT: re.compile(r"调|追加|核减|压减|砍|加|减"),
    Role.DEDUCTION: re.compile(r"扣|丢|失"),
    Role.FULL_MARK: re.compile(r"满分|分值|权重|标准分|多少分|几分"),
}
_STATED = (Operation.LOOKUP, Operation.CHANGE, Operation.DIFFERENCE, Operation.SHARE)
_OPENING = re.compile(r"年初|期初")
_AGAINST = re.compile(r"(?:完成|比|较|占|相比)[^,，]{0,4}(?:年初|期初)")
_PLANNED = re.compile(r"年初|期初|设定|目标|预期|指标|(?<!公共)(?<!基金)预算")


def role(asked: Asked) -> Iterator[Doubt]:
    """A share, a change or a full mark where the asking clause says nothing of the kind."""
    roles = asked.ground.roles
    if asked.plan.operation not in _STATED or len(roles) != 1:
        return
    pattern = _ROLE_SAID.get(roles[0])
    said = _asking_clauses(asked.plan.question).replace("多少", "")
    if pattern is not None and not pattern.search(said):
        yield Doubt("role", asked.figures[0].metric if asked.figures else "")


_FULL_ASKED = re.compile(
    r"满分|full marks?\b|maximum (?:score|marks?|points?)|out of how many", re.I
)


def full_mark(asked: Asked) -> Iterator[Doubt]:
    """The full mark is asked for, and what was got is given."""
    found = _FULL_ASKED.search(f"{asked.plan.question} {asked.question}")
    got = Role.SCORE in asked.ground.roles and Role.FULL_MARK not in asked.ground.roles
    one = asked.plan.operation is Operation.LOOKUP and len(asked.figures) == 1
    if (
        found
        and got
        and one
        and not re.search(r"得了?(?:多少|几)|拿了?(?:多少|几)", asked.plan.question)
    ):
        yield Doubt("role", found.group())


_SPENT_ASKED = re.compile(
    r"(?:实际|真正|最[后终])[^,，。]{0,6}?(?:花|用|支出|支付|执行)|[花用]了|[花用]掉"
)
_BUDGET_ASKED = re.compile(r"预算|安排|下达|批复|批了|计划|指标|额度|budget", re.I)


def not_spent(asked: Asked) -> Iterator[Doubt]:
    """What was spent is asked for, and what was budgeted is given."""
    said = f"{asked.plan.question} {asked.question}"  # as it is read, and as it was typed
    found, roles = _SPENT_ASKED.search(said), asked.ground.roles
    planned = len(asked.figures) == 1 and set(roles) == {Role.BUDGET}
    if found and planned and not _BUDGET_ASKED.search(said):
        yield Doubt("role", asked.figures[0].metric)


def planned(asked: Asked) -> Iterator[Doubt]:
    """What was done is asked for, and what was planned is given, of which no result is told."""
    one = asked.plan.operation is Operation.LOOKUP and len(asked.figures) == 1
    said = PLANNED.search(f"{asked.plan.question} {asked.question}")
    if one and not said and set(asked.ground.roles) == {Role.TARGET}:
        yield Doubt("role", asked.figures[0].metric)


_PARTS_OF = (Operation.SHARE, Operation.RATIO)


def planned_whole(asked: Asked) -> Iterator[Doubt]:
    """A share of what was planned, where the question speaks of no plan: 有效投诉占投诉件数 of the aim."""
    roles = asked.ground.roles
    mixed = asked.plan.operation in _PARTS_OF and Role.TARGET in roles and len(roles) > 1
    said = f"{asked.plan.question} {asked.question}"
    if mixed and not PLANNED.search(said) and not _REACHED.search(said):
        yield Doubt("role", "".join(target.key for target in asked.plan.targets[-1:]))


_REACHED = re.compile("完成|达到|达成|实现|兑现")
_PART = re.compile(r"基本支出|项目支出|人员经费|公用经费")


def column(asked: Asked) -> Iterator[Doubt]:
    """Ranked by one column of a table of parts, and the question names no part."""
    if asked.plan.operation is not Operation.RANK:
        return
    for value in asked.figures[:1]:
        for source in value.sources[:1]:
            part = _PART.search(source.column or "")
            if (
                part
                and part.group()[:2] not in asked.plan.question
                and part.group() != value.metric
                and not _inside_named(source.row or "", asked.plan.question)
            ):
                yield Doubt("role", part.group())


def _inside_named(row: str, question: str) -> bool:
    """Whether the question names the line above the one that is given: all below it is of one part."""
    above = (squeeze(label) for label in row.split(" / ")[:-1])
    return any(len(label) >= FULL_NAME and label in squeeze(question) for label in above)


def _asking_clauses(question: str) -> str:
    """The clauses that ask, with that before a bare one (折合多少元); the last where none asks."""
    clauses = [clause for clause in re.split(r"[,，;；。?？]", question) if clause.strip()]
    asking = {n for n, clause in enumerate(clauses) if cues.INTERROGATIVE.search(clause)}
    asking |= {n - 1 for n in asking if n and _BARE_ASK.fullmatch(clauses[n].strip())}
    return "".join(c for n, c in enumerate(clauses) if n in asking) or "".join(clauses[-1:])


_BARE_ASK = re.compile(
    r"(?:折合|换算|合|算)?(?:成|下来|起来)?(?:一共|大约|大概)?(?:是|为|有)?(?:多少|几)[一-鿿]{0,3}"
)
_CHANGED = re.compile(r"调整后|调整为|变[为成更]|追加后|核[减增]后")


def side(asked: Asked) -> Iterator[Doubt]:
    """The budget at the start of the year is asked for and something else is given."""
    if asked.plan.operation is not Operation.LOOKUP or len(asked.figures) != 1:
        return
    value = asked.figures[0]
    own = value.metric + "".join(f"{s.row}{s.column}" for s in value.sources[:1])
    targets = "".join(target.key for target in asked.plan.targets)
    planned = _PLANNED.search(own) or (asked.ground.roles == (Role.BUDGET,) and "预算" in targets)
    if asked.ground.roles == (Role.COMPLETION,):
        return  # of which budget it is, `worked.of_initial_budget` looks at
    clause = clause_of(value)[0] if _OPENING.search(targets) else ""
    # 调整后项目预算变为861.46万元 is no budget of the start.
    changed = "年初" not in clause and _CHANGED.search(f"{clause}{own}")
    unplanned = not planned or changed
    if _OPENING.search(targets) and not _AGAINST.search(targets) and unplanned:
        yield Doubt("side", value.metric)


FULL_NAME = 5  # characters of a name that is told from others


DOUBTS: tuple[Doubts, ...] = (not_spent, planned, planned_whole, role, full_mark, column, side)
