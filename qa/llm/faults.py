"""Errors of providers to our own: one class for each thing that a reader can be told."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import httpx2
import openai
from langchain_core import exceptions as langchain_errors

from qa.llm import errors

_TOO_LONG = re.compile(
    r"context[ _](?:length|window)|maximum context|too long|too many tokens|exceeds? the (?:context|limit)",
    re.IGNORECASE,
)
_NO_MONEY = re.compile(r"insufficient_quota|insufficient balance|billing", re.IGNORECASE)
_OTHERS: tuple[tuple[str, type[errors.ModelError]], ...] = (
    ("ContextOverflowError", errors.TooLong),
    ("ModelRateLimitError", errors.RateLimited),
    ("ModelTimeoutError", errors.TooSlow),
    ("ModelConnectionError", errors.Unreachable),
    ("ModelAPIError", errors.ServerFailed),
    ("ModelAuthenticationError", errors.Refused),
    ("ModelPermissionDeniedError", errors.Refused),
    ("ModelNotFoundError", errors.Refused),
    ("ModelInvalidRequestError", errors.Refused),
    ("ModelRefusalError", errors.Refused),
    ("OutputParserException", errors.Malformed),
)


def told(error: BaseException) -> errors.ModelError:
    """The error of ours that says what a provider's, a library's or the network's means."""
    detail = f"{type(error).__name__}: {error}"[:500]
    chain = list(_chain(error))
    for each in chain:
        if isinstance(each, errors.ModelError):
            return each
    if any(isinstance(each, httpx2.RemoteProtocolError | httpx2.ReadError) for each in chain):
        return errors.CutShort(detail)
    if isinstance(error, TimeoutError | asyncio.TimeoutError | openai.APITimeoutError):
        return errors.TooSlow(detail)
    if isinstance(error, httpx2.TimeoutException):
        return errors.TooSlow(detail)
    if isinstance(error, openai.APIConnectionError | httpx2.TransportError | OSError):
        return errors.Unreachable(detail)
    if isinstance(error, openai.APIStatusError):
        return _by_status(error, detail)
    for name, ours in _OTHERS:
        theirs = getattr(langchain_errors, name, None)
        if theirs is not None and isinstance(error, theirs):
            return ours(detail)
    if isinstance(error, openai.APIError):
        # An error that a stream brought in place of a word.
        return (
            errors.TooLong(detail) if _TOO_LONG.search(str(error)) else errors.ServerFailed(detail)
        )
    return errors.Malformed(detail)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _by_status(error: openai.APIStatusError, detail: str) -> errors.ModelError:
    status, words = error.status_code, str(error)
    if status == 413 or (400 <= status < 500 and status != 429 and _TOO_LONG.search(words)):
        return errors.TooLong(detail)
    if status == 429 and not _NO_MONEY.search(words):
        return errors.RateLimited(detail, after=_retry_after(error.response))
    if status in (400, 422, 501):
        return errors.NotOffered(detail)
    if status >= 500 or status in (408, 409):
        return errors.ServerFailed(detail, after=_retry_after(error.response))
    return errors.Refused(detail)


def _retry_after(response: httpx2.Response) -> float | None:
    """Seconds of ``Retry-After``, given as a number or as a date against the server's own clock."""
    given = response.headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(given))
    except ValueError:
        pass
    try:
        there = parsedate_to_datetime(response.headers.get("date", ""))
        return max(0.0, (parsedate_to_datetime(given) - there).total_seconds())
    except (TypeError, ValueError):
        return None
