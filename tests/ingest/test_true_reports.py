"""Whole reports: what fails in them is a slip that a person confirms, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ingest.model import Document, Verdict
from ingest.pipeline import read_document

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "reports"
OPEN = ROOT / "tests" / "gold" / "audit" / "open"
PLANTED = yaml.safe_load((OPEN.parent / "open.yaml").read_text(encoding="utf-8"))["slips"]

# Per report, the figures of which an equation fails, each confirmed by reading the report.
SLIPS = {
    "003_bd1b214ce7bb65b0.txt": {"428.54", "18.7", "77.3", "47", "22", "4.88", "7", "4", "34"},
    "laisui_2022_project.txt": {"5.14"},
    "panyu_2022_final_accounts.txt": {"91.7"},
    "yunling_edu_2022_self_eval.md": {"97.8"},
    "beiling_hospital_2023_accounts.md": {"2,318.60"},
    "linhuai_court_2022_accounts.txt": {"44.40"},
    "longquan_rural_roads_2022_evaluation.txt": {"3,286.4"},
    "qingqu_education_2023_accounts.txt": {"108.43"},
    "xishan_college_2023_self_evaluation.txt": {"94.6"},
}
# Planted slips put right leave these: rates and words that were written for the slip beside them.
LEFT = {
    "lanxi_water_2022_accounts.txt": {"29.58"},
    "jinglu_farmland_2022_evaluation.md": {"75.00"},
    "minfu_training_2023_evaluation.txt": {"75.3"},
    "lanpu_civil_affairs_2023_self_evaluation.txt": {"7.06"},
}
REPORTS = [
    path
    for folder in (REAL, ROOT / "samples" / "reports", ROOT / "tests" / "gold" / "others")
    for path in sorted(folder.glob("*.*"))
]


def failing(document: Document) -> set[str]:
    """The printed figures whose equation fails."""
    return {
        document.figures[equation.stated].quantity.printed
        for equation in document.equations
        if equation.verdict is Verdict.FAILS
    }


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_only_slips_fail(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    assert failing(document) <= SLIPS.get(path.name, set())


@pytest.mark.parametrize("name", sorted({slip["report"] for slip in PLANTED}))
def test_nothing_fails_once_the_planted_slips_are_put_right(name: str) -> None:
    text = (OPEN / name).read_text(encoding="utf-8")
    for slip in PLANTED:
        if slip["report"] == name:
            right = slip["quote"].replace(slip["stated"], slip["right"])
            text = text.replace(slip["quote"], right)
    assert failing(read_document(text.encode(), name)) <= LEFT.get(name, set())
