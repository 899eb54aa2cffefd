"""What was asked for and what was sent for it, in the words of both databases."""

from __future__ import annotations

# A line fulfils one of the same item, and of a document that waits for a bill at all; that of a
# credit note gives back one of a bill, from the same lot.
SOURCES = """
SELECT goods_line.id, document.number FROM goods_line
JOIN document ON document.id = goods_line.document_id
LEFT JOIN goods_line source ON source.id = goods_line.source_line
LEFT JOIN document asked ON asked.id = source.document_id
WHERE goods_line.source_line IS NOT NULL AND (asked.id IS NULL
    OR source.item_id <> goods_line.item_id
    OR (document.kind = 'credit_note' AND (asked.kind <> 'bill'
        OR source.lot_id IS DISTINCT FROM goods_line.lot_id))
    OR (document.kind = 'goods_receipt' AND asked.kind <> 'purchase_order')
    OR (document.kind IN ('supplier_return', 'return_invoice')
        AND (asked.kind <> 'goods_receipt'
        OR source.lot_id IS DISTINCT FROM goods_line.lot_id))
    OR (document.kind NOT IN ('credit_note', 'goods_receipt', 'supplier_return', 'return_invoice')
        AND asked.kind NOT IN ('order', 'estimate', 'challan')))
ORDER BY 1 LIMIT 101"""
# What lies on challan is what challans wait for; the move of a line has the line's row as its leg.
ON_CHALLAN = """
WITH waits AS (
    SELECT stock_move.lot_id, to_place, to_bucket, sum(line_left.qty + line_left.free_qty) AS qty
    FROM document JOIN stock_move ON stock_move.document_id = document.id
    JOIN line_left ON line_id = document.id * 65536 + leg
    WHERE kind = 'challan' GROUP BY stock_move.lot_id, to_place, to_bucket
), lies AS (
    SELECT stock.* FROM stock JOIN place ON place.id = place_id WHERE kind = 'on_challan'
)
SELECT coalesce(lies.lot_id, waits.lot_id), coalesce(place_id, to_place),
    coalesce(lies.bucket, to_bucket), item.code, batch, coalesce(lies.qty, 0),
    coalesce(waits.qty, 0)
FROM lies FULL JOIN waits ON waits.lot_id = lies.lot_id AND to_place = place_id
    AND to_bucket = lies.bucket
LEFT JOIN lot ON lot.id = coalesce(lies.lot_id, waits.lot_id)
LEFT JOIN item ON item.id = lot.item_id
WHERE coalesce(lies.qty, 0) <> coalesce(waits.qty, 0)
ORDER BY 1, 2, 3 LIMIT 101"""
# What waits is open while anything of it is left, and stands in the name of its document's party.
WAITING = """
WITH left_of AS (
    SELECT document_id, sum(line_left.qty + line_left.free_qty) AS qty FROM line_left
    JOIN goods_line ON goods_line.id = line_id GROUP BY document_id
), asked AS (
    SELECT id, number, kind, party_id, CASE WHEN left_of.qty > 0 THEN 1 ELSE 0 END AS open
    FROM document LEFT JOIN left_of ON document_id = id
    WHERE kind IN ('order', 'estimate', 'challan') AND origin <> 'imported'
)
SELECT coalesce(asked.id, document_id), asked.number FROM asked
FULL JOIN waiting ON document_id = asked.id
WHERE asked.id IS NULL OR document_id IS NULL OR waiting.kind <> asked.kind
    OR waiting.open <> asked.open OR waiting.party_id IS DISTINCT FROM asked.party_id
ORDER BY 1 LIMIT 101"""
# Pieces are kept for a line of the same item, and never more than it still waits for.
RESERVED = """
SELECT reservation.line_id, document.number FROM reservation
LEFT JOIN goods_line ON goods_line.id = reservation.line_id
LEFT JOIN document ON document.id = document_id
LEFT JOIN line_left ON line_left.line_id = reservation.line_id
WHERE goods_line.id IS NULL OR line_left.line_id IS NULL
    OR reservation.item_id <> goods_line.item_id
    OR reservation.qty > line_left.qty + line_left.free_qty
ORDER BY 1 LIMIT 101"""
