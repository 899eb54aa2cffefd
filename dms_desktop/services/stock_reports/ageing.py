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
    OF_TEXT,
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
# The newest receipts of a lot are taken until its pieces in hand are met; what none covers (goods
# that came back under a batch of another's) is as old as the lot's first receipt.
_AGED = (
    "WITH came AS (SELECT stock_move.lot_id, stock_move.day, sum(stock_move.received) AS qty"
    " FROM lot_cost CROSS JOIN stock_move WHERE lot_cost.qty > 0"
    " AND stock_move.lot_id = lot_cost.lot_id AND stock_move.received > 0 AND NOT EXISTS (SELECT 1 FROM document_link WHERE to_id ="
    " stock_move.document_id AND document_link.kind = 'cancels')"
    " GROUP BY stock_move.lot_id, stock_move.day), ranked AS (SELECT lot_id, day, qty,"
    " sum(qty) OVER (PARTITION BY lot_id ORDER BY day DESC) - qty AS newer,"
    " row_number() OVER (PARTITION BY lot_id ORDER BY day) AS rank FROM came), parts AS ("
    "SELECT lot_cost.lot_id, coalesce(day, '') AS day, CAST(CASE WHEN rank IS NULL OR rank = 1"
    " OR ranked.qty > lot_cost.qty - newer THEN lot_cost.qty - coalesce(newer, 0) ELSE ranked.qty"
    " END AS BIGINT) AS part, CAST(coalesce(newer, 0) AS BIGINT) AS newer, lot_cost.qty AS whole,"
    " paise FROM lot_cost LEFT JOIN ranked ON ranked.lot_id = lot_cost.lot_id"
    " WHERE lot_cost.qty > 0 AND (newer IS NULL OR newer < lot_cost.qty)), aged AS ("
    "SELECT lot_id, part, paise / whole * (newer + part) + paise % whole * (newer + part) / whole"
    " - paise / whole * newer - paise % whole * newer / whole AS cost, CASE"
    " WHEN day > :d0 THEN 0 WHEN day > :d1 THEN 1 WHEN day > :d2 THEN 2 WHEN day > :d3 THEN 3"
    " ELSE 4 END AS age FROM parts)"
)
_FROM = (
    " FROM aged JOIN lot ON lot.id = aged.lot_id JOIN item ON item.id = lot.item_id"
    f" WHERE {OF_ITEM} AND {OF_TEXT}"
)
_ITEMS = (
    f"{_AGED} SELECT item.id, item.code, item.name, {_BY_AGE}{_FROM}"
    " GROUP BY item.id, item.code, item.name ORDER BY item.code LIMIT :most OFFSET :after"
)
_WHOLE = f"{_AGED} SELECT 0, '', '', {_BY_AGE}{_FROM}"


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
