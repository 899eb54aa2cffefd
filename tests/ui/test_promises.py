"""What an order promised comes along to the counter, in proportion to what is billed of it."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money
from dms_desktop.services import billing, fulfilment
from tests.books import TODAY
from tests.ui.conftest import Counter, Key


def test_an_amount_that_an_order_promised_shrinks_and_grows_with_its_pieces(
    counter: Counter,
) -> None:
    book = counter.book
    tea = Ask(book.items["TEA"], 10, discount=Money(100_00))
    asked = replace(book.draft(), kind=Kind.ORDER, asks=(tea,))
    order = book.write(billing.post_draft, asked).posted
    counter.screen.open_draft(book.read(fulfilment.draft_of, order.id, new=uuid4(), day=TODAY))
    counter.ready()
    for pieces, off in (("5", "50.00/-"), ("10", "100.00/-"), ("3", "30.00/-")):
        counter.press(Key.Key_F4)
        counter.enter(pieces)
        assert counter.shown()[0][6] == off
    counter.press(Key.Key_F7)
    assert counter.at.property("text") == "30.00/-"
    counter.enter("40/-")
    assert counter.shown()[0][6] == "40.00/-"
