"""A van that comes home: what is counted goes back to the godown, what lacks to the man's ledger.

Goods go out to a van by a transfer, and are billed from it as from a godown (product rule 37).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from dms_desktop.domain.adjustment import border_legs, gone, left_of, taxed_rightly
from dms_desktop.domain.documents import Entry, Head, Spot
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, total
from dms_desktop.domain.stock_papers import Holding, Said, StockLine, StockPaper

STAFF = "staff_dues"


@dataclass(frozen=True, slots=True)
class VanUnload(StockPaper):
    """From the van at `van` to the head's place; what was not found leaves the books.

    `man` is the key of who answers for it: he owes its cost and the input tax that goes with it.
    """

    kind: ClassVar = Kind.VAN_UNLOAD
    van: int
    man: int
    man_name: str

    @property
    def short(self) -> Money:
        """What the man owes for it."""
        return total(entry.amount for entry in self.legs() if entry.account == STAFF)

    def legs(self) -> tuple[Entry, ...]:
        return border_legs(self.goods, STAFF)

    def said(self) -> dict[str, Any]:
        return {
            "reason": self.reason,
            "van": self.van,
            "man": self.man,
            "man_name": self.man_name,
        }

    @classmethod
    def of(cls, head: Head, goods: tuple[StockLine, ...], said: Said) -> VanUnload:
        reason, man = said.get("reason", ""), said.get("man", 0)
        return cls(head, goods, reason, said["van"], man, said.get("man_name", ""))

    def whole(self) -> bool:
        """Everything comes out of the one van, and goes to the head's place or is short."""
        place = self.head.place_id
        out_of = {line.start.place_id for line in self.goods if line.start}
        into = {line.end.place_id for line in self.goods if line.end}
        return (
            out_of == {self.van}
            and place != self.van
            and into <= {place}
            and all(line.start is not None for line in self.goods)
            and taxed_rightly(self.goods, reverses=True)
        )


def brought_home(
    lines: Sequence[tuple[StockLine, Spot]], held: dict[int, Holding], home: int
) -> tuple[StockLine, ...]:
    """The lines of pieces that were counted, on their way home; `held` are their lots by key."""
    come: list[StockLine] = []
    for line, spot in lines:
        part = held[line.lot_id].part(line.qty)
        held[line.lot_id] = held[line.lot_id].less(part)
        come.append(replace(line, cost=part.cost, start=spot, end=Spot(home, spot.bucket)))
    return tuple(come)


def missing(
    lines: Sequence[tuple[StockLine, Spot]], held: dict[int, Holding]
) -> tuple[StockLine, ...]:
    """The lines of pieces that were not found; `held` are their lots, and less of them after."""
    lost: list[StockLine] = []
    for line, spot in lines:
        one = gone(line, spot, held[line.lot_id], reverses=True)
        held[line.lot_id] = left_of(held[line.lot_id], one)
        lost.append(one)
    return tuple(lost)
