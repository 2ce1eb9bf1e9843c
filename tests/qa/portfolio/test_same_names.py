"""One unit or project is one row, whatever its reports call it."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryAliases, MemoryLibrary
from index.aliases import JOINED, PARTED, Alias, StatedName
from qa.engine import Engine
from qa.model import Answer
from qa.portfolio.model import Asked, Metric, Over, Portfolio, Reason

EVALUATION = """{title}

项目单位：{unit}
项目名称：{project}
评价年度：2022年

一、资金情况

项目年度预算{budget}万元，支出决算{spent}万元，完成预算的{rate}%。
"""
UNIT, OTHER = "霁川市栖水区水务局", "霁川市栖水区财政局"
LONG, SHORT = "栖水区泵站信息化建设项目", "泵站信息化建设项目"


class Decided(MemoryAliases):
    """Names for which the user decided something."""

    decisions: Sequence[Alias] = ()

    def stated(self) -> Sequence[StatedName]:
        return ()

    def decided(self) -> Sequence[Alias]:
        return self.decisions


def ranked(folder: Path, *reports: tuple[str, str, str], decided: Sequence[Alias] = ()) -> Engine:
    """An engine over reports of a unit, a project and what was spent of 50.00."""
    for number, (unit, project, spent) in enumerate(reports):
        rate = f"{float(spent) * 2:.2f}"
        text = EVALUATION.format(
            title=f"{unit}2022年度{project}绩效评价报告",
            unit=unit,
            project=project,
            budget="50.00",
            spent=spent,
            rate=rate,
        )
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    library = MemoryLibrary(sorted(folder.iterdir()))
    library.aliases = Decided(())
    library.aliases.decisions = decided
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


def asked(engine: Engine) -> tuple[Portfolio, Answer]:
    found = engine.portfolio(Asked(Metric.EXECUTION, Over.PROJECTS, ("2022",)))
    assert found is not None
    return found, engine.ask("2022年各项目预算执行率从高到低排名")


THIRD = (OTHER, "票据电子化项目", "41.00")


def test_two_spellings_are_one_row_with_both_reports(tmp_path: Path) -> None:
    found, answer = asked(ranked(tmp_path, (UNIT, LONG, "45.00"), (UNIT, SHORT, "45.00"), THIRD))
    assert [(row.rank, row.reports) for row in found.rows] == [
        (1, ("0.txt", "1.txt")),
        (2, ("2.txt",)),
    ]
    assert {source.report for source in found.rows[0].fact.value.sources} == {"0.txt", "1.txt"}
    assert f"“{LONG}”“{SHORT}”按名称推定为同一项目" in answer.text


def test_different_values_are_a_contradiction(tmp_path: Path) -> None:
    found, answer = asked(ranked(tmp_path, (UNIT, LONG, "45.00"), (UNIT, SHORT, "40.00"), THIRD))
    assert [row.entity for row in found.rows] == [OTHER]
    assert [gap.reason for gap in found.gaps] == [Reason.CONTRADICTED]
    assert "0.txt：90.00%；1.txt：80.00%" in answer.text


def test_what_the_user_parted_stays_apart(tmp_path: Path) -> None:
    parted = Alias("project", LONG, SHORT, PARTED, "", (), "")
    reports = ((UNIT, LONG, "45.00"), (UNIT, SHORT, "45.00"), THIRD)
    found, answer = asked(ranked(tmp_path, *reports, decided=[parted]))
    assert [row.rank for row in found.rows] == [1, 1, 3]
    assert "推定" not in answer.text


def test_what_the_user_joined_is_one_and_no_guess(tmp_path: Path) -> None:
    joined = Alias("project", LONG, "泵站平台", JOINED, "", (), "")
    reports = ((UNIT, LONG, "45.00"), (UNIT, "泵站平台", "45.00"), THIRD)
    found, answer = asked(ranked(tmp_path, *reports, decided=[joined]))
    assert [row.reports for row in found.rows] == [("0.txt", "1.txt"), ("2.txt",)]
    assert "推定" not in answer.text


@pytest.mark.parametrize(
    ("unit", "project"),
    [(OTHER, SHORT), (UNIT, "泵站信息化运维项目"), (UNIT, "泵站信息化建设二期项目")],
)
def test_another_unit_stage_or_kind_of_work_is_another_row(
    tmp_path: Path, unit: str, project: str
) -> None:
    found, _ = asked(ranked(tmp_path, (UNIT, LONG, "45.00"), (unit, project, "45.00")))
    assert len(found.rows) == 2
