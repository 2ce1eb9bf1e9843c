"""Questions by old names and by names that the user gave; guesses take no part in an answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

from eval.memory import MemoryLibrary
from index.aliases import JOINED, PARTED, Alias, StatedName
from qa.compare.request import Request
from qa.engine import Engine
from qa.model import Outcome
from qa.naming.known_names import LibraryNames

DATA = Path(__file__).parents[1] / "data" / "compare"
OLD, NEW = "海州市临江区河道管理局", "海州市临江区水务管理局"


class Decided:
    """The aliases of a library with decisions that a test makes."""

    def __init__(self, library: MemoryLibrary) -> None:
        self._stated = library.aliases.stated()
        self.made: tuple[Alias, ...] = ()

    def stated(self) -> Sequence[StatedName]:
        return self._stated

    def decided(self) -> Sequence[Alias]:
        return self.made

    def decide(self, kind: str, first: str, second: str, state: str) -> None:
        self.made = (*self.made, Alias(kind, first, second, state, "", (), ""))


def engine() -> tuple[Engine, Decided]:
    library = MemoryLibrary(sorted(DATA.glob("*.txt")))
    decided = Decided(library)
    fake = SimpleNamespace(parts=library.parts, document=library.document, aliases=decided)
    return Engine(fake, SimpleNamespace(abstain_threshold=0.55)), decided


def number(engine: Engine, question: str) -> str | None:
    answer = engine.ask(question)
    return answer.values[0].number if answer.outcome is Outcome.ANSWERED else None


def test_the_old_name_finds_the_report_of_the_new_one() -> None:
    asked, _ = engine()
    assert number(asked, f"{OLD}2023年三公经费是多少") == "98000"
    assert number(asked, f"{NEW}2021年三公经费是多少") == "12.80"


def test_a_name_that_the_user_gave_is_honoured_at_once_and_until_it_is_parted() -> None:
    asked, decided = engine()
    assert number(asked, "区河长办2023年三公经费是多少") is None
    decided.decide("unit", "区河长办", NEW, JOINED)
    assert number(asked, "区河长办2023年三公经费是多少") == "98000"


def test_a_parted_pair_stays_two_whatever_a_report_says() -> None:
    asked, decided = engine()
    decided.decide("unit", OLD, NEW, PARTED)
    assert number(asked, f"{OLD}2023年三公经费是多少") is None
    found = asked.compare(Request(f"比较{OLD}2021到2023年的三公经费"))
    assert [cell.value is None for cell in found.rows[0].cells] == [False, False, True]


def test_a_comparison_goes_on_over_a_rename_and_calls_a_guess_a_guess() -> None:
    asked, decided = engine()
    found = asked.compare(Request("比较河道清淤整治项目2021到2023年的预算执行率"))
    assert [cell.value.number for cell in found.rows[0].cells if cell.value] == [
        "96.00",
        "97.50",
        "99.00",
    ]
    assert len(found.guesses) == 1
    guessed = [cell.guessed for cell in found.rows[0].cells]
    assert guessed.count(True) in (1, 2)
    decided.decide("project", found.guesses[0].first, found.guesses[0].second, JOINED)
    again = asked.compare(Request("比较河道清淤整治项目2021到2023年的预算执行率"))
    assert not again.guesses
    assert not any(cell.guessed for cell in again.rows[0].cells)
    decided.made = ()
    decided.decide("project", found.guesses[0].first, found.guesses[0].second, PARTED)
    third = asked.compare(Request("比较河道清淤整治项目2021到2023年的预算执行率"))
    assert [cell.value is None for cell in third.rows[0].cells] == [False, False, True]


def test_a_guess_takes_no_part_in_an_answer() -> None:
    asked, _ = engine()
    assert number(asked, "“河道清淤整治项目”2023年的预算执行率是多少") is None


SHORT = """云岭市住房和城乡建设局2023年城镇老旧小区改造项目绩效评价报告

项目名称：城镇老旧小区改造项目

主管部门：云岭市住房和城乡建设局

城镇老旧小区改造项目（以下简称“旧改项目”）2023年实际支出1,204.50万元，改造小区17个。
"""


def test_a_short_name_that_the_report_states_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SHORT, encoding="utf-8")
    asking = Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55))
    for question in ("云岭市2023年旧改项目改造了几个小区？", "云岭市2023年旧改改造小区多少个？"):
        answer = asking.ask(question)
        assert [value.number for value in answer.values] == ["17"], question


def test_a_short_name_inside_a_word_of_the_full_name_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SHORT, encoding="utf-8")
    names = LibraryNames(MemoryLibrary([path]))
    names.parts()
    known = names.known()
    assert known is not None
    assert known.respelled("老旧改造小区多少个") == "老旧改造小区多少个"
    assert known.respelled("旧改花了多少") == "城镇老旧小区改造项目花了多少"
