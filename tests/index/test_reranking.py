"""A cross-encoder, small and untrained but real, in the order of a search."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.errors import LibraryError
from index.library import Library
from index.reranking import Reranker
from ingest.settings import Settings

from .test_library_search import fill

TEXTS = ["水务局收入合计300万元", "教育局机关运行经费", "档案馆", "日常办公用品"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer over single characters, with weights that a seed gives."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification
    from transformers.models.bert import BertTokenizerFast  # type: ignore[attr-defined]

    where = tmp_path_factory.mktemp("cross-encoder")
    chars = sorted(set("".join(TEXTS) + "机关运行经费收入支出用于"))
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *chars]
    (where / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(7)
    config = BertConfig(  # type: ignore[call-arg]
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=256,
        num_labels=1,
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).save_pretrained(where)
    BertTokenizerFast(vocab_file=str(where / "vocab.txt")).save_pretrained(where)
    return where


def scores(folder: Path, query: str, texts: list[str]) -> list[float]:
    """What the model says without sentence-transformers."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model: Any = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    pairs = AutoTokenizer.from_pretrained(folder)(
        [query] * len(texts), texts, padding=True, return_tensors="pt"
    )
    with torch.no_grad():
        found: list[float] = model(**pairs).logits[:, 0].tolist()
    return found


def test_the_order_is_the_models(folder: Path) -> None:
    reranker = Reranker(Settings(reranker=str(folder)))
    order = reranker.order("机关运行经费", TEXTS)
    said = scores(folder, "机关运行经费", TEXTS)
    assert order == sorted(range(len(TEXTS)), key=lambda at: -said[at])
    assert reranker.order("机关运行经费", []) == []


def test_a_search_brings_the_same_passages_in_the_models_order(
    library: Library, settings: Settings, folder: Path
) -> None:
    fill(library)
    plain = library.search_passages("机关运行经费", limit=6)
    with Library.open(replace(settings, reranker=str(folder), rerank_passages=4)) as other:
        ranked = other.search_passages("机关运行经费", limit=6)
    said = scores(folder, "机关运行经费", [hit.text for hit in plain[:4]])
    best = sorted(range(4), key=lambda at: -said[at])
    assert ranked == [*(plain[at] for at in best), *plain[4:]]
    with Library.open(replace(settings, reranker=str(folder))) as other:
        assert len(other.search_passages("机关运行经费", limit=1)) == 1


def test_a_missing_model_says_what_to_do() -> None:
    with pytest.raises(LibraryError, match="reranker"):
        Reranker(Settings(reranker="no-such-org/no-such-model", offline=True))
