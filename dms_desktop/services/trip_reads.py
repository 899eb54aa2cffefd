"""Trips as they stand in the books: one with its bills, a list of them, what waits for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from dms_desktop.domain import eway
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import ZERO, Money, total
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.trip import Result, State, Trip, TripBill, in_cases
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading

RECENT = timedelta(days=10)  # a bill that waited longer is asked for by its number
_TRIP = """
SELECT trip.id, trip.uid, trip.number, trip.day, trip.state, vehicle.number, vehicle.grams,
    coalesce(delivery_man.name, ''), coalesce(delivery_man.code, ''),
    coalesce(delivery_man.phone, ''), trip.note, trip.at, user_account.name,
    coalesce(CASE WHEN EXISTS (SELECT 1 FROM document_event
        WHERE document_id = settlement_id AND event = 'cancelled')
        THEN '' ELSE document.number END, '')
FROM trip JOIN vehicle ON vehicle.id = vehicle_id LEFT JOIN delivery_man
    ON delivery_man.id = trip.man_id JOIN user_account ON user_account.id = trip.user_id
LEFT JOIN document ON document.id = settlement_id WHERE trip.id = :trip"""
_BILL = """
SELECT document.id, document.uid, document.number, document.day, document.party_name,
    document.particulars, document.terms, document.total, coalesce(open_paise, 0),
    coalesce(beat.name, ''), document.party_state,
    EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id AND event = 'cancelled')
"""
_ON_TRIP = f"""{_BILL}, position, loaded, result, reason, coalesce(note.number, ''),
    coalesce(note.total, 0), note.id IS NOT NULL AND EXISTS (SELECT 1 FROM document_event
        WHERE document_id = note.id AND event = 'cancelled')
FROM trip_bill JOIN document ON document.id = trip_bill.document_id
LEFT JOIN open_item ON open_item.document_id = document.id
LEFT JOIN beat ON beat.id = document.beat_id LEFT JOIN document note ON note.id = note_id
WHERE trip_id = :trip AND (living = 1 OR result <> '') ORDER BY position, trip_bill.id"""  # noqa: S608
_WAITING = f"""{_BILL}
FROM document LEFT JOIN open_item ON open_item.document_id = document.id
LEFT JOIN beat ON beat.id = document.beat_id
WHERE document.kind = 'bill' AND document.origin = 'ours' AND document.day >= :since
    AND (:beat = 0 OR document.beat_id = :beat)
    AND NOT EXISTS (SELECT 1 FROM place WHERE place.id = document.place_id AND kind = 'van')
    AND NOT EXISTS (SELECT 1 FROM trip_bill WHERE document_id = document.id AND living = 1)
    AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id
        AND event IN ('cancelled', 'delivered'))
ORDER BY coalesce(beat.code, ''), document.party_name, document.id LIMIT :most"""  # noqa: S608
_GOODS = """
SELECT document_id, goods_line.qty + free_qty, goods_line.case_units, item.grams, basis,
    taxable + cgst + sgst + igst + cess FROM goods_line JOIN item ON item.id = item_id
WHERE document_id IN :keys"""
_LIST = """
SELECT trip.uid, trip.number, trip.day, CASE WHEN state = 'settled' AND EXISTS (SELECT 1
    FROM document_event WHERE document_id = settlement_id AND event = 'cancelled')
    THEN 'back' ELSE state END, vehicle.number, coalesce(delivery_man.name, ''),
    count(trip_bill.id), coalesce(sum(loaded), 0), coalesce(sum(CASE WHEN result <> '' THEN 1
    ELSE 0 END), 0), coalesce(sum(document.total), 0)
FROM trip JOIN vehicle ON vehicle.id = vehicle_id
LEFT JOIN delivery_man ON delivery_man.id = trip.man_id
LEFT JOIN trip_bill ON trip_id = trip.id AND (living = 1 OR result <> '')
LEFT JOIN document ON document.id = trip_bill.document_id
WHERE (:day = '' OR trip.day = :day) AND (:state = '' OR state = :state)
    AND (:like = '' OR lower(trip.number) LIKE :like OR lower(vehicle.number) LIKE :like
        OR lower(coalesce(delivery_man.name, '')) LIKE :like)
GROUP BY trip.id, trip.uid, trip.number, trip.day, state, settlement_id, vehicle.number,
    delivery_man.name
