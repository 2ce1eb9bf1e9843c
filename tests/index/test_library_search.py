"""Search in a real library: filters, further words, weights, verification, rebuilding."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from index import embedding
from index.errors import LibraryError
from index.library import Library
from index.schema import figures
from index.store import Store
from ingest.settings import Settings

BOTH_LEDGERS = True

Open = Callable[..., Library]
UNITS = ("财政局", "教育局", "水务局", "档案馆")


def fill(library: Library) -> dict[str, int]:
    found = {}
    for number, unit in enumerate(UNITS):
        text = (
            f"@某市{unit} 2023\n# 一、收入\n{unit}收入合计{number + 1}00万元\n"
            f"# 二、支出\n{unit}机关运行经费支出{number + 1}.5万元，用于日常办公。\n"
        )
        added = library.add_bytes(f"{unit}.txt", text.encode())
        assert added.report is not None
        found[unit] = added.report.id
    return found


def test_filter_by_report(library: Library) -> None:
    ids = fill(library)
    wanted = {ids["教育局"], ids["档案馆"]}
    figures = library.search_figures("机关运行经费", reports=wanted)
    passages = library.search_passages("机关运行经费", reports=wanted)
    assert {hit.report for hit in figures} == {hit.report for hit in passages} == wanted
    assert library.search_figures("机关运行经费", reports=[]) == []
    assert library.search_passages("机关运行经费", reports=[]) == []
    assert library.search_passages("机关运行经费", reports=[10**6]) == []


def test_limit(library: Library) -> None:
    fill(library)
    assert len(library.search_figures("机关运行经费", limit=3)) == 3
    assert len(library.search_passages("机关运行经费", limit=3)) == 3


def test_best_is_first(library: Library) -> None:
    ids = fill(library)
    assert library.search_figures("水务局的机关运行经费是多少？")[0].report == ids["水务局"]
    assert library.search_passages("水务局的机关运行经费是多少？")[0].report == ids["水务局"]
    scores = [hit.score for hit in library.search_passages("水务局收入")]
    assert scores == sorted(scores, reverse=True)


def test_further_words_find_what_the_question_does_not_say(
    library: Library, settings: Settings
) -> None:
    fill(library)
    assert library.search_figures("进账") == []

    def further(query: str) -> list[str]:
        return ["收入"] if "进账" in query else []

    with Library.open(settings, expand=further) as widened:
        assert len(widened.search_figures("进账")) == len(UNITS)


def test_passages_know_their_section_and_neighbours(library: Library) -> None:
    fill(library)
    hit = library.search_passages("机关运行经费", limit=1)[0]
    assert hit.section_path == ("# 二、支出",)
    assert library.neighbours(hit) == []  # the only passage of its section
    document = library.document(hit.report)
    assert document.blocks[hit.first_block].text == hit.text


@pytest.mark.parametrize("query", ["", "？？", "的", "\x00", '"', "AND OR NOT", "a*b^", "𠮷" * 3])
def test_odd_questions(library: Library, query: str) -> None:
    fill(library)
    assert isinstance(library.search_figures(query), list)
    assert isinstance(library.search_passages(query), list)


def test_empty_library(library: Library) -> None:
    assert library.search_figures("收入") == []
    assert library.search_passages("收入") == []
    assert library.parts() == ()
    assert library.verify().figures == 0
    assert library.consistency() == []
    library.rebuild()
    assert library.consistency() == []


def test_words_alone_open_no_chroma(settings: Settings, reopen: Open) -> None:
    library = reopen(replace(settings, fusion_weight=0.0))
    fill(library)
    again = reopen(replace(settings, fusion_weight=0.0))
    assert len(again.search_passages("机关运行经费")) == len(UNITS)
    assert again._store._vectors is None


def test_verify_reads_the_stored_bytes(library: Library, settings: Settings) -> None:
    ids = fill(library)
    before = library.verify()
    assert (before.figures, before.agreed, before.disagreements) == (8, 8, ())
    report = next(each for each in library.reports() if each.id == ids["水务局"])
    file = settings.data_dir / "files" / report.sha256
    file.write_bytes(file.read_bytes().replace(b"300", b"301"))
    after = library.verify()
    assert (after.figures, after.agreed) == (8, 6)
    assert [(each.report, each.figure) for each in after.disagreements] == [(report.id, None)]
    file.unlink()
    assert "缺少原始文件" in library.verify().disagreements[0].found
    assert any("missing" in each for each in library.consistency())


def test_verify_names_a_figure_that_the_bytes_do_not_say(library: Library) -> None:
    ids = fill(library)
    with library._store.engine.begin() as connection:
        connection.execute(
            update(figures)
            .where(figures.c.report == ids["教育局"], figures.c.no == 0)
            .values(value="999")
        )
    found = library.verify()
    assert (found.agreed, len(found.disagreements)) == (7, 1)
    assert (found.disagreements[0].figure, found.disagreements[0].found) == (0, "200万元")


def test_rebuild_keeps_everything(library: Library, settings: Settings) -> None:
    fill(library)
    before = library.search_passages("机关运行经费")
    library.rebuild()
    assert library.search_passages("机关运行经费") == before
    library.rebuild(embedder=False)
    assert library.search_passages("机关运行经费") == before
    assert library.consistency() == []
    assert len(list((settings.data_dir / "chroma").iterdir())) == 1


def test_other_embedder_asks_for_a_rebuild(
    library: Library, settings: Settings, reopen: Open, tmp_path: Path
) -> None:
    fill(library)
    copy = tmp_path / "model"
    shutil.copytree(embedding.BUILTIN_FOLDER, copy)
    changed = replace(settings, embedder=str(copy))
    other = reopen(changed)
    assert "gouji rebuild" in other.notices[0]
    assert len(other.search_passages("机关运行经费")) == len(UNITS)  # by words
    with pytest.raises(LibraryError, match="gouji rebuild"):
        other.add_bytes("新.txt", "@某市统计局 2023\n收入1.5万元\n".encode())
    assert len(other.reports()) == len(UNITS)
    assert library.notices == ()


def test_rebuild_with_another_embedder(
    library: Library, settings: Settings, reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(library)
    monkeypatch.setattr(embedding, "fingerprint", lambda _settings: "another model")
    other = reopen()
    assert other.notices
    other.rebuild()
    assert other.notices == ()
    assert other.consistency() == []
    assert reopen().notices == ()
    monkeypatch.undo()
    assert reopen().notices


@pytest.mark.parametrize("damage", ["emptied", "garbage", "fewer"])
def test_damaged_vectors_are_made_anew(
    library: Library, settings: Settings, reopen: Open, damage: str
) -> None:
    ids = fill(library)
    folder = settings.data_dir / "chroma" / "1"
    if damage == "fewer":
        library._store.vectors().remove(ids["教育局"])
    library.close()
    if damage == "emptied":
        shutil.rmtree(folder)
    if damage == "garbage":
        for path in folder.rglob("*"):
            if path.is_file():
                path.write_bytes(b"garbage" * 1000)
    again = reopen()
    assert len(again.search_passages("机关运行经费", limit=4)) == 4
    assert again.consistency() == []
    assert again.notices == ()


def test_another_process_sees_changes(library: Library, reopen: Open) -> None:
    reader = reopen()
    assert reader.search_passages("机关运行经费") == []
    ids = fill(library)
    assert {hit.report for hit in reader.search_passages("机关运行经费")} == set(ids.values())
    library.remove(ids["水务局"])
    assert ids["水务局"] not in {hit.report for hit in reader.search_passages("机关运行经费")}
    library.rebuild()
    assert len(reader.search_passages("机关运行经费")) >= 3


def test_a_second_writer_waits_or_says_so(settings: Settings) -> None:
    first, second = Store(settings), Store(settings)
    with first.locked(), pytest.raises(LibraryError, match="另一个 gouji 进程") as caught:  # noqa: SIM117
        with second.locked(seconds=0):
            pass
    assert caught.value.retryable
    with second.locked(seconds=0), second.locked(seconds=0):
        pass
    first.close()
    second.close()


def test_reports_can_be_read_while_another_writes(library: Library, reopen: Open) -> None:
    fill(library)
    with library._store.locked():
        reader = reopen()
        assert len(reader.reports()) == len(UNITS)
        assert len(reader.search_passages("机关运行经费", limit=4)) == 4
