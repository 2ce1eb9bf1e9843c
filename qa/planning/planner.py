"""The deterministic planner: a question, the catalogue and the conversation to a Plan."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.figures.finding import strip_number
from ingest.model import Direction, Role
from ingest.reading.text import fold
from qa.english.bodies import with_chinese_names
from qa.english.slips import plain_english
from qa.english.wording import wording_of
from qa.figures.evidence import Candidate
from qa.model import Filters, PartRef
from qa.naming.catalogue import catalogue_of
from qa.naming.known_names import KnownNames
from qa.naming.names import NameMatch, Names
from qa.naming.question_names import named_in, places_of
from qa.part_index import index_of
from qa.plan import Operation, Plan
from qa.planning.again import another_year, left_out
from qa.planning.carried import subject_of
from qa.planning.choice import with_operation
from qa.planning.scope import in_scope, unknown_bodies
from qa.planning.targets import with_targets
from qa.question.asking import usual_form
from qa.question.followups import completed
from qa.question.residual import residual
from qa.question.rewrites import of_all_money, of_one_fund
from qa.question.wording import language_of, mended, normalise, to_chinese
from qa.texts.answers import classify_text
from qa.texts.model import TextKind
from qa.words import cues
from qa.words.cues import INTERROGATIVE, OF_THE_SAME
from qa.words.synonyms import plainly


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a conversation hands to its next question."""

    plan: Plan
    phrase: str  # the words that named what was answered last
    shown: tuple[Candidate, ...] = ()  # the figures that were shown
    earlier: tuple[Candidate, ...] = ()  # those of the turn before, of which this one asks the same


def make_plan(
    question: str,
    parts: Sequence[PartRef],
    *,
    vocabulary: Collection[str] = (),
    previous: Remembered | None = None,
    filters: Filters | None = None,
    known_names: KnownNames | None = None,
) -> Plan:
    """The plan of a question.

    Args:
        question: as asked, in Chinese or English.
        parts: the catalogue.
        vocabulary: words of the library, against which typing errors are mended.
        previous: the turn before, for follow-up questions.
        filters: restrictions given beside the question.
        known_names: what reports state and the user decided of names.
    """
    asked = _which(normalise(question))
    typed = filters.english if filters is not None else ""
    english = bool(typed) or language_of(asked) == "en"
    if english and not typed:
        typed, asked = asked, spoken(asked, parts, vocabulary)
    else:
        asked = usual_form(plainly(asked))
    before = previous.plan if previous else None
    asked, names, periods = named_in(asked, parts, known_names, before, vocabulary)
    done = None
    if before is not None:
        own = places_of(names, periods)
        of_money = of_all_money(before.question, before.named, question)
        of_money = of_money or of_one_fund(before.question, before.named, question)
        done = of_money or completed(
            before.question, before.named, asked, own, frozenset(vocabulary), _row_shown(previous)
        )
        if done is not None:
            asked, names, periods = named_in(done.question, parts, known_names, before, vocabulary)
    before_rows = _before_rows(names, vocabulary, parts)
    text = mended(residual(asked, names, [*periods.text_spans, *before_rows]), vocabulary)
    bodies = unknown_bodies(asked, names)
    plan = Plan(
        question=asked,
        text=text,
        operation=Operation.LOOKUP,
        targets=(),
        years=periods.years,
        basis_years=periods.basis,
        entities=tuple(dict.fromkeys(match.name for match in names.entities)),
        apart=_apart(names.entities),
        projects_apart=_apart(_not_aside(asked, names.projects), 0.0),
        unknown=tuple(name for name in bodies if not _is_label(name, vocabulary)),
        only_told_of=tuple(
            name for name in bodies if _A_BODY.search(name) and _is_label(name, vocabulary)
        ),
        lenient=english,
        memory=previous.phrase if previous and done is None else "",
        named=places_of(names, periods),
        completed=done is not None,
        renamed=done.named if done is not None else "",
        text_kind=classify_text(text),
        numbers=_numbers(asked),
        about=cues.about_asked(question),
        must=(*_codes(text), *(_given_in_chinese(typed, asked, names) if english else ())),
    )
    plan = in_scope(plan, names, parts, filters)
    plan = _inherit(plan, names, previous)
    plan = replace(plan, text=_without_place(plan, parts))
    plan = _over_years(plan, parts)
    plan = replace(plan, memory=_remembered(plan))
    plan = _reason_of_it(_of_kind_shown(with_targets(plan, plan.memory), previous), previous)
    plan = with_operation(_since(plan, previous))
    plan = replace(
        plan, left=left_out(plan, previous.plan if previous else None) if done is None else ""
    )
    if done is not None:
        return replace(plan, inherited=tuple(dict.fromkeys((*done.kept, *plan.inherited))))
    return another_year(plan, previous.plan if previous else None)


