"""A trip is made, loaded bill by bill, leaves, and is back; each bill is on one living trip.

Locks: the trip's own id first, its vehicle, the run of numbers, then the bills by their ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from dms_desktop.domain.calendar import financial_year
from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.domain.trip import Result, State
from dms_desktop.services import audit, fulfilment, vehicles
from dms_desktop.services.series import today
from dms_desktop.store.session import Tx

_NUMBERS = UUID("0190a0c0-7472-7000-8000-000000000000")  # held by whoever takes a trip's number
_HEAD = """
SELECT id, number, CASE WHEN state = 'settled' AND EXISTS (SELECT 1 FROM document_event
    WHERE document_id = settlement_id AND event = 'cancelled') THEN 'back' ELSE state END,
    settlement_id, asked
FROM trip WHERE uid = :uid"""
_LOADED = (State.LOADING, State.OUT, State.BACK, State.SETTLED)
_ELSEWHERE = (
    "SELECT document.number, trip.number FROM trip_bill JOIN trip ON trip.id = trip_id"
    " JOIN document ON document.id = document_id"
    " WHERE document_id = :bill AND living = 1 AND trip_id <> :trip"
)
_BILL = (
    "SELECT document.id, number, kind, origin, coalesce(beat.code, ''), party_name,"
    " EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id"
    " AND event = 'cancelled') FROM document LEFT JOIN beat ON beat.id = document.beat_id"
    " WHERE document.uid = :uid"
)


@dataclass(frozen=True, slots=True)
class NewTrip:
    """What is asked. The bills come off in the order given; `by_beat` puts them in the order of
    beats and shops instead. Without a man the vehicle's own driver goes."""

    id: UUID
    vehicle: str
    bills: tuple[UUID, ...] = ()
    man: str = ""
    day: date | None = None
    note: str = ""
    by_beat: bool = False


class Standing(NamedTuple):
    """A trip's row while it is held."""

    key: int
    number: str
    state: State
    settled_by: int | None


class _Bill(NamedTuple):
    key: int
    uid: UUID
    number: str
    order: tuple[str, str]


@needs(Power.DISPATCH)
def make(tx: Tx, asked: NewTrip) -> UUID:
    """A trip that is being loaded. Told again, it is the same one.

    Refuses OTHER_CONTENT, BAD_ENTRY and UNKNOWN_CODE for the vehicle or man, VEHICLE_OUT,
    NO_LINES, FUTURE_DAY, UNKNOWN_DOCUMENT, ALREADY_CANCELLED and ON_TRIP for a bill.
    """
    digest = hashlib.sha256(repr(asked).encode()).digest()
    tx.alone(asked.id)
    if before := tx.row(_HEAD, uid=asked.id.bytes):
        if bytes(before[4]) != digest:
            raise refuse(Reason.OTHER_CONTENT, number=before[1])
        return asked.id
    vehicle, driver = _free_vehicle(tx, asked.vehicle)
    man = vehicles.man_key(tx, asked.man) if asked.man else driver
    day = asked.day or today(tx)
    if day > today(tx):
        raise refuse(Reason.FUTURE_DAY, day=day, today=today(tx))
    tx.alone(_NUMBERS)
    bills = _bills(tx, asked.bills, 0)
    if asked.by_beat:
        bills = sorted(bills, key=lambda one: (one.order, one.key))
    year = financial_year(day)
    serial = int(tx.value("SELECT coalesce(max(serial), 0) + 1 FROM trip WHERE year = :y",
                          y=year.starts))  # fmt: skip
    number = f"TR/{year.short}/{serial:05}"
    key = int(
        tx.value(
            "INSERT INTO trip (uid, year, serial, number, day, vehicle_id, man_id, state, note, at,"
            " user_id, asked) VALUES (:uid, :year, :serial, :number, :day, :vehicle, :man,"
            " 'loading', :note, :at, :user, :asked) RETURNING id",
            uid=asked.id.bytes, year=year.starts, serial=serial, number=number,
            day=day.isoformat(), vehicle=vehicle, man=man, note=asked.note, at=tx.micros,
            user=tx.actor.user_id, asked=digest,
        )
    )  # fmt: skip
    _put_bills(tx, key, bills)
    after = {"number": number, "vehicle": asked.vehicle, "bills": [one.number for one in bills]}
    audit.record(tx, "make trip", f"trip {asked.id.hex}", after=after)
    return asked.id


