"""Pieces that are gone or found, with the ledger and the input tax that follow; and bucket moves.

Goods lost, stolen, destroyed, written off or given as samples keep no input credit: section
17(5)(h) of the CGST Act.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from dms_desktop.domain.documents import Entry, Head, Spot
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import ZERO, Money, total
from dms_desktop.domain.stock_papers import Holding, Said, StockLine, StockPaper
from dms_desktop.domain.tax import Gst

DIFFERENCES = "stock_differences"
_NO_TAX = Gst()


@dataclass(frozen=True, slots=True)
class Ground:
    """Why, as the reason stood on the day: its code and name, the ledger that it goes to, and
    whether the input tax of what is gone reverses."""

    code: str
    name: str
    account: str = DIFFERENCES
    reverses: bool = True

    @property
    def said(self) -> list[Any]:
        return [self.code, self.name, self.account, int(self.reverses)]

    @classmethod
    def of(cls, said: Sequence[Any]) -> Ground:
        """Raises ValueError for what is none."""
        code, name, account, reverses = said
        return cls(code, name, account, bool(reverses))


def border_legs(goods: Iterable[StockLine], account: str) -> tuple[Entry, ...]:
    """What goes out of our places or comes into them: cost to the ledger, input tax by head too."""
    crossing = [line for line in goods if (line.start is None) is not (line.end is None)]
    gone = total(line.cost for line in crossing if line.start)
    came = total(line.cost for line in crossing if line.end)
    tax = _NO_TAX
    for line in crossing:
        tax += line.input_tax
    return (
        Entry(account, gone - came - tax.total),
        Entry("stock", came - gone),
        Entry("input_cgst", tax.cgst),
        Entry("input_sgst", tax.sgst),
        Entry("input_igst", tax.igst),
        Entry("input_cess", tax.cess),
    )


def gone(line: StockLine, spot: Spot, held: Holding, *, reverses: bool) -> StockLine:
    """The line's pieces leave us; `held` is the whole lot before."""
    part = held.part(line.qty)
    received, tax = (-part.received, -part.input_tax) if reverses else (0, _NO_TAX)
    return replace(line, start=spot, end=None, cost=part.cost, received=received, input_tax=tax)


def left_of(held: Holding, line: StockLine) -> Holding:
    """The lot once a line of `gone` has left it."""
    return Holding(
        held.qty - line.qty,
        held.cost - line.cost,
        held.received + line.received,
        held.input_tax + line.input_tax,
    )


def found(line: StockLine, spot: Spot, cost: Money) -> StockLine:
    """The line's pieces are there after all: at cost, without input tax, since none is claimed."""
    return replace(line, start=None, end=spot, cost=cost, received=0, input_tax=_NO_TAX)


def taxed_rightly(goods: Iterable[StockLine], *, reverses: bool) -> bool:
    """Whether input tax goes only with pieces that leave us, and only where it reverses."""
    return all(
        (line.input_tax == _NO_TAX and not line.received)
        or (reverses and line.end is None and line.received <= 0)
        for line in goods
    )


@dataclass(frozen=True, slots=True)
class Adjustment(StockPaper):
    """Pieces of lots that are gone, or found."""

    kind: ClassVar = Kind.ADJUSTMENT
    ground: Ground

    def legs(self) -> tuple[Entry, ...]:
        return border_legs(self.goods, self.ground.account)

    def said(self) -> dict[str, Any]:
        return {"reason": self.reason, "ground": self.ground.said}

    @classmethod
    def of(cls, head: Head, goods: tuple[StockLine, ...], said: Said) -> Adjustment:
        return cls(head, goods, said.get("reason", ""), Ground.of(said["ground"]))

    def whole(self) -> bool:
        crossing = all((line.start is None) is not (line.end is None) for line in self.goods)
        return crossing and taxed_rightly(self.goods, reverses=self.ground.reverses)


@dataclass(frozen=True, slots=True)
class BucketMove(StockPaper):
    """Pieces that are set apart, or put back, where they lie; nothing of it in the ledger."""

    kind: ClassVar = Kind.BUCKET_MOVE

    def whole(self) -> bool:
        return all(
            line.start is not None
            and line.end is not None
            and line.start.place_id == line.end.place_id
            and line.start.bucket != line.end.bucket
            and line.cost == ZERO
            and taxed_rightly((line,), reverses=False)
            for line in self.goods
        )
