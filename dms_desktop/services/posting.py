"""Putting a document in the books: the one road by which paper becomes fact.

Locks are taken in one order on both databases: period, stock by key, lot cost, lines left, open
items, party balance, series, account months, dirty days, audit tip.
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
    Document,
    Entry,
    Estimate,
    GoodsLine,
    Kind,
    Order,
    Terms,
)
from dms_desktop.domain.money import Money
from dms_desktop.domain.posting import effect
from dms_desktop.domain.refusals import Reason, refuse
from dms_desktop.services import audit, series, shelf
from dms_desktop.services.rows import ADJUSTMENT, ENTRY, HEAD, LINE, MOVE, Stamp, Written, written
from dms_desktop.store.session import Reading, Tx

LINE_BITS = 16  # a line's key is document << 16 | row


@dataclass(frozen=True, slots=True)
class Posted:
    """What the caller learns: the same answer however often the same document is posted."""

    id: UUID
    number: str
    total: Money


def already(reading: Reading, uid: UUID, asked: bytes) -> Posted | None:
    """The first answer, if this document is in the books; refuses one that says something else."""
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
    _check_day(tx, document)
    chosen = series.choose(tx, document)
    done = effect(document)
    shelf.move(tx, document.head.day, done.moves)
    _settle_sources(tx, document)
    _balance_parties(tx, done.entries)
    number = series.take(tx, chosen)
    stamp = Stamp(
        number.series_id,
        number.serial,
        number.text,
        tx.micros,
        tx.actor.user_id,
        tx.actor.counter,
    )
    rows = written(document, done, stamp, _accounts(tx), asked)
    digest = rows.digest()
    key = _write(tx, rows, digest)
    _open(tx, document, key, rows)
    _total_months(tx, rows)
    _mark_days(tx, document)
    uid = document.head.id
    audit.record(tx, f"post {document.kind.value}", uid.hex, digest=digest)
    tx.touched["document"].add(uid)
    return Posted(uid, number.text, _total(document))


def _check_day(tx: Tx, document: Document) -> None:
    """Only here are the locks asked: the day, the GST-filed month, the locked year."""
    day = document.head.day
    if day > series.today(tx):
        raise refuse(Reason.FUTURE_DAY, day=day, today=series.today(tx))
    row = tx.row("SELECT closed_until, filed_until, locked_until FROM period FOR SHARE")
    assert row is not None
    closed, filed, locked = row
    text = day.isoformat()
    if text <= locked:
        raise refuse(Reason.YEAR_LOCKED, day=day, until=date.fromisoformat(locked))
    if text <= closed:
        raise refuse(Reason.PERIOD_LOCKED, day=day, until=date.fromisoformat(closed))
    if text <= filed and _is_of_gst(document):
        raise refuse(Reason.GST_FILED, day=day, until=date.fromisoformat(filed))


def _is_of_gst(document: Document) -> bool:
    """Whether the return of its month speaks of it, and so may no longer change."""
    if isinstance(document, Cancellation):
        return document.of_kind is Kind.BILL
    return isinstance(document, Bill)


def _settle_sources(tx: Tx, document: Document) -> None:
    """A bill takes from the order, estimate or challan lines that it fulfils, never too much."""
    lines: tuple[GoodsLine, ...] = getattr(document, "lines", ())
    left: Counter[int] = Counter()
    free: Counter[int] = Counter()
    for line in lines:
        if line.source_line is not None:
            left[line.source_line] += line.qty
            free[line.source_line] += line.free_qty
    taken = [(left[key], free[key], key, left[key], free[key]) for key in sorted(left)]
    done = tx.many(
        "UPDATE line_left SET qty = qty - ?, free_qty = free_qty - ?"
        " WHERE line_id = ? AND qty >= ? AND free_qty >= ?",
        taken,
    )
    if done != len(taken):
        raise refuse(Reason.ALREADY_BILLED)


def _balance_parties(tx: Tx, entries: tuple[Entry, ...]) -> None:
    owed: Counter[int] = Counter()
    for entry in entries:
        if entry.party_id is not None:
            owed[entry.party_id] += entry.amount.paise
    tx.many(
        "INSERT INTO party_balance (party_id, paise) VALUES (?, ?)"
        " ON CONFLICT (party_id) DO UPDATE SET paise = party_balance.paise + excluded.paise",
        sorted(owed.items()),
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


def _open(tx: Tx, document: Document, key: int, rows: Written) -> None:
    """What still waits: money for a bill, a bill for an order, estimate or challan."""
    match document:
        case Bill(head=head, totals=totals):
            if head.terms is Terms.CREDIT and head.party and totals.total:
                due = (head.due_day or head.day).isoformat()
                tx.insert(
                    "open_item",
                    ("document_id", "party_id", "due_day", "paise", "open_paise"),
                    [(key, head.party.id, due, totals.total.paise, totals.total.paise)],
                )
        case Order() | Estimate() | Challan():
            first = key << LINE_BITS
            tx.insert(
                "line_left",
                ("line_id", "qty", "free_qty"),
                [(first | row, line.qty, line.free_qty) for row, line in enumerate(document.lines)],
            )
        case _:
            pass


def _total_months(tx: Tx, rows: Written) -> None:
    """Running totals by account and month: a trial balance never reads the history."""
    sums: defaultdict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for _, account, _, paise, day in rows.entries:
        sums[(account, day[:7])][paise < 0] += abs(paise)
    tx.many(
        "INSERT INTO account_month (account_id, month, debit, credit) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account_id, month) DO UPDATE SET debit = account_month.debit"
        " + excluded.debit, credit = account_month.credit + excluded.credit",
        [(*key, *sides) for key, sides in sorted(sums.items())],
    )


def _mark_days(tx: Tx, document: Document) -> None:
    """The principals whose sale or stock of that day must be told again, in full."""
    if not isinstance(document, Bill | Cancellation):
        return
    owners = {line.principal_id for line in getattr(document, "lines", ()) if line.principal_id}
    if isinstance(document, Cancellation):
        items = sorted({move.item_id for move in document.moves})
        found = tx.rows("SELECT DISTINCT principal_id FROM item WHERE id IN :items", items=items)
        owners = {owner for (owner,) in found}
    tx.many(
        "INSERT INTO dirty_day (principal_id, day, at) VALUES (?, ?, ?)"
        " ON CONFLICT (principal_id, day) DO UPDATE SET at = excluded.at",
        [(owner, document.head.day.isoformat(), tx.micros) for owner in sorted(owners)],
    )


def _total(document: Document) -> Money:
    totals = getattr(document, "totals", None)
    return totals.total if totals else Money()
