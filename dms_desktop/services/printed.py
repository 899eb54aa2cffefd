"""Papers that were made of documents, and documents found again by what is on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dms_desktop.domain.documents import Kind
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import audit, fulfilment
from dms_desktop.store.session import Reading, Tx


@dataclass(frozen=True, slots=True)
class Headline:
    """A document as a list shows it."""

    id: UUID
    number: str
    day: date
    party: str
    total: Money
    cancelled: bool


@needs(Power.LOOK)
def mark(tx: Tx, uid: UUID, where: str) -> None:
    """Remember that a paper was made: the next one is a reprint."""
    fulfilment.note(tx, uid, "printed", where)
    audit.record(tx, "print", uid.hex, after={"to": where})


@needs(Power.LOOK)
def find(
    reading: Reading, kind: Kind, *, text: str, party_id: int | None, day: str, limit: int
) -> list[Headline]:
    """The newest documents of a kind; `text` is a part of the number or of the party's name."""
    like = f"%{text.upper()}%"
    rows = reading.rows(
        "SELECT uid, number, day, party_name, total, EXISTS (SELECT 1 FROM document_event"
        " WHERE document_id = document.id AND event = 'cancelled') FROM document"
        " WHERE kind = :kind AND (:text = '' OR number LIKE :like OR upper(party_name) LIKE :like)"
        " AND (:party = 0 OR party_id = :party) AND (:day = '' OR day = :day)"
        " ORDER BY id DESC LIMIT :limit",
        kind=kind.value,
        text=text,
        like=like,
        party=party_id or 0,
        day=day,
        limit=limit,
    )
    return [
        Headline(
            UUID(bytes=bytes(uid)),
            number,
            date.fromisoformat(on),
            party,
            Money(total),
            bool(cancelled),
        )
        for uid, number, on, party, total, cancelled in rows
    ]
