"""Where a batch is now: what lies in our godowns, and every shop that got it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services.stock_reports.standing import Standing, by_lot
from dms_desktop.services.stock_reports.wanted import MOST, Wanted, item_of
from dms_desktop.store.session import Reading


@dataclass(frozen=True, slots=True)
class Got:
    """A shop, or a buyer at the counter, that a bill gave pieces of the batch. Free ones count."""

    bill: UUID
    number: str
    day: date
    code: str
    party: str
    phone: str
    qty: int
    came_back: int


@dataclass(frozen=True, slots=True)
class Recall:
    """`received` and `sold` pieces over all time, `gone` by other papers than bills."""

    item: str
    batch: str
    here: Sequence[Standing]
    shops: Sequence[Got]
    received: int
    sold: int
    came_back: int
    gone: int


# A bill that was cancelled gave nobody anything.
_GOT = """
SELECT document.uid, number, day, party_code, party_name,
    coalesce(party.phone, walk_in_buyer.phone, ''),
    CAST(sum(qty + free_qty) AS BIGINT),
    CAST(sum(coalesce(returned_qty, 0) + coalesce(returned_free, 0)) AS BIGINT)
FROM goods_line JOIN document ON document.id = goods_line.document_id
LEFT JOIN line_credit ON line_credit.line_id = goods_line.id
LEFT JOIN party ON party.id = document.party_id
LEFT JOIN walk_in_buyer ON walk_in_buyer.document_id = document.id
WHERE goods_line.item_id = :item AND goods_line.lot_id IN :lots AND document.kind = 'bill'
    AND document.origin = 'ours' AND NOT EXISTS (SELECT 1 FROM document_link
    WHERE to_id = document.id AND document_link.kind = 'cancels')
GROUP BY document.id, document.uid, number, day, party_code, party_name, party.phone,
    walk_in_buyer.phone
ORDER BY party_name, day, document.id LIMIT :most"""
_CROSSED = """
SELECT coalesce(sum(received), 0), coalesce(sum(CASE WHEN from_place IS NULL THEN qty
    WHEN to_place IS NULL THEN -qty ELSE 0 END), 0) FROM stock_move WHERE lot_id IN :lots"""


@needs(Power.LOOK)
def recall(reading: Reading, item: str, batch: str) -> Recall:
    """A batch of an item at whatever MRP and expiry. Refuses UNKNOWN_ITEM and UNKNOWN_BATCH."""
    key = item_of(reading, item)
    lots = [
        lot
        for (lot,) in reading.rows(
            "SELECT id FROM lot WHERE item_id = :item AND lower(batch) = lower(:batch) ORDER BY id",
            item=key,
            batch=batch.strip(),
        )
    ]
    if not lots:
        raise refuse(Reason.UNKNOWN_BATCH, batch=batch, item=item)
    here = [
        row for row in by_lot(reading, Wanted(item=item), most=MOST).rows if row.lot_id in set(lots)
    ]
    shops = [
        Got(UUID(bytes=bytes(uid)), number, date.fromisoformat(day), *said)
        for uid, number, day, *said in reading.rows(_GOT, item=key, lots=lots, most=MOST)
    ]
    received, _held = map(int, reading.rows(_CROSSED, lots=lots)[0])
    sold, back = sum(one.qty for one in shops), sum(one.came_back for one in shops)
    gone = received - sold + back - sum(row.qty for row in here)
    return Recall(item, batch, here, shops, received, sold, back, gone)
