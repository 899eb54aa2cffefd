"""Papers about goods of ours that no party signs: a line moves its pieces, or only names them.

A further kind is a word in `Kind`, a class and its place in STOCK_PAPERS; posting, reading back,
cancelling and proving go by that table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from dms_desktop.domain.documents import Entry, Head, Marking, Move, Relabel, Spot
from dms_desktop.domain.effect import Effect, that_count
from dms_desktop.domain.goods_line import Kind, Totals
from dms_desktop.domain.money import ZERO, Money, total, whole
from dms_desktop.domain.tax import Gst

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StockLine:
    """Pieces of one lot from one spot to another, None being the world outside or another lot.

    With neither spot the line names goods and moves none. `received`: see Move.
    """

    item_id: int
    lot_id: int
    code: str
    name: str
    hsn: str
    uqc: str
    batch: str
    expiry: date | None
    mrp: Money
    qty: int
    start: Spot | None = None
    end: Spot | None = None
    cost: Money = ZERO
    received: int = 0
    input_tax: Gst = field(default_factory=Gst)

    @property
    def move(self) -> Move | None:
        if self.start is None and self.end is None:
            return None
        return Move(
            self.item_id, self.lot_id, self.qty, self.start, self.end, self.cost, self.received,
            self.input_tax,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """What goes along with some pieces of a lot."""

    qty: int
    cost: Money
    received: int
    input_tax: Gst


@dataclass(frozen=True, slots=True)
class Holding:
    """A whole lot wherever it lies. `received`: pieces that ever came with `input_tax`, those sold
    since among them."""

    qty: int
    cost: Money
    received: int
    input_tax: Gst

    def part(self, qty: int) -> Part:
        """What `qty` pieces take along; the last piece takes the remainder (product rule 20)."""
        received = min(qty, self.received)
        tax = self.input_tax
        heads = (tax.cgst, tax.sgst, tax.igst, tax.cess)
        share = Gst(*(_share(head, received, self.received) for head in heads))
        return Part(qty, _share(self.cost, qty, self.qty), received, share)

    def part_of(self, qty: int) -> Money:
        """What so many pieces cost at the lot's own rate, more than it has among them."""
        return Money(whole(Decimal(self.cost.paise * qty) / self.qty))

    def less(self, part: Part) -> Holding:
        """What stays."""
        return Holding(
            self.qty - part.qty,
            self.cost - part.cost,
            self.received - part.received,
            self.input_tax + -part.input_tax,
        )


def _share(amount: Money, qty: int, of: int) -> Money:
    return amount if qty >= of else Money(whole(Decimal(amount.paise * qty) / of))


@dataclass(frozen=True, slots=True)
class StockPaper:
    """What all of them have. `said` and `of` are a kind's own facts on disk and back again."""

    kind: ClassVar[Kind]
    head: Head
    goods: tuple[StockLine, ...]
    reason: str

    @property
    def totals(self) -> Totals:
        """What the goods are worth that it moved, at cost."""
        came = total(line.cost for line in self.goods if line.end)
        left = total(line.cost for line in self.goods if line.start)
        return Totals(total=max(came, left))

    @property
    def moves(self) -> tuple[Move, ...]:
        return tuple(move for line in self.goods if (move := line.move))

    @property
    def relabels(self) -> tuple[Relabel, ...]:
        """Lots that are called otherwise from now on."""
        return ()

    def legs(self) -> tuple[Entry, ...]:
        """What the ledger has of it: nothing where goods and cost stay ours."""
        return ()

    def said(self) -> dict[str, Any]:
        return {"reason": self.reason}

    @classmethod
    def of(cls, head: Head, goods: tuple[StockLine, ...], said: Said) -> StockPaper:
        """Raises LookupError, TypeError or ValueError for what no such paper says."""
        return cls(head, goods, said.get("reason", ""))

    def whole(self) -> bool:
        """Whether the lines agree with each other, as `verify` asks."""
        return True


