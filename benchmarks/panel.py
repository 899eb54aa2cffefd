"""The party's panel and the list of bills over 200,000 bills, beside the barest query for each."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import quantiles
from typing import Any

from benchmarks.books import COPIED, Bench, book, draft
from benchmarks.figure import Figure
from dms_desktop.domain.money import Money
from dms_desktop.domain.powers import Power, needs
from dms_desktop.services import bill_list, panel
from dms_desktop.services.bill_list import Wanted
from dms_desktop.services.rows import HEAD, LINE
from dms_desktop.store.session import Reading, Tx

PARTIES = 1_000
LINES_KEPT = 6  # of each copied bill: what a list and a panel look at is found through the head


def measure(quick: bool) -> list[Figure]:
    bills = 20_000 if quick else 200_000
    with book() as bench:
        for at in range(COPIED):
            bench.bill(draft(at, 8))
        bench.write(grow, bills)
        party = _read(bench, _value, "SELECT party_id FROM document ORDER BY id DESC LIMIT 1")
        total = Money(_read(bench, _value, "SELECT total FROM document ORDER BY id DESC LIMIT 1"))
        item = _read(bench, _value, "SELECT item_id FROM goods_line ORDER BY id DESC LIMIT 1")
        last = _read(bench, bill_list.page, Wanted(), None, 100).after
        number = _read(bench, _value, "SELECT number FROM document ORDER BY id DESC LIMIT 1")
        floor = _times(bench, bare)
        name = f"of {bills:,} bills"
        searches = {
            "number": Wanted(number=number), "party": Wanted(party_id=party),
            "amount": Wanted(amount=total), "item": Wanted(item_id=item),
            "name": Wanted(text="shop 7"), "a name that all have": Wanted(text="shop"),
            "figure": Wanted(figure="700"),
        }  # fmt: skip
        return [
            _figure(f"party panel, {name}", _times(bench, panel.party_panel, party), None, 50),
            _figure(
                "last rate of 20 items", _times(bench, panel.last_rates, party, range(1, 21)),
                None, 50,
            ),
            _figure(f"list opens, {name}", _times(bench, bill_list.page, Wanted()), floor, 200),
            _figure("next page", _times(bench, bill_list.page, Wanted(), last), floor, 50),
            *(
                _figure(f"found by {what}", _times(bench, bill_list.page, wanted), floor, 50)
                for what, wanted in searches.items()
            ),
        ]  # fmt: skip


def _figure(name: str, spent: float, floor: float | None, bound: int) -> Figure:
    ratio = None if floor is None else spent / floor
    return Figure(name, spent, floor, ratio, f"p99 <= {bound} ms", "ms", spent <= bound)


def _read(bench: Bench, query: Callable[..., Any], *args: Any) -> Any:
    return bench.database.read(bench.owner, query, *args).result()


def _times(bench: Bench, query: Callable[..., Any], *args: Any) -> float:
    """The 99th of a hundred, in milliseconds."""
    spent = []
    for _ in range(100):
        start = time.perf_counter()
        _read(bench, query, *args)
        spent.append((time.perf_counter() - start) * 1e3)
    return quantiles(spent, n=100)[98]


@needs(Power.LOOK)
def bare(reading: Reading) -> object:
    return reading.rows("SELECT * FROM document ORDER BY id DESC LIMIT 100")


@needs(Power.LOOK)
def _value(reading: Reading, sql: str) -> Any:
    return reading.value(sql)


@needs(Power.BOOKS)
def grow(tx: Tx, bills: int) -> None:
    """Copies of the first bills, spread over parties and days."""
    low, high = tx.row("SELECT min(id), max(id) FROM document WHERE kind = 'bill'") or (0, 0)
    span = high - low + 1
    tx.run(
        "WITH RECURSIVE n(at) AS (SELECT 2 UNION ALL SELECT at + 1 FROM n WHERE at < :most)"
        " INSERT INTO party (uid, code, code_key, name, state, phone) SELECT randomblob(16),"
        " 'N' || at, 'n' || at, 'Shop ' || at, '27', 9000000000 + at FROM n",
        most=PARTIES,
    )
    for copy in range(1, bills // span + 1):
        for statement in (_HEADS, _LINES, _ITEMS):
            tx.run(statement, shift=span * copy, low=low, high=high, lines=LINES_KEPT)


def _copied(table: str, columns: tuple[str, ...], where: str, **changed: str) -> str:
    values = ", ".join(changed.get(name, name) for name in columns)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}"  # noqa: S608
        f" WHERE {where} BETWEEN :low AND :high"
    )


_PARTY = f"1 + (id * 7 + :shift) % {PARTIES}"
_HEADS = _copied(
    "document", ("id", *HEAD, "digest"), "id", id="id + :shift", uid="randomblob(16)",
    serial="serial + :shift", number="'C/' || (serial + :shift)", party_id=_PARTY,
    day="date(day, '-' || ((id + :shift) % 300) || ' days')", total="total + (id + :shift) % 5000",
)  # fmt: skip
_LINES = (
    _copied(
        "goods_line", ("id", "document_id", *LINE), "document_id", id="id + (:shift << 16)",
        document_id="document_id + :shift", item_id="1 + (item_id + :shift * 31) % 4000",
    )
    + " AND row < :lines"
)  # fmt: skip
_ITEMS = _copied(
    "open_item", ("document_id", "party_id", "due_day", "paise", "open_paise"), "document_id",
    document_id="document_id + :shift", party_id="1 + (document_id * 7 + :shift) % 1000",
)  # fmt: skip
