"""Files of known content are read as they are; skipped where they are not at hand."""

from __future__ import annotations

import json

import pytest

from eval.bench.formats import FILES, PARSING, against_edition, against_truth, read_file
from eval.bench.layouts import LAYOUTS, page
from eval.library import SHARED
from ingest.pipeline import read_document

PDF = [file for file in FILES if file[0].endswith(".pdf")]


@pytest.mark.skipif(not PARSING.exists(), reason="the documents of known content are not here")
@pytest.mark.parametrize(("name", "truth", "edition"), PDF, ids=[name for name, *_ in PDF])
def test_every_figure_of_a_pdf_is_found_in_its_place(name: str, truth: str, edition: str) -> None:
    document = read_file(PARSING / name)
    blocks = json.loads((PARSING / "gt" / f"{truth}.json").read_text(encoding="utf-8"))
    known = against_truth(document, blocks)
    assert (known.missing["numbers"], known.extra["numbers"]) == ([], [])
    if edition:
        found = against_edition(document, read_file(SHARED / edition))
        assert {
            key: text for key, text in [*found.missing.items(), *found.extra.items()] if text
        } == {}


def test_a_report_is_laid_out_with_its_merged_headers() -> None:
    rows = "表1\n单位：万元\n收入\t\t支出\t\n项目\t金额\t项目\t金额\n甲\t1.00\t乙\t2.00\n"
    laid = page(read_document(rows.encode(), "a.txt"), "no rules")
    assert "<th colspan=2 rowspan=1>收入</th>" in laid
    assert '<td class="number">1.00</td>' in laid
    assert set(LAYOUTS) > {"ruled", "no rules"}
