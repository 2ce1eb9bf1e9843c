"""From the settings to a model that may be asked, and to the engine with the model beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from qa.engine import Engine
from qa.engine import Library as EngineLibrary
from qa.llm.assist import AssistedEngine
from qa.llm.config import ModelConfig, ModelSettings, configured
from qa.llm.model import ChatModel
from qa.llm.traces import LOG_NAME, TracedModel, spans_to
from qa.llm.wording import worded


class AssistSettings(ModelSettings, Protocol):
    """What of the settings concerns the model's place beside the rules."""

    @property
    def data_dir(self) -> Path: ...
    @property
    def model_plans(self) -> str: ...
    @property
    def model_words(self) -> bool: ...
    @property
    def model_trace(self) -> bool: ...
    @property
    def model_telemetry(self) -> str: ...


@contextmanager
def open_model(config: ModelConfig, settings: AssistSettings) -> Iterator[ChatModel]:
    """The model of a configuration, its calls written down as the settings say.

    Raises:
        ModelConfigError: the provider is unknown or its package is missing.
    """
    # LangChain takes seconds to load; only who has a model waits for it.
    from qa.llm.client import connect

    model = connect(config)
    log = settings.data_dir / LOG_NAME if settings.model_trace else None
    spans = spans_to(settings.model_telemetry, offline=settings.offline)
    try:
        yield TracedModel(model, log, key=config.key, spans=spans)
    finally:
        model.close()


@contextmanager
def assisted(
    engine: Engine,
    library: EngineLibrary,
    settings: AssistSettings,
    environ: Mapping[str, str] | None = None,
) -> Iterator[Engine | AssistedEngine]:
    """The engine with the configured model beside it; the engine itself where none is configured.

    Raises:
        ModelConfigError: see `configured` and `open_model`.
    """
    config = configured(settings, os.environ if environ is None else environ)
    if config is None:
        yield engine
        return
    with open_model(config, settings) as model:
        yield AssistedEngine(
            engine,
            library,
            model,
            budget=config.budget,
            plans=settings.model_plans,
            worder=worded if settings.model_words else None,
        )
