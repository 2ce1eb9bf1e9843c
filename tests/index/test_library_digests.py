"""What a library keeps and lists of its reports for those above: digests, labels, the parts."""

from __future__ import annotations

from index.library import Library

BOTH_LEDGERS = True

ONE = "2023年甲市水务局决算\n机关运行经费56.40万元。\n"
TWO = "2023年乙市教育局决算\n校舍维修费12.30万元。\n"


def put(library: Library, name: str, text: str) -> int:
    added = library.add_bytes(name, text.encode())
    assert added.report is not None
    return added.report.id


def test_digests_are_kept_by_name_and_version(library: Library) -> None:
    report = put(library, "甲.txt", ONE)
    library.keep_digests("score", "1", {report: "一"})
    library.keep_digests("score", "1", {report: "二"})
    assert library.digests("score", "1") == {report: "二"}
    assert library.digests("score", "2") == {}
    assert library.digests("grade", "1") == {}
    library.keep_digests("score", "2", {report: "三"})
    assert library.digests("score", "1") == {}


def test_digests_go_with_their_report(library: Library) -> None:
    report = put(library, "甲.txt", ONE)
    library.keep_digests("score", "1", {report: "一"})
    library.remove(report)
    assert library.digests("score", "1") == {}
    library.keep_digests("score", "1", {report: "一"})
    assert library.digests("score", "1") == {}
    assert library.consistency() == []


def test_parts_are_listed_anew_only_when_reports_change(library: Library) -> None:
    put(library, "甲.txt", ONE)
    first = library.parts()
    assert library.parts() is first
    put(library, "乙.txt", TWO)
    assert len(library.parts()) == 2
    assert library.parts() is not first


def test_labels_are_those_of_the_reports_asked(library: Library) -> None:
    one, two = put(library, "甲.txt", ONE), put(library, "乙.txt", TWO)
    assert any("机关运行经费" in label for label in library.labels([one]))
    assert not any("机关运行经费" in label for label in library.labels([two]))


def test_reports_are_found_by_the_words_of_their_figures(library: Library) -> None:
    one, two = put(library, "甲.txt", ONE), put(library, "乙.txt", TWO)
    assert library.reports_about("机关运行经费")[0] == one
    assert library.reports_about("机关运行经费", reports=[two]) in ([], [two])
    assert library.reports_about("") == []
