"""The real client against a real server on this machine: what comes back, and every fault."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from pydantic import BaseModel

from qa.llm import errors
from qa.llm.client import LangChainModel
from qa.llm.config import ModelConfig
from qa.llm.model import Budget, Message, Speaker
from tests.qa.llm import openai_server as server
from tests.qa.llm.openai_server import Scripted, Step, serving

ASKED = [Message(Speaker.SYSTEM, "只选编号。"), Message(Speaker.USER, "支出是多少？")]


class Choice(BaseModel):
    unit: str
    years: list[int] = []


@contextmanager
def talking(*script: Step, **changes: object) -> Iterator[tuple[LangChainModel, Scripted]]:
    with serving(*script) as scripted:
        config = ModelConfig("scripted", base_url=scripted.url, call_seconds=1.0, retries=0)
        with closing(LangChainModel(replace(config, **changes))) as model:  # type: ignore[arg-type]
            yield model, scripted


def test_words_come_back_with_their_tokens() -> None:
    with talking(server.say("支出见表。")) as (model, scripted):
        budget = Budget()
        reply = model.complete(ASKED, budget=budget)
        assert (reply.text, reply.tokens_in, reply.tokens_out) == ("支出见表。", 11, 7)
        assert budget.spent.tokens == 18
        assert [m["role"] for m in scripted.requests[0]["messages"]] == ["system", "user"]
        assert scripted.requests[0]["max_tokens"] == 1500


def test_thoughts_aloud_are_no_reply() -> None:
    with talking(server.say("<think>先看 {表}</think>\n支出见表。")) as (model, _):
        assert model.complete(ASKED, budget=Budget()).text == "支出见表。"
        assert "".join(model.stream(ASKED, budget=Budget())) == "支出见表。"


@pytest.mark.parametrize(
    ("way", "script"),
    [
        ("tools", server.call(unit="u1", years=[2022])),
        ("json", server.only_way("json", server.call(unit="u1", years=[2022]))),
        ("text", server.only_way("text", server.call(unit="u1", years=[2022]))),
    ],
)
def test_a_set_form_comes_in_whatever_way_the_server_knows(way: str, script: Step) -> None:
    with talking(script) as (model, _):
        for _turn in range(2):
            reply = model.complete(ASKED, schema=Choice, budget=Budget())
            assert reply.data == Choice(unit="u1", years=[2022])
        assert model.way == way


def test_a_form_between_words_is_found() -> None:
    fenced = '好的，结果如下：\n```json\n{"unit": "u2"}\n```'
    with talking(server.say(fenced), output="text") as (model, _):
        assert model.complete(ASKED, schema=Choice, budget=Budget()).data == Choice(unit="u2")


def test_a_stream_comes_in_pieces() -> None:
    with talking(server.say("甲局支出见{{v1}}。", pieces=4)) as (model, scripted):
        pieces = list(model.stream(ASKED, budget=Budget()))
        assert "".join(pieces) == "甲局支出见{{v1}}。"
        assert len(pieces) > 1
        assert scripted.requests[0]["stream"] is True


TALK: list[tuple[str, Step, type[errors.ModelError]]] = [
    ("slow", server.slow(3), errors.TooSlow),
    ("dripping", server.dripping(0.05), errors.TooSlow),
    ("429", server.status(429), errors.RateLimited),
    ("no money", server.status(429, "insufficient_quota"), errors.Refused),
    ("500", server.status(500), errors.ServerFailed),
    ("503", server.status(503), errors.ServerFailed),
    ("key", server.status(401, "Incorrect API key"), errors.Refused),
    ("model", server.status(404, "no such model"), errors.Refused),
    ("redirect", server.status(307, location="http://192.0.2.1/v1"), errors.Refused),
    (
        "context",
        server.status(400, "maximum context length is 4096 tokens"),
        errors.TooLong,
    ),
    ("413", server.status(413), errors.TooLong),
    ("broken JSON", server.raw(b'{"choices": [{"mess'), errors.ModelError),
    ("another protocol", server.raw(b'{"ok": true}'), errors.Malformed),
    ("a web page", server.raw(b"<html>login</html>", "text/html"), errors.Malformed),
    ("half a body", server.raw(b'{"id": 1', length=5000), errors.CutShort),
    ("endless", server.endless(), errors.CutShort),
    ("empty", server.say(""), errors.Empty),
    ("blank", server.say(" \n"), errors.Empty),
    ("limit of tokens", server.say("支出", finish="length"), errors.CutShort),
    ("thoughts alone", server.say("<think>想"), errors.Empty),
]


@pytest.mark.parametrize(("step", "error"), [t[1:] for t in TALK], ids=[t[0] for t in TALK])
def test_each_fault_is_one_error_of_ours(step: Step, error: type[errors.ModelError]) -> None:
    with talking(step) as (model, _), pytest.raises(error):
        model.complete(ASKED, budget=Budget())


STREAMS: list[tuple[str, Step, type[errors.ModelError]]] = [
    *(t for t in TALK if t[0] in ("slow", "dripping", "429", "503", "endless", "empty")),
    ("truncated", server.say("支出见表。", finish=None), errors.CutShort),
    ("limit of tokens", server.say("支出见表。", finish="length"), errors.CutShort),
]


@pytest.mark.parametrize(("step", "error"), [t[1:] for t in STREAMS], ids=[t[0] for t in STREAMS])
def test_each_fault_of_a_stream_too(step: Step, error: type[errors.ModelError]) -> None:
    with talking(step) as (model, _), pytest.raises(error):
        list(model.stream(ASKED, budget=Budget()))


FORMS: list[tuple[str, Step]] = [
    ("broken", server.call_raw('{"unit": ')),
    ("another form", server.call(name="u1")),
    ("words", server.say("I think it is unit one.")),
    ("a list", server.call_raw("[1]")),
]


@pytest.mark.parametrize("step", [t[1] for t in FORMS], ids=[t[0] for t in FORMS])
def test_a_reply_of_another_form_is_refused(step: Step) -> None:
    with talking(step) as (model, _), pytest.raises(errors.Malformed):
        model.complete(ASKED, schema=Choice, budget=Budget())


def test_nobody_answers_the_door() -> None:
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}/v1"
        model = LangChainModel(ModelConfig("none", base_url=url, retries=0))
        with closing(model), pytest.raises(errors.Unreachable):
            model.complete(ASKED, budget=Budget())


def test_what_may_come_out_better_is_tried_again() -> None:
    script = (server.status(503), server.say(""), server.say("好。"))
    with talking(*script, retries=2) as (model, scripted):
        reply = model.complete(ASKED, budget=Budget())
        assert (reply.text, reply.attempts, len(scripted.requests)) == ("好。", 3, 3)


def test_what_cannot_come_out_better_is_not() -> None:
    with talking(server.status(401), retries=5) as (model, scripted):
        with pytest.raises(errors.Refused):
            model.complete(ASKED, schema=Choice, budget=Budget())
        assert len(scripted.requests) == 1


def test_the_server_says_how_long_to_wait() -> None:
    waits: list[float] = []

    class Noted(Budget):
        def wait(self, seconds: float) -> None:
            waits.append(seconds)

    script = (server.status(429, retry_after="7"), server.say("好。"))
    with talking(*script, retries=1) as (model, _):
        assert model.complete(ASKED, budget=Noted()).text == "好。"
    assert waits == [7.0]


def test_a_wait_longer_than_the_question_may_take_is_not_begun() -> None:
    with talking(server.status(429, retry_after="3600"), retries=3) as (model, scripted):
        with pytest.raises(errors.RateLimited) as caught:
            model.complete(ASKED, budget=Budget(seconds=10))
        assert caught.value.after == 3600.0
        assert len(scripted.requests) == 1


def test_a_question_has_a_budget_of_tokens_over_all_its_calls() -> None:
    with talking(server.say("好。")) as (model, scripted):
        budget = Budget(tokens=30)
        model.complete(ASKED, budget=budget)
        with pytest.raises(errors.OutOfBudget):
            model.complete([*ASKED, *ASKED], budget=budget)
        assert len(scripted.requests) == 1


@pytest.mark.parametrize("streaming", [False, True])
def test_a_cancelled_question_stops_its_call(streaming: bool) -> None:
    with talking(server.dripping(0.02), call_seconds=30.0) as (model, scripted):
        budget = Budget()
        threading.Timer(0.2, budget.cancel).start()
        ask: Callable[[], object] = (
            (lambda: list(model.stream(ASKED, budget=budget)))
            if streaming
            else (lambda: model.complete(ASKED, budget=budget))
        )
        with pytest.raises(errors.Cancelled):
            ask()
        assert scripted.hung_up.wait(10)
        with pytest.raises(errors.Cancelled):
            model.complete(ASKED, budget=budget)


def test_a_stream_that_nobody_reads_on_is_closed() -> None:
    with talking(server.endless(), call_seconds=30.0) as (model, scripted):
        pieces = model.stream(ASKED, budget=Budget())
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]
        assert scripted.hung_up.wait(10)


def test_the_key_goes_to_the_server_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    with talking(server.status(401, "wrong key sk-abc"), key="sk-abc") as (model, scripted):
        caplog.set_level("DEBUG")
        with pytest.raises(errors.Refused):
            model.complete(ASKED, budget=Budget())
        assert scripted.headers[0]["authorization"] == "Bearer sk-abc"
    assert "sk-abc" not in repr(model._config)


def test_environments_of_others_lead_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies, tracing services and gateways that the environment names are passed by."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY"):
        monkeypatch.setenv(name, "http://192.0.2.1:3128")
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    with talking(server.say("好。")) as (model, scripted):
        assert model.complete(ASKED, budget=Budget()).text == "好。"
        assert "sk-of" not in str(scripted.headers)
