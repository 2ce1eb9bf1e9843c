"""Train the built-in embedding model from questions and the paragraphs that answer them.

    python -m index.train --out index/data/builtin --holdout 0.1 pairs1.json pairs2.json

An input file is JSON in one of three forms::

    [{"question": "…", "paragraph": "…", "title": "…", "answers": ["…"]}, …]
    {"paras": [{"text": "…", "title": "…"}], "qas": [{"q": "…", "pid": 0, "ans": ["…"]}]}
    {"data": [{"title": "…", "paragraphs": [{"context": "…", "qas": [
        {"question": "…", "answers": [{"text": "…"}]}]}]}]}

`title` and `answers` may be left out. The second form names each paragraph once; `pid` counts
from 0. The third is that of SQuAD, in which DRCD, CMRC 2018 and others are published. The result is
a folder that model2vec and sentence-transformers both load: a Unigram tokenizer, one int8 row and
one scale per piece.

Method: term vectors of latent semantic analysis (tf-idf, truncated SVD) over the paragraphs,
then multiple-negatives ranking (Henderson et al. 2017, "Efficient natural language response
suggestion") over four kinds of pair: question and paragraph, question and the piece with the
answer, title and a piece, a sentence and its surroundings (inverse cloze, Lee et al. 2019).
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse  # type: ignore[import-untyped]
import torch
from sklearn.decomposition import TruncatedSVD  # type: ignore[import-untyped]
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from torch.nn import functional

log = logging.getLogger(__name__)

Matrix = npt.NDArray[np.float32]
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]?")
_PIECE = 200  # characters of a piece of a paragraph
_SCALE = 20.0  # inverse temperature of the ranking loss


class TrainingError(ValueError):
    """A training file is not in a form that `read_samples` knows."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A question and the paragraph that answers it."""

    question: str
    paragraph: str
    title: str = ""
    answers: tuple[str, ...] = ()


class Pair(NamedTuple):
    """Two texts that should lie close; texts of one `group` are no negatives of each other."""

    left: str
    right: str
    group: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. The defaults take about 90 seconds on two cores for 9,000 questions."""

    pieces: int = 16_000
    dimensions: int = 256
    epochs: int = 10
    batch: int = 2048
    rate: float = 1e-2
    drop: float = 0.2  # share of the tokens left out of a text at each step
    cloze: int = 6  # sentences of a paragraph that serve as questions
    seed: int = 0


def read_samples(path: Path) -> list[Sample]:
    """The samples of a training file (see the module's text for the forms).

    Raises:
        TrainingError: the file is in none of them.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found, list):
            return [_sample(each) for each in found]
        return list(_squad(found["data"]) if "data" in found else _numbered(found))
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        raise TrainingError(f"{path}：不是训练数据（{error!r}）；格式见 index/train.py") from error


def _sample(each: dict[str, Any]) -> Sample:
    answers = tuple(each.get("answers", ()))
    return Sample(each["question"], each["paragraph"], each.get("title", ""), answers)


def _numbered(found: dict[str, Any]) -> Iterator[Sample]:
    for each in found["qas"]:
        paragraph = found["paras"][each["pid"]]
        answers = tuple(each.get("ans", ()))
        yield Sample(each["q"], paragraph["text"], paragraph.get("title", ""), answers)


def _squad(articles: Sequence[dict[str, Any]]) -> Iterator[Sample]:
    """Questions without an answer (SQuAD 2.0's `is_impossible`) are left out."""
    for article in articles:
        for paragraph in article["paragraphs"]:
            for each in paragraph["qas"]:
                answers = tuple(answer["text"] for answer in each.get("answers", ()))
                if answers and not each.get("is_impossible", False):
                    text, title = paragraph["context"], article.get("title", "")
                    yield Sample(each["question"], text, title, answers)


def split(samples: Sequence[Sample], share: float) -> tuple[list[Sample], list[Sample]]:
    """(training, held out): all samples of a title fall on one side, the same at every run."""
    training: list[Sample] = []
    held: list[Sample] = []
    for sample in samples:
        key = sample.title or sample.paragraph
        bucket = zlib.crc32(key.encode()) % 1000
        (held if bucket < share * 1000 else training).append(sample)
    return training, held


def pieces_of(text: str, size: int = _PIECE) -> list[str]:
    """`text` in pieces of whole sentences, each of about `size` characters."""
    pieces: list[str] = []
    current = ""
    for sentence in _SENTENCE.findall(text):
        if current and len(current) + len(sentence) > size:
            pieces.append(current)
            current = ""
        current += sentence
    return [*pieces, current] if current else pieces


