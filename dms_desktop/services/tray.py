"""The order tray: what waits for its bill, held back, put first, or dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import audit, fulfilment, waiting
from dms_desktop.store.session import Reading, Tx

_TRAY = (
    "SELECT document.id, document.uid, number, day, party_name, coalesce(beat.name, ''), total,"
    " held, reason, priority, (SELECT sum(line_left.qty + line_left.free_qty) FROM line_left"
    " WHERE line_id BETWEEN document.id * 65536 AND document.id * 65536 + 65535),"
    " (SELECT coalesce(sum(qty), 0) FROM reservation"
    " WHERE line_id BETWEEN document.id * 65536 AND document.id * 65536 + 65535)"
    " FROM waiting JOIN document ON document.id = waiting.document_id"
    " LEFT JOIN beat ON beat.id = document.beat_id"
    " WHERE waiting.kind = :kind AND open = 1 AND (:beat = 0 OR document.beat_id = :beat)"
    " AND (:party = 0 OR waiting.party_id = :party) AND (:until = '' OR day <= :until)"
    " ORDER BY priority DESC, day, document.id"
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open order, estimate or challan. `left` and `reserved` are pieces; `reason` says why it
    is held."""

    key: int
    id: UUID
    number: str
    day: date
    party: str
    beat: str
    total: Money
    held: bool
    reason: str
    priority: int
    left: int
    reserved: int


@needs(Power.LOOK)
def tray(
    reading: Reading,
    kind: Kind = Kind.ORDER,
    *,
    beat_id: int = 0,
    party_id: int = 0,
    until: date | None = None,
) -> list[Waiting]:
    """What is open, in the order in which it will be billed: priority, then day."""
    rows = reading.rows(
        _TRAY,
        kind=kind.value,
        beat=beat_id,
        party=party_id,
        until=until.isoformat() if until else "",
    )
    return [
        Waiting(
            key, UUID(bytes=bytes(uid)), number, date.fromisoformat(day), party, beat,
            Money(int(amount)), bool(held), reason, priority, int(left or 0), int(kept),
        )
        for key, uid, number, day, party, beat, amount, held, reason, priority, left, kept in rows
    ]  # fmt: skip


@needs(Power.BILL)
def hold(tx: Tx, uid: UUID, why: str) -> None:
    """Nothing of it is billed until it is released. Refuses MISSING where no reason is given."""
    if not why.strip():
        raise refuse(Reason.MISSING, field="reason")
    _change(tx, uid, "hold", held=1, reason=why.strip())


@needs(Power.BILL)
def release(tx: Tx, uid: UUID) -> None:
    """It may be billed again."""
    _change(tx, uid, "release", held=0, reason="")


@needs(Power.BILL)
def prioritise(tx: Tx, uid: UUID, priority: int) -> None:
    """The higher is billed sooner; all begin at 0."""
    key, number = _open(tx, uid)
    tx.run(
        "UPDATE waiting SET priority = :priority, row_version = row_version + 1"
        " WHERE document_id = :key",
        priority=priority,
        key=key,
    )
    audit.record(tx, "prioritise", uid.hex, after={"number": number, "priority": priority})
    tx.touched["waiting"].add(key)


@needs(Power.BILL)
def drop(tx: Tx, uid: UUID, why: str) -> int:
    """Nobody waits any more for what is left of an order or estimate; how many pieces.

    Refuses MISSING without a reason, and for a challan UNKNOWN_DOCUMENT: its goods are out.
    """
    if not why.strip():
        raise refuse(Reason.MISSING, field="reason")
    key, number = _open(tx, uid, Kind.ORDER, Kind.ESTIMATE)
    bounds = {"first": key << 16, "last": key << 16 | 0xFFFF}
    rows = tx.rows(
        "SELECT line_id, qty, free_qty FROM line_left WHERE line_id BETWEEN :first AND :last"
        " AND qty + free_qty > 0 ORDER BY line_id FOR UPDATE",
        **bounds,
    )
    tx.insert(
        "line_drop",
        ("line_id", "qty", "free_qty", "at", "user_id", "reason"),
        [(*row, tx.micros, tx.actor.user_id, why.strip()) for row in rows],
    )
    tx.run(
        "UPDATE line_left SET qty = 0, free_qty = 0 WHERE line_id BETWEEN :first AND :last",
        **bounds,
    )
    tx.run("DELETE FROM reservation WHERE line_id BETWEEN :first AND :last", **bounds)
    waiting.refresh(tx, {key})
    fulfilment.note(tx, uid, "dropped", why.strip())
    pieces = {str(line & 0xFFFF): qty + free for line, qty, free in rows}
    said = {"number": number, "pieces": pieces, "why": why.strip()}
    audit.record(tx, "drop", uid.hex, after=said)
    tx.touched["waiting"].add(key)
    return sum(pieces.values())


def not_held(tx: Tx, uid: UUID) -> None:
    """Refuses ON_HOLD with the reason."""
    row = tx.row(
        "SELECT number, reason FROM waiting JOIN document ON document.id = document_id"
        " WHERE uid = :uid AND held = 1",
        uid=uid.bytes,
    )
    if row is not None:
        raise refuse(Reason.ON_HOLD, number=row[0], why=row[1])


def _change(tx: Tx, uid: UUID, action: str, *, held: int, reason: str) -> None:
    key, number = _open(tx, uid)
    tx.run(
        "UPDATE waiting SET held = :held, reason = :reason, row_version = row_version + 1"
        " WHERE document_id = :key",
        held=held,
        reason=reason,
        key=key,
    )
    fulfilment.note(tx, uid, "held" if held else "released", reason)
    audit.record(tx, action, uid.hex, after={"number": number, "why": reason})
    tx.touched["waiting"].add(key)


def _open(tx: Tx, uid: UUID, *kinds: Kind) -> tuple[int, str]:
    """Key and number of what waits. Refuses UNKNOWN_DOCUMENT, and ALREADY_BILLED."""
    tx.alone(uid)
    row = tx.row(
        "SELECT document.id, number, open, waiting.kind FROM waiting"
        " JOIN document ON document.id = document_id WHERE uid = :uid FOR UPDATE OF waiting",
        uid=uid.bytes,
    )
    if row is None or (kinds and row[3] not in kinds):
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=row[1] if row else str(uid))
    if not row[2]:
        raise fulfilment.nothing_left(tx, row[0])
    return row[0], row[1]
