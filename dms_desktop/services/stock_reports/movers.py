"""What does not sell, what sells slowly and what fast: by the days that the stock will last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.series import today
from dms_desktop.services.stock_reports.wanted import (
    ALL,
    HELD,
    OF_ITEM,
    OF_ITEM_TEXT,
    OF_SPOT,
    PAGE,
    WHOLE,
    Page,
    Wanted,
    by_spot,
    page,
    params,
)
from dms_desktop.store.session import Reading

SLOW_FROM = 60  # days of cover: what lasts longer is slow, what lasts at most so long is fast


class Pace(StrEnum):
    NON_MOVING = "non-moving"  # none sold in all these days
    SLOW = "slow"
    FAST = "fast"


@dataclass(frozen=True, slots=True)
class Mover:
    """An item in hand, and how many pieces of it bills of the last days took. `cover`: the days
    that it lasts at that pace, None where none was sold."""

    item_id: int
    item: str
    name: str
    qty: int
    cost: Money
    sold: int
    cover: int | None
    last_sale: date | None


# Cancelled bills sold nothing; what a shop sent back was sold all the same.
_SOLD = (
    "sold AS (SELECT stock_move.item_id, CAST(sum(qty) AS BIGINT) AS sold,"
    " max(document.day) AS last FROM document"
    " CROSS JOIN stock_move WHERE document_id = document.id AND document.kind = 'bill'"
    " AND document.day > :since AND to_place IS NULL AND NOT EXISTS (SELECT 1 FROM document_link"
    " WHERE to_id = document.id AND document_link.kind = 'cancels') GROUP BY stock_move.item_id)"
)
_MOVERS = (
    f"{_SOLD}, goods AS (SELECT held.item_id, CAST(sum(held.qty) AS BIGINT) AS qty,"  # noqa: S608
    " CAST(sum(held.paise) AS BIGINT) AS paise FROM held JOIN item ON item.id = held.item_id"
    f" WHERE {OF_ITEM} AND {OF_ITEM_TEXT} AND {OF_SPOT} GROUP BY held.item_id), paced AS ("
    "SELECT goods.item_id, item.code, item.name, qty, paise, coalesce(sold, 0) AS sold,"
    " CASE WHEN sold > 0 THEN qty * :days / sold END AS cover, last FROM goods"
    " JOIN item ON item.id = goods.item_id LEFT JOIN sold ON sold.item_id = goods.item_id)"
    " SELECT item_id, code, name, qty, paise, sold, cover, "
)
# One that was not sold of late was sold before, if ever: only the rows of the page are looked up.
_BEFORE = (
    "(SELECT max(document.day) FROM lot CROSS JOIN stock_move CROSS JOIN document"
    " WHERE lot.item_id = shown.item_id AND stock_move.lot_id = lot.id AND to_place IS NULL"
    " AND document.id = document_id AND document.kind = 'bill' AND NOT EXISTS (SELECT 1"
    " FROM document_link WHERE to_id = document.id AND document_link.kind = 'cancels'))"
)
_PACED = {
    Pace.NON_MOVING: f"{_MOVERS}{_BEFORE} FROM (SELECT * FROM paced WHERE sold = 0"  # noqa: S608
    " ORDER BY paise DESC, code LIMIT :most OFFSET :after) shown ORDER BY paise DESC, code",
    Pace.SLOW: f"{_MOVERS}last FROM paced WHERE cover > :cover ORDER BY cover DESC, code"
    " LIMIT :most OFFSET :after",
    Pace.FAST: f"{_MOVERS}last FROM paced WHERE cover <= :cover ORDER BY cover, code"
    " LIMIT :most OFFSET :after",
}


@needs(Power.LOOK)
def movers(
    reading: Reading,
    pace: Pace,
    wanted: Wanted = ALL,
    after: int = 0,
    *,
    days: int = 90,
    cover: int = SLOW_FROM,
    most: int = PAGE,
) -> Page[Mover]:
    """Items in hand by their sale of the last `days`, today included, a page at a time.

    Slow is what lasts more than `cover` days, fast what lasts at most so long.
    """
    span = max(1, min(days, 36_500))
    rows = reading.rows(
        f"WITH {HELD if by_spot(wanted) else WHOLE}, {_PACED[pace]}",
        **params(reading, wanted),
        since=(today(reading) - timedelta(days=span)).isoformat(),
        days=span,
        cover=cover,
        most=most + 1,
        after=after,
    )
    return page(
        [
            Mover(key, code, name, int(qty), Money(int(paise)), int(sold), lasts,
                  date.fromisoformat(last) if last else None)
            for key, code, name, qty, paise, sold, lasts, last in rows
        ],
        after,
        most,
    )  # fmt: skip
