"""Batches past their date leave the saleable stock by themselves, at day open (product rule 22)."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date

from dms_desktop.domain.documents import Spot
from dms_desktop.domain.expiry import ExpiryMove, asks_first
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.stock_papers import StockLine
from dms_desktop.domain.uid import uuid7
from dms_desktop.services import options, shelf
from dms_desktop.services.posting import Posted, post
from dms_desktop.services.series import today
from dms_desktop.services.stock_rows import head_of, lines_of
from dms_desktop.store.session import Reading, Tx

_EXPIRED = (
    "SELECT stock.lot_id, place_id, stock.qty, place.kind, place.name FROM stock"
    " JOIN lot ON lot.id = stock.lot_id JOIN place ON place.id = place_id"
    " WHERE stock.qty > 0 AND bucket = 'saleable' AND expiry <> '' AND expiry < :day"
    " ORDER BY stock.lot_id, place_id"
)
_PICKED = (
    "SELECT coalesce(now_lot, lot_id), place_id, sum(picked) FROM pick JOIN pick_list"
    " ON pick_list.id = list_id WHERE pick_list.kind = 'order' AND pick_list.state = 'open'"
    " AND picked > 0 GROUP BY coalesce(now_lot, lot_id), place_id"
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Pieces past their date that stay where they are: picked, on challan, in a van, on the way."""

    line: StockLine
    where: str
    kind: str  # picked, on_challan, van, in_transit


@dataclass(frozen=True, slots=True)
class Expired:
    """What moved, and what is only named; `posted` is None where nothing moved."""

    day: date
    posted: Posted | None
    moved: tuple[StockLine, ...]
    elsewhere: tuple[Elsewhere, ...]


@needs(Power.LOOK)
def due(reading: Reading) -> bool:
    """Whether nobody looked for expired batches yet today."""
    day = today(reading).isoformat()
    return reading.value("SELECT day FROM day_opened WHERE day = :day", day=day) is None


@needs(Power.LOOK)
def expired(reading: Reading) -> Expired:
    """What would move now, and what would only be named."""
    moving, elsewhere = _found(reading)
    return Expired(today(reading), None, tuple(moving), tuple(elsewhere))


@needs(Power.LOOK)
def move_expired(tx: Tx) -> Expired:
    """Move what is past its date, as one document; nobody has to be asked for it.

    Refuses CLOCK_JUMPED and MANY_EXPIRE, where somebody looks first and says `move_anyway`.
    """
    return _move(tx, sure=False)


@needs(Power.APPROVE_STOCK)
def move_anyway(tx: Tx) -> Expired:
    """The same by who looked at the clock and at the list."""
    return _move(tx, sure=True)


def _move(tx: Tx, *, sure: bool) -> Expired:
    day = today(tx)
    rows = tx.rows(_EXPIRED, day=day.isoformat())
    shelf.hold(tx, {row[0] for row in rows if row[3] == "godown"})
    moving, elsewhere = _found(tx)
    if moving and not sure:
        _refuse_doubtful(tx, day, len({line.lot_id for line in moving}))
    posted = None
    if moving:
        uid = uuid7(tx.now, os.urandom(10))
        paper = ExpiryMove(head_of(tx, uid, None), tuple(moving), "")
        posted = post(tx, paper)
    document = posted and tx.value("SELECT id FROM document WHERE uid = :u", u=posted.id.bytes)
    tx.run(
        "INSERT INTO day_opened (day, at, user_id, document_id) VALUES (:day, :at, :user, :paper)"
        " ON CONFLICT (day) DO UPDATE SET at = excluded.at,"
        " document_id = coalesce(excluded.document_id, day_opened.document_id)",
        day=day.isoformat(),
        at=tx.micros,
        user=tx.actor.user_id,
        paper=document,
    )
    return Expired(day, posted, tuple(moving), tuple(elsewhere))


def _refuse_doubtful(tx: Tx, day: date, lots: int) -> None:
    said = tx.value("SELECT max(day) FROM day_opened")
    last = date.fromisoformat(said) if said else None
    most = int(options.values(tx)["expiry_lots"])
    why = asks_first(day, last, lots, most)
    if why == "clock":
        raise refuse(Reason.CLOCK_JUMPED, last=last, today=day, lines=lots)
    if why:
        raise refuse(Reason.MANY_EXPIRE, lines=lots, most=most)


def _found(reading: Reading) -> tuple[list[StockLine], list[Elsewhere]]:
    rows = reading.rows(_EXPIRED, day=today(reading).isoformat())
    lines = lines_of(reading, (row[0] for row in rows))
    picked = {(lot, place): int(qty) for lot, place, qty in reading.rows(_PICKED)} if rows else {}
    moving: list[StockLine] = []
    elsewhere: list[Elsewhere] = []
    for lot, place, qty, kind, name in rows:
        line, _ = lines[lot]
        held = qty if kind != "godown" else min(qty, picked.get((lot, place), 0))
        if held:
            what = kind if kind != "godown" else "picked"
            elsewhere.append(Elsewhere(replace(line, qty=held), name, what))
        if rest := qty - held:
            spots = Spot(place), Spot(place, Bucket.EXPIRED)
            moving.append(replace(line, qty=rest, start=spots[0], end=spots[1]))
    return moving, elsewhere
