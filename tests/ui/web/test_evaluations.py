"""Evaluation as the page does it: suites found and refused, runs begun, stopped, taken up, compared."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from eval import evaluation
from eval.evaluation import Progress
from eval.runlog import Options
from index.library import Library
from ingest.settings import Settings
from qa.model import Filters
from ui.errors import RequestError
from ui.texts import set_language
from ui.web import evaluations
from ui.web.app import create_app
from ui.web.eval_html import job_html
from ui.web.evaluations import FEEDBACK_SUITE, Evaluations, Job
from ui.web.services import Services

REPORT = (
    "云岭市民政局2023年度部门决算\n\n一、收入支出情况\n\n"
    "2023年总支出1,200万元，其中基本支出700万元，项目支出500万元。\n"
)
HOSTILE = "<img src=x onerror=window.hit=1>"
SUITE = f"""
cases:
- id: a-1
  type: lookup_text
  question: 云岭市民政局2023年项目支出是多少？
  expect: {{number: "500", unit: 万元}}
- id: a-2
  type: lookup_text
  question: 云岭市民政局2023年基本支出是多少？
  expect: {{number: "705", unit: 万元}}
  note: "{HOSTILE}"
- id: a-3
  type: "{HOSTILE}"
  question: 云岭市民政局2023年{HOSTILE}的得分是多少？
  expect: {{number: "90", unit: 分}}
"""
ALL = ["right", "wrong", "abstained", "unscored"]


def ask_here(patch: pytest.MonkeyPatch) -> None:
    """Ask in this process, which need not start another and import everything anew."""
    patch.setattr(evaluations, "_WORKERS", 1)
    patch.setattr(evaluations, "_LIMIT", None)


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Services over one report, with a suite; questions are asked in this process."""
    ask_here(monkeypatch)
    settings = Settings(data_dir=tmp_path / "data", suites=str(tmp_path / "suites"))
    (tmp_path / "suites").mkdir()
    (tmp_path / "suites" / "open.yaml").write_text(SUITE, encoding="utf-8")
    (tmp_path / "suites" / "notes.txt").write_text("no suite", encoding="utf-8")
    with Library.open(settings) as library:
        library.add_bytes("民政局2023.txt", REPORT.encode())
        yield Services(library, settings)


def ended(services: Services) -> Job:
    until = time.monotonic() + 60
    while services.evaluations.job.running and time.monotonic() < until:
        time.sleep(0.02)
    return services.evaluations.job


def run(services: Services, *suites: str) -> str:
    """A whole run: its name."""
    names = suites or ("open.yaml",)
    assert services.start_eval("乙", names, "zh", wordings=False, model=False) == ""
    job = ended(services)
    assert job.problem == ""
    return job.run


def test_a_run_is_counted_apart_and_its_cases_open(services: Services) -> None:
    assert services.eval_suites() == ["open.yaml"]
    assert "选题库" in services.eval_html("", "", ALL, edits=True)
    name = run(services)
    progress = services.evaluations.job.progress
    assert progress is not None
    assert (progress.right, progress.wrong, progress.abstained) == (1, 1, 1)
    assert services.eval_runs() == [(services.eval_runs()[0][0], name)]
    shown = services.eval_html(name, "", ALL, edits=True)
    assert "对 <b>1</b>" in shown
    assert "错 <b>1</b>" in shown
    assert "弃答 <b>1</b>" in shown
    assert shown.index("基本支出是多少") < shown.index("项目支出是多少")
    assert "项目支出是多少" not in services.eval_html(name, "", ["wrong"], edits=True)
    case = services.eval_case(name, "", "1/a-2")
    for words in ("705万元", "700万元", "查一个数", "民政局2023.txt", "云岭市民政局"):
        assert words in case
    assert "点一道题" in services.eval_case(name, "", "1/none")
    assert "没有这次评测" in services.eval_html("../../etc", "", ALL, edits=True)


def test_nothing_of_a_suite_is_markup(services: Services) -> None:
    name = run(services)
    pages = [services.eval_html(name, "", ALL, edits=True)]
    pages += [services.eval_case(name, "", f"1/a-{number}") for number in (2, 3)]
    assert all("<img" not in page for page in pages)
    assert any("&lt;img" in page for page in pages)


def test_a_later_run_is_held_against_an_earlier_one(services: Services, tmp_path: Path) -> None:
    before = run(services)
    text = SUITE.replace('"705"', '"700"').replace('"500"', '"501"')
    (tmp_path / "suites" / "open.yaml").write_text(text, encoding="utf-8")
    after = run(services)
    shown = services.eval_html(after, before, ALL, edits=True)
    assert f"与 {before} 相比：3 题两次都有" in shown
    assert "变对（1）" in shown
    assert "变错或不答（1）" in shown
    assert "题库的答案改过" in shown
    set_language("en")
    assert "broken" in services.eval_html(after, before, ALL, edits=True).lower()


