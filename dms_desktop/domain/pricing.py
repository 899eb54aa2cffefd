"""The price of one row: which rate, which discounts in which order, and the reason for each."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from dms_desktop.domain.draft import Ask
from dms_desktop.domain.facts import Item, ListPrice, Lot
from dms_desktop.domain.goods_line import Adjustment
from dms_desktop.domain.money import Money, Rate, total
from dms_desktop.domain.tax import TaxRate, without_tax

TYPED, PROMISED = "typed", "promised"  # where a rate comes from, as a line keeps it
COLUMNS = ("trade", "special", "third", "fourth")  # product rule 5: each on the rest


class Quote(NamedTuple):
    """The rate that a lot goes at, before discounts."""

    rate: Rate
    inclusive: bool
    net: bool
    why: tuple[str, ...]


def quote(ask: Ask, item: Item, lot: Lot) -> Quote | None:
    """The row's own rate, else the party's list, else the lot's PTR; None where there is no price.

    A fixed list rate is tied to one MRP: on another it is passed over, and so is a part of a PTR
    that the lot has not; the line says so (product rule 6).
    """
    if ask.rate is not None:
        return Quote(ask.rate, ask.inclusive, ask.net, (PROMISED if ask.promised else TYPED,))
    passed: tuple[str, ...] = ()
    for price in item.prices:
        if price.mrp is not None and price.mrp != lot.mrp:
            passed = (*passed, f"list_other_mrp:{price.list_name}:{price.mrp}")
        elif price.percent_of_ptr is not None and lot.ptr is None:
            passed = (*passed, f"list_no_ptr:{price.list_name}")
        elif rate := _list_rate(price, lot):
            return Quote(rate, price.inclusive, price.net, (*passed, f"list:{price.list_name}"))
    if lot.ptr is not None:
        return Quote(lot.ptr, False, ask.net, (*passed, "ptr"))
    return None


def _list_rate(price: ListPrice, lot: Lot) -> Rate | None:
    if price.rate is not None:
        return price.rate
    if price.percent_of_ptr is not None and lot.ptr is not None:
        return lot.ptr.scaled(price.percent_of_ptr)
    if price.percent_of_mrp is not None and lot.mrp:
        return Rate(lot.mrp).scaled(price.percent_of_mrp)
    return None


def gross(quoted: Quote, qty: int, inside: TaxRate | None, mrp: Money) -> Money:
    """Quantity times rate, made ex-tax from the whole inclusive amount, never from a unit rate.

    `inside` is the tax that an inclusive rate holds: None where the seller may collect none.
    """
    amount = quoted.rate.times(qty)
    return without_tax(amount, inside, qty, mrp) if quoted.inclusive and inside else amount


def discounts(ask: Ask, item: Item, quoted: Quote, value: Money) -> tuple[Adjustment, ...]:
    """The row's own discounts in their order, each a sum in paise on what the last one left.

    A net rate takes none from the party's terms; what the clerk typed himself still counts.
    """
    taken: list[Adjustment] = []
    for kind, percent, source in _percents(ask, item, quoted):
        rest = value - total(adjustment.amount for adjustment in taken)
        taken.append(Adjustment(kind, rest.percent(percent), percent, source))
    if ask.off:
        taken.append(Adjustment("line", ask.off))
    return tuple(adjustment for adjustment in taken if adjustment.amount)


def _percents(ask: Ask, item: Item, quoted: Quote) -> list[tuple[str, Decimal, str]]:
    if ask.discounts is not None:
        typed = zip(COLUMNS, ask.discounts, strict=False)
        return [(kind, percent, "typed") for kind, percent in typed if percent]
    if quoted.net:
        return []
    terms = (("trade", item.trade_discount), ("special", item.special_discount))
    return [(kind, percent, "terms") for kind, percent in terms if percent]
