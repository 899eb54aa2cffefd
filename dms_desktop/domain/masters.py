"""What is known of an item, a party or a lot before it has a key: the rows of the import files."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from dms_desktop.domain.licences import Licence
from dms_desktop.domain.money import ZERO, Money, Rate

# The headings of the import files, in their order.
ITEM_FIELDS = (
    "code", "name", "alias", "principal", "brand", "category", "hsn", "gst_rate", "cess_rate",
    "unit", "inner", "case", "barcode", "mrp", "keep_batch", "active",
)  # fmt: skip
PARTY_FIELDS = (
    "code", "name", "gstin", "state", "class_", "beat", "salesman", "phone", "credit_limit",
    "credit_days", "min_life_days", "address", "city", "pin",
)  # fmt: skip

Price = Money | Rate | None  # of a piece, before GST; None where it is not known


class ItemRow(Protocol):
    """A row of items.csv. `unit` is a UQC, `inner` and `case` count pieces, 0 = there is none."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def alias(self) -> str: ...
    @property
    def principal(self) -> str: ...
    @property
    def brand(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def hsn(self) -> str: ...
    @property
    def gst_rate(self) -> Decimal: ...
    @property
    def cess_rate(self) -> Decimal: ...
    @property
    def unit(self) -> str: ...
    @property
    def inner(self) -> int: ...
    @property
    def case(self) -> int: ...
    @property
    def barcode(self) -> str: ...
    @property
    def mrp(self) -> Money: ...
    @property
    def keep_batch(self) -> bool: ...
    @property
    def active(self) -> bool: ...


class LotRow(Protocol):
    """A row of lots.csv: what lies in one godown of a batch at one MRP."""

    @property
    def item(self) -> str: ...
    @property
    def batch(self) -> str: ...
    @property
    def mrp(self) -> Money: ...
    @property
    def ptr(self) -> Price: ...
    @property
    def pts(self) -> Price: ...
    @property
    def cost(self) -> Price: ...
    @property
    def packed(self) -> date | None: ...
    @property
    def expiry(self) -> date | None: ...
    @property
    def godown(self) -> str: ...
    @property
    def qty(self) -> int: ...


class PartyRow(Protocol):
    """A row of parties.csv; `class_` stands under the heading `class`."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def gstin(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def class_(self) -> str: ...
    @property
    def beat(self) -> str: ...
    @property
    def salesman(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def credit_limit(self) -> Money | None: ...
    @property
    def credit_days(self) -> int: ...
    @property
    def min_life_days(self) -> int: ...
    @property
    def address(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def pin(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Barcode:
    """`units`: base units in what it is printed on."""

    code: str
    units: int = 1


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """All that is kept of an item. `principal` is a name; the rates are those in force.

    `tax_class` is only needed where the rates alone do not tell it: goods taxed on retail price.
    """

    code: str
    name: str
    alias: str = ""
    principal: str = ""
    brand: str = ""
    category: str = ""
    hsn: str = ""
    gst_rate: Decimal = Decimal(0)
    cess_rate: Decimal = Decimal(0)
    unit: str = "PCS"
    inner: int = 0
    case: int = 0
    mrp: Money = ZERO
    keep_batch: bool = True
    active: bool = True
    barcodes: tuple[Barcode, ...] = ()
    tax_class: str = ""
    selling_multiple: int = 1
    grams: int = 0
    shelf_months: int = 0
    regime: str = ""  # food or drug: whose licence it needs

    @property
    def barcode(self) -> str:
        """That of a single piece, the first where there are several."""
        return next((barcode.code for barcode in self.barcodes if barcode.units == 1), "")


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """All that is kept of a party. `state` is a code; beat and salesman are names.

    `gst_type` is empty where the GSTIN tells it: regular with one, unregistered without.
    """

    code: str
    name: str
    gstin: str = ""
    state: str = ""
    class_: str = ""
    beat: str = ""
    salesman: str = ""
    phone: str = ""
    credit_limit: Money | None = None  # None = none was set
    credit_days: int = 0
    min_life_days: int = 0
    gst_type: str = ""
    alias: str = ""
    address: str = ""
    city: str = ""
    pin: str = ""
    pan: str = ""
    fssai: str = ""
    ship_to: str = ""
    ship_state: str = ""
    customer: bool = True
    supplier: bool = False
    active: bool = True
    price_list: str = ""  # the code of his own list
    licences: tuple[Licence, ...] = ()  # `fssai` is the number of the one of food among them


@dataclass(frozen=True, slots=True)
class LotRecord:
    item: str
    qty: int
    batch: str = ""
    mrp: Money = ZERO
    ptr: Price = None
    pts: Price = None
    cost: Price = None
    packed: date | None = None
    expiry: date | None = None
    godown: str = ""


def folded(text: str) -> str:
    """Two codes or names with the same fold are the same: case, width and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def figures_of(phone: str) -> str:
    """A telephone number as it is compared: its figures alone."""
    return "".join(each for each in phone if each.isascii() and each.isdigit())


def as_rate(price: Price) -> Rate | None:
    return Rate(price) if isinstance(price, Money) else price
