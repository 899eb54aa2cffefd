"""How long goods have been lying: what is in hand is what came in last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.series import today
from dms_desktop.services.stock_reports.wanted import (
    ALL,
    OF_ITEM,
    OF_ITEM_TEXT,
    PAGE,
    Page,
    Wanted,
    page,
    params,
)
from dms_desktop.store.session import Reading

UNTIL = (30, 60, 90, 180)  # days: the last age has no end


@dataclass(frozen=True, slots=True)
class Aged:
    """An item in hand. `pieces` and `cost` by age, as `UNTIL` says, the oldest last."""

    item_id: int
    item: str
    name: str
    pieces: tuple[int, ...]
    cost: tuple[Money, ...]


_AGES = range(len(UNTIL) + 1)
_BY_AGE = ", ".join(
    f"CAST(sum(CASE WHEN age = {age} THEN {what} ELSE 0 END) AS BIGINT)"
    for what in ("part", "cost")
    for age in _AGES
)
# The newest receipts of a lot are taken until its pieces in hand are met; what none covers is as
# old as the first of them.
_AGED = (
    "came AS (SELECT held.item_id, held.qty, paise, coalesce(move.day, '') AS day,"
    " coalesce(move.received, held.qty) AS got, CAST(coalesce(sum(move.received) OVER newest,"
    " held.qty) AS BIGINT) AS upto, lead(1) OVER newest AS older FROM held"
    " LEFT JOIN stock_move move ON move.lot_id = held.lot_id AND move.received > 0"
    " AND NOT EXISTS (SELECT 1 FROM document_link WHERE to_id = move.document_id"
    " AND document_link.kind = 'cancels')"
    " WINDOW newest AS (PARTITION BY held.lot_id ORDER BY move.day DESC, move.id DESC)),"
    " parts AS (SELECT item_id, day, paise, qty AS whole, upto - got AS newer, CASE"
    " WHEN older IS NULL OR upto > qty THEN qty - (upto - got) ELSE got END AS part FROM came"
    " WHERE upto - got < qty), aged AS (SELECT item_id, part,"
    " paise / whole * (newer + part) + paise % whole * (newer + part) / whole"
    " - paise / whole * newer - paise % whole * newer / whole AS cost, CASE"
    " WHEN day > :d0 THEN 0 WHEN day > :d1 THEN 1 WHEN day > :d2 THEN 2 WHEN day > :d3 THEN 3"
    " ELSE 4 END AS age FROM parts)"
)
_GOODS = f"FROM item WHERE {OF_ITEM} AND {OF_ITEM_TEXT}"
_HELD = (
    "held AS (SELECT lot_cost.lot_id, lot.item_id, lot_cost.qty, lot_cost.paise FROM goods"
    " CROSS JOIN lot CROSS JOIN lot_cost WHERE lot.item_id = goods.id"
    " AND lot_cost.lot_id = lot.id AND lot_cost.qty > 0)"
)
# The items of the page are found first: nothing is read of the others.
_ITEMS = (
    f"WITH goods AS (SELECT id, code, name {_GOODS} AND EXISTS (SELECT 1 FROM stock"  # noqa: S608
    " WHERE stock.item_id = item.id AND stock.qty > 0) ORDER BY code_key LIMIT :most OFFSET"
    f" :after), {_HELD}, {_AGED} SELECT goods.id, code, name, {_BY_AGE} FROM goods"
    " JOIN aged ON aged.item_id = goods.id GROUP BY goods.id, code, name ORDER BY code"
)
_WHOLE = (
    f"WITH goods AS (SELECT id {_GOODS}), {_HELD}, {_AGED} SELECT 0, '', '', {_BY_AGE} FROM aged"  # noqa: S608
)


@needs(Power.LOOK)
def ageing(
    reading: Reading, wanted: Wanted = ALL, after: int = 0, *, most: int = PAGE
) -> Page[Aged]:
    """Items in hand by the age of their receipts, wherever they lie, a page at a time."""
    rows = reading.rows(_ITEMS, **_asked(reading, wanted), most=most + 1, after=after)
    return page([_aged(row) for row in rows], after, most)


@needs(Power.LOOK)
def ages(reading: Reading, wanted: Wanted = ALL) -> Aged:
    """The same of all goods together: what a chart shows."""
    return _aged(reading.rows(_WHOLE, **_asked(reading, wanted))[0])


def _asked(reading: Reading, wanted: Wanted) -> dict[str, Any]:
    now = today(reading)
    days = {f"d{at}": (now - timedelta(days=each)).isoformat() for at, each in enumerate(UNTIL)}
    return params(reading, wanted) | days


def _aged(row: Sequence[Any]) -> Aged:
    key, code, name, *figures = row
    told = [int(figure or 0) for figure in figures]
    many = len(_AGES)
    return Aged(key, code, name, tuple(told[:many]), tuple(map(Money, told[many:])))
