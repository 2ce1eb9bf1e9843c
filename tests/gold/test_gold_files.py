"""The gold questions against their reports: what `gouji eval lint` has against them is nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from eval.lint import lint
from eval.quoted import QuotedReport, quoted_reports
from eval.suites.suite import Suite, load_suite, load_suites

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLES = ROOT / "samples" / "reports"
REAL = ROOT.parent / "shared" / "reports"
SEEDS = ROOT.parent / "shared" / "gold" / "seeds_dev.yaml"
OTHERS = HERE / "others"
SUITES = {
    "samples_a.yaml": (SAMPLES,),
    "samples_b.yaml": (SAMPLES,),
    "real_a.yaml": (REAL,),
    "real_b.yaml": (REAL,),
    "real_c.yaml": (REAL,),
    "others_a.yaml": (OTHERS,),
    "others_texts.yaml": (OTHERS,),
    "others_texts_b.yaml": (OTHERS,),
    "others2.yaml": (HERE / "others2",),
    "others3.yaml": (HERE / "others3",),
    "others4.yaml": (HERE / "others4",),
    "others5.yaml": (HERE / "others5",),
    "others6.yaml": (HERE / "others6",),
    "others7.yaml": (HERE / "others7",),
    "others8.yaml": (HERE / "others8",),
    "others9.yaml": (HERE / "others9",),
    "others10.yaml": (HERE / "others10",),
    "others11.yaml": (HERE / "others11",),
    "others12.yaml": (HERE / "others12",),
    "others13.yaml": (HERE / "others13",),
    "others14.yaml": (HERE / "others14",),
    "others15.yaml": (HERE / "others15",),
    "others16.yaml": (HERE / "others16",),
    "others17.yaml": (HERE / "others17",),
    "others18.yaml": (HERE / "others18",),
    "others19.yaml": (HERE / "others19",),
    "others20.yaml": (HERE / "others20",),
    "others21.yaml": (HERE / "others21",),
    "others22.yaml": (HERE / "others22",),
    "others23.yaml": (HERE / "others23",),
    "others24.yaml": (HERE / "others24",),
    "others25.yaml": (HERE / "others25",),
    "others26.yaml": (HERE / "others26",),
    "others27.yaml": (HERE / "others27",),
    "others28.yaml": (HERE / "others28",),
    "others29.yaml": (REAL,),
    "others30.yaml": (HERE / "others30",),
    "others31.yaml": (HERE / "others31",),
    "others32.yaml": (REAL,),
    "others33.yaml": (HERE / "others33",),
    "others34.yaml": (HERE / "others34",),
    "others35.yaml": (HERE / "others35",),
    "others36.yaml": (HERE / "others36",),
    "others37.yaml": (HERE / "others37",),
    "others38.yaml": (HERE / "others38",),
    "others39.yaml": (HERE / "others39",),
    "others40.yaml": (HERE / "others40",),
    "others41.yaml": (HERE / "others41",),
    "others42.yaml": (HERE / "others42",),
    "others43.yaml": (HERE / "others43",),
    "others44.yaml": (HERE / "others44",),
    "others45.yaml": (HERE / "others45",),
    "others46.yaml": (HERE / "others46",),
    "others47.yaml": (REAL,),
    "others48.yaml": (REAL,),
    "others49.yaml": (REAL,),
    "others50.yaml": (HERE / "others50",),
    "others51.yaml": (HERE / "others51",),
    "others52.yaml": (REAL,),
    "others53.yaml": (REAL,),
    "others54.yaml": (REAL,),
    "others55.yaml": (REAL,),
    "others56.yaml": (HERE / "others56",),
    "others57.yaml": (HERE / "others57",),
    "others58.yaml": (HERE / "others58",),
    "others59.yaml": (HERE / "others59",),
    "others60.yaml": (HERE / "others60",),
    "others61.yaml": (HERE / "others61",),
    "others62.yaml": (HERE / "others62",),
    "others63.yaml": (REAL,),
    "others64.yaml": (HERE / "others64",),
    "others65.yaml": (REAL,),
    "others66.yaml": (HERE / "others66",),
    "others67.yaml": (HERE / "others67",),
    "others68.yaml": (REAL,),
    "others69.yaml": (HERE / "others69",),
    "others70.yaml": (HERE / "others70",),
    "others71.yaml": (REAL,),
    "others72.yaml": (HERE / "others72",),
    "others73.yaml": (HERE / "others73",),
    "others74.yaml": (HERE / "others74",),
    "others75.yaml": (REAL,),
    "others76.yaml": (HERE / "others76",),
    "others77.yaml": (REAL,),
    "others78.yaml": (HERE / "others78",),
    "others79.yaml": (HERE / "others79",),
    "others80.yaml": (HERE / "others80",),
    "others81.yaml": (HERE / "others81",),
    "others82.yaml": (HERE / "others82",),
    "others83.yaml": (HERE / "others83",),
    "others84.yaml": (HERE / "others84",),
    "others85.yaml": (HERE / "others85",),
    "others86.yaml": (HERE / "others86",),
    "others87.yaml": (HERE / "others87",),
    "others88.yaml": (HERE / "others88",),
    "others89.yaml": (HERE / "others89",),
    "others90.yaml": (HERE / "others90",),
    "texts_open.yaml": (SAMPLES,),
    "texts_open_real.yaml": (REAL,),
    "expert_open.yaml": (REAL, SAMPLES),
    "expert_kept.yaml": (REAL, SAMPLES),
    "expert2_kept.yaml": (REAL, SAMPLES),
    "expert3_open.yaml": (REAL, SAMPLES),
    "expert3_kept.yaml": (REAL, SAMPLES),
    "expert4_open.yaml": (REAL, SAMPLES),
    "expert4_kept.yaml": (REAL, SAMPLES),
    "expert5_kept.yaml": (REAL, SAMPLES),
}


@cache
def suite(name: str) -> Suite:
    return load_suite(HERE / name)


@cache
def reports(name: str) -> dict[str, QuotedReport]:
    quoted = {quote.file for case in suite(name).cases for quote in case.source}
    found, problems = quoted_reports(SUITES[name], quoted)
    assert problems == ()
    return found


@pytest.mark.parametrize("name", SUITES)
def test_nothing_is_wrong_with_a_suite_but_its_reports(name: str) -> None:
    assert [str(each) for each in lint([suite(name)]) if each.severity == "error"] == []


@pytest.mark.parametrize("name", SUITES)
def test_quotes_stand_in_the_reports(name: str) -> None:
    for folder in SUITES[name]:
        if not folder.is_dir():
            pytest.skip(f"报告不在：{folder}")
    found = lint([suite(name)], reports(name))
    assert [str(each) for each in found if each.severity == "error"] == []


def test_every_suite_of_the_folder_is_checked() -> None:
    assert {path.name for path in HERE.glob("*.yaml")} == set(SUITES)


def test_ids_are_unique_over_all_suites() -> None:
    assert len(load_suites(HERE / name for name in SUITES)) == len(SUITES)


def test_no_question_stands_in_two_suites() -> None:
    found = lint([suite(name) for name in SUITES])
    assert [str(each) for each in found if each.check == "duplicate"] == []


def test_no_case_repeats_a_development_question() -> None:
    if not SEEDS.exists():
        pytest.skip(f"题库不在：{SEEDS}")
    found = lint([load_suite(SEEDS), *(suite(name) for name in SUITES)])
    assert [str(each) for each in found if each.check == "duplicate"] == []