@needs(Power.DISPATCH)
def put_bills(tx: Tx, trip: UUID, bills: tuple[UUID, ...]) -> None:
    """What the trip takes from now on, in the order of the drops; what was loaded stays so.

    Refuses as `make` does, and TRIP_LEFT.
    """
    standing = held(tx, trip, State.LOADING)
    new = _bills(tx, bills, standing.key)
    kept = {one.key for one in new}
    was = tx.rows(
        "SELECT document_id, uid, loaded FROM trip_bill JOIN document ON document.id = document_id"
        " WHERE trip_id = :trip",
        trip=standing.key,
    )
    for key, uid, loaded in was:
        if key not in kept and loaded:
            fulfilment.stage(tx, UUID(bytes=bytes(uid)), "unloaded", standing.number)
    ticked = {key for key, _, loaded in was if loaded and key in kept}
    tx.run("DELETE FROM trip_bill WHERE trip_id = :trip", trip=standing.key)
    _put_bills(tx, standing.key, new, ticked)
    _told(tx, trip, "change trip", bills=[one.number for one in new])


@needs(Power.DISPATCH)
def load(tx: Tx, trip: UUID, bills: tuple[UUID, ...] = ()) -> int:
    """Tick bills that lie on the vehicle, all of them where none is named; how many were new.

    Refuses TRIP_LEFT, and NOT_ON_TRIP for a bill that is none of this trip's.
    """
    standing = held(tx, trip, *_LOADED)
    on = {
        UUID(bytes=bytes(uid)): (key, number, loaded)
        for key, uid, number, loaded in tx.rows(
            "SELECT document.id, uid, document.number, loaded FROM trip_bill"
            " JOIN document ON document.id = document_id WHERE trip_id = :trip AND living = 1"
            " ORDER BY position",
            trip=standing.key,
        )
    }
    fresh: list[UUID] = []
    for uid in bills or on:
        if uid not in on:
            number = tx.value("SELECT number FROM document WHERE uid = :uid", uid=uid.bytes)
            raise refuse(Reason.NOT_ON_TRIP, number=number or str(uid), trip=standing.number)
        if not on[uid][2] and uid not in fresh:
            fresh.append(uid)
    if fresh and standing.state is not State.LOADING:
        raise refuse(Reason.TRIP_LEFT, trip=standing.number)
    for uid in fresh:
        fulfilment.stage(tx, uid, "loaded", standing.number)
    tx.many(
        "UPDATE trip_bill SET loaded = 1 WHERE trip_id = ? AND document_id = ?",
        [(standing.key, on[uid][0]) for uid in fresh],
    )
    if fresh:
        _told(tx, trip, "load trip", bills=[on[uid][1] for uid in fresh])
    return len(fresh)


@needs(Power.DISPATCH)
def leave(tx: Tx, trip: UUID) -> None:
    """The vehicle is on its way. Refuses TRIP_LEFT, NO_LINES, NOT_LOADED naming the bills."""
    standing = held(tx, trip, *_LOADED)
    if standing.state is not State.LOADING:
        return  # told again
    rows = tx.rows(
        "SELECT document.number, loaded FROM trip_bill JOIN document ON document.id = document_id"
        " WHERE trip_id = :trip AND living = 1 ORDER BY position",
        trip=standing.key,
    )
    if not rows:
        raise refuse(Reason.NO_LINES)
    if rest := [number for number, loaded in rows if not loaded]:
        raise refuse(Reason.NOT_LOADED, trip=standing.number, bills=", ".join(rest))
    _become(tx, trip, standing, State.OUT)


@needs(Power.DISPATCH)
def back(tx: Tx, trip: UUID) -> None:
    """The vehicle is free for its next trip. Refuses TRIP_NOT_OUT."""
    standing = held(tx, trip, State.OUT, State.BACK, State.SETTLED)
    if standing.state is State.OUT:
        _become(tx, trip, standing, State.BACK)


@needs(Power.DISPATCH)
def drop(tx: Tx, trip: UUID) -> None:
    """The trip does not take place: its bills wait for another one. Refuses TRIP_LEFT."""
    standing = held(tx, trip, State.LOADING)
    for (uid,) in tx.rows(
        "SELECT uid FROM trip_bill JOIN document ON document.id = document_id"
        " WHERE trip_id = :trip AND loaded = 1 ORDER BY document.id",
        trip=standing.key,
    ):
        fulfilment.stage(tx, UUID(bytes=bytes(uid)), "unloaded", standing.number)
    tx.run("UPDATE trip_bill SET living = 0, loaded = 0 WHERE trip_id = :t", t=standing.key)
    _become(tx, trip, standing, State.DROPPED)


