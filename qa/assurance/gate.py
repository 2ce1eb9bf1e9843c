"""The last gate: an answer looked at from the outside, its confidence, and what becomes of it.

Each doubt alone would make so large a share of answers wrong (`qa/data/assurance.toml`, fitted by
`eval.bench.calibration`); what is left after all of them is the confidence. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from qa.assurance import amounts as assurance_amounts
from qa.assurance import beside as assurance_beside
from qa.assurance import cells as assurance_cells
from qa.assurance import claims as assurance_claims
from qa.assurance import clauses as assurance_clauses
from qa.assurance import dimensions as assurance_dimensions
from qa.assurance import expected as assurance_expected
from qa.assurance import funds as assurance_funds
from qa.assurance import halves as assurance_halves
from qa.assurance import kinds as assurance_kinds
from qa.assurance import measures as assurance_measures
from qa.assurance import named as assurance_named
from qa.assurance import other as assurance_other
from qa.assurance import parts as assurance_parts
from qa.assurance import polarity as assurance_polarity
from qa.assurance import qualified as assurance_qualified
from qa.assurance import scope as assurance_scope
from qa.assurance import sentence as assurance_sentence
from qa.assurance import several_asks as assurance_several_asks
from qa.assurance import sides as assurance_sides
from qa.assurance import stages as assurance_stages
from qa.assurance import texts as assurance_texts
from qa.assurance import unanswered as assurance_unanswered
from qa.assurance import unmet as assurance_unmet
from qa.assurance import words as assurance_words
from qa.assurance import worked as assurance_worked
from qa.assurance import worked_as_asked as assurance_worked_as_asked
from qa.assurance.model import Asked, Doubt, Doubts
from qa.grounds import particular_words
from qa.model import Answer, Outcome, Reservation
from qa.plan import Operation
from qa.words import cues
from qa.words.lexicon import LexiconError, derived, tables

DOUBTS: tuple[Doubts, ...] = (
    *assurance_words.DOUBTS,
    *assurance_halves.DOUBTS,
    *assurance_kinds.DOUBTS,
    *assurance_dimensions.DOUBTS,
    *assurance_worked_as_asked.DOUBTS,
    *assurance_several_asks.DOUBTS,
    *assurance_expected.DOUBTS,
    *assurance_funds.DOUBTS,
    *assurance_texts.DOUBTS,
    *assurance_worked.DOUBTS,
    *assurance_scope.DOUBTS,
    *assurance_parts.DOUBTS,
    *assurance_claims.DOUBTS,
    *assurance_cells.DOUBTS,
    *assurance_beside.DOUBTS,
    *assurance_other.DOUBTS,
    *assurance_clauses.DOUBTS,
    *assurance_qualified.DOUBTS,
    *assurance_polarity.DOUBTS,
    *assurance_measures.DOUBTS,
    *assurance_stages.DOUBTS,
    *assurance_unanswered.DOUBTS,
    *assurance_unmet.DOUBTS,
    *assurance_named.DOUBTS,
    *assurance_sentence.DOUBTS,
    *assurance_amounts.DOUBTS,
    *assurance_sides.DOUBTS,
)
_OPEN = {
    "body_open": "单位",
    "project_open": "项目",
    "project_unnamed": "项目",
    "year_open": "年度",
}
_BESIDE_OPEN = ("name_longer", "presence")  # doubts that a choice may settle as well
_MOST_CHOICES = 4
_MOST_BODIES = 12  # of more, no choice is offered: each would have to be asked about first
_PLACES = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Weights:
    """What doubts are worth.

    Attributes:
        base: share of answers without any doubt that are wrong.
        shares: for each kind of doubt, the share that it makes wrong by itself.
        words: for each kind, how a reader is told; ``{}`` stands for the words in doubt.
        least: below this confidence an answer is not given.
    """

    base: Decimal
    shares: Mapping[str, Decimal]
    words: Mapping[str, str]
    least: Decimal


@derived
@cache
def weights() -> Weights:
    """The weights of assurance.toml.

    Raises:
        LexiconError: the file has another shape than its head says.
    """
    text, table = tables("assurance.toml")[-1]
    rows = table.get("doubts")
    shares: dict[str, Decimal] = {}
    told: dict[str, str] = {}
    try:
        for kind, row in rows.items() if isinstance(rows, dict) else ():
            shares[kind], told[kind] = Decimal(row["share"]), str(row["words"])
        return Weights(Decimal(str(table["base"])), shares, told, Decimal(str(table["least"])))
    except (KeyError, TypeError, ArithmeticError) as error:
        needed = "base、least 和 [doubts] 各行的 share、words"
        raise LexiconError(f"{text.where} 缺少 {needed}:{error},请更正") from error


def doubts_of(asked: Asked) -> tuple[Doubt, ...]:
    """All that speaks against the answer."""
    return tuple(doubt for check in DOUBTS for doubt in check(asked))


def confidence(kinds: Collection[str], worth: Weights) -> Decimal:
    """How likely an answer with doubts of these kinds is right, 0 to 1."""
    sure = 1 - worth.base
    for kind in sorted(set(kinds)):
        sure *= 1 - worth.shares[kind]
    return sure.quantize(_PLACES)


def reservations(found: Sequence[Doubt]) -> tuple[Reservation, ...]:
    """Doubts as a reader is told of them, each once."""
    words = weights().words
    told = (Reservation(each.kind, words[each.kind].format(each.words)) for each in found)
    return tuple(dict.fromkeys(told))


def judged(
    asked: Asked,
    found: Sequence[Doubt],
    least: Decimal | None = None,
    alone: Callable[[str], Hashable] | None = None,
) -> Answer:
    """The answer with its confidence; silent, or a choice, where that is below `least`.

    Args:
        asked: an answer that gives something.
        found: all that speaks against it (`doubts_of`).
        least: the confidence that an answer must have; that of assurance.toml where None.
        alone: what a question finds that is asked by itself, to choose among bodies; None: nothing.
    """
    worth = weights()
    sure = confidence({doubt.kind for doubt in found}, worth)
    answer = replace(asked.answer, confidence=sure, doubts=reservations(found))
    enough = worth.least if least is None else least
    if sure >= enough:
        return answer
    kinds = {doubt.kind for doubt in found}
    if not kinds or not kinds <= {*_OPEN, *_BESIDE_OPEN} or not kinds & _OPEN.keys():
        return _withheld(answer, (), others=False)
    if "body_open" not in kinds:
        return _withheld(answer, _choices(asked, kinds), others=False)
    bodies = _bodies(asked, alone)
    sure = confidence(kinds - {"body_open"}, worth)
    if bodies and bodies == _own_body(asked) and sure >= enough:
        return _of_one_body(answer, sure)
    choices = tuple(f"{body}，{asked.question.strip()}" for body in bodies[:_MOST_CHOICES])
    offered = choices if len(choices) > 1 else ()
    return _withheld(answer, offered, others=len(bodies) > len(offered))


def _own_body(asked: Asked) -> tuple[str, ...]:
    """Whose one figure it is, where the question has words of its own beside the trade's."""
    one = len(asked.figures) == 1 and asked.plan.operation not in _OVER_MANY
    told = one and particular_words(cues.content(asked.plan.text))
    return (asked.figures[0].entity,) if told else ()


