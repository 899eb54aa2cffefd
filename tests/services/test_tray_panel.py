"""Beside the order tray: each line of an order with what is billed, left, and there for it now."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import billing, fulfilment, reserving, tray, tray_panel
from dms_desktop.services.posting import Posted
from dms_desktop.services.tray_panel import OrderLine
from tests.books import TODAY, Book


def posted(book: Book, party: str = "SHARMA", kind: Kind = Kind.ORDER, **goods: int) -> Posted:
    draft = replace(book.drafted(goods, party), kind=kind, note="on approval")
    saved: billing.Saved = book.write(billing.post_draft, draft)
    return saved.posted


def figures(line: OrderLine) -> tuple[int, ...]:
    return line.wanted, line.billed, line.waits, line.reserved


def test_what_is_billed_dropped_and_left_of_each_line(either: Book) -> None:
    order = posted(either, SOAP=30, OIL=60)
    bill = either.read(fulfilment.draft_of, order.id, new=uuid4(), day=TODAY)
    soap = replace(bill.asks[0], qty=18)
    either.write(billing.post_draft, replace(bill, asks=(soap,)))
    either.write(reserving.reserve, order.id)
    soap_line, oil_line = either.read(tray_panel.lines, order.id)
    assert figures(soap_line) == (30, 18, 12, 12)
    assert figures(oil_line) == (60, 0, 60, 40)
    assert (soap_line.stock, oil_line.stock) == (582, 40)
    either.write(tray.drop, order.id, "shop is closed")
    assert [figures(line) for line in either.read(tray_panel.lines, order.id)] == [
        (30, 18, 0, 0),
        (60, 0, 0, 0),
    ]


def test_what_others_reserved_is_not_there_and_a_held_order_asks_for_nothing(either: Book) -> None:
    first, second = posted(either, OIL=30), posted(either, "LAXMI", OIL=25)
    either.write(reserving.reserve, first.id)
    (line,) = either.read(tray_panel.lines, second.id)
    assert (line.stock, line.demand) == (10, 55)
    either.write(tray.hold, first.id, "cheque came back")
    (line,) = either.read(tray_panel.lines, second.id)
    assert (line.stock, line.demand) == (10, 25)


def test_a_challan_needs_no_stock_and_a_bill_has_no_such_lines(either: Book) -> None:
    challan = posted(either, kind=Kind.CHALLAN, OIL=40)
    (line,) = either.read(tray_panel.lines, challan.id)
    assert (figures(line), line.stock, line.demand) == ((40, 0, 40, 0), None, 0)
    bill = either.bill(SOAP=1)
    with pytest.raises(Refused) as caught:
        either.read(tray_panel.lines, bill.id)
    assert caught.value.problems[0].reason is Reason.UNKNOWN_DOCUMENT


def test_beats_on_which_something_waits(either: Book) -> None:
    assert either.read(tray_panel.beats, Kind.ORDER) == ()
    posted(either, SOAP=1)
    assert either.read(tray_panel.beats, Kind.ORDER) == ()  # the shop is on none
