"""The weights of tables that say how likely something is right, fitted to what was judged. Pure.

A logistic model with a small quadratic penalty on the weights of the scaled features; each suite is
judged by a fit to the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

PENALTY = 3.0
_ROUNDS = 1000
_SETTLED = 1e-8


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposed answer: its suite, its features, and whether it answered rightly.

    `worth` is how many proposals it counts for in the fit: less than 1 where the question was made
    to be unanswerable, as such questions are rarer among readers than they are here.
    """

    suite: str
    features: Mapping[str, float]
    right: bool
    worth: float = 1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Log odds where every feature is 0, and what one of each adds."""

    base: float
    each: Mapping[str, float]

    def chance(self, features: Mapping[str, float]) -> float:
        """The chance that an answer with these features is right."""
        odds = self.base + sum(w * features.get(name, 0.0) for name, w in self.each.items())
        return float(1 / (1 + np.exp(-odds)))


def fit(seen: Sequence[Judged], names: Sequence[str], penalty: float = PENALTY) -> Fit:
    """The weights of the named features that these proposals make most likely.

    Args:
        seen: proposals that were judged.
        names: of the features that get a weight.
        penalty: how much large weights of the scaled features cost; more where features are many.
    """
    rows = np.array([[each.features.get(name, 0.0) for name in names] for each in seen], float)
    right = np.array([each.right for each in seen], float)
    worth = np.array([each.worth for each in seen], float)
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=1 / penalty, tol=_SETTLED, max_iter=_ROUNDS)
    model.fit(scaler.transform(rows), right, sample_weight=worth)
    each = model.coef_[0] / scaler.scale_
    base = float(model.intercept_[0] - each @ scaler.mean_)
    return Fit(base, dict(zip(names, map(float, each), strict=True)))


def left_out(
    seen: Sequence[Judged], names: Sequence[str], penalty: float = PENALTY
) -> list[tuple[Judged, float]]:
    """Each proposal with its chance by a fit to all suites but its own."""
    found: list[tuple[Judged, float]] = []
    for suite in sorted({each.suite for each in seen}):
        others = fit([each for each in seen if each.suite != suite], names, penalty)
        found += [(e, others.chance(e.features)) for e in seen if e.suite == suite]
    return found


def with_weights(text: str, found: Fit) -> str:
    """A table of weights with those of a fit; its head, threshold and vetoes stay."""
    head = text.partition("[weights]")[0]
    head = re.sub(r'(?m)^base = ".*"$', f'base = "{found.base:.3f}"', head)
    lines = [f'{_key(name)} = "{weight:.3f}"' for name, weight in found.each.items()]
    return head + "\n".join(("[weights]", *lines)) + "\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name) else f'"{name}"'
