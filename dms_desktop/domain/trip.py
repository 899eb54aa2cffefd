"""A trip: which bills a vehicle takes, in what order they come off, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from dms_desktop.domain.money import ZERO, Money, total


class State(StrEnum):
    """The word is kept on disk."""

    LOADING = "loading"
    OUT = "out"
    BACK = "back"  # the vehicle is free again; results and money may still be told
    SETTLED = "settled"
    DROPPED = "dropped"


class Result(StrEnum):
    """What became of a bill at the shop's door. The word is kept on disk."""

    DELIVERED = "delivered"
    PART = "part"
    REFUSED = "refused"
    SHOP_CLOSED = "shop_closed"
    RELOAD = "reload"  # home again whole, to go out with the next trip


CREDITED = frozenset({Result.PART, Result.REFUSED, Result.SHOP_CLOSED})


@dataclass(frozen=True, slots=True)
class TripBill:
    """A bill on a trip. `open` is what it still has to bring; `eway`: the law wants an e-way bill
    for it alone. `position` counts the drops from 1."""

    id: UUID
    number: str
    day: date
    party: str
    city: str
    beat: str
    credit: bool
    value: Money
    open: Money
    position: int
    cases: int = 0
    loose: int = 0
    grams: int = 0
    eway: bool = False
    loaded: bool = False
    result: Result | None = None
    reason: str = ""
    note: str = ""  # number of the credit note of what did not reach the shop
    back: Money = ZERO
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Trip:
    """As it stands. `eway_together`: all that it carries, taken together, is above the limit."""

    id: UUID
    number: str
    day: date
    state: State
    vehicle: str
    driver: str
    driver_code: str
    driver_phone: str
    capacity: int  # grams; 0 is not known
    bills: tuple[TripBill, ...]
    at: datetime
    by: str
    note: str = ""
    settlement: str = ""
    eway_together: bool = False

    @property
    def value(self) -> Money:
        return total(bill.value for bill in self.bills if not bill.cancelled)

    @property
    def grams(self) -> int:
        return sum(bill.grams for bill in self.bills)

    @property
    def cases(self) -> int:
        return sum(bill.cases for bill in self.bills)

    @property
    def loose(self) -> int:
        return sum(bill.loose for bill in self.bills)

    @property
    def loaded(self) -> int:
        return sum(bill.loaded for bill in self.bills)

    @property
    def over(self) -> int:
        """Grams beyond what the vehicle may carry."""
        return max(self.grams - self.capacity, 0) if self.capacity else 0

    @property
    def waiting(self) -> tuple[TripBill, ...]:
        """Bills of which nobody said what became of them."""
        return tuple(one for one in self.bills if one.result is None and not one.cancelled)


def in_cases(pieces: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Whole cases and loose pieces, from the pieces of each line and its pieces a case."""
    cases = loose = 0
    for qty, case in pieces:
        whole, rest = divmod(qty, case) if case else (0, qty)
        cases, loose = cases + whole, loose + rest
    return cases, loose
