"""Papers that price goods with a party, beside those of the counter: notes, receipts of goods.

A further kind is a word in `Kind`, a class and its line in `trade_paper`; posting, reading back,
cancelling and proving go by that.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from dms_desktop.domain.documents import Head, Settled
from dms_desktop.domain.effect import Effect
from dms_desktop.domain.goods_line import GoodsLine, Kind, Totals
from dms_desktop.domain.money import ZERO, Money

Said = Mapping[str, Any]

PURCHASES = frozenset(
    {Kind.PURCHASE_ORDER, Kind.GOODS_RECEIPT, Kind.PROVISIONAL_RECEIPT, Kind.GOODS_IN_TRANSIT}
)
# What goes back to a supplier and what he answers; claims are kept beside these and receipts.
SUPPLIERS = frozenset({Kind.SUPPLIER_RETURN, Kind.RETURN_INVOICE, Kind.SUPPLIER_CREDIT})
CLAIMING = SUPPLIERS | {Kind.GOODS_RECEIPT}


@dataclass(frozen=True, slots=True)
class TradePaper(ABC):
    """What all of them have. `said` and `of` are a kind's own facts on disk and back again."""

    kind: ClassVar[Kind]
    head: Head
    lines: tuple[GoodsLine, ...]
    totals: Totals

    @abstractmethod
    def done(self) -> Effect:
        """What it does to ledger and goods, from nothing but itself."""

    @abstractmethod
    def said(self) -> dict[str, Any]: ...

    @classmethod
    @abstractmethod
    def of(cls, head: Head, lines: tuple[GoodsLine, ...], totals: Totals, said: Said) -> TradePaper:
        """Raises LookupError, TypeError or ValueError for what no such paper says."""

    @property
    def number(self) -> str:
        """What another's first paper calls it, empty for what we wrote first ourselves."""
        return ""

    @property
    def settles(self) -> tuple[Settled, ...]:
        """What it takes off items that are open."""
        return ()

    @property
    def owed(self) -> Money:
        """What stays open of it; below nil where it is we who owe."""
        return ZERO

    @property
    def credits(self) -> bool:
        """Whether its lines give back lines of bills, and count against what was sold."""
        return False

    def whole(self) -> bool:
        """Whether its figures agree with each other, as `verify` asks."""
        return True


def trade_paper(kind: Kind) -> type[TradePaper] | None:
    """The class of a kind, loaded when it is first wanted; None for any other kind."""
    match kind:
        case Kind.CREDIT_NOTE:
            from dms_desktop.domain.credit_note import CreditNote

            return CreditNote
        case _ if kind in PURCHASES:
            from dms_desktop.domain.purchases import purchase_paper

            return purchase_paper(kind)
        case Kind.SUPPLIER_CREDIT:
            from dms_desktop.domain.supplier_credit import SupplierCredit

            return SupplierCredit
        case Kind.SUPPLIER_RETURN | Kind.RETURN_INVOICE:
            from dms_desktop.domain.supplier_return import return_paper

            return return_paper(kind)
        case Kind.TRIP_SETTLEMENT:
            from dms_desktop.domain.settlement import TripSettlement

            return TripSettlement
        case _:
            return None
