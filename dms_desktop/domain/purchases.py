"""Buying: what an order, an invoice and a truck of the brand's do to ledger and goods.

Product rules 24 to 26. What is short makes neither stock nor credit and is claimed; what is
damaged lies aside; what is too much is held and owed by nobody.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from dms_desktop.domain.documents import Entry, Head, Move, Spot
from dms_desktop.domain.effect import Effect, that_count
from dms_desktop.domain.goods_line import Bucket, GoodsLine, Kind, Totals
from dms_desktop.domain.money import ZERO, Money, total
from dms_desktop.domain.purchase_facts import (
    Came,
    Credit,
    Invoice,
    Landed,
    PurchaseLine,
    gst_total,
    part,
    part_of_tax,
)
from dms_desktop.domain.purchase_rows import came_of, came_said, invoice_of, invoice_said
from dms_desktop.domain.tax import Gst
from dms_desktop.domain.trade_papers import Said, TradePaper


@dataclass(frozen=True, slots=True)
class PurchasePaper(TradePaper):
    """What all of them have: beside each line what came of it, nothing for an order."""

    came: tuple[Came, ...]

    @property
    def goods(self) -> tuple[PurchaseLine, ...]:
        return tuple(map(PurchaseLine, self.lines, self.came))

    def said(self) -> dict[str, Any]:
        return {"came": came_said(self.came)}

    @abstractmethod
    def whole(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class PurchaseOrder(PurchasePaper):
    """What we asked the supplier for; nothing moves and nothing is owed."""

    kind: ClassVar = Kind.PURCHASE_ORDER

    def done(self) -> Effect:
        return Effect()

    @classmethod
    def of(
        cls, head: Head, lines: tuple[GoodsLine, ...], totals: Totals, said: Said
    ) -> PurchaseOrder:
        return cls(head, lines, totals, came_of(said, len(lines)))

    def whole(self) -> bool:
        return summed(self.lines) == (self.totals.taxable, self.totals.tax)


@dataclass(frozen=True, slots=True)
class ProvisionalReceipt(PurchasePaper):
    """Goods without their invoice, at the last cost: they sell at once (product rule 26)."""

    kind: ClassVar = Kind.PROVISIONAL_RECEIPT

    def done(self) -> Effect:
        worth = total(line.cost for line in self.lines)
        moves = tuple(
            move
            for each in self.goods
            for move in arrivals(each, self.head, each.came.received, each.line.cost, Gst())
        )
        legs = (Entry("stock", worth), Entry("received_not_billed", -worth))
        return Effect(that_count(legs), moves)

    @classmethod
    def of(
        cls, head: Head, lines: tuple[GoodsLine, ...], totals: Totals, said: Said
    ) -> ProvisionalReceipt:
        return cls(head, lines, totals, came_of(said, len(lines)))

    def whole(self) -> bool:
        worth = total(line.cost for line in self.lines)
        agree = all(line.cost == line.taxable for line in self.lines)
        return agree and self.totals == Totals(worth, Gst(), ZERO, worth)


@dataclass(frozen=True, slots=True)
class InvoicePaper(PurchasePaper):
    """What comes with the supplier's own invoice, and is owed to him unless it was before."""

    invoice: Invoice

    @property
    def number(self) -> str:
        return self.invoice.number

    @property
    def owed(self) -> Money:
        return -self.totals.total

    def said(self) -> dict[str, Any]:
        return {**invoice_said(self.invoice), "came": came_said(self.came)}

    def whole(self) -> bool:
        """Goods, charges, tax, TCS and round-off make the invoice's own total."""
        taxable, tax = summed(self.lines)
        invoice, totals = self.invoice, self.totals
        taxable, tax = taxable + invoice.charged(), tax + invoice.charged_tax()
        charged = ZERO if invoice.credit is Credit.REVERSE else tax.total
        due = taxable + charged + invoice.tcs + totals.round_off
        return totals == Totals(taxable, tax, totals.round_off, due)

    def _on_the_way(self) -> tuple[Entry, ...]:
        """What is paid for goods, charges and their tax, until the goods are there."""
        totals, credit = self.totals, self.invoice.credit
        tax = ZERO if credit is Credit.REVERSE else totals.tax.total
        if credit.taken:
            return (Entry("goods_in_transit", totals.taxable), Entry("input_later", tax))
        return (Entry("goods_in_transit", totals.taxable + tax),)

    def _owed_for(self) -> tuple[Entry, ...]:
        """The supplier's legs: his invoice in full, the income tax he collected, his round-off."""
        assert self.head.party is not None
        return (
            Entry("tcs_receivable", self.invoice.tcs),
            Entry("round_off", self.totals.round_off),
            Entry("creditors", -self.totals.total, self.head.party.id),
        )


@dataclass(frozen=True, slots=True)
class GoodsInTransit(InvoicePaper):
    """The invoice before the truck: it is owed, and its credit waits for the goods (rule 26)."""

    kind: ClassVar = Kind.GOODS_IN_TRANSIT

    def done(self) -> Effect:
        return Effect(that_count((*self._on_the_way(), *self._owed_for())))

    @classmethod
    def of(
        cls, head: Head, lines: tuple[GoodsLine, ...], totals: Totals, said: Said
    ) -> GoodsInTransit:
        return cls(head, lines, totals, came_of(said, len(lines)), invoice_of(said))