def training_pairs(samples: Sequence[Sample], recipe: Recipe) -> list[Pair]:
    """All pairs of the four kinds, in a fixed order."""
    pairs: list[Pair] = []
    for sample in samples:
        pairs.append(Pair(sample.question, sample.paragraph, sample.paragraph))
        holding = [p for p in pieces_of(sample.paragraph) if any(a in p for a in sample.answers)]
        if holding:
            pairs.append(Pair(sample.question, holding[0], sample.paragraph))
    chance = random.Random(recipe.seed)  # noqa: S311 - sampling, no secret
    for paragraph, title in _paragraphs(samples).items():
        if title:
            pairs.append(Pair(title, chance.choice(pieces_of(paragraph)), title))
        pairs.extend(_cloze(paragraph, recipe.cloze, chance))
    return pairs


def _paragraphs(samples: Sequence[Sample]) -> dict[str, str]:
    return {sample.paragraph: sample.title for sample in samples if sample.paragraph.strip()}


def _cloze(paragraph: str, count: int, chance: random.Random) -> Iterator[Pair]:
    sentences = [s for s in _SENTENCE.findall(paragraph) if len(s) > 8]
    if len(sentences) < 3:
        return
    for index in chance.sample(range(len(sentences)), min(count, len(sentences))):
        around = sentences[max(0, index - 3) : index] + sentences[index + 1 : index + 4]
        yield Pair(sentences[index], "".join(around), paragraph)


