"""A transfer prints its challan in three copies, and what came of it once it was counted."""

from __future__ import annotations

from typing import Any

from dms_desktop.domain.godown_papers import Carriage
from dms_desktop.domain.printers import PaperKind
from dms_desktop.printing.paper import Copy
from dms_desktop.printing.papers import made
from dms_desktop.services import papers
from dms_desktop.services.stock_rows import Piece
from tests.books import Book
from tests.printing.reading import sheets
from tests.services.godowns import proved, second_godown, sent, took


def note_of(book: Book, uid: Any) -> Any:
    return book.read(papers.to_print, uid, PaperKind.TRANSFER)[0]


def test_a_challan_goes_with_the_goods(book: Book) -> None:
    second_godown(book)
    done = sent(book, Piece("soap", "5c"), carriage=Carriage(vehicle="MH12AB1234"))
    (waits,) = book.read(papers.unprinted, PaperKind.TRANSFER)
    assert waits.number == done.number
    note = note_of(book, done.id)
    assert [(row.goods.batch, row.goods.qty, row.received) for row in note.rows] == [
        ("S1", 100, None), ("S2", 20, None),
    ]  # fmt: skip
    assert sum(row.goods.value.paise for row in note.rows) == done.total.paise
    pages = sheets(made(note, copies=tuple(Copy)).data)
    for page, whose in zip(pages, ("CONSIGNEE", "TRANSPORTER", "CONSIGNER"), strict=True):
        assert f"FOR {whose}" in page
        for fact in ("DELIVERY CHALLAN", done.number, "Cold", "MH12AB1234", "34011190"):
            assert fact in page, fact
    book.write(papers.mark, done.id, "x.pdf", PaperKind.TRANSFER)
    assert book.read(papers.unprinted, PaperKind.TRANSFER) == []
    assert note_of(book, done.id).heading.printed == 1
    proved(book)


def test_what_came_is_told_once_all_was_counted(book: Book) -> None:
    second_godown(book)
    done = sent(book, Piece("soap", "5c"))
    took(book, done, came={0: 60})
    assert note_of(book, done.id).rows[0].received is None, "the rest is on the way"
    took(book, done)
    assert [row.received for row in note_of(book, done.id).rows] == [100, 20]