@dataclass(frozen=True, slots=True)
class GoodsReceipt(InvoicePaper):
    """Goods and their invoice. `transit` came before and is owed already; `provisional` is the
    receipt that this invoice bills."""

    kind: ClassVar = Kind.GOODS_RECEIPT
    transit: UUID | None = None
    provisional: UUID | None = None

    @property
    def owed(self) -> Money:
        return ZERO if self.transit else -self.totals.total

    def done(self) -> Effect:
        credit = self.invoice.credit
        landings = [(each, each.landed(credit)) for each in self.goods]
        charged = self.invoice.charged_tax()
        tax = gst_total(landed.credit for _, landed in landings)
        freight = self.invoice.charged()
        if credit.taken:
            tax = tax + charged
        else:
            freight += charged.total
        legs = [
            *_stock_legs(landings),
            *_by_head("input", tax),
            *(_by_head("reverse", -tax) if credit is Credit.REVERSE else ()),
            Entry("claims_receivable", total(landed.claim for _, landed in landings)),
            Entry("freight_in", freight),
        ]
        if self.transit:
            legs += [Entry(leg.account, -leg.amount) for leg in self._on_the_way()]
        else:
            legs += self._owed_for()
        moves = tuple(move for each, landed in landings for move in _moves(each, self.head, landed))
        return Effect(that_count(legs), moves)

    def said(self) -> dict[str, Any]:
        return {
            **InvoicePaper.said(self),
            "transit": self.transit.hex if self.transit else "",
            "provisional": self.provisional.hex if self.provisional else "",
        }

    @classmethod
    def of(
        cls, head: Head, lines: tuple[GoodsLine, ...], totals: Totals, said: Said
    ) -> GoodsReceipt:
        transit, before = (
            UUID(said[name]) if said.get(name) else None for name in ("transit", "provisional")
        )
        came = came_of(said, len(lines))
        return cls(head, lines, totals, came, invoice_of(said), transit, before)

    def whole(self) -> bool:
        credit = self.invoice.credit
        return InvoicePaper.whole(self) and all(
            each.line.cost == each.landed(credit).cost for each in self.goods
        )


def summed(lines: Iterable[GoodsLine]) -> tuple[Money, Gst]:
    held = tuple(lines)
    return total(line.taxable for line in held), gst_total(line.tax for line in held)


def arrivals(each: PurchaseLine, head: Head, fresh: int, cost: Money, tax: Gst) -> Iterator[Move]:
    """Pieces new to the books: the sound ones to their bucket, the damaged aside."""
    line, came = each.line, each.came
    if not fresh:
        return
    assert line.lot_id is not None
    assert head.place_id is not None
    sound = fresh - came.damaged
    if sound == fresh:
        spot = Spot(head.place_id, came.bucket)
        yield Move(line.item_id, line.lot_id, fresh, None, spot, cost, fresh, tax)
        return
    one, one_tax = part(cost, sound, fresh), part_of_tax(tax, sound, fresh)
    parts = (
        (sound, came.bucket, one, one_tax),
        (came.damaged, Bucket.NON_SALEABLE, cost - one, tax + -one_tax),
    )
    for pieces, bucket, worth, credit in parts:
        if pieces:
            spot = Spot(head.place_id, bucket)
            yield Move(line.item_id, line.lot_id, pieces, None, spot, worth, pieces, credit)


def _by_head(name: str, tax: Gst) -> list[Entry]:
    heads = (("cgst", tax.cgst), ("sgst", tax.sgst), ("igst", tax.igst), ("cess", tax.cess))
    return [Entry(f"{name}_{head}", amount) for head, amount in heads]


def _billed_late(each: PurchaseLine, landed: Landed) -> tuple[Money, Gst]:
    """Cost and credit of the pieces of a line that came before the invoice."""
    assert each.came.took is not None
    pieces, received = each.came.took.pieces, each.came.received
    return part(landed.cost, pieces, received), part_of_tax(landed.credit, pieces, received)


def _stock_legs(landings: list[tuple[PurchaseLine, Landed]]) -> tuple[Entry, ...]:
    """Pieces that came before their invoice: what it says more or less of them goes to those that
    are still there, and of those that are gone to the cost of sales."""
    stock = gone = before = ZERO
    for each, landed in landings:
        stock += landed.cost
        if took := each.came.took:
            more = _billed_late(each, landed)[0] - took.worth
            kept = part(more, took.kept, took.pieces)
            stock -= took.worth + more - kept
            gone += more - kept
            before += took.worth
    return (
        Entry("stock", stock), Entry("cost_of_goods", gone), Entry("received_not_billed", before)
    )  # fmt: skip


def _moves(each: PurchaseLine, head: Head, landed: Landed) -> Iterator[Move]:
    took, line = each.came.took, each.line
    if took is None:
        yield from arrivals(each, head, each.came.received, landed.cost, landed.credit)
        return
    cost, tax = _billed_late(each, landed)
    if took.kept:
        assert line.lot_id is not None
        more = part(cost - took.worth, took.kept, took.pieces)
        item, lot, qty, spot = line.item_id, line.lot_id, took.qty, took.spot
        yield Move(item, lot, qty, spot, None, took.was, -took.pieces)
        yield Move(item, lot, qty, None, spot, took.was + more, took.pieces, tax)
    fresh = each.came.received - took.pieces
    yield from arrivals(each, head, fresh, landed.cost - cost, landed.credit + -tax)


_PAPERS: dict[Kind, type[PurchasePaper]] = {
    each.kind: each for each in (PurchaseOrder, GoodsReceipt, ProvisionalReceipt, GoodsInTransit)
}


def purchase_paper(kind: Kind) -> type[PurchasePaper]:
    return _PAPERS[kind]
