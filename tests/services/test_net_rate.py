"""A net rate stays net: on disk, on the bill of an order or challan, and in a copy."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.goods_line import GoodsLine, Kind
from dms_desktop.domain.money import rate, rupees
from dms_desktop.services import billing, documents, fulfilment
from dms_desktop.services.copying_bills import copy_of
from dms_desktop.services.posting import Posted
from dms_desktop.services.verifying import verify
from tests.books import TODAY, Book


def posted(book: Book, draft: Draft) -> Posted:
    saved: billing.Saved = book.write(billing.post_draft, draft)
    return saved.posted


def lines(book: Book, uid: object) -> tuple[GoodsLine, ...]:
    found: tuple[GoodsLine, ...] = book.read(documents.issued, uid).document.lines
    return found


def net_soap(book: Book) -> Draft:
    """Ten of soap at 25.00 net of everything, and ten of salt at its PTR of 20.00."""
    soap = Ask(book.items["SOAP"], 10, rate=rate("25"), net=True)
    return book.draft(SALT=10).plus(soap)


def test_a_net_line_is_read_back_as_net(either: Book) -> None:
    salt, soap = lines(either, posted(either, net_soap(either)).id)
    assert (salt.net, soap.net) == (False, True)


@pytest.mark.parametrize("kind", [Kind.ORDER, Kind.ESTIMATE, Kind.CHALLAN])
def test_no_discount_of_the_bill_falls_on_what_was_promised_net(either: Book, kind: Kind) -> None:
    source = posted(either, replace(net_soap(either), kind=kind, note="on approval"))
    draft: Draft = either.read(fulfilment.draft_of, source.id, new=uuid4(), day=TODAY)
    bill = posted(either, replace(draft, bill_discount=rupees("20")))
    salt, soap = lines(either, bill.id)
    assert (soap.net, soap.adjustments, soap.taxable) == (True, (), rupees("250"))
    assert salt.taxable == rupees("180")
    assert either.read(verify).findings == ()


def test_a_copy_asks_for_the_same_net_rate(either: Book) -> None:
    bill = posted(either, net_soap(either))
    copy: Draft = either.read(copy_of, bill.id, new=uuid4(), day=TODAY)
    again = posted(either, replace(copy, bill_discount_percent=Decimal(10)))
    assert [line.taxable for line in lines(either, again.id)] == [rupees("180"), rupees("250")]
