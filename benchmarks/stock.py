"""Stock reports over a million moves of thirty thousand lots, beside their best bare SQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from benchmarks.books import TODAY, Bench, book, draft
from benchmarks.figure import Figure
from dms_desktop.domain.calendar import month_of
from dms_desktop.domain.facts import Lot
from dms_desktop.domain.fefo import in_order, left_after, pick, sellable
from dms_desktop.domain.masters import folded
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import catalogue
from dms_desktop.services.rows import HEAD
from dms_desktop.services.stock_reports import (
    ageing,
    as_on,
    ledgers,
    levels,
    movers,
    recalls,
    snapshots,
    standing,
    value,
)
from dms_desktop.services.stock_reports.wanted import PAGE
from dms_desktop.store.session import Reading, Tx

DAYS = 365
LINES = 3_600
FIRST = TODAY - timedelta(days=DAYS)
PAST = month_of(TODAY).first - timedelta(days=75)  # the middle of a month


def measure(quick: bool) -> list[Figure]:
    moves, lots = (100_000, 6_000) if quick else (1_000_000, 30_000)
    with history(moves, lots) as bench:
        figures = [_report(bench, name, ours, bare) for name, ours, bare in _reports()]
        before = _past(bench, "before any month was counted")
        start = time.perf_counter()
        while bench.write(snapshots.build):
            pass
        counted = time.perf_counter() - start
        figures += [before, *_as_on(bench, counted), _allocation(bench)]
    return figures


def _report(
    bench: Bench, name: str, ours: Callable[..., Any], bare: str, bound: float = 2.0
) -> Figure:
    """The best of some rounds, the floor after each; CPU beside the wall."""
    took, floors, used = [], [], []
    for _ in range(5):
        cpu, start = time.process_time(), time.perf_counter()
        rows = bench.database.read(bench.owner, ours).result()
        took.append(time.perf_counter() - start)
        used.append(time.process_time() - cpu)
        start = time.perf_counter()
        bench.database.read(bench.owner, _bare, bare).result()
        floors.append(time.perf_counter() - start)
    value_ms, floor = min(took) * 1e3, min(floors) * 1e3
    count = len(getattr(rows, "rows", rows if isinstance(rows, list) else [rows]))
    note = f"{count} rows, CPU {min(used) * 1e3:.1f} ms"
    return Figure(f"stock: {name}", value_ms, floor, value_ms / floor, f"<= {bound:g} x bare SQL",
                  "ms", value_ms <= bound * floor, note)  # fmt: skip


@needs(Power.LOOK)
def _bare(reading: Reading, sql: str) -> list[Any]:
    since = (TODAY - timedelta(days=90)).isoformat()
    return reading.rows(sql, since=since, page=PAGE, soon=(TODAY + timedelta(days=300)).isoformat(),
                        day=TODAY.isoformat())  # fmt: skip


def _reports() -> list[tuple[str, Callable[..., Any], str]]:
    @needs(Power.LOOK)
    def near(reading: Reading) -> Any:
        return standing.near_expiry(reading, days=300)

    @needs(Power.LOOK)
    def slow(reading: Reading) -> Any:
        return movers.movers(reading, movers.Pace.SLOW)

    @needs(Power.LOOK)
    def still(reading: Reading) -> Any:
        return movers.movers(reading, movers.Pace.NON_MOVING)

    @needs(Power.LOOK)
    def course(reading: Reading) -> Any:
        return ledgers.ledger(reading, ledgers.Course(folded("I0000")))

    @needs(Power.LOOK)
    def recall(reading: Reading) -> Any:
        return recalls.recall(reading, "I0000", "L0-0")

    return [
        ("by batch, a page", standing.by_lot, _BY_LOT),
        ("near expiry, a page", near, _NEAR),
        ("item ledger", course, _COURSE),
        ("slow movers", slow, _SOLD + _SLOW),
        ("non-moving", still, _SOLD + _STILL),
        ("ageing, a page", ageing.ageing, _AGED),
        ("worth by principal", value.value, _WORTH),
        ("levels", levels.levels, _LEVELS),
    ]


_PAGE = (
    "SELECT lot.item_id, lot.id, item.code, item.name, batch, expiry, lot.mrp, ptr, ptr_per,"
    " blocked, place.code, bucket, rack.rack, stock.qty, case_units, lot_cost.paise, lot_cost.qty"
    " FROM stock JOIN lot ON lot.id = stock.lot_id JOIN item ON item.id = lot.item_id"
    " JOIN place ON place.id = stock.place_id JOIN lot_cost ON lot_cost.lot_id = lot.id"
    " LEFT JOIN rack ON rack.item_id = lot.item_id AND rack.place_id = stock.place_id"
    " WHERE stock.qty > 0"
)
_BY_LOT = f"{_PAGE} ORDER BY item.code, expiry, lot.id LIMIT :page"
_NEAR = f"{_PAGE} AND expiry BETWEEN :day AND :soon ORDER BY expiry, item.code, lot.id LIMIT :page"
_COURSE = (
    "SELECT stock_move.day, document.uid, document.kind, number, party_name, batch, mrp,"
    " here.code, from_bucket, there.code, to_bucket, qty,"
    " sum(CASE WHEN to_place IS NULL THEN -qty ELSE qty END)"
    " OVER (ORDER BY stock_move.day, stock_move.id)"
    " FROM lot CROSS JOIN stock_move JOIN document ON document.id = document_id"
    " LEFT JOIN place here ON here.id = from_place LEFT JOIN place there ON there.id = to_place"
    " WHERE lot.item_id = 1 AND lot_id = lot.id"
    " ORDER BY stock_move.day, stock_move.id LIMIT :page"
)
_SOLD = (
    "WITH sold AS (SELECT item_id, sum(qty) AS sold, max(document.day) AS last FROM document"
    " CROSS JOIN stock_move WHERE document_id = document.id AND kind = 'bill'"
    " AND document.day > :since AND to_place IS NULL AND NOT EXISTS (SELECT 1 FROM document_link"
    " WHERE to_id = document.id AND document_link.kind = 'cancels') GROUP BY item_id),"
    " goods AS (SELECT stock.item_id, sum(stock.qty) AS qty, sum(paise) AS paise FROM stock"
    " JOIN lot_cost USING (lot_id) WHERE stock.qty > 0 GROUP BY stock.item_id)"
)
_SLOW = (
    " SELECT code, name, qty, paise, sold, qty * 90 / sold, last FROM goods"
    " JOIN sold USING (item_id) JOIN item ON item.id = item_id WHERE qty * 90 / sold > 60"
    " ORDER BY 6 DESC, code LIMIT :page"
)
_STILL = (
    " SELECT code, name, qty, paise FROM goods JOIN item ON item.id = goods.item_id"
    " WHERE goods.item_id NOT IN (SELECT item_id FROM sold) ORDER BY paise DESC, code LIMIT :page"
)
_AGED = (
    "SELECT code, name, sum(part * (day > :soon)), sum(part * (day <= :soon AND day > :day)),"
    " sum(part * (day <= :day AND day > :since)), sum(part * (day <= :since)),"
    " sum(part * paise / whole * (day > :soon)), sum(part * paise / whole * (day > :day)),"
    " sum(part * paise / whole * (day <= :day AND day > :since)),"
    " sum(part * paise / whole * (day <= :since)) FROM (SELECT goods.code,"
    " goods.name, min(move.received, lot_cost.qty - (sum(move.received) OVER (PARTITION BY"
    " move.lot_id ORDER BY move.day DESC, move.id DESC) - move.received)) AS part,"
    " lot_cost.qty AS whole, paise, move.day FROM (SELECT id, code, name FROM item"
    " ORDER BY code_key LIMIT :page) goods CROSS JOIN lot CROSS JOIN lot_cost"
    " CROSS JOIN stock_move move WHERE lot.item_id = goods.id AND lot_cost.lot_id = lot.id"
    " AND move.lot_id = lot.id AND move.received > 0 AND lot_cost.qty > 0 AND NOT EXISTS (SELECT 1"
    " FROM document_link WHERE to_id = move.document_id AND document_link.kind = 'cancels'))"
    " WHERE part > 0 GROUP BY code ORDER BY code"
)
_WORTH = (
    "SELECT principal.name, count(DISTINCT lot_id), sum(stock.qty), sum(paise),"
    " sum(stock.qty * ptr / ptr_per), sum(stock.qty * lot.mrp) FROM stock"
    " JOIN lot_cost USING (lot_id) JOIN lot ON lot.id = lot_id JOIN item ON item.id = lot.item_id"
    " JOIN principal ON principal.id = principal_id WHERE stock.qty > 0 GROUP BY principal.name"
)
_LEVELS = (
    "SELECT item.code, item.name, place.code, sum(qty), least, reorder, most FROM rack"
    " JOIN item ON item.id = rack.item_id JOIN place ON place.id = rack.place_id"
    " JOIN stock ON stock.item_id = rack.item_id AND stock.place_id = rack.place_id"
    " AND bucket = 'saleable' AND qty > 0 GROUP BY rack.id HAVING sum(qty) <= reorder"
    " ORDER BY item.code LIMIT :page"
)


def _past(bench: Bench, when: str) -> Figure:
    took = _best(bench, PAST)
    return Figure(f"stock: as on a past day, {when}", took[0], None, None, "none", "ms", True,
                  f"CPU {took[1]:.0f} ms")  # fmt: skip


def _as_on(bench: Bench, counted: float) -> Iterator[Figure]:
    """A day in the middle of a month, the farthest from any month's end."""
    took, cpu = _best(bench, PAST)
    worth = min(_timed(bench, as_on.worth, PAST) for _ in range(3)) * 1e3
    low = (month_of(PAST).first - timedelta(days=1)).isoformat()
    floor = min(_timed(bench, _bare_past, low, PAST.isoformat()) for _ in range(3)) * 1e3
    note = f"CPU {cpu:.0f} ms; 12 months were counted in {counted:.1f} s"
    kept = took <= 300 and took <= 2 * floor
    yield Figure("stock: as on a past day", took, floor, took / floor,
                 "<= 300 ms and <= 2 x bare SQL", "ms", kept, note)  # fmt: skip
    yield Figure("stock: its worth on a past day", worth, None, None, "<= 300 ms", "ms",
                 worth <= 300)  # fmt: skip


