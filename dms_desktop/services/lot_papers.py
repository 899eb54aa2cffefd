"""A lot that was typed wrongly is put right, and pieces get another MRP (product rule 15)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from dms_desktop.domain.documents import Head, Marking, Spot
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.lot_mending import Ground, mending_faults
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.domain.registers import LotState
from dms_desktop.domain.stock_papers import (
    Holding,
    LotCorrection,
    Restickering,
    StockLine,
    StockPaper,
    lot_to_lot,
)
from dms_desktop.domain.tax import Gst
from dms_desktop.domain.units import BadQuantity, QuantityFault, read_quantity
from dms_desktop.services import catalogue, shelf
from dms_desktop.services.lots import LotItem, items_of
from dms_desktop.services.posting import Posted, already, post
from dms_desktop.services.registers.lots import glimpse
from dms_desktop.services.registers.register import Given, Shown, not_stale
from dms_desktop.services.relabelling import identity, lot_code
from dms_desktop.services.series import today
from dms_desktop.store.session import Tx

MARKS = ("batch", "mrp", "expiry", "packed")
_TWIN = (
    "SELECT id FROM lot WHERE item_id = :item AND batch = :batch AND mrp = :mrp"
    " AND expiry = :expiry"
)
_HOLDING = (
    "SELECT qty, paise, received, input_cgst, input_sgst, input_igst, input_cess FROM lot_cost"
    " WHERE lot_id = :lot"
)
_WHERE = (
    "SELECT place_id, bucket, qty, place.kind, place.name FROM stock"
    " JOIN place ON place.id = place_id WHERE lot_id = :lot AND qty > 0 ORDER BY place_id, bucket"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What is asked: the lot by its code in the register, and the fields that were typed wrongly.

    `version`: that of the lot when it was looked at; None asks for whatever stands there now.
    """

    id: UUID
    lot: str
    right: Given
    why: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Stickers:
    """So many pieces of a lot, typed as `2c 6p`, get the new MRP. The rates are those of a lot that
    is not there yet; without them it keeps those of the old one."""

    id: UUID
    lot: str
    qty: str
    mrp: Money
    why: str
    godown: str = ""
    bucket: Bucket = Bucket.SALEABLE
    ptr: Rate | None = None
    pts: Rate | None = None


@dataclass(frozen=True, slots=True)
class _Lot:
    shown: Shown[LotState]
    item: LotItem

    @property
    def marking(self) -> Marking:
        state = self.shown.record
        return Marking(state.batch, state.mrp, state.expiry, state.packed)

    def line(self, qty: int, *, lot: int = 0, marking: Marking | None = None) -> StockLine:
        item, says = self.item, marking or self.marking
        return StockLine(
            item.id, lot or self.shown.id, item.code, item.name, item.hsn, item.unit, says.batch,
            says.expiry, says.mrp, qty,
        )  # fmt: skip


@needs(Power.MOVE_STOCK)
def correct(tx: Tx, asked: Correction) -> Posted:
    """Put a lot right; where the right one is another lot already, its pieces move there.

    Refuses UNKNOWN_CODE, SEVERAL_LOTS, STALE, what `mending_faults` finds, BLOCKED_BATCH where a
    blocked lot would join one that is not, DUPLICATE where no piece is left to join the other lot,
    LOT_AWAY for pieces that lie in no godown, and whatever posting refuses.
    """
    digest = _digest(asked)
    if before := already(tx, asked.id, digest):
        return before
    lot = _held(tx, asked.lot)
    new = _new_state(lot.shown.record, asked.right)
    if asked.version is not None:
        not_stale(tx, "lot", asked.lot, lot.shown, new, asked.version)
    now = Marking(new.batch, new.mrp, new.expiry, new.packed)
    if faults := list(mending_faults(lot.marking, now, asked.why, _ground(tx, lot))):
        raise Refused(*faults)
    twin = _twin(tx, lot.item.id, now)
    if twin in (None, lot.shown.id):
        goods: tuple[StockLine, ...] = (lot.line(_holding(tx, lot.shown.id).qty, marking=now),)
    else:
        goods = _merged(tx, lot, int(str(twin)), now)
    made = LotCorrection(_head(tx, asked.id), goods, asked.why, lot.shown.id, lot.marking, now)
    return _posted(tx, made, digest)


