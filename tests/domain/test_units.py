"""What a clerk types into the quantity box, in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.units import (
    MOST,
    BadQuantity,
    Quantity,
    QuantityFault,
    read_quantity,
    spell,
)

factors = st.integers(0, 500)


@pytest.mark.parametrize(
    ("typed", "billed", "free"),
    [
        ("12", 12, 0),
        ("012", 12, 0),
        ("12p", 12, 0),
        ("2c", 288, 0),
        ("2C", 288, 0),
        ("2c 6p", 294, 0),
        ("2c6", 294, 0),
        ("2c 6", 294, 0),
        ("2 c 6 p", 294, 0),
        (" 2c  6p ", 294, 0),
        ("1i 3p", 15, 0),
        ("2c 1i 3p", 303, 0),
        ("2c1i", 300, 0),
        ("0c 6p", 6, 0),
        ("10+1", 10, 1),
        ("10 + 1", 10, 1),
        ("2c+1i", 288, 12),
        ("2c 6p + 1c 2p", 294, 146),
        ("10+0", 10, 0),
        ("0+1", 0, 1),
        ("10000000", MOST, 0),
        ("9999999+1", 9_999_999, 1),
    ],
)
def test_a_quantity_becomes_pieces(typed: str, billed: int, free: int) -> None:
    assert read_quantity(typed, case=144, inner=12) == Quantity(billed, free)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", QuantityFault.EMPTY),
        ("   ", QuantityFault.EMPTY),
        ("0", QuantityFault.ZERO),
        ("0c 0p", QuantityFault.ZERO),
        ("0+0", QuantityFault.ZERO),
        ("-1", QuantityFault.NEGATIVE),
        ("- 2c", QuantityFault.NEGATIVE),
        ("10+-1", QuantityFault.NEGATIVE),
        ("1.5", QuantityFault.FRACTION),
        ("1,000", QuantityFault.FRACTION),
        (".5c", QuantityFault.FRACTION),
        ("1/2", QuantityFault.FRACTION),
        ("abc", QuantityFault.NOT_A_QUANTITY),
        ("12x", QuantityFault.NOT_A_QUANTITY),
        ("1e9", QuantityFault.NOT_A_QUANTITY),
        ("c", QuantityFault.NOT_A_QUANTITY),
        ("2c 3c", QuantityFault.NOT_A_QUANTITY),
        ("6p 2c", QuantityFault.NOT_A_QUANTITY),
        ("1 2", QuantityFault.NOT_A_QUANTITY),
        ("+1", QuantityFault.NOT_A_QUANTITY),
        ("10+", QuantityFault.NOT_A_QUANTITY),
        ("10+1+1", QuantityFault.NOT_A_QUANTITY),
        ("१२", QuantityFault.NOT_A_QUANTITY),
        ("NaN", QuantityFault.NOT_A_QUANTITY),
        ("10000001", QuantityFault.TOO_MANY),
        ("1000000000", QuantityFault.TOO_MANY),
        ("10000000+1", QuantityFault.TOO_MANY),
        ("70000c", QuantityFault.TOO_MANY),
        ("8901234567890", QuantityFault.TOO_MANY),
        ("9" * 10_000, QuantityFault.TOO_MANY),
    ],
)
def test_what_is_no_quantity_is_refused_with_its_reason(typed: str, reason: QuantityFault) -> None:
    with pytest.raises(BadQuantity) as refused:
        read_quantity(typed, case=144, inner=12)
    assert refused.value.reason is reason
    assert refused.value.facts["typed"] == " ".join(typed.split())


@pytest.mark.parametrize(
    ("typed", "case", "inner", "reason"),
    [
        ("2c", 0, 12, QuantityFault.NO_CASE),
        ("0c 6p", 0, 12, QuantityFault.NO_CASE),
        ("1i 3p", 144, 0, QuantityFault.NO_INNER),
        ("10+1c", 0, 0, QuantityFault.NO_CASE),
    ],
)
def test_a_missing_factor_is_refused_and_never_one(
    typed: str, case: int, inner: int, reason: QuantityFault
) -> None:
    with pytest.raises(BadQuantity) as refused:
        read_quantity(typed, case, inner)
    assert refused.value.reason is reason


def test_the_clerk_is_told_the_most() -> None:
    with pytest.raises(BadQuantity) as refused:
        read_quantity("10000001")
    assert refused.value.facts == {"typed": "10000001", "most": 10_000_000}


@pytest.mark.parametrize(
    ("qty", "case", "inner", "text"),
    [
        (294, 144, 12, "2c 6p"),
        (300, 144, 12, "2c 1i"),
        (303, 144, 12, "2c 1i 3p"),
        (288, 144, 0, "2c"),
        (15, 0, 12, "1i 3p"),
        (6, 144, 12, "6p"),
        (6, 0, 0, "6"),
        (0, 144, 12, "0p"),
        (0, 0, 0, "0"),
        (-294, 144, 12, "-2c 6p"),
        (-6, 0, 0, "-6"),
        (Quantity(294, 12), 144, 12, "2c 6p+1i"),
        (Quantity(10, 1), 0, 0, "10+1"),
        (Quantity(0, 1), 144, 0, "0p+1p"),
    ],
)
def test_pieces_are_spelt_in_cases(qty: int | Quantity, case: int, inner: int, text: str) -> None:
    assert spell(qty, case, inner) == text


@given(st.integers(0, MOST // 2), st.integers(0, MOST // 2), factors, factors)
def test_what_is_spelt_reads_back_to_the_same_pieces(
    billed: int, free: int, case: int, inner: int
) -> None:
    quantity = Quantity(billed, free or int(not billed))
    assert read_quantity(spell(quantity, case, inner), case, inner) == quantity


@given(st.text("0123456789cip+-. ", max_size=14), factors, factors)
def test_any_text_is_a_quantity_or_refused(text: str, case: int, inner: int) -> None:
    try:
        read = read_quantity(text, case, inner)
    except BadQuantity:
        return
    assert read.billed >= 0
    assert read.free >= 0
    assert 0 < read.billed + read.free <= MOST
