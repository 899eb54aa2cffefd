"""Another batch goes to the shop than was billed: what was delivered, and what comes back of it.

The bill keeps its lines and prices; whoever asks which lots a shop got asks `delivered` too
(product rule 38).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from dms_desktop.domain.credit_note import CreditNote, Sold
from dms_desktop.domain.documents import Head, Spot
from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.money import ZERO, Money, total, whole
from dms_desktop.domain.stock_papers import StockLine, Swap
from dms_desktop.domain.uid import derived
from dms_desktop.services import catalogue, documents, fulfilment, series
from dms_desktop.services.posting import Posted, post_together
from dms_desktop.store.session import Reading, Tx

_SWAPS = (
    "SELECT uid FROM document_link JOIN document ON document.id = from_id"
    " WHERE to_id = (SELECT id FROM document WHERE uid = :bill) AND document_link.kind = 'swaps'"
    " AND NOT EXISTS (SELECT 1 FROM document_event WHERE document_id = document.id"
    " AND event = 'cancelled') ORDER BY document.id"
)
_COST = "SELECT qty, paise FROM lot_cost WHERE lot_id = :lot"


@dataclass(frozen=True, slots=True)
class Delivered:
    """So many pieces of a billed line were of another lot, as `line` calls it, and left at `cost`.

    `swaps` are the papers that say so.
    """

    of: int  # the bill's line
    line: StockLine
    qty: int
    cost: Money
    swaps: tuple[UUID, ...]


def delivered(reading: Reading, bill: UUID) -> tuple[Delivered, ...]:
    """What of a bill went out, and is out still, in another batch than its lines say."""
    found: dict[tuple[int, int], Delivered] = {}
    for (uid,) in reading.rows(_SWAPS, bill=bill.bytes):
        paper = documents.issued(reading, UUID(bytes=bytes(uid))).document
        assert isinstance(paper, Swap)
        for line in paper.goods:
            sign = 1 if line.start else -1
            at = (paper.line, line.lot_id)
            had = found.get(at, Delivered(paper.line, line, 0, ZERO, ()))
            cost = had.cost + (line.cost if sign > 0 else -line.cost)
            swaps = (*had.swaps, paper.head.id)
            found[at] = replace(had, qty=had.qty + sign * line.qty, cost=cost, swaps=swaps)
    return tuple(each for each in found.values() if each.qty > 0)


def swap(
    tx: Tx, new: UUID, bill: UUID, number: str, sold: Sold, into: StockLine, cost_back: Money,
    place: int, reason: str,
) -> Swap:  # fmt: skip
    """Draw it up: `into` goes out in place of as many pieces of the sold line."""
    us = catalogue.seller(tx)
    head = Head(new, series.today(tx), place, None, us.registration_id, us.company_id)
    spot = Spot(place)
    out = replace(into, start=spot, end=None)
    back = stock_line(sold.line, into.qty, cost_back, end=spot)
    return Swap(head, (out, back), reason, bill, number, sold.key, (bill,))


def stock_line(
    line: GoodsLine, qty: int, cost: Money, *, start: Spot | None = None, end: Spot | None = None
) -> StockLine:
    """Pieces of the lot that a line names, at a cost."""
    assert line.lot_id is not None
    return StockLine(
        line.item_id, line.lot_id, line.code, line.name, line.hsn, line.uqc, line.batch,
        line.expiry, line.mrp, qty, start, end, cost,
    )  # fmt: skip


def follow(tx: Tx, note: CreditNote, out: Sequence[Delivered]) -> list[Swap]:
    """What comes back of lines that went out in another batch is of that batch: the note brings
    the billed lot in, and each of these puts the delivered one in its place.

    The lots are held already.
    """
    made: list[Swap] = []
    costs: dict[int, tuple[int, Money]] = {}
    for at, line in enumerate(note.lines):
        rest, bucket = line.pieces, note.buckets[at]
        for each in (one for one in out if one.of == line.source_line):
            if not (qty := min(rest, each.qty)):
                continue
            rest -= qty
            assert line.lot_id is not None
            assert note.head.place_id is not None
            spot = Spot(note.head.place_id, bucket)
            held, paise = costs.get(line.lot_id) or _with_note(tx, note, line.lot_id)
            leaves = _part(paise, qty, held)
            costs[line.lot_id] = (held - qty, paise - leaves)
            comes = _part(each.cost, qty, each.qty)
            goods = (
                stock_line(line, qty, leaves, start=spot),
                replace(each.line, qty=qty, start=None, end=spot, cost=comes),
            )
            word = f"swap back {line.source_line} {each.line.lot_id}"
            new = derived(note.head.id, note.bill, word=word)
            head = replace(note.head, id=new, party=None, place_of_supply="", interstate=False)
            head = replace(head, salesman_id=None, beat_id=None, reverse_charge=False)
            acts_on = (note.bill, note.head.id, *each.swaps)
            made.append(
                Swap(head, goods, note.reason, note.bill, note.bill_number, each.of, acts_on)
            )
    return made


def post_swaps(tx: Tx, *papers: tuple[CreditNote | Swap, bytes]) -> tuple[Posted, ...]:
    """Post them together and link each swap to what it acts on."""
    posted = post_together(tx, *papers)
    for paper, _ in papers:
        if isinstance(paper, Swap):
            for of in paper.acts_on:
                fulfilment.link(tx, paper.head.id, of, "swaps")
            tx.touched["lot"].update(line.lot_id for line in paper.goods)
    return posted


def digest(swap: Swap) -> bytes:
    """What is asked of it, as `posting.already` compares it."""
    said = (swap.bill, swap.line, swap.reason, [(one.lot_id, one.qty) for one in swap.goods])
    return hashlib.sha256(repr(said).encode()).digest()


def lots_of(out: Iterable[Delivered]) -> set[int]:
    return {each.line.lot_id for each in out}


def _with_note(tx: Tx, note: CreditNote, lot: int) -> tuple[int, Money]:
    """Pieces and cost of a lot once the note has brought its own in."""
    qty, paise = tx.row(_COST, lot=lot) or (0, 0)
    back = [line for line in note.lines if line.lot_id == lot]
    return qty + sum(line.pieces for line in back), Money(paise) + total(one.cost for one in back)


def _part(cost: Money, qty: int, of: int) -> Money:
    return cost if qty >= of else Money(whole(Decimal(cost.paise * qty) / of))
