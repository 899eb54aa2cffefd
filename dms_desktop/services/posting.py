"""Putting a document in the books: the one road by which paper becomes fact.

Locks are taken in one order on both databases, each kind for all documents of a transaction at
once: the documents themselves (`Tx.alone`, the new one before those that it acts on), lots by key
(`shelf.hold`), those that are relabelled, lines left, the party whose credit or cash is judged
(`credit.hold`), period, month ends of stock, what waits, open items, party balances, the
registration where a year is opened, series by key, account months, dirty days, audit tip. An import
takes its own row before all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dms_desktop.domain.documents import (
    Bill,
    Cancellation,
    Challan,
    Entry,
    Estimate,
    Opening,
    Order,
    Receipt,
)
from dms_desktop.domain.effect import Effect
from dms_desktop.domain.facts import Party
from dms_desktop.domain.goods_line import GoodsLine, Kind
from dms_desktop.domain.kinds import Document
from dms_desktop.domain.masters import figures_of, folded
from dms_desktop.domain.money import Money
from dms_desktop.domain.posting import effect
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.domain.stock_papers import StockPaper
from dms_desktop.domain.trade_papers import CLAIMING, PURCHASES, TradePaper
from dms_desktop.services import audit, crediting, fulfilment, relabelling, series, shelf, waiting
from dms_desktop.services.rows import (
    ADJUSTMENT,
    ENTRY,
    HEAD,
    LINE,
    MOVE,
    Row,
    Stamp,
    Written,
    written,
)
from dms_desktop.store.session import Reading, Tx

OPEN_ITEM = ("document_id", "party_id", "due_day", "paise", "open_paise")
_OF_GST = (
    Kind.BILL, Kind.CREDIT_NOTE, Kind.GOODS_RECEIPT, Kind.GOODS_IN_TRANSIT, Kind.RETURN_INVOICE,
    Kind.SUPPLIER_CREDIT,
)  # fmt: skip
LINE_BITS = 16  # a line's key is document << 16 | row


@dataclass(frozen=True, slots=True)
class Posted:
    """What the caller learns: the same answer however often the same document is posted."""

    id: UUID
    number: str
    total: Money


def already(reading: Reading, uid: UUID, asked: bytes) -> Posted | None:
    """The first answer, if this document is in the books; refuses one that says something else.

    Inside a write, another counter that is told to post the same waits until this one is done.
    """
    if isinstance(reading, Tx):
        reading.alone(uid)
    row = reading.row("SELECT number, total, asked FROM document WHERE uid = :uid", uid=uid.bytes)
    if row is None:
        return None
    number, total, was = row
    if bytes(was) != asked:
        raise refuse(Reason.OTHER_CONTENT, number=number)
    return Posted(uid, number, Money(int(total)))


def post(tx: Tx, document: Document, *, asked: bytes = b"") -> Posted:
    """Number the document, keep it, and write all that it does.

    `asked` is the digest of what was asked for; see `already`. Refuses a locked period, a future
    day, stock that is not there, and whatever `series.take` refuses.
    """
    return post_together(tx, (document, asked))[0]


def post_together(tx: Tx, *documents: tuple[Document, bytes]) -> tuple[Posted, ...]:
    """Post documents that belong together, say a bill and its receipt, in the order given.

    Each kind of lock is taken once for all of them, so that the order of locks holds.
    """
    made = [document for document, _ in documents]
    done = [effect(document) for document in made]
    shelf.hold(tx, {lot for what in done for lot in what.lots})
    counted = [_check_day(tx, document) for document in made]
    _stale_months(tx, made, done, max(counted, default=""))
    chosen = [series.choose(tx, document) for document in made]
    for document, what in zip(made, done, strict=True):
        shelf.move(tx, document.head.day, what.moves)
        relabelling.put(tx, what.relabels)
    for document in made:
        _settle_sources(tx, document)
    lock_bills(tx, made)
    _balance_parties(tx, tuple(entry for what in done for entry in what.entries))
    numbers = series.take_all(tx, made, chosen)
    accounts = _accounts(tx)
    kept: list[tuple[Posted, bytes]] = []
    entries: list[Row] = []
    for (document, asked), what, number in zip(documents, done, numbers, strict=True):
        rows = written(document, what, _stamp(tx, number), accounts, asked)
        digest = rows.digest()
        key = _write(tx, rows, digest)
        _open(tx, document, key)
        entries += rows.entries
        kept.append((Posted(document.head.id, number.text, _total(document)), digest))
    _total_months(tx, entries)
    _mark_days(tx, made)
    for document, (posted, digest) in zip(made, kept, strict=True):
        audit.record(tx, f"post {document.kind.value}", posted.id.hex, digest=digest)
        tx.touched["document"].add(posted.id)
    return tuple(posted for posted, _ in kept)


def _stamp(tx: Tx, number: series.Number) -> Stamp:
    who = tx.actor
    return Stamp(
        number.series_id, number.serial, number.text, tx.micros, who.user_id, who.counter
    )  # fmt: skip


def _check_day(tx: Tx, document: Document) -> str:
    """Only here are the locks asked: the day, the GST-filed month, the locked year; the last day
    of which a month's stock was counted."""
    day = document.head.day
    if day > series.today(tx):
        raise refuse(Reason.FUTURE_DAY, day=day, today=series.today(tx))
    row = tx.row(
        "SELECT closed_until, filed_until, locked_until, snapshot_until FROM period FOR SHARE"
    )
    assert row is not None
    closed, filed, locked, counted = row
    text = day.isoformat()
    if text <= locked:
        raise refuse(Reason.YEAR_LOCKED, day=day, until=date.fromisoformat(locked))
    if text <= closed:
        raise refuse(Reason.PERIOD_LOCKED, day=day, until=date.fromisoformat(closed))
    if text <= filed and _is_of_gst(document):
        raise refuse(Reason.GST_FILED, day=day, until=date.fromisoformat(filed))
    return str(counted)


