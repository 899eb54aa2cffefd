"""Pick lists against the bills and orders that they are of, and against themselves."""

from __future__ import annotations

from collections.abc import Iterator

from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.store.session import Reading

# What a pick says of itself, and what its line says of item and lot.
_PICKS = """
SELECT pick.id, document.number FROM pick
LEFT JOIN goods_line ON goods_line.id = line_id LEFT JOIN pick_list ON pick_list.id = pick.list_id
LEFT JOIN document ON document.id = pick.document_id LEFT JOIN lot ON lot.id = pick.lot_id
LEFT JOIN pick_source ON pick_source.list_id = pick.list_id
    AND pick_source.document_id = pick.document_id
WHERE goods_line.id IS NULL OR pick_list.id IS NULL OR pick_source.list_id IS NULL
    OR goods_line.document_id <> pick.document_id OR goods_line.item_id <> pick.item_id
    OR document.kind <> pick_list.kind OR lot.item_id IS DISTINCT FROM pick.item_id
    OR (pick_list.kind = 'bill' AND goods_line.lot_id IS DISTINCT FROM pick.lot_id)
    OR NOT CASE pick.state
        WHEN 'open' THEN picked < pick.qty AND reason = '' AND now_lot IS NULL
        WHEN 'picked' THEN picked = pick.qty AND reason = '' AND now_lot IS NULL
        WHEN 'short' THEN picked < pick.qty AND reason <> '' AND now_lot IS NULL
        WHEN 'swapped' THEN picked = pick.qty AND reason <> '' AND now_lot IS NOT NULL
            AND now_lot <> pick.lot_id AND (pick_list.kind = 'order') = (swap_id IS NULL)
        ELSE 1 = 0 END
    OR (pick.state <> 'swapped' AND swap_id IS NOT NULL)
    OR (pick_source.state = 'done' AND pick.state = 'open')
ORDER BY pick.id LIMIT 101"""
# More is fetched for a line than it has.
_TOO_MANY = """
SELECT min(pick.id), min(document.number) FROM pick JOIN goods_line ON goods_line.id = line_id
JOIN document ON document.id = pick.document_id
JOIN pick_source ON pick_source.list_id = pick.list_id
    AND pick_source.document_id = pick.document_id AND (pick_source.state = 'open'
        OR (pick_source.state = 'done' AND document.kind = 'bill'))
GROUP BY line_id HAVING sum(CASE pick.state WHEN 'short' THEN picked ELSE pick.qty END)
    > min(goods_line.qty + goods_line.free_qty)
ORDER BY 1 LIMIT 101"""
# A line is taken by the living list that it stands on, and that of a bill once it was picked.
_CLAIMS = """
WITH due AS (
    SELECT DISTINCT line_id, pick.list_id FROM pick JOIN pick_list ON pick_list.id = pick.list_id
    JOIN pick_source ON pick_source.list_id = pick.list_id
        AND pick_source.document_id = pick.document_id
    WHERE pick_source.state = 'open' OR (pick_source.state = 'done' AND pick_list.kind = 'bill')
)
SELECT coalesce(due.line_id, pick_claim.line_id) FROM due
FULL JOIN pick_claim ON pick_claim.line_id = due.line_id AND pick_claim.list_id = due.list_id
WHERE due.line_id IS NULL OR pick_claim.line_id IS NULL ORDER BY 1 LIMIT 101"""
# Its papers are open as long as it is; what a paper made is a bill of an order, a note of a bill.
_LISTS = """
SELECT pick_list.id, pick_list.number FROM pick_list
WHERE pick_list.state NOT IN ('open', 'done', 'dropped')
    OR (pick_list.state = 'open') <> EXISTS (SELECT 1 FROM pick_source
        WHERE list_id = pick_list.id AND state = 'open')
    OR (pick_list.state = 'dropped' AND EXISTS (SELECT 1 FROM pick_source
        WHERE list_id = pick_list.id AND state = 'done'))
    OR (pick_list.state = 'open') <> (closed_at = 0) OR (packed_at > 0 AND state <> 'done')
ORDER BY 1 LIMIT 101"""
_SOURCES = """
SELECT list_id, document_id, pick_list.number FROM pick_source
JOIN pick_list ON pick_list.id = list_id LEFT JOIN document paper ON paper.id = paper_id
LEFT JOIN document_link ON from_id = paper_id AND to_id = document_id
WHERE pick_source.state NOT IN ('open', 'done', 'dropped')
    OR (paper_id IS NOT NULL AND (pick_source.state <> 'done' OR paper.id IS NULL
        OR document_link.kind IS DISTINCT FROM
            CASE pick_list.kind WHEN 'bill' THEN 'credits' ELSE 'bills' END))
ORDER BY 1, 2 LIMIT 101"""


def wrong_picks(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """What is on lists, and how far it is."""
    watch.tell("picking", 0.0)
    watch.count("pick", int(reading.value("SELECT count(*) FROM pick")))
    for query in (_PICKS, _TOO_MANY):
        for key, number in reading.rows(query):
            yield Finding("pick", "pick", key, {"number": number or ""})
    for (line,) in reading.rows(_CLAIMS):
        yield Finding("pick_claim", "pick_claim", line)
    for of, document, number in reading.rows(_SOURCES):
        yield Finding("pick_source", "pick_source", (of, document), {"number": number})
    for key, number in reading.rows(_LISTS):
        yield Finding("pick_list", "pick_list", key, {"number": number})
