"""Goods back to the supplier travel with a paper: debit note and challan, or our tax invoice."""

from __future__ import annotations

from typing import Any

import pytest

from dms_desktop.domain.printers import PaperKind
from dms_desktop.domain.refusals import Reason, Refused
from dms_desktop.printing.paper import Copy, Size
from dms_desktop.printing.papers import made
from dms_desktop.services import papers
from tests.books import Book
from tests.printing.reading import sheets
from tests.services.buying import ask, draft, post, proved, supplier
from tests.services.sending_back import back, send

PAPER = PaperKind.SUPPLIER_RETURN


@pytest.fixture
def bought(book: Book) -> Book:
    supplier(book)
    post(book, draft(book, ask(book, "SOAP", 100, damaged=8)))
    return book


def said(book: Book, uid: Any) -> list[str]:
    assert book.read(papers.kind_of, uid) in (PAPER, PaperKind.BILL)
    paper, _route = book.read(papers.to_print, uid, PAPER)
    return sheets(made(paper, copies=tuple(Copy), size=Size.A4).data)


def test_a_debit_note_is_its_own_challan_in_three_copies(bought: Book) -> None:
    sent = send(bought, back(bought, "SOAP", 10))
    pages = said(bought, sent.id)
    for page, whose in zip(pages, ("CONSIGNEE", "TRANSPORTER", "CONSIGNER"), strict=True):
        for fact in (
            "DEBIT NOTE AND DELIVERY CHALLAN", "Rule 55 of the CGST Rules", sent.number,
            f"FOR {whose}", "BRAND Company", "27AAACB2894G1ZN", "34011190", "N1", "236.00",
        ):  # fmt: skip
            assert fact in page, fact
    proved(bought)


def test_our_own_invoice_is_a_tax_invoice(bought: Book) -> None:
    sent = send(bought, back(bought, "SOAP", 8, "non_saleable"), invoice=True)
    pages = said(bought, sent.id)
    assert len(pages) == 3
    for fact in ("TAX INVOICE", sent.number, "ORIGINAL FOR RECIPIENT", "BRAND Company", "189.00"):
        assert fact in pages[0], fact


def test_both_wait_and_are_printed_once(bought: Book) -> None:
    note = send(bought, back(bought, "SOAP", 10))
    invoice = send(bought, back(bought, "SOAP", 8, "non_saleable"), invoice=True)
    waits = [each.id for each in bought.read(papers.unprinted, PAPER)]
    assert waits == [note.id, invoice.id]
    for uid in waits:
        bought.write(papers.mark, uid, "x.pdf", PAPER)
    assert bought.read(papers.unprinted, PAPER) == []
    assert all("REPRINT" in said(bought, uid)[0] for uid in waits)


def test_a_bill_is_no_return(book: Book) -> None:
    with pytest.raises(Refused) as caught:
        said(book, book.bill(TEA=1).id)
    assert caught.value.problems[0].reason is Reason.UNKNOWN_DOCUMENT
