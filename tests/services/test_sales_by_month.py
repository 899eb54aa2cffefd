"""What was sold month by month, to a party and of an item."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from dms_desktop.domain.goods_line import Kind
from dms_desktop.services import billing, cancelling
from dms_desktop.services.sales_by_month import MONTHS, Month, bought, sold
from tests.books import TODAY, Book


def standing(months: tuple[Month, ...]) -> dict[date, int]:
    assert len(months) == MONTHS
    assert [m.first for m in months] == sorted({m.first for m in months})
    return {month.first: month.figure for month in months if month.figure}


def test_bills_of_a_year_by_month(either: Book) -> None:
    last, this = date(2026, 11, 1), date(2026, 12, 1)
    first = either.bill(SOAP=10, TEA=2)
    either.clock.now += timedelta(days=30)
    now = TODAY + timedelta(days=30)
    second, third = either.bill(day=now, SOAP=5), either.bill("PATEL", now, SOAP=7)
    either.write(
        billing.post_draft,
        replace(either.draft(SOAP=3), kind=Kind.CHALLAN, note="on approval"),
    )
    assert standing(either.read(bought, "sharma")) == {
        last: first.total.paise,
        this: second.total.paise,
    }
    assert standing(either.read(sold, "SOAP")) == {last: 10, this: 12}
    assert standing(either.read(sold, "TEA")) == {last: 2}
    assert standing(either.read(bought, "NOBODY")) == {}
    either.write(cancelling.cancel, third.id, by=uuid4(), why="wrong shop")
    assert standing(either.read(sold, "SOAP")) == {last: 10, this: 5}


def test_twelve_months_are_told_and_no_more(book: Book) -> None:
    book.bill(SOAP=10)
    for months, first, found in (
        (0, date(2025, 12, 1), {date(2026, 11, 1): 10}),
        (11, date(2026, 11, 1), {date(2026, 11, 1): 10}),
        (12, date(2026, 12, 1), {}),
    ):
        year, month = divmod(2026 * 12 + 10 + months, 12)
        book.clock.now = book.clock.now.replace(year=year, month=month + 1)
        told = book.read(sold, "SOAP")
        assert told[0].first == first
        assert standing(told) == found
        assert standing(book.read(bought, "SHARMA")).keys() == found.keys()
