"""Asking again: a bounded number of times, as long as the server wishes, within the budget."""

from __future__ import annotations

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from qa.llm.budget import Budget
from qa.llm.errors import ModelError

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 8.0


def retrying(budget: Budget, retries: int) -> Retrying:
    """Attempts at one call; the last error is raised as it is.

    Repeated is what may come out better (`ModelError.retryable`), where the pause, the server's
    own (Retry-After) or one that doubles, ends before the question's time does.
    """

    def worth_it(error: BaseException) -> bool:
        if not isinstance(error, ModelError) or not error.retryable:
            return False
        return (error.after or 0.0) < budget.seconds_left() and not budget.spent.stopped.is_set()

    return Retrying(
        stop=stop_after_attempt(retries + 1),
        retry=retry_if_exception(worth_it),
        wait=_pause,
        sleep=budget.wait,
        reraise=True,
    )


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, ModelError) and error.after is not None:
        return error.after
    return min(_FIRST_PAUSE * 2.0 ** (state.attempt_number - 1), _LONGEST_PAUSE)
