"""What papers with a supplier share: who he is, what we owe him, what a note takes off it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dms_desktop.domain.documents import Settled
from dms_desktop.domain.facts import Party, Seller
from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import catalogue
from dms_desktop.store.session import Reading, Tx

_OPEN = (
    "SELECT document.id, uid, number, external_ref, document.day, open_item.due_day, open_paise"
    " FROM open_item JOIN document ON document.id = document_id"
    " WHERE open_item.party_id = :party AND open_paise < 0 AND kind IN"
    " ('goods_receipt', 'goods_in_transit') ORDER BY document_id FOR UPDATE OF open_item"
)


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice of his that we still owe `left` of."""

    key: int
    id: UUID
    number: str
    invoice: str
    day: date
    due: date
    left: Money


def supplier_on(reading: Reading, party_id: int, day: date, us: Seller) -> Party:
    """Refuses UNKNOWN_PARTY and NOT_A_SUPPLIER; one we no longer buy from may still get goods."""
    party = catalogue.party(reading, party_id, day, us)
    if not reading.value("SELECT supplier FROM party WHERE id = :id", id=party.id):
        raise refuse(Reason.NOT_A_SUPPLIER, party=party.name, code=party.code)
    return party


def open_invoices(tx: Tx, party_id: int, first: Iterable[int] = ()) -> list[OpenInvoice]:
    """The earliest due first, but those with keys in `first` before all others. No other counter
    settles any of them until the commit; taken after lots."""
    wanted = set(first)
    found = [
        OpenInvoice(
            key, UUID(bytes=bytes(uid)), number, invoice, date.fromisoformat(day),
            date.fromisoformat(due), Money(-paise),
        )
        for key, uid, number, invoice, day, due, paise in tx.rows(_OPEN, party=party_id)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.key not in wanted, each.due, each.key))


def taken_off(invoices: Sequence[OpenInvoice], amount: Money) -> Iterator[Settled]:
    """As much of each as is left of the amount."""
    rest = amount
    for each in invoices:
        part = min(rest, each.left)
        if part > ZERO:
            yield Settled(each.id, part)
            rest -= part
