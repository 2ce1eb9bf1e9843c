"""What the page does, without a page: asking, showing what proves a number, rating an answer.

Every method may be called from several threads. Whose conversation it is comes with each call;
nobody sees that of another.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from markupsafe import Markup

from eval.feedback import Mark, Rating, keep, rating_of
from eval.tally import Summary
from index.library import Library
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.llm.assist import AssistedEngine
from qa.model import Answer, Filters
from ui.alias_decide import Opened
from ui.errors import known_errors, one_line
from ui.texts import set_language, t
from ui.web.access import Access, Sessions, Users
from ui.web.answers import talk_html
from ui.web.checking import LONGEST, Checking, parsed
from ui.web.conversations import Conversations, Talk, Turn
from ui.web.evaluations import Evaluations
from ui.web.evidence import citations_html, nothing, value_html
from ui.web.export import markdown, word
from ui.web.hearing import hearing
from ui.web.journal import Journal
from ui.web.kept import Kept
from ui.web.measuring import Measuring
from ui.web.places import Places
from ui.web.shelf import Shelf
from ui.web.suggestions import follow_ups
from ui.web.uploads import Uploads

log = logging.getLogger(__name__)

FEEDBACK = "feedback.jsonl"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader can narrow a question to."""

    units: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class Services(Checking, Shelf, Measuring):
    """The library and the engine behind the page.

    `asker` answers what is typed; the engine by itself, rules alone, finds what else can be asked.
    """

    def __init__(
        self, library: Library, settings: Settings, asker: Engine | AssistedEngine | None = None
    ) -> None:
        self.library = library
        self.settings = settings
        self.root = settings.root_path
        self.engine = Engine(library, settings)
        self.asker: Engine | AssistedEngine = asker or self.engine
        self.talks = Conversations()
        self.places = Places(library)
        users = Users(settings.data_dir)
        sessions = Sessions(users, settings.data_dir, settings.session_hours * 3600)
        self.access = Access(
            users, sessions, header=settings.user_header, proxy=settings.trusted_proxy
        )
        self.journal = Journal(settings.data_dir)
        self.uploads = Uploads(library.add_all, settings.data_dir, self.prepare)
        self.evaluations = Evaluations(settings, settings.data_dir / FEEDBACK)
        self._summaries: Kept[Summary] = Kept(stale=False)
        self._examples: Kept[list[str]] = Kept(stale=True)
        self._compared: Kept[list[str]] = Kept(stale=True)
        self._looked_up: Kept[Opened] = Kept(stale=False)

    # Asking

    def ask(self, owner: str, name: str, question: str, filters: Filters) -> Iterator[Talk]:
        """Ask in a conversation; gives it when the question stands, is answered, and has what
        to ask next."""
        words = question.strip()[:LONGEST]
        talk = self.talks.of(owner, name)
        if not words:
            yield talk
            return
        with talk.lock:
            turn = talk.begin(words, filters)
        self.journal.note(owner, "ask", words)
        yield talk
        memory = talk.memory.copy()
        answer: Answer | None = None
        for each in self._answers(talk, turn, memory):
            answer = each
            yield talk
        if answer is not None:
            found = follow_ups(
                answer, self.library.parts(), lambda each: self._aside(each, memory, filters)
            )
            talk.change(turn.number, lambda each: replace(each, follow_ups=found))
            yield talk

    def _answers(self, talk: Talk, turn: Turn, memory: Conversation) -> Iterator[Answer | None]:
        """None as often as there is a sentence more, then the answer."""

        def settle(ask: Callable[[], Answer]) -> Answer | None:
            return self._settled(talk, turn, memory, ask)

        if isinstance(self.asker, AssistedEngine):
            yield from hearing(self.asker, talk, turn, memory, settle)
            return
        rules = self.asker
        yield settle(lambda: rules.ask(turn.question, filters=turn.filters, conversation=memory))

    def _settled(
        self, talk: Talk, turn: Turn, memory: Conversation, ask: Callable[[], Answer]
    ) -> Answer | None:
        try:
            answer = ask()
        except known_errors() as error:
            trouble = one_line(error)
        except Exception:
            log.exception("asking %r failed", turn.question)
            trouble = t("程序出错，这个问题没有答成；详情已记入日志。")
        else:
            talk.answered(turn.number, answer, memory)
            return answer
        talk.change(turn.number, lambda each: replace(each, trouble=trouble))
        return None

    def _aside(self, question: str, memory: Conversation, filters: Filters) -> Answer:
        return self.engine.ask(question, filters=filters, conversation=memory.copy())

    def talk_html(self, owner: str, name: str) -> Markup:
        """The conversation as it stands."""
        talk = self.talks.of(owner, name)
        if talk.turns:
            return talk_html(talk, [], 0, name)
        return talk_html(talk, self.examples(), self.loaded(), name)

    def loaded(self) -> int:
        """How many reports are loaded."""
        return len(self.library.reports())

    def choices(self) -> Choices:
        """Units, projects, years and kinds of the loaded reports."""
        parts = self.library.parts()
        return Choices(
            units=_distinct(part.entity for part in parts),
            projects=_distinct(part.project for part in parts),
            years=tuple(reversed(_distinct(part.year for part in parts))),
            kinds=_distinct(part.kind for part in parts),
        )

    # Evidence

    def evidence(self, owner: str, name: str, ref: str) -> Markup:
        """What proves the value ``turn.value`` or ``turn.value.spot``, or the passages ``turn.c``."""
        turn, which, spot = parsed(ref)
        found = self.talks.of(owner, name).turn(turn)
        if found is None or found.answer is None:
            return nothing()
        answer = found.answer
        if which is None:
            cited = [each for c in answer.citations if (each := self.places.spot(c))]
            document = self.document_of(cited, spot)
            return citations_html(cited, spot, document, ref=f"{turn}.c", root=self.root)
        if which >= len(answer.values):
            return nothing()
        value = answer.values[which]
        spots = self.places.spots(value)
        return value_html(
            value,
            spots,
            spot,
            self.document_of(spots, spot),
            answer.equations,
            ref=f"{turn}.{which}",
            root=self.root,
        )

    def first_evidence(self, owner: str, name: str) -> Markup:
        """What proves the latest answer: its first value, else the passages it rests on."""
        talk = self.talks.of(owner, name)
        if not talk.turns:
            return nothing()
        last = talk.turns[-1]
        if last.answer is None:
            return nothing()
        if last.answer.values:
            return self.evidence(owner, name, f"{last.number}.0")
        return (
            self.evidence(owner, name, f"{last.number}.c") if last.answer.citations else nothing()
        )

    def export(self, owner: str, name: str, ending: str, spoken: str) -> bytes:
        """The conversation as a file: ``md`` or ``docx``."""
        set_language("en" if spoken == "en" else "zh")
        turns = self.talks.of(owner, name).turns
        day = date.today().isoformat()
        return word(turns, day) if ending == "docx" else markdown(turns, day).encode()

    # Rating

    def rate(
        self, owner: str, name: str, number: int, mark: Mark, right: str = ""
    ) -> Rating | None:
        """Keep a reader's word on an answer as an evaluation case."""
        talk = self.talks.of(owner, name)
        turn = talk.turn(number)
        if turn is None or turn.answer is None:
            return None
        plain = self.engine.ask(turn.question)
        alone = (plain.outcome, plain.values) == (turn.answer.outcome, turn.answer.values)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        rating = rating_of(
            turn.answer, at=at, who=owner, mark=mark, right=right[:LONGEST], alone=alone
        )
        keep(self.settings.data_dir / FEEDBACK, rating)
        talk.change(number, lambda each: replace(each, rating=mark))
        return rating


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({word for word in words if word}))
