"""How long the books take to be proved, beside reading and hashing the same rows bare.

The book is real: bills are posted, then repeated under new numbers with their digests, audit rows
and running totals, so that verify has to find it clean.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from benchmarks.books import TODAY, Bench, book, draft, new_id
from benchmarks.figure import Figure
from dms_desktop.domain.documents import Head, Opening, OpeningLot
from dms_desktop.domain.money import Money
from dms_desktop.domain.numbering import Series
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import audit
from dms_desktop.services.posting import LINE_BITS, post
from dms_desktop.services.rows import ENTRY, HEAD, LINE, MOVE, Row
from dms_desktop.services.verifying import verify
from dms_desktop.services.verifying.findings import Watch
from dms_desktop.services.verifying.sheaf import Sheaf, sheaves
from dms_desktop.store.session import Reading, Tx

POSTED = 100  # bills that the history repeats
SECONDS_A_MILLION = 60
READ_BARE = ("document", "goods_line", "line_adjustment", "stock_move", "ledger_entry", "audit")


def measure(quick: bool) -> list[Figure]:
    """The best of a few rounds, the floor after each: neighbours on the machine only add."""
    lines, rounds = (20_000, 5) if quick else (200_000, 3)
    with history(lines) as bench:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        took, floors, used = [], [], []
        for _ in range(rounds):
            cpu, start = time.process_time(), time.perf_counter()
            report = bench.database.read(bench.owner, verify).result()
            took.append(time.perf_counter() - start)
            used.append(time.process_time() - cpu)
            start = time.perf_counter()
            bench.database.read(bench.owner, read_bare).result()
            floors.append(time.perf_counter() - start)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    count = report.counts["goods_line"]
    million, bare = (min(each) * 1_000_000 / count for each in (took, floors))
    note = f"{count:,} lines in {min(took):.1f} s, CPU {min(used):.1f} s"
    if report.findings:
        note = f"not clean: {report.findings[0]}"
    return [
        Figure(
            "verify, a million lines", million, bare, million / bare,
            f"<= {SECONDS_A_MILLION} s", "s",
            report.clean and million <= SECONDS_A_MILLION, note,
        ),
        Figure("memory that it takes", grown, None, None, "<= 150 MB", "MB", grown <= 150),
    ]  # fmt: skip


@contextmanager
def history(lines: int) -> Iterator[Bench]:
    """A clean book with so many goods lines in bills."""
    with book() as bench:
        for at in range(POSTED):
            bench.bill(draft(at))
        bench.write(receive, lines)
        bench.write(repeat, lines)
        yield bench


@needs(Power.OPENING)
def receive(tx: Tx, pieces: int) -> None:
    """As many pieces of every small lot as all repetitions can take."""
    lots = tuple(
        OpeningLot(
            item, lot, code, name, hsn, "PCS", batch, date.fromisoformat(expiry), Money(mrp),
            pieces, Money(5000 * pieces),
        )
        for item, lot, code, name, hsn, batch, expiry, mrp in tx.rows(
            "SELECT lot.item_id, lot.id, code, name, hsn, batch, expiry, lot.mrp FROM lot"
            " JOIN item ON item.id = lot.item_id JOIN stock ON stock.lot_id = lot.id"
            " WHERE stock.qty = 0 ORDER BY lot.id"
        )
    )  # fmt: skip
    post(tx, Opening(Head(new_id(), TODAY, 1), lots))


@needs(Power.BOOKS)
def repeat(tx: Tx, lines: int) -> None:
    """The posted bills again and again, as they would have been posted."""
    bills = [sheaf for sheaf in sheaves(tx, Watch()) if sheaf.told()["kind"] == "bill"]
    here = sum(len(sheaf.lines) for sheaf in bills)
    series, prefix, width, last = tx.rows(
        "SELECT id, prefix, width, last FROM series WHERE kind = 'bill'"
    )[0]
    key = int(tx.value("SELECT max(id) FROM document"))
    numbers = Series(prefix, width)
    for _ in range(lines // here):
        for bill in bills:
            key, last = key + 1, last + 1
            _again(tx, bill, key, last, numbers.format(last))
    tx.run("UPDATE series SET last = :last WHERE id = :id", last=last, id=series)
    for statement in TOTALS:
        tx.run(statement)


def _again(tx: Tx, bill: Sheaf, key: int, serial: int, number: str) -> None:
    uid = os.urandom(16)
    said: dict[str, Any] = {**bill.told(), "uid": uid, "serial": serial, "number": number}
    head: Row = tuple(said[name] for name in HEAD)
    digest = replace(bill.written(), head=head).digest()
    tx.insert("document", ("id", *HEAD, "digest"), [(key, *head, digest)])
    first = key << LINE_BITS
    lines = [(first | row[0], key, *row) for row in bill.lines]
    tx.insert("goods_line", ("id", "document_id", *LINE), lines)
    tx.insert("stock_move", ("document_id", *MOVE), [(key, *row) for row in bill.moves])
    tx.insert("ledger_entry", ("document_id", *ENTRY), [(key, *row) for row in bill.entries])
    audit.record(tx, "post bill", uid.hex(), digest=digest)


TOTALS = (
    """
UPDATE stock SET qty = (SELECT sum(CASE WHEN to_place IS NULL THEN -qty ELSE qty END)
    FROM stock_move WHERE lot_id = stock.lot_id)""",
    """
UPDATE lot_cost SET (qty, paise) = (SELECT sum(CASE WHEN to_place IS NULL THEN -qty ELSE qty END),
    sum(CASE WHEN to_place IS NULL THEN -cost ELSE cost END)
    FROM stock_move WHERE lot_id = lot_cost.lot_id)""",
    """
UPDATE party_balance SET paise = (SELECT sum(paise) FROM ledger_entry
    WHERE party_id = party_balance.party_id)""",
    """
INSERT INTO open_item (document_id, party_id, due_day, paise, open_paise)
    SELECT id, party_id, due_day, total, total FROM document WHERE kind = 'bill'
    AND id NOT IN (SELECT document_id FROM open_item)""",
    """
UPDATE account_month SET (debit, credit) = (SELECT
    sum(CASE WHEN paise > 0 THEN paise ELSE 0 END), sum(CASE WHEN paise < 0 THEN -paise ELSE 0 END)
    FROM ledger_entry WHERE account_id = account_month.account_id
    AND substr(day, 1, 7) = account_month.month)""",
)


@needs(Power.LOOK)
def read_bare(reading: Reading) -> None:
    """The floor: every row that is proved comes out of the database once and is hashed."""
    digest = hashlib.sha256()
    for table in READ_BARE:
        found = reading.driver.execute(reading.connection, f"SELECT * FROM {table}", {})  # noqa: S608
        while rows := found.fetchmany(1_000):
            digest.update(json.dumps(rows, default=bytes.hex).encode())
