"""The tab 资料库: files in, reports listed and removed, what was read beside the original."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from ingest.archives import SUFFIX
from ingest.files import SUFFIXES
from ui.texts import set_language, t
from ui.web.library_view import notice
from ui.web.page_ask import may_edit, owner_of
from ui.web.page_events import QUICK, watched
from ui.web.parse_view import empty
from ui.web.services import Services

_EVERY = 1.0  # seconds between looks at what is being read


class LibraryTab:
    """Builds the tab inside the open gradio context; `wire` binds its events."""

    def __init__(self, services: Services, language: str) -> None:
        self.services = services
        self.language = language
        with gr.Row(elem_id="gj-library", equal_height=False):
            with gr.Column(scale=7, min_width=320, elem_classes="gj-col"):
                self.files = gr.File(
                    label=t("上传报告（PDF、Word、Excel、网页、图片、文本、ZIP）"),
                    file_count="multiple",
                    file_types=sorted({*SUFFIXES, SUFFIX}),
                    type="filepath",
                    height=150,
                    elem_id="gj-files",
                )
                self.folder = gr.UploadButton(
                    t("上传整个文件夹"),
                    file_count="directory",
                    type="filepath",
                    size="sm",
                    elem_id="gj-folder",
                )
                self.items = gr.HTML("", apply_default_css=False, elem_id="gj-items")
                self.aliases = gr.HTML("", apply_default_css=False, elem_id="gj-aliases")
                filtering = t("筛选：文件名、单位、项目、年度、类型")
                self.wanted = gr.Textbox(
                    label=filtering,
                    placeholder=filtering,
                    show_label=False,
                    elem_id="gj-wanted",
                    max_lines=1,
                )
                self.reports = gr.HTML("", apply_default_css=False, elem_id="gj-reports")
            with gr.Column(scale=6, min_width=320, elem_classes="gj-col"):
                self.parsed = gr.HTML(
                    str(empty()),
                    js_on_load=watched("parse"),
                    apply_default_css=False,
                    elem_id="gj-parsed",
                )
        self.timer = gr.Timer(_EVERY, active=False)

    def wire(self, blocks: gr.Blocks, bus: gr.HTML, tab: gr.Tab) -> None:
        """Bind the events of the tab."""
        lists = [self.items, self.reports, self.timer, self.aliases]
        self.folder.upload(
            self.take_folder, [self.folder, self.wanted], [*lists, self.folder], **QUICK
        )
        self.files.upload(self.take, [self.files, self.wanted], [*lists, self.files], **QUICK)
        self.timer.tick(self.tick, [self.wanted], lists, **QUICK)
        self.wanted.change(self.look, [self.wanted], lists, **QUICK)
        tab.select(self.look, [self.wanted], lists, **QUICK)
        blocks.load(self.look, [self.wanted], lists, **QUICK)
        bus.open(self.open, None, [self.parsed], **QUICK)
        bus.remove(self.remove, [self.wanted], [*lists, self.parsed], **QUICK)
        bus.retry(self.retry, [self.wanted], lists, **QUICK)
        bus.alias(self.decide, [self.wanted], lists, **QUICK)
        bus.undo(self.undo, [self.wanted], lists, **QUICK)
        bus.forget(self.forget, [self.wanted], lists, **QUICK)

    def take(self, files: list[str] | None, wanted: str, request: gr.Request) -> tuple[object, ...]:
        trouble = self._refused(request)
        if not trouble:
            paths = [Path(each) for each in files or ()]
            trouble = self.services.upload(owner_of(request), paths)
        return (*self._look(wanted, request, trouble), None)

    def take_folder(
        self, files: list[str] | None, wanted: str, request: gr.Request
    ) -> tuple[object, ...]:
        trouble = self._refused(request)
        if not trouble:
            paths = [Path(each) for each in files or ()]
            trouble = self.services.upload_folder(owner_of(request), paths)
        return (*self._look(wanted, request, trouble), None)

    def look(self, wanted: str, request: gr.Request) -> tuple[object, ...]:
        return self._look(wanted, request)

    def tick(self, wanted: str, request: gr.Request) -> tuple[object, ...]:
        """While files are read the names stay as they are, unfolded or not."""
        *rest, names = self._look(wanted, request)
        return (*rest, gr.skip() if self.services.uploads.busy else names)

    def _look(
        self, wanted: str, request: gr.Request, trouble: str = "", *, unfolded: bool = False
    ) -> tuple[object, ...]:
        set_language(self.language)
        items = notice(trouble) + self.services.uploads_html()
        reports = self.services.reports_html(wanted or "")
        names = self.services.aliases_html(edits=may_edit(request), unfolded=unfolded)
        timer = gr.Timer(active=self.services.uploads.busy)
        return str(items), str(reports), timer, str(names)

    def _refused(self, request: gr.Request) -> str:
        """Why the login may not change the library; "" where it may."""
        set_language(self.language)
        return "" if may_edit(request) else t("您的角色是只读，不能上传或删去报告。")

    def open(self, event: gr.EventData) -> str:
        set_language(self.language)
        return str(self.services.parse_html(str(event.report), str(event.page)))

    def remove(self, wanted: str, event: gr.EventData, request: gr.Request) -> tuple[object, ...]:
        trouble = self._refused(request)
        if not trouble:
            trouble = self.services.remove(owner_of(request), str(event.report))
        return (*self._look(wanted, request, trouble), str(empty()))

    def retry(self, wanted: str, event: gr.EventData, request: gr.Request) -> tuple[object, ...]:
        trouble = self._refused(request)
        if not trouble:
            self.services.uploads.retry(int(str(event.item)))
        return self._look(wanted, request, trouble)

    def forget(self, wanted: str, event: gr.EventData, request: gr.Request) -> tuple[object, ...]:
        trouble = self._refused(request)
        if not trouble:
            self.services.uploads.forget(int(str(event.item)))
        return self._look(wanted, request, trouble)

    def decide(self, wanted: str, event: gr.EventData, request: gr.Request) -> tuple[object, ...]:
        trouble = self._refused(request)
        if not trouble:
            pair = (str(event.first), str(event.second))
            trouble = self.services.decide_alias(owner_of(request), str(event.does), *pair)
        return self._look(wanted, request, trouble, unfolded=True)

    def undo(self, wanted: str, request: gr.Request) -> tuple[object, ...]:
        trouble = self._refused(request)
        if not trouble:
            trouble = self.services.undo_alias(owner_of(request))
        return self._look(wanted, request, trouble, unfolded=True)
