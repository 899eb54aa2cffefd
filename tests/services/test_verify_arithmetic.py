"""The quick way of proving a tax says what the domain says."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.money import LARGEST, Money
from dms_desktop.domain.tax import TaxRate, gst
from dms_desktop.services.verifying.arithmetic import plain_tax

PERCENT = st.integers(0, 100 * 10_000)


@given(st.integers(0, LARGEST), PERCENT, PERCENT, st.booleans())
def test_whole_numbers_come_to_the_same_tax(
    taxable: int, gst_rate: int, cess_rate: int, across: bool
) -> None:
    rate = TaxRate(Decimal(gst_rate).scaleb(-4), Decimal(cess_rate).scaleb(-4))
    due = gst(Money(taxable), rate, 1, interstate=across)
    quick = plain_tax(taxable, gst_rate, cess_rate, across=across)
    assert quick == (due.cgst.paise, due.sgst.paise, due.igst.paise, due.cess.paise)
