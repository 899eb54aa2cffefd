"""Goods back to the supplier: what may go, what it comes to, and the paper that sends it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from dms_desktop.domain.billing import summed
from dms_desktop.domain.documents import Head
from dms_desktop.domain.facts import Party, Seller
from dms_desktop.domain.goods_line import Bucket, GoodsLine, Kind, Totals
from dms_desktop.domain.money import ZERO, Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_draft import BoughtItem
from dms_desktop.domain.refusals import Problem, Reason, Refused
from dms_desktop.domain.stock_papers import Holding
from dms_desktop.domain.supplier_return import ReturnInvoice, ReturnPaper, Sent, SupplierReturn
from dms_desktop.domain.tax import Gst, GstType, TaxRate, gst, is_interstate
from dms_desktop.services import catalogue, fulfilment, series, shelf, supplier_claims
from dms_desktop.services.posting import Posted, already, post
from dms_desktop.services.purchase_facts import bought_items
from dms_desktop.services.supplier_parts import open_invoices, supplier_on, taken_off
from dms_desktop.services.supplier_sources import Source, sources
from dms_desktop.store.session import Reading, Tx

_COSTS = (
    "SELECT lot_cost.lot_id, lot.item_id, batch, mrp, expiry, qty, paise, received, input_cgst,"
    " input_sgst, input_igst, input_cess FROM lot_cost JOIN lot ON lot.id = lot_cost.lot_id"
    " WHERE lot_cost.lot_id IN :lots"
)
_LIES = (
    "SELECT lot_id, bucket, qty FROM stock WHERE lot_id IN :lots AND place_id = :place AND qty > 0"
)
_HELD = (
    "SELECT line_id, rest, goods_line.item_id, batch, mrp, expiry, document.party_id, number"
    " FROM excess_held JOIN goods_line ON goods_line.id = line_id"
    " JOIN document ON document.id = document_id WHERE line_id IN :lines"
)
_UNTAXED = TaxRate(Decimal(0))
_NOT_CHARGING = (GstType.COMPOSITION, GstType.UNREGISTERED)


@dataclass(frozen=True, slots=True)
class ReturnAsk:
    """So many pieces of a lot out of a bucket, or of a line's held excess where `held` names it.

    `rate` None: at what its receipt billed, else at what the lot stands at. `receipt_line`: the
    line of the receipt that it came by; None finds the latest one that has as many left.
    """

    lot_id: int
    qty: int
    bucket: Bucket = Bucket.SALEABLE
    rate: Rate | None = None
    receipt_line: int | None = None
    held: int | None = None


@dataclass(frozen=True, slots=True)
class ReturnDraft:
    """`kind` is the road: our tax invoice, or a debit note with its challan."""

    id: UUID
    kind: Kind
    day: date
    party_id: int
    place_id: int
    asks: tuple[ReturnAsk, ...] = ()
    reason: str = ""
    transport: str = ""
    note: str = ""
    order_no: str = ""


@dataclass(frozen=True, slots=True)
class PricedReturn:
    """`problems` stop it."""

    paper: ReturnPaper | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def totals(self) -> Totals:
        return self.paper.totals if self.paper else Totals()


@dataclass(frozen=True, slots=True)
class _Lot:
    item_id: int
    batch: str
    mrp: Money
    expiry: date | None
    holding: Holding


@dataclass(slots=True)
class _Ground:
    us: Seller
    party: Party
    across: bool
    items: dict[int, BoughtItem]
    lots: dict[int, _Lot]
    lies: dict[tuple[int, str], int]
    sources: dict[int, list[Source]]
    held: dict[int, tuple[int, int, str, int, str, int, str]]
    problems: list[Problem] = field(default_factory=list)


@needs(Power.RECEIVE)
def judge_return(reading: Reading, draft: ReturnDraft) -> PricedReturn:
    """What it comes to and all that stops it, with nothing posted. Refuses an unknown supplier."""
    return _judged(reading, draft)


@needs(Power.RECEIVE)
def post_return(tx: Tx, draft: ReturnDraft, *, asked: bytes = b"") -> Posted:
    """Send it. Refuses every problem that `judge_return` tells, and whatever posting refuses."""
    asked = asked or hashlib.sha256(repr(draft).encode()).digest()
    if before := already(tx, draft.id, asked):
        return before
    supplier_claims.hold_excess(tx, (ask.held for ask in draft.asks))
    shelf.hold(tx, {ask.lot_id for ask in draft.asks if ask.held is None})
    priced = _judged(tx, draft)
    if priced.problems or priced.paper is None:
        raise Refused(*priced.problems)
    paper = replace(priced.paper, over=supplier_claims.taken_over(tx, priced.paper))
    if isinstance(paper, ReturnInvoice):
        receipts = [line.source_line >> 16 for line in paper.lines if line.source_line]
        invoices = open_invoices(tx, draft.party_id, receipts)
        paper = replace(paper, taken=tuple(taken_off(invoices, paper.totals.total)))
    posted = post(tx, paper, asked=asked)
    supplier_claims.release_excess(tx, paper, posted.number)
    keys = sorted({line.source_line >> 16 for line in paper.lines if line.source_line})
    for (uid,) in tx.rows("SELECT uid FROM document WHERE id IN :keys ORDER BY id", keys=keys):
        fulfilment.link(tx, draft.id, UUID(bytes=bytes(uid)), "returns")
    return posted


def _judged(reading: Reading, draft: ReturnDraft) -> PricedReturn:
    ground = _ground(reading, draft)
    problems = ground.problems
    if not draft.asks:
        problems.append(Problem(Reason.NO_LINES))
    if not draft.reason.strip():
        problems.append(Problem(Reason.MISSING, None, {"field": "reason"}))
    if draft.day > (today := series.today(reading)):
        problems.append(Problem(Reason.FUTURE_DAY, None, {"day": draft.day, "today": today}))
    lines: list[GoodsLine] = []
    sent: list[Sent] = []
    for row, ask in enumerate(draft.asks):
        drawn = _of_excess(row, ask, ground) if ask.held else _of_lot(row, ask, draft, ground)
        if drawn:
            lines.append(drawn[0])
            sent.append(drawn[1])
    if problems:
        return PricedReturn(None, tuple(problems))
    exact = summed(tuple(lines))
    due = exact.taxable + exact.tax.total
    totals = replace(exact, round_off=due.to_rupee() - due, total=due.to_rupee())
    head = _head(draft, ground)
    made = SupplierReturn if draft.kind is Kind.SUPPLIER_RETURN else ReturnInvoice
    return PricedReturn(made(head, tuple(lines), totals, tuple(sent), draft.reason.strip()))


def _ground(reading: Reading, draft: ReturnDraft) -> _Ground:
    us = catalogue.seller(reading)
    party = supplier_on(reading, draft.party_id, draft.day, us)
    home = party.gstin[:2] or party.state
    across = is_interstate(us.state, home, party.gst_type)
    wanted = sorted({ask.lot_id for ask in draft.asks if ask.held is None})
    lots = {
        row[0]: _Lot(
            row[1], row[2], Money(row[3]), date.fromisoformat(row[4]) if row[4] else None,
            Holding(row[5], Money(row[6]), row[7], Gst(*map(Money, row[8:]))),
        )
        for row in reading.rows(_COSTS, lots=wanted)
    }  # fmt: skip
    keys = sorted({ask.held for ask in draft.asks if ask.held is not None})
    held = {row[0]: tuple(row[1:]) for row in reading.rows(_HELD, lines=keys)} if keys else {}
    lies = {
        (lot, bucket): qty
        for lot, bucket, qty in reading.rows(_LIES, lots=wanted, place=draft.place_id)
    }
    items = {lot.item_id for lot in lots.values()} | {row[1] for row in held.values()}
    found = sources(reading, draft.party_id, wanted)
    goods = bought_items(reading, items, draft.day)
    return _Ground(us, party, across, goods, lots, lies, found, held)


def _of_lot(
    row: int, ask: ReturnAsk, draft: ReturnDraft, ground: _Ground
) -> tuple[GoodsLine, Sent] | None:
    lot = ground.lots.get(ask.lot_id)
    if lot is None:
        ground.problems.append(Problem(Reason.UNKNOWN_BATCH, row, {"batch": str(ask.lot_id)}))
        return None
    item = ground.items[lot.item_id]
    named = {"item": item.name, "code": item.code, "batch": lot.batch}
    there = ground.lies.get((ask.lot_id, ask.bucket.value), 0)
    if ask.qty <= 0:
        ground.problems.append(Problem(Reason.BAD_QUANTITY, row, {"text": str(ask.qty), **named}))
        return None
    if ask.qty > there:
        facts = {**named, "short": ask.qty - there, "have": there}
        ground.problems.append(Problem(Reason.SHORT_STOCK, row, facts))
        return None
    source = _source(row, ask, named, ground)
    ground.lies[(ask.lot_id, ask.bucket.value)] = there - ask.qty
    share = lot.holding.part(ask.qty)
    ground.lots[ask.lot_id] = replace(lot, holding=lot.holding.less(share))
    tax_rate = _tax_rate(draft.kind, item, source, ground)
    if tax_rate is None:
        ground.problems.append(Problem(Reason.NO_TAX_RATE, row, named))
        return None
    bare = draft.kind is Kind.RETURN_INVOICE and ground.us.gst_type in _NOT_CHARGING
    rate = ask.rate or _rate(ask, source, share.cost, with_tax=bare)
    line = _line(row, item, lot, ask.qty, rate, tax_rate, ground.across)
    line = replace(
        line, lot_id=ask.lot_id, cost=share.cost, source_line=source.line if source else None
    )
    return line, Sent(ask.bucket, share.received, share.input_tax)


def _of_excess(row: int, ask: ReturnAsk, ground: _Ground) -> tuple[GoodsLine, Sent] | None:
    """Held pieces go back as they came: no stock, no value."""
    assert ask.held is not None
    found = ground.held.get(ask.held)
    if found is None:
        ground.problems.append(Problem(Reason.UNKNOWN_CODE, row, {"code": str(ask.held)}))
        return None
    rest, item_id, batch, mrp, expiry, party, number = found
    if party != ground.party.id:
        ground.problems.append(Problem(Reason.OTHER_SUPPLIER, row, {"number": number}))
        return None
    if not 0 < ask.qty <= rest:
        facts = {"number": number, "have": rest, "next": ask.qty}
        ground.problems.append(Problem(Reason.NOT_HELD, row, facts))
        return None
    ground.held[ask.held] = (rest - ask.qty, item_id, batch, mrp, expiry, party, number)
    on = date.fromisoformat(expiry) if expiry else None
    lot = _Lot(item_id, batch, Money(mrp), on, Holding(0, ZERO, 0, Gst()))
    line = _line(row, ground.items[item_id], lot, ask.qty, Rate(ZERO), _UNTAXED, ground.across)
    return line, Sent(ask.bucket, held=ask.held)


def _source(row: int, ask: ReturnAsk, named: dict[str, str], ground: _Ground) -> Source | None:
    """The receipt's line that the pieces came by. Told: one of another lot, or with fewer left."""
    known = ground.sources.get(ask.lot_id, [])
    if ask.receipt_line is None:
        found = next((each for each in known if each.left >= ask.qty), None)
    else:
        found = next((each for each in known if each.line == ask.receipt_line), None)
        if found is None or found.left < ask.qty:
            facts = {**named, "have": found.left if found else 0, "next": ask.qty}
            ground.problems.append(Problem(Reason.MORE_THAN_RECEIVED, row, facts))
            return None
    if found:
        found.left -= ask.qty
    return found


