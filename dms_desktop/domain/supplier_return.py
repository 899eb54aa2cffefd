"""Goods that go back to the supplier: by our own tax invoice, or by a debit note and a challan.

Product rule 27. The goods leave at what they cost here, and the input tax kept on their lots with
them; on the second road the credit stays in the ledger until his note reverses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from dms_desktop.domain.documents import Entry, Head, Move, Settled, Spot
from dms_desktop.domain.effect import Effect, that_count
from dms_desktop.domain.goods_line import Bucket, GoodsLine, Kind, Totals
from dms_desktop.domain.money import Money, total
from dms_desktop.domain.supplier_rows import (
    by_head,
    settled_of,
    settled_said,
    tax_of,
    tax_said,
)
from dms_desktop.domain.tax import Gst
from dms_desktop.domain.trade_papers import Said, TradePaper


@dataclass(frozen=True, slots=True)
class Sent:
    """Beside a line: where its pieces lay, and how many leave with the input tax they came with.

    `held`: the line of a receipt whose excess goes back; such pieces were never stock of ours.
    """

    bucket: Bucket = Bucket.SALEABLE
    received: int = 0
    input_tax: Gst = field(default_factory=Gst)
    held: int | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """So much of what was claimed for the damaged pieces of a receipt's line."""

    line: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ReturnPaper(TradePaper):
    """What both roads have. The lines say what we ask for the goods, `cost` what they stand at.

    `over`: claims for damaged pieces that go back now, and are asked for by this paper instead.
    """

    sent: tuple[Sent, ...]
    reason: str
    over: tuple[Over, ...] = ()

    @property
    def cost(self) -> Money:
        return total(line.cost for line in self.lines)

    @property
    def moves(self) -> tuple[Move, ...]:
        place = self.head.place_id
        assert place is not None
        return tuple(
            Move(
                line.item_id, line.lot_id, line.pieces, Spot(place, sent.bucket), None, line.cost,
                -sent.received, -sent.input_tax,
            )
            for line, sent in zip(self.lines, self.sent, strict=True)
            if line.lot_id is not None
        )  # fmt: skip

    def said(self) -> dict[str, Any]:
        answers = [[each.line, "damaged", each.amount.paise, 0] for each in self.over]
        sent = [_row(each) for each in self.sent]
        return {"reason": self.reason, "sent": sent, "answers": answers}

    def whole(self) -> bool:
        sums = self.totals
        exact = sums.taxable + sums.tax.total + sums.round_off == sums.total
        lots = all(
            (line.lot_id is None) == (sent.held is not None)
            for line, sent in zip(self.lines, self.sent, strict=True)
        )
        return exact and lots and len(self.sent) == len(self.lines)


@dataclass(frozen=True, slots=True)
class SupplierReturn(ReturnPaper):
    """Debit note and Rule 55 challan: his note is awaited."""

    kind: ClassVar = Kind.SUPPLIER_RETURN

    def done(self) -> Effect:
        legs = (Entry("sent_back", self.cost), Entry("stock", -self.cost))
        return Effect(that_count(legs), self.moves)

    @classmethod
    def of(cls, head: Head, lines: tuple[GoodsLine, ...], totals: Totals, said: Said) -> Self:
        sent, why = sent_of(said, len(lines)), said.get("reason", "")
        return cls(head, lines, totals, sent, why, over_of(said))


@dataclass(frozen=True, slots=True)
class ReturnInvoice(ReturnPaper):
    """Our own tax invoice for goods that go back: he owes it, less what it takes off his invoices.

    What it asks beyond their cost, or less, is a difference of rates.
    """

    kind: ClassVar = Kind.RETURN_INVOICE
    taken: tuple[Settled, ...] = ()

    @property
    def settles(self) -> tuple[Settled, ...]:
        return tuple(Settled(one.bill, -one.amount) for one in self.taken)

    @property
    def owed(self) -> Money:
        return self.totals.total - total(one.amount for one in self.taken)

    def done(self) -> Effect:
        assert self.head.party is not None
        totals = self.totals
        legs = (
            Entry("creditors", totals.total, self.head.party.id),
            Entry("stock", -self.cost),
            *by_head("output", -totals.tax),
            Entry("round_off", -totals.round_off),
            Entry("stock_differences", self.cost - totals.taxable),
        )
        return Effect(that_count(legs), self.moves)

    def said(self) -> dict[str, Any]:
        return {**ReturnPaper.said(self), "settles": settled_said(self.settles)}

    @classmethod
    def of(cls, head: Head, lines: tuple[GoodsLine, ...], totals: Totals, said: Said) -> Self:
        taken = tuple(Settled(one.bill, -one.amount) for one in settled_of(said))
        sent = sent_of(said, len(lines))
        return cls(head, lines, totals, sent, said.get("reason", ""), over_of(said), taken)

    def whole(self) -> bool:
        return ReturnPaper.whole(self) and total(one.amount for one in self.taken) <= (
            self.totals.total
        )


def over_of(said: Said) -> tuple[Over, ...]:
    """Raises ValueError or TypeError for what is none."""
    return tuple(Over(line, Money(paise)) for line, _, paise, _ in said.get("answers", ()))


def sent_of(said: Said, lines: int) -> tuple[Sent, ...]:
    """Raises LookupError, ValueError or TypeError for what is none."""
    rows = said.get("sent", ())
    if len(rows) != lines:
        raise ValueError("there is not one row for each line")
    return tuple(_sent(row) for row in rows)


def _row(sent: Sent) -> list[Any]:
    return [sent.bucket.value, sent.received, *tax_said(sent.input_tax), sent.held]


def _sent(row: Sequence[Any]) -> Sent:
    bucket, received, *tax, held = row
    return Sent(Bucket(bucket), received, tax_of(tax), held)


_PAPERS: dict[Kind, type[ReturnPaper]] = {
    each.kind: each for each in (SupplierReturn, ReturnInvoice)
}


def return_paper(kind: Kind) -> type[ReturnPaper]:
    return _PAPERS[kind]
