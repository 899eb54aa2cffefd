"""What a receipt says it settles, against the settlements that were written for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money
from dms_desktop.services.rows import HEAD, Row
from dms_desktop.services.verifying.findings import Finding
from dms_desktop.store.session import Reading

SETTLING = (
    Kind.RECEIPT, Kind.CREDIT_NOTE, Kind.RETURN_INVOICE, Kind.SUPPLIER_CREDIT, Kind.TRIP_SETTLEMENT,
)  # fmt: skip
_BILL = "SELECT id FROM document WHERE uid = :uid"
_SETTLED = (
    "SELECT id, paise FROM settlement WHERE settles_id = :bill AND document_id = :by ORDER BY id"
)
_PARTICULARS = HEAD.index("particulars")


def settles(said: Mapping[str, Any]) -> list[tuple[UUID, int]]:
    """Bill and paise, as a receipt's particulars say it. Raises ValueError for nonsense."""
    return [(UUID(bill), paise) for bill, paise in said.get("settles", ())]


def taken_back(said: Mapping[str, Any], target: Row) -> list[tuple[UUID, int]]:
    """What the cancellation of a receipt must open again."""
    if said.get("of_kind") not in SETTLING:
        return []
    return [(bill, -paise) for bill, paise in settles(json.loads(target[_PARTICULARS] or "{}"))]


def wrong_settlements(
    reading: Reading, key: int, number: str, due: list[tuple[UUID, int]]
) -> Iterator[Finding]:
    """Each part that is due was written once, and with that amount."""
    for uid, paise in due:
        bill = reading.value(_BILL, uid=uid.bytes)
        written = reading.rows(_SETTLED, bill=bill, by=key) if bill is not None else []
        facts = {"number": number, "should": Money(paise)}
        if not written:
            yield Finding("no_settlement", "settlement", (key, bill or uid.hex), facts)
        for at, (row, stored) in enumerate(written):
            if stored != paise or at:
                yield Finding("wrong_settlement", "settlement", row, facts | {"is": Money(stored)})
