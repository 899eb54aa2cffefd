"""What the clerk has typed so far: rows as asked for, before anything is priced or picked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from dms_desktop.domain.goods_line import Kind, Payment, Terms
from dms_desktop.domain.money import ZERO, Money, Rate
from dms_desktop.domain.refusals import Reason

MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Promise:
    """An amount off a whole line of an order: fewer pieces take their part of it along.

    Each part is what the rest leaves of it, so that the bills of one line bear together what was
    promised to the paisa, in however many parts it is billed.
    """

    amount: Money
    pieces: int  # of the whole line
    left: int  # pieces of it that are not billed yet

    def off(self, qty: int) -> Money:
        """What goes off that many of the pieces left."""
        rest = max(self.left - qty, 0)
        return self._share(self.left) - self._share(rest)

    def _share(self, pieces: int) -> Money:
        return self.amount.times(Decimal(pieces) / self.pieces) if self.pieces else ZERO


@dataclass(frozen=True, slots=True)
class Ask:
    """One typed row: what the shop wants, and whatever the clerk decided himself."""

    item_id: int
    qty: int
    free: int = 0
    free_reason: str = ""  # code of the reason for them; '' = the usual one
    batch: str | None = None  # forced; None lets the earliest expiry go
    mrp: Money | None = None
    any_mrp: bool = False  # the clerk was asked, and pieces of another MRP may follow
    rate: Rate | None = None
    promised: bool = False  # the rate is what an order or challan promised, nobody typed it here
    inclusive: bool = False
    net: bool = False
    discounts: tuple[Decimal, ...] | None = None  # None = what the party's terms say
    discount: Money | None = None  # an amount off the whole row, typed
    promise: Promise | None = None  # an amount off that an order promised, where none was typed
    lot_id: int | None = None  # a challan's own lot
    source_line: int | None = None

    @property
    def off(self) -> Money:
        """What is off the whole row in rupees."""
        if self.discount is not None:
            return self.discount
        return self.promise.off(self.qty) if self.promise else ZERO


@dataclass(frozen=True, slots=True)
class WalkIn:
    """A customer without a master (product rule 3)."""

    name: str = "CASH"
    phone: str = ""
    state: str = ""
    gstin: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """What a list says of a draft that was put aside until its customer comes back."""

    name: str = ""
    total: Money = Money()


@dataclass(frozen=True, slots=True)
class Draft:
    """Its id is given when the counter opens it and becomes the bill's: saving twice bills once."""

    id: UUID
    day: date
    party: int | WalkIn | None = None
    place_id: int = 1
    kind: Kind = Kind.BILL
    asks: tuple[Ask, ...] = ()
    terms: Terms | None = None  # None = credit for a party, cash for a walk-in
    bill_discount: Money | None = None
    bill_discount_percent: Decimal | None = None
    cash_discount_percent: Decimal | None = None
    salesman_id: int | None = None
    order_no: str = ""
    transport: str = ""
    note: str = ""
    reverse_charge: bool = False
    allowed: frozenset[Reason] = frozenset()  # refusals that somebody with the power overrode
    source: UUID | None = None  # the order, estimate or challan that it fulfils
    goods_from: int | None = None  # the on-challan place, when a challan is billed
    payments: tuple[Payment, ...] = ()  # on cash terms none means all of it in cash
    reserve: bool = False  # an order that keeps its pieces from other bills

    def plus(self, ask: Ask) -> Draft:
        return replace(self, asks=(*self.asks, ask))

    def with_ask(self, row: int, ask: Ask) -> Draft:
        return replace(self, asks=(*self.asks[:row], ask, *self.asks[row + 1 :]))

    def without(self, row: int) -> Draft:
        return replace(self, asks=(*self.asks[:row], *self.asks[row + 1 :]))