def _row_shown(previous: Remembered | None) -> str:
    """What the one figure that was shown is called by its row; "" for several, or outside tables."""
    if previous is None or len(previous.shown) != 1:
        return ""
    path = previous.shown[0].figure.row_path
    return strip_number(path[-1]) if path else ""


_THAT_FOR_WHICH = re.compile(
    r"(?<=[有了是到])那(?=一?(?:些|天|步|几|年|个月|个)[^,，。;；]{0,12}$)"
    r"|(?<=[\u4e00-\u9fff])(?<![年的])那(?=一?(?:天|家|个(?:部门|单位|公司|机构|文件|科室))[^,，。;；]{1,8}的?$)"
)


def _which(question: str) -> str:
    """``产出指标有那些``: 那 for 哪 in a sentence that asks nothing otherwise."""
    bare = question.rstrip("?？。 ")
    return question if INTERROGATIVE.search(bare) else _THAT_FOR_WHICH.sub("哪", bare)


_UP_TO = re.compile(r"(?:到了?|至)\s*20\d\d")
_LAST_YEAR = re.compile(r"上年|去年|上一年|前一年|同比|同期|年初|预算")


def _since(plan: Plan, previous: Remembered | None) -> Plan:
    """``到2024年下降了百分之几`` after a question about 2021 compares with 2021."""
    if previous is None or plan.basis_years or not _UP_TO.search(plan.question):
        return plan
    before = previous.plan.years
    if len(before) != 1 or len(plan.years) != 1 or before[0] >= plan.years[0]:
        return plan
    return plan if _LAST_YEAR.search(plan.question) else replace(plan, basis_years=before)


def _is_label(name: str, vocabulary: Collection[str]) -> bool:
    """Whether what looks like a body's name is what a report calls a row, with its place or without."""
    if _A_BODY.search(name):
        # 某市城市管理局 is not the 城市管理局 of a district's table.
        return any(name in word for word in vocabulary)
    placed = (name[at:] for at in range(min(_BEFORE_IT, len(name) - _OWN_NAME) + 1))
    return any(core in vocabulary for core in placed) or any(name in word for word in vocabulary)


def _before_rows(
    names: Names, vocabulary: Collection[str], parts: Sequence[PartRef]
) -> list[tuple[int, int]]:
    """What stands before the name of a row that looks like a body's: 某市交警 in 某市交警城西大队.

    Only where it opens with the place of a body that there are reports of.
    """
    found: list[tuple[int, int]] = []
    for match in names.unknown:
        cuts = range(1, min(_BEFORE_IT, len(match.text) - _OWN_NAME) + 1)
        if match.text in vocabulary or not any(match.text[:2] in part.entity for part in parts):
            continue
        cut = next((at for at in cuts if match.text[at:] in vocabulary), 0)
        if cut and not _A_BODY.search(match.text):
            found.append((match.start, match.start + cut))
    return found


_A_BODY = re.compile(
    "(?:局|厅|委员会|[省市县区]委|政府|办公室)$"
)  # of another place: no row is meant
_OWN_NAME = 4  # characters of a row's name that is told from others
_BEFORE_IT = 4  # characters of a place before it, at most


_SO_MANY = re.compile(
    r"(?:这|近|最近|前后)?(?P<n>[两二三四五])(?:个)?年(?:度)?(?:来|间|里)?(?=[^前后内限])"
)
_EACH = re.compile(r"各|分别|每年|逐年|都(?:是|有)")
_FROM_TO = re.compile(r"(20\d\d)\s*年?度?\s*[-—–~～至到]+\s*(20\d\d)")
_NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}


