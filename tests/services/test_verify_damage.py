"""Damage of every kind is found, and the row that was touched is the first to be named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from dms_desktop.domain.powers import Actor, Power
from dms_desktop.language.findings import finding_text
from dms_desktop.services.verifying import Finding, Report, verify
from dms_desktop.store.drivers import Sqlite
from dms_desktop.store.session import Reading
from dms_desktop.store.tables import metadata
from dms_desktop.store.triggers import drop_triggers
from tests.services.verify_book import rich_book

TABLES = (
    "document", "goods_line", "line_adjustment", "ledger_entry", "stock_move", "stock", "lot_cost",
    "party_balance", "open_item", "account_month", "series", "audit", "audit_tip", "line_left",
    "document_event", "document_link",
)  # fmt: skip
CELLS = [(name, column.name) for name in TABLES for column in metadata.tables[name].columns]
# What may say something else without anything being wrong, and why.
FREE = {
    ("line_adjustment", "id"): "nothing refers to it; line and step identify the row",
    ("ledger_entry", "id"): "nothing refers to it; document and leg identify the row",
    ("stock_move", "id"): "nothing refers to it; document and leg identify the row",
    ("document_event", "id"): "nothing refers to it",
    ("audit", "id"): "nothing refers to it; counter and seq identify the row",
    ("series", "uid"): "a name for other machines, as on every master; nothing here hangs on it",
}
# A row whose key is its own number is also known by these.
NATURAL = {
    "ledger_entry": ("document_id", "leg"),
    "stock_move": ("document_id", "leg"),
    "line_adjustment": ("line_id", "step"),
    "document_event": ("document_id", "event"),
    "audit": ("counter", "seq"),
}
# Only the digest knows of it: no other row bears witness, and the document alone is named.
UNWITNESSED = {("goods_line", "cost")}  # of an order, which costs nothing yet


@dataclass
class Bench:
    """A rich book under the knife: each damage is undone once it was looked at."""

    connection: Any
    reading: Reading

    @contextmanager
    def damage(self, sql: str, **params: Any) -> Iterator[None]:
        self.connection.execute("SAVEPOINT whole")
        try:
            try:
                self.connection.execute(sql, params)
            except dbapi2.IntegrityError:  # taken by another row: farther off, then
                self.connection.execute(sql.replace("+ 1 ", "+ 1000000 "), params)
            yield
        finally:
            self.connection.execute("ROLLBACK TO whole")

    def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        return list(self.connection.execute(sql, params).fetchall())

    def value(self, sql: str, **params: Any) -> Any:
        return self.rows(sql, **params)[0][0]

    def rowids(self, table: str) -> list[int]:
        return [row for (row,) in self.rows(f"SELECT rowid FROM {table} ORDER BY rowid")]

    def names_of(self, table: str, rowid: int) -> set[Any]:
        """What a finding may call the row: its primary key, and whatever else identifies it."""
        sql = "SELECT name FROM pragma_table_info(:t) WHERE pk > 0 ORDER BY pk"
        keys = [name for (name,) in self.rows(sql, t=table)]
        found = set()
        for columns in (keys, NATURAL.get(table, keys)):
            sql = f"SELECT {', '.join(columns)} FROM {table} WHERE rowid = :r"
            row = self.rows(sql, r=rowid)[0]
            found.add(row[0] if len(row) == 1 else row)
        return found

    def report(self) -> Report:
        report = verify(self.reading)
        for found in report.findings:
            said = finding_text(found.what, found.table, found.key, found.facts)
            assert "…" not in said, (said, found)
        return report

    def first(self) -> Finding | None:
        return next(iter(self.report().findings), None)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    path: Path = tmp_path_factory.mktemp("damage") / "books.db"
    rich_book(path).database.close()
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        for pragma in ("foreign_keys=OFF", "ignore_check_constraints=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        drop_triggers(connection, "sqlite")
        owner = Actor(1, "owner", "", frozenset(Power))
        now = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
        yield Bench(connection, Reading(Sqlite(path), connection, owner, now))


def another(table: str, column: str, *, key: bool) -> str:
    """An expression for a value other than the column's own, as a slip or a hand would make it."""
    kind = str(metadata.tables[table].columns[column].type)
    if kind in ("TEXT", "VARCHAR"):
        return f"{column} || 'x'"
    if kind == "BLOB":
        return f"CAST(coalesce({column}, x'00') || x'01' AS BLOB)"
    # The one principal of all its documents may well be a series' own.
    far = key or (table, column) == ("series", "principal_id")
    return f"coalesce({column}, 0) + {10_000_000 if far else 1}"


def some(rows: list[int], soak: bool) -> list[int]:
    return rows if soak else rows[:: max(1, len(rows) // 4)]


@pytest.mark.parametrize(("table", "column"), [cell for cell in CELLS if cell not in FREE])
def test_a_changed_cell_is_named_by_its_row(
    bench: Bench, table: str, column: str, soak: bool
) -> None:
    primary = bool(metadata.tables[table].columns[column].primary_key)
    change = f"{column} = {another(table, column, key=primary)}"
    for rowid in some(bench.rowids(table), soak):
        names = bench.names_of(table, rowid)
        with bench.damage(f"UPDATE {table} SET {change} WHERE rowid = :r", r=rowid):
            if not (primary and len(metadata.tables[table].primary_key) == 1):
                names |= bench.names_of(table, rowid)
            found = bench.first()
        assert found is not None, (table, column, rowid)
        if (table, column) in UNWITNESSED and found.table == "document":
            continue
        assert found.table == table, found
        assert found.key in names, (found, names)


@pytest.mark.parametrize("table", TABLES)
def test_a_deleted_row_is_missed(bench: Bench, table: str, soak: bool) -> None:
    for rowid in some(bench.rowids(table), soak):
        names = bench.names_of(table, rowid)
        with bench.damage(f"DELETE FROM {table} WHERE rowid = :r", r=rowid):
            found = bench.first()
        assert found is not None
        assert (found.table, found.key in names) == (table, True), (found, names)