@needs(Power.LOOK)
def _bare_past(reading: Reading, low: str, high: str) -> list[Any]:
    return reading.rows(_BARE_PAST, low=low, high=high, page=PAGE)


_BARE_PAST = (
    "SELECT item.code, name, batch, expiry, item.mrp, place_id, bucket, held.qty,"
    " whole * 1.0 / pieces * held.qty FROM (SELECT lot_id, place_id, bucket, qty, sum(paise)"
    " OVER lot AS whole, sum(qty) OVER lot AS pieces FROM (SELECT lot_id, place_id, bucket,"
    " sum(qty) AS qty, sum(paise) AS paise FROM (SELECT lot_id, place_id, bucket, qty, paise"
    " FROM stock_snapshot WHERE month_end = :low UNION ALL SELECT lot_id,"
    " coalesce(to_place, from_place), CASE WHEN to_place IS NULL THEN from_bucket ELSE to_bucket"
    " END, CASE WHEN to_place IS NULL THEN -qty ELSE qty END, CASE WHEN to_place IS NULL"
    " THEN -cost ELSE cost END FROM document CROSS JOIN stock_move"
    " WHERE document_id = document.id AND document.day > :low AND document.day <= :high)"
    " GROUP BY lot_id, place_id, bucket) WINDOW lot AS (PARTITION BY lot_id)) held"
    " JOIN lot ON lot.id = held.lot_id JOIN item ON item.id = lot.item_id"
    " WHERE held.qty > 0 ORDER BY item.code, expiry, held.lot_id LIMIT :page"
)


