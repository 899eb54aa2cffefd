"""A credit note: what a bill's own lines give back, pro rata, until nothing of the bill is left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from dms_desktop.domain.billing import summed
from dms_desktop.domain.documents import Entry, Head, Move, Settled, Spot
from dms_desktop.domain.effect import Effect, owed_by, that_count
from dms_desktop.domain.goods_line import Adjustment, Bucket, GoodsLine, Kind, Totals
from dms_desktop.domain.money import ZERO, Money, total, whole
from dms_desktop.domain.tax import Gst
from dms_desktop.domain.trade_papers import Said, TradePaper


class NoteKind(StrEnum):
    """Why it is written; the word stands on disk and on the wire."""

    RETURN = "return"
    NOT_DELIVERED = "not_delivered"  # rule 35: refused, shop closed, part, not found


@dataclass(frozen=True, slots=True)
class Sold:
    """A line as it was billed, and what of it came back before."""

    key: int  # the line's own key in the books
    line: GoodsLine
    returned: int = 0
    returned_free: int = 0

    @property
    def left(self) -> int:
        return self.line.qty - self.returned

    @property
    def free_left(self) -> int:
        return self.line.free_qty - self.returned_free


@dataclass(frozen=True, slots=True)
class Given:
    """So much of a sold line comes back into a bucket."""

    sold: Sold
    qty: int
    free_qty: int = 0
    bucket: Bucket = Bucket.SALEABLE


@dataclass(frozen=True, slots=True)
class CreditNote(TradePaper):
    """Figures are positive; what the note does is the mirror of the bill (product rules 31, 35).

    `buckets` stand beside the lines. `taken` is what it takes off open bills; the rest stays open
    as money of the party's.
    """

    kind: ClassVar = Kind.CREDIT_NOTE
    note: NoteKind
    reason: str
    bill: UUID
    bill_number: str
    buckets: tuple[Bucket, ...]
    taken: tuple[Settled, ...] = ()

    @property
    def settles(self) -> tuple[Settled, ...]:
        return self.taken

    @property
    def owed(self) -> Money:
        return total(one.amount for one in self.taken) - self.totals.total

    @property
    def credits(self) -> bool:
        return True

    def said(self) -> dict[str, Any]:
        return {
            "note_kind": self.note.value,
            "reason": self.reason,
            "bill": self.bill.hex,
            "bill_number": self.bill_number,
            "buckets": [bucket.value for bucket in self.buckets],
            "settles": [[one.bill.hex, one.amount.paise] for one in self.taken],
        }

    @classmethod
    def of(cls, head: Head, lines: tuple[GoodsLine, ...], totals: Totals, said: Said) -> CreditNote:
        return cls(
            head,
            lines,
            totals,
            NoteKind(said["note_kind"]),
            said.get("reason", ""),
            UUID(said["bill"]),
            said["bill_number"],
            tuple(Bucket(word) for word in said["buckets"]),
            tuple(Settled(UUID(bill), Money(paise)) for bill, paise in said.get("settles", ())),
        )

    def whole(self) -> bool:
        taken = total(one.amount for one in self.taken)
        sums, each = self.totals, len(self.buckets) == len(self.lines)
        exact = sums.taxable + sums.tax.total + sums.round_off == sums.total
        return each and exact and taken <= sums.total

    def done(self) -> Effect:
        """The bill the other way round; goods come back at the cost that they left at."""
        head, totals = self.head, self.totals
        assert head.party is not None
        assert head.place_id is not None
        cost = total(line.cost for line in self.lines)
        legs = (
            owed_by(head.party, -totals.total),
            Entry("sales", totals.taxable),
            Entry("output_cgst", totals.tax.cgst),
            Entry("output_sgst", totals.tax.sgst),
            Entry("output_igst", totals.tax.igst),
            Entry("output_cess", totals.tax.cess),
            Entry("round_off", totals.round_off),
            Entry("cost_of_goods", -cost),
            Entry("stock", cost),
        )
        moves = tuple(
            Move(
                line.item_id, line.lot_id, line.pieces, None, Spot(head.place_id, bucket), line.cost
            )
            for line, bucket in zip(self.lines, self.buckets, strict=True)
            if line.lot_id is not None
        )  # fmt: skip
        return Effect(that_count(legs), moves)


def part(amount: Money, before: int, now: int, of: int) -> Money:
    """The share of `now` pieces out of `of`, when `before` had theirs already.

    Sums of all parts are the whole, whatever the order and size of the steps: each step is the
    difference of two rounded shares, and the last piece takes the remainder.
    """
    if of == 0:
        return ZERO
    return _share(amount, before + now, of) - _share(amount, before, of)


def given_back(given: Given) -> GoodsLine:
    """The line of the note: rate, discounts and tax of the bill's own line (product rule 31).

    Value follows the billed pieces, cost all pieces, free ones too. Raises ValueError for more
    than was sold or for nothing.
    """
    sold, line = given.sold, given.sold.line
    if given.qty > sold.left or given.free_qty > sold.free_left:
        raise ValueError("more comes back than was sold")
    if min(given.qty, given.free_qty) < 0 or not given.qty + given.free_qty:
        raise ValueError("nothing comes back")

    def value(amount: Money) -> Money:
        return part(amount, sold.returned, given.qty, line.qty)

    heads = (line.tax.cgst, line.tax.sgst, line.tax.igst, line.tax.cess)
    off = tuple(Adjustment(a.kind, value(a.amount), a.percent, a.source) for a in line.adjustments)
    taxable = value(line.taxable)
    before = sold.returned + sold.returned_free
    return replace(
        line,
        qty=given.qty,
        free_qty=given.free_qty,
        adjustments=off,
        taxable=taxable,
        gross=taxable + total(each.amount for each in off),
        tax=Gst(*map(value, heads)),
        cost=part(line.cost, before, given.qty + given.free_qty, line.pieces),
        source_line=sold.key,
        why=(),
    )


def totals_of(lines: tuple[GoodsLine, ...], bill: Totals, credited: Totals) -> Totals:
    """Sums of the note, rounded to the rupee by itself; the note that completes its bill takes
    the remainder, so that the notes sum to the bill (product rule 31). `credited`: earlier notes.
    """
    alone = summed(lines)
    exact = alone.taxable + alone.tax.total
    if credited.taxable + alone.taxable == bill.taxable and credited.tax + alone.tax == bill.tax:
        round_off = bill.round_off - credited.round_off
    else:
        round_off = min(alone.total, bill.total - credited.total) - exact
    return replace(alone, round_off=round_off, total=exact + round_off)


def _share(amount: Money, pieces: int, of: int) -> Money:
    return Money(whole(Decimal(amount.paise * pieces) / of))
