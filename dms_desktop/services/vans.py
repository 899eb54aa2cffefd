"""Van sale: goods go out to the van, are billed from it, and come home counted (rule 37)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from dms_desktop.domain.documents import Spot
from dms_desktop.domain.godown_papers import Carriage
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.stock_papers import StockLine
from dms_desktop.domain.van import VanUnload, brought_home, missing
from dms_desktop.services import shelf, transfers, vehicles
from dms_desktop.services.posting import Posted, already, post
from dms_desktop.services.stock_rows import (
    Piece,
    head_of,
    holdings,
    named_items,
    pieces_of,
    place_of,
)
from dms_desktop.store.session import Reading, Tx

_LIES = (
    "SELECT item.id, lot_id, item.code, item.name, hsn, unit, batch, expiry, lot.mrp, bucket, qty"
    " FROM stock JOIN lot ON lot.id = lot_id JOIN item ON item.id = stock.item_id"
    " WHERE place_id = :place AND qty > 0"
    " ORDER BY item.code, bucket, expiry = '', expiry, lot_id"
)
_CARRIES = (
    "SELECT vehicle.number, coalesce(delivery_man.name, ''), coalesce(delivery_man.phone, ''),"
    " coalesce(delivery_man.code, '') FROM vehicle LEFT JOIN delivery_man"
    " ON delivery_man.id = man_id WHERE place_id = :van AND vehicle.active = 1"
    " ORDER BY vehicle.id LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class VanLoad:
    """Without a godown the first one is meant; without a batch the earliest expiry goes."""

    id: UUID
    van: str
    rows: tuple[Piece, ...]
    godown: str = ""
    note: str = "Van sale"


@dataclass(frozen=True, slots=True)
class Unload:
    """Every item that should lie in the van is counted, all batches together unless one is named;
    what lacks is the man's. Without one it is the driver of the van."""

    id: UUID
    van: str
    counted: tuple[Piece, ...]
    godown: str = ""
    man: str = ""
    note: str = "Van sale"


class InVan(NamedTuple):
    """Pieces of one lot in one bucket that should lie there."""

    line: StockLine
    spot: Spot


@needs(Power.DISPATCH)
def load(tx: Tx, said: VanLoad) -> Posted:
    """Move goods to the van by a transfer, whose Rule 55 challan names the vehicle and driver.

    Refuses UNKNOWN_CODE for what is no van, UNKNOWN_GODOWN, and what `transfers.send` refuses.
    """
    van, home = vehicles.van_key(tx, said.van), place_of(tx, said.godown, kinds=("godown",))
    code = str(tx.value("SELECT code FROM place WHERE id = :van", van=van))
    carried = Carriage(*_carrier(tx, van)[:3])
    return transfers.write_sent(
        tx, transfers.Sending(said.id, code, said.rows, home.code, True, carried, said.note)
    )


@needs(Power.SETTLE_TRIP)
def unload(tx: Tx, said: Unload) -> Posted:
    """Bring home what was counted; cost and input tax of what lacks are the man's.

    Refuses UNKNOWN_CODE, UNKNOWN_GODOWN, UNKNOWN_ITEM, BAD_QUANTITY, NO_LINES for an empty van,
    UNCOUNTED, COUNTED_TOO_MANY, NO_MAN where something lacks and the van has no driver.
    """
    digest = hashlib.sha256(repr(said).encode()).digest()
    if before := already(tx, said.id, digest):
        return before
    van, home = vehicles.van_key(tx, said.van), place_of(tx, said.godown, kinds=("godown",))
    shelf.hold(tx, {one.line.lot_id for one in lies_in(tx, van)})
    lies = lies_in(tx, van)
    if not lies:
        raise refuse(Reason.NO_LINES)
    counted = _counted(tx, said.counted, lies)
    held = holdings(tx, (one.line.lot_id for one in lies))
    lacking = [one.line.qty - qty for one, qty in zip(lies, counted, strict=True)]
    lost = missing(_parted(lies, lacking), held)
    come = brought_home(_parted(lies, counted), held, home.id)
    made = VanUnload(head_of(tx, said.id, home.id), come + lost, said.note, van, 0, "")
    man, name = _answers(tx, said.man, van, made.short) if lost else (0, "")
    made = replace(made, man=man, man_name=name)
    posted = post(tx, made, asked=digest)
    vehicles.write_due(tx, posted.id.bytes, man, made.short)
    return posted


def lies_in(reading: Reading, van: int) -> list[InVan]:
    """What the books have in the van, by item and bucket, the earliest expiry first."""
    return [
        InVan(
            StockLine(
                item, lot, code, name, hsn, unit, batch,
                date.fromisoformat(expiry) if expiry else None, Money(mrp), qty,
            ),
            Spot(van, Bucket(bucket)),
        )
        for item, lot, code, name, hsn, unit, batch, expiry, mrp, bucket, qty in reading.rows(
            _LIES, place=van
        )
    ]  # fmt: skip


def _parted(lies: Sequence[InVan], qtys: Sequence[int]) -> list[tuple[StockLine, Spot]]:
    """So many pieces of each; none where it is nil."""
    return [
        (replace(one.line, qty=qty), one.spot) for one, qty in zip(lies, qtys, strict=True) if qty
    ]


def _counted(tx: Tx, rows: Sequence[Piece], lies: Sequence[InVan]) -> list[int]:
    """Pieces of each row of `lies` that were counted. Where no batch is named the latest expiry
    is what is left, since the earliest went first."""
    items = named_items(tx, rows)
    found, told = [0] * len(lies), set[int]()
    for row, (item, rest) in enumerate(
        zip(items, pieces_of(rows, items, none_too=True), strict=True)
    ):
        mine = [at for at, there in enumerate(lies) if _is(there, item.item_id, rows[row])]
        told.update(mine)
        have = sum(lies[at].line.qty - found[at] for at in mine)
        if rest > have:
            raise refuse(Reason.COUNTED_TOO_MANY, row, item=item.name, next=rest, have=have)
        for at in reversed(mine):
            took = min(rest, lies[at].line.qty - found[at])
            found[at], rest = found[at] + took, rest - took
    for at, there in enumerate(lies):
        if at not in told:
            line = there.line
            raise refuse(Reason.UNCOUNTED, item=line.name, code=line.code, qty=line.qty)
    return found


def _is(there: InVan, item: int, one: Piece) -> bool:
    line = there.line
    return (
        line.item_id == item
        and there.spot.bucket is one.bucket
        and (one.batch is None or folded(one.batch) == folded(line.batch))
        and (one.mrp is None or one.mrp == line.mrp)
        and (one.expiry is None or one.expiry == line.expiry)
    )


def _carrier(reading: Reading, van: int) -> tuple[str, str, str, str]:
    """Number of the vehicle, and name, phone and code of its driver."""
    number, name, phone, code = reading.row(_CARRIES, van=van) or ("", "", "", "")
    return number, name, phone, code


def _answers(tx: Tx, said: str, van: int, short: Money) -> tuple[int, str]:
    name = said or _carrier(tx, van)[3]
    if not name:
        raise refuse(Reason.NO_MAN, difference=short)
    key, _, called = vehicles.man_of(tx, name)
    return key, called
