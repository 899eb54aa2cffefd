"""Which lots a count takes in: a godown, a rack, an item, those asked for, the likeliest wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dms_desktop.domain.masters import folded
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services.lookups import items_named
from dms_desktop.store.session import Reading

Lots = list[tuple[int, str, str]]  # lot, bucket, why

_GODOWN = "SELECT lot_id, bucket, '' FROM stock WHERE place_id = :place AND qty > 0 ORDER BY lot_id"
_RACK = (
    "SELECT lot_id, bucket, '' FROM stock JOIN rack ON rack.item_id = stock.item_id"
    " AND rack.place_id = stock.place_id WHERE stock.place_id = :place AND qty > 0"
    " AND lower(rack) = :rack ORDER BY lot_id"
)
_ITEM = (
    "SELECT lot_id, bucket, '' FROM stock WHERE place_id = :place AND qty > 0"
    " AND item_id = :item ORDER BY lot_id"
)
# A lot waits until it was counted in this place after it was asked for.
_ASKED = (
    "SELECT lot_id, 'saleable', max(why) FROM count_ask WHERE place_id = :place AND NOT EXISTS"
    " (SELECT 1 FROM count_line JOIN count_sheet ON count_sheet.id = sheet_id"
    " WHERE count_line.lot_id = count_ask.lot_id AND count_sheet.place_id = count_ask.place_id"
    " AND count_line.at >= count_ask.at) GROUP BY lot_id ORDER BY lot_id"
)
# What was not found stands first, then by how often a lot was handled since it was last counted.
_LIKELY = (
    "SELECT stock.lot_id, stock.bucket, '' FROM stock JOIN lot_cost"
    " ON lot_cost.lot_id = stock.lot_id WHERE place_id = :place AND stock.qty > 0"
    " ORDER BY (SELECT count(*) FROM count_ask WHERE count_ask.lot_id = stock.lot_id"
    " AND count_ask.place_id = stock.place_id AND count_ask.at > (SELECT coalesce(max(at), 0)"
    " FROM count_line WHERE count_line.lot_id = stock.lot_id)) DESC,"
    " (SELECT count(*) FROM stock_move WHERE stock_move.lot_id = stock.lot_id AND document_id >"
    " (SELECT coalesce(max(seen), 0) FROM count_line WHERE count_line.lot_id = stock.lot_id)) DESC,"
    " lot_cost.paise DESC, stock.lot_id LIMIT :most"
)


def lots_in(reading: Reading, place: int, scope: str, what: str, most: int) -> Lots:
    """Refuses BAD_ENTRY for a scope that is none, UNKNOWN_ITEM, and UNKNOWN_CODE for a rack."""
    scopes: Mapping[str, Callable[[], Lots]] = {
        "godown": lambda: _rows(reading, _GODOWN, place),
        "rack": lambda: _of_rack(reading, place, what),
        "item": lambda: _of_item(reading, place, what),
        "likely": lambda: _rows(reading, _LIKELY, place, most=most),
        "asked": lambda: _rows(reading, _ASKED, place),
    }
    if scope not in scopes:
        raise refuse(Reason.BAD_ENTRY, field="scope", value=scope)
    return scopes[scope]()


def _rows(reading: Reading, sql: str, place: int, **more: object) -> Lots:
    return [(lot, bucket, why) for lot, bucket, why in reading.rows(sql, place=place, **more)]


def _of_item(reading: Reading, place: int, code: str) -> Lots:
    these = items_named(reading, [code]).get(folded(code), [])
    if len(these) != 1:
        reason = Reason.SEVERAL_ITEMS if these else Reason.UNKNOWN_ITEM
        raise refuse(reason, code=code, items=", ".join(each.code for each in these))
    return _rows(reading, _ITEM, place, item=these[0].item_id)


def _of_rack(reading: Reading, place: int, rack: str) -> Lots:
    known = "SELECT id FROM rack WHERE place_id = :place AND lower(rack) = :rack LIMIT 1"
    if not rack.strip() or reading.value(known, place=place, rack=folded(rack)) is None:
        raise refuse(Reason.UNKNOWN_CODE, field="rack", value=rack)
    return _rows(reading, _RACK, place, rack=folded(rack))
