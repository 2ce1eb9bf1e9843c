"""The page of a run: complete, in two languages, and nothing in it is alive."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from lxml import etree, html

from eval.reports.collected import collect
from eval.reports.html import html_report
from eval.reports.words import ENGLISH
from tests.eval.reports.conftest import ANSWERS, HOSTILE, Make, answer, value

ROOT = Path(__file__).resolve().parents[3]
CHINESE = re.compile(r"[一-鿿]+")


def page(make: Make, language: str = "zh", baseline: bool = True) -> html.HtmlElement:
    before = (
        make("before", {"b": answer("answered", "", value("1100", "万元"))}) if baseline else None
    )
    text = html_report(collect(make("run"), before), "en" if language == "en" else "zh")
    return html.document_fromstring(text)


def test_nothing_on_the_page_is_alive(make: Make) -> None:
    found = page(make)
    assert not found.xpath(
        "//script | //iframe | //object | //embed | //form | //img | //link | //base"
    )
    for element in found.iter(etree.Element):
        for name, given in element.attrib.items():
            assert not name.startswith("on")
            assert name not in {"src", "style", "action", "srcset", "xlink:href"}
            assert name != "href" or given.startswith("#")
    policy = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "url(" not in found.xpath("string(//style)")
    shown = found.text_content()
    assert "<script>alert(1)</script><img src=x onerror=alert(1)>" in shown
    assert not set(shown) & set("\x1b\u202e")


def test_a_failed_case_shows_all_that_is_known_of_it(make: Make) -> None:
    found = page(make)
    cases = found.xpath("//details[contains(@class, 'case')]")
    assert len(cases) == 6
    shown = " ".join(cases[0].text_content().split())
    for words in ("b · cell", "显示为已核对", "1100万元", "✗ 1099万元", "−1万元", "−0.09%", "已复算",
                  "r.txt · 第 3 页", "题库所引", "检索到的段落 · 1", "解题 规则", "用时 20 ms"):  # fmt: skip
        assert words in shown


def test_the_totals_and_their_intervals(make: Make) -> None:
    found = page(make)
    tiles = [
        " ".join(tile.text_content().split()) for tile in found.xpath("//div[@class='tiles']/div")
    ]
    assert tiles[0].startswith("对 1 16.7%".replace(" 1 ", "1"))
    assert "其中显示为已核对 2" in tiles[1]
    assert "变错或不答 · 1" in found.text_content()
    assert len(found.xpath("//svg[@class='chart']")) == 2


def test_a_run_that_was_stopped_says_so(make: Make) -> None:
    text = html_report(collect(make("half", asks=9)))
    assert "尚未做完：7 / 9" in text


def test_the_page_speaks_english(make: Make) -> None:
    shown = page(make, "en").text_content()
    data = {*CHINESE.findall(repr(ANSWERS)), *["甲", "年", "万元", "分", "断了", "棵"]}
    left = {
        word
        for word in CHINESE.findall(shown)
        if word not in data and not re.search("万元|应为|没有|缺少|数值|弃答|给的是", word)
    }
    assert left == set()


def test_a_run_without_answers_still_has_a_page(make: Make) -> None:
    nothing = dict.fromkeys(ANSWERS)
    shown = html_report(collect(make("none", nothing)))
    assert "画不出曲线" in shown
    assert "没有时间记录" in shown


def spoken() -> set[str]:
    """Chinese texts of the reports' modules and template."""
    found: set[str] = set()
    for path in sorted((ROOT / "eval" / "reports").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                strings = [each for each in node.values if isinstance(each, ast.Constant)]
                found |= {str(each.value) for each in strings}
            if isinstance(node, ast.Call):
                strings = [each for each in node.args[:1] if isinstance(each, ast.Constant)]
                found |= {str(each.value) for each in strings}
            if isinstance(node, ast.Dict) and path.name == "html.py":
                found |= {str(each.value) for each in node.keys if isinstance(each, ast.Constant)}
    template = (ROOT / "eval" / "data" / "report.html").read_text(encoding="utf-8")
    found |= set(re.findall(r"[\"']([^\"'<>]*[一-鿿][^\"'<>]*)[\"']", template))
    return {text for text in found if CHINESE.search(text)}


@pytest.mark.parametrize("text", sorted(spoken()))
def test_every_text_has_its_english(text: str) -> None:
    assert text in ENGLISH


def test_no_english_is_left_over() -> None:
    assert set(ENGLISH) - spoken() == set()


def test_hostile_text_is_shown_as_it_is(make: Make) -> None:
    said = page(make).xpath("//p[@class='said']")[0].text_content()
    assert said == HOSTILE.replace("\x1b", "").replace("\u202e", "")
