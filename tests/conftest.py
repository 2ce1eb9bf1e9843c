"""No test is judged by how long it takes: machines differ, and other work goes on beside it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import settings

from tests.postgres_server import ABSENT, PostgresServer, program

settings.register_profile("gouji", deadline=None)
settings.load_profile("gouji")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Spare the collector of cycles the modules and tests that stay until the end.

    A fifth of the time would go into looking at them again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@contextmanager
def _running() -> Iterator[PostgresServer]:
    if program("initdb") is None:
        pytest.skip(ABSENT)
    running = PostgresServer()
    try:
        yield running
    finally:
        running.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server that all tests share; each library has a schema of its own in it."""
    with _running() as running:
        yield running


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A server that a test may stop."""
    with _running() as running:
        yield running
