"""Orders of 12 lines billed in one go, beside their bare rows, a transaction each as well."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from benchmarks import raw
from benchmarks.books import ITEMS, SPLITTING, TODAY, Bench, book, draft, new_id
from benchmarks.figure import Figure
from dms_desktop.domain.draft import Ask, Draft
from dms_desktop.domain.goods_line import Kind
from dms_desktop.services import bulk
from dms_desktop.store.sql import lists_as_json

ROWS = 12
FIRST_RAW = 1 << 41  # serials that no real document will have


class Books:
    """The books as a service wants them handed over."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    def read(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return self.bench.database.read(self.bench.owner, query, *args, **kwargs).result()

    def write(self, action: Any, *args: Any, **kwargs: Any) -> Any:
        return self.bench.write(action, *args, **kwargs)


def measure(quick: bool) -> list[Figure]:
    orders, history = (60, 0) if quick else (300, 200_000)
    with book(history) as bench:
        for at in range(orders + 10):
            bench.bill(_order(at))
        books = Books(bench)
        said = raw.record(bench.database, lambda: _some(books, 1))
        _some(books, 9)  # warm
        start = time.perf_counter()
        done = bulk.bulk_bill(books, new_id(), TODAY)
        ours = time.perf_counter() - start
        assert [one.fate for one in done] == [bulk.Fate.BILLED] * orders
        floor = _floor(bench, said, orders)
    name = f"bulk bill {orders} orders of {ROWS} lines"
    each = f"{ours * 1e3 / orders:.2f} ms an order"
    return [
        Figure(name, ours, floor, ours / floor, "<= 4 x raw rows", "s", ours <= 4 * floor, each)
    ]


def _order(at: int) -> Draft:
    asks = tuple(
        Ask(SPLITTING + (at * 7 + row * 13) % (ITEMS - SPLITTING) + 1, 12) for row in range(ROWS)
    )
    return replace(draft(at), asks=asks, kind=Kind.ORDER)


def _some(books: Books, count: int) -> None:
    left = iter(range(count))
    bulk.bulk_bill(books, new_id(), TODAY, stop=lambda: next(left, None) is None)


def _floor(bench: Bench, said: list[tuple[str, Any, bool]], orders: int) -> float:
    """The rows of one bill, again and again. Its link to the order is left out, being unique, and
    an order that is billed already is written to without taking more of it."""
    bare = bench.database.driver.connect(write=True)
    first = bare.execute("SELECT max(id) + 1 FROM document").fetchone()[0]
    kept = [
        (sql, _plain(sql, values), many) for sql, values, many in said if "document_link" not in sql
    ]
    ready = [raw.renewed(kept, first + at, FIRST_RAW + at) for at in range(orders)]
    start = time.perf_counter()
    for rows in ready:
        raw.write(bare, rows)
    spent = time.perf_counter() - start
    bare.close()
    return spent


def _plain(sql: str, values: Any) -> Any:
    if isinstance(values, dict):
        return lists_as_json(values)
    if sql.startswith("UPDATE line_left"):
        return [(0, 0, line, 0, 0) for _, _, line, *_ in values]
    return values
