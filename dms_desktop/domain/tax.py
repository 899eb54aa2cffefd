"""GST on one line, and where a supply is taxed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dms_desktop.domain.money import ZERO, Money, Rate, whole


class GstType(StrEnum):
    """What a party or the seller is to the GST department."""

    REGULAR = "regular"
    COMPOSITION = "composition"
    UNREGISTERED = "unregistered"
    SEZ = "sez"
    UIN = "uin"


class Basis(StrEnum):
    """What the tax is computed on."""

    VALUE = "value"
    EXEMPT = "exempt"  # nil-rated, exempt or outside GST: no tax column applies
    RETAIL_PRICE = "retail_price"  # Rule 31D: tobacco and pan masala, on the printed price


@dataclass(frozen=True, slots=True)
class Gst:
    cgst: Money = ZERO
    sgst: Money = ZERO  # UTGST in a Union Territory without a legislature
    igst: Money = ZERO
    cess: Money = ZERO

    @property
    def total(self) -> Money:
        return Money(self.cgst.paise + self.sgst.paise + self.igst.paise + self.cess.paise)

    def __add__(self, other: Gst) -> Gst:
        return Gst(
            self.cgst + other.cgst,
            self.sgst + other.sgst,
            self.igst + other.igst,
            self.cess + other.cess,
        )

    def __neg__(self) -> Gst:
        return Gst(-self.cgst, -self.sgst, -self.igst, -self.cess)


@dataclass(frozen=True, slots=True)
class TaxRate:
    """The rates of a tax class from a day on. Percentages; the specific cess is per base unit."""

    gst: Decimal
    cess: Decimal = Decimal(0)
    cess_per_unit: Rate | None = None
    basis: Basis = Basis.VALUE
    from_day: date = date.min

    @property
    def exempt(self) -> bool:
        return self.basis is Basis.EXEMPT


# Every rate of GST on goods that was ever notified, as the tax network's own tool takes them; 40 is
# of Notification 9/2025-CT(R). What is notified tomorrow comes in by a tax class of its own.
NOTIFIED = frozenset(
    map(Decimal, "0 0.1 0.25 1 1.5 3 5 6 7.5 12 18 28 40".split())
)  # fmt: skip


def rate_on(day: date, rates: Sequence[TaxRate]) -> TaxRate | None:
    """The rate in force that day: the latest one that has begun, or None before the first."""
    begun = [rate for rate in rates if rate.from_day <= day]
    return max(begun, key=lambda rate: rate.from_day, default=None)


def gst(
    taxable: Money,
    rate: TaxRate,
    qty: int,
    *,
    interstate: bool,
    retail_price: Money = ZERO,
) -> Gst:
    """Tax on one line, each head rounded to the paisa; SGST copies CGST, so they never differ.

    `qty` in base units serves the specific cess and, with `retail_price` per base unit, goods
    taxed on retail price: tax = price x rate / (100 + rates) whatever they were sold for
    (Rule 31D, Notification 20/2025-CT).
    """
    if rate.exempt:
        return Gst()
    amount, of = taxable.paise, Decimal(100)
    if rate.basis is Basis.RETAIL_PRICE:
        amount, of = retail_price.paise * qty, 100 + rate.gst + rate.cess

    def head(percent: Decimal) -> Money:
        return Money(whole(amount * percent / of)) if percent else ZERO

    cess = head(rate.cess)
    if rate.cess_per_unit:
        cess += rate.cess_per_unit.times(qty)
    if interstate:
        return Gst(igst=head(rate.gst), cess=cess)
    half = head(rate.gst / 2)
    return Gst(cgst=half, sgst=half, cess=cess)


def without_tax(inclusive: Money, rate: TaxRate, qty: int, retail_price: Money = ZERO) -> Money:
    """The taxable value inside an amount that includes GST and cess, rounded once.

    Goods taxed on retail price bear the same tax whatever they are sold for: the rest is value.
    """
    if rate.exempt:
        return inclusive
    bare = inclusive - rate.cess_per_unit.times(qty) if rate.cess_per_unit else inclusive
    percent = rate.gst + rate.cess
    if rate.basis is Basis.RETAIL_PRICE:
        return bare - Money(whole(retail_price.paise * qty * percent / (100 + percent)))
    return Money(whole(Decimal(bare.paise) * 100 / (100 + percent)))


def place_of_supply(
    seller: str, *, buyer_gstin_state: str = "", address_state: str = "", deliver_to: str = ""
) -> str:
    """The State code of the supply: section 10(1)(a), (b) and (ca) of the IGST Act.

    A registered buyer's own State, wherever the goods go; an unregistered buyer's delivery
    address, else his address on record, else the seller's State.
    """
    return buyer_gstin_state or deliver_to or address_state or seller


def is_interstate(seller: str, place: str, buyer: GstType) -> bool:
    """IGST across a State border, and always to a Special Economic Zone (section 7(5)(b))."""
    return buyer is GstType.SEZ or seller != place
