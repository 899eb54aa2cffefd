"""What is kept beside a purchase once it is posted, and let go once it is cancelled."""

from __future__ import annotations

from uuid import UUID

from dms_desktop.domain.calendar import financial_year
from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_facts import Invoice
from dms_desktop.domain.purchases import GoodsReceipt, InvoicePaper
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.trade_papers import TradePaper
from dms_desktop.services import audit
from dms_desktop.store.session import Reading, Tx

LINE_BITS = 16
_SETTLED = "SELECT count(*) FROM excess_release WHERE line_id BETWEEN :first AND :last"
WAYS = ("billed", "sent_back")
_HELD = (
    "SELECT line_id, rest, number FROM excess_held JOIN goods_line ON goods_line.id = line_id"
    " JOIN document ON document.id = document_id WHERE line_id = :line FOR UPDATE"
)


def booked(reading: Reading, party: int, invoice: Invoice) -> str:
    """Our number of the purchase that has this supplier's number already, or nothing."""
    year, number = _named(invoice)
    found = reading.value(
        "SELECT document.number FROM supplier_number JOIN document ON document.id = document_id"
        " WHERE supplier_number.party_id = :party AND year = :year"
        " AND supplier_number.number = :number",
        party=party,
        year=year,
        number=number,
    )
    return str(found or "")


def opened(tx: Tx, key: int, paper: TradePaper) -> None:
    """The supplier's number, what was bought, what is held in excess."""
    first = key << LINE_BITS
    if isinstance(paper, InvoicePaper) and not getattr(paper, "transit", None):
        _keep_number(tx, key, paper)
    if not isinstance(paper, GoodsReceipt):
        return
    bought = [(first | at, line.item_id) for at, line in enumerate(paper.lines) if line.qty]
    tx.insert("bought", ("line_id", "item_id"), bought)
    held = [
        (first | at, came.excess, came.excess) for at, came in enumerate(paper.came) if came.excess
    ]
    tx.insert("excess_held", ("line_id", "qty", "rest"), held)


def _keep_number(tx: Tx, key: int, paper: InvoicePaper) -> None:
    """Refuses INVOICE_KNOWN where another counter was quicker."""
    party, (year, number) = paper.head.party, _named(paper.invoice)
    assert party is not None
    done = tx.run(
        "INSERT INTO supplier_number (document_id, party_id, year, number)"
        " VALUES (:document_id, :party, :year, :number)"
        " ON CONFLICT (party_id, year, number) DO NOTHING",
        document_id=key,
        party=party.id,
        year=year,
        number=number,
    )
    if not done:
        what = booked(tx, party.id, paper.invoice)
        raise refuse(Reason.INVOICE_KNOWN, number=paper.number, party=party.name, what=what)


def let_go(tx: Tx, uid: UUID) -> None:
    """As if it had never come. Refuses HANGS_ON_IT where some of its excess is settled since."""
    row = tx.row("SELECT id, number FROM document WHERE uid = :uid", uid=uid.bytes)
    assert row is not None
    key, number = row
    ends = {"first": key << LINE_BITS, "last": (key + 1 << LINE_BITS) - 1}
    if tx.value(_SETTLED, **ends):
        raise refuse(Reason.HANGS_ON_IT, number=number, what="excess")
    tx.run("DELETE FROM supplier_number WHERE document_id = :key", key=key)
    tx.run("DELETE FROM bought WHERE line_id BETWEEN :first AND :last", **ends)
    tx.run("DELETE FROM excess_held WHERE line_id BETWEEN :first AND :last", **ends)


@needs(Power.RECEIVE)
def release(tx: Tx, line: int, qty: int, way: str, note: str = "") -> None:
    """So many pieces held in excess were billed after all, or went back: no stock and no ledger.

    Refuses BAD_ENTRY for another way, UNKNOWN_CODE for a line that holds none, and NOT_HELD.
    """
    if way not in WAYS:
        raise refuse(Reason.BAD_ENTRY, field="way", value=way)
    row = tx.row(_HELD, line=line)
    if row is None:
        raise refuse(Reason.UNKNOWN_CODE, code=str(line))
    if not 0 < qty <= row[1]:
        raise refuse(Reason.NOT_HELD, number=row[2], have=row[1], next=qty)
    tx.run("UPDATE excess_held SET rest = rest - :qty WHERE line_id = :line", qty=qty, line=line)
    tx.insert(
        "excess_release",
        ("line_id", "qty", "way", "note", "at", "user_id"),
        [(line, qty, way, note, tx.micros, tx.actor.user_id)],
    )
    told = {"qty": qty, "way": way, "note": note}
    audit.record(tx, "release excess", f"excess {line}", after=told)


def _named(invoice: Invoice) -> tuple[int, str]:
    return financial_year(invoice.day).starts, folded(invoice.number)
