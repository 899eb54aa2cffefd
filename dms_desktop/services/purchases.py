"""Buying: an order, a truck with or without its invoice, an invoice without its truck.

One verb judges, so that screens can tell what will be refused or should be heard; one posts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from dms_desktop.domain.documents import Head
from dms_desktop.domain.goods_line import GoodsLine, Kind
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_draft import PurchaseDraft, PurchaseFacts
from dms_desktop.domain.purchase_facts import Came, Credit, Invoice
from dms_desktop.domain.purchase_pricing import PricedPurchase, price
from dms_desktop.domain.purchases import (
    GoodsInTransit,
    GoodsReceipt,
    ProvisionalReceipt,
    PurchaseOrder,
    PurchasePaper,
)
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.services import fulfilment, purchase_before, purchase_register, shelf
from dms_desktop.services.posting import Posted, already, post
from dms_desktop.services.purchase_facts import facts_of
from dms_desktop.store.session import Reading, Tx

_LOTS = "SELECT id, item_id, batch, mrp, expiry FROM lot WHERE item_id IN :items"
_PRICED = (
    "SELECT item_id, mrp, ptr, ptr_per, pts, pts_per FROM lot WHERE id IN (SELECT max(id) FROM lot"
    " WHERE item_id IN :items AND ptr IS NOT NULL GROUP BY item_id, mrp)"
)
_NEW_LOT = (
    "INSERT INTO lot (item_id, batch, mrp, expiry, packed, ptr, ptr_per, pts, pts_per)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (item_id, batch, mrp, expiry) DO NOTHING"
)
_NEW_RATES = (
    "UPDATE lot SET packed = CASE WHEN packed = '' THEN ? ELSE packed END,"
    " ptr = coalesce(?, ptr), ptr_per = CASE WHEN ? IS NULL THEN ptr_per ELSE ? END,"
    " pts = coalesce(?, pts), pts_per = CASE WHEN ? IS NULL THEN pts_per ELSE ? END,"
    " row_version = row_version + 1 WHERE id = ?"
)


@dataclass(frozen=True, slots=True)
class BoughtSaved:
    """`warnings`: what the clerk should hear of it though it is posted."""

    posted: Posted
    warnings: tuple[Problem, ...] = ()


@needs(Power.RECEIVE)
def judge(reading: Reading, draft: PurchaseDraft) -> PricedPurchase:
    """What it comes to and all that is wrong or worth hearing, with nothing posted.

    Refuses what no draft can be judged with: an unknown supplier or paper that it receives.
    """
    return _judged(reading, draft)[2]


@needs(Power.RECEIVE)
def post_purchase(tx: Tx, draft: PurchaseDraft, *, asked: bytes = b"") -> BoughtSaved:
    """Post it. `asked` is the digest of what was asked for; else that of the draft.

    Refuses every problem that `judge` tells, INVOICE_KNOWN, and whatever posting refuses.
    """
    asked = asked or hashlib.sha256(repr(draft).encode()).digest()
    if before := already(tx, draft.id, asked):
        return BoughtSaved(before)
    for uid in sorted(uid for uid in (draft.transit, draft.provisional) if uid):
        tx.alone(uid)
    fulfilment.hold_sources(tx, (ask.source_line for ask in draft.asks))
    draft, facts, priced = _judged(tx, draft)
    if priced.problems:
        raise Refused(*priced.problems)
    lines = _with_lots(tx, priced)
    came = priced.came
    if draft.provisional:
        shelf.hold(tx, {line.lot_id for line in lines if line.lot_id})
        came = purchase_before.taken(tx, draft, lines, came)
    paper = _paper(draft, facts, priced, lines, came)
    posted = post(tx, paper, asked=asked)
    _tie(tx, draft, paper)
    return BoughtSaved(posted, priced.warnings)


def _judged(
    reading: Reading, draft: PurchaseDraft
) -> tuple[PurchaseDraft, PurchaseFacts, PricedPurchase]:
    before = None
    if draft.transit:
        before = purchase_before.transit(reading, draft.transit, draft.party_id)
        draft = purchase_before.of_transit(draft, before)
    if draft.provisional:
        purchase_before.provisional(reading, draft.provisional, draft.party_id)
    facts = facts_of(reading, draft)
    priced = price(draft, facts)
    problems = list(priced.problems)
    if before and not problems and priced.totals != before.totals:
        problems.append(_other_invoice(priced, before))
    if not before and draft.number and draft.invoice_day:
        paper = Invoice(draft.number, draft.invoice_day)
        if number := purchase_register.booked(reading, draft.party_id, paper):
            facts_said = {"number": draft.number, "what": number, "party": facts.party.name}
            problems.append(Problem(Reason.INVOICE_KNOWN, None, facts_said))
    return draft, facts, replace(priced, problems=tuple(problems))


def _other_invoice(priced: PricedPurchase, before: GoodsInTransit) -> Problem:
    totals, wanted = priced.totals, before.totals
    facts = {
        "total": wanted.taxable + wanted.tax.total,
        "amount": totals.taxable + totals.tax.total,
        "difference": wanted.taxable + wanted.tax.total - totals.taxable + -totals.tax.total,
    }
    return Problem(Reason.INVOICE_DIFFERS, None, facts)


def _with_lots(tx: Tx, priced: PricedPurchase) -> tuple[GoodsLine, ...]:
    """Every line of which something came has a lot; new lots are made, in the order of their keys.

    A lot that is known takes the newest PTR and PTS; a new one without takes those of its MRP, so
    that it sells at once.
    """
    pairs = list(zip(priced.lines, priced.came, strict=True))
    arriving = [(line, came) for line, came in pairs if came.received]
    items = sorted({line.item_id for line, _ in arriving if line.lot_id is None})
    usual = {(item, mrp): tuple(rates) for item, mrp, *rates in tx.rows(_PRICED, items=items)}
    new = {
        _key(line): (came.packed.isoformat() if came.packed else "", *_new_rates(line, came, usual))
        for line, came in arriving
        if line.lot_id is None
    }
    tx.many(_NEW_LOT, [(*key, *new[key]) for key in sorted(new)])
    tx.many(_NEW_RATES, list(_renewed(arriving)))
    made = {tuple(key): lot for lot, *key in tx.rows(_LOTS, items=items)} if items else {}
    return tuple(
        _placed(line, made[_key(line)]) if came.received and line.lot_id is None else line
        for line, came in pairs
    )


def _placed(line: GoodsLine, lot: int) -> GoodsLine:
    """A line of a purchase with its lot; `replace` would take five times as long."""
    return GoodsLine(
        line.item_id, lot, line.code, line.name, line.hsn, line.uqc, line.batch, line.expiry,
        line.mrp, line.qty, line.free_qty, line.rate, line.gross, line.adjustments, line.taxable,
        line.tax_rate, line.tax, line.cost, line.principal_id, line.inclusive, case=line.case,
        inner=line.inner, source_line=line.source_line, ask=line.ask,
    )  # fmt: skip


def _key(line: GoodsLine) -> tuple[int, str, int, str]:
    expiry = line.expiry.isoformat() if line.expiry else ""
    return line.item_id, line.batch, line.mrp.paise, expiry


def _new_rates(
    line: GoodsLine, came: Came, usual: Mapping[tuple[int, int], tuple[object, ...]]
) -> tuple[object, ...]:
    ptr, ptr_per, pts, pts_per = usual.get((line.item_id, line.mrp.paise), (None, 1, None, 1))
    own, own_per, stockist, stockist_per = _rates(came)
    return (
        *((own, own_per) if came.ptr else (ptr, ptr_per)),
        *((stockist, stockist_per) if came.pts else (pts, pts_per)),
    )


def _rates(came: Came) -> tuple[int | None, int, int | None, int]:
    ptr, pts = came.ptr, came.pts
    return (
        ptr.amount.paise if ptr else None, ptr.per if ptr else 1,
        pts.amount.paise if pts else None, pts.per if pts else 1,
    )  # fmt: skip


def _renewed(arriving: Iterable[tuple[GoodsLine, Came]]) -> Iterable[tuple[object, ...]]:
    rows = {
        line.lot_id: came
        for line, came in arriving
        if line.lot_id is not None and (came.ptr or came.pts or came.packed)
    }
    for lot, came in sorted(rows.items()):
        ptr, ptr_per, pts, pts_per = _rates(came)
        packed = came.packed.isoformat() if came.packed else ""
        yield (packed, ptr, ptr, ptr_per, pts, pts, pts_per, lot)


def _paper(
    draft: PurchaseDraft, facts: PurchaseFacts, priced: PricedPurchase,
    lines: Sequence[GoodsLine], came: tuple[Came, ...],
) -> PurchasePaper:  # fmt: skip
    head, totals, goods = _head(draft, facts, priced), priced.totals, tuple(lines)
    match draft.kind:
        case Kind.PURCHASE_ORDER:
            return PurchaseOrder(head, goods, totals, came)
        case Kind.PROVISIONAL_RECEIPT:
            return ProvisionalReceipt(head, goods, totals, came)
    assert draft.invoice_day is not None
    invoice = Invoice(
        draft.number.strip(), draft.invoice_day, draft.irn, priced.charges, draft.tcs,
        priced.credit,
    )  # fmt: skip
    if draft.kind is Kind.GOODS_IN_TRANSIT:
        return GoodsInTransit(head, goods, totals, came, invoice)
    return GoodsReceipt(
        head, goods, totals, came, invoice, draft.transit, draft.provisional
    )  # fmt: skip


def _head(draft: PurchaseDraft, facts: PurchaseFacts, priced: PricedPurchase) -> Head:
    party = facts.party
    return Head(
        id=draft.id,
        day=draft.day,
        place_id=draft.place_id,
        party=replace(party, licences=()),
        registration_id=facts.seller.registration_id,
        company_id=facts.seller.company_id,
        place_of_supply=priced.place_of_supply,
        interstate=priced.interstate,
        due_day=_due(draft, party.credit_days),
        order_no=draft.order_no,
        transport=draft.transport,
        note=draft.note,
        reverse_charge=priced.credit is Credit.REVERSE,
    )


def _due(draft: PurchaseDraft, credit_days: int) -> date | None:
    """So many days after his invoice; nothing is due for what has none."""
    if draft.due_day or not draft.invoice_day:
        return draft.due_day
    return draft.invoice_day + timedelta(days=credit_days)


def _tie(tx: Tx, draft: PurchaseDraft, paper: PurchasePaper) -> None:
    """What it came of: the order, the invoice before the truck, the truck before the invoice."""
    orders = sorted({line.source_line >> 16 for line in paper.lines if line.source_line})
    for (uid,) in tx.rows("SELECT uid FROM document WHERE id IN :keys ORDER BY id", keys=orders):
        fulfilment.link(tx, draft.id, UUID(bytes=bytes(uid)), "bills")
    for before in (draft.transit, draft.provisional):
        if before:
            fulfilment.link(tx, draft.id, before, "receives")
