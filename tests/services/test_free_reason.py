"""Free pieces bear a reason of the owner's list: on the line, on disk, in whatever comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.draft_text import from_text, to_text
from dms_desktop.domain.goods_line import GoodsLine, Kind
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.services import billing, copying_bills, documents, fulfilment, orders
from dms_desktop.services.registers.every import REGISTERS
from dms_desktop.services.verifying import verify
from tests.books import TODAY, Book

REASONS: Any = REGISTERS["reason"]


def posted(book: Book, *asks: Ask, kind: Kind = Kind.BILL) -> UUID:
    draft = replace(book.draft(), asks=asks, kind=kind)
    saved: billing.Saved = book.write(billing.post_draft, draft)
    return saved.posted.id


def lines(book: Book, uid: UUID) -> tuple[GoodsLine, ...]:
    found: Any = book.read(documents.issued, uid).document
    assert isinstance(found.lines, tuple)
    return found.lines


def given(book: Book, uid: UUID) -> list[tuple[int, str, str]]:
    return [(line.free_qty, line.free_reason, line.free_reason_name) for line in lines(book, uid)]


def problems(book: Book, *asks: Ask) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as caught:
        posted(book, *asks)
    return caught.value.problems


def rename(book: Book, code: str, **changes: Any) -> None:
    shown = book.read(REASONS.show, code)
    book.write(REASONS.change, code, changes, shown.version)


def test_the_usual_reason_is_taken_where_none_is_named_and_only_for_free_pieces(
    either: Book,
) -> None:
    soap, tea = either.items["SOAP"], either.items["TEA"]
    bill = posted(either, Ask(soap, 10, 1), Ask(tea, 5, free_reason="GOODWILL"))
    assert given(either, bill) == [(1, "SCHEME", "Scheme of the brand"), (0, "", "")]
    assert either.read(verify).findings == ()


def test_a_reason_is_frozen_as_it_was_on_the_day(either: Book) -> None:
    bill = posted(either, Ask(either.items["SOAP"], 10, 1, free_reason="goodwill"))
    rename(either, "GOODWILL", name="Old customer", active=False)
    assert given(either, bill) == [(1, "GOODWILL", "Goodwill")]
    assert either.read(verify).findings == ()


def test_a_reason_that_is_none_is_refused_at_its_row(either: Book) -> None:
    soap = either.items["SOAP"]
    rename(either, "TASTING", active=False)
    found = problems(either, Ask(soap, 5), Ask(soap, 5, 1, "LOST"), Ask(soap, 5, 1, "TASTING"))
    assert [(each.reason, each.row) for each in found] == [
        (Reason.UNKNOWN_CODE, 1),
        (Reason.INACTIVE, 2),
    ]
    for code in ("SCHEME", "DISPLAY", "GOODWILL"):
        rename(either, code, active=False)
    (nothing,) = problems(either, Ask(soap, 10, 1))
    assert (nothing.reason, nothing.facts["field"]) == (Reason.MISSING, "free_reason")
    posted(either, Ask(soap, 10))


@pytest.mark.parametrize("kind", [Kind.ORDER, Kind.CHALLAN])
def test_its_bill_gives_the_reason_of_the_order_though_it_is_inactive_by_now(
    either: Book, kind: Kind
) -> None:
    ask = Ask(either.items["SOAP"], 10, 2, free_reason="DISPLAY")
    made = replace(either.draft(), asks=(ask,), kind=kind, note="on approval")
    source = either.write(billing.post_draft, made).posted.id
    rename(either, "DISPLAY", active=False)
    draft = either.read(fulfilment.draft_of, source, new=uuid4(), day=TODAY)
    bill = either.write(billing.post_draft, draft).posted.id
    assert given(either, bill) == [(2, "DISPLAY", "For its display")]
    assert either.read(verify).findings == ()


def test_a_copy_and_a_held_draft_keep_it(either: Book) -> None:
    bill = posted(either, Ask(either.items["SOAP"], 10, 1, free_reason="GOODWILL"))
    copied = either.read(copying_bills.copy_of, bill, new=uuid4(), day=TODAY)
    assert [ask.free_reason for ask in copied.asks] == ["GOODWILL"]
    assert from_text(to_text(copied)) == copied
    righted = either.write(
        copying_bills.cancel_and_copy, bill, by=uuid4(), why="wrong", new=uuid4(), day=TODAY
    )
    assert [ask.free_reason for ask in righted.draft.asks] == ["GOODWILL"]


def test_an_order_says_it_in_the_published_shape(either: Book) -> None:
    said = {
        "party": "SHARMA",
        "lines": [
            {"item": "SOAP", "qty": "10+1", "free_reason": "GOODWILL"},
            {"item": "SOAP", "qty": "10", "free": 1},
        ],
    }
    draft = either.read(orders.draft, said, kind=Kind.BILL, new=uuid4(), today=TODAY)
    assert [ask.free_reason for ask in draft.asks] == ["GOODWILL", ""]
    bill = either.write(billing.post_draft, draft).posted.id
    assert [code for _, code, _ in given(either, bill)] == ["GOODWILL", "SCHEME"]
