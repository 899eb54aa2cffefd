"""Posting a goods receipt of 60 lines into 60 new lots, beside the same rows written bare."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from benchmarks import raw
from benchmarks.books import ITEMS, TODAY, Bench, book, new_id
from benchmarks.figure import Figure
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import Money, Rate
from dms_desktop.domain.powers import Power, needs
from dms_desktop.domain.purchase_draft import PurchaseAsk, PurchaseDraft
from dms_desktop.services import purchases
from dms_desktop.store.session import Tx

LINES = 60
FIRST_RAW = 1 << 40  # serials that no real document will have
PEACE = 0.4  # seconds after which the writer has folded its WAL


def measure(quick: bool) -> list[Figure]:
    rounds, history = (30, 20_000) if quick else (150, 1_000_000)
    with book(history) as bench:
        supplier = bench.write(_supplier)
        ours, floor = _times(bench, supplier, rounds)
    value, bare = median(ours), median(floor)
    name = f"goods receipt of {LINES} lines, {history:,} lines of history"
    return [Figure(name, value, bare, value / bare, "<= 3 x raw rows", "ms", value <= 3 * bare)]


@needs(Power.MASTERS)
def _supplier(tx: Tx) -> int:
    """One of the shops sells to us as well."""
    tx.run("UPDATE party SET supplier = 1 WHERE id = 1")
    return 1


def _times(bench: Bench, supplier: int, rounds: int) -> tuple[list[float], list[float]]:
    """Ours and the floor in turn, a pause between, since no truck comes twice a second."""
    for at in range(5):
        _receive(bench, drafted(bench, supplier, at))
    first = drafted(bench, supplier, 5)
    said = raw.record(bench.database, lambda: _receive(bench, first))
    bare = bench.database.driver.connect(write=True)
    ours: list[float] = []
    floor: list[float] = []
    gc.collect()
    gc.freeze()
    for at in range(rounds):
        made = drafted(bench, supplier, 6 + at)
        ours.append(_timed(lambda made=made: _receive(bench, made)))  # type: ignore[misc]
        key = bare.execute("SELECT max(id) + 1 FROM document").fetchone()[0]
        ready = raw.renewed(said, key, FIRST_RAW + at)
        floor.append(_timed(lambda ready=ready: raw.write(bare, ready)))  # type: ignore[misc]
        if at % 20 == 19:
            time.sleep(PEACE)
            bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    bare.close()
    return ours, floor


def drafted(bench: Bench, supplier: int, at: int) -> PurchaseDraft:
    """A brand's invoice: two discount columns, some free, some short, a few broken."""
    asks = tuple(
        PurchaseAsk(
            (at * LINES + row) % ITEMS + 1, f"N{at:05d}", Money(9000), 48, row % 3,
            received=48 + row % 3 - int(row % 7 == 0), damaged=int(row % 5 == 0),
            rate=Rate(Money(5_437)), discounts=(Decimal(4), Decimal("1.5")),
            expiry=date(TODAY.year + 2, 6, 30),
        )
        for row in range(LINES)
    )  # fmt: skip
    made = PurchaseDraft(
        new_id(), Kind.GOODS_RECEIPT, TODAY, supplier, 1, asks, f"B-{at}", TODAY, total=Money()
    )
    priced = bench.database.read(bench.owner, purchases.judge, made).result()
    return replace(made, total=priced.totals.total)


def _receive(bench: Bench, made: PurchaseDraft) -> Any:
    return bench.write(purchases.post_purchase, made)


def _timed(what: Callable[[], Any]) -> float:
    start = time.perf_counter()
    what()
    return (time.perf_counter() - start) * 1e3
