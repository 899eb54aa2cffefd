"""An item that is short, shared among the orders that wait for it: shown first, then reserved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.reserving import free_pieces
from dms_desktop.domain.shortage import Sharing, Want, share_out
from dms_desktop.services import catalogue, options, reserving, series
from dms_desktop.store.session import Reading, Tx


@dataclass(frozen=True, slots=True)
class Part:
    """What one order's line would get of an item, in pieces."""

    order: UUID
    number: str
    day: date
    party: str
    line: int
    wanted: int
    given: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`have` pieces are there for the orders that are not on hold; `parts` in their turn."""

    item_id: int
    place_id: int
    mode: Sharing
    have: int
    parts: tuple[Part, ...]

    @property
    def short(self) -> int:
        return sum(part.wanted - part.given for part in self.parts)


@needs(Power.BILL)
def plan(reading: Reading, item_id: int, place_id: int, mode: Sharing | None = None) -> Plan:
    """Who would get how much, by priority and then by day, in selling multiples; without a mode as
    the house shares."""
    mode = mode or Sharing(options.values(reading)["shortage_sharing"])
    rows = reading.rows(
        "SELECT document.uid, number, day, party_name, goods_line.id,"
        " line_left.qty + line_left.free_qty FROM waiting"
        " JOIN document ON document.id = waiting.document_id"
        " JOIN goods_line ON goods_line.document_id = document.id"
        " JOIN line_left ON line_id = goods_line.id"
        " WHERE waiting.kind = 'order' AND open = 1 AND held = 0 AND goods_line.item_id = :item"
        " AND document.place_id = :place AND line_left.qty + line_left.free_qty > 0"
        " ORDER BY priority DESC, day, goods_line.id",
        item=item_id,
        place=place_id,
    )
    multiple = reading.value("SELECT selling_multiple FROM item WHERE id = :item", item=item_id)
    if multiple is None:
        raise refuse(Reason.UNKNOWN_ITEM, code=str(item_id))
    lots = catalogue.lots_of(reading, [item_id], place_id).get(item_id, [])
    lines = [row[4] for row in rows]
    have = free_pieces(
        lots, _kept_by_others(reading, item_id, place_id, lines), series.today(reading)
    )
    wants = [Want(row[4], int(row[5])) for row in rows]
    given = share_out(have, wants, mode, multiple)
    parts = tuple(
        Part(UUID(bytes=bytes(uid)), number, date.fromisoformat(day), party, line, int(left), got)
        for (uid, number, day, party, line, left), got in zip(rows, given, strict=True)
    )
    return Plan(item_id, place_id, mode, have, parts)


@needs(Power.BILL)
def apply(tx: Tx, shown: Plan) -> Plan:
    """Reserve for each order what the plan gives it, in place of what it had of the item.

    Refuses STALE where stock or orders have moved since the plan was shown.
    """
    now = plan(tx, shown.item_id, shown.place_id, shown.mode)
    if now != shown:
        raise refuse(Reason.STALE, code=str(shown.item_id))
    wishes: defaultdict[UUID, dict[int, int]] = defaultdict(dict)
    for part in now.parts:
        wishes[part.order][part.line] = part.given
    lines = [part.line for part in now.parts]
    tx.run("DELETE FROM reservation WHERE line_id IN :lines", lines=lines)
    for order, wish in wishes.items():
        reserving.reserve(tx, order, wish)
    return now


def _kept_by_others(reading: Reading, item_id: int, place_id: int, lines: Sequence[int]) -> int:
    """Pieces reserved for orders that take no part, being on hold."""
    kept = reading.value(
        "SELECT sum(qty) FROM reservation WHERE item_id = :item AND place_id = :place"
        " AND NOT line_id IN :lines",
        item=item_id,
        place=place_id,
        lines=lines,
    )
    return int(kept or 0)
