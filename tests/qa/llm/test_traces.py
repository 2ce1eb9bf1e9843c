"""The log of calls: what it holds, what it never holds, and that it can be switched off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from qa.llm import errors
from qa.llm.client import LangChainModel
from qa.llm.config import ModelConfig
from qa.llm.model import Budget, Message, Speaker
from qa.llm.traces import TracedModel, spans_to, without_keys
from tests.qa.llm import openai_server as server
from tests.qa.llm.openai_server import Step, serving

KEY = "sk-live-0123456789abcdef"
ASKED = [Message(Speaker.USER, f"我的密钥是 {KEY}，支出是多少？")]


@contextmanager
def talking(step: Step) -> Iterator[LangChainModel]:
    with serving(step) as scripted:
        config = ModelConfig("m", base_url=scripted.url, key=KEY, retries=0)
        with closing(LangChainModel(config)) as model:
            yield model


def calls(path: Path, step: Step, *, streaming: bool = False) -> list[dict[str, object]]:
    with talking(step) as model, suppress(errors.ModelError):
        traced = TracedModel(model, path, key=KEY)
        if streaming:
            list(traced.stream(ASKED, budget=Budget()))
        else:
            traced.complete(ASKED, budget=Budget())
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("streaming", [False, True])
def test_a_call_is_written_down(tmp_path: Path, streaming: bool) -> None:
    (call,) = calls(tmp_path / "log", server.say("支出见表。"), streaming=streaming)
    assert call["reply"] == "支出见表。"
    assert call["model"] == "m"
    assert call["kind"] == ("stream" if streaming else "complete")
    assert {"at", "prompt", "tokens_in", "tokens_out", "seconds", "attempts"} <= call.keys()


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize(
    "step",
    [
        server.say(f"您的密钥 {KEY}"),
        server.status(401, f"Incorrect API key provided: {KEY}"),
        server.status(500, f"Authorization: Bearer {KEY}"),
    ],
)
def test_no_key_is_written_down(tmp_path: Path, step: Step, streaming: bool) -> None:
    path = tmp_path / "log"
    calls(path, step, streaming=streaming)
    assert "0123456789" not in path.read_text(encoding="utf-8")


def test_a_failed_call_says_what_failed(tmp_path: Path) -> None:
    (call,) = calls(tmp_path / "log", server.status(503, "overloaded"))
    assert call["error"] == "ServerFailed"
    assert "overloaded" in str(call["detail"])


def test_only_its_owner_reads_the_log(tmp_path: Path) -> None:
    calls(tmp_path / "log", server.say("好。"))
    assert (tmp_path / "log").stat().st_mode & 0o077 == 0


def test_without_a_log_or_a_place_for_it_calls_go_on(tmp_path: Path) -> None:
    for path in (None, tmp_path / "missing" / "log"):
        with talking(server.say("好。")) as model:
            assert TracedModel(model, path).complete(ASKED, budget=Budget()).text == "好。"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    ["Authorization: Bearer abcdefgh12345", 'api_key="abcdefgh12345"', "sk-abcdefgh12345"],
)
def test_what_looks_like_a_key_is_struck_out(text: str) -> None:
    assert "abcdefgh12345" not in without_keys(text)


def test_telemetry_stays_on_this_machine_while_offline() -> None:
    assert spans_to("", offline=False) is None
    assert spans_to("http://collector.example:4317", offline=True) is None


def test_spans_say_how_a_call_went_and_not_what_was_said() -> None:
    seen: dict[str, object] = {}

    class Span:
        def set_attribute(self, key: str, value: object) -> None:
            seen[key] = value

    @contextmanager
    def spans(name: str) -> Iterator[Span]:
        seen["name"] = name
        yield Span()

    with talking(server.say("支出见表。")) as model:
        TracedModel(model, None, spans=spans).complete(ASKED, budget=Budget())
    assert seen["name"] == "chat m"
    assert seen["gen_ai.usage.output_tokens"] == 7
    assert "支出" not in str(seen)
