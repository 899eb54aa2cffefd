"""What one document does to ledger and goods, and the same the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dms_desktop.domain.documents import Entry, Move, Relabel
from dms_desktop.domain.facts import Party
from dms_desktop.domain.money import Money, total


@dataclass(frozen=True, slots=True)
class Effect:
    """Legs that sum to nil, moves that leave every place at nil or more, and lots that are called
    otherwise."""

    entries: tuple[Entry, ...] = ()
    moves: tuple[Move, ...] = ()
    relabels: tuple[Relabel, ...] = ()

    def __post_init__(self) -> None:
        if total(entry.amount for entry in self.entries):
            raise ValueError(f"the legs do not balance: {self.entries}")

    @property
    def lots(self) -> set[int]:
        """All that it moves or relabels: who posts it holds them first."""
        return {move.lot_id for move in self.moves} | {each.lot_id for each in self.relabels}


def mirror(done: Effect) -> Effect:
    """The same legs and moves the other way round."""
    entries = tuple(Entry(leg.account, -leg.amount, leg.party_id) for leg in done.entries)
    moves = tuple(
        Move(m.item_id, m.lot_id, m.qty, m.end, m.start, m.cost, -m.received, -m.input_tax)
        for m in done.moves
    )
    relabels = tuple(Relabel(each.lot_id, each.now, each.was) for each in done.relabels)
    return Effect(entries, moves, relabels)


def that_count(legs: Iterable[Entry]) -> tuple[Entry, ...]:
    """The legs that are not nil."""
    return tuple(leg for leg in legs if leg.amount != Money())


def owed_by(party: Party, amount: Money) -> Entry:
    """Whoever has no ledger of his own stands in the account of all walk-ins."""
    if party.walk_in:
        return Entry("walk_ins", amount)
    return Entry("debtors", amount, party.id)
