"""What is too little or too much of what a godown should keep of an item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dms_desktop.domain.powers import Power, needs
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


class Standard(StrEnum):
    BELOW_LEAST = "below_least"
    TO_ORDER = "to_order"
    ENOUGH = "enough"
    ABOVE_MOST = "above_most"


@dataclass(frozen=True, slots=True)
class Level:
    """Saleable pieces of an item in a godown beside what is said of it; a nil says nothing.

    `order`: pieces that bring it to the most, or else to the reorder level, once it is due.
    """

    item_id: int
    item: str
    name: str
    godown: str
    qty: int
    least: int
    reorder: int
    most: int
    standard: Standard
    order: int


# An item and a godown whose rack is not there any more may still have its levels.
_LEVELS = (
    "SELECT item.id, item.code, item.name, place.code, CAST((SELECT coalesce(sum(qty), 0)"  # noqa: S608
    " FROM stock WHERE stock.item_id = rack.item_id AND stock.place_id = rack.place_id"
    " AND bucket = 'saleable' AND qty > 0) AS BIGINT) AS have, least, reorder, most FROM rack"
    " JOIN item ON item.id = rack.item_id JOIN place ON place.id = rack.place_id"
    " WHERE (least > 0 OR reorder > 0 OR most > 0) AND (:place = 0 OR rack.place_id = :place)"
    f" AND {OF_ITEM} AND {OF_ITEM_TEXT}"
)
_DUE = (
    f"SELECT * FROM ({_LEVELS}) levels WHERE :all = 1 OR have < least"  # noqa: S608
    " OR (reorder > 0 AND have <= reorder) OR (most > 0 AND have > most)"
    " ORDER BY 2, 4 LIMIT :count OFFSET :after"
)


@needs(Power.LOOK)
def levels(
    reading: Reading,
    wanted: Wanted = ALL,
    after: int = 0,
    *,
    every: bool = False,
    most: int = PAGE,
) -> Page[Level]:
    """Those that lack or are too many; `every` one that has levels, a page at a time."""
    rows = reading.rows(
        _DUE, **params(reading, wanted), all=int(every), after=after, count=most + 1
    )
    return page([_level(*row) for row in rows], after, most)


def _level(
    key: int, code: str, name: str, godown: str, have: int, least: int, reorder: int, top: int
) -> Level:
    if have < least:
        standard = Standard.BELOW_LEAST
    elif reorder and have <= reorder:
        standard = Standard.TO_ORDER
    elif top and have > top:
        standard = Standard.ABOVE_MOST
    else:
        standard = Standard.ENOUGH
    due = standard in (Standard.BELOW_LEAST, Standard.TO_ORDER)
    order = max(0, (top or max(reorder, least)) - have) if due else 0
    return Level(key, code, name, godown, have, least, reorder, top, standard, order)
