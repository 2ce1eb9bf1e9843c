"""Speed beside the bare libraries: what they find, and how files are put behind each other."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document as Word

from eval.bench import speed as bench_speed
from eval.bench.speed import Timed, bare_docx, bare_pdf, timed
from eval.material.pdf_pages import page_count, repeated
from tests.ingest.pdf_maker import PageMaker, make_pdf


def _pdf(*texts: str) -> bytes:
    return make_pdf(*(PageMaker().text(90, 100, text) for text in texts))


def test_bare_libraries_find_the_characters() -> None:
    assert bare_pdf(_pdf("甲市水务局", "决算")) >= 7
    word, target = Word(), io.BytesIO()
    word.add_paragraph("甲市水务局")
    word.save(target)
    assert bare_docx(target.getvalue()) >= 5


def test_files_behind_each_other() -> None:
    assert page_count(repeated([_pdf("甲"), _pdf("乙", "丙")], 2)) == 6


def test_a_row_has_all_speeds_and_ratios() -> None:
    row = timed(Timed("text", "甲.pdf", _pdf("甲市水务局2023年度部门决算"), 1, bare_pdf))
    assert row[:2] == ["text", 1]
    assert len(row) == 7
    assert all(value > 0 for value in row[2:])


def test_the_peak_is_that_of_another_process(tmp_path: Path) -> None:
    path = tmp_path / "甲.pdf"
    path.write_bytes(_pdf("甲市水务局2023年度部门决算"))
    assert 10 < bench_speed.peak_of(path) < bench_speed.BOUND


def test_without_libreoffice_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_speed, "program", lambda: None)
    assert "LibreOffice" in bench_speed.measure()["skipped"]
