"""Figures are grouped as India groups them, whatever they are made of."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.language.figures import RupeeSign, amount, compact, day_text, grouped
from tests.gst_cases import gst_cases

PAISE = st.integers(-(10**17), 10**17)


def test_the_cases_of_others(subtests: pytest.Subtests) -> None:
    for case in gst_cases("indian_number_format"):
        with subtests.test(case.id):
            figure = Decimal(case.given["amount"])
            assert grouped(figure, 2) == case.expected["text"]
            assert amount(int(figure * 100)) == case.expected["text"]


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (0, 0, "0"),
        (7, 0, "7"),
        (999, 0, "999"),
        (1000, 0, "1,000"),
        (99999, 0, "99,999"),
        (100000, 0, "1,00,000"),
        (-100000, 0, "-1,00,000"),
        (12, 2, "12.00"),
        (10**15, 0, "1,00,00,00,00,00,00,000"),
        (Decimal("0.005"), 2, "0.01"),
        (Decimal("-0.005"), 2, "-0.01"),
        (Decimal("-0.004"), 2, "0.00"),
        (Decimal("999.995"), 2, "1,000.00"),
        (Decimal("1E+5"), 0, "1,00,000"),
        (Decimal("47.35"), 3, "47.350"),
        (Decimal("1" + "0" * 29 + ".5"), 0, "1,00,00,00,00,00,00,00,00,00,00,00,00,00,001"),
    ],
)
def test_a_group_of_three_then_twos(number: int | Decimal, places: int, text: str) -> None:
    assert grouped(number, places) == text


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_figure_is_not_shown(number: str) -> None:
    with pytest.raises(ValueError, match="cannot be shown"):
        grouped(Decimal(number))


@pytest.mark.parametrize(
    ("paise", "sign", "text"),
    [
        (0, RupeeSign.NONE, "0.00"),
        (5, RupeeSign.SYMBOL, "₹0.05"),
        (123450, RupeeSign.SYMBOL, "₹1,234.50"),
        (-123450, RupeeSign.SYMBOL, "-₹1,234.50"),
        (-5, RupeeSign.LETTERS, "-Rs 0.05"),
        (12345678900, RupeeSign.LETTERS, "Rs 12,34,56,789.00"),
    ],
)
def test_an_amount_with_its_sign(paise: int, sign: RupeeSign, text: str) -> None:
    assert amount(paise, sign) == text


@pytest.mark.parametrize(
    ("rupees", "text"),
    [
        ("0", "0"),
        ("0.50", "1"),
        ("-0.49", "0"),
        ("99999", "99,999"),
        ("99999.49", "99,999"),
        ("99999.50", "1L"),
        ("100000", "1L"),
        ("150000", "1.5L"),
        ("-150000", "-1.5L"),
        ("154999", "1.5L"),
        ("155000", "1.6L"),
        ("9994999", "99.9L"),
        ("9995000", "1Cr"),
        ("9999999", "1Cr"),
        ("15000000", "1.5Cr"),
        ("100000000", "10Cr"),
        ("12345678900", "1,234.6Cr"),
    ],
)
def test_a_tile_shows_lakh_and_crore(rupees: str, text: str) -> None:
    assert compact(int(Decimal(rupees) * 100)) == text


def test_a_tile_may_be_finer_and_bear_the_sign() -> None:
    assert compact(12_34_567_00, RupeeSign.SYMBOL, 2) == "₹12.35L"
    assert compact(-12_00_000_00, RupeeSign.SYMBOL, 0) == "-₹12L"
    assert compact(10_00_000_00, places=0) == "10L"


def test_a_day_as_the_trade_and_the_portals_write_it() -> None:
    assert day_text(date(2026, 4, 5)) == "05-04-2026"
    assert day_text(date(2026, 4, 5), "/") == "05/04/2026"


@given(PAISE)
def test_an_amount_reads_back_to_the_same_paise(paise: int) -> None:
    text = amount(paise)
    assert Decimal(text.replace(",", "")) * 100 == paise
    head, *groups = text.lstrip("-").partition(".")[0].split(",")
    assert [len(group) for group in groups] == [*[2] * (len(groups) - 1), *[3] * bool(groups)]
    assert 1 <= len(head) <= (2 if groups else 3)


@given(PAISE)
def test_paise_and_decimals_look_the_same(paise: int) -> None:
    assert grouped(Decimal(paise).scaleb(-2), 2) == amount(paise)


@given(st.decimals(-(10**12), 10**12, places=6), st.integers(0, 6))
def test_a_finer_figure_is_shown_rounded_half_away_from_zero(number: Decimal, places: int) -> None:
    shown = Decimal(grouped(number, places).replace(",", ""))
    assert shown == number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(PAISE, PAISE)
def test_the_larger_amount_never_looks_smaller_on_a_tile(one: int, other: int) -> None:
    def value(text: str) -> Decimal:
        bare = text.replace(",", "")
        for letters, unit in (("Cr", 10**7), ("L", 10**5)):
            if bare.endswith(letters):
                return Decimal(bare.removesuffix(letters)) * unit
        return Decimal(bare)

    less, more = sorted((one, other))
    assert value(compact(less)) <= value(compact(more))
