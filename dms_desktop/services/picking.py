"""Bills and orders become a pick list: in rack order, by batch, each line on one list only."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from dms_desktop.domain.billing import price
from dms_desktop.domain.calendar import financial_year
from dms_desktop.domain.facts import Lot
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, Refused, refuse
from dms_desktop.domain.reserving import sellable_lots
from dms_desktop.domain.uid import derived
from dms_desktop.services import bulk, catalogue, fulfilment, reserving, series, tray
from dms_desktop.store.session import Reading, Tx

MOST_PAPERS = 300
_NUMBERING = UUID(int=0x7069636B_0000_7000_8000_000000000001)  # who numbers a list is alone
_HEADS = (
    "SELECT document.id, document.uid, document.kind, number, place_id, particulars, party_name,"
    " day, coalesce(beat.name, ''), total, EXISTS (SELECT 1 FROM document_event"
    " WHERE document_id = document.id AND event = 'cancelled') FROM document"
    " LEFT JOIN beat ON beat.id = document.beat_id {then}"
)
_THESE = _HEADS.format(then="WHERE document.id IN :keys")
_LINES_OF_BILLS = (
    "SELECT goods_line.id, document_id, item_id, lot_id, goods_line.qty + free_qty"
    " - coalesce(returned_qty + returned_free, 0), batch, expiry, name FROM goods_line"
    " LEFT JOIN line_credit ON line_id = goods_line.id WHERE document_id IN :keys"
    " AND lot_id IS NOT NULL AND goods_line.qty + free_qty"
    " - coalesce(returned_qty + returned_free, 0) > 0"
)
_TAKEN = (
    "SELECT document.number, pick_list.number FROM pick_claim"
    " JOIN pick_list ON pick_list.id = list_id JOIN goods_line ON goods_line.id = line_id"
    " JOIN document ON document.id = document_id WHERE line_id IN :lines ORDER BY line_id LIMIT 1"
)
# What living lists of orders take, lot by lot, so that two lists never share a carton.
_PROMISED = (
    "SELECT coalesce(now_lot, lot_id), sum(CASE pick.state WHEN 'short' THEN picked ELSE qty END)"
    " FROM pick JOIN pick_list ON pick_list.id = pick.list_id AND pick_list.kind = 'order'"
    " JOIN pick_source ON pick_source.list_id = pick.list_id"
    " AND pick_source.document_id = pick.document_id AND pick_source.state = 'open'"
    " WHERE item_id IN :items AND pick_list.place_id = :place GROUP BY 1"
)
_RESERVED = (
    "SELECT item_id, sum(qty) FROM reservation WHERE item_id IN :items AND place_id = :place"
    " AND line_id / 65536 <> :but_for AND NOT EXISTS (SELECT 1 FROM pick_claim"
    " WHERE pick_claim.line_id = reservation.line_id) GROUP BY item_id"
)
_TRIPS = (
    "SELECT document_id, trip.number, vehicle.number FROM trip_bill JOIN trip ON trip.id = trip_id"
    " JOIN vehicle ON vehicle.id = vehicle_id WHERE living = 1 AND document_id IN :keys"
)
_UNPICKED_BILLS = _HEADS.format(
    then="WHERE document.kind = 'bill' AND origin = 'ours' AND day >= :since"
    " AND (:beat = 0 OR document.beat_id = :beat) AND particulars NOT LIKE '%\"goods_from\"%'"
    " AND NOT EXISTS (SELECT 1 FROM pick_source WHERE document_id = document.id"
    " AND pick_source.state <> 'dropped') AND NOT EXISTS (SELECT 1 FROM document_event"
    " WHERE document_id = document.id AND event = 'cancelled') ORDER BY day, document.id"
)
_UNPICKED_ORDERS = _HEADS.format(
    then="JOIN waiting ON document_id = document.id AND open = 1 AND held = 0"
    " WHERE document.kind = 'order' AND day >= :since"
    " AND (:beat = 0 OR document.beat_id = :beat) AND NOT EXISTS (SELECT 1 FROM pick_source"
    " WHERE pick_source.document_id = document.id AND pick_source.state = 'open')"
    " ORDER BY priority DESC, day, document.id"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which bills, or which orders, become one list; `route` and `vehicle` are told on its head."""

    id: UUID
    papers: tuple[UUID, ...]
    route: str = ""
    vehicle: str = ""

    @property
    def asked(self) -> bytes:
        said = (sorted(each.hex for each in self.papers), self.route, self.vehicle)
        return hashlib.sha256(repr(said).encode()).digest()


