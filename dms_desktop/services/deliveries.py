"""What became of each bill of a trip at the shop's door, told the same evening or the next morning.

What did not reach the shop is credited by a note of its own, goods straight back to saleable, or
goes home whole to be loaded on the next trip (product rule 35).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.trip import CREDITED, Result, State
from dms_desktop.services import audit, fulfilment
from dms_desktop.services.credit_notes import NotDelivered, write_not_delivered
from dms_desktop.services.posting import Posted
from dms_desktop.services.trips import Standing, held, on_trip, refuse_elsewhere, settled
from dms_desktop.store.session import Tx

_ROW = (
    "SELECT result, reason, note.uid, note.number, EXISTS (SELECT 1 FROM document_event"
    " WHERE document_id = note_id AND event = 'cancelled') FROM trip_bill"
    " LEFT JOIN document note ON note.id = note_id WHERE trip_bill.id = :row"
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a bill. `id` is that of the credit note, where one is due. `back`: row of the
    bill, counted from nil, to billed and free pieces that came home; for a part it is needed."""

    id: UUID
    trip: UUID
    bill: UUID
    result: Result
    reason: str = ""
    back: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    day: date | None = None


@needs(Power.DISPATCH)
def deliver(tx: Tx, said: Delivery) -> Posted | None:
    """Tell a bill's result, and post the credit note that follows from it; None where none does.

    Told again it is the same. Refuses UNKNOWN_CODE, NOT_ON_TRIP, TRIP_NOT_OUT, TRIP_SETTLED,
    MISSING for the reason or the rows of a part, RESULT_HAS_NOTE where a note of an earlier
    result stands, ON_TRIP for one that went out again, and whatever the note refuses.
    """
    standing = held(tx, said.trip, State.OUT, State.BACK, State.SETTLED)
    row, bill = on_trip(tx, standing, said.bill)
    before = tx.row(_ROW, row=row)
    assert before is not None
    word, why, note, number, undone = before
    if note is not None and bytes(note) == said.id.bytes:
        return _credited(tx, said)  # told again
    if (word, why) == (said.result.value, said.reason) and note is None:
        return None
    if standing.state is State.SETTLED:
        raise settled(tx, standing)
    if note is not None and not undone:
        bill_number = tx.value("SELECT number FROM document WHERE id = :b", b=bill)
        raise refuse(Reason.RESULT_HAS_NOTE, number=bill_number, note=number)
    _complete(said)
    refuse_elsewhere(tx, bill, standing.key)
    posted = _credited(tx, said) if said.result in CREDITED else None
    _write(tx, said, standing, row, posted)
    return posted


def _complete(said: Delivery) -> None:
    if said.result is not Result.DELIVERED and not said.reason.strip():
        raise refuse(Reason.MISSING, field="reason")
    if said.result is Result.PART and not said.back:
        raise refuse(Reason.MISSING, field="qty")


def _credited(tx: Tx, said: Delivery) -> Posted:
    rows = said.back if said.result is Result.PART else {}
    return write_not_delivered(
        tx, NotDelivered(said.id, said.bill, said.reason, rows, day=said.day)
    )


def _write(tx: Tx, said: Delivery, standing: Standing, row: int, posted: Posted | None) -> None:
    uid = posted.id.bytes if posted else b""
    tx.run(
        "UPDATE trip_bill SET result = :result, reason = :reason, living = :living, at = :at,"
        " user_id = :user, note_id = (SELECT id FROM document WHERE uid = :uid) WHERE id = :row",
        result=said.result.value,
        reason=said.reason,
        living=int(said.result is not Result.RELOAD),
        at=tx.micros,
        user=tx.actor.user_id,
        uid=uid,
        row=row,
    )
    reached = said.result in (Result.DELIVERED, Result.PART)
    detail = standing.number if reached else f"{standing.number}: {said.reason}"
    fulfilment.stage(tx, said.bill, "delivered" if reached else "undelivered", detail)
    after = {"bill": said.bill.hex, "result": said.result.value, "reason": said.reason}
    if posted:
        after["note"] = posted.number
    audit.record(tx, "deliver", f"trip {said.trip.hex}", after=after)
    tx.touched["trip"].add(said.trip)