def train_tokenizer(texts: Sequence[str], recipe: Recipe) -> Tokenizer:
    """A Unigram tokenizer over runs of Chinese characters and of letters and digits."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(
        Regex(r"[\p{Han}]+|[a-z0-9.]+"), "removed", invert=True
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=recipe.pieces,
        unk_token="[UNK]",  # noqa: S106 - a token of the vocabulary
        special_tokens=["[UNK]"],
        max_piece_length=4,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def _ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[npt.NDArray[np.int64]]:
    unknown = tokenizer.token_to_id("[UNK]")
    encoded = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    # model2vec leaves unknown pieces out, so training does too.
    found = [np.array([i for i in each.ids if i != unknown], dtype=np.int64) for each in encoded]
    return [each if len(each) else np.array([unknown], dtype=np.int64) for each in found]


def lsa_start(tokenizer: Tokenizer, texts: Sequence[str], recipe: Recipe) -> Matrix:
    """Row vectors of the pieces from a truncated SVD of the tf-idf matrix of `texts`.

    Rows are as long as the piece's inverse document frequency; pieces seen in fewer than two
    texts get a random direction.
    """
    size = tokenizer.get_vocab_size()
    rows = [Counter(each.tolist()) for each in _ids(tokenizer, texts)]
    frequency = np.zeros(size)
    for row in rows:
        frequency[list(row)] += 1
    idf = np.log(1 + (len(rows) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    data = [(1 + np.log(n)) * idf[k] for row in rows for k, n in row.items()]
    where = [(i, k) for i, row in enumerate(rows) for k in row]
    index = np.array(where).T
    matrix = sparse.csr_matrix((data, (index[0], index[1])), shape=(len(rows), size))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = sparse.diags(1 / np.maximum(lengths, 1e-9)) @ matrix
    svd = TruncatedSVD(recipe.dimensions, n_iter=3, random_state=recipe.seed).fit(matrix)
    learnt = svd.components_.T.astype(np.float32)
    learnt *= idf[:, None] / np.maximum(np.linalg.norm(learnt, axis=1, keepdims=True), 1e-9)
    generator = np.random.default_rng(recipe.seed)
    chance = generator.standard_normal((size, recipe.dimensions), dtype=np.float32)
    chance *= idf[:, None] / recipe.dimensions**0.5
    start: Matrix = np.where((frequency > 1)[:, None], learnt, chance).astype(np.float32)
    return start


class _Bag(torch.nn.Module):
    """The mean of the rows of a text, of length one."""

    def __init__(self, start: Matrix) -> None:
        super().__init__()
        self.rows = torch.nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(start.copy()), freeze=False, mode="mean"
        )

    def forward(self, texts: Sequence[npt.NDArray[np.int64]]) -> torch.Tensor:
        lengths = [len(each) for each in texts]
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)
        flat = torch.from_numpy(np.concatenate(texts))
        means: torch.Tensor = self.rows(flat, torch.from_numpy(starts))
        return functional.normalize(means, dim=1)


def fit(tokenizer: Tokenizer, start: Matrix, pairs: Sequence[Pair], recipe: Recipe) -> Matrix:
    """`start` after multiple-negatives ranking over `pairs`."""
    torch.manual_seed(recipe.seed)
    generator = np.random.default_rng(recipe.seed)
    left = _ids(tokenizer, [pair.left for pair in pairs])
    right = _ids(tokenizer, [pair.right for pair in pairs])
    names: dict[str, int] = {}
    groups = np.array([names.setdefault(pair.group, len(names)) for pair in pairs])
    bag = _Bag(start)
    optimizer = torch.optim.Adam(bag.parameters(), lr=recipe.rate)
    size = min(recipe.batch, len(pairs))
    steps = recipe.epochs * (len(pairs) // size)
    for step, batch in enumerate(_batches(len(pairs), size, recipe.epochs, generator)):
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate * max(0.02, 1 - step / steps)
        a = bag([_dropped(left[i], recipe.drop, generator) for i in batch])
        b = bag([_dropped(right[i], recipe.drop, generator) for i in batch])
        loss = _ranking_loss(a, b, torch.from_numpy(groups[batch]))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        if (step + 1) % (len(pairs) // size) == 0:
            log.info("epoch %d loss %.3f", (step + 1) // (len(pairs) // size), loss.item())
    trained: Matrix = bag.rows.weight.detach().numpy()
    return trained


def _batches(
    count: int, size: int, epochs: int, generator: np.random.Generator
) -> Iterator[npt.NDArray[np.int64]]:
    for _ in range(epochs):
        order = generator.permutation(count)
        for first in range(0, count - size + 1, size):
            yield order[first : first + size]


def _dropped(
    ids: npt.NDArray[np.int64], share: float, generator: np.random.Generator
) -> npt.NDArray[np.int64]:
    if len(ids) < 3:
        return ids
    kept = ids[generator.random(len(ids)) >= share]
    return kept if len(kept) else ids


def _ranking_loss(a: torch.Tensor, b: torch.Tensor, groups: torch.Tensor) -> torch.Tensor:
    scores = _SCALE * a @ b.T
    same = groups[:, None] == groups[None, :]
    same.fill_diagonal_(False)
    scores = scores.masked_fill(same, -1e4)
    wanted = torch.arange(len(scores))
    both = functional.cross_entropy(scores, wanted) + functional.cross_entropy(scores.T, wanted)
    return both / 2


def save(folder: Path, tokenizer: Tokenizer, rows: Matrix) -> None:
    """Write a model2vec folder: rows as int8, each with its own scale as its weight."""
    from model2vec.persistence import save_pretrained

    folder.mkdir(parents=True, exist_ok=True)
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-9) / 127
    config: Any = {"model_type": "model2vec", "normalize": True, "max_length": 512}
    save_pretrained(
        folder_path=folder,
        embeddings=np.rint(rows / scales[:, None]).astype(np.int8),
        weights=scales.astype(np.float32),
        tokenizer=tokenizer,
        config=config,
        create_model_card=False,
    )


def train(samples: Sequence[Sample], recipe: Recipe) -> tuple[Tokenizer, Matrix]:
    """A tokenizer and one row per piece, trained from `samples` alone."""
    texts = [piece for paragraph in _paragraphs(samples) for piece in pieces_of(paragraph)]
    tokenizer = train_tokenizer(texts, recipe)
    pairs = training_pairs(samples, recipe)
    log.info("%d pieces of text, %d pairs", len(texts), len(pairs))
    return tokenizer, fit(tokenizer, lsa_start(tokenizer, texts, recipe), pairs, recipe)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line; see the module's text."""
    parser = argparse.ArgumentParser(description="train the built-in embedding model")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--holdout", type=float, default=0.0, help="share of titles left out")
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--pieces", type=int, default=16_000)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = [sample for path in options.files for sample in read_samples(path)]
    training, held = split(samples, options.holdout)
    began = time.monotonic()
    recipe = Recipe(pieces=options.pieces, dimensions=options.dimensions)
    save(options.out, *train(training, recipe))
    log.info(
        "%d questions for training, %d held out, %.0f s",
        len(training), len(held), time.monotonic() - began,
    )  # fmt: skip


if __name__ == "__main__":
    main()
