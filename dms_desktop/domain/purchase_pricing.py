"""What a purchase comes to: the tax as printed, the invoice's own total to the paisa (rule 24)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from dms_desktop.domain.goods_line import Bucket, GoodsLine, Kind, Totals
from dms_desktop.domain.money import ZERO, Money, Rate, share, total
from dms_desktop.domain.purchase_draft import (
    BoughtItem,
    PurchaseAsk,
    PurchaseDraft,
    PurchaseFacts,
)
from dms_desktop.domain.purchase_facts import Came, Charge, Credit, PurchaseLine, gst_total
from dms_desktop.domain.purchase_lines import drawn, faults, rate_of
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.tax import Gst, GstType, gst, is_interstate

_INVOICED = (Kind.GOODS_RECEIPT, Kind.GOODS_IN_TRANSIT)


@dataclass(frozen=True, slots=True)
class PricedPurchase:
    """`problems` stop it; `warnings` are only said before it is posted."""

    lines: tuple[GoodsLine, ...] = ()
    came: tuple[Came, ...] = ()
    charges: tuple[Charge, ...] = ()
    totals: Totals = field(default_factory=Totals)
    interstate: bool = False
    place_of_supply: str = ""
    credit: Credit = Credit.ELIGIBLE
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def price(draft: PurchaseDraft, facts: PurchaseFacts) -> PricedPurchase:
    """Lines, tax and totals, and everything that the clerk should hear of them."""
    problems = [*_head_faults(draft), *_line_faults(draft, facts)]
    supply = draft.place_of_supply or facts.seller.state
    across = _across(facts, supply)
    credit = _credit(draft, facts)
    if problems:
        return PricedPurchase(problems=tuple(problems), interstate=across, place_of_supply=supply)
    charged = credit is Credit.REVERSE or facts.party.gst_type not in _NOT_CHARGING
    lines = tuple(
        _line(row, ask, facts.items[ask.item_id], draft, across, charged)
        for row, ask in enumerate(draft.asks)
    )
    charges = tuple(_charge(each, across, charged) for each in draft.charges)
    lines, charges, differing = _as_printed(draft, lines, charges, facts.tolerance)
    came = tuple(_came(ask, facts.items[ask.item_id], draft) for ask in draft.asks)
    lines = _costed(draft, lines, came, credit)
    totals = _totals(draft, lines, charges, credit)
    differing += _difference(draft, totals)
    differing += [
        Problem(Reason.DISCOUNT_TOO_LARGE, row)
        for row, line in enumerate(lines)
        if line.taxable < ZERO
    ]
    if not charged and any(each.tax.total for each in draft.printed):
        differing.append(Problem(Reason.TAX_NOT_CHARGED, None, {"party": facts.party.name}))
    return PricedPurchase(
        lines, came, charges, totals, across, supply, credit, tuple(differing),
        tuple(_warnings(draft, facts, lines)),
    )  # fmt: skip


_NOT_CHARGING = (GstType.COMPOSITION, GstType.UNREGISTERED)


def _across(facts: PurchaseFacts, supply: str) -> bool:
    """Across a State border, seen from the supplier."""
    party = facts.party
    home = party.gstin[:2] or party.state
    return is_interstate(home, supply, party.gst_type)


def _credit(draft: PurchaseDraft, facts: PurchaseFacts) -> Credit:
    """A composition dealer takes no credit, nor is there any in what an unregistered one sells."""
    if facts.seller.gst_type is GstType.COMPOSITION and draft.credit is Credit.ELIGIBLE:
        return Credit.NONE
    if facts.party.gst_type in _NOT_CHARGING and draft.credit is Credit.ELIGIBLE:
        return Credit.NONE
    return draft.credit


def _head_faults(draft: PurchaseDraft) -> Iterator[Problem]:
    if not draft.asks:
        yield Problem(Reason.NO_LINES)
    if draft.kind not in _INVOICED:
        return
    for name, value in (("number", draft.number), ("invoice_day", draft.invoice_day)):
        if not value:
            yield Problem(Reason.MISSING, None, {"field": name})
    if draft.total is None:
        yield Problem(Reason.MISSING, None, {"field": "total"})
    if draft.invoice_day and draft.invoice_day > draft.day:
        facts = {"day": draft.invoice_day, "until": draft.day}
        yield Problem(Reason.INVOICE_AFTER_GOODS, None, facts)
    amounts = [draft.tcs, *(charge.amount for charge in draft.charges)]
    if any(amount < ZERO for amount in amounts):
        yield Problem(Reason.BAD_FIGURE, None, {"field": "charges", "value": str(min(amounts))})


def _line_faults(draft: PurchaseDraft, facts: PurchaseFacts) -> Iterator[Problem]:
    for row, ask in enumerate(draft.asks):
        item = facts.items.get(ask.item_id)
        if item is None:
            yield Problem(Reason.UNKNOWN_ITEM, row, {"code": str(ask.item_id)})
            continue
        yield from faults(row, ask, item, draft)
        if draft.kind is Kind.PROVISIONAL_RECEIPT and not (ask.rate or item.worth):
            yield Problem(Reason.NEVER_BOUGHT, row, {"item": item.name})


def _line(
    row: int, ask: PurchaseAsk, item: BoughtItem, draft: PurchaseDraft, across: bool, charged: bool
) -> GoodsLine:
    rate = rate_of(ask, item)
    assert rate is not None
    if draft.kind is Kind.PURCHASE_ORDER and ask.rate is None and item.last:
        ask = replace(ask, rate=item.last.net, discounts=(), inclusive=False)
    if draft.kind is not Kind.PROVISIONAL_RECEIPT:
        return drawn(row, ask, item, rate, interstate=across, charged=charged)
    worth = replace(ask, rate=ask.rate or item.worth, discounts=(), inclusive=False)
    line = drawn(row, worth, item, rate, interstate=across, charged=False)
    return replace(line, cost=line.taxable)


def _costed(
    draft: PurchaseDraft, lines: tuple[GoodsLine, ...], came: tuple[Came, ...], credit: Credit
) -> tuple[GoodsLine, ...]:
    """What each line's received pieces cost; an order, and goods on the way, cost nothing yet."""
    if draft.kind is Kind.PROVISIONAL_RECEIPT:
        return lines
    arrived = draft.kind is Kind.GOODS_RECEIPT
    costs = (
        PurchaseLine(line, each).landed(credit).cost if arrived else ZERO
        for line, each in zip(lines, came, strict=True)
    )
    return tuple(
        line if line.cost.paise == cost.paise else replace(line, cost=cost)
        for line, cost in zip(lines, costs, strict=True)
    )


