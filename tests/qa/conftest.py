"""An engine over two small reports of made-up units, read by the product's own readers."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.model import Answer

DATA = Path(__file__).parent / "data"
Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def made_up_engine() -> Engine:
    library = MemoryLibrary([DATA / "engine_accounts.txt", DATA / "engine_project.md"])
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


@pytest.fixture
def ask(made_up_engine: Engine) -> Ask:
    def asked(*turns: str) -> Answer:
        conversation = Conversation()
        answers = [made_up_engine.ask(turn, conversation=conversation) for turn in turns]
        return answers[-1]

    return asked


@pytest.fixture(scope="session")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Ask]:
    """Makes, of a report's file name and text, what asks an engine over it with usual settings."""

    def made(name: str, report: str) -> Ask:
        path = tmp_path_factory.mktemp("asked") / name
        path.write_text(report, encoding="utf-8")
        return Engine(MemoryLibrary([path]), Settings()).ask

    return made