_OVER_MANY = (Operation.FILTER, Operation.COUNT, Operation.RANK, Operation.SUM, Operation.AVERAGE)


def _of_one_body(answer: Answer, sure: Decimal) -> Answer:
    """The answer, where no other body's reports have one to that question."""
    doubts = tuple(doubt for doubt in answer.doubts if doubt.kind != "body_open")
    told = f"问题没有说明单位；只在{answer.values[0].entity}的报告中找到这个数。"
    text, remarks = f"{answer.text}\n{told}", (*answer.remarks, told)
    return replace(answer, confidence=sure, doubts=doubts, text=text, remarks=remarks)


def _choices(asked: Asked, kinds: set[str]) -> tuple[str, ...]:
    """The question for each year or project that may be meant, where only that is open."""
    question = asked.question.strip()
    if kinds & {"project_open", "project_unnamed"} and len(asked.ground.projects) <= _MOST_CHOICES:
        found = tuple(f"“{project}”：{question}" for project in asked.ground.projects)
    else:
        found = tuple(f"{year}年，{question}" for year in asked.ground.years[-_MOST_CHOICES:])
    return found if len(found) > 1 else ()


def _bodies(asked: Asked, alone: Callable[[str], Hashable] | None) -> tuple[str, ...]:
    """The bodies that may be meant: those of which the question finds something of its own."""
    bodies = asked.ground.bodies
    if alone is None or len(bodies) > _MOST_BODIES:
        return bodies if len(bodies) <= _MOST_CHOICES else ()
    found: dict[Hashable, str] = {}  # one body under two names finds the same
    for body in bodies:
        told = alone(f"{body}，{asked.question.strip()}")
        if told is not None:
            found.setdefault(told, body)
    return tuple(found.values())


def _open_side(answer: Answer) -> str:
    """What the ready choices differ in, in the order in which `_choices` looks."""
    kinds = {doubt.kind for doubt in answer.doubts}
    return next(side for kind, side in _OPEN.items() if kind in kinds)


def _withheld(answer: Answer, choices: tuple[str, ...], *, others: bool) -> Answer:
    """The answer without its values, saying why, with its places as the nearest that was found."""
    why = "；".join(dict.fromkeys(doubt.text for doubt in answer.doubts))
    if choices:
        lines = [f"{number}. {question}" for number, question in enumerate(choices, start=1)]
        side = _open_side(answer)
        more = ["其他单位请写明名称再问。"] if others and side == _OPEN["body_open"] else []
        text = "\n".join([f"问题没有说明是哪个{side}，请选一个再问：", *lines, *more])
    else:
        text = f"找到的内容与所问未必是一回事，不作答：{why}。请换个说法，或补充单位、项目、年度和指标名称。"
    return replace(
        answer,
        outcome=Outcome.CLARIFY if choices else Outcome.ABSTAINED,
        text=text,
        reason=text,
        values=(),
        equations=(),
        remarks=(),
        inherited=(),
        choices=choices,
    )
