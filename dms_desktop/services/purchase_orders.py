"""What of our orders is still to come: each line less what living goods receipts brought of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_draft import PurchaseAsk, PurchaseDraft
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.store.session import Reading

# Bound to the order by its link, so that nothing reads the lines of all history.
_LINES = (
    "SELECT asked.id, asked.item_id, asked.qty, coalesce(sum(came.qty), 0) FROM goods_line asked"
    " LEFT JOIN document_link ON to_id = asked.document_id AND document_link.kind = 'bills'"
    " AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_id = from_id"
    " AND event = 'cancelled')"
    " LEFT JOIN goods_line came ON came.document_id = from_id AND came.source_line = asked.id"
    " WHERE asked.document_id IN :orders GROUP BY asked.id, asked.item_id, asked.qty"
    " ORDER BY asked.id"
)
_OPEN = (
    "SELECT id, uid, number, day, party_id, party_name FROM document"
    " WHERE kind = 'purchase_order' AND NOT EXISTS (SELECT 1 FROM document_event"
    " WHERE document_id = document.id AND event = 'cancelled') ORDER BY id DESC"
)


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """Billed pieces that were ordered, and how many of them never came yet."""

    line: int
    item_id: int
    qty: int
    left: int


@dataclass(frozen=True, slots=True)
class OpenOrder:
    id: UUID
    number: str
    day: date
    party_id: int
    party: str
    left: int


def left_of(reading: Reading, lines: Iterable[int | None]) -> dict[int, int]:
    """By line key, what is still to come; never below nil."""
    orders = sorted({line >> 16 for line in lines if line is not None})
    if not orders:
        return {}
    return {each.line: each.left for each in _lines(reading, orders)}


@needs(Power.LOOK)
def open_orders(reading: Reading, party_id: int | None = None) -> list[OpenOrder]:
    """Orders of which something is still to come, the newest first."""
    rows = [row for row in reading.rows(_OPEN) if party_id in (None, row[4])]
    left: defaultdict[int, int] = defaultdict(int)
    for each in _lines(reading, [row[0] for row in rows]) if rows else ():
        left[each.line >> 16] += each.left
    return [
        OpenOrder(UUID(bytes=bytes(uid)), number, date.fromisoformat(day), party, name, left[key])
        for key, uid, number, day, party, name in rows
        if left[key]
    ]


@needs(Power.RECEIVE)
def against(reading: Reading, draft: PurchaseDraft, order: UUID) -> PurchaseDraft:
    """The draft with each line bound to the order's line of the same item, first to first.

    What was not ordered stays unbound, and of a line of which too much came the rest is bound all
    the same, so that it is told. Refuses UNKNOWN_DOCUMENT, WRONG_SOURCE for another supplier's.
    """
    sql = "SELECT id, kind, party_id, number FROM document WHERE uid = :uid"
    row = reading.row(sql, uid=order.bytes)
    if row is None or row[1] != Kind.PURCHASE_ORDER:
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=str(order))
    if row[2] != draft.party_id:
        raise refuse(Reason.OTHER_SUPPLIER, number=row[3])
    lines = _lines(reading, [row[0]])
    left = {each.line: each.left for each in lines}
    bound: list[PurchaseAsk] = []
    for ask in draft.asks:
        mine = [each.line for each in lines if each.item_id == ask.item_id]
        line = next((key for key in mine if left[key] >= ask.qty), mine[-1] if mine else None)
        if line is not None:
            left[line] -= ask.qty
        bound.append(replace(ask, source_line=line))
    return replace(draft, asks=tuple(bound), order_no=draft.order_no or row[3])


def _lines(reading: Reading, orders: Iterable[int]) -> list[OrderedLine]:
    return [
        OrderedLine(key, item, qty, max(0, qty - int(came)))
        for key, item, qty, came in reading.rows(_LINES, orders=list(orders))
    ]
