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


# A bill that was cancelled gave nobody anything. A batch that went, or came back, in place of the
# billed one is told by the swap of them (product rule 38).
_GOT = """
WITH gave AS (
    SELECT document_id AS bill, qty + free_qty AS qty,
        coalesce(returned_qty, 0) + coalesce(returned_free, 0) AS back
    FROM goods_line LEFT JOIN line_credit ON line_credit.line_id = goods_line.id
    WHERE goods_line.item_id = :item AND goods_line.lot_id IN :lots
    UNION ALL
    SELECT document_link.to_id,
        CASE WHEN note.id IS NOT NULL THEN 0 WHEN from_place IS NULL THEN -qty ELSE qty END,
        CASE WHEN note.id IS NULL THEN 0 WHEN from_place IS NULL THEN qty ELSE -qty END
    FROM document swap CROSS JOIN stock_move JOIN document_link ON document_link.from_id = swap.id
    LEFT JOIN document_link follows ON follows.from_id = swap.id
        AND EXISTS (SELECT 1 FROM document WHERE id = follows.to_id AND kind = 'credit_note')
    LEFT JOIN document note ON note.id = follows.to_id
    WHERE swap.kind = 'swap' AND stock_move.document_id = swap.id
        AND stock_move.lot_id IN :lots AND NOT EXISTS (SELECT 1 FROM document_link cancels
        WHERE cancels.to_id = swap.id AND cancels.kind = 'cancels')
)
SELECT document.uid, number, day, party_code, party_name,
    coalesce(party.phone, walk_in_buyer.phone, ''),
    CAST(sum(gave.qty) AS BIGINT), CAST(sum(gave.back) AS BIGINT)
FROM gave JOIN document ON document.id = gave.bill
LEFT JOIN party ON party.id = document.party_id
LEFT JOIN walk_in_buyer ON walk_in_buyer.document_id = document.id
WHERE document.kind = 'bill' AND document.origin = 'ours' AND NOT EXISTS (SELECT 1
    FROM document_link WHERE to_id = document.id AND document_link.kind = 'cancels')
GROUP BY document.id, document.uid, number, day, party_code, party_name, party.phone,
    walk_in_buyer.phone
HAVING sum(gave.qty) > 0
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
