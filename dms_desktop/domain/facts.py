"""What pricing needs to know of items, lots, parties and ourselves, as read from the books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from dms_desktop.domain.free_goods import FreeReason
from dms_desktop.domain.licences import Licence, Regime
from dms_desktop.domain.loss import Loss
from dms_desktop.domain.money import ZERO, Money, Rate, whole
from dms_desktop.domain.tax import GstType, TaxRate


class Lot(NamedTuple):
    """One stock record of a batch at one MRP, as it stands in one godown.

    `on_hand` is what the godown can sell; `held` and `cost` are the whole lot's, wherever it lies,
    since the cost of a piece is the lot's (product rule 20).
    """

    id: int
    batch: str
    mrp: Money
    expiry: date | None  # the last day on which it may be sold
    on_hand: int
    ptr: Rate | None = None
    blocked: bool = False
    held: int = 0
    cost: Money = ZERO

    def cost_of(self, qty: int) -> Money:
        """What `qty` pieces cost; the last piece takes the remainder."""
        if qty >= self.held:
            return self.cost
        return Money(whole(Decimal(self.cost.paise * qty) / self.held))

    def less(self, qty: int) -> Lot:
        """The lot once `qty` pieces have left it."""
        cost = self.cost_of(qty)
        return self._replace(
            on_hand=self.on_hand - qty, held=self.held - qty, cost=self.cost - cost
        )


@dataclass(frozen=True, slots=True)
class ListPrice:
    """A price list's word on an item: a percentage of PTR or MRP, or a rate tied to one MRP."""

    list_name: str
    rate: Rate | None = None
    percent_of_ptr: Decimal | None = None
    percent_of_mrp: Decimal | None = None
    mrp: Money | None = None  # a fixed rate holds for this MRP only (product rule 6)
    inclusive: bool = False
    net: bool = False  # no discount goes on top, and none of the bill's falls on it


@dataclass(frozen=True, slots=True)
class Item:
    id: int
    code: str
    name: str
    hsn: str = ""
    uqc: str = "PCS"
    inner: int = 0  # pieces in an inner; 0 = it has none
    case: int = 0
    principal_id: int = 0
    rates: tuple[TaxRate, ...] = ()
    lots: tuple[Lot, ...] = ()
    prices: tuple[ListPrice, ...] = ()  # for this party, the party's own list first
    trade_discount: Decimal | None = None  # for this party and principal
    special_discount: Decimal | None = None
    active: bool = True
    regime: Regime | None = None  # a class of goods that needs a licence
    credit_days: int | None = None  # for this party and principal; None = the party's own


@dataclass(frozen=True, slots=True)
class Party:
    """A customer as the bill will say it; id 0 is a walk-in without a master."""

    id: int
    code: str
    name: str
    state: str
    gstin: str = ""
    gst_type: GstType = GstType.UNREGISTERED
    address: str = ""
    city: str = ""
    pin: str = ""
    phone: str = ""
    ship_to: str = ""  # an address that differs from the billing one
    ship_state: str = ""
    fssai: str = ""
    drug_licence: str = ""
    credit_days: int = 0
    min_life_days: int = 0
    beat_id: int | None = None
    salesman_id: int | None = None
    active: bool = True
    licences: tuple[Licence, ...] = ()

    @property
    def walk_in(self) -> bool:
        return self.id == 0


@dataclass(frozen=True, slots=True)
class Seller:
    """Our registration under which the document is issued."""

    registration_id: int
    company_id: int  # the version of the company's particulars that the paper will show
    state: str
    gstin: str = ""
    gst_type: GstType = GstType.REGULAR
    addressed: bool = True  # our particulars have the address that a tax invoice must show
    licences: tuple[Licence, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Statutory figures in force on the bill's day; and whose licence the house asks for."""

    walk_in_details: Money = Money(50_000_00)  # Rule 46(e)
    cash: Money = Money(2_00_000_00)  # section 186, Income-tax Act 2025 (269ST before)
    hsn_registered: int = 0  # digits that a bill must show, by our turnover of the year before
    hsn_unregistered: int = 0
    licence_needed: frozenset[Regime] = frozenset()  # a buyer without one is stopped


@dataclass(frozen=True, slots=True)
class Facts:
    seller: Seller
    party: Party
    items: Mapping[int, Item] = field(default_factory=dict)
    limits: Limits = Limits()
    below_cost: Loss = Loss.WARN
    free_reasons: tuple[FreeReason, ...] | None = None  # oldest first; None where nobody asks
    options: Mapping[str, str] = field(default_factory=dict)  # the house's, where they were read