@dataclass(frozen=True, slots=True)
class Unpicked:
    """A bill or an order that is on no list yet."""

    id: UUID
    number: str
    day: date
    party: str
    beat: str
    total: Money
    trip: str = ""
    vehicle: str = ""


class _Head(NamedTuple):
    key: int
    uid: UUID
    kind: str
    number: str
    place: int
    cancelled: bool
    billable: bool  # its goods come off the shelf


class _Line(NamedTuple):
    """So many pieces of a lot for a line."""

    line: int
    document: int
    item: int
    lot: int
    qty: int
    sorting: tuple[str, ...]


@needs(Power.LOOK)
def unpicked(
    reading: Reading, kind: Kind, since: date, *, beat_id: int = 0, trip: str = ""
) -> tuple[Unpicked, ...]:
    """Bills whose goods nobody fetched yet, or open orders, from a day on; of a beat, or of a trip
    by its number or that of its vehicle."""
    sql = _UNPICKED_BILLS if kind is Kind.BILL else _UNPICKED_ORDERS
    rows = reading.rows(sql, since=since.isoformat(), beat=beat_id)
    trips = {
        document: (number, vehicle)
        for document, number, vehicle in reading.rows(_TRIPS, keys=[row[0] for row in rows])
    }
    found = [
        Unpicked(
            UUID(bytes=bytes(row[1])), row[3], date.fromisoformat(row[7]), row[6], row[8],
            Money(int(row[9])), *trips.get(row[0], ("", "")),
        )
        for row in rows
    ]  # fmt: skip
    wanted = folded(trip)
    return tuple(
        one for one in found if not wanted or wanted in (folded(one.trip), folded(one.vehicle))
    )


@needs(Power.PICK)
def make(tx: Tx, wanted: Wanted) -> UUID:
    """A numbered list of what these bills billed, or of what the shelf has for these orders.

    For orders the pieces are reserved, so that nobody sells them meanwhile. Refuses OTHER_CONTENT,
    NO_PAPERS, TOO_MANY_PAPERS, UNKNOWN_DOCUMENT, ALREADY_CANCELLED, PICK_MIXED, ON_A_LIST, ON_HOLD
    and NOTHING_TO_PICK.
    """
    tx.alone(wanted.id)
    row = tx.row("SELECT number, asked FROM pick_list WHERE uid = :uid", uid=wanted.id.bytes)
    if row is not None:
        if bytes(row[1]) != wanted.asked:
            raise refuse(Reason.OTHER_CONTENT, number=row[0])
        return wanted.id
    heads = _heads(tx, wanted.papers)
    place, kind = heads[0].place, heads[0].kind
    key = _head_row(tx, wanted, place, kind)
    made = _of_orders if kind == Kind.ORDER else _of_bills
    lines = made(tx, heads, key, wanted.id)
    if not lines:
        raise refuse(Reason.NOTHING_TO_PICK, number=heads[0].number)
    tx.insert(
        "pick_source",
        ("list_id", "document_id"),
        [(key, each) for each in sorted({one.document for one in lines})],
    )
    racks = _racks(tx, {one.item for one in lines}, place)
    lines.sort(key=lambda one: (not racks.get(one.item), racks.get(one.item, ""), one.sorting))
    tx.insert(
        "pick",
        ("list_id", "line_id", "document_id", "item_id", "lot_id", "rack", "qty"),
        [
            (key, one.line, one.document, one.item, one.lot, racks.get(one.item, ""), one.qty)
            for one in lines
        ],
    )
    tx.touched["pick_list"].add(wanted.id)
    return wanted.id


