"""Intervals of shares and means, against published and hand-made values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.stats import bootstrap, mean, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
        (29, 29, "0.8830", "1.0000"),
        (0, 0, "0.0000", "1.0000"),
    ],
)
def test_wilson(successes: int, n: int, low: str, high: str) -> None:
    found = wilson(successes, n)
    places = Decimal("0.0001")
    assert (found.low.quantize(places), found.high.quantize(places)) == (
        Decimal(low),
        Decimal(high),
    )


@pytest.mark.parametrize(("successes", "n"), [(-1, 3), (4, 3)])
def test_a_share_that_is_none_is_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="不在"):
        wilson(successes, n)


def test_bootstrap_repeats_with_its_seed_and_holds_the_mean() -> None:
    values = [Decimal(n) for n in (1, 2, 2, 3, 10)]
    found = bootstrap(values, seed=7)
    assert found == bootstrap(values, seed=7)
    assert found.low <= mean(values) <= found.high
    assert values[0] <= found.low
    assert found.high <= values[-1]


def test_equal_values_leave_nothing_open() -> None:
    assert bootstrap([Decimal("0.5")] * 4) == (Decimal("0.5"), Decimal("0.5"))


def test_nothing_has_no_mean() -> None:
    with pytest.raises(ValueError, match="没有数值"):
        mean([])
    with pytest.raises(ValueError, match="没有数值"):
        bootstrap([])
