"""A supplier and invoices of his, for tests that buy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, Rate, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_draft import PurchaseAsk, PurchaseDraft
from dms_desktop.domain.purchase_facts import Charge
from dms_desktop.domain.tax import TaxRate
from dms_desktop.services import (
    cancelling,
    purchase_list,
    purchase_orders,
    purchase_register,
    purchases,
)
from dms_desktop.services.verifying import verify
from dms_desktop.store.session import Tx
from tests.books import TODAY, Book

INVOICED = date(2026, 11, 19)


@needs(Power.MASTERS)
def _supplier(tx: Tx, code: str, state: str, gstin: str, kind: str) -> int:
    key = tx.value(
        "INSERT INTO party (uid, code, code_key, name, state, supplier, customer, credit_days)"
        " VALUES (:u, :c, lower(:c), :n, :s, 1, 0, 30) RETURNING id",
        u=uuid4().bytes,
        c=code,
        n=f"{code} Company",
        s=state,
    )
    tx.run(
        "INSERT INTO party_gst (party_id, gst_type, gstin) VALUES (:p, :k, :g)",
        p=key,
        k=kind,
        g=gstin,
    )
    return int(key)


def supplier(
    book: Book, code: str = "BRAND", state: str = "27", gstin: str = "27AAACB2894G1ZN",
    kind: str = "regular",
) -> int:  # fmt: skip
    made: int = book.write(_supplier, code, state, gstin, kind)
    book.parties[code] = made
    return made


def ask(book: Book, item: str, qty: int, rate: str = "20.00", **more: Any) -> PurchaseAsk:
    lot = {"batch": "N1", "mrp": rupees("40"), "expiry": date(2027, 12, 31), **more}
    return PurchaseAsk(book.items[item], qty=qty, rate=Rate(rupees(rate)), **lot)


def draft(book: Book, *asks: PurchaseAsk, total: str = "", **more: Any) -> PurchaseDraft:
    made = PurchaseDraft(
        uuid4(),
        Kind.GOODS_RECEIPT,
        TODAY,
        book.parties["BRAND"],
        1,
        asks,
        number=f"INV/{uuid4().hex[:8]}",
        invoice_day=INVOICED,
        total=rupees(total) if total else None,
    )
    made = replace(made, **more)
    if not total and made.kind in (Kind.GOODS_RECEIPT, Kind.GOODS_IN_TRANSIT):
        judged = book.read(purchases.judge, replace(made, total=Money()))
        made = replace(made, total=judged.totals.total)
    return made


def post(book: Book, made: PurchaseDraft) -> purchases.BoughtSaved:
    saved: purchases.BoughtSaved = book.write(purchases.post_purchase, made)
    return saved


def legs(book: Book, uid: Any) -> dict[str, str]:
    """By account, what a document posted."""
    rows = book.rows(
        "SELECT code, sum(paise) FROM ledger_entry JOIN account ON account.id = account_id"
        " JOIN document ON document.id = document_id WHERE uid = :u GROUP BY code ORDER BY code",
        u=uid.bytes,
    )
    return {code: str(Money(int(paise))) for code, paise in rows}


def proved(book: Book) -> None:
    assert book.read(verify).findings == ()


def purchases_of_all_sorts(book: Book) -> None:
    """One of each kind, what came of each, one cancelled, and some excess that went back."""
    supplier(book)
    ordered = draft(book, ask(book, "SOAP", 50), kind=Kind.PURCHASE_ORDER, **_NO_INVOICE)
    post(book, ordered)
    come = draft(book, ask(book, "SOAP", 30, batch="B1"), kind=Kind.PROVISIONAL_RECEIPT,
                 **_NO_INVOICE)  # fmt: skip
    post(book, come)
    way = draft(book, ask(book, "TEA", 20, "80.00", batch="B2"), kind=Kind.GOODS_IN_TRANSIT)
    post(book, way)
    lines = (
        ask(book, "SOAP", 48, free=2, received=45, damaged=1, excess=6, batch="B3"),
        ask(book, "OIL", 12, "50.00", batch="B4", mrp=rupees("99"), discounts=(Decimal(10),)),
    )
    made = draft(book, *lines, charges=(Charge("freight", rupees("20"), TaxRate(Decimal(18))),))
    post(book, book.read(purchase_orders.against, made, ordered.id))
    (held,) = book.read(purchase_list.excess_held)
    book.write(purchase_register.release, held.line, 2, "sent_back", "challan 4")
    post(book, draft(book, ask(book, "SOAP", 30, batch="B1"), provisional=come.id))
    post(book, replace(way, id=uuid4(), kind=Kind.GOODS_RECEIPT, transit=way.id))
    wrong = post(book, draft(book, ask(book, "SALT", 5, "18.00", batch="B5")))
    book.write(cancelling.cancel, wrong.posted.id, by=uuid4(), why="typed wrongly")


_NO_INVOICE: dict[str, Any] = {"number": "", "invoice_day": None}
