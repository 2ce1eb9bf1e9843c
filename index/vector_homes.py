"""Where a library's vectors live: in its own folder, or on a Chroma server that others use too.

A rebuild fills a fresh set beside the current one, so sets are numbered; the ledger says which number
is current.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from index.errors import LibraryError, VectorsError, VectorsUnreachableError
from index.vectors import Vectors, guarded
from ingest.addresses import is_loopback

log = logging.getLogger(__name__)


class VectorHome(Protocol):
    """Opens numbered sets of vectors and deletes those that are not current."""

    def open(self, number: str) -> Vectors: ...

    def drop_others(self, number: str) -> None: ...


class FolderHome:
    """A folder of folders, one a set."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, number: str) -> Vectors:
        """The set of a number, created where it lacks; the caller closes it."""
        return Vectors.in_folder(self._folder / number)

    def drop_others(self, number: str) -> None:
        """Delete every set but one."""
        for path in self._folder.iterdir():
            if path.name != number:
                log.info("deleting left-over vectors %s", path)
                shutil.rmtree(path, ignore_errors=True)


class ServerHome:
    """A Chroma server; the names of a library's collections begin with its key.

    Args:
        url: of the server, such as ``http://127.0.0.1:8000``.
        key: of the library, as others may keep their collections on the same server.
        offline: true where nothing may leave this machine.

    Raises:
        LibraryError: the address is none, or `offline` forbids it.
    """

    def __init__(self, url: str, key: str, *, offline: bool) -> None:
        if offline and not is_loopback(url):
            raise LibraryError(
                f"设置了 offline = true，只能使用本机上的向量服务，而 chroma_url 为 {url}；"
                "如可以联网，请设 offline = false"
            )
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            port = 0
        if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
            raise LibraryError(f"设置 chroma_url 不是网址：{url}；应如 http://127.0.0.1:8000")
        self._url, self._key = url, key
        self._host, self._ssl = parts.hostname, parts.scheme == "https"
        self._port = port or (443 if self._ssl else 80)

    def open(self, number: str) -> Vectors:
        """The set of a number, created where it lacks; the caller closes it.

        Raises:
            VectorsUnreachableError: the server does not answer.
        """
        return Vectors(self._client(), f"{self._key}-{number}-")

    def drop_others(self, number: str) -> None:
        """Delete every set of this library but one; nothing where the server does not answer."""
        try:
            client = self._client()
        except VectorsUnreachableError as error:
            log.warning("left-over vectors stay for now: %s", error)
            return
        with guarded():
            for name in [each.name for each in client.list_collections()]:
                own = name.startswith(f"{self._key}-")
                if own and not name.startswith(f"{self._key}-{number}-"):
                    log.info("deleting left-over vectors %s", name)
                    client.delete_collection(name)
        client.close()

    def _client(self) -> Any:
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        try:
            with guarded():
                return chromadb.HttpClient(
                    host=self._host,
                    port=self._port,
                    ssl=self._ssl,
                    settings=ChromaSettings(anonymized_telemetry=False),
                )
        except VectorsError as error:
            raise VectorsUnreachableError(
                f"连不上向量服务 {self._url}（{error}）；请检查设置 chroma_url 和该服务"
            ) from error
