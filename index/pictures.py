"""Drawing a page of a stored report, in a process of its own: files are hostile here as well."""

from __future__ import annotations

from concurrent.futures import TimeoutError as Late

from pebble import ProcessExpired

from index.confined import Limits, progress_slots, start_pool
from index.errors import LibraryError
from index.store import Store
from ingest.model import Document, Span
from ingest.pages import Picture, picture
from ingest.readers.errors import UnreadableFile


def draw(
    store: Store,
    document: Document,
    page: int | None,
    figure: int | None,
    spans: tuple[Span, ...] = (),
) -> Picture:
    """The page, or the page of a figure with the figure boxed; see `ingest.pages.picture`.

    Raises:
        LibraryError: there is no such page, or it cannot be drawn within the limits.
    """
    limits = Limits.of(store.settings)
    data = store.read_file(document.sha256)
    pool = start_pool(1, limits, progress_slots(1))
    try:
        future = pool.schedule(
            picture, args=(data, document, page, figure, spans), timeout=limits.page_seconds
        )
        return future.result()
    except UnreadableFile as error:
        raise LibraryError(str(error)) from error
    except (Late, ProcessExpired, MemoryError) as error:
        raise LibraryError(
            f"{document.name}：画出页面超过 {limits.page_seconds} 秒或内存的上限，已停止"
        ) from error
    finally:
        pool.stop()
        pool.join()
