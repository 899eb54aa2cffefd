"""What a vehicle leaves with: the loading sheet to be counted in, the drop list for the driver."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from dms_desktop.domain.godown_papers import (
    Carriage,
    Drop,
    DropBill,
    DropList,
    Goods,
    Heading,
    LoadingSheet,
    Site,
)
from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.trip import State, Trip, TripBill
from dms_desktop.services import documents, trip_reads
from dms_desktop.services.printed import Headline
from dms_desktop.store.session import Reading

_GOODS = """
SELECT goods_line.code, goods_line.name, batch, expiry, goods_line.mrp, goods_line.hsn, uqc,
    max(goods_line.case_units), sum(goods_line.qty + free_qty),
    sum((goods_line.qty + free_qty) * item.grams),
    sum(goods_line.taxable + goods_line.cgst + goods_line.sgst + goods_line.igst + goods_line.cess)
FROM goods_line JOIN document ON document.id = document_id JOIN item ON item.id = item_id
WHERE document.id IN (SELECT document_id FROM trip_bill JOIN trip ON trip.id = trip_id
    WHERE trip.uid = :trip AND living = 1)
    AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id
        AND event = 'cancelled')
GROUP BY goods_line.code, goods_line.name, batch, expiry, goods_line.mrp, goods_line.hsn, uqc
ORDER BY goods_line.name, expiry, batch"""
_SHOP = """
SELECT document.uid, party_name, party.address, party.city, party.pin, party.phone, party_id,
    coalesce((SELECT sum(open_paise) FROM open_item WHERE open_item.party_id = document.party_id
        AND open_paise > 0 AND open_item.document_id NOT IN (SELECT document_id FROM trip_bill
        WHERE trip_bill.trip_id = trip.id)), 0)
FROM trip JOIN trip_bill ON trip_id = trip.id JOIN document ON document.id = document_id
LEFT JOIN party ON party.id = party_id WHERE trip.uid = :trip"""


@needs(Power.LOOK)
def loading_sheet(reading: Reading, trip: UUID, printed: int = 0) -> LoadingSheet:
    """All that goes on the vehicle, and the drops in their order. Refuses UNKNOWN_CODE."""
    shown = trip_reads.show(reading, trip)
    return LoadingSheet(
        _heading(reading, shown, printed),
        _carriage(shown),
        _drops(reading, shown),
        _goods(reading, shown),
        _route(shown),
        shown.capacity,
    )


@needs(Power.LOOK)
def drop_list(reading: Reading, trip: UUID, printed: int = 0) -> DropList:
    """Where to go and what to bring back. Refuses UNKNOWN_CODE."""
    shown = trip_reads.show(reading, trip)
    heading = _heading(reading, shown, printed)
    return DropList(heading, _carriage(shown), _drops(reading, shown), _route(shown))


def headlines(reading: Reading, day: date | None, most: int) -> list[Headline]:
    """Trips of a day, or of late, the oldest first, as a run of printing names them."""
    rows = trip_reads.trips(reading, day=day, most=most)
    return [
        Headline(row.id, row.number, row.day, row.driver, row.value, cancelled=False)
        for row in reversed(rows)
        if row.state is not State.DROPPED
    ]


def _heading(reading: Reading, trip: Trip, printed: int) -> Heading:
    return Heading(
        documents.company(reading), trip.number, trip.day, trip.at, trip.by, note=trip.note,
        cancelled=trip.state is State.DROPPED, printed=printed,
    )  # fmt: skip


def _carriage(trip: Trip) -> Carriage:
    return Carriage(trip.vehicle, trip.driver, trip.driver_phone)


def _route(trip: Trip) -> str:
    return ", ".join(dict.fromkeys(bill.beat for bill in trip.bills if bill.beat))


def _taken(trip: Trip) -> list[TripBill]:
    return [bill for bill in trip.bills if not bill.cancelled]


def _drops(reading: Reading, trip: Trip) -> tuple[Drop, ...]:
    """A shop is one drop, at the place of its first bill."""
    bills = _taken(trip)
    found = {bytes(row[0]): row[1:] for row in reading.rows(_SHOP, trip=trip.id.bytes)}
    shops: defaultdict[object, list[TripBill]] = defaultdict(list)
    for bill in bills:
        party = found[bill.id.bytes][5]
        shops[party or bill.id].append(bill)
    drops: list[Drop] = []
    for at, here in enumerate(shops.values(), 1):
        name, address, city, pin, phone, _, old = found[here[0].id.bytes]
        site = Site(name, address or "", city or here[0].city, pin or "", phone=phone or "")
        weight = sum(one.grams for one in here)
        told = tuple(map(_drop_bill, here))
        drops.append(Drop(at, site, told, weight, Money(int(old))))
    return tuple(drops)


def _drop_bill(bill: TripBill) -> DropBill:
    due = ZERO if bill.credit else max(bill.open, ZERO)
    return DropBill(bill.number, bill.value, due, bill.cases, bill.loose, bill.eway)


def _goods(reading: Reading, trip: Trip) -> tuple[Goods, ...]:
    return tuple(
        Goods(
            code, name, int(qty), case, batch, None, date.fromisoformat(expiry) if expiry else None,
            Money(mrp), hsn, uqc, int(grams), Money(int(value)),
        )
        for code, name, batch, expiry, mrp, hsn, uqc, case, qty, grams, value in reading.rows(
            _GOODS, trip=trip.id.bytes
        )
    )  # fmt: skip
