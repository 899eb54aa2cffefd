"""Pricing a draft: the same function runs at every keystroke and again inside the transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from dms_desktop.domain.draft import MOST_LINES, Ask, Draft
from dms_desktop.domain.facts import Facts, Item
from dms_desktop.domain.free_goods import reason_flaws, reasoned
from dms_desktop.domain.goods_line import GoodsLine, Kind, Mode, Payment, Terms, Totals
from dms_desktop.domain.licensing import licence_flaws, our_licence_flaws
from dms_desktop.domain.lines import Rows, Terrain, price_item
from dms_desktop.domain.loss import Loss
from dms_desktop.domain.money import LARGEST, Money, total
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.domain.sharing import with_bill_discounts
from dms_desktop.domain.tax import Gst, GstType, is_interstate, place_of_supply
from dms_desktop.domain.typed import bill_flaws

Asks = list[tuple[int, Ask]]
Known = Mapping[int, tuple[Item, Asks, Terrain, Rows]]
# nothing is refused for it
ONLY_SAID = frozenset(
    {
        Reason.LOT_NOT_PRICED,
        Reason.WAS_OTHER_MRP,
        Reason.HSN_SHORT,
    }
)
LICENCE = frozenset({Reason.LICENCE_EXPIRED, Reason.LICENCE_MISSING})
# the refusals that a power can override
MAY_BE_ALLOWED = frozenset({Reason.ABOVE_MRP, Reason.BELOW_COST}) | LICENCE


@dataclass(frozen=True, slots=True)
class Priced:
    """Lines in the order of their rows, what stands in the way, and what should be said.

    `known` lets the next keystroke reuse every item that did not change; pass it back in.
    """

    lines: tuple[GoodsLine, ...] = ()
    totals: Totals = field(default_factory=Totals)
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    place_of_supply: str = ""
    interstate: bool = False
    known: Known = field(default_factory=dict, compare=False, repr=False)


def price(draft: Draft, facts: Facts, known: Known | None = None) -> Priced:
    """Rows in, lines and problems out. A row may become several lines, one for each lot."""
    place, interstate = supply(facts)
    collects = facts.seller.gst_type is not GstType.COMPOSITION
    terrain = Terrain(
        day=draft.day,
        life_days=facts.party.min_life_days,
        interstate=interstate,
        charged=not draft.reverse_charge and collects,
        collects=collects,
        picking=draft.kind in (Kind.BILL, Kind.CHALLAN),
        gone=draft.goods_from is not None,
    )
    rows, fresh = _rows(draft, facts, terrain, known or {})
    lines = sorted((line for row in rows for line in row.lines), key=lambda line: line.ask)
    found = [*bill_flaws(draft)]
    if facts.free_reasons is not None and any(ask.free for ask in draft.asks):
        lines = reasoned(lines, draft, facts.free_reasons)
    if not found:
        lines = list(with_bill_discounts(lines, draft, terrain))
        found += _unborne(draft, lines)
    totals = summed(lines)
    found += [*_whole_bill(draft, facts, totals), *_buyer(draft, facts, totals)]
    if facts.free_reasons is not None:
        found += reason_flaws(draft, facts.free_reasons)
    warnings = [*_ours(draft, facts), *our_licence_flaws(draft, facts)]
    soft = ONLY_SAID | (draft.allowed & MAY_BE_ALLOWED)
    if facts.below_cost is not Loss.ASK or draft.goods_from is not None:
        soft |= {Reason.BELOW_COST}
    if draft.kind is Kind.ESTIMATE or draft.goods_from is not None:
        soft |= LICENCE  # nothing is sold yet, or the goods went by a challan that was judged
    of_rows = [problem for row in rows for problem in row.problems]
    of_rows += [*licence_flaws(draft, facts), *_hsn(draft, facts, lines)]
    for problem in (*of_rows, *_line_by_line(lines)):
        if problem.reason is Reason.BELOW_COST and facts.below_cost is Loss.OFF:
            continue
        (warnings if problem.reason in soft else found).append(problem)
    return Priced(tuple(lines), totals, tuple(found), tuple(warnings), place, interstate, fresh)


def supply(facts: Facts) -> tuple[str, bool]:
    """Place of supply, and whether it makes the supply an inter-State one."""
    party, seller = facts.party, facts.seller
    registered = party.gst_type is not GstType.UNREGISTERED
    place = place_of_supply(
        seller.state,
        buyer_gstin_state=party.state if registered else "",
        address_state=party.state,
        deliver_to=party.ship_state,
    )
    return place, is_interstate(seller.state, place, party.gst_type)


def _rows(draft: Draft, facts: Facts, terrain: Terrain, known: Known) -> tuple[list[Rows], Known]:
    asked: dict[int, Asks] = {}
    rows: list[Rows] = []
    fresh: dict[int, tuple[Item, Asks, Terrain, Rows]] = {}
    for row, ask in enumerate(draft.asks):
        asked.setdefault(ask.item_id, []).append((row, ask))
    for item_id, asks in asked.items():
        item = facts.items.get(item_id)
        if item is None:
            unknown = Problem(Reason.UNKNOWN_ITEM, asks[0][0], {"code": str(item_id)})
            rows.append(Rows((), (unknown,)))
            continue
        before = known.get(item_id)
        if before is None or before[0] is not item or before[1:3] != (asks, terrain):
            before = (item, asks, terrain, price_item(item, asks, terrain))
        fresh[item_id] = before
        rows.append(before[3])
    return rows, fresh


def summed(lines: list[GoodsLine] | tuple[GoodsLine, ...]) -> Totals:
    """Sums of the lines as they stand, and the rupee's round-off on top (section 170)."""
    taxable = Money(sum(line.taxable.paise for line in lines))
    tax = Gst(
        Money(sum(line.tax.cgst.paise for line in lines)),
        Money(sum(line.tax.sgst.paise for line in lines)),
        Money(sum(line.tax.igst.paise for line in lines)),
        Money(sum(line.tax.cess.paise for line in lines)),
    )
    exact = taxable + tax.total
    rounded = exact.to_rupee()
    return Totals(taxable, tax, rounded - exact, rounded)


