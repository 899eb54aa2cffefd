"""GST on one line, to the paisa, whatever the rate and wherever the goods go."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.money import ZERO, Money, Rate, rupees
from dms_desktop.domain.states import STATES
from dms_desktop.domain.tax import (
    Basis,
    Gst,
    GstType,
    TaxRate,
    gst,
    is_interstate,
    place_of_supply,
    rate_on,
    without_tax,
)
from tests.domain.test_money import rounded

RATES = ("0", "0.25", "1.5", "3", "5", "12", "18", "28", "40")
taxables = st.integers(0, 10**12).map(Money)
rates = st.sampled_from(RATES).map(Decimal)
cesses = st.sampled_from(("0", "1", "5", "12", "22", "65")).map(Decimal)
pieces = st.integers(1, 10**6)
specific = st.one_of(
    st.none(), st.builds(Rate, st.integers(1, 10**6).map(Money), st.sampled_from([1, 10, 1000]))
)


@given(taxables, rates, cesses, pieces, st.booleans())
def test_each_head_is_rounded_from_the_exact_figure(
    taxable: Money, of: Decimal, cess: Decimal, qty: int, interstate: bool
) -> None:
    tax = gst(taxable, TaxRate(of, cess), qty, interstate=interstate)
    exact = Fraction(taxable.paise) * Fraction(of) / 100
    assert tax.cess.paise == rounded(Fraction(taxable.paise) * Fraction(cess) / 100)
    if interstate:
        assert tax.igst.paise == rounded(exact)
        assert tax.cgst == tax.sgst == ZERO
    else:
        assert tax.cgst.paise == tax.sgst.paise == rounded(exact / 2)
        assert tax.igst == ZERO


@given(taxables, specific, pieces)
def test_a_specific_cess_goes_by_the_piece(taxable: Money, each: Rate | None, qty: int) -> None:
    tax = gst(taxable, TaxRate(Decimal(28), Decimal(12), each), qty, interstate=True)
    plain = gst(taxable, TaxRate(Decimal(28), Decimal(12)), qty, interstate=True)
    assert tax.cess - plain.cess == (each.times(qty) if each else ZERO)
    assert tax.igst == plain.igst  # no tax on cess: section 15(2)(a)


@given(st.integers(1, 10**7), rates, cesses, pieces, st.booleans())
def test_goods_on_retail_price_are_taxed_out_of_it(
    price: int, of: Decimal, cess: Decimal, qty: int, interstate: bool
) -> None:
    """Rule 31D: tax = retail price x rate / (100 + sum of rates), each head to the paisa."""
    rate = TaxRate(of, cess, basis=Basis.RETAIL_PRICE)
    tax = gst(Money(1), rate, qty, interstate=interstate, retail_price=Money(price))
    each = Fraction(price * qty) / (100 + Fraction(of) + Fraction(cess))
    assert tax.cess.paise == rounded(each * Fraction(cess))
    if interstate:
        assert tax.igst.paise == rounded(each * Fraction(of))
    else:
        assert tax.cgst.paise == tax.sgst.paise == rounded(each * Fraction(of) / 2)


def test_half_a_paisa_of_tax_out_of_a_retail_price_goes_up() -> None:
    """5 paise at 28 + 12 %: CGST is exactly 0.5 paise, though 500/140 never ends."""
    rate = TaxRate(Decimal(28), Decimal(12), basis=Basis.RETAIL_PRICE)
    tax = gst(ZERO, rate, 1, interstate=False, retail_price=Money(5))
    assert tax == Gst(Money(1), Money(1), ZERO, Money(0))


@given(taxables, rates, cesses, specific, pieces)
def test_the_value_inside_an_inclusive_amount_is_rounded_once(
    inclusive: Money, of: Decimal, cess: Decimal, each: Rate | None, qty: int
) -> None:
    value = without_tax(inclusive, TaxRate(of, cess, each), qty)
    fixed = each.times(qty).paise if each else 0
    exact = Fraction(inclusive.paise - fixed) * 100 / (100 + Fraction(of) + Fraction(cess))
    assert value.paise == rounded(exact)


def test_half_a_paisa_inside_an_inclusive_amount_goes_up() -> None:
    """133 paise at 40 + 12 % hold exactly 87.5, though 100/152 never ends."""
    assert without_tax(Money(133), TaxRate(Decimal(40), Decimal(12)), 1) == Money(88)


@given(taxables, rates, cesses, pieces)
def test_value_and_tax_make_the_inclusive_amount_to_two_paise(
    inclusive: Money, of: Decimal, cess: Decimal, qty: int
) -> None:
    rate = TaxRate(of, cess)
    value = without_tax(inclusive, rate, qty)
    tax = gst(value, rate, qty, interstate=False)
    assert abs((value + tax.total - inclusive).paise) <= 2


@given(st.integers(1, 10**6), rates, pieces, st.integers(0, 10**10))
def test_the_value_inside_an_inclusive_amount_of_goods_on_retail_price(
    price: int, of: Decimal, qty: int, above: int
) -> None:
    """Their tax does not hang on the value: what is not tax is value."""
    rate = TaxRate(of, basis=Basis.RETAIL_PRICE)
    tax = gst(ZERO, rate, qty, interstate=True, retail_price=Money(price))
    inclusive = tax.total + Money(above)
    assert without_tax(inclusive, rate, qty, Money(price)) == Money(above)


def test_an_exempt_line_bears_nothing() -> None:
    exempt = TaxRate(Decimal(18), Decimal(12), Rate(Money(500)), Basis.EXEMPT)
    assert gst(rupees("1000"), exempt, 10, interstate=False) == Gst()
    assert without_tax(rupees("1000"), exempt, 10) == rupees("1000")


def test_the_rate_of_the_day_is_the_latest_that_has_begun() -> None:
    """From 22 September 2025 most of what bore 28 % bears 40 % or 18 %."""
    old = TaxRate(Decimal(28), from_day=date(2017, 7, 1))
    new = TaxRate(Decimal(40), from_day=date(2025, 9, 22))
    for order in ([old, new], [new, old]):
        assert rate_on(date(2017, 6, 30), order) is None
        assert rate_on(date(2025, 9, 21), order) is old
        assert rate_on(date(2025, 9, 22), order) is new
    assert rate_on(date(2026, 1, 1), []) is None


def test_sums_and_signs() -> None:
    tax = Gst(Money(1), Money(2), Money(3), Money(4))
    assert tax.total == Money(10)
    assert tax + -tax == Gst()


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ({}, "27"),
        ({"address_state": "29"}, "29"),
        ({"address_state": "29", "deliver_to": "24"}, "24"),  # section 10(1)(ca)
        ({"buyer_gstin_state": "29", "address_state": "27", "deliver_to": "24"}, "29"),  # 10(1)(b)
    ],
)
def test_where_a_supply_is_taxed(where: dict[str, str], place: str) -> None:
    assert place_of_supply("27", **where) == place


def test_a_border_or_an_economic_zone_makes_it_integrated_tax() -> None:
    assert not is_interstate("27", "27", GstType.REGULAR)
    assert is_interstate("27", "29", GstType.UNREGISTERED)
    assert is_interstate("27", "27", GstType.SEZ)


def test_the_union_territories_without_a_legislature_levy_utgst() -> None:
    assert {state.code for state in STATES if state.utgst} == {"04", "26", "31", "35", "38", "97"}
