"""Scans measured against the text of the same pages: what is spoilt how, and what is counted."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from eval.bench import scans as bench_scans
from eval.bench.editions import Read, compare
from eval.bench.scans import SPOILT
from eval.material.editions import Spoiling, scanned
from eval.material.pdf_pages import page_count, picked
from ingest.pipeline import read_document
from tests.ingest.pdf_maker import PageMaker, make_pdf

TEXT = "甲市水务局2023年度部门决算\n\n一、收支\n\n{name}{spent}万元。\n"


def test_pages_are_picked_in_their_order() -> None:
    data = make_pdf(*(PageMaker().text(90, 100, f"第{n}页") for n in range(1, 4)))
    assert page_count(picked(data, (3, 1, 9))) == 2


@pytest.mark.parametrize("how", SPOILT.values(), ids=list(SPOILT))
def test_pages_are_spoilt_as_said(how: Spoiling) -> None:
    data = make_pdf(PageMaker().text(90, 100, "甲"))
    with pypdfium2.PdfDocument(scanned(data, how)) as pdf:
        [image] = pdf[0].get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))
        stored = how.stored or how.dpi
        assert image.get_px_size()[0] == pytest.approx(595 / 72 * stored, abs=stored / how.dpi + 1)
        assert (image.get_metadata().bits_per_pixel == 1) is how.two_tone
        assert pdf[0].get_size() == pytest.approx((595, 842), abs=2)


def test_what_is_wrong_and_what_is_misplaced_is_told_apart() -> None:
    text = read_document(TEXT.format(name="全年支出", spent="1,234.50").encode(), "甲.txt")
    read = Read("scan")
    for name, spent in (("全年支出", "1,234.60"), ("公用经费", "1,234.50")):
        other = read_document(TEXT.format(name=name, spent=spent).encode(), "甲.txt")
        compare(text, other, read, tables_only=False)
    assert (read.wrong_unmarked, read.misplaced_unmarked) == (1, 1)
    assert [line.split()[0] for line in read.unmarked] == ["wrong", "misplaced"]


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_scans, "can_recognise", lambda: False)
    assert "make ocr" in bench_scans.measure([])["skipped"]


def test_the_report_is_in_the_repository() -> None:
    assert Path(bench_scans.REPORT).is_file()