def _heads(tx: Tx, papers: Sequence[UUID]) -> list[_Head]:
    """The documents, nobody else at them until the commit; bills or orders, of one godown."""
    if not papers:
        raise refuse(Reason.NO_PAPERS)
    if len(papers) > MOST_PAPERS:
        raise refuse(Reason.TOO_MANY_PAPERS, most=MOST_PAPERS, count=len(papers))
    tx.alone(_NUMBERING)
    sql = "SELECT id FROM document WHERE uid = :uid"
    keys = {paper.bytes: tx.value(sql, uid=paper.bytes) for paper in papers}
    for paper in papers:
        if keys[paper.bytes] is None:
            raise refuse(Reason.UNKNOWN_DOCUMENT, number=str(paper))
    for uid in sorted(keys, key=lambda uid: int(keys[uid])):
        tx.alone(UUID(bytes=uid))
    rows = tx.rows(_THESE, keys=sorted(keys.values()))
    found = {row[0]: _head(row) for row in rows}
    heads = [found[keys[paper.bytes]] for paper in dict.fromkeys(papers)]
    for head in heads:
        if head.cancelled:
            raise refuse(Reason.ALREADY_CANCELLED, number=head.number)
        if not head.billable:
            raise refuse(Reason.UNKNOWN_DOCUMENT, number=head.number)
        if (head.kind, head.place) != (heads[0].kind, heads[0].place):
            raise refuse(Reason.PICK_MIXED, number=head.number)
    return heads


def _head(row: Sequence[Any]) -> _Head:
    key, uid, kind, number, place, said, *_, cancelled = row
    from_shelf = '"goods_from"' not in said and kind in (Kind.BILL, Kind.ORDER)
    return _Head(key, UUID(bytes=bytes(uid)), kind, number, place or 0, bool(cancelled), from_shelf)


def _of_bills(tx: Tx, heads: Sequence[_Head], key: int, _: UUID) -> list[_Line]:
    """Just the lots that were billed, less what came back since."""
    rows = tx.rows(_LINES_OF_BILLS, keys=[head.key for head in heads])
    _claim(tx, key, [row[0] for row in rows])
    return [
        _Line(line, document, item, lot, int(qty), (name, expiry or "9", batch))
        for line, document, item, lot, qty, batch, expiry, name in rows
    ]


def _of_orders(tx: Tx, heads: Sequence[_Head], key: int, new: UUID) -> list[_Line]:
    """What the one allocator gives each order, the first listed first; and kept for it."""
    keys, place = [head.key for head in heads], heads[0].place
    waits = tx.rows(
        "SELECT goods_line.id, item_id FROM goods_line JOIN line_left ON line_id = goods_line.id"
        " WHERE document_id IN :keys AND line_left.qty + line_left.free_qty > 0",
        keys=keys,
    )
    _claim(tx, key, [line for line, _ in waits])
    catalogue.lots_of(tx, {item for _, item in waits}, place)
    taken: Counter[int] = Counter()
    lines: list[_Line] = []
    for head in heads:
        tray.not_held(tx, head.uid)
        found = _allocated(tx, head, new, place, taken)
        taken.update({one.lot: one.qty for one in found})
        wishes: Counter[int] = Counter()
        for one in found:
            wishes[one.line] += one.qty
        if wishes:
            reserving.reserve(tx, head.uid, wishes)
        lines += found
    idle = sorted({line for line, _ in waits} - {one.line for one in lines})
    tx.run("DELETE FROM pick_claim WHERE line_id IN :lines", lines=idle)
    return lines


