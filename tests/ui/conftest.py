"""Golden files of the screens: WRITE_GOLDEN=1 writes them anew, and then they are read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"

_WRITE = "WRITE_GOLDEN"


@pytest.fixture(scope="session")
def golden() -> Callable[[str, str], None]:
    """Compares a text with the golden file of a name."""

    def compare(name: str, text: str) -> None:
        path = DATA / name
        if os.environ.get(_WRITE):
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, f"{name}: look, then {_WRITE}=1"

    return compare