@needs(Power.MOVE_STOCK)
def resticker(tx: Tx, asked: Stickers) -> Posted:
    """Move pieces to the lot of the same batch and expiry at another MRP, made where it is new.

    Refuses UNKNOWN_CODE, SEVERAL_LOTS, MISSING for a reason, BAD_QUANTITY, NOTHING_CHANGED,
    UNKNOWN_GODOWN, BAD_ENTRY for a rate of a lot that has its own, BLOCKED_BATCH where blocked
    pieces would join others, SHORT_STOCK, and whatever posting refuses.
    """
    digest = _digest(asked)
    if before := already(tx, asked.id, digest):
        return before
    lot = _held(tx, asked.lot)
    now = replace(lot.marking, mrp=asked.mrp)
    faults = list(mending_faults(lot.marking, now, asked.why, _ground(tx, lot)))
    qty = _pieces(tx, lot.item, asked.qty, faults)
    if faults:
        raise Refused(*faults)
    spot = Spot(_godown(tx, asked.godown), asked.bucket)
    into = _sticker_lot(tx, lot, now, asked)
    held = _holding(tx, lot.shown.id)
    if qty > held.qty:
        state = lot.shown.record
        facts = {"item": lot.item.name, "code": lot.item.code, "batch": state.batch}
        raise refuse(Reason.SHORT_STOCK, **facts, short=qty - held.qty, have=held.qty)
    goods = lot_to_lot(
        [(lot.line(qty), spot)], lot.line(qty, lot=into, marking=now), held
    )  # fmt: skip
    return _posted(tx, Restickering(_head(tx, asked.id, spot.place_id), goods, asked.why), digest)


def _pieces(tx: Tx, item: LotItem, typed: str, faults: list[Problem]) -> int:
    row = tx.row("SELECT case_units, inner_units FROM item WHERE id = :item", item=item.id)
    assert row is not None
    facts: dict[str, object] = {"text": typed, "item": item.name}
    try:
        quantity = read_quantity(typed, *row)
    except BadQuantity as bad:
        faults.append(Problem(Reason.BAD_QUANTITY, None, {**facts, "fault": bad.reason.value}))
        return 0
    if quantity.free:
        fault = QuantityFault.NOT_A_QUANTITY.value
        faults.append(Problem(Reason.BAD_QUANTITY, None, {**facts, "fault": fault}))
    return quantity.billed


def _digest(asked: object) -> bytes:
    return hashlib.sha256(repr(asked).encode()).digest()


def _held(tx: Tx, code: str) -> _Lot:
    """The lot as it stands, no other counter at any lot of its item until the commit."""
    seen = glimpse(tx, code)
    if seen is None:
        raise refuse(Reason.UNKNOWN_CODE, field="lot", value=code)
    (item,) = items_of(tx, [seen.record.item]).values()
    shelf.hold(
        tx, [lot for (lot,) in tx.rows("SELECT id FROM lot WHERE item_id = :item", item=item.id)]
    )
    now = glimpse(tx, code)
    if now is None or now.id != seen.id:
        raise refuse(Reason.STALE, field="lot", value=code)
    return _Lot(now, item)


def _new_state(old: LotState, right: Given) -> LotState:
    if strange := sorted(right.keys() - set(MARKS)):
        raise refuse(Reason.BAD_ENTRY, field=strange[0], value=right[strange[0]])
    said: dict[str, Any] = dict(right)
    return replace(old, **{**said, "batch": said.get("batch", old.batch) or ""})


def _ground(tx: Tx, lot: _Lot) -> Ground:
    late = Power.APPROVE_STOCK
    may, who = tx.actor.may(late), tx.actor.code
    return Ground(lot.item.name, lot.item.keep_batch, today(tx), may, who, late.value)