def _whole_bill(draft: Draft, facts: Facts, totals: Totals) -> Iterator[Problem]:
    if not draft.asks:
        yield Problem(Reason.NO_LINES)
    if len(draft.asks) > MOST_LINES:
        yield Problem(Reason.TOO_MANY_LINES, facts={"most": MOST_LINES, "lines": len(draft.asks)})
    if draft.kind is Kind.BILL:
        yield from _payments(draft, facts, totals)
    if draft.kind is Kind.CHALLAN and not draft.note.strip():
        yield Problem(Reason.MISSING, facts={"field": "reason"})
    if totals.total < Money():
        yield Problem(Reason.DISCOUNT_TOO_LARGE)
    if totals.total.paise > LARGEST:
        yield Problem(Reason.BAD_FIGURE, facts={"field": "total", "value": totals.total})


def _payments(draft: Draft, facts: Facts, totals: Totals) -> Iterator[Problem]:
    """On cash terms the whole is paid; on credit no more than the whole (product rule 3)."""
    paid = total(payment.amount for payment in draft.payments)
    on_cash = terms(draft, facts) is Terms.CASH
    if any(payment.amount <= Money() for payment in draft.payments):
        yield Problem(Reason.BAD_FIGURE, facts={"field": "payments", "value": paid})
    elif draft.payments and (paid != totals.total if on_cash else paid > totals.total):
        yield Problem(Reason.PAYMENTS_DIFFER, facts={"paid": paid, "total": totals.total})
    cash = total(one.amount for one in paid_by(draft, facts, totals) if one.mode is Mode.CASH)
    if cash >= facts.limits.cash:
        yield Problem(Reason.CASH_LIMIT, facts={"limit": facts.limits.cash})


def paid_by(draft: Draft, facts: Facts, totals: Totals) -> tuple[Payment, ...]:
    """What the buyer pays with the bill: as typed, else all of a cash bill in cash."""
    if draft.payments or terms(draft, facts) is Terms.CREDIT or not totals.total:
        return draft.payments
    return (Payment(Mode.CASH, totals.total),)