def _stale_months(tx: Tx, made: list[Document], done: list[Effect], counted: str) -> None:
    """Goods that move on an earlier day change what was counted of each month's end since."""
    days = [document.head.day for document, what in zip(made, done, strict=True) if what.moves]
    if days and min(days).isoformat() <= counted:
        from dms_desktop.services.stock_reports import snapshots

        snapshots.drop(tx, min(days))


def _is_of_gst(document: Document) -> bool:
    """Whether the return of its month speaks of it, and so may no longer change."""
    if isinstance(document, Cancellation):
        return document.of_kind in _OF_GST
    return document.kind in _OF_GST


def _settle_sources(tx: Tx, document: Document) -> None:
    """A bill takes from the order, estimate or challan lines that it fulfils, never too much."""
    if isinstance(document, TradePaper):
        return
    lines: tuple[GoodsLine, ...] = getattr(document, "lines", ())
    left: Counter[int] = Counter()
    free: Counter[int] = Counter()
    for line in lines:
        if line.source_line is not None:
            left[line.source_line] += line.qty
            free[line.source_line] += line.free_qty
    if not left:
        return
    if short := fulfilment.short_of(tx, left, free):
        raise fulfilment.nothing_left(tx, short[0] >> 16, short)
    taken = [(left[key], free[key], key, left[key], free[key]) for key in sorted(left)]
    done = tx.many(
        "UPDATE line_left SET qty = qty - ?, free_qty = free_qty - ?"
        " WHERE line_id = ? AND qty >= ? AND free_qty >= ?",
        taken,
    )
    if done != len(taken):
        raise fulfilment.nothing_left(tx, min(left) >> 16)
    waiting.billed(tx, [(left[key] + free[key], key) for key in sorted(left)])


def lock_bills(tx: Tx, documents: list[Document]) -> None:
    """Bills that are there already and will be settled; a new one is nobody else's yet."""
    paying = [document for document in documents if isinstance(document, Receipt | TradePaper)]
    fresh = {document.head.id for document in documents if not isinstance(document, Receipt)}
    settled = [one.bill for document in paying for one in document.settles if one.bill not in fresh]
    if settled:
        tx.rows(
            "SELECT document_id FROM open_item WHERE document_id IN :bills"
            " ORDER BY document_id FOR UPDATE",
            bills=[_key_of(tx, bill) for bill in settled],
        )


def _key_of(tx: Tx, uid: UUID) -> int:
    return int(tx.value("SELECT id FROM document WHERE uid = :uid", uid=uid.bytes))


def _balance_parties(tx: Tx, entries: tuple[Entry, ...]) -> None:
    """What he owes us as a customer and what we owe him as a supplier stand apart."""
    owed: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        if entry.party_id is not None:
            owed[entry.party_id][entry.account == "creditors"] += entry.amount.paise
    tx.many(
        "INSERT INTO party_balance (party_id, paise, supplied) VALUES (?, ?, ?)"
        " ON CONFLICT (party_id) DO UPDATE SET paise = party_balance.paise + excluded.paise,"
        " supplied = party_balance.supplied + excluded.supplied",
        [(party, *sides) for party, sides in sorted(owed.items())],
    )
    tx.touched["party"].update(owed)


def _accounts(tx: Tx) -> dict[str, int]:
    return dict(tx.rows("SELECT code, id FROM account"))


def _write(tx: Tx, rows: Written, digest: bytes) -> int:
    """The head, then everything that hangs on it; the key of the document."""
    columns = (*HEAD, "digest")
    marks = ", ".join(f":{name}" for name in columns)
    values = dict(zip(columns, (*rows.head, digest), strict=True))
    key = int(
        tx.value(
            f"INSERT INTO document ({', '.join(columns)}) VALUES ({marks}) RETURNING id",  # noqa: S608
            **values,
        )
    )
    first = key << LINE_BITS
    tx.insert(
        "goods_line",
        ("id", "document_id", *LINE),
        [(first | row[0], key, *row) for row in rows.lines],
    )
    tx.insert(
        "line_adjustment", ADJUSTMENT, [(first | row[0], *row[1:]) for row in rows.adjustments]
    )
    tx.insert("stock_move", ("document_id", *MOVE), [(key, *row) for row in rows.moves])
    tx.insert("ledger_entry", ("document_id", *ENTRY), [(key, *row) for row in rows.entries])
    return key


