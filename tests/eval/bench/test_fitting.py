"""Benchmarks that fit a table: which suites they ask, what they watch, what they write."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.bench import fitting
from eval.bench.fitting import Recorder, asked_for, show
from eval.bench.logistic import Fit

GOLD = Path(__file__).parents[2] / "gold"


def test_what_was_shown_is_taken_once() -> None:
    recorder = Recorder[str]()
    assert recorder.taken() is None
    recorder("first")
    recorder("second")
    assert recorder.taken() == "second"
    assert recorder.taken() is None


def test_suites_that_are_kept_back_are_never_asked() -> None:
    files = [str(GOLD / name) for name in ("samples_a.yaml", "others11.yaml")]
    asked = asked_for(None, "a.md", ["--suites", *files])
    assert [Path(suite.name).name for suite in asked.suites] == ["samples_a.yaml"]
    assert not asked.write


@pytest.mark.parametrize("write", [False, True])
def test_a_fit_is_kept_only_where_asked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    write: bool,
) -> None:
    monkeypatch.setattr(fitting, "_ROOT", tmp_path)
    (tmp_path / "qa" / "data").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    table = tmp_path / "qa" / "data" / "a.toml"
    before = 'base = "0"\n\n[weights]\n'
    table.write_text(before, encoding="utf-8")
    show(Fit(1.0, {"gate": 2.0}), "page\n", table="a.toml", page="a.md", write=write)
    assert capsys.readouterr().out == "page\n"
    assert (table.read_text(encoding="utf-8") != before) is write
    assert (tmp_path / "docs" / "a.md").exists() is write
