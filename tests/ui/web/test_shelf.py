"""The library as the page keeps it: names decided and undone, editions, duplicates, folders."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library
from ingest.settings import Settings
from ui.texts import set_language
from ui.web.kept import Kept
from ui.web.library_view import items_html
from ui.web.services import Services

DATA = Path(__file__).resolve().parents[2] / "qa" / "data" / "compare"
OLD, NEW = "海州市临江区河道管理局", "海州市临江区水务管理局"
REPORT = (
    "云岭市民政局2023年度部门决算\n\n一、收入支出情况\n\n"
    "2023年总支出1,200万元，其中基本支出700万元，项目支出500万元。\n"
)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    settings = Settings(data_dir=tmp_path / "data")
    with Library.open(settings) as library:
        yield Services(library, settings)


@pytest.fixture
def named(services: Services) -> Services:
    for path in sorted(DATA.iterdir()):
        services.library.add(path)
    return services


def done(services: Services) -> None:
    until = time.monotonic() + 60
    while services.uploads.busy and time.monotonic() < until:
        time.sleep(0.02)


def test_names_are_decided_and_undone_as_by_the_command(named: Services) -> None:
    before = named.aliases_html(edits=True)
    assert f"原{OLD}更名为{NEW}" in before
    assert 'data-does="remove"' in before
    assert "data-act=" not in named.aliases_html(edits=False).replace('data-act="open"', "")
    assert named.decide_alias("乙", "remove", OLD, NEW) == ""
    assert [(each.first, each.state) for each in named.library.aliases.decided()] == [
        (OLD, "parted")
    ]
    parted = named.aliases_html(edits=True)
    assert f"{OLD} ≠ {NEW}" in parted
    assert 'data-act="undo"' in parted
    assert named.undo_alias("乙") == ""
    assert named.library.aliases.decided() == ()
    assert "没有可以撤销的决定" in named.undo_alias("乙")
    assert "不在列表里" in named.decide_alias("乙", "confirm", "甲", "乙")
    assert "不在列表里" in named.decide_alias("乙", "drop", OLD, NEW)
    journal = (named.settings.data_dir / "journal.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["what"] for line in journal.splitlines()] == [
        "alias remove",
        "alias undo",
    ]


def test_guesses_come_first_and_are_counted(named: Services) -> None:
    shown = named.aliases_html(edits=True)
    assert "条推测待确认" in shown
    assert shown.index('<li class="guessed"') < shown.index('<li class="confirmed"')
    spelled = shown[shown.index('<li class="spelled"') :].split("</li>")[0]
    assert "按名称推定" in spelled
    assert 'data-does="confirm"' in spelled
    assert 'data-does="remove"' in spelled
    set_language("en")
    assert "guesses to confirm" in named.aliases_html(edits=True)


def test_markup_in_names_stays_text(services: Services) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    text = (
        f"2023年度海州市水务{hostile}局部门决算\n\n原海州市河道局更名为海州市水务{hostile}局。\n\n"
        "2023年总支出1,200万元，其中基本支出700万元，项目支出500万元。\n"
    )
    services.library.add_bytes("甲.txt", text.encode())
    assert "<img" not in services.aliases_html(edits=True)


def test_an_older_edition_stands_below_the_one_that_replaced_it(services: Services) -> None:
    services.library.add_bytes("甲局2023.txt", REPORT.encode())
    services.library.add_bytes("乙局2023.txt", REPORT.replace("民政", "财政").encode())
    services.library.add_bytes("甲局2023.txt", REPORT.replace("1,200", "1,250").encode())
    shown = services.reports_html("")
    assert "已载入 2 份报告，另有 1 份旧版" in shown
    assert shown.count('<tr class="gj-old">') == 1
    new, old = (shown.index(f'data-report="{number}"') for number in (3, 1))
    assert new < old < shown.index('data-report="2"')
    assert "新版载入于" in shown


def test_a_copy_under_another_name_says_of_what(services: Services, tmp_path: Path) -> None:
    services.library.add_bytes("甲局2023.txt", REPORT.encode())
    copy = tmp_path / "副本.txt"
    copy.write_text(REPORT, encoding="utf-8")
    assert services.upload("", [copy]) == ""
    done(services)
    assert "与已载入的 甲局2023.txt 内容相同" in services.uploads_html()


def test_of_a_folder_what_is_readable_is_taken_and_the_rest_listed(
    services: Services, tmp_path: Path
) -> None:
    for name in ("甲.txt", "说明.mp4", ".hidden"):
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    files = [tmp_path / name for name in ("甲.txt", "说明.mp4", ".hidden")]
    assert services.upload_folder("", files) == ""
    done(services)
    assert {item.name: item.state for item in services.uploads.items()} == {
        "甲.txt": "added",
        "说明.mp4": "skipped",
    }
    assert "没有可读取的文件" in services.upload_folder("", files[1:])


def test_what_came_in_is_made_ready_before_it_is_asked(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    monkeypatch.setattr(services.engine, "prepare", lambda reports: made.extend(reports))
    report = tmp_path / "甲.txt"
    report.write_text(REPORT, encoding="utf-8")
    services.upload("", [report])
    done(services)
    assert made == [1]
    services.upload("", [report])
    done(services)
    assert made == [1]
    assert "正在为提问做准备" in items_html(services.uploads.items(), preparing=True)


def test_who_comes_while_a_value_is_made_anew_is_given_the_former() -> None:
    kept: Kept[str] = Kept(stale=True)
    assert kept.get(1, lambda: "one") == "one"
    begun, go = threading.Event(), threading.Event()

    def make() -> str:
        begun.set()
        go.wait(10)
        return "two"

    maker = threading.Thread(target=kept.get, args=(2, make))
    maker.start()
    begun.wait(10)
    assert kept.get(2, lambda: "never") == "one"
    go.set()
    maker.join()
    assert kept.get(2, lambda: "never") == "two"
