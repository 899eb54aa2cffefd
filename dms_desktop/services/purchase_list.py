"""Purchases for those who look: the list, one paper whole, what an item was last bought at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dms_desktop.domain.company import Issued
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_draft import LastBought
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.signed_qr import EInvoice
from dms_desktop.domain.trade_papers import PURCHASES
from dms_desktop.services import documents, purchase_facts
from dms_desktop.store.session import Reading

_ROWS = (
    "SELECT uid, kind, number, day, external_ref, party_id, party_code, party_name, total,"
    " (SELECT max(open_paise) FROM open_item WHERE open_item.document_id = document.id),"
    " EXISTS (SELECT 1 FROM document_event WHERE document_event.document_id = document.id"
    " AND event = 'cancelled') FROM document WHERE kind IN :kinds"
    " AND (:party = 0 OR party_id = :party) AND day BETWEEN :first AND :last"
    " AND (:text = '' OR lower(number) LIKE :like OR lower(external_ref) LIKE :like"
    " OR lower(party_name) LIKE :like) ORDER BY document.day DESC, document.id DESC LIMIT :limit"
)
_HELD = (
    "SELECT excess_held.line_id, document.number, document.day, document.party_id, party_name,"
    " goods_line.item_id, goods_line.name, batch, mrp, excess_held.qty, rest FROM excess_held"
    " JOIN goods_line ON goods_line.id = line_id JOIN document ON document.id = document_id"
    " WHERE rest > 0 AND (:party = 0 OR document.party_id = :party) ORDER BY line_id"
)
_BY_GSTIN = (
    "SELECT party.id, party.code, party.name FROM party JOIN party_gst ON party_id = party.id"
    " WHERE gstin = :gstin AND supplier = 1 AND active = 1 ORDER BY party.id, from_day DESC"
)


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """`owed`: what of it is still open, as a credit below nil; None where nothing ever was."""

    id: UUID
    kind: Kind
    number: str
    day: date
    invoice: str
    party_id: int
    party_code: str
    party: str
    total: Money
    owed: Money | None
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces that came beyond an invoice, and how many of them are still held."""

    line: int
    number: str
    day: date
    party_id: int
    party: str
    item_id: int
    item: str
    batch: str
    mrp: Money
    qty: int
    left: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """What the QR of an e-invoice proposes, and the supplier whose GSTIN it bears, if we know him.

    `ours`: it was made out to our own GSTIN. Nothing of it is verified.
    """

    said: EInvoice
    party_id: int | None
    party_code: str
    party: str
    ours: bool


@needs(Power.LOOK)
def purchases(
    reading: Reading,
    *,
    kinds: Iterable[Kind] = PURCHASES,
    party_id: int = 0,
    text: str = "",
    first: date = date.min,
    last: date = date.max,
    limit: int = 200,
) -> list[PurchaseRow]:
    """The newest first. `text`: a part of our number, of the supplier's, or of his name."""
    rows = reading.rows(
        _ROWS,
        kinds=sorted(kind.value for kind in kinds),
        party=party_id,
        first=first.isoformat(),
        last=last.isoformat(),
        text=text.strip(),
        like=f"%{folded(text)}%",
        limit=limit,
    )
    return [
        PurchaseRow(
            UUID(bytes=bytes(uid)), Kind(kind), number, date.fromisoformat(day), invoice, party,
            code, name, Money(total), None if owed is None else Money(owed), bool(cancelled),
        )
        for uid, kind, number, day, invoice, party, code, name, total, owed, cancelled in rows
    ]  # fmt: skip


@needs(Power.LOOK)
def purchase(reading: Reading, uid: UUID) -> Issued:
    """One paper whole. Refuses UNKNOWN_DOCUMENT, also for what is no purchase."""
    issued = documents.issued(reading, uid)
    if issued.document.kind not in PURCHASES:
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=issued.number)
    return issued


@needs(Power.LOOK)
def last_bought(reading: Reading, items: Iterable[int]) -> dict[int, LastBought]:
    """By item: day and number of the last invoice, its MRP, and what a piece cost net."""
    return purchase_facts.last_bought(reading, sorted(set(items)))


@needs(Power.LOOK)
def excess_held(reading: Reading, party_id: int = 0) -> list[Held]:
    """What is held with no liability, of one supplier or of all."""
    return [
        Held(
            line, number, date.fromisoformat(day), party, name, item, item_name, batch,
            Money(mrp), qty, left,
        )
        for line, number, day, party, name, item, item_name, batch, mrp, qty, left in reading.rows(
            _HELD, party=party_id
        )
    ]  # fmt: skip


@needs(Power.LOOK)
def scanned(reading: Reading, said: EInvoice) -> Scanned:
    """Whose invoice it is, and whether it is ours to book."""
    row = reading.row(_BY_GSTIN, gstin=said.seller)
    ours = reading.value("SELECT gstin FROM registration ORDER BY id LIMIT 1")
    key, code, name = row or (None, "", "")
    return Scanned(said, key, code, name, said.buyer == ours)