def _best(bench: Bench, day: date) -> tuple[float, float]:
    walls, cpus = [], []
    for _ in range(5):
        cpu = time.process_time()
        walls.append(_timed(bench, as_on.as_on, day) * 1e3)
        cpus.append((time.process_time() - cpu) * 1e3)
    return min(walls), min(cpus)


def _timed(bench: Bench, query: Callable[..., Any], *args: Any) -> float:
    start = time.perf_counter()
    bench.database.read(bench.owner, query, *args).result()
    return time.perf_counter() - start


def _allocation(bench: Bench) -> Figure:
    """Lines of a bulk run after each other, each from what the lines before it left."""
    shelves = bench.database.read(bench.owner, _shelves).result()
    items = [*shelves]
    lots = sum(map(len, shelves.values()))
    took = []
    for _ in range(3):
        shelf = dict(shelves)
        start = time.perf_counter()
        for line in range(LINES):
            item = items[line * 7 % len(items)]
            ordered = [lot for lot in in_order(shelf[item]) if sellable(lot, on=TODAY)]
            picks, _short = pick(24, ordered)
            shelf[item] = [*left_after(shelf[item], {one.lot.id: one.qty for one in picks})]
        took.append((time.perf_counter() - start) * 1e6 / LINES)
    return Figure("stock: FEFO, a line of a bulk run", min(took), None, None, "<= 50 us a line",
                  "us", min(took) <= 50, f"{LINES} lines over {lots:,} lots")  # fmt: skip


