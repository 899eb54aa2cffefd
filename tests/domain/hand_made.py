"""Items, lots, shops and ourselves made by hand, for the tests of pricing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from dms_desktop.domain.billing import Priced, price
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.facts import Facts, Item, Lot, Party, Seller
from dms_desktop.domain.goods_line import GoodsLine
from dms_desktop.domain.money import rate, rupees
from dms_desktop.domain.refusals import Reason
from dms_desktop.domain.tax import Basis, GstType, TaxRate

DAY = date(2026, 11, 21)
US = Seller(1, 1, "27", "27AAPFU0939F1ZV")
SHOP = Party(1, "SHARMA", "Sharma Stores", "27", "27AABCS1429B1ZU", GstType.REGULAR)
SMALL = Party(2, "LAXMI", "Laxmi Provision", "27")  # unregistered
EXEMPT = TaxRate(Decimal(0), basis=Basis.EXEMPT)


def lot(
    key: int = 1,
    qty: int = 100,
    *,
    mrp: str = "40",
    ptr: str | None = "30",
    expiry: date | None = None,
    batch: str | None = None,
    blocked: bool = False,
    cost: str = "0",
) -> Lot:
    """One lot in the main godown, all of it there; `cost` is what all its pieces cost."""
    return Lot(
        key,
        f"B{key}" if batch is None else batch,
        rupees(mrp),
        expiry,
        qty,
        rate(ptr) if ptr is not None else None,
        blocked,
        qty,
        rupees(cost),
    )


def item(key: int, *lots: Lot, gst: str | TaxRate = "18", **facts: Any) -> Item:
    tax = gst if isinstance(gst, TaxRate) else TaxRate(Decimal(gst))
    said: dict[str, Any] = {"hsn": "34011190", "principal_id": 1, "rates": (tax,), **facts}
    return Item(key, f"I{key}", f"Item {key}", lots=lots, **said)


def facts(*items: Item, party: Party = SHOP, seller: Seller = US, **more: Any) -> Facts:
    return Facts(seller, party, {one.id: one for one in items}, **more)


def draft(*asks: Ask, **said: Any) -> Draft:
    return Draft(UUID(int=1), DAY, **{"party": 1, "asks": asks, **said})


def bill(known: Facts, *asks: Ask, **said: Any) -> Priced:
    """What a bill of these rows comes to."""
    return price(draft(*asks, **said), known)


def reasons(priced: Priced) -> set[Reason]:
    return {problem.reason for problem in priced.problems}


def shelf(lines: Iterable[GoodsLine]) -> list[tuple[str, int, int]]:
    """Batch, billed and free of each line."""
    return [(line.batch, line.qty, line.free_qty) for line in lines]
