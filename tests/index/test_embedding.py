"""The built-in model, other models, and LangChain's side of both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from index import langchain_embeddings
from index.embedding import BUILTIN_FOLDER, StaticEncoder, fingerprint, is_provider, load_encoder
from index.errors import LibraryError
from ingest.settings import Settings

TEXTS = ["机关运行经费支出56.4万元", "公务接待费", "收入支出决算总表 " * 50, "", "。", "ABC 12"]


@pytest.fixture(scope="module")
def builtin() -> StaticEncoder:
    return StaticEncoder(BUILTIN_FOLDER)


def test_rows_have_length_one_or_say_nothing(builtin: StaticEncoder) -> None:
    rows = builtin.documents(TEXTS)
    assert rows.shape == (len(TEXTS), 256)
    assert rows.dtype == np.float32
    lengths = np.linalg.norm(rows, axis=1)
    assert np.allclose(lengths, [1, 1, 1, 0, 0, 1], atol=1e-6)
    assert builtin.documents([]).shape == (0, 256)


def test_question_is_read_as_a_document_is(builtin: StaticEncoder) -> None:
    assert np.array_equal(builtin.query(TEXTS[0]), builtin.documents(TEXTS[:1])[0])
    prefixed = StaticEncoder(BUILTIN_FOLDER, "查询：")
    assert np.array_equal(prefixed.query("经费"), builtin.query("查询：经费"))


def test_near_texts_are_nearer(builtin: StaticEncoder) -> None:
    question, near, far = builtin.documents(
        ["学校什么时候建成？", "这所大学建于1920年。", "该河流全长三百公里。"]
    )
    assert question @ near > question @ far


def test_model2vec_reads_the_same(builtin: StaticEncoder) -> None:
    from model2vec import StaticModel

    theirs = StaticModel.from_pretrained(BUILTIN_FOLDER, force_download=False).encode(TEXTS)
    assert np.allclose(builtin.documents(TEXTS), theirs, atol=1e-5)


def test_fingerprint_follows_the_files(tmp_path: Path) -> None:
    settings = Settings(embedder=str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"a" * 300_000)
    first = fingerprint(settings)
    (tmp_path / "README.md").write_text("words")
    assert fingerprint(settings) == first
    (tmp_path / "model.safetensors").write_bytes(b"a" * 299_999 + b"b")
    assert fingerprint(settings) != first
    assert fingerprint(Settings()).startswith("builtin:")
    assert fingerprint(Settings(embedder="org/model")) == "name:org/model"


@pytest.mark.parametrize(
    ("name", "provider"),
    [
        ("builtin", False),
        ("openai:bge-m3", True),
        ("org/model", False),
        ("C:\\models\\bge", False),
        ("/models/bge", False),
    ],
)
def test_provider_names(name: str, provider: bool) -> None:
    assert is_provider(Settings(embedder=name)) is provider


def test_nothing_leaves_the_machine_when_offline() -> None:
    with pytest.raises(LibraryError, match="offline"):
        load_encoder(Settings(embedder="openai:bge-m3", offline=True))


def test_missing_model_says_what_to_do() -> None:
    with pytest.raises(LibraryError, match="builtin"):
        load_encoder(Settings(embedder="no-such-org/no-such-model", offline=True))


def test_langchain_both_ways(builtin: StaticEncoder) -> None:
    ours = langchain_embeddings.EncoderEmbeddings(builtin)
    assert ours.embed_query("经费") == ours.embed_documents(["经费"])[0]
    theirs = langchain_embeddings.EmbeddingsEncoder(DeterministicFakeEmbedding(size=8))
    assert np.allclose(np.linalg.norm(theirs.documents(["一", "二"]), axis=1), 1)
    assert theirs.query("一").shape == (8,)


def test_provider_is_loaded_through_langchain(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = DeterministicFakeEmbedding(size=8)
    monkeypatch.setattr("langchain.embeddings.init_embeddings", lambda _name: fake)
    encoder = load_encoder(Settings(embedder="openai:bge-m3", offline=False))
    assert encoder.documents(["一"]).shape == (1, 8)


def test_sentence_transformers_reads_the_folder(builtin: StaticEncoder, tmp_path: Path) -> None:
    encoder = load_encoder(replace(Settings(), embedder=str(BUILTIN_FOLDER)))
    rows = encoder.documents(TEXTS[:3])
    assert np.allclose(rows, builtin.documents(TEXTS[:3]), atol=1e-3)
