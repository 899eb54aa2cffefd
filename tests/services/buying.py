"""A supplier and invoices of his, for tests that buy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, Rate, rupees
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_draft import PurchaseAsk, PurchaseDraft
from dms_desktop.services import purchases
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
