"""A library whose vectors live on a real Chroma server, beside another library's."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import chromadb
import httpx
import pytest

from index.errors import LibraryError, VectorsUnreachableError
from index.library import Library
from index.vector_homes import ServerHome
from ingest.settings import Settings

from .conftest import read_tiny
from .test_library_search import UNITS, fill

CHROMA = shutil.which("chroma", path=str(Path(sys.executable).parent))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """Chroma's own server on this machine, which can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        assert CHROMA is not None
        command = [CHROMA, "run", "--path", str(self.folder), "--host", "127.0.0.1"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(600):
            try:
                httpx.get(f"{self.url}/api/v2/heartbeat", timeout=1, trust_env=False)
                return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    if CHROMA is None:
        pytest.skip("没有 chroma 命令")
    running = Server(tmp_path / "server")
    yield running
    running.stop()


@pytest.fixture
def on_server(settings: Settings, server: Server) -> Settings:
    return replace(settings, chroma_url=server.url)


def names(server: Server) -> set[str]:
    client = chromadb.HttpClient(host="127.0.0.1", port=server.port)
    return {each.name for each in client.list_collections()}


def test_the_same_hits_as_from_a_folder(
    on_server: Settings, settings: Settings, tmp_path: Path
) -> None:
    with Library.open(on_server, reader=read_tiny) as library:
        fill(library)
        found = library.search_passages("机关运行经费")
        assert library.consistency() == []
    with Library.open(replace(settings, data_dir=tmp_path / "own"), reader=read_tiny) as library:
        fill(library)
        expected = library.search_passages("机关运行经费")
    # Chroma's server and its files round the last bits of a cosine differently.
    assert [hit.text for hit in found] == [hit.text for hit in expected]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], abs=1e-4)


def test_two_libraries_share_a_server(on_server: Settings, server: Server, tmp_path: Path) -> None:
    other = replace(on_server, data_dir=tmp_path / "other")
    with (
        Library.open(on_server, reader=read_tiny) as first,
        Library.open(other, reader=read_tiny) as second,
    ):
        ids = fill(first)
        second.add_bytes("another.txt", "@某市林业局 2023\n# 一、收入\n收入合计7万元\n".encode())
        assert len(first.search_passages("收入", limit=40)) >= len(UNITS)
        assert {hit.report for hit in second.search_passages("收入")} == {1}
        first.remove(ids["教育局"])
        first.rebuild()
        assert first.consistency() == []
        assert second.consistency() == []
    assert len(names(server)) == 4


def test_a_server_that_is_down_leaves_words(on_server: Settings, server: Server) -> None:
    with Library.open(on_server, reader=read_tiny) as library:
        fill(library)
        server.stop()
        assert library.search_passages("机关运行经费")
    with Library.open(on_server, reader=read_tiny) as library:
        assert library.search_passages("机关运行经费")
        with pytest.raises(VectorsUnreachableError, match="chroma_url"):
            library.add_bytes("new.txt", "@某市林业局 2023\n# 一、收入\n收入合计7万元\n".encode())
    server.start()
    with Library.open(on_server, reader=read_tiny) as library:
        assert library.consistency() == []
        assert len(library.reports()) == len(UNITS)


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://", "http://127.0.0.1:x"]
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(LibraryError, match="chroma_url"):
        ServerHome(url, "gouji-x", offline=False)


def test_offline_keeps_vectors_on_this_machine() -> None:
    with pytest.raises(LibraryError, match="offline"):
        ServerHome("http://vectors.example:8000", "gouji-x", offline=True)
    ServerHome("https://vectors.example", "gouji-x", offline=False)
