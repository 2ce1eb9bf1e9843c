"""The tab 评测: suites and a run on the left, one case on the right."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from eval.score import Verdict
from ui.texts import set_language, t
from ui.web.eval_case import no_case
from ui.web.eval_words import VERDICTS
from ui.web.evaluations import ENDINGS
from ui.web.markup import capital
from ui.web.page_ask import may_edit, owner_of
from ui.web.page_events import QUICK, watched
from ui.web.services import Services

_EVERY = 1.0  # seconds between looks at the run under way
_FIRST = [Verdict.WRONG, Verdict.UNSCORED, Verdict.ABSTAINED]


class EvalTab:
    """Builds the tab inside the open gradio context; `wire` binds its events."""

    def __init__(self, services: Services, language: str) -> None:
        self.services = services
        self.language = language
        with gr.Row(elem_id="gj-eval-ask", equal_height=False):
            self.suites = gr.Dropdown(
                choices=[],
                value=[],
                multiselect=True,
                label=t("题库"),
                scale=6,
                min_width=240,
                elem_classes="gj-pick",
                elem_id="gj-eval-suites",
            )
            asked = [t("也问其他问法")] + ([t("用语言模型")] if services.settings.model else [])
            self.how = gr.CheckboxGroup(
                choices=[(words, str(n)) for n, words in enumerate(asked)],
                value=[],
                label=t("怎样问"),
                scale=3,
                min_width=200,
            )
            with gr.Column(scale=2, min_width=180, elem_id="gj-eval-buttons"):
                self.go = gr.Button(t("开始评测"), variant="primary", elem_id="gj-eval-go")
                with gr.Row():
                    self.stop = gr.Button(
                        t("停止"),
                        size="sm",
                        min_width=64,
                        interactive=False,
                        elem_id="gj-eval-stop",
                    )
                    self.upload = gr.UploadButton(
                        t("上传题库"),
                        file_types=list(ENDINGS),
                        type="filepath",
                        size="sm",
                        min_width=88,
                        elem_id="gj-eval-upload",
                    )
        self.job = gr.HTML("", apply_default_css=False, elem_id="gj-eval-job")
        with gr.Row(elem_id="gj-eval-choose", equal_height=False):
            self.run = gr.Dropdown(
                choices=[],
                value=None,
                label=t("评测结果"),
                scale=4,
                min_width=240,
                elem_id="gj-eval-run",
            )
            self.before = gr.Dropdown(
                choices=[(t("不比较"), "")],
                value="",
                label=t("与早先一次比较"),
                scale=4,
                min_width=240,
                elem_id="gj-eval-before",
            )
            self.verdicts = gr.CheckboxGroup(
                choices=[(capital(t(word)), each.value) for each, word in VERDICTS.items()],
                value=[each.value for each in _FIRST],
                label=t("列出哪些题"),
                scale=4,
                min_width=240,
            )
        with gr.Row(elem_id="gj-eval", equal_height=False):
            with gr.Column(scale=7, min_width=320, elem_classes="gj-col"):
                self.shown = gr.HTML("", apply_default_css=False, elem_id="gj-evaluated")
            with gr.Column(scale=5, min_width=320, elem_classes="gj-col"):
                self.case = gr.HTML(
                    str(no_case()),
                    js_on_load=watched("case"),
                    apply_default_css=False,
                    elem_id="gj-case",
                )
        self.timer = gr.Timer(_EVERY, active=False)

    def wire(self, blocks: gr.Blocks, bus: gr.HTML, tab: gr.Tab) -> None:
        """Bind the events of the tab."""
        chosen = [self.run, self.before, self.verdicts]
        state = [self.job, self.timer, self.stop, self.suites, *chosen[:2], self.shown]
        self.go.click(self.start, [self.suites, self.how, *chosen], state, **QUICK)
        self.stop.click(self.halt, chosen, state, **QUICK)
        self.upload.upload(
            self.take, [self.upload, self.suites, *chosen], [*state, self.upload], **QUICK
        )
        self.timer.tick(self.tick, chosen, state, **QUICK)
        tab.select(self.look, chosen, state, **QUICK)
        blocks.load(self.look, chosen, state, **QUICK)
        for each in (self.run, self.before, self.verdicts):
            each.input(self.choose, chosen, [self.shown], **QUICK)
        bus.evalcase(self.open, [self.run, self.before], [self.case], **QUICK)
        bus.resume(self.resume, chosen, state, **QUICK)

    # Handlers; each speaks the language of its page

    def look(
        self, run: str | None, before: str | None, verdicts: list[str], request: gr.Request
    ) -> tuple[object, ...]:
        return self._state(run, before, verdicts, request)

    def _state(
        self,
        run: str | None,
        before: str | None,
        verdicts: list[str],
        request: gr.Request,
        trouble: str = "",
        suites: list[str] | None = None,
    ) -> tuple[object, ...]:
        set_language(self.language)
        job, runs = self.services.evaluations.job, self.services.eval_runs()
        names = [name for _, name in runs]
        run = run if run in names else (names[0] if names else None)
        before = before if before in names else ""
        earlier = [(t("不比较"), ""), *(each for each in runs if each[1] != run)]
        known = self.services.eval_suites()
        shown = self.services.eval_html(run or "", before, verdicts, edits=may_edit(request))
        return (
            str(self.services.eval_job_html(trouble)),
            gr.Timer(active=job.running),
            gr.update(interactive=job.running and not job.stopping),
            gr.update(choices=known) if suites is None else gr.update(choices=known, value=suites),
            gr.update(choices=runs, value=run),
            gr.update(choices=earlier, value=before),
            str(shown),
        )

    def tick(
        self, run: str | None, before: str | None, verdicts: list[str], request: gr.Request
    ) -> tuple[object, ...]:
        """While a run is under way what was opened stays; at its end it is shown."""
        job = self.services.evaluations.job
        if not job.running:
            return self._state(job.run or run, before, verdicts, request)
        set_language(self.language)
        stop = gr.update(interactive=not job.stopping)
        return (str(self.services.eval_job_html()), gr.skip(), stop, *[gr.skip()] * 4)

    def start(
        self,
        suites: list[str],
        how: list[str],
        run: str | None,
        before: str | None,
        verdicts: list[str],
        request: gr.Request,
    ) -> tuple[object, ...]:
        trouble = self._refused(request)
        if not trouble:
            trouble = self.services.start_eval(
                owner_of(request),
                suites or [],
                self.language,
                wordings="0" in how,
                model="1" in how,
            )
        return self._state(run, before, verdicts, request, trouble)

    def halt(
        self, run: str | None, before: str | None, verdicts: list[str], request: gr.Request
    ) -> tuple[object, ...]:
        trouble = self._refused(request)
        if not trouble:
            self.services.evaluations.stop()
        return self._state(run, before, verdicts, request, trouble)

    def resume(
        self,
        run: str | None,
        before: str | None,
        verdicts: list[str],
        event: gr.EventData,
        request: gr.Request,
    ) -> tuple[object, ...]:
        trouble = self._refused(request)
        if not trouble:
            trouble = self.services.resume_eval(owner_of(request), str(event.run), self.language)
        return self._state(run, before, verdicts, request, trouble)

    def take(
        self,
        path: str,
        suites: list[str],
        run: str | None,
        before: str | None,
        verdicts: list[str],
        request: gr.Request,
    ) -> tuple[object, ...]:
        trouble = self._refused(request) or self.services.take_suite(owner_of(request), Path(path))
        chosen = suites if trouble else [*dict.fromkeys([*(suites or []), Path(path).name])]
        return (*self._state(run, before, verdicts, request, trouble, chosen), None)

    def choose(
        self, run: str | None, before: str | None, verdicts: list[str], request: gr.Request
    ) -> str:
        set_language(self.language)
        edits = may_edit(request)
        return str(self.services.eval_html(run or "", before or "", verdicts, edits=edits))

    def open(self, run: str | None, before: str | None, event: gr.EventData) -> str:
        set_language(self.language)
        return str(self.services.eval_case(run or "", before or "", str(event.ref)))

    def _refused(self, request: gr.Request) -> str:
        set_language(self.language)
        return "" if may_edit(request) else t("您的角色是只读，不能评测。")
