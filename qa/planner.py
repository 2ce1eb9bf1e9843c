"""The deterministic planner: a question, the catalogue and the conversation to a Plan."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.model import Direction, Role
from ingest.quantity import Dimension
from ingest.text import fold
from qa import cues
from qa.model import Filters, PartKey, PartRef
from qa.matching import squeeze
from qa.names import NameMatch, Names, resolve_names
from qa.periods import find_periods
from qa.plan import Operation, Order, Plan, Target
from qa.textual import classify_text
from qa.textual_model import TextKind
from qa.wording import canonical, language_of, normalise, repair, to_chinese

_SPLIT = re.compile(r"[,，;；?？。!！]")
_PRONOUN = re.compile(r"^(?:那|这|它|他|其|该|那么|所以)*(?:项|个|些|两|年|笔|份)*$")
_SERIES = re.compile(
    r"^(?P<head>.+?)(?:各自|各|分别)(?:是|为|有|占|得|达|安排|列|花|完成|叫)*(?:了)?(?:多少|几|什么|哪|百分|怎|如何|[,。?]|$)"
)
_AND = re.compile(r"以及|和|与|及|、|跟|还有")
_FOLLOW = re.compile(r"^(?:那|那么|所以|其中|它|这个|该|上述|同样|再|还有|此外|为什么|为啥|比上年|跟上年|和上年|付了|评价等级)")
_LEFT_OVER = "结余"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a conversation hands to its next question."""

    plan: Plan
    phrase: str  # the words that named what was answered last


def make_plan(
    question: str,
    parts: Sequence[PartRef],
    *,
    vocabulary: Collection[str] = (),
    previous: Remembered | None = None,
    filters: Filters | None = None,
) -> Plan:
    """The plan of a question.

    Args:
        question: as asked, in Chinese or English.
        parts: the catalogue.
        vocabulary: words of the library, against which typing errors are mended.
        previous: the turn before, for follow-up questions.
        filters: restrictions given beside the question.
    """
    asked = normalise(question)
    english = language_of(asked) == "en"
    glosses = _GLOSS.findall(asked) if english else []
    if english:
        asked = normalise(to_chinese(asked).text)
        asked = asked.replace('"', " ")
    names = _consistent(resolve_names(asked, parts))
    known = sorted({part.year for part in parts if part.year})
    inherited_years = previous.plan.years if previous else ()
    spans = [(m.start, m.end) for m in (*names.projects, *names.unknown)]
    periods = find_periods(asked, known=known, inherited=inherited_years, names_spans=spans)
    text = _mended(_residual(asked, names, periods.text_spans), vocabulary)
    plan = Plan(
        question=asked,
        text=text,
        operation=Operation.LOOKUP,
        targets=(),
        years=periods.years,
        entities=tuple(dict.fromkeys(match.name for match in names.entities)),
        unknown=tuple(
            name for name in _unknown_bodies(asked, names) if not any(name in w for w in vocabulary)
        ),
        lenient=english,
        memory=previous.phrase if previous else "",
        text_kind=classify_text(text),
        numbers=_numbers(asked),
    )
    plan = _scope(plan, names, parts, filters)
    plan = _inherit(plan, names, previous)
    plan = _targets(plan, previous)
    if glosses:
        plan = _glossed(plan, glosses)
    return _operation(plan)


_GLOSS = re.compile(r"[(（]\s*([^()（）]*[\u4e00-\u9fff][^()（）]*?)\s*[)）]")


def _glossed(plan: Plan, glosses: Sequence[str]) -> Plan:
    """In an English question the Chinese glosses name the figure; the other words are context."""
    own = [gloss for gloss in glosses if gloss in plan.text]
    key = cues.content(" ".join(dict.fromkeys(own)))
    if not key or not plan.targets:
        return plan
    others = [target.key for target in plan.targets]
    rest = " ".join(others)
    for gloss in own:
        rest = rest.replace(gloss, " ")
    first = plan.targets[0]
    role = first.role or cues.asked_role(key)
    named = "" if cues.only_role(key, role) else cues.without_role(key, role)
    if not named:
        return plan
    target = replace(first, key=named, label=named, role=role)
    return replace(plan, targets=(target,), context=f"{plan.context} {rest}".strip())


def _mended(text: str, vocabulary: Collection[str]) -> str:
    """The text without typing errors; what the library itself spells so is no error."""
    repaired = repair(text, vocabulary)
    for change in reversed(repaired.changes):
        around = text[max(change.start - 1, 0) : change.end + 1]
        if any(change.wrong in word for word in vocabulary) or re.search(r"多少|几|差|比", around):
            continue
        text = text[: change.start] + change.right + text[change.end :]
    return text


