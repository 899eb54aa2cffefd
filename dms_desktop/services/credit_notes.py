"""Notes that give back what a bill sold: goods that never reached the shop, or were not found."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from dms_desktop.domain.company import Issued
from dms_desktop.domain.credit_note import CreditNote, Given, NoteKind, Sold, given_back, totals_of
from dms_desktop.domain.documents import Bill, Settled
from dms_desktop.domain.goods_line import Bucket, Totals
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.tax import Gst
from dms_desktop.services import crediting, documents, fulfilment, series, shelf, swaps
from dms_desktop.services.posting import LINE_BITS, Posted, already
from dms_desktop.store.session import Reading, Tx

_CREDITED = (
    "SELECT coalesce(sum(taxable), 0), coalesce(sum(cgst), 0), coalesce(sum(sgst), 0),"
    " coalesce(sum(igst), 0), coalesce(sum(cess), 0), coalesce(sum(round_off), 0),"
    " coalesce(sum(total), 0) FROM document JOIN document_link ON from_id = document.id"
    " WHERE to_id = :bill AND document_link.kind = 'credits' AND NOT EXISTS (SELECT 1 FROM"
    " document_event WHERE document_event.document_id = document.id AND event = 'cancelled')"
)


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """What of a bill did not reach the shop. `back`: row of the bill, counted from nil, to billed
    and free pieces; empty for all that is left of it. The goods come straight back to saleable,
    where the bill took them or into `place_id`, today unless a day is given (rule 35)."""

    id: UUID
    bill: UUID
    reason: str
    back: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    day: date | None = None
    place_id: int | None = None
    billed_lot: bool = False  # it never left, so that it is of the batch that was billed

    @property
    def asked(self) -> bytes:
        rows = sorted(self.back.items())
        said: tuple[object, ...] = (self.bill.hex, self.reason, rows, self.day, self.place_id)
        if self.billed_lot:
            said = (*said, "billed lot")
        return hashlib.sha256(repr(said).encode()).digest()


@needs(Power.DISPATCH)
def not_delivered(tx: Tx, wanted: NotDelivered) -> Posted:
    """A note over it, taken off the bill as far as the bill is open; the rest stays with the party.

    Refuses UNKNOWN_DOCUMENT for what is no bill of ours, ALREADY_CANCELLED, MISSING without a
    reason, MORE_THAN_SOLD, and whatever posting refuses.
    """
    return write_not_delivered(tx, wanted)


def write_not_delivered(tx: Tx, wanted: NotDelivered) -> Posted:
    """The same as a part of another deed, whose own power was asked for."""
    if before := already(tx, wanted.id, wanted.asked):
        return before
    tx.alone(wanted.bill)
    issued = _standing(tx, wanted.bill)
    if not wanted.reason.strip():
        raise refuse(Reason.MISSING, field="reason")
    sold = sold_lines(tx, issued)
    out = () if wanted.billed_lot else swaps.delivered(tx, wanted.bill)
    lots = {each.line.lot_id for each in sold if each.line.lot_id is not None}
    shelf.hold(tx, lots | swaps.lots_of(out))
    crediting.hold(tx, [each.key for each in sold])
    note = _drawn_up(tx, wanted, issued, sold_lines(tx, issued))
    followed = [(each, swaps.digest(each)) for each in swaps.follow(tx, note, out)]
    posted, *_ = swaps.post_swaps(tx, (note, wanted.asked), *followed)
    fulfilment.link(tx, posted.id, wanted.bill, "credits")
    return posted


def sold_lines(reading: Reading, issued: Issued) -> tuple[Sold, ...]:
    """The lines of a bill with what came back of each."""
    bill = issued.document
    assert isinstance(bill, Bill)
    key = _key(reading, bill.head.id)
    back = {
        line: (qty, free)
        for line, qty, free in reading.rows(
            "SELECT line_id, returned_qty, returned_free FROM line_credit"
            " WHERE line_id BETWEEN :first AND :last",
            first=key << LINE_BITS,
            last=(key + 1 << LINE_BITS) - 1,
        )
    }
    keys = [key << LINE_BITS | row for row in range(len(bill.lines))]
    return tuple(
        Sold(at, line, *back.get(at, (0, 0))) for at, line in zip(keys, bill.lines, strict=True)
    )


def _standing(tx: Tx, bill: UUID) -> Issued:
    issued = documents.issued(tx, bill)
    ours = tx.value("SELECT origin FROM document WHERE uid = :uid", uid=bill.bytes) == "ours"
    if not isinstance(issued.document, Bill) or not ours:
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=issued.number)
    if issued.cancelled:
        raise refuse(Reason.ALREADY_CANCELLED, number=issued.number)
    return issued


def _drawn_up(tx: Tx, wanted: NotDelivered, issued: Issued, sold: tuple[Sold, ...]) -> CreditNote:
    bill = issued.document
    assert isinstance(bill, Bill)
    given = _given(wanted, issued, sold)
    lines = tuple(given_back(each) for each in given)
    totals = totals_of(lines, bill.totals, _credited(tx, wanted.bill))
    day = wanted.day or series.today(tx)
    if day < bill.head.day:
        raise refuse(Reason.NOTE_BEFORE_BILL, day=bill.head.day)
    head = replace(
        bill.head, id=wanted.id, day=day, due_day=None, order_no="", transport="", note="",
        place_id=wanted.place_id or bill.goods_from or bill.head.place_id,
    )  # fmt: skip
    open_paise = tx.value(
        "SELECT open_paise FROM open_item WHERE document_id = :bill FOR UPDATE",
        bill=_key(tx, wanted.bill),
    )
    taken = min(Money(int(open_paise or 0)), totals.total)
    settles = (Settled(wanted.bill, taken),) if taken else ()
    buckets = tuple(each.bucket for each in given)
    return CreditNote(
        head, lines, totals, NoteKind.NOT_DELIVERED, wanted.reason, wanted.bill, issued.number,
        buckets, settles,
    )  # fmt: skip


def _given(wanted: NotDelivered, issued: Issued, sold: tuple[Sold, ...]) -> list[Given]:
    back = wanted.back or {row: (each.left, each.free_left) for row, each in enumerate(sold)}
    given: list[Given] = []
    for row, (qty, free) in sorted(back.items()):
        if not 0 <= row < len(sold):
            raise refuse(Reason.UNKNOWN_DOCUMENT, number=f"{issued.number} / {row + 1}")
        each = sold[row]
        if qty < 0 or free < 0 or qty > each.left or free > each.free_left:
            facts = {"item": each.line.name, "left": each.left + each.free_left}
            raise refuse(Reason.MORE_THAN_SOLD, row, **facts)
        if qty or free:
            given.append(Given(each, qty, free, Bucket.SALEABLE))
    if not given:
        raise refuse(Reason.NO_LINES)
    return given


def _credited(reading: Reading, bill: UUID) -> Totals:
    """What living notes credited of a bill so far."""
    row = reading.row(_CREDITED, bill=_key(reading, bill))
    assert row is not None
    taxable, *tax, round_off, whole = (Money(int(paise)) for paise in row)
    return Totals(taxable, Gst(*tax), round_off, whole)


def _key(reading: Reading, uid: UUID) -> int:
    return int(reading.value("SELECT id FROM document WHERE uid = :uid", uid=uid.bytes))
