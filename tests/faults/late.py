"""Goods of two months ago that come to light, so that the months since are there to be counted."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from dms_desktop.domain.calendar import month_of
from dms_desktop.domain.documents import Head, Opening, OpeningLot
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.posting import already, post
from dms_desktop.store.session import Tx
from tests.books import NOON


@needs(Power.OPENING)
def late(tx: Tx, uid: UUID) -> None:
    """Five pieces of the first lot, once."""
    if already(tx, uid, b"") is not None:
        return
    item, lot, code, name, batch, expiry, mrp = tx.rows(
        "SELECT item.id, lot.id, code, name, batch, expiry, lot.mrp FROM lot"
        " JOIN item ON item.id = item_id WHERE batch <> '' ORDER BY lot.id LIMIT 1"
    )[0]
    last = date.fromisoformat(expiry) if expiry else None
    came = OpeningLot(
        item, lot, code, name, "34011190", "PCS", batch, last, Money(mrp), 5, Money(12_345)
    )
    before = month_of(NOON.date()).first - timedelta(days=1)
    day = month_of(month_of(before).first - timedelta(days=1)).first
    post(tx, Opening(Head(uid, day, 1), (came,)))
