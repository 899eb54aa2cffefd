"""What one document does to ledger and goods, and the same the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dms_desktop.domain.documents import Entry, Move
from dms_desktop.domain.money import Money, total


@dataclass(frozen=True, slots=True)
class Effect:
    """Legs that sum to nil and moves that leave every place at nil or more."""

    entries: tuple[Entry, ...] = ()
    moves: tuple[Move, ...] = ()

    def __post_init__(self) -> None:
        if total(entry.amount for entry in self.entries):
            raise ValueError(f"the legs do not balance: {self.entries}")


def mirror(done: Effect) -> Effect:
    """The same legs and moves the other way round."""
    entries = tuple(Entry(leg.account, -leg.amount, leg.party_id) for leg in done.entries)
    moves = tuple(
        Move(m.item_id, m.lot_id, m.qty, m.end, m.start, m.cost, -m.received, -m.input_tax)
        for m in done.moves
    )
    return Effect(entries, moves)


def that_count(legs: Iterable[Entry]) -> tuple[Entry, ...]:
    """The legs that are not nil."""
    return tuple(leg for leg in legs if leg.amount != Money())