def _over_years(plan: Plan, parts: Sequence[PartRef]) -> Plan:
    """``三年各是多少`` of reports that are named without a year: their last years."""
    match = _SO_MANY.search(plan.text)
    if match is None or plan.years or not (plan.entities or plan.projects):
        return plan
    if not _EACH.search(plan.text):
        return plan
    refs = index_of(parts).refs
    inside = set(plan.asked_parts)
    told = [refs[key] for key in inside if key in refs]
    spans = {m.groups() for ref in told for m in [_FROM_TO.search(ref.title)] if m}
    last = max((b for _, b in spans), default="") or max((r.year for r in told), default="")
    if not last.isdigit() or len(spans) > 1:
        return plan
    years = tuple(str(int(last) - back) for back in reversed(range(_NUMERALS[match["n"]])))
    text = plan.text[: match.start()] + " " * len(match.group()) + plan.text[match.end() :]
    return replace(plan, years=years, text=text)


_NAMES_ONE = re.compile(r"^(?:那么?|那个|还有|,|，|\s)*[^,，。?？多少几]{2,20}呢[?？]?\s*$")


def _of_kind_shown(plan: Plan, previous: Remembered | None) -> Plan:
    """``补贴呢`` after a score asks for a score: what names a thing alone asks for the same of it."""
    if previous is None or not previous.shown or plan.completed or len(plan.targets) != 1:
        return plan
    target, shown = plan.targets[0], previous.shown[-1].figure
    open_ask = target.role is None and target.dimension is None and not target.measure
    if not open_ask or not _NAMES_ONE.match(plan.question):
        return plan
    role = shown.role if shown.role in (Role.SCORE, Role.COMPLETION, Role.BUDGET) else None
    dimension = shown.quantity.unit.dimension
    before = previous.plan.targets[-1:] if OF_THE_SAME.search(plan.question) else ()
    noun = next((each.noun for each in before), "")
    return replace(plan, targets=(replace(target, role=role, dimension=dimension, noun=noun),))


def _reason_of_it(plan: Plan, previous: Remembered | None) -> Plan:
    """``为什么会多出来`` after a figure: the reason that the report gives where it tells that figure.

    After a change it is the reason of that change: against the year before, or against the budget.
    """
    changed = _change_shown(previous)
    if changed and plan.text_kind is TextKind.REASON and _BARE_WHY.fullmatch(plan.question.strip()):
        return replace(plan, text=f"{changed}的原因是什么")
    meant = plan.memory and all(target.key == plan.memory for target in plan.targets)
    if plan.text_kind is not TextKind.REASON or not meant or re.search("[扣丢失]", plan.text):
        return plan
    return replace(plan, text=f"{plan.memory}的原因是什么")


_BARE_WHY = re.compile(
    r"(?:那么?|这|又)?(?:主要)?(?:是)?(?:为什么|为何|为啥|什么原因|啥原因|原因(?:是|为)?(?:什么|啥|何)?|怎么回事|咋回事)(?:呢|呀|啊)?[?？。]?"
)
_CHANGED = {Direction.UP: "增长", Direction.DOWN: "减少"}


def _change_shown(previous: Remembered | None) -> str:
    """``三公经费比上年增加`` after such a change was shown; "" after anything else."""
    if previous is None or len(previous.shown) != 1 or len(previous.plan.targets) != 1:
        return ""
    figure, key = previous.shown[0].figure, previous.plan.targets[0].key
    way = _CHANGED.get(figure.direction)
    moved = figure.role in (Role.CHANGE, Role.GROWTH)
    name = re.split(r"[比较](?!例|重)", key)[0].strip()
    basis = "上年" if not figure.basis or "上年" in figure.basis else figure.basis
    return f"{name}比{basis}{way}" if way and moved and name else ""


def _remembered(plan: Plan) -> str:
    """What the turn before was about; for a reason, without the measure that was asked for."""
    if plan.text_kind is TextKind.REASON:
        return subject_of(plan.memory) or plan.memory
    return plan.memory


_PLACE = re.compile(r"(?:(?<=\s)|^)[一-鿿]{2,4}?(?:自治)?[省市县区州盟旗](?![本级直])(?=[\s一-鿿])")