def _open(tx: Tx, document: Document, key: int) -> None:
    """What still waits: money for a bill, a bill for an order, estimate or challan."""
    match document:
        case Bill(head=head, totals=totals):
            if head.party and totals.total:
                due = (head.due_day or head.day).isoformat()
                party = None if head.party.walk_in else head.party.id
                _remember(tx, key, head.party)
                row = (key, party, due, totals.total.paise, totals.total.paise)
                tx.insert("open_item", OPEN_ITEM, [row])
        case Opening(head=head, owed=owed) if head.party and owed:
            due = (head.due_day or head.day).isoformat()
            row = (key, head.party.id, due, owed.paise, owed.paise)
            tx.insert("open_item", OPEN_ITEM, [row])
        case Receipt(settles=settles):
            settle(tx, key, [(one.bill, one.amount) for one in settles])
        case TradePaper():
            _open_trade(tx, document, key)
        case Order() | Estimate() | Challan():
            first = key << LINE_BITS
            tx.insert(
                "line_left",
                ("line_id", "qty", "free_qty"),
                [(first | row, line.qty, line.free_qty) for row, line in enumerate(document.lines)],
            )
            waiting.opened(tx, key, document)
        case _:
            pass


def _open_trade(tx: Tx, paper: TradePaper, key: int) -> None:
    """What it settles, what stays open of it, and what it gives back of bills' lines."""
    head, owed = paper.head, paper.owed
    settle(tx, key, [(one.bill, one.amount) for one in paper.settles])
    if owed and head.party:
        due = (head.due_day or head.day).isoformat()
        party = None if head.party.walk_in else head.party.id
        tx.insert("open_item", OPEN_ITEM, [(key, party, due, owed.paise, owed.paise)])
    if paper.credits:
        crediting.give_back(tx, paper.lines)
    if paper.kind in PURCHASES:
        from dms_desktop.services import purchase_register

        purchase_register.opened(tx, key, paper)
    if paper.kind in CLAIMING:
        from dms_desktop.services import supplier_claims

        supplier_claims.opened(tx, key, paper)


def _remember(tx: Tx, key: int, buyer: Party) -> None:
    """A walk-in has no master: his phone and name are kept where they can be looked up."""
    said = (figures_of(buyer.phone), "" if buyer.name == "CASH" else folded(buyer.name))
    if buyer.walk_in and any(said):
        tx.insert("walk_in_buyer", ("document_id", "phone", "name"), [(key, *said)])


def settle(tx: Tx, key: int, parts: list[tuple[UUID, Money]]) -> None:
    """Take from what bills have open, or give back where the amount is negative; of what we owe
    a supplier it is the other way round.

    Refuses SETTLED_ALREADY where less than that is open.
    """
    rows = sorted((_key_of(tx, bill), amount.paise) for bill, amount in parts)
    done = tx.many(
        "UPDATE open_item SET open_paise = open_paise - ? WHERE document_id = ?"
        " AND ((paise >= 0 AND open_paise - ? BETWEEN 0 AND paise)"
        " OR (paise < 0 AND open_paise - ? BETWEEN paise AND 0))",
        [(paise, bill, paise, paise) for bill, paise in rows],
    )
    if done != len(rows):
        raise refuse(Reason.SETTLED_ALREADY)
    tx.insert(
        "settlement",
        ("document_id", "settles_id", "paise"),
        [(key, bill, paise) for bill, paise in rows],
    )


def _total_months(tx: Tx, entries: list[Row]) -> None:
    """Running totals by account and month: a trial balance never reads the history."""
    sums: defaultdict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for _, account, _, paise, day in entries:
        sums[(account, day[:7])][paise < 0] += abs(paise)
    tx.many(
        "INSERT INTO account_month (account_id, month, debit, credit) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account_id, month) DO UPDATE SET debit = account_month.debit"
        " + excluded.debit, credit = account_month.credit + excluded.credit",
        [(*key, *sides) for key, sides in sorted(sums.items())],
    )


def _mark_days(tx: Tx, documents: list[Document]) -> None:
    """The principals whose sale or stock of a day must be told again, in full."""
    dirty: set[tuple[int, str]] = set()
    for document in documents:
        day = document.head.day.isoformat()
        if isinstance(document, Bill | TradePaper):
            dirty |= {(line.principal_id, day) for line in document.lines if line.principal_id}
        elif isinstance(document, Cancellation | StockPaper) and document.moves:
            items = sorted({move.item_id for move in document.moves})
            owned = "SELECT DISTINCT principal_id FROM item WHERE id IN :items"
            dirty |= {(owner, day) for (owner,) in tx.rows(owned, items=items)}
    tx.many(
        "INSERT INTO dirty_day (principal_id, day, at) VALUES (?, ?, ?)"
        " ON CONFLICT (principal_id, day) DO UPDATE SET at = excluded.at",
        [(*each, tx.micros) for each in sorted(dirty)],
    )


def _total(document: Document) -> Money:
    totals = getattr(document, "totals", None)
    return totals.total if totals else Money()
