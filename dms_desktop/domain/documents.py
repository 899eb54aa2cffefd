"""Every paper the distributor signs: a shared head, and a body that holds only its own facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar
from uuid import UUID

from dms_desktop.domain.facts import Party
from dms_desktop.domain.goods_line import (
    Bucket,
    GoodsLine,
    Kind,
    Paper,
    Payment,
    Terms,
    Totals,
)
from dms_desktop.domain.money import ZERO, Money, total
from dms_desktop.domain.tax import Gst


@dataclass(frozen=True, slots=True)
class Spot:
    """Where goods of ours lie: a place (godown, van, on challan) and a bucket in it."""

    place_id: int
    bucket: Bucket = Bucket.SALEABLE


@dataclass(frozen=True, slots=True)
class Head:
    """What every document says of itself. A party is frozen as it was on the day."""

    id: UUID
    day: date
    place_id: int | None = None
    party: Party | None = None
    registration_id: int = 1
    company_id: int = 1
    place_of_supply: str = ""
    interstate: bool = False
    terms: Terms = Terms.CREDIT
    due_day: date | None = None
    salesman_id: int | None = None
    beat_id: int | None = None
    order_no: str = ""
    transport: str = ""
    note: str = ""
    reverse_charge: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    kind: ClassVar = Kind.ORDER
    head: Head
    lines: tuple[GoodsLine, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Estimate:
    kind: ClassVar = Kind.ESTIMATE
    head: Head
    lines: tuple[GoodsLine, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Challan:
    """Goods sent without a bill yet: Rule 55. `on_challan` is the place where they now count."""

    kind: ClassVar = Kind.CHALLAN
    head: Head
    lines: tuple[GoodsLine, ...]
    totals: Totals
    on_challan: int
    reason: str


@dataclass(frozen=True, slots=True)
class Bill:
    kind: ClassVar = Kind.BILL
    head: Head
    lines: tuple[GoodsLine, ...]
    totals: Totals
    paper: Paper
    goods_from: int | None = None  # the on-challan place when it bills a challan


@dataclass(frozen=True, slots=True)
class Settled:
    """So much of a bill is paid."""

    bill: UUID
    amount: Money


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money taken from a party or a walk-in, and the bills that it settles."""

    kind: ClassVar = Kind.RECEIPT
    head: Head
    totals: Totals
    payments: tuple[Payment, ...]
    settles: tuple[Settled, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One leg in the ledger; debit positive, credit negative."""

    account: str
    amount: Money
    party_id: int | None = None


@dataclass(frozen=True, slots=True)
class Journal:
    kind: ClassVar = Kind.JOURNAL
    head: Head
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class OpeningLot:
    """Stock that was there when the books began, or that came in before purchases are kept."""

    item_id: int
    lot_id: int
    code: str
    name: str
    hsn: str
    uqc: str
    batch: str
    expiry: date | None
    mrp: Money
    qty: int
    cost: Money
    input_tax: Gst = field(default_factory=Gst)  # kept on the lot; the ledger has it by head
    bucket: Bucket = Bucket.SALEABLE


@dataclass(frozen=True, slots=True)
class Opening:
    """Balances and stock brought in; what does not balance stands against the opening account.

    With a party at its head it is one thing that he owes, or is owed: a bill of before, named by
    the number and the day that its paper bears.
    """

    kind: ClassVar = Kind.OPENING
    head: Head
    lots: tuple[OpeningLot, ...] = ()
    entries: tuple[Entry, ...] = ()
    number: str = ""
    day: date | None = None

    @property
    def owed(self) -> Money:
        """What stays open of it; below nil where it is we who owe."""
        party = self.head.party
        return total(each.amount for each in self.entries if party and each.party_id == party.id)


@dataclass(frozen=True, slots=True)
class Move:
    """Pieces from one spot to another; None is the world outside. `cost` goes with them.

    `received` counts those that are new to the books, with the input tax that came with them.
    """

    item_id: int
    lot_id: int
    qty: int
    start: Spot | None
    end: Spot | None
    cost: Money = ZERO
    received: int = 0
    input_tax: Gst = field(default_factory=Gst)


@dataclass(frozen=True, slots=True)
class Marking:
    """What is printed on a pack and makes its lot, and the day on which it was packed."""

    batch: str
    mrp: Money
    expiry: date | None = None
    packed: date | None = None


@dataclass(frozen=True, slots=True)
class Relabel:
    """A lot that was typed wrongly and is called otherwise from now on."""

    lot_id: int
    was: Marking
    now: Marking


@dataclass(frozen=True, slots=True)
class Cancellation:
    """The exact mirror of a document, on that document's own day (product rule 10)."""

    kind: ClassVar = Kind.CANCELLATION
    head: Head
    of: UUID
    of_kind: Kind
    of_number: str
    totals: Totals
    entries: tuple[Entry, ...]
    moves: tuple[Move, ...]
    relabels: tuple[Relabel, ...] = ()
