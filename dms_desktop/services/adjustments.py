"""Pieces that are gone or found, and pieces that are set apart: each with its reason (rule 21)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from dms_desktop.domain.adjustment import Adjustment, BucketMove, found, gone, left_of
from dms_desktop.domain.documents import Spot
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.money import Money, total
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.stock_papers import Holding, StockLine
from dms_desktop.domain.tax import Gst
from dms_desktop.services.lookups import Named
from dms_desktop.services.posting import Posted, already, post
from dms_desktop.services.series import today
from dms_desktop.services.stock_grounds import ground_of, refuse_above_limit
from dms_desktop.services.stock_rows import (
    Piece,
    Place,
    head_of,
    hold_items,
    holdings,
    lines_of,
    lot_made,
    lot_named,
    named_items,
    pieces_of,
    place_of,
    taken,
)
from dms_desktop.store.session import Reading, Tx

_OF_LOT = (
    "SELECT cost, qty FROM stock_move WHERE lot_id = :lot AND from_place IS NULL AND cost > 0"
    " ORDER BY id DESC LIMIT 1"
)
_OF_ITEM = (
    "SELECT cost, qty FROM stock_move WHERE item_id = :item AND from_place IS NULL AND cost > 0"
    " ORDER BY id DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Adjusting:
    """Rows of pieces that are gone, typed with a minus or none, or found, typed with a plus."""

    id: UUID
    rows: tuple[Piece, ...]
    reason: str
    godown: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Moving:
    """Rows of pieces in the buckets that they are in now, all to go to one other."""

    id: UUID
    rows: tuple[Piece, ...]
    to: Bucket
    reason: str
    godown: str = ""
    note: str = ""


@needs(Power.MOVE_STOCK)
def adjust(tx: Tx, asked: Adjusting) -> Posted:
    """Write pieces off, or take up what was found at what it last cost.

    What is gone goes to the reason's ledger, its input tax with it unless the reason keeps it.
    Refuses MISSING for the reason or a batch, UNKNOWN_CODE, UNKNOWN_GODOWN, what `stock_rows`
    refuses, WRONG_BUCKET for an expired batch found saleable, NEVER_BOUGHT, ABOVE_STOCK_LIMIT, and
    whatever posting refuses.
    """
    digest = _digest(asked)
    if before := already(tx, asked.id, digest):
        return before
    ground = ground_of(tx, asked.reason)
    place = place_of(tx, asked.godown)
    rows = tuple(replace(row, qty=_unsigned(row.qty)) for row in asked.rows)
    items = named_items(tx, rows)
    pieces_of(rows, items)
    hold_items(tx, (item.item_id for item in items))
    came = [at for at, row in enumerate(asked.rows) if row.qty.strip().startswith("+")]
    gone_rows = [
        _one_lot(tx, place, row, items[at], at) for at, row in enumerate(rows) if at not in came
    ]
    goods = _gone(tx, place, gone_rows, reverses=ground.reverses)
    goods += _found(tx, place, [(at, rows[at], items[at]) for at in came])
    refuse_above_limit(tx, asked.id, total(line.cost for line in goods))
    head = head_of(tx, asked.id, place.id, asked.note)
    return post(tx, Adjustment(head, tuple(goods), asked.note, ground), asked=digest)


@needs(Power.MOVE_STOCK)
def move_bucket(tx: Tx, asked: Moving) -> Posted:
    """Set pieces apart, or put them back; an expired batch never comes back to saleable.

    Refuses MISSING for the reason, UNKNOWN_CODE, NOTHING_CHANGED, WRONG_BUCKET, what `stock_rows`
    refuses, and whatever posting refuses.
    """
    digest = _digest(asked)
    if before := already(tx, asked.id, digest):
        return before
    ground = ground_of(tx, asked.reason)
    place = place_of(tx, asked.godown)
    if any(row.bucket is asked.to for row in asked.rows):
        raise refuse(Reason.NOTHING_CHANGED)
    goods = [
        replace(line, start=Spot(place.id, bucket), end=Spot(place.id, asked.to))
        for (_, bucket), line in taken(tx, place.id, asked.rows).items()
    ]
    _refuse_revival(tx, goods)
    head = head_of(tx, asked.id, place.id, asked.note)
    return post(tx, BucketMove(head, tuple(goods), ground.name), asked=digest)


def found_cost(reading: Reading, line: StockLine, held: Holding) -> Money:
    """What found pieces cost: as the lot's others, else as the lot or the item last came.

    Refuses NEVER_BOUGHT.
    """
    if held.qty:
        return Holding(held.qty, held.cost, 0, Gst()).part_of(line.qty)
    last = reading.row(_OF_LOT, lot=line.lot_id) or reading.row(_OF_ITEM, item=line.item_id)
    if last is None:
        raise refuse(Reason.NEVER_BOUGHT, item=line.name)
    return Holding(int(last[1]), Money(int(last[0])), 0, Gst()).part_of(line.qty)


def _digest(asked: object) -> bytes:
    return hashlib.sha256(repr(asked).encode()).digest()


def _unsigned(typed: str) -> str:
    return typed.strip().lstrip("+-−").strip()


def _one_lot(tx: Tx, place: Place, row: Piece, item: Named, at: int) -> Piece:
    """The row with its lot in full: what is gone is of one batch, and somebody says of which."""
    lot = lot_named(tx, row, item, at, place=place.id)
    if lot is None:
        raise refuse(Reason.UNKNOWN_BATCH, at, item=item.name, batch=row.batch or "")
    line, _ = lines_of(tx, [lot])[lot]
    return replace(row, batch=line.batch, mrp=line.mrp, expiry=line.expiry)


def _gone(tx: Tx, place: Place, rows: list[Piece], *, reverses: bool) -> list[StockLine]:
    if not rows:
        return []
    lines = taken(tx, place.id, rows)
    held = holdings(tx, (lot for lot, _ in lines))
    goods: list[StockLine] = []
    for (lot, bucket), line in lines.items():
        out = gone(line, Spot(place.id, bucket), held[lot], reverses=reverses)
        held[lot] = left_of(held[lot], out)
        goods.append(out)
    return goods


def _found(tx: Tx, place: Place, rows: list[tuple[int, Piece, Named]]) -> list[StockLine]:
    """A lot that was never in the books is made."""
    goods: dict[tuple[int, Bucket], StockLine] = {}
    for at, row, item in rows:
        lot = lot_named(tx, row, item, at)
        if lot is None:
            lot = lot_made(tx, row, item)
        line, _ = lines_of(tx, [lot])[lot]
        (qty,) = pieces_of([row], [item])
        before = goods.get((lot, row.bucket), line).qty
        goods[lot, row.bucket] = replace(line, qty=before + qty, end=Spot(place.id, row.bucket))
    _refuse_revival(tx, list(goods.values()))
    held: Mapping[int, Holding] = holdings(tx, (lot for lot, _ in goods))
    return [
        found(line, Spot(place.id, bucket), found_cost(tx, line, held[lot]))
        for (lot, bucket), line in goods.items()
    ]


def _refuse_revival(tx: Tx, goods: list[StockLine]) -> None:
    """What is past its last day cannot become saleable, whoever asks for it."""
    day = today(tx)
    problems = [
        Problem(
            Reason.WRONG_BUCKET,
            None,
            {"item": line.name, "batch": line.batch, "expiry": line.expiry},
        )
        for line in goods
        if line.end and line.end.bucket is Bucket.SALEABLE and line.expiry and line.expiry < day
    ]
    if problems:
        raise Refused(*problems)
