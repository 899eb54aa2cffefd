"""Papers that were made of documents, and documents found again by what is on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from dms_desktop.domain.calendar import business_day
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.printers import PaperKind
from dms_desktop.services import audit, fulfilment, printers
from dms_desktop.store.drivers import Row
from dms_desktop.store.session import Reading, Tx

UNPRINTED_DAYS = 31  # what is older was not forgotten but left
MOST_UNPRINTED = 500  # a ream of paper


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
def times(reading: Reading, uid: UUID) -> int:
    """How often a document's paper was made."""
    return int(
        reading.value(
            "SELECT count(*) FROM document_event JOIN document ON document.id = document_id"
            " WHERE uid = :uid AND event = 'printed'",
            uid=uid.bytes,
        )
    )


@needs(Power.LOOK)
def unprinted(
    reading: Reading,
    kind: Kind,
    *,
    day: date | None = None,
    limit: int = MOST_UNPRINTED,
    paper: PaperKind | None = None,
) -> list[Headline]:
    """What this counter saved and never printed, in the order of saving; nothing cancelled.

    Of a day, or of the last UNPRINTED_DAYS since the owner had this kind printed; without such a
    rule, of today. `paper` is that of the document where it is not called like it.
    """
    today = business_day(reading.now)
    route = printers.route(reading, paper or kind)
    since = route.since if route and day is None else 0
    first = today - timedelta(days=UNPRINTED_DAYS) if route else today
    rows = reading.rows(
        "SELECT uid, number, day, party_name, total, 0 FROM document WHERE kind = :kind"
        " AND day BETWEEN :first AND :last AND posted_at >= :since AND counter = :counter"
        " AND origin = 'ours' AND NOT EXISTS (SELECT 1 FROM document_event"
        " WHERE document_id = document.id AND event IN ('printed', 'cancelled'))"
        " ORDER BY id LIMIT :limit",
        kind=kind.value,
        first=(day or first).isoformat(),
        last=(day or today).isoformat(),
        since=since,
        counter=reading.actor.counter,
        limit=limit,
    )
    return [_headline(row) for row in rows]


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
    return [_headline(row) for row in rows]


def _headline(row: Row) -> Headline:
    uid, number, on, party, total, cancelled = row
    return Headline(
        UUID(bytes=bytes(uid)),
        number,
        date.fromisoformat(on),
        party,
        Money(total),
        bool(cancelled),
    )
