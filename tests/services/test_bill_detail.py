"""All that is known of one bill: what was paid on it, and what happened to it later."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from dms_desktop.domain.goods_line import Kind, Terms
from dms_desktop.domain.money import rupees
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import bill_detail, billing, cancelling, fulfilment, printed
from tests.books import TODAY, Book


def test_a_cash_bill_names_its_receipt_and_its_cancellation_takes_both(either: Book) -> None:
    draft = replace(either.draft(SOAP=10), terms=Terms.CASH)
    bill = either.write(billing.post_draft, draft).posted
    shown = either.read(bill_detail.detail, bill.id)
    assert (shown.open, shown.became) == (rupees("0"), ())
    (paid,) = shown.paid
    assert (paid.number, paid.kind, paid.amount) == ("R/26-27/00001", Kind.RECEIPT, rupees("354"))
    either.write(cancelling.cancel, bill.id, by=uuid4(), why="wrong shop")
    shown = either.read(bill_detail.detail, bill.id)
    assert [one.amount for one in shown.paid] == [rupees("354"), rupees("-354")]
    assert (shown.issued.cancelled, shown.open) == (True, rupees("0"))
    assert len(shown.became) == 1


def test_an_order_and_its_bill_name_each_other(either: Book) -> None:
    order = replace(either.draft(SOAP=10), kind=Kind.ORDER)
    either.write(billing.post_draft, order)
    draft = either.read(fulfilment.draft_of, order.id, new=uuid4(), day=TODAY)
    bill = either.write(billing.post_draft, draft).posted
    either.write(printed.mark, bill.id, "paper.pdf")
    shown = either.read(bill_detail.detail, bill.id)
    assert shown.came_of == ("SO/26-27/00001",)
    assert [(each.what, each.detail) for each in shown.events] == [("printed", "paper.pdf")]
    assert either.read(bill_detail.detail, order.id).became == (bill.number,)
    assert shown.open == bill.total


def test_what_is_not_there_is_refused(either: Book) -> None:
    with pytest.raises(Refused) as caught:
        either.read(bill_detail.detail, uuid4())
    assert caught.value.problems[0].reason is Reason.UNKNOWN_DOCUMENT
