"""What is doubtful about a suite, one check at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.lint import lint
from eval.quoted import QuotedReport, quoted_reports
from eval.suites.suite import parse_suite

REPORT = (
    "某局2023年度决算\n\n一、支出\n机关运行经费支出 56.4 万元，比上年\n增加5.19万元，增长10.1%。\n"
)
QUOTE = "机关运行经费支出56.4万元，比上年增加5.19万元"


@pytest.fixture
def reports(tmp_path: Path) -> dict[str, QuotedReport]:
    (tmp_path / "f.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "g.txt").write_text("别的报告", encoding="utf-8")
    found, problems = quoted_reports([tmp_path], {"f.txt", "absent.txt"})
    assert (set(found), problems) == ({"f.txt"}, ())
    return found


def case(expect: str, more: str = "", quote: str = QUOTE, name: str = "a") -> str:
    source = f", source: [{{file: f.txt, quote: {quote}}}]" if quote else ""
    return f"- {{id: {name}, type: t, question: 问{name}, expect: {{{expect}}}{source}{more}}}\n"


MONEY = 'number: "56.4", unit: 万元'
GROWTH = 'number: "10.1", unit: "%"'


@pytest.mark.parametrize(
    ("written", "checks"),
    [
        (case(MONEY), []),
        (case(GROWTH, ", derive: 'round(5.19/(56.4-5.19)*100, 1)'"), []),
        (case(GROWTH, ", derive: 'round(5.19/56.4*100, 1)'"), ["derive"]),
        (case(GROWTH, ", derive: 'round(5.19/(56.4-5.19)*100, 1'"), ["derive"]),
        (case(GROWTH, ", derive: 'round(5.2/(56.69-5.2)*100, 1)'"), ["operand"]),
        (case("text_contains: [增加]", ", check: [56.4 > 5.19]"), []),
        (case("text_contains: [增加]", ", check: [56.4 < 5.19, 1 +]"), ["check", "check"]),
        (case("text_contains: [甲, '3']", ", derive: 56.4 - 5.19"), ["derived words"]),
        (case(MONEY, quote="机关运行经费支出56.5万元"), ["quote"]),
        (case(MONEY).replace("f.txt", "h.txt"), ["quote"]),
        (case(MONEY, quote=""), ["source"]),
        (case("abstain: true", quote=""), []),
        (case("clarify: true", quote=""), []),
        (case('number: "56.4", unit: 万无'), ["unit"]),
        (case('number: "56.4", unit: 万余次'), []),
        (case(MONEY + ', accept: [{number: "564000", unit: 元}]'), []),
        (case(MONEY + ', accept: [{number: "5.64", unit: 万元}]'), ["accept"]),
        (case(MONEY, ", review: pending"), ["review"]),
        (case(MONEY) + case(MONEY, name="b").replace("问b", "问a"), ["duplicate"]),
        (case(MONEY) + case(MONEY, ", followup_of: a", name="b"), []),
        (
            case(MONEY) + case(MONEY, ", followup_of: a", name="b").replace("问b", "问 a"),
            ["followup"],
        ),
        (
            case("contradiction: {stated: 10.1%, recomputed: 10.13%}", ", derive: 5.19 - 4"),
            ["derive"],
        ),
        (
            case("contradiction: {stated: 10.1%, recomputed: 5.19%}", ", derive: 5.19 * 1"),
            [],
        ),
    ],
)
def test_checks(reports: dict[str, QuotedReport], written: str, checks: list[str]) -> None:
    found = lint([parse_suite(f"cases:\n{written}", "s.yaml")], reports)
    assert [each.check for each in found] == checks, [str(each) for each in found]


def test_a_finding_reads_as_one_line_with_its_place() -> None:
    text = f"cases:\n{case(MONEY)}{case(MONEY, quote='', name='b')}"
    (found,) = lint([parse_suite(text, "s.yaml")])
    assert str(found) == "s.yaml:3：b：有答案而没有写出处（source）（source）"
    assert found.severity == "error"


def test_drafts_are_only_mentioned() -> None:
    (found,) = lint([parse_suite(f"cases:\n{case(MONEY, ', review: pending')}", "s.yaml")])
    assert found.severity == "notice"


def test_a_page_that_is_wrong() -> None:
    shared = Path(__file__).parents[3] / "shared" / "parsing"
    if not (shared / "prose000.pdf").is_file():
        pytest.skip("../shared/parsing is not here")
    found, _ = quoted_reports([shared], {"prose000.pdf"})
    document = found["prose000.pdf"].document
    quote = document.text.strip().splitlines()[0][:12]
    (page, *_) = sorted(found["prose000.pdf"].pages(quote))
    text = case(MONEY, quote=f"'{quote}', page: {{page}}").replace("f.txt", "prose000.pdf")
    for said, checks in ((page, []), (99, ["quote"])):
        suite = parse_suite("cases:\n" + text.replace("{page}", str(said)), "s.yaml")
        assert [each.check for each in lint([suite], found)] == checks
