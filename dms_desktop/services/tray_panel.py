"""What stands beside the order tray: an order line by line with the stock of now, and the beats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.reserving import free_pieces
from dms_desktop.services import catalogue, series
from dms_desktop.store.session import Reading

_LINES = (
    "SELECT goods_line.id, goods_line.item_id, goods_line.code, goods_line.name, case_units,"
    " inner_units, goods_line.qty + goods_line.free_qty, line_left.qty, line_left.free_qty,"
    " (SELECT coalesce(sum(qty + free_qty), 0) FROM line_drop"
    " WHERE line_drop.line_id = goods_line.id), coalesce(reservation.qty, 0), rate, per"
    " FROM goods_line JOIN line_left ON line_left.line_id = goods_line.id"
    " LEFT JOIN reservation ON reservation.line_id = goods_line.id"
    " WHERE document_id = :key ORDER BY row"
)
_DEMAND = (
    "SELECT goods_line.item_id, sum(line_left.qty + line_left.free_qty) FROM waiting"
    " JOIN document ON document.id = waiting.document_id"
    " JOIN goods_line ON goods_line.document_id = document.id"
    " JOIN line_left ON line_left.line_id = goods_line.id"
    " WHERE waiting.kind = 'order' AND open = 1 AND held = 0 AND document.place_id = :place"
    " AND goods_line.item_id IN :items GROUP BY goods_line.item_id"
)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What became of a line, in pieces, free ones included but in `left`.

    `stock` is what this order could be billed of the item now: all that lies saleable and is not
    reserved for others; None for a challan, whose goods are out already. `demand` is what all
    orders wait for that are not on hold.
    """

    line: int
    item_id: int
    place_id: int
    code: str
    name: str
    case: int
    inner: int
    wanted: int
    left: int
    left_free: int
    dropped: int
    reserved: int
    stock: int | None
    demand: int
    rate: Rate

    @property
    def waits(self) -> int:
        return self.left + self.left_free

    @property
    def billed(self) -> int:
        return self.wanted - self.waits - self.dropped


@dataclass(frozen=True, slots=True)
class Beat:
    """A beat on which so many papers wait."""

    id: int
    name: str
    count: int


@needs(Power.LOOK)
def lines(reading: Reading, uid: UUID) -> tuple[OrderLine, ...]:
    """The lines of an order, estimate or challan. Refuses UNKNOWN_DOCUMENT."""
    head = reading.row("SELECT id, kind, place_id FROM document WHERE uid = :uid", uid=uid.bytes)
    if head is None or head[1] not in (Kind.ORDER, Kind.ESTIMATE, Kind.CHALLAN):
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=str(uid))
    key, kind, place = head
    rows = reading.rows(_LINES, key=key)
    items = sorted({row[1] for row in rows})
    stock = None if kind == Kind.CHALLAN else _stock(reading, items, place, uid)
    asked = () if stock is None else reading.rows(_DEMAND, items=items, place=place)
    demand = {item: int(pieces) for item, pieces in asked}
    return tuple(_line(row, place, stock, demand) for row in rows)


@needs(Power.LOOK)
def beats(reading: Reading, kind: Kind) -> tuple[Beat, ...]:
    """The beats on which something of this kind waits, by name."""
    rows = reading.rows(
        "SELECT beat.id, beat.name, count(*) FROM waiting"
        " JOIN document ON document.id = waiting.document_id JOIN beat ON beat.id = beat_id"
        " WHERE waiting.kind = :kind AND open = 1 GROUP BY beat.id, beat.name ORDER BY beat.name",
        kind=kind.value,
    )
    return tuple(Beat(key, name, int(count)) for key, name, count in rows)


def _stock(reading: Reading, items: Sequence[int], place: int, order: UUID) -> dict[int, int]:
    shelf = catalogue.lots_of(reading, items, place)
    others = catalogue.reserved(reading, items, place, but_for=order)
    today = series.today(reading)
    return {item: free_pieces(shelf.get(item, ()), others.get(item, 0), today) for item in items}


def _line(
    row: tuple[Any, ...], place: int, stock: Mapping[int, int] | None, demand: Mapping[int, int]
) -> OrderLine:
    line, item, code, name, case, inner, wanted, left, free, dropped, reserved, rate, per = row
    have = None if stock is None else stock[item]
    return OrderLine(
        line, item, place, code, name, case, inner, wanted, left, free, int(dropped),
        int(reserved), have, demand.get(item, 0), Rate(Money(rate), per),
    )  # fmt: skip
