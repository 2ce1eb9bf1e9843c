"""What the page shows, without a browser: chips, evidence, escaping, conversations, exports."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from docx import Document as Word

from qa.model import Answer, Check, Filters, Outcome, Source, Value
from ui.texts import set_language
from ui.web.answers import talk_html, text_with_chips
from ui.web.checks import grouped
from ui.web.conversations import KEPT, Conversations, Talk
from ui.web.evidence import spots_html, value_html
from ui.web.export import markdown, word
from ui.web.originals import marked
from ui.web.places import Spot, printed
from ui.web.services import Services

NAME = "conversation-of-a-test"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "${alert(1)}{{7*7}}",
    "[link](javascript:alert(1))",
    "![p](http://foreign.example/x.png)",
    '=HYPERLINK("http://foreign.example")',
    "‮abc\x00\x1b[31m",
]


def value(number: str = "6125.55", unit: str = "万元", **more: object) -> Value:
    made = Value("2022年 项目支出", number, unit, "2022", "甲局", None, "项目支出", Check.EXACT)
    return replace(made, **more)  # type: ignore[arg-type]


def answer(text: str, *values: Value, **more: object) -> Answer:
    return replace(Answer("问", Outcome.ANSWERED, text, values), **more)  # type: ignore[arg-type]


def talk(shown: Answer) -> Talk:
    made = Talk()
    turn = made.begin(shown.question, Filters())
    made.change(turn.number, lambda each: replace(each, answer=shown))
    return made


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("6125.55", "6,125.55"),
        ("-1234", "-1,234"),
        ("999.5", "999.5"),
        ("1,234", "1,234"),
        ("0.00", "0.00"),
        ("2022年", "2022年"),
        ("12345678.10", "12,345,678.10"),
    ],
)
def test_thousands_are_parted(number: str, shown: str) -> None:
    assert grouped(number) == shown


@pytest.mark.parametrize(
    ("text", "values", "chips"),
    [
        ("项目支出：6,125.55万元。", [value()], ["6,125.55万元"]),
        ("项目支出：6125.55万元。", [value()], ["6125.55万元"]),
        ("16,125.55万元，其中6,125.55万元", [value()], ["6,125.55万元"]),
        ("减少27.53%。", [value("-27.53", "%")], ["27.53%"]),
        ("5.34万元、5.34万元", [value("5.34"), value("5.34")], ["5.34万元", "5.34万元"]),
        ("没有这个数", [value()], []),
        ("等级为优", [value("优", "")], []),
    ],
)
def test_numbers_of_the_text_are_chips(text: str, values: list[Value], chips: list[str]) -> None:
    shown = text_with_chips(1, answer(text, *values))
    assert re.findall(r"</i>([^<]+)</button>", shown) == chips
    assert re.sub(r"<[^>]+>|[✓]", "", shown) == text


def test_a_value_that_the_text_does_not_show_stands_in_an_open_table() -> None:
    assert "<details" not in talk_html(talk(answer("见表", value(), value("1"))), [], 1)
    assert "<details" in talk_html(talk(answer("6,125.55万元和1万元", value(), value("1"))), [], 1)


def elements(page: str) -> set[str]:
    """Names of the tags and attributes of some HTML."""
    found: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update([tag, *(name for name, _ in attrs)])

    Reader().feed(page)
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_report_becomes_markup(text: str) -> None:
    source = Source(text, text, 0, len(text), table=text, row=text)
    hostile = value(label=text, entity=text, formula=text, recomputed=text, other=text)
    hostile = replace(hostile, sources=(source,))
    shown = answer(text, hostile, question=text, choices=(text,), citations=(source,))
    for outcome in Outcome:
        page = talk_html(talk(replace(shown, outcome=outcome)), [text], 1, NAME)
        page += value_html(hostile, [], 0, None, shown.equations, ref="1.0", root="")
        page += marked(text, [(0, len(text))], [(1, 3)])
        assert not elements(page) & {"script", "img", "iframe", "form", "onerror", "onclick"}
        assert "\x00" not in page
        assert "\u202e" not in page
    exported = markdown(talk(shown).turns, "2026-01-01")
    assert not re.search(r"(?<!\\)[<\[]", exported.replace("|---|", ""))


def test_an_export_has_every_number_with_its_source() -> None:
    source = Source("甲.pdf", "项目支出6,125.55万元", 0, 14, page=3)
    shown = answer("项目支出：6,125.55万元。", value(sources=(source,), formula="1 + 2"))
    text = markdown(talk(shown).turns, "2026-01-01")
    paper = Word(io.BytesIO(word(talk(shown).turns, "2026-01-01")))
    read = "\n".join(line.text for line in paper.paragraphs)
    cells = [cell.text for row in paper.tables[0].rows for cell in row.cells]
    for wanted in ("6,125.55万元", "甲.pdf", "第 3 页"):
        assert wanted in text.replace("\\", "")
        assert wanted in read
    assert "✓ 已复算" in cells


def test_conversations_are_apart_by_owner_and_name() -> None:
    known = Conversations()
    known.of("甲", NAME).begin("问", Filters())
    assert known.of("甲", NAME).turns
    assert not known.of("乙", NAME).turns
    assert not known.of("甲", NAME + "2").turns


def test_a_name_that_nobody_made_up_is_not_kept() -> None:
    known = Conversations()
    known.of("", "short").begin("问", Filters())
    assert not known.of("", "short").turns


def test_the_conversation_unused_for_longest_is_forgotten() -> None:
    known = Conversations()
    known.of("", NAME).begin("问", Filters())
    for number in range(KEPT):
        known.of("", f"{NAME}-{number}")
    assert not known.of("", NAME).turns


def ask(services: Services, question: str, name: str = NAME) -> Talk:
    return list(services.ask("", name, question, Filters()))[-1]


def test_a_value_leads_to_its_operands_and_their_places(services: Services) -> None:
    turn = ask(services, "番禺区政务服务数据管理局2021年“三公”经费是多少？", NAME + "-op").turns[-1]
    assert turn.answer is not None
    spots = services.places.spots(turn.answer.values[0])
    assert {spot.number for spot in spots if spot.role == "operand"} >= {"3.98万元", "1.36万元"}
    for spot in spots:
        document = services.library.document(spot.report)
        (start, end), *_ = spot.spans
        assert document.text[start:end] in "".join(spot.number)
    shown = services.evidence("", NAME + "-op", f"{turn.number}.0.1")
    assert "gj-box" in shown


def test_the_figures_of_a_ranking_are_boxed_not_their_sentences(services: Services) -> None:
    turn = ask(services, "2023年各单位三公经费从高到低排名", NAME + "-rank").turns[-1]
    assert turn.answer is not None
    first = [services.places.spots(each)[0] for each in turn.answer.values]
    assert [spot.number for spot in first] == ["352,180.50元", "4.03万元"]
    for spot in first:
        (start, end), *_ = spot.spans
        assert services.library.document(spot.report).text[start:end] == spot.number
    shown = services.evidence("", NAME + "-rank", f"{turn.number}.0")
    assert '<mark class="gj-box">352,180.50元</mark>' in shown
    assert " = 352,180.5 元" in shown


def test_a_mean_leads_to_the_figures_of_its_rows(services: Services) -> None:
    turn = ask(services, "各项目预算执行率平均是多少", NAME + "-mean").turns[-1]
    assert turn.answer is not None
    spots = services.places.spots(turn.answer.values[0])
    assert {spot.role for spot in spots} == {"operand"}
    assert {spot.number for spot in spots} >= {"100%", "98.5%", "97.9%"}


@pytest.mark.parametrize(
    ("quote", "boxed"),
    [
        ("共完成 1234.5场活动", "1234.5场"),
        ("共完成1,234.5场活动", "1,234.5场"),
        ("共完成21,234.5场活动", None),
    ],
)
def test_a_number_printed_in_a_quote_is_boxed(quote: str, boxed: str | None) -> None:
    source = Source("甲.txt", quote, 10, 10 + len(quote))
    spot = Spot("quote", "", "", source, 1, ((10, 10 + len(quote)),))
    found = printed(spot, value(number="1234.5", unit="场"))
    (start, end), *_ = found.spans
    assert quote[start - 10 : end - 10] == (boxed or quote)
    assert found.number == (boxed or "")


def test_a_sentence_without_a_figure_has_no_number_beside_it() -> None:
    quote = "资金来源为区级一般公共预算，年初已下达。"
    spot = Spot("quote", "", "", Source("甲.txt", quote, 0, len(quote)), 1, ((0, len(quote)),))
    shown = spots_html([spot], 0, "1.c", "cite")
    assert shown.count(quote) == 1
    assert "<b>" not in shown


def test_a_question_may_leave_out_what_was_said(services: Services) -> None:
    name = NAME + "-follow"
    ask(services, "番禺区政务服务数据管理局2021年“三公”经费是多少？", name)
    again = ask(services, "2022年呢？", name)
    assert again.turns[-1].answer is not None
    assert again.turns[-1].answer.values[0].number == "4.66"
    assert services.talk_html("", name).count("gj-question") == 2


def test_examples_are_answered(services: Services) -> None:
    found = services.examples()
    assert len(found) >= 3
    for question in found:
        assert services.engine.ask(question).values


@pytest.mark.parametrize(
    "ref", ["", "x", "1", "99.0", "1.99", "1.0.99", "1.c.7", "-1.-1", "9" * 50]
)
def test_a_made_up_reference_opens_nothing(services: Services, ref: str) -> None:
    ask(services, "番禺区政务服务数据管理局2021年“三公”经费是多少？", NAME + "-ref")
    assert "gj-evidence" in services.evidence("", NAME + "-ref", ref)
    assert "gj-empty" in services.evidence("乙", NAME + "-ref", "1.0")


def test_the_page_speaks_english(services: Services) -> None:
    set_language("en")
    assert "Ask the 14 loaded reports" in services.talk_html("", NAME + "-english")
