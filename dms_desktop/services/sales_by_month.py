"""What a party bought and what of an item was sold in each of the last twelve months.

Read by index from one year's bills: the cost follows what that year brought, never the history.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services.series import today
from dms_desktop.store.session import Reading

MONTHS = 12
_PARTY = (
    "SELECT substr(day, 1, 7), sum(total) FROM document"
    " WHERE party_id = (SELECT id FROM party WHERE code_key = :code) AND day >= :first"
    " AND kind || '' = 'bill' AND NOT EXISTS (SELECT 1 FROM document_event"
    " WHERE document_event.document_id = document.id AND event = 'cancelled')"
    " GROUP BY substr(day, 1, 7)"
)
# A document's id tells when it was posted, so that lines of earlier years are not looked at. The
# nil lets the index of days find it: by the keys alone all earlier documents would be passed.
_ITEM = (
    "SELECT substr(day, 1, 7), sum(qty) FROM goods_line JOIN document ON document.id = document_id"
    " WHERE item_id = (SELECT id FROM item WHERE code_key = :code)"
    " AND document_id >= (SELECT min(id + 0) FROM document WHERE day >= :first) AND day >= :first"
    " AND kind || '' = 'bill' AND NOT EXISTS (SELECT 1 FROM document_event"
    " WHERE document_event.document_id = document.id AND event = 'cancelled')"
    " GROUP BY substr(day, 1, 7)"
)


@dataclass(frozen=True, slots=True)
class Month:
    """`figure` is paise of a party, with tax, and pieces of an item."""

    first: date
    figure: int


@needs(Power.LOOK)
def bought(reading: Reading, code: str) -> tuple[Month, ...]:
    """The bills of a party, month by month up to this one; a cancelled bill was none."""
    return _months(reading, _PARTY, code)


@needs(Power.LOOK)
def sold(reading: Reading, code: str) -> tuple[Month, ...]:
    """The billed pieces of an item, month by month up to this one."""
    return _months(reading, _ITEM, code)


def _months(reading: Reading, sql: str, code: str) -> tuple[Month, ...]:
    months = [*_back_from(today(reading))][::-1]
    rows: Iterable[tuple[Any, ...]] = reading.rows(
        sql, code=folded(code), first=months[0].isoformat()
    )
    found = {month: int(figure) for month, figure in rows}
    return tuple(Month(month, found.get(f"{month:%Y-%m}", 0)) for month in months)


def _back_from(day: date) -> Iterable[date]:
    month = day.replace(day=1)
    for _ in range(MONTHS):
        yield month
        at = month.year * 12 + month.month - 2
        month = date(at // 12, at % 12 + 1, 1)
