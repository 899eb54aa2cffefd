"""The settlement of a trip: what went out against what came home, to nil or a named difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar
from uuid import UUID

from dms_desktop.domain.documents import Entry, Head, Settled
from dms_desktop.domain.effect import Effect, that_count
from dms_desktop.domain.goods_line import GoodsLine, Kind, Totals
from dms_desktop.domain.money import ZERO, Money, total
from dms_desktop.domain.trade_papers import Said, TradePaper


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken at the door on one bill, and what was let off there."""

    cash: Money = ZERO
    upi: Money = ZERO
    cheque: Money = ZERO
    discount: Money = ZERO
    upi_ref: str = ""
    cheque_no: str = ""

    @property
    def money(self) -> Money:
        return self.cash + self.upi + self.cheque

    @property
    def all(self) -> Money:
        return self.money + self.discount


NOTHING = Taken()


@dataclass(frozen=True, slots=True)
class Due:
    """A bill as it stands when its trip is settled.

    `open` is what it still has open; `back` what a note of this trip credited; `reload`: it went
    home again whole, to go out with the next trip. `out`: whether this trip took it, else it is
    an old due that was collected on the way.
    """

    bill: UUID
    number: str
    party: int  # 0 for a walk-in
    total: Money
    open: Money
    back: Money = ZERO
    reload: bool = False
    out: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    """Rule 36: the first two against all the others, and `difference`, above nil where short."""

    out: Money = ZERO
    dues: Money = ZERO
    cash: Money = ZERO
    cheques: Money = ZERO
    upi: Money = ZERO
    left: Money = ZERO
    back: Money = ZERO
    discount: Money = ZERO
    expenses: Money = ZERO
    paid: Money = ZERO  # elsewhere than on this trip: at the counter, by an earlier receipt

    @property
    def difference(self) -> Money:
        came = self.cash + self.cheques + self.upi + self.discount + self.expenses
        return self.out + self.dues - came - self.left - self.back - self.paid

    def said(self) -> list[int]:
        return [getattr(self, each.name).paise for each in fields(self)]

    @classmethod
    def of(cls, said: Sequence[int]) -> Figures:
        """Raises TypeError for what is none."""
        return cls(*map(Money, said))


_SUMMED = ("out", "dues", "cheques", "upi", "left", "back", "discount", "paid")


def reckon(
    dues: Iterable[Due], taken: Mapping[UUID, Taken], cash: Money, expenses: Money
) -> Figures:
    """`cash` is what was handed in. What a bill has open, less what was taken on it, is left on
    credit; of one that goes out again all of that is back."""
    sums = dict.fromkeys(_SUMMED, ZERO)
    for due in dues:
        one = taken.get(due.bill, NOTHING)
        sums["cheques"] += one.cheque
        sums["upi"] += one.upi
        sums["discount"] += one.discount
        if not due.out:
            sums["dues"] += one.all
            continue
        rest = due.open - one.all
        sums["out"] += due.total
        sums["paid"] += due.total - due.back - due.open
        sums["back"] += due.back + (rest if due.reload else ZERO)
        sums["left"] += ZERO if due.reload else rest
    return Figures(cash=cash, expenses=expenses, **sums)


@dataclass(frozen=True, slots=True)
class DoorDiscount:
    """Let off at the door: no GST, since it is no credit note (product rule 39)."""

    bill: UUID
    party: int  # 0 for a walk-in
    amount: Money


@dataclass(frozen=True, slots=True)
class TripSettlement(TradePaper):
    """All of a trip that is no receipt: discounts, expenses, and the difference in money.

    The receipts of `receipts` are posted with it, and go with it when it is cancelled. `man` is
    the key of who answers for the difference, 0 where there is none.
    """

    kind: ClassVar = Kind.TRIP_SETTLEMENT
    trip: UUID
    trip_number: str
    man: int
    man_name: str
    figures: Figures
    discounts: tuple[DoorDiscount, ...] = ()
    receipts: tuple[UUID, ...] = ()

    @property
    def settles(self) -> tuple[Settled, ...]:
        return tuple(Settled(one.bill, one.amount) for one in self.discounts)

    def said(self) -> dict[str, Any]:
        return {
            "trip": self.trip.hex,
            "trip_number": self.trip_number,
            "man": self.man,
            "man_name": self.man_name,
            "figures": self.figures.said(),
            "discounts": [[one.bill.hex, one.party, one.amount.paise] for one in self.discounts],
            "settles": [[one.bill.hex, one.amount.paise] for one in self.settles],
            "receipts": [uid.hex for uid in self.receipts],
        }

    @classmethod
    def of(
        cls, head: Head, lines: tuple[GoodsLine, ...], totals: Totals, said: Said
    ) -> TripSettlement:
        return cls(
            head,
            lines,
            totals,
            UUID(said["trip"]),
            said["trip_number"],
            said.get("man", 0),
            said.get("man_name", ""),
            Figures.of(said["figures"]),
            tuple(
                DoorDiscount(UUID(bill), party, Money(paise))
                for bill, party, paise in said.get("discounts", ())
            ),
            tuple(map(UUID, said.get("receipts", ()))),
        )

    def whole(self) -> bool:
        given = total(one.amount for one in self.discounts)
        named = bool(self.man) or not self.figures.difference
        return not self.lines and named and given == self.figures.discount and self._summed()

    def _summed(self) -> bool:
        return self.totals == Totals(total=worth(self.figures))

    def done(self) -> Effect:
        """The receipts brought all cash that was taken: what was spent or lacks leaves it again."""
        figures, short = self.figures, self.figures.difference
        legs = (
            Entry("discount_allowed", figures.discount),
            Entry("vehicle", figures.expenses),
            Entry("staff_dues", short),
            Entry("cash", -(figures.expenses + short)),
            *(
                Entry("debtors", -one.amount, one.party)
                if one.party
                else Entry("walk_ins", -one.amount)
                for one in self.discounts
            ),
        )
        return Effect(that_count(legs))


def worth(figures: Figures) -> Money:
    """The total that the paper bears: what went out and what was collected besides."""
    return figures.out + figures.dues