_BODY = re.compile(r"(?:局|委|委员会|办公室|厅|院|中心|政府|街道|镇|学校|大学|医院|部|署|处|会|省|市|区|县)$")


def _unknown_bodies(question: str, names: Names) -> tuple[str, ...]:
    """Bodies that are named and not in the library; a quoted phrase is no body."""
    quotes = "“\"「『"
    return tuple(
        match.text
        for match in names.unknown
        if _BODY.search(match.text) and not (match.start and question[match.start - 1] in quotes)
    )


def _consistent(names: Names) -> Names:
    """Drops projects of other bodies than the ones named."""
    names = _quotes_kept(names)
    bodies = {key for match in names.entities for key in match.parts}
    if not bodies:
        return names
    own = tuple(m for m in names.projects if bodies & set(m.parts))
    return replace(names, projects=own)


_QUOTED = re.compile(r"[“\"「]([^”\"」]{2,30})[”\"」]")


def _quotes_kept(names: Names) -> Names:
    """Drops projects whose name lacks what the question quotes inside theirs."""

    def kept(match: NameMatch) -> bool:
        quoted = [squeeze(found[1]) for found in _QUOTED.finditer(match.text)]
        return all(phrase in squeeze(match.name) for phrase in quoted)

    return replace(names, projects=tuple(m for m in names.projects if kept(m)))


def _residual(text: str, names: Names, spans: Sequence[tuple[int, int]]) -> str:
    """The question with names and years blanked out; offsets stay."""
    characters = list(text)
    for start, end in [*((m.start, m.end) for m in (*names.entities, *names.projects)), *spans]:
        for index in range(start, min(end, len(characters))):
            characters[index] = " "
    return fold("".join(characters))


_NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?!\s*(?:年|月|日|号|\d))")


def _numbers(question: str) -> tuple[str, ...]:
    return tuple(match.group().replace(",", "") for match in _NUMBER.finditer(fold(question)))


def _scope(
    plan: Plan, names: Names, parts: Sequence[PartRef], filters: Filters | None
) -> Plan:
    """Which parts of the library the question is about."""
    keys = [part.key for part in parts if _passes(part, filters)]
    named = {key for match in names.entities for key in match.parts}
    if named:
        named |= _placed(names, parts)
    if named and _EXCEPT.search(plan.question):
        keys = [key for key in keys if key not in named]
        named = set()
    elif named:
        keys = [key for key in keys if key in named]
    projects = tuple((match.name, match.parts) for match in names.projects)
    grouped: dict[str, tuple[PartKey, ...]] = {}
    for name, its in projects:
        inside = tuple(key for key in its if not named or key in named)
        grouped[name] = tuple(dict.fromkeys((*grouped.get(name, ()), *(inside or its))))
    return replace(plan, parts=tuple(keys), projects=tuple(grouped.items()))


_HINT = 0.7  # a name match below this is a place or a guess


def _placed(names: Names, parts: Sequence[PartRef]) -> set[PartKey]:
    """Parts without a known body whose title or project holds the place that is named."""
    places = [match.text for match in names.entities if match.score < _HINT]
    return {
        part.key
        for part in parts
        if not part.entity and any(p in part.title or p in part.project for p in places)
    }


_EXCEPT = re.compile(r"除(?:了|去|开)?[^,;。?]{2,30}(?:外|之外|以外|报告|自己)?[,]?.{0,6}(?:还有|其他|其余|另外|别的|哪)")


def _passes(part: PartRef, filters: Filters | None) -> bool:
    if filters is None:
        return True
    pairs = (
        (filters.unit, part.entity),
        (filters.year, part.year),
        (filters.project, part.project),
        (filters.kind, part.kind),
        (filters.report, part.report_name),
    )
    return all(not wanted or wanted in value for wanted, value in pairs)


def _inherit(plan: Plan, names: Names, previous: Remembered | None) -> Plan:
    """A follow-up takes over what it leaves out: unit, project, year."""
    if previous is None or plan.unknown:
        return plan
    before = previous.plan
    taken: list[str] = []
    if not names.entities and not names.projects and before.parts:
        plan = replace(
            plan, parts=before.parts, projects=before.projects, entities=before.entities
        )
        taken.extend(before.entities or tuple(name for name, _ in before.projects))
    if not plan.years and before.years:
        plan = replace(plan, years=before.years)
        taken.extend(f"{year}年" for year in before.years)
    return replace(plan, inherited=tuple(taken))