def _allocated(tx: Tx, head: _Head, new: UUID, place: int, taken: Counter[int]) -> list[_Line]:
    draft = fulfilment.draft_of(
        tx, head.uid, new=derived(new, head.uid, word="picked"), day=series.today(tx)
    )
    facts = catalogue.facts(tx, draft)
    shelf = free_lots(tx, facts.items, place, head.key, draft.day, taken)
    items = {
        key: replace(item, lots=tuple(shelf.get(key, ()))) for key, item in facts.items.items()
    }
    facts = replace(facts, items=items)
    there, priced = bulk.to_stock(tx, draft, facts, price(draft, facts))
    if there.asks and priced.problems:
        raise Refused(*priced.problems)
    summed: dict[tuple[int, int], _Line] = {}
    for line in priced.lines:
        assert line.lot_id is not None
        assert line.source_line is not None
        sorting = (line.name, line.expiry.isoformat() if line.expiry else "9", line.batch)
        at = (line.source_line, line.lot_id)
        before = summed[at].qty if at in summed else 0
        summed[at] = _Line(
            line.source_line, head.key, line.item_id, line.lot_id, before + line.pieces, sorting
        )
    return list(summed.values())


def free_lots(
    reading: Reading, items: Iterable[int], place: int, order: int, on: date, taken: Counter[int]
) -> dict[int, list[Lot]]:
    """What lies saleable and is neither on a living list nor reserved for another order.

    `order` is the key of the one that asks; `taken` are pieces by lot that are not on disk yet.
    """
    wanted = sorted(set(items))
    shelf = catalogue.lots_of(reading, wanted, place)
    listed = promised(reading, wanted, place)
    reserved: dict[int, int] = dict(
        reading.rows(_RESERVED, items=wanted, place=place, but_for=order)
    )
    free: dict[int, list[Lot]] = {}
    for item, lots in shelf.items():
        rest = [
            lot._replace(on_hand=max(lot.on_hand - listed[lot.id] - taken[lot.id], 0))
            for lot in lots
        ]
        free[item] = list(sellable_lots(rest, reserved.get(item, 0), on))
    return free


def promised(reading: Reading, items: Iterable[int], place: int) -> Counter[int]:
    """By lot, the pieces that open lists of orders fetch, or have in the hand already."""
    rows = reading.rows(_PROMISED, items=sorted(set(items)), place=place)
    return Counter({lot: int(qty) for lot, qty in rows})


def _claim(tx: Tx, key: int, lines: Sequence[int]) -> None:
    row = tx.row(_TAKEN, lines=list(lines)) if lines else None
    if row is not None:
        raise refuse(Reason.ON_A_LIST, number=row[0], list=row[1])
    tx.insert("pick_claim", ("line_id", "list_id"), [(line, key) for line in sorted(lines)])


def _racks(reading: Reading, items: Iterable[int], place: int) -> dict[int, str]:
    sql = "SELECT item_id, rack FROM rack WHERE item_id IN :items AND place_id = :place"
    return dict(reading.rows(sql, items=sorted(items), place=place))


def _head_row(tx: Tx, wanted: Wanted, place: int, kind: str) -> int:
    day = series.today(tx)
    year = financial_year(day)
    last = tx.value("SELECT max(serial) FROM pick_list WHERE year = :year", year=year.starts)
    serial = int(last or 0) + 1
    return int(
        tx.value(
            "INSERT INTO pick_list (uid, year, serial, number, day, place_id, kind, route, vehicle,"
            " at, user_id, asked) VALUES (:uid, :year, :serial, :number, :day, :place, :kind,"
            " :route, :vehicle, :at, :user, :asked) RETURNING id",
            uid=wanted.id.bytes,
            year=year.starts,
            serial=serial,
            number=f"PK/{year.short}/{serial:05}",
            day=day.isoformat(),
            place=place,
            kind=kind,
            route=wanted.route.strip(),
            vehicle=wanted.vehicle.strip(),
            at=tx.micros,
            user=tx.actor.user_id,
            asked=wanted.asked,
        )
    )
