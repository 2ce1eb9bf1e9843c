"""The tab 对比: what to compare above, tables and charts below, the source of a cell beside."""

from __future__ import annotations

from typing import Any

import gradio as gr

from qa.compare.request import PROJECT_METRICS, UNIT_METRICS
from ui.texts import set_language, t
from ui.web.evidence import nothing
from ui.web.markup import capital
from ui.web.page_ask import owner_of
from ui.web.page_events import NAMED, QUICK_NAMED, watched
from ui.web.services import Services

_LIMIT = 8


class CompareTab:
    """Builds the tab inside the open gradio context; `wire` binds its events."""

    def __init__(self, services: Services, language: str) -> None:
        self.services = services
        self.language = language
        with gr.Row(elem_id="gj-compare-ask"):
            self.box = gr.Textbox(
                show_label=False,
                label=t("比较什么"),
                placeholder=t("写一句话，如：比较某局2022到2024年的三公经费；或在下面选"),
                max_lines=1,
                scale=8,
                min_width=160,
                elem_id="gj-compare-box",
            )
            self.go = gr.Button(
                t("比较"), variant="primary", scale=1, min_width=88, elem_id="gj-compare-go"
            )
        with gr.Row(elem_id="gj-compare-choices"):
            self.choices = [self._choice(each) for each in ("单位", "项目", "指标", "年度")]
        with gr.Row(elem_id="gj-compare", equal_height=False):
            with gr.Column(scale=7, min_width=320, elem_classes="gj-col"):
                self.shown = gr.HTML("", apply_default_css=False, elem_id="gj-compared")
            with gr.Column(scale=4, min_width=320, elem_classes="gj-col"):
                self.proof = gr.HTML(
                    str(nothing()),
                    js_on_load=watched("evidence"),
                    apply_default_css=False,
                    elem_id="gj-proof",
                )

    def _choice(self, label: str) -> gr.Dropdown:
        return gr.Dropdown(
            choices=[],
            value=[],
            multiselect=True,
            allow_custom_value=label == "指标",
            label=capital(t(label)),
            min_width=200,
            elem_classes="gj-pick gj-all" if label == "年度" else "gj-pick",
        )

    def wire(self, blocks: gr.Blocks, bus: gr.HTML, name: gr.Textbox, tab: gr.Tab) -> None:
        """Bind the events of the tab."""
        asked: dict[str, Any] = {
            "inputs": [name, self.box, *self.choices],
            "outputs": [self.shown, self.proof],
            "show_progress": "minimal",
            "concurrency_limit": _LIMIT,
            "concurrency_id": "compare",
            "api_visibility": "private",
            "js": NAMED,
        }
        gr.on([self.go.click, self.box.submit], self.compare, **asked)
        bus.compare(self.clicked, [name], [self.box, self.shown, self.proof], **QUICK_NAMED)
        bus.cell(self.cell, [name], [self.proof], **QUICK_NAMED)
        tab.select(self.look, [name], [self.shown, *self.choices], **QUICK_NAMED)
        blocks.load(self.look, [name], [self.shown, *self.choices], **QUICK_NAMED)

    def compare(
        self,
        name: str,
        question: str,
        units: list[str],
        projects: list[str],
        metrics: list[str],
        years: list[str],
        request: gr.Request,
    ) -> tuple[str, str]:
        set_language(self.language)
        shown = self.services.compare(
            owner_of(request), name, question or "", units, projects, metrics, years
        )
        return str(shown), str(nothing())

    def clicked(self, name: str, event: gr.EventData, request: gr.Request) -> tuple[str, str, str]:
        words = str(event.text)
        return (words, *self.compare(name, words, [], [], [], [], request))

    def cell(self, name: str, event: gr.EventData, request: gr.Request) -> str:
        set_language(self.language)
        return str(self.services.cell(owner_of(request), name, str(event.ref)))

    def look(self, name: str, request: gr.Request) -> tuple[object, ...]:
        set_language(self.language)
        known = self.services.choices()
        metrics = [*UNIT_METRICS, *PROJECT_METRICS]
        lists = [known.units, known.projects, metrics, known.years]
        shown = self.services.comparison_html(owner_of(request), name)
        return (str(shown), *(gr.update(choices=list(each)) for each in lists))
