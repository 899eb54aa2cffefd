"""What a stock report is asked for: which goods, which spots, and which page of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from dms_desktop.domain.masters import folded
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services.registers.coded import GODOWN, need
from dms_desktop.services.registers.register import like
from dms_desktop.store.session import Reading

Row = TypeVar("Row")
PAGE = 200
MOST = 100_000  # rows of a list that is written to a file


@dataclass(frozen=True, slots=True)
class Wanted:
    """Empty text asks for nothing. `text` is a part of an item's code or name, or of a batch.

    `item`, `principal` and `godown` are codes; `bucket` a bucket's word.
    """

    text: str = ""
    item: str = ""
    principal: str = ""
    brand: str = ""
    category: str = ""
    godown: str = ""
    bucket: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """`after` is where the next page begins; None at the end."""

    rows: Sequence[Row]
    after: int | None


ALL = Wanted()
# A spot's share of its lot's cost: `upto` counts the lot's pieces in the order of its spots, so
# that the shares make the cost to the paisa. Divided first, since the product may be too large.
SHARE = (
    "paise / whole * upto + paise % whole * upto / whole"
    " - paise / whole * (upto - qty) - paise % whole * (upto - qty) / whole"
)
# Lots as a whole, wherever they lie: no spot is asked for, and so nothing has to be shared.
WHOLE = (
    "held AS (SELECT lot_cost.lot_id, lot.item_id, 0 AS place_id, '' AS bucket, lot_cost.qty,"
    " lot_cost.paise FROM lot_cost JOIN lot ON lot.id = lot_cost.lot_id WHERE lot_cost.qty > 0)"
)
# What lies where now, with its share of the cost.
HELD = (
    "held AS (SELECT lot_id, item_id, place_id, bucket, qty, "  # noqa: S608
    f"{SHARE} AS paise FROM (SELECT stock.lot_id, item_id, place_id, bucket, stock.qty,"
    " lot_cost.paise, lot_cost.qty AS whole, CAST(sum(stock.qty) OVER (PARTITION BY stock.lot_id"
    " ORDER BY place_id, bucket) AS BIGINT) AS upto FROM stock"
    " JOIN lot_cost ON lot_cost.lot_id = stock.lot_id WHERE stock.qty > 0) spots)"
)
# Of `item`, `lot` and a spot: one text for every report, so that a filter means the same in each.
OF_ITEM = (
    "(:item = '' OR item.code_key = :item) AND (:brand = '' OR item.brand = :brand)"
    " AND (:category = '' OR item.category = :category) AND (:principal = ''"
    " OR item.principal_id IN (SELECT id FROM principal WHERE lower(code) = :principal))"
)
OF_TEXT = (
    "(:text = '' OR item.code_key LIKE :like ESCAPE '\\'"
    " OR lower(item.name) LIKE :like ESCAPE '\\' OR lower(lot.batch) LIKE :like ESCAPE '\\')"
)
OF_ITEM_TEXT = (
    "(:text = '' OR item.code_key LIKE :like ESCAPE '\\'"
    " OR lower(item.name) LIKE :like ESCAPE '\\')"
)
OF_SPOT = "(:place = 0 OR held.place_id = :place) AND (:bucket = '' OR held.bucket = :bucket)"


def params(reading: Reading, wanted: Wanted) -> dict[str, Any]:
    """What the filters above are given. Refuses UNKNOWN_ITEM and UNKNOWN_CODE."""
    return {
        "text": wanted.text.strip(),
        "like": like(wanted.text),
        "item": _item(reading, wanted.item),
        "principal": folded(wanted.principal),
        "brand": wanted.brand,
        "category": wanted.category,
        "bucket": wanted.bucket,
        "place": place_of(reading, wanted.godown),
    }


def by_spot(wanted: Wanted) -> bool:
    """Whether it matters where a lot lies."""
    return bool(wanted.godown or wanted.bucket)


def place_of(reading: Reading, godown: str) -> int:
    """The key of a godown; nil for none. Refuses UNKNOWN_CODE."""
    return need(reading, GODOWN, godown) or 0


def item_of(reading: Reading, code: str) -> int:
    """The key of an item. Refuses UNKNOWN_ITEM."""
    found = reading.value("SELECT id FROM item WHERE code_key = :key", key=folded(code))
    if found is None:
        raise refuse(Reason.UNKNOWN_ITEM, code=code)
    return int(found)


def _item(reading: Reading, code: str) -> str:
    if code:
        item_of(reading, code)
    return folded(code)


def page(rows: Sequence[Row], after: int, most: int) -> Page[Row]:
    """Of rows that were read with one more than asked for."""
    return Page(rows[:most], after + most if len(rows) > most else None)