def _twin(tx: Tx, item: int, marking: Marking) -> int | None:
    batch, mrp, expiry = identity(marking)
    found: int | None = tx.value(_TWIN, item=item, batch=batch, mrp=mrp, expiry=expiry)
    return found


def _holding(tx: Tx, lot: int) -> Holding:
    row = tx.row(_HOLDING, lot=lot)
    qty, paise, received, *tax = row or (0,) * 7
    return Holding(qty, Money(paise), received, Gst(*map(Money, tax)))


def _merged(tx: Tx, lot: _Lot, twin: int, now: Marking) -> tuple[StockLine, ...]:
    _refuse_unblocking(tx, lot, twin)
    out: list[tuple[StockLine, Spot]] = []
    for place, bucket, qty, kind, name in tx.rows(_WHERE, lot=lot.shown.id):
        if kind != "godown":
            facts = {"item": lot.item.name, "batch": lot.shown.record.batch}
            raise refuse(Reason.LOT_AWAY, **facts, qty=qty, place=name)
        out.append((lot.line(qty), Spot(place, Bucket(bucket))))
    if not out:
        raise refuse(Reason.DUPLICATE, field="lot", value=lot_code(lot.item.code, now))
    return lot_to_lot(out, lot.line(0, lot=twin, marking=now), _holding(tx, lot.shown.id))


def _refuse_unblocking(tx: Tx, lot: _Lot, twin: int) -> None:
    if lot.shown.record.blocked and not tx.value("SELECT blocked FROM lot WHERE id = :l", l=twin):
        batch = lot.shown.record.batch
        raise refuse(Reason.BLOCKED_BATCH, item=lot.item.name, batch=batch)


def _sticker_lot(tx: Tx, lot: _Lot, now: Marking, asked: Stickers) -> int:
    """The lot that the pieces come to."""
    twin = _twin(tx, lot.item.id, now)
    if twin is not None:
        _refuse_unblocking(tx, lot, twin)
        for field, rate in (("ptr", asked.ptr), ("pts", asked.pts)):
            if rate is not None:
                raise refuse(Reason.BAD_ENTRY, field=field, value=rate.amount)
        return twin
    state, (batch, mrp, expiry) = lot.shown.record, identity(now)
    packed = now.packed.isoformat() if now.packed else ""
    rates = (*_stored(asked.ptr or state.ptr), *_stored(asked.pts or state.pts))
    tx.insert(
        "lot",
        ("item_id", "batch", "mrp", "expiry", "packed", "ptr", "ptr_per", "pts", "pts_per",
         "blocked", "blocked_why"),
        [(lot.item.id, batch, mrp, expiry, packed, *rates, int(state.blocked), state.blocked_why)],
    )  # fmt: skip
    made = _twin(tx, lot.item.id, now)
    assert made is not None
    tx.touched["lot"].add(made)
    return made


def _stored(rate: Rate | None) -> tuple[int | None, int]:
    return (None, 1) if rate is None else (rate.amount.paise, rate.per)


def _godown(tx: Tx, said: str) -> int:
    """By code or name; without either the first. Refuses UNKNOWN_GODOWN."""
    places: Iterable[tuple[int, str, str]] = tx.rows(
        "SELECT id, code, name FROM place WHERE kind = 'godown' ORDER BY id"
    )
    for place, code, name in places:
        if not said or folded(said) in (folded(code), folded(name)):
            return place
    raise refuse(Reason.UNKNOWN_GODOWN, code=said)


def _head(tx: Tx, uid: UUID, place: int | None = None) -> Head:
    us = catalogue.seller(tx)
    return Head(uid, today(tx), place, None, us.registration_id, us.company_id)


def _posted(tx: Tx, paper: StockPaper, digest: bytes) -> Posted:
    posted = post(tx, paper, asked=digest)
    tx.touched["lot"].update(line.lot_id for line in paper.goods)
    return posted
