"""Batches: made with what lies in them; then their prices and whether they may be sold change."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.registers import LotState, joined, parted
from dms_desktop.services.registers.opening_lots import add_lot
from dms_desktop.services.registers.register import (
    Given,
    Keeping,
    Match,
    Shown,
    like,
    locked,
    register,
)
from dms_desktop.store.session import Reading, Tx

_OF_ITEM = (
    "SELECT lot.id, lot.row_version, item.code, batch, lot.mrp, expiry, packed, ptr, ptr_per, pts,"
    " pts_per, blocked, blocked_why FROM lot JOIN item ON item.id = item_id"
    " WHERE code_key = :item ORDER BY lot.id"
)
_PAGE = (
    "SELECT item.code, batch, lot.mrp, expiry, item.name, blocked FROM lot"
    " JOIN item ON item.id = item_id WHERE (code_key LIKE :like ESCAPE '\\'"
    " OR lower(item.name) LIKE :like ESCAPE '\\' OR lower(batch) LIKE :like ESCAPE '\\')"
    " AND (code_key, batch, lot.mrp, expiry) > (:item, :batch, :mrp, :expiry)"
    " ORDER BY code_key, batch, lot.mrp, expiry LIMIT :most"
)
_UPDATE = (
    "UPDATE lot SET packed = ?, ptr = ?, ptr_per = ?, pts = ?, pts_per = ?, blocked = ?,"
    " blocked_why = ?, row_version = row_version + 1 WHERE id = ?"
)
_IDENTITY = ("item", "batch", "mrp", "expiry")
_STATE = frozenset(each.name for each in fields(LotState))


def _code(lot: LotState) -> str:
    return joined(lot.item, lot.batch, str(lot.mrp), lot.expiry.isoformat() if lot.expiry else "")


def _kept(reading: Reading, code: str) -> Shown[LotState] | None:
    """By item and batch; MRP and expiry only where there are several. Refuses SEVERAL_LOTS."""
    return _found(reading, code, locked(reading, _OF_ITEM, "lot"))


def glimpse(reading: Reading, code: str) -> Shown[LotState] | None:
    """The same without a lock on the rows, for who holds the lots by their cost."""
    return _found(reading, code, _OF_ITEM)


def _found(reading: Reading, code: str, sql: str) -> Shown[LotState] | None:
    item, batch, mrp, expiry = parted(code, 4)
    rows = reading.rows(sql, item=folded(item))
    lots = [shown for shown in map(_shown, rows) if folded(shown.record.batch) == folded(batch)]
    if mrp:
        lots = [each for each in lots if str(each.record.mrp) == mrp]
    named = [each for each in lots if _text(each.record.expiry) == expiry]
    if expiry or (mrp and named):
        lots = named
    if len(lots) > 1:
        raise refuse(Reason.SEVERAL_LOTS, item=item, batch=batch)
    return lots[0] if lots else None


def _find(reading: Reading, text: str, after: str, most: int) -> list[Match]:
    item, batch, mrp, expiry = parted(after, 4)
    paise = Money(int(mrp.replace(".", ""))).paise if mrp else -1
    return [
        Match(joined(code, lot, str(Money(at)), end), name, not blocked)
        for code, lot, at, end, name, blocked in reading.rows(
            _PAGE,
            like=like(text),
            item=folded(item),
            batch=batch,
            mrp=paise,
            expiry=expiry,
            most=most,
        )
    ]


def _over(reading: Reading, given: Given, old: LotState | None) -> LotState:
    """Refuses NEEDS_CORRECTION for what printed bills name, MISSING for a block without a why."""
    assert old is not None, "a lot comes with goods"
    if strange := sorted(given.keys() - _STATE):
        raise refuse(Reason.BAD_ENTRY, field=strange[0], value=given[strange[0]])
    for name in _IDENTITY:
        if name in given and given[name] != getattr(old, name):
            raise refuse(Reason.NEEDS_CORRECTION, field=name, value=given[name])
    new = replace(old, **given)
    if not new.blocked:
        return replace(new, blocked_why="")
    if not new.blocked_why:
        raise refuse(Reason.MISSING, field="blocked_why")
    return new


def _write(tx: Tx, lot: LotState, now: Shown[LotState] | None) -> None:
    assert now is not None, "a lot comes with goods"
    row = (
        _text(lot.packed), *_stored(lot.ptr), *_stored(lot.pts), int(lot.blocked),
        lot.blocked_why, now.id,
    )  # fmt: skip
    tx.many(_UPDATE, [row])
    tx.touched["item"].add(tx.value("SELECT item_id FROM lot WHERE id = :id", id=now.id))


def _shown(row: tuple[Any, ...]) -> Shown[LotState]:
    key, version, item, batch, mrp, expiry, packed, ptr, ptr_per, pts, pts_per, *rest = row
    blocked, why = rest
    return Shown(key, version, LotState(
        item, batch, Money(mrp), _day(expiry), _day(packed), _rate(ptr, ptr_per),
        _rate(pts, pts_per), bool(blocked), why,
    ))  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _rate(paise: int | None, per: int) -> Rate | None:
    return None if paise is None else Rate(Money(paise), per)


def _stored(rate: Rate | None) -> tuple[int | None, int]:
    return (None, 1) if rate is None else (rate.amount.paise, rate.per)


_KEEPING = Keeping("lot", "lot", _code, _kept, _find, _over, _write)
LOTS = replace(register(_KEEPING, adds=False), add=add_lot)
