"""What becomes of an order, an estimate or a challan: the draft that bills what is left of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from dms_desktop.domain.draft import Ask, Draft, Promise, WalkIn
from dms_desktop.domain.goods_line import Kind, Terms
from dms_desktop.domain.money import ZERO, Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.pricing import COLUMNS
from dms_desktop.domain.refusals import Problem, Reason, Refused, refuse
from dms_desktop.services import audit
from dms_desktop.store.session import Reading, Tx


@needs(Power.BILL)
def draft_of(reading: Reading, source: UUID, *, new: UUID, day: date) -> Draft:
    """A bill for whatever an order, estimate or challan has left, at the rate it promised.

    A challan's goods keep their lots and leave the on-challan place; others are picked afresh.
    Refuses UNKNOWN_DOCUMENT, and ALREADY_BILLED where nothing is left.
    """
    head = reading.row(
        "SELECT id, kind, party_id, place_id, order_no, number, salesman_id, particulars,"
        " party_name, party_state, party_gstin, terms, reverse_charge FROM document"
        " WHERE uid = :uid",
        uid=source.bytes,
    )
    if head is None or head[1] not in (Kind.ORDER, Kind.ESTIMATE, Kind.CHALLAN):
        raise refuse(Reason.UNKNOWN_DOCUMENT, number=str(source))
    key, kind, party, place, order_no, number, salesman, particulars = head[:8]
    name, state, gstin, terms, reverse_charge = head[8:]
    left = _left(reading, key)
    promised = _promised(reading, (row[0] for row in left))
    asks = tuple(_ask(row, kind, promised[row[0]]) for row in left)
    if not asks:
        raise nothing_left(reading, key)
    said = json.loads(particulars or "{}")
    whom = party or WalkIn(name, said.get("phone", ""), state, gstin, said.get("address", ""))
    return Draft(
        new,
        day,
        whom,
        place,
        asks=asks,
        terms=Terms(terms),
        salesman_id=salesman,
        order_no=order_no or (number if kind == Kind.ORDER else ""),
        transport=said.get("transport", ""),
        reverse_charge=bool(reverse_charge),
        source=source,
        goods_from=said.get("on_challan"),
    )


@needs(Power.BILL)
def narrowed(reading: Reading, draft: Draft, wanted: tuple[Ask, ...]) -> Draft:
    """The part of the draft that is wanted, item by item.

    Refuses ALREADY_BILLED at a row that wants more than is left.
    """
    rows: list[Ask] = []
    rest = list(draft.asks)
    for row, ask in enumerate(wanted):
        qty, free = ask.qty, ask.free
        for at, left in enumerate(rest):
            if left.item_id != ask.item_id or not (left.qty or left.free):
                continue
            took = replace(left, qty=min(qty, left.qty), free=min(free, left.free))
            if took.qty or took.free:
                rows.append(took)
            rest[at] = without(left, took.qty, took.free)
            qty, free = qty - took.qty, free - took.free
        if qty or free:
            key = reading.value("SELECT id FROM document WHERE uid = :uid", uid=_source(draft))
            lines = [one.source_line or 0 for one in draft.asks if one.item_id == ask.item_id]
            raise nothing_left(reading, key, lines, row=row)
    return replace(draft, asks=tuple(rows))


def without(left: Ask, qty: int, free: int) -> Ask:
    """The rest of a row of which so much is on a row of its own."""
    off = left.promise and replace(left.promise, left=left.promise.left - qty)
    return replace(left, qty=left.qty - qty, free=left.free - free, promise=off)


def _source(draft: Draft) -> bytes:
    return draft.source.bytes if draft.source else b""


def short_of(reading: Reading, qty: Mapping[int, int], free: Mapping[int, int]) -> list[int]:
    """Which of these lines have less left than is taken from them."""
    return [
        line
        for line, left, left_free in reading.rows(
            "SELECT line_id, qty, free_qty FROM line_left WHERE line_id IN :lines ORDER BY line_id",
            lines=sorted(qty),
        )
        if left < qty[line] or left_free < free.get(line, 0)
    ]


def nothing_left(
    reading: Reading, source: int, lines: Sequence[int] = (), *, row: int | None = None
) -> Refused:
    """ALREADY_BILLED, with the number of what was to be billed and of the bills that took it: all
    of it, or those of its lines that lack."""
    lines = [line for line in lines if line >> 16 == source]
    first, last = (min(lines), max(lines)) if lines else (source << 16, (source + 1 << 16) - 1)
    bills = [
        number
        for (number,) in reading.rows(
            "SELECT number FROM document_link JOIN document ON document.id = from_id"
            " WHERE to_id = :source AND document_link.kind = 'bills' AND NOT EXISTS (SELECT 1"
            " FROM document_event WHERE document_id = from_id AND event = 'cancelled')"
            " AND EXISTS (SELECT 1 FROM goods_line WHERE document_id = from_id"
            " AND source_line BETWEEN :first AND :last) ORDER BY document.id",
            source=source,
            first=first,
            last=last,
        )
    ]
    number = reading.value("SELECT number FROM document WHERE id = :source", source=source)
    left = reading.value(
        "SELECT coalesce(sum(qty + free_qty), 0) FROM line_left"
        " WHERE line_id BETWEEN :first AND :last",
        first=first,
        last=last,
    )
    fault = (
        ("part_billed" if bills else "less_left")
        if left
        else ("all_billed" if bills else "none_left")
    )
    facts = {"number": number or "", "bills": ", ".join(bills), "fault": fault}
    return refuse(Reason.ALREADY_BILLED, row, **facts)


def hold_sources(tx: Tx, lines: Iterable[int | None], source: UUID | None = None) -> None:
    """Let no other counter at the documents whose lines are fulfilled, or will wait again."""
    keys = sorted({line >> 16 for line in lines if line is not None})
    if not keys and source is None:
        return
    for (uid,) in tx.rows(
        "SELECT uid FROM document WHERE id IN :keys OR uid = :source ORDER BY id",
        keys=keys,
        source=source.bytes if source else b"",
    ):
        tx.alone(UUID(bytes=bytes(uid)))


def fulfilled_by(tx: Tx, draft: Draft) -> list[UUID]:
    """The documents whose lines the draft's rows fulfil, in the order of their posting.

    Refuses WRONG_SOURCE at a row that names another item's or party's line, and challan goods
    that are mixed with goods from the shelf: a challan's bill moves its own goods and no other.
    """
    named = {ask.source_line for ask in draft.asks if ask.source_line is not None}
    if not named and draft.goods_from is None:
        return []
    found = {
        line: (item, lot, kind, party, bytes(uid), key)
        for line, item, lot, kind, party, uid, key in tx.rows(
            "SELECT goods_line.id, item_id, lot_id, kind, party_id, uid, document.id"
            " FROM goods_line JOIN document ON document.id = document_id"
            " WHERE goods_line.id IN :lines",
            lines=sorted(named),
        )
    }
    problems = [
        Problem(Reason.WRONG_SOURCE, row)
        for row, ask in enumerate(draft.asks)
        if not _fulfils(ask, draft, found.get(ask.source_line or 0))
    ]
    if problems:
        raise Refused(*problems)
    sources = {key: uid for _, _, _, _, uid, key in found.values()}
    return [UUID(bytes=sources[key]) for key in sorted(sources)]


def _fulfils(ask: Ask, draft: Draft, line: tuple[Any, ...] | None) -> bool:
    """Whether a row may draw on the line that it names; a row that names none is off the shelf."""
    if line is None:
        return ask.source_line is None and draft.goods_from is None
    item, lot, kind, party, _, _ = line
    if item != ask.item_id or (party or 0) != (draft.party if isinstance(draft.party, int) else 0):
        return False
    if kind == Kind.CHALLAN:
        return draft.goods_from is not None and lot == ask.lot_id
    return draft.goods_from is None


def given_away(reading: Reading, lines: Iterable[int | None]) -> set[int]:
    """Which of these lines of orders and challans ask for no money."""
    keys = sorted({line for line in lines if line is not None})
    sql = "SELECT id FROM goods_line WHERE id IN :keys AND taxable = 0"
    return {key for (key,) in reading.rows(sql, keys=keys)} if keys else set()


def link(tx: Tx, made: UUID, source: UUID, kind: str) -> None:
    """Remember that one document came of another."""
    tx.run(
        "INSERT INTO document_link (from_id, to_id, kind)"
        " SELECT made.id, source.id, :kind FROM document made, document source"
        " WHERE made.uid = :made AND source.uid = :source",
        made=made.bytes,
        source=source.bytes,
        kind=kind,
    )


def note(tx: Tx, document: UUID, event: str, detail: str = "") -> None:
    """What happened to a document later: it never changes, its events are added."""
    tx.run(
        "INSERT INTO document_event (document_id, at, user_id, event, detail)"
        " SELECT id, :at, :user, :event, :detail FROM document WHERE uid = :uid",
        uid=document.bytes,
        at=tx.micros,
        user=tx.actor.user_id,
        event=event,
        detail=detail,
    )


def stage(tx: Tx, bill: UUID, event: str, detail: str = "") -> None:
    """How far a bill came on its way to the shop: an event that the audit trail tells of too.

    After whatever else the transaction locks.
    """
    note(tx, bill, event, detail)
    audit.record(tx, f"stage {event}", bill.hex, after={"detail": detail})


def on_challan_place(reading: Reading) -> int:
    """The place where goods count that are sent and not yet billed."""
    return int(reading.value("SELECT min(id) FROM place WHERE kind = 'on_challan'"))


@dataclass(slots=True)
class _Promise:
    """The discounts of a line: percentages in their columns, and what was taken off besides."""

    percents: list[Decimal] = field(default_factory=list)
    amount: Money = ZERO


def _promised(reading: Reading, lines: Iterable[int]) -> defaultdict[int, _Promise]:
    promised: defaultdict[int, _Promise] = defaultdict(_Promise)
    for line, kind, percent, paise in reading.rows(
        "SELECT line_id, kind, percent, paise FROM line_adjustment WHERE line_id IN :lines"
        " ORDER BY line_id, step",
        lines=sorted(lines),
    ):
        promise = promised[line]
        if kind in COLUMNS:
            promise.percents += [Decimal(0)] * (COLUMNS.index(kind) - len(promise.percents))
            promise.percents.append(Decimal(percent).scaleb(-4))
        else:
            promise.amount += Money(paise)
    return promised


def _left(reading: Reading, key: int) -> list[tuple[Any, ...]]:
    return reading.rows(
        "SELECT goods_line.id, item_id, lot_id, line_left.qty, line_left.free_qty, mrp, rate, per,"
        " inclusive, net, goods_line.qty, free_reason FROM goods_line"
        " JOIN line_left ON line_id = goods_line.id"
        " WHERE document_id = :key AND line_left.qty + line_left.free_qty > 0 ORDER BY row",
        key=key,
    )


def _ask(row: tuple[Any, ...], kind: str, promise: _Promise) -> Ask:
    """What is left of a line, at its rate and discounts; an amount off in proportion."""
    line, item, lot, qty, free, mrp, rate, per, inclusive, net, whole, reason = row
    return Ask(
        item,
        qty,
        free,
        reason if free else "",
        mrp=Money(mrp) if mrp else None,
        rate=Rate(Money(rate), per),
        promised=True,
        inclusive=bool(inclusive),
        net=bool(net),
        discounts=tuple(promise.percents),
        promise=Promise(promise.amount, whole, qty) if promise.amount else None,
        lot_id=lot if kind == Kind.CHALLAN else None,
        source_line=line,
    )