def held(tx: Tx, trip: UUID, *states: State) -> Standing:
    """The trip, no other counter at it until the commit.

    Refuses UNKNOWN_CODE; TRIP_LEFT, TRIP_NOT_OUT or TRIP_SETTLED where it stands otherwise.
    """
    tx.alone(trip)
    row = tx.row(_HEAD, uid=trip.bytes)
    if row is None:
        raise refuse(Reason.UNKNOWN_CODE, field="trip", value=str(trip))
    key, number, word, settled_by, _ = row
    standing = Standing(key, number, State(word), settled_by)
    if standing.state in states:
        return standing
    if standing.state is State.SETTLED:
        raise settled(tx, standing)
    left = State.LOADING in states
    raise refuse(Reason.TRIP_LEFT if left else Reason.TRIP_NOT_OUT, trip=number)


def settled(tx: Tx, standing: Standing) -> Refused:
    """TRIP_SETTLED, with the paper that settles it."""
    by = tx.value("SELECT number FROM document WHERE id = :key", key=standing.settled_by)
    return refuse(Reason.TRIP_SETTLED, trip=standing.number, number=by)


def on_trip(tx: Tx, standing: Standing, bill: UUID) -> tuple[int, int]:
    """The key of the row of a bill on a trip, and of the bill. Refuses NOT_ON_TRIP."""
    row = tx.row(
        "SELECT trip_bill.id, document.id FROM trip_bill JOIN document ON document.id = document_id"
        " WHERE trip_id = :trip AND uid = :uid AND (living = 1 OR result = :again)",
        trip=standing.key,
        uid=bill.bytes,
        again=Result.RELOAD.value,
    )
    if row is None:
        number = tx.value("SELECT number FROM document WHERE uid = :uid", uid=bill.bytes)
        raise refuse(Reason.NOT_ON_TRIP, number=number or str(bill), trip=standing.number)
    return row[0], row[1]


def refuse_elsewhere(tx: Tx, bill: int, trip: int) -> None:
    """Refuses ON_TRIP for a bill that another living trip has; it is held already."""
    if found := tx.row(_ELSEWHERE, bill=bill, trip=trip):
        raise refuse(Reason.ON_TRIP, number=found[0], trip=found[1])


def _free_vehicle(tx: Tx, said: str) -> tuple[int, int | None]:
    """Its key and its own driver, nobody else loading it until the commit."""
    number = vehicles.plate(said)
    sql = "SELECT id, uid, man_id FROM vehicle WHERE number = :number AND active = 1"
    row = tx.row(sql, number=number)
    if row is None:
        raise refuse(Reason.UNKNOWN_CODE, field="vehicle", value=said)
    tx.alone(UUID(bytes=bytes(row[1])))
    busy = tx.value(
        "SELECT number FROM trip WHERE vehicle_id = :v AND state IN ('loading', 'out')", v=row[0]
    )
    if busy is not None:
        raise refuse(Reason.VEHICLE_OUT, vehicle=number, trip=busy)
    return row[0], row[2]


def _bills(tx: Tx, uids: Sequence[UUID], trip: int) -> list[_Bill]:
    """The bills in the order given, each once; none but living bills of ours on no other trip."""
    for uid in sorted(set(uids)):
        tx.alone(uid)
    found: list[_Bill] = []
    for uid in dict.fromkeys(uids):
        row = tx.row(_BILL, uid=uid.bytes)
        if row is None or row[2] != "bill" or row[3] != "ours":
            raise refuse(Reason.UNKNOWN_DOCUMENT, number=row[1] if row else str(uid))
        key, number, _, _, beat, party, cancelled = row
        if cancelled:
            raise refuse(Reason.ALREADY_CANCELLED, number=number)
        refuse_elsewhere(tx, key, trip)
        found.append(_Bill(key, uid, number, (folded(beat), folded(party))))
    if not found:
        raise refuse(Reason.NO_LINES)
    return found


def _put_bills(tx: Tx, trip: int, bills: Iterable[_Bill], ticked: Iterable[int] = ()) -> None:
    loaded = set(ticked)
    tx.insert(
        "trip_bill",
        ("trip_id", "document_id", "position", "loaded"),
        [(trip, one.key, at, int(one.key in loaded)) for at, one in enumerate(bills, 1)],
    )


def _become(tx: Tx, trip: UUID, standing: Standing, state: State) -> None:
    tx.run(
        "UPDATE trip SET state = :state, row_version = row_version + 1 WHERE id = :trip",
        state=state.value,
        trip=standing.key,
    )
    _told(tx, trip, "trip state", state=state.value)


def _told(tx: Tx, trip: UUID, action: str, **after: object) -> None:
    audit.record(tx, action, f"trip {trip.hex}", after=after)
    tx.touched["trip"].add(trip)
