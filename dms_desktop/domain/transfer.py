"""Goods that go from one godown of ours to another: sent, on the way, taken in or found short."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from dms_desktop.domain.adjustment import Ground, border_legs, taxed_rightly
from dms_desktop.domain.documents import Entry, Head
from dms_desktop.domain.godown_papers import Carriage
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.stock_papers import Said, StockLine, StockPaper


@dataclass(frozen=True, slots=True)
class Transfer(StockPaper):
    """From the head's place to `to_place`: by way of the place of goods in transit, or at once.

    A challan of Rule 55 goes with it; `carriage` says on what.
    """

    kind: ClassVar = Kind.TRANSFER
    to_place: int
    direct: bool = False
    carriage: Carriage = field(default_factory=Carriage)

    def said(self) -> dict[str, Any]:
        carried = {name: value for name, value in asdict(self.carriage).items() if value}
        return {
            "reason": self.reason,
            "to_place": self.to_place,
            "direct": int(self.direct),
            "carriage": carried,
        }

    @classmethod
    def of(cls, head: Head, goods: tuple[StockLine, ...], said: Said) -> Transfer:
        carried = Carriage(**said.get("carriage", {}))
        direct = bool(said.get("direct", 0))
        return cls(head, goods, said.get("reason", ""), said["to_place"], direct, carried)

    def whole(self) -> bool:
        ends = {line.end.place_id for line in self.goods if line.end}
        return (
            len(ends) == 1
            and self.to_place != self.head.place_id
            and self.direct is (ends == {self.to_place})
            and all(
                line.start is not None
                and line.end is not None
                and line.start.place_id == self.head.place_id
                and line.start.bucket == line.end.bucket
                for line in self.goods
            )
            and taxed_rightly(self.goods, reverses=False)
        )


@dataclass(frozen=True, slots=True)
class TransferReceipt(StockPaper):
    """What of a transfer came to the head's place, and what of it is given up as lost.

    What neither names stays on the way until it is found or given up. `ground` stands where
    something is given up.
    """

    kind: ClassVar = Kind.TRANSFER_RECEIPT
    transfer: UUID
    transfer_number: str
    ground: Ground | None = None

    def legs(self) -> tuple[Entry, ...]:
        return border_legs(self.goods, self.ground.account) if self.ground else ()

    def said(self) -> dict[str, Any]:
        return {
            "reason": self.reason,
            "transfer": self.transfer.hex,
            "transfer_number": self.transfer_number,
            "ground": self.ground.said if self.ground else None,
        }

    @classmethod
    def of(cls, head: Head, goods: tuple[StockLine, ...], said: Said) -> TransferReceipt:
        ground = Ground.of(said["ground"]) if said.get("ground") else None
        of, number = UUID(said["transfer"]), said["transfer_number"]
        return cls(head, goods, said.get("reason", ""), of, number, ground)

    def whole(self) -> bool:
        starts = {line.start.place_id for line in self.goods if line.start}
        lost = any(line.end is None for line in self.goods)
        return (
            len(starts) == 1
            and all(line.start is not None for line in self.goods)
            and all(
                line.end is None
                or (line.end.place_id == self.head.place_id and line.end.bucket == _from(line))
                for line in self.goods
            )
            and lost is (self.ground is not None)
            and taxed_rightly(self.goods, reverses=bool(self.ground and self.ground.reverses))
        )


def _from(line: StockLine) -> object:
    return line.start.bucket if line.start else None
