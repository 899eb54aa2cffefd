"""A new shop: what the books tell of its steps, and what is settled before the first bill."""

from __future__ import annotations

import pytest

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.services import getting_started, printers
from dms_desktop.services.getting_started import Standing
from dms_desktop.services.verifying import verify
from tests.books import Book

pytest_plugins = ["tests.books"]


def standing(book: Book) -> Standing:
    found: Standing = book.read(getting_started.standing)
    return found


def test_what_is_in_the_books_is_told(book: Book) -> None:
    now = standing(book)
    assert (now.items, now.parties, now.lots, now.dues) == (4, 3, 6, 0)
    assert (now.first_bill, now.numbered, now.printer) == ("B/26-27/00001", False, "")
    book.bill(SOAP=1)
    now = standing(book)
    assert (now.first_bill, now.numbered) == ("B/26-27/00002", True)


def test_bills_begin_with_the_letters_that_were_chosen(book: Book) -> None:
    assert book.write(getting_started.number_bills, " gs ") == "GS/26-27/"
    assert book.bill(SOAP=1).number == "GS/26-27/00001"
    assert book.read(verify).findings == ()
    assert book.write(getting_started.number_bills, "GS/26-27/") == "GS/26-27/", "nothing changes"
    with pytest.raises(Refused) as refused:
        book.write(getting_started.number_bills, "X")
    assert refused.value.problems[0].reason is Reason.SERIES_USED


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.MISSING),
        ("GS 1/", Reason.SERIES_TOO_LONG),
        ("A1", Reason.SERIES_TOO_LONG),
        ("VERYLONGPREFIX", Reason.SERIES_TOO_LONG),
        ("so", Reason.SERIES_PREFIX_TAKEN),
    ],
)
def test_a_prefix_that_cannot_be_is_refused(book: Book, typed: str, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        book.write(getting_started.number_bills, typed)
    assert refused.value.problems[0].reason is reason
    assert standing(book).prefix == "B/26-27/"


def test_papers_go_to_the_printer_that_was_chosen_last(book: Book) -> None:
    for address, size in (("Office", "a4"), ("Office", "a5"), ("Godown", "a4")):
        book.write(getting_started.print_on, "queue", address, size)
    assert [printer.code for printer in book.read(printers.printers)] == ["GODOWN", "OFFICE"]
    route = book.read(printers.route, Kind.BILL)
    assert (route.printer.address, route.size, route.on_save) == ("Godown", "a4", True)
    assert standing(book).printer == "Godown"
