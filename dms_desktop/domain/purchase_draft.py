"""What is typed, scanned or imported of a purchase, and what the books know to judge it by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from dms_desktop.domain.facts import Party, Seller
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import ZERO, Money, Rate
from dms_desktop.domain.purchase_facts import Charge, Credit
from dms_desktop.domain.tax import Gst, TaxRate

TAX_TOLERANCE = Money(1_00)  # product rule 24: a rupee a rate between what is printed and computed


@dataclass(frozen=True, slots=True)
class PurchaseAsk:
    """A line. `received` None: all that was billed and free. A discount is a percentage or money.

    `second_lot`: this batch is known with another MRP or expiry, and it is another lot indeed.
    `as_expired`: it came past its date, and lies with the expired goods.
    """

    item_id: int
    batch: str = ""
    mrp: Money | None = None  # None = the item's
    qty: int = 0
    free: int = 0
    received: int | None = None
    damaged: int = 0
    excess: int = 0
    rate: Rate | None = None
    inclusive: bool = False
    discounts: tuple[Decimal | Money | None, ...] = ()
    packed: date | None = None
    expiry: date | None = None
    ptr: Rate | None = None
    pts: Rate | None = None
    scheme: str = ""
    gst: Decimal | None = None  # as printed, where it is not the item's
    second_lot: bool = False
    as_expired: bool = False
    source_line: int | None = None  # of our order

    @property
    def pieces(self) -> int:
        return self.qty + self.free

    @property
    def came(self) -> int:
        return self.pieces if self.received is None else self.received


@dataclass(frozen=True, slots=True)
class PrintedTax:
    """What the invoice prints for one rate, its charges included."""

    gst: Decimal
    tax: Gst


@dataclass(frozen=True, slots=True)
class PurchaseDraft:
    """`kind` says what it becomes. `total` None: no invoice tells one, as for an order."""

    id: UUID
    kind: Kind
    day: date
    party_id: int
    place_id: int
    asks: tuple[PurchaseAsk, ...] = ()
    number: str = ""
    invoice_day: date | None = None
    place_of_supply: str = ""  # '' = ours
    irn: str = ""
    order_no: str = ""
    transport: str = ""
    note: str = ""
    due_day: date | None = None
    charges: tuple[Charge, ...] = ()
    tcs: Money = ZERO
    round_off: Money = ZERO
    total: Money | None = None
    credit: Credit = Credit.ELIGIBLE
    printed: tuple[PrintedTax, ...] = ()
    transit: UUID | None = None
    provisional: UUID | None = None

    @property
    def tax_day(self) -> date:
        return self.invoice_day or self.day


@dataclass(frozen=True, slots=True)
class KnownLot:
    id: int
    batch: str
    mrp: Money
    expiry: date | None
    packed: date | None = None


@dataclass(frozen=True, slots=True)
class LastBought:
    """What the last invoice said of an item: its MRP, and what a piece cost after discounts."""

    day: date
    number: str
    mrp: Money
    net: Rate


@dataclass(frozen=True, slots=True)
class BoughtItem:
    """`worth`: what a piece was last taken in at, for goods that come before their invoice."""

    id: int
    code: str
    name: str
    hsn: str = ""
    uqc: str = "PCS"
    inner: int = 0
    case: int = 0
    principal_id: int = 0
    mrp: Money = ZERO
    keep_batch: bool = True
    shelf_months: int = 0
    rate: TaxRate | None = None  # on the invoice's day
    active: bool = True
    lots: tuple[KnownLot, ...] = ()
    last: LastBought | None = None
    worth: Rate | None = None


@dataclass(frozen=True, slots=True)
class PurchaseFacts:
    """`ordered`: what of each line of our orders is still to come, by its key."""

    seller: Seller
    party: Party
    items: Mapping[int, BoughtItem] = field(default_factory=dict)
    ordered: Mapping[int, int] = field(default_factory=dict)
    near_days: int = 0
    tolerance: Money = TAX_TOLERANCE
