"""What a physical count found otherwise than the books said at the instant of counting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from dms_desktop.domain.adjustment import Ground, border_legs, taxed_rightly
from dms_desktop.domain.documents import Entry, Head
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.stock_papers import Said, StockLine, StockPaper


@dataclass(frozen=True, slots=True)
class Counted:
    """Pieces by the books and by hand, at one instant: microseconds UTC."""

    book: int
    counted: int
    at: int

    @property
    def difference(self) -> int:
        return self.counted - self.book


@dataclass(frozen=True, slots=True)
class StockCount(StockPaper):
    """Only the lots that differ; `counted` stands beside the lines.

    Since what was billed after the instant of counting lowered both what lies there and what the
    books say, the difference is the same at whatever later moment it is posted.
    """

    kind: ClassVar = Kind.STOCK_COUNT
    sheet: int
    ground: Ground
    counted: tuple[Counted, ...]

    def legs(self) -> tuple[Entry, ...]:
        return border_legs(self.goods, self.ground.account)

    def said(self) -> dict[str, Any]:
        return {
            "reason": self.reason,
            "sheet": self.sheet,
            "ground": self.ground.said,
            "counted": [[each.book, each.counted, each.at] for each in self.counted],
        }

    @classmethod
    def of(cls, head: Head, goods: tuple[StockLine, ...], said: Said) -> StockCount:
        counted = tuple(Counted(*each) for each in said["counted"])
        ground = Ground.of(said["ground"])
        return cls(head, goods, said.get("reason", ""), said["sheet"], ground, counted)

    def whole(self) -> bool:
        return (
            len(self.goods) == len(self.counted)
            and all(
                (line.qty if line.end else -line.qty) == each.difference
                and (line.start is None) is not (line.end is None)
                for line, each in zip(self.goods, self.counted, strict=False)
            )
            and taxed_rightly(self.goods, reverses=self.ground.reverses)
        )