_OPEN_ASK = re.compile(r"[,，]\s*(?=(?:都|一共|总共)?(?:各自|各|分别)(?:是|为|有)?(?:多少|几))")


def _targets(plan: Plan, previous: Remembered | None) -> Plan:
    """The figures asked for, clause by clause."""
    clauses = [clause for clause in _SPLIT.split(_OPEN_ASK.sub("", plan.text)) if clause.strip(" \"“”里中内")]
    open_ones = [clause for clause in clauses if not cues.encloses(clause)] or clauses
    asking = [clause for clause in open_ones if cues.INTERROGATIVE.search(clause)] or open_ones[-1:]
    full = [clause for clause in asking if not clause.rstrip().endswith("呢")]
    asking = full or asking
    enclosing = [clause for clause in clauses if clause not in asking and cues.encloses(clause)]
    where = " ".join(_words(clause) for clause in enclosing)
    rest = [clause for clause in clauses if clause not in asking and clause not in enclosing]
    context = " ".join(_words(clause) for clause in rest)
    targets: list[Target] = []
    for clause in asking:
        for target in _clause_targets(clause):
            key, label = target.key, target.label
            if not key and targets:
                key = targets[-1].key.removeprefix(where).strip()
                label = f"{key} {label}"
            elif not key and context:
                key, context = context, ""
            targets.append(
                replace(target, key=f"{where} {key}".strip(), label=label, where=where)
            )
    if previous is not None and targets:
        targets = [_with_memory(target, previous) for target in targets]
    return replace(plan, targets=tuple(t for t in targets if t.key) or tuple(targets), context=context)


def _with_memory(target: Target, previous: Remembered) -> Target:
    """An elliptic target (比上年呢, 为什么, 付了多少) is about what was answered last."""
    bare = re.sub(
        r"上年|去年|前年|比|跟|较|同|它|其|增长|增加|减少|下降|多|少|还|差|付|花|用|情况|"
        r"原因|为什么|这么|那么|那|拨付|支出|金额|幅度|变化|百分|或者|或|经费|资金|项|每年|要|扣|没有|未|完成|合|占|所占|比重",
        "",
        target.key,
    )
    if len(re.sub(r"\s", "", bare)) >= 2 and not _PRONOUN.match(bare):
        return target
    return replace(target, key=previous.phrase)


def _clause_targets(clause: str) -> list[Target]:
    series = _SERIES.search(clause)
    if series:
        pieces = _pieces(series["head"])
        if len(pieces) > 1:
            return [_target(piece, clause) for piece in pieces]
    pieces = [p for p in re.split(r"、|以及|和|及", clause) if p.strip()]
    if len(pieces) > 1 and all(cues.INTERROGATIVE.search(piece) for piece in pieces):
        return [_target(piece, piece) for piece in pieces]
    pieces = _pieces(re.sub(r"(?:是|为|有)?(?:多少|几分).*$", "", clause))
    roles = [cues.asked_role(piece) for piece in pieces]
    if len(pieces) > 1 and None not in roles and len(set(roles)) == len(roles):
        return [_target(piece, clause) for piece in pieces]
    pieces = [p for p in clause.split("、") if p.strip()]
    roles = [cues.asked_role(piece) for piece in pieces]
    if len(pieces) > 1 and None not in roles and len(set(roles)) == len(roles):
        return [_target(piece, piece) for piece in pieces]
    return [_target(clause, clause)]


def _pieces(head: str) -> list[str]:
    """``“甲”的乙和丙`` gives [“甲”的乙, “甲”的丙]."""
    if re.search(r"、.*[到至]", head):
        head = re.sub(r"^从|[到至](?=[^到至]*$)", lambda m: "" if m.group() == "从" else "、", head.strip())
    before, found, tail = head.rpartition("的")
    if found and _AND.search(tail):
        return [f"{before} {piece}" for piece in _AND.split(tail) if piece.strip()]
    pieces = [piece.strip() for piece in _AND.split(head) if piece.strip()]
    if len(pieces) > 1 and len(pieces[0]) <= 3 < len(pieces[-1]):
        tail = pieces[-1][len(pieces[0]) :]
        pieces = [piece if piece.endswith(tail) else piece + tail for piece in pieces]
    return pieces if all(cues.content(piece) for piece in pieces) else [head]


