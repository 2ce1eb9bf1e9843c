"""Optical recognition of printed Chinese by RapidOCR: where lines stand, and their characters.

The one module that talks to RapidOCR. Its models lie in its own wheel; nothing is ever fetched.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import rapidocr
from numpy.typing import NDArray

from ingest.readers.ocr_text import Char

Image = NDArray[np.uint8]
Quad = NDArray[np.float64]
"""Four corners (x, y) in pixels, clockwise from the upper left of the text."""

_STEP = 8 / 48  # of a line's height: the width of one column of the recogniser's output
_LOCK = threading.Lock()


def detect(image: Image) -> list[Quad]:
    """The corners of the printed lines (or what stands together of them) in a BGR picture."""
    with _LOCK:
        found = _engine()(image, use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    return [] if boxes is None else [np.asarray(box, dtype=np.float64) for box in boxes]


def recognise(lines: Sequence[Image]) -> list[list[Char]]:
    """The characters of each picture of one upright line; none where nothing is recognised."""
    if not lines:
        return []
    with _LOCK:
        found = _engine().recognize_txt(list(lines))
    return [
        _chars(text, info, image.shape[0])
        for text, info, image in zip(found.txts or (), found.word_results, lines, strict=True)
    ]


def _chars(text: str, info: Any, height: int) -> list[Char]:
    columns = [column for word in info.word_cols for column in word]
    chars: list[Char] = []
    place = 0
    for char, score in zip(text, info.confs, strict=False):
        if char.isspace():  # has no column of its own: it stands at the end of the one before
            middle = chars[-1].middle if chars else 0.0
            chars.append(Char(" ", middle, score))
        elif place < len(columns):
            chars.append(Char(char, (columns[place] + 0.5) * _STEP * height, score))
            place += 1
    return chars


@lru_cache(maxsize=1)
def _engine() -> rapidocr.RapidOCR:
    """The engine of this process, on one thread: reading processes share the cores."""
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.return_word_box": True,
            "Global.text_score": 0.0,
            "Global.max_side_len": 100_000,  # the caller chooses the scale
            "Det.model_path": _model("det"),
            "Rec.model_path": _model("rec"),
            # Pictures of numbers are short: padding them to the usual 320 takes twice the time.
            "Rec.rec_img_shape": [3, 48, 96],
            "Rec.rec_batch_num": 1,  # what a line is read as does not hang on its neighbours
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _model(kind: str) -> str:
    """The model that the wheel brings; with its path given, RapidOCR downloads none."""
    folder = Path(rapidocr.__file__).parent / "models"
    return str(next(iter(sorted(folder.glob(f"*_{kind}_*.onnx"), reverse=True))))