def _charge(charge: Charge, across: bool, charged: bool) -> Charge:
    if not charged:
        return replace(charge, tax=Gst())
    return replace(charge, tax=gst(charge.amount, charge.rate, 1, interstate=across))


def _as_printed(
    draft: PurchaseDraft, lines: tuple[GoodsLine, ...], charges: tuple[Charge, ...],
    tolerance: Money,
) -> tuple[tuple[GoodsLine, ...], tuple[Charge, ...], list[Problem]]:  # fmt: skip
    """The tax that is printed for a rate, spread by largest remainder over what bears the rate."""
    if not draft.printed:
        return lines, charges, []
    taxed: list[GoodsLine | Charge] = [*lines, *charges]
    rates = [part.tax_rate.gst if isinstance(part, GoodsLine) else part.rate.gst for part in taxed]
    problems: list[Problem] = []
    for printed in draft.printed:
        bear = [at for at, rate in enumerate(rates) if rate == printed.gst]
        computed = gst_total(taxed[at].tax for at in bear)
        off = _apart(printed.tax, computed)
        if off > tolerance or (printed.tax != Gst() and not bear):
            problems.append(_tax_differs(printed.gst, printed.tax, computed, off))
            continue
        spread = _spread(printed.tax, [taxed[at].tax for at in bear])
        for at, tax in zip(bear, spread, strict=True):
            taxed[at] = replace(taxed[at], tax=tax)
    told = {printed.gst for printed in draft.printed}
    problems += _not_printed(taxed, rates, told)
    count = len(lines)
    return (
        tuple(part for part in taxed[:count] if isinstance(part, GoodsLine)),
        tuple(part for part in taxed[count:] if isinstance(part, Charge)),
        problems,
    )


def _not_printed(
    taxed: Sequence[GoodsLine | Charge], rates: Sequence[Decimal], told: set[Decimal]
) -> Iterator[Problem]:
    """An invoice that prints some rates prints all that bear tax."""
    missing: defaultdict[Decimal, Gst] = defaultdict(Gst)
    for part, rate in zip(taxed, rates, strict=True):
        if rate not in told and part.tax.total:
            missing[rate] = missing[rate] + part.tax
    for rate, tax in missing.items():
        yield _tax_differs(rate, Gst(), tax, tax.total)


def _tax_differs(rate: Decimal, printed: Gst, computed: Gst, off: Money) -> Problem:
    facts = {
        "rate": _plain(rate),
        "printed": printed.total,
        "computed": computed.total,
        "difference": off,
    }
    return Problem(Reason.TAX_DIFFERS, None, facts)


def _plain(percent: Decimal) -> str:
    return f"{percent.normalize():f}"


def _apart(one: Gst, other: Gst) -> Money:
    """Head by head: IGST printed for CGST and SGST is no rounding."""
    pairs = (
        (one.cgst, other.cgst), (one.sgst, other.sgst), (one.igst, other.igst),
        (one.cess, other.cess),
    )  # fmt: skip
    return Money(sum(abs(a.paise - b.paise) for a, b in pairs))


