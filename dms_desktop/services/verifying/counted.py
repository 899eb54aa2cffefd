"""Counts against the moves and the papers that they came of, and transfers against what came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.services.verifying.imported import said_in
from dms_desktop.store.session import Reading

# What the books said of a lot when it was counted: the moves of all documents until then.
_BOOKS = """
SELECT count_line.id, count_line.book, coalesce(sum(
    CASE WHEN to_place = count_sheet.place_id AND to_bucket = count_line.bucket
        THEN stock_move.qty ELSE 0 END
    - CASE WHEN from_place = count_sheet.place_id AND from_bucket = count_line.bucket
        THEN stock_move.qty ELSE 0 END), 0) AS should
FROM count_line JOIN count_sheet ON count_sheet.id = sheet_id
LEFT JOIN stock_move ON stock_move.lot_id = count_line.lot_id
    AND stock_move.document_id <= count_line.seen
WHERE counted IS NOT NULL GROUP BY count_line.id, count_line.book ORDER BY count_line.id"""
_SHEETS = """
SELECT count_sheet.id, document.id, document.kind, document.particulars FROM count_sheet
LEFT JOIN document ON document.id = document_id WHERE closed_at > 0 OR document_id IS NOT NULL
ORDER BY count_sheet.id"""
_LINES = """
SELECT book, counted, at FROM count_line WHERE sheet_id = :sheet AND counted <> book
ORDER BY lot_id, bucket"""
_LOST = """
SELECT document.id, document.number FROM document WHERE kind = 'stock_count' AND NOT EXISTS
    (SELECT 1 FROM count_sheet WHERE document_id = document.id) ORDER BY document.id"""
_CAME = """
SELECT sent.document_id, sent.lot_id, sent.from_bucket, sum(came.qty)
FROM stock_move sent JOIN document ON document.id = sent.document_id
JOIN document_link ON to_id = sent.document_id AND document_link.kind = 'receives'
JOIN stock_move came ON came.document_id = from_id AND came.lot_id = sent.lot_id
    AND came.from_bucket = sent.from_bucket
WHERE document.kind = 'transfer' AND NOT EXISTS (SELECT 1 FROM document_event
    WHERE document_event.document_id = from_id AND event = 'cancelled')
GROUP BY sent.document_id, sent.lot_id, sent.from_bucket, sent.qty
HAVING sum(came.qty) > sent.qty ORDER BY 1"""


def wrong_counts(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """Each line by the moves of its instant, each sheet by its paper, each transfer by what came of
    it; which cell is wrong they do not say."""
    watch.tell("counts", 0.0)
    for key, is_, should in reading.rows(_BOOKS):
        if is_ != int(should):
            yield Finding("count_book", "count_line", key, {"is": is_, "should": int(should)})
    for key, document, kind, said in reading.rows(_SHEETS):
        if not _agrees(reading, key, document, kind, said):
            yield Finding("count_sheet", "count_sheet", key, {"number": key})
    for key, number in reading.rows(_LOST):
        yield Finding("count_lost", "document", key, {"number": number})
    for key, *_ in reading.rows(_CAME):
        number = reading.value("SELECT number FROM document WHERE id = :key", key=key)
        yield Finding("came_beyond", "document", key, {"number": number})


def _agrees(reading: Reading, sheet: int, document: Any, kind: Any, said: Any) -> bool:
    """Whether the paper says what the lines do; there is none where no line differs."""
    lines = [list(row) for row in reading.rows(_LINES, sheet=sheet)]
    if document is None:
        return not lines
    told = said_in(said or "")
    return kind == "stock_count" and told.get("sheet") == sheet and told.get("counted") == lines
