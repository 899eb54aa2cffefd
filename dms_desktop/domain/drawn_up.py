"""A priced draft drawn up as the document that it becomes."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from dms_desktop.domain.billing import Priced, due_day, terms
from dms_desktop.domain.documents import Bill, Challan, Estimate, Head, Order, Receipt, Settled
from dms_desktop.domain.draft import Draft
from dms_desktop.domain.facts import Facts
from dms_desktop.domain.goods_line import GoodsLine, Kind, Paper, Payment, Totals
from dms_desktop.domain.licences import Regime
from dms_desktop.domain.money import Money, total
from dms_desktop.domain.tax import GstType


def paper(lines: tuple[GoodsLine, ...], facts: Facts) -> Paper:
    """Which paper the law asks for: Rules 46, 46A and 49 of the CGST Rules."""
    exempt = [line.tax_rate.exempt for line in lines]
    if facts.seller.gst_type is GstType.COMPOSITION or all(exempt):
        return Paper.BILL_OF_SUPPLY
    if any(exempt) and facts.party.gst_type is GstType.UNREGISTERED:
        return Paper.INVOICE_CUM_BILL_OF_SUPPLY
    return Paper.TAX_INVOICE


def document(
    draft: Draft, facts: Facts, priced: Priced, *, on_challan: int = 0
) -> Bill | Challan | Estimate | Order:
    """The document that a draft without problems becomes."""
    head = _head(draft, facts, priced)
    match draft.kind:
        case Kind.ORDER:
            return Order(head, priced.lines, priced.totals)
        case Kind.ESTIMATE:
            return Estimate(head, priced.lines, priced.totals)
        case Kind.CHALLAN:
            lines = tuple(replace(line, cost=Money()) for line in priced.lines)
            return Challan(head, lines, priced.totals, on_challan, draft.note)
        case _:
            kind = paper(priced.lines, facts)
            return Bill(head, priced.lines, priced.totals, kind, draft.goods_from)


def receipt(bill: Bill, payments: tuple[Payment, ...], uid: UUID) -> Receipt:
    """The receipt that is posted together with its bill and settles it."""
    paid = total(payment.amount for payment in payments)
    head = replace(bill.head, id=uid, due_day=None, order_no="", transport="", note="")
    return Receipt(head, Totals(total=paid), payments, (Settled(bill.head.id, paid),))


def _head(draft: Draft, facts: Facts, priced: Priced) -> Head:
    goods = (facts.items.get(ask.item_id) for ask in draft.asks)
    drugs = any(item is not None and item.regime is Regime.DRUG for item in goods)
    shown = facts.party.drug_licence if drugs else ""  # a bill of drugs names the buyer's licence
    party = replace(facts.party, drug_licence=shown, licences=())
    return Head(
        id=draft.id,
        day=draft.day,
        place_id=draft.place_id,
        party=party,
        registration_id=facts.seller.registration_id,
        company_id=facts.seller.company_id,
        place_of_supply=priced.place_of_supply,
        interstate=priced.interstate,
        terms=terms(draft, facts),
        due_day=due_day(draft, facts),
        salesman_id=draft.salesman_id or party.salesman_id,
        beat_id=party.beat_id,
        order_no=draft.order_no,
        transport=draft.transport,
        note=draft.note,
        reverse_charge=draft.reverse_charge,
    )
