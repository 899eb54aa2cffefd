"""Pieces kept for an order until it is billed, dropped or cancelled; others cannot sell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.reserving import free_pieces
from dms_desktop.services import audit, catalogue, series
from dms_desktop.store.session import Tx

Wishes = Mapping[int, int]  # line -> pieces


@dataclass(frozen=True, slots=True)
class Reserved:
    """What one line of an order got of what it waits for, in pieces."""

    line: int
    item_id: int
    wanted: int
    kept: int

    @property
    def short(self) -> int:
        return self.wanted - self.kept


@needs(Power.BILL)
def reserve(tx: Tx, order: UUID, wishes: Wishes | None = None) -> list[Reserved]:
    """Keep pieces for the lines of an order in place of what was kept for them before.

    By default all that each waits for; never more than lies saleable and unreserved. Refuses
    UNKNOWN_DOCUMENT for what is no open order.
    """
    key, number, place = _order(tx, order)
    lines = [row for row in _lines(tx, key) if wishes is None or row[0] in wishes]
    shelf = catalogue.lots_of(tx, {row[1] for row in lines}, place)
    tx.run("DELETE FROM reservation WHERE line_id IN :lines", lines=[row[0] for row in lines])
    taken = catalogue.reserved(tx, {row[1] for row in lines}, place)
    today = series.today(tx)
    done: list[Reserved] = []
    for line, item, waits in lines:
        wanted = min(waits, waits if wishes is None else wishes[line])
        have = free_pieces(shelf.get(item, ()), taken.get(item, 0), today)
        kept = max(min(wanted, have), 0)
        taken[item] = taken.get(item, 0) + kept
        done.append(Reserved(line, item, wanted, kept))
    tx.insert(
        "reservation",
        ("line_id", "item_id", "place_id", "qty"),
        [(one.line, one.item_id, place, one.kept) for one in done if one.kept],
    )
    said = {str(one.line & 0xFFFF): one.kept for one in done}
    audit.record(tx, "reserve", order.hex, after={"number": number, "pieces": said})
    tx.touched["item"].update(one.item_id for one in done)
    return done


@needs(Power.BILL)
def unreserve(tx: Tx, order: UUID) -> int:
    """Let go of all that was kept for an order; how many pieces."""
    key, number, _ = _order(tx, order)
    bounds = {"first": key << 16, "last": key << 16 | 0xFFFF}
    rows = tx.rows(
        "SELECT item_id, qty FROM reservation WHERE line_id BETWEEN :first AND :last", **bounds
    )
    tx.run("DELETE FROM reservation WHERE line_id BETWEEN :first AND :last", **bounds)
    if rows:
        audit.record(tx, "unreserve", order.hex, after={"number": number})
        tx.touched["item"].update(item for item, _ in rows)
    return sum(qty for _, qty in rows)


def _order(tx: Tx, order: UUID) -> tuple[int, str, int]:
    tx.alone(order)
    row = tx.row(
        "SELECT id, number, place_id FROM document JOIN waiting ON document_id = document.id"
        " WHERE uid = :uid AND document.kind = :kind AND open = 1",
        uid=order.bytes,
        kind=Kind.ORDER.value,
    )
    if row is None:
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=str(order))
    return row[0], row[1], row[2]


def _lines(tx: Tx, key: int) -> list[tuple[int, int, int]]:
    return [
        (line, item, left)
        for line, item, left in tx.rows(
            "SELECT goods_line.id, item_id, line_left.qty + line_left.free_qty FROM goods_line"
            " JOIN line_left ON line_id = goods_line.id WHERE document_id = :key"
            " AND line_left.qty + line_left.free_qty > 0 ORDER BY row",
            key=key,
        )
    ]
