"""Goods sent from one godown to another of the same GSTIN, and taken in there (product rule 23)."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from dms_desktop.domain.adjustment import Ground, gone, left_of
from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Spot
from dms_desktop.domain.godown_papers import Carriage
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.money import total
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.stock_papers import Holding, StockLine
from dms_desktop.domain.transfer import Transfer, TransferReceipt
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import documents, fulfilment, shelf
from dms_desktop.services.posting import Posted, already, post
from dms_desktop.services.stock_grounds import ground_of, refuse_above_limit
from dms_desktop.services.stock_rows import Piece, Place, head_of, holdings, place_of, taken
from dms_desktop.store.session import Reading, Tx

IN_TRANSIT = "in_transit"
_TRANSIT = (
    "SELECT id FROM place WHERE kind = 'in_transit' AND registration_id = :registration"
    " ORDER BY id LIMIT 1"
)
_MAKE = (
    "INSERT INTO place (uid, code, name, kind, registration_id)"
    " VALUES (:uid, :code, :name, 'in_transit', :registration) ON CONFLICT (code) DO NOTHING"
)
_DONE = (
    "SELECT lot_id, from_bucket, sum(CASE WHEN to_place IS NULL THEN 0 ELSE qty END),"
    " sum(CASE WHEN to_place IS NULL THEN qty ELSE 0 END) FROM stock_move"
    " JOIN document_link ON from_id = stock_move.document_id"
    " WHERE to_id = (SELECT id FROM document WHERE uid = :uid)"
    " AND document_link.kind = 'receives' AND NOT EXISTS (SELECT 1 FROM document_event"
    " WHERE document_event.document_id = from_id AND event = 'cancelled')"
    " GROUP BY lot_id, from_bucket"
)
_RECEIPTS = (
    "SELECT number FROM document_link JOIN document ON document.id = from_id"
    " WHERE to_id = (SELECT id FROM document WHERE uid = :uid)"
    " AND document_link.kind = 'receives' AND NOT EXISTS (SELECT 1 FROM document_event"
    " WHERE document_event.document_id = from_id AND event = 'cancelled') ORDER BY document.id"
)
_SENT = (
    "SELECT document.id, uid, number, day, place_id, particulars, total,"
    " (SELECT sum(qty) FROM stock_move WHERE document_id = document.id) FROM document"
    " WHERE kind = 'transfer' AND NOT EXISTS (SELECT 1 FROM document_event WHERE"
    " document_event.document_id = document.id AND event = 'cancelled')"
    " ORDER BY document.id DESC LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class Sending:
    """Without a batch a row goes by first expiry, first out. `direct`: nothing is on the way, the
    goods lie at the other end at once."""

    id: UUID
    to: str
    rows: tuple[Piece, ...]
    source: str = ""
    direct: bool = False
    carriage: Carriage = field(default_factory=Carriage)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Taking:
    """What came of a transfer: row of it, counted from nil, to pieces; None for all that is still
    on the way. `lost` are given up, for the reason said; whatever neither names stays on the way.
    """

    id: UUID
    transfer: UUID
    came: Mapping[int, int] | None = None
    lost: Mapping[int, int] = field(default_factory=dict)
    reason: str = ""
    note: str = ""

    @property
    def asked(self) -> bytes:
        came = None if self.came is None else sorted(self.came.items())
        said = (self.transfer.hex, came, sorted(self.lost.items()), self.reason, self.note)
        return hashlib.sha256(repr(said).encode()).digest()


@dataclass(frozen=True, slots=True)
class Leg:
    """A row of a transfer and what became of it."""

    line: StockLine
    came: int = 0
    lost: int = 0

    @property
    def left(self) -> int:
        return self.line.qty - self.came - self.lost

    @property
    def bucket(self) -> Bucket:
        assert self.line.start is not None
        return self.line.start.bucket


@dataclass(frozen=True, slots=True)
class Sent:
    """A transfer with both its ends and how far it came."""

    issued: Issued
    source: Place
    to: Place
    legs: tuple[Leg, ...]
    receipts: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        return 0 if self.transfer.direct else sum(leg.left for leg in self.legs)

    @property
    def transfer(self) -> Transfer:
        assert isinstance(self.issued.document, Transfer)
        return self.issued.document


@needs(Power.MOVE_STOCK)
def send(tx: Tx, asked: Sending) -> Posted:
    """Put goods on the way, or at once into the other godown; a van is as good as one.

    Refuses UNKNOWN_GODOWN, SAME_GODOWN, OTHER_GSTIN, what `stock_rows.taken` refuses, and whatever
    posting refuses.
    """
    return write_sent(tx, asked)


def write_sent(tx: Tx, asked: Sending) -> Posted:
    """The same as a part of another deed, whose own power was asked for."""
    digest = hashlib.sha256(repr(asked).encode()).digest()
    if before := already(tx, asked.id, digest):
        return before
    if not asked.to.strip():
        raise refuse(Reason.MISSING, field="godown")
    source, to = place_of(tx, asked.source), place_of(tx, asked.to)
    if source.id == to.id:
        raise refuse(Reason.SAME_GODOWN, godown=source.name)
    if source.registration_id != to.registration_id:
        raise refuse(Reason.OTHER_GSTIN, godown=to.name, gstin=to.gstin)
    end = to.id if asked.direct else transit_place(tx, source.registration_id)
    lines = taken(tx, source.id, asked.rows)
    held = holdings(tx, (lot for lot, _ in lines))
    goods: list[StockLine] = []
    for (lot, bucket), line in lines.items():
        part = held[lot].part(line.qty)
        held[lot] = held[lot].less(part)
        start, there = Spot(source.id, bucket), Spot(end, bucket)
        goods.append(replace(line, cost=part.cost, start=start, end=there))
    head = head_of(tx, asked.id, source.id, asked.note, asked.carriage.vehicle)
    made = Transfer(head, tuple(goods), asked.note, to.id, asked.direct, asked.carriage)
    return post(tx, made, asked=digest)


def transit_place(tx: Tx, registration: int) -> int:
    """Where goods count that are on their way; made when the first are. Before all lots."""
    for number in range(1, 100):
        if (found := tx.value(_TRANSIT, registration=registration)) is not None:
            return int(found)
        code = "TRANSIT" if number == 1 else f"TRANSIT {number}"
        names = {"code": code, "name": "In transit" if number == 1 else f"In transit {number}"}
        uid = uuid7(tx.now, os.urandom(10)).bytes
        tx.run(_MAKE, uid=uid, registration=registration, **names)
    raise AssertionError("a code of a place is free")


@needs(Power.MOVE_STOCK)
def receive(tx: Tx, asked: Taking) -> Posted:
    """Take in what came; what is given up goes to the reason's ledger with its input tax.

    Refuses UNKNOWN_DOCUMENT, ALREADY_CANCELLED, ALREADY_RECEIVED, MORE_THAN_SENT at its row,
    NO_ROWS, MISSING for the reason of a loss, ABOVE_STOCK_LIMIT, and whatever posting refuses.
    """
    return write_received(tx, asked)


def write_received(tx: Tx, asked: Taking) -> Posted:
    """The same as a part of another deed, whose own power was asked for."""
    if before := already(tx, asked.id, asked.asked):
        return before
    tx.alone(asked.transfer)
    sent = show(tx, asked.transfer)
    _refuse_done(sent)
    shelf.hold(tx, {leg.line.lot_id for leg in sent.legs})
    came = asked.came
    if came is None:
        lost = asked.lost
        came = {row: leg.left - lost.get(row, 0) for row, leg in enumerate(sent.legs)}
    _refuse_more(sent, came, asked.lost)
    ground = ground_of(tx, asked.reason) if any(asked.lost.values()) else None
    goods = tuple(_goods(tx, sent, came, asked.lost, ground))
    if not goods:
        raise refuse(Reason.NO_ROWS)
    refuse_above_limit(tx, asked.id, total(line.cost for line in goods if line.end is None))
    head = head_of(tx, asked.id, sent.to.id, asked.note)
    number = sent.issued.number
    made = TransferReceipt(head, goods, asked.note, asked.transfer, number, ground)
    posted = post(tx, made, asked=asked.asked)
    fulfilment.link(tx, posted.id, asked.transfer, "receives")
    return posted


@needs(Power.LOOK)
def show(reading: Reading, uid: UUID) -> Sent:
    """A transfer and what became of each row. Refuses UNKNOWN_DOCUMENT."""
    issued = documents.issued(reading, uid)
    transfer = issued.document
    if not isinstance(transfer, Transfer):
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=issued.number)
    done = {
        (lot, bucket): (int(came), int(lost))
        for lot, bucket, came, lost in reading.rows(_DONE, uid=uid.bytes)
    }
    legs = []
    for line in transfer.goods:
        assert line.start is not None
        legs.append(Leg(line, *done.get((line.lot_id, line.start.bucket.value), (0, 0))))
    receipts = tuple(number for (number,) in reading.rows(_RECEIPTS, uid=uid.bytes))
    places = _places(reading)
    assert transfer.head.place_id is not None
    source, to = places[transfer.head.place_id], places[transfer.to_place]
    return Sent(issued, source, to, tuple(legs), receipts)


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A transfer as a list shows it; `left` pieces are still on the way."""

    id: UUID
    number: str
    day: date
    source: str
    to: str
    pieces: int
    left: int


