"""Trips against their bills, notes and settlements, and the dues of the staff against the books."""

from __future__ import annotations

from collections.abc import Iterator

from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.services.verifying.imported import said_in
from dms_desktop.store.session import Reading

# What papers booked to the staff's account, and what is said to be whose.
_DUES = """
SELECT document.id, document.number, (SELECT sum(ledger_entry.paise) FROM ledger_entry
    JOIN account ON account.id = account_id
    WHERE ledger_entry.document_id = document.id AND account.code = 'staff_dues'),
    staff_due.paise, document.particulars, man_id
FROM document LEFT JOIN staff_due ON staff_due.document_id = document.id
WHERE kind IN ('trip_settlement', 'van_unload')
    OR document.id IN (SELECT document_id FROM staff_due)
ORDER BY document.id"""
_SETTLED = """
SELECT trip.id, trip.number, trip.uid, settlement_id, kind, particulars FROM trip
LEFT JOIN document ON document.id = settlement_id
WHERE (state = 'settled') <> (settlement_id IS NOT NULL) OR settlement_id IS NOT NULL
ORDER BY trip.id"""
_UNNAMED = """
SELECT document.id, document.number FROM document
WHERE kind = 'trip_settlement' AND NOT EXISTS (SELECT 1 FROM trip WHERE settlement_id = document.id)
    AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id
    AND event = 'cancelled')
ORDER BY document.id"""
_BILLS = """
SELECT trip_bill.id, trip.number FROM trip_bill JOIN trip ON trip.id = trip_id
LEFT JOIN document ON document.id = trip_bill.document_id
LEFT JOIN document note ON note.id = note_id
WHERE document.id IS NULL OR document.kind <> 'bill'
    OR result NOT IN ('', 'delivered', 'part', 'refused', 'shop_closed', 'reload')
    OR (result IN ('part', 'refused', 'shop_closed')) <> (note_id IS NOT NULL)
    OR (note_id IS NOT NULL AND (note.id IS NULL OR note.kind <> 'credit_note' OR NOT EXISTS
        (SELECT 1 FROM document_link WHERE from_id = note_id AND to_id = trip_bill.document_id
        AND document_link.kind = 'credits')))
ORDER BY trip_bill.id LIMIT 101"""


def wrong_dispatch(reading: Reading, watch: Watch) -> Iterator[Finding]:
    """What a man owes is what the paper booked to him; a trip's results are its bills' own."""
    watch.tell("dispatch", 0.0)
    for key, number, booked, told, particulars, man in reading.rows(_DUES):
        named = said_in(particulars).get("man", 0)
        if booked is None and told is None:
            continue
        if told is None or booked is None or int(booked) != told or named != man:
            yield Finding("staff_due", "staff_due", key, {"number": number})
    for key, number, uid, _, kind, particulars in reading.rows(_SETTLED):
        if kind != "trip_settlement" or said_in(particulars).get("trip") != bytes(uid).hex():
            yield Finding("trip", "trip", key, {"number": number})
    for key, number in reading.rows(_UNNAMED):
        yield Finding("trip", "document", key, {"number": number})
    for key, number in reading.rows(_BILLS):
        yield Finding("trip_bill", "trip_bill", key, {"number": number})
