"""Stock by batch, godown and bucket: what lies where now, by item, by rack or by expiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.series import today
from dms_desktop.services.stock_reports.wanted import (
    ALL,
    OF_ITEM,
    OF_SPOT,
    OF_TEXT,
    PAGE,
    Page,
    Wanted,
    page,
    params,
)
from dms_desktop.store.session import Reading

MOST_DAYS = 36_500


class By(StrEnum):
    """The order of the list."""

    ITEM = "item"
    RACK = "rack"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class Standing:
    """Pieces of one lot in one spot. `cost` is its share of the lot's, `ptr` and `mrp` of one
    piece; no `ptr` where the lot bears none."""

    item_id: int
    lot_id: int
    item: str
    name: str
    batch: str
    expiry: date | None
    mrp: Money
    ptr: Money | None
    blocked: bool
    godown: str
    bucket: str
    rack: str
    qty: int
    case_units: int
    cost: Money


ORDERS = {
    By.ITEM: "item.code, lot.expiry = '', lot.expiry, lot.id, held.place_id, held.bucket",
    By.RACK: "place.code, coalesce(rack.rack, '') = '', rack.rack, item.code, lot.expiry = '',"
    " lot.expiry, lot.id, held.bucket",
    By.EXPIRY: "lot.expiry, item.code, lot.id, held.place_id, held.bucket",
}
COLUMNS = (
    "lot.item_id, lot.id, item.code, item.name, lot.batch, lot.expiry, lot.mrp, lot.ptr,"
    " lot.ptr_per, lot.blocked, place.code, held.bucket, coalesce(rack.rack, ''), held.qty,"
    " item.case_units"
)
JOINED = (
    " JOIN lot ON lot.id = held.lot_id JOIN item ON item.id = lot.item_id"
    " JOIN place ON place.id = held.place_id"
    " LEFT JOIN rack ON rack.item_id = lot.item_id AND rack.place_id = held.place_id"
)
_DAYS = "(:dated = 0 OR (lot.expiry <> '' AND lot.expiry >= :low_day AND lot.expiry <= :high_day))"
NARROWED = f"{JOINED} WHERE held.qty > 0 AND {OF_ITEM} AND {OF_TEXT} AND {OF_SPOT} AND {_DAYS}"
# The page is found first; only its rows are told their cost.
_NOW = {
    by: "WITH held AS (SELECT held.lot_id, held.place_id, held.bucket, held.qty FROM stock held"  # noqa: S608
    f"{NARROWED} ORDER BY {order} LIMIT :most OFFSET :after) SELECT {COLUMNS}, lot_cost.paise,"
    " lot_cost.qty, (SELECT coalesce(sum(one.qty), 0) FROM stock one WHERE one.lot_id ="
    " held.lot_id AND (one.place_id, one.bucket) < (held.place_id, held.bucket)) FROM held"
    f" JOIN lot_cost ON lot_cost.lot_id = held.lot_id{JOINED} ORDER BY {order}"
    for by, order in ORDERS.items()
}


@needs(Power.LOOK)
def by_lot(
    reading: Reading,
    wanted: Wanted = ALL,
    after: int = 0,
    *,
    by: By = By.ITEM,
    most: int = PAGE,
) -> Page[Standing]:
    """What lies where now, a page at a time."""
    return listed(reading, _NOW[by], wanted, after, most)


@needs(Power.LOOK)
def near_expiry(
    reading: Reading, wanted: Wanted = ALL, after: int = 0, *, days: int, most: int = PAGE
) -> Page[Standing]:
    """What may still be sold today and expires within so many days, the first to go first."""
    now = today(reading)
    until = now + timedelta(days=min(days, MOST_DAYS))
    return listed(reading, _NOW[By.EXPIRY], wanted, after, most, now, until)


@needs(Power.LOOK)
def expired(
    reading: Reading, wanted: Wanted = ALL, after: int = 0, *, most: int = PAGE
) -> Page[Standing]:
    """What is past its date and still in hand, in whichever bucket it lies."""
    yesterday = today(reading) - timedelta(days=1)
    return listed(reading, _NOW[By.EXPIRY], wanted, after, most, date.min, yesterday)


def listed(
    reading: Reading,
    sql: str,
    wanted: Wanted,
    after: int,
    most: int,
    first: date | None = None,
    last: date = date.max,
    **more: Any,
) -> Page[Standing]:
    """A page of one of these queries, of expiry days between two where they are given."""
    rows = reading.rows(
        sql,
        **params(reading, wanted),
        dated=int(first is not None),
        low_day=(first or date.min).isoformat(),
        high_day=last.isoformat(),
        after=after,
        most=most + 1,
        **more,
    )
    return page([_standing(row) for row in rows], after, most)


def _standing(row: tuple[Any, ...]) -> Standing:
    (
        item_id, lot_id, item, name, batch, expiry, mrp, ptr, per, blocked, godown, bucket, rack,
        qty, case, paise, whole, before,
    ) = row  # fmt: skip
    cost = paise * (before + qty) // whole - paise * before // whole
    return Standing(
        item_id, lot_id, item, name, batch, date.fromisoformat(expiry) if expiry else None,
        Money(mrp), None if ptr is None else rounded(ptr, per), bool(blocked), godown, bucket,
        rack, qty, case, Money(int(cost)),
    )  # fmt: skip


def rounded(paise: int, per: int) -> Money:
    """The price of one piece, half a paisa up."""
    return Money((paise * 2 + per) // (per * 2))