def test_a_stopped_run_is_taken_up(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluations, "_LIMIT", 600.0)  # so a process of its own asks
    asked, go = threading.Event(), threading.Event()
    after = Progress.after

    def slow(self: Progress, *given: object, **named: object) -> Progress:
        asked.set()
        go.wait(20)
        return after(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(evaluation.Progress, "after", slow)
    assert services.start_eval("", ["open.yaml"], "zh", wordings=False, model=False) == ""
    asked.wait(20)
    assert "已有一次评测" in services.start_eval(
        "", ["open.yaml"], "zh", wordings=False, model=False
    )
    services.evaluations.stop()
    assert services.evaluations.job.stopping
    assert "正在停止" in services.eval_job_html()
    go.set()
    job = ended(services)
    monkeypatch.setattr(evaluation.Progress, "after", after)
    assert job.progress is not None
    assert job.progress.done == 1
    assert 'data-act="resume"' in services.eval_html(job.run, "", ALL, edits=True)
    assert 'data-act="resume"' not in services.eval_html(job.run, "", ALL, edits=False)
    assert services.resume_eval("", job.run, "zh") == ""
    whole = ended(services)
    assert whole.progress is not None
    assert (whole.run, whole.progress.done, whole.problem) == (job.run, 3, "")
    assert "没有这次评测" in services.resume_eval("", "none", "zh")


def test_what_readers_said_is_a_suite(services: Services) -> None:
    name = "a-conversation-of-tests"
    *_, talk = services.ask("", name, "云岭市民政局2023年项目支出是多少？", Filters())
    services.rate("", name, talk.turns[-1].number, "wrong", "501万元")
    assert services.eval_suites() == ["open.yaml", FEEDBACK_SUITE]
    shown = services.eval_html(run(services, FEEDBACK_SUITE), "", ALL, edits=True)
    assert "错 <b>1</b>" in shown
    assert "读者反馈" in shown


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.txt", SUITE, "YAML"),
        ("x.yaml", "cases:\n- id: a\n", "question"),
        ("x.yaml", "- - :", "x.yaml"),
        (FEEDBACK_SUITE, SUITE, "读者反馈"),
    ],
)
def test_what_is_no_suite_is_refused(
    services: Services, tmp_path: Path, name: str, text: str, words: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    trouble = services.take_suite("", path)
    assert words in trouble
    assert str(tmp_path) not in trouble
    assert services.eval_suites() == ["open.yaml"]


def test_an_uploaded_suite_is_kept(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "more.yaml"
    path.write_text(SUITE.replace("a-", "b-"), encoding="utf-8")
    assert services.take_suite("乙", path) == ""
    assert services.eval_suites() == ["open.yaml", "more.yaml"]
    name = run(services, "open.yaml", "more.yaml")
    assert "等 2 个题库" in services.eval_runs()[0][0]
    assert services.evaluations.open(name).header.asks == 6


@pytest.mark.parametrize("names", [[], ["../open.yaml"], ["none.yaml"]])
def test_only_listed_suites_are_run(services: Services, names: list[str]) -> None:
    with pytest.raises(RequestError, match="至少选一个"):
        services.evaluations.start(names, Options(), "zh")


def test_an_empty_library_is_told(tmp_path: Path) -> None:
    (tmp_path / "suites").mkdir()
    (tmp_path / "suites" / "open.yaml").write_text(SUITE, encoding="utf-8")
    settings = Settings(data_dir=tmp_path)
    with Library.open(settings):
        made = Evaluations(settings, tmp_path / "feedback.jsonl")
        made.start(["open.yaml"], Options(), "zh")
        until = time.monotonic() + 60
        while made.job.running and time.monotonic() < until:
            time.sleep(0.02)
        assert "资料库是空的" in made.job.problem
        assert "资料库是空的" in job_html(made.job)


def test_a_run_is_a_download_in_which_nothing_runs(services: Services) -> None:
    before, name = run(services), run(services)
    client = TestClient(create_app(services, lambda *_: None), base_url="http://localhost")
    address = f"/export/evaluation.{{}}?run={name}&before={before}&language=en"
    found = {each: client.get(address.format(each)) for each in ("json", "html", "xml", "md")}
    assert {each: reply.status_code for each, reply in found.items()} == dict.fromkeys(found, 200)
    for each, reply in found.items():
        told = f'attachment; filename="gouji-evaluation.{each}"'
        assert reply.headers["content-disposition"] == told
    cases = json.loads(found["json"].content)["cases"]
    assert [each["verdict"] for each in cases] == ["right", "wrong", "abstained"]
    assert cases[0]["answer"]["values"][0]["number"] == "500"
    assert all("<img" not in found[each].text for each in ("html", "xml", "md"))
    ElementTree.fromstring(found["xml"].text)  # noqa: S314 - our own
    assert client.get("/export/evaluation.json?run=../..").status_code == 404
    assert client.get(address.format("json").replace(before, "none")).status_code == 404
    assert client.get(address.format("exe")).status_code == 404


def test_bars_and_counts_of_a_run_under_way() -> None:
    progress = Progress(3, 30, right=2, wrong=1)
    shown = job_html(Job("r", ("<b>.yaml",), running=True, progress=progress))
    assert "正在评测 3/30" in shown
    assert 'max="30" value="3"' in shown
    assert "&lt;b&gt;.yaml" in shown
    assert "正在载入" in job_html(Job(running=True))
    assert job_html(Job()) == ""
    assert "坏了" in job_html(replace(Job(), problem="坏了"))
