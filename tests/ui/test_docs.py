"""Generated files say what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.settings import Settings, load_settings
from ui.docs import GENERATED

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_generated_file_is_up_to_date(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text == GENERATED[name](), f"{name} is out of date: run make docs"


def test_the_shipped_configuration_is_the_default_one() -> None:
    settings = load_settings(ROOT / "config.toml", environ={})
    expected = Settings(data_dir=ROOT / "data")
    assert settings == expected
