"""Batches past their last day leave what can be sold by themselves (product rule 22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dms_desktop.domain.adjustment import taxed_rightly
from dms_desktop.domain.documents import Spot
from dms_desktop.domain.goods_line import Bucket, Kind
from dms_desktop.domain.stock_papers import StockPaper

MOST_DAYS = 3  # a clock that jumped farther than this may be wrong


@dataclass(frozen=True, slots=True)
class ExpiryMove(StockPaper):
    """Pieces that go from saleable to expired where they lie, whatever godown that is."""

    kind: ClassVar = Kind.EXPIRY_MOVE

    def whole(self) -> bool:
        return all(
            line.start is not None
            and line.start.bucket is Bucket.SALEABLE
            and line.end == Spot(line.start.place_id, Bucket.EXPIRED)
            and line.expiry is not None
            for line in self.goods
        ) and taxed_rightly(self.goods, reverses=False)


def asks_first(today: date, last: date | None, lots: int, most_lots: int) -> str:
    """Why somebody is asked before batches move: `clock`, `many`, or nothing.

    `last` is the day on which they were moved last; without one the clock cannot be judged.
    """
    if last is not None and (today - last).days > MOST_DAYS:
        return "clock"
    return "many" if lots > most_lots else ""
