"""Goods of a supplier that go back, for tests."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

from dms_desktop.domain.goods_line import Bucket, Kind
from dms_desktop.domain.money import Money, rupees
from dms_desktop.domain.supplier_credit import Against, ClaimKind, CreditRate
from dms_desktop.domain.tax import Gst
from dms_desktop.services import cancelling
from dms_desktop.services.posting import Posted
from dms_desktop.services.purchase_list import excess_held
from dms_desktop.services.supplier_claims import Claim, claims
from dms_desktop.services.supplier_credits import AnswerAsk, CreditDraft, post_credit
from dms_desktop.services.supplier_returns import ReturnAsk, ReturnDraft, post_return
from tests.books import TODAY, Book


def lot(book: Book, code: str, batch: str = "N1") -> int:
    found: int = book.value(
        "SELECT id FROM lot WHERE item_id = :item AND batch = :batch",
        item=book.items[code],
        batch=batch,
    )
    return found


def back(book: Book, code: str, qty: int, bucket: str = "saleable", **more: Any) -> ReturnAsk:
    batch = more.pop("batch", "N1")
    return replace(ReturnAsk(lot(book, code, batch), qty, Bucket(bucket)), **more)


def sending(book: Book, *asks: ReturnAsk, invoice: bool = False, **more: Any) -> ReturnDraft:
    kind = Kind.RETURN_INVOICE if invoice else Kind.SUPPLIER_RETURN
    made = ReturnDraft(uuid4(), kind, TODAY, book.parties["BRAND"], 1, asks, "DAMAGED")
    return replace(made, **more)


def send(book: Book, *asks: ReturnAsk, **more: Any) -> Posted:
    posted: Posted = book.write(post_return, sending(book, *asks, **more))
    return posted


def printed(taxable: str, gst: int = 18) -> CreditRate:
    """CGST and SGST of the rate."""
    half = rupees(taxable).percent(Decimal(gst) / 2)
    return CreditRate(Decimal(gst), rupees(taxable), Gst(half, half))


def note(book: Book, against: Against, *rates: CreditRate, **more: Any) -> CreditDraft:
    made = CreditDraft(
        uuid4(), TODAY, book.parties["BRAND"], against, f"CN/{uuid4().hex[:6]}", TODAY, rates=rates
    )
    return replace(made, **more)


def credit(book: Book, made: CreditDraft) -> Posted:
    posted: Posted = book.write(post_credit, made)
    return posted


def answer(claim: Claim, accepted: str | None = None, refused: str = "0") -> AnswerAsk:
    given = None if accepted is None else rupees(accepted)
    return AnswerAsk(claim.line, claim.what, given, rupees(refused))


def claimed(book: Book, what: ClaimKind | None = None, *, every: bool = False) -> list[Claim]:
    found: list[Claim] = book.read(claims, what=what, every=every)
    return found


def owed(book: Book) -> str:
    """What we owe the brand."""
    rows = book.rows(
        "SELECT supplied FROM party_balance WHERE party_id = :p", p=book.parties["BRAND"]
    )
    return str(Money(-rows[0][0])) if rows else "0.00"


def returns_of_all_sorts(book: Book) -> None:
    """Both roads, notes that settle, refuse and discount, and one of each that was undone. The
    brand has sold soap of batch B3, some short, some damaged, some too many."""
    send(book, back(book, "SOAP", 1, "non_saleable", batch="B3"))
    send(book, back(book, "SOAP", 10, batch="B3"), transport="MH12AB1234")
    send(book, back(book, "OIL", 3, batch="B4"), invoice=True)
    (held,) = book.read(excess_held)
    send(book, ReturnAsk(0, 3, held=held.line))
    for invoice in (False, True):
        undone = send(book, back(book, "SOAP", 2, batch="B3"), invoice=invoice)
        book.write(cancelling.cancel, undone.id, by=uuid4(), why="kept after all")
    (short,) = claimed(book, ClaimKind.SHORT)
    credit(book, note(book, Against.SHORT, printed("50"), answers=(answer(short),)))
    claim = claimed(book, ClaimKind.RETURNED)[-1]
    made = note(
        book, Against.RETURN, printed("100"), answers=(answer(claim, "100", "30"),),
        reason="seal broken",
    )  # fmt: skip
    credit(book, made)
    credit(book, note(book, Against.DISCOUNT, printed("25")))
    wrong = credit(book, note(book, Against.RATE, printed("10")))
    book.write(cancelling.cancel, wrong.id, by=uuid4(), why="another brand's")
