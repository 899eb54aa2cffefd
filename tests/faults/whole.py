"""Whether books are whole: told by plain SQL, and once more by the program itself."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from dms_desktop.domain.powers import Actor, Power
from dms_desktop.services.verifying import Finding, verify
from dms_desktop.store.database import Database
from dms_desktop.store.drivers import driver_for
from dms_desktop.store.health import findings
from tests.books import NOON

Found = TypeVar("Found")
OWNER = Actor(1, "owner", powers=frozenset(Power))

# Each question has no answer in books that are whole.
QUESTIONS = {
    "a series has a gap": (
        "SELECT series.id, last FROM series LEFT JOIN (SELECT series_id, count(*) AS n,"
        " max(serial) AS top FROM document GROUP BY series_id) AS given ON series_id = series.id"
        " WHERE last <> coalesce(n, 0) OR last <> coalesce(top, 0)"
    ),
    "stock is not the sum of its moves": (
        "SELECT lot_id, place, bucket, sum(qty) FROM ("
        "SELECT lot_id, to_place AS place, to_bucket AS bucket, qty FROM stock_move"
        " WHERE to_place IS NOT NULL UNION ALL "
        "SELECT lot_id, from_place, from_bucket, -qty FROM stock_move"
        " WHERE from_place IS NOT NULL UNION ALL "
        "SELECT lot_id, place_id, bucket, -qty FROM stock) AS spots"
        " GROUP BY lot_id, place, bucket HAVING sum(qty) <> 0"
    ),
    "stock is negative": "SELECT lot_id, qty FROM stock WHERE qty < 0",
    "a lot's pieces are not those of its cost": (
        "SELECT lot_id FROM lot_cost WHERE qty <> (SELECT coalesce(sum(stock.qty), 0) FROM stock"
        " WHERE stock.lot_id = lot_cost.lot_id)"
    ),
    "a document does not balance": (
        "SELECT document_id, sum(paise) FROM ledger_entry GROUP BY document_id"
        " HAVING sum(paise) <> 0"
    ),
    "a party's balance is not the sum of its entries": (
        "SELECT party_id, sum(paise) FROM (SELECT party_id, paise FROM ledger_entry"
        " WHERE party_id IS NOT NULL UNION ALL SELECT party_id, -paise - supplied"
        " FROM party_balance) AS dues"
        " GROUP BY party_id HAVING sum(paise) <> 0"
    ),
    "a month is not the sum of its entries": (
        "SELECT account_id, month, sum(paise) FROM (SELECT account_id, substr(day, 1, 7) AS month,"
        " paise FROM ledger_entry UNION ALL SELECT account_id, month, credit - debit"
        " FROM account_month) AS sums GROUP BY account_id, month HAVING sum(paise) <> 0"
    ),
    "a bill has no lines": (
        "SELECT number FROM document WHERE kind = 'bill' AND NOT EXISTS"
        " (SELECT 1 FROM goods_line WHERE document_id = document.id)"
    ),
    "a bill's lines do not come to its total": (
        "SELECT number FROM document JOIN goods_line ON document_id = document.id"
        " WHERE kind = 'bill' GROUP BY document.id, number, document.taxable"
        " HAVING sum(goods_line.taxable) <> document.taxable"
    ),
    "a bill moved other goods than it names": (
        "SELECT number FROM document WHERE kind = 'bill' AND (SELECT sum(qty + free_qty)"
        " FROM goods_line WHERE document_id = document.id) <> (SELECT sum(qty) FROM stock_move"
        " WHERE document_id = document.id)"
    ),
    "a bill that is owed has no open item": (
        "SELECT number FROM document WHERE kind = 'bill' AND terms = 'credit' AND total <> 0"
        " AND NOT EXISTS (SELECT 1 FROM open_item WHERE document_id = document.id)"
    ),
    "a document is not in the audit chain, or twice": (
        "SELECT number FROM document WHERE (SELECT count(*) FROM audit"
        " WHERE audit.digest = document.digest) <> 1"
    ),
    "the tip is not the end of the audit chain": (
        "SELECT audit_tip.counter FROM audit_tip LEFT JOIN audit ON audit.counter ="
        " audit_tip.counter AND audit.seq = audit_tip.seq WHERE audit.hash IS NULL"
        " OR audit.hash <> audit_tip.hash OR audit_tip.seq <> (SELECT count(*) FROM audit AS all_of"
        " WHERE all_of.counter = audit_tip.counter)"
    ),
    "a cancelled bill is still open": (
        "SELECT document_id FROM open_item WHERE open_paise <> 0 AND document_id IN"
        " (SELECT document_id FROM document_event WHERE event = 'cancelled')"
    ),
}

_NOT_REPEATABLE = frozenset({"uid", "hash", "subject", "digest"})  # drawn by chance in an import


def faults(books: Path | str) -> list[str]:
    """What is wrong with the books, in words; nothing for books that are whole."""
    return _looked(books, _faults)


def state_of(books: Path) -> str:
    """All that a file of books says, as one digest: two with the same are the same books.

    Left out are ids that are drawn by chance and the hashes made of them. Raises DamagedBooks for
    a file that SQLite itself finds fault with.
    """
    return _looked(books, _state)


class DamagedBooks(Exception):
    """What SQLite says of them."""


def _faults(connection: Any) -> list[str]:
    found = findings(connection) if _is_sqlite(connection) else []
    for what, question in QUESTIONS.items():
        rows = connection.execute(question).fetchall()
        found += [f"{what}: {rows[:3]}"] if rows else []
    return found


def _state(connection: Any) -> str:
    if found := findings(connection):
        raise DamagedBooks(*found)
    digest = hashlib.sha256()
    for question in _everything(connection):
        digest.update(repr((question, connection.execute(question).fetchall())).encode())
    return digest.hexdigest()


_questions: dict[int, list[str]] = {}


def _everything(connection: Any) -> list[str]:
    """For each table a question for all that it says, but what chance drew."""
    version = int(connection.execute("PRAGMA schema_version").fetchone()[0])
    if version not in _questions:
        columns = connection.execute(
            "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c"
            " WHERE m.type = 'table' ORDER BY m.name, c.cid"
        ).fetchall()
        tables: defaultdict[str, list[str]] = defaultdict(list)
        for table, column in columns:
            if column not in _NOT_REPEATABLE:
                tables[table].append(f'"{column}"')
        _questions[version] = [
            f"SELECT {', '.join(names)} FROM {table} ORDER BY {', '.join(names)}"
            for table, names in tables.items()
        ]
    return _questions[version]


def absent(books: Path | str, ids: list[str]) -> list[str]:
    """Which of these documents are not in the books."""

    def look(connection: Any) -> list[str]:
        there = {bytes(uid).hex() for (uid,) in connection.execute("SELECT uid FROM document")}
        return [each for each in ids if each.replace("-", "") not in there]

    return _looked(books, look)


def bills(books: Path | str) -> int:
    """How many there are."""
    asked = "SELECT count(*) FROM document WHERE kind = 'bill'"
    return _looked(books, lambda connection: int(connection.execute(asked).fetchone()[0]))


def proved(books: Path | str) -> tuple[Finding, ...]:
    """What the program itself finds when it recomputes everything: `dms verify`."""
    database = Database(driver_for(books), clock=lambda: NOON)
    try:
        return database.read(OWNER, verify).result().findings
    finally:
        database.close()


def _looked(books: Path | str, look: Callable[[Any], Found]) -> Found:
    driver = driver_for(books)
    connection = driver.connect(write=False)
    try:
        driver.begin(connection, write=False)
        return look(connection)
    finally:
        connection.close()


def _is_sqlite(connection: Any) -> bool:
    return "sqlcipher3" in type(connection).__module__ or type(connection).__module__ == "sqlite3"
