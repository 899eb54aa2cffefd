"""Running totals: each is summed again from the rows that it sums up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dms_desktop.domain.money import LARGEST, Money
from dms_desktop.services.verifying import fulfilling_sql
from dms_desktop.services.verifying import running_sql as sql
from dms_desktop.services.verifying.findings import Finding, Watch
from dms_desktop.store.drivers import Row
from dms_desktop.store.session import Reading


def wrong_totals(reading: Reading, watch: Watch) -> Iterator[Finding]:
    large = list(_too_large(reading, watch))
    yield from large
    if large:
        return  # the sums would not fit in what a database adds in
    for at, (query, told) in enumerate(_QUERIES):
        watch.tell("totals", at / len(_QUERIES))
        for row in reading.rows(query):
            yield told(tuple(_whole(value) for value in row))
    yield from _wrong_stock_account(reading)


def _too_large(reading: Reading, watch: Watch) -> Iterator[Finding]:
    for table, query in sql.FIGURES:
        watch.tell("totals", 0.0)
        for key in reading.rows(query, most=LARGEST):
            yield Finding("too_large", table, key[0] if len(key) == 1 else key)


def _whole(value: Any) -> Any:
    """PostgreSQL sums whole numbers to decimal ones."""
    return value if value is None or isinstance(value, str) else int(value)


def _money(paise: int | None) -> Money | None:
    return None if paise is None else Money(paise)


def _settlement(row: Row) -> Finding:
    return Finding("settlement", "settlement", row[0], {"settles": row[1], "paise": Money(row[2])})


def _open_item(row: Row) -> Finding:
    facts = {"number": row[1], "open": _money(row[2]), "should": _money(row[3])}
    return Finding("open_item", "open_item", row[0], facts)


def _source(row: Row) -> Finding:
    return Finding("source", "goods_line", row[0], {"number": row[1]})


def _left(row: Row) -> Finding:
    facts = {"number": row[1], "left": row[2], "should": row[3]}
    return Finding("line_left", "line_left", row[0], facts)


def _waiting(row: Row) -> Finding:
    return Finding("waiting", "waiting", row[0], {"number": row[1]})


def _reserved(row: Row) -> Finding:
    return Finding("reservation", "reservation", row[0], {"number": row[1]})


def _credit(row: Row) -> Finding:
    return Finding("line_credit", "line_credit", row[0], {"number": row[1]})


def _stock(row: Row) -> Finding:
    facts = {"item": row[3], "batch": row[4], "is": row[5], "should": row[6]}
    return Finding("stock", "stock", tuple(row[:3]), facts)


def _on_challan(row: Row) -> Finding:
    facts = {"item": row[3], "batch": row[4], "is": row[5], "should": row[6]}
    return Finding("on_challan", "stock", tuple(row[:3]), facts)


def _below_nil(row: Row) -> Finding:
    facts = {"item": row[3], "batch": row[4], "day": row[5], "is": row[6]}
    return Finding("stock_below_nil", "stock", tuple(row[:3]), facts)


def _lot_cost(row: Row) -> Finding:
    facts = {"item": row[1], "batch": row[2], "is": _money(row[3]), "should": _money(row[4])}
    return Finding("lot_cost", "lot_cost", row[0], facts)


def _balance(row: Row) -> Finding:
    facts = {"party": row[1], "is": _money(row[2]), "should": _money(row[3])}
    return Finding("party_balance", "party_balance", row[0], facts)


def _month(row: Row) -> Finding:
    facts = {"account": row[2], "month": row[1]}
    return Finding("account_month", "account_month", tuple(row[:2]), facts)


def _nobody(row: Row) -> Finding:
    return Finding("debtor_unnamed", "ledger_entry", row[0], {"number": row[1]})


_QUERIES: tuple[tuple[str, Callable[[Row], Finding]], ...] = (
    (sql.SETTLEMENTS, _settlement),
    (sql.OPEN_ITEMS, _open_item),
    (fulfilling_sql.SOURCES, _source),
    (sql.LINES_LEFT, _left),
    (fulfilling_sql.WAITING, _waiting),
    (fulfilling_sql.RESERVED, _reserved),
    (sql.LINE_CREDITS, _credit),
    (sql.STOCK, _stock),
    (sql.BELOW_NIL, _below_nil),
    (fulfilling_sql.ON_CHALLAN, _on_challan),
    (sql.LOT_COSTS, _lot_cost),
    (sql.DEBTORS_UNNAMED, _nobody),
    (sql.BALANCES, _balance),
    (sql.MONTHS, _month),
)


def _wrong_stock_account(reading: Reading) -> Iterator[Finding]:
    """The stock account stands for the lots, to the paisa (product rule 20)."""
    ledger, lots = map(int, reading.rows(sql.STOCK_ACCOUNT)[0])
    if ledger != lots:
        facts = {"is": Money(ledger), "should": Money(lots)}
        yield Finding("stock_account", "account", "stock", facts)
    if difference := int(reading.value(sql.TRIAL_BALANCE)):
        yield Finding("trial_balance", "account", "", {"difference": Money(difference)})