def _spread(printed: Gst, computed: Sequence[Gst]) -> list[Gst]:
    heads = [
        share(amount, [getattr(tax, name).paise for tax in computed])
        for name, amount in (
            ("cgst", printed.cgst), ("sgst", printed.sgst), ("igst", printed.igst),
            ("cess", printed.cess),
        )
    ]  # fmt: skip
    return [Gst(*parts) for parts in zip(*heads, strict=True)]


def _came(ask: PurchaseAsk, item: BoughtItem, draft: PurchaseDraft) -> Came:
    if draft.kind in (Kind.PURCHASE_ORDER, Kind.GOODS_IN_TRANSIT):
        return Came(packed=ask.packed, ptr=ask.ptr, pts=ask.pts, scheme=ask.scheme)
    bucket = Bucket.EXPIRED if ask.as_expired else Bucket.SALEABLE
    return Came(
        ask.came, ask.damaged, ask.excess, bucket, ask.packed, ask.ptr, ask.pts, ask.scheme
    )  # fmt: skip


def _totals(
    draft: PurchaseDraft, lines: Iterable[GoodsLine], charges: Iterable[Charge], credit: Credit
) -> Totals:
    held, extra = tuple(lines), tuple(charges)
    taxable = total(line.taxable for line in held) + total(each.amount for each in extra)
    if draft.kind is Kind.PROVISIONAL_RECEIPT:
        return Totals(taxable, Gst(), ZERO, taxable)
    tax = gst_total([*(line.tax for line in held), *(each.tax for each in extra)])
    charged = ZERO if credit is Credit.REVERSE else tax.total
    due = taxable + charged + draft.tcs + draft.round_off
    if draft.kind is Kind.PURCHASE_ORDER:
        return Totals(taxable, tax, due.to_rupee() - due, due.to_rupee())
    return Totals(taxable, tax, draft.round_off, due)


def _difference(draft: PurchaseDraft, totals: Totals) -> list[Problem]:
    if draft.kind not in _INVOICED or draft.total is None or draft.total == totals.total:
        return []
    facts = {
        "total": draft.total, "amount": totals.total, "difference": draft.total - totals.total
    }  # fmt: skip
    return [Problem(Reason.INVOICE_DIFFERS, None, facts)]


def _warnings(
    draft: PurchaseDraft, facts: PurchaseFacts, lines: Sequence[GoodsLine]
) -> Iterator[Problem]:
    wanted: defaultdict[int, int] = defaultdict(int)
    for row, (ask, line) in enumerate(zip(draft.asks, lines, strict=True)):
        item = facts.items[ask.item_id]
        if draft.kind is not Kind.PROVISIONAL_RECEIPT:
            yield from _against_last(row, line, item)
        named = {"item": item.name, "mrp": line.mrp}
        if line.qty and line.amount > Money(line.mrp.paise * line.qty) and line.mrp:
            yield Problem(
                Reason.COST_ABOVE_MRP, row, {**named, "qty": line.qty, "amount": line.amount}
            )
        if item.rate and ask.gst is not None and ask.gst != item.rate.gst:
            rates = {"item": item.name, "rate": _plain(ask.gst), "was": _plain(item.rate.gst)}
            yield Problem(Reason.OTHER_TAX_RATE, row, rates)
        soon = draft.day + timedelta(days=facts.near_days)
        if ask.came and line.expiry and draft.day <= line.expiry <= soon:
            near = {"item": item.name, "batch": line.batch, "expiry": line.expiry}
            yield Problem(Reason.NEAR_EXPIRY, row, near)
        if ask.source_line is not None:
            wanted[ask.source_line] += ask.qty
            left = facts.ordered.get(ask.source_line, 0)
            if wanted[ask.source_line] > left:
                more = {"item": item.name, "have": left, "next": wanted[ask.source_line]}
                yield Problem(Reason.MORE_THAN_ORDERED, row, more)


def _against_last(row: int, line: GoodsLine, item: BoughtItem) -> Iterator[Problem]:
    """MRP and net rate beside those of the last invoice."""
    last = item.last
    if last is None:
        return
    said = {"item": item.name, "number": last.number, "day": last.day}
    if line.mrp != last.mrp:
        yield Problem(Reason.MRP_CHANGED, row, {**said, "mrp": line.mrp, "was": last.mrp})
    if line.qty and last.net.times(line.qty) != line.taxable:
        now = Rate(line.taxable, line.qty).times(1)
        before = last.net.times(1)
        if now != before:
            yield Problem(Reason.RATE_CHANGED, row, {**said, "rate": now, "was": before})