def _without_place(plan: Plan, parts: Sequence[PartRef]) -> str:
    """The text without the place that the reports in scope are about: it names no row of them."""
    refs = index_of(parts).refs
    about = {f"{refs[key].title} {refs[key].project}" for key in plan.parts if key in refs}
    if not about or len(about) > _FEW:
        return plan.text

    def blank(match: re.Match[str]) -> str:
        place = match.group()
        known = any(place in text for text in about)
        return " " * len(place) if known else place

    return _PLACE.sub(blank, plan.text)


_FEW = 12  # parts of which one question may be about the place
_SURE = 0.6  # below this a name is a place or a guess


def _apart(matches: Sequence[NameMatch], least: float = _SURE) -> tuple[tuple[str, ...], ...]:
    """What is named at each place of the question, where there are several places."""
    spans: dict[tuple[int, int], list[str]] = {}
    for match in matches:
        if match.score >= least:
            spans.setdefault((match.start, match.end), []).append(match.name)
    groups = tuple(dict.fromkeys(tuple(sorted(found)) for found in spans.values()))
    return groups if len(groups) > 1 else ()


_ASIDES = re.compile(r"[(（][^()（）]*[)）]")


def _not_aside(asked: str, matches: Sequence[NameMatch]) -> list[NameMatch]:
    """Names outside brackets: one in brackets only says another time what stands before it."""
    asides = [match.span() for match in _ASIDES.finditer(asked)]
    return [m for m in matches if not any(low < m.start and m.end <= high for low, high in asides)]


_CODE = re.compile(
    r"(?:科目|编码|代码|类款项)[^\d,;。]{0,6}(?P<a>\d{3,9})(?![\d.])|(?<![\d.])(?P<b>\d{5,9})(?=\s*(?:(?:这个|那个|这一|那一|那|这)?(?:科目|项|款|行|\()|的|[一-鿿]{2}))(?!\s*(?:元|万|亿|[个人户件次条份台]))"
)


def _codes(text: str) -> tuple[str, ...]:
    """Codes of accounts: the row that has them is the one asked for."""
    return tuple(match["a"] or match["b"] for match in _CODE.finditer(text))


_BRACKETS = re.compile(r"[()（）]")
_CHINESE_NAME = re.compile(r"[一-鿿][一-鿿（）]{2,}")


def spoken(question: str, parts: Sequence[PartRef], vocabulary: Collection[str]) -> str:
    """An English question in Chinese, in the words of the library; its names too, where certain."""
    wording = wording_of(frozenset(vocabulary))
    asked = to_chinese(plain_english(question), wording).text.replace('"', " ")
    return with_chinese_names(asked, catalogue_of(parts), wording)


def _given_in_chinese(question: str, asked: str, names: Names) -> tuple[str, ...]:
    """Names that an English question leaves in Chinese, bodies and projects of the library apart."""
    known = [fold(match.name) for match in (*names.entities, *names.projects)]
    found = (match.group() for match in _CHINESE_NAME.finditer(question))
    lacking = tuple(
        name
        for name in dict.fromkeys(found)
        if _BRACKETS.sub("", name) in _BRACKETS.sub("", asked)
        and not any(fold(name) in one or one in fold(name) for one in known)
        and not any(name == match.text for match in names.entities)
    )
    return lacking if len(lacking) == 1 else ()  # several are parts of a sum, or compared


_NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?!\s*(?:年|月|日|号|\d))")


def _numbers(question: str) -> tuple[str, ...]:
    return tuple(match.group().replace(",", "") for match in _NUMBER.finditer(fold(question)))


def _inherit(plan: Plan, names: Names, previous: Remembered | None) -> Plan:
    """A follow-up takes over what it leaves out: unit, project, year."""
    if previous is None or plan.unknown:
        return plan
    before = previous.plan
    if before.unknown and not names.entities and not names.projects:
        return replace(plan, unknown=before.unknown)  # of no report, as the turn before
    taken: list[str] = []
    if not names.entities and not names.projects and before.parts:
        plan = replace(
            plan,
            parts=before.parts,
            projects=before.projects,
            projects_apart=before.projects_apart,
            entities=before.entities,
        )
        taken.extend(before.entities or tuple(name for name, _ in before.projects))
    if not plan.years and before.years:
        plan = replace(plan, years=before.years)
        taken.extend(f"{year}年" for year in before.years)
    return replace(plan, inherited=tuple(taken))
