"""What is taken off the racks: rows of a pick list, how far each is, and who shares in what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money


class PickState(StrEnum):
    """The word stands on disk and on the wire."""

    OPEN = "open"
    PICKED = "picked"
    SHORT = "short"  # less was there, with a reason
    SWAPPED = "swapped"  # another batch of the same MRP was taken, with a reason


class ListState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PickRow:
    """One batch of one item for all bills of the list that want it: what a picker walks to.

    `id` is the first pick's. `batch` is what is, or was, to be taken; `instead_of` is the one that
    was billed, where another was taken. `version` grows with every change.
    """

    id: int
    rack: str
    item_id: int
    lot_id: int
    code: str
    name: str
    batch: str
    expiry: date | None
    mrp: Money
    case: int
    inner: int
    qty: int
    picked: int
    state: PickState
    reason: str = ""
    instead_of: str = ""
    by: str = ""
    at: datetime | None = None  # aware, UTC
    papers: tuple[str, ...] = ()
    version: int = 0

    @property
    def left(self) -> int:
        """Pieces that somebody has still to fetch."""
        return self.qty - self.picked if self.state is PickState.OPEN else 0


@dataclass(frozen=True, slots=True)
class PickSource:
    """A bill or an order of the list; `paper` is what its picks made: a bill, a credit note."""

    id: UUID
    number: str
    party: str
    state: ListState
    paper: str = ""


@dataclass(frozen=True, slots=True)
class PickListHead:
    """`open` and `rows` count rows of the list; `pieces` and `picked` pieces."""

    id: UUID
    number: str
    day: date
    at: datetime  # aware, UTC
    by: str
    kind: Kind
    godown: str
    route: str
    vehicle: str
    state: ListState
    papers: int
    open: int
    pieces: int
    picked: int
    packed: bool = False


@dataclass(frozen=True, slots=True)
class PickList:
    head: PickListHead
    rows: tuple[PickRow, ...]
    sources: tuple[PickSource, ...]


def state_of(states: Sequence[str]) -> PickState:
    """That of a row by the states of its picks: open as long as one of them is."""
    for state in (PickState.OPEN, PickState.SHORT, PickState.SWAPPED):
        if state in states:
            return state
    return PickState.PICKED


def shared_out(pieces: int, wants: Sequence[int]) -> Iterator[int]:
    """So much for each, the first served first."""
    for want in wants:
        given = min(pieces, want)
        pieces -= given
        yield given
