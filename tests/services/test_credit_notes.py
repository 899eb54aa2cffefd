"""Goods that never reached the shop come back to the shelf; the bill is credited to the paisa."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import cancelling
from dms_desktop.services.credit_notes import NotDelivered, not_delivered
from dms_desktop.services.posting import Posted
from dms_desktop.services.verifying import verify
from tests.books import TODAY, Book


def back(book: Book, bill: Posted, rows: dict[int, tuple[int, int]] | None = None) -> Posted:
    wanted = NotDelivered(uuid4(), bill.id, "SHOP CLOSED", rows or {})
    done: Posted = book.write(not_delivered, wanted)
    return done


def refused(done: Any) -> Reason:
    with pytest.raises(Refused) as caught:
        done()
    return caught.value.problems[0].reason


def open_of(book: Book) -> list[tuple[Any, ...]]:
    return book.rows(
        "SELECT number, paise, open_paise FROM open_item JOIN document ON document.id = document_id"
        " ORDER BY document.id"
    )


def sound(book: Book) -> None:
    assert [*book.read(verify).findings] == []


def test_a_bill_that_was_refused_is_as_if_it_had_never_been(book: Book) -> None:
    before = book.stock("SOAP"), book.stock("TEA")
    bill = book.bill(SOAP=110, TEA=7)
    note = back(book, bill)
    assert note.number.startswith("CN")
    assert note.total == bill.total
    assert (book.stock("SOAP"), book.stock("TEA")) == before
    assert open_of(book) == [(bill.number, bill.total.paise, 0)]
    assert book.value("SELECT paise FROM party_balance") == 0
    sound(book)


def test_parts_come_back_until_nothing_is_left_and_the_notes_make_the_bill(book: Book) -> None:
    bill = book.bill(SOAP=7, TEA=5)
    first = back(book, bill, {0: (3, 0)})
    second = back(book, bill, {0: (4, 0), 1: (2, 0)})
    assert refused(lambda: back(book, bill, {0: (1, 0)})) is Reason.MORE_THAN_SOLD
    third = back(book, bill)
    assert first.total + second.total + third.total == bill.total
    assert refused(lambda: back(book, bill)) is Reason.NO_LINES
    sound(book)


def test_the_same_note_told_twice_is_one(book: Book) -> None:
    bill = book.bill(SOAP=7)
    wanted = NotDelivered(uuid4(), bill.id, "REFUSED", {0: (3, 0)})
    assert book.write(not_delivered, wanted) == book.write(not_delivered, wanted)
    other = NotDelivered(wanted.id, bill.id, "REFUSED", {0: (4, 0)})
    assert refused(lambda: book.write(not_delivered, other)) is Reason.OTHER_CONTENT
    sound(book)


def test_a_bill_with_a_note_stands_until_the_note_is_cancelled(book: Book) -> None:
    bill = book.bill(SOAP=7)
    note = back(book, bill, {0: (3, 0)})
    cancel = cancelling.cancel
    assert refused(lambda: book.write(cancel, bill.id, by=uuid4(), why="x")) is Reason.HANGS_ON_IT
    book.write(cancel, note.id, by=uuid4(), why="It was delivered after all")
    assert open_of(book)[0] == (bill.number, bill.total.paise, bill.total.paise)
    sound(book)
    again = back(book, bill, {0: (7, 0)})
    assert again.total == bill.total
    sound(book)


def test_what_is_no_bill_or_older_than_it_is_refused(book: Book) -> None:
    bill = book.bill(SOAP=7)
    early = NotDelivered(uuid4(), bill.id, "REFUSED", day=TODAY.replace(day=1))
    assert refused(lambda: book.write(not_delivered, early)) is Reason.NOTE_BEFORE_BILL
    nobody = NotDelivered(uuid4(), bill.id, " ")
    assert refused(lambda: book.write(not_delivered, nobody)) is Reason.MISSING
    note = back(book, bill)
    of_note = NotDelivered(uuid4(), note.id, "REFUSED")
    assert refused(lambda: book.write(not_delivered, of_note)) is Reason.UNKNOWN_DOCUMENT
    other = book.bill(SOAP=2)
    book.write(cancelling.cancel, other.id, by=uuid4(), why="x")
    of_cancelled = NotDelivered(uuid4(), other.id, "REFUSED")
    assert refused(lambda: book.write(not_delivered, of_cancelled)) is Reason.ALREADY_CANCELLED
    sound(book)