def _buyer(draft: Draft, facts: Facts, totals: Totals) -> Iterator[Problem]:
    """Whom the bill is for, named as Rule 46(e) of the CGST Rules asks where he is unregistered.

    A walk-in's GSTIN is judged here, since no master was checked.
    """
    party = facts.party
    if draft.party is None:
        yield Problem(Reason.UNKNOWN_PARTY, facts={"code": ""})
    if not party.active:
        yield Problem(Reason.INACTIVE, facts={"item": party.name, "code": party.code})
    unnamed = not (party.name and party.address and party.state) or party.name == "CASH"
    asked = party.walk_in or party.gst_type is GstType.UNREGISTERED
    if asked and unnamed and totals.total >= facts.limits.walk_in_details:
        yield Problem(Reason.BUYER_DETAILS_NEEDED, facts={"limit": facts.limits.walk_in_details})
    if not (party.walk_in and party.gstin):
        return
    from dms_desktop.domain.gstin import NotGstin, read_gstin  # most bills go without

    read = read_gstin(party.gstin)
    said: dict[str, object] = {"gstin": party.gstin, "state": party.state}
    if isinstance(read, NotGstin):
        fault = {"fault": read.fault.value, "expected": read.expected}
        yield Problem(Reason.BAD_GSTIN, facts=said | fault)
    elif read.state.code != party.state:
        yield Problem(Reason.GSTIN_OTHER_STATE, facts=said | {"says": read.state.name})


def _ours(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Our address, which Rule 46(a) asks for. Only said: the goods may be on the cart already."""
    if draft.kind is Kind.BILL and facts.seller.gstin and not facts.seller.addressed:
        yield Problem(Reason.OUR_ADDRESS_NEEDED)


def _unborne(draft: Draft, lines: list[GoodsLine]) -> Iterator[Problem]:
    """A discount on the bill that no line can bear, every rate being net or every piece free.

    Of a percentage it is no proof that nothing was taken: it may come to less than a paisa.
    """
    shared = [off for line in lines for off in line.adjustments if off.kind in ("bill", "cash")]
    bears = any(not line.net and line.taxable > Money() for line in lines)
    percents = (draft.bill_discount_percent, draft.cash_discount_percent)
    amount = draft.bill_discount and not any(off.percent is None for off in shared)
    if lines and (amount or (any(percents) and not shared and not bears)):
        yield Problem(Reason.DISCOUNT_TOO_LARGE)


def _line_by_line(lines: list[GoodsLine]) -> Iterator[Problem]:
    """Dear or cheap lines. Two paise of rounding of the tax halves do not make a line dear."""
    for line in lines:
        if line.mrp.paise and line.amount.paise > line.mrp.paise * line.qty + 2:
            yield Problem(
                Reason.ABOVE_MRP,
                line.ask,
                {"item": line.name, "mrp": line.mrp, "amount": line.amount, "qty": line.qty},
            )
        if line.gross.paise > LARGEST:
            facts = {"field": "amount", "value": line.gross}
            yield Problem(Reason.BAD_FIGURE, line.ask, facts)
        if line.taxable.paise < 0:
            yield Problem(Reason.DISCOUNT_TOO_LARGE, line.ask, {"item": line.name})
        elif line.cost.paise and line.taxable.paise < line.cost.paise:
            facts = {"item": line.name, "cost": line.cost, "taxable": line.taxable}
            yield Problem(Reason.BELOW_COST, line.ask, facts)


def _hsn(draft: Draft, facts: Facts, lines: list[GoodsLine]) -> Iterator[Problem]:
    """Lines whose HSN is too short for the year, once for each row."""
    registered = facts.party.gst_type is not GstType.UNREGISTERED
    limits = facts.limits
    digits = limits.hsn_registered if registered else limits.hsn_unregistered
    if draft.kind is not Kind.BILL or not facts.seller.gstin:
        return
    short = {line.ask: line for line in reversed(lines) if 0 < len(line.hsn) < digits}
    for row, line in sorted(short.items()):
        yield Problem(Reason.HSN_SHORT, row, {"item": line.name, "hsn": line.hsn, "most": digits})


def terms(draft: Draft, facts: Facts) -> Terms:
    """Credit for a party and cash for a walk-in, unless the clerk said otherwise."""
    if facts.party.walk_in:
        return Terms.CASH
    return draft.terms or Terms.CREDIT


def due_day(draft: Draft, facts: Facts) -> date:
    """A bill has one: after the fewest of the days that the party has with its principals, else
    after the party's own (product rule 13)."""
    if terms(draft, facts) is Terms.CASH:
        return draft.day
    goods = [item for ask in draft.asks if (item := facts.items.get(ask.item_id))]
    given = [item.credit_days for item in goods if item.credit_days is not None]
    return draft.day + timedelta(days=min(given, default=facts.party.credit_days))
