"""Questions over more reports than are read for one: which are opened, and what is kept of them."""

from collections.abc import Collection, Mapping, Sequence
from types import SimpleNamespace

import pytest

from eval.material.generated import report
from ingest.model import Document
from ingest.pipeline import read_document
from qa.engine import Engine
from qa.model import Outcome, PartRef
from qa.naming.names import resolve_names
from qa.part_index import PartIndex, index_of
from qa.portfolio import digest as digest
from qa.portfolio.model import Asked, Lacking, Metric, Over

COUNT = 60
MADE = [report(number, office=False) for number in range(COUNT)]


class Many:
    """Made-up reports that say which of them were opened, and keep digests."""

    def __init__(self) -> None:
        self.documents = [read_document(made.data, made.name) for made in MADE]
        self.opened: set[int] = set()
        self.kept: dict[tuple[str, str], dict[int, str]] = {}
        self.led_to: list[int] = []
        self.listed = tuple(
            PartRef(
                number,
                part.no,
                document.name,
                part.kind.value,
                part.title.value,
                part.entity.value,
                part.project.value,
                part.year,
            )
            for number, document in enumerate(self.documents)
            for part in document.parts
        )

    def parts(self) -> Sequence[PartRef]:
        return self.listed

    def document(self, number: int) -> Document:
        self.opened.add(number)
        return self.documents[number]

    def labels(self, _reports: Collection[int]) -> list[str]:
        return []

    def reports_about(
        self, _query: str, *, reports: Collection[int] | None = None, limit: int = 24
    ) -> list[int]:
        return [number for number in self.led_to if reports is None or number in reports][:limit]

    def digests(
        self, name: str, version: str, _reports: Collection[int] | None = None
    ) -> Mapping[int, str]:
        return self.kept.get((name, version), {})

    def keep_digests(self, name: str, version: str, found: Mapping[int, str]) -> None:
        self.kept.setdefault((name, version), {}).update(found)


@pytest.fixture(scope="module")
def made() -> Many:
    return Many()


@pytest.fixture
def library(made: Many) -> Many:
    made.opened.clear()
    made.kept.clear()
    made.led_to = []
    return made


@pytest.fixture
def engine(library: Many) -> Engine:
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


def test_a_named_unit_opens_its_own_reports(library: Many, engine: Engine) -> None:
    subject = MADE[0].subject
    answer = engine.ask(f"{subject.entity}{subject.year}年“三公”经费支出决算是多少万元？")
    assert answer.values[0].number == str(subject.care)
    own = {n for n, made in enumerate(MADE) if made.subject.entity == subject.entity}
    assert library.opened <= own


def test_an_open_question_opens_what_its_words_lead_to(library: Many, engine: Engine) -> None:
    library.led_to = [3]
    answer = engine.ask("部门整体支出绩效自评得分是多少？")
    own = {n for n, made in enumerate(MADE) if made.subject.entity == MADE[3].subject.entity}
    assert 3 in library.opened
    assert library.opened <= own
    assert answer.values[0].number == str(MADE[3].subject.score)


def test_a_ranking_asks_every_report_once_and_then_its_digest(
    library: Many, engine: Engine
) -> None:
    asked = Asked(Metric.EXECUTION, Over.UNITS, ())
    first = engine.portfolio(asked)
    units = {n for n, made in enumerate(MADE) if not made.subject.project}
    assert library.opened == units
    library.opened.clear()
    assert engine.portfolio(asked) == first
    assert library.opened == set()


def test_a_ranking_that_is_asked_opens_nothing_but_what_it_shows(
    library: Many, engine: Engine
) -> None:
    question = "2023年预算执行率最低的五个单位是哪些？"
    engine.ask(question)
    library.opened.clear()
    assert engine.ask(question).outcome.given
    assert len(library.opened) <= COUNT // 4


def test_a_digest_of_other_code_is_not_read(
    library: Many, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(Metric.SCORE, Over.PROJECTS, ())
    engine.portfolio(asked)
    library.opened.clear()
    monkeypatch.setattr(digest, "version", lambda: "other")
    engine.portfolio(asked)
    assert library.opened


@pytest.mark.parametrize(
    "asked",
    [
        Asked(Metric.EXECUTION, Over.UNITS),
        Asked(Metric.GRADE, Over.PROJECTS),
        Asked(Metric.AMOUNT, Over.UNITS, words="三公经费"),
        Asked(Metric.SCORE_RATE, Over.UNITS),
    ],
    ids=lambda asked: f"{asked.metric}-{asked.over}",
)
def test_a_digest_says_what_was_found(library: Many, engine: Engine, asked: Asked) -> None:
    engine.portfolio(asked)
    texts = [text for kept in library.kept.values() for text in kept.values()]
    assert texts
    for text in texts:
        assert digest.written(digest.read(text)) == text
        for gave in digest.read(text).values():
            assert isinstance(gave, Lacking) or all(fact.value.sources for fact in gave)


def test_a_unit_that_is_missing_is_told_without_naming_all_others(engine: Engine) -> None:
    answer = engine.ask("火星市财政局2023年三公经费是多少？")
    assert answer.outcome is Outcome.ABSTAINED
    assert answer.text.count("、") < 25


@pytest.mark.parametrize("said", ["火星市财政局", "月球县财政局", "东风市财政局"])
def test_a_body_of_an_unknown_place_is_not_one_whose_place_is_not_read(said: str) -> None:
    entities = ("金城区财政局", "宁山区财政局", "青河市财政局")
    parts = tuple(
        PartRef(no, 0, f"{no}.txt", "final_accounts", "", entity, "", "2023")
        for no, entity in enumerate(entities)
    )
    found = resolve_names(f"{said}2023年三公经费是多少", parts)
    assert found.entities == ()
    assert [match.text for match in found.unknown] == [said]


def test_parts_are_indexed_once(library: Many) -> None:
    assert index_of(library.listed) is index_of(library.listed)
    found = PartIndex(library.listed)
    subject = MADE[0].subject
    own = tuple(n for n, made in enumerate(MADE) if made.subject.entity == subject.entity)
    assert found.reports_of(f"“{subject.entity}”") == own
    assert found.years == ("2021", "2022", "2023", "2024")
