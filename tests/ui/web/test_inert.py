"""Nothing that reports, file names, suites, users or models say acts: payloads × tabs and exports."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from index.library import Library
from ingest.settings import Settings
from qa.model import Answer, Filters, Outcome
from tests.ui.web.test_evaluations import ask_here
from ui.web.answers import talk_html
from ui.web.conversations import Talk, Turn
from ui.web.export import markdown, word
from ui.web.library_view import items_html, notice
from ui.web.markup import action
from ui.web.services import Services
from ui.web.uploads import Item

PAYLOADS = {
    "script": "<script>window.hit=1</script>",
    "img": "<img src=x onerror=window.hit=1>",
    "svg": "<svg onload=window.hit=1>",
    "iframe": "<iframe src=http://foreign.example></iframe>",
    "form": "<form action=http://foreign.example><button>去</button></form>",
    "style": "<p style=position:fixed;inset:0>盖住</p>",
    "quote": '" onmouseover="window.hit=1" x=\'',
    "entity": "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "link": "[点这里](javascript:window.hit=1)",
    "picture": "![图](http://foreign.example/x.png)",
    "table": "|a|b|\n|---|---|\n|<b>|c|",
    "formula": '=HYPERLINK("http://foreign.example","点")',
    "command": "+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "template": "${window.hit=1}{{window.hit=1}}{% x %}",
    "latex": "$$\\href{javascript:window.hit=1}{x}$$",
    "bidi": "\u202e反向\u202c",
}
NAME = "a-conversation-of-tests"
_PLAIN = {
    "section", "article", "div", "p", "span", "b", "i", "small", "button", "ul", "ol", "li", "q",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "header", "footer",
    "details", "summary", "figure", "figcaption", "progress", "pre", "a", "img", "em", "mark", "nav",
    "blockquote", "dl", "dt", "dd", "br", "svg", "g", "rect", "text", "line", "title", "path", "html",
    "head", "body", "meta", "style", "main", "strong", "u", "hr", "col", "colgroup", "label", "input",
    "code", "desc", "defs", "polygon", "polyline", "circle", "tspan", "aside",
}  # fmt: skip


class Acts(HTMLParser):
    """Collects what of a piece of HTML could act."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag not in _PLAIN:
            self.found.append(f"<{tag}>")
        self.found += [f"{tag} {name}" for name in given if name.startswith("on")]
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            value = given.get(name, "")
            if re.match(r"\s*(?:\w+:|//)", value) and not value.startswith(("data:image/", "#")):
                self.found.append(f"{tag} {name}={value}")
        if tag == "img" and not given.get("src", "").startswith(("/original/", "data:image/")):
            self.found.append(f"img {given}")
        if "fixed" in given.get("style", ""):
            self.found.append(f"{tag} style={given['style']}")


def acts(text: str) -> list[str]:
    parser = Acts()
    parser.feed(text)
    marks = [repr(each) for each in text if each in "\u202e\u202c"]
    return parser.found + marks


def report(payload: str) -> bytes:
    """A report that says it everywhere: unit, heading, sentences, cells, renamed body."""
    p = payload
    return (
        f"2023年度云岭市水务{p}局部门决算\n\n原云岭市河道{p}局更名为云岭市水务{p}局。\n\n"
        f"一、{p}收入支出情况\n\n"
        f"2023年总支出1,200万元，其中基本支出700万元，{p}项目支出400万元。{p}\n\n"
        f"{p}\n\n云岭市水务局2023年项目支出500万元。\n"
    ).encode()


SUITE = """
cases:
- id: a-1
  type: {payload}
  question: {question}
  expect: {{number: "500", unit: 万元}}
  note: {payload}
"""


@pytest.fixture(scope="module", params=PAYLOADS, ids=str)
def used(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Services]]:
    """A payload, and services that have been used with it in every way."""
    tmp_path = tmp_path_factory.mktemp("inert")
    payload = PAYLOADS[request.param]
    name = re.sub(r"[/\0\n]", "_", payload)[:80]
    settings = Settings(data_dir=tmp_path / "data")
    with Library.open(settings) as library:
        library.add_bytes(f"{name}.txt", report(payload))
        library.add_bytes(f"{name} 2022.txt", report(payload).replace(b"2023", b"2022"))
        assert library.add_bytes(f"{name} empty.txt", b"\n").status == "failed"
        services = Services(library, settings)
        for question in (f"云岭市水务局2023年{payload}项目支出是多少？", "2023年有没有矛盾的数？"):
            *_, _ = services.ask("", NAME, question, Filters(unit=None, project=payload or None))
        list(services.audit("", NAME, [], "zh"))
        services.compare(
            "", NAME, f"比较云岭市水务局{payload}2022到2023年的项目支出", [], [], [], []
        )
        suite = tmp_path / "q.yaml"
        quoted = '"' + payload.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
        quoted = re.sub("[\u202e\u202c]", "", quoted)
        suite.write_text(SUITE.format(payload=quoted, question=quoted), encoding="utf-8")
        assert services.take_suite("", suite) == ""
        with pytest.MonkeyPatch.context() as patch:
            ask_here(patch)
            assert services.start_eval("", ["q.yaml"], "zh", wordings=False, model=False) == ""
            until = time.monotonic() + 60
            while services.evaluations.job.running and time.monotonic() < until:
                time.sleep(0.02)
        assert services.evaluations.job.problem == ""
        yield payload, services


