"""The goods receipt note says what came beside what was billed, and meets the invoice's total."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money
from dms_desktop.domain.printers import PaperKind
from dms_desktop.domain.purchase_facts import Charge
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.domain.tax import TaxRate
from dms_desktop.printing.papers import made
from dms_desktop.services import papers
from tests.books import Book
from tests.printing.reading import ONE, sheets
from tests.services.buying import ask, draft, post, proved, supplier

NOTE = PaperKind.GOODS_RECEIPT


def note_of(book: Book, uid: Any) -> Any:
    return book.read(papers.to_print, uid, NOTE)[0]


def test_short_damaged_free_and_excess_pieces_are_told_apart(book: Book) -> None:
    supplier(book)
    lines = (
        ask(book, "SOAP", 48, free=2, received=45, damaged=1, excess=6, batch="B3"),
        ask(book, "OIL", 12, "50.00", batch="B4"),
    )
    freight = Charge("freight", Money(20_00), TaxRate(Decimal(18)))
    order = draft(book, *lines, charges=(freight,))
    saved = post(book, order)
    note = note_of(book, saved.posted.id)
    first, second = note.rows
    assert (first.billed, first.free, first.short, first.damaged, first.excess) == (48, 2, 5, 1, 6)
    assert first.goods.qty + first.free + first.damaged + first.short == 50
    assert (second.goods.qty, second.short, second.goods.batch) == (12, 0, "B4")
    assert note.taxable + note.tax.total + note.charges + note.round_off == note.total
    assert note.total == order.total
    assert note.charges == Money(20_00)
    claims = book.value(
        "SELECT sum(paise) FROM ledger_entry JOIN account ON account.id = account_id"
        " WHERE code = 'claims_receivable'"
    )
    assert note.claimed == Money(int(claims)) != Money()
    said = " ".join(sheets(made(note, copies=ONE).data)[0].split())
    for fact in ("GOODS RECEIPT NOTE", order.number, "BRAND Company", "27AAACB2894G1ZN", "B3"):
        assert fact in said, fact
    proved(book)


def test_it_waits_is_printed_once_and_is_then_a_reprint(book: Book) -> None:
    supplier(book)
    saved = post(book, draft(book, ask(book, "SOAP", 30)))
    bare = draft(
        book, ask(book, "TEA", 5), kind=Kind.PROVISIONAL_RECEIPT, number="", invoice_day=None
    )
    provisional = post(book, bare)
    waits = [each.id for each in book.read(papers.unprinted, NOTE)]
    assert waits == [provisional.posted.id, saved.posted.id]
    said = sheets(made(note_of(book, provisional.posted.id), copies=ONE).data)[0]
    assert "Provisional: the supplier's invoice is awaited." in said
    for uid in waits:
        book.write(papers.mark, uid, "note.pdf", NOTE)
    assert book.read(papers.unprinted, NOTE) == []
    assert note_of(book, saved.posted.id).heading.printed == 1
    proved(book)


def test_a_bill_has_no_such_note(book: Book) -> None:
    with pytest.raises(Refused) as caught:
        note_of(book, book.bill(TEA=1).id)
    assert caught.value.problems[0].reason is Reason.UNKNOWN_DOCUMENT
