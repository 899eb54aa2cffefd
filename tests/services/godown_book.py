"""The godown's own papers of every kind, for the book that is proved and broken."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from dms_desktop.domain.godown_papers import Carriage
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.money import Money
from dms_desktop.services import counts, expiry
from dms_desktop.services.adjustments import Adjusting, Moving, adjust, move_bucket
from dms_desktop.services.counts import Closing, NewSheet
from dms_desktop.services.stock_rows import Piece
from tests.books import Book
from tests.services.godowns import cancel, second_godown, sent, took


def godown_papers(book: Book) -> None:
    """Transfers whole, in part, short and taken back; adjustments, a count, an expired batch."""
    second_godown(book)
    cola = Piece("COLA", "2c", "X1")
    first = sent(book, cola, Piece("SALT", "3c"), carriage=Carriage(vehicle="MH12AB1234"))
    took(book, first, came={0: 20, 1: 150})
    took(book, first, came={0: 1}, lost={0: 3}, reason="LOST", note="fell off")
    sent(book, Piece("SODA", "10"), direct=True)
    back = took(book, sent(book, Piece("PAN", "4")))
    cancel(book, back.id)
    _adjustments(book)
    _count(book)
    old = Piece("SOAP", "+6", "OLD", expiry=date(2026, 12, 25))
    book.write(adjust, Adjusting(uuid4(), (old,), "COUNTED"))


def past_a_date(book: Book) -> None:
    """Last of all: from then on it is another day."""
    was = book.clock.now
    book.clock.now = was.replace(year=2026, month=12, day=28)
    book.write(expiry.move_anyway)
    book.clock.now = was


def _adjustments(book: Book) -> None:
    rows = (Piece("COLA", "-5", "X1", Money(4000)), Piece("PAN", "2", "X1"))
    book.write(adjust, Adjusting(uuid4(), rows, "BROKEN", note="a shelf fell"))
    done = book.write(adjust, Adjusting(uuid4(), (Piece("SODA", "3", "X1"),), "SAMPLE"))
    cancel(book, done.id)
    torn = Moving(uuid4(), (Piece("COLA", "6", "X1", Money(4000)),), Bucket.NON_SALEABLE, "BROKEN")
    book.write(move_bucket, torn)


def _count(book: Book) -> None:
    sheet = book.write(counts.start, NewSheet(uuid4(), "item", "COLA"))
    there = book.read(counts.show, sheet).rows
    for off, row in enumerate(there, -2):
        lot = row.line
        piece = Piece("COLA", "300" if off < 0 else "9", lot.batch, lot.mrp, None, row.bucket)
        book.write(counts.count, sheet, piece)
    book.write(counts.close, Closing(uuid4(), sheet, note="the yearly count"))
