"""What the stock is worth: at cost, at the trade's price and at MRP."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.stock_reports.wanted import (
    ALL,
    HELD,
    OF_ITEM,
    OF_SPOT,
    OF_TEXT,
    WHOLE,
    Wanted,
    by_spot,
    params,
)
from dms_desktop.store.session import Reading


class Each(StrEnum):
    """What a row of it stands for."""

    PRINCIPAL = "principal"
    BRAND = "brand"
    CATEGORY = "category"
    GODOWN = "godown"
    BUCKET = "bucket"


@dataclass(frozen=True, slots=True)
class Worth:
    """`unpriced` pieces bear no PTR and count nothing in `ptr`. All costs together are the stock
    ledger (product rule 20)."""

    name: str
    lots: int
    qty: int
    cost: Money
    ptr: Money
    mrp: Money
    unpriced: int


_COLUMN = {
    Each.PRINCIPAL: "principal.name",
    Each.BRAND: "item.brand",
    Each.CATEGORY: "item.category",
    Each.GODOWN: "place.code",
    Each.BUCKET: "held.bucket",
}
_SPOTS = (Each.GODOWN, Each.BUCKET)
_WORTH = {
    (each, held): f"WITH {held} SELECT {column}, count(DISTINCT held.lot_id), sum(held.qty),"  # noqa: S608
    " sum(held.paise), sum((held.qty * coalesce(lot.ptr, 0) * 2 + lot.ptr_per)"
    " / (lot.ptr_per * 2)), sum(held.qty * lot.mrp),"
    " sum(CASE WHEN lot.ptr IS NULL THEN held.qty ELSE 0 END) FROM held"
    " JOIN lot ON lot.id = held.lot_id JOIN item ON item.id = lot.item_id"
    " JOIN principal ON principal.id = item.principal_id"
    f"{' JOIN place ON place.id = held.place_id' if held is HELD else ''}"
    f" WHERE {OF_ITEM} AND {OF_TEXT} AND {OF_SPOT} GROUP BY {column} ORDER BY {column} LIMIT 5000"
    for each, column in _COLUMN.items()
    for held in ((HELD,) if each in _SPOTS else (HELD, WHOLE))
}


@needs(Power.LOOK)
def value(reading: Reading, wanted: Wanted = ALL, *, each: Each = Each.PRINCIPAL) -> list[Worth]:
    """By principal, brand, category, godown or bucket."""
    held = HELD if each in _SPOTS or by_spot(wanted) else WHOLE
    return [
        Worth(
            name, int(lots), int(qty), Money(int(cost)), Money(int(ptr)), Money(int(mrp)), int(bare)
        )
        for name, lots, qty, cost, ptr, mrp, bare in reading.rows(
            _WORTH[each, held], **params(reading, wanted)
        )
    ]


def total(rows: list[Worth]) -> Worth:
    """The foot of such a list; a lot in two godowns counts in both."""
    return Worth(
        "",
        sum(row.lots for row in rows),
        sum(row.qty for row in rows),
        Money(sum(row.cost.paise for row in rows)),
        Money(sum(row.ptr.paise for row in rows)),
        Money(sum(row.mrp.paise for row in rows)),
        sum(row.unpriced for row in rows),
    )
