"""The owner's registers as they are shown and typed: a record for each kind of master."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dms_desktop.domain.money import ZERO, Money, Rate
from dms_desktop.domain.tax import Basis

BETWEEN = " > "  # between the parts of a code that has several: `SHARMA > BRAND`


class ReasonUse(StrEnum):
    """What a reason is given for."""

    CANCEL = "cancel"
    CHALLAN = "challan"
    RETURN = "return"
    ADJUST = "adjust"
    BLOCK = "block"
    FREE = "free"
    OVERRIDE = "override"
    REOPEN = "reopen"
    PICK = "pick"
    DELIVERY = "delivery"


class AccountGroup(StrEnum):
    ASSETS = "assets"
    LIABILITIES = "liabilities"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSES = "expenses"


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """A principal, a beat: nothing but a code and a name."""

    code: str
    name: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class SalesmanRecord:
    """A salesman; a delivery man too."""

    code: str
    name: str = ""
    phone: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class GodownRecord:
    """`kind` is godown or van."""

    code: str
    name: str = ""
    kind: str = "godown"
    active: bool = True


@dataclass(frozen=True, slots=True)
class ReasonRecord:
    """`ledger` and `keeps_credit` are of use for an adjustment of stock alone: the account that it
    goes to, and whether the input tax of what is gone stays ours (s.17(5)(h): else it reverses)."""

    code: str
    name: str = ""
    use: str = ""
    ledger: str = ""
    keeps_credit: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class PriceListRecord:
    """`party_class` is empty unless the list serves a whole class of parties."""

    code: str
    name: str = ""
    party_class: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class AccountRecord:
    code: str
    name: str = ""
    group: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class DatedRate:
    """GST from a day on; None = always. `cess_amount` is a specific cess on `cess_per` units."""

    gst: Decimal
    from_day: date | None = None
    cess: Decimal = Decimal(0)
    cess_amount: Money = ZERO
    cess_per: int = 1
    basis: str = Basis.VALUE.value
    source: str = ""


@dataclass(frozen=True, slots=True)
class TaxClassRecord:
    code: str
    name: str = ""
    rates: tuple[DatedRate, ...] = ()
    active: bool = True


@dataclass(frozen=True, slots=True)
class RackRecord:
    """An empty `rack` says that the item has none there any more.

    Pieces that should lie there: never fewer than `least`, ordered again at `reorder`, not more
    than `most`; nil = not said.
    """

    item: str
    godown: str
    rack: str = ""
    least: int = 0
    reorder: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class PriceRecord:
    """What a list says of an item between two days, both counted: one of the three ways to price.

    `mrp` nil = whatever the MRP; a rate is always tied to one (product rule 6).
    """

    list: str
    item: str
    from_day: date | None = None
    mrp: Money = ZERO
    until_day: date | None = None
    rate: Rate | None = None
    percent_of_ptr: Decimal | None = None
    percent_of_mrp: Decimal | None = None
    inclusive: bool = False
    net: bool = False


@dataclass(frozen=True, slots=True)
class TurnoverRecord:
    """Of a financial year, `2025-26`; nobody types `hsn` and `hsn_others`: the digits of the HSN
    that bills of the year after must show, to registered buyers and to others."""

    year: str
    turnover: Money = ZERO
    hsn: int = 0
    hsn_others: int = 0


@dataclass(frozen=True, slots=True)
class TermsRecord:
    """What a party has agreed for one principal (product rule 13); None = as for the party."""

    party: str
    principal: str
    beat: str = ""
    visit_day: str = ""
    salesman: str = ""
    price_list: str = ""
    trade_discount: Decimal | None = None
    special_discount: Decimal | None = None
    credit_limit: Money | None = None
    credit_days: int | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class LotState:
    """A batch at one MRP: its prices, and why it may not be sold for a while."""

    item: str
    batch: str = ""
    mrp: Money = ZERO
    expiry: date | None = None
    packed: date | None = None
    ptr: Rate | None = None
    pts: Rate | None = None
    blocked: bool = False
    blocked_why: str = ""


@dataclass(frozen=True, slots=True)
class SeriesRecord:
    """`prefix` holds separator and year; `first` is where it begins, `last` what was given out."""

    prefix: str
    kind: str = ""
    paper: str = ""
    counter: str = ""
    principal: str = ""
    year: int = 0
    width: int = 5
    first: int = 1
    last: int = 0


@dataclass(frozen=True, slots=True)
class RoleRecord:
    code: str
    name: str = ""
    powers: tuple[str, ...] = ()
    active: bool = True


@dataclass(frozen=True, slots=True)
class UserRecord:
    code: str
    name: str = ""
    role: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class PeriodRecord:
    """Three locks, each as the last day that it covers; None = nothing is locked."""

    closed_until: date | None = None
    filed_until: date | None = None
    locked_until: date | None = None


def joined(*parts: str) -> str:
    """The code of a master that has several parts; empty ones at the end are left out."""
    return BETWEEN.join(parts).rstrip(" >")


def parted(code: str, count: int) -> tuple[str, ...]:
    """The parts again, empty where they are not there."""
    found = [part.strip() for part in code.split(">")]
    return tuple((found + [""] * count)[:count])
