"""The figures of a trip: whatever went out is somewhere, and the legs of its paper balance."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from dms_desktop.domain.documents import Head
from dms_desktop.domain.goods_line import Totals
from dms_desktop.domain.money import Money, total
from dms_desktop.domain.settlement import (
    DoorDiscount,
    Due,
    Figures,
    Taken,
    TripSettlement,
    reckon,
    worth,
)

PAISE = st.integers(0, 10_000_00).map(Money)


@st.composite
def a_due(draw: st.DrawFn) -> tuple[Due, Taken]:
    """A bill, part of it paid or credited before, and what was taken of the rest."""
    uid = UUID(int=draw(st.integers(1, 2**127)))
    whole, back, paid = draw(PAISE), draw(PAISE), draw(PAISE)
    back = min(back, whole)
    left = max(whole - back - paid, Money())
    parts = sorted(draw(st.lists(st.integers(0, left.paise), min_size=4, max_size=4)))
    cuts = [after - before for before, after in zip([0, *parts], parts, strict=False)]
    out, again = draw(st.booleans()), draw(st.booleans())
    due = Due(uid, "B/1", draw(st.integers(0, 3)), whole, left, back, again and out, out)
    cash, upi, cheque, off = map(Money, cuts)
    return due, Taken(cash, upi, cheque, off)


def reckoned(told: list[tuple[Due, Taken]], handed: Money, spent: Money) -> Figures:
    return reckon([due for due, _ in told], {due.bill: one for due, one in told}, handed, spent)


DUES = st.lists(a_due(), max_size=6, unique_by=lambda one: one[0].bill)


@given(DUES, PAISE, PAISE)
def test_what_lacks_is_the_cash_that_was_taken_less_what_came_home(
    told: list[tuple[Due, Taken]], handed: Money, spent: Money
) -> None:
    figures = reckoned(told, handed, spent)
    assert figures.difference == total(one.cash for _, one in told) - handed - spent
    assert Figures.of(figures.said()) == figures


@given(DUES, PAISE, PAISE)
def test_the_paper_balances_and_is_read_back_as_it_was(
    told: list[tuple[Due, Taken]], handed: Money, spent: Money
) -> None:
    figures = reckoned(told, handed, spent)
    discounts = tuple(
        DoorDiscount(due.bill, due.party, one.discount) for due, one in told if one.discount
    )
    head = Head(UUID(int=1), date(2026, 11, 21))
    paper = TripSettlement(
        head, (), Totals(total=worth(figures)), UUID(int=2), "TR/1", 7, "Ramesh", figures,
        discounts, (UUID(int=3),),
    )  # fmt: skip
    done = paper.done()  # raises where the legs do not balance
    cash = total(leg.amount for leg in done.entries if leg.account == "cash")
    assert total(one.cash for _, one in told) + cash == handed
    assert paper.whole()
    assert TripSettlement.of(head, (), paper.totals, paper.said()) == paper


def test_a_paper_that_says_otherwise_than_its_figures_is_not_whole() -> None:
    figures = Figures(out=Money(100_00), cash=Money(90_00))
    head = Head(UUID(int=1), date(2026, 11, 21))
    said = (head, (), Totals(total=Money(100_00)), UUID(int=2), "TR/1")
    assert TripSettlement(*said, 7, "Ramesh", figures).whole()
    assert not TripSettlement(*said, 0, "", figures).whole()  # a short without a man
    off = (DoorDiscount(UUID(int=4), 1, Money(5_00)),)
    assert not TripSettlement(*said, 7, "Ramesh", figures, off).whole()