class _LotToLot(StockPaper):
    """Pieces that change their lot where they lie: nothing comes, goes, or is worth otherwise."""

    __slots__ = ()

    def whole(self) -> bool:
        return _sums(self.goods, "start") == _sums(self.goods, "end")


@dataclass(frozen=True, slots=True)
class LotCorrection(_LotToLot):
    """What was typed wrongly of a lot, and what is right (product rule 15).

    Where the right one is another lot already, its pieces move there; else the lot is relabelled.
    """

    kind: ClassVar = Kind.LOT_CORRECTION
    lot_id: int
    was: Marking
    now: Marking

    @property
    def relabels(self) -> tuple[Relabel, ...]:
        return () if self.moves else (Relabel(self.lot_id, self.was, self.now),)

    def said(self) -> dict[str, Any]:
        marks = {"was": marking_said(self.was), "now": marking_said(self.now)}
        return {"reason": self.reason, "lot": self.lot_id, **marks}

    @classmethod
    def of(cls, head: Head, goods: tuple[StockLine, ...], said: Said) -> LotCorrection:
        was, now = marking_of(said["was"]), marking_of(said["now"])
        return cls(head, goods, said.get("reason", ""), said["lot"], was, now)


@dataclass(frozen=True, slots=True)
class Restickering(_LotToLot):
    """Pieces that get stickers with another MRP, and so belong to another lot (product rule 15)."""

    kind: ClassVar = Kind.RESTICKERING

    @property
    def stickers(self) -> tuple[StockLine, ...]:
        """The lines that stickers are printed of: item, batch, MRP, expiry, so many of each."""
        return tuple(line for line in self.goods if line.end)


@dataclass(frozen=True, slots=True)
class Swap(StockPaper):
    """Another batch went to the shop than was billed, or came back from it (product rule 38).

    `line` is the bill's own line; what one batch costs more than the other is cost of goods.
    `acts_on` are the bill and, of goods that came back, the note and the swaps that it follows.
    """

    kind: ClassVar = Kind.SWAP
    bill: UUID
    bill_number: str
    line: int
    acts_on: tuple[UUID, ...]

    def legs(self) -> tuple[Entry, ...]:
        came = total(one.cost for one in self.goods if one.end)
        left = total(one.cost for one in self.goods if one.start)
        return (Entry("cost_of_goods", left - came), Entry("stock", came - left))

    def said(self) -> dict[str, Any]:
        return {
            "reason": self.reason,
            "bill": self.bill.hex,
            "bill_number": self.bill_number,
            "line": self.line,
            "acts_on": [each.hex for each in self.acts_on],
        }

    @classmethod
    def of(cls, head: Head, goods: tuple[StockLine, ...], said: Said) -> Swap:
        acts_on = tuple(map(UUID, said["acts_on"]))
        bill, number = UUID(said["bill"]), said["bill_number"]
        return cls(head, goods, said.get("reason", ""), bill, number, said["line"], acts_on)

    def whole(self) -> bool:
        """As many pieces come as go, of one item at one MRP."""
        came = sum(one.qty for one in self.goods if one.end)
        left = sum(one.qty for one in self.goods if one.start)
        kinds = {(one.item_id, one.mrp) for one in self.goods}
        return came == left and len(kinds) == 1 and self.bill in self.acts_on


_HERE: Mapping[Kind, type[StockPaper]] = {
    each.kind: each for each in (LotCorrection, Restickering, Swap)
}
_OF_GODOWN = (
    Kind.TRANSFER,
    Kind.TRANSFER_RECEIPT,
    Kind.ADJUSTMENT,
    Kind.BUCKET_MOVE,
    Kind.STOCK_COUNT,
    Kind.EXPIRY_MOVE,
    Kind.VAN_UNLOAD,
)


