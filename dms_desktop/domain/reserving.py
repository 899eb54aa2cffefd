"""Pieces that are promised: what of the shelf is left for others, and may be promised to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dms_desktop.domain.facts import Lot
from dms_desktop.domain.fefo import in_order, sellable


def sellable_lots(lots: Iterable[Lot], reserved: int, on: date) -> tuple[Lot, ...]:
    """The lots as another bill may pick them, in their own order.

    Reserved pieces are taken off the earliest lots that may be sold that day, so that these stay
    for whoever reserved them. A lot's cost is not touched: the pieces are still there.
    """
    rest = reserved
    kept: dict[int, Lot] = {}
    shelf = tuple(lots)
    for lot in in_order(shelf):
        if rest and sellable(lot, on=on):
            taken = min(rest, lot.on_hand)
            rest -= taken
            kept[lot.id] = lot._replace(on_hand=lot.on_hand - taken)
    return tuple(kept.get(lot.id, lot) for lot in shelf)


def free_pieces(lots: Iterable[Lot], reserved: int, on: date) -> int:
    """How many pieces nobody has reserved yet."""
    return sum(lot.on_hand for lot in sellable_lots(lots, reserved, on) if sellable(lot, on=on))
