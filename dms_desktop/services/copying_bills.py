"""A former bill as a new draft: copied for another sale, or cancelled so as to be righted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from dms_desktop.domain.billing import price
from dms_desktop.domain.documents import Bill, Challan, Estimate, Order
from dms_desktop.domain.draft import Ask, Draft, WalkIn
from dms_desktop.domain.facts import Facts, Party
from dms_desktop.domain.goods_line import Adjustment, GoodsLine, Terms
from dms_desktop.domain.money import Money, total
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.pricing import COLUMNS, PROMISED, TYPED
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import cancelling, catalogue, documents, drafts, fulfilment
from dms_desktop.services.posting import Posted
from dms_desktop.store.session import Reading, Tx

Priced = Bill | Challan | Estimate | Order
Lot = tuple[int | None, str]  # its key and its batch


@dataclass(frozen=True, slots=True)
class Righted:
    """The cancellation, and the draft that takes the cancelled bill's place."""

    cancelled: Posted
    draft: Draft


@needs(Power.BILL)
def copy_of(reading: Reading, uid: UUID, *, new: UUID, day: date) -> Draft:
    """What a document sold, asked for again at today's prices and lots, of the same MRP while there
    is any; only what the clerk typed himself, a rate or a discount, is as it was then.

    Refuses UNKNOWN_DOCUMENT.
    """
    found = _priced(reading, uid)
    asks = (replace(ask, source_line=None, lot_id=None, promised=False) for ask, _ in _asks(found))
    return replace(_bare(found, new, day), asks=tuple(asks))


@needs(Power.CANCEL)
def cancel_and_copy(tx: Tx, uid: UUID, *, by: UUID, why: str, new: UUID, day: date) -> Righted:
    """Cancel a bill and keep a draft of the same, ready to be mended (product rule 10).

    What it fulfilled of an order or challan the draft fulfils again, and what left a lot leaves
    that lot again if it can. Refuses what `cancel` does.
    """
    tx.alone(by)
    tx.alone(uid)
    found = _priced(tx, uid)
    cancelled = cancelling.cancel(tx, uid, by=by, why=why)
    draft = replace(_bare(found, new, day), asks=tuple(ask for ask, _ in _asks(found)))
    if isinstance(found, Bill):
        source = _source(tx, found)
        draft = replace(draft, source=source, goods_from=found.goods_from)
        if found.goods_from is None:
            draft = _from_its_lots(draft, catalogue.facts(tx, draft), found)
    drafts.keep(tx, draft)
    fulfilment.note(tx, uid, "copied", str(new))
    return Righted(cancelled, draft)


def _priced(reading: Reading, uid: UUID) -> Priced:
    issued = documents.issued(reading, uid)
    if not isinstance(issued.document, Priced):
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=issued.number)
    return issued.document


def _from_its_lots(draft: Draft, facts: Facts, found: Bill) -> Draft:
    """The draft with a batch named in each row that would leave another lot than the bill did.

    A row that finds its lots by itself names none: its quantity may still be raised over them.
    Where a batch has too few pieces now, others of its MRP go.
    """
    for apart in (False, True):
        rows = [(replace(ask, lot_id=None), lots) for ask, lots in _asks(found, apart=apart)]
        bare = replace(draft, asks=tuple(ask for ask, _ in rows))
        left = _lots(price(bare, facts).lines)
        if all(left.get(row) == lots for row, (_, lots) in enumerate(rows)):
            return bare
    named = bare
    for row, (ask, lots) in enumerate(rows):
        ((_, batch),) = lots
        if left.get(row) != lots and batch:
            named = named.with_ask(row, replace(ask, batch=batch))
    priced = price(named, facts)
    left, stopped = _lots(priced.lines), {problem.row for problem in priced.problems}
    for row, (ask, lots) in enumerate(rows):
        if left.get(row) != lots or row in stopped:
            named = named.with_ask(row, ask)
    return named


def _lots(lines: Iterable[GoodsLine]) -> dict[int, frozenset[Lot]]:
    """Which lots each row of a draft leaves."""
    left: dict[int, frozenset[Lot]] = {}
    for line in lines:
        left[line.ask] = left.get(line.ask, frozenset()) | {(line.lot_id, line.batch)}
    return left