def _tax_rate(
    kind: Kind, item: BoughtItem, source: Source | None, ground: _Ground
) -> TaxRate | None:
    """Our invoice bears the rate of its day; a debit note undoes what the supplier charged."""
    if kind is Kind.RETURN_INVOICE:
        return _UNTAXED if ground.us.gst_type in _NOT_CHARGING else item.rate
    if source:
        return source.tax_rate if source.tax else _UNTAXED
    return _UNTAXED if ground.party.gst_type in _NOT_CHARGING else item.rate


def _rate(ask: ReturnAsk, source: Source | None, cost: Money, *, with_tax: bool) -> Rate:
    """What a piece was billed at, free ones counted; without a receipt what it stands at.

    `with_tax`: who may charge none asks for the tax that he paid as well.
    """
    if source and source.pieces:
        return Rate(source.value + source.tax if with_tax else source.value, source.pieces)
    return Rate(cost, ask.qty)


def _line(
    row: int, item: BoughtItem, lot: _Lot, qty: int, rate: Rate, tax_rate: TaxRate, across: bool
) -> GoodsLine:
    value = rate.times(qty)
    tax = gst(value, tax_rate, qty, interstate=across, retail_price=lot.mrp)
    return GoodsLine(
        item.id, None, item.code, item.name, item.hsn, item.uqc, lot.batch, lot.expiry, lot.mrp,
        qty, 0, rate, value, (), value, tax_rate, tax, principal_id=item.principal_id,
        case=item.case, inner=item.inner, ask=row,
    )  # fmt: skip


def _head(draft: ReturnDraft, ground: _Ground) -> Head:
    party = ground.party
    return Head(
        id=draft.id,
        day=draft.day,
        place_id=draft.place_id,
        party=replace(party, licences=()),
        registration_id=ground.us.registration_id,
        company_id=ground.us.company_id,
        place_of_supply=party.gstin[:2] or party.state,
        interstate=ground.across,
        order_no=draft.order_no,
        transport=draft.transport,
        note=draft.note,
    )
