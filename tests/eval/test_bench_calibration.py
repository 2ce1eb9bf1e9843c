"""Right, wrong and abstained as the threshold moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import bench_calibration
from eval.bench_calibration import COLUMNS, as_json, sweep
from eval.library import Folders
from eval.suite import Suite

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
    points = sweep([suite], (0.55, 1.0))
    assert [point.totals.cases for point in points] == [2, 2]
    assert points[0].totals.right == 2
    page = as_json(points)
    assert page["columns"] == list(COLUMNS)
    assert page["rows"][0] == ["0.55", "2", "2", "100.0%", "0", "0.0%", "0", "0"]
