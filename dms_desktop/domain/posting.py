"""What a document does to the ledger and to the goods. Nothing else writes either."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from dms_desktop.domain.documents import (
    Bill,
    Cancellation,
    Challan,
    Entry,
    Estimate,
    Journal,
    Move,
    Opening,
    Order,
    Receipt,
    Spot,
)
from dms_desktop.domain.effect import Effect, owed_by, that_count
from dms_desktop.domain.goods_line import Bucket, GoodsLine, Mode
from dms_desktop.domain.kinds import Document
from dms_desktop.domain.money import ZERO, Money, total
from dms_desktop.domain.stock_papers import StockPaper, stock_effect
from dms_desktop.domain.tax import Gst
from dms_desktop.domain.trade_papers import TradePaper


def effect(document: Document) -> Effect:
    """Raises ValueError for legs that do not balance: a bug, never the clerk's."""
    match document:
        case Bill():
            return _bill(document)
        case Challan():
            return Effect(moves=_to_challan(document))
        case Receipt():
            return _receipt(document)
        case Opening():
            return _opening(document)
        case Journal():
            return Effect(document.entries)
        case Cancellation():
            return Effect(document.entries, document.moves, document.relabels)
        case StockPaper():
            return stock_effect(document)
        case TradePaper():
            return document.done()
        case Order() | Estimate():
            return Effect()
    assert_never(document)


def _bill(bill: Bill) -> Effect:
    head, totals = bill.head, bill.totals
    assert head.party is not None
    cost = total(line.cost for line in bill.lines)
    legs = (
        owed_by(head.party, totals.total),
        Entry("sales", -totals.taxable),
        *_output_tax(totals.tax),
        Entry("round_off", -totals.round_off),
        Entry("cost_of_goods", cost),
        Entry("stock", -cost),
    )
    start = bill.goods_from or head.place_id
    assert start is not None
    return Effect(that_count(legs), _out(bill.lines, Spot(start)))


_PAID_INTO = {
    Mode.CASH: "cash",
    Mode.UPI: "upi_clearing",
    Mode.CARD: "card_clearing",
    Mode.BANK: "bank",
    Mode.CHEQUE: "cheques_in_hand",  # until it is deposited and cleared
}


def _receipt(receipt: Receipt) -> Effect:
    """A leg for each account that the money went into, however many parts it came in."""
    party = receipt.head.party
    assert party is not None
    paid: dict[str, Money] = {}
    for payment in receipt.payments:
        account = _PAID_INTO[payment.mode]
        paid[account] = paid.get(account, ZERO) + payment.amount
    legs = (
        *(Entry(account, amount) for account, amount in paid.items()),
        owed_by(party, -receipt.totals.total),
    )
    return Effect(that_count(legs))


def _output_tax(tax: Gst) -> tuple[Entry, ...]:
    return (
        Entry("output_cgst", -tax.cgst),
        Entry("output_sgst", -tax.sgst),
        Entry("output_igst", -tax.igst),
        Entry("output_cess", -tax.cess),
    )


def _out(lines: Iterable[GoodsLine], start: Spot) -> tuple[Move, ...]:
    return tuple(
        Move(line.item_id, line.lot_id, line.pieces, start, None, line.cost)
        for line in lines
        if line.lot_id is not None
    )


def _to_challan(challan: Challan) -> tuple[Move, ...]:
    assert challan.head.place_id is not None
    here, there = Spot(challan.head.place_id), Spot(challan.on_challan)
    return tuple(
        Move(line.item_id, line.lot_id, line.pieces, here, there)
        for line in challan.lines
        if line.lot_id is not None
    )


def _opening(opening: Opening) -> Effect:
    place = opening.head.place_id
    moves = tuple(
        Move(
            lot.item_id, lot.lot_id, lot.qty, None, _spot(place, lot.bucket), lot.cost, lot.qty,
            lot.input_tax,
        )
        for lot in opening.lots
    )  # fmt: skip
    legs = (Entry("stock", total(lot.cost for lot in opening.lots)), *opening.entries)
    rest = ZERO - total(leg.amount for leg in legs)
    return Effect(that_count((*legs, Entry("opening", rest))), moves)


def _spot(place: int | None, bucket: Bucket) -> Spot:
    assert place is not None
    return Spot(place, bucket)