ORDER BY trip.id DESC LIMIT :most"""
_NEWEST = "SELECT uid FROM trip WHERE uid = :uid OR upper(number) = :ref ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class TripRow:
    """A trip in a list. `told`: of so many bills it is known what became of them."""

    id: UUID
    number: str
    day: date
    state: State
    vehicle: str
    driver: str
    bills: int
    loaded: int
    told: int
    value: Money


@needs(Power.LOOK)
def find(reading: Reading, ref: str) -> UUID:
    """A trip by its number or id. Refuses UNKNOWN_CODE."""
    try:
        uid = UUID(ref).bytes
    except ValueError:
        uid = b""
    found = reading.value(_NEWEST, uid=uid, ref=ref.strip().upper())
    if found is None:
        raise refuse(Reason.UNKNOWN_CODE, field="trip", value=ref)
    return UUID(bytes=bytes(found))


@needs(Power.LOOK)
def trips(
    reading: Reading, *, day: date | None = None, state: str = "", text: str = "", most: int = 200
) -> list[TripRow]:
    """The newest first."""
    like = f"%{folded(text)}%" if text.strip() else ""
    on = day.isoformat() if day else ""
    return [
        TripRow(
            UUID(bytes=bytes(uid)), number, date.fromisoformat(of), State(word), vehicle, driver,
            bills, int(loaded), int(told), Money(int(value)),
        )
        for uid, number, of, word, vehicle, driver, bills, loaded, told, value in reading.rows(
            _LIST, day=on, state=state, like=like, most=most
        )
    ]  # fmt: skip


@needs(Power.LOOK)
def show(reading: Reading, uid: UUID) -> Trip:
    """A trip with its bills in the order of the drops. Refuses UNKNOWN_CODE."""
    key = reading.value("SELECT id FROM trip WHERE uid = :uid", uid=uid.bytes)
    row = None if key is None else reading.row(_TRIP, trip=key)
    if row is None:
        raise refuse(Reason.UNKNOWN_CODE, field="trip", value=str(uid))
    (_, _, number, day, state, vehicle, grams, driver, code, phone, note, at, by, settled) = row
    on = date.fromisoformat(day)
    bills, together = _bills(reading, reading.rows(_ON_TRIP, trip=key), on)
    written = datetime.fromtimestamp(at / 1_000_000, UTC)
    stands = State.BACK if state == State.SETTLED and not settled else State(state)
    return Trip(
        uid, number, on, stands, vehicle, driver, code, phone, grams, bills, written, by,
        note, settled, together,
    )  # fmt: skip


@needs(Power.LOOK)
def waiting(reading: Reading, *, beat_id: int = 0, most: int = 500) -> tuple[TripBill, ...]:
    """Bills of the last days that no vehicle took yet, by beat and shop."""
    on = today(reading)
    since = (on - RECENT).isoformat()
    rows = reading.rows(_WAITING, since=since, beat=beat_id, most=most)
    return _bills(reading, [(*row, 0, 0, "", "", "", 0, 0) for row in rows], on)[0]


@needs(Power.LOOK)
def way_limits(reading: Reading, day: date) -> Mapping[str, Money]:
    """The limits of Rule 138 as they stand on a day, by `eway` and `eway_27`."""
    return {
        code: Money(paise)
        for code, paise in reading.rows(
            "SELECT code, paise FROM statutory_limit WHERE from_day <= :day"
            " AND code LIKE 'eway%' ORDER BY from_day",
            day=day.isoformat(),
        )
    }


def _bills(
    reading: Reading, rows: list[tuple[Any, ...]], day: date
) -> tuple[tuple[TripBill, ...], bool]:
    goods: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *line in reading.rows(_GOODS, keys=[row[0] for row in rows]):
        goods[key].append(tuple(line))
    here = str(reading.value("SELECT state FROM registration ORDER BY id LIMIT 1"))
    limits = way_limits(reading, day)
    found: list[TripBill] = []
    carried = ZERO
    for row in rows:
        lines = goods[row[0]]
        value = total(Money(worth) for *_, basis, worth in lines if basis != "exempt")
        bill = _bill(row, lines, eway.needed(value, eway.limit(limits, here, _to(row) or here)))
        carried += ZERO if bill.cancelled else value
        found.append(bill)
    return tuple(found), eway.needed(carried, eway.limit(limits, here, here))


def _to(row: tuple[Any, ...]) -> str:
    """The State that the goods go to."""
    return str(_said(row[5]).get("ship_state") or row[10])


def _bill(row: tuple[Any, ...], lines: list[tuple[Any, ...]], eway_bill: bool) -> TripBill:
    (_, uid, number, day, party, particulars, terms, value, left, beat, _, cancelled, position,
     loaded, result, reason, note, back, undone) = row  # fmt: skip
    cases, loose = in_cases((qty, case) for qty, case, *_ in lines)
    return TripBill(
        UUID(bytes=bytes(uid)),
        number,
        date.fromisoformat(day),
        party,
        str(_said(particulars).get("city", "")),
        beat,
        terms == "credit",
        Money(value),
        Money(left),
        position,
        cases,
        loose,
        sum(qty * grams for qty, _, grams, *_ in lines),
        eway_bill,
        bool(loaded),
        Result(result) if result else None,
        reason,
        "" if undone else note,
        ZERO if undone else Money(back),
        bool(cancelled),
    )


def _said(particulars: str) -> Mapping[str, Any]:
    import json  # only a list of bills reads it

    said: Mapping[str, Any] = json.loads(particulars or "{}")
    return said
