"""A book with a history, for the figures that must not grow with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from dms_desktop.domain.calendar import business_day
from dms_desktop.domain.company import Company
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.tax import GstType
from dms_desktop.domain.uid import uuid7
from dms_desktop.sample import ItemRow, LotRow, PartyRow
from dms_desktop.services import billing, imports, people, setup
from dms_desktop.services.rows import ENTRY, HEAD, LINE, MOVE
from dms_desktop.store import migrate
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.session import Tx

ITEMS, SPLITTING, LOTS_EACH, PIECES = 4_000, 3_600, 3, 5_000_000
COPIED = 100  # bills that the history is made of
UNBOUND = Money(10**13)  # credit that no history exhausts
PEPPER = b"b" * 32
TODAY = business_day(datetime.now(UTC))
LINES, SPLIT = 20, 6  # six of twenty rows want more than their first lot holds: 26 lots


@dataclass
class Bench:
    database: Database
    owner: Actor
    path: Path

    def write(self, action: Any, *args: Any, **kwargs: Any) -> Any:
        return self.database.write(self.owner, action, *args, **kwargs).result().result

    def bill(self, draft: Draft) -> Any:
        return self.write(billing.post_draft, draft)


def draft(at: int, lines: int = LINES) -> Draft:
    """The `at`-th bill: six rows empty an item's small first lot, the others find plenty."""
    split = [Ask(at * SPLIT % SPLITTING + row + 1, 24) for row in range(SPLIT)]
    plenty = [
        Ask(SPLITTING + (at * 7 + row * 13) % (ITEMS - SPLITTING) + 1, 12)
        for row in range(lines - SPLIT)
    ]
    return Draft(new_id(), TODAY, 1 + at % 20, asks=(*split, *plenty))


def new_id() -> UUID:
    return uuid7(datetime.now(UTC), os.urandom(10))


@contextmanager
def book(history: int = 0) -> Iterator[Bench]:
    """A founded book with goods for years, and `history` goods lines of former bills."""
    with TemporaryDirectory(prefix="dms-bench-") as folder:
        path = Path(folder) / "books.db"
        migrate.create(path)
        database = Database(driver_for(path), clock=lambda: datetime.now(UTC))
        try:
            bench = _founded(database, path)
            if history:
                _grow(bench, history)
            yield bench
        finally:
            database.close()


def _founded(database: Database, path: Path) -> Bench:
    new = setup.NewBook(Company("Bench Distributors", "27"), GstType.UNREGISTERED, "")
    database.write(people.STRANGER, setup.found, new, PEPPER).result()
    owner = database.write(people.STRANGER, people.log_in, "owner", "", PEPPER, "").result().result
    assert owner is not None
    bench = Bench(database, owner, path)
    bench.write(_goods)
    return bench


@needs(Power.MASTERS)
def _goods(tx: Tx) -> None:
    rate = (Decimal(18), Decimal(5))
    imports.put_items(
        tx,
        [
            ItemRow(
                f"I{at:04d}", f"Article {at} of the range", "", f"Principal {at % 5}", "Brand",
                "Goods", "34011190", rate[at % 2], Decimal(0), "PCS", 0, 24, f"2{at:011d}0",
                Money(9000), True, True,
            )
            for at in range(ITEMS)
        ],
    )  # fmt: skip
    imports.put_parties(
        tx,
        [
            PartyRow(
                f"P{at}",
                f"Shop {at}",
                "",
                "27",
                "A",
                f"Beat {at % 4}",
                "",
                "",
                Money(10**13),
                21,
                0,
                "12 Main road",
                "Pune",
                "411037",
            )
            for at in range(20)
        ],
    )
    imports.put_lots(tx, [_lot(at, lot) for at in range(ITEMS) for lot in range(LOTS_EACH)])


def _lot(at: int, lot: int) -> LotRow:
    expiry = TODAY + timedelta(days=200 + 90 * lot)
    pieces = 12 if at < SPLITTING and lot == 0 else PIECES
    return LotRow(
        f"I{at:04d}", f"L{at}-{lot}", Money(9000), Money(6000), Money(5400), Money(5000),
        TODAY - timedelta(days=30), expiry, "MAIN", pieces,
    )  # fmt: skip


def _grow(bench: Bench, lines: int) -> None:
    """Copies of a hundred real bills, under keys of their own, straight into the tables."""
    for at in range(COPIED):
        bench.bill(draft(at))
    bench.write(_copy, lines)


@needs(Power.BOOKS)
def _copy(tx: Tx, lines: int) -> None:
    low, high = tx.row("SELECT min(id), max(id) FROM document WHERE kind = 'bill'") or (0, 0)
    have = int(tx.value("SELECT count(*) FROM goods_line WHERE document_id >= :low", low=low))
    span = high - low + 1
    for copy in range(1, lines // have + 1):
        shift = span * copy
        for statement in COPYING:
            tx.run(statement, shift=shift, low=low, high=high)
    tx.run(
        "UPDATE series SET last = (SELECT max(serial) FROM document WHERE series_id = series.id)"
        " WHERE kind = 'bill'"
    )


def _copying(table: str, columns: tuple[str, ...], **changed: str) -> str:
    """INSERT ... SELECT of the first bills' rows with the keys moved on by :shift."""
    values = ", ".join(changed.get(name, name) for name in columns)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}"  # noqa: S608
        f" WHERE {changed['where']} BETWEEN :low AND :high"
    )


MOVED = "document_id + :shift"
COPYING = (
    _copying(
        "document", ("id", *HEAD, "digest"), id="id + :shift", uid="randomblob(16)",
        serial="serial + :shift", number="number || :shift", where="id",
    ),
    _copying(
        "goods_line", ("id", "document_id", *LINE), id="id + (:shift << 16)", document_id=MOVED,
        where="document_id",
    ),
    _copying("stock_move", ("document_id", *MOVE), document_id=MOVED, where="document_id"),
    _copying("ledger_entry", ("document_id", *ENTRY), document_id=MOVED, where="document_id"),
    _copying(
        "open_item", ("document_id", "party_id", "due_day", "paise", "open_paise"),
        document_id=MOVED, where="document_id",
    ),
)  # fmt: skip