def _of_godown(kind: Kind) -> type[StockPaper]:
    """Raises KeyError for a kind that is none."""
    match kind:
        case Kind.TRANSFER | Kind.TRANSFER_RECEIPT:
            from dms_desktop.domain.transfer import Transfer, TransferReceipt

            return Transfer if kind is Kind.TRANSFER else TransferReceipt
        case Kind.ADJUSTMENT | Kind.BUCKET_MOVE:
            from dms_desktop.domain.adjustment import Adjustment, BucketMove

            return Adjustment if kind is Kind.ADJUSTMENT else BucketMove
        case Kind.STOCK_COUNT:
            from dms_desktop.domain.counting import StockCount

            return StockCount
        case Kind.EXPIRY_MOVE:
            from dms_desktop.domain.expiry import ExpiryMove

            return ExpiryMove
        case Kind.VAN_UNLOAD:
            from dms_desktop.domain.van import VanUnload

            return VanUnload
        case _:
            raise KeyError(kind)


class _Papers(Mapping[Kind, type[StockPaper]]):
    """By kind; those of the godown are loaded when the first of them is wanted: no start waits."""

    def __getitem__(self, kind: Kind) -> type[StockPaper]:
        return _HERE.get(kind) or _of_godown(Kind(kind))

    def __contains__(self, kind: object) -> bool:
        return kind in _HERE or kind in _OF_GODOWN

    def __iter__(self) -> Iterator[Kind]:
        yield from (*_HERE, *_OF_GODOWN)

    def __len__(self) -> int:
        return len(_HERE) + len(_OF_GODOWN)


STOCK_PAPERS: Mapping[Kind, type[StockPaper]] = _Papers()


def stock_effect(paper: StockPaper) -> Effect:
    """What any of them does, from its lines alone."""
    return Effect(that_count(paper.legs()), paper.moves, paper.relabels)


def lot_to_lot(
    out: Sequence[tuple[StockLine, Spot]], into: StockLine, held: Holding
) -> tuple[StockLine, ...]:
    """Two lines for each spot: the pieces leave their lot, and come to the other where they lie.

    `out` says which pieces lie where; `into` is the other lot, `held` all of the first.
    """
    lines: list[StockLine] = []
    for one, spot in out:
        part = held.part(one.qty)
        held = held.less(part)
        shared = (part.qty, part.cost, part.received, part.input_tax)
        lines += (_line(one, spot, None, -1, *shared), _line(into, None, spot, 1, *shared))
    return tuple(lines)


def _line(
    of: StockLine, start: Spot | None, end: Spot | None, sign: int, qty: int, cost: Money,
    received: int, tax: Gst,
) -> StockLine:  # fmt: skip
    return StockLine(
        of.item_id, of.lot_id, of.code, of.name, of.hsn, of.uqc, of.batch, of.expiry, of.mrp, qty,
        start, end, cost, sign * received, tax if sign > 0 else -tax,
    )  # fmt: skip


def _sums(goods: Sequence[StockLine], side: str) -> dict[tuple[int, Spot], tuple[int, ...]]:
    """By item and spot what leaves or comes: pieces, paise, pieces with input tax, that tax."""
    found: dict[tuple[int, Spot], tuple[int, ...]] = {}
    for line in goods:
        spot: Spot | None = getattr(line, side)
        if spot is not None:
            sign, tax = -1 if side == "start" else 1, line.input_tax
            heads = (tax.cgst, tax.sgst, tax.igst, tax.cess)
            parts = (
                line.qty, line.cost.paise, sign * line.received,
                *(sign * head.paise for head in heads),
            )  # fmt: skip
            key = (line.item_id, spot)
            before = found.get(key, (0,) * len(parts))
            found[key] = tuple(a + b for a, b in zip(before, parts, strict=True))
    return found


def marking_said(marking: Marking) -> list[Any]:
    """As it lies on disk: batch, paise of MRP, expiry, packed."""
    days = (day.isoformat() if day else "" for day in (marking.expiry, marking.packed))
    return [marking.batch, marking.mrp.paise, *days]


def marking_of(said: Sequence[Any]) -> Marking:
    """Raises ValueError or TypeError for what is none."""
    batch, mrp, *days = said
    expiry, packed = (date.fromisoformat(day) if day else None for day in days)
    return Marking(batch, Money(mrp), expiry, packed)
