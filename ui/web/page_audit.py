"""The tab 核查: choose reports, run, findings on the left, both sides of one on the right."""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr

from ui.audit_words import SEVERITY_WORDS, family_name
from ui.texts import set_language, t
from ui.web.audit_html import nothing_chosen
from ui.web.markup import capital
from ui.web.page_ask import owner_of
from ui.web.page_events import NAMED, QUICK_NAMED, watched
from ui.web.services import Services

_RUNS = 2  # audits at a time


class AuditTab:
    """Builds the tab inside the open gradio context; `wire` binds its events."""

    def __init__(self, services: Services, language: str) -> None:
        self.services = services
        self.language = language
        with gr.Row(elem_id="gj-audit-ask"):
            self.reports = gr.Dropdown(
                choices=[],
                value=[],
                multiselect=True,
                label=t("报告（不选就是全部）"),
                scale=6,
                min_width=240,
                elem_classes="gj-pick gj-all",
            )
            levels = [(t("程度") + t(word), level.value) for level, word in SEVERITY_WORDS.items()]
            self.levels = gr.CheckboxGroup(
                choices=levels,
                value=[level for _, level in levels],
                label=capital(t("严重程度")),
                scale=3,
                min_width=200,
            )
            self.family = gr.Dropdown(
                choices=[(t("全部"), "")],
                value="",
                label=capital(t("核查内容")),
                scale=2,
                min_width=160,
            )
            self.go = gr.Button(
                t("开始核查"), variant="primary", scale=1, min_width=110, elem_id="gj-audit-go"
            )
        with gr.Row(elem_id="gj-audit", equal_height=False):
            with gr.Column(scale=7, min_width=320, elem_classes="gj-col"):
                self.shown = gr.HTML("", apply_default_css=False, elem_id="gj-audited")
            with gr.Column(scale=5, min_width=320, elem_classes="gj-col"):
                self.proof = gr.HTML(
                    str(nothing_chosen()),
                    js_on_load=watched("evidence"),
                    apply_default_css=False,
                    elem_id="gj-finding",
                )

    def wire(self, blocks: gr.Blocks, bus: gr.HTML, name: gr.Textbox, tab: gr.Tab) -> None:
        """Bind the events of the tab."""
        self.go.click(
            self.run,
            [name, self.reports, self.levels],
            [self.shown, self.family, self.proof],
            show_progress="hidden",
            concurrency_limit=_RUNS,
            concurrency_id="audit",
            api_visibility="private",
            js=NAMED,
        )
        narrowed = [name, self.levels, self.family]
        self.levels.change(self.narrow, narrowed, [self.shown], **QUICK_NAMED)
        self.family.input(self.narrow, narrowed, [self.shown], **QUICK_NAMED)
        bus.finding(self.finding, [name], [self.proof], **QUICK_NAMED)
        tab.select(self.look, narrowed, [self.shown, self.reports], **QUICK_NAMED)
        blocks.load(self.look, narrowed, [self.shown, self.reports], **QUICK_NAMED)

    def run(
        self, name: str, reports: list[int], levels: list[str], request: gr.Request
    ) -> Iterator[tuple[object, ...]]:
        owner = owner_of(request)
        for shown in self.services.audit(owner, name, reports or [], self.language):
            yield str(shown), gr.skip(), gr.skip()
        set_language(self.language)
        families = self.services.audit_families(owner, name)
        choices = [(t("全部"), ""), *((family_name(each), each) for each in families)]
        shown = self.services.audit_html(owner, name, levels, "")
        yield str(shown), gr.update(choices=choices, value=""), str(nothing_chosen())

    def narrow(self, name: str, levels: list[str], family: str, request: gr.Request) -> str:
        set_language(self.language)
        return str(self.services.audit_html(owner_of(request), name, levels, family or ""))

    def finding(self, name: str, event: gr.EventData, request: gr.Request) -> str:
        set_language(self.language)
        return str(self.services.finding(owner_of(request), name, str(event.ref)))

    def look(
        self, name: str, levels: list[str], family: str, request: gr.Request
    ) -> tuple[object, object]:
        set_language(self.language)
        shown = self.services.audit_html(owner_of(request), name, levels, family or "")
        infos = self.services.library.reports()
        return str(shown), gr.update(choices=[(info.name, info.id) for info in infos])