def _target(piece: str, clause: str) -> Target:
    own = cues.asked(piece)
    whole = own if piece == clause else cues.asked(clause)
    role = own.role or cues.asked_role(canonical(piece))
    words = _words(piece)
    key = cues.without_role(words, role)
    if cues.only_role(words, role):
        key = ""
    before = ""
    quotes = list(re.finditer(r"[“\"][^”\"]{4,}[”\"]", key))
    if quotes:
        quote = quotes[-1]
        before, key = key[: quote.start()].strip(), key[quote.start() :]
    return Target(
        key="" if len(re.sub(r"[\s共]", "", key)) < 2 else key,
        role=role,
        dimension=own.dimension or whole.dimension,
        noun=own.noun or whole.noun,
        basis=cues.basis_asked(clause),
        label=words,
        beside=before,
    )


def _words(piece: str) -> str:
    """The naming words of a piece, in the trade's terms; an aside in brackets left out."""
    words = cues.content(canonical(piece))
    outside = re.sub(r"[(（][^()（）]*[)）]", " ", words).strip()
    return re.sub(r"(?:\s|^)钱$", "", outside).strip() if len(outside) >= 2 else words


def _operation(plan: Plan) -> Plan:
    """The operation, and what it does to the targets."""
    text = cues.unquoted(plan.text)
    first = plan.targets[0] if plan.targets else Target("")
    plan = replace(plan, unit=cues.asked_unit(text), claimed=cues.claimed_direction(text))
    numeric = any(t.dimension for t in plan.targets) and not re.search(r"哪几|哪些", text)
    if plan.text_kind is TextKind.DEFINITION:
        return replace(plan, operation=Operation.TEXT)
    if plan.text_kind is not None and not numeric:
        if plan.text_kind is TextKind.REASON or not (cues.most_asked(text) or cues.least_asked(text)):
            return replace(plan, operation=Operation.TEXT)
    if first.role is Role.DEDUCTION:
        return replace(plan, operation=Operation.DEDUCTION)
    if cues.completion_rate_asked(text):
        return replace(plan, operation=Operation.COMPLETION)
    if cues.verify_asked(text):
        return replace(plan, operation=Operation.VERIFY)
    if cues.most_asked(text) or cues.least_asked(text):
        order = Order.LEAST if cues.least_asked(text) else Order.MOST
        return replace(plan, operation=Operation.RANK, order=order, top=cues.top_asked(text))
    if first.dimension is Dimension.COUNT and cues.condition_asked(text):
        return replace(plan, operation=Operation.FILTER)
    if cues.share_asked(text):
        return replace(plan, operation=Operation.SHARE)
    if cues.ratio_asked(text):
        return replace(plan, operation=Operation.RATIO)
    if cues.growth_asked(text) and first.role not in (Role.COMPLETION, Role.SCORE_RATE):
        return _moved(plan, Operation.GROWTH, Role.GROWTH, Dimension.PERCENT)
    if cues.left_over_asked(text):
        targets = tuple(replace(t, dimension=Dimension.MONEY, noun="") for t in plan.targets)
        return replace(plan, operation=Operation.DIFFERENCE, targets=targets)
    if cues.change_asked(text) and first.role not in (Role.ADJUSTMENT, Role.DEDUCTION):
        if first.basis == "上年" or cues.basis_asked(text) == "上年":
            return _moved(plan, Operation.CHANGE, Role.CHANGE, None)
        return replace(plan, operation=Operation.DIFFERENCE)
    if cues.average_asked(text):
        return replace(plan, operation=Operation.AVERAGE)
    if cues.sum_asked(text) and not cues.rows_asked(text):
        return replace(plan, operation=Operation.SUM)
    if first.dimension is Dimension.COUNT and cues.rows_asked(text):
        return replace(plan, operation=Operation.COUNT)
    if not numeric and plan.text_kind is not None:
        return replace(plan, operation=Operation.TEXT)
    return plan


def _moved(plan: Plan, operation: Operation, role: Role, dimension: Dimension | None) -> Plan:
    """A question about a change asks for figures of that role under the same name."""
    targets = tuple(
        replace(
            target,
            key=_unmoved(target.key) or target.key,
            role=role,
            dimension=dimension,
            noun="",
            basis=target.basis or "上年",
        )
        for target in plan.targets
    )
    return replace(plan, operation=operation, targets=targets, claimed=Direction.NONE)


_MOVING = re.compile(
    r"(?:比|较|跟|同)?\s*(?:它|他|其)?\s*(?:上年|去年|上一年|前一年|上年度)(?:度|决算数?|同期)?(?:相比|比)?|同比|"
    r"增长率?|增加|上升|上涨|提高|下降|减少|降低|增幅|降幅|涨|增速|变化|幅度|比例|还是|多|少|差|相差|大幅|比"
)


def _unmoved(key: str) -> str:
    return re.sub(r"\s+", " ", _MOVING.sub(" ", key)).strip()
