"""A plain pipeline of LangChain, to stand beside ours: load, split, embed, keep in Chroma, fetch.

It has what most programs of the kind have and nothing more: files are read as text, cut by
`RecursiveCharacterTextSplitter`, embedded by the same model as our passages and fetched by cosine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter

from index.embedding import load_encoder
from index.langchain_embeddings import EncoderEmbeddings
from ingest.readers.encoding import decode, detect
from ingest.settings import Settings

CHUNK = 300
"""Characters of a chunk: about the size of our passages."""

OVERLAP = 50
# LangChain's own advice for languages without spaces between words.
_SEPARATORS = ["\n\n", "\n", "。", "！", "？", "；", "，", " ", ""]
_BATCH = 1000


class ReportLoader(BaseLoader):
    """Files as one text each, their encoding found as our readers find it."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files

    def lazy_load(self) -> Iterator[Document]:
        for path in self._files:
            data = path.read_bytes()
            text = decode(data, detect(data, path.name).encoding)
            yield Document(text, metadata={"source": path.name})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A fetched piece: the file it is from, where it stands in the file's text, and itself."""

    file: str
    start: int
    text: str


class Baseline:
    """The pipeline over `files`; `seconds` is what loading them took."""

    def __init__(self, files: Sequence[Path], folder: Path, settings: Settings) -> None:
        start = time.perf_counter()
        splitter = RecursiveCharacterTextSplitter(
            _SEPARATORS, chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True
        )
        chunks = splitter.split_documents(ReportLoader(files).load())
        self._store = Chroma(
            "baseline",
            EncoderEmbeddings(load_encoder(settings)),
            persist_directory=str(folder),
            client_settings=ChromaSettings(anonymized_telemetry=False, is_persistent=True),
            collection_configuration={"hnsw": {"space": "cosine"}},
        )
        for first in range(0, len(chunks), _BATCH):
            self._store.add_documents(chunks[first : first + _BATCH])
        self.chunks = len(chunks)
        self.seconds = time.perf_counter() - start

    def fetch(self, question: str, count: int) -> list[Chunk]:
        """The `count` chunks nearest to the question, best first."""
        found = self._store.similarity_search(question, k=count)
        return [
            Chunk(each.metadata["source"], each.metadata["start_index"], each.page_content)
            for each in found
        ]
