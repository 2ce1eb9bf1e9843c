"""Suites as tests: collected on request alone, asked, told apart; loaded as an entry point."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.eval.test_evaluation import REPORT

ROOT = Path(__file__).resolve().parents[2]
CASES = """cases:
- {id: a, type: cell, question: 云岭县教育局2023年度收入合计是多少？,
   expect: {number: "1200", unit: 万元}}
- {id: b, type: cell, question: 事业收入呢？, followup_of: a, expect: {number: "200", unit: 万元}}
- {id: c, type: cell, question: 云岭县教育局2023年度项目支出是多少？,
   expect: {number: "301", unit: 万元}}
- {id: d, type: none, question: 云岭县教育局2023年度植树多少棵？, expect: {abstain: true}}
- {id: f, type: cell, question: 云岭县教育局2023年度植树多少棵？, tags: [tree],
   expect: {number: "3", unit: 棵}}
"""
pytest_plugins = ["pytester"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A project with a test of its own, reports and a suite; the plugin is installed there."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "edu.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "edu.yaml").write_text(CASES, encoding="utf-8")
    (tmp_path / "test_own.py").write_text("def test_own():\n    pass\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    about = tmp_path / "site" / "gouji_plugin-0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: gouji-plugin\nVersion: 0\n")
    (about / "entry_points.txt").write_text("[pytest11]\ngouji = eval.pytest_plugin\n")
    return tmp_path


def run(pytester: pytest.Pytester, place: Path, *arguments: str) -> tuple[int, str]:
    """pytest in this process, where all that answers is imported already."""
    installed = entry_points(group="pytest11", name="gouji")
    plugin = () if installed else ("-p", "eval.pytest_plugin")
    given = ("--rootdir", str(place), "-c", str(place / "pytest.ini"), "-p", "no:xdist")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        done = pytester.runpytest_inprocess(
            "-p", "no:cacheprovider", "-rA", *given, *plugin, *arguments
        )
    return int(done.ret), f"{done.stdout}\n{done.stderr}"


def run_apart(place: Path, *arguments: str) -> tuple[int, str]:
    """pytest in a process of its own, with the plugin found through its entry point."""
    paths = os.pathsep.join((str(ROOT), str(place / "site")))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", *arguments],
        cwd=place, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


ASKED = ("--gouji-suite", "edu.yaml", "--gouji-reports", "reports", "--gouji-memory")


def test_cases_are_items_with_readable_failures(pytester: pytest.Pytester, place: Path) -> None:
    code, out = run(pytester, place, *ASKED)
    assert code == 1
    assert "1 failed, 3 passed, 1 xfailed" in out
    for line in (
        "PASSED edu.yaml::a",
        "PASSED edu.yaml::b",  # follows a, which is put before it
        "XFAIL edu.yaml::f - abstained: ",
        "--- c [cell] wrong",
        "应：301万元",
        "差：−1万元（−0.33%）",
        "据：edu.txt",
        "gouji: right 3, wrong 1, abstained 1, unscored 0",
    ):
        assert line in out
    assert "Traceback" not in out
    assert "test_own" not in out


@pytest.mark.parametrize(
    ("arguments", "outcome"),
    [
        (("--gouji-abstained", "skip"), "1 failed, 3 passed, 1 skipped"),
        (("--gouji-abstained", "fail"), "2 failed, 3 passed"),
        (("test_own.py",), "1 failed, 4 passed, 1 xfailed"),
        (("-k", "tree"), "4 deselected, 1 xfailed"),
        (("edu.yaml::b",), "1 passed"),
        ((".",), "1 failed, 4 passed, 1 xfailed"),
    ],
)
def test_options(
    pytester: pytest.Pytester, place: Path, arguments: tuple[str, ...], outcome: str
) -> None:
    out = run(pytester, place, *ASKED, *arguments)[1]
    assert outcome in out


@pytest.mark.slow
def test_cases_are_spread_over_processes(place: Path) -> None:
    code, out = run_apart(place, *ASKED, "-n", "2")
    assert code == 1
    assert "1 failed, 3 passed, 1 xfailed" in out
    assert "gouji: right 3, wrong 1, abstained 1, unscored 0" in out


def test_a_configuration_file_adds_suites_to_the_tests(
    pytester: pytest.Pytester, place: Path
) -> None:
    ini = "[pytest]\ngouji_suite = edu.yaml\ngouji_reports = reports\ngouji_abstained = skip\n"
    (place / "pytest.ini").write_text(ini, encoding="utf-8")
    out = run(pytester, place, "--gouji-memory")[1]
    assert "1 failed, 4 passed, 1 skipped" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--gouji-suite", "none.yaml"), "no such file"),
        (("--gouji-suite", "broken.yaml"), "broken.yaml:2：expect"),
        (("--gouji-suite", "edu.yaml", "--gouji-reports", "empty"), "中没有报告"),
    ],
)
def test_what_is_wrong_is_one_line(
    pytester: pytest.Pytester, place: Path, arguments: tuple[str, ...], message: str
) -> None:
    (place / "broken.yaml").write_text(
        "cases:\n- {id: a, type: x, question: 几？}\n", encoding="utf-8"
    )
    (place / "empty").mkdir()
    code, out = run(pytester, place, *arguments)
    assert code != 0
    assert message in out
    assert "Traceback" not in out


def test_nothing_is_imported_unasked(place: Path) -> None:
    (place / "test_own.py").write_text(
        "import sys\n\n\ndef test_own(pytestconfig):\n"
        "    assert pytestconfig.pluginmanager.has_plugin('gouji')\n"
        "    own = [name for name in sys.modules if name.split('.')[0] in\n"
        "           ('ingest', 'index', 'qa', 'ui')]\n"
        "    assert own == []\n"
        "    assert {m for m in sys.modules if m.startswith('eval')} == {'eval', 'eval.pytest_plugin'}\n",
        encoding="utf-8",
    )
    code, out = run_apart(place)
    assert code == 0, out
    assert "gouji:" not in out


def test_the_tests_of_this_repository_run_beside_it(place: Path) -> None:
    test = str(ROOT / "tests" / "eval" / "test_stats.py")
    code, out = run_apart(
        place, "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), "-n", "1", test
    )
    assert code == 0, out
    assert "gouji:" not in out
