"""Made-up reports: the same number gives the same report, and the readers find what it says."""

from pathlib import Path

import pytest

from eval.bench.scale import questions, summary
from eval.material.generated import entity_of, report, write
from ingest.model import Verdict
from ingest.pipeline import read_document
from qa.portfolio.facts import of_metric
from qa.portfolio.known import Known
from qa.portfolio.model import Lacking, Metric


@pytest.mark.parametrize("number", range(12))
def test_a_report_is_read_as_it_was_made(number: int) -> None:
    made = report(number, office=False)
    document = read_document(made.data, made.name)
    part = document.parts[0]
    assert (part.entity.value, part.year) == (made.subject.entity, made.subject.year)
    assert made.subject.project in part.project.value
    assert [e.formula for e in document.equations if e.verdict is Verdict.FAILS] == []
    facts = of_metric(Known.of(1, document, part), Metric.EXECUTION)
    assert not isinstance(facts, Lacking)
    assert facts[0].amount is not None
    assert facts[0].amount.value == made.subject.rate


def test_the_same_number_gives_the_same_report() -> None:
    assert report(7).data == report(7).data
    assert report(7).data != report(7, seed=2).data


def test_units_differ() -> None:
    assert len({entity_of(unit) for unit in range(1700)}) == 1700


def test_some_are_in_office_formats(tmp_path: Path) -> None:
    paths = write(tmp_path, 81)
    assert {path.suffix for path in paths} >= {".txt", ".md", ".html", ".docx"}


def test_each_question_names_its_report_and_has_an_answer() -> None:
    asked = questions()
    assert len(asked) == len({each.words for each in asked})
    assert len(asked) > 20


def test_ratios_are_of_the_largest_to_the_smallest() -> None:
    rows = [
        {"reports": size, "ask median ms": ms, "compare median ms": ms * 2}
        for size, ms in ((10, 5.0), (1000, 8.0))
    ]
    found = summary(rows, ["--sizes", "10", "1000"])
    assert found["ratio of medians, ask"] == 1.6
    assert found["columns"] == ["reports", "ask median ms", "compare median ms"]
