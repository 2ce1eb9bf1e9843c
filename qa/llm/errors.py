# ruff: noqa: N818 - each name says what happened, not that it is an error
"""What can go wrong with a language model: each ends in the rules' answer and one line of notice."""

from __future__ import annotations


class ModelError(Exception):
    """A call brought nothing that can be used.

    Attributes:
        retryable: asking the same once more may help.
        zh, en: one line for the reader, without the provider's own words.
        after: seconds that the server asks to wait, or None.
        detail: what the provider said, for the trace alone.
    """

    retryable = False
    zh = "模型没有给出可用的回答，以下只用规则作答。"
    en = "The model gave no usable reply; this answer is by rules alone."

    def __init__(self, detail: str = "", *, after: float | None = None) -> None:
        super().__init__(detail or self.en)
        self.detail = detail
        self.after = after


class Unreachable(ModelError):
    """No connection: refused, reset, no such host."""

    retryable = True
    zh = "连不上模型服务，以下只用规则作答。"
    en = "The model server cannot be reached; this answer is by rules alone."


class TooSlow(ModelError):
    """No reply within the time allowed for one call."""

    retryable = True
    zh = "模型在限定时间内没有回答，以下只用规则作答。"
    en = "The model did not reply in time; this answer is by rules alone."


class RateLimited(ModelError):
    """Too many requests (429)."""

    retryable = True
    zh = "模型服务限制了调用次数，以下只用规则作答。"
    en = "The model server limits the rate of calls; this answer is by rules alone."


class ServerFailed(ModelError):
    """The server's own fault (5xx)."""

    retryable = True
    zh = "模型服务出错，以下只用规则作答。"
    en = "The model server failed; this answer is by rules alone."


class Refused(ModelError):
    """The request was turned down (4xx): key, name of the model, address."""

    zh = "模型服务拒绝了请求，请检查密钥、模型名称和地址；以下只用规则作答。"
    en = "The model server refused: check key, model and address; this answer is by rules alone."


class NotOffered(Refused):
    """The request was turned down as such: the server may lack tools or JSON mode."""


class TooLong(ModelError):
    """The prompt does not fit the model's context."""

    zh = "问题和资料超出了模型的长度上限，以下只用规则作答。"
    en = "Question and material are too long for the model; this answer is by rules alone."


class CutShort(ModelError):
    """The reply ended in its middle: a truncated stream, or the limit of tokens."""

    retryable = True
    zh = "模型的回答中途断了，以下只用规则作答。"
    en = "The model's reply was cut short; this answer is by rules alone."


class Malformed(ModelError):
    """No JSON of the form that was asked for, or another protocol altogether."""

    retryable = True
    zh = "模型的回答不合规定的格式，以下只用规则作答。"
    en = "The model's reply has another form than asked for; this answer is by rules alone."


class Empty(ModelError):
    """A reply without a word."""

    retryable = True
    zh = "模型的回答是空的，以下只用规则作答。"
    en = "The model's reply is empty; this answer is by rules alone."


class WrongLanguage(ModelError):
    """A reply in another language than the one asked for."""

    retryable = True
    zh = "模型没有用所要求的语言回答，以下只用规则作答。"
    en = "The model replied in another language; this answer is by rules alone."


class OutOfBudget(ModelError):
    """The seconds or tokens that one question may take are spent."""

    zh = "这个问题可用的模型时间或字数已用完，以下只用规则作答。"
    en = "The question's budget for the model is spent; this answer is by rules alone."


class Cancelled(ModelError):
    """The asker stopped the question."""

    zh = "已停止调用模型，以下只用规则作答。"
    en = "The call of the model was stopped; this answer is by rules alone."


class NoNetwork(ModelError):
    """With ``offline = true`` only a server on this machine may be asked."""

    zh = "设置了 offline = true，只能使用本机上的模型服务；以下只用规则作答。"
    en = "offline = true allows a model on this machine only; this answer is by rules alone."
