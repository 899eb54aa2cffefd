"""A picker takes another batch of the same MRP: of a billed line it is a document at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from dms_desktop.domain.credit_note import Sold, part
from dms_desktop.domain.documents import Bill
from dms_desktop.domain.facts import Lot
from dms_desktop.domain.fefo import in_order, sellable
from dms_desktop.domain.goods_line import GoodsLine, Kind
from dms_desktop.domain.masters import folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.picking import PickRow, PickState, shared_out
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.stock_papers import StockLine, Swap
from dms_desktop.domain.uid import derived
from dms_desktop.services import catalogue, documents, picking_deeds, series, shelf, swaps
from dms_desktop.services.credit_notes import sold_lines
from dms_desktop.services.picking import promised
from dms_desktop.services.picking_deeds import OpenList, Pick
from dms_desktop.store.session import Reading, Tx

_ROW = (
    "SELECT pick.item_id, pick_list.place_id, coalesce(now_lot, lot_id) FROM pick"
    " JOIN pick_list ON pick_list.id = list_id WHERE uid = :list AND pick.id = :row"
)
_UID = "SELECT uid FROM document WHERE id = :key"
_SPLIT = (
    "INSERT INTO pick (list_id, line_id, document_id, item_id, lot_id, now_lot, rack, qty, picked,"
    " state, reason, swap_id, user_id, at) SELECT list_id, line_id, document_id, item_id, lot_id,"
    " :now, rack, :qty, :qty, 'swapped', :reason, :paper, :user, :at FROM pick WHERE id = :pick"
)


@dataclass(frozen=True, slots=True)
class Other:
    """A batch that may go in place of the one asked for; `have` pieces lie there."""

    lot_id: int
    batch: str
    expiry: date | None
    have: int


@dataclass(frozen=True, slots=True)
class Swapping:
    """`pieces` of a row, or all that is left of it, are of another batch. `id` names what is posted
    of it: told again it is done once."""

    id: UUID
    list: UUID
    row: int
    batch: str
    reason: str
    pieces: int | None = None


@needs(Power.LOOK)
def choices(reading: Reading, uid: UUID, row: int) -> tuple[Other, ...]:
    """Other batches of the row's item at its MRP that may be sold today, the earliest first."""
    found = reading.row(_ROW, list=uid.bytes, row=row)
    if found is None:
        raise refuse(Reason.UNKNOWN_LIST, list=f"{uid} / {row}")
    item, place, own = found
    mrp = reading.value("SELECT mrp FROM lot WHERE id = :own", own=own)
    lots = in_order(catalogue.lots_of(reading, [item], place).get(item, ()))
    today, listed = series.today(reading), promised(reading, [item], place)
    return tuple(
        Other(lot.id, lot.batch, lot.expiry, lot.on_hand - listed[lot.id])
        for lot in lots
        if lot.id != own
        and lot.mrp.paise == mrp
        and lot.on_hand > listed[lot.id]
        and sellable(lot, on=today)
    )


@needs(Power.PICK)
def swap_batch(tx: Tx, asked: Swapping) -> PickRow:
    """Take it from the other batch; of billed lines the books swap the batches now (rule 38).

    Refuses as `picking_deeds.tick`, MISSING without a reason, UNKNOWN_BATCH, OTHER_MRP,
    BLOCKED_BATCH, EXPIRED_BATCH, SHORT_STOCK, and whatever posting refuses.
    """
    first = derived(asked.id, asked.list, word="swap 0")
    tx.alone(first)
    if row := _before(tx, asked, first):
        return row
    for uid in _bills(tx, asked):
        tx.alone(uid)
    opened = picking_deeds.open_list(tx, asked.list)
    why = picking_deeds.why_of(tx, asked.reason)
    picks = picking_deeds.group(tx, opened, asked.row)
    waiting = [each for each in picks if each.state == PickState.OPEN]
    left = sum(each.qty - each.picked for each in waiting)
    if not left:
        raise picking_deeds.picked_already(tx, opened, picks[0])
    wanted = left if asked.pieces is None else asked.pieces
    if not 0 < wanted <= left:
        facts = picking_deeds.told(tx, picks[0])
        raise refuse(Reason.PICK_TOO_MANY, **facts, left=left, asked=wanted)
    lot = _lot(tx, opened, picks[0], asked.batch, wanted)
    shares = list(shared_out(wanted, [each.qty - each.picked for each in waiting]))
    taking = [(each, qty) for each, qty in zip(waiting, shares, strict=True) if qty]
    papers = _papers(tx, asked, opened, taking, lot, why) if opened.kind == Kind.BILL else {}
    swapped = [_mark(tx, each, qty, lot.id, why, papers.get(each.id)) for each, qty in taking]
    return picking_deeds.after(tx, opened, swapped[0], asked.list)


def _before(tx: Tx, asked: Swapping, first: UUID) -> PickRow | None:
    """The first answer, where it was told before."""
    paper = tx.value("SELECT id FROM document WHERE uid = :uid", uid=first.bytes)
    if paper is None:
        return None
    pick = tx.value("SELECT min(id) FROM pick WHERE swap_id = :paper", paper=paper)
    opened = picking_deeds.open_list(tx, asked.list)
    return picking_deeds.after(tx, opened, int(pick), asked.list)


