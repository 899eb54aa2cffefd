"""What came before: goods without their invoice, and an invoice without its goods (rule 26)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from dms_desktop.domain.company import Issued
from dms_desktop.domain.documents import Spot
from dms_desktop.domain.goods_line import Bucket, GoodsLine
from dms_desktop.domain.money import ZERO, Money
from dms_desktop.domain.purchase_draft import PrintedTax, PurchaseAsk, PurchaseDraft
from dms_desktop.domain.purchase_facts import Came, Taken, gst_total, part
from dms_desktop.domain.purchases import GoodsInTransit, GoodsReceipt, ProvisionalReceipt
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import documents
from dms_desktop.store.session import Reading, Tx

_RECEIVED_BY = (
    "SELECT receipt.uid FROM document_link JOIN document receipt ON receipt.id = from_id"
    " JOIN document before ON before.id = to_id WHERE before.uid = :uid"
    " AND document_link.kind = 'receives' AND NOT EXISTS (SELECT 1 FROM document_event"
    " WHERE document_id = receipt.id AND event = 'cancelled') ORDER BY receipt.id"
)
_LOT = "SELECT lot_id, qty, paise FROM lot_cost WHERE lot_id IN :lots"
_LIES = (
    "SELECT lot_id, place_id, bucket, qty FROM stock WHERE lot_id IN :lots AND qty > 0"
    " ORDER BY lot_id, qty, place_id, bucket"
)


@dataclass(slots=True)
class Waiting:
    """Pieces of one lot of a provisional receipt no invoice has billed yet, and their worth."""

    pieces: int = 0
    worth: Money = ZERO

    def take(self, pieces: int) -> Money:
        """The worth of so many; the last piece takes the remainder."""
        worth = part(self.worth, pieces, self.pieces)
        self.pieces, self.worth = self.pieces - pieces, self.worth - worth
        return worth


@dataclass(slots=True)
class Shelf:
    """Where the pieces of one lot lie, the most of them last, and what they cost."""

    qty: int = 0
    cost: Money = ZERO
    free: int = 0  # pieces that no line of this invoice has revalued yet
    spots: list[tuple[Spot, int]] = field(default_factory=list)


def provisional(reading: Reading, uid: UUID, supplier: int) -> ProvisionalReceipt:
    """Refuses UNKNOWN_DOCUMENT, ALREADY_CANCELLED, OTHER_SUPPLIER."""
    issued = _living(reading, uid)
    if not isinstance(issued.document, ProvisionalReceipt):
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=issued.number)
    _of_supplier(issued, supplier)
    return issued.document


def transit(reading: Reading, uid: UUID, supplier: int) -> GoodsInTransit:
    """Refuses as `provisional` does, and ALREADY_RECEIVED."""
    issued = _living(reading, uid)
    if not isinstance(issued.document, GoodsInTransit):
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=issued.number)
    _of_supplier(issued, supplier)
    for found in _received_by(reading, uid):
        raise refuse(Reason.ALREADY_RECEIVED, number=issued.number, what=found.number)
    return issued.document


def of_transit(draft: PurchaseDraft, came_before: GoodsInTransit) -> PurchaseDraft:
    """The receipt of goods whose invoice is booked: its head stands, and its lines where none are
    given. Given lines say what came, and must come to the same invoice."""
    head, invoice = came_before.head, came_before.invoice
    return replace(
        draft,
        number=invoice.number,
        invoice_day=invoice.day,
        irn=invoice.irn,
        place_of_supply=head.place_of_supply,
        charges=invoice.charges,
        tcs=invoice.tcs,
        round_off=came_before.totals.round_off,
        total=came_before.totals.total,
        credit=invoice.credit,
        printed=_printed(came_before),
        due_day=head.due_day,
        order_no=draft.order_no or head.order_no,
        asks=draft.asks or tuple(_ask(each.line, each.came) for each in came_before.goods),
    )


def open_lines(reading: Reading, uid: UUID, supplier: int) -> dict[int, Waiting]:
    """By lot, what of a provisional receipt is not billed yet."""
    before = provisional(reading, uid, supplier)
    found: defaultdict[int, Waiting] = defaultdict(Waiting)
    for each in before.goods:
        waits = found[each.line.lot_id or 0]
        waits.pieces += each.came.received
        waits.worth += each.line.cost
    for issued in _received_by(reading, uid):
        assert isinstance(issued.document, GoodsReceipt)
        for each in issued.document.goods:
            if took := each.came.took:
                waits = found[each.line.lot_id or 0]
                waits.pieces -= took.pieces
                waits.worth -= took.worth
    return dict(found)


def taken(
    tx: Tx, draft: PurchaseDraft, lines: Sequence[GoodsLine], came: Sequence[Came]
) -> tuple[Came, ...]:
    """What came, with what of it had come before the invoice. Its lots are held already.

    Refuses NOT_WAITING where no line of the invoice bills anything of that receipt.
    """
    assert draft.provisional is not None
    waits = open_lines(tx, draft.provisional, draft.party_id)
    shelves = _shelves(tx, {line.lot_id for line in lines if line.lot_id})
    found = [
        _taken(line, each, waits.get(line.lot_id or 0), shelves.get(line.lot_id or 0, Shelf()))
        for line, each in zip(lines, came, strict=True)
    ]
    if not any(each.took for each in found):
        sql = "SELECT number FROM document WHERE uid = :uid"
        raise refuse(Reason.NOT_WAITING, number=tx.value(sql, uid=draft.provisional.bytes))
    return tuple(found)


def _taken(line: GoodsLine, came: Came, waits: Waiting | None, shelf: Shelf) -> Came:
    pieces = min(came.received, waits.pieces) if waits else 0
    if waits is None or pieces <= 0:
        return came
    if came.damaged > came.received - pieces:  # what was broken then lies aside since then
        facts = {"item": line.name, "have": came.received - pieces, "next": came.damaged}
        raise refuse(Reason.DAMAGED_TOO_MANY, line.ask, **facts)
    worth = waits.take(pieces)
    kept = min(pieces, shelf.free)
    shelf.free -= kept
    if not kept:
        return replace(came, took=Taken(pieces, worth))
    spot, qty = shelf.spots[-1]
    was = part(shelf.cost, qty, shelf.qty)
    return replace(came, took=Taken(pieces, worth, kept, spot, qty, was))


def _shelves(tx: Tx, lots: Iterable[int]) -> dict[int, Shelf]:
    wanted = sorted(lots)
    found = {lot: Shelf(qty, Money(paise), qty) for lot, qty, paise in tx.rows(_LOT, lots=wanted)}
    for lot, place, bucket, qty in tx.rows(_LIES, lots=wanted):
        found[lot].spots.append((Spot(place, Bucket(bucket)), qty))
    return found


def _living(reading: Reading, uid: UUID) -> Issued:
    issued = documents.issued(reading, uid)
    if issued.cancelled:
        raise refuse(Reason.ALREADY_CANCELLED, number=issued.number)
    return issued


def _of_supplier(issued: Issued, supplier: int) -> None:
    party = issued.document.head.party
    if party is None or party.id != supplier:
        raise refuse(Reason.OTHER_SUPPLIER, number=issued.number)


def _received_by(reading: Reading, uid: UUID) -> list[Issued]:
    rows = reading.rows(_RECEIVED_BY, uid=uid.bytes)
    return [documents.issued(reading, UUID(bytes=bytes(found))) for (found,) in rows]


def _printed(paper: GoodsInTransit) -> tuple[PrintedTax, ...]:
    """Its tax by rate, so that the receipt bears it to the paisa."""
    parts = [(line.tax_rate.gst, line.tax) for line in paper.lines]
    parts += [(charge.rate.gst, charge.tax) for charge in paper.invoice.charges]
    return tuple(
        PrintedTax(rate, gst_total(tax for gst, tax in parts if gst == rate))
        for rate in Counter(rate for rate, _ in parts)
    )


def _ask(line: GoodsLine, came: Came) -> PurchaseAsk:
    off = {each.kind: each.percent or each.amount for each in line.adjustments}
    return PurchaseAsk(
        line.item_id, line.batch, line.mrp, line.qty, line.free_qty, rate=line.rate,
        inclusive=line.inclusive,
        discounts=tuple(off.get(kind) for kind in ("trade", "special", "third", "fourth")),
        packed=came.packed, expiry=line.expiry, ptr=came.ptr, pts=came.pts, scheme=came.scheme,
        gst=line.tax_rate.gst, source_line=line.source_line,
    )  # fmt: skip