@needs(Power.LOOK)
def _shelves(reading: Reading) -> dict[int, list[Lot]]:
    held = reading.rows("SELECT DISTINCT item_id FROM stock WHERE qty > 0")
    return catalogue.lots_of(reading, (item for (item,) in held), 1)


@contextmanager
def history(moves: int, lots: int) -> Iterator[Bench]:
    """So many moves of so many lots, written straight into the tables: a year of bills."""
    with book() as bench:
        bench.bill(draft(0))
        bench.write(_fill, moves, lots)
        yield bench


@needs(Power.BOOKS)
def _fill(tx: Tx, moves: int, lots: int) -> None:
    for statement in _FILLING:
        tx.run(statement, moves=moves, lots=lots, days=DAYS, first=FIRST.isoformat())


_COPIED = ", ".join(
    {"uid": "randomblob(16)", "serial": "serial + n", "number": "'S/' || n",
     "day": "date(:first, '+' || (n * :days / (:moves / 20)) || ' days')"}.get(name, name)
    for name in HEAD
)  # fmt: skip
_N = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < :{most})"
_FILLING = (
    (
        f"{_N.format(most='lots')} INSERT INTO lot (item_id, batch, mrp, expiry, ptr) SELECT"  # noqa: S608
        " n % 4000 + 1, 'B' || n, 9000, date(:first, '+' || (n % 900) || ' days'), 6000 FROM t"
        " WHERE n > (SELECT count(*) FROM lot)"
    ),
    (
        f"{_N.format(most='moves')} INSERT INTO document (id, {', '.join(HEAD)}, digest) SELECT"  # noqa: S608
        f" 1000 + n, {_COPIED}, digest FROM t JOIN document ON document.id = (SELECT max(id)"
        " FROM document WHERE kind = 'bill' AND id < 1000) WHERE n <= :moves / 20"
    ),
    (
        f"{_N.format(most='lots')} INSERT INTO stock_move (document_id, leg, item_id, lot_id, qty,"  # noqa: S608
        " from_bucket, to_place, to_bucket, cost, received, day)"
        " SELECT 1001, n, item_id, lot.id, 5000, '', 1, 'saleable', 25000000, 5000, :first"
        " FROM t JOIN lot ON lot.id = n"
    ),
    "DELETE FROM stock",
    "DELETE FROM lot_cost",
    (
        f"{_N.format(most='moves')} INSERT INTO stock_move (document_id, leg, item_id, lot_id, qty,"  # noqa: S608
        " from_place, from_bucket, to_bucket, cost, day)"
        " SELECT document.id, n % 20, item_id, lot.id, n % 12 + 1, 1, 'saleable', '',"
        " (n % 12 + 1) * 5000, document.day FROM t"
        " JOIN document ON document.id = 1000 + (n + 19) / 20"
        " JOIN lot ON lot.id = n * 7919 % (:lots * 9 / 10) + 1 WHERE n <= :moves"
    ),
    (
        "INSERT INTO lot_cost (lot_id, qty, paise, received) SELECT lot_id,"
        " sum(CASE WHEN to_place IS NULL THEN -qty ELSE qty END),"
        " sum(CASE WHEN to_place IS NULL THEN -cost ELSE cost END), sum(received)"
        " FROM stock_move GROUP BY lot_id"
    ),
    (
        "INSERT INTO stock (lot_id, place_id, bucket, item_id, qty) SELECT lot_id, 1, 'saleable',"
        " item_id, lot_cost.qty FROM lot_cost JOIN lot ON lot.id = lot_id"
    ),
    (
        "INSERT INTO rack (item_id, place_id, rack, least, reorder, most) SELECT id, 1,"
        " 'R-' || (id % 90), 100, 34000, 90000 FROM item"
    ),
)
