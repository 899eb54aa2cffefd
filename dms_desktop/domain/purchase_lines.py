"""One line of a purchase: its value, its discounts in cascade, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dms_desktop.domain.calendar import expiry_after
from dms_desktop.domain.goods_line import Adjustment, GoodsLine, Kind
from dms_desktop.domain.money import ZERO, Money, Rate
from dms_desktop.domain.pricing import COLUMNS
from dms_desktop.domain.purchase_draft import BoughtItem, KnownLot, PurchaseAsk, PurchaseDraft
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.tax import TaxRate, gst, without_tax
from dms_desktop.domain.units import MOST

_LOTLESS = (Kind.PURCHASE_ORDER, Kind.GOODS_IN_TRANSIT)


def last_day(ask: PurchaseAsk, item: BoughtItem) -> date | None:
    """The expiry that is printed, else so many months after packing as the item keeps."""
    if ask.expiry or not ask.packed or not item.shelf_months or not item.keep_batch:
        return ask.expiry if item.keep_batch else None
    return expiry_after(ask.packed, item.shelf_months)


def lot_of(ask: PurchaseAsk, item: BoughtItem) -> tuple[str, Money, date | None]:
    """What makes its lot: an item that keeps no batches has one for each MRP (product rule 14)."""
    batch = ask.batch.strip() if item.keep_batch else ""
    return batch, ask.mrp if ask.mrp is not None else item.mrp, last_day(ask, item)


def known_lot(ask: PurchaseAsk, item: BoughtItem) -> KnownLot | None:
    if not item.lots:
        return None
    batch, mrp, expiry = lot_of(ask, item)
    for lot in item.lots:
        if (lot.batch, lot.mrp, lot.expiry) == (batch, mrp, expiry):
            return lot
    return None


def rate_of(ask: PurchaseAsk, item: BoughtItem) -> TaxRate | None:
    """The item's rate, or the one that the invoice prints instead."""
    if ask.gst is None or (item.rate and item.rate.gst == ask.gst):
        return item.rate
    return TaxRate(ask.gst)


def drawn(
    row: int, ask: PurchaseAsk, item: BoughtItem, tax_rate: TaxRate, *, interstate: bool,
    charged: bool,
) -> GoodsLine:  # fmt: skip
    """The line as the invoice should say it, with its tax computed; no lot is made yet."""
    batch, mrp, expiry = lot_of(ask, item)
    known = known_lot(ask, item)
    rate = ask.rate or Rate(ZERO)
    amount = rate.times(ask.qty)
    if ask.inclusive and charged:
        amount = without_tax(amount, tax_rate, ask.qty, mrp)
    off = cascade(ask, amount)
    taxable = amount - Money(sum(each.amount.paise for each in off))
    tax = gst(
        taxable, tax_rate if charged else _UNTAXED, ask.qty, interstate=interstate,
        retail_price=mrp,
    )  # fmt: skip
    return GoodsLine(
        item.id, known.id if known else None, item.code, item.name, item.hsn, item.uqc, batch,
        expiry, mrp, ask.qty, ask.free, rate, amount, off, taxable, tax_rate, tax,
        cost=taxable, principal_id=item.principal_id, inclusive=ask.inclusive, case=item.case,
        inner=item.inner, source_line=ask.source_line, ask=row,
    )  # fmt: skip


_UNTAXED = TaxRate(Decimal(0))


def cascade(ask: PurchaseAsk, amount: Money) -> tuple[Adjustment, ...]:
    """Up to four columns, each on what the one before left."""
    taken: list[Adjustment] = []
    rest = amount
    for kind, each in zip(COLUMNS, ask.discounts, strict=False):
        if isinstance(each, Decimal):
            off = Adjustment(kind, rest.percent(each), each)
        else:
            off = Adjustment(kind, each or ZERO)
        if off.amount:
            taken.append(off)
            rest -= off.amount
    return tuple(taken)


def faults(row: int, ask: PurchaseAsk, item: BoughtItem, draft: PurchaseDraft) -> Iterator[Problem]:
    """All that stops this line."""

    def wrong(reason: Reason, **facts: object) -> Problem:
        return Problem(reason, row, {"item": item.name, "code": item.code, **facts})

    if not item.active:
        yield wrong(Reason.INACTIVE)
    pieces = (ask.qty, ask.free, ask.came, ask.damaged, ask.excess)
    if not any(pieces) or min(pieces) < 0 or max(pieces) > MOST:
        yield Problem(Reason.BAD_QUANTITY, row, {"text": str(ask.qty)})
        return
    if ask.came > ask.pieces:
        facts = {"have": ask.came, "most": ask.pieces}
        yield wrong(Reason.CAME_TOO_MANY, **facts, next=ask.came - ask.pieces)
    if ask.damaged > ask.came:
        yield wrong(Reason.DAMAGED_TOO_MANY, have=ask.came, next=ask.damaged)
    usual = draft.kind is Kind.PROVISIONAL_RECEIPT or (
        draft.kind is Kind.PURCHASE_ORDER and item.last is not None
    )
    if ask.qty and ask.rate is None and not usual:
        yield Problem(Reason.MISSING, row, {"field": "rate"})
    if rate_of(ask, item) is None:
        yield wrong(Reason.NO_TAX_RATE)
    for name, amount in _negative(ask):
        yield Problem(Reason.BAD_FIGURE, row, {"field": name, "value": str(amount)})
    if draft.kind not in _LOTLESS and ask.came:
        yield from _lot_faults(row, ask, item, draft)


def _negative(ask: PurchaseAsk) -> Iterator[tuple[str, Money]]:
    if ask.rate and ask.rate.amount.paise < 0:
        yield "rate", ask.rate.amount
    if ask.mrp and ask.mrp.paise < 0:
        yield "mrp", ask.mrp
    for off in ask.discounts:
        if isinstance(off, Money) and off.paise < 0:
            yield "discounts", off


def _lot_faults(
    row: int, ask: PurchaseAsk, item: BoughtItem, draft: PurchaseDraft
) -> Iterator[Problem]:
    batch, mrp, expiry = lot_of(ask, item)
    named = {"item": item.name, "batch": batch}
    if item.keep_batch and not batch:
        yield Problem(Reason.MISSING, row, {"field": "batch"})
        return
    if expiry and ask.packed and expiry < ask.packed:
        facts = {**named, "expiry": expiry, "packed": ask.packed}
        yield Problem(Reason.EXPIRY_BEFORE_PACKED, row, facts)
    elif expiry and expiry < draft.day and not ask.as_expired:
        yield Problem(Reason.CAME_EXPIRED, row, {**named, "expiry": expiry})
    twins = [lot for lot in item.lots if lot.batch == batch]
    if batch and twins and known_lot(ask, item) is None and not ask.second_lot:
        other = twins[-1]
        facts = {**named, "mrp": other.mrp, "expiry": other.expiry, "next_mrp": mrp}
        reason = Reason.BATCH_OTHER_MRP if other.mrp != mrp else Reason.BATCH_OTHER_EXPIRY
        yield Problem(reason, row, {**facts, "next_expiry": expiry})
