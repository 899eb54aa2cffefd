"""Whoever adds a column of the paper up comes to its foot, and to the sums beside it."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.documents import Bill
from dms_desktop.domain.draft import Ask
from dms_desktop.domain.money import Money
from dms_desktop.printing.columns import columns_of
from dms_desktop.printing.summary import sums
from tests.printing.bills import issued, items

GOODS = items(6)
amounts = st.one_of(st.none(), st.integers(1, 300).map(Money))
percents = st.one_of(st.none(), st.integers(1, 300).map(lambda tenths: Decimal(tenths) / 10))


@st.composite
def rows(draw: st.DrawFn) -> list[Ask]:
    """A few rows with discounts in percent, as an amount, both, or what the terms say."""
    return [
        Ask(
            one.id,
            draw(st.integers(1, 60)),
            discount=draw(amounts),
            discounts=draw(st.one_of(st.none(), st.tuples(st.just(Decimal("2.5"))))),
        )
        for one in draw(st.lists(st.sampled_from(GOODS), min_size=1, unique=True))
    ]


def added(cells: tuple[str, ...]) -> int:
    return sum(int(cell.replace(",", "").replace(".", "")) for cell in cells if cell)


@given(rows(), amounts, percents)
def test_every_column_of_money_sums_to_its_foot(
    asks: list[Ask], off: Money | None, percent: Decimal | None
) -> None:
    said = {"bill_discount": off, "bill_discount_percent": percent}
    bill = issued(GOODS, asks, draft=said).document
    assert isinstance(bill, Bill)
    columns = {column.key: column for column in columns_of(bill)}
    for key in ("discount", "taxable", "tax", "cess", "amount"):
        if key in columns:
            assert added(columns[key].cells) == added((columns[key].total,)), key
    told = dict(sums(bill))
    if "discount" in columns:
        assert told["Less discount"].strip("-−") == columns["discount"].total