@needs(Power.LOOK)
def transfers(reading: Reading, *, open_only: bool = False, most: int = 200) -> list[OnTheWay]:
    """The newest transfers that stand; `open_only` those with pieces still on the way."""
    places = _places(reading)
    found: list[OnTheWay] = []
    for _, uid, number, day, place, said, _, pieces in reading.rows(_SENT, most=most):
        told = json.loads(said or "{}")
        done = 0
        for _, _, came, lost in reading.rows(_DONE, uid=bytes(uid)):
            done += int(came) + int(lost)
        left = 0 if told.get("direct") else int(pieces) - done
        if left or not open_only:
            ends = places[place].name, places[told["to_place"]].name
            row = (UUID(bytes=bytes(uid)), number, date.fromisoformat(day), *ends)
            found.append(OnTheWay(*row, int(pieces), left))
    return found


def _places(reading: Reading) -> dict[int, Place]:
    return {
        row[0]: Place(*row)
        for row in reading.rows(
            "SELECT place.id, code, name, kind, registration_id, gstin FROM place"
            " JOIN registration ON registration.id = registration_id"
        )
    }


def _refuse_done(sent: Sent) -> None:
    number = sent.issued.number
    if sent.issued.cancelled:
        raise refuse(Reason.ALREADY_CANCELLED, number=number)
    if not sent.left:
        what = ", ".join(sent.receipts) or number
        raise refuse(Reason.ALREADY_RECEIVED, number=number, what=what)


