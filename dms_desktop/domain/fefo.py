"""First expiry, first out: which lots may leave the godown, and in what order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from dms_desktop.domain.facts import Lot


class Pick(NamedTuple):
    lot: Lot
    qty: int


def sellable(lot: Lot, *, on: date, life_days: int = 0) -> bool:
    """Whether a lot may be sold on a day to a party that wants `life_days` left on it.

    The last day is inclusive: what expires today sells today.
    """
    if lot.blocked or lot.on_hand <= 0:
        return False
    if lot.expiry is None:
        return True
    return lot.expiry >= (on + timedelta(days=life_days) if life_days else on)


def in_order(lots: Iterable[Lot]) -> list[Lot]:
    """Earliest expiry first, none last, then the older lot: two clerks pick the same cartons."""
    return sorted(lots, key=lambda lot: (lot.expiry or date.max, lot.id))


def pick(demand: int, lots: Iterable[Lot]) -> tuple[tuple[Pick, ...], int]:
    """Take `demand` base units from lots already in order; return the picks and what is short."""
    picks: list[Pick] = []
    for lot in lots:
        if demand <= 0:
            break
        if taken := min(demand, lot.on_hand):
            picks.append(Pick(lot, taken))
            demand -= taken
    return tuple(picks), demand


def left_after(lots: Iterable[Lot], taken: dict[int, int]) -> tuple[Lot, ...]:
    """The shelf once pieces are off it (lot id -> pieces), so two rows never share a carton."""
    return tuple(lot.less(taken[lot.id]) if lot.id in taken else lot for lot in lots)
