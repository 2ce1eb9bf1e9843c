"""The tab 问答: a conversation on the left, what proves its numbers on the right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from qa.model import Filters
from ui.library import kind_name
from ui.texts import set_language, t
from ui.web.evidence import nothing
from ui.web.markup import capital
from ui.web.page_events import NAMED, QUICK_NAMED, watched
from ui.web.services import Services

_LIMIT = 20  # questions that are worked on at a time
_SHOWN = "window.gouji.watch(element, watch, 'talk');"


class AskTab:
    """Builds the tab inside the open gradio context; `wire` binds its events."""

    def __init__(self, services: Services, language: str) -> None:
        self.services = services
        self.language = language
        with gr.Row(elem_id="gj-ask", equal_height=False):
            with gr.Column(scale=6, min_width=320, elem_id="gj-left"):
                self.talk = gr.HTML(
                    "", js_on_load=_SHOWN, apply_default_css=False, elem_id="gj-talk"
                )
                with gr.Row(elem_id="gj-composer"):
                    self.box = gr.Textbox(
                        label=t("问题"),
                        show_label=False,
                        placeholder=t("输入问题，按回车提问；后一问可以省略前面说过的单位和年度"),
                        lines=1,
                        max_lines=5,
                        scale=8,
                        min_width=160,
                        elem_id="gj-box",
                        autofocus=True,
                    )
                    self.send = gr.Button(
                        t("提问"), variant="primary", scale=1, min_width=88, elem_id="gj-send"
                    )
                with gr.Accordion(t("限定范围"), open=False, elem_id="gj-filters"), gr.Row():
                    heads = ("单位", "项目", "年度", "类型")
                    self.filters = [self._filter(each) for each in heads]
                with gr.Row(elem_id="gj-tools"):
                    self.new = gr.Button(t("新对话"), size="sm", min_width=88, elem_id="gj-new")
                    self.word = gr.Button(
                        t("导出 Word"), size="sm", min_width=88, elem_id="gj-word"
                    )
                    self.markdown = gr.Button(t("导出 Markdown"), size="sm", min_width=88)
            with gr.Column(scale=5, min_width=320, elem_id="gj-right"):
                self.evidence = gr.HTML(
                    str(nothing()),
                    js_on_load=watched("evidence"),
                    apply_default_css=False,
                    elem_id="gj-evidence",
                )

    def _filter(self, label: str) -> gr.Dropdown:
        return gr.Dropdown(
            choices=[("", "")],
            value="",
            label=capital(t(label)),
            filterable=True,
            min_width=140,
            interactive=True,
        )

    def wire(self, blocks: gr.Blocks, bus: gr.HTML, name: gr.Textbox, tab: gr.Tab) -> None:
        """Bind the events of the tab."""
        asked: dict[str, Any] = {
            "inputs": [name, self.box, *self.filters],
            "outputs": [self.talk, self.evidence, self.box],
            "show_progress": "hidden",
            "concurrency_limit": _LIMIT,
            "concurrency_id": "ask",
            "api_visibility": "private",
        }
        gr.on([self.send.click, self.box.submit], self.ask, js=NAMED, **asked)
        bus.ask(self.ask_clicked, js=NAMED, **asked)
        bus.cite(self.cite, [name], [self.evidence], **QUICK_NAMED)
        bus.rate(self.rate, [name], [self.talk], **QUICK_NAMED)
        self.new.click(self.begin_anew, [name], [self.talk, self.evidence], **QUICK_NAMED)
        for button, ending in ((self.word, "docx"), (self.markdown, "md")):
            button.click(None, js=f"() => window.gouji.save('{ending}')", api_visibility="private")
        tab.select(self.refresh, [name], [self.talk, *self.filters], **QUICK_NAMED)
        blocks.load(self.load, [name], [self.talk, self.evidence, *self.filters], **QUICK_NAMED)

    # Handlers; each speaks the language of its page

    def ask(
        self,
        name: str,
        question: str,
        unit: str,
        project: str,
        year: str,
        kind: str,
        request: gr.Request,
    ) -> Iterator[tuple[object, object, object]]:
        filters = Filters(unit or None, year or None, project or None, kind or None)
        owner = owner_of(request)
        proved = False
        for number, talk in enumerate(self.services.ask(owner, name, question or "", filters)):
            set_language(self.language)
            shown = str(self.services.talk_html(owner, name))
            answered = bool(talk.turns) and talk.turns[-1].answer is not None
            proof = gr.skip()
            if answered and not proved:
                proof, proved = str(self.services.first_evidence(owner, name)), True
            yield shown, proof, "" if number == 0 else gr.skip()

    def ask_clicked(
        self,
        name: str,
        _box: str,
        unit: str,
        project: str,
        year: str,
        kind: str,
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[tuple[object, object, object]]:
        for shown, proof, _ in self.ask(name, str(event.text), unit, project, year, kind, request):
            yield shown, proof, gr.skip()

    def cite(self, name: str, event: gr.EventData, request: gr.Request) -> str:
        set_language(self.language)
        return str(self.services.evidence(owner_of(request), name, str(event.ref)))

    def rate(self, name: str, event: gr.EventData, request: gr.Request) -> str:
        set_language(self.language)
        owner = owner_of(request)
        mark = "right" if event.mark == "right" else "wrong"
        self.services.rate(owner, name, int(event.turn), mark, str(event.right or ""))  # type: ignore[arg-type]
        return str(self.services.talk_html(owner, name))

    def begin_anew(self, name: str, request: gr.Request) -> tuple[str, str]:
        set_language(self.language)
        self.services.talks.of(owner_of(request), name).clear()
        return str(self.services.talk_html(owner_of(request), name)), str(nothing())

    def load(self, name: str, request: gr.Request) -> tuple[object, ...]:
        _, *updates = self.refresh(name, request)
        shown = str(self.services.talk_html(owner_of(request), name))
        proof = self.services.first_evidence(owner_of(request), name)
        return (shown, str(proof), *updates)

    def refresh(self, name: str, request: gr.Request) -> tuple[object, ...]:
        set_language(self.language)
        owner = owner_of(request)
        choices = self.services.choices()
        kinds = [(kind_name(each), each) for each in choices.kinds]
        every = (t("全部"), "")
        lists = [choices.units, choices.projects, choices.years]
        updates = [gr.update(choices=[every, *((each, each) for each in some)]) for some in lists]
        updates.append(gr.update(choices=[every, *kinds]))
        self.services.examples()  # may take a while after an upload
        # What was asked meanwhile is shown already, and must not be covered by an older state.
        asked = bool(self.services.talks.of(owner, name).turns)
        shown = gr.skip() if asked else str(self.services.talk_html(owner, name))
        return (shown, *updates)


def owner_of(request: gr.Request) -> str:
    """The login that an event came with; "" for local use without logins."""
    return str(_scope(request).get("gouji.user", ""))


def may_edit(request: gr.Request) -> bool:
    """True where the login may load and remove reports."""
    return bool(_scope(request).get("gouji.edits", False))


def _scope(request: gr.Request) -> dict[str, Any]:
    inner = request.request
    return dict(inner.scope) if inner is not None else {}