def _refuse_more(sent: Sent, came: Mapping[int, int], lost: Mapping[int, int]) -> None:
    problems: list[Problem] = []
    for row in sorted({*came, *lost}):
        if not 0 <= row < len(sent.legs):
            number = f"{sent.issued.number} / {row + 1}"
            problems.append(Problem(Reason.UNKNOWN_DOCUMENT, row, {"number": number}))
            continue
        leg, parts = sent.legs[row], (came.get(row, 0), lost.get(row, 0))
        if min(parts) < 0 or sum(parts) > leg.left:
            facts = {"item": leg.line.name, "qty": sum(parts), "have": leg.left}
            number = sent.issued.number
            problems.append(Problem(Reason.MORE_THAN_SENT, row, {**facts, "number": number}))
    if problems:
        raise Refused(*problems)


def _goods(
    tx: Tx, sent: Sent, came: Mapping[int, int], lost: Mapping[int, int], ground: Ground | None
) -> Iterator[StockLine]:
    held: dict[int, Holding] = holdings(tx, (leg.line.lot_id for leg in sent.legs))
    for row, leg in enumerate(sent.legs):
        line, lot = leg.line, leg.line.lot_id
        assert line.end is not None
        if qty := came.get(row, 0):
            end = Spot(sent.to.id, leg.bucket)
            part = held[lot].part(qty)
            yield replace(line, qty=qty, start=line.end, end=end, cost=part.cost)
        if (qty := lost.get(row, 0)) and ground:
            out = gone(replace(line, qty=qty), line.end, held[lot], reverses=ground.reverses)
            held[lot] = left_of(held[lot], out)
            yield out
