"""Evaluations over folders keep to themselves, whatever database the settings name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eval.ground import Ground, loading, placed, settings_sum
from eval.library import open_engine
from ingest.settings import Settings

# Nobody answers there: whoever speaks to it fails.
SETTINGS = Settings(ledger_url="postgresql://gouji@127.0.0.1:1/gouji")
REPORT = "2023年度某市林业局部门决算\n\n一、收入\n\n2023年收入合计7.50万元。\n"


def test_a_library_for_one_run_is_in_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "林业局.txt").write_text(REPORT, encoding="utf-8")
    with open_engine((tmp_path,), None, SETTINGS) as loaded:
        assert loaded.reports == ("林业局.txt",)
    ground = Ground(SETTINGS, (tmp_path,))
    with loading(ground) as given:
        assert placed(ground, given).settings.ledger_url == ""


def test_where_the_ledger_is_changes_no_answer() -> None:
    assert settings_sum(SETTINGS) == settings_sum(replace(SETTINGS, ledger_url=""))