def pages(services: Services, payload: str) -> dict[str, str]:
    """Every piece of HTML that a tab shows, by its name."""
    turn = Turn(
        1, payload, answer=Answer(payload, Outcome.ANSWERED, payload, (), ()), follow_ups=(payload,)
    )
    run = services.eval_runs()[0][1]
    every = ["right", "wrong", "abstained", "unscored"]
    found = {
        "talk": services.talk_html("", NAME),
        "words of a model": talk_html(Talk([turn]), [], 1, NAME),
        "half a sentence of a model": talk_html(
            Talk([replace(turn, answer=None, partial=payload)]), [], 1, NAME
        ),
        "trouble": talk_html(Talk([replace(turn, answer=None, trouble=payload)]), [], 1, NAME),
        "examples": talk_html(Talk([]), [payload], 1, NAME),
        "comparison": services.comparison_html("", NAME),
        "cell": services.cell("", NAME, "0.0"),
        "audit": services.audit_html("", NAME, ["high", "medium", "low"], ""),
        "uploads": items_html(
            [Item(1, payload, Path("x"), state="failed", problem=payload, other=payload)]
        ),
        "failures": services.uploads_html(),
        "notice": notice(payload),
        "reports": services.reports_html(""),
        "names": services.aliases_html(edits=True),
        "action": action("ask", payload, said=payload, text=payload),
        "evaluation": services.eval_html(run, "", every, edits=True),
        "case": services.eval_case(run, "", "1/a-1"),
        "job": services.eval_job_html(payload),
    }
    for number in range(3):
        found[f"evidence {number}"] = services.evidence("", NAME, f"1.{number}")
        found[f"citations {number}"] = services.evidence("", NAME, f"{number + 1}.c")
        found[f"finding {number}"] = services.finding("", NAME, str(number))
        found[f"page {number}"] = services.parse_html(str(number + 1), "1")
    return {name: str(text) for name, text in found.items()}


def test_nothing_acts_on_any_tab(used: tuple[str, Services]) -> None:
    payload, services = used
    assert {
        name: found for name, text in pages(services, payload).items() if (found := acts(text))
    } == {}


def test_nothing_acts_in_any_export(used: tuple[str, Services]) -> None:
    _, services = used
    run = services.eval_runs()[0][1]
    assert acts(services.paper("", NAME, "html", "zh").decode()) == []
    assert acts(services.eval_file(run, "", "html", "zh").decode()) == []
    for sheet in (
        services.paper("", NAME, "xlsx", "zh"),
        services.comparison_file("", NAME, "xlsx", "zh"),
    ):
        book = openpyxl.load_workbook(io.BytesIO(sheet))
        cells = [cell for page in book for row in page.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f"] == []
        links = [
            cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target
        ]
        assert links == []
    table = services.comparison_file("", NAME, "csv", "zh").decode("utf-8-sig")
    acting = [c for row in csv.reader(io.StringIO(table)) for c in row if _is_formula(c)]
    assert acting == []


def _is_formula(cell: str) -> bool:
    return cell[:1] in "=+-@\t\r" and bool(cell) and not re.fullmatch(r"[-+]?[\d.,]+%?", cell)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_acts_in_an_exported_conversation(payload: str) -> None:
    turn = Turn(1, payload, answer=Answer(payload, Outcome.ANSWERED, payload, (), ()))
    text = markdown([turn], "2026-11-26")
    assert re.search(r"(?<!\\)(?:\]\(|<\w|!\[)", text) is None
    with zipfile.ZipFile(io.BytesIO(word([turn], "2026-11-26"))) as file:
        names = [name for name in file.namelist() if name.endswith(".rels")]
        outside = [name for name in names if b'TargetMode="External"' in file.read(name)]
        assert outside == []
        assert b"<script" not in file.read("word/document.xml")


@pytest.mark.parametrize("form", ["md", "xml"])
def test_nothing_acts_in_a_report_for_a_pull_request_or_a_build_server(
    used: tuple[str, Services], form: str
) -> None:
    _, services = used
    text = services.eval_file(services.eval_runs()[0][1], "", form, "zh").decode()
    shown = re.sub(r"`[^`]*`", "", text) if form == "md" else text
    assert re.search(r"<(?:script|img|svg|iframe|form)\b", shown) is None
    if form == "md":
        assert re.search(r"(?<!\\)\]\((?:javascript|http)", shown) is None


def test_the_check_itself_sees_what_acts() -> None:
    seeing: dict[str, Callable[[str], str]] = {"raw": lambda each: f"<p>{each}</p>"}
    for name in ("script", "img", "svg", "iframe", "form", "style", "bidi"):
        assert acts(seeing["raw"](PAYLOADS[name])), name
    assert acts('<a href="javascript:x">')
    assert acts('<b title="" onmouseover="x">')
