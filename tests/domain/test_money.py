"""Not a paisa is lost, and a fraction of one is rounded once, half away from zero."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.money import (
    LARGEST,
    ZERO,
    Money,
    Rate,
    percent,
    rate,
    rupees,
    share,
    total,
    whole,
)
from dms_desktop.domain.tax import TaxRate, without_tax
from tests.gst_cases import Case, gst_cases

amounts = st.integers(-LARGEST, LARGEST).map(Money)
percents = st.integers(0, 100_0000).map(lambda parts: Decimal(parts).scaleb(-4))


def rounded(number: Fraction) -> int:
    """Half away from zero, by whole numbers alone: what the shipped code is judged by."""
    size = (abs(number.numerator) * 2 + number.denominator) // (2 * number.denominator)
    return size if number >= 0 else -size


def test_the_rounding_cases_of_others(subtests: pytest.Subtests) -> None:
    for case in gst_cases("rounding"):
        with subtests.test(case.id):
            assert _computed(case) == Money(int(Decimal(str(case.expected["value"])) * 100))


def _computed(case: Case) -> Money:
    given = case.given
    match sorted(given):
        case ["places", "value"]:
            return Money(whole(Decimal(given["value"]) * 100))
        case ["amount", "percent"]:
            return rupees(given["amount"]).percent(percent(given["percent"]))
        case ["qty", "rate"]:  # a half is goods sold by weight: grams, at a rate per kilogram
            return Rate(rupees(given["rate"]), 1000).times(int(Decimal(given["qty"]) * 1000))
        case ["inclusive", "percent"]:
            return without_tax(rupees(given["inclusive"]), TaxRate(percent(given["percent"])), 1)
        case _:
            tax = rupees(given["taxable"]).percent(percent(given["percent"]))
            return tax.to_rupee() if given["round_to_rupee"] else tax


@given(amounts, percents)
def test_a_percentage_is_rounded_from_the_exact_figure(amount: Money, of: Decimal) -> None:
    assert amount.percent(of).paise == rounded(Fraction(amount.paise) * Fraction(of) / 100)
    assert -amount.percent(of) == (-amount).percent(of)


@given(st.integers(0, 10**10), st.integers(0, 10**7), st.sampled_from([1, 7, 12, 144, 1000]))
def test_a_quantity_at_a_rate_is_rounded_once(paise: int, qty: int, per: int) -> None:
    assert Rate(Money(paise), per).times(qty).paise == rounded(Fraction(paise * qty, per))


@given(amounts)
def test_the_rupee_is_at_most_fifty_paise_away(amount: Money) -> None:
    rupee = amount.to_rupee()
    assert rupee.paise % 100 == 0
    assert abs((rupee - amount).paise) <= 50


@pytest.mark.parametrize(
    ("exact", "rupee"),
    [("1179.49", "1179"), ("1179.50", "1180"), ("-0.50", "-1"), ("-0.49", "0"), ("0", "0")],
)
def test_fifty_paise_and_over_go_up(exact: str, rupee: str) -> None:
    assert rupees(exact).to_rupee() == rupees(rupee)


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=60))
def test_the_parts_make_the_whole(amount: Money, weights: list[int]) -> None:
    parts = share(amount, weights)
    assert total(parts) == amount
    assert len(parts) == len(weights)
    if any(weights):
        for part, weight in zip(parts, weights, strict=True):
            fair = Fraction(amount.paise * weight, sum(weights))
            assert abs(part.paise - fair) < 1
            assert part.paise == 0 or weight > 0


def test_an_amount_over_nothing_is_kept_whole() -> None:
    assert share(Money(7), [0, 0, 0]) == (Money(7), ZERO, ZERO)
    assert share(Money(7), []) == ()


def test_a_tie_goes_to_the_earlier_part() -> None:
    assert share(Money(1), [5, 5, 5]) == (Money(1), ZERO, ZERO)
    assert share(Money(-2), [5, 5, 5]) == (Money(-1), Money(-1), ZERO)


@given(amounts)
def test_what_is_written_is_read_back(amount: Money) -> None:
    assert rupees(str(amount)) == amount


@given(st.integers(0, 10**9), st.sampled_from([1, 10, 100, 1000, 10_000]))
def test_a_rate_is_read_exactly(paise: int, per: int) -> None:
    read = rate(f"{Decimal(paise) / (100 * per):f}")
    assert Fraction(read.amount.paise, read.per) == Fraction(paise, per)


@given(st.integers(1, 10**7), percents)
def test_a_part_of_a_rate_is_exact_to_a_hundredth_of_a_paisa(paise: int, of: Decimal) -> None:
    scaled = Rate(Money(paise)).scaled(of)
    off = Fraction(scaled.amount.paise, scaled.per) - Fraction(paise) * Fraction(of) / 100
    assert abs(off) <= Fraction(1, 200)


@pytest.mark.parametrize(
    "text", ["", "x", "1.234", "NaN", "Infinity", "1e30", "--1", "1 0", "9" * 17]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"figure|paisa|large"):
        rupees(text)


@pytest.mark.parametrize("text", ["0.0000001", "1e30", "ten", ""])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"figure|decimals|large"):
        rate(text)


@pytest.mark.parametrize("text", ["-1", "100.01", "1.00001", "x", "NaN"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"percent|decimals|figure"):
        percent(text)


def test_a_percentage_keeps_four_decimals() -> None:
    assert percent("12.5000") == Decimal("12.5")
    assert percent("33.3333") == Decimal("33.3333")


@pytest.mark.parametrize("paise", [1.0, "1", None, True, Decimal(1)])
def test_only_whole_paise_are_money(paise: object) -> None:
    with pytest.raises(TypeError):
        Money(paise)  # type: ignore[arg-type]


def test_a_rate_is_for_at_least_one_unit() -> None:
    with pytest.raises(ValueError, match="at least one unit"):
        Rate(Money(100), 0)
