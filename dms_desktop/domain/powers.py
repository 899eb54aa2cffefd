"""What a user may be allowed to do, and how a service says which of it it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

Action = TypeVar("Action", bound=Callable[..., Any])


class Power(StrEnum):
    """The word is kept on disk in the role; its meaning may not change."""

    LOG_IN = "log_in"  # whoever stands at the counter may say who he is
    LOOK = "look"  # see items, parties, stock and documents
    BILL = "bill"  # bills, orders, estimates, challans
    CANCEL = "cancel"
    FREE_GOODS = "free_goods"
    ABOVE_MRP = "above_mrp"
    BELOW_COST = "below_cost"  # where the house asks for it
    CREDIT_OVERRIDE = "credit_override"  # bill beyond the limit, and approve that others do
    LICENCE_OVERRIDE = "licence_override"  # sell although the buyer's licence lapsed
    BACK_DATE = "back_date"
    JOURNAL = "journal"
    OPENING = "opening"
    MASTERS = "masters"
    EXPORT = "export"  # take parties, items and prices out of the books as a file
    SETTINGS = "settings"  # company, series
    CLOSE = "close"  # close a day, mark a month as filed
    REOPEN = "reopen"  # open again what was closed, filed or locked; lock a year
    PEOPLE = "people"
    BOOKS = "books"  # backup, restore, verify
    RECEIVE = "receive"  # goods in, and back to the supplier
    MOVE_STOCK = "move_stock"  # transfers, counts, adjustments up to the limit, corrections
    APPROVE_STOCK = "approve_stock"  # what a count or an adjustment changes beyond the limit
    PICK = "pick"
    DISPATCH = "dispatch"  # vehicles, trips, what became of each bill
    SETTLE_TRIP = "settle_trip"  # money and shortages of a trip


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, at which counter, and with which powers."""

    user_id: int
    code: str
    counter: str = ""
    powers: frozenset[Power] = frozenset()
    reason: str = ""  # why, where an action asks for a reason

    def may(self, power: Power) -> bool:
        return power in self.powers


def needs(power: Power) -> Callable[[Action], Action]:
    """Declare the power that an action needs; the store runs none without a declaration."""

    def declare(action: Action) -> Action:
        action.power = power  # type: ignore[attr-defined]
        return action

    return declare


def power_of(action: Callable[..., Any]) -> Power:
    """The declared power. Raises TypeError for an action that declares none: a bug."""
    power = getattr(action, "power", None)
    if not isinstance(power, Power):
        raise TypeError(f"{action!r} declares no power")
    return power
