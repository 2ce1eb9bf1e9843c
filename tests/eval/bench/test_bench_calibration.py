"""Right, wrong and abstained as the threshold moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.bench import calibration as bench_calibration
from eval.bench.calibration import COLUMNS, THRESHOLDS, as_json, ask, in_use, sweep
from eval.library import Folders
from eval.suites.suite import Suite

REPORT = """河湾市农业局2023年节水项目绩效自评报告

项目名称：节水项目
项目单位：河湾市农业局
评价年度：2023年

一、资金情况

项目2023年年初预算144万元，全年支出138.24万元，预算执行率96%。
"""
SUITE = """cases:
- {id: a, type: t, question: 河湾市农业局2023年节水项目的年初预算是多少？, expect: {number: "144", unit: 万元}}
- {id: b, type: t, question: 河湾市农业局2023年节水项目的培训人数是多少？, expect: {abstain: true}}
"""


def test_a_point_for_each_threshold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    suite = tmp_path / "s.yaml"
    suite.write_text(SUITE, encoding="utf-8")

    def here(_: Suite) -> Folders:
        return (tmp_path,)

    monkeypatch.setattr(bench_calibration, "reports_for", here)
    asked = ask([suite])
    assert [each.verdict.value for each in asked] == ["right", "right"]
    points = sweep(asked)["as asked"]
    assert [point.cases for point in points] == [2] * len(THRESHOLDS)
    assert points[0].right == 2
    shown = as_json(sweep(asked))
    assert shown["columns"] == list(COLUMNS)
    assert shown["rows"][0] == ["0.00", "2", "2", "100.0%", "0", "0.0%", "0"]


def test_the_suites_that_are_kept_back_are_judged_by_the_shares_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    suite = tmp_path / "kept.yaml"
    suite.write_text(SUITE, encoding="utf-8")

    def here(_: Suite) -> Folders:
        return (tmp_path,)

    unseen = tmp_path / "unseen.md"
    monkeypatch.setattr(bench_calibration, "reports_for", here)
    monkeypatch.setattr(bench_calibration, "KEPT_BACK", frozenset({"kept"}))
    monkeypatch.setattr(bench_calibration, "_UNSEEN", unseen)
    points = in_use(ask([suite]))["as asked"]
    assert [point.right for point in points][-3:] == [2, 2, 1]  # 0.975 is below 0.98
    assert bench_calibration.main(["--kept-back", "--suites", str(suite)]) == 0
    assert (
        "|      0.90 |     2 |     2 |  100.0% |     0 |    0.0% |         0 |"
        in unseen.read_text(encoding="utf-8")
    )
