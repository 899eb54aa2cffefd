"""Lots that are called otherwise by a document: put into their rows, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable

from dms_desktop.domain.documents import Marking, Relabel
from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.registers import joined
from dms_desktop.store.session import Tx

_LOT = (
    "SELECT item.id, item.code, batch, lot.mrp, expiry FROM lot JOIN item ON item.id = item_id"
    " WHERE lot.id = :lot"
)
_OTHER = (
    "SELECT id FROM lot WHERE item_id = :item AND batch = :batch AND mrp = :mrp"
    " AND expiry = :expiry AND id <> :lot"
)
_NAMED_SINCE = (
    "SELECT document.number FROM document correction"
    " JOIN goods_line mine ON mine.document_id = correction.id AND mine.why = ''"
    " JOIN goods_line later ON later.item_id = mine.item_id AND later.lot_id = mine.lot_id"
    " AND later.document_id > correction.id JOIN document ON document.id = later.document_id"
    " WHERE correction.id = :key AND correction.kind = 'lot_correction'"
    " AND document.kind <> 'cancellation' AND NOT EXISTS (SELECT 1 FROM document_event"
    " WHERE document_id = document.id AND event = 'cancelled') ORDER BY document.id LIMIT 1"
)


def put(tx: Tx, relabels: Iterable[Relabel]) -> None:
    """Write the new words into the lots, which are held already.

    Refuses STALE for a lot that is no longer called so, DUPLICATE where another lot is.
    """
    for each in sorted(relabels, key=lambda one: one.lot_id):
        row = tx.row(f"{_LOT} FOR UPDATE OF lot", lot=each.lot_id)
        assert row is not None, "a lot is never deleted"
        item, code, *stands = row
        if tuple(stands) != identity(each.was):
            raise refuse(Reason.STALE, field="lot", value=lot_code(code, each.was))
        batch, mrp, expiry = identity(each.now)
        if tx.value(_OTHER, item=item, batch=batch, mrp=mrp, expiry=expiry, lot=each.lot_id):
            raise refuse(Reason.DUPLICATE, field="lot", value=lot_code(code, each.now))
        packed = each.now.packed.isoformat() if each.now.packed else ""
        tx.many(
            "UPDATE lot SET batch = ?, mrp = ?, expiry = ?, packed = ?,"
            " row_version = row_version + 1 WHERE id = ?",
            [(batch, mrp, expiry, packed, each.lot_id)],
        )
        tx.touched["item"].add(item)
        tx.touched["lot"].add(each.lot_id)


def named_since(tx: Tx, key: int) -> object:
    """The number of what named a lot since this document gave it other words."""
    return tx.value(_NAMED_SINCE, key=key)


def identity(marking: Marking) -> tuple[str, int, str]:
    """Batch, paise of MRP and expiry as they lie on disk: what makes a lot of an item."""
    return marking.batch, marking.mrp.paise, marking.expiry.isoformat() if marking.expiry else ""


def lot_code(item: str, marking: Marking) -> str:
    """As the register of the lots calls it."""
    batch, mrp, expiry = identity(marking)
    return joined(item, batch, str(Money(mrp)), expiry)
