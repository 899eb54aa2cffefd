"""What lies where: lots with their pieces, bucket by bucket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.store.session import Reading


@dataclass(frozen=True, slots=True)
class LotStock:
    item: str
    name: str
    batch: str
    mrp: Money
    expiry: date | None
    godown: str
    bucket: str
    qty: int
    blocked: bool


@needs(Power.LOOK)
def by_lot(reading: Reading, *, item: str = "", bucket: str, limit: int) -> list[LotStock]:
    """Lots with pieces in a bucket, by item and expiry; of one item or of all."""
    rows = reading.rows(
        "SELECT item.code, item.name, batch, lot.mrp, expiry, place.code, bucket, qty, blocked"
        " FROM stock JOIN lot ON lot.id = stock.lot_id JOIN item ON item.id = stock.item_id"
        " JOIN place ON place.id = place_id WHERE qty > 0 AND bucket = :bucket"
        " AND (:item = '' OR item.code_key = :item)"
        " ORDER BY item.code, expiry = '', expiry, lot.id LIMIT :limit",
        bucket=bucket,
        item=folded(item),
        limit=limit,
    )
    return [
        LotStock(
            code, name, batch, Money(mrp), date.fromisoformat(expiry) if expiry else None, godown,
            place_bucket, qty, bool(blocked),
        )
        for code, name, batch, mrp, expiry, godown, place_bucket, qty, blocked in rows
    ]  # fmt: skip


def as_json(row: LotStock) -> dict[str, Any]:
    return {
        "item": row.item,
        "name": row.name,
        "batch": row.batch,
        "mrp": str(row.mrp),
        "expiry": row.expiry.isoformat() if row.expiry else None,
        "godown": row.godown,
        "bucket": row.bucket,
        "qty": row.qty,
        "blocked": row.blocked,
    }
