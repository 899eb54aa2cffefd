"""What a purchase says beside its lines: the supplier's invoice, and what came off the truck."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dms_desktop.domain.documents import Spot
from dms_desktop.domain.goods_line import Bucket, GoodsLine
from dms_desktop.domain.money import ZERO, Money, Rate, total, whole
from dms_desktop.domain.tax import Gst, TaxRate


class Credit(StrEnum):
    """What becomes of the tax on the invoice; the word is kept on disk."""

    ELIGIBLE = "eligible"
    BLOCKED = "blocked"  # section 17(5): it is part of the cost
    NONE = "none"  # a composition dealer buys, or sells: what tax there is, is part of the cost
    REVERSE = "reverse"  # we owe it to the State, and take the credit

    @property
    def taken(self) -> bool:
        return self in (Credit.ELIGIBLE, Credit.REVERSE)


_NO_TAX = Gst()


@dataclass(frozen=True, slots=True)
class Charge:
    """Freight, packing, insurance: whatever the invoice adds to the goods, before its tax."""

    name: str
    amount: Money
    rate: TaxRate
    tax: Gst = field(default_factory=Gst)


@dataclass(frozen=True, slots=True)
class Invoice:
    """The supplier's own paper. Its TCS is income tax that he collected."""

    number: str
    day: date
    irn: str = ""
    charges: tuple[Charge, ...] = ()
    tcs: Money = ZERO
    credit: Credit = Credit.ELIGIBLE

    def charged(self) -> Money:
        return total(charge.amount for charge in self.charges)

    def charged_tax(self) -> Gst:
        return gst_total(charge.tax for charge in self.charges)


@dataclass(frozen=True, slots=True)
class Taken:
    """Pieces that came before their invoice. `qty` pieces of the lot, the ones received before
    among them, lie at `spot` and `was` what those cost; `kept` of `pieces` are still ours."""

    pieces: int
    worth: Money  # what they were taken in at
    kept: int = 0
    spot: Spot | None = None
    qty: int = 0
    was: Money = ZERO


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one line: the received pieces' cost and credit, and what is claimed."""

    cost: Money
    credit: Gst
    claim: Money


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one line of the invoice. `received` counts all of it, the damaged too; `excess`
    came beyond the invoice."""

    received: int = 0
    damaged: int = 0
    excess: int = 0
    bucket: Bucket = Bucket.SALEABLE
    packed: date | None = None
    ptr: Rate | None = None
    pts: Rate | None = None
    scheme: str = ""
    took: Taken | None = None


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """`line` is the invoice's: pieces billed and free, what they come to, and the lot that those
    which came make."""

    line: GoodsLine
    came: Came

    @property
    def short(self) -> int:
        return self.line.pieces - self.came.received

    def landed(self, credit: Credit) -> Landed:
        """The share of the received pieces, to the paisa; the short ones have the remainder."""
        line, received = self.line, self.came.received
        if received == line.pieces:
            cost = line.taxable if credit.taken else line.taxable + line.tax.total
            return Landed(cost, line.tax if credit.taken else _NO_TAX, ZERO)
        value = part(line.taxable, received, line.pieces)
        tax = part_of_tax(line.tax, received, line.pieces)
        paid, came = line.taxable, value
        if credit is not Credit.REVERSE:
            paid, came = paid + line.tax.total, came + tax.total
        cost = value if credit.taken else value + tax.total
        return Landed(cost, tax if credit.taken else _NO_TAX, paid - came)


def part(amount: Money, pieces: int, of: int) -> Money:
    """What so many of all pieces come to; all of them take all."""
    return amount if pieces >= of else Money(whole(Decimal(amount.paise * pieces) / of))


def part_of_tax(tax: Gst, pieces: int, of: int) -> Gst:
    if pieces >= of:
        return tax
    return Gst(*(part(head, pieces, of) for head in (tax.cgst, tax.sgst, tax.igst, tax.cess)))


def gst_total(parts: Iterable[Gst]) -> Gst:
    found = [(tax.cgst.paise, tax.sgst.paise, tax.igst.paise, tax.cess.paise) for tax in parts]
    return Gst(*(Money(sum(head)) for head in zip(*found, strict=True))) if found else Gst()
