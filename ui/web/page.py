"""The page in gradio: its frame, and its tabs. Only `ui.serve` imports this."""

from __future__ import annotations

import os

# Read when gradio is imported: nothing of it may ask another host for anything.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"


import gradio as gr
from fastapi import FastAPI

from ui.texts import set_language, t
from ui.web.api import Api
from ui.web.markup import html
from ui.web.page_api import add_endpoints
from ui.web.page_ask import AskTab
from ui.web.page_audit import AuditTab
from ui.web.page_compare import CompareTab
from ui.web.page_eval import EvalTab
from ui.web.page_library import LibraryTab
from ui.web.page_troubles import tell_troubles
from ui.web.services import Services

_FONTS = [
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "system-ui",
    "sans-serif",
]
_MONO = ["ui-monospace", "Menlo", "Consolas", "monospace"]
_CACHE = (3600, 24 * 3600)  # seconds between purges, age of what is purged
_BUS = """
window.gouji.bus((name, data) => trigger(name, data));
// Events of the page: 'ask' 'cite' 'rate' 'compare' 'cell' 'finding' 'open' 'remove' 'retry' 'forget'
// 'alias' 'undo' 'evalcase' 'resume'
"""


def mount(services: Services, app: FastAPI, path: str, language: str) -> None:
    """Put the page in a language at an address of the app."""
    settings = services.settings
    gr.mount_gradio_app(
        app,
        build(services, language),
        path=path,
        app_kwargs={"openapi_url": None, "docs_url": None, "redoc_url": None},
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=settings.max_file_mb * 1024 * 1024,
        root_path=(settings.root_path + path.rstrip("/")) if settings.root_path else None,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        theme=theme(),
    )


def theme() -> gr.themes.Base:
    """Quiet colours with enough contrast in light and dark; fonts of the reader's machine only."""
    made = gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        text_size="md",
        spacing_size="sm",
        radius_size="sm",
        font=_FONTS,
        font_mono=_MONO,
    )
    return made.set(
        body_background_fill="#f4f6f9",
        body_background_fill_dark="#10151c",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1a212b",
        block_background_fill="#ffffff",
        block_background_fill_dark="#1a212b",
        block_label_text_color="#3d4a59",
        block_label_text_color_dark="#b6c2cf",
        block_title_text_color="#3d4a59",
        block_title_text_color_dark="#b6c2cf",
        border_color_primary="#d5dce5",
        border_color_primary_dark="#313c4a",
        body_text_color="#1a2430",
        body_text_color_dark="#e7ecf2",
        body_text_color_subdued="#55606e",
        body_text_color_subdued_dark="#a7b3c0",
        button_primary_background_fill="#1f4f8b",
        button_primary_background_fill_hover="#173f71",
        button_primary_background_fill_dark="#2c66ad",
        button_primary_background_fill_hover_dark="#3573c0",
        button_primary_text_color="#ffffff",
        button_secondary_background_fill="#e7ecf3",
        button_secondary_background_fill_hover="#d9e1eb",
        button_secondary_background_fill_dark="#2a3442",
        button_secondary_background_fill_hover_dark="#364253",
        button_secondary_text_color="#1a2430",
        button_secondary_text_color_dark="#e7ecf2",
        input_background_fill="#ffffff",
        input_background_fill_dark="#141a22",
        input_placeholder_color="#6b7684",
        input_placeholder_color_dark="#8e9aa8",
        color_accent="#1f4f8b",
        color_accent_soft="#e6eef8",
        color_accent_soft_dark="#1d3350",
        shadow_drop="none",
        shadow_drop_lg="none",
        block_shadow="none",
        button_primary_shadow="none",
    )


def build(services: Services, language: str) -> gr.Blocks:
    """The page in ``zh`` or ``en``."""
    set_language(language)
    title = t("勾稽 · 财政报告问答与核查")
    with gr.Blocks(
        title=title, analytics_enabled=False, fill_width=True, delete_cache=_CACHE
    ) as blocks:
        gr.HTML(_header(services.root, language), apply_default_css=False, elem_id="gj-top")
        # The browser's name of its conversation; see ui/data/web.js.
        talk = gr.Textbox(visible="hidden", elem_id="gj-talk-name", label="talk")
        bus = gr.HTML("", js_on_load=_BUS, visible="hidden", elem_id="gj-bus")
        with gr.Tabs(elem_id="gj-tabs"):
            asking = gr.Tab(t("问答"), id="ask", elem_id="gj-tab-ask")
            comparing = gr.Tab(t("对比"), id="compare", elem_id="gj-tab-compare")
            checking = gr.Tab(t("核查"), id="audit", elem_id="gj-tab-audit")
            shelf = gr.Tab(t("资料库"), id="library", elem_id="gj-tab-library")
            measuring = gr.Tab(t("评测"), id="eval", elem_id="gj-tab-eval")
            with asking:
                ask = AskTab(services, language)
            with comparing:
                compare = CompareTab(services, language)
            with checking:
                audit = AuditTab(services, language)
            with shelf:
                library = LibraryTab(services, language)
            with measuring:
                evaluate = EvalTab(services, language)
        # Before the events of the page, whose names would else be taken first.
        if language == "zh":
            add_endpoints(Api(services))
        ask.wire(blocks, bus, talk, asking)
        compare.wire(blocks, bus, talk, comparing)
        audit.wire(blocks, bus, talk, checking)
        library.wire(blocks, bus, shelf)
        evaluate.wire(blocks, bus, measuring)
    tell_troubles(blocks)
    blocks.queue(default_concurrency_limit=4, max_size=128, api_open=False)
    made: gr.Blocks = blocks
    return made


def _header(root: str, language: str) -> str:
    other, path = ("English", "/en/") if language == "zh" else ("中文", "/")
    return str(
        html(
            '<div class="gj-top"><div class="gj-brand"><h1>{}</h1><span>{}</span></div>'
            '<nav aria-label="{}"><a class="gj-switch" id="gj-language" href="{}" lang="{}">{}</a>'
            '<button type="button" class="gj-switch" id="gj-dark" data-act="dark">{}</button></nav></div>',
            t("勾稽"),
            t("每个数都先复算，再显示"),
            t("页面设置"),
            root + path,
            "en" if language == "zh" else "zh-CN",
            other,
            t("明暗"),
        )
    )
