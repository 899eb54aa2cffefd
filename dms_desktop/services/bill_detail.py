"""All that is known of one document: itself, what was paid on it, and what happened to it later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from dms_desktop.domain.company import Issued
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import documents
from dms_desktop.store.session import Reading

_CAME_OF = (
    "SELECT number FROM document_link JOIN document ON document.id = to_id"
    " WHERE from_id = :key ORDER BY document.id"
)
_BECAME = (
    "SELECT number FROM document_link JOIN document ON document.id = from_id"
    " WHERE to_id = :key ORDER BY document.id"
)


@dataclass(frozen=True, slots=True)
class Paid:
    """A part of a bill that a receipt or note settled; below nil where that was cancelled."""

    number: str
    day: date
    kind: Kind
    amount: Money


@dataclass(frozen=True, slots=True)
class Event:
    """What was done with the paper: printed, cancelled, copied, held ... `detail` is where to, or
    the number of what did it."""

    at: datetime  # aware, UTC
    by: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class Detail:
    """`open` is what is still to be paid of a bill. `came_of` are the orders and challans that it
    bills; `became` what came of it: the bills of an order, the cancellation of a bill."""

    issued: Issued
    open: Money
    paid: tuple[Paid, ...]
    events: tuple[Event, ...]
    came_of: tuple[str, ...]
    became: tuple[str, ...]


@needs(Power.LOOK)
def detail(reading: Reading, uid: UUID) -> Detail:
    """Refuses UNKNOWN_DOCUMENT."""
    issued = documents.issued(reading, uid)
    key = reading.value("SELECT id FROM document WHERE uid = :uid", uid=uid.bytes)
    left = reading.value("SELECT open_paise FROM open_item WHERE document_id = :key", key=key)
    return Detail(
        issued,
        Money(int(left or 0)),
        _paid(reading, key),
        _events(reading, key),
        _numbers(reading, _CAME_OF, key),
        _numbers(reading, _BECAME, key),
    )


def _paid(reading: Reading, key: int) -> tuple[Paid, ...]:
    rows = reading.rows(
        "SELECT number, day, kind, settlement.paise FROM settlement"
        " JOIN document ON document.id = settlement.document_id WHERE settles_id = :key"
        " ORDER BY document.id",
        key=key,
    )
    return tuple(
        Paid(number, date.fromisoformat(day), Kind(kind), Money(int(paise)))
        for number, day, kind, paise in rows
    )


def _events(reading: Reading, key: int) -> tuple[Event, ...]:
    rows = reading.rows(
        "SELECT at, name, event, detail FROM document_event"
        " JOIN user_account ON user_account.id = user_id WHERE document_id = :key"
        " ORDER BY document_event.id",
        key=key,
    )
    return tuple(
        Event(datetime.fromtimestamp(at / 1_000_000, UTC), by, what, said)
        for at, by, what, said in rows
    )


def _numbers(reading: Reading, sql: str, key: int) -> tuple[str, ...]:
    return tuple(number for (number,) in reading.rows(sql, key=key))
