"""The auditor's list of the real reports: its form, and that every quote stands in its report."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.yaml_files import read_yaml

AUDIT = Path(__file__).parent / "audit" / "real_findings.yaml"
REPORTS = Path(__file__).parents[3] / "shared" / "reports"

FINDING_KEYS = {
    "id",
    "report",
    "quotes",
    "stated",
    "recomputed",
    "family",
    "severity",
    "certainty",
    "why",
}
TRAP_KEYS = {"id", "report", "quotes", "why"}
SEVERITIES = {"high", "medium", "low"}
CERTAINTIES = {"certain", "likely", "debatable"}

LISTS: dict[str, list[dict[str, Any]]] = read_yaml(AUDIT)
FINDINGS, TRAPS = LISTS["findings"], LISTS["traps"]
ENTRIES = [pytest.param(entry, id=entry["id"]) for entry in FINDINGS + TRAPS]


def test_two_lists_and_no_id_twice() -> None:
    assert set(LISTS) == {"findings", "traps"}
    ids = Counter(entry["id"] for entry in FINDINGS + TRAPS)
    assert [name for name, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_entry_is_complete(entry: dict[str, Any]) -> None:
    assert set(entry) in (FINDING_KEYS, TRAP_KEYS)
    assert entry["quotes"]
    assert all(isinstance(quote, str) for quote in entry["quotes"])
    texts = [value for key, value in entry.items() if key != "quotes"]
    assert all(isinstance(text, str) and text.strip() for text in texts)
    assert entry["id"][:3] == entry["report"][:3]


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda entry: entry["id"])
def test_finding_is_rated(finding: dict[str, Any]) -> None:
    assert finding["severity"] in SEVERITIES
    assert finding["certainty"] in CERTAINTIES


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the five real reports are not at hand")
@pytest.mark.parametrize("entry", ENTRIES)
def test_quotes_stand_within_one_line(entry: dict[str, Any]) -> None:
    lines = (REPORTS / entry["report"]).read_text(encoding="utf-8").split("\n")
    missing = [quote for quote in entry["quotes"] if not any(quote in line for line in lines)]
    assert missing == []