def _source(tx: Tx, bill: Bill) -> UUID | None:
    lines = [line.source_line for line in bill.lines if line.source_line is not None]
    if not lines:
        return None
    uid = tx.value("SELECT uid FROM document WHERE id = :key", key=lines[0] >> 16)
    return UUID(bytes=bytes(uid))


def _bare(found: Priced, new: UUID, day: date) -> Draft:
    head = found.head
    party = head.party
    assert party is not None
    amount, percent = _off_the_bill(found.lines, "bill")
    _, cash = _off_the_bill(found.lines, "cash")
    return Draft(
        new,
        day,
        _whom(party),
        head.place_id or 1,
        found.kind,
        terms=head.terms if head.terms is Terms.CASH and not party.walk_in else None,
        bill_discount=amount,
        bill_discount_percent=percent,
        cash_discount_percent=cash,
        salesman_id=head.salesman_id,
        order_no=head.order_no,
        transport=head.transport,
        note=head.note or (found.reason if isinstance(found, Challan) else ""),
        reverse_charge=head.reverse_charge,
    )


def _whom(party: Party) -> int | WalkIn:
    if not party.walk_in:
        return party.id
    return WalkIn(party.name, party.phone, party.state, party.gstin, party.address)


def _off_the_bill(lines: Iterable[GoodsLine], kind: str) -> tuple[Money | None, Decimal | None]:
    """A discount on the whole bill: the amount that was typed, and the percentage."""
    shared = [off for line in lines for off in line.adjustments if off.kind == kind]
    amounts = [off.amount for off in shared if off.percent is None]
    percents = [off.percent for off in shared if off.percent is not None]
    return total(amounts) if amounts else None, percents[0] if percents else None


def _asks(found: Priced, *, apart: bool = False) -> list[tuple[Ask, frozenset[Lot]]]:
    """A row for lines that follow each other and differ in their lot alone, and those lots; a row
    for each line where they are to be `apart`."""
    rows: list[tuple[tuple[object, ...], Ask, frozenset[Lot]]] = []
    for line in found.lines:
        key, ask, lots = _key(line), _ask(line), frozenset({(line.lot_id, line.batch)})
        if rows and rows[-1][0] == key and not apart:
            _, before, others = rows[-1]
            off = (before.discount or Money()) + (ask.discount or Money())
            together = replace(
                before, qty=before.qty + ask.qty, free=before.free + ask.free,
                free_reason=before.free_reason or ask.free_reason,
                discount=off or None,
            )  # fmt: skip
            rows[-1] = (key, together, lots | others)
        else:
            rows.append((key, ask, lots))
    return [(ask, lots) for _, ask, lots in rows]


def _key(line: GoodsLine) -> tuple[object, ...]:
    percents = tuple((off.kind, off.percent, off.source) for off in _typed(line))
    return line.item_id, line.mrp, line.rate, line.inclusive, line.net, percents, line.source_line


def _ask(line: GoodsLine) -> Ask:
    typed = _typed(line)
    percents: list[Decimal] = []
    for off in typed:
        if off.kind in COLUMNS and off.percent is not None:
            percents += [Decimal(0)] * (COLUMNS.index(off.kind) - len(percents))
            percents.append(off.percent)
    amounts = [off.amount for off in typed if off.kind == "line"]
    own_rate = line.why in ((TYPED,), (PROMISED,))
    return Ask(
        line.item_id,
        line.qty,
        line.free_qty,
        line.free_reason,
        mrp=line.mrp or None,
        any_mrp=True,
        rate=line.rate if own_rate else None,
        promised=line.why == (PROMISED,),
        inclusive=line.inclusive and own_rate,
        net=line.net and not any(why.startswith("list:") for why in line.why),
        discounts=tuple(percents) if percents else None,
        discount=total(amounts) if amounts else None,
        lot_id=line.lot_id,
        source_line=line.source_line,
    )


def _typed(line: GoodsLine) -> list[Adjustment]:
    return [off for off in line.adjustments if off.source == "typed" and off.kind != "bill"]
