"""A real year of wholesale: every priced sale line of the file billed by date, and verified."""

from __future__ import annotations

import resource
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as clock_time
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from benchmarks import online_retail as retail
from benchmarks import raw
from benchmarks.books import PEPPER
from benchmarks.figure import Figure
from dms_desktop.domain.calendar import financial_year
from dms_desktop.domain.company import Company
from dms_desktop.domain.goods_line import Kind
from dms_desktop.domain.money import whole
from dms_desktop.domain.powers import Actor, Power, needs
from dms_desktop.domain.tax import GstType
from dms_desktop.services import billing, imports, orders, people, series, setup
from dms_desktop.services.verifying import verify
from dms_desktop.store import migrate
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.session import Reading, Tx
from dms_desktop.store.sql import for_sqlite, lists_as_json

FOLDED = 2_000  # bills between two checkpoints of the floor, as the product has them


@dataclass
class Clock:
    """The past is lived under its own clock: each day at noon in India."""

    now: datetime = datetime(2025, 9, 30, 6, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go_to(self, day: date) -> None:
        self.now = max(self.now, datetime.combine(day, clock_time(6, 30), UTC))


@dataclass
class Lived:
    """What a replay did and what it took."""

    bills: int = 0
    lines: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    floor_seconds: float = 0.0
    findings: list[str] = field(default_factory=list)
    gross: int = 0  # paise, as the books have them
    wanted: int = 0  # paise, as the file has them
    verify_seconds: float = 0.0
    peak_megabytes: float = 0.0


def measure(quick: bool) -> list[Figure]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        lived = apart.submit(replay, 10 if quick else None, True).result()
    ratio = lived.seconds / lived.floor_seconds
    note = f"{lived.bills:,} bills, {lived.lines:,} lines, CPU {lived.cpu:.1f} s"
    sums = "to the paisa" if lived.gross == lived.wanted else f"{lived.gross} not {lived.wanted}"
    clean = not lived.findings and lived.gross == lived.wanted
    return [
        Figure("replay of the real data", lived.seconds, lived.floor_seconds, ratio,
               "<= 4 x raw rows", "s", ratio <= 4, note),
        Figure("its peak memory", lived.peak_megabytes, None, None, "<= 300 MB", "MB",
               lived.peak_megabytes <= 300),
        Figure("findings of verify after it", len(lived.findings), None, None,
               "none, sums as the file", "", clean,
               f"{sums}; {lived.verify_seconds:.1f} s {'; '.join(lived.findings[:3])}"),
    ]  # fmt: skip


def replay(days: int | None, with_floor: bool) -> Lived:
    """Found a book, receive and bill what the file says, day by day, then verify it all."""
    path = retail.data_file()
    found = retail.survey(path, days)
    with TemporaryDirectory(prefix="dms-replay-") as folder:
        books, bare = Path(folder) / "books.db", Path(folder) / "floor.db"
        clock = Clock()
        migrate.create(books)
        owner = _founded(books, clock, found)
        floor = None
        if with_floor:
            shutil.copy(books, bare)
            floor = Floor(driver_for(bare).connect(write=True))
        database = Database(floor or driver_for(books), clock=clock)
        if floor:
            floor.driver = driver_for(books)
        try:
            lived = _live(Year(database, owner, clock, floor), path, found, days)
            start = time.perf_counter()
            report = database.read(owner, verify).result()
            lived.verify_seconds = time.perf_counter() - start
            lived.findings = [f"{each.what} {each.table} {each.key}" for each in report.findings]
            lived.gross = database.read(owner, _gross).result()
        finally:
            database.close()
    lived.wanted = _wanted(path, days)
    lived.peak_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return lived


class Floor(raw.Recording):
    """Records what the product writes, and writes it again on a copy through the bare driver."""

    def __init__(self, bare: Any) -> None:
        super().__init__(None, [])
        self.bare = bare

    def follow(self) -> float:
        """Write what was recorded since the last time, as one transaction; seconds it took."""
        ready = [
            (for_sqlite(sql), values if many else lists_as_json(values), many)
            for sql, values, many in self.said
        ]
        self.said.clear()
        start = time.perf_counter()
        raw.write(self.bare, ready)
        return time.perf_counter() - start

    def fold(self) -> None:
        self.bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@dataclass
class Year:
    """The book while it is lived through."""

    database: Database
    owner: Actor
    clock: Clock
    floor: Floor | None

    def write(self, action: Any, *args: Any) -> float:
        """Seconds that the write took; the floor then follows, unmeasured here."""
        start = time.perf_counter()
        self.database.write(self.owner, action, *args).result()
        return time.perf_counter() - start


def _founded(books: Path, clock: Clock, found: retail.Survey) -> Actor:
    database = Database(driver_for(books), clock=clock)
    try:
        new = setup.NewBook(Company("Wholesale", retail.HOME_STATE), GstType.UNREGISTERED, "")
        database.write(people.STRANGER, setup.found, new, PEPPER).result()
        owner = database.write(people.STRANGER, people.log_in, "owner", "", PEPPER, "").result()
        assert owner.result is not None
        database.write(owner.result, _masters, found).result()
        return owner.result
    finally:
        database.close()


@needs(Power.MASTERS)
def _masters(tx: Tx, found: retail.Survey) -> None:
    imports.put_items(tx, retail.items(found))
    imports.put_parties(tx, retail.parties(found))


def _live(year: Year, path: Path, found: retail.Survey, days: int | None) -> Lived:
    deliveries = list(retail.receipts(found))
    lived = Lived()
    for order in retail.bills(path, days):
        day = date.fromisoformat(str(order["day"]))
        while deliveries and deliveries[0].day < day:
            delivery = deliveries.pop(0)
            year.clock.go_to(delivery.day)
            year.write(_receive, delivery)
            if year.floor:
                year.floor.follow()
        year.clock.go_to(day)
        used = time.process_time()
        lived.seconds += year.write(_bill, order, day)
        lived.cpu += time.process_time() - used
        if year.floor:
            lived.floor_seconds += year.floor.follow()
            if lived.bills % FOLDED == 0:
                year.floor.fold()
        lived.bills += 1
        lived.lines += len(order["lines"])  # type: ignore[arg-type]
    return lived


@needs(Power.OPENING)
def _receive(tx: Tx, delivery: retail.Delivery) -> None:
    series.open_year(tx, financial_year(delivery.day))
    imports.put_lots(tx, delivery.lots, day=delivery.day)


@needs(Power.BILL)
def _bill(tx: Tx, order: retail.Order, day: date) -> None:
    drafted = orders.draft(tx, order, kind=Kind.BILL, new=billing_id(order), today=day)
    billing.post_draft(tx, drafted)


def billing_id(order: retail.Order) -> UUID:
    return UUID(str(order["id"]))


@needs(Power.LOOK)
def _gross(reading: Reading) -> int:
    return int(
        reading.value(
            "SELECT sum(goods_line.gross) FROM goods_line"
            " JOIN document ON document.id = document_id WHERE kind = 'bill'"
        )
    )


def _wanted(path: Path, days: int | None) -> int:
    """Quantity times price of every priced sale line, each rounded half up to the paisa."""
    return sum(
        whole(line.qty * line.price * 100)
        for line in retail.lines(path, days)
        if line.qty > 0 and line.price > 0 and line.invoice[0] not in "CA"
    )
