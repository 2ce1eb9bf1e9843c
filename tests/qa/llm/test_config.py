"""Which model may be asked: on this machine alone while offline, and never without being named."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.addresses import is_loopback
from ingest.settings import Settings, load_settings
from qa.llm.client import LangChainModel
from qa.llm.config import ModelConfig, ModelConfigError, configured
from qa.llm.errors import NoNetwork
from qa.llm.model import Budget, Message, Speaker
from qa.llm.opening import open_model

LOCAL = Settings(model="m", model_base_url="http://127.0.0.1:11434/v1")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8000/v1", "http://localhost/v1", "http://[::1]:80/v1", "http://127.9.9.9/"],
)
def test_this_machine(url: str) -> None:
    assert is_loopback(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://api.deepseek.com/v1",
        "http://10.0.0.5:8000/v1",
        "http://127.0.0.1.example.com/v1",
        "http://localhost.example.com/v1",
        "http://127.0.0.1@example.com/v1",
        "http://example.com/127.0.0.1",
        "http://0.0.0.0:8000/v1",
        "http://[::ffff:8.8.8.8]/v1",
        "http://2130706433.example/",
    ],
)
def test_elsewhere_is_refused_in_one_line_while_offline(url: str) -> None:
    assert not is_loopback(url)
    with pytest.raises(ModelConfigError) as caught:
        configured(replace(LOCAL, model_base_url=url), {})
    assert "offline = true" in str(caught.value)
    assert "offline = true" in caught.value.english
    assert "\n" not in str(caught.value)


def test_no_model_is_the_default() -> None:
    assert configured(Settings(), {}) is None


def test_other_providers_reach_the_network() -> None:
    with pytest.raises(ModelConfigError):
        configured(replace(LOCAL, model_provider="anthropic"), {})


def test_the_key_comes_from_the_environment_alone(tmp_path: Path) -> None:
    config = configured(LOCAL, {"GOUJI_MODEL_KEY": "sk-secret"})
    assert config is not None
    assert config.key == "sk-secret"
    assert "sk-secret" not in repr(config)
    assert "key" in load_settings(environ={"GOUJI_MODEL_KEY": "x"}).model_key_variable.lower()
    other = configured(replace(LOCAL, model_key_variable="OTHER"), {"OTHER": "sk-other"})
    assert other is not None
    assert other.key == "sk-other"


def test_a_service_on_the_network_wants_a_key() -> None:
    with pytest.raises(ModelConfigError, match="GOUJI_MODEL_KEY"):
        configured(Settings(model="gpt", offline=False), {})


def test_a_provider_that_is_not_installed_is_one_line() -> None:
    settings = replace(LOCAL, offline=False, model_provider="ollama")
    config = configured(settings, {})
    assert config is not None
    with pytest.raises(ModelConfigError, match="ollama"), open_model(config, settings):
        pass


def test_passwords_in_an_address_are_not_shown() -> None:
    config = ModelConfig("m", base_url="http://me:secret@127.0.0.1:8000/v1")
    assert config.where == "http://127.0.0.1:8000/v1"


def test_nothing_leaves_the_machine_while_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every socket blocked: a model elsewhere is refused before any name is looked up."""

    def blocked(*args: object, **_: object) -> None:
        raise AssertionError(f"network: {args}")

    monkeypatch.setattr(socket, "getaddrinfo", blocked)
    monkeypatch.setattr(socket.socket, "connect", blocked)
    config = ModelConfig("m", base_url="http://model.example/v1", key="k", retries=0, offline=True)
    model = LangChainModel(config)
    with pytest.raises(NoNetwork):
        model.complete([Message(Speaker.USER, "好")], budget=Budget())
    with pytest.raises(NoNetwork):
        list(model.stream([Message(Speaker.USER, "好")], budget=Budget()))
    model.close()