def _bills(tx: Tx, asked: Swapping) -> list[UUID]:
    rows = tx.rows(
        "SELECT DISTINCT document.id, uid FROM pick JOIN document ON document.id = document_id"
        " WHERE list_id = (SELECT id FROM pick_list WHERE uid = :list) AND lot_id ="
        " (SELECT lot_id FROM pick WHERE id = :row) ORDER BY document.id",
        list=asked.list.bytes,
        row=asked.row,
    )
    return [UUID(bytes=bytes(uid)) for _, uid in rows]


def _lot(tx: Tx, opened: OpenList, pick: Pick, batch: str, qty: int) -> Lot:
    """The batch as the shelf has it, held with the one that was asked for."""
    item = tx.value("SELECT item_id FROM lot WHERE id = :lot", lot=pick.lot)
    mrp = tx.value("SELECT mrp FROM lot WHERE id = :lot", lot=pick.lot)
    lots = in_order(catalogue.lots_of(tx, [item], opened.place).get(item, ()))
    named = [lot for lot in lots if folded(lot.batch) == folded(batch) and lot.id != pick.lot]
    facts = picking_deeds.told(tx, pick) | {"batch": batch}
    if not named:
        raise refuse(Reason.UNKNOWN_BATCH, **facts)
    fits = [lot for lot in named if lot.mrp.paise == mrp]
    if not fits:
        raise refuse(Reason.SWAP_OTHER_MRP, **facts, mrp=named[0].mrp, wanted=Money(mrp))
    lot = fits[0]
    if lot.blocked:
        raise refuse(Reason.BLOCKED_BATCH, **facts)
    if not sellable(lot, on=series.today(tx)):
        raise refuse(Reason.EXPIRED_BATCH, **facts, expiry=lot.expiry)
    have = max(lot.on_hand - promised(tx, [item], opened.place)[lot.id], 0)
    if have < qty:
        raise refuse(Reason.SHORT_STOCK, **facts, short=qty - have, have=have)
    return lot


def _papers(
    tx: Tx, asked: Swapping, opened: OpenList, taking: Sequence[tuple[Pick, int]], lot: Lot,
    why: str,
) -> dict[int, int]:  # fmt: skip
    """A swap for each billed line; the keys of the papers by pick."""
    shelf.hold(tx, {lot.id, *(each.lot for each, _ in taking)})
    made = list(_drawn_up(tx, asked, opened, taking, lot, why))
    swaps.post_swaps(tx, *((paper, swaps.digest(paper)) for paper in made))
    return {
        each.id: int(tx.value("SELECT id FROM document WHERE uid = :u", u=paper.head.id.bytes))
        for (each, _), paper in zip(taking, made, strict=True)
    }


def _drawn_up(
    tx: Tx, asked: Swapping, opened: OpenList, taking: Sequence[tuple[Pick, int]], lot: Lot,
    why: str,
) -> Iterator[Swap]:  # fmt: skip
    ids = [derived(asked.id, asked.list, word=f"swap {at}") for at in range(len(taking))]
    out: dict[int, int] = {}  # pieces of a line that other batches have already
    rest = lot
    for new, (each, qty) in zip(ids, taking, strict=True):
        uid = UUID(bytes=bytes(tx.value(_UID, key=each.document)))
        issued = documents.issued(tx, uid)
        if issued.cancelled:
            raise refuse(Reason.ALREADY_CANCELLED, number=issued.number)
        assert isinstance(issued.document, Bill)
        sold = next(one for one in sold_lines(tx, issued) if one.key == each.line)
        if each.line not in out:
            there = swaps.delivered(tx, uid)
            out[each.line] = sum(one.qty for one in there if one.of == each.line)
        _still_out(sold, out[each.line], qty)
        back = part(sold.line.cost, out[each.line], qty, sold.line.pieces)
        into = _line_of(sold.line, rest, qty)
        rest = rest.less(qty)
        out[each.line] += qty
        yield swaps.swap(tx, new, uid, issued.number, sold, into, back, opened.place, why)


def _still_out(sold: Sold, swapped: int, qty: int) -> None:
    left = sold.left + sold.free_left - swapped
    if qty > left:
        raise refuse(Reason.MORE_THAN_SOLD, item=sold.line.name, left=left)


def _line_of(sold: GoodsLine, lot: Lot, qty: int) -> StockLine:
    named = replace(sold, lot_id=lot.id, batch=lot.batch, expiry=lot.expiry, mrp=lot.mrp)
    return swaps.stock_line(named, qty, lot.cost_of(qty))


def _mark(tx: Tx, pick: Pick, qty: int, lot: int, why: str, paper: int | None) -> int:
    """The pieces as a pick of their own; the key of that pick."""
    if qty == pick.qty:
        picking_deeds.put(tx, pick.id, qty, PickState.SWAPPED, why)
        tx.run(
            "UPDATE pick SET now_lot = :lot, swap_id = :paper WHERE id = :pick",
            lot=lot,
            paper=paper,
            pick=pick.id,
        )
        return pick.id
    full = pick.picked == pick.qty - qty
    tx.run(
        "UPDATE pick SET qty = qty - :qty, state = CASE WHEN :full = 1 THEN 'picked' ELSE state"
        " END, row_version = row_version + 1 WHERE id = :pick",
        qty=qty,
        full=int(full),
        pick=pick.id,
    )
    tx.run(
        _SPLIT,
        now=lot,
        qty=qty,
        reason=why,
        paper=paper,
        user=tx.actor.user_id,
        at=tx.micros,
        pick=pick.id,
    )
    found = tx.value(
        "SELECT max(id) FROM pick WHERE line_id = (SELECT line_id FROM pick WHERE id = :pick)",
        pick=pick.id,
    )
    return int(found)
