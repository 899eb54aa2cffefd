"""The supplier's credit note: what it settles of our claims, and the input credit it reverses.

Product rules 21 and 27. A later discount of his is income and never re-costs a lot. What he
refuses is lost; input tax on goods that he keeps unpaid is given up with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from dms_desktop.domain.documents import Entry, Head, Settled
from dms_desktop.domain.effect import Effect, that_count
from dms_desktop.domain.goods_line import GoodsLine, Kind, Totals
from dms_desktop.domain.money import ZERO, Money, total
from dms_desktop.domain.purchase_facts import gst_total
from dms_desktop.domain.supplier_rows import (
    by_head,
    settled_of,
    settled_said,
    tax_of,
    tax_said,
)
from dms_desktop.domain.tax import Gst
from dms_desktop.domain.trade_papers import Said, TradePaper


class ClaimKind(StrEnum):
    """What is asked of a supplier for a line; the word stands on disk."""

    SHORT = "short"
    DAMAGED = "damaged"
    RETURNED = "returned"


class Against(StrEnum):
    """What his note is given against; the word stands on disk and on the wire."""

    RETURN = "return"
    SHORT = "short"
    DAMAGED = "damaged"
    RATE = "rate"
    DISCOUNT = "discount"
    PRICE_DROP = "price_drop"
    OTHER = "other"

    @property
    def claims(self) -> ClaimKind | None:
        """The claims that such a note answers."""
        return _ANSWERED.get(self)


_ANSWERED = {
    Against.RETURN: ClaimKind.RETURNED,
    Against.SHORT: ClaimKind.SHORT,
    Against.DAMAGED: ClaimKind.DAMAGED,
}
_DUE_FROM = {ClaimKind.SHORT: "claims_receivable", ClaimKind.RETURNED: "sent_back"}
_LOST_IN = {ClaimKind.SHORT: "goods_lost", ClaimKind.RETURNED: "goods_damaged"}


@dataclass(frozen=True, slots=True)
class CreditRate:
    """What the note prints for one rate of tax."""

    gst: Decimal
    taxable: Money
    tax: Gst = field(default_factory=Gst)


@dataclass(frozen=True, slots=True)
class Answer:
    """So much of a claim he accepts and so much he refuses; `given_up` is the input tax of goods
    that are with him and will not be paid."""

    line: int
    what: ClaimKind
    accepted: Money = ZERO
    refused: Money = ZERO
    given_up: Gst = field(default_factory=Gst)


@dataclass(frozen=True, slots=True)
class Letter:
    """His own paper. `gst`: under section 34; else a commercial note, whose tax is no matter."""

    number: str
    day: date
    irn: str = ""
    gst: bool = True


@dataclass(frozen=True, slots=True)
class SupplierCredit(TradePaper):
    """It has no lines of goods: `rates` are what it prints. `reverses`: credit was taken on what
    it takes back. A refusal alone comes to nothing and settles nothing."""

    kind: ClassVar = Kind.SUPPLIER_CREDIT
    letter: Letter
    against: Against
    reverses: bool
    rates: tuple[CreditRate, ...] = ()
    answers: tuple[Answer, ...] = ()
    taken: tuple[Settled, ...] = ()
    reason: str = ""

    @property
    def number(self) -> str:
        return self.letter.number

    @property
    def settles(self) -> tuple[Settled, ...]:
        return tuple(Settled(one.bill, -one.amount) for one in self.taken)

    @property
    def owed(self) -> Money:
        return self.totals.total - total(one.amount for one in self.taken)

    @property
    def worth(self) -> Money:
        """What it is worth to us, the reversed credit taken off."""
        tax = ZERO if self.reverses else self.totals.tax.total
        return self.totals.taxable + tax

    def done(self) -> Effect:
        assert self.head.party is not None
        accepted = total(each.accepted for each in self.answers)
        given_up = gst_total(each.given_up for each in self.answers)
        reversed_ = self.totals.tax if self.reverses else Gst()
        earned = "goods_damaged" if self.against is Against.DAMAGED else "claims_income"
        due, lost = _DUE_FROM.get(self._what), _LOST_IN.get(self._what)
        refused = total(each.refused for each in self.answers) if lost else ZERO
        legs = [
            Entry("creditors", self.totals.total, self.head.party.id),
            Entry("round_off", -self.totals.round_off),
            *by_head("input", -(reversed_ + given_up)),
            Entry(earned, (accepted if due else ZERO) - self.worth),
        ]
        if due and lost:
            legs.append(Entry(due, -(accepted + refused)))
            legs.append(Entry(lost, refused + given_up.total))
        return Effect(that_count(legs))

    @property
    def _what(self) -> ClaimKind:
        return self.against.claims or ClaimKind.DAMAGED

    def said(self) -> dict[str, Any]:
        letter = self.letter
        return {
            "letter": [letter.number, letter.day.isoformat(), letter.irn, int(letter.gst)],
            "against": self.against.value,
            "reverses": int(self.reverses),
            "rates": [
                [int(each.gst.scaleb(4)), each.taxable.paise, *tax_said(each.tax)]
                for each in self.rates
            ],
            "answers": [
                [
                    each.line, each.what.value, each.accepted.paise, each.refused.paise,
                    *tax_said(each.given_up),
                ]
                for each in self.answers
            ],
            "settles": settled_said(self.settles),
            "reason": self.reason,
        }  # fmt: skip

    @classmethod
    def of(
        cls, head: Head, lines: tuple[GoodsLine, ...], totals: Totals, said: Said
    ) -> SupplierCredit:
        if lines:
            raise ValueError("a supplier's note has no lines of goods")
        number, day, irn, gst = said["letter"]
        taken = tuple(Settled(one.bill, -one.amount) for one in settled_of(said))
        return cls(
            head,
            (),
            totals,
            Letter(number, date.fromisoformat(day), irn, bool(gst)),
            Against(said["against"]),
            bool(said.get("reverses")),
            tuple(_rate(row) for row in said.get("rates", ())),
            tuple(_answer(row) for row in said.get("answers", ())),
            taken,
            said.get("reason", ""),
        )

    def whole(self) -> bool:
        sums, what = self.totals, self.against.claims
        accepted = total(each.accepted for each in self.answers)
        figures = [each.accepted for each in self.answers] + [each.refused for each in self.answers]
        return (
            sums.taxable == total(each.taxable for each in self.rates)
            and sums.tax == gst_total(each.tax for each in self.rates)
            and sums.taxable + sums.tax.total + sums.round_off == sums.total
            and accepted <= self.worth
            and total(one.amount for one in self.taken) <= sums.total
            and all(each.what is what for each in self.answers)
            and all(figure >= ZERO for figure in figures)
        )


def _rate(row: Sequence[int]) -> CreditRate:
    gst, taxable, *tax = row
    return CreditRate(Decimal(gst).scaleb(-4), Money(taxable), tax_of(tax))


def _answer(row: Sequence[Any]) -> Answer:
    line, what, accepted, refused, *tax = row
    return Answer(line, ClaimKind(what), Money(accepted), Money(refused), tax_of(tax))
